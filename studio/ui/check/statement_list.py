"""What only a person can vouch for, as boxes to tick in the panel "Siap terbit?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from studio.base.relative_dates import day_and_time, local_moment
from studio.checks.checklist_rules import asked_questions
from studio.checks.statement_rules import applying_declarations, standing_declaration
from studio.release.checklists import load_questions
from studio.release.finding_texts import question_words
from studio.store.story_shelf import today_of
from studio.story.date_formats import full_date
from studio.story.declarations import add_declaration, take_back
from studio.story.expiry import last_day
from studio.ui.core.desk_context import now_stamp
from studio.ui.core.focus_order import go_to
from studio.ui.widgets.basic_parts import clear, column, describe, edges, label, row
from studio.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from studio.checks.checklist_rules import ChecklistQuestion
    from studio.story.model import Story
    from studio.story.publication_records import Declaration
    from studio.ui.core.desk_context import DeskContext


class DeclarationList(QFrame):
    """The statements the story asks for; hidden when it asks for none.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        self._shown: tuple[tuple[str, Declaration | None], ...] = ()
        self._questions: dict[str, ChecklistQuestion] = {}
        self.boxes: dict[str, QCheckBox] = {}
        self.setProperty("look", "card")
        theme = bench.tools.theme
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(6))
        title, told = (
            label(bench.t("checkdesk.declare"), "title"),
            label(bench.t("checkdesk.declare_told"), "muted", wrap=True),
        )
        self.setLayout(column(title, told, -theme.px(2), self._lines, gap=theme.px(3), edges=edges(theme, 18, 12)))
        self.hide()

    def show_story(self, story: Story) -> None:
        """Show what applies to this story, and who vouched for it."""
        group, today = self._bench.workspace.group, today_of(self._bench.workspace)
        own = applying_declarations(story, group, today)
        self._questions = {each.name: each for each in asked_questions(story, load_questions())}
        shown = (
            *((name, standing_declaration(story, group, name, today)) for name in own),
            *((name, story.declarations.get(name)) for name in self._questions),
        )
        self.setVisible(bool(shown))
        # Asked for at every keystroke; boxes made anew under the mouse would swallow a click.
        if shown == self._shown:
            return
        # Whoever ticks by keyboard stays on the box that was just ticked.
        focused = next((name for name, box in self.boxes.items() if box.hasFocus()), None)
        self._shown = shown
        clear(self._lines)
        self.boxes = {}
        for name, said in shown:
            self._lines.addWidget(self._declaration_row(name, said))
        if focused in self.boxes:
            self.boxes[focused].setFocus()

    def _declaration_row(self, name: str, said: Declaration | None) -> QWidget:
        text, told = self._words(name)
        box = QCheckBox()
        box.setChecked(said is not None)
        box.setEnabled(not self._bench.session.read_only)
        describe(box, text, told)
        box.toggled.connect(lambda ticked: self._tick(name, ticked))
        self.boxes[name] = box
        words = column(WrappedLabel(text, box), gap=0)
        if said is not None:
            words.addWidget(label(self._who(said), "muted", wrap=True))
        inside = row(column(box, 1), words, gap=self._bench.tools.theme.px(4))
        inside.setStretch(1, 1)
        line = QWidget()
        line.setLayout(inside)
        return line

    def _words(self, name: str) -> tuple[str, str]:
        """What is ticked, and why it is asked."""
        question, texts = self._questions.get(name), self._bench.tools.texts
        if question is not None:
            words = (question_words(each, texts) for each in (question.statement, question.ask or question.statement))
            text, told = map(str, words)
            return text, f"{told} ({question.source})" if question.source else told
        last = last_day(self._bench.session.story)
        date = full_date(last.isoformat()) if last else ""
        return self._bench.t(f"declare.{name}"), self._bench.t(f"check.declare_{name}", date=date)

    def _who(self, said: Declaration) -> str:
        moment = local_moment(said.when)
        when = day_and_time(moment, self._bench.tools.texts.language) if moment else said.when
        return self._bench.t("checkdesk.declare_by", who=said.by or self._bench.t("checkdesk.nobody"), when=when)

    def _tick(self, name: str, ticked: bool) -> None:
        stamp = now_stamp(self._bench)
        self._bench.session.edit(add_declaration(name, stamp.when, stamp.by) if ticked else take_back(name))

    def reveal(self, name: str) -> None:
        """Put the focus on a statement, which the rules that look again may not have shown yet."""
        self.show_story(self._bench.session.story)
        box = next((box for each, box in self.boxes.items() if each == name), None)
        if box is not None:
            go_to(box)
