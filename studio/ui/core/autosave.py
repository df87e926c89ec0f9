"""Puts a document (a story, the group's records) on disk behind the user's back, a write at a time, in its own thread.

Writing waits for the disk (fsync), which on an old laptop can take longer than a keystroke may. A document is frozen:
it can be handed to the thread as it is; only the newest one counts. ``flush`` writes in the calling thread, so that it
works while the program is falling apart.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from studio.base.errors import UserError
from studio.base.log import part_logger

if TYPE_CHECKING:
    from collections.abc import Callable

D = TypeVar("D")
D_contra = TypeVar("D_contra", contravariant=True)
SAVE_PAUSE_MS = 500
"""A pause in typing that sets off a save."""
LATEST_SAVE_MS = 1200
"""A save starts this long after the first unsaved change at the latest; the rest of the two seconds is the disk's."""
RETRY_MS = 5000
"""After a save that failed: the stick may be back."""


class DocumentStore(Protocol[D]):
    """What a session needs of a workspace; of stories, ``studio.store.workspace.Workspace`` is one."""

    def add(self, document: D, /) -> str:
        """Make the document's folder and save it; returns the folder's name."""

    def save(self, folder: str, document: D, /) -> D:
        """Save it in its folder, on disk when this returns; returns it as written."""

    def seen(self, folder: str, /) -> str:
        """Digest of its file as it was last read or written here."""


class DocumentRescue(Protocol[D_contra]):
    """Keeps on the laptop's own disk what cannot be written; of stories, ``studio.store.rescue.RescuePlace``."""

    def keep(self, key: str, document: D_contra, folder: str, seen: str, /) -> None:
        """Keep it, in place of what was kept under this key."""

    def drop(self, key: str, /) -> None:
        """It was saved where it belongs."""


@dataclass(frozen=True, slots=True)
class SaveResult(Generic[D]):
    """How one write went.

    ``number`` counts them up; ``folder`` is where it went; ``error`` is None when it did; ``copied`` tells whether a
    document that could not be written was kept on the laptop's own disk instead.
    """

    number: int
    folder: str
    document: D
    error: UserError | None = None
    copied: bool = False


class AutosaveWriter(QObject, Generic[D]):
    """Writes the newest of the documents it is given.

    Args:
        store: where to.
        folder: the document's folder, "" when it has none yet: the first write makes it.
        rescue: keeps what cannot be written; None keeps nothing.
    """

    written = Signal(object)
    """A ``SaveResult``, in the thread of this object."""

    def __init__(
        self,
        store: DocumentStore[D],
        folder: str,
        parent: QObject | None = None,
        rescue: DocumentRescue[D] | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._rescue = rescue
        self.folder = folder
        self.leave_copy()
        self._pending: D | None = None
        self._closing = False
        self._count = 0
        self._wake = threading.Condition()
        self._writing = threading.Lock()
        self._thread: threading.Thread | None = None

    def save_soon(self, document: D) -> None:
        """Have ``document`` written soon."""
        with self._wake:
            self._pending = document
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="saver", daemon=True)
                self._thread.start()
            self._wake.notify()

    def flush(self, document: D | None = None) -> SaveResult[D] | None:
        """Write now, in this thread, and return how it went; None when nothing was waiting."""
        if document is not None:
            with self._wake:
                self._pending = document
        return self._write()

    def move(self, rename: Callable[[str], str]) -> None:
        """Have the document's folder renamed while nothing is being written; ``rename`` gives its name then."""
        with self._writing:
            self.folder = rename(self.folder)

    def close(self) -> None:
        """End the thread; what was waiting is written first."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        # What came while the thread was ending.
        self._write()

    def _run(self) -> None:
        while True:
            with self._wake:
                while self._pending is None and not self._closing:
                    self._wake.wait()
                if self._pending is None:
                    return
            self._write()

    def _write(self) -> SaveResult[D] | None:
        with self._writing:
            with self._wake:
                document, self._pending = self._pending, None
            if document is None:
                return None
            saved = self._store_document(document)
        self.written.emit(saved)
        return saved

    def _store_document(self, document: D) -> SaveResult[D]:
        self._count += 1
        error = self._try_to_store(document)
        if error is not None:
            return SaveResult(self._count, self.folder, document, error, self._copy(document))
        self.drop_copy()
        return SaveResult(self._count, self.folder, document)

    def _try_to_store(self, document: D) -> UserError | None:
        try:
            if self.folder:
                self._store.save(self.folder, document)
            else:
                self.folder = self._store.add(document)
        except UserError as error:
            return error
        except Exception as error:  # whatever it is, the thread must live on, and the next try may succeed
            part_logger().exception("saving failed")
            return UserError(
                "store.write_failed", file=self.folder or "story.json", detail=str(error) or type(error).__name__
            )
        return None

    def _copy(self, document: D) -> bool:
        """Keep on the laptop's own disk what could not be saved where it belongs; whether that went well."""
        if self._rescue is None:
            return False
        try:
            self._rescue.keep(self._key, document, self.folder, self._store.seen(self.folder) if self.folder else "")
        except (UserError, OSError):
            part_logger().exception("no copy could be kept")
            return False
        self._copied = True
        return True

    def leave_copy(self) -> None:
        """What was copied so far waits to be brought back: a copy left earlier is never written over."""
        self._key = f"{self.folder or 'baru'}-{secrets.token_hex(6)}"
        self._copied = False

    def drop_copy(self) -> None:
        """The copy kept for an emergency is not needed (any more)."""
        if self._copied and self._rescue is not None:
            self._rescue.drop(self._key)
            self._copied = False
