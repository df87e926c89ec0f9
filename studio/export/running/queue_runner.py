"""Works the queue off: one story after the other, one video at a time, and says how far it is."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.atomic_files import disk_error
from studio.base.errors import UserError, WorkCancelled
from studio.export.running.export_queue import LogLine, State, target_is_there

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.export.running.export_queue import ExportQueue, QueueItem
    from studio.export.running.story_exporter import ExportedStory, StoryExporter

_LINES = 200
"""Lines an item's log keeps."""


@dataclass(frozen=True, slots=True)
class QueueReport:
    """How far the queue as a whole is.

    Attributes:
        item: id of what is being made, "" at the end.
        file: the file that was finished last.
        share: of this item, 0 to 1.
        done, total: items that are through, and all of this run (with the share of the running one).
        left: seconds that are left, None while nothing is known.
    """

    item: str
    file: str
    share: float
    done: float
    total: int
    left: float | None


@dataclass(frozen=True, slots=True)
class QueueOutcome:
    """What a run of the queue came to: items by their end, and whether the user stopped it."""

    done: int
    partly: int
    failed: int
    lost: int
    stopped: bool


class TimeLeft:
    """Guesses the time that is left from the time that went by: items of a week are much alike.

    Args:
        clock: seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun = clock()

    def seconds(self, done: float, total: float) -> float | None:
        """Seconds until ``total``; None in the first moments, when any number would be a lie."""
        passed = self._clock() - self._begun
        if done <= 0 or total <= 0 or passed < 1.0 or done / total < 0.01:
            return None
        return passed / done * max(0.0, total - done)


class _ItemProgress:
    """The progress of one item: tells, and stops where the user or a pulled-out stick wants it."""

    def __init__(
        self, queue: ExportQueue, item: QueueItem, tell: Callable[[float, str], None], go_on: Callable[[], bool]
    ) -> None:
        self._queue, self._item, self._tell, self._go_on = queue, item, tell, go_on

    def report(self, done: float, total: float, what: str) -> None:
        """See ``Progress.report``.

        Raises:
            WorkCancelled: paused, cancelled or taken off the list.
            UserError: ``queue.lost``.
        """
        if not (self._go_on() and self._queue.should_continue(self._item.id)):
            raise WorkCancelled
        if not target_is_there(self._item.target, self._item.mark):
            raise UserError("queue.lost", place=self._item.target)
        self._tell(done / total if total else 1.0, what)


@dataclass(frozen=True, slots=True)
class QueueWatch:
    """Who follows a run, and what may end it.

    Attributes:
        progress: of the whole queue, in items; its ``WorkCancelled`` pauses the queue.
        tell: called for every finished file and every share of a video.
        now: the clock of the log.
        go_on: False ends the run as a pause would, such as when the workspace was closed.
        made: called with what became of each story.
    """

    progress: Progress
    tell: Callable[[QueueReport], None] | None = None
    now: Callable[[], datetime] = datetime.now
    go_on: Callable[[], bool] = lambda: True
    made: Callable[[ExportedStory], None] = lambda _: None


def run_queue(queue: ExportQueue, exporter: StoryExporter, texts: MessageTexts, watch: QueueWatch) -> QueueOutcome:
    """Make everything that waits, in its order; items added meanwhile too.

    Texts, photos and cards run in as many processes as the exporter has, videos one at a time: an encoder uses every
    core by itself.

    Args:
        queue: of the exporter's workspace.
        exporter: open.
        texts: language of the log.
        watch: who follows the run.

    Returns:
        How it ended. Nothing is raised for a story that fails: that is in its log.
    """
    run = _QueueRun(queue, exporter, texts, watch)
    while watch.go_on() and (item := queue.next()) is not None:
        try:
            run.tell_progress(item, 0.0, "")
        except WorkCancelled:
            queue.pause()
            break
        queue.change_item(item.id, state="running", tries=item.tries + 1, log=())
        run.make(item)
    ended, waits = run.ended, any(item.state == "waiting" for item in queue.items)
    return QueueOutcome(
        ended.count("done"), ended.count("partly"), ended.count("failed"), ended.count("lost"), queue.paused and waits
    )


class _QueueRun:
    """A run in work: ``ended`` holds how each of its items ended."""

    def __init__(self, queue: ExportQueue, exporter: StoryExporter, texts: MessageTexts, watch: QueueWatch) -> None:
        self._queue, self._exporter, self._texts, self._watch = queue, exporter, texts, watch
        self._left = TimeLeft()
        self.ended: list[State] = []

    def tell_progress(self, item: QueueItem, share: float, what: str) -> None:
        """Say how far the queue as a whole is.

        Raises:
            WorkCancelled: by the progress.
        """
        done = len(self.ended)
        total = done + sum(other.state in {"waiting", "running"} for other in self._queue.items)
        if self._watch.tell is not None:
            left = self._left.seconds(done + share, total)
            self._watch.tell(QueueReport(item.id, what, share, done + share, total, left))
        self._watch.progress.report(done + share, total, what or item.headline or item.story)

    def make(self, item: QueueItem) -> None:
        """Make one item. One that was stopped waits again, and one that is gone counts for nothing."""
        queue, begun = self._queue, time.monotonic()
        watch = _ItemProgress(queue, item, partial(self.tell_progress, item), self._watch.go_on)
        try:
            exported = _export_item(item, self._exporter, watch)
        except WorkCancelled:
            current = queue.find_item(item.id)
            if current is not None and current.state == "running":
                queue.pause()  # asked for through the progress: nothing else is to begin
                queue.change_item(item.id, state="waiting")
            return
        self._watch.made(exported)
        state, lines = _judge_item(item, exported, self._texts, self._watch.now().isoformat(timespec="seconds"))
        manifest = exported.manifest
        mine = [f for f in manifest.files if not item.outlets or f.outlet in item.outlets] if manifest else []
        # Asked again, as the user may have cancelled the item or taken it off the list while it was made.
        current = queue.find_item(item.id)
        if current is None or current.state != "running":
            return
        queue.change_item(
            item.id,
            state=state,
            made=exported.made,
            kept=exported.kept,
            files=len(mine),
            bytes=sum(f.bytes for f in mine),
            seconds=round(time.monotonic() - begun, 1),
            log=lines,
        )
        self.ended.append(state)


def _export_item(item: QueueItem, exporter: StoryExporter, watch: _ItemProgress) -> ExportedStory:
    from studio.export.running.story_exporter import ExportedStory

    if not target_is_there(item.target, item.mark):
        return ExportedStory(item.story, error=UserError("queue.lost", place=item.target))
    try:
        out = Path(item.target) if item.target else None
        # The exporter yields one result for each story, and there is one.
        return next(iter(exporter.export((item.story,), item.outlets, out, watch)))
    except UserError as error:
        return ExportedStory(item.story, error=error)
    except OSError as error:
        return ExportedStory(item.story, error=disk_error(error, Path(item.target or item.story) / item.story))


def _judge_item(
    item: QueueItem, exported: ExportedStory, texts: MessageTexts, when: str
) -> tuple[State, tuple[LogLine, ...]]:
    """How it ended, and the log in plain words. A stick that is gone is that, whatever the first error said."""
    troubled = exported.error is not None or bool(exported.problems)
    if troubled and not target_is_there(item.target, item.mark):
        text = texts.explain(UserError("queue.lost", place=item.target))
        return "lost", (LogLine(text=text, when=when, bad=True),)
    if exported.error is not None:
        return "failed", (LogLine(text=texts.explain(exported.error), when=when, bad=True),)
    problems = [p for p in exported.problems if not item.outlets or p.outlet in item.outlets]
    lines = [LogLine(text=p.text, file=p.path, when=when, bad=True) for p in problems]
    files = exported.manifest.files if exported.manifest else ()
    for file in files:
        if not item.outlets or file.outlet in item.outlets:
            lines += [LogLine(text=warning.text, file=file.path, when=when) for warning in file.warnings]
    return ("partly" if problems else "done"), tuple(lines[:_LINES])
