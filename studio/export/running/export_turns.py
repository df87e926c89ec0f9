"""One export at a time per folder: the window and the command line, two windows, or two terminals wait for each other.

Journal, manifest and temporary names belong to one run. The turn is the system's lock on a small file in the folder: it
falls away with the process that had it, however that ended, and the file goes with the turn.
"""

from __future__ import annotations

import contextlib
import os
import time
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.store.lock import Lock, acquire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.base.i18n import Texts
    from studio.base.progress import Progress
    from studio.store.lock import Holder

TURN = ".manifest.lock"
_LOOK_EVERY = 0.2
_PATIENCE = 1_800.0
"""Seconds after which waiting is given up: a story with long clips takes minutes on an old laptop, not half an hour."""


@contextlib.contextmanager
def taking_turns(folder: Path, texts: Texts, progress: Progress, *, patience: float = _PATIENCE) -> Iterator[bool]:
    """Have a folder for oneself; made when it is missing, removed again when it is left empty.

    Args:
        folder: into which an export is written.
        texts: language of what is told while waiting.
        progress: told that another export is waited for; may raise ``Cancelled``.
        patience: seconds to wait at most.

    Yields:
        Whether somebody else had it first: what was read before may be something else now.

    Raises:
        UserError: ``export.busy``: the other one did not come to an end.
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        lock, waited = _wait_for(folder, texts, progress, patience)
        try:
            yield waited
        finally:
            _give_back(folder / TURN, lock)
    finally:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _wait_for(folder: Path, texts: Texts, progress: Progress, patience: float) -> tuple[Lock, bool]:
    waited = False
    end = time.monotonic() + patience
    while True:
        found = _try_once(folder)
        if isinstance(found, Lock):
            return found, waited
        waited = True
        if time.monotonic() > end:
            host, pid = (found.host, found.pid) if found else ("?", "?")
            raise UserError("export.busy", place=str(folder), host=host, pid=pid)
        progress.report(0, 1, texts.text("export.waiting"))
        time.sleep(_LOOK_EVERY)


def _try_once(folder: Path) -> Lock | Holder | None:
    """The turn, or who has it."""
    try:
        # No other computer's word counts: its lock is seen through the drive, or it does not write there any more.
        found = acquire(folder / TURN, take_over=True)
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)  # whoever was before us left it empty
        return None
    if not isinstance(found, Lock):
        return found.holder
    with contextlib.suppress(OSError):
        if found.whose() == "ours":
            return found
    found.release()  # the file that we locked was removed at the end of the turn before
    return None


def _give_back(file: Path, lock: Lock) -> None:
    if os.name != "nt":  # there a file that is open cannot be removed
        with contextlib.suppress(OSError):
            file.unlink()
    lock.release()
    if os.name == "nt":
        with contextlib.suppress(OSError):
            file.unlink()
