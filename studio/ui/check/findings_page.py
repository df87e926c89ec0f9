"""The panel "Siap terbit?": whether the story may go out, and every finding with its ways out, by topic."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio.base.relative_dates import day_and_time, local_moment
from studio.checks.finding import LEVELS
from studio.release.finding_texts import finding_words
from studio.story import mending
from studio.ui.check.finding_row import FindingRow
from studio.ui.check.statement_list import DeclarationList
from studio.ui.widgets.basic_parts import (
    ChoiceGroup,
    button,
    card,
    clear,
    column,
    edges,
    label,
    picture,
    pill,
    row,
    scrolled,
    separator_line,
)

if TYPE_CHECKING:
    from studio.checks.finding import Finding, Level, Topic
    from studio.story.model import StatusChange
    from studio.ui.check.background_checker import CheckedStory
    from studio.ui.check.finding_row import FindingActions
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.widgets.basic_parts import Tone

Filter = Literal["all", "block", "warning", "advice"]
FILTERS: tuple[Filter, ...] = ("all", *LEVELS)
TOPICS: tuple[Topic, ...] = ("people", "facts", "language", "media", "complete", "form")
SHOWN_AT_ONCE = 20
"""Rows of a page: a list that grew would lay out all of its rows again with each that is added."""
_TONES: dict[Level, Tone] = {"block": "bad", "warning": "warn", "advice": "info"}
_AT_A_TIME = 1
"""Rows made in one go, so that the window answers in between: each costs some milliseconds."""


class FindingsPage(QWidget):
    """What the rules found.

    Args:
        bench: what a desk works with.
        acts: what the buttons of a row do.
    """

    def __init__(self, bench: DeskContext, acts: FindingActions) -> None:
        super().__init__()
        self._bench = bench
        self._acts = acts
        self._checked: CheckedStory | None = None
        self._filter: Filter = "all"
        self._first = 0
        self.rows: list[FindingRow] = []
        self._chosen_now: list[Finding] = []
        self._waiting: list[Finding] = []
        self._bodies: dict[Topic, QVBoxLayout] = {}
        self._focus_at: int | None = None
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._add_some)
        self.chips: dict[Filter, QPushButton] = {}
        self._icon_place = QVBoxLayout()
        self.head = label("", "page")
        self.told = label("", "hint", wrap=True)
        self.declared = DeclarationList(bench)
        self._list = QVBoxLayout()
        self._list.setSpacing(bench.tools.theme.px(12))
        self._area: QScrollArea = self._lay_out()

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"checkdesk.{code}", **facts)

    def _lay_out(self) -> QScrollArea:
        theme = self._bench.tools.theme
        px = theme.px
        group = ChoiceGroup(self)
        chips = row(gap=px(6))
        for name in FILTERS:
            chip = button(theme, self._t(f"filter.{name}", count=0), partial(self._choose, name), look="chip")
            chip.setCheckable(True)
            chip.setChecked(name == "all")
            group.addButton(chip)
            self.chips[name] = chip
            chips.addWidget(chip)
        chips.addStretch(1)
        words = column(self.head, self.told, -px(2), chips, gap=px(3))
        head = row(self._icon_place, words, gap=px(14), edges=edges(theme, 18, 16))
        head.setStretch(1, 1)
        inside = QWidget()
        inside.setLayout(column(card(head), self.declared, self._list, 1, gap=px(12), edges=edges(theme, 20, 14)))
        area = scrolled(inside)
        self.setLayout(column(area, gap=0))
        self.head.setText(self._t("checking"))
        return area

    # ------------------------------------------------------------------------------------------- showing

    def show_checked(self, checked: CheckedStory) -> None:
        """Show what the rules found; the focus stays at the same finding, or at the one that took its place."""
        self.declared.show_story(checked.story)
        if self._checked is not None and self._same(checked):
            self._checked = checked
            # The rows stay, and must mend the story as it is now.
            for made in self.rows:
                made.story = checked.story
            return
        self._checked = checked
        self._focus_at = self._focused()
        self._show_head(checked)
        self._fill(checked)

    def _same(self, checked: CheckedStory) -> bool:
        before = self._checked
        return (
            before is not None
            and before.findings == checked.findings
            and before.readiness.overridden == checked.readiness.overridden
            and before.story.put_aside == checked.story.put_aside
            and before.story.body == checked.story.body
        )

    def _show_head(self, checked: CheckedStory) -> None:
        found = checked.readiness
        counts = {"block": len(found.blocks), "warning": len(found.warnings), "advice": len(found.advice)}
        state = "blocked" if found.blocks else "warned" if found.warnings else "ready"
        clear(self._icon_place)
        icon, tone = {
            "blocked": ("octagon-alert", "bad"),
            # Warnings stop nobody: green as well, so that red keeps its meaning.
            "warned": ("circle-check", "ok"),
            "ready": ("circle-check-big", "ok"),
        }[state]
        self._icon_place.addWidget(picture(self._bench.tools.theme, icon, tone, 34))
        self._icon_place.addStretch(1)
        self.head.setText(self._t(f"head.{state}", count=counts["block"]))
        self.told.setText(self._t(f"told.{state}", **counts))
        for name, chip in self.chips.items():
            count = sum(counts.values()) if name == "all" else counts[name]
            text = self._t(f"filter.{name}", count=count)
            chip.setText(text)
            chip.setAccessibleName(text)
            chip.setToolTip(self._t(f"filter_tip.{name}"))
            # An empty filter would show an empty page; all of nothing says that nothing was found.
            chip.setEnabled(bool(count) or name == "all")

    def _chosen(self, checked: CheckedStory) -> list[Finding]:
        findings = [one for one in checked.findings if self._filter in ("all", one.level)]
        rank: dict[Level, int] = {level: number for number, level in enumerate(LEVELS)}
        return sorted(findings, key=lambda one: (TOPICS.index(one.topic), rank[one.level]))

    def _fill(self, checked: CheckedStory) -> None:
        """Rebuild the list; rows come a few at a time."""
        self._later.stop()
        clear(self._list)
        self.rows = []
        self._bodies = {}
        self._chosen_now = self._chosen(checked)
        # The page that was shown may be gone with the findings on it.
        self._first = min(self._first, max(0, len(self._chosen_now) - 1) // SHOWN_AT_ONCE * SHOWN_AT_ONCE)
        # Backwards, as rows are taken from the end.
        self._waiting = self._chosen_now[self._first : self._first + SHOWN_AT_ONCE][::-1]
        self._add_some()

    def _add_some(self) -> None:
        if self._checked is None:
            return
        for _ in range(min(_AT_A_TIME, len(self._waiting))):
            self._add_row(self._waiting.pop(), self._checked)
        if self._waiting:
            self._later.start()
        else:
            self._add_tail(self._checked)

    def finish(self) -> None:
        """Have every row there before this returns."""
        while self._later.isActive():
            self._later.stop()
            self._add_some()

    def _add_row(self, finding: Finding, checked: CheckedStory) -> None:
        body = self._bodies.get(finding.topic)
        if body is None:
            body = self._bodies[finding.topic] = self._group(finding.topic)
            self._list.addWidget(card(body))
        else:
            body.addWidget(separator_line())
        made = FindingRow(finding, checked.story, self._bench.tools, self._acts)
        self.rows.append(made)
        body.addWidget(made)
        if self._focus_at is not None and len(self.rows) > self._focus_at:
            self._focus(self._focus_at)

    def _group(self, topic: Topic) -> QVBoxLayout:
        theme = self._bench.tools.theme
        levels = [one.level for one in self._chosen_now if one.topic == topic]
        worst = next(level for level in LEVELS if level in levels)
        head = row(label(self._t(f"topic.{topic}"), "title"), 1, pill(str(len(levels)), _TONES[worst]))
        return column(head, gap=0, edges=edges(theme, 18, 12))

    def _add_tail(self, checked: CheckedStory) -> None:
        if self._focus_at is not None and self.rows:
            self._focus(len(self.rows) - 1)
        if len(self._chosen_now) > SHOWN_AT_ONCE:
            self._list.addLayout(self._pages())
        if not self._chosen_now:
            self._list.addWidget(self._nothing())
        if checked.readiness.overridden:
            self._list.addWidget(self._overridden(checked))
        if checked.story.put_aside:
            self._list.addWidget(self._aside(len(checked.story.put_aside)))

    def _pages(self) -> QHBoxLayout:
        theme, count = self._bench.tools.theme, len(self._chosen_now)
        last = min(count, self._first + SHOWN_AT_ONCE)
        self.before = button(theme, self._t("page_before"), partial(self._turn, -1), icon="chevron-left")
        self.after = button(theme, self._t("page_after"), partial(self._turn, 1), icon="chevron-right")
        self.before.setEnabled(self._first > 0)
        self.after.setEnabled(last < count)
        told = label(self._t("page", first=self._first + 1, last=last, count=count), "muted")
        return row(self.before, told, self.after, 1, gap=theme.px(10))

    def _nothing(self) -> QFrame:
        theme = self._bench.tools.theme
        text = label(self._t("nothing" if self._filter == "all" else "nothing_of_level"), wrap=True)
        inside = row(picture(theme, "circle-check", "ok"), text, gap=theme.px(10), edges=edges(theme, 18, 14))
        inside.setStretch(1, 1)
        return card(inside)

    def _overridden(self, checked: CheckedStory) -> QFrame:
        theme = self._bench.tools.theme
        body = column(label(self._t("overridden"), "title"), gap=theme.px(6), edges=edges(theme, 18, 12))
        for finding in checked.readiness.overridden:
            body.addWidget(label(finding_words(finding, self._bench.tools.texts), wrap=True))
            body.addWidget(self._reason(checked.readiness.reasons[finding.block_key]))
        return card(body)

    def _reason(self, step: StatusChange) -> QLabel:
        moment = local_moment(step.when)
        when = day_and_time(moment, self._bench.tools.texts.language) if moment else step.when
        who = step.by or self._t("nobody")
        return label(self._t("override_line", when=when, who=who, reason=step.reason), "muted", wrap=True)

    def _aside(self, count: int) -> QFrame:
        theme = self._bench.tools.theme
        again = button(theme, self._t("aside_again"), self._take_up, look="link")
        again.setEnabled(not self._acts.locked)
        inside = row(label(self._t("aside", count=count), "muted"), again, 1, edges=edges(theme, 18, 8))
        return card(inside)

    # ------------------------------------------------------------------------------------------- doing

    def _choose(self, name: Filter) -> None:
        self._filter = name
        self._first = 0
        if self._checked is not None:
            self._fill(self._checked)

    def _turn(self, by: int, focus: int = 0) -> None:
        """Another page of the list; the focus goes to its row number ``focus``."""
        self._first = max(0, self._first + by * SHOWN_AT_ONCE)
        self._focus_at = focus
        if self._checked is not None:
            self._fill(self._checked)
            self._area.verticalScrollBar().setValue(0)

    def _take_up(self) -> None:
        for key in self._bench.session.story.put_aside:
            self._bench.session.edit(mending.take_up_again(key))

    def _focused(self) -> int | None:
        focus = QApplication.focusWidget()
        return next((n for n, made in enumerate(self.rows) if focus is not None and made.isAncestorOf(focus)), None)

    def _focus(self, number: int) -> None:
        self._focus_at = None
        target = self.rows[number]
        if target.buttons:
            target.buttons[0].setFocus()
        # When the rows have their layout: before, there is no place to scroll to.
        QTimer.singleShot(0, target, lambda: self._area.ensureWidgetVisible(target))

    def step(self, by: int) -> None:
        """Put the focus on the next finding (1) or the one before (-1)."""
        self.finish()
        if not self.rows:
            return
        at = self._focused()
        to = (0 if by > 0 else len(self.rows) - 1) if at is None else at + by
        if to == len(self.rows) and self._first + to < len(self._chosen_now):
            self._turn(1)
        elif to < 0 < self._first:
            self._turn(-1, SHOWN_AT_ONCE - 1)
        else:
            self._focus(to % len(self.rows))
