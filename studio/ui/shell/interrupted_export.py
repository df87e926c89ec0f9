"""An export that was cut off when the program last ended: offered to go on with, in the line above the page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.services.unfinished_exports import find_unfinished, forget_export, noted_export
from studio.ui.core.background_jobs import ignore_failure
from studio.ui.dialogs.dialog_service import DialogChoice
from studio.ui.shell.message_banner import BannerMessage

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.services.unfinished_exports import UnfinishedExport
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace

_LATER_MS = 1500
"""The window comes first: finding out fills templates for a second."""


class InterruptedExport(QObject):
    """Looks once, and offers.

    Args:
        stories: the open workspace.
        tools: what every part is given, as it is now.
    """

    changed = Signal()
    """There is something to offer, or no more."""
    resume_asked = Signal(object)
    """Go on with this ``UnfinishedExport``."""

    def __init__(self, stories: OpenWorkspace, tools: Callable[[], WindowTools]) -> None:
        super().__init__(stories)
        self._stories = stories
        self._tools = tools
        self.found: UnfinishedExport | None = None
        self._noted = noted_export(tools().settings, stories.workspace)  # now: what begins from here on is not cut off
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self.find_out)
        self._later.start()

    def find_out(self) -> None:
        """Find out, in a worker."""
        self._later.stop()
        tools = self._tools()
        if any(not job.quiet for job in tools.jobs.running()):
            return  # the queue that goes on already, say
        work = partial(find_unfinished, self._noted, self._stories.workspace, tools.texts)
        tools.jobs.start("", work, done=self._note_found, failed=ignore_failure, owner=self, quiet=True)

    def _note_found(self, found: UnfinishedExport | None) -> None:
        self.found = found
        if found is not None:
            self.changed.emit()

    def banner_message(self) -> BannerMessage:
        """The offer; without text when there is none."""
        if self.found is None:
            return BannerMessage("")
        t, found = self._tools().t, self.found
        code = "window.export_cut" if found.folder else "window.queue_cut"
        actions = ((t("window.export_resume"), self._resume), (t("window.export_leave"), self._leave))
        return BannerMessage(t(code, done=found.done, total=found.total), actions, "quiet")

    def _resume(self) -> None:
        found, self.found = self.found, None
        self.changed.emit()
        self.resume_asked.emit(found)

    def _leave(self) -> None:
        self.found = None
        forget_export(self._tools().settings, self._stories.workspace)
        self.changed.emit()


def may_stop_work(tools: WindowTools) -> bool:
    """Whether the program may end: asked while something is being made that the user waits for."""
    working = [job for job in tools.jobs.running() if not job.quiet and not job.cancel_asked]
    if not working:
        return True
    names = "\n".join(f"• {job.title}" for job in working[:4])
    stop = DialogChoice("stop", tools.t("window.quit_stop"), destructive=True)
    text = tools.t("window.quit_working", names=names)
    return tools.dialogs.ask(tools.t("window.quit_working_title"), text, (stop,), tone="warning") == "stop"
