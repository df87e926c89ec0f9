"""Buttons that write the report of a period: workbook, paper, tables, the set to paste; with progress and cancel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QGridLayout, QProgressBar

from studio.base.progress import PartProgress
from studio.services.activity_reporting import PARTS, WrittenReport, gather_report, report_words, write_activity_report
from studio.ui.widgets.basic_parts import button, column, label, row

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from studio.base.errors import UserError
    from studio.base.progress import Progress
    from studio.group.report_period import ReportPeriod
    from studio.services.activity_reporting import ReportPart
    from studio.ui.core.background_jobs import BackgroundJob
    from studio.ui.group.group_context import GroupContext

_ICONS = {"xlsx": "file-spreadsheet", "pdf": "file-text", "csv": "list", "kim-id": "clipboard-paste"}


class ReportOutputs(QFrame):
    """A button for each way out, and how far it is.

    Args:
        context: what a page works with.
        period: tells the period that is shown.
    """

    def __init__(self, context: GroupContext, period: Callable[[], ReportPeriod]) -> None:
        super().__init__()
        self._context, self._period = context, period
        self._job: BackgroundJob | None = None
        self._place: Path | None = None
        theme, t = context.tools.theme, context.t
        self.buttons = {
            part: button(theme, t(f"report.file.{part}"), partial(self.write, part), icon=_ICONS[part])
            for part in PARTS
        }
        self.bar = QProgressBar()
        # In thousandths: QProgressBar knows integers only.
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(t("report.job"))
        self.stop = button(theme, t("group.products.stop"), self._cancel, icon="x")
        self.told = label("", "muted", wrap=True)
        self.open = button(theme, t("group.products.open_folder"), self._open, look="link")
        for part in (self.bar, self.stop, self.told, self.open):
            part.hide()
        grid = QGridLayout()
        grid.setSpacing(theme.px(6))
        across = 4 if theme.scale <= 1.3 else 2 if theme.scale <= 1.6 else 1
        for at, made in enumerate(self.buttons.values()):
            grid.addWidget(made, at // across, at % across)
            grid.setColumnStretch(at % across, 1)
        foot = row(self.bar, self.stop, self.told, self.open, gap=theme.px(8))
        foot.setStretch(2, 1)
        self.setLayout(
            column(grid, foot, gap=theme.px(4), edges=(theme.px(20), theme.px(6), theme.px(20), theme.px(8)))
        )

    def write(self, part: ReportPart) -> None:
        """Ask for a folder and write one way out into it."""
        context = self._context
        tools = context.tools
        # The report is counted from what is on the disk.
        error = context.session.flush() or (context.stories.session.flush() if context.stories.session else None)
        if error is not None:
            tools.dialogs.explain(error)
            return
        start = self._place or context.workspace.path.parent
        chosen = tools.dialogs.choose_folder(context.t("group.report.choose_folder"), start)
        if chosen is None:
            return
        from studio.services.story_export import prepare_painting

        prepare_painting()
        self._place = chosen
        work = partial(_write, context, self._period(), context.today, chosen, part)
        self._job = tools.jobs.start(
            context.t("report.job"), work, done=self._done, failed=self._failed, ended=self._ended, owner=self
        )
        if self._job.state in {"done", "failed", "cancelled"}:  # work that is done at once
            self._ended(self._job.state)
            return
        self._job.progressed.connect(self._on_progress)
        self.bar.setValue(0)
        for shown in (self.bar, self.stop):
            shown.show()
        for hidden in (self.told, self.open):
            hidden.hide()
        self._enable(False)

    def _enable(self, on: bool) -> None:
        for made in self.buttons.values():
            made.setEnabled(on)

    def _on_progress(self, done: float, total: float, _: str) -> None:
        self.bar.setValue(round(1000 * done / total) if total else 0)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ended(self, _: object) -> None:
        self._job = None
        self.bar.hide()
        self.stop.hide()
        self._enable(True)

    def _failed(self, error: UserError) -> None:
        self._context.tools.dialogs.explain(error)

    def _done(self, written: WrittenReport) -> None:
        context = self._context
        names = ", ".join(dict.fromkeys(self._shown_name(file) for file in written.files))
        self.told.setText(context.t("group.report.written", files=names))
        self.told.show()
        self.open.show()
        if written.notices:
            lines = dict.fromkeys(context.tools.texts.explain(notice) for notice in written.notices)
            context.tools.dialogs.tell(context.t("group.report.written_partly"), "\n\n".join(lines), tone="warning")

    def _shown_name(self, file: Path) -> str:
        """A file right in the folder, else the folder it lies in."""
        return file.relative_to(self._place).parts[0] if self._place is not None else file.name

    def _open(self) -> None:
        from studio.ui.publish.export_results import open_folder

        if self._place is not None:
            open_folder(self._place)


def _write(
    context: GroupContext, period: ReportPeriod, today: date, out: Path, part: ReportPart, progress: Progress
) -> WrittenReport:
    workspace, texts = context.workspace, context.tools.texts
    report = gather_report(workspace, period, today, None, PartProgress(progress, 0, 30, 100))
    words = report_words(workspace, texts)
    return write_activity_report(workspace, report, out, words, (part,), PartProgress(progress, 30, 100, 100))
