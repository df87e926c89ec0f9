"""Finished files appear under their final name whole, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.atomic_files import disk_refusal
from studio.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 20


def part_name(final: Path) -> Path:
    """The temporary name beside ``final``: hidden, and with the same ending so that encoders know the format."""
    return final.with_name(f".{final.stem[:60]}.part{final.suffix}")


@contextmanager
def finished(final: Path, root: Path | None = None) -> Iterator[Path]:
    """Give the name to write to; rename to ``final`` when the block ends well, delete when it does not.

    Args:
        final: the file; folders above it are made.
        root: a folder above it that is there, or its drive was pulled out: it is not made again below the mount point.

    Raises:
        UserError: the file stayed empty, or cannot be written there.
    """
    part = part_name(final)
    try:
        if root is not None and not root.is_dir():
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(root))
        final.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        yield part
        if not part.exists() or part.stat().st_size == 0:
            raise UserError("export.empty_file", file=final.name)
        _sync(part)
        part.replace(final)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        if (refusal := disk_refusal(error, final)) is not None:
            raise refusal from error
        raise UserError("export.cannot_write", file=final.name, place=str(final.parent), reason=str(error)) from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _sync(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def digest(path: Path) -> tuple[str, int]:
    """SHA-256 (hexadecimal) and size in bytes of a file."""
    total = hashlib.sha256()
    size = 0
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            total.update(chunk)
            size += len(chunk)
    return total.hexdigest(), size


def remove_parts(folder: Path) -> None:
    """Delete what a killed run left under temporary names."""
    for part in folder.rglob(".*.part*"):
        if part.is_file():
            part.unlink(missing_ok=True)


def inside(folder: Path, relative: str) -> Path:
    """``folder / relative``, refused when it would leave the folder (a template pack names files freely).

    Raises:
        UserError: the name leads outside, is absolute or empty.
    """
    path = folder / relative
    parts = Path(relative).parts
    if not parts or ".." in parts or Path(relative).is_absolute() or "\\" in relative or ":" in relative:
        raise UserError("export.bad_name", file=relative)
    return path
