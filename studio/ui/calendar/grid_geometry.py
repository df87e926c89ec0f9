"""Where days and their lines lie on the calendar: one description that is painted and that clicks are looked up in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.store.story_calendar import CalendarEntry, CalendarSpan
    from studio.ui.core.window_theme import WindowTheme


@dataclass(frozen=True, slots=True)
class DayLine:
    """A line of a day: an entry, a national day (``entry`` None), or how many more there are (``more``)."""

    rect: QRect
    entry: CalendarEntry | None = None
    national: str = ""
    off: bool = False
    more: int = 0


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day."""

    day: date
    rect: QRect
    lines: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True)
class GridGeometry:
    """The page as it lies.

    Attributes:
        head: height of the row of weekdays.
        gutter: width of the marks of weeks at the left.
        cells: seven to a row.
    """

    head: int
    gutter: int
    cells: tuple[DayCell, ...]

    def cell_at(self, point: QPoint) -> DayCell | None:
        """The day under a point."""
        return next((cell for cell in self.cells if cell.rect.contains(point)), None)

    def cell_of(self, day: date) -> DayCell | None:
        """The cell of a day, if it is shown."""
        return next((cell for cell in self.cells if cell.day == day), None)

    def line_at(self, point: QPoint) -> DayLine | None:
        """The line under a point."""
        cell = self.cell_at(point)
        return next((line for line in cell.lines if line.rect.contains(point)), None) if cell is not None else None


def lay_out_grid(span: CalendarSpan, width: int, height: int, theme: WindowTheme) -> GridGeometry:
    """Put the days of a span (whole weeks) into a rectangle; a single week has lines of several rows of text."""
    px = theme.px
    head, gutter = px(24), px(20)
    weeks = max(1, ((span.last - span.first).days + 1) // 7)
    across, down = max(7, width - gutter), max(weeks, height - head)
    cells = []
    for number in range(weeks * 7):
        row, at = divmod(number, 7)
        left, right = gutter + across * at // 7, gutter + across * (at + 1) // 7
        top, bottom = head + down * row // weeks, head + down * (row + 1) // weeks
        rect = QRect(left, top, right - left, bottom - top)
        day = span.first + timedelta(number)
        cells.append(DayCell(day, rect, tuple(_lines(span, day, rect, theme, tall=weeks == 1))))
    return GridGeometry(head, gutter, tuple(cells))


def _lines(span: CalendarSpan, day: date, rect: QRect, theme: WindowTheme, *, tall: bool) -> Iterator[DayLine]:
    px = theme.px
    inside = rect.adjusted(px(4), px(23), -px(4), -px(1))
    national, entries = span.national.get(day, ()), span.lines_on(day)
    wanted = len(national) + len(entries)
    high, gap = px(18), px(2)
    if tall and wanted:
        # A week has room for more words: what there is is shared out.
        high = max(px(36), min(px(96), inside.height() // wanted - gap))
    room = max(0, (inside.height() + gap) // (high + gap))
    for number in range(min(wanted, room)):
        line = QRect(inside.left(), inside.top() + (high + gap) * number, inside.width(), high)
        if number < len(national):
            known = national[number]
            yield DayLine(line, national=known.name, off=known.kind != "observance")
        else:
            yield DayLine(line, entries[number - len(national)])
    if wanted > room:
        # Beside the number of the day, so that no line is lost for it.
        yield DayLine(QRect(rect.left() + px(28), rect.top() + px(3), px(24), px(21)), more=wanted - room)
