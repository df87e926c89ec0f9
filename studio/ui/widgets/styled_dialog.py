"""Dialogs that wear the window's style sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from studio.ui.core.focus_order import into_sight
from studio.ui.widgets.basic_parts import column, scrolled

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from studio.ui.core.window_theme import WindowTheme

_TITLE_BAR = 40
"""Pixels that the system needs above a window."""


class StyledDialog(QDialog):
    """A dialog in the looks of the window: a sheet lies on each window and not on the application.

    Args:
        theme: its style sheet; what is put into the dialog takes it over.
    """

    def __init__(self, theme: WindowTheme) -> None:
        super().__init__()
        theme.style_window(self)

    def showEvent(self, event: QShowEvent) -> None:
        """Be no larger than the screen, or the last buttons lie below its edge.

        What has the focus is brought into sight once more: parts get their sizes from the sheet only now.
        """
        self._fit_screen()
        super().showEvent(event)
        if (chosen := self.focusWidget()) is not None:
            into_sight(chosen)
            QTimer.singleShot(0, chosen, lambda: into_sight(chosen))

    def _fit_screen(self) -> None:
        """As large as wanted where there is room; what cannot be made small enough is scrolled to."""
        room = self.screen().availableGeometry().size() - QSize(0, _TITLE_BAR)
        if (inside := self.layout()) is None:
            return
        low = inside.totalMinimumHeightForWidth(min(self.width(), room.width()))
        least = QSize(inside.minimumSize().width(), max(low, inside.minimumSize().height()))
        if least != least.boundedTo(room):
            content = QWidget()
            content.setLayout(inside)  # taken from the dialog
            content.setMinimumHeight(least.height())
            area = scrolled(content)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self.setMinimumSize(0, 0)
            self.setLayout(column(area, gap=0))
            wide = least.width() + area.verticalScrollBar().sizeHint().width()
            self.resize(QSize(max(self.width(), wide), self.height()).boundedTo(room))
        else:
            # A text that wraps tells how high it is only once it knows its width: Qt lets it be cut.
            self.resize(self.size().expandedTo(least).boundedTo(room))
