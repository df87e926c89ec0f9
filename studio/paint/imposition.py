"""Pages on sheets of paper: a folded booklet, a poster put together from several sheets, or one page a sheet.

Lengths are millimetres of the paper; whoever paints says how many units of the painter a millimetre is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRectF

from studio.paint.sheet import typeset_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPainter

    from studio.paint.sheet import PaintSheet

    Layers = Sequence[PaintSheet]
    """What is painted over one another on one page, from below."""
    SidePainter = Callable[[QPainter, float], None]
    """Paints one side: with a painter, and how many of its units a millimetre is."""

A4_UPRIGHT, A4_LYING = (210.0, 297.0), (297.0, 210.0)
SAFE_MARGIN = 12.0
"""What printers of offices leave white at an edge: the widest of common inkjets, at the foot of a sheet."""
OVERLAP = 10.0
"""How far the sheets of a poster lie over one another, for the glue."""
_FOLD_MARK = 5.0
_INK = "#6b7773"


class SideLabel(Protocol):
    """Words in the margin of a part of a poster: its number and how many there are, from 1."""

    def __call__(self, number: int, count: int) -> str:
        """The words."""


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page on its place: x, y, width and height; nothing of it shows outside of ``clip``."""

    layers: Layers
    area: tuple[float, float, float, float]
    clip: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class PaperSide:
    """One side of a sheet: its width and height, and what is on it."""

    size: tuple[float, float]
    pages: tuple[PlacedPage, ...]


def booklet_order(count: int) -> tuple[tuple[int, int], ...]:
    """Which pages stand side by side on each side of the paper, left and right, from 1; the outermost sheet first.

    Front and back of each sheet follow one another. Printed on both sides, turned over the short edge, laid on a heap
    as they come and folded once in the middle, the pages are in order.

    Args:
        count: a multiple of four.
    """
    if count < 4 or count % 4:
        raise ValueError(f"a booklet has 4, 8, 12 ... pages, not {count}")
    sides: list[tuple[int, int]] = []
    for first in range(1, count // 2, 2):
        last = count + 1 - first
        # The two numbers on one side of the paper always add up to count + 1: outside the last page beside the first,
        # behind them, turned over, the second beside the last but one.
        sides += [(last, first), (first + 1, last - 1)]
    return tuple(sides)


def fold_booklet(pages: Sequence[Layers]) -> tuple[PaperSide, ...]:
    """The sides of A4 sheets of a booklet of A5 pages (``booklet_order``), with marks where it is folded."""
    wide, high = A4_LYING
    half = wide / 2
    marks = typeset_sheet(
        _marks_svg(A4_LYING, [(half, 0, half, _FOLD_MARK), (half, high - _FOLD_MARK, half, high)], "", (0, 0, 1, 1))
    )
    return tuple(
        PaperSide(
            A4_LYING,
            (
                PlacedPage(pages[left - 1], (0, 0, half, high)),
                PlacedPage(pages[right - 1], (half, 0, half, high)),
                PlacedPage((marks,), (0, 0, wide, high)),
            ),
        )
        for left, right in booklet_order(len(pages))
    )


def single_pages(pages: Sequence[Layers], size: tuple[float, float] = A4_UPRIGHT) -> tuple[PaperSide, ...]:
    """One page a side."""
    return tuple(PaperSide(size, (PlacedPage(page, (0, 0, *size)),)) for page in pages)


@dataclass(frozen=True, slots=True)
class PosterGrid:
    """How a poster is put together: sheets of A4, how many across and down, and its width and height when glued.

    ``largest`` is how many times as wide as A4 it becomes at most.
    """

    paper: tuple[float, float]
    across: int
    down: int
    largest: float

    @property
    def size(self) -> tuple[float, float]:
        """As large as so many sheets hold: outer edges are those of the paper, inner ones lose margin and overlap."""
        wide = self._reach(self.paper[0], self.across)
        high = self._reach(self.paper[1], self.down)
        scale = min(wide / A4_UPRIGHT[0], high / A4_UPRIGHT[1], self.largest)
        return A4_UPRIGHT[0] * scale, A4_UPRIGHT[1] * scale

    @property
    def corner(self) -> tuple[float, float]:
        """Where on the glued paper the poster begins: in the middle, so that all its edges have a white margin."""
        wide, high = self._reach(self.paper[0], self.across), self._reach(self.paper[1], self.down)
        return (wide - self.size[0]) / 2, (high - self.size[1]) / 2

    @staticmethod
    def _reach(side: float, count: int) -> float:
        return count * side - (count - 1) * (2 * SAFE_MARGIN + OVERLAP)

    def window(self, column: int, row: int) -> tuple[float, float, float, float]:
        """The part of the glued paper that a sheet shows: x, y, width, height; neighbours share ``OVERLAP``."""
        left, wide = self._span(self.paper[0], column, self.across)
        top, high = self._span(self.paper[1], row, self.down)
        return left, top, wide, high

    def inset(self, column: int, row: int) -> tuple[float, float]:
        """Where on the sheet that part begins: an inner edge keeps the margin that no printer reaches."""
        return SAFE_MARGIN if column else 0.0, SAFE_MARGIN if row else 0.0

    @staticmethod
    def _span(side: float, place: int, count: int) -> tuple[float, float]:
        inner = (place > 0) + (place < count - 1)
        # Every sheet goes on where its neighbour ends, less the strip for the glue; the first begins at the very edge,
        # all others lose the margin that no printer reaches.
        start = place * (side - 2 * SAFE_MARGIN - OVERLAP) + (SAFE_MARGIN if place else 0.0)
        return start, side - inner * SAFE_MARGIN


_A3, _A2 = 420 / 297, 2.0
POSTERS = {
    "a3": PosterGrid(A4_LYING, 1, 2, _A3),
    "a2": PosterGrid(A4_UPRIGHT, 2, 2, _A2),
    "a3-full": PosterGrid(A4_LYING, 1, 3, _A3),
    "a2-full": PosterGrid(A4_LYING, 2, 4, _A2),
}
"""Posters by name. Two sheets are A3 and four A2 only without margins: with what printers leave white and a strip for
the glue, 92 % of it are left. All of it takes a third sheet, of A2 eight."""


def tile_poster(layers: Layers, grid: PosterGrid, label: SideLabel) -> tuple[PaperSide, ...]:
    """The sheets of a poster from an upright page, row by row, each with its cutting lines and its number.

    A sheet is cut along its dashed lines, at its upper and left edges, and glued over the strip its neighbour has left.
    """
    count = grid.across * grid.down
    sides: list[PaperSide] = []
    for row in range(grid.down):
        for column in range(grid.across):
            window, inset = grid.window(column, row), grid.inset(column, row)
            clip = (*inset, window[2], window[3])
            corner = grid.corner
            # The whole poster is laid so that its part for this sheet falls into the clip; all else lies outside of it.
            area = (inset[0] - window[0] + corner[0], inset[1] - window[1] + corner[1], *grid.size)
            marks = _tile_marks(grid.paper, column, row, label(len(sides) + 1, count))
            sides.append(
                PaperSide(grid.paper, (PlacedPage(layers, area, clip), PlacedPage((marks,), (0, 0, *grid.paper))))
            )
    return tuple(sides)


def _tile_marks(paper: tuple[float, float], column: int, row: int, words: str) -> PaintSheet:
    lines: list[tuple[float, float, float, float]] = []
    if row:
        lines.append((0, SAFE_MARGIN, paper[0], SAFE_MARGIN))
    if column:
        lines.append((SAFE_MARGIN, 0, SAFE_MARGIN, paper[1]))
    # In the strip that is cut off; the first sheet has none, and says what it is at the edge that is glued over.
    top = 4.5 if row else paper[1] - 9.5
    return typeset_sheet(_marks_svg(paper, lines, words, (20, top, paper[0] - 40, 5)))


def _marks_svg(
    paper: tuple[float, float],
    lines: Sequence[tuple[float, float, float, float]],
    words: str,
    place: tuple[float, float, float, float],
) -> str:
    from xml.sax.saxutils import quoteattr

    drawn = "".join(
        f'<path d="M{x1} {y1}L{x2} {y2}" fill="none" stroke="{_INK}" stroke-width="0.25" stroke-dasharray="6 4"/>'
        for x1, y1, x2, y2 in lines
    )
    box = (
        f'<rect class="kim-text" id="bagian" x="{place[0]}" y="{place[1]}" width="{place[2]}" height="{place[3]}"'
        f' data-text={quoteattr(words)} data-font="Be Vietnam Pro" data-max="3.2" data-min="2" data-lines="1"'
        f' data-valign="middle" data-color="{_INK}"/>'
    )
    inside = drawn + (box if words else "")
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {paper[0]} {paper[1]}">{inside}</svg>'


def paint_side(painter: QPainter, side: PaperSide, unit: float) -> None:
    """Paint one side; ``unit`` is how many units of the painter a millimetre is.

    Raises:
        UserError: as ``PaintSheet.paint``.
    """
    for page in side.pages:
        painter.save()
        if page.clip is not None:
            painter.setClipRect(_scaled(page.clip, unit))
        for layer in page.layers:
            layer.paint(painter, _scaled(page.area, unit))
        painter.restore()


def painter_of(side: PaperSide) -> SidePainter:
    """``paint_side`` of this side, for who prints it elsewhere."""

    def paint(painter: QPainter, unit: float) -> None:
        paint_side(painter, side, unit)

    return paint


def paint_sides(painter: QPainter, sides: Sequence[PaperSide], unit: float, begin: Callable[[PaperSide], None]) -> None:
    """Paint all sides; ``begin`` is called before each but the first, for a new page."""
    for number, side in enumerate(sides):
        if number:
            begin(side)
        paint_side(painter, side, unit)


def _scaled(area: tuple[float, float, float, float], unit: float) -> QRectF:
    return QRectF(*(length * unit for length in area))
