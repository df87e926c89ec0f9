"""Dialogs that have something made and stay open for what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QProgressBar

from studio.ui.widgets.basic_parts import button, label
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.errors import UserError
    from studio.base.progress import Progress
    from studio.ui.core.background_jobs import BackgroundJob, JobState
    from studio.ui.core.desk_context import WindowTools

T = TypeVar("T")


class WorkingDialog(StyledDialog):
    """A dialog of one job at a time: a bar, a button that cancels it or closes, and a line for how it ended.

    Args:
        tools: what every part is given.

    Attributes:
        bar: how far the work is.
        outcome: how it ended.
        close_button: cancels the work while there is some, else closes.
    """

    def __init__(self, tools: WindowTools) -> None:
        super().__init__(tools.theme)
        self._tools = tools
        self._job: BackgroundJob | None = None
        self.bar = QProgressBar()
        self.outcome = label("", wrap=True)
        self.close_button = button(tools.theme, tools.t("dialog.close"), self.reject)

    def start_work(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[UserError], object],
    ) -> None:
        """Have ``work`` done in a worker; ``show_working`` is told when it begins and when it has ended."""
        self.show_working(True)
        job = self._tools.jobs.start(title, work, done=done, failed=failed, ended=self._end_work)
        # Where jobs are done at once, it has ended already.
        if job.state in {"waiting", "running"}:
            self._job = job
            job.progressed.connect(self.show_progress)

    def show_working(self, working: bool) -> None:
        """Show that work goes on, or no longer; a dialog adds what it locks meanwhile."""
        # Until the first number comes, it only says that something goes on.
        self.bar.setRange(0, 0)
        self.bar.setVisible(working)
        self.close_button.setText(self._tools.t("dialog.cancel" if working else "dialog.close"))
        if working:
            self.outcome.setVisible(False)

    def show_progress(self, done: float, total: float, what: str) -> None:
        """How far the work is."""
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * done / total) if total else 0)

    def show_outcome(self, text: str) -> None:
        """Say how it ended."""
        self.outcome.setText(text)
        self.outcome.setVisible(True)

    def cancelled_words(self) -> str:
        """What is said of work that was cancelled."""
        raise NotImplementedError

    def _end_work(self, state: JobState) -> None:
        self._job = None
        self.show_working(False)
        if state == "cancelled":
            self.show_outcome(self.cancelled_words())

    def reject(self) -> None:
        """Stop the work, or close."""
        if self._job is not None:
            self._job.cancel()
            return
        super().reject()
