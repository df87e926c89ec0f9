"""Find and replace: the bar above the text and what it does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QLineEdit, QTextEdit, QWidget

from studio.base.utf16_positions import utf16_units
from studio.story.edits import StoryEdit, set_field
from studio.story.text_search import SearchMatch, SearchQuery, find_matches, replace_all
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row, tool
from studio.ui.write.document_mirror import LINE_BREAK, insert_spans
from studio.ui.write.page_fields import select_in
from studio.ui.write.text_formatting import kind_at
from studio.ui.write.text_style import span_of

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from studio.base.i18n import MessageTexts
    from studio.story.model import Story
    from studio.ui.core.window_theme import WindowTheme
    from studio.ui.write.body_editor import BodyEdit
    from studio.ui.write.page_fields import LineField, TextField
    from studio.ui.write.story_header import StoryHeader

_MOST_MARKED = 500
"""So many matches are marked at once; more would be slow to paint and help nobody."""


class FindBar(QFrame):
    """The bar.

    Args:
        texts: for what it says.
        theme: for how it looks.
        header: the fields it looks through.
        body: the text it looks through.
    """

    edit_made = Signal(object)
    """An ``StoryEdit`` by hand."""
    closed = Signal()

    def __init__(
        self,
        texts: MessageTexts,
        theme: WindowTheme,
        header: StoryHeader,
        body: BodyEdit,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts = texts
        self._theme = theme
        self._header = header
        self._body = body
        self._story: Story | None = None
        self._matches: tuple[SearchMatch, ...] = ()
        self._at = -1
        self.setProperty("look", "bar")
        self.query = self._search_field("write.find.query")
        self.query.textChanged.connect(lambda _text: self._search_again())
        self.query.returnPressed.connect(self.go_on)
        self.replacement = self._search_field("write.find.replacement")
        self.replacement.returnPressed.connect(self.replace_one)
        self.count = label("", "muted")
        self.case = tool(theme, "case-sensitive", texts.text("write.find.case"), self._search_again)
        self.whole_word = tool(theme, "whole-word", texts.text("write.find.word"), self._search_again)
        for each in (self.case, self.whole_word):
            each.setCheckable(True)
        self.previous = tool(
            theme, "chevron-up", texts.text("write.find.previous"), lambda: self.go_on(-1), key="Shift+F3"
        )
        self.next = tool(theme, "chevron-down", texts.text("write.find.next"), self.go_on, key="F3")
        self.shut = tool(theme, "x", texts.text("write.find.close"), self.leave, key="Esc")
        self.one = button(theme, texts.text("write.find.one"), self.replace_one)
        self.all = button(theme, texts.text("write.find.all"), self.replace_everywhere)
        self._second = QWidget()
        self._second.setLayout(row(self.replacement, self.one, self.all, gap=theme.px(6)))
        first = row(
            self.query, self.count, self.case, self.whole_word, self.previous, self.next, self.shut, gap=theme.px(4)
        )
        self.setLayout(column(first, self._second, gap=theme.px(6), edges=edges(theme, 14, 8)))
        self.hide()

    def _search_field(self, code: str) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(self._texts.text(code))
        describe(line, self._texts.text(code))
        return line

    # -------------------------------------------------------------------------------------------- opening

    def open(self, story: Story, *, replacing: bool) -> None:
        """Show the bar, with the selected word in it."""
        self._story = story
        self._second.setVisible(replacing)
        self.show()
        selected = self._body.textCursor().selectedText()
        # A selection over several lines is no word to look for; U+2029 is Qt's end of a paragraph.
        if selected and LINE_BREAK not in selected and "\u2029" not in selected:
            self.query.setText(selected)
        self.query.setFocus()
        self.query.selectAll()
        self._search_again()

    def leave(self) -> None:
        """Close the bar; the match that was found stays selected."""
        self.hide()
        self._matches = ()
        self._body.show_marks("find", [])
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def show_story(self, story: Story) -> None:
        """The story changed."""
        self._story = story
        if self.isVisible():
            self._search(keep=True)

    # -------------------------------------------------------------------------------------------- finding

    @property
    def _search_query(self) -> SearchQuery:
        return SearchQuery(self.query.text(), case=self.case.isChecked(), whole_word=self.whole_word.isChecked())

    def _search_again(self) -> None:
        self._search(keep=False)
        if self._matches:
            self._show_match(self._nearest())

    def _search(self, *, keep: bool) -> None:
        if self._story is None:
            return
        blocks = [block.text for block in self._body.mirror.blocks]
        self._matches = find_matches(self._story, blocks, self._search_query)
        self._at = min(self._at, len(self._matches) - 1) if keep else -1
        self._mark_matches()
        self._tell_matches()

    def _nearest(self) -> int:
        """The first match at or after the cursor of the text, else the first of all."""
        here = self._body.textCursor().selectionStart()
        after = (n for n, match in enumerate(self._matches) if match.place == "body" and self._range(match)[0] >= here)
        return next(after, 0)

    def go_on(self, step: int = 1) -> None:
        """Show the next match, or the one before (-1), round and round."""
        if self._matches:
            start = self._at if self._at >= 0 else (-1 if step > 0 else 0)
            self._show_match((start + step) % len(self._matches))

    def _show_match(self, at: int) -> None:
        self._at = at
        match = self._matches[at]
        if match.place == "body":
            start, end = self._range(match)
            cursor = self._body.textCursor()
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            self._body.setTextCursor(cursor)
            self._body.keep_in_sight()
        elif match.place != "media":
            select_in(self._match_field(match), match.start, match.end)
            self._body.verticalScrollBar().setValue(0)
        self._tell_matches()

    def _match_field(self, match: SearchMatch) -> TextField | LineField:
        header = self._header
        return {"headline": header.headline, "summary": header.summary}.get(match.place) or header.lines["kicker"]

    def _range(self, match: SearchMatch) -> tuple[int, int]:
        """Positions in the document: the block's text may have spaces at its ends that the story does not keep."""
        block = self._body.document().findBlockByNumber(match.block)
        shown = block.text().replace(LINE_BREAK, "\n")
        told = self._body.mirror.blocks[match.block].text
        shift = max(0, shown.find(told))
        start = block.position() + utf16_units(shown[: shift + match.start])
        return start, start + utf16_units(shown[shift + match.start : shift + match.end])

    def _mark_matches(self) -> None:
        look = QTextCharFormat()
        look.setBackground(self._theme.color("warn_bg"))
        marks = []
        for match in [m for m in self._matches if m.place == "body"][:_MOST_MARKED]:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self._body.document())
            start, end = self._range(match)
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            mark.format = look
            marks.append(mark)
        self._body.show_marks("find", marks)

    def _tell_matches(self) -> None:
        total = len(self._matches)
        if not self.query.text():
            text = ""
        elif not total:
            text = self._texts.text("write.find.nothing")
        else:
            text = self._texts.text("write.find.count", at=self._at + 1 if self._at >= 0 else 1, total=total)
        self.count.setText(text)
        for each in (self.previous, self.next, self.one, self.all):
            each.setEnabled(total > 0)

    # -------------------------------------------------------------------------------------------- replacing

    def replace_one(self) -> None:
        """Replace the match that is shown and go to the next."""
        if self._story is None or not self._matches:
            return
        match = self._matches[max(0, self._at)]
        at = max(0, self._at)
        by = self.replacement.text()
        if match.place == "body":
            self._replace_in_body(match, by)
        elif match.place != "media":
            before: str = getattr(self._story, match.place)
            after = before[: match.start] + by + before[match.end :]
            # A step of its own, never joined with what was typed.
            self.edit_made.emit(replace(set_field(match.place, after), merge=""))
        self._search(keep=True)
        if self._matches:
            self._show_match(at % len(self._matches))

    def _replace_in_body(self, match: SearchMatch, by: str) -> None:
        start, end = self._range(match)
        with self._body.doing("write.did.replace") as cursor:
            # Qt gives the format of the character before the cursor.
            cursor.setPosition(start + 1)
            look = span_of(by, cursor.charFormat())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            insert_spans(cursor, kind_at(cursor), [look] if by else [], self._body.text_style)

    def replace_everywhere(self) -> None:
        """Replace every match in the story as one step of undo, captions too."""
        total = len(self._matches)
        query, by = self._search_query, self.replacement.text()
        if total:
            self.edit_made.emit(StoryEdit("write.did.replace", lambda story: replace_all(story, query, by)))
            self.count.setText(self._texts.text("write.find.replaced", total=total))
