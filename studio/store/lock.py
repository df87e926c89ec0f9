"""One writer per workspace: the lock file ``.studio/lock``.

Two signs together. The operating system's own lock on the open file is the truth on one computer: it falls away with
the process, even after a crash, and no reused process number can fool it. The text in the file (host, user, process,
time) tells other computers on a shared drive or a USB stick, where that lock is not seen. ``renew_lock`` gives the
file a new time, as a sign of life.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import secrets
import socket
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Literal

import msgspec

from studio.base.atomic_files import BINARY, process_alive, sync_handle
from studio.base.errors import WorkNotice
from studio.base.json_text import decode_json

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

Whose = Literal["ours", "nobody", "others", "moved"]
"""Whose a lock file is now. ``moved``: ours by what it says, but not the file that we hold (a drive that came back)."""

_FAR = 1 << 30
"""Windows locks bytes, and locked bytes cannot be read by others: so one far behind the text is locked."""


class LockHolder(msgspec.Struct, frozen=True):
    """Who has the workspace open. ``since`` is ISO 8601 with offset; ``token`` tells two openings apart."""

    host: str
    pid: int
    user: str
    since: str
    token: str


@dataclass(frozen=True, slots=True)
class LockRefused:
    """Someone else has the workspace.

    Attributes:
        holder: who; None when the file does not say.
        seen: the last sign of life (ISO 8601, UTC).
        elsewhere: it is another computer, of which nothing but this file is known: it may be dead, and the user may
            take the workspace over. What runs on this computer, or holds the system's lock, lives.
    """

    holder: LockHolder | None
    seen: str
    elsewhere: bool = False


class WorkspaceLock:
    """The lock of one open workspace. Made by ``acquire_lock``.

    Args:
        path: the lock file.
        file: the open file on which the system's lock is held.
        holder: ourselves.
        after_crash: the file still held a dead process of this computer.
    """

    def __init__(self, path: Path, file: IO[bytes], holder: LockHolder, *, after_crash: bool) -> None:
        self._path = path
        self._file = file
        self.holder = holder
        self.after_crash = after_crash
        self._changing = threading.RLock()  # it may be released in one thread while another one takes it again
        self.released = False

    def whose_lock(self) -> Whose:
        """Whose the file is that is in our lock's place now.

        Raises:
            OSError: there is none, or the drive does not answer.
        """
        holder = _read_holder(self._path)
        if holder is None:
            return "nobody"
        if holder.token != self.holder.token:
            return "others"
        # Same words but another file: a stick that came back was mounted again, and our system lock is on the old, dead
        # handle.
        if self._file.closed or not os.path.samestat(os.fstat(self._file.fileno()), self._path.stat()):
            return "moved"
        return "ours"

    def renew_lock(self) -> None:
        """Give a sign of life (call it about once a minute).

        Raises:
            OSError: the drive does not answer.
        """
        os.utime(self._path)

    def take_again(self) -> bool:
        """Become the one writer again, of the file that lies there now: after the drive was pulled out and put back.

        Returns:
            False when someone else has it, or when it was released: nobody would let it go any more.

        Raises:
            OSError: the file cannot be written.
        """
        with self._changing:
            if self.released:
                return False
            self._let_go()
            found = acquire_lock(self._path)
            # The old handle was closed first: where it is still the same file, our own lock would have refused us.
            if isinstance(found, LockRefused):
                return False
            self._file, self.holder = found._file, found.holder
            return True

    def _let_go(self) -> None:
        """Close the file; the system's lock falls with it."""
        if not self._file.closed:
            with contextlib.suppress(OSError):
                _unlock_file(self._file)
            with contextlib.suppress(OSError):
                self._file.close()

    def release_lock(self) -> None:
        """Let others write. May be called twice. A lock that another computer took over is left to it."""
        with self._changing:
            self.released = True
            if self._file.closed:
                return
            with contextlib.suppress(OSError):
                holder = _read_holder(self._path)
                # Emptied, not deleted: between deleting and closing someone could lock a file that has no name any
                # more.
                if holder is not None and holder.token == self.holder.token:
                    self._file.truncate(0)
            self._let_go()


def acquire_lock(path: Path, *, take_over: bool = False) -> WorkspaceLock | LockRefused:
    """Try to become the one writer.

    A holder on this computer that is dead is replaced. A holder on another computer is respected (it cannot be known
    whether it lives), unless the user said so: ``take_over``.

    Args:
        path: the lock file; its folder must exist.
        take_over: also replace a holder on another computer.

    Raises:
        OSError: the file cannot be written (read-only drive).
    """
    # Opened without a touch: its time is the last sign of life of whoever has it.
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | BINARY, 0o666), "r+b", buffering=0)
    try:
        locked = _try_lock(file)
        holder = _parse_holder(file.read())
        if not locked or (holder is not None and not _may_replace(holder, take_over=take_over)):
            # We got the system's lock and yet the file names a holder: it is on another computer, where this lock is
            # not seen.
            refused = LockRefused(holder, _last_sign(file), elsewhere=locked)
            file.close()
            return refused
        ours = _own_holder()
        file.seek(0)
        file.write(msgspec.json.encode(ours))
        file.truncate()
        sync_handle(file.fileno())
    except OSError:
        file.close()
        raise
    return WorkspaceLock(path, file, ours, after_crash=holder is not None and holder.host == ours.host)


def _may_replace(holder: LockHolder, *, take_over: bool) -> bool:
    # On this computer the system's lock was free, so that process is dead or has let go.
    return take_over or holder.host == socket.gethostname()


def _try_lock(file: IO[bytes]) -> bool:
    """Take the system's lock without waiting; where a file system has none, go by the process number."""
    try:
        if sys.platform == "win32":
            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    # The first is what flock says of a held lock, the second what Windows says.
    except (BlockingIOError, PermissionError):
        file.seek(0)
        return False
    except OSError:
        holder = _parse_holder(file.read())
        file.seek(0)
        # Network shares and some FUSE mounts know no locks at all. Then the number of the process has to do, which may
        # have been given to another one meanwhile: that errs towards opening read-only.
        return holder is None or holder.host != socket.gethostname() or not process_alive(holder.pid)
    return True


def _unlock_file(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


def _read_holder(path: Path) -> LockHolder | None:
    return _parse_holder(path.read_bytes())


def _parse_holder(text: bytes) -> LockHolder | None:
    try:
        return decode_json(text, LockHolder)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _own_holder() -> LockHolder:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "?"
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return LockHolder(socket.gethostname(), os.getpid(), user, since, secrets.token_hex(8))


def _last_sign(file: IO[bytes]) -> str:
    return datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC).isoformat(timespec="seconds")


LOCKED_ELSEWHERE = "store.locked_elsewhere"
"""Code of the refusal that the user may overrule with ``take_over``."""


def refusal_notice(refused: LockRefused) -> WorkNotice:
    """Why the workspace opens read-only, as a text for the user."""
    if refused.holder is None:
        return WorkNotice("store.locked_unknown")
    facts: dict[str, object] = {"host": refused.holder.host, "user": refused.holder.user}
    times = {"since": _on_the_clock(refused.holder.since), "seen": _on_the_clock(refused.seen)}
    return WorkNotice(LOCKED_ELSEWHERE if refused.elsewhere else "store.locked", {**facts, **times})


def _on_the_clock(moment: str) -> str:
    """A moment as the clock on this computer's wall showed it: ``2026-11-22 09:15``."""
    try:
        return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError, OSError):
        return moment
