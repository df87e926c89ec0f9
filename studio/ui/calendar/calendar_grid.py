"""The days of a month or week: chosen by mouse and keys, plans dragged from one to another."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip

from studio.services.calendar_files import entry_words
from studio.store.story_calendar import LEAST_YEAR, MOST_YEAR
from studio.ui.calendar.calendar_keys import calendar_key
from studio.ui.calendar.grid_geometry import GridGeometry, lay_out_grid
from studio.ui.calendar.grid_painting import GridLook, paint_grid
from studio.ui.widgets.drawn_part import DrawnPart

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from studio.group.calendar_words import CalendarWords
    from studio.store.story_calendar import CalendarEntry, CalendarSpan
    from studio.ui.core.window_theme import WindowTheme

_STEPS: Mapping[Qt.Key, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
"""Days that an arrow goes."""
_NOTCH = 120
"""What a wheel with notches turns at once, in eighths of a degree."""


class CalendarGrid(DrawnPart):
    """The days.

    Args:
        theme: how it looks.
        words: how days and entries are said.
        today: the day that is chosen first.
    """

    day_chosen = Signal(object)
    """Another day (``date``), perhaps of another month."""
    paged = Signal(int)
    """So many pages on: months, or weeks."""
    opened = Signal(object)
    """A ``CalendarEntry`` was asked for by Enter or a double click."""
    plan_asked = Signal(object)
    """Something is to be planned for this day."""
    moved = Signal(object, object)
    """A plan (``CalendarEntry``) is to go to a day."""
    dropped = Signal(object)
    """A plan is to be taken back."""

    def __init__(self, theme: WindowTheme, words: CalendarWords, today: date) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self.span: CalendarSpan | None = None
        self.geometry_now = GridGeometry(0, 0, ())
        self.month = (today.year, today.month)
        self.day = today
        self.entry: CalendarEntry | None = None
        self.target: date | None = None
        self._pressed: tuple[QPoint, CalendarEntry] | None = None
        self._dragging = False
        self._turned = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleDescription(words.say("grid_tip"))

    def minimumSizeHint(self) -> QSize:
        """Room for seven days of five weeks."""
        return QSize(self._theme.px(460), self._theme.px(250))

    # ------------------------------------------------------------------------------------------- what is shown

    def show_span(self, span: CalendarSpan, month: tuple[int, int]) -> None:
        """Show other days, or what stands on them now."""
        self.span, self.month = span, month
        if self.entry is not None and self.entry not in span.lines_on(self.day):
            self.entry = None
        self._lay_out()
        self._spoken_text()

    def choose(self, day: date, entry: CalendarEntry | None = None) -> None:
        """Choose a day and perhaps a line of it; beyond the years of the calendar there is none."""
        if not LEAST_YEAR <= day.year <= MOST_YEAR:
            return
        changed, self.day, self.entry = day != self.day, day, entry
        self._spoken_text()
        self.update()
        if changed or entry is not None:
            self.day_chosen.emit(day)

    def _lay_out(self) -> None:
        if self.span is not None:
            self.geometry_now = lay_out_grid(self.span, self.width(), self.height(), self._theme)
        self.update()

    def _spoken_text(self) -> None:
        """What a screen reader says: the day, and what stands on it or the line that is chosen."""
        said = [self._words.day(self.day)]
        if self.span is not None and self.entry is None:
            said += [known.name for known in self.span.national.get(self.day, ())]
            said += [entry_words(entry, self._words) for entry in self.span.lines_on(self.day)]
        elif self.entry is not None:
            said = [entry_words(self.entry, self._words)]
        self.setAccessibleName(". ".join(said))

    # ------------------------------------------------------------------------------------------- dragging

    def day_at(self, place: QPoint) -> date | None:
        """The day under a place of the screen."""
        cell = self.geometry_now.cell_at(self.mapFromGlobal(place))
        return cell.day if cell is not None and self.isVisible() else None

    def show_target(self, day: date | None) -> None:
        """Mark the day on which a drag would end."""
        if day != self.target:
            self.target = day
            self.update()

    def _end_drag(self) -> None:
        self._pressed, self._dragging = None, False
        self.show_target(None)
        self.unsetCursor()

    # ------------------------------------------------------------------------------------------- Qt's events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the mouse; a plan may be dragged from here."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        cell, line = self.geometry_now.cell_at(point), self.geometry_now.line_at(point)
        if cell is None:
            return
        entry = line.entry if line is not None else None
        self.choose(cell.day, entry)
        self._pressed = (point, entry) if entry is not None and is_movable(entry) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A plan follows the mouse once that went far enough not to be a click."""
        point = event.position().toPoint()
        if self._pressed is None:
            line = self.geometry_now.line_at(point)
            movable = line is not None and line.entry is not None and is_movable(line.entry)
            self.setCursor(Qt.CursorShape.OpenHandCursor if movable else Qt.CursorShape.ArrowCursor)
            return
        far = (point - self._pressed[0]).manhattanLength() >= QApplication.startDragDistance()
        self._dragging = self._dragging or far
        if self._dragging:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            cell = self.geometry_now.cell_at(point)
            self.show_target(cell.day if cell is not None else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the plan go where it is; beside the days nothing happens."""
        pressed, target = self._pressed, self.target if self._dragging else None
        self._end_drag()
        if pressed is not None and target is not None and target != pressed[1].first:
            self.choose(target)
            self.moved.emit(pressed[1], target)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the story of a line; on the free part of a day, plan something."""
        line = self.geometry_now.line_at(event.position().toPoint())
        self._end_drag()
        if line is not None and line.entry is not None:
            self.opened.emit(line.entry)
        elif self.geometry_now.cell_at(event.position().toPoint()) is not None:
            self.plan_asked.emit(self.day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the calendar, as ``shortcut_table`` has them."""
        step = timedelta(_STEPS.get(Qt.Key(event.key()), 0))
        days = {"cal_first": -self.day.weekday(), "cal_last": 6 - self.day.weekday()}
        calls: dict[str, Callable[[], object]] = {
            "cal_day": lambda: self.choose(self.day + step),
            "cal_move": lambda: self._move_by(step),
            "cal_back": lambda: self.paged.emit(-1),
            "cal_on": lambda: self.paged.emit(1),
            **{code: partial(self.choose, self.day + timedelta(by)) for code, by in days.items()},
            "cal_entry": self._next_entry,
            "cal_open": self._open,
            "cal_plan": lambda: self.plan_asked.emit(self.day),
            "cal_drop": self._drop,
            "cal_today": lambda: self.choose(self.span.today if self.span is not None else self.day),
            "box_let_go": self._end_drag,
        }
        call = calls.get(calendar_key(event))
        if call is not None:
            call()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self.entry is not None:
            self.opened.emit(self.entry)
        else:
            self.plan_asked.emit(self.day)

    def _drop(self) -> None:
        if self.entry is not None and is_movable(self.entry):
            self.dropped.emit(self.entry)

    def _next_entry(self) -> None:
        entries = self.span.lines_on(self.day) if self.span is not None else ()
        at = entries.index(self.entry) + 1 if self.entry in entries else 0
        self.choose(self.day, entries[at] if at < len(entries) else None)

    def _move_by(self, step: timedelta) -> None:
        if self.entry is not None and is_movable(self.entry):
            entry, target = self.entry, self.day + step
            self.choose(target)
            self.moved.emit(entry, target)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A turn of the wheel goes a page on, as in any calendar."""
        self._turned += event.angleDelta().y()
        if abs(self._turned) >= _NOTCH:  # a touchpad sends many small turns
            self.paged.emit(-1 if self._turned > 0 else 1)
            self._turned = 0
        event.accept()

    def event(self, event: QEvent) -> bool:
        """A line says all of its words below the mouse."""
        if event.type() == QEvent.Type.ToolTip:
            help_event: QHelpEvent = event  # type: ignore[assignment]  # the type says so
            line = self.geometry_now.line_at(help_event.pos())
            said = self._tip(line.entry, line.national) if line is not None else ""
            QToolTip.showText(help_event.globalPos(), said, self) if said else QToolTip.hideText()
            return True
        return super().event(event)

    def _tip(self, entry: CalendarEntry | None, national: str) -> str:
        if entry is None:
            return national
        return "\n".join(part for part in (entry_words(entry, self._words), entry.note) if part)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys go here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A drag ends with the window."""
        super().focusOutEvent(event)
        self._end_drag()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the days out anew."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the days."""
        if self.span is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = GridLook(self.month, self.day, self.entry, self.target, self.hasFocus())
        paint_grid(painter, self.span, self.geometry_now, look, self._theme, self._words)
        painter.end()


def is_movable(entry: CalendarEntry) -> bool:
    """Whether an entry is a plan that was not kept yet: what happened and what appeared stays where it was."""
    return entry.kind == "plan" and not entry.done
