"""The address of the open story: what it is, what its headline would make of it, and the change when it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.base.errors import UserError
from studio.ui.core.story_session import renew_document
from studio.ui.dialogs.dialog_service import DialogChoice

if TYPE_CHECKING:
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.shell.window_frame import WindowFrame


class AddressCommands(QObject):
    """Shows and changes it.

    Args:
        tools: what every part is given.
        stories: the open workspace and story.
        shell: for short words.
    """

    def __init__(self, tools: WindowTools, stories: OpenWorkspace, shell: WindowFrame) -> None:
        super().__init__(shell)
        self._tools = tools
        self._stories = stories
        self._shell = shell

    def show(self) -> None:
        """Tell what the change would mean, and make it when it is wanted."""
        from studio.services.story_address import change_address, story_address

        session, workspace = self._stories.session, self._stories.workspace
        if session is None or session.flush() is not None or not session.folder:
            return
        if session.read_only:
            self._shell.show_toast(self._tools.t("window.read_only"))
            return
        address = story_address(workspace, session.folder, session.story)
        if not address.wanted:
            text = self._tools.t("address.same", story=session.folder)
            self._tools.dialogs.tell(self._tools.t("address.title"), text)
            return
        code = "free" if not address.out else "points" if address.points_on else "gone"
        text = self._tools.t(f"address.ask_{code}", old=address.folder, new=address.wanted)
        choice = DialogChoice("change", self._tools.t("address.change"))
        if self._tools.dialogs.ask(self._tools.t("address.title"), text, [choice]) != "change":
            return
        try:
            now = session.move_folder(lambda folder: change_address(workspace, folder).wanted)
        except UserError as error:
            self._tools.dialogs.explain(error)
            return
        # The story on disk tells its former name now; a step back in time here would take that away again.
        renew_document(session, workspace.load(now))
        self._shell.show_toast(self._tools.t("address.changed", new=now))
