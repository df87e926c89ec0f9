"""Dialogs that wear the window's style sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog

from studio.ui.core.focus_order import into_sight

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from studio.ui.core.window_theme import WindowTheme


class StyledDialog(QDialog):
    """A dialog in the looks of the window: a sheet lies on each window and not on the application.

    Args:
        theme: its style sheet; what is put into the dialog takes it over.
    """

    def __init__(self, theme: WindowTheme) -> None:
        super().__init__()
        theme.style_window(self)

    def showEvent(self, event: QShowEvent) -> None:
        """Bring what has the focus into sight once more: parts get their sizes from the sheet only now."""
        super().showEvent(event)
        if (chosen := self.focusWidget()) is not None:
            into_sight(chosen)
            QTimer.singleShot(0, chosen, lambda: into_sight(chosen))
