"""Art that is the same on card after card, as a border of many tiles: painted once in a size, then laid on as pixels.

A template marks such a part of its sheet with ``<g class="kim-kept">``. Only pixels are kept, not vectors: a PDF has
the part drawn every time. Filling tiles with QtSvg's patterns takes more of a card's time than all else of its art.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from collections.abc import Iterator

_CELLS = 32
"""Cells across and down; empty ones are not kept, of a border most of them (2 MB of 8 for a story of 1080x1920)."""
_MOST = 8
"""Pictures kept: those of one group in the sizes of its outlets."""


class KeptCell(NamedTuple):
    """A part of the picture that is not empty, and where it lies in it, in pixels."""

    x: int
    y: int
    image: QImage


@lru_cache(maxsize=_MOST)
def kept_cells(svg: bytes, width: int, height: int, hints: QPainter.RenderHint) -> tuple[KeptCell, ...]:
    """Paint a part on nothing, ``width`` x ``height`` pixels being its sheet; nothing when QtSvg cannot read it."""
    renderer = QSvgRenderer(QByteArray(svg))
    if not renderer.isValid():
        return ()
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        painter.setRenderHints(hints)
        renderer.render(painter, QRectF(0, 0, width, height))
    finally:
        painter.end()
    return tuple(_drawn_cells(image))


def _drawn_cells(image: QImage) -> Iterator[KeptCell]:
    """Cells that show anything, those side by side in one; without transparency, which is quicker, where they can."""
    alpha = image.convertToFormat(QImage.Format.Format_Alpha8)
    across, down = -(-image.width() // _CELLS), -(-image.height() // _CELLS)
    for y in range(0, image.height(), down):
        rows = min(down, image.height() - y)
        found = ((x, _opacity(alpha, QRect(x, y, min(across, image.width() - x), rows)))
                 for x in range(0, image.width(), across))  # fmt: skip
        for opacity, cells in groupby(found, lambda each: each[1]):
            places = [x for x, _ in cells]
            if opacity == "none":
                continue
            left, right = places[0], min(places[-1] + across, image.width())
            part = image.copy(QRect(left, y, right - left, rows))
            yield KeptCell(left, y, part.convertToFormat(QImage.Format.Format_RGB32) if opacity == "full" else part)


def _opacity(alpha: QImage, area: QRect) -> Literal["none", "part", "full"]:
    cell = alpha.copy(area)  # held: its bytes go with it
    rows, width, stride = bytes(cell.constBits()), cell.width(), cell.bytesPerLine()  # Qt pads rows to four bytes
    drawn = b"".join(rows[start : start + width] for start in range(0, len(rows), stride))
    return "none" if not any(drawn) else "full" if min(drawn) == 255 else "part"
