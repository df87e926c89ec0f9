"""How abbreviations, units and letters are said: the table ``assets/language/ucapan.toml``, and those of data packs."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from studio.base.data_shelf import program_shelf
from studio.base.paths import assets_dir

if TYPE_CHECKING:
    from pathlib import Path

SPOKEN_FILE = "ucapan.toml"

_SYLLABLES = re.compile(r"(?:[^AIUEO]?[AIUEO][^AIUEO]?)+")
"""An abbreviation that can be said as a word: it falls into Indonesian syllables (KIM, PAUD, WARGA; not KTP, ASN)."""
_LONGEST_SPELLED = 5
"""Capitals longer than this are a word written loudly (PENGUMUMAN) and not an abbreviation."""


class SpokenWords(msgspec.Struct, frozen=True, rename=None):
    """The table, each section from what is written to what is said.

    Attributes:
        singkatan: abbreviations with a full stop, lower case and without the last stop.
        kepanjangan: abbreviations without a stop that are said in full.
        ucapan: abbreviations whose sound their letters do not tell.
        satuan: units after a number.
        per: units after a slash.
        huruf: the names of the letters.
    """

    singkatan: dict[str, str]
    kepanjangan: dict[str, str]
    ucapan: dict[str, str]
    satuan: dict[str, str]
    per: dict[str, str]
    huruf: dict[str, str]


@cache
def spoken_words() -> SpokenWords:
    """The table of the application with what data packs say otherwise, read once: patterns are made of its words."""
    return read_spoken(program_shelf().files("words", SPOKEN_FILE))


def read_spoken(packs: tuple[Path, ...]) -> SpokenWords:
    """The table, with the files of packs on top of it, which need not have every section.

    Raises:
        ValueError: a file is no such table.
    """
    whole: dict[str, dict[str, str]] = {}
    for path in (assets_dir() / "language" / SPOKEN_FILE, *packs):
        for section, words in tomllib.loads(path.read_text(encoding="utf-8-sig")).items():
            whole[section] = {**whole.get(section, {}), **msgspec.convert(words, dict[str, str])}
    return msgspec.convert(whole, SpokenWords)


def spelled_letters(text: str) -> str:
    """The letters of ``text`` by their names: "KTP" -> "ka-te-pe"."""
    names = spoken_words().huruf
    return "-".join(names.get(letter.lower(), letter) for letter in text)


def acronym_words(text: str) -> str:
    """How an abbreviation in capitals is said: in full, as a word (unchanged) or letter by letter."""
    table = spoken_words()
    if (known := table.kepanjangan.get(text) or table.ucapan.get(text)) is not None:
        # "SDN" is first "SD Negeri", and the rest of it is an abbreviation again.
        return " ".join(acronym_words(part) if part != text and part.isupper() else part for part in known.split())
    plain = text.isascii() and text.isalpha() and text.isupper()
    if not plain or len(text) > _LONGEST_SPELLED or (len(text) > 2 and _SYLLABLES.fullmatch(text)):
        return text
    return spelled_letters(text)
