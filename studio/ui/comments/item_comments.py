"""The comments on one photo or clip: a card beside its fields, and marks over the words of its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QTextEdit, QVBoxLayout, QWidget

from studio.base.utf16_positions import code_points_before, utf16_units
from studio.story.comment_anchors import anchored_text, find_anchor, without_edges
from studio.story.comment_places import CommentTarget
from studio.story.comments import open_comments
from studio.ui.comments.comment_card import CommentCard
from studio.ui.comments.comment_dialog import CommentActions
from studio.ui.core.focus_order import go_to
from studio.ui.core.shortcut_table import KEYS
from studio.ui.media.media_keys import bind_keys
from studio.ui.widgets.basic_parts import button, clear, column, describe, edges, label, row
from studio.ui.widgets.growing_text import GrowingText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from studio.story.model import Story
    from studio.story.newsroom_records import Comment
    from studio.ui.core.desk_context import DeskContext


class ItemComments(QFrame):
    """A card with the open comments of the photo or clip that is worked on.

    Args:
        bench: what a desk works with.
        address: of the photo or clip now (``photos/p1``), "" for none.
        inputs: its texts by the names of their fields.
        whole: what a comment is about that no words are selected for.
        parent: the desk, with which it ends.
    """

    def __init__(
        self,
        bench: DeskContext,
        address: Callable[[], str],
        inputs: Callable[[], Mapping[str, QLineEdit | GrowingText]],
        whole: Callable[[], CommentTarget],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.hide()  # until it has its place on a page: that may be made later, or never
        self._bench, self._address, self._inputs, self._whole = bench, address, inputs, whole
        self._acts = CommentActions(bench)
        self._shown: object = None
        self._last: QObject | None = None
        self.cards: list[CommentCard] = []
        theme, t = bench.tools.theme, bench.t
        self.setProperty("look", "card")
        self.new = button(theme, t("write.do.comment"), self.add, look="link", icon="message-square-plus")
        describe(self.new, t("write.do.comment"), t("comments.item_tip"), KEYS["comment"])
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(8))
        head = row(label(t("comments.title"), "title"), 1, self.new)
        self.setLayout(column(head, self._list, gap=theme.px(8), edges=edges(theme, 12, 10)))
        bench.session.changed.connect(self._on_story)

    def bind(self, places: Iterable[QWidget]) -> None:
        """Let the keys for comments work in these parts of the window."""
        for place in places:
            bind_keys(place, "comment", self.add, within=True)
            bind_keys(place, "reword", lambda: self.add(suggesting=True), within=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember which text was worked on."""
        if event.type() == QEvent.Type.FocusIn:
            self._last = watched
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------------------------------- showing

    def _on_story(self, _story: Story) -> None:
        """A method, which Qt forgets when this card is gone; it would call a lambda."""
        self.show_item()

    def show_item(self) -> None:
        """Show what is said about the photo or clip that is worked on now."""
        story, root = self._bench.session.story, self._address()
        mine = [c for c in open_comments(story) if root and (c.place == root or c.place.startswith(f"{root}/"))]
        texts = {comment.place: anchored_text(story, comment.place) for comment in mine}
        for field in self._inputs().values():
            field.installEventFilter(self)  # twice is once
        state = (root, tuple(mine), tuple(sorted((place, text or "") for place, text in texts.items())))
        self.new.setEnabled(bool(root) and not self._acts.locked)
        if state == self._shown:
            return
        self._shown = state
        clear(self._list)
        self.cards = [CommentCard(comment, story, self._acts) for comment in mine]
        for made in self.cards:
            self._list.addWidget(made)
        self._mark_words(root, mine, texts)

    def _mark_words(self, root: str, mine: list[Comment], texts: Mapping[str, str | None]) -> None:
        theme = self._bench.tools.theme
        for name, field in self._inputs().items():
            if not isinstance(field, GrowingText):
                continue
            marks = []
            for comment in (each for each in mine if each.place == f"{root}/{name}"):
                span = find_anchor(comment, texts[comment.place])
                if span is None or span.end <= span.start:
                    continue
                look = QTextCharFormat()
                tone = "warn" if comment.suggestion is None else "info"
                look.setBackground(theme.color(f"{tone}_bg"))
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
                look.setUnderlineColor(theme.color(tone))
                mark = QTextEdit.ExtraSelection()
                cursor = QTextCursor(field.document())
                text, last = field.toPlainText(), field.document().characterCount() - 1
                cursor.setPosition(min(last, utf16_units(text[: span.start])))
                cursor.setPosition(min(last, utf16_units(text[: span.end])), QTextCursor.MoveMode.KeepAnchor)
                mark.cursor, mark.format = cursor, look
                marks.append(mark)
            field.setExtraSelections(marks)

    def focus_comment(self, comment_id: str) -> None:
        """Put the focus on what was said."""
        made = next((made for made in self.cards if made.comment.id == comment_id), None)
        if made is not None:
            go_to(made)

    # ------------------------------------------------------------------------------------------- new ones

    def selected_target(self) -> CommentTarget:
        """What is selected in the text that has the focus (all of it without a selection), else the whole."""
        focus, root = QApplication.focusWidget(), self._address()
        meant = self._last if focus is self.new else focus  # a click on the button took the keyboard from the text
        for name, field in self._inputs().items():
            if field is not meant or not field.text():
                continue
            if isinstance(field, QLineEdit):
                start = max(0, field.selectionStart())
                end = start + len(field.selectedText())
                return CommentTarget(f"{root}/{name}", *without_edges(field.text(), start, end))
            cursor, text = field.textCursor(), field.toPlainText()
            start, end = (code_points_before(text, at) for at in (cursor.selectionStart(), cursor.selectionEnd()))
            return CommentTarget(
                f"{root}/{name}", *((0, len(text)) if start == end else without_edges(text, start, end))
            )
        return self._whole()

    def add(self, *, suggesting: bool = False) -> None:
        """Comment what is selected, or suggest other words for it."""
        if self._address():
            self._acts.add(self.selected_target(), suggesting=suggesting)
