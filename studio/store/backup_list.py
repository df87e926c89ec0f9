"""What is in a backup: the folders on the stick, the list ``cadangan.json``, and how files are named there.

A backup is a plain copy that anyone can open without the studio::

    <stick>/cadangan-kim-<group>/
      BACA-SAYA.txt        what this is
      cadangan.json        the list: every file with its SHA-256
      isi/                 the workspace as it is
      versi-lama/<moment>/ what was changed or deleted since
      baru/                half a backup: what the next one goes on with
"""

from __future__ import annotations

import errno
import hashlib
import os
import socket
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from studio.base.atomic_files import disk_error, is_full, is_temporary, write_atomic
from studio.base.errors import UserError
from studio.base.folders import PRIVATE
from studio.base.json_text import decode_json
from studio.base.workspace_places import EXPORTS
from studio.store.codec import to_json
from studio.store.file_names import file_slug

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.story.model import Group

LIST = "cadangan.json"
CONTENT = "isi"
EARLIER = "versi-lama"
STAGED = "baru"
READ_ME = "BACA-SAYA.txt"
MEMORY = "backup.json"
"""In the workspace: when it was last backed up. Not itself part of a backup."""
RESTORING = ".sedang-dipulihkan"
FORMAT = 1
_LEFT_OUT = frozenset({EXPORTS, PRIVATE, MEMORY, RESTORING})
# What FAT32 and Windows refuse, and the sign that stands for it here (%3A).
_FORBIDDEN = frozenset('<>:"\\|?*%')
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
# What systems say of a stick that was pulled out: each of them something else, and at each step another.
_GONE = frozenset({errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ENOTDIR, errno.ESTALE})


class FileEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One file of a backup.

    ``path`` is its place in the workspace and ``stored`` that below ``isi/``, "" for the same; both with "/".
    ``modified`` and ``kept`` are the times of change of original and copy in nanoseconds, ``checked`` the day (ISO
    8601) on which the copy was last read and found complete.
    """

    path: str
    bytes: int
    sha256: str
    modified: int
    kept: int = 0
    checked: str = ""
    stored: str = ""

    @property
    def stored_place(self) -> str:
        """Where it lies below ``isi/``."""
        return self.stored or self.path

    @property
    def place_here(self) -> str:
        """Where it is restored to: Windows cannot store every name that Linux can."""
        return self.stored_place if os.name == "nt" else self.path


class BackupList(msgspec.Struct, frozen=True):
    """cadangan.json. ``made`` is when the backup was finished (ISO 8601, UTC), "" when none ever was."""

    workspace: str
    name: str
    made: str = ""
    files: tuple[FileEntry, ...] = ()
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class StickBackup:
    """A backup on a stick: its folder and its list."""

    root: Path
    listed: BackupList


def backup_key(path: Path, group: Group) -> str:
    """What tells workspaces apart on a stick: the id of the group, or where it lies when it has none."""
    if group.id:
        return group.id
    told = f"{socket.gethostname()}|{path}|{group.name}".encode("utf-8", "replace")
    return f"place-{hashlib.sha256(told).hexdigest()[:16]}"


def read_list(root: Path) -> BackupList | None:
    """The list of the backup in a folder; None when there is no backup.

    Raises:
        UserError: it is damaged, of a newer version, or cannot be read.
    """
    try:
        data = (root / LIST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise stick_error(error, root) from error
    try:
        listed = decode_json(data, BackupList)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UserError("backup.list_damaged", file=str(root / LIST)) from error
    if listed.format > FORMAT:
        raise UserError("store.newer_unreadable", file=str(root / LIST), version=str(listed.format))
    if not all(_stays_inside(entry.path) and _stays_inside(entry.place_here) for entry in listed.files):
        raise UserError("backup.list_damaged", file=str(root / LIST))
    return listed


def write_list(root: Path, listed: BackupList) -> None:
    """Replace the list.

    Raises:
        UserError: the stick refuses; the list is as it was.
    """
    write_on_stick(root / LIST, to_json(msgspec.to_builtins(listed)))


def write_on_stick(path: Path, data: bytes) -> None:
    """Replace a small file in the folder of a backup.

    Raises:
        UserError: as ``stick_error`` words it; the file is as it was.
    """
    try:
        write_atomic(path, data)
    except UserError as error:
        if isinstance(error.__cause__, OSError):
            raise stick_error(error.__cause__, path.parent) from error
        raise


def _stays_inside(name: str) -> bool:
    """Whether a name from a list, which anyone may have written, stays in the folder it is put into."""
    parts = name.split("/")
    wrong = {"\0", "\\", ":"} if os.name == "nt" else {"\0"}
    return not any(part in {"", ".", ".."} or wrong & set(part) for part in parts)


def find_backups(chosen: Path) -> tuple[StickBackup, ...]:
    """The backups in a folder: it is one, or is in one, or is the stick that holds some. Damaged lists are skipped.

    Raises:
        UserError: it is one backup whose list cannot be read.
    """
    # Whoever looked into the backup and chose the folder with the files means the backup.
    root = chosen.parent if chosen.name == CONTENT and (chosen.parent / LIST).is_file() else chosen
    if (listed := read_list(root)) is not None:
        return (StickBackup(root, listed),)
    found = []
    for folder in _backup_folders(root):
        try:
            if (listed := read_list(folder)) is not None:
                found.append(StickBackup(folder, listed))
        except UserError:
            continue
    return tuple(found)


def _backup_folders(root: Path) -> list[Path]:
    try:
        with os.scandir(root) as entries:
            return sorted(root / entry.name for entry in entries if entry.is_dir())
    except OSError:
        return []


def free_root(stick: Path, name: str) -> Path:
    """A folder on the stick that nothing is in yet, named after the group."""
    base = f"cadangan-kim-{file_slug(name, 40).removeprefix('kim-') or 'kelompok'}"
    root, number = stick / base, 1
    while os.path.lexists(root):
        number += 1
        root = stick / f"{base}-{number}"
    return root


# ------------------------------------------------------------------------------------------- the files of a workspace


@dataclass(slots=True)
class FoundFiles:
    """The files below a folder: size in bytes and time of change (ns) by path, and folders that could not be read."""

    files: dict[str, tuple[int, int]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def may_hide(self, path: str) -> bool:
        """Whether a path may be there anyway: its folder could not be read."""
        return any(path == folder or path.startswith(f"{folder}/") for folder in self.unread)


def workspace_files(root: Path) -> FoundFiles:
    """Every file of a workspace but its exports and caches, which are made again. Links are followed, each folder once.

    Raises:
        OSError: the workspace itself cannot be read.
    """
    found, seen = FoundFiles(), set[tuple[int, int]]()
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        here = root / folder
        try:
            facts = here.stat()
            # Links may lead in a circle. Some network file systems number nothing (0); there every folder counts as
            # new.
            if facts.st_ino and (facts.st_dev, facts.st_ino) in seen:
                continue
            seen.add((facts.st_dev, facts.st_ino))
            waiting += _note_folder(here, folder, found)
        except OSError:
            if not folder:
                raise
            found.unread.append(folder)
    return found


def _note_folder(here: Path, folder: str, found: FoundFiles) -> list[str]:
    """Note the files of one folder; the folders in it."""
    inner = []
    with os.scandir(here) as entries:
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if path in _LEFT_OUT or is_temporary(entry.name):
                continue
            try:
                facts = entry.stat()
            except FileNotFoundError:
                continue  # a link that leads nowhere, or just removed
            except OSError:
                found.unread.append(path)
                continue
            if stat.S_ISDIR(facts.st_mode):
                inner.append(path)
            elif stat.S_ISREG(facts.st_mode):
                found.files[path] = (facts.st_size, facts.st_mtime_ns)
    return inner


def stored_names(paths: list[str], earlier: dict[str, str]) -> dict[str, str]:
    """Where each file lies below ``isi/``: its own path if every disk can store it (FAT32 and Windows know no ``:``).

    Args:
        paths: of the files, in the workspace.
        earlier: where they lay in the backup before; that stays.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    # Files that were in the backup before keep their name there; only newcomers give way.
    for path in sorted(paths, key=lambda path: (path not in earlier, path)):
        wish = name = earlier.get(path) or "/".join(_portable_part(part) for part in path.split("/"))
        number = 1
        # "Foto.jpg" and "foto.jpg" are two files on Linux and one on a stick.
        while name.casefold() in taken:
            number += 1
            head, dot, end = wish.rpartition(".")
            name = f"{head}~{number}.{end}" if dot and "/" not in end else f"{wish}~{number}"
        taken.add(name.casefold())
        names[path] = name
    return names


def _portable_part(part: str) -> str:
    bare = "".join(f"%{ord(letter):02X}" if letter in _FORBIDDEN or ord(letter) < 32 else letter for letter in part)
    # Windows silently drops a dot or space at the end of a name.
    if bare[-1] in ". ":
        bare = f"{bare[:-1]}%{ord(bare[-1]):02X}"
    return f"%{bare}" if bare.partition(".")[0].casefold() in _DEVICES else bare


def stick_error(error: OSError, place: Path, need: str = "?") -> UserError:
    """What the user should read when the stick refuses: the backup before is complete in any case.

    Args:
        error: what the system said.
        place: folder of the backup.
        need: room that is wanted, as a text.
    """
    if is_full(error, place):
        return UserError("backup.full", place=str(place), need=need)
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return UserError("backup.read_only", place=str(place))
    if error.errno in _GONE:
        return UserError("backup.pulled", place=str(place))
    return disk_error(error, place / LIST)


def files_below(root: Path) -> Iterator[str]:
    """Every file below a folder of a backup, as a path with "/"; nothing when it is missing.

    Raises:
        OSError: a folder cannot be read.
    """
    if not root.is_dir():
        return
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(root / folder) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                else:
                    yield path
