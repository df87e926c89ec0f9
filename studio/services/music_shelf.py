"""Music: files in ``music/`` of the workspace and in data packs, each with a TOML file that says whose it is. No Qt.

A piece that is chosen is copied into the story, so that the story is whole on every other laptop too.
"""

from __future__ import annotations

import json
import logging
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.atomic_files import disk_error, write_atomic
from studio.base.data_shelf import program_shelf
from studio.base.folders import make_folder
from studio.base.media_types import suffixes_for
from studio.store.media_files import copy_in
from studio.story.motion_records import MusicBed
from studio.story.text import cleaned

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.data_shelf import DataShelf
    from studio.base.progress import Progress
    from studio.store.workspace import Workspace

FOLDER = "music"
_FIELDS = ("title", "author", "license")
_LARGEST = 16 * 1024
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ShelfPiece:
    """A piece of the group or of a pack: where it lies, and what is said of it (without a ``file``)."""

    path: Path
    said: MusicBed

    @property
    def name(self) -> str:
        """As it is offered."""
        return ", ".join(part for part in (self.said.title or self.path.stem, self.said.author) if part)

    def is_chosen(self, bed: MusicBed | None) -> bool:
        """Whether this is the music of a story."""
        return bed is not None and bool(bed.file) and replace(bed, file="") == self.said


def shelf_pieces(workspace: Path, shelf: DataShelf | None = None) -> tuple[ShelfPiece, ...]:
    """The pieces that may be used, by name. What has no sound, no licence or cannot be read is left out, and logged.

    Args:
        workspace: its folder, whose ``music`` need not exist.
        shelf: of data packs; None for this computer's.
    """
    folders = (*(program_shelf() if shelf is None else shelf).folders("music"), workspace / FOLDER)
    found = (read_piece(path) for folder in folders for path in sorted(folder.glob("[!.]*.toml")))
    return tuple(sorted((piece for piece in found if piece is not None), key=lambda piece: piece.name.lower()))


def read_piece(path: Path) -> ShelfPiece | None:
    """The piece a TOML file tells of; None, with a line in the log, where it cannot be used."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError(f"> {_LARGEST // 1024} KB")
        read = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:  # no UTF-8 and no TOML are ValueErrors
        _LOG.warning("music/%s: %s", path.name, error)
        return None
    title, author, terms = (" ".join(cleaned(str(read.get(field, ""))).split()) for field in _FIELDS)
    sound = next((each for end in suffixes_for("sound") if (each := path.with_suffix(end)).is_file()), None)
    if sound is None or not terms:
        _LOG.warning("music/%s: no sound beside it, or no license", path.name)
        return None
    return ShelfPiece(sound, MusicBed(title=title, author=author, license=terms))


def keep_piece(workspace: Workspace, folder: str, bed: MusicBed, progress: Progress) -> ShelfPiece:
    """Keep the music of a story for all others.

    Args:
        workspace: open for writing.
        folder: of the story.
        bed: its music, a file with a licence.
        progress: called with the bytes that are copied.

    Raises:
        UserError: the file is gone, or the disk refuses.
        WorkCancelled: nothing is left.
    """
    shelf = workspace.path / FOLDER
    try:
        make_folder(shelf)
        sound = shelf / copy_in(workspace.media_path(folder, bed.file), shelf, progress)
        # Strings of JSON are strings of TOML too.
        lines = (f"{field} = {json.dumps(cleaned(getattr(bed, field)), ensure_ascii=False)}\n" for field in _FIELDS)
        write_atomic(sound.with_suffix(".toml"), "".join(lines).encode("utf-8"))
    except OSError as error:
        raise disk_error(error, shelf) from error
    return ShelfPiece(sound, replace(bed, file=""))


def take_piece(workspace: Workspace, folder: str, piece: ShelfPiece, progress: Progress) -> MusicBed:
    """Copy a piece into a story; returns the music for it.

    Raises:
        UserError: ``video.narration``: there is no sound in it; or it cannot be copied.
    """
    from studio.services.slideshow_preview import take_voice

    return replace(piece.said, file=take_voice(workspace, folder, piece.path, progress))
