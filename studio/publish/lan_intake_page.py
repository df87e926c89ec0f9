"""The page on which a phone chooses what to send to the laptop."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

from studio.base.paths import assets_dir
from studio.publish.lan_page import STYLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.locale_forms import Language

_SCRIPT_WORDS = (
    *("waiting", "sending", "lost", "silent", "unreadable", "damaged", "arrived", "added", "refused", "cancelled"),
    *("stopped", "sum", "comma"),
)
"""Words that the script of the page says; ``phone_in.page.<code>``."""
_STYLE = """
label{display:block;text-align:center;padding:.9rem 1rem;border-radius:.6rem;background:var(--u);color:var(--k);
font-weight:600;cursor:pointer}input{position:absolute;opacity:0;width:1px;height:1px}
input:focus-visible+label{outline:3px solid var(--t);outline-offset:2px}
.q{background:var(--k);border:1px solid var(--g);border-radius:.7rem;padding:.8rem .9rem;margin:1rem 0}
progress{width:100%;height:.7rem;accent-color:var(--u);margin:.3rem 0;display:block}[hidden]{display:none}
article[data-state=added] .w{color:var(--u);font-weight:600}
article[data-state=refused] .w,article[data-state=stopped] .w{color:var(--e)}
:root{--e:#a3261b}@media(prefers-color-scheme:dark){:root{--e:#ff9d91}}
"""


def intake_html(text: Callable[[str], str], language: Language) -> str:
    """The page, whole: the phone may lose the Wi-Fi right behind it.

    Args:
        text: the words for a code of ``phone_in.page``.
        language: of the words.
    """
    words = {code: text(code) for code in _SCRIPT_WORDS}
    # "</script>" within a word would end the script.
    told = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    script = (assets_dir() / "phone" / "intake.js").read_text(encoding="utf-8")
    w = {code: html.escape(text(code)) for code in ("title", "hint", "choose", "original", "awake", "cancel", "resume")}
    # No "accept": asked for pictures only, Android hands over copies without the place where they were taken.
    choice = f'<input type="file" id="files" multiple><label for="files">{w["choose"]}</label>'
    buttons = f'<button type="button" class="r">{w["resume"]}</button>'
    buttons += f'<button type="button" class="x">{w["cancel"]}</button>'
    row = '<article><p><strong class="n"></strong> <span class="l s"></span></p><progress max="100"></progress>'
    row += f'<p class="l w" role="status"></p><div class="t">{buttons}</div></article>'
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{w['title']}</title><style>{STYLE}{_STYLE}</style></head><body><main>"
        f'<h1>{w["title"]}</h1><p class="l">{w["hint"]}</p><div class="q">{choice}</div>'
        f'<p class="l">{w["original"]}</p><p class="l">{w["awake"]}</p>'
        f'<h2 id="sum" role="status"></h2><section id="list"></section><template id="row">{row}</template>'
        f"</main><script>var W={told};</script><script>{script}</script></body></html>"
    )
