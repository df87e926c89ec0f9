"""A field of full lines that grows with what is typed, up to a limit, and scrolls beyond it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent


class GrowingText(QPlainTextEdit):
    """A text of several lines.

    Args:
        least: lines shown even when there are fewer.
        most: lines shown before it scrolls.
        paragraphs: whether Enter begins a new line; otherwise it leads on to the next field.
    """

    def __init__(self, least: int, most: int, *, paragraphs: bool = True) -> None:
        super().__init__()
        self._least, self._most, self._paragraphs = least, most, paragraphs
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._fit)

    def text(self) -> str:
        """What is written; without paragraphs in one line, whatever was pasted."""
        written = self.toPlainText()
        return written if self._paragraphs else " ".join(written.split("\n"))

    def _line_height(self) -> float:
        return self.document().firstBlock().layout().lineAt(0).height()

    def _fit(self) -> None:
        if not self.document().firstBlock().layout().lineCount():
            return  # not laid out yet: this is called again
        # QPlainTextEdit counts the height of its document in lines, not in pixels.
        written = round(self.document().size().height())
        scrolls = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if written > self._most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setVerticalScrollBarPolicy(scrolls)
        lines = min(self._most, max(self._least, written))
        margins = self.contentsMargins()  # of the frame and its padding; the viewport follows later
        around = margins.top() + margins.bottom() + 2 * self.document().documentMargin()
        height = ceil(lines * self._line_height() + around)
        if height != self.height():
            self.setFixedHeight(height)

    def showEvent(self, event: QShowEvent) -> None:
        """Before, neither the font nor the frame is known."""
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs another height."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def event(self, event: QEvent) -> bool:
        """Undo and redo are the window's where nothing was typed here since the text was put in anew."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            document = self.document()
            undo = event.matches(QKeySequence.StandardKey.Undo) and not document.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not document.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, where there are no paragraphs."""
        if not self._paragraphs and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.focusNextChild()
            return
        super().keyPressEvent(event)
