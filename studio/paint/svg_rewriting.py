"""An SVG as browsers and drawing programs mean it, written so that Qt draws the same; and what cannot be written so.

What Qt 6.11 leaves out, it leaves out without a word: the drawing counts as valid
(findings/qt_svg_inner_drawings_vanish.sh).
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from studio.paint.svg_lengths import local_name, write_plain_lengths

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

_FALLBACK = re.compile(r"\s*url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)\s*(\S.*)")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
_STYLED = re.compile(r"(?<![\w-])([\w-]+)\s*:\s*([^;}]+)")
_IMPORTANT = re.compile(r"\s*!\s*important\b", re.IGNORECASE)
_ORIGINS = {"left": 0.0, "top": 0.0, "center": 0.5, "right": 1.0, "bottom": 1.0}
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
    nodes = list(root.iter())
    kinds = [local_name(node) for node in nodes]
    _drop_importance(nodes)
    write_plain_lengths(root, width, height)
    _fit_symbols(nodes, (width, height))
    if "style" in kinds:
        _move_styles_first(root)
    if "svg" in kinds[1:]:
        _open_inner_drawings(root)
    known = {node.get("id") for node in nodes}
    for node, kind in zip(nodes, kinds, strict=True):
        if kind == "ellipse":
            _round_ellipse(node)
        if "transform-origin" in node.attrib and node.get("transform"):
            _turn_about_origin(node, (width, height))
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
    kind = local_name(node)
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
        for child in [child for child in parent if local_name(child) == "style"]:
            parent.remove(child)
            styles = [node for node in root if local_name(node) == "style"]
            root.insert(len(styles), child)


def _open_inner_drawings(node: ET.Element) -> None:
    """Make drawings inside a drawing groups, moved and scaled as they say; Qt leaves them out."""
    for child in node:
        _open_inner_drawings(child)
        if local_name(child) != "svg":
            continue
        x, y = (_number(child.attrib.pop(key, "")) or 0.0 for key in ("x", "y"))
        size = [_number(child.attrib.pop(key, "")) for key in ("width", "height")]
        box = [float(part) for part in _NUMBER.findall(child.attrib.pop("viewBox", ""))]
        fit = child.attrib.pop("preserveAspectRatio", "xMidYMid")
        moves = [f"translate({x:g} {y:g})"]
        if len(box) == 4 and all(map(math.isfinite, box)) and box[2] > 0 and box[3] > 0:
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


def _drop_importance(nodes: list[ET.Element]) -> None:
    """Take ``!important`` out of styles, with which Qt drops the whole property."""
    for node in nodes:
        if "!" in node.get("style", ""):
            node.set("style", _IMPORTANT.sub("", node.attrib["style"]))


def _fit_symbols(nodes: list[ET.Element], page: tuple[float, float]) -> None:
    """Scale the viewBox of a symbol to where it is used, which Qt does not (SVG 2, section 5.6)."""
    symbols = {node.get("id", ""): node for node in nodes if local_name(node) == "symbol" and node.get("viewBox")}
    for node in nodes:
        symbol = symbols.get(node.get("xlink:href", "").removeprefix("#")) if local_name(node) == "use" else None
        box = [float(part) for part in _NUMBER.findall(symbol.get("viewBox", ""))] if symbol is not None else []
        if symbol is None or len(box) != 4 or not (0 < box[2] < math.inf and 0 < box[3] < math.inf):
            continue
        x, y = (_number(node.attrib.pop(key, "")) or 0.0 for key in ("x", "y"))
        width, height = (_number(node.attrib.pop(key, "")) for key in ("width", "height"))
        moves = _fitting_moves(
            box, (width or page[0], height or page[1]), symbol.get("preserveAspectRatio", "xMidYMid")
        )
        node.set("transform", " ".join([*filter(None, [node.get("transform")]), f"translate({x:g} {y:g})", *moves]))


def _turn_about_origin(node: ET.Element, page: tuple[float, float]) -> None:
    """Write the origin of a turn into the turn; percentages and words are of the page (CSS Transforms 1, section 6)."""
    origin = node.get("transform-origin", "").replace("px", "").split()
    if origin == ["center"]:
        origin *= 2
    places = [_origin_place(part, whole) for part, whole in zip(origin, page, strict=False)]
    x, y = places if len(places) == len(origin) == 2 else (None, None)
    if x is None or y is None:
        return
    node.attrib.pop("transform-origin")
    node.set("transform", f"translate({x:g} {y:g}) {node.attrib['transform']} translate({-x:g} {-y:g})")


def _origin_place(written: str, whole: float) -> float | None:
    if written in _ORIGINS:
        return whole * _ORIGINS[written]
    if written.endswith("%"):
        share = _number(written[:-1])
        return None if share is None else whole * share / 100
    return _number(written)


def _number(written: str) -> float | None:
    number = float(written) if _NUMBER.fullmatch(written.strip()) else math.nan
    return number if math.isfinite(number) else None
