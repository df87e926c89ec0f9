"""A window in which Enter presses the button that has the keyboard, as people expect; Qt knows only the space bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QPushButton, QToolButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class PressingWindow(QMainWindow):
    """Hears of Enter when nothing in it wanted the key."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press what has the keyboard."""
        focus = self.focusWidget()
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if enter and plain and isinstance(focus, QPushButton | QToolButton) and focus.isEnabled():
            focus.click()
        else:
            super().keyPressEvent(event)
