"""Starts the export of the open story, and says how it went."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.base.errors import UserError
from studio.services.story_export import export_story, export_story_apart, prepare_painting
from studio.services.unfinished_exports import forget_export, note_export
from studio.store.history import keep_exported
from studio.store.workspace import STORY_FILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.settings import UserSettings
    from studio.export.running.story_exporter import ExportedStory
    from studio.store.workspace import Workspace
    from studio.ui.core.background_jobs import BackgroundJob
    from studio.ui.core.desk_context import DeskContext


class ExportRun(QObject):
    """One export at a time.

    Args:
        bench: what a desk works with.
        names: outlet id -> name.
    """

    said = Signal(str, str)
    """A sentence, and the look of it."""
    made = Signal()
    """Files are there."""
    started = Signal(object)
    """Its ``BackgroundJob``."""
    ended = Signal()

    def __init__(self, bench: DeskContext, names: Callable[[], dict[str, str]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._bench = bench
        self._job: BackgroundJob | None = None

    @property
    def running(self) -> bool:
        """Whether an export is on its way."""
        return self._job is not None

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"publishdesk.{code}", **facts)

    def start(self, outlets: tuple[str, ...]) -> None:
        """Save the story, then export it."""
        session, tools = self._bench.session, self._bench.tools
        error = session.flush()
        if error is not None:
            tools.dialogs.explain(error)
            return
        session.settle_address()  # once a link or QR code is out, the address stays
        if not session.folder:
            tools.dialogs.tell(self._t("title"), self._t("nothing"))
            return
        if not tools.jobs.apart:
            prepare_painting()
        workspace = self._bench.workspace
        with contextlib.suppress(OSError, UserError), workspace.for_writing():  # a name in the history stops no export
            keep_exported(workspace.story_dir(session.folder) / STORY_FILE, workspace.clock())
        export = export_story_apart if tools.jobs.apart else export_story
        work = partial(export, workspace, session.folder, outlets, tools.texts, names=self._names())
        note_export(tools.settings, workspace, session.folder, outlets)
        self.said.emit(self._t("running"), "hint")
        title = self._t("job", headline=session.story.headline or session.folder)
        # Heard however it ends, also when this desk is gone by then; not when the program ends first.
        over = partial(_forget, tools.settings, workspace)
        self._job = tools.jobs.start(title, work, done=self._done, failed=self._failed, ended=over)
        if self._job.state in {"done", "failed", "cancelled"}:  # done at once, by the inline runner
            self._ended()
        else:
            self._job.ended.connect(self._ended)
            self.started.emit(self._job)

    def _done(self, exported: ExportedStory) -> None:
        if exported.error is not None:
            self._failed(exported.error)
            return
        self.said.emit(self._t("made", made=exported.made, kept=exported.kept), "ok")
        self.made.emit()

    def _failed(self, error: UserError) -> None:
        self.said.emit(self._bench.tools.texts.explain(error), "bad")

    def _ended(self) -> None:
        cancelled = self._job is not None and self._job.state == "cancelled"
        self._job = None
        if cancelled:
            self.said.emit(self._t("stopped"), "warn")
        self.ended.emit()


def _forget(settings: UserSettings, workspace: Workspace, _state: str) -> None:
    forget_export(settings, workspace)
