"""One finding on the desk: what was found, where, why, and the ways out."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QPushButton

from studio.base.errors import UserError
from studio.checks.finding_location import excerpt_around, location_words
from studio.release.finding_texts import finding_words, source_meaning, source_words
from studio.services.finding_actions import aside_edit, fix_edit, short_fix, spelled_word
from studio.services.group_dictionary import learn_word
from studio.story import mending, story_status
from studio.ui.core.desk_context import now_stamp
from studio.ui.widgets.basic_parts import button, column, describe, label, picture, row
from studio.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.checks.finding import Finding, Level, TextFix
    from studio.services.lesson_shelf import LessonShelf
    from studio.story.model import Story
    from studio.ui.core.desk_context import DeskContext, WindowTools

ICONS: dict[Level, tuple[str, str]] = {
    "block": ("octagon-alert", "bad"),
    "warning": ("triangle-alert", "warn"),
    "advice": ("lightbulb", "info"),
}
_MOST_FIXES = 3


class FindingActions:
    """What the buttons of a finding do, through the session.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: DeskContext) -> None:
        self._bench = bench
        self._shelf: LessonShelf | None = None

    @property
    def locked(self) -> bool:
        """Whether the story is open for reading only."""
        return self._bench.session.read_only

    def go_to_place(self, finding: Finding) -> None:
        """Lead the user to the place of a finding."""
        if finding.place is not None:
            self._bench.show_place(finding.place)

    def lesson_about(self, finding: Finding) -> tuple[str, str]:
        """Id and title of the lesson that tells why this was found; empty where there is none."""
        from studio.services.lesson_shelf import finding_lesson, load_lessons

        if self._shelf is None:
            self._shelf = load_lessons(self._bench.workspace.path)
        return finding_lesson(self._shelf, finding.code, self._bench.tools.texts.language)

    def explain(self, lesson: str) -> None:
        """Open that lesson."""
        self._bench.learn(lesson)

    def mend(self, fix: TextFix, story: Story) -> None:
        """Accept a way out; see ``fix_edit``."""
        edit = fix_edit(fix, story)
        if edit is None:
            return
        self._bench.session.edit(edit)
        if fix.act == "source":
            self._bench.toast(self._bench.t("checkdesk.source_added", text=fix.text))
        else:
            self._bench.toast(self._bench.t("checkdesk.mended", text=short_fix(fix)))

    def put_aside(self, finding: Finding) -> None:
        """No longer show it in this story; a word is accepted wherever it stands."""
        self._bench.session.edit(aside_edit(finding))
        self._bench.toast(self._bench.t("checkdesk.put_aside_done"))

    def add_to_dictionary(self, finding: Finding) -> None:
        """Put a word into the group's dictionary, for all its stories."""
        word = spelled_word(finding)
        if not word:
            return
        try:
            learn_word(self._bench.workspace, word)
        except UserError as error:
            self._bench.tools.dialogs.explain(error)
            return
        self._bench.session.edit(mending.ignore_word(word))

    def override(self, finding: Finding) -> None:
        """Let a block stand: asks for the reason, which stays in the story's log."""
        t, dialogs = self._bench.t, self._bench.tools.dialogs
        said = finding_words(finding, self._bench.tools.texts)
        hint = t("checkdesk.override_people" if finding.topic == "people" else "checkdesk.override_hint")
        reason = dialogs.ask_text(t("checkdesk.override_title"), f"{said}\n\n{t('checkdesk.override_ask')}", hint=hint)
        if reason is None:
            return
        stamp = now_stamp(self._bench)
        try:
            self._bench.session.edit(story_status.override_block(finding.block_key, stamp.when, stamp.by, reason))
        except UserError as error:
            dialogs.explain(error)


class FindingRow(QFrame):
    """A finding with its buttons.

    Args:
        finding: what a rule noticed.
        story: the story it was noticed in.
        tools: what every part is given.
        acts: what the buttons do.
    """

    def __init__(self, finding: Finding, story: Story, tools: WindowTools, acts: FindingActions) -> None:
        super().__init__()
        self.finding = finding
        self.story = story
        self.buttons: list[QPushButton] = []
        self._tools = tools
        self._acts = acts
        self.text = finding_words(finding, tools.texts)
        self.setProperty("look", "finding")
        self.setAccessibleName(f"{tools.t(f'checkdesk.level.{finding.level}')}: {self.text}")
        self._lay_out()

    def _lay_out(self) -> None:
        theme = self._tools.theme
        px = theme.px
        icon, tone = ICONS[self.finding.level]
        mark = picture(theme, icon, tone)
        mark.setToolTip(self._tools.t(f"checkdesk.level.{self.finding.level}"))
        words = column(label(self.text, wrap=True), gap=px(2))
        if (quoted := self._quoted()) is not None:
            words.addWidget(quoted)
        context = label(self._context(), "muted", wrap=True)
        context.setToolTip(source_meaning(self.finding, self._tools.texts))
        words.addWidget(context)
        ways = FlowLayout(px(6), px(4))
        self._add_buttons()
        for each in self.buttons:
            ways.addWidget(each)
        words.addSpacing(px(4))
        words.addLayout(ways)
        whole = row(column(mark, 1), words, gap=px(10), edges=(0, px(10), 0, px(10)))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _quoted(self) -> QLabel | None:
        found = excerpt_around(self.finding.place, self.story)
        if found is None:
            return None
        colors = self._tools.theme.colors
        made = QLabel()
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setWordWrap(True)
        tone = {"block": "bad", "warning": "warn", "advice": "info"}[self.finding.level]
        marked = f"background-color:{colors[f'{tone}_bg']};color:{colors[tone]};font-weight:600"
        made.setText(
            f"<span style='color:{colors['muted']}'>{escape(found.before)}</span>"
            f"<span style='{marked}'>{escape(found.words)}</span>"
            f"<span style='color:{colors['muted']}'>{escape(found.after)}</span>"
        )
        return made

    def _context(self) -> str:
        t = self._tools.t
        place = location_words(self.finding.place, self.story, self._tools.texts)
        source = source_words(self.finding, self._tools.texts)
        rule = t("checkdesk.rule", source=source) if source else ""
        times = t("checkdesk.times", count=len(self.finding.more) + 1) if self.finding.more else ""
        return " · ".join(part for part in (place, times, rule) if part)

    def _add_buttons(self) -> None:
        t, acts, finding = self._tools.t, self._acts, self.finding
        if finding.place is not None:
            self._button(t("checkdesk.go"), lambda: acts.go_to_place(finding), "chip")
        lesson, title = acts.lesson_about(finding)
        if lesson:
            why = self._button(t("checkdesk.why"), partial(acts.explain, lesson), "chip")
            why.setToolTip(t("checkdesk.why_tip", title=title))
        if acts.locked:
            return
        for fix in finding.fixes[:_MOST_FIXES]:
            code = "fix_source" if fix.act == "source" else "fix" if fix.text else "fix_remove"
            text = t(f"checkdesk.{code}", text=short_fix(fix))
            if fix.also:
                text = t("checkdesk.fix_all", text=short_fix(fix), count=len(fix.also) + 1)
            elif fix.act == "replace" and fix.text and finding.place and fix.place.field != finding.place.field:
                field = location_words(fix.place, self.story, self._tools.texts)  # a choice between two fields
                text = t("checkdesk.fix_there", where=field, text=short_fix(fix))
            self._button(text, partial(self._mend, fix), "chip")
        if finding.level == "block":
            self._button(t("checkdesk.override"), lambda: acts.override(finding), "link")
        # A word may be right in all the group's stories; other findings are about this one alone.
        elif spelled_word(finding):
            self._ignore_menu()
        else:
            self._button(t("checkdesk.put_aside"), lambda: acts.put_aside(finding), "link")

    def _mend(self, fix: TextFix) -> None:
        self._acts.mend(fix, self.story)

    def _button(self, text: str, on: Callable[[], object], look: str) -> QPushButton:
        made = button(self._tools.theme, text, on, look=look)
        describe(made, f"{text}: {self.text}", text)
        self.buttons.append(made)
        return made

    def _ignore_menu(self) -> None:
        t, acts, finding = self._tools.t, self._acts, self.finding
        menu = QMenu(self)
        menu.addAction(t("checkdesk.ignore_here"), lambda: acts.put_aside(finding))
        menu.addAction(t("checkdesk.ignore_everywhere"), lambda: acts.add_to_dictionary(finding))
        made = button(self._tools.theme, t("checkdesk.ignore"), look="link")
        describe(made, f"{t('checkdesk.ignore')}: {self.text}", t("checkdesk.ignore"))
        made.setMenu(menu)
        self.buttons.append(made)
