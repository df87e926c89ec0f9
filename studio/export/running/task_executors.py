"""Where the tasks of an export run: in this process, or in spawned ones, which may die without harm to the rest."""

from __future__ import annotations

import concurrent.futures
import multiprocessing
from collections import deque
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Protocol, TypeAlias

from studio.base.errors import UserError
from studio.base.finished_files import remove_parts
from studio.base.worker_process import serve_tasks
from studio.export.planning.export_tasks import LONG_TASKS, FailedFile, Outcome, Task
from studio.export.rendering.task_files import OutputFolder, render_task
from studio.export.running.write_ahead_log import note_intent

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from pathlib import Path

    from studio.base.progress import SplitProgress

_AHEAD = 2
"""Tasks given out per process: one in work and one that waits for it, or it would idle while a journal is written."""


Results: TypeAlias = "Generator[tuple[Task, tuple[Outcome, ...]]]"
"""Tasks with what became of their files, as they are ready."""


class TaskExecutor(Protocol):
    """Where tasks run: yields each task with its outcomes as they are ready."""

    def run(self, tasks: Sequence[Task], out: Path, watch: SplitProgress) -> Results:
        """Make ``tasks`` in ``out``; stop early by closing the iterator or by ``WorkCancelled`` from ``watch``."""
        ...


class InlineExecutor:
    """Runs tasks one after the other in this process."""

    def run(self, tasks: Sequence[Task], out: Path, watch: SplitProgress) -> Results:
        """Make the tasks in their order."""
        for task in tasks:
            yield task, render_task(task, OutputFolder(out, note_intent), watch.begin(len(task.targets)))


class ProcessExecutor:
    """Runs tasks in one or two spawned processes: a decoder's crash and its memory stay there.

    They give way to the window. Videos stay in this process: ffmpeg is a process of its own and uses every core, so one
    at a time. When a process dies (a decoder's crash, the system short of memory), what had been given out is tried
    once more, one task at a time in a process of its own; a task whose process dies again is failed, the rest is made.

    Args:
        workers: number of processes, 1 or 2.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool = _new_pool(workers)

    def run(self, tasks: Sequence[Task], out: Path, watch: SplitProgress) -> Results:
        """Make the tasks; results come in the order they are ready."""
        suspects: list[Task] = []
        # Pictures and texts first: they are ready within seconds, and people can look at them while the videos are
        # made.
        pooled = [task for task in tasks if not isinstance(task, LONG_TASKS)]
        yield from self._run_together(pooled, out, suspects)
        if suspects:
            # The pool tells of a death before the other process has ended: only then is nothing half written any more.
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = _new_pool(self._workers)
            remove_parts(out)
        for task in suspects:
            yield task, _make_alone(task, out)
        for task in tasks:
            if isinstance(task, LONG_TASKS):
                yield task, render_task(task, OutputFolder(out, note_intent), watch.begin(len(task.targets)))

    def _run_together(self, tasks: Sequence[Task], out: Path, suspects: list[Task]) -> Results:
        """Make the tasks, those apart that were given out when a process died: they are added to ``suspects``."""
        waiting = deque(tasks)
        running: dict[Future[tuple[Outcome, ...]], Task] = {}
        try:
            while waiting or running:
                # Not all at once: what has been given out when a process dies must be tried again, one by one.
                while waiting and len(running) < self._workers * _AHEAD:
                    task = waiting.popleft()
                    running[self._submit_task(task, out)] = task
                for future in concurrent.futures.wait(running, return_when="FIRST_COMPLETED").done:
                    task = running.pop(future)
                    try:
                        outcomes = future.result()
                    except BrokenProcessPool:
                        suspects.append(task)
                        continue
                    yield task, outcomes
        finally:
            for future in running:
                future.cancel()
            concurrent.futures.wait(running)  # nothing is written any more once the run has ended

    def _submit_task(self, task: Task, out: Path) -> Future[tuple[Outcome, ...]]:
        try:
            # The task itself is innocent here: the pool died before it was given out.
            return self._pool.submit(render_task, task, OutputFolder(out, note_intent))
        except BrokenProcessPool:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = _new_pool(self._workers)
            return self._pool.submit(render_task, task, OutputFolder(out, note_intent))

    def close(self) -> None:
        """Stop the processes, dropping what has not begun."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _new_pool(workers: int) -> ProcessPoolExecutor:
    # Not fork: Qt and its threads do not survive it, and Windows has none.
    context = multiprocessing.get_context("spawn")
    return concurrent.futures.ProcessPoolExecutor(workers, mp_context=context, initializer=serve_tasks)


def _make_alone(task: Task, out: Path) -> tuple[Outcome, ...]:
    """The second try of a task that was given out when a process died."""
    pool = _new_pool(1)
    try:
        return pool.submit(render_task, task, OutputFolder(out, note_intent)).result()
    except BrokenProcessPool:
        # What the dead process had begun under a temporary name is of no use to anybody.
        remove_parts(out)
        return tuple(FailedFile(target, UserError("export.worker_died", file=target.path)) for target in task.targets)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
