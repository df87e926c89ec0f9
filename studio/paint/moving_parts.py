"""Takes a filled template apart into what stands still and what moves: its art, and every text box, line by line.

Nothing in a template has to be made for it: a text of several lines comes in line by line, one on a plate from the
side, the rest fades in. A group of art that is to move by itself is marked ``class="kim-move"``; ``data-in`` says how.
Boxes and groups whose ``id`` ends in ``-1``, ``-2`` ... take turns: one at a time is shown. ``class="kim-ground"``
marks the group with a photo that moves below everything else.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, cast, get_args

from PySide6.QtCore import QByteArray, QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtSvg import QSvgRenderer

from studio.paint.art import parse_svg
from studio.paint.image import sheet_rgb
from studio.paint.lines import EM
from studio.paint.sheet import PaintSheet, TextOverflow, paint_setting, typeset_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.paint.fitting import TextSetting

Entrance = Literal["rise", "slide", "fade", "grow"]
"""How a part comes: from below, from the side, out of nothing, or uncovered from its left."""
_TURN = re.compile(r"-(\d{1,3})$")
_MARGIN = 6
"""Pixels around a text: overhanging letters are not cut off."""


@dataclass(frozen=True, slots=True)
class MovingPart:
    """A part of a picture that moves.

    Attributes:
        name: ``id`` of its box or group.
        turn: from 1 for parts that take turns; 0 for one that stays.
        entrance: how it comes.
        left, top: its place in the picture, in pixels.
        width, height: in pixels.
        pixels: rows of blue, green, red, alpha (premultiplied), no padding: ``width * height * 4`` bytes.
    """

    name: str
    turn: int
    entrance: Entrance
    left: int
    top: int
    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class PartedPicture:
    """A picture taken apart: ``rgb`` is what stands still (as ``PaintedPicture``), then the parts in their order.

    Where a group is marked as the ground, ``ground`` is that alone (as ``rgb``) and ``still`` what stands still over
    it, as ``MovingPart.pixels`` of all the picture; else both are empty.
    """

    width: int
    height: int
    rgb: bytes
    parts: tuple[MovingPart, ...]
    overflow: tuple[TextOverflow, ...]
    ground: bytes = b""
    still: bytes = b""


def part_picture(svg: str, width: int, height: int) -> PartedPicture:
    """Paint a filled template in parts.

    Args:
        svg: the filled template.
        width: in pixels, even.
        height: in pixels, even.

    Raises:
        UserError: as ``paint_rgb``.
    """
    sheet = typeset_sheet(svg)
    renderer = QSvgRenderer(QByteArray(sheet.art.svg))
    turns = {box.element: renderer.transformForElement(box.element) for box in sheet.art.boxes}
    still, groups = _take_groups(sheet.art.svg, "kim-move")
    rgb = sheet_rgb(_bare_sheet(sheet, still), width, height).rgb
    scale = width / sheet.art.width, height / sheet.art.height
    parts = [*_group_parts(sheet, groups, width, height)]
    for setting in sheet.settings:
        parts += _text_parts(setting, turns[setting.box.element], scale)
    made = PartedPicture(width, height, rgb, tuple(parts), sheet.overflow)
    over, photo = _take_groups(still, "kim-ground")
    if not photo:
        return made
    below = sheet_rgb(_bare_sheet(sheet, photo[0][1]), width, height).rgb
    return replace(made, ground=below, still=_painted(_bare_sheet(sheet, over), width, height))


def _bare_sheet(sheet: PaintSheet, svg: bytes) -> PaintSheet:
    """A sheet of the art alone."""
    return replace(sheet, art=replace(sheet.art, svg=svg, boxes=(), layers=()), settings=())


def _painted(sheet: PaintSheet, width: int, height: int) -> bytes:
    image = _empty_image(width, height)
    painter = QPainter(image)
    try:
        sheet.paint(painter, QRectF(0, 0, width, height))
    finally:
        painter.end()
    return _pixels(image)


def _turn_of(name: str) -> int:
    found = _TURN.search(name)
    return int(found[1]) if found else 0


def _take_groups(svg: bytes, kind: str) -> tuple[bytes, list[tuple[ET.Element, bytes]]]:
    """The art without its groups of this class, each with an SVG of its own. They stand at the top level."""
    # Not ElementTree's own parser: it renames xlink:href, and QtSvg shows no picture then.
    root = parse_svg(svg.decode())
    moving = [node for node in root if kind in node.get("class", "").split()]
    if not moving:
        return svg, []
    for node in moving:
        root.remove(node)
    still = ET.tostring(root, encoding="utf-8")
    shared = [node for node in root if node.tag.rpartition(":")[2] == "defs"]
    groups = []
    for node in moving:
        alone = ET.Element(root.tag, root.attrib)
        alone.extend(deepcopy(shared))
        alone.append(node)
        groups.append((node, ET.tostring(alone, encoding="utf-8")))
    return still, groups


def _group_parts(
    sheet: PaintSheet, groups: list[tuple[ET.Element, bytes]], width: int, height: int
) -> Iterator[MovingPart]:
    for node, svg in groups:
        wanted = node.get("data-in", "fade")
        entrance = cast("Entrance", wanted if wanted in get_args(Entrance) else "fade")
        name = node.get("id", "")
        pixels = _painted(_bare_sheet(sheet, svg), width, height)
        yield MovingPart(name, _turn_of(name), entrance, 0, 0, width, height, pixels)


def _text_parts(setting: TextSetting, turn: QTransform, scale: tuple[float, float]) -> Iterator[MovingPart]:
    """A part for each line; a text on a plate stays in one piece with it."""
    if not setting.lines:
        return
    whole = bool(setting.box.plate) or len(setting.lines) == 1
    entrance: Entrance = "slide" if setting.box.plate else "fade" if whole else "rise"
    for lines in [setting.lines] if whole else [(line,) for line in setting.lines]:
        alone = replace(setting, lines=lines)
        place = (turn * QTransform.fromScale(*scale)).mapRect(_line_area(alone))
        left, top = int(place.left()) - _MARGIN, int(place.top()) - _MARGIN
        image = _empty_image(int(place.width()) + 2 * _MARGIN + 2, int(place.height()) + 2 * _MARGIN + 2)
        painter = QPainter(image)
        try:
            painter.translate(-left, -top)
            painter.scale(*scale)
            paint_setting(painter, turn, alone)
        finally:
            painter.end()
        name = setting.box.name
        yield MovingPart(name, _turn_of(name), entrance, left, top, image.width(), image.height(), _pixels(image))


def _line_area(setting: TextSetting) -> QRectF:
    """What the lines cover, in units of the viewBox."""
    box, unit = setting.box, setting.size / EM
    if box.plate:
        return QRectF(*setting.plate())
    left = min(placed.x + placed.line.left for placed in setting.lines) * unit
    right = max(placed.x + placed.line.right for placed in setting.lines) * unit
    top, bottom = setting.block()
    return QRectF(QPointF(box.x + left, top), QPointF(box.x + right, bottom))


def _empty_image(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    return image


def _pixels(image: QImage) -> bytes:
    return bytes(image.constBits())  # 32 bits a pixel: rows are never padded
