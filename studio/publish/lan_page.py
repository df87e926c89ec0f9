"""The page a phone sees on the local network: the files of each outlet, to copy and to download."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from studio.base.media_types import UNKNOWN, is_used_as, media_name
from studio.base.sizes import size_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studio.base.locale_forms import Language
    from studio.services.hand_out import HandOut


def content_type(path: Path) -> str:
    """What a file is called to a browser; whatever is no post is only to be kept."""
    name = media_name(path) if is_used_as(path, "post") else UNKNOWN
    return f"{name}; charset=utf-8" if name.startswith("text/") else name


@dataclass(frozen=True, slots=True)
class SharedFile:
    """One file on the page: the path on this computer, the name it gets on the phone, the outlet it belongs to.

    ``text`` is shown on the page with a button that copies it; "" for pictures and videos. ``sha256`` is the content's.
    """

    path: Path
    name: str
    group: str
    text: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of the page, in the user's language."""

    title: str
    hint: str
    copy: str
    copied: str
    download: str
    gone: str
    language: Language = "id"


STYLE = """
:root{color-scheme:light dark;--t:#16211e;--l:#55625d;--b:#f4f6f3;--k:#fff;--g:#dde3df;--u:#0f6b5c}
@media(prefers-color-scheme:dark){:root{--t:#e8edea;--l:#a3afaa;--b:#14191c;--k:#1c2326;--g:#2f393c;--u:#4fc2ad}}
*{box-sizing:border-box}body{margin:0;padding:1.2rem 1rem 3rem;background:var(--b);color:var(--t);
font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}main{max-width:40rem;margin:auto}
h1{font-size:1.35rem;line-height:1.25;margin:0 0 .3rem}h2{font-size:1.05rem;margin:1.6rem 0 .5rem}p{margin:.2rem 0}
.l{color:var(--l);font-size:.9rem}article{background:var(--k);border:1px solid var(--g);border-radius:.7rem;
padding:.8rem .9rem;margin:.5rem 0}
pre{white-space:pre-wrap;font:inherit;max-height:11rem;overflow:auto;margin:.3rem 0 .6rem}
img{display:block;max-width:100%;max-height:15rem;border-radius:.4rem;margin:.2rem 0 .6rem}
.t{display:flex;flex-wrap:wrap;gap:.5rem}
a,button{display:inline-block;min-height:44px;padding:.6rem 1rem;border-radius:.5rem;border:1px solid var(--u);
background:none;color:var(--u);font:600 1rem/1.4 system-ui,sans-serif;text-decoration:none}
a{background:var(--u);color:var(--k)}
"""
# The old execCommand, as navigator.clipboard only exists on https, which a page on the local network cannot have.
_SCRIPT = """
document.querySelectorAll('button').forEach(function(b){b.addEventListener('click',function(){
var p=b.closest('article').querySelector('pre'),r=document.createRange();r.selectNodeContents(p);
var s=getSelection();s.removeAllRanges();s.addRange(r);
if(document.execCommand('copy')){s.removeAllRanges();b.textContent=b.dataset.done}})})
"""


def page_html(title: str, files: Mapping[int, SharedFile], words: PageWords) -> str:
    """The page: the files of each outlet, texts with a button that copies, pictures small, everything to download."""
    groups: dict[str, list[tuple[int, SharedFile]]] = {}
    for number, shared in files.items():
        groups.setdefault(shared.group, []).append((number, shared))
    parts = [
        f'<!DOCTYPE html><html lang="{words.language}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">',
        f"<title>{html.escape(title)}</title><style>{STYLE}</style></head><body><main>",
        f'<h1>{html.escape(title)}</h1><p class="l">{html.escape(words.hint)}</p>',
    ]
    for name, members in groups.items():
        parts.append(f"<section><h2>{html.escape(name)}</h2>")
        parts += [_file_article(number, shared, words) for number, shared in members]
        parts.append("</section>")
    return "".join([*parts, f"</main><script>{_SCRIPT}</script></body></html>"])


def _file_article(number: int, shared: SharedFile, words: PageWords) -> str:
    link = f"{number}/{quote(shared.name, safe='')}"
    try:
        size = size_text(shared.path.stat().st_size, words.language)
    except OSError:
        size = ""
    shown = copy = ""
    if shared.text:
        shown = f"<pre>{html.escape(shared.text)}</pre>"
        copy = f'<button type="button" data-done="{html.escape(words.copied)}">{html.escape(words.copy)}</button>'
    elif content_type(shared.path).startswith("image/"):
        shown = f'<img src="{link}" alt="" loading="lazy">'
    name = html.escape(shared.name)
    get = f'<a href="{link}" download="{name}">{html.escape(words.download)}</a>'
    head = f'<p><strong>{name}</strong> <span class="l">{size}</span></p>'
    return f'<article>{head}{shown}<div class="t">{copy}{get}</div></article>'


def shared_files(handed: HandOut, names: Mapping[str, str]) -> tuple[SharedFile, ...]:
    """What of an export goes to a phone: texts, pictures, videos, printed sheets; no web pages.

    Args:
        handed: what may be handed out.
        names: outlet id -> name, in the order of the page.
    """
    order = list(names)
    entries = [e for e in handed.files if e.kind != "page" and e.path.rpartition(".")[2] != "vtt"]
    entries.sort(key=lambda e: order.index(e.outlet) if e.outlet in order else len(order))
    made = []
    for entry in entries:
        path = handed.folder / entry.path
        text = _file_text(path) if path.suffix == ".txt" else ""
        name, group = entry.path.replace("/", "-"), names.get(entry.outlet, entry.outlet)
        made.append(SharedFile(path, name, group, text, entry.sha256))
    return tuple(made)


def _file_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""  # it was taken away in this moment: asking for it says so
