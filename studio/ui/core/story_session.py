"""One open document: what it is now, what it was before, and whether it is on disk.

A story is one, the group's own records are another (``studio.ui.group.group_session``). Undo keeps
whole documents: they are frozen and share what did not change, so a step costs little.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from studio.story.edits import StoryEdit
from studio.ui.core.autosave import LATEST_SAVE_MS, RETRY_MS, SAVE_PAUSE_MS, AutosaveWriter, SaveResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.errors import UserError
    from studio.store.workspace import Workspace
    from studio.story.model import Story
    from studio.ui.core.autosave import DocumentRescue, DocumentStore

D = TypeVar("D")
# Seconds: typing is one step of undo until it rests for so long, or has gone on for so long.
_JOIN_PAUSE = 2.0
_JOIN_WHOLE = 10.0
_MOST_STEPS = 2000

SaveKind = Literal["saved", "pending", "failed", "read_only"]


@dataclass(frozen=True, slots=True)
class SaveState:
    """Whether the document is on disk: ``when`` it last went there, or the ``error`` that stopped it.

    ``copied`` tells whether what could not be saved lies on the laptop's own disk meanwhile.
    """

    kind: SaveKind
    when: datetime | None = None
    error: UserError | None = None
    copied: bool = False


class DocumentEdit(Protocol[D]):
    """One change of a document; ``studio.story.edits.StoryEdit`` is one."""

    @property
    def label(self) -> str:
        """Code of the text that names it in the undo menu."""

    @property
    def merge(self) -> str:
        """Edits in a row with the same key become one step of undo; "" never joins."""

    @property
    def apply(self) -> Callable[[D], D]:
        """The change: pure, and the same object comes back when there is nothing to do."""


@dataclass(frozen=True, slots=True)
class _UndoStep(Generic[D]):
    """A place to go back to: the document before the edit, and what the edit was."""

    document: D
    label: str
    merge: str
    began: float
    ended: float


class DocumentSession(QObject, Generic[D]):
    """The open document.

    Args:
        store: the workspace it is saved to.
        folder: its folder there; "" for one that is not on disk yet.
        document: as it was read.
        read_only: another window or computer has the workspace: edits are ignored, ``refused`` says so.
        now: the clock, in seconds that only go forward (for joining edits).
        rescue: keeps what cannot be saved; None keeps nothing.
    """

    changed = Signal(object)
    """The document, after every edit, undo and redo."""
    save_state_changed = Signal(object)
    """A ``SaveState``."""
    folder_made = Signal(str)
    """The document got its folder."""
    refused = Signal()
    """Someone tried to edit a story that is open for reading only."""

    def __init__(
        self,
        store: DocumentStore[D],
        folder: str,
        document: D,
        *,
        read_only: bool = False,
        now: Callable[[], float] = time.monotonic,
        rescue: DocumentRescue[D] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._on_disk = document
        self._now = now
        self.read_only = read_only
        self._last_write = 0
        self._held = False
        self._before_hold = document
        self._announced = bool(folder)
        self._undo: list[_UndoStep[D]] = []
        self._redo: list[_UndoStep[D]] = []
        self._state = SaveState("read_only" if read_only else "saved")
        self._saver = AutosaveWriter[D](store, folder, self, rescue)
        self._saver.written.connect(self._after_write)
        self._quiet = QTimer(self, singleShot=True, interval=SAVE_PAUSE_MS)
        self._latest = QTimer(self, singleShot=True, interval=LATEST_SAVE_MS)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        for timer in (self._quiet, self._latest, self._retry):
            timer.timeout.connect(self._save)

    @property
    def document(self) -> D:
        """The document as it is now."""
        return self._document

    @property
    def folder(self) -> str:
        """The story's folder name in the workspace; "" while it has none."""
        return self._saver.folder

    @property
    def save_state(self) -> SaveState:
        """Whether it is on disk."""
        return self._state

    # -------------------------------------------------------------------------------------------- editing

    def edit(self, edit: DocumentEdit[D]) -> None:
        """Change the document. An edit that changes nothing leaves no trace."""
        if self.read_only:
            self.refused.emit()
            return
        after = edit.apply(self._document)
        if after is self._document:
            return
        self._remember(edit)
        self._become(after)

    def _remember(self, edit: DocumentEdit[D]) -> None:
        now = self._now()
        # After an undo the next edit always begins a step of its own: joined to an older one it would swallow what was
        # undone.
        last = self._undo[-1] if self._undo and not self._redo else None
        self._redo.clear()
        joins = last and edit.merge and last.merge == edit.merge
        soon = last and now - last.ended <= _JOIN_PAUSE and now - last.began <= _JOIN_WHOLE
        if last and joins and (soon or self._held):
            # The story before the first of the joined edits stays: one undo takes all of them back.
            self._undo[-1] = _UndoStep(last.document, last.label, last.merge, last.began, now)
            return
        self._undo.append(_UndoStep(self._document, edit.label, edit.merge, now, now))
        del self._undo[:-_MOST_STEPS]

    def break_merge(self) -> None:
        """Let the next edit begin a step of its own (the focus moved, a word was finished, a drag is over)."""
        self._held = False
        if self._undo:
            last = self._undo[-1]
            self._undo[-1] = _UndoStep(last.document, last.label, "", last.began, last.ended)

    def hold(self) -> None:
        """A drag begins: until ``break_merge`` its edits are one step, however long the hand rests in between."""
        self.break_merge()
        self._held = True
        self._before_hold = self._document

    def abandon(self) -> None:
        """A drag is given up: the story is as it was at ``hold``, and neither undo nor redo knows of the drag."""
        if self._held and self._document is not self._before_hold:
            while self._undo and self._undo.pop().document is not self._before_hold:
                continue
            self._become(self._before_hold)
        self.break_merge()

    @property
    def undo_label(self) -> str:
        """Code of what ``undo`` would take back; "" when there is nothing."""
        return self._undo[-1].label if self._undo else ""

    @property
    def redo_label(self) -> str:
        """Code of what ``redo`` would do again; "" when there is nothing."""
        return self._redo[-1].label if self._redo else ""

    def undo(self) -> str:
        """Take the last step back; returns its label, "" when there was none."""
        return self._travel(self._undo, self._redo)

    def redo(self) -> str:
        """Do the last undone step again; returns its label, "" when there was none."""
        return self._travel(self._redo, self._undo)

    def _travel(self, source: list[_UndoStep[D]], target: list[_UndoStep[D]]) -> str:
        if not source or self.read_only:
            return ""
        step = source.pop()
        # Without a merge key: what was undone and done again never joins with later typing.
        target.append(_UndoStep(self._document, step.label, "", step.began, step.ended))
        self._become(step.document)
        return step.label

    def _become(self, document: D) -> None:
        self._document = document
        self._quiet.start()
        # Not begun anew with each key as the pause is: whoever types without stopping is saved all the same.
        if not self._latest.isActive():
            self._latest.start()
        self._set_state(SaveState("pending", self._state.when))
        self.changed.emit(document)

    # -------------------------------------------------------------------------------------------- saving

    @property
    def dirty(self) -> bool:
        """Whether the story now differs from the one on disk."""
        return self._document != self._on_disk

    def flush(self) -> UserError | None:
        """Have the story on disk before this returns; the error when that failed. Safe to call at any time."""
        self._stop_timers()
        if not self.dirty:  # a story that was open for reading only from the start never is
            return None
        saved = self._saver.flush(self._document)
        return saved.error if saved else None

    def discard(self, *, keep_copy: bool = False) -> None:
        """Let the unsaved changes go: the user said so, or they lie elsewhere.

        Args:
            keep_copy: the copy on the laptop's own disk stays, and is offered later.
        """
        self._stop_timers()
        self._document = self._on_disk
        if keep_copy:
            self._saver.leave_copy()
        else:
            self._saver.drop_copy()

    def become_read_only(self) -> None:
        """Another person writes this workspace from now on. What is unsaved is kept as a copy; ``copied`` tells."""
        self.flush()
        self.read_only = True
        self._stop_timers()
        if not self.dirty:
            self._set_state(SaveState("read_only"))

    def ensure_folder(self) -> str:
        """The story's folder, made now when there is none yet (media need a place).

        Raises:
            UserError: it cannot be made.
        """
        if not self.folder and not self.read_only:
            saved = self._saver.flush(self._document)
            if saved is not None and saved.error is not None:
                raise saved.error
        return self.folder

    def close(self) -> UserError | None:
        """Save and let go; the error when the last changes could not be saved."""
        error = self.flush()
        self._stop_timers()
        self._saver.close()
        return error

    def _stop_timers(self) -> None:
        for timer in (self._quiet, self._latest, self._retry):
            timer.stop()

    def _save(self) -> None:
        self._stop_timers()
        if not self.read_only:
            self._saver.save_soon(self._document)

    def _after_write(self, saved: SaveResult[D]) -> None:
        if saved.number < self._last_write:
            return  # a late report: a newer write has already been reported
        self._last_write = saved.number
        if saved.error is not None:
            self._set_state(SaveState("failed", self._state.when, saved.error, saved.copied))
            if not self.read_only:
                self._retry.start()
            return
        # The story that was written, not the one of now: the user may have typed while the disk was busy.
        self._on_disk = saved.document
        if not self.dirty:
            self._set_state(SaveState("saved", datetime.now().astimezone()))
        if not self._announced:
            self._announced = True
            self.folder_made.emit(saved.folder)

    def _set_state(self, state: SaveState) -> None:
        if state != self._state:
            self._state = state
            self.save_state_changed.emit(state)


def saved_document(session: DocumentSession[D]) -> D:
    """The document as it was last on disk."""
    return session._on_disk


def renew_document(session: DocumentSession[D], document: D) -> None:
    """Another program changed the files while nothing was unsaved here: the document is another one now.

    Undo begins anew: a step back would take away what the other program did.
    """
    session._document = session._on_disk = document
    session._undo.clear()
    session._redo.clear()
    session.changed.emit(document)


def amend_document(session: DocumentSession[D], change: Callable[[D], D]) -> None:
    """Note what happened outside: it is no step of undo, and no step back takes it away."""
    after = change(session._document)
    if session.read_only or after is session._document:
        return
    for steps in (session._undo, session._redo):
        steps[:] = [replace(step, document=change(step.document)) for step in steps]
    session._become(after)


class StorySession(DocumentSession["Story"]):
    """The open story. Desks read ``story``, listen to ``changed`` and call ``edit``; they never talk to each other."""

    _workspace: Workspace | None = None

    def in_workspace(self, workspace: Workspace) -> StorySession:
        """Know the workspace it is saved to; the session itself."""
        self._workspace = workspace
        return self

    @property
    def story(self) -> Story:
        """The story as it is now."""
        return self.document

    def edit(self, edit: DocumentEdit[Story]) -> None:
        """Change the story; its comments stay at their words, and the end of a notice's use follows its day."""

        def apply(story: Story) -> Story:
            after = self._keep_end_of_use(story, edit.apply(story))
            if not story.comments:  # to look for their words the body is read at every key
                return after
            # Imported here: the first list of stories does without. The writing desk has it imported already.
            from studio.story.comment_anchors import follow_edit

            return follow_edit(story, after)

        super().edit(StoryEdit(edit.label, apply, edit.merge))

    def _keep_end_of_use(self, before: Story, after: Story) -> Story:
        same_day = (before.date, before.date_end) == (after.date, after.date_end)
        if same_day or not before.service or before.service != after.service or self._workspace is None:
            return after
        from studio.services.notice_kinds import keep_end_of_use

        return keep_end_of_use(self._workspace, before, after)

    def move_folder(self, rename: Callable[[str], str]) -> str:
        """Have the folder of a document that is saved renamed; its name then, also when nothing came of it."""
        before = self.folder
        if before and not self.read_only and not self.dirty:
            self._saver.move(rename)
            if self.folder != before:
                self.folder_made.emit(self.folder)
        return self.folder

    def settle_address(self) -> str:
        """Let the folder follow the headline while nobody knows it (the story is left, ready, or about to be exported).

        Returns:
            What the folder is called then.
        """
        from studio.services.story_address import settle_address

        workspace = self._workspace
        if workspace is None or self.flush() is not None:
            return self.folder
        return self.move_folder(lambda folder: settle_address(workspace, folder))
