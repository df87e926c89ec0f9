"""Reads a template's SVG: the art for QtSvg, and the text boxes taken out of it.

QtSvg's own text knows no line breaks, letter-spacing or direction, so text is not ``<text>`` but marked rectangles::

    <rect class="kim-text" x="64" y="640" width="952" height="420"
          data-text="{{ headline }}" data-font="{{ font }}" data-weight="800" data-max="96" data-min="44"
          data-color="#ffffff"/>

The attributes are described at ``TextBox``. Boxes may lie inside transformed groups.
"""

from __future__ import annotations

import base64
import io
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple, cast, get_args
from xml.parsers import expat

from studio.base.errors import UserError
from studio.base.font_table import is_drawable
from studio.paint.faded_gradients import has_faded_gradients
from studio.paint.svg_rewriting import UndrawnFeature, rewrite_for_qt, undrawn_features
from studio.story.drawn import drawn_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Align = Literal["left", "center", "right", "justify"]
VerticalAlign = Literal["top", "middle", "bottom"]

_XLINK = "http://www.w3.org/1999/xlink"
_LINE = "kim-line"
_BOX = "kim-box-"
_PLACE = ("x", "y", "width", "height")
_SHAPES = frozenset(("path", "polygon", "polyline", "rect", "circle", "ellipse"))
_KNOWN = frozenset(
    (
        *("text", "font", "weight", "italic", "uppercase", "spacing", "color"),
        *("plate", "pad", "radius", "above", "below", "gap"),
        *("when", "max", "min", "match", "lines", "lead", "align", "valign", "flow", "balance", "keep", "hyphens"),
    )
)


@dataclass(frozen=True, slots=True)
class TextBox:
    """One marked rectangle. Lengths are in the units of the viewBox.

    Attributes:
        name: ``id``, else the flow's name, else ``line N``; names the box in warnings.
        line: line in the SVG.
        text: ``data-text``, else the element's own text, as it is drawn (``story.drawn``). Line breaks (``&#10;``, or
            U+2029) separate paragraphs.
        missing: letters of it that no font has; boxes stand for them.
        family: ``data-font``.
        weight: ``data-weight``, 100 to 900 (default 400).
        italic: ``data-italic="1"``.
        largest, smallest: ``data-max`` and ``data-min`` (default: the same): font size in units; the largest one that
            fits is taken.
        align: ``data-align``: left (default; the leading edge, so right for Arabic), center, right, justify.
        valign: ``data-valign``: top (default), middle, bottom.
        color: ``data-color``, ``#rrggbb`` (default ``#000000``).
        spacing: ``data-spacing``: letter-spacing in em (default 0); left out in joined scripts.
        lead: ``data-lead``: line height in em (default 1.2).
        flow: ``data-flow``: boxes with the same name are columns of one text, that of the first box.
        balance: ``data-balance="1"``: lines (in a flow: columns) of about equal length.
        keep: ``data-keep="1"``: in a flow, no paragraph goes over from one column or page to the next.
        hyphens: ``data-hyphens="1"``: in a flow, Indonesian words are broken at the ends of lines.
        lines: ``data-lines``: at most so many lines (default 0: as many as fit).
        match: ``data-match``: boxes with the same name get the same size, that of the smallest of them.
        plate: ``data-plate``: colour of a plate that hugs the text, "" for none.
        pad: ``data-pad``: room between the plate's edge and the text, across and down (``"20 12"``); it is taken off
            the box, so x, y, width and height are those of the inner box.
        radius: ``data-radius``: of the plate's corners.
        above, below: ``data-above`` and ``data-below``: id of a box; this one moves up or down until it lies ``gap``
            (``data-gap``) above or below that one's text.
    """

    name: str
    line: int
    element: str
    text: str
    missing: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    family: str
    weight: int
    italic: bool
    largest: float
    smallest: float
    align: Align
    valign: VerticalAlign
    color: str
    spacing: float
    lead: float
    flow: str
    balance: bool
    keep: bool
    hyphens: bool
    lines: int
    match: str
    plate: str
    pad: tuple[float, float]
    radius: float
    above: str
    below: str
    gap: float


@dataclass(frozen=True, slots=True)
class TemplateArt:
    """A template's SVG, ready to paint.

    Attributes:
        svg: the art for QtSvg; text boxes stay in it as invisible rectangles, so that it can tell how they are turned.
        width, height: size of the viewBox.
        boxes: the text boxes in document order.
        layers: the same art in pieces, from below, where parts of it are marked ``kim-kept``; else empty.
        faded: a gradient of it is see-through (``paint.faded_gradients``).
    """

    svg: bytes
    width: float
    height: float
    boxes: tuple[TextBox, ...]
    layers: tuple[ArtLayer, ...] = ()
    faded: bool = False


_MOST_NESTED = 200
"""Elements inside one another: more is no drawing, and would exhaust Python's stack. Qt itself draws 32 groups deep."""


class ArtLayer(NamedTuple):
    """A piece of the art as an SVG of its own; ``kept`` looks the same on many cards (``paint.kept_art``)."""

    svg: bytes
    kept: bool


def read_art(svg: str, *, more: bool = False) -> TemplateArt:
    """Take the text boxes out of an SVG.

    Args:
        svg: the complete document.
        more: keep the elements marked ``data-when="more"``, for a page that another one follows.

    Returns:
        The art and its boxes.

    Raises:
        UserError: ``paint.svg`` malformed XML, no size, or a document type declaration; ``paint.image`` a picture that
            is not embedded; ``paint.box`` a box with a missing or wrong attribute. Each names the line.
    """
    root = parse_svg(svg)
    width, height = _size(root)
    if not more:
        _drop_optional_parts(root)
    rewrite_for_qt(root, width, height)
    boxes = []
    for number, node in enumerate(root.iter()):
        line = int(node.attrib.pop(_LINE))
        kind = _local(node.tag)
        if kind in ("image", "feImage"):
            _check_picture(node, line)
        if kind == "rect" and "kim-text" in node.get("class", "").split():
            boxes.append(_read_box(node, line, f"{_BOX}{number}"))
    # Last, as the text boxes have become invisible rectangles by now and would be given a stroke with all others.
    _silence_strokes(root, "none")
    written, layers = _written_art(root)
    return TemplateArt(written, width, height, tuple(boxes), layers, has_faded_gradients(root))


def find_undrawn(svg: str) -> tuple[UndrawnFeature, ...]:
    """What of a filled template Qt leaves out or draws otherwise than browsers, in the order of the drawing.

    Raises:
        UserError: ``paint.svg``.
    """
    root = parse_svg(svg)
    rewrite_for_qt(root, *_size(root))
    return tuple(undrawn_features(root, _LINE))


def _written_art(root: ET.Element) -> tuple[bytes, tuple[ArtLayer, ...]]:
    """The art as it is written, and cut before and after every kept part.

    Those stand at the top level and bring their own patterns. Writing takes time: every part is written once.
    """
    if not any(_is_kept(node) for node in root):
        return ET.tostring(root, encoding="utf-8"), ()
    # Each layer is a document of its own: the same root and its viewBox around another part of the children.
    head = ET.tostring(ET.Element(root.tag, root.attrib), encoding="utf-8").removesuffix(b" />") + b">"
    tail = f"</{root.tag}>".encode()

    def inside(nodes: Iterable[ET.Element]) -> bytes:
        holder = ET.Element("g")
        holder.extend(nodes)
        written: bytes = ET.tostring(holder, encoding="utf-8")
        return written.removeprefix(b"<g>").removesuffix(b"</g>").removesuffix(b"<g />")

    shared = [node for node in root if _local(node.tag) == "defs"]
    defined = inside(shared)
    cut = groupby((node for node in root if node not in shared), _is_kept)
    parts = [(kept, inside(nodes)) for kept, nodes in cut]
    # A kept layer goes without the shared definitions, which differ from card to card: its bytes are the key it is kept
    # under.
    layers = (ArtLayer(b"".join((head, b"" if kept else defined, part, tail)), kept) for kept, part in parts)
    return b"".join((head, defined, *(part for _, part in parts), tail)), tuple(layers)


def _is_kept(node: ET.Element) -> bool:
    """Whether a part is marked as the same on many cards, and can be: it has no words and no picture."""
    if "kim-kept" not in node.get("class", "").split():
        return False
    return not any(_local(each.tag) == "image" or each.get("id", "").startswith(_BOX) for each in node.iter())


def parse_svg(svg: str) -> ET.Element:
    """Parse with line numbers kept on the elements, names left as written and no entity declarations.

    But for links: whatever prefix they have, and SVG 2's plain ``href``, they become ``xlink:href``. Qt 6.11 looks for
    these letters and leaves out photos, ``use`` and gradients linked otherwise (findings/qt_svg_links_by_prefix.sh).

    Raises:
        UserError: ``paint.svg``.
    """
    builder = ET.TreeBuilder()
    parser = expat.ParserCreate("utf-8")
    # Otherwise expat hands a text over in pieces, one at each line end.
    parser.buffer_text = True

    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MOST_NESTED:
            raise UserError("paint.svg", detail=f"<{tag}> > {_MOST_NESTED}", line=parser.CurrentLineNumber)
        # The line goes along as an attribute, since ElementTree keeps none; it is taken off again once a box is read.
        builder.start(tag, {**_with_known_links(attributes), _LINE: str(parser.CurrentLineNumber)})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag)

    def refuse(*_: object) -> None:
        raise UserError("paint.svg", detail="<!DOCTYPE>", line=parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(svg.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise UserError("paint.svg", detail=expat.ErrorString(error.code), line=error.lineno) from error
    root = builder.close()
    root.set("xmlns:xlink", _XLINK)
    return root


def _with_known_links(attributes: dict[str, str]) -> dict[str, str]:
    """The attributes of an element, its link under the one name Qt knows; a plain ``href`` goes first (SVG 2)."""
    links = [name for name in attributes if _local(name) == "href"]
    if not links:
        return attributes
    link = attributes["href" if "href" in links else links[0]]
    return {name: value for name, value in attributes.items() if name not in links} | {"xlink:href": link}


def _drop_optional_parts(node: ET.Element) -> None:
    for child in list(node):
        if child.get("data-when") == "more":
            node.remove(child)
        else:
            _drop_optional_parts(child)


def _silence_strokes(node: ET.Element, stroke: str) -> None:
    """Give shapes without a stroke the stroke width 0.

    Qt's PDF engine paints the outline of an unstroked path anyway, one unit wide, which closes the gaps of a
    QR code (Qt 6.11). Shapes that a style sheet may colour are left alone.
    """
    written = re.search(r"(?:^|;)\s*stroke\s*:\s*([^;]+)", node.get("style", ""))
    stroke = written[1].strip() if written else node.get("stroke", stroke)
    if stroke == "none" and "class" not in node.attrib and _local(node.tag) in _SHAPES:
        node.set("stroke-width", "0")
    for child in node:
        _silence_strokes(child, stroke)


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _size(root: ET.Element) -> tuple[float, float]:
    line = int(root.get(_LINE, "1"))
    try:
        x, y, width, height = (float(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip()))
    except ValueError:
        raise UserError("paint.svg", detail="viewBox", line=line) from None
    if _local(root.tag) != "svg" or (x, y) != (0, 0) or width <= 0 or height <= 0:
        raise UserError("paint.svg", detail="viewBox", line=line)
    return width, height


def _check_picture(node: ET.Element, line: int) -> None:
    """Let only embedded pictures pass; fit them as ``preserveAspectRatio`` says, which QtSvg does not know."""
    address = node.get("xlink:href", "")
    if not re.match(r"data:image/(png|jpeg|jpg|webp);base64,", address):
        raise UserError("paint.image", address=address[:80], line=line)
    if node.attrib.pop("preserveAspectRatio", "") == "none" or not {"width", "height"} <= set(node.attrib):
        return
    size = _size_of(address)
    if size is None:
        raise UserError("paint.image", address=address[:40], line=line)
    x, y, width, height = (float(node.get(key, "0")) for key in _PLACE)
    scale = min(width / size[0], height / size[1])
    inner = size[0] * scale, size[1] * scale
    place = (x + (width - inner[0]) / 2, y + (height - inner[1]) / 2, *inner)
    node.attrib.update({key: f"{value:.3f}" for key, value in zip(_PLACE, place, strict=True)})


def _size_of(address: str) -> tuple[int, int] | None:
    """Pixels across and down of an embedded picture, as stored; None when it is none.

    Not by Qt: its reader waits, with Python held, for the lock under which other threads ask the picture plugins.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        data = base64.b64decode(address.partition(",")[2])
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as picture:
            width, height = picture.size
    except (ValueError, OSError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    return width, height


def _read_box(node: ET.Element, line: int, element: str) -> TextBox:
    values = {key[5:]: value for key, value in node.attrib.items() if key.startswith("data-")}
    name = node.get("id") or values.get("flow") or f"line {line}"
    read = _BoxReader(name, line, {**values, **{key: node.get(key, "") for key in _PLACE}})
    read.refuse_unknown(_KNOWN)
    text = values.get("text", node.text)
    if text is None:
        raise read.box_error("paint.box_missing", "text")
    text, missing = drawn_text(text.strip(), is_drawable)
    largest = read.number("max", low=0.1)
    across, down = read.pair("pad")
    box = TextBox(
        name=name,
        line=line,
        element=element,
        text=text.upper() if read.flag("uppercase") else text,
        missing=missing,
        x=read.number("x", 0.0) + across,
        y=read.number("y", 0.0) + down,
        width=max(0.1, read.number("width", low=0.1) - 2 * across),
        height=max(0.1, read.number("height", low=0.1) - 2 * down),
        family=values.get("font", "Be Vietnam Pro"),
        weight=round(read.number("weight", 400, low=100, high=900)),
        italic=read.flag("italic"),
        largest=largest,
        smallest=read.number("min", largest, low=0.1, high=largest),
        align=cast("Align", read.choice("align", get_args(Align))),
        valign=cast("VerticalAlign", read.choice("valign", get_args(VerticalAlign))),
        color=read.color("color", "#000000"),
        spacing=read.number("spacing", 0.0, low=-0.2, high=2),
        lead=read.number("lead", 1.2, low=0.8, high=4),
        flow=values.get("flow", ""),
        balance=read.flag("balance"),
        keep=read.flag("keep"),
        hyphens=read.flag("hyphens"),
        lines=round(read.number("lines", 0, low=0)),
        match=values.get("match", ""),
        plate=read.color("plate", ""),
        pad=(across, down),
        radius=read.number("radius", 0, low=0),
        above=values.get("above", ""),
        below=values.get("below", ""),
        gap=read.number("gap", 0),
    )
    _make_invisible(node, element)
    return box


def _make_invisible(node: ET.Element, element: str) -> None:
    # It stays in the art unseen: QtSvg is asked later how it is turned (``transformForElement``).
    kept = {key: node.attrib[key] for key in (*_PLACE, "transform") if key in node.attrib}
    node.attrib.clear()
    node.attrib.update({**kept, "id": element, "fill": "none", "stroke": "none"})
    node.text = None


class _BoxReader:
    """Reads the attributes of one box; whatever is wrong names box, line and attribute."""

    def __init__(self, name: str, line: int, values: Mapping[str, str]) -> None:
        self._name, self._line, self._values = name, line, values

    def box_error(self, code: str, key: str, **facts: object) -> UserError:
        attribute = key if key in _PLACE else f"data-{key}"
        return UserError(code, box=self._name, line=self._line, attribute=attribute, **facts)

    def refuse_unknown(self, known: frozenset[str]) -> None:
        for key in sorted(set(self._values) - known - set(_PLACE)):
            raise self.box_error("paint.box_unknown", key, known=", ".join(f"data-{name}" for name in sorted(known)))

    def number(self, key: str, default: float | None = None, low: float = -1e6, high: float = 1e6) -> float:
        written = self._values.get(key, "")
        if not written:
            if default is None:
                raise self.box_error("paint.box_missing", key)
            return default
        try:
            value = float(written)
        except ValueError:
            # Lies in no range, so that the comparison below refuses it; so it does with a "nan" that was typed.
            value = float("nan")
        if not low <= value <= high:
            raise self.box_error("paint.box_number", key, value=written, low=f"{low:g}", high=f"{high:g}")
        return value

    def choice(self, key: str, known: tuple[str, ...]) -> str:
        written = self._values.get(key, known[0])
        if written not in known:
            raise self.box_error("paint.box_choice", key, value=written, known=", ".join(known))
        return written

    def flag(self, key: str) -> bool:
        return self.choice(key, ("0", "1")) == "1"

    def pair(self, key: str) -> tuple[float, float]:
        """One or two lengths: across and down."""
        parts = self._values.get(key, "0").split()
        reader = _BoxReader(self._name, self._line, {key: parts[0] if parts else "0"})
        across = reader.number(key, low=0)
        down = _BoxReader(self._name, self._line, {key: parts[1]}).number(key, low=0) if len(parts) == 2 else across
        return across, down

    def color(self, key: str, default: str) -> str:
        written = self._values.get(key, default)
        if written != default and not re.fullmatch(r"#[0-9A-Fa-f]{6}", written):
            raise self.box_error("paint.box_color", key, value=written)
        return written
