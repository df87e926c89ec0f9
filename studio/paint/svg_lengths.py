"""Lengths and shares of an SVG as plain numbers, as browsers and drawing programs mean them."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

_ALONG = {
    **dict.fromkeys(("x", "x1", "x2", "cx", "fx", "width", "rx"), "width"),
    **dict.fromkeys(("y", "y1", "y2", "cy", "fy", "height", "ry"), "height"),
    **dict.fromkeys(("r", "stroke-width"), "diagonal"),
}
"""What a percentage of each attribute is a percentage of (SVG 2, section 8.9)."""
_PLACED = frozenset(("rect", "circle", "ellipse", "line", "image", "use", "svg"))
_GRADIENTS = frozenset(("linearGradient", "radialGradient"))
_UNITS = {"px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 960 / 25.4, "in": 96.0}
"""How many units of the viewBox each is (CSS Values 4, section 6.2: 96 to an inch)."""
_LENGTH = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%|px|pt|pc|mm|cm|in)\s*", re.IGNORECASE)
_OPACITIES = frozenset(("opacity", "fill-opacity", "stroke-opacity", "stop-opacity", "flood-opacity"))
_STYLES = _OPACITIES | {"stroke-width"}
_STYLED = re.compile(r"(?<![\w-])([\w-]+)\s*:\s*([^;]+)")


def write_plain_lengths(root: ET.Element, width: float, height: float) -> None:
    """Replace percentages and units in the places and opacities of shapes, pictures and gradients by numbers.

    Qt 6.11 takes a percentage for that many units, whatever the viewBox, an inch for 90, and no opacity in percent
    (findings/qt_svg_percent_is_a_number.sh): a background of "100%" covers a corner of a card. Where a percentage is
    one of the shape itself (gradients without ``gradientUnits``, stops, patterns, masks), Qt is right and it stays.

    Args:
        root: of the drawing; changed in place. Names may have a prefix.
        width: of the viewBox.
        height: of the viewBox.
    """
    waiting = [(child, (width, height)) for child in root]
    while waiting:
        node, page = waiting.pop()
        _write_plain(node, page)
        inner = page
        if node.tag.rpartition(":")[2] == "svg":
            # What lies inside counts in shares of this drawing, not of the page.
            inner = drawing_size(node) or page
        waiting += [(child, inner) for child in node]


def _write_plain(node: ET.Element, page: tuple[float, float]) -> None:
    whole = {"width": page[0], "height": page[1], "diagonal": math.hypot(*page) / math.sqrt(2)}

    def plain(key: str, written: str) -> str:
        return _plain_share(written) if key in _OPACITIES else _plain_length(written, whole[_ALONG[key]])

    for key in _lengths_of(node):
        node.set(key, plain(key, node.attrib[key]))
    is_on_page = node.tag.rpartition(":")[2] == "linearGradient" and node.get("gradientUnits") == "userSpaceOnUse"
    if is_on_page and "xlink:href" not in node.attrib:
        # The default is 100%, which Qt takes for 1; a gradient that is linked may have its own.
        node.attrib.setdefault("x2", f"{page[0]:g}")
    if style := node.get("style"):
        node.set("style", _STYLED.sub(lambda m: f"{m[1]}:{plain(m[1], m[2]) if m[1] in _STYLES else m[2]}", style))


def local_name(node: ET.Element) -> str:
    """The name of an element without its prefix."""
    return node.tag.rpartition(":")[2]


def drawing_size(root: ET.Element) -> tuple[float, float] | None:
    """Width and height of a drawing in its own units: of its viewBox, else of itself; None when neither is said."""
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    written = box[2:] if len(box) == 4 else [_plain_length(root.get(key, ""), 0) for key in ("width", "height")]
    try:
        width, height = map(float, written)
    except ValueError:
        return None
    return (width, height) if 0 < width < math.inf and 0 < height < math.inf else None


def _lengths_of(node: ET.Element) -> list[str]:
    """The attributes of an element that are lengths on the page, or opacities."""
    kind = local_name(node)
    on_page = kind in _PLACED or (kind in _GRADIENTS and node.get("gradientUnits") == "userSpaceOnUse")
    return [key for key in node.attrib if key == "stroke-width" or key in _OPACITIES or (on_page and key in _ALONG)]


def _plain_length(written: str, whole: float) -> str:
    length = _LENGTH.fullmatch(written)
    if length is None:
        return written
    unit = length[2].lower()
    number = float(length[1]) * (whole / 100 if unit == "%" else _UNITS[unit])
    return f"{number:.6g}" if math.isfinite(number) else written


def _plain_share(written: str) -> str:
    share = _LENGTH.fullmatch(written)
    return f"{float(share[1]) / 100:.6g}" if share and share[2] == "%" else written
