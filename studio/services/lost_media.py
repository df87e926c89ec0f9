"""Originals that no list shows.

Folders that a killed import of an earlier version left without a story; and photos and clips that had been dropped into
an open story when the program was killed, before the story that names them was saved: they lie in its ``media/``, and
neither the story nor an earlier version of it knows them.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.errors import UserError
from studio.base.workspace_places import WorkspacePlaces
from studio.services.media_facts import with_clip_facts, with_photo_facts
from studio.store import history
from studio.store.staging import staged_story
from studio.store.workspace import MEDIA, STORY_FILE
from studio.story.model import Photo, Story, Video

if TYPE_CHECKING:
    from pathlib import Path

    from studio.store.workspace import Workspace

_DAY = 10
"""Characters of the date at the beginning of a folder's name."""


@dataclass(frozen=True, slots=True)
class LostOriginals:
    """Originals in one folder among the stories that no story names.

    Attributes:
        folder: its name.
        files: the names in its ``media``.
        size: of them all, in bytes.
        in_story: whether there is a story in the folder, which does not name them.
    """

    folder: str
    files: tuple[str, ...]
    size: int
    in_story: bool


def find_lost(workspace: Path) -> tuple[LostOriginals, ...]:
    """Originals that no story names, folder by folder. Nothing is changed.

    Args:
        workspace: its folder.

    Raises:
        UserError: ``store.no_workspace``: there are no stories to look at.
    """
    try:
        folders = sorted(path for path in WorkspacePlaces(workspace).stories_dir.iterdir() if path.is_dir())
    except OSError as error:
        raise UserError("store.no_workspace", place=str(workspace)) from error
    found = []
    for folder in folders:
        if folder.name.startswith("."):
            continue
        files: list[Path] = []
        with suppress(OSError):
            files = sorted(path for path in (folder / MEDIA).iterdir() if _is_original(path))
        earlier = history.earlier_versions(folder)
        in_story = (folder / STORY_FILE).exists() or bool(earlier)
        for document in (folder / STORY_FILE, *(folder / history.FOLDER / version.name for version in earlier)):
            files = _unnamed_files(files, document) if files else []
        if files:
            found.append(LostOriginals(folder.name, tuple(path.name for path in files), _total_size(files), in_story))
    return tuple(found)


def _unnamed_files(files: list[Path], document: Path) -> list[Path]:
    """Those a story's file does not name anywhere, even when it can no longer be understood."""
    try:
        data = document.read_bytes()
    except FileNotFoundError:
        return files
    except OSError:
        return []  # who cannot be asked may know them
    # Searched as bytes and not parsed: a damaged story.json still names its media, and they are not lost. A false match
    # only means that a file is not offered.
    return [path for path in files if path.name.encode() not in data]


def _is_original(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def _total_size(files: list[Path]) -> int:
    total = 0
    for path in files:
        with suppress(OSError):
            total += path.stat().st_size
    return total


def recover_media(workspace: Workspace, lost: LostOriginals, headline: str) -> tuple[str, ...]:
    """Give originals a story, a draft with these photos and clips, so that the list shows it and the user can decide.

    Those beside a story get one of their own, which knows whom that one protects: nothing changes in a story that may
    be ready, and what was taken out of it long ago does not come back into it.

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
    # Tried as a photo first, then as a clip: what it is says its content, as its name may be a mere hash.
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
    story = Story(id="", headline=headline, date=_folder_day(lost.folder), photos=tuple(photos), videos=tuple(videos))
    if not lost.in_story:
        workspace.save(lost.folder, story)
    elif photos or videos:
        _move_media(workspace, lost.folder, story)
    return tuple(left)


def _move_media(workspace: Workspace, folder: str, story: Story) -> None:
    """Make a story of originals of another one; theirs are deleted when the new one is there, complete."""
    files = [*(photo.file for photo in story.photos), *(video.file for video in story.videos)]
    with suppress(UserError):
        told = workspace.load(folder)
        story = replace(story, people=told.people, place=told.place)
    with staged_story(workspace) as staged:
        for name in files:
            staged.import_media(workspace.media_path(folder, name))
        staged.finish(story)
    for name in files:
        with suppress(OSError):
            workspace.media_path(folder, name).unlink()


def _folder_day(folder: str) -> str:
    from datetime import date

    with suppress(ValueError):
        return date.fromisoformat(folder[:_DAY]).isoformat()
    return ""
