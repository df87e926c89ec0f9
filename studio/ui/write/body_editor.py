"""What keys, input methods and the clipboard do in the text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QMimeData, Qt, Signal
from PySide6.QtGui import QKeySequence, QTextCursor

from studio.story.body import BodyBlock, TextSpan, clean_link, normalise_blocks, parse_markdown, to_markdown
from studio.story.pasted_text import BLOCKS_MIME, blocks_from_html, blocks_from_text, html_of, text_of
from studio.ui.write import editor_keys
from studio.ui.write.document_mirror import LINE_BREAK
from studio.ui.write.page_editor import PageEdit
from studio.ui.write.text_formatting import kind_at, runs_in, selected_blocks
from studio.ui.write.text_style import kind_of, span_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QKeyEvent

_STEP_LETTERS = 24
"""Typing is taken back in pieces of about this many letters, each ending with a word."""
_MODIFIERS = {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_STANDARD = QKeySequence.StandardKey
# Qt counts this key as redo on Windows only.
_CTRL_Y = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y).toCombined()


class BodyEdit(PageEdit):
    """The text of a story, ready to be written in."""

    undo_asked = Signal()
    redo_asked = Signal()
    left_upwards = Signal()
    """The cursor was moved up from the first line."""
    files_offered = Signal(object)
    """Files were pasted that are no text: a ``QMimeData``."""
    menu_asked = Signal(object)
    """The context menu is wanted: a global ``QPoint``."""

    _typed = 0
    _expected = -1
    _erasing = False

    # -------------------------------------------------------------------------------------------- keys

    def event(self, event: QEvent) -> bool:
        """Leave the keys of undo and of the desk to whoever has a shortcut for them; QTextEdit would take them."""
        if event.type() == QEvent.Type.ShortcutOverride:
            key: QKeyEvent = event  # type: ignore[assignment] # Qt says so by the type of the event
            control = key.modifiers() & Qt.KeyboardModifier.ControlModifier
            ours = control and key.key() in {Qt.Key.Key_K, Qt.Key.Key_B, Qt.Key.Key_I, Qt.Key.Key_H}
            if ours or key.matches(_STANDARD.Undo) or key.matches(_STANDARD.Redo):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key."""
        # Pressed on the way to another key, they must not end the way back from a sign that was turned.
        if event.key() in _MODIFIERS:
            super().keyPressEvent(event)
        elif event.matches(_STANDARD.Undo):
            self.undo_asked.emit()
        elif event.matches(_STANDARD.Redo) or event.keyCombination().toCombined() == _CTRL_Y:
            self.redo_asked.emit()
        else:
            sign, self.auto_sign = self.auto_sign, ""
            if self.isReadOnly() or not self._special(event, sign):
                self._ordinary(event)
            self.mend()
            self.keep_in_sight()

    def _special(self, event: QKeyEvent, sign: str) -> bool:
        """What only our text does with a key; whether there was something."""
        # Enter of the number pad is Enter, too.
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and not modifiers:
            with self.doing("edit.body") as cursor:
                editor_keys.enter(cursor, self.text_style)
        elif key in _ENTER and modifiers == Qt.KeyboardModifier.ShiftModifier:
            if self.kind != "heading":
                with self.doing("edit.body") as cursor:
                    cursor.insertText(LINE_BREAK)
        elif key == Qt.Key.Key_Backspace and not modifiers and sign:
            with self.doing("write.did.kind") as cursor:
                editor_keys.write_sign(cursor, sign, self.text_style)
        elif key == Qt.Key.Key_Backspace and not modifiers and editor_keys.at_start_of_other_kind(self.textCursor()):
            self.set_block_kind("paragraph", toggle=False)
        elif key == Qt.Key.Key_Space and not modifiers and (sign := editor_keys.sign_before(self.textCursor())):
            self._turn_sign(event, sign)
        elif key == Qt.Key.Key_Up and not modifiers and self._in_first_line():
            self.left_upwards.emit()
        else:
            return False
        return True

    def _turn_sign(self, event: QKeyEvent, sign: str) -> None:
        super().keyPressEvent(event)
        with self.doing("write.did.kind") as cursor:
            editor_keys.apply_sign(cursor, sign, self.text_style)
        self.auto_sign = sign

    def _in_first_line(self) -> bool:
        cursor = self.textCursor()
        moved = self.textCursor()
        return not cursor.hasSelection() and not moved.movePosition(QTextCursor.MoveOperation.Up)

    def _ordinary(self, event: QKeyEvent) -> None:
        erases = event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}
        if erases or (event.text() and event.text().isprintable()):
            self._note_typing(event.text(), erases)
        super().keyPressEvent(event)
        self._expected = self.textCursor().position()

    def _note_typing(self, text: str, erases: bool = False) -> None:
        """Begin a new step of undo where a person would: elsewhere, at a word after some letters, when erasing."""
        cursor = self.textCursor()
        elsewhere = cursor.position() != self._expected or cursor.hasSelection() or erases != self._erasing
        before = cursor.block().text()[: cursor.positionInBlock()][-1:]
        word_begins = not before or (before.isspace() and not text.isspace())
        self._erasing = erases
        if elsewhere or (word_begins and self._typed >= _STEP_LETTERS):
            self.begin_step()
            self._typed = 0
        self._typed += 1
        if not erases:
            self._leave_link(cursor)

    def _leave_link(self, cursor: QTextCursor) -> None:
        """What is typed after the end of a link does not belong to it."""
        look = span_of("", self.currentCharFormat())
        if not look.link or cursor.hasSelection():
            return
        after = QTextCursor(cursor)
        inside = (
            after.movePosition(QTextCursor.MoveOperation.NextCharacter) and after.charFormat().anchorHref() == look.link
        )
        if not inside or after.positionInBlock() == 0:
            self.setCurrentCharFormat(self.text_style.char_format(kind_at(cursor), replace(look, link="")))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Text from an input method (a phone keyboard, a composed letter)."""
        if event.commitString():
            self._note_typing(event.commitString())
        super().inputMethodEvent(event)
        if event.commitString():
            self._expected = self.textCursor().position()
            self.mend()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for our own menu, for the word that was clicked."""
        if event.reason() == event.Reason.Keyboard:
            self.menu_asked.emit(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))
            return
        clicked = self.cursorForPosition(self.viewport().mapFromGlobal(event.globalPos()))
        selected = self.textCursor()
        if not selected.selectionStart() <= clicked.position() <= selected.selectionEnd():
            self.setTextCursor(clicked)
        self.menu_asked.emit(event.globalPos())

    # -------------------------------------------------------------------------------------------- clipboard

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selection as our own blocks, as simple HTML and as text."""
        blocks = self.selected_story_blocks()
        data = QMimeData()
        data.setData(BLOCKS_MIME, to_markdown(blocks).encode())
        data.setHtml(html_of(blocks))
        data.setText(text_of(blocks))
        return data

    def selected_story_blocks(self) -> tuple[BodyBlock, ...]:
        """The selection as blocks; a part of one block is a paragraph, so that it can be put into any line."""
        cursor = self.textCursor()
        blocks = []
        for block in selected_blocks(cursor):
            runs = runs_in(block, cursor.selectionStart() - block.position(), cursor.selectionEnd() - block.position())
            spans = tuple(replace(span, text=text.replace(LINE_BREAK, "\n")) for text, span in runs)
            blocks.append(BodyBlock(kind_of(block.blockFormat()), spans))
        if len(blocks) == 1 and len(cursor.selectedText()) < cursor.block().length() - 1:
            blocks = [replace(blocks[0], kind="paragraph")]
        return normalise_blocks(blocks)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text only; files and pictures are for the window."""
        return not _has_files(source) and (source.hasText() or source.hasHtml() or source.hasFormat(BLOCKS_MIME))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste, reduced to what a story knows."""
        if not self.canInsertFromMimeData(source):
            self.files_offered.emit(source)
            return
        cursor = self.textCursor()
        address = clean_link(source.text())
        if address and cursor.hasSelection():
            self.set_link(cursor.selectionStart(), cursor.selectionEnd(), address)
            return
        self.insert_story_blocks(_with_edges(blocks_of(source), source.text()), "write.did.paste")

    def paste_plain(self, text: str) -> None:
        """Paste the words alone: every line a paragraph, signs as they are."""
        lines: Sequence[BodyBlock] = normalise_blocks(
            BodyBlock("paragraph", (TextSpan(line),)) for line in text.splitlines()
        )
        self.insert_story_blocks(lines, "write.did.paste")


def blocks_of(source: QMimeData) -> tuple[BodyBlock, ...]:
    """The blocks of what is on the clipboard, from the richest form it has."""
    if source.hasFormat(BLOCKS_MIME):
        return parse_markdown(bytes(source.data(BLOCKS_MIME).data()).decode("utf-8", "replace"))
    found = blocks_from_html(source.html()) if source.hasHtml() else ()
    return found or blocks_from_text(source.text())


def _with_edges(blocks: tuple[BodyBlock, ...], text: str) -> tuple[BodyBlock, ...]:
    """A few words keep the spaces around them; blocks have none, but a line that is pasted into may need them."""
    if len(blocks) != 1:
        return blocks
    before, after = (" " if text[at : at + 1] == " " else "" for at in (0, len(text) - 1))
    return (replace(blocks[0], spans=(TextSpan(before), *blocks[0].spans, TextSpan(after))),)


def _has_files(source: QMimeData) -> bool:
    """Files, or a picture alone: word processors and spreadsheets put a picture of the copied words beside them."""
    picture = source.hasImage() and not source.text().strip()
    return picture or any(url.isLocalFile() for url in source.urls())
