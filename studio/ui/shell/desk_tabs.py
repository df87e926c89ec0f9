"""The tabs of the desks: for a screen reader a list of tabs, for the mouse ready before it is let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QTabBar

from studio.ui.core.shortcut_table import KEYS, key_text
from studio.ui.widgets.calm_inputs import calm

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from studio.ui.core.desk_context import WindowTools

_BESIDE = 50
"""Design pixels of a tab beyond its name: its icon and the room around both."""


class DeskTabs(QTabBar):
    """One tab a desk.

    Args:
        tools: what every part is given.
        tabs: code and icon of each desk, in order.
    """

    approached = Signal(str)
    """The mouse came to a tab."""
    desk_pressed = Signal(str)
    """The mouse went down on a tab: ``chosen`` follows when it goes up there."""
    chosen = Signal(str)
    """The user goes to a desk: a click, Enter or the space bar."""
    looked_at = Signal(str)
    """The user goes along the tabs with the arrows: the desk is shown, the keyboard stays here."""

    def __init__(self, tools: WindowTools, tabs: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._tools = tools
        self._codes = [code for code, _ in tabs]
        self._names = {code: tools.t(f"desk.{code}") for code in self._codes}
        self._down = self._under = ""
        self.setMouseTracking(True)
        calm(self)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setIconSize(tools.theme.icon_size())
        self.setAccessibleName(tools.t("window.desks"))
        for number, (code, icon) in enumerate(tabs):
            self.addTab(tools.theme.icon(icon), self._names[code])
            self.setAccessibleTabName(number, self._names[code])
            self.setTabToolTip(number, f"{tools.t(f'desk.{code}_tip')} ({key_text(KEYS[code])})")
        self.currentChanged.connect(self._on_current)

    @property
    def current(self) -> str:
        """Code of the desk that is shown; "" for none."""
        return (*self._codes, "")[max(0, self.currentIndex())]

    def tab_middle(self, code: str) -> QPoint:
        """The middle of a tab."""
        return self.tabRect(self._codes.index(code)).center()

    def show_current(self, code: str) -> None:
        """Mark the tab of a desk; "" for none."""
        with QSignalBlocker(self):
            # Qt always has a current tab: while no desk is shown, that is one more, which nobody sees.
            if not code and self.current:
                self.setAccessibleTabName(self.addTab(""), self._tools.t("window.no_desk"))
                self.setTabVisible(len(self._codes), False)
            self.setCurrentIndex(self._codes.index(code) if code else len(self._codes))
            if code and self.count() > len(self._codes):
                self.removeTab(len(self._codes))

    def fit_names(self, room: int) -> int:
        """Name all tabs, only the chosen one, or none, as there is room; what is left of ``room`` with all named."""
        words = {code: self.fontMetrics().horizontalAdvance(name) for code, name in self._names.items()}
        room -= len(self._codes) * self._tools.theme.px(_BESIDE)
        everywhere = sum(words.values()) <= room
        for number, code in enumerate(self._codes):
            named = everywhere or (code == self.current and words[code] <= room)
            if self.tabText(number) != (told := self._names[code] if named else ""):
                self.setTabText(number, told)
        return room - sum(words.values())

    def _on_current(self, number: int) -> None:
        if number < len(self._codes):
            self.looked_at.emit(self._codes[number])

    def _code_at(self, event: QMouseEvent) -> str:
        number = self.tabAt(event.position().toPoint())
        return self._codes[number] if 0 <= number < len(self._codes) and self.isTabEnabled(number) else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which tab the mouse came to."""
        super().mouseMoveEvent(event)
        before, self._under = self._under, self._code_at(event)
        if self._under and self._under != before:
            self.approached.emit(self._under)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt would change the tab now; the desk is only made meanwhile."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._down = self._code_at(event)
            if self._down:
                self.desk_pressed.emit(self._down)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Clicked, if the mouse is still there."""
        down, self._down = self._down, ""
        if down and down == self._code_at(event):
            self.chosen.emit(down)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on into the desk that is shown."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.current:
            self.chosen.emit(self.current)
        else:
            super().keyPressEvent(event)
