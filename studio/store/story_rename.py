"""The folder of a story gets the name of its headline: one rename, completely or not at all.

A folder's name is the story's address, printed and sent once something of it is out. Until then it may change freely;
afterwards the old name is kept in the story (``former_folders``), so that what is there can be found again: a page
points on from it, or is taken away where the name leads to a protected person. That is on disk
before the folder moves: a program killed in between leaves a story that names its own folder, which means nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.base.atomic_files import rename_path, sync_folder
from studio.base.errors import UserError
from studio.store.file_names import NO_HEADLINE, file_slug, folder_name
from studio.store.free_names import free_folder, is_taken
from studio.story.edits import note_address

if TYPE_CHECKING:
    from datetime import date

    from studio.store.workspace import Workspace
    from studio.story.model import Story

_DAY = 10
"""Characters of the date a folder's name begins with."""
_NUMBERED = re.compile(r"-(?:[2-9]|[1-9]\d)")
"""What is put behind a name that another story has; "-2026" was part of a headline."""


def is_address_out(workspace: Workspace, folder: str, story: Story) -> bool:
    """Whether anyone may know the story by its folder: it was exported or published, or a name of it was noted."""
    return bool(story.publications or story.former_folders) or workspace.exports_dir(folder).exists()


def wanted_folder(workspace: Workspace, folder: str, story: Story, today: date) -> str:
    """The name that fits the story's headline and day; "" where it has that name, or no headline yet.

    Args:
        workspace: where it is.
        folder: its name now.
        story: as it is now.
        today: for a story whose folder names no day.
    """
    if file_slug(story.headline) in {"", NO_HEADLINE}:
        return ""
    day = story.date or folder[:_DAY]
    plain = folder_name(story.headline, day, today, lambda _: False)
    # Its own name with a number behind it was given because another story has the plain one: it fits as well.
    if folder == plain or (folder.startswith(plain) and _NUMBERED.fullmatch(folder[len(plain) :])):
        return ""
    return free_folder(workspace, workspace.bin, story.headline, day, today, exported=True, of=folder)


def rename_story(workspace: Workspace, folder: str, new: str, *, keep_old: bool) -> str:
    """Give a story's folder another name; history, media and what was shared lie in it and go along.

    Args:
        workspace: open for writing.
        folder: its name now; everything in it is saved.
        new: as ``wanted_folder`` says.
        keep_old: whether the old name is noted in the story: something is out under it.

    Returns:
        ``new``.

    Raises:
        UserError: read-only, taken meanwhile, or a file of it is in use (``store.rename_busy``); nothing changed but
            that the story may name its own folder among its former ones.
    """
    with workspace.for_writing():
        target = workspace.stories_dir / new
        if is_taken(workspace, workspace.bin, new, exported=True, of=folder):
            raise UserError("store.rename_taken", name=new)
        if keep_old:
            workspace.save(folder, note_address(workspace.load(folder), folder))
        try:
            rename_path(workspace.stories_dir / folder, target)
            sync_folder(workspace.stories_dir)
        except OSError as error:
            raise UserError("store.rename_busy", story=folder, detail=error.strerror or str(error)) from error
        workspace.note_rename(folder, new)
        workspace.load(new)  # what lies there now is what was seen here: no other program changed it
    return new
