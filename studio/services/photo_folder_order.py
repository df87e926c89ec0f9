"""What is wanted of a folder of photos: the size, the words that go into the files, their names."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from string import Formatter
from typing import TYPE_CHECKING, Literal

from studio.base.errors import UserError
from studio.base.paths import assets_dir
from studio.base.portable_names import FORBIDDEN_SIGNS
from studio.story.model import Group

if TYPE_CHECKING:
    from pathlib import Path

    from studio.photo.framing import VariantFit
    from studio.photo.render import MarkCorner

FacesRule = Literal["ask", "skip", "ok"]
"""What becomes of photos in which faces are seen: held back and listed, left out knowingly, or made."""
KEYS = ("tanggal", "nomor", "nama", "judul")
"""What a pattern of names may ask for."""
SMALLEST, LARGEST = 16, 12_000
"""Pixels of a side that can be asked for."""
PLAIN_PATTERN = "{nama}"
_SIZE = re.compile(r"(\d{1,5})(?:\s*[xX×*]\s*(\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class PhotoSize:
    """A size to make.

    ``size`` is width and height in pixels, ``fit`` as in ``PhotoVariant``. ``turned`` lays the size on its side for
    landscape photos. ``names`` is what it is called, by language.
    """

    id: str
    size: tuple[int, int]
    fit: VariantFit = "inside"
    quality: int = 85
    turned: bool = False
    names: dict[str, str] = field(default_factory=dict, hash=False)

    def size_for(self, width: int, height: int) -> tuple[int, int]:
        """The size for an upright photo of these pixels."""
        return (max(self.size), min(self.size)) if self.turned and width > height else self.size


@dataclass(frozen=True, slots=True)
class FolderOrder:
    """What to make of a folder.

    Attributes:
        source: the folder of photos; only read, with the folders in it.
        out: the folder for the results; made when it is not there.
        size: of the results.
        credit: who made the photos; a file that names its maker keeps that name.
        caption: pattern of a caption for files that have none.
        title: the headline in the files, and ``{judul}`` of names.
        pattern: of the names; see ``KEYS``.
        mark: a PNG to lay into a corner; None for none.
        corner: which one.
        faces: what becomes of photos with faces.
        looked_at: paths below ``source`` of photos with faces that the user has looked at, and that may be made.
        keep_place: leave in where the photo was taken.
        sheet: make a contact sheet.
        group: who signs its own photos.
    """

    source: Path
    out: Path
    size: PhotoSize
    credit: str = ""
    caption: str = ""
    title: str = ""
    pattern: str = PLAIN_PATTERN
    mark: Path | None = None
    corner: MarkCorner = "lower-right"
    faces: FacesRule = "ask"
    looked_at: frozenset[str] = frozenset()
    keep_place: bool = False
    sheet: bool = False
    group: Group = field(default_factory=Group)


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What a name is made of: ``day`` is ISO 8601, ``number`` counts from 1 and is written with ``digits``."""

    day: str
    number: int
    digits: int
    stem: str
    title: str


def photo_sizes() -> tuple[PhotoSize, ...]:
    """The sizes on offer, from ``assets/photo_folder/presets.toml``."""
    rows = tomllib.loads((assets_dir() / "photo_folder" / "presets.toml").read_text(encoding="utf-8"))["preset"]
    return tuple(
        PhotoSize(
            row["id"],
            (row["size"][0], row["size"][1]),
            row.get("fit", "inside"),
            row["quality"],
            row.get("turned", False),
            row["name"],
        )
        for row in rows
    )


def read_size(text: str) -> PhotoSize:
    """A size as it is typed: the name of a preset, the longest side ("1600"), or "1080x1350".

    Raises:
        UserError: ``folder.size``: it is none; ``folder.size_range``.
    """
    wanted = text.strip().casefold()
    sizes = photo_sizes()
    if found := next((size for size in sizes if size.id == wanted), None):
        return found
    typed = _SIZE.fullmatch(wanted)
    if typed is None:
        known = ", ".join(size.id for size in sizes)
        near = get_close_matches(wanted, [size.id for size in sizes], 1)
        raise UserError("folder.size", given=text, known=known, near=near[0] if near else sizes[0].id)
    width = int(typed[1])
    # One number is the longest side: a square to fit into.
    height = int(typed[2] or width)
    if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
        raise UserError("folder.size_range", given=text, least=SMALLEST, most=LARGEST)
    return PhotoSize(f"{width}x{height}", (width, height), "crop" if typed[2] else "inside")


def check_pattern(pattern: str, *, for_names: bool = True) -> None:
    """See that a pattern asks for known keys only.

    Args:
        pattern: such as ``{tanggal}-{nomor}``.
        for_names: whether it makes names of files, which may hold no folders and must say something.

    Raises:
        UserError: ``folder.key``, ``folder.pattern`` or ``folder.pattern_sign``.
    """
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        raise UserError("folder.pattern", given=pattern, keys=_key_list()) from None
    for _, key, form, conversion in parts:
        if key is None:
            continue
        if key not in KEYS:
            near = get_close_matches(key, KEYS, 1, 0.4)
            raise UserError(
                "folder.key", given=f"{{{key}}}", keys=_key_list(), near=f"{{{near[0] if near else KEYS[0]}}}"
            )
        # Format specifications belong to Python, not to a pattern that people type.
        if form or conversion:
            raise UserError("folder.pattern", given=pattern, keys=_key_list())
    if for_names:
        plain = "".join(text for text, *_ in parts)
        if sign := re.search(f"[{FORBIDDEN_SIGNS}]", plain):
            raise UserError("folder.pattern_sign", given=pattern, sign=sign[0] if sign[0].isprintable() else "?")
        # Windows drops spaces and dots at the end of a name.
        if not pattern.strip(" ."):
            raise UserError("folder.pattern", given=pattern, keys=_key_list())


def _key_list() -> str:
    return ", ".join(f"{{{key}}}" for key in KEYS)


def fill_pattern(pattern: str, facts: NameFacts) -> str:
    """A checked pattern with a photo's own facts."""
    number = f"{facts.number:0{facts.digits}}"
    return pattern.format(tanggal=facts.day[:10], nomor=number, nama=facts.stem, judul=facts.title)
