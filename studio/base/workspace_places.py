"""Where things lie in the folder of a workspace (docs/format.md): nobody else puts these names together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.folders import PRIVATE

if TYPE_CHECKING:
    from pathlib import Path

STORIES, EXPORTS, TEMPLATES, GROUP = "stories", "exports", "templates", "group"


class WorkspacePlaces:
    """The places of a workspace, open or not.

    Args:
        path: its folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._renamed: dict[str, str] = {}

    def note_rename(self, folder: str, new: str) -> None:
        """The folder of a story is called ``new`` from now on."""
        self._renamed.pop(new, None)
        self._renamed[folder] = new

    def names_before(self, folder: str) -> tuple[str, ...]:
        """What the folder of a story was called since the workspace was opened."""
        return tuple(old for old, new in self._renamed.items() if new == folder)

    def name_now(self, folder: str) -> str:
        """What the folder of a story is called now, if it was renamed since the workspace was opened.

        Work that began before (photos that come in, say) still knows the story by its old name.
        """
        new = self._renamed.get(folder)
        return folder if new is None or (self.stories_dir / folder).exists() else self.name_now(new)

    @property
    def stories_dir(self) -> Path:
        """All stories, a folder each."""
        return self.path / STORIES

    @property
    def templates_dir(self) -> Path:
        """The group's own outlets."""
        return self.path / TEMPLATES

    @property
    def group_dir(self) -> Path:
        """The group's own files; read and written by ``store.group_folder``."""
        return self.path / GROUP

    @property
    def private_dir(self) -> Path:
        """Lock and caches; those of a workspace that may not be written lie elsewhere (``store.previews``)."""
        return self.path / PRIVATE

    def exports_dir(self, folder: str = "") -> Path:
        """Finished posts: of the story in ``folder``, or of all."""
        return self.path / EXPORTS / folder
