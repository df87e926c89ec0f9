"""Names in the history of a story what was exported: "sebelum ekspor" leads back to what readers got."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.store.history import keep_exported
from studio.store.workspace import STORY_FILE

if TYPE_CHECKING:
    from studio.export.running.story_exporter import ExportedStory
    from studio.store.workspace import Workspace


def keep_exported_version(workspace: Workspace, exported: ExportedStory) -> None:
    """Keep the version that files were just made of, unless it is the newest one kept.

    A copy beside the others is all that is written, so the story may be open in a window meanwhile. A name in the
    history stops no export: on a stick that cannot be written there is none.
    """
    if exported.made and exported.error is None:
        with suppress(OSError, UserError):
            keep_exported(workspace.story_dir(exported.folder) / STORY_FILE, workspace.clock())
