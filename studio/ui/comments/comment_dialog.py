"""The question for a comment, and what can be done about one: through the session of the open story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QWidget

from studio.base.timecode import timecode_text
from studio.checks.finding_location import location_words
from studio.story import comments
from studio.story.comment_anchors import anchored_text
from studio.story.comment_places import CommentTarget, place_in_story
from studio.story.places import TextPlace
from studio.story.text import cut_line
from studio.ui.core.desk_context import now_stamp
from studio.ui.widgets.basic_parts import button, card, column, describe, edges, label, row
from studio.ui.widgets.growing_text import GrowingText
from studio.ui.widgets.styled_dialog import StyledDialog
from studio.ui.widgets.word_view import WordView

if TYPE_CHECKING:
    from studio.story.model import Story
    from studio.story.newsroom_records import Comment
    from studio.ui.core.desk_context import DeskContext, WindowTools

_SHOWN = 300


@dataclass(frozen=True, slots=True)
class AskedComment:
    """What was typed: ``words`` are other words for the text, None suggests nothing."""

    text: str
    required: bool
    words: str | None = None


class CommentDialog(StyledDialog):
    """Asks for a comment or for other words.

    Args:
        tools: what every part is given.
        story: what it is about.
        target: where in it.
        suggesting: other words are wanted from the start.
    """

    def __init__(self, tools: WindowTools, story: Story, target: CommentTarget, *, suggesting: bool) -> None:
        super().__init__(tools.theme)
        self._tools = tools
        theme, t = tools.theme, tools.t
        whole = anchored_text(story, target.place) or ""
        self._old = whole[target.start : target.end] if target.end > target.start else whole
        self.setWindowTitle(t("comments.suggest_title" if suggesting else "comments.title"))
        self.text = GrowingText(3, 8)
        describe(self.text, t("comments.text"), t("comments.text_hint"))
        self.text.setPlaceholderText(t("comments.text_hint"))
        self.required = QCheckBox(t("comments.required"))
        describe(self.required, t("comments.required"), t("comments.required_tip"))
        # A photo or clip as a whole has no words that others could stand for.
        textual = bool(target.place.count("/") != 1 and target.begins is None)
        self.suggest = QCheckBox(t("comments.suggest"))
        describe(self.suggest, t("comments.suggest"), t("comments.suggest_tip"))
        self.words = GrowingText(2, 8, paragraphs=target.place == "body")
        describe(self.words, t("comments.words"), t("comments.words"))
        # What is suggested mostly differs from this by a word or two.
        self.words.setPlainText(self._old)
        self.preview = WordView(tools.texts, theme)
        self.ok = button(theme, t("comments.save"), self.accept, look="primary", icon="message-square")
        place = location_words(TextPlace(target.place), story, tools.texts)
        if target.begins is not None:
            times = [timecode_text(at, tools.texts.language) for at in (target.begins, target.ends or target.begins)]
            place = t("comments.stretch", place=place, begins=times[0], ends=times[1])
        about: list[QWidget] = [label(place, "muted", wrap=True)]
        if self._old and target.begins is None:
            about.append(label(f"“{cut_line(self._old, _SHOWN)}”", wrap=True))
        offered = QWidget()
        offered.setLayout(column(label(t("comments.words"), "muted"), self.words, self.preview, gap=theme.px(4)))
        self._offered = offered
        away = button(theme, t("dialog.cancel"), self.reject)
        self.setLayout(
            column(
                card(column(*about, gap=theme.px(4), edges=edges(theme, 14, 10))),
                *((self.suggest, offered) if textual else ()),
                label(t("comments.text"), "muted"),
                self.text,
                self.required,
                1,
                row(1, away, self.ok, gap=theme.px(8)),
                gap=theme.px(8),
                edges=edges(theme, 20, 16),
            )
        )
        offered.setVisible(False)
        self.suggest.toggled.connect(self._toggle)
        self.text.textChanged.connect(self._show)
        self.words.textChanged.connect(self._show)
        # Return alone begins a new line; Enter on the number pad is another key to Qt.
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._finish)
        self.suggest.setChecked(suggesting and textual)
        self.resize(theme.px(520), self.sizeHint().height())
        self._show()
        (self.words if self.suggest.isChecked() else self.text).setFocus()
        if self.suggest.isChecked():
            self.words.selectAll()

    def _toggle(self, on: bool) -> None:
        self._offered.setVisible(on)
        self._show()

    def _show(self) -> None:
        asked = self.result_of()
        self.ok.setEnabled(asked is not None)
        if self.suggest.isChecked():
            self.preview.show_change(self._old, self.words.text())

    def _finish(self) -> None:
        if self.ok.isEnabled():
            self.accept()

    def result_of(self) -> AskedComment | None:
        """What was asked for; None when nothing was written."""
        text, required = self.text.text().strip(), self.required.isChecked()
        # Words left as they are suggest nothing.
        if self.suggest.isChecked() and self.words.text() != self._old:
            return AskedComment(text, required, self.words.text())
        return AskedComment(text, required) if text else None


class CommentActions:
    """What the buttons of a comment do.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: DeskContext) -> None:
        self.bench = bench

    @property
    def locked(self) -> bool:
        """Whether the story is open for reading only."""
        return self.bench.session.read_only

    def add(self, target: CommentTarget, *, suggesting: bool = False) -> Comment | None:
        """Ask for a comment, or other words, and put it to the story; None when nothing came of it."""
        bench, story = self.bench, self.bench.session.story
        if self.locked:
            bench.session.refused.emit()
            return None
        dialog = CommentDialog(bench.tools, story, target, suggesting=suggesting)
        accepted = bench.tools.dialogs.show(dialog)
        asked = dialog.result_of()
        dialog.deleteLater()
        if not accepted or asked is None:
            return None
        stamp = now_stamp(bench)
        if asked.words is None:
            made = comments.new_comment(story, target.place, target.start, target.end, asked.text, stamp)
        else:
            span = (target.start, target.end)
            suggested = comments.suggest_words(story, target.place, *span, asked.words, asked.text, stamp)
            if suggested is None:
                return None
            made = suggested
        made = replace(made, required=asked.required, begins=target.begins, ends=target.ends)
        bench.session.break_merge()
        bench.session.edit(comments.add_comments([made]))
        bench.toast(bench.t("comments.suggested" if comments.is_suggestion(made) else "comments.added"))
        return made

    def go_to_place(self, comment: Comment) -> None:
        """Lead the user to what it is about."""
        place = place_in_story(self.bench.session.story, comment)
        if place is None:  # its photo or clip was taken out
            self.bench.toast(self.bench.t("comments.no_place"))
        else:
            self.bench.show_place(place)

    def show(self, comment_id: str) -> None:
        """Show it in the list of all comments."""
        self.bench.show_place(TextPlace(f"comments/{comment_id}"))

    def reply(self, comment: Comment, text: str) -> None:
        """Answer it."""
        self.bench.session.edit(comments.reply_to(comment.id, text, now_stamp(self.bench)))

    def rewrite(self, comment: Comment) -> None:
        """Ask for other words for what was said."""
        span = comments.comment_range(self.bench.session.story, comment)
        start, end = (span.start, span.end) if span is not None else (0, 0)
        target = CommentTarget(comment.place, start, end, comment.begins, comment.ends)
        dialog = CommentDialog(self.bench.tools, self.bench.session.story, target, suggesting=False)
        dialog.suggest.hide()
        dialog.text.setPlainText(comment.text)
        dialog.required.setChecked(comment.required)
        accepted, asked = self.bench.tools.dialogs.show(dialog), dialog.result_of()
        dialog.deleteLater()
        if accepted and asked is not None:
            self.bench.session.break_merge()
            self.bench.session.edit(comments.rewrite_comment(comment.id, asked.text))
            if asked.required != comment.required:
                self.bench.session.edit(comments.require_comment(comment.id, required=asked.required))

    def is_own(self, comment: Comment) -> bool:
        """Whether whoever writes here said it: only they put it in other words."""
        return comment.by == now_stamp(self.bench).by

    def toggle_resolved(self, comment: Comment) -> None:
        """Mark it resolved, or open it again."""
        if comment.resolved:
            self.bench.session.edit(comments.reopen_comment(comment.id))
        else:
            self.bench.session.edit(comments.resolve_comment(comment.id, now_stamp(self.bench)))
            self.bench.toast(self.bench.t("comments.resolved_toast"))

    def require(self, comment: Comment, *, required: bool) -> None:
        """Whether the story has to wait for it."""
        self.bench.session.edit(comments.require_comment(comment.id, required=required))

    def decide(self, comment: Comment, *, accept: bool) -> None:
        """Put the suggested words into the text, or leave it as it is."""
        stamp = now_stamp(self.bench)
        edit = comments.accept_suggestion if accept else comments.refuse_suggestion
        self.bench.session.break_merge()
        self.bench.session.edit(edit(comment.id, stamp))
        self.bench.toast(self.bench.t("comments.accepted_toast" if accept else "comments.refused_toast"))
