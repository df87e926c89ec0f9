"""Inputs whose value the mouse wheel leaves alone, and lists of proposals. All of the window's are made here.

Qt changes a slider, number, date or list of choices when the wheel turns over it, also on the way through a panel that
was to be scrolled. Here the wheel acts on an input only after the user went to it by a click or a key; else it scrolls
what lies around. ``tests/ui/test_inputs.py`` holds that no other module makes such a widget itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QCalendarWidget,
    QComboBox,
    QCompleter,
    QDateEdit,
    QListView,
    QScrollBar,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from studio.ui.widgets.basic_parts import describe

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QDate
    from PySide6.QtGui import QFocusEvent

    from studio.base.i18n import MessageTexts
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.window_theme import WindowTheme

W = TypeVar("W", bound=QWidget)
C = TypeVar("C", bound=QCompleter)
_BY_HAND = frozenset(
    {
        Qt.FocusReason.MouseFocusReason,
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)
_PASSING = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})
"""A list that opens and closes, another program: the user is still at the same input."""


class _WheelGuard(QObject):
    """Lets the wheel through to an input only while it has the focus."""

    _meant = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus; pass the wheel to what lies around."""
        kind = event.type()
        if kind in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            focus: QFocusEvent = event  # type: ignore[assignment]  # the type says so
            if focus.reason() not in _PASSING:
                self._meant = kind == QEvent.Type.FocusIn and focus.reason() in _BY_HAND
        elif kind == QEvent.Type.Wheel and not self._meant:
            event.ignore()
            return True
        return False


class _PopupWidener(QObject):
    """Makes a list of proposals as wide as its words: Qt makes it as wide as the field, however short that is.

    The list is a window of its own without a parent, so it is given the style sheet of its field's window too.
    """

    def __init__(self, popup: QListView, owner: QCompleter) -> None:
        super().__init__(popup)
        self._owner = owner

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It is about to be seen, or follows what is typed."""
        if event.type() in {QEvent.Type.Show, QEvent.Type.Resize} and isinstance(watched, QListView):
            self._wear_sheet(watched)
            bar = watched.verticalScrollBar().sizeHint().width()
            screen = watched.screen().availableGeometry()
            wanted = watched.sizeHintForColumn(0) + bar + 2 * watched.frameWidth()
            width = min(screen.width(), max(watched.width(), wanted))
            if width > watched.width():
                watched.resize(width, watched.height())
                watched.move(max(screen.left(), min(watched.x(), screen.right() + 1 - width)), watched.y())
        return False

    def _wear_sheet(self, popup: QListView) -> None:
        field = self._owner.widget()
        sheet = field.window().styleSheet() if field is not None else ""
        if popup.styleSheet() != sheet:
            popup.setStyleSheet(sheet)


def calm(widget: W) -> W:
    """Have the wheel leave the value of an input alone until the user went to it by a click or a key; returns it."""
    if widget.focusPolicy() == Qt.FocusPolicy.WheelFocus:
        # Else the wheel would bring the focus, and with it the leave to change the value.
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    widget.installEventFilter(_WheelGuard(widget))
    return widget


def calm_all(window: QWidget) -> None:
    """``calm`` for every input of a window that Qt built (choosing a colour or a file)."""
    for kind in (QAbstractSlider, QAbstractSpinBox, QComboBox, QTabBar):
        for each in window.findChildren(kind):
            # Scroll bars are sliders too, but made for the wheel.
            if not isinstance(each, QScrollBar):
                calm(each)


def combo_box() -> QComboBox:
    """A list to choose from."""
    return calm(QComboBox())


def narrow_combo_box() -> QComboBox:
    """A list to choose from for a narrow panel: it cuts a long choice, which its list shows in full."""
    made = combo_box()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(8)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def slider() -> QSlider:
    """A horizontal slider."""
    return calm(QSlider(Qt.Orientation.Horizontal))


def spin_box() -> QSpinBox:
    """A whole number."""
    return calm(QSpinBox())


def date_edit(tools: WindowTools, day: QDate) -> QDateEdit:
    """A day, with a calendar to choose it from."""
    made = calm(QDateEdit(day))
    made.setCalendarPopup(True)
    made.setDisplayFormat("dd/MM/yyyy")
    dress_calendar(made.calendarWidget(), tools.texts, tools.theme)
    return made


def dress_calendar(calendar: QCalendarWidget, texts: MessageTexts, theme: WindowTheme) -> None:
    """Paint a calendar like the window, in its language; Qt's own red cannot be read on every ground."""
    language = QLocale.Language.Indonesian if texts.language == "id" else QLocale.Language.English
    calendar.setLocale(QLocale(language, QLocale.Country.Indonesia))
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setGridVisible(False)
    calendar.setMinimumSize(theme.px(290), theme.px(230))
    calendar.setAccessibleName(texts.text("write.date"))
    for day, role in ((Qt.DayOfWeek.Saturday, "text"), (Qt.DayOfWeek.Sunday, "bad")):
        look = QTextCharFormat()
        look.setForeground(theme.color(role))
        calendar.setWeekdayTextFormat(day, look)
    # Names that Qt gives its own buttons: the calendar has no other way to them.
    for name, icon, code in (("prevmonth", "chevron-left", "previous"), ("nextmonth", "chevron-right", "next")):
        arrow = calendar.findChild(QToolButton, f"qt_calendar_{name}")
        if isinstance(arrow, QToolButton):
            arrow.setIcon(theme.icon(icon, "text"))
            describe(arrow, texts.text(f"write.date.{code}"))


def tab_bar() -> QTabBar:
    """Tabs."""
    return calm(QTabBar())


def completer(model: QAbstractItemModel, parent: QObject) -> QCompleter:
    """Proposals under a field, whatever the case of their letters."""
    return dress_proposals(QCompleter(model, parent))


def dress_proposals(made: C) -> C:
    """Give a completer a list that is painted like the window, and as wide as its words; returns it."""
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    popup = QListView()
    popup.setObjectName("proposals")
    popup.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
    popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setPopup(popup)
    popup.installEventFilter(_PopupWidener(popup, made))
    return made
