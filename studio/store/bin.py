"""The bin: deleted stories lie complete in ``bin/`` until the user empties it."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from studio.base.atomic_files import rename_path, sync_folder
from studio.base.errors import UserError
from studio.store.codec import decode_story
from studio.store.file_names import plain_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path


class StoryBin:
    """The bin of one workspace.

    Args:
        path: the folder ``bin``; made when first needed.
        stories: the folder the stories come from and go back to.
        guard: called before anything changes; gives what must be held meanwhile, or raises when read-only.
    """

    def __init__(self, path: Path, stories: Path, guard: Callable[[], AbstractContextManager[object]]) -> None:
        self._path = path
        self._stories = stories
        self._guard = guard

    def names(self) -> tuple[str, ...]:
        """The stories in the bin, latest date first."""
        try:
            with os.scandir(self._path) as entries:
                return tuple(sorted((entry.name for entry in entries if entry.is_dir()), reverse=True))
        except OSError:
            return ()

    def headline(self, name: str) -> str:
        """The headline of a story in the bin; "" when it has none or cannot be read."""
        try:
            return decode_story((self._path / name / "story.json").read_bytes(), name).story.headline
        except (OSError, UserError):
            return ""

    def holds_story(self, name: str) -> bool:
        """Whether something of that name is in the bin."""
        return os.path.lexists(self._path / name)

    def put_story(self, name: str) -> str:
        """Move a story into the bin, with all that belongs to it.

        Returns:
            Its name in the bin.

        Raises:
            UserError: read-only, no such story, or a file of it is in use; the story is as it was.
        """
        with self._guard():
            source = self._stories / plain_name(name, "store.no_story")
            if not source.is_dir():
                raise UserError("store.no_story", name=name)
            return _move_story(source, self._path)

    def give_back(self, name: str) -> str:
        """Move a story out of the bin.

        Returns:
            The name of its folder: the one it had, unless that was taken meanwhile.

        Raises:
            UserError: read-only, not in the bin, or a file of it is in use.
        """
        with self._guard():
            return _move_story(self._path_inside(name), self._stories)

    def purge_story(self, name: str) -> None:
        """Delete a story in the bin for good.

        Raises:
            UserError: read-only, not in the bin, or a file of it is in use; what is left stays in the bin.
        """
        with self._guard():
            try:
                shutil.rmtree(self._path_inside(name))
            except OSError as error:
                raise UserError("store.busy", story=name, detail=error.strerror or str(error)) from error

    def _path_inside(self, name: str) -> Path:
        source = self._path / plain_name(name, "store.not_in_bin")
        if not source.is_dir():
            raise UserError("store.not_in_bin", name=name)
        return source


def _move_story(source: Path, folder: Path) -> str:
    """Move the folder of a story into ``folder``, under a free name.

    Returns:
        Its name there.

    Raises:
        UserError: a file of the story is in use, or the disk refuses; the story is as it was.
    """
    name, number = source.name, 1
    try:
        folder.mkdir(exist_ok=True)
        while (folder / name).exists():
            number += 1
            name = f"{source.name}-{number}"
        rename_path(source, folder / name)
        sync_folder(folder)
        sync_folder(source.parent)
    except OSError as error:
        raise UserError("store.busy", story=source.name, detail=error.strerror or str(error)) from error
    return name
