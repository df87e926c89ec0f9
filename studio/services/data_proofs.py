"""Whether what is in a data pack can be used: each kind is read by the reader that will read it every day.

A file that no reader of its kind looks at is refused: nothing comes along unseen.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from studio.base.data_shelf import DataShelf
from studio.base.errors import UserError
from studio.base.paths import templates_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from studio.base.data_shelf import DataKind

_LOG = logging.getLogger(__name__)
_NOTES = frozenset({"LISENSI.txt", "BACA.txt"})
"""Files that any pack may have beside its data: its licence, and a word to people."""


def prove_data(kind: DataKind, folder: Path) -> None:
    """Read the data of a pack as it will be read.

    Args:
        kind: of the pack.
        folder: of its data.

    Raises:
        UserError: ``data.content`` (file, what is wrong), or what the reader of the kind says.
    """
    shelf = DataShelf(folder / ".tidak-ada", (kind, folder))
    try:
        read = set(_PROOFS[kind](folder, shelf))
    except (ValueError, KeyError, TypeError, OSError, RecursionError) as error:
        _LOG.warning("%s: %s", kind, error, exc_info=True)
        raise UserError("data.content", file=kind, detail=str(error) or type(error).__name__) from error
    there = {path for path in folder.rglob("*") if path.is_file() and path.name not in _NOTES}
    if unread := sorted(path.relative_to(folder).as_posix() for path in there - read):
        raise UserError("data.not_read", file=unread[0], kind=kind)
    if not read:
        raise UserError("data.content", file=kind, detail="-")


def _read_files(folder: Path, readers: Mapping[str, Callable[[Path], object]]) -> Iterable[Path]:
    """The files of these names, each read by its reader."""
    for name, reader in readers.items():
        path = folder / name
        if path.is_file():
            try:
                reader(path)
            except (ValueError, KeyError, TypeError) as error:
                raise UserError("data.content", file=name, detail=str(error) or type(error).__name__) from error
            yield path


def _prove_limits(folder: Path, shelf: DataShelf) -> Iterable[Path]:
    import tomllib

    from studio.posts.catalog import COMMON, search_path
    from studio.posts.newer_limits import LIMITS_FILE, read_limits_file

    builtin = templates_dir()
    for outlet, limits in read_limits_file(folder / LIMITS_FILE).items():
        manifest = builtin / outlet / "outlet.toml"
        if not outlet.replace("-", "").isalnum() or not manifest.is_file():
            raise UserError("data.limits_outlet", outlet=outlet)
        text = manifest.read_text(encoding="utf-8")
        limits.renew(tomllib.loads(text), text, search_path(builtin / outlet, builtin / COMMON), strict=True)
    return [folder / LIMITS_FILE]


def _tongues(path: Path) -> None:
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        word, tab, codes = line.partition("\t")
        if not (word.strip() and tab and codes.strip()):
            raise ValueError(line[:60])


def _prove_words(folder: Path, shelf: DataShelf) -> Iterable[Path]:
    from studio.lexicon.lexicon import EXTRA, PAIRS, REGIONAL, read_pairs, read_words
    from studio.posts.spoken_words import SPOKEN_FILE, read_spoken

    readers = {EXTRA: read_words, PAIRS: read_pairs, REGIONAL: _tongues}
    return list(_read_files(folder, {**readers, SPOKEN_FILE: lambda path: read_spoken((path,))}))


def _prove_places(folder: Path, shelf: DataShelf) -> Iterable[Path]:
    from studio.documents.district_tiles import PROVINCES_FILE, read_squares
    from studio.lexicon.lexicon import PLACES, read_places
    from studio.lexicon.region_list import REGIONS_FILE, read_regions

    def squares(path: Path) -> object:
        return read_squares(path.read_text(encoding="utf-8-sig"))

    readers: dict[str, Callable[[Path], object]] = {PLACES: read_places, PROVINCES_FILE: squares}
    # Not by the cache of what is in use: the folder it is tried out in will be another pack's tomorrow.
    return list(_read_files(folder, {**readers, REGIONS_FILE: lambda path: read_regions.__wrapped__((path,))}))


def _prove_checklist(folder: Path, shelf: DataShelf) -> Iterable[Path]:
    from studio.checks.checklist_rules import read_checklist
    from studio.release.checklists import CHECKLIST_FILE

    path = folder / CHECKLIST_FILE
    read_checklist(path.read_text(encoding="utf-8-sig"), path.name)
    return [path]


def _prove_services(folder: Path, shelf: DataShelf) -> Iterable[Path]:
    from studio.posts.service_files import shelf_kind

    paths = sorted(folder.glob("*.toml"))
    for path in paths:
        shelf_kind(path.stem, shelf)
    return paths


def _prove_lessons(folder: Path, shelf: DataShelf) -> Iterable[Path]:
    from studio.services.lesson_shelf import load_lessons

    known = load_lessons(shelf=shelf)
    if known.problems:
        raise known.problems[0]
    mine = [each for each in known.lessons if each.folder.is_relative_to(folder)]
    for lesson in mine:
        for language in ("id", "en"):
            for part in lesson.parts(language):
                if part.picture:
                    lesson.picture(part.picture, language)
    return [path for lesson in mine for path in lesson.folder.iterdir()]


def _prove_indicators(folder: Path, shelf: DataShelf) -> Iterable[Path]:
    from studio.services.self_map_rounds import INSTRUMENT_FILE, load_instrument

    if not (folder / INSTRUMENT_FILE).is_file():
        return []
    load_instrument(shelf)
    return [folder / INSTRUMENT_FILE]


def _prove_music(folder: Path, shelf: DataShelf) -> Iterable[Path]:
    from studio.services.music_shelf import read_piece
    from studio.video.sound_facts import is_sound_only

    found: list[Path] = []
    for path in sorted(folder.glob("*.toml")):
        piece = read_piece(path)
        if piece is None or not is_sound_only(piece.path):
            raise UserError("data.music", file=path.name)
        found += [path, piece.path]
    return found


def _prove_calendar(folder: Path, shelf: DataShelf) -> Iterable[Path]:
    from studio.services.calendar_files import load_national_days

    problems = load_national_days(shelf=shelf).problems
    if problems:
        raise problems[0]
    return sorted(folder.glob("*.toml"))


_PROOFS: Mapping[DataKind, Callable[[Path, DataShelf], Iterable[Path]]] = {
    "limits": _prove_limits,
    "words": _prove_words,
    "places": _prove_places,
    "checklist": _prove_checklist,
    "services": _prove_services,
    "lessons": _prove_lessons,
    "indicators": _prove_indicators,
    "music": _prove_music,
    "calendar": _prove_calendar,
}
