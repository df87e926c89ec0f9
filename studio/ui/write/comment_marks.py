"""Comments beside the text that is written: marks over the words, signs in the margin, a card with what was said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QToolButton, QVBoxLayout, QWidget

from studio.base.utf16_positions import code_points_before, utf16_units
from studio.story.comment_anchors import GAP, anchored_text, find_anchor, without_edges
from studio.story.comment_places import CommentTarget
from studio.story.comments import is_suggestion, open_comments
from studio.story.word_changes import word_pieces
from studio.ui.comments.comment_card import CommentCard
from studio.ui.comments.comment_dialog import CommentActions
from studio.ui.core.desk_context import now_stamp
from studio.ui.core.focus_order import go_to
from studio.ui.widgets.basic_parts import card, clear, column, describe, edges, label
from studio.ui.write.document_mirror import LINE_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.story.comment_anchors import AnchorRange
    from studio.story.model import Story
    from studio.story.newsroom_records import Comment
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.write.body_editor import BodyEdit
    from studio.ui.write.page_fields import TextField
    from studio.ui.write.story_header import StoryHeader
    from studio.ui.write.suggestion_mode import SuggestionMode
    from studio.ui.write.writing_panel import SidePanel

PAUSE_MS = 250
"""Typing has to rest this long before marks are put anew; in between Qt moves them along."""
_FIELDS = ("headline", "summary")


class CommentedDesk(Protocol):
    """The desk whose texts are commented: the writing desk."""

    body: BodyEdit
    header: StoryHeader
    side_panel: SidePanel
    rewriting: SuggestionMode


@dataclass(frozen=True, slots=True)
class _ReadBlock:
    """A block of the document: where it begins in the text as it is read, and in the document; its words."""

    read: int
    position: int
    text: str


class ReadMap:
    """Between positions of the document (Qt's, in UTF-16 units) and of the body as comments see it.

    Args:
        body: the text.
    """

    def __init__(self, body: BodyEdit) -> None:
        self._blocks: list[_ReadBlock] = []
        read = 0
        block = body.document().begin()
        for kept in body.mirror.blocks:
            if kept.spans:
                # Spaces at the edge of a block that is being typed are no part of the story.
                shown = block.text().replace(LINE_BREAK, "\n")
                skipped = utf16_units(shown[: len(shown) - len(shown.lstrip())])
                self._blocks.append(_ReadBlock(read, block.position() + skipped, kept.text))
                read += len(kept.text) + len(GAP)
            block = block.next()

    def position(self, read: int) -> int:
        """Where a character of the text stands in the document."""
        found = next((each for each in reversed(self._blocks) if each.read <= read), None)
        return 0 if found is None else found.position + utf16_units(found.text[: read - found.read])

    def read(self, position: int) -> int:
        """Which character of the text stands at a position of the document."""
        found = next((each for each in reversed(self._blocks) if each.position <= position), None)
        if found is None:
            return 0
        return found.read + code_points_before(found.text, position - found.position)


class CommentMarks(QObject):
    """Shows the open comments of the texts on the writing desk, and makes new ones.

    Args:
        desk: whose texts they are about.
        bench: what a desk works with.
    """

    def __init__(self, desk: CommentedDesk, bench: DeskContext) -> None:
        super().__init__(desk.body)
        self._desk, self._bench = desk, bench
        self._acts = CommentActions(bench)
        self._tools = bench.tools
        self._told: object = None
        self._last: object = None
        """The field above the text that had the keyboard last; None when that was the text."""
        self.cards: list[CommentCard] = []
        self.signs: list[QToolButton] = []
        self._places: list[tuple[QToolButton, str, int]] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(bench.tools.theme.px(8))
        title = label(bench.t("write.comments"), "title")
        self.card = card(column(title, self._list, gap=bench.tools.theme.px(8), edges=edges(bench.tools.theme, 12, 12)))
        self.card.hide()
        desk.side_panel.add_card(self.card, first=True)
        desk.rewriting.stamp = partial(now_stamp, bench)
        desk.rewriting.switched.connect(lambda _on: self.show_marks())
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.show_marks)
        bench.session.changed.connect(self._wait)
        desk.body.verticalScrollBar().valueChanged.connect(self._put_signs)
        desk.body.document().documentLayout().documentSizeChanged.connect(self._put_signs)
        desk.body.installEventFilter(self)
        desk.header.entered.connect(self._enter)
        self.show_marks()

    def _enter(self, field: object) -> None:
        self._last = field

    def _wait(self, _story: object = None) -> None:
        self._pause.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The signs move with the margin; whoever works in the text means the text."""
        if event.type() == QEvent.Type.FocusIn:
            self._last = None
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            # After the text was laid out for the new size.
            QTimer.singleShot(0, self, self._put_signs)
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------------------------------- showing

    def _here(self, story: Story) -> Iterator[tuple[Comment, AnchorRange | None]]:
        """The open comments of the texts on this desk, and where they stand."""
        texts = {place: anchored_text(story, place) for place in (*_FIELDS, "body")}
        for comment in open_comments(story):
            if comment.place in texts:
                yield comment, find_anchor(comment, texts[comment.place])

    def show_marks(self) -> None:
        """Mark the words that are commented, as they stand now."""
        self._pause.stop()
        story = self._bench.session.story
        found = list(self._here(story))
        self._show_cards(story, found)
        rewriting = self._desk.rewriting.on
        self._desk.body.show_marks("comments", self._typed_marks(story) if rewriting else self._body_marks(found))
        # While the text shows what is suggested, the places of other comments are those of another text.
        self._make_signs([] if rewriting else found)

    def _body_marks(self, found: list[tuple[Comment, AnchorRange | None]]) -> list[QTextEdit.ExtraSelection]:
        where, marks = ReadMap(self._desk.body), []
        for comment, span in found:
            if span is None or comment.place != "body" or span.end <= span.start:
                continue
            if comment.suggestion is None:
                marks.append(self._mark_words(where, span.start, span.end, "warn"))
                continue
            marks.append(self._mark_words(where, span.start, span.end, "info"))
            at = span.start
            for piece in word_pieces(comment.quote, comment.suggestion):
                if piece.kind == "deleted":
                    marks.append(self._mark_words(where, at, at + len(piece.text), "bad", gone=True))
                at += len(piece.text) if piece.kind != "inserted" else 0
        return marks

    def _typed_marks(self, story: Story) -> list[QTextEdit.ExtraSelection]:
        """What would come into the text: underlined, in the colour of what is new."""
        old = anchored_text(story, "body") or ""
        new = anchored_text(self._desk.rewriting.shown_story(story), "body") or ""
        where, marks, at = ReadMap(self._desk.body), [], 0
        for piece in word_pieces(old, new) if old != new else ():
            if piece.kind == "inserted":
                marks.append(self._mark_words(where, at, at + len(piece.text), "ok"))
            at += len(piece.text) if piece.kind != "deleted" else 0
        return marks

    def _mark_words(
        self, where: ReadMap, start: int, end: int, tone: str, *, gone: bool = False
    ) -> QTextEdit.ExtraSelection:
        made, look = QTextEdit.ExtraSelection(), QTextCharFormat()
        theme = self._tools.theme
        look.setBackground(theme.color(f"{tone}_bg"))
        if gone:
            look.setFontStrikeOut(True)
            look.setForeground(theme.color(tone))
        else:
            solid = QTextCharFormat.UnderlineStyle.SingleUnderline
            look.setUnderlineStyle(solid if tone == "ok" else QTextCharFormat.UnderlineStyle.DashUnderline)
            look.setUnderlineColor(theme.color(tone))
        cursor = QTextCursor(self._desk.body.document())
        last = self._desk.body.document().characterCount() - 1
        cursor.setPosition(min(last, where.position(start)))
        cursor.setPosition(min(last, where.position(end)), QTextCursor.MoveMode.KeepAnchor)
        made.cursor, made.format = cursor, look
        return made

    def _show_cards(self, story: Story, found: list[tuple[Comment, AnchorRange | None]]) -> None:
        """The card in the side panel; made anew only where something is said or found otherwise."""
        told = [(c.id, c.text, c.quote, c.suggestion, c.required, c.replies, span is None) for c, span in found]
        if told == self._told:
            return
        self._told = told
        written = {made.comment.id: text for made in self.cards if (text := made.reply.text().strip())}
        clear(self._list)
        self.cards = []
        for comment, _ in found:
            made = CommentCard(comment, story, self._acts)
            if comment.id in written:
                made.reply.setPlainText(written[comment.id])
                made.reply.setVisible(True)
            self.cards.append(made)
            self._list.addWidget(made)
        self.card.setVisible(bool(found))

    # ------------------------------------------------------------------------------------------- the margin

    def _make_signs(self, found: list[tuple[Comment, AnchorRange | None]]) -> None:
        """A sign for each line of the page with comments: how many, and whether one of them is required."""
        body, where = self._desk.body, ReadMap(self._desk.body)
        rows: dict[tuple[str, int], list[Comment]] = {}
        for comment, span in found:
            if span is None:  # adrift: it has no line any more, only its card
                continue
            position = where.position(span.start) if comment.place == "body" else 0
            line = body.document().findBlock(position).position() if comment.place == "body" else 0
            rows.setdefault((comment.place, line), []).append(comment)
        for sign in self.signs:
            sign.hide()
            sign.deleteLater()
        self._places = [(self._sign(mine), place, line) for (place, line), mine in rows.items()]
        self.signs = [sign for sign, _, _ in self._places]
        self._put_signs()

    def _sign(self, mine: list[Comment]) -> QToolButton:
        theme = self._tools.theme
        required = any(comment.required for comment in mine)
        icon = "message-square-warning" if required else "message-square"
        if all(map(is_suggestion, mine)):
            icon = "file-pen-line"
        made = QToolButton(self._desk.body)
        made.setIcon(theme.icon(icon, "bad" if required else "accent", 16))
        made.setIconSize(theme.icon_size(16))
        if len(mine) > 1:
            made.setText(str(len(mine)))
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        says = self._bench.t("write.comments_here", count=len(mine))
        describe(made, f"{says}: {mine[0].text or mine[0].quote}", says)
        made.clicked.connect(partial(self.go_to_comment, mine[0].id))
        made.show()
        return made

    def _put_signs(self, _: object = None) -> None:
        """Into the margin at the right, beside their lines; those out of sight are hidden."""
        body = self._desk.body
        view = body.viewport().geometry()
        left, taken = view.right() + self._tools.theme.px(4), view.top() - view.height()
        tops = sorted(((self._line_top(place, position), at) for at, (_, place, position) in enumerate(self._places)))
        for line, at in tops:
            sign = self.signs[at]
            sign.resize(sign.sizeHint())
            top = max(line, taken)  # two short lines lie closer than two signs
            sign.move(min(left, body.width() - sign.width()), top)
            sign.setVisible(view.top() - sign.height() < top < view.bottom())
            taken = top + sign.height()

    def _line_top(self, place: str, position: int) -> int:
        """Where a line of the page begins, in pixels of the editor."""
        body = self._desk.body
        if place == "body":
            cursor = QTextCursor(body.document())
            cursor.setPosition(min(position, body.document().characterCount() - 1))
            return body.viewport().geometry().top() + body.cursorRect(cursor).top()
        field: QWidget = getattr(self._desk.header, place)
        return field.mapTo(body, QPoint(0, 0)).y()

    def go_to_comment(self, comment_id: str) -> None:
        """To what was said: in the side panel, else on the checking desk."""
        made = next((made for made in self.cards if made.comment.id == comment_id), None)
        if made is not None and made.isVisible():
            go_to(made)
        else:
            self._acts.show(comment_id)

    # ------------------------------------------------------------------------------------------- new ones

    def commented_place(self) -> CommentTarget:
        """What is selected in the text that was worked on; without a selection its paragraph, or the whole field.

        Not simply the one with the focus: a click on the tool bar takes that away.
        """
        header = self._desk.header
        for name in _FIELDS:
            field: TextField = getattr(header, name)
            if field is self._last:
                cursor, text = field.textCursor(), field.text()
                start, end = (code_points_before(text, at) for at in (cursor.selectionStart(), cursor.selectionEnd()))
                story = self._bench.session.story
                same = getattr(story, name) == text
                return CommentTarget(name, *without_edges(text, start, end)) if same else CommentTarget(name)
        cursor = self._desk.body.textCursor()
        where = ReadMap(self._desk.body)
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        if start == end:
            block = cursor.block()
            start, end = block.position(), block.position() + block.length() - 1
        text = anchored_text(self._bench.session.story, "body") or ""
        first, last = where.read(start), where.read(end)
        return CommentTarget("body", *without_edges(text, first, last))

    def add(self, *, suggesting: bool = False) -> None:
        """Comment what is selected, or suggest other words for it."""
        if self._desk.rewriting.on:
            self._desk.rewriting.switch(on=False)
        if self._acts.add(self.commented_place(), suggesting=suggesting) is not None:
            self.show_marks()
