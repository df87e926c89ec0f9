"""Boxes that are dragged: handles, and what a drag makes of a box. Plain arithmetic in fractions of the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF, Qt

from studio.story.model import Box, Point

if TYPE_CHECKING:
    from collections.abc import Mapping

Handle = Literal["nw", "n", "ne", "e", "se", "s", "sw", "w", "move", "new"]
CURSORS: Mapping[Handle, Qt.CursorShape] = {
    "nw": Qt.CursorShape.SizeFDiagCursor,
    "se": Qt.CursorShape.SizeFDiagCursor,
    "ne": Qt.CursorShape.SizeBDiagCursor,
    "sw": Qt.CursorShape.SizeBDiagCursor,
    "n": Qt.CursorShape.SizeVerCursor,
    "s": Qt.CursorShape.SizeVerCursor,
    "e": Qt.CursorShape.SizeHorCursor,
    "w": Qt.CursorShape.SizeHorCursor,
    "move": Qt.CursorShape.SizeAllCursor,
    "new": Qt.CursorShape.CrossCursor,
}
MIDDLE = Box(0.4, 0.35, 0.2, 0.3)
"""The box that a key draws, for hands without a mouse: square on a photo of 3 by 2; the arrows move it."""
LEAST_DRAWN = 0.01
"""A box drawn narrower or lower than this share of the picture was a click."""
LEAST = 0.02
"""A box is at least this share of the picture wide and high."""


def point_on(place: QRectF, point: Point) -> QPointF:
    """Fractions of a picture that lies at ``place``, as a place in the widget."""
    x, y = point
    return QPointF(place.x() + x * place.width(), place.y() + y * place.height())


def fraction_of(place: QRectF, at: QPointF) -> Point:
    """A place in the widget as fractions of the picture, 0 to 1: the nearest ones outside it."""
    x = (at.x() - place.x()) / max(1.0, place.width())
    y = (at.y() - place.y()) / max(1.0, place.height())
    return Point(min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))


def rect_on(place: QRectF, box: Box) -> QRectF:
    """A box of the picture in the widget."""
    x, y, width, height = box
    return QRectF(point_on(place, Point(x, y)), point_on(place, Point(x + width, y + height)))


def handles(rect: QRectF) -> dict[Handle, QPointF]:
    """Where the eight handles of a box lie."""
    middle = rect.center()
    return {
        "nw": rect.topLeft(),
        "n": QPointF(middle.x(), rect.top()),
        "ne": rect.topRight(),
        "e": QPointF(rect.right(), middle.y()),
        "se": rect.bottomRight(),
        "s": QPointF(middle.x(), rect.bottom()),
        "sw": rect.bottomLeft(),
        "w": QPointF(rect.left(), middle.y()),
    }


def handle_at(rect: QRectF, at: QPointF, reach: float) -> Handle | None:
    """The handle under the mouse; "move" inside the box, None outside."""
    for name, spot in handles(rect).items():
        if (spot - at).manhattanLength() <= reach:
            return name
    return "move" if rect.contains(at) else None


def dragged(box: Box, handle: Handle, by: tuple[float, float], shape: float | None) -> Box:
    """The box after a drag, always inside the picture.

    Args:
        box: before.
        handle: what is held; "move" moves the box as it is.
        by: how far the mouse went, as fractions of the picture.
        shape: width by height in fractions that must stay, None for any.
    """
    x, y, width, height = box
    if handle == "move":
        return Box(min(max(x + by[0], 0.0), 1.0 - width), min(max(y + by[1], 0.0), 1.0 - height), width, height)
    left, top, right, bottom = x, y, x + width, y + height
    # A side stops short of the one across from it: a box never turns inside out, and can always be taken hold of again.
    if "w" in handle:
        left = min(max(left + by[0], 0.0), right - LEAST)
    if "e" in handle:
        right = max(min(right + by[0], 1.0), left + LEAST)
    if "n" in handle:
        top = min(max(top + by[1], 0.0), bottom - LEAST)
    if "s" in handle:
        bottom = max(min(bottom + by[1], 1.0), top + LEAST)
    if shape is None:
        return Box(left, top, right - left, bottom - top)
    return _shaped((left, top, right, bottom), handle, shape)


def _shaped(sides: tuple[float, float, float, float], handle: Handle, shape: float) -> Box:
    """The largest box of a shape in what was drawn, held at the side opposite the handle."""
    left, top, right, bottom = sides
    width, height = right - left, bottom - top
    if handle in {"n", "s"}:
        width = height * shape
    elif handle in {"e", "w"} or width / height < shape:
        height = width / shape
    else:
        width = height * shape
    width, height = _inside(width, height, shape)
    x = right - width if "w" in handle else left
    y = bottom - height if "n" in handle else top
    return Box(min(max(x, 0.0), 1.0 - width), min(max(y, 0.0), 1.0 - height), width, height)


def _inside(width: float, height: float, shape: float) -> tuple[float, float]:
    if width > 1.0:
        width, height = 1.0, 1.0 / shape
    return (height * shape, height) if height <= 1.0 else (shape, 1.0)


def largest(shape: float) -> Box:
    """The largest box of a shape, in the middle of the picture."""
    width, height = (1.0, 1.0 / shape) if shape >= 1.0 else (shape, 1.0)
    return Box((1.0 - width) / 2, (1.0 - height) / 2, width, height)


def centre_box(box: Box, point: Point) -> Box:
    """The box moved so that its middle is as near to a point as the picture allows."""
    (x, y), middle = point, Box(*box).middle
    return dragged(box, "move", (x - middle.x, y - middle.y), None)


def nudged(box: Box, by: tuple[float, float], *, resize: bool, shape: float | None) -> Box:
    """The box moved, or made larger or smaller at its lower right corner, by keys."""
    if not resize:
        return dragged(box, "move", by, None)
    handle: Handle = "se" if shape is None else "e" if by[0] else "s"
    return dragged(box, handle, by, shape)
