"""The page "Laporan": a period, its figures, what the group did, how many read it, and the report on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from studio.base.progress import PartProgress
from studio.services.activity_reporting import gather_report, report_words
from studio.services.post_readings import posts_to_read
from studio.ui.group.report_activities import ActivitiesPanel
from studio.ui.group.report_figures import FiguresPanel
from studio.ui.group.report_outputs import ReportOutputs
from studio.ui.group.report_period_bar import PeriodBar
from studio.ui.group.report_readings import ReadingsPanel
from studio.ui.widgets.basic_parts import column, edges
from studio.ui.widgets.calm_inputs import tab_bar

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from studio.base.errors import UserError
    from studio.base.progress import Progress
    from studio.documents.report_tables import ReportWords
    from studio.group.activity_report import ActivityReport
    from studio.group.report_period import ReportPeriod
    from studio.services.post_readings import PostLine
    from studio.ui.group.group_context import GroupContext

_PAUSE_MS = 400
_LARGE = 1.3
VIEWS = ("figures", "activities", "readings")
"""The parts of the page, behind tabs."""


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What was counted for a period; ``number`` tells the newest from one that was overtaken."""

    number: int
    report: ActivityReport
    words: ReportWords
    posts: tuple[PostLine, ...]


class ReportPage(QWidget):
    """Period above, three views, ways out below the figures.

    Args:
        context: what a page works with.
    """

    def __init__(self, context: GroupContext) -> None:
        super().__init__()
        self._context = context
        self._number = 0
        self._stale = False
        self.period = PeriodBar(context.tools, lambda: context.today)
        self.activities = ActivitiesPanel(context)
        self.figures = FiguresPanel(context.tools, self._begin_activity)
        self.readings = ReadingsPanel(context)
        self.outputs = ReportOutputs(context, lambda: self.period.period)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self.gather)
        self._lay_out()
        self.home: QWidget = self.period.kind
        self.period.chosen.connect(self._on_period)
        self.readings.edited.connect(self.gather)
        context.session.changed.connect(self._on_records)
        self._on_period(self.period.period)

    def _lay_out(self) -> None:
        theme, t = self._context.tools.theme, self._context.t
        self.tabs = tab_bar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(t("group.page.report"))
        self._stack = QStackedWidget()
        for code, panel in zip(VIEWS, (self.figures, self.activities, self.readings), strict=True):
            self.tabs.addTab(t(f"group.report.view.{code}"))
            self._stack.addWidget(panel)
        self.tabs.currentChanged.connect(self._on_view)
        self._top = QWidget()
        self._top.setLayout(column(self.period, self.tabs, gap=theme.px(4), edges=edges(theme, 20, 4)))
        whole = column(self._top, self._stack, gap=0)
        whole.setStretch(1, 1)
        if theme.scale > _LARGE:  # on a small screen they would leave no room for a figure
            self.figures.add_foot(self.outputs)
        else:
            whole.addWidget(self.outputs)
        self.setLayout(whole)
        self.activities.wide.connect(self._make_room)

    def _make_room(self, wide: bool) -> None:
        self._top.setVisible(not wide)

    def _on_view(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self.finish()
        self.outputs.setVisible(VIEWS[at] == "figures")  # forms need the room

    # ------------------------------------------------------------------------------------------- going

    def showEvent(self, event: QShowEvent) -> None:
        """Stories may have changed while another page was shown."""
        super().showEvent(event)
        self._soon.start()

    def reveal(self, field: str) -> None:
        """Show a view (``"readings"``) and put the focus into it."""
        if field in VIEWS:
            self.tabs.setCurrentIndex(VIEWS.index(field))
            homes: dict[str, QWidget] = {"activities": self.activities.list, "readings": self.readings.table}
            homes.get(field, self.period.kind).setFocus()

    def take_files(self, names: list[str]) -> None:
        """Photos and documents dropped onto the page belong to an activity."""
        self.tabs.setCurrentIndex(VIEWS.index("activities"))
        self.activities.take_files(names)

    def _begin_activity(self) -> None:
        self.tabs.setCurrentIndex(VIEWS.index("activities"))
        self.activities.add_activity()

    # ------------------------------------------------------------------------------------------- counting

    def _on_period(self, period: ReportPeriod) -> None:
        self.activities.show_period(period)
        self.gather()

    def _on_records(self, _: object) -> None:
        """Counting a year costs a second: while an activity is typed in it waits until the figures are looked at."""
        self._stale = True
        self.period.show_today()
        if VIEWS[self.tabs.currentIndex()] != "activities":
            self._soon.start()

    def finish(self) -> None:
        """Count now what was to be counted soon."""
        if self._stale or self._soon.isActive():
            self.gather()

    def gather(self) -> None:
        """Count the period in the background, with the records as they are in the window."""
        self._soon.stop()
        self._stale = False
        story = self._context.stories.session
        if story is not None and story.dirty:
            story.flush()  # what cannot be saved is said above the window; then the story counts as it was saved
        self._number += 1
        number, period, today = self._number, self.period.period, self._context.today
        workspace, texts = self._context.workspace, self._context.tools.texts
        records = self._context.session.records

        def work(progress: Progress) -> _Gathered:
            report = gather_report(workspace, period, today, records, PartProgress(progress, 0, 60, 100))
            posts = posts_to_read(workspace, period, today, PartProgress(progress, 60, 100, 100))
            return _Gathered(number, report, report_words(workspace, texts), posts)

        self._context.tools.jobs.start(
            self._context.t("group.report.counting"),
            work,
            done=self._show_report,
            failed=self._fail,
            owner=self,
            lane="quick",
        )

    def _show_report(self, found: _Gathered) -> None:
        if found.number != self._number:
            return  # the period was changed meanwhile
        self.figures.show_report(found.report, found.words, locked=self._context.session.read_only)
        self.readings.show_posts(found.posts, dict(found.words.outlet_names))

    def _fail(self, error: UserError) -> None:
        self.figures.show_text(self._context.tools.texts.explain(error))
        self.readings.show_posts((), {})
