"""A hidden folder to work in beside what will come of it; what a killed program left of one is swept by the next."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_HELD = "dipakai"
"""The file in it that whoever works there keeps open and, where the system can, locked."""
_YOUNG = 60.0
"""Seconds in which a folder without that file is one that is just being made."""


@contextmanager
def held_folder(place: Path, prefix: str) -> Iterator[Path]:
    """Make a folder in ``place`` to work in, and remove it afterwards; first those that dead programs left there.

    Args:
        place: the folder it lies in.
        prefix: how its name begins.

    Raises:
        OSError: it cannot be made.
    """
    for left in place.glob(f"{prefix}*"):
        if left.is_dir() and not left.is_symlink() and not _is_held(left):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
    try:
        with (folder / _HELD).open("wb") as file:
            _lock_file(file.fileno())
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_held(folder: Path) -> bool:
    """Whether someone works there; the system lets go of the files of whoever died."""
    file = folder / _HELD
    try:
        if not file.exists():
            return time.time() - folder.stat().st_mtime < _YOUNG
        if sys.platform == "win32":  # pragma: no cover - only there a file that is open cannot be removed
            file.unlink()
            return False
        with file.open("rb") as opened:
            return not _lock_file(opened.fileno())
    except OSError:
        return True


def _lock_file(number: int) -> bool:
    """Lock an open file for this program; False where another one has it."""
    if sys.platform == "win32":  # pragma: no cover - only on Windows
        return True
    import fcntl

    with suppress(BlockingIOError):
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
