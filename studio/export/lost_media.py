"""Originals that no list shows: folders that a killed import of an earlier version left without a story."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.errors import UserError
from studio.export.bringing import with_clip_facts, with_photo_facts
from studio.store import history
from studio.story.model import Photo, Story, Video

if TYPE_CHECKING:
    from pathlib import Path

    from studio.store.workspace import Workspace

_DAY = 10
"""Characters of the date at the beginning of a folder's name."""


@dataclass(frozen=True, slots=True)
class LostFolder:
    """A folder among the stories that holds originals and no story.

    Attributes:
        folder: its name.
        files: the names in its ``media``.
        size: of them all, in bytes.
    """

    folder: str
    files: tuple[str, ...]
    size: int


def find_lost(workspace: Path) -> tuple[LostFolder, ...]:
    """Folders of originals without a story, by name. Nothing is changed.

    Args:
        workspace: its folder.

    Raises:
        UserError: ``store.no_workspace``: there are no stories to look at.
    """
    try:
        folders = sorted(path for path in (workspace / "stories").iterdir() if path.is_dir())
    except OSError as error:
        raise UserError("store.no_workspace", place=str(workspace)) from error
    found = []
    for folder in folders:
        if folder.name.startswith(".") or (folder / "story.json").exists() or history.versions(folder):
            continue
        files: list[Path] = []
        with suppress(OSError):
            files = sorted(path for path in (folder / "media").iterdir() if _is_original(path))
        if files:
            found.append(LostFolder(folder.name, tuple(path.name for path in files), _size(files)))
    return tuple(found)


def _is_original(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def _size(files: list[Path]) -> int:
    total = 0
    for path in files:
        with suppress(OSError):
            total += path.stat().st_size
    return total


def recover(workspace: Workspace, lost: LostFolder, headline: str) -> tuple[str, ...]:
    """Give a folder of originals a story with its photos and clips, so that the list shows it and the user can decide.

    Args:
        workspace: open to write.
        lost: from ``find_lost``.
        headline: of the story.

    Returns:
        Files that are neither photo nor clip and stay beside them.

    Raises:
        UserError: the story cannot be written.
    """
    photos: list[Photo] = []
    videos: list[Video] = []
    left: list[str] = []
    for number, name in enumerate(lost.files, 1):
        path = workspace.media_path(lost.folder, name)
        try:
            photos.append(replace(with_photo_facts(Photo(id=f"f{number}", file="", name=name), path)[0], file=name))
            continue
        except UserError:
            pass
        try:
            videos.append(replace(with_clip_facts(Video(id=f"v{number}", file="", name=name), path)[0], file=name))
        except UserError:
            left.append(name)
    story = Story(id="", headline=headline, date=_day(lost.folder), photos=tuple(photos), videos=tuple(videos))
    workspace.save(lost.folder, story)
    return tuple(left)


def _day(folder: str) -> str:
    from datetime import date

    with suppress(ValueError):
        return date.fromisoformat(folder[:_DAY]).isoformat()
    return ""
