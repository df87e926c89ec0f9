"""The side panel of the checking desk: how far the story is, the next step, and the steps so far."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from studio.base.errors import UserError
from studio.base.relative_dates import local_moment, short_date, time_of_day
from studio.services.story_list import status_text
from studio.story import publishing
from studio.story import story_status as flow
from studio.story.withdrawal import rewriting_steps, shown_status
from studio.ui.core.desk_context import now_stamp
from studio.ui.widgets.basic_parts import (
    STATUS_TONES,
    button,
    card,
    clear,
    column,
    describe,
    edges,
    label,
    pill,
    row,
    set_pill,
)

if TYPE_CHECKING:
    from studio.story.model import Status, StatusChange, Story
    from studio.ui.check.background_checker import CheckedStory
    from studio.ui.core.desk_context import DeskContext

_LOG_SHOWN = 8
_ICONS: dict[Status, str] = {
    "draft": "pencil-line",
    "review": "users",
    "ready": "circle-check",
    "published": "send",
    "corrected": "file-pen-line",
    "withdrawn": "archive-x",
}


class StatusPanel(QWidget):
    """Status, next steps, log.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        self._blocks: int | None = None
        self.mark: QLabel = pill("", "idle")
        self.told = label("", "hint", wrap=True)
        self.steps: dict[Status, QPushButton] = {}
        self._ways = QVBoxLayout()
        self._log = QVBoxLayout()
        self._lay_out()
        bench.session.changed.connect(self.show_story)
        self.show_story(bench.session.story)

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"checkdesk.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._bench.tools.theme
        px = theme.px
        self._ways.setSpacing(px(6))
        self._log.setSpacing(px(5))
        now = column(
            row(label(self._t("status"), "title"), 1, self.mark),
            self.told,
            -px(2),
            self._ways,
            gap=px(6),
            edges=edges(theme, 16, 14),
        )
        log = column(label(self._t("log"), "title"), self._log, gap=px(8), edges=edges(theme, 16, 14))
        self._log_card = card(log)
        onward = button(theme, self._bench.t("window.on_to_publish"), lambda: self._bench.go("publish"), icon="send")
        self.setLayout(column(card(now), self._log_card, 1, onward, gap=px(12), edges=edges(theme, 16, 16)))

    def show_checked(self, checked: CheckedStory) -> None:
        """Know how many blocks there are."""
        self._blocks = len(checked.readiness.blocks)
        self.show_story(self._bench.session.story)

    def show_story(self, story: Story) -> None:
        """Show where the story stands and where it may go."""
        shown = shown_status(story)
        held = shown in flow.PUBLIC and bool(self._blocks)  # marked so once; the gate holds it back now
        word = status_text(self._bench.tools.texts, shown, held=held)
        set_pill(self.mark, word, "bad" if held else STATUS_TONES[shown])
        told = self._t(f"status.{story.status if shown == story.status else 'rewritten'}")
        if held:
            # Marked as ready, and since then something came that holds it back: a required comment, a day that passed.
            told = f"{self._t('step_blocked', count=self._blocks)}."
        self.told.setText(told)
        # The button that was pressed goes; without this the focus would leave the panel.
        focused = next((name for name, made in self.steps.items() if made.hasFocus()), None)
        clear(self._ways)
        self.steps = {}
        for number, to in enumerate(flow.STEPS[story.status]):
            self.steps[to] = self._step_button(story, to, primary=number == 0)
            self._ways.addWidget(self.steps[to])
        if focused is not None and self.steps:
            next(iter(self.steps.values())).setFocus()
        self._show_log(story)

    def _step_button(self, story: Story, to: Status, *, primary: bool) -> QPushButton:
        blocked = to in flow.PUBLIC and to != "corrected" and bool(self._blocks)
        text = self._t(f"step.{story.status}.{to}")
        look = "primary" if primary and not blocked else "danger" if to == "withdrawn" else ""
        made = button(self._bench.tools.theme, text, partial(self._change_status, to), look=look, icon=_ICONS[to])
        code = "again" if story.status == "withdrawn" else to
        tip = self._t("step_blocked", count=self._blocks) if blocked else self._t(f"step_tip.{code}")
        describe(made, text, tip)
        made.setEnabled(not self._bench.session.read_only)
        return made

    def _change_status(self, to: Status) -> None:
        if to == "corrected":
            self._correct()
            return
        tools = self._bench.tools
        stamp = now_stamp(self._bench)
        reason = ""
        # Readers are told why a story was taken back; that it comes again needs a reason, too.
        if to == "withdrawn" or self._bench.session.story.status == "withdrawn":
            asked = tools.dialogs.ask_text(self._t(f"step_reason.{to}"), self._t("step_reason_label"))
            if asked is None:
                return
            reason = asked
        try:
            edit = flow.step_status(
                self._bench.session.story, to, stamp.when, stamp.by, reason, blocks=self._blocks or 0
            )
        except UserError as error:
            tools.dialogs.explain(error)
            return
        self._bench.session.edit(edit)
        # From now on links to it are given away: its address takes the headline it has now.
        if to == "ready":
            self._bench.session.settle_address()

    def _correct(self) -> None:
        """Ask what was wrong and why, and record the correction that readers get to see."""
        from studio.ui.publish.phone_correct import CorrectDialog

        dialog = CorrectDialog(self._bench, publishing.told_changes(self._bench.session.story))
        try:
            if self._bench.tools.dialogs.show(dialog) and dialog.edit is not None:
                self._bench.session.edit(dialog.edit)
        finally:
            dialog.deleteLater()

    # ------------------------------------------------------------------------------------------- the log

    def _show_log(self, story: Story) -> None:
        clear(self._log)
        now = datetime.now().astimezone()
        again = rewriting_steps(story)
        for step in reversed(story.log[-_LOG_SHOWN:]):
            self._log.addLayout(self._log_line(step, now, again=step in again))
        self._log_card.setVisible(bool(story.log))

    def _log_line(self, step: StatusChange, now: datetime, *, again: bool) -> QVBoxLayout:
        texts, theme = self._bench.tools.texts, self._bench.tools.theme
        moment = local_moment(step.when)
        when = f"{short_date(moment, now, texts)}, {time_of_day(moment, texts.language)}" if moment else step.when
        if step.finding:
            mark = pill(self._t("overridden_mark"), "warn")
        else:
            said = self._t("rewritten_mark") if again else status_text(texts, step.status)
            mark = pill(said, STATUS_TONES[step.status])
        lines = column(row(mark, label(when, "muted"), 1, gap=theme.px(8)), gap=theme.px(1))
        told = " · ".join(part for part in (step.by, step.reason) if part)
        if told:
            lines.addWidget(label(told, "muted", wrap=True))
        return lines
