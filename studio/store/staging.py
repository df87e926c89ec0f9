"""A story that is being brought in with its media: it appears complete, by one rename, or not at all.

Copying big photos and clips takes minutes, and a laptop is closed or a program killed meanwhile. What had come in would
lie in a folder without a story, which no list shows. So everything gathers in a hidden folder beside the stories whose
name says which process makes it; one whose process is dead is swept away when the workspace is opened the next time.
The originals lie where they came from.
"""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

from studio.base.atomic_files import disk_error, temporary_name
from studio.base.progress import SilentProgress
from studio.store.file_names import plain_name
from studio.store.media_files import copy_in
from studio.store.workspace import MEDIA, adopt_story, require_writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.store.workspace import Workspace
    from studio.story.model import Story


class StagedStory:
    """The hidden folder of a story to come. Made by ``staged_story``.

    Args:
        workspace: where the story will be.
        room: the folder.
    """

    def __init__(self, workspace: Workspace, room: Path) -> None:
        self._workspace = workspace
        self._room = room

    def media_path(self, file: str) -> Path:
        """Where a media file of the story lies until the story is there.

        Raises:
            UserError: ``file`` is no plain name.
        """
        return self._room / MEDIA / plain_name(file, "store.media_name")

    def import_media(self, source: Path, progress: Progress | None = None) -> str:
        """Copy a photo, video or sound; see ``media_files.copy_in``. Its name in ``media/``."""
        self._workspace.site.require_workspace()
        return copy_in(source, self._room / MEDIA, progress or SilentProgress())

    def finish(self, story: Story) -> str:
        """Make the story; see ``adopt_story``. The name of its folder."""
        return adopt_story(self._workspace, self._room, story)


@contextlib.contextmanager
def staged_story(workspace: Workspace) -> Iterator[StagedStory]:
    """Bring in a story with its media. What was not finished at the end is gone.

    Raises:
        UserError: read-only, or the disk refuses.
    """
    require_writing(workspace)
    # Beside the stories: the last step is a rename, which is only atomic within one file system. "x" stands for any
    # name.
    room = temporary_name(workspace.stories_dir / "x")
    try:
        room.mkdir(parents=True)
    except OSError as error:
        raise disk_error(error, room / "story.json") from error
    try:
        yield StagedStory(workspace, room)
    finally:
        shutil.rmtree(room, ignore_errors=True)
