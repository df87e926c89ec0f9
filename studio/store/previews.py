"""Pictures of originals that the studio keeps in ``.studio`` to be quick, and how those of covered ones go.

An original is in ``media/`` and nowhere else once something in it is covered: no small copy of it may tell what its
covers hide. So a photo or clip with covers has nothing here, and what was kept before its first cover is deleted.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from studio.base.atomic_files import clean_leftovers
from studio.base.paths import cache_dir
from studio.base.workspace_places import WorkspacePlaces
from studio.store.workspace import SENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.story.model import Photo, Story, Video

_CLIPS, _CARDS, _VIDEO, _SENT = "clips", "cards", "video", "sent"
_SHOW = "show*.mp4"
"""The video of photos as it was last looked at: it may show any photo of the story."""
_NO_PICTURE = (".keys", ".poster")
_PEAKS = ".peaks-"


def private_room(root: Path, name: str) -> Path:
    """Where the studio keeps what it makes to be quick: in the workspace, of a read-only one on this computer.

    Args:
        root: folder of the workspace.
        name: what is kept there.
    """
    own, here = _rooms(root, name)
    return own if _is_writable(root) else here


def _rooms(root: Path, name: str) -> tuple[Path, Path]:
    known = hashlib.sha256(str(root).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return WorkspacePlaces(root).private_dir / name, cache_dir() / "workspaces" / known / name


def _is_writable(root: Path) -> bool:
    private = WorkspacePlaces(root).private_dir
    place = private if private.is_dir() else root
    if sys.platform == "win32":  # access() knows nothing of a stick's lock there
        try:
            with TemporaryFile(dir=place):
                return True
        except OSError:
            return False
    return os.access(place, os.W_OK)


def thumb_path(root: Path, file: str) -> Path:
    """Where the thumbnail of a media file is, or would be."""
    return _picture(root, "thumbs", file)


def proof_path(root: Path, file: str) -> Path:
    """Where the photo at screen size is, or would be."""
    return _picture(root, "photos", file)


def _picture(root: Path, kind: str, file: str) -> Path:
    """A stick that was prepared elsewhere brings its pictures along."""
    path = _rooms(root, kind)[0] / f"{file}.jpg"
    return path if path.exists() else private_room(root, kind) / path.name


def clips_room(root: Path) -> Path:
    """Where filmstrips, levels and small copies of clips are, and the video of photos that is looked at."""
    return private_room(root, _CLIPS)


def cards_room(root: Path) -> Path:
    """Where painted names, titles and subtitles are."""
    return private_room(root, _CARDS)


def video_room(root: Path, folder: str) -> Path:
    """Where an export keeps the half-made videos of a story."""
    return private_room(root, _VIDEO) / folder


def sent_room(root: Path, folder: str) -> Path:
    """Where clips of a story to be sent are put: beside its export, of a read-only workspace on this computer.

    Args:
        root: folder of the workspace.
        folder: of the story.
    """
    if _is_writable(root):
        return WorkspacePlaces(root).exports_dir(folder) / SENT
    return _rooms(root, _SENT)[1] / folder


def covered_media(story: Story) -> frozenset[str]:
    """The media files of the story's photos and clips with covers."""
    items: tuple[Photo | Video, ...] = (*story.photos, *story.videos)
    return frozenset(item.file for item in items if item.covers and item.file)


def forget_previews(root: Path, file: str, *, copies: bool = True) -> None:
    """Delete every picture kept of a media file; one that cannot be deleted now goes the next time.

    Half a picture that a killed program left goes too: nobody knows whose it is.

    Args:
        root: folder of the workspace.
        file: its name in ``media/``.
        copies: also the small copy of a clip, which the player may have open.
    """
    pictures = (room / f"{file}.jpg" for kind in ("thumbs", "photos") for room in _rooms(root, kind))
    clips = (path for room in _rooms(root, _CLIPS) for path in _of_clip(room, file, copies=copies))
    for path in (*pictures, *clips):
        with suppress(OSError):
            path.unlink(missing_ok=True)
    for kind in ("thumbs", "photos", _CLIPS):
        for room in _rooms(root, kind):
            clean_leftovers(room)


def _of_clip(room: Path, file: str, *, copies: bool) -> Iterator[Path]:
    if not room.is_dir():
        return
    yield from room.glob(_SHOW)
    stem = Path(file).stem
    for path in room.iterdir():
        # Times of key frames, the time of the poster and sound levels show nothing of the picture and may stay.
        silent = path.suffix in _NO_PICTURE or _PEAKS in path.name
        if path.name.startswith(f"{stem}-") and not silent and (copies or ".copy." not in path.name):
            yield path


def forget_covered(root: Path, story: Story) -> None:
    """Delete what is kept of all photos and clips of a story that have covers."""
    for file in covered_media(story):
        forget_previews(root, file)


def forget_made(root: Path, folder: str) -> None:
    """Delete what an interrupted export of the story's videos left to go on from, and clips to send kept here."""
    for place in (*_rooms(root, _VIDEO), _rooms(root, _SENT)[1]):
        rmtree(place / folder, ignore_errors=True)


def forget_cards(root: Path) -> None:
    """Delete the painted names, titles and subtitles: pictures of words that may have left the story since."""
    for place in _rooms(root, _CARDS):
        rmtree(place, ignore_errors=True)
