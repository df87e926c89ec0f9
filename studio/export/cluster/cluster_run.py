"""Many stories of many workspaces on one cluster, several of them under way at once."""

from __future__ import annotations

import queue
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from studio.base import paths
from studio.base.errors import UserError, WorkCancelled
from studio.export.cluster.cluster_executor import ClusterExecutor, claim_folders
from studio.export.running.story_exporter import ExportedStory, StoryExporter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.export.cluster.cluster_link import ClusterLink
    from studio.export.running.story_exporter import ExportOrder
    from studio.store.workspace import Workspace

_LEAST_LANES, _MOST_LANES = 4, 64
_LANES_PER_WORKER = 2
"""Stories under way for each worker: while one ends with its last file, the next has work for everybody."""


@dataclass(frozen=True, slots=True)
class WorkspaceWish:
    """What of a workspace is to be exported where, as ``StoryExporter.export`` takes it."""

    workspace: Workspace
    stories: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    out: Path | None = None
    past: bool = False


@dataclass(frozen=True, slots=True)
class StoryDone:
    """What became of a story, and of which wish it is."""

    wish: WorkspaceWish
    exported: ExportedStory


@dataclass(slots=True)
class _ReadyWish:
    """A workspace whose packs were read."""

    wish: WorkspaceWish
    exporter: StoryExporter
    order: ExportOrder
    folders: tuple[str, ...]


@dataclass(slots=True)
class _RunWatch:
    """The progress of all stories together, told from any thread; each story is one unit."""

    progress: Progress
    stop: threading.Event
    total: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _shares: dict[int, float] = field(default_factory=dict)

    def tell_progress(self, story: int, share: float, what: str) -> None:
        """One story is that far.

        Raises:
            WorkCancelled: somebody stopped the run.
        """
        if self.stop.is_set():
            raise WorkCancelled
        with self._lock:
            # A story that is tried again on another computer begins anew: the bar does not go back for it.
            self._shares[story] = max(share, self._shares.get(story, 0.0))
            done = sum(self._shares.values())
            try:
                self.progress.report(done, max(self.total, 1), what)
            except WorkCancelled:
                self.stop.set()
                raise


@dataclass(frozen=True, slots=True)
class _StoryProgress:
    """The progress of one story of a run."""

    watch: _RunWatch
    story: int

    def report(self, done: float, total: float, what: str) -> None:
        """See ``Progress.report``."""
        self.watch.tell_progress(self.story, min(1.0, done / total) if total > 0 else 1.0, what)


_Box: TypeAlias = "queue.SimpleQueue[tuple[_ReadyWish, str, Future[ExportedStory]]]"


def export_on_cluster(
    wishes: Sequence[WorkspaceWish], link: ClusterLink, texts: MessageTexts, progress: Progress, *, frugal: bool = False
) -> Iterator[StoryDone]:
    """Export the stories of workspaces, as ``StoryExporter.export`` does one by one; manifests are written here.

    What the cluster cannot do is done here. Call it in the main thread: that may mean to paint.

    Yields:
        Each story as it is done.

    Raises:
        UserError: an unknown story or outlet, before anything is made; a folder cannot be written.
        WorkCancelled: from ``progress``; what was finished stays.
    """
    from studio.paint.qt_application import ensure_gui

    ensure_gui()
    stop = threading.Event()
    with ExitStack() as held:
        ready = [_ready_wish(wish, link, texts, held, stop, frugal=frugal) for wish in wishes]
        watch = _RunWatch(progress, stop, sum(len(each.folders) for each in ready))
        # More stories than workers are under way: while one waits for the gate or the disk here, others keep them busy.
        lanes = min(_MOST_LANES, max(_LEAST_LANES, _LANES_PER_WORKER * len(link.workers())))
        pool = ThreadPoolExecutor(lanes, thread_name_prefix="kim-lane")
        try:
            yield from _work(ready, pool, watch)
        finally:
            stop.set()
            # Waited for: a lane that still writes would meet the next run in the same folder.
            pool.shutdown(wait=True, cancel_futures=True)


def _ready_wish(
    wish: WorkspaceWish, link: ClusterLink, texts: MessageTexts, held: ExitStack, stop: threading.Event, *, frugal: bool
) -> _ReadyWish:
    out = wish.out or wish.workspace.exports_dir()
    finder = StoryExporter(wish.workspace, paths.templates_dir(), texts, quick=True)
    order, folders = finder.prepare(wish.stories, wish.outlets, out, past=wish.past)
    if order.memory:
        held.callback(order.memory.save)
    claim = held.enter_context(claim_folders(wish.workspace.path, out, link))
    executor = ClusterExecutor(link, claim, order.press, stop)
    exporter = StoryExporter(
        wish.workspace, paths.templates_dir(), texts, frugal=frugal, executor=executor, planner=executor.plan
    )
    exporter.pack_problems = finder.pack_problems
    return _ReadyWish(wish, exporter, order, folders)


def _work(ready: Sequence[_ReadyWish], pool: ThreadPoolExecutor, watch: _RunWatch) -> Iterator[StoryDone]:
    box: _Box = queue.SimpleQueue()
    number = 0
    for each in ready:
        for folder in each.folders:
            story = _StoryProgress(watch, number)
            number += 1
            future = pool.submit(each.exporter.export_one, folder, each.order, story)
            future.add_done_callback(lambda done, each=each, folder=folder: box.put((each, folder, done)))  # type: ignore[misc]
    for _ in range(number):
        each, folder, future = box.get()
        try:
            exported = future.result()
        except UserError as error:
            exported = ExportedStory(folder, error=error)
        yield StoryDone(each.wish, exported)
