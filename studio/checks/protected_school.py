"""Finds a school by its level, number and name, in any order and spelling: ``SDN 2 Sukamaju``, ``SD Negeri II``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.checks import name_words as table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.checks.mark_units import StandardUnit

SCHOOLS = table.word_set("sd smp sma smk mi mts ma tk paud slb ra tpa pesantren pkbm")
IGNORED = table.word_set("islam terpadu negeri negri swasta inpres desa kelurahan dusun kampung di no")
"""What is in the name of a school without telling which."""
_SKIPPED = IGNORED | table.word_set("neg n dan kota kab kecamatan s state public in of")
_BODIES = table.word_set("muhammadiyah aisyiyah nu maarif islam kristen katolik pgri bina karya al nurul darul harapan")
"""Names of so many schools that they tell which only together with more."""


@dataclass(frozen=True, slots=True)
class ProtectedSchool:
    """A school as an identifier tells it: level, number, and the words of its name."""

    level: str
    number: int | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _SchoolWords:
    """What a text says behind the level of a school.

    ``own`` are the words of the name that it says, ``foreign`` that another name follows, ``far`` that "di" is between.
    """

    last: int
    number: int | None = None
    own: frozenset[str] = frozenset()
    foreign: bool = False
    far: bool = False


def find_school(units: Sequence[StandardUnit], school: ProtectedSchool) -> Iterator[tuple[int, int]]:
    """Where the school stands: first and last code point."""
    for at, unit in enumerate(units):
        if unit.word == school.level:
            first, told = at, _school_words(units, at, school)
            if unit.behind:
                first, told = _with_words_before(units, at, school, told)
            if _is_same(school, told):
                yield units[first].start, units[told.last].end
    for names in _names_alone(school):
        size = len(names)
        for at in range(len(units) - size + 1):
            if tuple(unit.word for unit in units[at : at + size]) != names or not units[at].capital:
                continue
            before = units[at - 1].word if at else ""
            if before in table.INSTITUTIONS - SCHOOLS and not re.search(r"[.;:!?\n,(]", units[at].gap):
                continue  # "Pasar Sukorejo" is no SDN Sukorejo
            after = units[at + size] if at + size < len(units) else None
            if school.number is None or (after is not None and after.number == school.number):
                yield units[at].start, units[at + size - 1].end


def _names_alone(school: ProtectedSchool) -> Iterator[tuple[str, ...]]:
    """Names that lead to the school without its level: "siswa Al-Hikmah", "pelajar Bina Karya 2"."""
    if school.number is not None and len(school.names) < 2:
        return
    for names in (school.names, school.names[:-1]):
        telling = [name for name in names if len(name) > 2 and name not in _BODIES]
        if names and (telling or (school.number is not None and len(names) > 1)):
            yield names
            if len(names) > 1 and names[0] == "al":
                yield ("".join(names[:2]), *names[2:])


def _school_words(units: Sequence[StandardUnit], at: int, school: ProtectedSchool) -> _SchoolWords:
    told = _SchoolWords(at)
    joined = "".join(school.names[:2])
    for n in range(at + 1, min(at + 9, len(units))):
        other = units[n]
        ends = re.search(r"[.;!?\n(]\s*$|[,:] $", other.gap)
        if ends and not (other.gap.startswith(".") and n == at + 1):
            break
        if other.word in school.names or (len(school.names) > 1 and other.word == joined):
            own = set(school.names[:2]) if other.word == joined else {other.word}
            told = replace(told, own=told.own | own, last=n)
        elif other.number is not None and told.number is None and (not other.roman or other.capital):
            told = replace(told, number=other.number, last=n)
        elif other.word in _SKIPPED:
            told = replace(told, far=told.far or other.word == "di")
        else:
            return replace(told, foreign=other.capital)
    return told


def _with_words_before(
    units: Sequence[StandardUnit], at: int, school: ProtectedSchool, told: _SchoolWords
) -> tuple[int, _SchoolWords]:
    """English says name and number before the level ("Sukamaju 2 Elementary School"): the first word, and all told."""
    first, own, number = at, set(told.own), told.number
    while first and units[first].gap in {" ", "-", ", "}:
        other = units[first - 1]
        if other.word in school.names:
            own.add(other.word)
        elif other.number is not None and number is None:
            number = other.number
        elif other.word not in _SKIPPED:
            break
        first -= 1
    return first, replace(told, own=frozenset(own), number=number, foreign=told.foreign and not own)


def _is_same(school: ProtectedSchool, told: _SchoolWords) -> bool:
    telling = {name for name in school.names if len(name) > 2} or set(school.names)
    hits = len(told.own & telling)
    named = hits >= min(2, len(telling)) > 0 or (hits > 0 and not told.foreign)
    if school.number is None:
        return named
    if told.number is None:
        return named and not told.far
    return told.number == school.number and (named or not told.foreign or not school.names)
