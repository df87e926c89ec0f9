"""One finding on the desk: what was found, where, why, and the ways out."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QPushButton

from studio.checks.finding_location import excerpt, where
from studio.release.finding_texts import told
from studio.ui.check.acts import short_fix
from studio.ui.parts import button, column, describe, label, picture, row
from studio.ui.write.fields import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.checks.finding import Finding, Fix, Level
    from studio.story.model import Story
    from studio.ui.check.acts import Acts
    from studio.ui.tools import Tools

ICONS: dict[Level, tuple[str, str]] = {
    "block": ("octagon-alert", "bad"),
    "warning": ("triangle-alert", "warn"),
    "advice": ("lightbulb", "info"),
}
_MOST_FIXES = 3


class FindingRow(QFrame):
    """A finding with its buttons.

    Args:
        finding: what a rule noticed.
        story: the story it was noticed in.
        tools: what every part is given.
        acts: what the buttons do.
    """

    def __init__(self, finding: Finding, story: Story, tools: Tools, acts: Acts) -> None:
        super().__init__()
        self.finding = finding
        self.story = story
        self.buttons: list[QPushButton] = []
        self._tools = tools
        self._acts = acts
        self.text = told(finding, tools.texts)
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
        words.addWidget(label(self._context(), "muted", wrap=True))
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
        found = excerpt(self.finding.place, self.story)
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
        place = where(self.finding.place, self.story, self._tools.texts)
        rule = t("checkdesk.rule", source=self.finding.source) if self.finding.source else ""
        times = t("checkdesk.times", count=len(self.finding.more) + 1) if self.finding.more else ""
        return " · ".join(part for part in (place, times, rule) if part)

    def _add_buttons(self) -> None:
        t, acts, finding = self._tools.t, self._acts, self.finding
        if finding.place is not None:
            self._button(t("checkdesk.go"), lambda: acts.go(finding), "chip")
        if acts.locked:
            return
        for fix in finding.fixes[:_MOST_FIXES]:
            code = "fix_source" if fix.act == "source" else "fix" if fix.text else "fix_remove"
            text = t(f"checkdesk.{code}", text=short_fix(fix))
            if fix.also:
                text = t("checkdesk.fix_all", text=short_fix(fix), count=len(fix.also) + 1)
            elif fix.act == "replace" and fix.text and finding.place and fix.place.field != finding.place.field:
                field = where(fix.place, self.story, self._tools.texts)  # a choice between two fields
                text = t("checkdesk.fix_there", where=field, text=short_fix(fix))
            self._button(text, partial(self._mend, fix), "chip")
        if finding.level == "block":
            self._button(t("checkdesk.override"), lambda: acts.override(finding), "link")
        elif acts.word(finding):
            self._ignore_menu()
        else:
            self._button(t("checkdesk.put_aside"), lambda: acts.put_aside(finding), "link")

    def _mend(self, fix: Fix) -> None:
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
        menu.addAction(t("checkdesk.ignore_everywhere"), lambda: acts.learn(finding))
        made = button(self._tools.theme, t("checkdesk.ignore"), look="link")
        describe(made, f"{t('checkdesk.ignore')}: {self.text}", t("checkdesk.ignore"))
        made.setMenu(menu)
        self.buttons.append(made)
