"""Restoring a workspace from a backup: into a new or empty folder only, every file as its hash says.

Files are collected in a folder of their own inside the new one and moved up when all are there: a restore that is cut
off leaves nothing that looks like a workspace, and goes on when it is begun again.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.atomic_files import commit_file, disk_error, rename_path, sync_folder, sync_handle, temporary_file
from studio.base.errors import UserError, WorkCancelled, WorkNotice
from studio.base.progress import SilentProgress
from studio.base.sizes import ByteCount
from studio.store.backup_bytes import ByteMeter, UnreadableError, pump_bytes, read_again
from studio.store.backup_list import (
    CONTENT,
    EARLIER,
    RESTORING,
    STAGED,
    FileEntry,
    StickBackup,
    files_below,
    find_backups,
)
from studio.store.backup_record import remember_backup
from studio.store.media_files import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.base.progress import Progress

_JUNK = frozenset({"lost+found", "System Volume Information", "$RECYCLE.BIN", ".DS_Store", "desktop.ini", "Thumbs.db"})
"""What systems put into empty drives and folders by themselves."""
_MOVING = ".pindah"
_PROFILE = "workspace.json"
_SPARE = 50_000_000


@dataclass(frozen=True, slots=True)
class RestoredBackup:
    """What a restore did: where to, of which moment, how much; ``problems`` names files the stick has lost."""

    path: Path
    made: str
    files: int
    bytes: int
    problems: tuple[WorkNotice, ...] = ()


def finished_backups(chosen: Path) -> list[StickBackup]:
    """The backups in a folder that can be restored, at least one.

    Raises:
        UserError: there is none, or none that was ever finished.
    """
    if not chosen.is_dir():
        raise UserError("backup.no_stick", place=str(chosen))
    found = find_backups(chosen)
    if not found:
        raise UserError("backup.none", place=str(chosen))
    whole = [backup for backup in found if backup.listed.made]
    if not whole:
        raise UserError("backup.unfinished", place=str(found[0].root / CONTENT))
    return whole


def choose_backup(chosen: Path) -> StickBackup:
    """The one finished backup in a folder.

    Raises:
        UserError: there is none, several, or none that was ever finished.
    """
    whole = finished_backups(chosen)
    if len(whole) > 1:
        names = ", ".join(f"{backup.root.name} ({backup.listed.name})" for backup in whole)
        raise UserError("backup.several", place=str(chosen), names=names)
    return whole[0]


def may_restore_into(folder: Path) -> bool:
    """Whether a folder is not there yet, is empty, or holds nothing but a restore that was cut off."""
    if not os.path.lexists(folder):
        return True
    try:
        return (folder / RESTORING / _MOVING).is_file() or not {e.name for e in folder.iterdir()} - _JUNK - {RESTORING}
    except OSError:
        return False


def restore_workspace(backup: StickBackup, target: Path, progress: Progress | None = None) -> RestoredBackup:
    """Make a workspace from a backup.

    Args:
        backup: from ``choose_backup``.
        target: a folder that is empty or does not exist yet.
        progress: called with bytes done and in all.

    Returns:
        What was restored; every file has the very bytes that were backed up.

    Raises:
        UserError: the folder holds something, the disk is full or refuses, the stick was pulled out. Begun again with
            the same folder it goes on.
        WorkCancelled: the user stopped it; nothing is left behind.
    """
    target = target.resolve()
    if backup.root == target or backup.root in target.parents:
        raise UserError("backup.target_inside", place=str(target))
    new = not target.exists()
    try:
        _prepare_folders(backup, target)
        _need_room(backup, target)
        lost = _collect_files(backup, target / RESTORING, progress or SilentProgress())
        _move_up(backup, target)
    except WorkCancelled:
        shutil.rmtree(target / RESTORING, ignore_errors=True)
        if new:
            with contextlib.suppress(OSError):
                target.rmdir()
        raise
    except OSError as error:
        if not backup.root.is_dir():
            raise UserError("backup.pulled_restoring", place=str(backup.root)) from error
        raise disk_error(error, target / _PROFILE, sum(entry.bytes for entry in backup.listed.files)) from error
    remember_backup(target, backup.listed.made, str(backup.root))
    there = [entry for entry in backup.listed.files if (target / entry.place_here).is_file()]
    return RestoredBackup(target, backup.listed.made, len(there), sum(entry.bytes for entry in there), lost)


def _prepare_folders(backup: StickBackup, target: Path) -> None:
    """Make the folders; what a restore that was cut off has moved up already goes back to the rest.

    Raises:
        UserError: something else lies there.
    """
    if target.exists() and not target.is_dir():
        raise UserError("backup.target_full", place=str(target))
    held = {entry.name for entry in target.iterdir()} if target.exists() else set()
    others = held - _JUNK - {RESTORING}
    inner = target / RESTORING
    tops = {entry.place_here.partition("/")[0] for entry in backup.listed.files}
    if others:
        moving = inner / _MOVING
        if not moving.is_file() or moving.read_text("utf-8") != backup.listed.workspace or not others <= tops:
            raise UserError("backup.target_full", place=str(target))
        # The cut came while files were moved up. Moving them back makes both cases one: everything below ``inner``, to
        # be checked again.
        for name in others:
            rename_path(target / name, inner / name)
    inner.mkdir(parents=True, exist_ok=True)
    wanted = {entry.place_here for entry in backup.listed.files}
    # Left from a restore of an older state of the backup: it would become part of the workspace when everything is
    # moved up.
    for name in list(files_below(inner)):
        if name not in wanted:
            (inner / name).unlink()


def _need_room(backup: StickBackup, target: Path) -> None:
    have = sum((target / RESTORING / name).stat().st_size for name in files_below(target / RESTORING))
    need = max(0, sum(entry.bytes for entry in backup.listed.files) - have) + _SPARE
    free = shutil.disk_usage(target).free
    if free < need:
        raise UserError("error.disk_full", place=str(target), need=ByteCount(need), free=ByteCount(free))


def _collect_files(backup: StickBackup, inner: Path, progress: Progress) -> tuple[WorkNotice, ...]:
    """Copy every file of the list, the smallest first; gives those that are on the stick no more."""
    meter = ByteMeter(progress, 2 * sum(entry.bytes for entry in backup.listed.files))
    lost = []
    for entry in sorted(backup.listed.files, key=lambda entry: (entry.bytes, entry.path)):
        meter.what = entry.path
        place = inner / entry.place_here
        if place.is_file() and place.stat().st_size == entry.bytes and sha256_of(place) == entry.sha256:
            meter.add(2 * entry.bytes)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        if not any(_copy_checked(source, place, entry, meter) for source in _possible_copies(backup.root, entry)):
            if not backup.root.is_dir():
                raise UserError("backup.pulled_restoring", place=str(backup.root))
            lost.append(WorkNotice("backup.file_lost", {"file": entry.path}))
    return tuple(lost)


def _possible_copies(root: Path, entry: FileEntry) -> Iterator[Path]:
    """Where this very version may lie: in its place, or moved aside by a backup that was cut off."""
    yield root / CONTENT / entry.stored_place
    earlier = root / EARLIER
    with contextlib.suppress(OSError):
        # Newest first; whichever has the right hash is taken.
        for moment in sorted(os.listdir(earlier), reverse=True):  # noqa: PTH208 - names only
            yield earlier / moment / entry.stored_place
    yield root / STAGED / entry.stored_place


def _copy_checked(source: Path, place: Path, entry: FileEntry, meter: ByteMeter) -> bool:
    """Copy a file when it is the one that was backed up, and read it again; whether that went well.

    Raises:
        OSError: the disk of the new workspace refuses.
    """
    try:
        if source.stat().st_size != entry.bytes:
            return False
        reader = source.open("rb", buffering=0)
    except OSError:
        return False
    with reader, temporary_file(place) as temp:
        try:
            with temp.open("xb", buffering=0) as writer:
                digest = pump_bytes(reader, writer, meter.add)
                sync_handle(writer.fileno())
        except UnreadableError:
            return False
        if digest != entry.sha256 or read_again(temp, meter.add) != digest:
            return False
        with contextlib.suppress(OSError):
            os.utime(temp, ns=(entry.modified, entry.modified))
        commit_file(temp, place)
    return True


def _move_up(backup: StickBackup, target: Path) -> None:
    """All is there: now it becomes a workspace, its profile last."""
    inner = target / RESTORING
    # Says that moving has begun, and of which backup: only then may files beside ``inner`` be taken for ours.
    (inner / _MOVING).write_text(backup.listed.workspace, "utf-8")
    sync_folder(inner)
    # The profile last: a folder without workspace.json is no workspace, so nobody opens a half.
    names = sorted({path.name for path in inner.iterdir()} - {_MOVING}, key=lambda name: (name == _PROFILE, name))
    for name in names:
        rename_path(inner / name, target / name)
    (inner / _MOVING).unlink()
    inner.rmdir()
    sync_folder(target)
