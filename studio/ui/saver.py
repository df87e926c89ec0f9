"""Puts a story on disk behind the user's back, one write at a time, in a thread of its own.

Writing waits for the disk (fsync), which on an old laptop can take longer than a keystroke may. A story is frozen, so
it can be handed to the thread as it is; only the newest one counts. ``flush`` writes in the calling thread, so that it
works while the program is falling apart.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from studio.base.errors import UserError

if TYPE_CHECKING:
    from studio.story.model import Story


class StoryStore(Protocol):
    """What a session needs of a workspace; ``studio.store.workspace.Workspace`` is one."""

    def add(self, story: Story) -> str:
        """Make the story's folder and save it; returns the folder's name."""

    def save(self, folder: str, story: Story) -> Story:
        """Save the story in its folder, on disk when this returns; returns it as written."""


@dataclass(frozen=True, slots=True)
class Saved:
    """How one write went. ``number`` counts them up; ``folder`` is where it went; ``error`` is None when it did."""

    number: int
    folder: str
    story: Story
    error: UserError | None = None


class Saver(QObject):
    """Writes the newest of the stories it is given.

    Args:
        store: where to.
        folder: the story's folder, "" when it has none yet: the first write makes it.
    """

    written = Signal(object)
    """A ``Saved``, in the thread of this object."""

    def __init__(self, store: StoryStore, folder: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.folder = folder
        self._pending: Story | None = None
        self._closing = False
        self._count = 0
        self._wake = threading.Condition()
        self._writing = threading.Lock()
        self._thread: threading.Thread | None = None

    def put(self, story: Story) -> None:
        """Have ``story`` written soon."""
        with self._wake:
            self._pending = story
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="saver", daemon=True)
                self._thread.start()
            self._wake.notify()

    def flush(self, story: Story | None = None) -> Saved | None:
        """Write now, in this thread, and return how it went; None when nothing was waiting."""
        if story is not None:
            with self._wake:
                self._pending = story
        return self._write()

    def close(self) -> None:
        """End the thread; what was waiting is written first."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._write()

    def _run(self) -> None:
        while True:
            with self._wake:
                while self._pending is None and not self._closing:
                    self._wake.wait()
                if self._pending is None:
                    return
            self._write()

    def _write(self) -> Saved | None:
        with self._writing:
            with self._wake:
                story, self._pending = self._pending, None
            if story is None:
                return None
            saved = self._store_story(story)
        self.written.emit(saved)
        return saved

    def _store_story(self, story: Story) -> Saved:
        self._count += 1
        try:
            if self.folder:
                self._store.save(self.folder, story)
            else:
                self.folder = self._store.add(story)
        except UserError as error:
            return Saved(self._count, self.folder, story, error)
        return Saved(self._count, self.folder, story)
