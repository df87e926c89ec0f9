"""Comments and suggestions on the desk: all of the story in one list, open or settled, with the way to each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from studio.story.comments import is_suggestion
from studio.ui.comments.comment_card import CommentCard
from studio.ui.comments.comment_dialog import CommentActions
from studio.ui.core.focus_order import go_to
from studio.ui.widgets.basic_parts import ChoiceGroup, button, clear, column, edges, empty, label, scrolled
from studio.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from studio.story.model import Story
    from studio.story.newsroom_records import Comment
    from studio.story.places import TextPlace
    from studio.ui.core.desk_context import DeskContext

Filter = Literal["open", "required", "suggestions", "resolved", "all"]
FILTERS: tuple[Filter, ...] = ("open", "required", "suggestions", "resolved", "all")


def is_shown(comment: Comment, chosen: Filter) -> bool:
    """Whether a filter lets a comment through."""
    match chosen:
        case "open":
            return not comment.resolved
        case "required":
            return comment.required and not comment.resolved
        case "suggestions":
            return is_suggestion(comment) and not comment.resolved
        case "resolved":
            return bool(comment.resolved)
        case _:
            return True


class CommentsPage(QWidget):
    """The comments of the open story.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        self._acts = CommentActions(bench)
        self._filter: Filter = "open"
        self._shown: object = None
        self.chips: dict[Filter, QPushButton] = {}
        self.cards: list[CommentCard] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(bench.tools.theme.px(10))
        self._lay_out()
        bench.session.changed.connect(self._on_story)
        self.show_story(bench.session.story)

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"comments.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._bench.tools.theme
        group = ChoiceGroup(self)
        chips = FlowLayout(theme.px(6), theme.px(6))
        for name in FILTERS:
            chip = button(theme, self._t(f"filter_{name}", count=0), partial(self.choose, name), look="chip")
            chip.setCheckable(True)
            chip.setChecked(name == self._filter)
            group.addButton(chip)
            self.chips[name] = chip
            chips.addWidget(chip)
        head = column(label(self._t("intro"), "hint", wrap=True), chips, gap=theme.px(8))
        inside = QWidget()
        inside.setLayout(column(head, self._list, 1, gap=theme.px(12), edges=edges(theme, 20, 14)))
        self.setLayout(column(scrolled(inside), gap=0))

    # ------------------------------------------------------------------------------------------- showing

    def _on_story(self, story: Story) -> None:
        """A method, which Qt forgets when this page is gone; it would call a lambda."""
        if self.isVisible():  # else at every key on another desk
            self.show_story(story)

    def showEvent(self, event: QShowEvent) -> None:
        """The story may have changed while something else was shown."""
        super().showEvent(event)
        self.show_story(self._bench.session.story)

    def show_story(self, story: Story) -> None:
        """Show its comments; the focus stays with the one that had it, or goes to the one in its place."""
        for name, chip in self.chips.items():
            count = sum(is_shown(comment, name) for comment in story.comments)
            chip.setText(self._t(f"filter_{name}", count=count))
            chip.setAccessibleName(chip.text())
        # Where a comment stands depends on the texts: only these and the comments make the list anew.
        state = (self._filter, story.comments, story.body, story.headline, story.summary, story.photos, story.videos)
        if state == self._shown:
            return
        self._shown = state
        at, button_code, written = self._focused()
        clear(self._list)
        self.cards = []
        for comment in (c for c in story.comments if is_shown(c, self._filter)):
            card = CommentCard(comment, story, self._acts)
            if comment.id in written:
                card.reply.setPlainText(written[comment.id])
                card.reply.setVisible(True)
            self.cards.append(card)
            self._list.addWidget(card)
        if not self.cards:
            self._list.addWidget(self._nothing(story))
        elif at is not None:
            card = self.cards[min(at, len(self.cards) - 1)]
            (card.buttons.get(button_code) or card).setFocus()

    def _focused(self) -> tuple[int | None, str, dict[str, str]]:
        """Number of the card that has the focus, the code of the button in it, and answers that are being written."""
        focus = QApplication.focusWidget()
        at = next(
            (n for n, c in enumerate(self.cards) if focus is not None and (c is focus or c.isAncestorOf(focus))), None
        )
        code = (
            next((code for code, made in self.cards[at].buttons.items() if made is focus), "") if at is not None else ""
        )
        return at, code, {card.comment.id: text for card in self.cards if (text := card.reply.text().strip())}

    def _nothing(self, story: Story) -> QWidget:
        theme, fresh = self._bench.tools.theme, not story.comments
        write = button(theme, self._t("to_text"), partial(self._bench.go, "write"), icon="pencil-line")
        title = self._t("none" if fresh else "none_here")
        return empty(theme, "message-square", title, self._t("none_hint"), write)

    # ------------------------------------------------------------------------------------------- doing

    def choose(self, name: Filter) -> None:
        """Show another part of the comments."""
        self._filter = name
        self.chips[name].setChecked(True)
        self.show_story(self._bench.session.story)

    def reveal(self, place: TextPlace) -> None:
        """Put the focus on a comment, or on the first."""
        wanted = place.field.partition("/")[2]
        found = next((c for c in self._bench.session.story.comments if c.id == wanted), None)
        if found is not None and not is_shown(found, self._filter):
            self.choose("resolved" if found.resolved else "open")
        card = next((card for card in self.cards if card.comment.id == wanted), None)
        target: QWidget | None = card or next(iter(self.cards), None)
        go_to(target if target is not None else self.chips[self._filter])
