"""The list of stories from the search index of the workspace."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from studio.services.saved_searches import ending_soon
from studio.services.story_list import Order, StoryRow, listed_row
from studio.ui.core.background_jobs import ignore_failure
from studio.ui.library.story_verdicts import StoryVerdicts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.base.progress import Progress
    from studio.services.saved_searches import SavedFilter
    from studio.store.index import IndexChanges, IndexPage, SearchIndex
    from studio.story.model import Status
    from studio.ui.core.background_jobs import JobRunner, JobState

LOOK_EVERY_MS = 30_000
"""How often the folders are compared with the index, to see what other programs changed (USB stick, sync client)."""


class IndexSource(QObject):
    """Finds stories in the index at once; brings the index up to date in the worker.

    Args:
        index: the index.
        jobs: where it is brought up to date.
        title: what the status bar calls that.
        today: the group's day, as ISO date.
    """

    changed = Signal()
    """The index knows something it did not, or a new day has begun."""
    day_turned = Signal()
    """A new day has begun for the group: what was to come may be over. A laptop sleeps with its window open."""

    def __init__(
        self,
        index: SearchIndex,
        jobs: JobRunner,
        title: str,
        parent: QObject | None = None,
        *,
        today: Callable[[], str],
    ) -> None:
        super().__init__(parent)
        self._today, self._day = today, today()
        self._index = index
        self._jobs = jobs
        self._title = title
        self._busy = False
        self._looked = False
        self._clock = QTimer(self, interval=LOOK_EVERY_MS)
        self._clock.timeout.connect(lambda: self.refresh(quiet=True))
        self.verdicts = StoryVerdicts(index, jobs, self)

    @property
    def index(self) -> SearchIndex:
        """The index itself, for others in the window who ask it something."""
        return self._index

    def find(
        self,
        query: str,
        statuses: Sequence[Status],
        order: Order,
        limit: int,
        offset: int,
        saved: SavedFilter = "",
    ) -> Sequence[StoryRow]:
        """See ``StorySource``."""
        # Not counted: scrolled through page by page, a long list would be counted once for each of them.
        page = self._page(query, statuses, saved, order, limit, offset, counted=False)
        today = self._today()
        rows = [listed_row(found, today) for found in page.rows]
        held = self.verdicts.held(rows)
        return [replace(row, held=held[row.folder]) if row.folder in held else row for row in rows]

    def count(self, query: str, statuses: Sequence[Status], saved: SavedFilter = "") -> int:
        """See ``StorySource``."""
        return self._page(query, statuses, saved, "modified", 0, 0).total

    def _page(
        self,
        query: str,
        statuses: Sequence[Status],
        saved: SavedFilter,
        order: Order,
        limit: int,
        offset: int,
        *,
        counted: bool = True,
    ) -> IndexPage:
        # The only filter that depends on the day, so the index cannot keep it as a state.
        expiring = saved == "expiring"
        return self._index.find(
            query,
            statuses=statuses,
            state="" if expiring else saved,
            ending=ending_soon(self._today()) if expiring else None,
            sort=order,
            limit=limit,
            offset=offset,
            counted=counted,
        )

    def refresh(self, *, quiet: bool = False) -> None:
        """Compare the folders with the index, now and from now on every half minute."""
        # Begins the half minute anew: what was just looked at need not be looked at again at once.
        self._clock.start()
        self._look_at_day()
        if self._busy:
            return
        self._busy = True
        show = partial(self._jobs.post, self._show_growing)
        self._jobs.start(
            self._title,
            self._index.refresh if self._looked else partial(_look_first, self._index, show),
            done=self._refreshed,
            failed=ignore_failure,
            ended=self._free,
            lane="quick",
            quiet=quiet,
        )

    def _look_at_day(self) -> None:
        before, self._day = self._day, self._today()
        if self._day != before:
            self.changed.emit()
            self.day_turned.emit()

    @property
    def looked(self) -> bool:
        """Whether the folders were looked at since the workspace was opened."""
        return self._looked

    def touch(self, folder: str) -> None:
        """Look at one story again."""
        work = partial(_update, self._index, folder)
        self._jobs.start(self._title, work, done=self._emit_changed, failed=ignore_failure, lane="quick", quiet=True)

    def stop(self) -> None:
        """No more looking."""
        self._clock.stop()
        self.verdicts.stop()

    def _free(self, _: JobState) -> None:
        """The list is a convenience: a story that the index lacks is found at the next look."""
        self._busy = False

    def _refreshed(self, changes: IndexChanges) -> None:
        if changes or not self._looked:  # the first time, that nothing changed is news too
            self._looked = True
            self.changed.emit()

    def _show_growing(self) -> None:
        """Some stories of a first look are there."""
        self.changed.emit()

    def _emit_changed(self, _: None) -> None:
        self.changed.emit()


class _GrowingProgress:
    """The progress of a first look, which has the list shown as it grows: each time it has twice as many stories.

    Args:
        progress: hears all of it.
        show: shows the list.
    """

    def __init__(self, progress: Progress, show: Callable[[], None]) -> None:
        self._progress = progress
        self._show = show
        self._shown = 0.0

    def report(self, done: float, total: float, what: str) -> None:
        """See ``Progress.report``; what is done can be found."""
        self._progress.report(done, total, what)
        if done > 0 and done >= 2 * self._shown:
            self._shown = done
            self._show()


def _look_first(index: SearchIndex, show: Callable[[], None], progress: Progress) -> IndexChanges:
    return index.refresh(_GrowingProgress(progress, show))


def _update(index: SearchIndex, folder: str, progress: Progress) -> None:
    progress.report(0, 1, folder)
    index.update(folder)
