"""Packages that come into the window: as a new story, merged into the one that is here, or asked about."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from studio.base.errors import UserError
from studio.services.package_taking import (
    TakenMemory,
    TakingPlan,
    fetch_media,
    forget_merged,
    is_withdrawn_there,
    note_merged,
    plan_taking,
    take_as_story,
)
from studio.story.edits import StoryEdit
from studio.story.three_way_merge import choose_all

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path as FilePath

    from studio.base.errors import WorkNotice
    from studio.base.progress import Progress
    from studio.story.model import Story
    from studio.story.three_way_merge import Path, Side
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.shell.window_frame import WindowFrame


class PackageImport(QObject):
    """Takes packages in.

    Args:
        tools: what every part is given.
        stories: the open workspace and story.
        shell: for short words.
        show: opens a story by its folder, on the desk where one writes.
        tell: says what went wrong or stayed away.
    """

    def __init__(
        self,
        tools: WindowTools,
        stories: OpenWorkspace,
        shell: WindowFrame,
        show: Callable[[str], bool],
        tell: Callable[[Sequence[UserError | WorkNotice]], None],
    ) -> None:
        super().__init__(shell)
        self._tools = tools
        self._stories = stories
        self._shell = shell
        self._show = show
        self._tell = tell
        self._memory = TakenMemory()

    def take_package(self, path: FilePath) -> None:
        """Read a package in the background, then do what it needs."""
        work = partial(_plan, self._stories, path, self._tools)
        self._start(path.name, work, self._planned)

    def _start(self, name: str, work: Callable[[Progress], object], done: Callable[..., None]) -> None:
        title = self._tools.t("handoff.take_job", file=name)
        self._tools.jobs.start(title, work, done=done, failed=self._failed)

    def _failed(self, error: UserError) -> None:
        if isValid(self):
            self._tell([error])

    def _planned(self, plan: TakingPlan) -> None:
        if not isValid(self):
            return  # the window is another one by now: nothing was taken, the package lies where it was
        if plan.known.same:
            if self._show(plan.known.same):
                self._shell.show_toast(self._tools.t("store.package_known", story=plan.known.same))
        elif not plan.known.other:
            self._add(plan)
        elif self._show(plan.known.other):
            self._merge(plan)

    # ------------------------------------------------------------------------------------------- as a story

    def _add(self, plan: TakingPlan) -> None:
        work = partial(take_as_story, self._stories.workspace, plan)
        self._start(plan.package.source.name, work, partial(self._added, plan))

    def _added(self, plan: TakingPlan, folder: str) -> None:
        if not isValid(self):
            return
        self._stories.touched.emit(folder)
        if not self._show(folder):
            return
        self._shell.show_toast(self._tools.t("import.text_done"))
        told = [plan.reason] if plan.reason else []
        told += [self._tools.texts.explain(notice) for notice in plan.notices]
        if told:
            title = self._tools.t("handoff.came_from", group=plan.group)
            self._tools.dialogs.tell(title, "\n\n".join(told))

    # ------------------------------------------------------------------------------------------- merged

    def _merge(self, plan: TakingPlan) -> None:
        from studio.ui.dialogs.merge_dialog import MergeDialog

        session = self._stories.session
        if session is None or session.read_only:
            self._shell.show_toast(self._tools.t("window.read_only"))
            return
        try:
            merged = plan.merge_into(session.story)
        except UserError as error:
            self._failed(error)
            return
        choices: dict[Path, Side] = {}
        if merged.conflicts:
            known = plan.known.base is not None
            earlier = self._memory.choices.get(plan.package.text, {})
            dialog = MergeDialog(self._tools, merged.conflicts, merged.story, plan.group, earlier, known=known)
            self._tools.dialogs.show(dialog)
            choices, outcome = dialog.choices, dialog.outcome
            dialog.deleteLater()
            self._memory.choices[plan.package.text] = choices
            if outcome == "copy":
                self._add(plan)
            if outcome != "merge":
                if outcome == "later":
                    self._shell.show_toast(self._tools.t("merge.left", file=plan.package.source.name))
                return
        work = partial(fetch_media, self._stories.workspace, plan, _apply(plan, choices, session.story))
        self._start(plan.package.source.name, work, partial(self._merged, plan, choices))

    def _merged(self, plan: TakingPlan, choices: dict[Path, Side], _: object) -> None:
        """The media are here: now the story, as one step of undo, whichever story is open by now."""
        if not isValid(self._stories):
            return
        folder, session = plan.known.other, self._stories.session
        here = session if session is not None and session.folder == folder else None
        before = here.story if here is not None else None
        try:
            after = self._stories.edit_story(folder, StoryEdit("edit.merge", partial(_apply, plan, choices)))
        except UserError as error:
            self._failed(error)
            return
        self._memory.choices.pop(plan.package.text, None)
        # Noted only when the merged story is on disk: from then on what is not in it counts as taken out.
        if here is None or here.flush() is None:
            note_merged(self._stories.workspace, plan)
        if here is not None and before is not None and after is not before:
            here.changed.connect(partial(_follow, self._stories, plan, before, after))
        if isValid(self):
            self._say_merged(plan, changed=after is not before)
            if before is not None and is_withdrawn_there(before, after):
                told = self._tools.t("merge.withdrawn", group=plan.group)
                self._tools.dialogs.tell(self._tools.t("handoff.came_from", group=plan.group), told, tone="warning")

    def _say_merged(self, plan: TakingPlan, *, changed: bool) -> None:
        if not changed:
            self._shell.show_toast(self._tools.t("merge.nothing_new", group=plan.group))
            return
        self._shell.show_toast(self._tools.t("merge.done", group=plan.group), self._tools.t("key.undo"), self._undo)
        if plan.notices:
            self._tell(plan.notices)

    def _undo(self) -> None:
        session = self._stories.session
        if session is not None and session.undo_label == "edit.merge":
            session.undo()


def _plan(stories: OpenWorkspace, path: FilePath, tools: WindowTools, progress: Progress) -> TakingPlan:
    progress.report(0, 1, path.name)
    return plan_taking(stories.workspace, path, tools.texts, tools.settings.text("author"))


def _apply(plan: TakingPlan, choices: dict[Path, Side], story: Story) -> Story:
    """The merged story; what was typed since the conflicts were shown holds where it is another conflict."""
    merged = plan.merge_into(story, choices)
    if merged.conflicts:
        merged = plan.merge_into(story, choose_all(merged.conflicts, "left") | choices)
    return story if merged.story == story else merged.story


def _follow(stories: OpenWorkspace, plan: TakingPlan, before: Story, after: Story, story: Story) -> None:
    """A merge that is undone is no merge: the package may come in again. One that is redone is one."""
    if not isValid(stories):
        return
    if story is before:
        forget_merged(stories.workspace, plan)
    elif story is after:
        note_merged(stories.workspace, plan)
