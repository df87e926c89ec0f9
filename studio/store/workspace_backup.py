"""Backing a workspace up to a stick: only what changed is copied, every copy is read again, nothing is overwritten.

The backup before stays complete until the new one is: new files go beside the old ones, changed ones below ``baru/``;
only when all of it is on the stick the old versions are moved aside and the new ones put in their place, and the list
is written last. Where the stick is pulled out in between, every file of the list is still in ``isi/`` or in
``versi-lama/`` (``studio.store.restore`` looks in both), and the next backup goes on with what is there.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from studio.base.atomic_files import commit_file, is_temporary, rename_path, sync_folder, sync_handle, temporary_file
from studio.base.errors import UserError, WorkNotice
from studio.base.folders import PRIVATE
from studio.base.progress import SilentProgress
from studio.base.sizes import ByteCount
from studio.base.workspace_places import EXPORTS
from studio.store.backup_bytes import (
    ByteMeter,
    UnreadableError,
    is_blocked,
    make_below,
    pump_bytes,
    read_again,
    remove_empty,
    write_if_other,
)
from studio.store.backup_list import (
    CONTENT,
    EARLIER,
    READ_ME,
    STAGED,
    BackupList,
    FileEntry,
    FoundFiles,
    StickBackup,
    backup_key,
    files_below,
    find_backups,
    free_root,
    stick_error,
    stored_names,
    workspace_files,
    write_list,
)
from studio.store.backup_record import remember_backup
from studio.store.lock import LockRefused, acquire_lock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.store.workspace import Workspace

_TRUSTED = 1 << 20
"""From this size (bytes) on, an original whose size and time of change are as they were is not read again."""
_CHECK_AFTER = timedelta(days=90)
"""A copy that was not read for so long is read again, and made again when the stick lost it."""
_SPARE = 2_000_000
_CLUSTER = 32_768
"""Bytes a small file may take on a stick."""
_LOCK = ".kunci"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup did: files in all, copied, moved aside; ``problems`` names what is missing.

    ``same_disk`` when it lies on the disk of the workspace, and would be lost with it.
    """

    root: Path
    made: str
    files: int
    copied: int
    copied_bytes: int
    set_aside: int
    problems: tuple[WorkNotice, ...] = ()
    same_disk: bool = False


def now_utc() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def back_up(
    workspace: Workspace,
    stick: Path,
    read_me: str,
    progress: Progress | None = None,
    clock: Callable[[], datetime] = now_utc,
) -> BackedUp:
    """Bring the backup of a workspace on a stick up to date; the first time a folder for it is made there.

    Args:
        workspace: what to back up; others may go on writing it.
        stick: an existing folder, or a backup of this workspace. Backups of others in it are left alone.
        read_me: text of the file that tells a person what lies there.
        progress: called with bytes done and in all; may cancel. What was copied by then is not copied again next time.
        clock: the present moment, with time zone.

    Raises:
        UserError: no such folder, the backup of another group, full, write-protected, pulled out, failing. The backup
            that was there before is complete.
        WorkCancelled: the user stopped it.
    """
    workspace.site.require_workspace()
    stick = stick.resolve()
    if stick == workspace.path or workspace.path in stick.parents:
        raise UserError("backup.inside", place=str(stick))
    root = stick
    try:
        backup = _backup_place(workspace, stick)
        root = backup.root
        with _one_backup(root):
            done = _BackupRun(workspace.path, backup, progress or SilentProgress(), clock).run(read_me)
    except OSError as error:
        raise stick_error(error, root) from error
    remember_backup(workspace.path, done.made, str(root))
    return done


def _backup_place(workspace: Workspace, stick: Path) -> StickBackup:
    """The folder for the backup of this workspace; made, with an empty list, when there is none."""
    if not stick.is_dir():
        raise UserError("backup.no_stick", place=str(stick))
    key, name = backup_key(workspace.path, workspace.group), workspace.group.name or workspace.path.name
    found = find_backups(stick)
    mine = next((backup for backup in found if backup.listed.workspace == key), None)
    if mine is not None:
        return mine
    if any(backup.root in {stick, stick.parent} for backup in found):
        raise UserError("backup.other_group", place=str(stick), name=found[0].listed.name)
    root = free_root(stick, name)
    root.mkdir()
    backup = StickBackup(root, BackupList(key, name))
    try:
        write_list(root, backup.listed)
    except UserError:
        with contextlib.suppress(OSError):
            root.rmdir()
        raise
    sync_folder(stick)
    return backup


@contextlib.contextmanager
def _one_backup(root: Path) -> Iterator[None]:
    """One backup at a time. A stick is in one computer only, so a lock of another one is a leftover."""
    lock = acquire_lock(root / _LOCK, take_over=True)
    if isinstance(lock, LockRefused):
        raise UserError("backup.busy", place=str(root))
    try:
        yield
    finally:
        lock.release_lock()
        with contextlib.suppress(OSError):
            (root / _LOCK).unlink()


class _BackupRun:
    """One backup.

    Args:
        source: folder of the workspace.
        backup: where to, and what was there before.
        progress: of all of it.
        clock: the present moment.
    """

    def __init__(self, source: Path, backup: StickBackup, progress: Progress, clock: Callable[[], datetime]) -> None:
        self._source = source
        self._root = backup.root
        self._listed = backup.listed
        self._before = {entry.path: entry for entry in backup.listed.files}
        self._progress = progress
        self._now = clock()
        self._entries: dict[str, FileEntry] = {}
        self._names: dict[str, str] = {}
        self._problems: list[WorkNotice] = []
        self._copied = self._copied_bytes = 0
        self._meter = ByteMeter(progress, 0)

    def run(self, read_me: str) -> BackedUp:
        """Look, copy, put in place, write the list."""
        write_if_other(self._root / READ_ME, read_me)
        found = self._look_through()
        fresh = self._files_to_copy(found)
        self._need_room(found, fresh)
        staged = self._copy_files(found, fresh)
        aside = self._put_in_place(staged)
        made = self._now.astimezone(UTC).isoformat(timespec="seconds")
        # Times are taken now, after files were put in their place: FAT rounds them to two seconds, and the next run
        # compares what the stick says.
        files = tuple(self._with_time(entry) for _, entry in sorted(self._entries.items()))
        # Last: until here the list describes the backup before, every file of which is still on the stick.
        write_list(self._root, BackupList(self._listed.workspace, self._listed.name, made, files))
        shutil.rmtree(self._root / STAGED, ignore_errors=True)
        return BackedUp(
            self._root,
            made,
            len(files),
            self._copied,
            self._copied_bytes,
            aside,
            tuple(self._problems),
            self._root.stat().st_dev == self._source.stat().st_dev,
        )

    # ------------------------------------------------------------------------------------------- what is to be copied

    def _look_through(self) -> FoundFiles:
        try:
            found = workspace_files(self._source)
        except OSError as error:
            raise UserError("store.workspace_gone", place=str(self._source)) from error
        for path in [path for path in found.files if not _is_text(path)]:
            self._problems.append(WorkNotice("backup.odd_name", {"file": path.encode("utf-8", "replace").decode()}))
            del found.files[path]
        for folder in found.unread:
            self._problems.append(WorkNotice("backup.unreadable", {"file": folder}))
        hidden = [path for path in self._before if path not in found.files and found.may_hide(path)]
        earlier = {path: entry.stored_place for path, entry in self._before.items()}
        self._names = stored_names([*found.files, *hidden], earlier)
        self._entries = {path: self._before[path] for path in hidden}
        return found

    def _files_to_copy(self, found: FoundFiles) -> list[str]:
        """The files to copy, the smallest first: words are safe before clips. The others go on to the new list."""
        meter = self._meter = ByteMeter(self._progress, sum(size for size, _ in found.files.values()))
        fresh = []
        for path, (size, modified) in sorted(found.files.items(), key=lambda item: (item[1][0], item[0])):
            meter.what = path
            try:
                entry = self._unchanged_entry(path, size, modified, meter)
            except UnreadableError:
                self._keep_what_was(path)
                continue
            if entry is None:
                fresh.append(path)
            else:
                self._entries[path] = entry
        return fresh

    def _unchanged_entry(self, path: str, size: int, modified: int, meter: ByteMeter) -> FileEntry | None:
        """The entry of a file whose copy is there and the same; None when it has to be copied."""
        copy, before = self._root / CONTENT / self._names[path], self._before.get(path)
        try:
            facts = copy.stat()
        except OSError:
            facts = None
        if facts is None or facts.st_size != size:
            meter.add(size)
            return None
        known = before is not None and before.bytes == size
        # Large files are media, which are never changed in place. Small ones are texts and cheap to read, so their time
        # of change, which some programs and sticks set wrongly, is not relied on.
        trusted = known and before is not None and before.modified == modified and size >= _TRUSTED
        wanted = before.sha256 if before is not None and trusted else self._hash_original(path, meter)
        if trusted:
            meter.add(size)
        # The copy on the stick is as this program left it and was read in the last 90 days; flash that lies unread
        # longer is read again.
        if before is not None and known and before.kept == facts.st_mtime_ns and self._checked_lately(before):
            there, checked = before.sha256, before.checked
        else:
            there, checked = self._hash_copy(copy), self._today
        if there != wanted:
            return None
        return self._file_entry(path, size, wanted, modified, checked)

    def _file_entry(self, path: str, size: int, digest: str, modified: int, checked: str) -> FileEntry:
        name = self._names[path]
        stored = "" if name == path else name
        return FileEntry(path, size, digest, modified, checked=checked, stored=stored)

    @property
    def _today(self) -> str:
        return self._now.date().isoformat()

    def _checked_lately(self, entry: FileEntry) -> bool:
        try:
            return abs(self._now.date() - datetime.fromisoformat(entry.checked).date()) < _CHECK_AFTER
        except ValueError:
            return False

    def _hash_original(self, path: str, meter: ByteMeter) -> str:
        try:
            with (self._source / path).open("rb", buffering=0) as file:
                return pump_bytes(file, None, meter.add)
        except OSError as error:
            raise UnreadableError from error

    def _hash_copy(self, copy: Path) -> str:
        """Read a copy from the stick; "" when the stick lost it."""
        try:
            return read_again(copy, lambda _: self._meter.add(0))
        except OSError:
            if not self._root.is_dir():
                raise
            return ""

    def _keep_what_was(self, path: str) -> None:
        """An original cannot be read: its copy stays, and it is said. One that was deleted meanwhile is none."""
        if not (self._source / path).exists() and self._source.is_dir():
            return
        self._problems.append(WorkNotice("backup.unreadable", {"file": path}))
        if path in self._before:
            self._entries[path] = self._before[path]

    def _need_room(self, found: FoundFiles, fresh: list[str]) -> None:
        need = _SPARE
        for path in fresh:
            size = found.files[path][0]
            try:
                there = (self._root / STAGED / self._names[path]).stat().st_size
            except OSError:
                there = -1
            need += 0 if there == size else size + _CLUSTER
        # Before the first byte: an old backup beside half a new one helps nobody who then reads "full".
        if fresh and shutil.disk_usage(self._root).free < need:
            raise UserError("backup.full", place=str(self._root), need=ByteCount(need))

    # ------------------------------------------------------------------------------------------- copying

    def _copy_files(self, found: FoundFiles, fresh: list[str]) -> set[str]:
        """Copy files; gives those that lie below ``baru/`` now, because another version is in their place."""
        meter = self._meter = ByteMeter(self._progress, 2 * sum(found.files[path][0] for path in fresh))
        staged = set()
        for path in fresh:
            meter.what = path
            name = self._names[path]
            place = self._root / CONTENT / name
            # Another version has this name, or a file has the name of a folder on the way. Nothing is overwritten now;
            # it changes places when everything is on the stick.
            if os.path.lexists(place) or is_blocked(self._root, place):
                place = self._root / STAGED / name
            try:
                digest, size = self._copy_one(path, place, meter)
            except UnreadableError:
                self._keep_what_was(path)
                continue
            if place.parts[len(self._root.parts)] == STAGED:
                if self._spoils_good_copy(path, digest):
                    continue
                staged.add(path)
            self._entries[path] = self._file_entry(path, size, digest, found.files[path][1], self._today)
        return staged

    def _copy_one(self, path: str, place: Path, meter: ByteMeter) -> tuple[str, int]:
        """Copy a file under a temporary name, read it again from the stick, give it its name.

        Returns:
            SHA-256 and size of what was copied.
        """
        source = self._source / path
        if (digest := self._take_staged(path, place, meter)) is not None:
            return digest, place.stat().st_size
        make_below(self._root, place.parent)
        with temporary_file(place) as temp:
            try:
                digest = self._write_copy(source, temp, meter)
            except OSError as error:
                if error.errno != errno.EFBIG:
                    raise
                self._problems.append(WorkNotice("backup.too_big", {"file": path, "place": str(self._root)}))
                raise UnreadableError from error
            size = temp.stat().st_size
            # Read back from the stick: cheap and counterfeit sticks acknowledge writes they have lost.
            if read_again(temp, meter.add) != digest:
                raise UserError("backup.bad_stick", file=path, place=str(self._root))
            with contextlib.suppress(OSError):  # people look at dates; some sticks keep none
                facts = source.stat()
                os.utime(temp, ns=(facts.st_atime_ns, facts.st_mtime_ns))
            commit_file(temp, place)
        self._copied += 1
        self._copied_bytes += size
        return digest, size

    def _write_copy(self, source: Path, temp: Path, meter: ByteMeter) -> str:
        try:
            reader = source.open("rb", buffering=0)
        except OSError as error:
            raise UnreadableError from error
        with reader, temp.open("xb", buffering=0) as writer:
            digest = pump_bytes(reader, writer, meter.add)
            sync_handle(writer.fileno())
        return digest

    def _take_staged(self, path: str, place: Path, meter: ByteMeter) -> str | None:
        """What a backup that was cut off left below ``baru/``, when it is complete: put at ``place``."""
        left = self._root / STAGED / self._names[path]
        try:
            if left.stat().st_size != (self._source / path).stat().st_size:
                return None
        except OSError:
            return None
        digest = self._hash_original(path, meter)
        if self._hash_copy(left) != digest:
            return None
        if left != place:
            make_below(self._root, place.parent)
            commit_file(left, place)
        return digest

    def _spoils_good_copy(self, path: str, digest: str) -> bool:
        """Whether a photo or clip is damaged on the laptop while its copy on the stick is still what came in."""
        folder, _, name = path.rpartition("/")
        wanted, before = name.partition(".")[0], self._before.get(path)
        if not folder.endswith("/media") or before is None or len(wanted) != 16:
            return False
        if digest.startswith(wanted) or self._hash_copy(self._root / CONTENT / before.stored_place)[:16] != wanted:
            return False
        self._problems.append(WorkNotice("backup.media_damaged", {"file": path}))
        self._entries[path] = before
        return True

    # ------------------------------------------------------------------------------------------- putting in place

    def _put_in_place(self, staged: set[str]) -> int:
        """Move aside what was changed or deleted, and put the new versions in place; how many files were moved."""
        content, stays = self._root / CONTENT, {self._names[path] for path in self._entries if path not in staged}
        old = [name for name in files_below(content) if name not in stays and not _is_private(name)]
        aside = [name for name in old if not is_temporary(name.rpartition("/")[2])]
        for name in set(old) - set(aside):
            (content / name).unlink()
        store = self._root / EARLIER / self._present_moment()
        for number, name in enumerate(aside):
            self._progress.report(number, len(aside), name)
            make_below(self._root, (store / name).parent)
            rename_path(content / name, store / name)
            sync_folder((store / name).parent)
        remove_empty(content)
        for path in sorted(staged):
            place = content / self._names[path]
            make_below(self._root, place.parent)
            commit_file(self._root / STAGED / self._names[path], place)
        return len(aside)

    def _present_moment(self) -> str:
        base = name = self._now.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
        number = 1
        while (self._root / EARLIER / name).exists():
            number += 1
            name = f"{base}-{number}"
        return name

    def _with_time(self, entry: FileEntry) -> FileEntry:
        try:
            kept = (self._root / CONTENT / entry.stored_place).stat().st_mtime_ns
        except OSError:
            kept = 0
        return msgspec.structs.replace(entry, kept=kept)


def _is_private(name: str) -> bool:
    """What a studio that opened the copy itself left there."""
    return name.partition("/")[0] in {PRIVATE, EXPORTS}


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
