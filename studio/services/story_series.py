"""The next story of a series, made in a workspace: with its media, at once or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.store.media_files import media_files
from studio.store.staging import staged_story
from studio.story.next_in_series import next_story

if TYPE_CHECKING:
    from datetime import date

    from studio.base.progress import Progress
    from studio.store.workspace import Workspace
    from studio.story.model import Story
    from studio.story.next_in_series import SeriesStory


@dataclass(frozen=True, slots=True)
class MadeStory:
    """The folder of the new story, and what its texts say of days."""

    folder: str
    made: SeriesStory


def story_on(workspace: Workspace, story: Story, day: date) -> str:
    """The folder of a story of the same series on that day; "" where there is none."""
    if story.series is None:
        return ""
    # Only folders that begin with the day are read: a workspace may hold thousands of stories.
    for folder in (name for name in workspace.story_folders() if name.startswith(day.isoformat())):
        try:
            found = workspace.load(folder)
        except UserError:
            continue
        if found.series is not None and found.series.id == story.series.id and found.id != story.id:
            return folder
    return ""


def make_next(
    workspace: Workspace, folder: str, story: Story, day: date, progress: Progress | None = None
) -> MadeStory:
    """Make the next story of a series.

    Args:
        workspace: open for writing.
        folder: of ``story``: its media are copied from there; one that is lost there is lost in the new story too.
        story: as it is now; it need not be saved.
        day: of the new one.
        progress: called with the name of the media file that is being copied.

    Raises:
        UserError: as ``next_story``; or the workspace cannot be written; nothing was made.
        WorkCancelled: from ``progress``; likewise.
    """
    made = next_story(story, day)
    with staged_story(workspace) as room:
        for file in media_files(made.story):
            source = workspace.media_path(folder, file)
            if source.is_file():
                room.import_media(source, progress)
        return MadeStory(room.finish(made.story), made)
