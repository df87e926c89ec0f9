"""Has stories that claim to be ready judged quietly in the worker, a few at a time, and says when that is done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.services.listed_verdicts import AT_ONCE, claims_ready, judge_listed, known_standing
from studio.ui.core.background_jobs import ignore_failure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.services.story_list import StoryRow
    from studio.store.index import SearchIndex
    from studio.ui.core.background_jobs import JobRunner, JobState

PAUSE_MS = 250
"""What the user does comes first: opening a story, the pictures of the list."""


class StoryVerdicts(QObject):
    """Knows of rows whether the gate holds them back.

    Args:
        index: where verdicts are kept.
        jobs: where they are asked for.
    """

    judged = Signal(dict)
    """More is known than before: whether these stories are held back, by folder."""

    def __init__(self, index: SearchIndex, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._index = index
        self._jobs = jobs
        self._wanted: dict[str, None] = {}
        self._running = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._judge_some)

    def held(self, rows: Sequence[StoryRow]) -> dict[str, bool]:
        """Which of these stories are held back, as far as that is known; the rest, and what is old, is asked for."""
        if not any(map(claims_ready, rows)):
            return {}
        known = known_standing(self._index, rows)
        missing = {row.folder: None for row in rows if claims_ready(row) and not known.get(row.folder, (0, False))[1]}
        if missing:
            # What is looked at now comes before what was looked at earlier.
            self._wanted = missing | {folder: None for folder in self._wanted if folder not in missing}
            if not self._running:
                self._pause.start()
        return {folder: held for folder, (held, _) in known.items()}

    def stop(self) -> None:
        """Ask no more."""
        self._pause.stop()
        self._wanted.clear()

    def _judge_some(self) -> None:
        some = tuple(self._wanted)[:AT_ONCE]
        if not some or self._running:
            return
        for folder in some:
            del self._wanted[folder]
        self._running = True
        work = partial(judge_listed, self._index, some)
        self._jobs.start(
            "", work, done=self._tell, failed=ignore_failure, ended=self._free, owner=self, lane="quick", quiet=True
        )

    def _free(self, _: JobState) -> None:
        self._running = False
        if self._wanted:
            self._pause.start()

    def _tell(self, said: dict[str, bool]) -> None:
        self.judged.emit(said)
