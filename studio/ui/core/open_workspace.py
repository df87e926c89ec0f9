"""The open workspace as the window sees it: which story is open, making and removing stories. Outlives the window."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from studio.base.errors import UserError
from studio.store.media_files import media_files
from studio.store.story_shelf import today_of
from studio.store.workspace import is_saved
from studio.story import edits
from studio.story.model import ANNOUNCED, Story
from studio.story.recordings import add_recordings
from studio.story.regions import bare_village
from studio.ui.core.story_session import StorySession

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.errors import WorkNotice
    from studio.services.media_import import ImportedMedia
    from studio.store.group_rescue import RescuedRecords
    from studio.store.rescue import RescuedStory, RescuePlace
    from studio.store.workspace import Workspace
    from studio.story.edits import StoryEdit
    from studio.story.model import StoryKind
    from studio.ui.core.story_session import SaveState
    from studio.ui.group.group_session import GroupSession


class OpenWorkspace(QObject):
    """Opens one story at a time and keeps its session.

    Args:
        workspace: the open workspace; closed by ``close``.
        author: who writes now, the byline of new stories; "" for none.
        rescue: keeps on the laptop's own disk what cannot be saved; None keeps nothing.
    """

    opened = Signal(object)
    """The ``StorySession``, None when no story is open."""
    stayed = Signal(str)
    """Another story was asked for, but the open one (its folder) stays: it is not saved, or the other is unreadable."""
    touched = Signal(str)
    """Folder of a story that was written, added or removed."""
    closing = Signal()
    """The workspace is about to be let go."""

    def __init__(
        self,
        workspace: Workspace,
        author: Callable[[], str] = str,
        parent: QObject | None = None,
        rescue: RescuePlace | None = None,
    ) -> None:
        super().__init__(parent)
        self.rescue = rescue
        self.may_leave: Callable[[], bool] = self._is_saved
        """Asked before the open story is left: saves it, and asks the user when that fails."""
        self.workspace = workspace
        self._author = author
        self.session: StorySession | None = None
        self._group: GroupSession | None = None
        self.notices: tuple[WorkNotice, ...] = ()

    @property
    def group(self) -> GroupSession:
        """The group's own records, read when they are first asked for."""
        if self._group is None:
            from studio.ui.group.group_session import open_group

            self._group = open_group(self.workspace, self, self.rescue)
        return self._group

    @property
    def open_group(self) -> GroupSession | None:
        """The group's own records, if anybody asked for them yet."""
        return self._group

    def open(self, folder: str) -> bool:
        """Open a story, after the one open now is on disk.

        Returns:
            False when the user stays with the one that is open, because it could not be saved.

        Raises:
            UserError: it cannot be read; the story open before stays open.
        """
        if self.session is not None and self.session.folder == folder:
            return True
        try:
            found = self.workspace.open_story(folder)
        except UserError:
            self.stayed.emit(self.session.folder if self.session else "")
            raise
        if not self.may_leave():
            self.stayed.emit(self.session.folder if self.session else "")
            return False
        if self.session is not None:
            self.settle_address(self.session)
        self._replace(self._session(folder, found.story, read_only=found.read_only))
        self.notices = found.notices
        self.opened.emit(self.session)
        return True

    def _session(self, folder: str, story: Story, *, read_only: bool) -> StorySession:
        made = StorySession(self.workspace, folder, story, read_only=read_only, rescue=self.rescue, parent=self)
        return made.in_workspace(self.workspace)

    def settle_address(self, session: StorySession) -> None:
        """Let the address of a story that is left follow its headline; see ``StorySession.settle_address``."""
        session.settle_address()

    def saved_folder(self) -> str | None:
        """The folder of the open story once it is saved as it is shown: what is printed or read out is what is saved.

        "" without a story or with one of which nothing is written yet; None when saving fails (the banner says why).
        """
        session = self.session
        if session is None:
            return ""
        if not session.read_only and session.flush() is not None:
            return None
        return session.folder or ""

    def _is_saved(self) -> bool:
        documents = (self.session, self._group)
        return all(document is None or document.flush() is None for document in documents)

    def new(self, kind: StoryKind = "news") -> bool:
        """Open a new story. It gets its folder with the first keystroke.

        Returns:
            False when the user stays with the one that is open, because it could not be saved.
        """
        if not self.may_leave():
            self.stayed.emit(self.session.folder if self.session else "")
            return False
        if self.session is not None:
            self.settle_address(self.session)
        today = today_of(self.workspace)
        author = self._author()
        byline = (author,) if author else ()
        place = bare_village(self.workspace.group.village)
        story = Story(id="", kind=kind, byline=byline)
        if kind not in ANNOUNCED:  # the day and the place of an event have to be asked for
            story = replace(story, date=today, place=place)
        self._replace(self._session("", story, read_only=self.workspace.read_only))
        self.notices = ()
        self.opened.emit(self.session)
        return True

    def bring_back(self, kept: RescuedStory) -> str:
        """Put a story that could not be saved where it belongs; one that was changed there since comes in beside it.

        Returns:
            The folder of the story.

        Raises:
            UserError: it cannot be saved now either.
        """
        workspace, folder = self.workspace, kept.base.folder
        known = folder if folder and folder in workspace.story_folders() else ""
        # From the harmless to the careful: nothing to do; an edit that can be undone where it is open; a save where
        # nobody changed the file since the copy was made; else a story of its own beside it, so that neither is lost.
        if known and is_saved(workspace, known, kept.story):
            pass
        elif known and self.session is not None and self.session.folder == known:
            self.session.edit(edits.restore_version(kept.story))
            if (error := self.session.flush()) is not None:
                raise error
        elif known and (workspace.load(known) and workspace.seen(known) == kept.base.seen):
            workspace.save(known, kept.story, reason="restore")
        else:
            copy = replace(kept.story, id="", created="") if known else kept.story
            folder = workspace.add(copy)
            for file in media_files(copy) if known else ():
                with suppress(UserError):
                    workspace.import_media(folder, workspace.media_path(known, file))
        if self.rescue is not None:
            self.rescue.drop(kept.key)
        self._touch(folder)
        return folder

    def bring_back_group(self, kept: RescuedRecords) -> None:
        """Put records of the group that could not be saved where they belong.

        Raises:
            UserError: what is open cannot be saved first, or they cannot be saved now either.
        """
        from studio.store.group_rescue import bring_back_records

        error = self.group.flush()
        if error is not None:
            raise error
        if self.rescue is not None:
            bring_back_records(self.group.group_folder, kept, self.rescue)
        self.group.take_outside_changes()

    def show_day(self) -> None:
        """The open story and the pages of the group are shown anew: a notice or a decree may be over since midnight."""
        if self.session is not None:
            self.session.changed.emit(self.session.story)
        if self._group is not None:
            self._group.changed.emit(self._group.records)

    def remove(self, folder: str) -> str:
        """Move a story to the bin; returns its name there, "" when it is open, unsaved and stays so.

        Raises:
            UserError: the workspace is read-only or a file is in use.
        """
        if self.session is not None and self.session.folder == folder:
            if not self.may_leave():
                return ""
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

    def add_media(self, folder: str, came: ImportedMedia) -> Story:
        """Add what was copied in to its story, which may have been left meanwhile; the story then.

        Args:
            folder: the story's folder.
            came: photos, clips and recordings, appended in their order.

        Raises:
            UserError: the story is not open and its file cannot be changed (it is in the bin, say).
        """
        changes = edits.add_videos(came.videos), edits.add_photos(came.photos), add_recordings(came.recordings)
        return self.edit_story(folder, *changes)

    def edit_story(self, folder: str, *changes: StoryEdit) -> Story:
        """Change a story, which may be open (then as steps of undo) or not (then it is saved); the story then.

        Args:
            folder: the story's folder.
            changes: in this order.

        Raises:
            UserError: the story may not be changed (it is in the bin, read-only, of a newer format, say).
        """
        session, folder = self.session, self.workspace.name_now(folder)
        if session is not None and session.folder == folder and not session.read_only:
            for change in changes:
                session.edit(change)
            return session.story
        before = story = self.workspace.load(folder)
        for change in changes:
            story = change.apply(story)
        if story is before:
            return story
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
        # Written again with the same content: the steps of undo stay.
        if found.story == session.story:
            return False
        self._replace(self._session(found.folder, found.story, read_only=found.read_only))
        self.opened.emit(self.session)
        return True

    def close(self) -> None:
        """Have everything on disk and let the workspace go."""
        self.closing.emit()
        self._replace(None)
        if self._group is not None:
            self._group.close()
        self.workspace.close()

    def _replace(self, session: StorySession | None) -> None:
        before, self.session = self.session, session
        if session is not None:
            session.save_state_changed.connect(self._on_state)
            session.folder_made.connect(self._on_folder)
        if before is not None:
            before.close()
            if before.folder:
                self._touch(before.folder)
            # Not at once: a signal of its own may have led here.
            before.deleteLater()

    def _on_state(self, state: SaveState) -> None:
        if state.kind == "saved" and self.session is not None:
            self._touch(self.session.folder)

    def _on_folder(self, folder: str) -> None:
        """A story got its folder, or another one."""
        for name in (*self.workspace.names_before(folder), folder):
            self._touch(name)

    def _touch(self, folder: str) -> None:
        self.touched.emit(folder)
