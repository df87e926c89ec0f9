"""5W+1H on the desk: the opening of the story with the answers marked in it, and what is still missing."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from studio.checks.answers5w import LOOKED_AT, QUESTIONS, answered_questions
from studio.story.body import parse_markdown, plain_text
from studio.story.text import cut_line, join_names
from studio.ui.widgets.basic_parts import button, card, column, edges, label, picture, pill, scrolled, set_pill

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from studio.checks.answers5w import AnsweredQuestion, Question
    from studio.story.model import Story
    from studio.ui.core.desk_context import DeskContext

_TONES: dict[Question, str] = {
    "what": "info",
    "who": "ok",
    "when": "warn",
    "where": "bad",
    "why": "info",
    "how": "ok",
}
_MOST_LETTERS = 160
_PAUSE_MS = 300


class AnswersPage(QWidget):
    """Which of the six questions the opening answers, by which words.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        self.told = label("", "title", wrap=True)
        self.text = QLabel()
        self._icons: dict[Question, QLabel] = {}
        self._words: dict[Question, QLabel] = {}
        self.marks: dict[Question, QLabel] = {}
        self.go: dict[Question, QPushButton] = {}
        self._shown: tuple[AnsweredQuestion, ...] = ()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._show_now)
        self._lay_out()
        bench.session.changed.connect(self._on_story)
        self.show_story(bench.session.story)

    def _on_story(self, _story: Story) -> None:
        """In a pause. A method, which Qt forgets when this part of the window is gone; it would call a lambda."""
        self._timer.start()

    def _show_now(self) -> None:
        self.show_story(self._bench.session.story)

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"checkdesk.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._bench.tools.theme
        px = theme.px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(10))
        grid.setColumnStretch(2, 1)
        for number, question in enumerate(QUESTIONS):
            name = self._t(f"question.{question}")
            self._icons[question] = picture(theme, "circle", "faint")
            self._words[question] = label("", wrap=True)
            self.marks[question] = pill("", "idle")
            self.go[question] = button(theme, self._t("go"), partial(self._go_to_answer, question), look="chip")
            self.go[question].setAccessibleName(self._t("go_answer", question=name))
            grid.addWidget(self._icons[question], number, 0)
            grid.addWidget(label(name, "strong"), number, 1)
            grid.addWidget(self._words[question], number, 2)
            grid.addWidget(self.marks[question], number, 3, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(self.go[question], number, 4, Qt.AlignmentFlag.AlignRight)
        head = column(
            self.told, label(self._t("answers_hint"), "hint", wrap=True), gap=px(4), edges=edges(theme, 18, 14)
        )
        body = column(grid, gap=0, edges=edges(theme, 18, 14))
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setWordWrap(True)
        self.text.setFont(theme.font("body"))
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        opening = column(
            label(self._t("opening", count=LOOKED_AT), "title"), self.text, gap=px(8), edges=edges(theme, 18, 14)
        )
        inside = QWidget()
        inside.setLayout(column(card(head), card(body), card(opening), 1, gap=px(12), edges=edges(theme, 20, 14)))
        self.setLayout(column(scrolled(inside), gap=0))

    def _go_to_answer(self, question: Question) -> None:
        from studio.story.places import TextPlace

        found = next((one for one in self._shown if one.question == question), None)
        place = found.place if found else None
        self._bench.show_place(place or TextPlace(f"answers/{question}"))

    # ------------------------------------------------------------------------------------------- showing

    def show_story(self, story: Story) -> None:
        """Mark the answers of a story."""
        self._shown = answered_questions(story)
        missing = [one.question for one in self._shown if one.place is None]
        self._show_head(story, missing)
        for one in self._shown:
            self._show_answer(story, one)
        self.text.setText(self._marked(story))

    def _show_head(self, story: Story, missing: list[Question]) -> None:
        if not story.body.strip():
            self.told.setText(self._t("answers_no_body"))
        elif missing:
            asked = [self._t(f"question.{name}").lower() for name in missing]
            names = join_names(asked, self._bench.tools.texts.language)
            self.told.setText(self._t("answers_missing", questions=names))
        else:
            self.told.setText(self._t("answers_all"))

    def _show_answer(self, story: Story, one: AnsweredQuestion) -> None:
        theme = self._bench.tools.theme
        own = " ".join(getattr(story.answers, one.question).split())
        if one.place is not None:
            said = plain_text(story.body[one.place.start : one.place.end]).strip()
        else:
            said = self._t("answer_own", answer=own) if own else self._t(f"question_hint.{one.question}")
        found = one.place is not None
        self._icons[one.question].setPixmap(
            theme.pixmap("circle-check" if found else "circle", "ok" if found else "warn")
        )
        self._words[one.question].setText(cut_line(said, _MOST_LETTERS))
        set_pill(self.marks[one.question], self._t("answered" if found else "unanswered"), "ok" if found else "warn")

    def _marked(self, story: Story) -> str:
        """The opening paragraphs, the words that answer a question on a tinted ground."""
        colors = self._bench.tools.theme.colors
        spans = sorted((one.place.start, one.place.end, one.question) for one in self._shown if one.place is not None)
        end = _opening_end(story.body)
        parts, at = [], 0
        for start, stop, question in spans:
            # Where the words of two questions overlap, the first ones are marked.
            if start < at or start >= end:
                continue
            tone = _TONES[question]
            parts.append(escape(story.body[at:start]))
            name = self._t(f"question.{question}")
            parts.append(
                f"<span style='background-color:{colors[f'{tone}_bg']};color:{colors[tone]}'>"
                f"{escape(story.body[start:stop])}</span>"
                f"<span style='color:{colors[tone]};font-size:{self._bench.tools.theme.px(10)}px;"
                f"font-weight:700;vertical-align:super'> {escape(name)}</span>"
            )
            at = stop
        parts.append(escape(story.body[at:end]))
        # Quotes in Markdown begin with "> ", which is no word of theirs.
        shown = "".join(parts).strip().replace("\n\n", "<br><br>").replace("&gt; ", "")
        return shown or escape(self._t("answers_no_body"))


def _opening_end(body: str) -> int:
    """Where the paragraphs that are looked at end."""
    at, left = 0, LOOKED_AT + sum(block.kind == "heading" for block in parse_markdown(body)[:LOOKED_AT])
    for block in body.split("\n\n"):
        if not left:
            break
        at += len(block) + 2
        left -= bool(block.strip())
    return min(at, len(body))
