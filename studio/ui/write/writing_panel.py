"""The side panel of the writing desk: the numbers of the text, the six answers, the length for each outlet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from studio.base.locale_forms import number_text
from studio.ui.widgets.basic_parts import (
    button,
    card,
    clear,
    column,
    describe,
    edges,
    label,
    pill,
    row,
    scrolled,
    set_pill,
)
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.write.details_card import DetailsCard
from studio.ui.write.page_fields import TextField
from studio.ui.write.points_card import PointsCard
from studio.ui.write.question_starters import ANSWERS, WIDE_SCALE, AnswerName, answer_edit, question_text
from studio.ui.write.service_card import ServiceCard
from studio.ui.write.sources_card import SourcesCard

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from studio.base.i18n import MessageTexts
    from studio.services.notice_kinds import NoticeKinds
    from studio.services.text_lengths import TextLength
    from studio.story.model import Story
    from studio.ui.core.background_jobs import JobRunner, JobState
    from studio.ui.core.window_theme import WindowTheme
    from studio.ui.widgets.basic_parts import Tone

Lengths = Callable[["Story"], Sequence["TextLength"]]
"""Works out how long the text for each outlet is."""
LENGTHS_AFTER_MS = 700
"""The lengths are made from complete posts; they wait for a pause in typing."""
# Share of a limit from which on there is little room left.
_NEARLY = 0.9


def number(value: int, texts: MessageTexts) -> str:
    """``1.204`` in Indonesian, ``1,204`` in English."""
    return number_text(value, texts.language)


class SidePanel(QWidget):
    """Shows a story and tells edits.

    Args:
        texts: for what it says.
        theme: for how it looks.
        lengths: works out the lengths; None hides that card.
        jobs: where it does so; None does it at once.
        kinds: of notices; an answer to "when" is on the clock of their group.
    """

    edit_made = Signal(object)
    """An ``StoryEdit`` by hand."""
    insert_asked = Signal()
    """The answers are to go into the text."""
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(
        self,
        texts: MessageTexts,
        theme: WindowTheme,
        lengths: Lengths | None = None,
        jobs: JobRunner | None = None,
        *,
        kinds: NoticeKinds,
    ) -> None:
        super().__init__()
        self._kinds = kinds
        self._texts = texts
        self._theme = theme
        self._lengths = lengths
        self._jobs = jobs
        self._measuring = False
        self._outdated = False  # the lengths, which nobody has looked at since
        self._story: Story | None = None
        self._asked_as = ""
        self.fields = {name: self._answer_field(name) for name in ANSWERS}
        self._labels: dict[AnswerName, QLabel] = {}
        self.numbers = {name: label("0", "number") for name in ("words", "letters", "minutes")}
        self._done = pill("", "idle")
        self.lengths: dict[str, QLabel] = {}
        inside = QWidget()
        gap = theme.px(12)
        self.answers_card = self._build_answers()
        self.sources = SourcesCard(texts, theme)
        self.details = DetailsCard(texts, theme)
        self.service = ServiceCard(texts, theme, kinds)
        self.points = PointsCard(texts, theme)
        for part in (self.service, self.sources, self.points, self.details):
            part.edit_made.connect(self.edit_made)
            part.undo_asked.connect(self.undo_asked)
            part.redo_asked.connect(self.redo_asked)
        self.lengths_card = card(self._build_lengths())
        asked = (self.answers_card, self.service, self.sources, self.points, self.details)
        side = min(16, theme.px(16))  # beside large letters the fields need what is free
        self._cards = column(
            self._build_numbers(), *asked, self.lengths_card, 1, gap=gap, edges=(side, side, side, side)
        )
        inside.setLayout(self._cards)
        self.lengths_card.installEventFilter(self)
        self.lengths_card.setVisible(lengths is not None)  # before it has its place it would be a window of its own
        self.setLayout(column(scrolled(inside), gap=0))
        self._wait = QTimer(self, singleShot=True, interval=LENGTHS_AFTER_MS)
        self._wait.timeout.connect(self.measure)

    def showEvent(self, event: QShowEvent) -> None:
        """See ``PointsCard.catch_up``."""
        super().showEvent(event)
        self.points.catch_up()

    # -------------------------------------------------------------------------------------------- layout

    def _build_numbers(self) -> QWidget:
        px = self._theme.px
        flow = FlowLayout(px(20), px(6))
        flow.setContentsMargins(px(16), px(10), px(16), px(12))
        for name, value in self.numbers.items():
            cell = QWidget()
            cell.setProperty("look", "clear")
            cell.setLayout(column(value, label(self._texts.text(f"write.count.{name}"), "muted"), gap=0))
            flow.addWidget(cell)
        return card(flow)

    def _build_answers(self) -> QWidget:
        theme, texts = self._theme, self._texts
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        for at, name in enumerate(ANSWERS):
            self._labels[name] = label(texts.text(f"write.answer.{name}"), "muted")
            self._labels[name].setBuddy(self.fields[name])
            self._labels[name].setContentsMargins(0, theme.px(5), 0, 0)
            if theme.scale <= WIDE_SCALE:
                grid.addLayout(column(self._labels[name], 1, gap=0), at, 0)
                grid.addWidget(self.fields[name], at, 1)
            else:
                grid.addWidget(self._labels[name], 2 * at, 0, 1, 2)
                grid.addWidget(self.fields[name], 2 * at + 1, 0, 1, 2)
        self.insert = button(
            theme,
            texts.text("write.answers.insert"),
            self.insert_asked.emit,
            tip=texts.text("write.answers.insert.tip"),
        )
        head = row(label(texts.text("write.answers"), "title"), 1, self._done)
        return card(column(head, grid, self.insert, gap=theme.px(10), edges=edges(theme, 16, 14)))

    def _answer_field(self, name: AnswerName) -> TextField:
        field = TextField(one_line=False, look="answer")
        field.edited.connect(lambda text: self._answer(name, text))
        field.undo_asked.connect(self.undo_asked)
        field.redo_asked.connect(self.redo_asked)
        return field

    def _answer(self, name: AnswerName, text: str) -> None:
        self.edit_made.emit(answer_edit(name, text, self._kinds, self.service.form.kind))

    def _build_lengths(self) -> QVBoxLayout:
        self._list = QVBoxLayout()
        self._list.setSpacing(self._theme.px(7))
        title = label(self._texts.text("write.lengths"), "title")
        return column(title, self._list, gap=self._theme.px(10), edges=edges(self._theme, 16, 14))

    # -------------------------------------------------------------------------------------------- behaviour

    def show_story(self, story: Story) -> list[QWidget]:
        """Show a story; returns the fields that said something else."""
        if self._asked_as != story.kind:
            self._asked_as = story.kind
            self._set_words(story)
        changed: list[QWidget] = []
        if self._story is None or self._story.answers != story.answers:
            changed = [field for name, field in self.fields.items() if field.show_text(getattr(story.answers, name))]
            done = sum(bool(getattr(story.answers, name).strip()) for name in ANSWERS)
            set_pill(
                self._done, self._texts.text("write.answers.done", n=done), "ok" if done == len(ANSWERS) else "idle"
            )
            self.insert.setEnabled(done > 0)
        changed += self.service.show_story(story) + self.sources.show_story(story) + self.details.show_story(story)
        changed += self.points.show_story(story)
        self._story = story
        if self._lengths is not None:
            self._wait.start()
        return changed

    def show_answers(self, on: bool) -> None:
        """Show what was answered, or not: while it is asked on the page it stands there."""
        self.answers_card.setVisible(on)
        self.service.setVisible(on and self.service.form.kind is not None)

    def _set_words(self, story: Story) -> None:
        for name, field in self.fields.items():
            question = question_text(self._texts, story.kind, name)
            describe(field, f"{self._texts.text(f'write.answer.{name}')}: {question}", question)
            field.setPlaceholderText(question_text(self._texts, story.kind, name, ".hint"))

    def show_counts(self, words: int, letters: int, minutes: int) -> None:
        """Show the numbers of the text."""
        for name, value in (("words", words), ("letters", letters), ("minutes", minutes)):
            self.numbers[name].setText(number(value, self._texts))

    def add_card(self, made: QWidget, *, first: bool = False) -> None:
        """Put one more card below the answers, or (``first``) above them."""
        self._cards.insertWidget(self._cards.indexOf(self.answers_card) + (0 if first else 1), made)

    def set_read_only(self, on: bool) -> None:
        """Let nobody type."""
        for field in self.fields.values():
            field.setReadOnly(on)
        self.insert.setVisible(not on)
        self.service.set_read_only(on)
        self.sources.set_read_only(on)
        self.details.set_read_only(on)
        self.points.set_read_only(on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Work out the lengths that are due when their card comes into view."""
        if watched is self.lengths_card and event.type() == QEvent.Type.Paint and self._outdated:
            self._outdated = False
            # Not from within painting, as what is painted changes by it.
            QTimer.singleShot(0, self, self.measure)
        return super().eventFilter(watched, event)

    def measure(self) -> None:
        """Work out the lengths now; while they are being worked out, once more afterwards.

        A card that is out of view waits until the user scrolls to it: filling the templates of all outlets at every
        pause would be for nobody.
        """
        self._wait.stop()
        lengths, story = self._lengths, self._story
        if lengths is None or story is None:
            return
        self._outdated = self.lengths_card.visibleRegion().isEmpty()
        if self._outdated:
            return
        if self._jobs is None:
            self.show_lengths(lengths(story))
        elif self._measuring:
            self._wait.start()
        else:
            self._measuring = True
            title = self._texts.text("write.lengths")
            self._jobs.start(
                title,
                lambda _progress: lengths(story),
                done=self._take_lengths,
                ended=self._measuring_ended,
                lane="quick",
                quiet=True,
            )

    def _measuring_ended(self, _: JobState) -> None:
        self._measuring = False

    def _take_lengths(self, found: Sequence[TextLength]) -> None:
        self.show_lengths(found)

    def show_lengths(self, found: Sequence[TextLength]) -> None:
        """Show lengths, one line for each outlet."""
        names = [length.name for length in found]
        if list(self.lengths) != names:
            clear(self._list)
            self.lengths = {name: pill("", "idle") for name in names}
            for name, mark in self.lengths.items():
                self._list.addLayout(row(label(self._texts.outlet_name(name)), 1, mark))
        for length in found:
            text, tone, hint = self._verdict(length)
            set_pill(self.lengths[length.name], text, tone)
            self.lengths[length.name].setToolTip(hint)

    def _verdict(self, length: TextLength) -> tuple[str, Tone, str]:
        texts = self._texts
        hint = texts.text(f"write.unit.{length.unit}")
        size, limit = number(length.size, texts), number(length.limit, texts)
        if length.posts > 1:
            return texts.text("write.lengths.posts", n=length.posts), "idle", texts.text("write.lengths.posts.hint")
        if length.shortened:
            return (
                texts.text("write.lengths.cut", limit=limit),
                "warn",
                texts.text("write.lengths.cut.hint", limit=limit),
            )
        if not length.limit:
            return size, "idle", hint
        tone: Tone = "ok" if length.size <= length.limit * _NEARLY else "warn" if length.size <= length.limit else "bad"
        return f"{size} / {limit}", tone, hint

    def tab_chain(self) -> list[QWidget]:
        """The controls in the order of the Tab key."""
        return [*self.fields.values(), self.insert]
