"""The window of whoever reads aloud, opened on the story that is open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace


def show_read_aloud(tools: WindowTools, stories: OpenWorkspace) -> None:
    """Let the user read the open story, or several, aloud.

    Args:
        tools: what every part is given.
        stories: the open workspace and story.
    """
    from studio.services.broadcast_programme import programme_of_today
    from studio.ui.dialogs.read_aloud_dialog import ReadAloudDialog

    session = stories.session
    if session is not None and not session.read_only and session.flush() is not None:
        return  # what is read is what is saved; the banner says why it is not
    folder = session.folder if session is not None else ""
    make = partial(programme_of_today, stories.workspace, tools.texts)
    dialog = ReadAloudDialog(tools, stories.workspace, folder or "", make)
    tools.dialogs.show(dialog)
    dialog.view.stop()
    dialog.deleteLater()
