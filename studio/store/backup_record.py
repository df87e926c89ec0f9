"""When a workspace was last backed up: ``backup.json`` beside its profile, which travels with it and is no cache."""

from __future__ import annotations

import contextlib
import os
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from studio.base.atomic_files import write_atomic
from studio.base.errors import UserError
from studio.base.json_text import decode_json
from studio.store.backup_list import MEMORY
from studio.store.codec import to_json
from studio.story.date_formats import local_day

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from studio.store.workspace import Workspace

REMIND_AFTER = timedelta(days=30)


class BackupMemory(msgspec.Struct, frozen=True):
    """backup.json: ``made`` (ISO 8601, UTC) and ``place`` of the last backup that was finished."""

    made: str = ""
    place: str = ""
    format: int = 1


def last_backup(workspace: Path) -> BackupMemory:
    """What is known of the last backup; empty when there was none."""
    try:
        return decode_json((workspace / MEMORY).read_bytes(), BackupMemory)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return BackupMemory()


def remember_backup(workspace: Path, made: str, place: str) -> None:
    """Note a backup that was finished; a workspace that cannot be written just stays without the note."""
    with contextlib.suppress(UserError):
        write_atomic(workspace / MEMORY, to_json(msgspec.to_builtins(BackupMemory(made, place))))


def days_since_backup(workspace: Path, now: datetime) -> int | None:
    """Full days since the last backup; None when there was none, or its time makes no sense."""
    try:
        made = datetime.fromisoformat(last_backup(workspace).made)
        return max(0, (now - made).days)
    except (ValueError, TypeError):
        return None


def last_backup_day(workspace: Workspace) -> date | None:
    """The day of the last backup for the group; None when there was none, or its time makes no sense."""
    return local_day(last_backup(workspace.path).made, workspace.group.time_zone)


def backup_is_due(workspace: Workspace, now: datetime) -> bool:
    """Whether to remind: the last backup is 30 days old, or there was none and a story has lain for 30 days."""
    days = days_since_backup(workspace.path, now)
    if days is not None:
        return days >= REMIND_AFTER.days
    begun = (now - REMIND_AFTER).timestamp()
    return any(_is_older(f"{workspace.stories_dir}/{folder}", begun) for folder in workspace.story_folders())


def _is_older(story: str, moment: float) -> bool:
    """Whether a story was last written before a moment (seconds)."""
    try:
        # No path is made of it: for 2,000 stories that takes four times as long as the look at the disk.
        return os.stat(f"{story}/story.json").st_mtime <= moment  # noqa: PTH116
    except OSError:
        return False
