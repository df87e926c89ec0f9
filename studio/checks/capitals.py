"""Capitals: days, months, places, peoples, titles before a name, the first word of a sentence (EYD V, I.A)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.rule import EYD, Mark
from studio.checks.word_lists import ABBREVIATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from studio.checks.rule import Words
    from studio.checks.words import Passage

_SOURCE = f"{EYD}, I.A"
_CALENDAR = re.compile(
    r"\b(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu(?=,? \(?\d{1,2}[/ ])|(?<=hari )minggu"
    r"|januari|februari|april|mei|juni|juli|agustus|september|oktober|november|desember"
    r"|(?<=\d )maret|(?<=bulan )maret)\b"
)
"""Lower-case days and months; ``minggu`` is a week and ``maret`` no other word, so both need a hint beside them."""
_PEOPLES = re.compile(
    r"\b(?:indonesia|jawa|sunda|madura|bali|batak|minang|bugis|dayak|papua|islam|kristen|katolik|hindu|buddha|khonghucu"
    r"|ramadan|iduladha|idulfitri|nusantara)\b"
)
_TITLE = re.compile(
    r"\b(presiden|gubernur|bupati|wali kota|camat|lurah|kepala desa|kepala dusun|menteri|pak|bu)(?= [A-Z][a-z])"
)
_OFFICE = re.compile(
    r"(?<=[a-z] )(Desa|Dusun|Kelurahan|Kecamatan|Kabupaten|Provinsi)(?= (?:ini|itu|setempat|tersebut|yang|dan|akan)\b)"
)
_AFTER_STOP = re.compile(r"(\w+)[.!?] +([a-z])([a-z]*)\b")
_BEGINS_WITH_NUMBER = re.compile(r"\d[\d.]*(?= [a-z])")


def check_capitals(passage: Passage, words: Words, known: Set[str], taken: Set[int]) -> Iterator[Mark]:
    """Marks of these rules for one paragraph.

    Args:
        passage: the paragraph.
        words: the lexicon, for names of regions.
        known: words that are right as they are.
        taken: places that another rule has marked already.
    """
    text = passage.clean
    for pattern in (_CALENDAR, _PEOPLES):
        for found in pattern.finditer(text):
            if found.start() not in taken and not _is_part(text, found.start(), found.end()):
                yield _mark(found.start(), found.end(), found[0], found[0].capitalize())
    yield from _regions(passage, words, known, taken)
    for found in _TITLE.finditer(text):
        yield _mark(*found.span(), found[0], found[0].title(), level="advice")
    for found in _OFFICE.finditer(text):
        yield _mark(*found.span(), found[0], found[0].lower(), level="advice")
    yield from _beginnings(passage)


def _mark(start: int, end: int, told: str, fixed: str, *, level: str = "warning") -> Mark:
    facts = {"word": told, "fix": fixed}
    return Mark("language_capital", level, start, end, _SOURCE, (fixed,), facts)  # type: ignore[arg-type]


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether it is joined to another word: ``non-islam`` is for another rule."""
    return text[start - 1 : start] == "-" or text[end : end + 1] == "-"


def _regions(passage: Passage, words: Words, known: Set[str], taken: Set[int]) -> Iterator[Mark]:
    """Names of regions in lower case; a word that the dictionary has is left alone (``baru``, ``tengah``)."""
    for word in passage.words:
        low = word.text
        if word.start in taken or not low.islower() or low not in words.places:
            continue
        if low in known and low.capitalize() not in known:  # a word of the group, no name of the story
            continue
        if not words.spells(low) and not _PEOPLES.fullmatch(low):
            yield _mark(word.start, word.end, low, low.capitalize())


def _beginnings(passage: Passage) -> Iterator[Mark]:
    for found in _AFTER_STOP.finditer(passage.clean):
        if found[1].lower() not in ABBREVIATIONS and not found[1].isdigit() and len(found[1]) > 1:
            told = found[2] + found[3]
            yield _mark(found.start(2), found.end(3), told, told.capitalize())
    for begin, end in passage.sentences:
        number = _BEGINS_WITH_NUMBER.match(passage.clean, begin, end)
        if number and passage.clean[end - 1] in '.!?”"':
            fixed = f"Sebanyak {number[0]}"
            facts = {"word": number[0], "fix": fixed}
            yield Mark("language_number_first", "advice", *number.span(), f"{EYD}, II.D", (fixed,), facts)
