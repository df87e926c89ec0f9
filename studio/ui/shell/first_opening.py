"""What the program opens when it was started with a file or a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.media_types import is_used_as
from studio.ui.shell.data_commands import is_data_pack, show_data

if TYPE_CHECKING:
    from pathlib import Path

    from studio.ui.shell.application import StudioApplication


def start_with(studio: StudioApplication, given: Path | None) -> None:
    """Start with what was named or double-clicked: a workspace, a package for that of last time, or a data pack."""
    if given is not None and is_data_pack(given) and given.is_file():
        studio.start(None)
        show_data(studio.tools, studio.rebuild, given)
        return
    if given is None or not (is_used_as(given, "package") and given.is_file()):
        studio.start(given)
        return
    studio.start(None)
    if studio.window is None:
        studio.tools.dialogs.tell(studio.tools.t("handoff.no_workspace_title"), studio.tools.t("handoff.no_workspace"))
    else:
        studio.window.intake.bring_in([given])
