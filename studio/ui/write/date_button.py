"""The date of a story: a button that says it in full, and a small calendar under it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QPushButton, QWidget

from studio.story.date_formats import full_days, parse_date
from studio.story.date_reading import read_days
from studio.ui.widgets.basic_parts import button, column, describe, edges, row
from studio.ui.widgets.calm_inputs import dress_calendar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.base.i18n import MessageTexts
    from studio.ui.core.window_theme import WindowTheme


def read_days_typed(typed: str, today: date) -> tuple[date, date] | None:
    """The first and last day a person typed (``22/11/2026``, ``22 nov``, ``besok``, ``1-3 Desember``); else None.

    A missing year is the one nearest to ``today``; what else is typed beside the date makes it no date.
    """
    found = read_days(typed.strip(), today, "future", loose=True)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(typed.strip())):
        return None
    return (found[0].first, found[0].last) if found[0].first and found[0].last else None


def read_date(typed: str, today: date) -> date | None:
    """The one day a person typed, as in ``read_days_typed``."""
    days = read_days_typed(typed, today)
    return days[0] if days and days[0] == days[1] else None


def shown_date(iso: str, texts: MessageTexts, end: str = "") -> str:
    """``Minggu, 22 November 2026`` in the language of the window, or the days up to ``end``; "" for no date."""
    day = parse_date(iso)
    # Our own words for Indonesian: Qt's locale writes ranges and short months otherwise than newspapers
    # here.
    if day is None or texts.language == "id":
        return full_days(iso, end)
    shown = QLocale(QLocale.Language.English).toString(QDate(day.year, day.month, day.day), "dddd, d MMMM yyyy")
    return f"{shown} – {shown_date(end, texts)}" if end > iso else shown


def place_at(anchor: QWidget, popup: QWidget, gap: int) -> QPoint:
    """Where a popup goes: below its button, or above it when it would leave the screen; never beyond an edge."""
    size = popup.sizeHint().expandedTo(popup.minimumSize())
    room = anchor.screen().availableGeometry()
    below = anchor.mapToGlobal(QPoint(0, anchor.height() + gap))
    above = anchor.mapToGlobal(QPoint(0, -gap)) - QPoint(0, size.height())
    place = below if below.y() + size.height() <= room.bottom() else above
    left = max(room.left(), min(place.x(), room.right() - size.width()))
    return QPoint(left, max(room.top(), place.y()))


class DatePopup(QFrame):
    """The calendar with a line to type in and the two days that news is about."""

    picked = Signal(str)
    """An ISO date, or the first and last with ``/`` between; "" for none."""

    def __init__(self, texts: MessageTexts, theme: WindowTheme, parent: QWidget, today: Callable[[], date]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("datePopup")
        self._texts, self._today = texts, today
        self.line = QLineEdit()
        self.line.setPlaceholderText(texts.text("write.date.type"))
        describe(self.line, texts.text("write.date.type"))
        self.line.returnPressed.connect(self._take_line)
        self.calendar = QCalendarWidget()
        dress_calendar(self.calendar, texts, theme)
        self.calendar.clicked.connect(self._take_day)
        self.calendar.activated.connect(self._take_day)
        buttons = [
            button(theme, texts.text("write.date.today"), lambda: self._pick_days(today()), look="chip"),
            button(
                theme, texts.text("write.date.yesterday"), lambda: self._pick_days(today() - timedelta(1)), look="chip"
            ),
            button(
                theme, texts.text("write.date.tomorrow"), lambda: self._pick_days(today() + timedelta(1)), look="chip"
            ),
            button(theme, texts.text("write.date.none"), lambda: self._pick_days(None), look="chip"),
        ]
        for each in buttons:
            each.setCheckable(False)
        self.setLayout(column(self.line, row(*buttons, 1, gap=6), self.calendar, gap=8, edges=edges(theme, 10, 10)))

    def open_at(self, place: QPoint, iso: str) -> None:
        """Show it under a button, on the day it says."""
        day = parse_date(iso) or self._today()
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.line.clear()
        self.move(place)
        self.show()
        self.line.setFocus()

    def _take_line(self) -> None:
        if (days := read_days_typed(self.line.text(), self._today())) is not None:
            self._pick_days(*days)

    def _take_day(self, day: QDate) -> None:
        self._pick_days(date(day.year(), day.month(), day.day()))

    def _pick_days(self, day: date | None, last: date | None = None) -> None:
        self.hide()
        # Both days in one text: whoever listens has one field to write, and one step of undo.
        end = f"/{last.isoformat()}" if last and last != day else ""
        self.picked.emit(f"{day.isoformat()}{end}" if day else "")


class DateField(QPushButton):
    """Says the date; Enter, Space or a click opens the calendar.

    Args:
        texts: for what it says.
        theme: for how it looks.
        look: its look in the style sheet.
        none: what it says without a date; "" the usual.
        today: the day it is for the group: a laptop's own clock may be in another zone. A desk may set it later.
    """

    picked = Signal(str)

    def __init__(
        self,
        texts: MessageTexts,
        theme: WindowTheme,
        parent: QWidget | None = None,
        *,
        look: str = "inline",
        none: str = "",
        name: str = "write.date",
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(parent)
        self._texts = texts
        self._theme = theme
        self._name = name
        self._none = none or texts.text(f"{name}.hint")
        self._iso = self._end = ""
        self.today = today
        self._popup: DatePopup | None = None
        self.setProperty("look", look)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # In a dialog Return would open the calendar.
        self.setAutoDefault(False)
        self.clicked.connect(lambda _=False: self.open())
        self.show_days("")

    def show_days(self, iso: str, end: str = "") -> bool:
        """Show a date, or the first and last of several; whether it was another one."""
        changed = (iso, end) != (self._iso, self._end)
        self._iso, self._end = iso, end
        shown = shown_date(iso, self._texts, end)
        self.setText(shown or self._none)
        self.setProperty("empty", not shown)
        title = self._texts.text(self._name)
        describe(self, f"{title}: {shown}" if shown else title)
        self.style().unpolish(self)
        self.style().polish(self)
        return changed

    @property
    def popup(self) -> DatePopup:
        """The calendar, made when it is first wanted."""
        if self._popup is None:
            self._popup = DatePopup(self._texts, self._theme, self, self.today)
            self._popup.picked.connect(self.picked)
        return self._popup

    def open(self) -> None:
        """Open the calendar."""
        self.popup.open_at(place_at(self, self.popup, self._theme.px(4)), self._iso)


def tell_day(parts: Iterable[QWidget], today: Callable[[], date]) -> None:
    """Have every date of these parts count from the group's day."""
    for part in parts:
        for field in part.findChildren(DateField):
            field.today = today
