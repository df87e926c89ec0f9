"""Fields that look like the page they are on. None keeps an undo of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QTextCursor
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QTextEdit, QWidget

from studio.base.utf16_positions import utf16_units

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent

_UNDO, _REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo


def asks_undo_or_redo(event: QEvent) -> bool:
    """Whether an event asks who takes undo or redo."""
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    key: QKeyEvent = event  # type: ignore[assignment] # that type of event is one of a key
    return key.matches(_UNDO) or key.matches(_REDO)


def _left_to_story(event: QEvent) -> bool:
    """Whether an event asks who takes undo or redo: no field does, it is the story's."""
    if not asks_undo_or_redo(event):
        return False
    event.ignore()
    return True


def _asks_undo(field: LineField | TextField, event: QKeyEvent) -> bool:
    """Whether a key was undo or redo, which the field asks for then."""
    if event.matches(_UNDO):
        field.undo_asked.emit()
    elif event.matches(_REDO):
        field.redo_asked.emit()
    else:
        return False
    return True


class LineField(QLineEdit):
    """One line, as wide as what it says.

    Args:
        least: least width in pixels.
    """

    undo_asked = Signal()
    redo_asked = Signal()
    left_downwards = Signal()

    def __init__(self, least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self.setProperty("look", "inline")
        self.setTextMargins(-2, 0, 0, 0)  # flush with what stands above: Qt pads a line edit
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        # A layout asks for the sizeHint again only when it is told to.
        self.textChanged.connect(lambda _text: self.updateGeometry())

    def sizeHint(self) -> QSize:
        """Wide enough for the text or its hint."""
        shown = self.text() or self.placeholderText()
        width = self.fontMetrics().horizontalAdvance(shown) + self.fontMetrics().averageCharWidth() + 4
        return QSize(max(self._least, width), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """It may be squeezed where the room is short."""
        return QSize(self._least, super().minimumSizeHint().height())

    def show_text(self, text: str) -> bool:
        """Show a text that was changed elsewhere; whether it was another one."""
        if self.text() == text:
            return False
        self.setText(text)
        return True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click into an empty field shows all proposals it has."""
        super().mouseReleaseEvent(event)
        self.propose_all()

    def propose_all(self) -> None:
        """Show the list of proposals, where there is one and nothing is written."""
        if (proposals := self.completer()) is not None and not self.text() and not self.isReadOnly():
            proposals.setCompletionPrefix("")
            proposals.complete()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the story."""
        return False if _left_to_story(event) else super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo, redo, and the way down."""
        if _asks_undo(self, event):
            return
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.propose_all()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)


class TextField(QTextEdit):
    """Plain text as high as what it says.

    Args:
        one_line: it wraps but has no line breaks (a headline).
        look: of the style sheet.
        least: pixels it is high at least.
    """

    edited = Signal(str)
    """The text changed by hand."""
    undo_asked = Signal()
    redo_asked = Signal()
    left_downwards = Signal()
    left_upwards = Signal()
    entered = Signal()
    """It has got the focus."""

    def __init__(
        self, *, one_line: bool = True, look: str = "inline", least: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._one_line, self._least = one_line, least
        self._showing = False
        # Words that are pasted come without the fonts and colours of where they were.
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setProperty("look", look)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Undo is the story's, not one for each field.
        self.document().setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self.textChanged.connect(self._emit_text)

    def text(self) -> str:
        """What it says."""
        return self.toPlainText()

    def show_text(self, text: str) -> bool:
        """Show a text that was changed elsewhere, keeping the cursor near; whether it was another one."""
        old = self.toPlainText()
        if self._meaning(old) == self._meaning(text):
            return False
        head = 0
        while head < min(len(old), len(text)) and old[head] == text[head]:
            head += 1
        tail = 0
        while tail < min(len(old), len(text)) - head and old[-1 - tail] == text[-1 - tail]:
            tail += 1
        self._showing = True
        cursor = self.textCursor()
        cursor.setPosition(utf16_units(old[:head]))
        cursor.setPosition(utf16_units(old[: len(old) - tail]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[head : len(text) - tail])
        self.setTextCursor(cursor)
        self._showing = False
        return True

    def _meaning(self, text: str) -> str:
        """What the story keeps of it: a second space that is just being typed is no difference."""
        return " ".join(text.split()) if self._one_line else text.strip()

    def _emit_text(self) -> None:
        if not self._showing:
            self.edited.emit(self.toPlainText())

    def _fit(self) -> None:
        margins = self.contentsMargins()
        around = self.height() - self.viewport().height() if self.isVisible() else margins.top() + margins.bottom()
        written = max(self.fontMetrics().lineSpacing(), round(self.document().size().height()))
        height = max(self._least, written + max(0, around))
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, not the field."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that it has the focus."""
        super().focusInEvent(event)
        self.entered.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Words only, on one line where there is only one."""
        text = source.text()
        self.textCursor().insertText(" ".join(text.split()) if self._one_line else text.strip())

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the story."""
        return False if _left_to_story(event) else super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo, redo, and the ways out."""
        if _asks_undo(self, event):
            return
        if self._leads_down(event):
            self.left_downwards.emit()
        elif event.key() == Qt.Key.Key_Up and not self._can_move(QTextCursor.MoveOperation.Up):
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def _leads_down(self, event: QKeyEvent) -> bool:
        enter = self._one_line and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        return enter or (event.key() == Qt.Key.Key_Down and not self._can_move(QTextCursor.MoveOperation.Down))

    def _can_move(self, way: QTextCursor.MoveOperation) -> bool:
        return self.textCursor().movePosition(way)


def select_in(field: TextField | LineField, start: int, end: int) -> None:
    """Select part of a field, counted in code points."""
    if isinstance(field, QLineEdit):
        field.setSelection(start, end - start)
        return
    cursor = field.textCursor()
    cursor.setPosition(utf16_units(field.text()[:start]))
    cursor.setPosition(utf16_units(field.text()[:end]), QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
