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
        cancelled: what is said of work that was cancelled.

    Attributes:
        bar: how far the work is; hidden while there is none.
        what: what it is at.
        outcome: how it ended.
        close_button: cancels the work while there is some, else closes.
    """

    def __init__(self, tools: WindowTools, cancelled: str) -> None:
        super().__init__(tools.theme)
        self._tools = tools
        self._cancelled = cancelled
        self._job: BackgroundJob | None = None
        self.bar, self.what = QProgressBar(), label("", "muted")
        self.outcome = label("", wrap=True)
        for part in (self.bar, self.what, self.outcome):
            part.hide()
        self.close_button = button(tools.theme, tools.t("dialog.close"), self.reject)

    def start_work(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
    ) -> None:
        """Have ``work`` done in a worker; ``show_working`` is told when it begins and when it has ended.

        What went wrong is said in the line for how it ended, with what to do now.
        """
        self.show_working(True)
        job = self._tools.jobs.start(title, work, done=done, failed=self._show_error, ended=self._end_work, owner=self)
        # Where jobs are done at once, it has ended already.
        if job.state in {"waiting", "running"}:
            self._job = job
            job.progressed.connect(self._show_progress)

    def show_working(self, working: bool) -> None:
        """Show that work goes on, or no longer; a dialog adds what it locks meanwhile."""
        # Until the first number comes, it only says that something goes on.
        self.bar.setRange(0, 0)
        self.bar.setVisible(working)
        self.what.setVisible(working)
        self.what.setText("")
        self.close_button.setText(self._tools.t("dialog.cancel" if working else "dialog.close"))
        if working:
            self.outcome.setVisible(False)

    def _show_progress(self, done: float, total: float, what: str) -> None:
        self.bar.setRange(0, 1000 if done else 0)
        self.bar.setValue(round(1000 * done / total) if total else 0)
        self.what.setText(what)

    def show_outcome(self, text: str) -> None:
        """Say how it ended."""
        self.outcome.setText(text)
        self.outcome.setVisible(True)

    def _show_error(self, error: UserError) -> None:
        self.show_outcome(self._tools.texts.explain(error))

    def _end_work(self, state: JobState) -> None:
        self._job = None
        self.show_working(False)
        if state == "cancelled":
            self.show_outcome(self._cancelled)

    def reject(self) -> None:
        """Stop the work, or close."""
        if self._job is not None:
            self._job.cancel()
            return
        super().reject()
