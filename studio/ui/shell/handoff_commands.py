"""Sending the open story to the editor as the user sees it: what goes along, where to, and what stayed home."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.base.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.base.progress import Progress
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace


class HandoffCommands(QObject):
    """Makes packages.

    Args:
        tools: what every part is given.
        stories: the open workspace and story.
        parent: ends it.
    """

    def __init__(self, tools: WindowTools, stories: OpenWorkspace, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._stories = stories

    def send(self) -> None:
        """Ask what goes along and where to, then write the package in the background; the story stays open."""
        from studio.services.story_handoff import file_name_for, pack_for_editor
        from studio.ui.dialogs.pack_dialog import PackDialog

        session, tools, workspace = self._stories.session, self._tools, self._stories.workspace
        if session is None:
            return
        try:
            folder = session.ensure_folder()
        except UserError as error:
            tools.dialogs.explain(error, tools.t("handoff.title"))
            return
        dialog = PackDialog(tools, session.story)
        accepted, choice = tools.dialogs.show(dialog), dialog.choice
        dialog.deleteLater()
        target = (
            tools.dialogs.choose_target(tools.t("handoff.title"), file_name_for(folder), "package")
            if accepted
            else None
        )
        if target is None:
            return
        # What cannot be saved (a full disk) can still be sent: then the story as it is on the screen.
        story = session.story if session.flush() is not None else None

        def work(progress: Progress) -> tuple[WorkNotice, ...]:
            return pack_for_editor(workspace, folder, target, choice, progress, story)

        tools.jobs.start(
            tools.t("handoff.pack_job"), work, done=partial(self._tell_packed, target), failed=self._explain
        )

    def _tell_packed(self, target: Path, notices: tuple[WorkNotice, ...]) -> None:
        tools = self._tools
        told = [tools.t("handoff.packed", file=str(target)), tools.t("handoff.now_carry")]
        told += [tools.texts.explain(notice) for notice in notices]
        tools.dialogs.tell(tools.t("handoff.title"), "\n\n".join(told))

    def _explain(self, error: UserError) -> None:
        self._tools.dialogs.explain(error, self._tools.t("handoff.title"))
