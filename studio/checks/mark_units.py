"""The words of a text in standard form: short forms of places and schools written out, numbers read however written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from studio.checks.name_words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studio.checks.token_stream import TokenStream

_SHORT: Mapping[str, str] = {
    short: word
    for word, shorts in (
        ("jalan", "jl jln dalan street road avenue"),
        ("gang", "gg alley lane"),
        ("dusun", "dsn dus dukuh dhukuh dhusun pedukuhan padukuhan hamlet"),
        ("kampung", "kp kmp kpg kampong"),
        ("desa", "ds"),
        ("kelurahan", "kel"),
        ("kecamatan", "kec"),
        ("kabupaten", "kab"),
        ("perumahan", "perum komplek kompleks"),
        ("blok", "blk"),
        ("kelas", "kls kelasnya kelase kelasna kelasnyo klas kellas class grade grader graders"),
        ("lorong", "lr"),
        ("lingkungan", "link lingk"),
        ("sd", "esde sdit sdn sdk sdi sds"),
        ("smp", "esempe smpit sltp smpn smps"),
        ("sma", "esema slta smu sman smas"),
        ("smk", "stm smkn smks"),
        ("mi", "madrasah min mis"),
        ("mts", "mtsn mtss"),
        ("ma", "man"),
        ("tk", "tkn tks kindergarten"),
        ("tpa", "tpq"),
        ("pesantren", "ponpes"),
        ("no", "nomor nomer nomir nmr num number"),
    )
    for short in shorts.split()
}
"""Short forms, other spellings and other languages' words of one kind of place or school."""
_LONG: tuple[tuple[tuple[str, ...], str], ...] = (
    (("sekolah", "dasar"), "sd"),
    (("sekolah", "menengah", "pertama"), "smp"),
    (("sekolah", "menengah", "atas"), "sma"),
    (("sekolah", "menengah", "kejuruan"), "smk"),
    (("sekolah", "luar", "biasa"), "slb"),
    (("madrasah", "ibtidaiyah"), "mi"),
    (("madrasah", "tsanawiyah"), "mts"),
    (("madrasah", "aliyah"), "ma"),
    (("taman", "kanak", "kanak"), "tk"),
    (("pendidikan", "anak", "usia", "dini"), "paud"),
    (("raudhatul", "athfal"), "ra"),
    (("pondok", "pesantren"), "pesantren"),
    (("rukun", "tetangga"), "rt"),
    (("rukun", "warga"), "rw"),
    (("islamic", "elementary", "school"), "mi"),
    (("islamic", "junior", "high", "school"), "mts"),
    (("islamic", "senior", "high", "school"), "ma"),
    (("elementary", "school"), "sd"),
    (("primary", "school"), "sd"),
    (("junior", "high", "school"), "smp"),
    (("middle", "school"), "smp"),
    (("senior", "high", "school"), "sma"),
    (("vocational", "high", "school"), "smk"),
    (("vocational", "school"), "smk"),
    (("high", "school"), "sma"),
    (("boarding", "school"), "pesantren"),
    (("neighbourhood", "unit"), "rt"),
    (("neighborhood", "unit"), "rt"),
    (("community", "unit"), "rw"),
)
_BEHIND = word_set(
    "street road avenue alley lane hamlet class grade grader graders kindergarten elementary primary junior "
    "middle senior vocational high boarding islamic"
)
"""English words that stand behind what they name: "Melati Street", "fifth grade"."""
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
    )
}
_REGIONAL_NUMBERS = (
    "siji setunggal hiji ciek settong sikok seddi sere asa sekeq sada one first",
    "loro duo duwa kalih rua due two second",
    "telu tilu tigo tello tellu tallu talu tolu lhee three third",
    "papat sekawan opat ampek empa eppa appa ampat peuet four fourth",
    "lima gangsal limo lema lime limong five fifth",
    "enem genep anam ennem enneng annang enim onom nam six sixth",
    "pitu tujuah petto pituq tuju tujoh seven seventh",
    "wolu dalapan ballu arua sagantuju walu baluq ualu lapan eight eighth",
    "sanga sambilan asera salapang siwaq sia sikureueng nine ninth",
    "sedasa sapuluh sapolo seppulo sampulo sepulu sampulu siploh ten tenth",
)
"""One to ten in the languages of ``studio.story.translations.LANGUAGES``; what is no number in Indonesian.

Sundanese "salapan" is eight or nine, and left out.
"""
_NUMBERS |= {word: number for number, words in enumerate(_REGIONAL_NUMBERS, 1) for word in words.split()}
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$", re.IGNORECASE)
_ROMAN = re.compile(r"(?=[ivx])(x{0,2})(ix|iv|v?i{0,3})")


@dataclass(frozen=True, slots=True)
class StandardUnit:
    """A word of a text in its standard form: ``word``, its number if it is one, where it stands.

    ``behind`` tells that it may be said behind its name or number, as in English.
    """

    word: str
    number: int | None
    start: int
    end: int
    gap: str
    capital: bool
    roman: bool = False
    behind: bool = False


@lru_cache(maxsize=4096)
def units_of(stream: TokenStream) -> tuple[StandardUnit, ...]:
    """The words of a text in standard form: short forms written out, figures and Roman numbers read, "No." left out."""
    parts = list(_split_units(stream))
    made: list[StandardUnit] = []
    at = 0
    while at < len(parts):
        unit, at = _standard_unit(parts, at)
        made.append(unit)
    return tuple(_without_no(made))


def _without_no(units: Sequence[StandardUnit]) -> Iterator[StandardUnit]:
    """Without "No." before a figure, which then stands where it stood."""
    gap = ""
    for unit, after in zip(units, (*units[1:], None), strict=True):
        if unit.word == "no" and after is not None and after.number is not None:
            gap = unit.gap
            continue
        yield replace(unit, gap=gap) if gap else unit
        gap = ""


def _split_units(stream: TokenStream) -> Iterator[StandardUnit]:
    """Letters and figures written together come apart: ``SDN2``, ``5B``, ``RT03``."""
    for token in stream.tokens:
        at = token.start
        gap = token.gap
        written = _ORDINAL.sub(r"\1", token.text)
        for part in re.findall(r"\d+|[^\W\d_]+", written):
            end = token.end if token.text.endswith(part) and len(part) == len(token.text) else at + len(part)
            word = part.lower()
            number = int(part) if part.isdigit() and len(part) < 5 else None
            yield StandardUnit(word, number, at, min(end, token.end), gap, part[0].isupper() or token.marked)
            at, gap = end, ""


def _standard_unit(parts: Sequence[StandardUnit], at: int) -> tuple[StandardUnit, int]:
    unit = parts[at]
    for words, short in _LONG:
        if tuple(part.word for part in parts[at : at + len(words)]) == words:
            last = parts[at + len(words) - 1]
            made = StandardUnit(short, None, unit.start, last.end, unit.gap, unit.capital)
            return replace(made, behind=words[0] in _BEHIND), at + len(words)
    if unit.number is not None:
        return unit, at + 1
    follows = parts[at + 1].word if at + 1 < len(parts) else ""
    word = _SHORT.get(unit.word, unit.word)
    # In small letters these are words of their own, and no short forms.
    if unit.word in {"min", "man", "mis", "link", "dus", "num", "kel"} and not unit.capital:
        word = unit.word
    if word in _NUMBERS:
        teen = follows == "belas" and 2 <= _NUMBERS[word] <= 9
        number = _NUMBERS[word] + (10 if teen else 0)
        end = parts[at + 1].end if teen else unit.end
        return StandardUnit(word, number, unit.start, end, unit.gap, unit.capital), at + (2 if teen else 1)
    found = _ROMAN.fullmatch(unit.word)
    if found and unit.word:
        tens = 10 * len(found[1])
        ones = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}[found[2]]
        return StandardUnit(word, tens + ones, unit.start, unit.end, unit.gap, unit.capital, roman=True), at + 1
    behind = unit.word in _BEHIND
    return StandardUnit(word, None, unit.start, unit.end, unit.gap, unit.capital, behind=behind), at + 1


def roman_number(word: str) -> int | None:
    """``vii`` -> 7; None for anything else."""
    found = _ROMAN.fullmatch(word)
    if not found or not word:
        return None
    ones = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}[found[2]]
    return 10 * len(found[1]) + ones
