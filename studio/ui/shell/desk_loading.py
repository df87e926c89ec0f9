"""Imports what a desk consists of when somebody is about to look at it, in a worker.

All desks together are 450 modules, 10 MB; most stories are written without looking at half of them. Importing one in
the window's thread would hold the window for 50 to 250 ms. The worker begins when the mouse comes to a tab, and what is
to be done on the desk waits for it; the window goes on meanwhile.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import partial
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.ui.shell.desk_stack import desk_modules, load_desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.progress import Progress
    from studio.store.workspace import Workspace
    from studio.ui.core.background_jobs import JobRunner, JobState


class DeskLoader(QObject):
    """Knows which desks are imported.

    Args:
        jobs: does the work.
        parent: the window.
        ready: called in the worker with the code after each import: reads what desks ask for first.
    """

    def __init__(self, jobs: JobRunner, parent: QObject, ready: Callable[[str], object] = lambda _: None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._ready = ready
        self._loading: set[str] = set()
        self._wanted: tuple[str, Callable[[], object]] | None = None

    def begin(self, code: str) -> None:
        """Import a desk, if nobody did; in a worker."""
        if code in self._loading or self._there(code):
            return
        self._loading.add(code)
        over = partial(self._over, code)
        self._jobs.start("", partial(self._load, code, self._ready), ended=over, owner=self, lane="desks", quiet=True)

    def when_loaded(self, code: str, call: Callable[[], object]) -> None:
        """Do what needs a desk: at once, or when it is imported, unless something else was asked for by then."""
        self._wanted = None
        if self._there(code):
            call()
            return
        self._wanted = (code, call)
        self.begin(code)

    @staticmethod
    def _load(code: str, ready: Callable[[str], object], progress: Progress) -> None:
        load_desk(code, progress)
        ready(code)

    def _there(self, code: str) -> bool:
        return code not in self._loading and all(name in sys.modules for name in desk_modules(code))

    def _over(self, code: str, _: JobState) -> None:
        self._loading.discard(code)
        if self._wanted is not None and self._wanted[0] == code:
            call, self._wanted = self._wanted[1], None
            call()


def know_outlets(workspace: Workspace, code: str) -> None:
    """Read the outlets and their designs, which most desks ask for when they are made: 45 ms. In a worker."""
    from studio.services.outlet_packs import outlet_catalog, outlet_press

    if code == "publish":
        outlet_press(workspace)  # imports what fills templates, too
    else:
        outlet_catalog(workspace)


def read_program(first: str, progress: Progress) -> None:
    """Import the desk that is shown first, then have the system read the program's compiled modules.

    A desk is there soon on a slow disk, too: what was read lies in the system's cache, which gives way to what programs
    need. In a worker.

    Raises:
        WorkCancelled: the window closes.
    """
    if first:
        load_desk(first, progress)
    read_modules(Path(__file__).parents[2], progress)


def read_modules(package: Path, progress: Progress) -> int:
    """Read what Python has compiled of a package, once; how many bytes. A file that cannot be read is passed by.

    Folders are listed by ``os`` and not by pathlib, which takes 30 ms for 900 modules where this takes 9: the window
    waits for Python's lock meanwhile.

    Raises:
        WorkCancelled: between two files.
    """
    ending = f".{sys.implementation.cache_tag}.pyc"
    folders = [place for place, _, _ in os.walk(package) if place.endswith("__pycache__")]
    files = [entry.path for folder in folders for entry in os.scandir(folder) if entry.name.endswith(ending)]
    total = 0
    for number, path in enumerate(sorted(files)):
        progress.report(number, len(files), "")
        with suppress(OSError), FileIO(path) as file:
            total += len(file.readall())
    return total
