"""The queue of the open workspace while the window lives: it goes on when another story or desk is shown."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from studio.base.errors import UserError
from studio.services.story_export import open_queue, prepare_painting, run_export_queue

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.progress import Progress
    from studio.export.running.export_queue import ExportQueue
    from studio.export.running.queue_runner import QueueOutcome, QueueReport
    from studio.store.workspace import Workspace
    from studio.ui.core.background_jobs import BackgroundJob
    from studio.ui.core.desk_context import DeskContext, WindowTools

LOOK_EVERY_MS = 4000
"""How often a stick that was pulled out is looked for."""
_TELL_EVERY = 0.1


class QueueWork(QObject):
    """Runs the queue in a lane of its own.

    Args:
        tools: what every part is given.
        workspace: whose queue.
    """

    changed = Signal()
    """Items came, went, or ended."""
    reported = Signal(object)
    """A ``QueueReport``, some ten times a second at most."""
    finished = Signal(object)
    """A ``QueueOutcome``."""

    def __init__(self, tools: WindowTools, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self.workspace = workspace
        self.queue = open_queue(workspace)
        self.report: QueueReport | None = None
        self._job: BackgroundJob | None = None
        self._told = 0.0
        self._item = ""
        self._clock = QTimer(self, interval=LOOK_EVERY_MS)
        self._clock.timeout.connect(self.look_for_disks)

    @property
    def running(self) -> bool:
        """Whether something is being made."""
        return self._job is not None

    def start(self) -> None:
        """Go on with what waits."""
        if self.running or self.workspace.read_only:
            return
        self.queue.resume_queue()
        if self.queue.next() is None:
            self.changed.emit()
            return
        prepare_painting()
        job = self._tools.jobs.start(
            self._tools.t("queue.job"), self._run_queue, done=self._done, failed=self._failed, lane="queue"
        )
        # A job may be over before start() returns; then nobody would reset ``_job`` any more.
        if job.state in {"waiting", "running"}:
            self._job = job
            job.ended.connect(self._ended)
        self.changed.emit()

    def pause(self) -> None:
        """Stop; what is finished stays, the video that is being encoded goes on from its last part."""
        self.queue.pause()
        self.changed.emit()

    def change_queue(self, change: Callable[[ExportQueue], object]) -> None:
        """Change the queue, and tell everybody; the disk's refusal is explained."""
        try:
            change(self.queue)
        except UserError as error:
            self._tools.dialogs.explain(error)
        self.changed.emit()

    def _run_queue(self, progress: Progress) -> QueueOutcome:
        return run_export_queue(self.queue, self.workspace, self._tools.texts, progress, self._report_progress)

    def _report_progress(self, report: QueueReport) -> None:
        """In the worker: a signal takes it to the window."""
        now = time.monotonic()
        if report.item != self._item:
            self._item = report.item
            self.changed.emit()
        # ffmpeg reports far more often than a window can paint; a new item is always reported.
        elif now - self._told < _TELL_EVERY:
            return
        self._told = now
        self.report = report
        self.reported.emit(report)

    def _done(self, outcome: QueueOutcome) -> None:
        self._ended()
        self.finished.emit(outcome)
        if (window := QApplication.activeWindow()) is not None:
            QApplication.alert(window)

    def _failed(self, error: UserError) -> None:
        self._ended()
        self._tools.dialogs.explain(error)

    def _ended(self) -> None:
        self._job = None
        self.report = None
        if any(item.state == "lost" for item in self.queue.items):
            self._clock.start()
        self.changed.emit()

    # ------------------------------------------------------------------------------------------- sticks

    def look_for_disks(self) -> None:
        """Whether a stick that was pulled out is back: then its items go on."""
        if self.workspace.read_only or not any(item.state == "lost" for item in self.queue.items):
            self._clock.stop()
            return
        if not self.running:
            find = partial(_find, self.queue)
            self._tools.jobs.start(self._tools.t("queue.job"), find, done=self._start_found, lane="quick", quiet=True)

    def _start_found(self, count: int) -> None:
        if count:
            self.start()


def _find(queue: ExportQueue, progress: Progress) -> int:
    progress.report(0, 1, "")
    return queue.found_again()


def work_of(bench: DeskContext) -> QueueWork:
    """The one queue of this workspace; kept with the jobs, as desks come and go with the stories."""
    keeper = cast("QObject", bench.tools.jobs)
    for child in keeper.findChildren(QueueWork):
        if child.workspace is bench.workspace:
            return child
    return QueueWork(bench.tools, bench.workspace, keeper)
