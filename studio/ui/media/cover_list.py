"""The list of what is covered, the same beside a photo and beside a clip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget

from studio.ui.media.media_keys import bind_keys
from studio.ui.widgets.basic_parts import describe, restyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.ui.core.window_theme import WindowTheme

_MOST_SHOWN = 4
"""Covers that are seen at once; more are scrolled to."""


class CoverList(QListWidget):
    """The covers by name, one of them chosen.

    Args:
        theme: for sizes.
        name: what the list is called.
    """

    chosen = Signal(int)
    """Number of a cover, -1 for none; only by the user."""
    removal_asked = Signal()
    """The keys that take the chosen one out."""

    def __init__(self, theme: WindowTheme, name: str) -> None:
        super().__init__()
        self._theme = theme
        restyle(self, "look", "framed")
        describe(self, name)
        self.currentRowChanged.connect(self.chosen)
        bind_keys(self, "remove", self.removal_asked.emit)

    def show_covers(self, names: Sequence[str], chosen: int) -> None:
        """Show these; a list of the same names is left as it is: this may be in the middle of a click."""
        self.blockSignals(True)
        if list(names) != [self.item(row).text() for row in range(self.count())]:
            self.clear()
            self.addItems(names)
        self.setCurrentRow(chosen if chosen < len(names) else -1)
        self.setFixedHeight(self._theme.px(12 + 30 * min(_MOST_SHOWN, max(1, len(names)))))
        self.blockSignals(False)
