"""Choice of the period of a report: kind, the one before and after, or two days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from studio.base.errors import UserError
from studio.group.report_period import (
    PERIOD_KINDS,
    next_period,
    period_around,
    period_between,
    period_words,
)
from studio.ui.check.labelled_fields import DateEntry, pair
from studio.ui.widgets.basic_parts import column, describe, label, row, tool
from studio.ui.widgets.calm_inputs import narrow_combo_box

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from studio.group.report_period import PeriodKind, ReportPeriod
    from studio.ui.core.desk_context import WindowTools


class PeriodBar(QWidget):
    """Shows and chooses a period that has begun.

    Args:
        tools: what every part is given.
        today: tells the present day: the bar may be on the screen when another begins.
    """

    chosen = Signal(object)
    """The ``ReportPeriod``."""

    def __init__(self, tools: WindowTools, today: Callable[[], date]) -> None:
        super().__init__()
        self._tools, self._today = tools, today
        self.period: ReportPeriod = period_around("month", today())
        theme, t = tools.theme, tools.t
        self.kind = narrow_combo_box()
        describe(self.kind, t("group.report.period"))
        for code in PERIOD_KINDS:
            self.kind.addItem(t(f"group.report.period.{code}"), code)
        self.kind.setMinimumWidth(theme.px(110))
        self.before = tool(theme, "chevron-left", t("group.report.before"), lambda: self._step(-1))
        self.after = tool(theme, "chevron-right", t("group.report.after"), lambda: self._step(1))
        self.name = label("", "title")
        hint = t("group.date_hint")
        self.first = DateEntry(tools, t("group.report.first"), hint)
        self.last = DateEntry(tools, t("group.report.last"), hint)
        self.wrong = label("", "bad", wrap=True)
        self._days = QWidget()
        self._days.setLayout(column(pair(tools, self.first, self.last), gap=0))
        line = row(self.kind, self.before, self.after, self.name, 1, gap=theme.px(6))
        self.setLayout(column(line, self._days, self.wrong, gap=theme.px(6)))
        self.kind.activated.connect(self._on_kind)
        for entry in (self.first, self.last):
            entry.edited.connect(self._on_days)
        self._show()

    def show_period(self, period: ReportPeriod) -> None:
        """Choose a period."""
        self.period = period
        self._show()
        self.chosen.emit(period)

    def show_today(self) -> None:
        """The day may have turned: perhaps another period has begun."""
        self.after.setEnabled(next_period(self.period, 1).first <= self._today())

    def _on_kind(self, _: int) -> None:
        kind: PeriodKind = self.kind.currentData()
        # What begins with the shown stretch, but never what has not begun.
        self.show_period(period_around(kind, min(self.period.last, self._today())))
        if kind == "dates":
            self.first.field.setFocus()

    def _step(self, steps: int) -> None:
        moved = next_period(self.period, steps)
        if moved.first <= self._today():
            self.show_period(moved)

    def _on_days(self, _: str) -> None:
        """Both days were typed well: that is the period; else it stays and what is wrong is said."""
        from studio.ui.check.labelled_fields import read_day

        days = [read_day(entry.text()) for entry in (self.first, self.last)]
        if not all(days):
            return
        try:
            period = period_between(*days)
        except UserError as error:
            self._complain(self._tools.texts.explain(error))
            return
        self._complain("")
        # Not by show_period, which would replace what is being typed.
        if period != self.period:
            self.period = period
            self._name()
            self.chosen.emit(period)

    def _complain(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))

    def _show(self) -> None:
        with QSignalBlocker(self.kind):
            self.kind.setCurrentIndex(self.kind.findData(self.period.kind))
        self._days.setVisible(self.period.kind == "dates")
        self.first.show_value(self.period.first.isoformat())
        self.last.show_value(self.period.last.isoformat())
        self._complain("")
        self._name()

    def _name(self) -> None:
        t = self._tools.t
        words = (t("report.quarter"), t("report.semester"))
        self.name.setText(period_words(self.period, self._tools.texts.language, *words))
        self.show_today()
