"""Before anything of a story is copied, packed, sent or shown: save it, then ask the gate what may be handed out."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal

from studio.base import paths
from studio.base.errors import UserError
from studio.services.hand_out import HandOuts
from studio.ui.core.background_jobs import ignore_failure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from studio.base.progress import Progress
    from studio.services.hand_out import HandOut
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.core.story_session import SaveState

_PATIENCE = 3.0
"""Seconds that a request of a phone waits for the story to be saved; a save follows an edit within two."""


class HandingOut(QObject):
    """Asks for the open story.

    Args:
        bench: what a desk works with.
        parent: the part of the window that hands out.
    """

    refused = Signal()
    """Nothing may be handed out any more."""

    def __init__(self, bench: DeskContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._outs = HandOuts(bench.workspace, paths.templates_dir(), bench.tools.texts)

    def saved(self) -> bool:
        """Whether the story is on disk as it is now; what stands in the way is explained."""
        error = self._bench.session.flush()
        if error is not None:
            self._bench.tools.dialogs.explain(error)
        return error is None and bool(self._bench.session.folder)

    def start(self, then: Callable[[HandOut], None], outlet: str = "") -> None:
        """Ask in the worker, then go on in the window; a refusal is explained.

        Args:
            then: given what may be handed out.
            outlet: only its files; "" for all.
        """
        if not self.saved():
            return
        ask = partial(_ask, self._outs, self._bench.session.folder, outlet)
        self._bench.tools.jobs.start("", ask, done=then, failed=self.explain, lane="quick", quiet=True)

    def look_for_old(self, then: Callable[[frozenset[str] | None], None]) -> None:
        """Find out in the worker which exported files are older than the story on disk; None: nothing may go out."""
        folder = self._bench.session.folder
        if folder:
            ask = partial(_old, self._outs, folder)
            self._bench.tools.jobs.start("", ask, done=then, failed=ignore_failure, lane="quick", quiet=True)

    def explain(self, error: UserError) -> None:
        """Say why nothing is handed out."""
        self.refused.emit()
        self._bench.tools.dialogs.explain(error)

    def current_files(self, folder: str) -> HandOut:
        """What may be handed out at this moment; for threads beside the window's.

        Raises:
            UserError: ``hand_out.unsaved``, or see ``HandOuts.ask``.
        """
        session = self._bench.session
        end = time.monotonic() + _PATIENCE
        # The gate reads the story from disk. A face covered a second ago must be saved before a phone is answered.
        while session.folder == folder and session.dirty and not session.read_only:
            if time.monotonic() > end:
                raise UserError("hand_out.unsaved")
            time.sleep(0.05)
        return self._outs.ask(folder)

    def show(self, place: Path, opener: Callable[[Path], object]) -> None:
        """Show an exported file or folder to a user who is about to take it along."""
        self.start(lambda handed: self._open(handed, place, opener))

    def _open(self, handed: HandOut, place: Path, opener: Callable[[Path], object]) -> None:
        opener(place)
        if handed.old:
            self._bench.toast(self._bench.t("phone.old_files", n=len(handed.old)))


class OldMarks(QObject):
    """Has files that are older than the story marked, whenever a part that shows them is seen, and with each save.

    Args:
        bench: what a desk works with.
        handing: asks.
        part: shows them.
        mark: told which (paths below the story's export folder); None: nothing may go out.
    """

    def __init__(
        self, bench: DeskContext, handing: HandingOut, part: QWidget, mark: Callable[[frozenset[str] | None], None]
    ) -> None:
        super().__init__(part)
        self._handing, self._part, self._mark = handing, part, mark
        part.installEventFilter(self)
        bench.session.save_state_changed.connect(self._on_saved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look when it is shown."""
        if event.type() == QEvent.Type.Show:
            self._handing.look_for_old(self._mark)
        return False

    def _on_saved(self, state: SaveState) -> None:
        if state.kind == "saved" and self._part.isVisible():
            self._handing.look_for_old(self._mark)


def _old(outs: HandOuts, folder: str, progress: Progress) -> frozenset[str] | None:
    progress.report(0, 1, "")
    return outs.old_paths(folder)


def _ask(outs: HandOuts, folder: str, outlet: str, progress: Progress) -> HandOut:
    progress.report(0, 1, "")
    return outs.ask(folder).for_outlets((outlet,) if outlet else ())
