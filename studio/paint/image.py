"""Paints a filled template as a picture: cards as plain pixels, overlays for video as PNG with transparency."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from studio.base.errors import UserError
from studio.paint.sheet import typeset_sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.paint.sheet import BoxTurns, PaintSheet, TextOverflow

_PLAIN = QImage.Format.Format_RGB32


@dataclass(frozen=True, slots=True)
class PaintedPicture:
    """A painted picture.

    Attributes:
        width, height: in pixels.
        rgb: rows from the top, three bytes a pixel, sRGB, no padding: ``width * height * 3`` bytes.
        overflow: text that did not fit.
    """

    width: int
    height: int
    rgb: bytes
    overflow: tuple[TextOverflow, ...]


@dataclass(frozen=True, slots=True)
class PaintedArt:
    """The art of a page on white, without its texts; and how the boxes of those are turned."""

    image: QImage
    turns: BoxTurns

    @property
    def weight(self) -> int:
        """Bytes of the picture."""
        return self.image.sizeInBytes()


class ArtKeeper(Protocol):
    """Keeps painted art by key: where only a text was changed, what lies below it is as it was."""

    def __call__(self, key: tuple[object, ...], make: Callable[[], PaintedArt]) -> PaintedArt:
        """The art of a key, made when it is not there."""


def paint_rgb(svg: str, width: int, height: int, keep: ArtKeeper | None = None) -> PaintedPicture:
    """Paint a filled template on white.

    Args:
        svg: the filled template; its viewBox has the proportions of the picture.
        width: in pixels, 1 or more.
        height: in pixels, 1 or more.
        keep: art painted before; the pixels are the same without.

    Returns:
        The pixels, and what did not fit. The same SVG gives the same pixels on the same machine.

    Raises:
        UserError: ``paint.svg``, ``paint.image``, ``paint.box_*`` or ``paint.ratio``: the template is wrong.
    """
    sheet = typeset_sheet(svg)
    return sheet_rgb(sheet, width, height, sheet.overflow, keep)


def sheet_rgb(
    sheet: PaintSheet,
    width: int,
    height: int,
    overflow: tuple[TextOverflow, ...] = (),
    keep: ArtKeeper | None = None,
) -> PaintedPicture:
    """Paint a typeset page on white; sizes and ``keep`` as in ``paint_rgb``."""
    image = _draw_over(sheet, width, height, keep) if keep else _draw_sheet(sheet, width, height, _PLAIN)
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    pixels, stride, row = plain.constBits(), plain.bytesPerLine(), width * 3
    data = bytes(pixels)
    if stride != row:  # Qt pads rows to four bytes
        data = b"".join(data[y * stride : y * stride + row] for y in range(height))
    return PaintedPicture(width, height, data, overflow)


def paint_png(svg: str, width: int, height: int, path: Path) -> tuple[TextOverflow, ...]:
    """Paint a filled template on nothing and save it as PNG with transparency (8-bit RGBA).

    Args:
        svg: the filled template; where it draws nothing the picture stays transparent.
        width: in pixels, 1 or more.
        height: in pixels, 1 or more.
        path: the file to write; the caller gives a temporary name and renames.

    Returns:
        What did not fit.

    Raises:
        UserError: as ``paint_rgb``; ``paint.save`` when the file cannot be written.
    """
    sheet = typeset_sheet(svg)
    image = _draw_sheet(sheet, width, height, QImage.Format.Format_ARGB32_Premultiplied)
    if not image.save(str(path), "PNG"):  # type: ignore[call-overload]  # the stubs want bytes, Qt takes str
        raise UserError("paint.save", file=path.name)
    return sheet.overflow


def painted_bounds(svg: str, width: int, height: int) -> tuple[int, int, int, int] | None:
    """Where a filled template paints anything: left, top, right, bottom in pixels; None when nothing is painted.

    Args and errors as for ``paint_rgb``. Without Pillow, which takes 6 MB beside each export of a clip.
    """
    image = _draw_sheet(typeset_sheet(svg), width, height, QImage.Format.Format_ARGB32_Premultiplied)
    plain = image.convertToFormat(QImage.Format.Format_Alpha8)  # held: its bytes go with it
    alpha = bytes(plain.constBits())
    stride = len(alpha) // height
    rows = [alpha[y * stride : y * stride + width] for y in range(height)]
    drawn = [y for y, row in enumerate(rows) if any(row)]
    if not drawn:
        return None
    left = min(width - len(rows[y].lstrip(b"\0")) for y in drawn)
    right = max(len(rows[y].rstrip(b"\0")) for y in drawn)
    return left, drawn[0], right, drawn[-1] + 1


def _draw_over(sheet: PaintSheet, width: int, height: int, keep: ArtKeeper) -> QImage:
    """The page on white, its texts over art that may have been painted before."""
    target = QRectF(0, 0, width, height)

    def paint_art() -> PaintedArt:
        image = QImage(width, height, _PLAIN)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        try:
            return PaintedArt(image, sheet.paint_art(painter, target))
        finally:
            painter.end()

    art = keep(("art", hashlib.sha256(sheet.art.svg).digest(), width, height), paint_art)
    image = art.image.copy()
    painter = QPainter(image)
    try:
        sheet.paint_texts(painter, target, art.turns)
    finally:
        painter.end()
    return image


def _draw_sheet(sheet: PaintSheet, width: int, height: int, kind: QImage.Format) -> QImage:
    image = QImage(width, height, kind)
    transparent = kind == QImage.Format.Format_ARGB32_Premultiplied
    image.fill(Qt.GlobalColor.transparent if transparent else Qt.GlobalColor.white)
    painter = QPainter(image)
    try:
        sheet.paint(painter, QRectF(0, 0, width, height))
    finally:
        painter.end()
    return image
