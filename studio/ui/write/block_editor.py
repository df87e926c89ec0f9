"""The text of a story as it is edited: a QTextEdit that knows only the blocks a story knows.

It has no undo of its own: every change goes to whoever listens to ``edited``, and what comes back from there (undo,
redo, an earlier version) is shown with ``show_markdown``, which changes only what differs and leaves the cursor there.
``page`` adds how it looks, ``writing`` what keys and the clipboard do.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from studio.base.errors import WorkNotice
from studio.story.body import BodyBlock, TextSpan, parse_markdown
from studio.ui.write.document_mirror import DocumentMirror, insert_blocks, insert_spans, restyle, show_blocks
from studio.ui.write.text_formatting import (
    change_selection,
    full_address,
    kind_at,
    link_around,
    plain_selection,
    set_kind,
    toggle_kind,
    toggled,
)
from studio.ui.write.text_style import span_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from studio.base.i18n import MessageTexts
    from studio.story.body import BlockKind
    from studio.ui.dialogs.dialog_service import DialogService
    from studio.ui.write.text_style import TextStyle


class BlockEdit(QTextEdit):
    """The editor.

    Args:
        style: how it looks.
    """

    edited = Signal(str, str)
    """The text changed by hand: code of what was done, key that joins it with what comes next."""
    state_changed = Signal()
    """The cursor is in another kind of text: see ``kind`` and ``look``."""

    def __init__(self, style: TextStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text_style = style
        self._markdown = ""
        self._reason = "edit.body"
        self._step = 0
        self._touched: tuple[int, int] | None = None
        self._loading = False
        self._state: tuple[object, ...] = ()
        self.auto_sign = ""
        self._marks: dict[str, list[QTextEdit.ExtraSelection]] = {}
        document = self.document()
        # Undo is the story's: Qt's own would know this text and nothing else.
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        self.mirror = DocumentMirror(document)
        document.contentsChange.connect(self._on_contents)
        self.cursorPositionChanged.connect(self._on_cursor)
        self._load(())

    # -------------------------------------------------------------------------------------------- content

    @property
    def markdown(self) -> str:
        """The text as it is stored, always up to date."""
        return self._markdown

    def show_markdown(self, markdown: str) -> bool:
        """Show a text that was changed elsewhere; whether anything changed here."""
        if markdown == self._markdown:
            return False
        sign = self.auto_sign
        with self.quietly():
            position = show_blocks(self.mirror, self.document(), parse_markdown(markdown), self.text_style)
        self._markdown = self.mirror.markdown()
        if position is not None:
            self._place_cursor(position)
            if sign and self._text_before() == sign:  # undone: "# " was meant as it was typed
                with self.quietly():
                    self.textCursor().insertText(" ")
        self.auto_sign = ""
        self.begin_step()
        return position is not None

    def load(self, markdown: str) -> None:
        """Show another story: the cursor stands at its start."""
        self._load(parse_markdown(markdown))
        self._place_cursor(0)
        self.verticalScrollBar().setValue(0)

    def _load(self, blocks: Sequence[BodyBlock]) -> None:
        with self.quietly():
            cursor = QTextCursor(self.document())
            cursor.beginEditBlock()
            cursor.select(QTextCursor.SelectionType.Document)  # clear() would also take the margins of the page away
            cursor.removeSelectedText()
            insert_blocks(cursor, blocks or [BodyBlock("paragraph", ())], self.text_style)
            cursor.endEditBlock()
            self.mirror.read_all()
        self._markdown = self.mirror.markdown()
        self.begin_step()

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Changes in here are not reported: they come from outside."""
        before, self._loading = self._loading, True
        try:
            yield
        finally:
            self._loading = before
            self._touched = None

    def _place_cursor(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def _text_before(self) -> str:
        cursor = self.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]

    def _on_contents(self, position: int, _removed: int, added: int) -> None:
        first, last = self.mirror.note_change(position, added)
        before = self._touched or (first, last)
        self._touched = min(first, before[0]), max(last, before[1])
        if self._loading:
            return
        markdown = self.mirror.markdown()
        if markdown != self._markdown:
            self._markdown = markdown
            self.edited.emit(self._reason, f"body:{self._step}")

    # -------------------------------------------------------------------------------------------- edits

    def begin_step(self) -> None:
        """What comes now is taken back on its own."""
        self._step += 1

    @contextmanager
    def doing(self, reason: str) -> Iterator[QTextCursor]:
        """One edit by hand, undone as one; ``reason`` is the code of its name. Gives the cursor to work with."""
        self.begin_step()
        self._reason = reason
        cursor = self.textCursor()
        cursor.beginEditBlock()
        try:
            yield cursor
        finally:
            cursor.endEditBlock()
            self.setTextCursor(cursor)
            self.mend()
            self._reason = "edit.body"
            self.auto_sign = ""
            self.begin_step()

    def mend(self) -> None:
        """Make what was touched look like what it is."""
        if self._touched is None:
            return
        first, last = self._touched
        self._touched = None
        restyle(self.document(), first, last, self.text_style)
        self._touched = None

    def set_block_kind(self, kind: BlockKind, *, toggle: bool = True) -> None:
        """Make the blocks at the cursor of this kind; with ``toggle`` a second time makes them paragraphs again."""
        with self.doing("write.did.kind") as cursor:
            (toggle_kind if toggle else set_kind)(cursor, kind, self.text_style)

    def toggle_look(self, name: Literal["bold", "italic"]) -> None:
        """Switch ``bold`` or ``italic`` for the selection, or for what is typed next."""
        cursor = self.textCursor()
        change = toggled(cursor, name)
        if cursor.hasSelection():
            with self.doing("write.did.look") as at:
                change_selection(at, change, self.text_style)
            self._on_cursor()
            return
        look = span_of("", self.currentCharFormat())
        wanted = TextSpan("", look.bold ^ (name == "bold"), look.italic ^ (name == "italic"), look.link)
        self.setCurrentCharFormat(self.text_style.char_format(kind_at(cursor), wanted))
        self._on_cursor()

    def set_link(self, start: int, end: int, address: str, text: str = "") -> None:
        """Link the text between two positions to an address, "" takes the link off.

        Args:
            start: first position.
            end: position after the last; the same as ``start`` puts ``text`` (or the address) in there.
            address: a complete one.
            text: what is put in.
        """
        with self.doing("write.did.link") as cursor:
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            if start == end:
                insert_spans(cursor, kind_at(cursor), [TextSpan(text or address, link=address)], self.text_style)
            else:
                change_selection(
                    cursor, lambda span: TextSpan(span.text, span.bold, span.italic, address), self.text_style
                )
                cursor.setPosition(end)

    def insert_story_blocks(self, blocks: Sequence[BodyBlock], reason: str) -> None:
        """Put blocks in at the cursor, in place of the selection; a single paragraph joins the line it is put in."""
        if not blocks:
            return
        with self.doing(reason) as cursor:
            cursor.removeSelectedText()
            here = kind_at(cursor)
            if len(blocks) == 1 and blocks[0].kind in {"paragraph", here}:
                insert_spans(cursor, here, blocks[0].spans, self.text_style)
                return
            self._insert_many(cursor, blocks)

    def _insert_many(self, cursor: QTextCursor, blocks: Sequence[BodyBlock]) -> None:
        """Split the block at the cursor and put the blocks between; empty ends vanish."""
        style = self.text_style
        kind = kind_at(cursor)
        before, after = cursor.positionInBlock() > 0, cursor.positionInBlock() < cursor.block().length() - 1
        if before:
            cursor.insertBlock(style.block_format("paragraph"))
        if after:
            cursor.insertBlock(style.block_format(kind))
            cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
        insert_blocks(cursor, blocks, style)

    # -------------------------------------------------------------------------------------------- marks

    def show_marks(self, name: str, marks: list[QTextEdit.ExtraSelection]) -> None:
        """Show marks over the text, in place of those that ``name`` showed before; the text itself stays as it is."""
        self._marks[name] = marks
        # Qt paints them in this order: whoever showed marks first lies below.
        self.setExtraSelections([mark for shown in self._marks.values() for mark in shown])

    def select_words(self, words: str, number: int) -> bool:
        """Select the ``number``-th place (0 is the first) where these words stand; whether there is one."""
        cursor = QTextCursor(self.document())
        for _ in range(number + 1):
            found = self.document().find(words, cursor, QTextDocument.FindFlag.FindCaseSensitively)
            if found.isNull():
                return False
            cursor = found
        self.setTextCursor(cursor)
        return True

    # -------------------------------------------------------------------------------------------- state

    @property
    def kind(self) -> BlockKind:
        """Kind of the block at the cursor."""
        return kind_at(self.textCursor())

    @property
    def typing_format(self) -> TextSpan:
        """Look of what would be typed now."""
        return span_of("", self.currentCharFormat())

    def _on_cursor(self) -> None:
        state = (self.kind, self.typing_format, self.textCursor().hasSelection())
        if state != self._state:
            self._state = state
            self.state_changed.emit()


def ask_link(body: BlockEdit, texts: MessageTexts, dialogs: DialogService) -> None:
    """Ask for the address of the selection, or of the link at the cursor; an empty answer takes the link off."""
    cursor = body.textCursor()
    address, start, end = link_around(cursor)
    if cursor.hasSelection():
        start, end = cursor.selectionStart(), cursor.selectionEnd()
    offered = address or full_address(plain_selection(cursor))
    title = texts.text("write.link.title")
    typed = dialogs.ask_text(title, texts.text("write.link.label"), offered, hint=texts.text("write.link.hint"))
    if typed is None or not (typed.strip() or address):
        return
    wanted = full_address(typed)
    if typed.strip() and not wanted:
        dialogs.explain(WorkNotice("write.link.bad", {"address": typed.strip()}), title)
        return
    body.set_link(start, end, wanted, typed.strip())
