"""What a run of "Olah folder foto" has made in its folder: so that nothing is made twice or written over.

A finished file is noted with its hash before it gets its name (``.kim-foto.jsonl``); at the end of a run all is
written as one list (``.kim-foto.json``). A file whose hash is noted is ours. Any other one is not ours, or was
changed since.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from studio.base.atomic_files import append_durably, write_atomic
from studio.base.errors import UserError
from studio.base.finished_files import file_digest, path_inside
from studio.base.json_text import decode_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RECORD = ".kim-foto.json"
NOTES = ".kim-foto.jsonl"


class MadePhoto(msgspec.Struct, frozen=True, kw_only=True):
    """A finished file.

    ``path`` is below the folder, ``source`` below that of the photos ("" for the contact sheet). ``key`` is the hash of
    all that went into it, ``naming`` the pattern that its name is from, ``number`` what stood for ``{nomor}``.
    """

    path: str
    source: str
    key: str
    sha256: str
    bytes: int
    naming: str = ""
    number: int = 0


class SeenFaces(msgspec.Struct, frozen=True, kw_only=True):
    """How many faces were seen in a photo; ``stamp`` changes with its file."""

    source: str
    stamp: str
    faces: int


class FolderList(msgspec.Struct, frozen=True, kw_only=True):
    """The list of a folder; see docs/format.md."""

    format: int = 1
    files: tuple[MadePhoto, ...] = ()
    seen: tuple[SeenFaces, ...] = ()


class _Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of the notes."""

    file: MadePhoto | None = None
    faces: SeenFaces | None = None


class FolderRecord:
    """The files of a folder that are known.

    Args:
        folder: of the results; need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._noted: dict[str, list[MadePhoto]] = {}
        """By path in lower case, as Windows takes names; of a file made several times the last one stands last."""
        self._faces: dict[tuple[str, str], int] = {}
        kept = _read_list(folder / RECORD)
        for file in kept.files:
            self._noted.setdefault(file.path.casefold(), []).append(file)
        for seen in kept.seen:
            self._faces[seen.source, seen.stamp] = seen.faces
        for note in _read_notes(folder / NOTES):
            if note.file:
                self._noted.setdefault(note.file.path.casefold(), []).append(note.file)
            if note.faces:
                self._faces[note.faces.source, note.faces.stamp] = note.faces.faces

    def named(self, naming: str) -> dict[str, MadePhoto]:
        """By source what was named by a pattern before: it keeps its name when photos are added."""
        return {each.source: each for files in self._noted.values() for each in files if each.naming == naming}

    def current(self, path: str) -> MadePhoto | None:
        """What is known of the file that lies there now; None when it is none of ours, was changed, or is not there."""
        noted = self._noted.get(path.casefold())
        if not noted:
            return None
        try:
            place = path_inside(self._folder, path)
            size = place.stat().st_size
            # Cheaper than the hash, for which all of the file is read.
            if all(each.bytes != size for each in noted):
                return None
            digest, _ = file_digest(place)
        except (OSError, UserError):
            return None
        return next((each for each in reversed(noted) if each.sha256 == digest), None)

    def faces(self, source: str, stamp: str) -> int | None:
        """How many faces were seen in a photo; None when nobody looked."""
        return self._faces.get((source, stamp))

    def note_file(self, made: MadePhoto) -> None:
        """Note a finished file, before it gets its name.

        Raises:
            OSError: the disk refuses.
        """
        append_durably(self._folder / NOTES, msgspec.json.encode(_Note(file=made)) + b"\n")
        self._noted.setdefault(made.path.casefold(), []).append(made)

    def note_faces(self, seen: SeenFaces) -> None:
        """Note how many faces were seen.

        Raises:
            OSError: the disk refuses.
        """
        append_durably(self._folder / NOTES, msgspec.json.encode(_Note(faces=seen)) + b"\n")
        self._faces[seen.source, seen.stamp] = seen.faces

    def write(self) -> None:
        """Write the list and drop the notes; nothing is written when nothing was noted.

        Raises:
            UserError: the folder cannot be written.
        """
        if not (self._folder / NOTES).exists():
            return
        latest = [files[-1] for _, files in sorted(self._noted.items())]
        faces = [SeenFaces(source=source, stamp=stamp, faces=n) for (source, stamp), n in sorted(self._faces.items())]
        data = msgspec.json.encode(FolderList(files=tuple(latest), seen=tuple(faces)))
        # The list first: cut off between the two, both say the same.
        write_atomic(self._folder / RECORD, msgspec.json.format(data, indent=1))
        with suppress(OSError):  # read again by the next run, it says the same
            (self._folder / NOTES).unlink()


def _read_list(path: Path) -> FolderList:
    try:
        return decode_json(path.read_bytes(), FolderList)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError):
        return FolderList()


def _read_notes(path: Path) -> Iterator[_Note]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        with suppress(UnicodeDecodeError, msgspec.MsgspecError):  # a line cut short by a power cut
            yield decode_json(line, _Note)
