"""Long work in a process of its own: what it takes of memory goes with it, and it never holds the window's Python lock.

The work is a function that can be pickled and takes a ``Progress``, as any job; who waits for it is a worker thread. An
export in the window's process left 100 MB behind (Jinja, numpy, fonts, templates), and the window stood still for
0.16 s at times because both share one lock.
"""

from __future__ import annotations

import multiprocessing
import time
import traceback
from typing import TYPE_CHECKING, TypeVar, cast

from studio.base import paths
from studio.base.errors import UserError, WorkCancelled
from studio.base.log import start_log
from studio.base.worker_process import serve_tasks

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from studio.base.progress import Progress

T = TypeVar("T")
_LISTEN_SECONDS = 0.1
_REPORT_SECONDS = 0.05
_STOP_SECONDS = 20.0
"""Work that was asked to stop does so at its next report; a coder in the middle of a picture needs a while."""


def run_apart(work: Callable[[Progress], T], progress: Progress) -> T:
    """Have ``work`` done in a spawned process, and wait for it.

    Args:
        work: can be pickled, as can its result.
        progress: is told what the work reports; its ``WorkCancelled`` stops the work.

    Raises:
        UserError: from the work; ``export.process_died`` when its process ended before it did.
        WorkCancelled: the work has ended, too.
        Exception: whatever else the work raised.
    """
    # Not fork: Qt and its threads do not survive it, and Windows has none.
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve_work, args=(there, work), name="kim-work", daemon=True)
    process.start()
    there.close()
    try:
        return cast("T", _await_end(here, progress))
    except WorkCancelled:
        _stop_work(here)
        raise
    finally:
        here.close()
        process.join(_LISTEN_SECONDS)
        if process.is_alive():
            process.terminate()
            process.join()


def _await_end(here: Connection, progress: Progress) -> object:
    last = (0.0, 1.0, "")
    while True:
        if here.poll(_LISTEN_SECONDS):
            try:
                kind, content = here.recv()
            except (EOFError, OSError) as error:  # OSError: in the middle of what it was telling
                raise UserError("export.process_died") from error
            if kind == "done":
                return content
            if kind == "failed":
                raise content
            last = content
        progress.report(*last)  # also when there is no news: the user may have asked to stop


def _stop_work(here: Connection) -> None:
    """Ask the work to stop, and wait until it has."""
    end = time.monotonic() + _STOP_SECONDS
    try:
        here.send("stop")
        while (left := end - time.monotonic()) > 0 and here.poll(left):
            if here.recv()[0] != "report":
                return
    except (EOFError, OSError):
        return  # it has ended already


class _ToldThere:
    """The Progress of the work: sends reports to whoever waits, not too many."""

    def __init__(self, there: Connection) -> None:
        self._there = there
        self._last = 0.0

    def report(self, done: float, total: float, what: str) -> None:
        """See ``Progress.report``."""
        if self._there.poll():
            raise WorkCancelled
        now = time.monotonic()
        if now - self._last >= _REPORT_SECONDS or done >= total:
            self._last = now
            self._there.send(("report", (done, total, what)))


def _serve_work(there: Connection, work: Callable[[Progress], object]) -> None:
    """In the other process, which writes to the same log: a bug in one file of an export is told there."""
    serve_tasks()
    start_log(paths.log_dir())
    try:
        told = ("done", work(_ToldThere(there)))
    except Exception as error:  # whatever it is, it has to reach whoever waits
        if not isinstance(error, UserError | WorkCancelled):
            error.add_note("".join(traceback.format_exception(error)))  # where it happened does not travel by itself
        told = ("failed", error)
    there.send(told)
    there.close()
