"""The mark of a draft: what is not ready says so wherever it goes, in every kind of post.

The word is drawn as strokes, so that it needs no font and cannot be taken for text of the story. What leaves the studio
has it across; what is only looked at has it on a tab in a corner, where it hides nothing of what is judged.
"""

from __future__ import annotations

import re
from typing import Literal

MarkPlace = Literal["across", "corner"]
"""Where the mark lies: across what is exported, in a corner of what is previewed."""

TEXT_MARK = "[DRAF]"
"""The first word of every text of a draft."""
_LETTERS = (
    "M0 0V10H3A5 5 0 0 0 3 0Z",
    "M12 10V0H16A2.7 2.7 0 0 1 16 5.4H12M16 5.4L19 10",
    "M22 10L26 0L30 10M23.4 6.6H28.6",
    "M34 10V0H40M34 5H39",
)
_WIDTH, _HEIGHT = 40.0, 10.0
"""Size of the word in its own units."""
_ANGLE = -24
_TAB = 0.052
"""Height of the tab in a corner, of the short side; its margin free of words is larger on every card."""
_TALL_TOP = 0.075
"""Where the tab begins on a picture of 9:16, of its height: above what is written on it, below what the app shows."""
_BODY = re.compile(r"(<body\b[^>]*>)", re.IGNORECASE)
_TITLE = re.compile(r"(<title>)", re.IGNORECASE)


def draft_word(width: float, height: float, lies: MarkPlace = "across") -> str:
    """The word over a field of this size, as an SVG group: white under dark, readable on any ground."""
    if lies == "corner":
        return _corner_tab(width, height)
    scale = min(width * 0.74 / _WIDTH, height * 0.34 / _HEIGHT)
    path = " ".join(_LETTERS)
    middle = f"translate({width / 2:.2f} {height / 2:.2f}) rotate({_ANGLE})"
    place = f"{middle} scale({scale:.4f}) translate({-_WIDTH / 2} {-_HEIGHT / 2})"
    stroke = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
    return (
        f'<g id="draf" transform="{place}">'
        f'<path d="{path}" {stroke} stroke="#ffffff" stroke-opacity="0.62" stroke-width="2.1"/>'
        f'<path d="{path}" {stroke} stroke="#b3261e" stroke-opacity="0.72" stroke-width="1.2"/></g>'
    )


def _corner_tab(width: float, height: float, short: float = 0.0) -> str:
    """``short`` is the short side of the picture that this is only the lower strip of: the tab stands at its foot."""
    wide, high = _WIDTH + 16, 2 * _HEIGHT
    unit = (short or min(width, height)) * _TAB / high
    top = height - high * unit if short else height * _TALL_TOP if height > 1.5 * width else 0.0
    return (
        f'<g id="draf" transform="translate(0 {top:.2f}) scale({unit:.4f})">'
        f'<path d="M0 0H{wide}V{high - 5}a5 5 0 0 1 -5 5H0Z" fill="#b3261e"/>'
        f'<path d="{" ".join(_LETTERS)}" transform="translate(8 5)" fill="none" stroke="#ffffff" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round"/></g>'
    )


def on_strip(svg: str, width: float, height: float, short: float, lies: MarkPlace) -> str:
    """The lower strip of a picture whose short side is ``short``, with the word over it."""
    mark = _corner_tab(width, height, short) if lies == "corner" else draft_word(width, height)
    return _before_end(svg, mark)


def on_svg(svg: str, width: float, height: float, lies: MarkPlace = "across") -> str:
    """A card or printed page with the word over it; ``width`` and ``height`` are those of its view box."""
    box = re.search(r'viewBox="\s*[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)\s*"', svg)
    if box:
        width, height = float(box[1]), float(box[2])
    return _before_end(svg, draft_word(width, height, lies))


def _before_end(svg: str, mark: str) -> str:
    # The last one: an SVG may stand inside of the SVG.
    head, closing, tail = svg.rpartition("</svg>")
    return f"{head}{mark}{closing}{tail}"


def draft_picture(width: int, height: int, lies: MarkPlace = "across") -> str:
    """An SVG of nothing but the word, to lie over a video."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"{draft_word(width, height, lies)}</svg>"
    )


def on_text(text: str) -> str:
    """A text that begins with the mark; an empty one stays empty."""
    return f"{TEXT_MARK} {text}" if text else text


def on_page(name: str, content: str, lies: MarkPlace = "across") -> str:
    """A page with a band that stays in sight and a marked title; other files of the page stay as they are."""
    if not name.endswith((".html", ".htm")):
        return content
    if lies == "corner":
        return _BODY.sub(
            lambda found: f'{found[1]}\n<p><span class="draf">&nbsp;DRAF&nbsp;</span></p>', content, count=1
        )
    band = (
        '<div style="position:fixed;left:0;right:0;bottom:0;z-index:99;padding:.6em 1em;background:#b3261e;color:#fff;'
        'font:700 1rem/1.3 sans-serif;text-align:center">DRAF – belum siap terbit</div>'
    )
    veil = (
        '<svg style="position:fixed;inset:0;width:100%;height:100%;z-index:98;pointer-events:none" '
        f'viewBox="0 0 100 100" aria-hidden="true">{draft_word(100, 100)}</svg>'
    )
    marked = _BODY.sub(lambda found: f"{found[1]}\n{band}\n{veil}", content, count=1)
    return _TITLE.sub(lambda found: f"{found[1]}{TEXT_MARK} ", marked, count=1)
