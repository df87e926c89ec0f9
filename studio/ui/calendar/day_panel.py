"""Beside the days: all of the chosen day, and the stories that wait for a plan and can be dragged to a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from studio.services.calendar_files import entry_words
from studio.ui.calendar.calendar_grid import is_movable
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row, scrolled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from studio.group.calendar_words import CalendarWords
    from studio.store.calendar_index import CalendarStory
    from studio.store.story_calendar import CalendarEntry, CalendarSpan
    from studio.ui.core.window_theme import WindowTheme

_HIGH = 150


class _LineList(QListWidget):
    """Lines that wrap; Enter asks for what a double click does."""

    chosen = Signal(object)
    removal_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "framed")
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._values: list[object] = []
        self.doubleClicked.connect(lambda index: self.chosen.emit(self._values[index.row()]))

    def show_lines(self, lines: Sequence[tuple[str, object]]) -> None:
        """Show other lines, each with what it stands for."""
        self.clear()
        self._values = [value for _, value in lines]
        self.addItems([text for text, _ in lines])

    @property
    def value(self) -> object:
        """What the marked line stands for; None where none is."""
        row = self.currentRow()
        return self._values[row] if 0 <= row < len(self._values) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Delete act on the marked line."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.value is not None:
            self.chosen.emit(self.value)
        elif event.key() == Qt.Key.Key_Delete and self.value is not None:
            self.removal_asked.emit(self.value)
        else:
            super().keyPressEvent(event)


class WaitingList(_LineList):
    """Stories without a plan; one is dragged by the mouse to a day of the calendar."""

    dragged = Signal(object, QPoint)
    """A ``CalendarStory`` is over this place of the screen."""
    released = Signal(object, QPoint)
    """It was let go there."""
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._from: QPoint | None = None
        self._dragging = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark a story; it may be dragged from here."""
        super().mousePressEvent(event)
        left = event.button() == Qt.MouseButton.LeftButton
        at = event.position().toPoint()
        # A drag that begins on the empty part of the list would carry off the story that happens to be
        # marked.
        self._from = at if left and self.itemAt(at) is not None else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say where it is; the list itself marks nothing meanwhile."""
        if self._from is None:
            super().mouseMoveEvent(event)
            return
        # A hand that shakes while it clicks is no drag.
        far = (event.position().toPoint() - self._from).manhattanLength() >= QApplication.startDragDistance()
        self._dragging = self._dragging or far
        if self._dragging:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(self.value, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        super().mouseReleaseEvent(event)
        # Forgotten before it is told of: what the calendar does may open a dialog, and no move may count
        # meanwhile.
        dragging = self._dragging
        self._give_up()
        if dragging:
            self.released.emit(self.value, event.globalPosition().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives a drag up."""
        if event.key() == Qt.Key.Key_Escape and self._dragging:
            self._give_up()
        else:
            super().keyPressEvent(event)

    def _give_up(self) -> None:
        self._from, self._dragging = None, False
        self.unsetCursor()
        self.given_up.emit()


class DayPanel(QWidget):
    """The side panel of the calendar.

    Args:
        theme: how it looks.
        words: how days and entries are said.
    """

    plan_asked = Signal()
    change_asked = Signal(object)
    """A plan (``CalendarEntry``) is to be changed."""

    def __init__(self, theme: WindowTheme, words: CalendarWords) -> None:
        super().__init__()
        self._words = words
        say, px = words.say, theme.px
        self.title = label("", "title", wrap=True)
        self.national = label("", "bad", wrap=True)
        self.lines = _LineList()
        self.nothing = label(say("nothing_on_day"), "hint", wrap=True)
        self.plan = button(theme, say("plan_new"), self.plan_asked.emit, look="primary", icon="calendar-plus")
        self.open = button(theme, say("open_story"), lambda: self._ask(self.lines.chosen), icon="file-text")
        self.change = button(
            theme, say("change"), lambda: self._ask(self.change_asked), icon="pencil-line", tip=say("plan_change")
        )
        self.remove = button(
            theme, say("remove"), lambda: self._ask(self.lines.removal_asked), icon="trash-2", tip=say("plan_remove")
        )
        self.waiting_title = label("", "title", wrap=True)
        self.waiting = WaitingList()
        self.hint = label(say("waiting_hint"), "hint", wrap=True)
        describe(self.lines, say("day_lines"), say("day_lines_tip"))
        describe(self.waiting, say("waiting"), say("waiting_tip"))
        self.lines.setMinimumHeight(px(_HIGH))
        self.waiting.setMinimumHeight(px(_HIGH))
        self.lines.currentRowChanged.connect(lambda _: self._enable())
        inside = QWidget()
        acts = row(self.change, self.remove, 1, gap=px(6))
        parts = column(
            *(self.title, self.national, self.lines, self.nothing, row(self.open, 1), acts, self.plan),
            *(-px(8), self.waiting_title, self.waiting, self.hint),
            gap=px(8),
            edges=edges(theme, 16, 14),
        )
        parts.setStretch(2, 1)
        parts.setStretch(9, 1)
        inside.setLayout(parts)
        self.setLayout(column(scrolled(inside), gap=0))

    def show_day(self, span: CalendarSpan, day: date, entry: CalendarEntry | None = None) -> None:
        """Show a day, one of its lines marked."""
        self.title.setText(self._words.day(day))
        told = [
            f"{known.name} ({known.source})" if known.kind == "observance" else known.name
            for known in span.national.get(day, ())
        ]
        self.national.setText("\n".join(told))
        self.national.setVisible(bool(told))
        entries = span.lines_on(day)
        said = ["\n".join(filter(None, (entry_words(each, self._words), each.note))) for each in entries]
        self.lines.show_lines(list(zip(said, entries, strict=True)))
        if entries:
            self.lines.setCurrentRow(entries.index(entry) if entry in entries else 0)
        self.lines.setVisible(bool(entries))
        self.nothing.setVisible(not entries)
        self._enable()

    def show_waiting(self, stories: Sequence[CalendarStory]) -> None:
        """Show the stories without a plan."""
        said = [" ".join(story.headline.split()) or self._words.say("untitled") for story in stories]
        self.waiting.show_lines(list(zip(said, stories, strict=True)))
        self.waiting_title.setText(self._words.say("waiting_count", count=len(stories)))
        self.waiting.setVisible(bool(stories))
        self.hint.setText(self._words.say("waiting_hint" if stories else "waiting_none"))

    def _ask(self, signal: object) -> None:
        if self.lines.value is not None:
            signal.emit(self.lines.value)  # type: ignore[attr-defined]  # Signal is bound here

    def _enable(self) -> None:
        entry = self.lines.value
        movable = entry is not None and is_movable(entry)  # type: ignore[arg-type]  # lines hold entries
        self.open.setEnabled(entry is not None)
        self.open.setVisible(self.lines.count() > 0)
        for each in (self.change, self.remove):
            each.setVisible(movable)
