"""Which photos lie in a folder, and what each of their results will be called."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from studio.base.atomic_files import is_temporary
from studio.base.errors import UserError
from studio.base.media_kinds import media_group
from studio.base.portable_names import FORBIDDEN_SIGNS, TURNING_SIGNS, is_device_name
from studio.services.photo_folder_order import FolderOrder, NameFacts, fill_pattern
from studio.services.photo_folder_record import NOTES, RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.base.progress import Progress
    from studio.photo.opener import PhotoFacts
    from studio.services.photo_folder_record import FolderRecord, MadePhoto

FEWEST_DIGITS = 3
LONGEST_NAME = 180
"""Bytes of a name in UTF-8, without its ending: Linux allows 255, and copies add to names."""
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})
_NUMBERS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class FoundPhoto:
    """A photo of the folder.

    ``source`` is its path below the folder, with ``/``. ``stamp`` changes with its file. ``day`` is when it was taken,
    or else when the file was written (ISO 8601).
    """

    source: str
    path: Path
    stamp: str
    day: str
    facts: PhotoFacts


@dataclass(frozen=True, slots=True)
class FolderScan:
    """What lies in a folder: the photos by time, those that cannot be opened and why, and how many are no photos."""

    photos: tuple[FoundPhoto, ...]
    refused: tuple[tuple[str, UserError], ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedPhoto:
    """A photo and the path of its result below the folder of results; ``number`` stood for ``{nomor}``.

    ``renamed`` says that its first name is that of a file which was not made here.
    """

    photo: FoundPhoto
    path: str
    number: int
    name_facts: NameFacts
    renamed: bool = False


def check_folders(source: Path, out: Path) -> None:
    """See that the photos can be read, and that no result can ever lie among them.

    Raises:
        UserError: ``folder.no_source``, ``folder.same``, ``folder.inside``, ``folder.out_file``.
    """
    if not source.is_dir():
        raise UserError("folder.no_source", place=str(source))
    if out.exists() and not out.is_dir():
        raise UserError("folder.out_file", place=str(out))
    real, target = source.resolve(), out.resolve()
    # samefile also knows one folder by two names, as on disks that do not tell capitals apart.
    if real == target or (out.exists() and out.samefile(source)):
        raise UserError("folder.same", place=str(source))
    if target in real.parents or any(above.exists() and out.exists() and above.samefile(out) for above in real.parents):
        raise UserError("folder.inside", place=str(source), out=str(out))


def scan_folder(source: Path, out: Path, progress: Progress) -> FolderScan:
    """Find all photos of a folder and the folders in it. Results of this and of other runs are no photos to take.

    Args:
        source: the folder.
        out: the folder of results, which may lie in it.
        progress: called for every file.

    Raises:
        UserError: ``folder.no_access``: the folder itself cannot be read.
    """
    from studio.photo.opener import probe_photo

    files = list(_photo_files(source, out.resolve()))
    photos, refused, others = [], [], []
    for number, path in enumerate(files):
        name = path.relative_to(source).as_posix()
        progress.report(number, len(files), name)
        try:
            if media_group(path) != "photo":
                others.append(name)
                continue
            # Before it is opened: what changes the file meanwhile changes the stamp of the next run.
            told = path.stat()
            facts = probe_photo(path)
        except UserError as error:
            refused.append((name, error))
            continue
        except OSError as error:
            refused.append((name, UserError("photo.no_access", file=name, detail=error.strerror or str(error))))
            continue
        day = facts.taken or datetime.fromtimestamp(told.st_mtime).isoformat(timespec="seconds")
        photos.append(FoundPhoto(name, path, f"{told.st_size}-{told.st_mtime_ns}", day, facts))
    progress.report(len(files), len(files), "")
    # To the second: not every camera writes fractions. Within one the names decide.
    photos.sort(key=lambda photo: (photo.day[:19], natural_order(photo.source)))
    return FolderScan(tuple(photos), tuple(refused), tuple(others))


def _photo_files(source: Path, out: Path) -> Iterator[Path]:
    """All ordinary files, in the order people read them; hidden ones and those of systems are left out."""

    def refuse(error: OSError) -> None:
        # A folder inside that cannot be read is left out; without the first there is nothing to do.
        if Path(error.filename) == source:
            raise UserError("folder.no_access", place=str(source), detail=error.strerror or str(error))

    for folder, below, names in os.walk(source, onerror=refuse):
        here = Path(folder)
        below[:] = sorted(
            (name for name in below if not name.startswith(".") and not _is_result(here / name, out)),
            key=natural_order,
        )
        for name in sorted(names, key=natural_order):
            if not name.startswith((".", "~$")) and name.casefold() not in _SYSTEM_FILES and not is_temporary(name):
                yield here / name


def _is_result(folder: Path, out: Path) -> bool:
    return folder.resolve() == out or (folder / RECORD).exists() or (folder / NOTES).exists()


def natural_order(name: str) -> list[tuple[int, str]]:
    """A key that sorts ``IMG_2`` before ``IMG_10``."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBERS.split(name.casefold()) if part]


def plan_names(photos: Sequence[FoundPhoto], order: FolderOrder, record: FolderRecord) -> tuple[PlannedPhoto, ...]:
    """What each result is called. A photo that has a name from this pattern keeps it; new ones get numbers after those.

    No name is that of another result (as Windows takes names, without regard to capitals) or of a file that was not
    made here: it then ends in ``-2``, ``-3`` ...
    """
    kept = record.named(name_source(order))
    # Names that are kept come first, before any new one is given: a new photo never takes the name of an old one.
    taken = {kept[photo.source].path.casefold() for photo in photos if photo.source in kept}
    # Numbers go on behind the highest one that was ever given, also where its photo is gone: a number that somebody has
    # sent to a newspaper never comes to mean another photo.
    following = max((each.number for each in kept.values()), default=0) + 1
    digits = max(FEWEST_DIGITS, len(str(following + len(photos))))
    planned = []
    for photo in photos:
        before = kept.get(photo.source)
        number = before.number if before else following
        following += before is None
        facts = NameFacts(photo.day, number, digits, Path(photo.source).stem, order.title)
        if before is not None and _may_stand(order.out, before, record):
            planned.append(PlannedPhoto(photo, before.path, number, facts))
            continue
        name = safe_name(fill_pattern(order.pattern, facts)) or f"foto-{number:0{digits}}"
        path, renamed = _free_path(_result_folder(photo.source) / name, taken, order.out, record)
        taken.add(path.casefold())
        planned.append(PlannedPhoto(photo, path, number, facts, renamed))
    return tuple(planned)


def name_source(order: FolderOrder) -> str:
    """What the names of an order are from, but for the photos."""
    return f"{order.pattern}\n{order.title if '{judul}' in order.pattern else ''}"


def _may_stand(out: Path, before: MadePhoto, record: FolderRecord) -> bool:
    """Whether a result of before may be made anew under its name: it is gone, or as it was made."""
    return not os.path.lexists(out / before.path) or record.current(before.path) is not None


def _is_foreign(out: Path, path: str, record: FolderRecord) -> bool:
    return os.path.lexists(out / path) and record.current(path) is None


def _free_path(wanted: PurePosixPath, taken: set[str], out: Path, record: FolderRecord) -> tuple[str, bool]:
    """A path that is free, and whether files that were not made here have the ones before."""
    number, foreign = 1, False
    while True:
        path = f"{wanted}{f'-{number}' if number > 1 else ''}.jpg"
        if path.casefold() not in taken:
            if not _is_foreign(out, path, record):
                return path, foreign
            foreign = True
        number += 1


def _result_folder(source: str) -> PurePosixPath:
    """The folders below which a result lies: those of its photo, with names that every system takes."""
    return PurePosixPath(*(safe_name(part) or "folder" for part in PurePosixPath(source).parts[:-1]))


def safe_name(name: str) -> str:
    """A name that Windows, FAT32 and Linux take; "" when nothing is left of it."""
    # Names of another encoding come in as surrogates, which no other system takes.
    plain = unicodedata.normalize("NFC", name).encode(errors="replace").decode()
    plain = re.sub(f"[{FORBIDDEN_SIGNS}]", "-", re.sub(f"[{TURNING_SIGNS}]", "", plain))
    plain = plain.encode()[:LONGEST_NAME].decode(errors="ignore")
    # Spaces and dots may alternate at both ends: one kind after the other would leave some.
    plain = plain.lstrip(". \t\u00a0").rstrip(". \t\u00a0")
    return f"-{plain}" if is_device_name(plain) else plain
