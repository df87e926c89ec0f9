"""The checking desk as it is today: what the story still lacks, with a way to each gap, and its status.

The rules about language, facts and people come with ``studio.checks`` (issue 7); the page says so.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QFrame, QProgressBar, QRadioButton, QVBoxLayout, QWidget

from studio.story import edits
from studio.story.completeness import Item, items
from studio.ui.library.rows import TONES, status_text
from studio.ui.parts import button, card, clear, column, describe, edges, label, line, picture, pill, row, scrolled
from studio.ui.times import clock_time, parse_moment, short_date

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from studio.story.model import Status, Story
    from studio.ui.desk import Bench

_STATUSES: tuple[Status, ...] = ("draft", "review", "ready", "published", "corrected", "withdrawn")
_LOG_SHOWN = 6


class CheckDesk(QWidget):
    """What is missing, and how far the story is.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._shown: tuple[Item, ...] = ()
        self._open = QVBoxLayout()
        self._done = QVBoxLayout()
        self._bar = QProgressBar()
        self._count = pill("", "warn")
        self._head = label("", "title")
        self._log = QVBoxLayout()
        self.statuses = QButtonGroup(self)
        self.side_panel = self._make_panel()
        self._lay_out()
        bench.session.changed.connect(self._show)
        self._show(bench.session.story)

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"checkdesk.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._bench.tools.theme
        px = theme.px
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self._t("progress"))
        for part in (self._open, self._done):
            part.setSpacing(px(2))
        head = column(label(self._t("title"), "page"), label(self._t("intro"), "hint", wrap=True), gap=px(2))
        todo = column(
            row(self._head, 1, self._count),
            self._bar,
            -px(4),
            self._open,
            gap=px(8),
            edges=edges(theme, 18, 16),
        )
        done = column(label(self._t("done"), "title"), self._done, gap=px(8), edges=edges(theme, 18, 16))
        soon = column(
            label(self._t("soon_title"), "title"),
            label(self._t("soon"), "hint", wrap=True),
            gap=px(6),
            edges=edges(theme, 18, 16),
        )
        self._done_card = card(done)
        inside = QWidget()
        inside.setLayout(
            column(head, card(todo), self._done_card, card(soon), 1, gap=px(14), edges=edges(theme, 20, 18))
        )
        self.setLayout(column(scrolled(inside), gap=0))

    def _make_panel(self) -> QWidget:
        theme = self._bench.tools.theme
        px = theme.px
        choices = column(label(self._t("status"), "title"), gap=px(6))
        for number, status in enumerate(_STATUSES):
            choice = QRadioButton(status_text(self._bench.tools.texts, status))
            describe(choice, status_text(self._bench.tools.texts, status), self._t(f"status.{status}"))
            choice.clicked.connect(partial(self._set_status, status))
            choice.setEnabled(not self._bench.session.read_only)
            self.statuses.addButton(choice, number)
            choices.addWidget(choice)
        choices.setContentsMargins(*edges(theme, 16, 14))
        self._log.setSpacing(px(4))
        log = column(label(self._t("log"), "title"), self._log, gap=px(6), edges=edges(theme, 16, 14))
        self._log_card: QFrame = card(log)
        onward = button(theme, self._bench.t("window.on_to_publish"), lambda: self._bench.go("publish"), look="primary")
        panel = QWidget()
        panel.setLayout(column(card(choices), self._log_card, 1, onward, gap=px(12), edges=edges(theme, 16, 16)))
        return panel

    # ------------------------------------------------------------------------------------------- showing

    def _show(self, story: Story) -> None:
        found = items(story)
        if found != self._shown:
            self._shown = found
            self._show_items(found)
        self.statuses.button(_STATUSES.index(story.status)).setChecked(True)
        self._show_log(story)

    def _show_items(self, found: tuple[Item, ...]) -> None:
        clear(self._open)
        clear(self._done)
        missing = [item for item in found if not item.done]
        for number, item in enumerate(missing):
            if number:
                self._open.addWidget(line())
            self._open.addLayout(self._open_row(item))
        if not missing:
            self._open.addLayout(self._all_done())
        for item in found:
            if item.done:
                self._done.addLayout(self._mark_row("circle-check", "ok", self._t(f"item.{item.code}_done")))
        self._done_card.setVisible(len(missing) < len(found))
        self._head.setText(self._t("open" if missing else "complete"))
        self._bar.setRange(0, len(found))
        self._bar.setValue(len(found) - len(missing))
        self._count.setText(self._t("count", done=len(found) - len(missing), all=len(found)))
        self._count.setProperty("pill", "warn" if missing else "ok")
        self._count.style().polish(self._count)

    def _open_row(self, item: Item) -> QHBoxLayout:
        theme = self._bench.tools.theme
        text = self._t(f"item.{item.code}", count=item.count)
        action = self._t(f"go.{item.desk}")
        go = button(theme, action, lambda: self._bench.go(item.desk), tip=f"{action}: {text}")
        go.setAccessibleName(f"{action}: {text}")
        words = column(
            label(text, "strong", wrap=True), label(self._t(f"why.{item.code}"), "muted", wrap=True), gap=theme.px(1)
        )
        made = row(picture(theme, "triangle-alert", "warn"), words, go, gap=theme.px(12))
        made.setStretch(1, 1)
        made.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        return made

    def _all_done(self) -> QHBoxLayout:
        return self._mark_row("circle-check", "ok", self._t("all_done"))

    def _mark_row(self, icon: str, role: str, text: str) -> QHBoxLayout:
        theme = self._bench.tools.theme
        made = row(picture(theme, icon, role, 17), label(text, wrap=True), gap=theme.px(10))
        made.setStretch(1, 1)
        made.setContentsMargins(0, theme.px(3), 0, theme.px(3))
        return made

    def _show_log(self, story: Story) -> None:
        clear(self._log)
        for step in reversed(story.log[-_LOG_SHOWN:]):
            moment = parse_moment(step.when)
            now = datetime.now().astimezone()
            when = f"{short_date(moment, now, self._bench.tools.texts)}, {clock_time(moment)}" if moment else step.when
            mark = pill(status_text(self._bench.tools.texts, step.status), TONES[step.status])
            self._log.addLayout(row(mark, label(when, "muted"), 1, gap=self._bench.tools.theme.px(8)))
            if step.by:
                self._log.addWidget(label(step.by, "muted"))
        self._log_card.setVisible(bool(story.log))

    def _set_status(self, status: Status) -> None:
        when = datetime.now().astimezone().isoformat(timespec="seconds")
        author = self._bench.tools.settings.text("author")
        self._bench.session.edit(edits.set_status(status, when, author))
