"""One comment with its conversation, or one suggestion with its words, and what can be done about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from studio.base.relative_dates import day_and_time, local_moment
from studio.base.timecode import timecode_text
from studio.checks.finding_location import location_words
from studio.story.comments import ACCEPTED, REFUSED, comment_range, is_suggestion, overlapping
from studio.story.places import TextPlace
from studio.story.text import cut_line
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, pill
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.widgets.growing_text import GrowingText
from studio.ui.widgets.word_view import WordView, view_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from studio.story.model import Story
    from studio.story.newsroom_records import Comment, CommentReply
    from studio.ui.comments.comment_dialog import CommentActions
    from studio.ui.widgets.basic_parts import Tone

_QUOTED = 220


class CommentCard(QFrame):
    """A card. A click on it, or Enter while it has the focus, leads to the place.

    Args:
        comment: the comment.
        story: as it is now.
        acts: what the buttons do.
    """

    def __init__(self, comment: Comment, story: Story, acts: CommentActions) -> None:
        super().__init__()
        self.comment, self._acts = comment, acts
        self._tools = acts.bench.tools
        self.buttons: dict[str, QPushButton] = {}
        self.reply = GrowingText(1, 5)
        self.adrift = comment_range(story, comment) is None
        self.setProperty("look", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out(story)
        said = [self._head_words(story), self._spoken(), *(self._reply_words(reply) for reply in comment.replies)]
        self.setAccessibleName(". ".join(part for part in said if part))

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"comments.{code}", **facts)

    # ------------------------------------------------------------------------------------------- looks

    def _lay_out(self, story: Story) -> None:
        theme, comment = self._tools.theme, self.comment
        marks = FlowLayout(theme.px(6), theme.px(4))
        for code, tone in self._marks():
            marks.addWidget(pill(self._t(code), tone))
        parts: list[QWidget | FlowLayout] = [label(self._head_words(story), "muted", wrap=True)]
        if marks.count():
            parts.append(marks)
        if (shown := self._quoted_words()) is not None:
            parts.append(shown)
        if comment.text:
            parts.append(label(comment.text, wrap=True))
        parts += [label(self._t(code), "warn", wrap=True) for code in self._notes(story)]
        for reply in comment.replies:
            said = label(self._reply_words(reply), wrap=True)
            said.setContentsMargins(theme.px(14), 0, 0, 0)
            parts.append(said)
        parts += [self._answer_field(), self._ways()]
        self.setLayout(column(*parts, gap=theme.px(6), edges=edges(theme, 16, 12)))

    def _marks(self) -> list[tuple[str, Tone]]:
        comment = self.comment
        marks: list[tuple[str, Tone]] = [("mark_suggestion", "info")] if is_suggestion(comment) else []
        if comment.answer in {ACCEPTED, REFUSED}:
            marks.append((f"mark_{comment.answer}", "ok" if comment.answer == ACCEPTED else "idle"))
        elif comment.resolved:
            marks.append(("mark_resolved", "ok"))
        elif comment.required:
            marks.append(("mark_required", "bad"))
        if self.adrift and not comment.resolved:
            marks.append(("mark_adrift", "warn"))
        return marks

    def _notes(self, story: Story) -> list[str]:
        if self.comment.resolved:
            return []
        notes = ["adrift_suggestion" if is_suggestion(self.comment) else "adrift"] if self.adrift else []
        return notes + (["overlapping"] if overlapping(story, self.comment) else [])

    def _head_words(self, story: Story) -> str:
        comment = self.comment
        moment = local_moment(comment.when)
        when = day_and_time(moment, self._tools.texts.language) if moment else comment.when
        place = location_words(TextPlace(comment.place), story, self._tools.texts)
        if comment.begins is not None:
            times = [
                timecode_text(at, self._tools.texts.language)
                for at in (comment.begins, comment.begins if comment.ends is None else comment.ends)
            ]
            place = self._t("stretch", place=place, begins=times[0], ends=times[1])
        return " · ".join(part for part in (comment.by or self._t("nobody"), when, place) if part)

    def _quoted_words(self) -> QLabel | None:
        """The words it is about; of a suggestion what would go and what would come."""
        comment, colors = self.comment, self._tools.theme.colors
        if comment.suggestion is not None:
            view = WordView(self._tools.texts, self._tools.theme)
            view.show_change(comment.quote, comment.suggestion)
            return view
        if not comment.quote:
            return None
        made = label(f"“{cut_line(comment.quote, _QUOTED)}”", wrap=True)
        made.setStyleSheet(f"color: {colors['muted']}; font-style: italic")
        return made

    def _spoken(self) -> str:
        comment = self.comment
        changed = "" if comment.suggestion is None else view_words(comment.quote, comment.suggestion, self._tools.texts)
        told = [self._t(code) for code, _ in self._marks()]
        return ". ".join(part for part in (", ".join(told), changed, comment.text or comment.quote) if part)

    def _reply_words(self, reply: CommentReply) -> str:
        return f"↳ {reply.by or self._t('nobody')}: {reply.text}"

    # ------------------------------------------------------------------------------------------- doing

    def _answer_field(self) -> GrowingText:
        self.reply.setPlaceholderText(self._t("reply_hint"))
        describe(self.reply, self._t("reply_hint"), self._t("reply_tip"))
        self.reply.setVisible(False)
        return self.reply

    def _ways(self) -> FlowLayout:
        comment, acts, theme = self.comment, self._acts, self._tools.theme
        ways = FlowLayout(theme.px(6), theme.px(4))
        self._button("go", self.go_to_place, "chip")
        if not acts.locked:
            if is_suggestion(comment) and not comment.resolved:
                accept = self._button("accept", partial(acts.decide, comment, accept=True), "chip", "check")
                accept.setEnabled(not self.adrift)
                self._button("refuse", partial(acts.decide, comment, accept=False), "chip", "x")
            self._button("reply", self.open_reply, "chip")
            if not is_suggestion(comment):
                self._button(
                    "reopen" if comment.resolved else "resolve", partial(acts.toggle_resolved, comment), "chip"
                )
            elif comment.answer == REFUSED:
                self._button("reopen", partial(acts.toggle_resolved, comment), "chip")
            if not comment.resolved and acts.is_own(comment):
                self._button("edit", partial(acts.rewrite, comment), "link")
            if not comment.resolved:
                way = "not_required" if comment.required else "require"
                self._button(way, partial(acts.require, comment, required=not comment.required), "link")
        for each in self.buttons.values():
            ways.addWidget(each)
        return ways

    def _button(self, code: str, on: Callable[[], object], look: str, icon: str = "") -> QPushButton:
        text = self._t(f"do_{code}")
        made = button(self._tools.theme, text, on, look=look, icon=icon)
        describe(made, f"{text}: {self.comment.text or self.comment.quote}", text)
        self.buttons[code] = made
        return made

    def go_to_place(self) -> None:
        """Lead to its place."""
        self._acts.go_to_place(self.comment)

    def open_reply(self) -> None:
        """Unfold the field for an answer; what is written in it already is sent."""
        written = self.reply.text().strip()
        if written:
            self._acts.reply(self.comment, written)
            return
        self.reply.setVisible(True)
        self.reply.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to the place; Ctrl+Enter in the field for an answer sends it."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and self.reply.hasFocus() and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.open_reply()
        elif enter and self.hasFocus():
            self.go_to_place()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on its words leads to the place."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.go_to_place()
