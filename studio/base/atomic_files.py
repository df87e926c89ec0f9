"""Writing a file so that a reader, now or after a power cut, finds either the old or the new content, complete.

The one place in the studio that replaces and renames files. The steps: a temporary file in the same folder, every byte
checked, flushed and fsynced, renamed over the target, and the folder fsynced so that the rename itself survives. The
system's refusals (full disk, read-only stick, drive pulled out) become ``UserError`` that says what to do; the original
is then untouched.

``write_atomic`` for bytes, ``new_file`` for what a library or program writes by name, ``cache_file`` and
``write_cache`` for what can be made again (completely or not at all, but not fsynced), ``append_durably`` for journals.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import sys
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.folders import make_folder
from studio.base.sizes import ByteCount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
_TEMPORARY = re.compile(r"^\.tmp-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}(?:\.\w{1,8})?$")
_OLD_PART = re.compile(r"^\..+\.part\.\w+$")
_DAY = 86_400.0
BINARY = getattr(os, "O_BINARY", 0)
"""For ``os.open``: Windows changes line ends otherwise."""
_WAITS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between tries of a rename; virus scanners and indexers on Windows hold a new file for about a second."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_VAGUE = frozenset({errno.EIO, errno.EACCES, errno.EPERM})
_FORBIDDEN = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_REFUSING = frozenset({errno.EROFS, errno.EIO, errno.ENODEV, errno.ENXIO, *_FULL})
_GONE = frozenset({errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ENOTDIR})


def disk_error(error: OSError, path: Path, need: int = 0) -> UserError:
    """What the user should read when the system refuses to write ``path``; ``need`` is in bytes, 0 where unknown."""
    # Full disk first: some drivers report it as EIO or EACCES, which the lines below would call a missing drive or
    # right.
    number = error.errno or 0
    if is_full(error, path.parent):
        # How much is needed nobody knows of what is written bit by bit.
        code, facts = ("error.disk_full", {"need": ByteCount(need)}) if need else ("error.disk_filled", {})
        return UserError(code, file=path.name, place=str(path.parent), free=_free_bytes(path), **facts)
    if number == errno.EFBIG:
        return UserError("store.too_big", file=path.name, place=str(path.parent))
    if number in _FORBIDDEN:
        return UserError("store.read_only", file=path.name, place=str(path.parent))
    if number == errno.ENAMETOOLONG:
        return UserError("store.name_too_long", file=path.name, place=str(path.parent))
    if number in _GONE:
        return UserError("store.drive_gone", file=path.name, place=str(path.parent))
    return UserError("store.write_failed", file=path.name, detail=error.strerror or str(error))


def disk_refusal(error: OSError, path: Path | None = None) -> UserError | None:
    """What the user should read of a refusal that came through unnamed, from a library or an encoder, say.

    Args:
        error: the refusal.
        path: what was to be written; by default what the refusal names.

    Returns:
        None when it is not the disk that refuses: a file that is not there may as well be a bug.
    """
    if path is None and isinstance(error.filename, str | bytes):
        path = Path(os.fsdecode(error.filename))
    if path is None:
        return UserError("store.no_room") if error.errno in _FULL else None
    if error.errno in _REFUSING or is_full(error, path.parent):
        return disk_error(error, path)
    return None


def is_full(error: OSError, folder: Path) -> bool:
    """Whether a refusal means that there is no room: it says so, or the disk has not a byte or a file left.

    Some systems and libraries call a full disk "not permitted" or "input/output error".
    """
    return error.errno in _FULL or (error.errno in _VAGUE and no_room(folder))


def no_room(folder: Path) -> bool:
    """Whether the disk of ``folder`` has not a byte left or cannot hold one more file; False when it does not say."""
    try:
        if sys.platform == "win32":
            return shutil.disk_usage(folder).free == 0
        facts = os.statvfs(folder)
    except OSError:
        return False
    # ``0 < f_blocks``: some file systems report nothing but zeros, which does not mean that they are full.
    return facts.f_bavail == 0 < facts.f_blocks or facts.f_favail == 0 < facts.f_files


def _free_bytes(path: Path) -> ByteCount | str:
    folder = next((parent for parent in path.parents if parent.exists()), None)
    try:
        return ByteCount(shutil.disk_usage(folder).free) if folder else "?"
    except OSError:
        return "?"


def write_atomic(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data``, or leave it exactly as it was.

    Returns only once the new content would survive a power cut.

    Raises:
        UserError: full disk, no right to write, drive gone, or the file is held by another program.
    """
    try:
        with temporary_file(path) as temp:
            with temp.open("xb", buffering=0) as file:
                _write_all(file.fileno(), data)
                sync_handle(file.fileno())
            commit_file(temp, path)
    except OSError as error:
        raise disk_error(error, path, len(data)) from error


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A name to write to; when the block ends well, what lies there is fsynced and replaces ``path``.

    The name has the ending of ``path``, by which encoders know the format. Nothing is left behind otherwise.

    Raises:
        OSError: the disk refuses; ``path`` is as it was.
    """
    with temporary_file(path, ending=True) as temp:
        yield temp
        sync_file(temp)
        commit_file(temp, path)


@contextlib.contextmanager
def cache_file(path: Path) -> Iterator[Path]:
    """As ``new_file``, for what can be made again: its folder is made, and nothing waits for the disk.

    Raises:
        OSError: the disk refuses; ``path`` is as it was.
    """
    make_folder(path.parent)
    with temporary_file(path, ending=True) as temp:
        yield temp
        replace_file(temp, path)


def write_cache(path: Path, data: bytes) -> bool:
    """Keep what can be made again; whether that could be done. A disk that refuses is no error."""
    try:
        with cache_file(path) as temp:
            temp.write_bytes(data)
    except OSError:
        return False
    return True


def append_durably(path: Path, data: bytes) -> None:
    """Add to the end of a journal, made when missing, and wait for the disk. Several processes may do so at once.

    Raises:
        OSError: the disk refuses.
    """
    # O_APPEND and, as a rule, a single write: lines of several processes do not mix. Only a full disk cuts a write
    # short; then the rest follows, or the error is raised: a note that was half written must not count as written.
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | BINARY
    handle = os.open(path, flags, 0o644)
    try:
        _write_rest(handle, data)
        sync_handle(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def temporary_file(path: Path, *, ending: bool = False) -> Iterator[Path]:
    """A name beside ``path`` for a half-made file. Whatever still lies there at the end is removed.

    Args:
        path: the file to be.
        ending: whether the name has the ending of ``path``.
    """
    temp = temporary_name(path, ending=ending)
    try:
        yield temp
    finally:
        with contextlib.suppress(OSError):
            temp.unlink(missing_ok=True)


def temporary_name(path: Path, *, ending: bool = False) -> Path:
    """A free name beside ``path`` that says which process of which computer made it; see ``clean_leftovers``."""
    import secrets

    last = path.suffix if ending else ""
    # In the same folder, as a rename across file systems is a copy and no longer atomic. With host and process, so that
    # clean_leftovers never removes what a living program is writing, even from a shared drive.
    return path.with_name(f".tmp-{_host_tag()}-{os.getpid()}-{secrets.token_hex(4)}{last}")


def commit_file(temp: Path, path: Path) -> None:
    """Rename a finished, fsynced ``temp`` over ``path`` and make the rename last.

    Raises:
        OSError: the system refuses; ``path`` is as it was.
    """
    replace_file(temp, path)
    sync_folder(path.parent)


def replace_file(source: Path, target: Path) -> None:
    """Rename a file over another one, patiently.

    Raises:
        OSError: the system refuses.
    """
    retry_patiently(lambda: source.replace(target))


def rename_path(source: Path, target: Path) -> None:
    """Rename a file or folder to a name that is free, patiently.

    Raises:
        OSError: the system refuses, or (Windows) the name is taken.
    """
    retry_patiently(lambda: source.rename(target))


def move_file(source: Path, target: Path) -> None:
    """Move a finished file to where it is wanted, patiently; copied where that is another disk.

    Raises:
        OSError: the system refuses.
    """
    retry_patiently(lambda: shutil.move(source, target))


def retry_patiently(action: Callable[[], object], waits: Sequence[float] = _WAITS if os.name == "nt" else ()) -> None:
    """Do what fails on Windows while another program looks at the file: again after each of ``waits`` (seconds).

    Raises:
        OSError: what the last try raised.
    """
    for wait in waits:
        try:
            action()
        except PermissionError:
            time.sleep(wait)
        else:
            return
    action()


def sync_file(path: Path) -> None:
    """Make the content of a finished file survive a power cut.

    Raises:
        OSError: the disk refuses.
    """
    with path.open("rb+") as file:
        sync_handle(file.fileno())


def sync_handle(handle: int) -> None:
    """Wait until what was written to an open file is on the disk, through the disk's own cache.

    On macOS ``fsync`` stops at the drive's cache; ``F_FULLFSYNC`` does not (fsync(2) there, "NOTES"). File systems that
    do not know it, such as those of a network, get ``fsync``.

    Raises:
        OSError: the disk refuses.
    """
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` survive a power cut (Windows has, and needs, no such call)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        sync_handle(handle)
    except OSError as error:
        # Some network and FUSE file systems cannot fsync a folder; the file itself is safe by then.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:
            raise
    finally:
        os.close(handle)


def _write_rest(handle: int, data: bytes) -> None:
    """Write every byte: a write may be short on a full disk without an error being raised."""
    rest = memoryview(data)
    while rest:
        written = os.write(handle, rest)
        if written <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        rest = rest[written:]


def _write_all(handle: int, data: bytes) -> None:
    """Write a new file, and see that all of it is there."""
    _write_rest(handle, data)
    if os.fstat(handle).st_size != len(data):
        raise OSError(errno.EIO, "the file is shorter than what was written")


def is_temporary(name: str) -> bool:
    """Whether a file of this name is half-made: see ``temporary_file``."""
    return _TEMPORARY.match(name) is not None


def is_old_part(name: str) -> bool:
    """Whether an export of version 0.1.0 called its half-made files like this."""
    return _OLD_PART.match(name) is not None


def clean_leftovers(folder: Path) -> int:
    """Remove temporary files and folders whose process is dead (or, from other computers, that are over a day old).

    Returns:
        How many were removed. Those that cannot be removed are left without complaint.
    """
    removed = 0
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return 0
    for entry in entries:
        if (found := _TEMPORARY.match(entry.name)) and _is_dead(found[1], int(found[2]), entry):
            with contextlib.suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path)
                else:
                    (folder / entry.name).unlink()
                removed += 1
    return removed


def _is_dead(host: str, pid: int, entry: os.DirEntry[str]) -> bool:
    if host == _host_tag():
        # Process numbers are reused, so a dead one's file may be kept for a while; the opposite mistake would destroy
        # work.
        return pid != os.getpid() and not process_alive(pid)
    try:
        # A file of another computer, on a shared drive: nobody here can ask whether that program still runs.
        return time.time() - entry.stat().st_mtime > _DAY
    except OSError:
        return False


def _host_tag() -> str:
    import socket

    return f"{zlib.crc32(socket.gethostname().encode()):08x}"


def process_alive(pid: int) -> bool:
    """Whether a process with this number runs on this computer (true when it cannot be known)."""
    if sys.platform == "win32":
        return _process_alive_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _process_alive_windows(pid: int) -> bool:
    # os.kill(pid, 0) would end the process on Windows; asking for a handle does not (Win32: OpenProcess).
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore] # only on Windows
    # PROCESS_QUERY_LIMITED_INFORMATION; allowed for processes of other users too.
    handle = kernel.OpenProcess(0x1000, False, pid)
    if not handle:
        # ERROR_ACCESS_DENIED: it exists, we may just not look at it.
        return bool(kernel.GetLastError() == 5)
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    # STILL_ACTIVE
    return code.value == 259
