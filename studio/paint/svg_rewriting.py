"""An SVG as browsers and drawing programs mean it, written so that Qt draws the same; and what cannot be written so.

What Qt 6.11 leaves out, it leaves out without a word: the drawing counts as valid
(findings/qt_svg_inner_drawings_vanish.sh).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from studio.paint.svg_lengths import write_plain_lengths

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

_FALLBACK = re.compile(r"\s*url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)\s*(\S.*)")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
_STYLED = re.compile(r"(?<![\w-])([\w-]+)\s*:\s*([^;}]+)")
_SHARES = {"xMin": 0.0, "xMid": 0.5, "xMax": 1.0, "YMin": 0.0, "YMid": 0.5, "YMax": 1.0}
_LEFT_OUT_ELEMENTS = frozenset(("clipPath", "marker", "foreignObject", "animate", "animateTransform", "text", "tspan"))
_LEFT_OUT_PROPERTIES = frozenset(
    ("clip-path", "paint-order", "mix-blend-mode", "marker-start", "marker-mid", "marker-end")
)
_UNKNOWN_COLOUR = re.compile(
    r"^(?:rgba|hsla?|hwb|lab|lch|oklab|oklch|color|var)\(|^#(?:[0-9a-f]{4}|[0-9a-f]{8})$", re.IGNORECASE
)
_COLOURS = frozenset(("fill", "stroke", "stop-color", "flood-color"))


class UndrawnFeature(NamedTuple):
    """Something of a drawing that Qt leaves out or draws otherwise.

    Attributes:
        name: the element, or the property with its value, as it is written.
        line: in the drawing; 0 when it is not known.
    """

    name: str
    line: int


def rewrite_for_qt(root: ET.Element, width: float, height: float) -> None:
    """Write a drawing so that Qt draws what a browser does.

    Plain lengths (``write_plain_lengths``); style sheets before what they colour; drawings inside the drawing as
    groups; turns about ``transform-origin``; ellipses of one radius as circles; a paint that is not there as the colour
    named for that case.

    Args:
        root: of the drawing, its links named ``xlink:href``; changed in place. Names may have a prefix.
        width: of the viewBox.
        height: of the viewBox.
    """
    write_plain_lengths(root, width, height)
    nodes = list(root.iter())
    kinds = [_local(node) for node in nodes]
    if "style" in kinds:
        _move_styles_first(root)
    if "svg" in kinds[1:]:
        _open_inner_drawings(root)
    known = {node.get("id") for node in nodes}
    for node, kind in zip(nodes, kinds, strict=True):
        if kind == "ellipse":
            _round_ellipse(node)
        if "transform-origin" in node.attrib and node.get("transform"):
            _turn_about_origin(node)
        for paint in ("fill", "stroke"):
            written = node.get(paint, "")
            fallback = _FALLBACK.match(written) if "(" in written else None
            if fallback and fallback[1] not in known:
                node.set(paint, fallback[2].strip())


def undrawn_features(root: ET.Element, line_key: str = "") -> Iterator[UndrawnFeature]:
    """What of a drawing Qt leaves out or draws otherwise, in the order of the drawing; the same name once.

    Args:
        root: of the drawing, after ``rewrite_for_qt``.
        line_key: the attribute that holds an element's line; "" when none does.
    """
    named: set[str] = set()
    for node in root.iter():
        for name in _undrawn_names(node):
            if name not in named:
                named.add(name)
                yield UndrawnFeature(name, int(node.get(line_key, "0")))


def _undrawn_names(node: ET.Element) -> Iterator[str]:
    kind = _local(node)
    if kind in _LEFT_OUT_ELEMENTS:
        yield f"<{kind}>"
    if kind == "use" and ("width" in node.attrib or "height" in node.attrib):
        yield "<use width height>"
    if kind == "image" and node.get("preserveAspectRatio", "").endswith("slice"):
        yield "preserveAspectRatio slice"
    properties = [*node.attrib.items(), *_STYLED.findall(node.get("style", ""))]
    if kind == "style":
        properties += _STYLED.findall(node.text or "")
    for key, value in properties:
        plain = value.strip()
        if key in _LEFT_OUT_PROPERTIES and plain not in ("none", "normal"):
            yield f"{key}: {plain}"
        if key in _COLOURS and _UNKNOWN_COLOUR.match(plain):
            yield f"{key}: {plain}"


def _move_styles_first(root: ET.Element) -> None:
    """Qt colours what stands behind a style sheet only."""
    for parent in list(root.iter()):
        for child in [child for child in parent if _local(child) == "style"]:
            parent.remove(child)
            styles = [node for node in root if _local(node) == "style"]
            root.insert(len(styles), child)


def _open_inner_drawings(node: ET.Element) -> None:
    """Make drawings inside a drawing groups, moved and scaled as they say; Qt leaves them out."""
    for child in node:
        _open_inner_drawings(child)
        if _local(child) != "svg":
            continue
        x, y = (_number(child.attrib.pop(key, "")) or 0.0 for key in ("x", "y"))
        size = [_number(child.attrib.pop(key, "")) for key in ("width", "height")]
        box = [float(part) for part in _NUMBER.findall(child.attrib.pop("viewBox", ""))]
        fit = child.attrib.pop("preserveAspectRatio", "xMidYMid")
        moves = [f"translate({x:g} {y:g})"]
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            moves += _fitting_moves(box, (size[0] or box[2], size[1] or box[3]), fit)
        child.tag = child.tag.removesuffix("svg") + "g"
        child.set("transform", " ".join([*filter(None, [child.get("transform")]), *moves]))


def _fitting_moves(box: list[float], size: tuple[float, float], fit: str) -> list[str]:
    """How the units of a viewBox become those around it (SVG 2, section 8.2)."""
    across, down = size[0] / box[2], size[1] / box[3]
    if "none" not in fit:
        across = down = (max if "slice" in fit else min)(across, down)
    align = re.search(r"(x(?:Min|Mid|Max))(Y(?:Min|Mid|Max))", fit)
    shares = (_SHARES[align[1]], _SHARES[align[2]]) if align else (0.0, 0.0)
    x, y = (size[0] - box[2] * across) * shares[0], (size[1] - box[3] * down) * shares[1]
    return [f"translate({x:g} {y:g})", f"scale({across:g} {down:g})", f"translate({-box[0]:g} {-box[1]:g})"]


def _round_ellipse(node: ET.Element) -> None:
    """An ellipse that names one radius is a circle of it (SVG 2, section 7.4: the other is ``auto``)."""
    radii = {key: node.get(key, "auto") for key in ("rx", "ry")}
    for key, other in (("rx", "ry"), ("ry", "rx")):
        if radii[key] == "auto" and radii[other] != "auto":
            node.set(key, radii[other])


def _turn_about_origin(node: ET.Element) -> None:
    """Write the origin of a turn into the turn; words ("center") and percentages are of the shape and stay unread."""
    origin = node.get("transform-origin", "").replace("px", "").split()
    if len(origin) != 2 or not all(_NUMBER.fullmatch(part) for part in origin):
        return
    x, y = map(float, origin)
    node.attrib.pop("transform-origin")
    node.set("transform", f"translate({x:g} {y:g}) {node.attrib['transform']} translate({-x:g} {-y:g})")


def _number(written: str) -> float | None:
    return float(written) if _NUMBER.fullmatch(written.strip()) else None


def _local(node: ET.Element) -> str:
    return node.tag.rpartition(":")[2]
