"""The figures of a period on the page "Laporan": numbers, outlets, months, and what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from studio.base.locale_forms import number_text
from studio.documents.report_tables import month_table, outlet_table, total_lines
from studio.ui.group.report_charts import MonthsChart, ReachChart, ShareBar
from studio.ui.widgets.basic_parts import button, card, clear, column, edges, empty, label, scrolled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QFrame

    from studio.documents.report_tables import ReportWords
    from studio.documents.spreadsheets import SheetTable
    from studio.group.activity_report import ActivityReport
    from studio.ui.core.desk_context import WindowTools

_MOST_NOTICES = 8


class FiguresPanel(QWidget):
    """Figures of a report, or what to do where there are none.

    Args:
        tools: what every part is given.
        note_activity: begins a new activity.
    """

    def __init__(self, tools: WindowTools, note_activity: Callable[[], object]) -> None:
        super().__init__()
        self._tools, self._note = tools, note_activity
        self._body = QVBoxLayout()
        self._body.setContentsMargins(*edges(tools.theme, 20, 8))
        self._body.setSpacing(tools.theme.px(12))
        self._whole = column(self._body, gap=0)
        inside = QWidget()
        inside.setLayout(self._whole)
        self.setLayout(column(scrolled(inside), gap=0))
        self.numbers: dict[str, int] = {}

    def add_foot(self, foot: QWidget) -> None:
        """Put something below the figures that scrolls with them."""
        self._whole.addWidget(foot)

    def show_text(self, text: str) -> None:
        """Say why there are no figures."""
        clear(self._body)
        self.numbers = {}
        self._body.addWidget(label(text, "muted", wrap=True))
        self._body.addStretch(1)

    def show_report(self, report: ActivityReport, words: ReportWords, *, locked: bool) -> None:
        """Show the figures."""
        clear(self._body)
        self.numbers = {code: number for code, _, number in total_lines(report.totals, words)}
        if report.is_empty:
            self._body.addWidget(self._nothing(locked))
        else:
            self._body.addLayout(self._tiles(report, words))
            note = "reached_note" if report.totals.reached else "nothing_read"
            self._body.addWidget(label(words.say(note), "hint", wrap=True))
            if report.posts:
                self._body.addWidget(self._charts(report, words))
                most = max(total.posts for total in report.outlets)
                shares = [total.posts / most for total in report.outlets]
                self._body.addWidget(self._table(outlet_table(report, words), shares))
            if (months := month_table(report, words)).rows:
                self._body.addWidget(self._table(months))
        notices = dict.fromkeys(words.explain(notice) for notice in report.notices)
        if notices:
            self._body.addWidget(self._notices(list(notices)))
        self._body.addStretch(1)

    def _nothing(self, locked: bool) -> QFrame:
        tools = self._tools
        add = button(tools.theme, tools.t("group.report.activity_add"), self._note, look="primary", icon="plus")
        add.setEnabled(not locked)
        title, hint = tools.t("group.report.empty_title"), tools.t("group.report.empty")
        return empty(tools.theme, "file-chart-column", title, hint, add)

    def _tiles(self, report: ActivityReport, words: ReportWords) -> QGridLayout:
        theme = self._tools.theme
        across = 6 if theme.scale <= 1.15 else 4 if theme.scale <= 1.3 else 3 if theme.scale <= 1.6 else 2
        grid = QGridLayout()
        grid.setSpacing(theme.px(8))
        # Zeros would only fill the page, except where a number is expected.
        shown = [row for row in total_lines(report.totals, words) if row[2] or row[0] in {"stories", "posts"}]
        for at, (_, text, number) in enumerate(shown):
            figure = label(number_text(number, words.texts.language), "page")
            told = label(text, "muted", wrap=True)
            told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            inside = column(figure, told, gap=0, edges=edges(theme, 12, 8))
            inside.setStretch(1, 1)
            grid.addWidget(card(inside), at // across, at % across)
        for at in range(across):
            grid.setColumnStretch(at, 1)
        return grid

    def _charts(self, report: ActivityReport, words: ReportWords) -> QFrame:
        """Posts by month, and how readers grew where that was noted; side by side where there is room."""
        theme = self._tools.theme
        charts: list[tuple[str, QWidget]] = [("months", MonthsChart(self._tools, report, words))]
        if report.reach_line:
            charts.append(("reached", ReachChart(self._tools, report, words)))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(8))
        across = 2 if theme.scale <= 1.15 else 1
        for at, (code, chart) in enumerate(charts):
            line, column_at = 2 * (at // across), at % across
            grid.addWidget(label(words.say(f"chart.{code}"), "title"), line, column_at)
            grid.addWidget(chart, line + 1, column_at, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column_at, 1)
        return card(column(grid, edges=edges(theme, 18, 12)))

    def _table(self, table: SheetTable, shares: Sequence[float] = ()) -> QFrame:
        """A small table as labels: it is only read, and screen readers meet it in order.

        Args:
            table: what stands in it.
            shares: of the largest, for each row: drawn as bars behind the names.
        """
        theme = self._tools.theme
        # The columns of single outlets stand in the table of outlets.
        shown = [
            at for at in range(len(table.columns)) if len(table.columns) <= 6 or at < 2 or at > len(table.columns) - 4
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(18))
        grid.setVerticalSpacing(theme.px(4))
        rows = [tuple(column.title for column in table.columns), *table.rows, table.totals]
        for line, cells in enumerate(rows):
            look = "muted" if line == 0 else "strong" if line == len(rows) - 1 else ""
            for column_at, at in enumerate(shown):
                # The row of totals may end earlier.
                value = cells[at] if at < len(cells) else None
                text = number_text(value, self._tools.texts.language) if isinstance(value, int) else str(value or "–")
                made = label(text, look)
                if column_at:
                    made.setAlignment(Qt.AlignmentFlag.AlignRight)
                grid.addWidget(made, line, column_at + (1 if shares and column_at else 0))
        for line, share in enumerate(shares, 1):
            grid.addWidget(ShareBar(theme, share), line, 1)
        grid.setColumnStretch(1 if shares else 0, 1)
        return card(column(label(table.name, "title"), grid, gap=theme.px(8), edges=edges(theme, 18, 12)))

    def _notices(self, told: list[str]) -> QFrame:
        theme, t = self._tools.theme, self._tools.t
        parts = [label(f"• {text}", wrap=True) for text in told[:_MOST_NOTICES]]
        if len(told) > _MOST_NOTICES:
            parts.append(label(t("group.report.more_notices", count=len(told) - _MOST_NOTICES), "muted"))
        head = label(t("group.report.notices"), "title")
        return card(column(head, *parts, gap=theme.px(6), edges=edges(theme, 18, 12)))
