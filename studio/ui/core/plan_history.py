"""Plans made on the calendar, with undo: they are of many stories, of which at most one is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.base.errors import UserError
from studio.story.post_plans import set_plans

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.story.edits import StoryEdit
    from studio.story.newsroom_records import PlannedPost
    from studio.ui.core.open_workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class _PlanStep:
    """What one step put in the place of what, in which story."""

    folder: str
    before: tuple[PlannedPost, ...]
    after: tuple[PlannedPost, ...]
    label: str


class PlanHistory(QObject):
    """Makes plans and takes them back. Undo and redo of the window mean these steps while the calendar is shown.

    It outlives the window, which is built anew for another language or size: see ``plans_of``.

    Args:
        stories: the open workspace.
    """

    changed = Signal(str)
    """Folder of a story whose plans are others now."""

    def __init__(self, stories: OpenWorkspace) -> None:
        super().__init__(stories)
        self._stories = stories
        self.explain: Callable[[UserError], object] = id
        """Says why something could not be done; the window that is open sets it."""
        self._undo: list[_PlanStep] = []
        self._redo: list[_PlanStep] = []

    @property
    def read_only(self) -> bool:
        """Whether nothing may be changed here."""
        return self._stories.workspace.read_only

    @property
    def undo_label(self) -> str:
        """Code of what ``undo`` would take back; "" when there is nothing."""
        return self._undo[-1].label if self._undo else ""

    @property
    def redo_label(self) -> str:
        """Code of what ``redo`` would do again; "" when there is nothing."""
        return self._redo[-1].label if self._redo else ""

    def edit(self, folder: str, change: StoryEdit) -> bool:
        """Change the plans of a story; whether anything came of it."""
        try:
            before = self._planned(folder)
            after = self._stories.edit_story(folder, change).planned
        except UserError as error:
            self.explain(error)
            return False
        if after == before:
            return False
        gone, came = _difference(before, after), _difference(after, before)
        self._undo.append(_PlanStep(folder, gone, came, change.label))
        self._redo.clear()
        self._save_open_story(folder)
        return True

    def undo(self) -> str:
        """Take the last step back; its label, "" when there was none or it could not be taken back."""
        return self._travel(self._undo, self._redo)

    def redo(self) -> str:
        """Do the last undone step again; likewise."""
        return self._travel(self._redo, self._undo)

    def flush(self) -> UserError | None:
        """Have the open story on disk; the others are."""
        return self._stories.session.flush() if self._stories.session is not None else None

    def _travel(self, source: list[_PlanStep], target: list[_PlanStep]) -> str:
        if not source:
            return ""
        step = source[-1]
        try:
            self._stories.edit_story(step.folder, set_plans(step.after, step.before))
        except UserError as error:  # the story may be in the bin: the step stays for when it is back
            self.explain(error)
            return ""
        source.pop()
        target.append(_PlanStep(step.folder, step.after, step.before, step.label))
        self._save_open_story(step.folder)
        return step.label

    def _planned(self, folder: str) -> tuple[PlannedPost, ...]:
        session, name = self._stories.session, self._stories.workspace.name_now(folder)
        if session is not None and session.folder == name:
            return session.story.planned
        return self._stories.workspace.load(name).planned

    def _save_open_story(self, folder: str) -> None:
        """The calendar shows what is on disk, so that what was planned for the open story goes there at once."""
        self.flush()
        self.changed.emit(folder)


def _difference(one: Sequence[PlannedPost], other: Sequence[PlannedPost]) -> tuple[PlannedPost, ...]:
    rest = list(other)
    found = []
    for plan in one:
        if plan in rest:
            rest.remove(plan)
        else:
            found.append(plan)
    return tuple(found)


def plans_of(stories: OpenWorkspace) -> PlanHistory:
    """Those of a workspace, for as long as it is open."""
    return stories.findChild(PlanHistory) or PlanHistory(stories)
