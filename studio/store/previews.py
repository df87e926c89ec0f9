"""Pictures of originals that the studio keeps in ``.studio`` to be quick, and how those of covered ones go.

An original lies in ``media/`` and nowhere else once something in it is covered: no small copy of it may tell what its
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

from studio.base.folders import PRIVATE
from studio.base.paths import cache_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.story.model import Photo, Story, Video

_CLIPS = "clips"
_SHOW = "show.mp4"
"""The video of photos as it was last looked at: it may show any photo of the story."""
_NO_PICTURE = (".keys", ".poster")
_PEAKS = ".peaks-"


def thumb_path(root: Path, file: str) -> Path:
    """Where the thumbnail of a media file is, or would be."""
    return root / PRIVATE / "thumbs" / f"{file}.jpg"


def proof_path(root: Path, file: str) -> Path:
    """Where the photo at screen size is, or would be."""
    return root / PRIVATE / "photos" / f"{file}.jpg"


def covered(story: Story) -> frozenset[str]:
    """The media files of the story's photos and clips with covers."""
    items: tuple[Photo | Video, ...] = (*story.photos, *story.videos)
    return frozenset(item.file for item in items if item.covers and item.file)


def forget(root: Path, file: str, *, copies: bool = True) -> None:
    """Delete every picture kept of a media file; one that cannot be deleted now goes the next time.

    Args:
        root: folder of the workspace.
        file: its name in ``media/``.
        copies: also the small copy of a clip, which the player may have open.
    """
    for path in (thumb_path(root, file), proof_path(root, file), *_of_clip(root, file, copies=copies)):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _of_clip(root: Path, file: str, *, copies: bool) -> Iterator[Path]:
    folder, stem = root / PRIVATE / _CLIPS, Path(file).stem
    if not folder.is_dir():
        return
    yield folder / _SHOW
    for path in folder.iterdir():
        silent = path.suffix in _NO_PICTURE or _PEAKS in path.name
        if path.name.startswith(f"{stem}-") and not silent and (copies or ".copy." not in path.name):
            yield path


def forget_covered(root: Path, story: Story) -> None:
    """Delete what is kept of all photos and clips of a story that have covers."""
    for file in covered(story):
        forget(root, file)


def forget_unfinished(root: Path, folder: str) -> None:
    """Delete what an interrupted export of the story's videos left to go on from."""
    for place in _video_rooms(root):
        rmtree(place / folder, ignore_errors=True)


def video_room(root: Path, folder: str) -> Path:
    """Where an export keeps the half-made videos of a story: in the workspace, of a read-only stick on this computer.

    Args:
        root: folder of the workspace.
        folder: of the story.
    """
    own, here = _video_rooms(root)
    return (own if _is_writable(root) else here) / folder


def _video_rooms(root: Path) -> tuple[Path, Path]:
    known = hashlib.sha256(str(root).encode()).hexdigest()[:16]
    return root / PRIVATE / "video", cache_dir() / "video" / known


def _is_writable(root: Path) -> bool:
    private = root / PRIVATE
    place = private if private.is_dir() else root
    if sys.platform == "win32":  # access() knows nothing of a stick's lock there
        try:
            with TemporaryFile(dir=place):
                return True
        except OSError:
            return False
    return os.access(place, os.W_OK)


def forget_cards(root: Path) -> None:
    """Delete the painted names, titles and subtitles: pictures of words that may have left the story since."""
    rmtree(root / PRIVATE / "cards", ignore_errors=True)
