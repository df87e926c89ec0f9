"""Whether the workspace that was opened still lies where it was opened: asked before everything that is written.

A stick that is pulled out leaves an empty folder, or nothing; another stick may be mounted in its place, and the same
one may come back after someone worked on it elsewhere. A workspace is known by its id and by our name in its lock.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Literal

from studio.base.errors import UserError
from studio.store.codec import document_head
from studio.store.documents import UNREADABLE, content_digest

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from studio.store.lock import WorkspaceLock

Presence = Literal["here", "gone", "other", "taken"]
"""``here``: this very workspace; ``gone``: nothing is there; ``other``: something else is; ``taken``: another computer
or window took the lock over."""
_CODES: dict[Presence, str] = {
    "gone": "store.workspace_gone",
    "other": "store.other_workspace",
    "taken": "store.taken_over",
}


class WorkspaceSite:
    """The place of an open workspace.

    Args:
        path: its folder.
        file: name of its profile.
        known: gives the id of the group, "" when it has none, and the digest of its profile, None when there was none.
        lock: ours; None for a workspace that is only read.
        writing: held by whoever writes.
    """

    def __init__(
        self,
        path: Path,
        file: str,
        known: Callable[[], tuple[str, str | None]],
        lock: WorkspaceLock | None,
        writing: threading.RLock,
    ) -> None:
        self._path = path
        self._file = path / file
        self._known = known
        self._lock = lock
        self._writing = writing
        self.lost: list[Callable[[], None]] = []
        """Called when the lock turns out to be someone else's."""

    def presence(self) -> Presence:
        """Whether this very workspace still lies there. A lock that nobody has any more is taken again."""
        with self._writing:
            found = self._find_presence()
            if found == "taken":
                self._lock = None
                for call in self.lost:
                    call()
        return found

    def known_presence(self) -> Presence:
        """``presence``, for the window: never waits for a thread that is writing at this moment."""
        if not self._writing.acquire(blocking=False):
            return "here"  # whoever writes has looked
        try:
            return self.presence()
        finally:
            self._writing.release()

    def give_sign(self) -> Presence:
        """``known_presence``, and a sign of life for other computers; call it once a minute."""
        found = self.known_presence()
        if found == "here" and self._lock is not None:
            with contextlib.suppress(OSError):
                self._lock.renew_lock()
        return found

    def require_workspace(self) -> None:
        """Make sure that the workspace is there, before something is read or made in it.

        Raises:
            UserError: ``store.workspace_gone``, ``store.other_workspace`` or ``store.taken_over``.
        """
        if (found := self.presence()) != "here":
            raise absence_error(found, self._path)

    def _find_presence(self) -> Presence:
        try:
            whose = self._lock.whose_lock() if self._lock is not None else "nobody"
        except OSError:
            whose = "nobody"
        if whose == "ours":
            return "here"
        if whose != "moved" and (same := _is_same(self._file, self._known())) is not True:
            return "gone" if same is None else "other"
        # Only reading: being there is enough.
        if self._lock is None or self._lock.released:
            return "here"
        if whose == "others":
            return "taken"
        try:
            return "here" if self._lock.take_again() else "taken"
        except OSError:
            return "gone"


def absence_error(presence: Presence, path: Path) -> UserError:
    """Why nothing may be written now.

    Args:
        presence: anything but ``here``.
        path: folder of the workspace.
    """
    return UserError(_CODES[presence], place=str(path))


def _is_same(file: Path, known: tuple[str, str | None]) -> bool | None:
    """Whether the profile there is that of our workspace; None when there is none."""
    group_id, seen = known
    try:
        data = file.read_bytes()
    except OSError:
        return None
    found = document_head(data)
    # By id where both have one: the profile may have been changed elsewhere and is the same workspace. Without ids only
    # the very same bytes will do.
    if group_id and found is not None and found.id:
        return found.id == group_id
    return seen not in {None, UNREADABLE} and content_digest(data) == seen
