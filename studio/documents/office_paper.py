"""A4 papers of the office: boxes of text and a page with the group's colours, for ``paint.pdf``. Units are points."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from studio.story.model import Group

PAGE = (595.28, 841.89)
MARGIN = 42
FONT = "Be Vietnam Pro"
INK, SOFT = "#14211d", "#48544f"


def text_box(
    name: str, top: float, height: float, text: str, size: float, *, left: float = MARGIN, **data: object
) -> str:
    """A text box as wide as the page; ``data`` are its ``data-`` attributes (docs/cards.md), ``width`` its width."""
    width = float(str(data.pop("width", PAGE[0] - MARGIN - left)))
    given = {"max": size, "min": size * 0.6, "font": FONT, "color": INK, **data}
    attributes = " ".join(f"data-{key}={quoteattr(str(value))}" for key, value in given.items())
    # A line break as it is would be read as a space: XML 1.0 (3.3.3) levels white space in attributes.
    flat = quoteattr(text, {"\n": "&#10;"})
    return (
        f'<rect class="kim-text" id="{name}" x="{left}" y="{top}" width="{width:.2f}" height="{height}"'
        f" data-text={flat} {attributes}/>"
    )


def paper_page(group: Group, *parts: str) -> str:
    """A page with the group's colours along its upper edge."""
    width, height = PAGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 {width} {height}">'
        f'<rect x="0" y="0" width="{width}" height="{height}" fill="#ffffff"/>'
        f'<rect x="0" y="0" width="{width}" height="10" fill="{group.colors.main}"/>'
        f'<rect x="0" y="0" width="{MARGIN + 90}" height="10" fill="{group.colors.accent}"/>{"".join(parts)}</svg>'
    )


def paper_rule(top: float, left: float = MARGIN, right: float = PAGE[0] - MARGIN) -> str:
    """A thin line to write on."""
    return f'<rect x="{left}" y="{top}" width="{right - left:.2f}" height="0.7" fill="{SOFT}"/>'


def tick_square(top: float, left: float, side: float = 11) -> str:
    """An empty square to tick."""
    return f'<rect x="{left}" y="{top}" width="{side}" height="{side}" fill="none" stroke="{INK}" stroke-width="0.9"/>'
