"""Moving bytes to a stick and back: counted, hashed, read again, and never into an empty mount point."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sys
from typing import IO, TYPE_CHECKING

from studio.store.backup_list import write_on_stick

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.base.progress import Progress

_BLOCK = 1 << 20


class UnreadableError(Exception):
    """An original cannot be read: the others are backed up anyway."""


class ByteMeter:
    """Counts bytes for a Progress."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = max(total, 1)
        self._done = 0
        self.what = ""

    def add(self, count: int) -> None:
        """So many bytes more were read; files that grow or vanish do not lead past the end."""
        self._done += count
        self._progress.report(min(self._done, self._total), self._total, self.what)


def is_blocked(root: Path, place: Path) -> bool:
    """Whether a file lies where a folder is needed."""
    return any(os.path.lexists(above) and not above.is_dir() for above in place.parents if root in above.parents)


def make_below(root: Path, folder: Path) -> None:
    """Make a folder inside ``root``, but never ``root`` itself: an empty mount point is no stick.

    Raises:
        OSError: ``ENODEV`` when ``root`` is not there; whatever else the system says.
    """
    if not (root.is_dir() and any(root.iterdir())):
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(root))
    for above in (*reversed(folder.parents), folder):
        if root in above.parents:
            above.mkdir(exist_ok=True)


def remove_empty(folder: Path) -> None:
    """Remove folders that nothing is in."""
    for here, _, _ in os.walk(folder, topdown=False):
        if here != str(folder):
            with contextlib.suppress(OSError):
                os.rmdir(here)  # noqa: PTH106 - os.walk gives texts


def write_if_other(path: Path, text: str) -> None:
    """Write a small text unless it is there already."""
    data = text.encode()
    try:
        if path.read_bytes() == data:
            return
    except OSError:
        pass
    write_on_stick(path, data)


def pump_bytes(reader: IO[bytes], writer: IO[bytes] | None, count: Callable[[int], object]) -> str:
    """Read to the end, write what was read, tell the bytes.

    Returns:
        SHA-256 of it.

    Raises:
        OSError: the writer refuses.
        UnreadableError: the reader refuses, while there is a writer.
    """
    digest = hashlib.sha256()
    while block := _read_block(reader, writing=writer is not None):
        rest = memoryview(block)
        while writer is not None and rest:
            # Unbuffered, a file may take less than it was given; if it takes nothing, the disk is full.
            written = writer.write(rest)
            if not written:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            rest = rest[written:]
        digest.update(block)
        count(len(block))
    return digest.hexdigest()


def _read_block(reader: IO[bytes], *, writing: bool) -> bytes:
    try:
        return reader.read(_BLOCK)
    except OSError as error:
        if writing:
            raise UnreadableError from error
        raise


def read_again(path: Path, count: Callable[[int], object]) -> str:
    """SHA-256 of what the stick itself gives back, where the system can be made to forget what it remembers.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb", buffering=0) as file:
        if sys.platform != "win32" and sys.platform != "darwin":
            with contextlib.suppress(OSError):
                # Without it the bytes would come from memory, and a stick that lost them would seem to be fine.
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return pump_bytes(file, None, count)
