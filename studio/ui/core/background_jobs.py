"""The one bridge between the window and long work.

The work is a plain function that takes a ``Progress`` and knows nothing of Qt. It runs in a worker thread; whatever
it has to say reaches the window in the window's thread. There are four lanes of one thread each: ``long`` (imports,
exports), ``queue`` (the export of many stories, which may take an hour), ``quick`` (thumbnails, search) and ``desks``
(what a desk consists of), so that a picture does not wait for a video, nor a desk for pictures. Two threads in one
lane were not faster on two cores (docs/decisions/one-job-a-lane.md).

What a user can act on reaches whoever asked for the work; a bug goes to the crash handler, wherever it happened; and
nobody is called whose part of the window is gone. All three are decided here and nowhere else (``_JobEnding``).

A worker never lets go of anything of the window's as the last one: destroyed in a worker, a widget takes the program
with it. ``ThreadedJobs`` keeps what a job was given until the worker has forgotten it, and collects Python's garbage.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from studio.base.atomic_files import disk_refusal
from studio.base.errors import UserError, WorkCancelled
from studio.base.free_memory import give_back_memory
from studio.base.progress import WorkPace
from studio.ui.core.garbage_collection import GarbageCollector

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.progress import Progress

T = TypeVar("T")
Lane = Literal["long", "quick", "queue", "desks"]
JobState = Literal["waiting", "running", "done", "failed", "cancelled"]
# Seconds between two reports: each one goes to the window's thread and paints the status bar.
_REPORT_EVERY = 0.08
_TIDY_MS = 2500
_BREATH_MS = 3
"""Between two turns of ``JobRunner.soon``: keys and clicks come first."""


class BackgroundJob(QObject):
    """One piece of work that was started. Its signals come in the window's thread.

    Args:
        title: what the status bar calls it, in the user's language.
        quiet: the status bar does not show it.
    """

    progressed = Signal(float, float, str)
    """Done, total, what is being worked on."""
    ended = Signal()
    """It is done, failed or cancelled: see ``state``."""

    def __init__(self, title: str, *, quiet: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.quiet = quiet
        self.state: JobState = "waiting"
        self.done = 0.0
        self.total = 0.0
        self.begun = 0.0
        self.what = ""
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask it to stop; it does so at its next report."""
        self._stop.set()

    @property
    def cancel_asked(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def note(self, done: float, total: float, what: str) -> None:
        """Take a report, in the window's thread."""
        if done < self.done or total != self.total or not self.begun:
            self.begun = time.monotonic()  # another stretch of work with a pace of its own
        self.done, self.total, self.what = done, total, what
        self.progressed.emit(done, total, what)

    @property
    def left(self) -> float | None:
        """Seconds that the rest will take; None while nobody can say."""
        return WorkPace(self.begun).left(self.done, self.total, time.monotonic()) if self.begun else None

    def finish(self, state: JobState) -> None:
        """Take the end, in the window's thread."""
        self.state = state
        self.ended.emit()


class JobRunner(Protocol):
    """Starts work; ``ThreadedJobs`` in the program, ``InlineJobs`` in tests."""

    started: Any
    troubled: Any
    apart: bool
    """Whether long work that can be done in a process of its own is to be done there."""

    def start(
        self,
        title: str,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
        ended: Callable[[JobState], object] | None = None,
        owner: QObject | None = None,
        lane: Lane = "long",
        quiet: bool = False,
    ) -> BackgroundJob:
        """Start ``work``; see ``ThreadedJobs.start``."""

    def running(self) -> tuple[BackgroundJob, ...]:
        """The jobs that have not ended, oldest first."""

    def soon(self, owner: QObject, call: Callable[[], object]) -> None:
        """In the window's thread: do something in a turn of the event loop of its own, in the order it was asked for.

        A pause of 120 ms is felt, three of 40 are not: what the user did meanwhile comes in between.

        Args:
            owner: nothing is done any more when it is gone.
            call: what to do.
        """

    def post(self, call: Callable[[], None]) -> None:
        """From any thread: have something done in the window's thread, in the order it was asked for.

        Work, and a server's threads, tell in this way what they have so far. They must not emit signals of a part of
        the window themselves: Qt may be deleting that part in the same moment, and the program ends with a segmentation
        fault. A method of a part that is gone by then is not called.
        """

    def close(self) -> None:
        """Stop everything and wait for it."""


class _JobProgress:
    """The Progress of a job: passes reports on, not too many, and raises when the job is to stop."""

    def __init__(self, job: BackgroundJob, tell: Callable[[float, float, str], None]) -> None:
        self._job = job
        self._tell = tell
        self._last = 0.0

    def report(self, done: float, total: float, what: str) -> None:
        """See ``Progress.report``."""
        if self._job.cancel_asked:
            raise WorkCancelled
        now = time.monotonic()
        # The last report always passes, or a bar would stop short of its end.
        if now - self._last >= _REPORT_EVERY or done >= total:
            self._last = now
            self._tell(done, total, what)


class ThreadedJobs(QObject):
    """Runs work in threads."""

    apart = True
    started = Signal(object)
    """A ``BackgroundJob``."""
    troubled = Signal(object, object)
    """The job and the exception, when nobody gave ``failed``."""
    _in_window = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[Lane, queue.SimpleQueue[int | None]] = {}
        self._tasks: dict[int, _LaneTask] = {}
        self._asked = 0
        self._rubbish = GarbageCollector(self)
        self._threads: list[threading.Thread] = []
        self._jobs: list[BackgroundJob] = []
        self._closed = False
        self._turns: deque[tuple[QObject, Callable[[], object]]] = deque()
        self._turn = QTimer(self, singleShot=True, interval=_BREATH_MS)
        self._turn.timeout.connect(self._take_turn)
        self._tidying = QTimer(self, singleShot=True, interval=_TIDY_MS)
        self._tidying.timeout.connect(self._tidy)
        # Reentrant: what Python lets go of while a call is handed over may post, too.
        self._posting = threading.RLock()
        self._in_window.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        title: str,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
        ended: Callable[[JobState], object] | None = None,
        owner: QObject | None = None,
        lane: Lane = "long",
        quiet: bool = False,
    ) -> BackgroundJob:
        """Have ``work`` done in a thread.

        Args:
            title: what the status bar calls it.
            work: takes a Progress; must not touch anything of the window.
            done: called with the result, in the window's thread.
            failed: called with what the user can act on, in the window's thread; without it, ``troubled`` is emitted.
                A bug is raised there instead, which brings it to the crash handler.
            ended: called first of all, in the window's thread, however it ended: done, cancelled, failed (bugs too).
            owner: whose work it is. Nobody is called any more when it is gone; whoever is called by a method of its own
                is an owner without being named.
            lane: which thread.
            quiet: not shown in the status bar.
        """
        job = BackgroundJob(title, quiet=quiet, parent=self)
        self._jobs.append(job)
        # One thread for each lane: work of a lane runs in the order it was asked for, quick work does not wait for long
        # work.
        self._asked += 1
        self._tasks[self._asked] = _LaneTask(job, work, _JobEnding(done, failed, ended, owner))
        self._queue(lane).put(self._asked)
        self.started.emit(job)
        return job

    def running(self) -> tuple[BackgroundJob, ...]:
        """The jobs that have not ended, oldest first."""
        return tuple(self._jobs)

    def soon(self, owner: QObject, call: Callable[[], object]) -> None:
        """See ``JobRunner.soon``."""
        self._turns.append((owner, call))
        self._turn.start()

    def _take_turn(self) -> None:
        owner, call = self._turns.popleft()
        if self._turns:  # before the call, which may raise
            self._turn.start()
        if isValid(owner):
            call()

    def close(self) -> None:
        """Ask everything to stop and wait for it; what does not listen within ten seconds dies with the program."""
        with self._posting:  # nobody hands over a call any more once this has returned: Qt may delete this then
            self._closed = True
        for job in self._jobs:
            job.cancel()
        for lane in self._lanes.values():
            # None ends the thread's loop, behind everything that was asked for before; that ends at once, being
            # cancelled.
            lane.put(None)
        for thread in self._threads:
            thread.join(timeout=10)
        self._threads.clear()
        self._jobs.clear()
        self._tasks.clear()
        self._turns.clear()
        self._turn.stop()
        self._tidying.stop()
        self._rubbish.close()

    def _queue(self, lane: Lane) -> queue.SimpleQueue[int | None]:
        if lane not in self._lanes:
            waiting: queue.SimpleQueue[int | None] = queue.SimpleQueue()
            self._lanes[lane] = waiting
            thread = threading.Thread(target=self._work_off, args=(waiting,), name=f"jobs-{lane}", daemon=True)
            self._threads.append(thread)
            thread.start()
        return self._lanes[lane]

    def _work_off(self, waiting: queue.SimpleQueue[int | None]) -> None:
        """In the worker thread."""
        while (number := waiting.get()) is not None:
            quiet = self._run(number)
            # Only now is nothing of the job left in this thread, and the window may let go of it.
            self.post(partial(self._tasks.__delitem__, number))
            if not quiet:  # long work leaves much behind, thumbnails and searches little
                give_back_memory()

    def _run(self, number: int) -> bool:
        """In the worker thread: do one task; whether it was a quiet one."""
        task = self._tasks[number]
        job, ending = task.job, task.ending
        if job.cancel_asked:
            self.post(lambda: self._end(job, "cancelled", ending))
            return job.quiet
        job.state = "running"
        watch = _JobProgress(job, lambda *news: self.post(lambda: job.note(*news)))
        try:
            result = task.work(watch)
        except WorkCancelled:
            self.post(lambda: self._end(job, "cancelled", ending))
        except Exception as error:  # whatever it is, it has to reach the window
            caught = _named(error)
            self.post(lambda: self._fail(job, caught, ending))
        else:
            self.post(lambda: self._finish(job, result, ending))
        return job.quiet

    def post(self, call: Callable[[], None]) -> None:
        """See ``JobRunner.post``."""
        with self._posting:
            if not self._closed:
                self._in_window.emit(call)

    def _call(self, call: Callable[[], None]) -> None:
        if not self._closed and _owner_lives(call):
            call()

    def _finish(self, job: BackgroundJob, result: T, ending: _JobEnding[T]) -> None:
        self._end(job, "done", ending)
        ending.give(result)

    def _fail(self, job: BackgroundJob, error: Exception, ending: _JobEnding[T]) -> None:
        self._end(job, "failed", ending)
        if not ending.explain(error):
            self.troubled.emit(job, error)

    def _end(self, job: BackgroundJob, state: JobState, ending: _JobEnding[T]) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
        if not job.quiet:
            self._tidying.start()
        job.finish(state)
        ending.end(state)
        job.deleteLater()

    def _tidy(self) -> None:
        """Long work ended a while ago, and what it made has been shown: let go of what is left of both."""
        self._rubbish.collect_all()
        self.start("", lambda _: give_back_memory(), lane="quick", quiet=True)


@dataclass(frozen=True, slots=True)
class _JobEnding(Generic[T]):
    """Who hears how a job ended; see ``ThreadedJobs.start``."""

    done: Callable[[T], object] | None
    failed: Callable[[UserError], object] | None
    ended: Callable[[JobState], object] | None
    owner: QObject | None

    def end(self, state: JobState) -> None:
        if self.ended is not None and self._lives(self.ended):
            self.ended(state)

    def give(self, result: T) -> None:
        if self.done is not None and self._lives(self.done):
            self.done(result)

    def explain(self, error: Exception) -> bool:
        """Report what a user can act on; whether anyone had asked for it.

        Raises:
            Exception: the error itself, when it is a bug: the crash handler saves the story and tells of it.
        """
        if not isinstance(error, UserError):
            raise error
        if self.failed is not None and self._lives(self.failed):
            self.failed(error)
        return self.failed is not None

    def _lives(self, call: object) -> bool:
        return (self.owner is None or isValid(self.owner)) and _owner_lives(call)


@dataclass(frozen=True, slots=True)
class _LaneTask:
    """All that a worker needs for one job; kept by the window."""

    job: BackgroundJob
    work: Callable[[Progress], Any]
    ending: _JobEnding[Any]


def _owner_lives(call: object) -> bool:
    """Whether the part of the window that wants to know is still there; it may be gone since work began."""
    # A method hidden in a partial has an owner too.
    while isinstance(call, partial):
        call = call.func
    owner = getattr(call, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


def ignore_failure(error: UserError) -> None:
    """For work whose failure is reported to the user elsewhere, or need not know."""


def _named(error: Exception) -> Exception:
    """A disk that is full or fails is no bug of the program, wherever it refuses: it is reported as what it is."""
    return (disk_refusal(error) or error) if isinstance(error, OSError) else error


class InlineJobs(QObject):
    """Does the work at once, in the calling thread: for tests and pictures of the window."""

    apart = False
    started = Signal(object)
    troubled = Signal(object, object)
    _in_window = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._in_window.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        title: str,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
        ended: Callable[[JobState], object] | None = None,
        owner: QObject | None = None,
        lane: Lane = "long",
        quiet: bool = False,
    ) -> BackgroundJob:
        """Do ``work`` now; see ``ThreadedJobs.start``."""
        job = BackgroundJob(title, quiet=quiet, parent=self)
        job.state = "running"
        self.started.emit(job)
        ending = _JobEnding(done, failed, ended, owner)
        try:
            result = work(_JobProgress(job, job.note))
        except WorkCancelled:
            self._end(job, "cancelled", ending)
        except Exception as error:  # as in Jobs
            self._end(job, "failed", ending)
            if not ending.explain(_named(error)):
                self.troubled.emit(job, _named(error))
        else:
            self._end(job, "done", ending)
            ending.give(result)
        return job

    def _end(self, job: BackgroundJob, state: JobState, ending: _JobEnding[T]) -> None:
        job.finish(state)
        ending.end(state)

    def soon(self, owner: QObject, call: Callable[[], object]) -> None:
        """See ``JobRunner.soon``; at once."""
        if isValid(owner):
            call()

    def post(self, call: Callable[[], None]) -> None:
        """See ``JobRunner.post``; at once from the window's own thread."""
        if threading.current_thread() is threading.main_thread():
            self._call(call)
        else:
            self._in_window.emit(call)

    def _call(self, call: Callable[[], None]) -> None:
        if _owner_lives(call):
            call()

    def running(self) -> tuple[BackgroundJob, ...]:
        """Nothing ever is."""
        return ()

    def close(self) -> None:
        """Nothing to stop."""
