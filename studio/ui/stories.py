"""The open workspace as the window sees it: which story is open, making and removing stories. Outlives the window."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.story import edits
from studio.story.model import Story
from studio.story.regions import bare_village
from studio.ui.session import SaveState, StorySession

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.base.errors import Notice
    from studio.store.workspace import Workspace
    from studio.story.model import Photo, StoryKind, Video


class Stories(QObject):
    """Opens one story at a time and keeps its session.

    Args:
        workspace: the open workspace; closed by ``close``.
        author: byline of new stories, "" for none.
    """

    opened = Signal(object)
    """The ``StorySession``, None when no story is open."""
    touched = Signal(str)
    """Folder of a story that was written, added or removed."""

    def __init__(self, workspace: Workspace, author: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._author = author
        self.session: StorySession | None = None
        self.notices: tuple[Notice, ...] = ()

    def open(self, folder: str) -> None:
        """Open a story, after the one open now is on disk.

        Raises:
            UserError: it cannot be read; the story open before stays open.
        """
        if self.session is not None and self.session.folder == folder:
            return
        found = self.workspace.open_story(folder)
        self._replace(StorySession(self.workspace, folder, found.story, read_only=found.read_only, parent=self))
        self.notices = found.notices
        self.opened.emit(self.session)

    def new(self, kind: StoryKind = "news") -> None:
        """Open a new story. It gets its folder with the first keystroke."""
        today = datetime.now().astimezone().date().isoformat()
        byline = (self._author,) if self._author else ()
        place = bare_village(self.workspace.group.village)
        story = Story(id="", kind=kind, date=today, byline=byline, place=place)
        self._replace(StorySession(self.workspace, "", story, read_only=self.workspace.read_only, parent=self))
        self.notices = ()
        self.opened.emit(self.session)

    def remove(self, folder: str) -> str:
        """Move a story to the bin; returns its name there.

        Raises:
            UserError: the workspace is read-only or a file is in use.
        """
        if self.session is not None and self.session.folder == folder:
            self.session.flush()
            self._replace(None)
            name = self.workspace.delete(folder)
            self.opened.emit(None)
        else:
            name = self.workspace.delete(folder)
        self._touch(folder)
        return name

    def give_back(self, name: str) -> str:
        """Bring a story back from the bin; returns its folder.

        Raises:
            UserError: it is not there, or the workspace is read-only.
        """
        folder = self.workspace.restore(name)
        self._touch(folder)
        return folder

    def add_media(self, folder: str, photos: Sequence[Photo], videos: Sequence[Video]) -> Story:
        """Add photos and clips that were copied in to their story, which may have been left meanwhile; the story then.

        Args:
            folder: the story's folder.
            photos: appended in this order.
            videos: the same.

        Raises:
            UserError: the story is not open and its file cannot be changed (it lies in the bin, say).
        """
        additions = [edits.add_videos(videos), edits.add_photos(photos)]
        session = self.session
        if session is not None and session.folder == folder:
            for addition in additions:
                session.edit(addition)
            return session.story
        story = self.workspace.load(folder)
        for addition in additions:
            story = addition.apply(story)
        saved = self.workspace.save(folder, story)
        self._touch(folder)
        return saved

    def take_outside_changes(self) -> bool:
        """Read the open story again when another program changed its file and nothing is unsaved here; whether so.

        With unsaved edits the story stays as it is: the next save keeps the other content as an earlier version.

        Raises:
            UserError: what the other program wrote cannot be read; the story stays open as it was.
        """
        session = self.session
        if session is None or not session.folder or session.dirty or not self.workspace.changed_outside(session.folder):
            return False
        found = self.workspace.open_story(session.folder)
        if found.story == session.story:
            return False
        self._replace(StorySession(self.workspace, found.folder, found.story, read_only=found.read_only, parent=self))
        self.opened.emit(self.session)
        return True

    def close(self) -> None:
        """Have everything on disk and let the workspace go."""
        self._replace(None)
        self.workspace.close()

    def _replace(self, session: StorySession | None) -> None:
        before, self.session = self.session, session
        if session is not None:
            session.save_state_changed.connect(self._on_state)
        if before is not None:
            before.close()
            if before.folder:
                self._touch(before.folder)
            before.deleteLater()

    def _on_state(self, state: SaveState) -> None:
        if state.kind == "saved" and self.session is not None:
            self._touch(self.session.folder)

    def _touch(self, folder: str) -> None:
        self.touched.emit(folder)
