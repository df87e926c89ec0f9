"""Finished files appear under their final name complete, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.atomic_files import disk_refusal, is_old_part, is_temporary, replace_file, sync_file, temporary_file
from studio.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 20


@contextmanager
def finished_file(final: Path, root: Path | None = None) -> Iterator[Path]:
    """Give the name to write to; rename to ``final`` when the block ends well, delete when it does not.

    Args:
        final: the file; folders above it are made.
        root: a folder above it that is there, or its drive was pulled out: it is not made again below the mount point.

    Raises:
        UserError: the file stayed empty, or cannot be written there.
    """
    try:
        if root is not None and not root.is_dir():
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(root))
        final.parent.mkdir(parents=True, exist_ok=True)
        with temporary_file(final, ending=True) as part:
            yield part
            # Some writers report success and leave nothing, on a full disk for instance.
            if not part.exists() or part.stat().st_size == 0:
                raise UserError("export.empty_file", file=final.name)
            sync_file(part)
            replace_file(part, final)  # the folders are fsynced once, before the manifest names what lies there
    except UserError as error:
        # A writer that names its own trouble names the temporary file.
        cause = error.__cause__
        if isinstance(cause, OSError):
            if (refusal := disk_refusal(cause, final)) is not None:
                raise refusal from error
            if is_temporary(str(error.facts.get("file", ""))):
                raise _cannot_write(final, cause) from error
        raise
    except OSError as error:
        raise disk_refusal(error, final) or _cannot_write(final, error) from error


def _cannot_write(final: Path, error: OSError) -> UserError:
    reason = error.strerror or str(error)
    return UserError("export.cannot_write", file=final.name, place=str(final.parent), reason=reason)


def file_digest(path: Path) -> tuple[str, int]:
    """SHA-256 (hexadecimal) and size in bytes of a file."""
    total = hashlib.sha256()
    size = 0
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            total.update(chunk)
            size += len(chunk)
    return total.hexdigest(), size


def remove_parts(folder: Path) -> None:
    """Delete what a killed run, also one of an older version, left under temporary names."""
    for part in folder.rglob(".*"):
        if (is_temporary(part.name) or is_old_part(part.name)) and part.is_file():
            part.unlink(missing_ok=True)


def path_inside(folder: Path, relative: str) -> Path:
    """``folder / relative``, refused when it would leave the folder (a template pack names files freely).

    Raises:
        UserError: the name leads outside, is absolute or empty.
    """
    path = folder / relative
    parts = Path(relative).parts
    # Backslash and colon on every system: a name made on Linux may be opened on Windows, where they lead to other
    # folders, drives and streams.
    if not parts or ".." in parts or Path(relative).is_absolute() or "\\" in relative or ":" in relative:
        raise UserError("export.bad_name", file=relative)
    return path
