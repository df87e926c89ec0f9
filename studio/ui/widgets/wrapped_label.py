"""The words of a box to tick, which a box of its own would not wrap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent


class WrappedLabel(QLabel):
    """Words in as many lines as they need; a click on them ticks their box.

    Args:
        text: the words.
        box: what they belong to.
    """

    def __init__(self, text: str, box: QCheckBox) -> None:
        super().__init__(text)
        self._box = box
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """As a click on the box."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._box.click()
