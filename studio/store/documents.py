"""Replacing story.json and workspace.json: what must hold before the old content may go."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from studio.base.atomic_files import disk_error, write_atomic
from studio.base.errors import UserError
from studio.store import history
from studio.store.codec import document_head
from studio.store.migrations import is_newer_major
from studio.story.model import FORMAT

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from studio.store.migrations import Version

UNREADABLE = ""
"""Stands for the digest of a file that could not be understood."""


def content_digest(data: bytes) -> str:
    """Tells whether a file is still what it was when it was last read or written."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def read_if_there(path: Path) -> bytes | None:
    """The content of a file, None when there is none.

    Raises:
        UserError: it is there but the system will not give it.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError("store.cannot_read", file=path.name, place=str(path.parent)) from error


def replace_document(
    path: Path,
    encode: Callable[[Version], bytes],
    now: datetime,
    seen: str | None,
    reason: history.Reason = "",
) -> bytes:
    """Write a document atomically, after what lies there has been kept as an earlier version where that is due.

    Args:
        path: story.json or workspace.json.
        encode: makes the bytes for a format; a newer minor found in the file is kept.
        now: the present moment, with time zone.
        seen: digest of the content that the new one was made from; None when not known, "" when it was unreadable.
        reason: keep the present content in any case, under this heading.

    Returns:
        The bytes written.

    Raises:
        UserError: the file has a newer major format, or the disk refuses; the file is as it was.
    """
    current = read_if_there(path)
    version: Version = FORMAT
    if current is not None:
        found, why = _judge_content(path, current, seen)
        # A newer minor format stays: its fields are unknown here but kept, and must not be called older.
        version = max(version, found)
        reason = reason or why
    data = encode(version)
    try:
        if current is not None:
            # Before the write and not after: where the copy fails, the old content has not been touched.
            history.keep_version(path, len(data), now, reason)
        write_atomic(path, data)
    except OSError as error:
        raise disk_error(error, path, len(data)) from error
    return data


def _judge_content(path: Path, current: bytes, seen: str | None) -> tuple[Version, history.Reason]:
    """The format to keep, and why the present content must be kept aside (or "")."""
    found = document_head(current)
    # What could not be understood must be kept: it may still be rescued by hand.
    if found is None or seen == UNREADABLE:
        return FORMAT, "unreadable"
    if is_newer_major(found.format):
        raise UserError("store.newer", file=f"{path.parent.name}/{path.name}", version=f"{found.format[0]}")
    if found.format < FORMAT:
        return FORMAT, "format"
    return found.format, "outside" if seen is not None and seen != content_digest(current) else ""
