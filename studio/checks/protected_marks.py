"""Finds what leads to a protected person by its meaning, not by its letters: school, class, RT/RW, street, hamlet, kin.

``SDN 2 Sukamaju`` is ``SD Negeri Sukamaju II``, ``RT 03/RW 05`` is ``RW 05 RT 3``, ``Jl. Melati 7`` the same house as
``Jalan Melati No. 7``. A school with another number, another RW or another house is another place. What names a place
alone ("Krajan" of "Dusun Krajan", a street without its number) leads there too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from studio.checks import name_words as table
from studio.checks.hamlet_units import hamlet_units
from studio.checks.mark_units import roman_number, units_of
from studio.checks.protected_person import IdentityHit, ProtectedName, secret_of, words_of
from studio.checks.protected_school import IGNORED, SCHOOLS, ProtectedSchool, find_school
from studio.checks.token_stream import read_stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.checks.mark_units import StandardUnit
    from studio.checks.protected_names import Known
    from studio.checks.token_stream import TokenStream

MarkKind = Literal["school", "hamlet_unit", "class", "street", "place", "person", "words"]
CODE = "people_identified"

STREETS = table.word_set("jalan gang lorong")
PLACES = table.word_set(
    "dusun desa kampung kelurahan lingkungan jorong nagari gampong banjar kecamatan kabupaten kota dukuhan korong "
    "nagori pekon tiyuh perumahan blok"
)
_CLUBS = table.word_set(
    "ssb klub club karate silat pramuka drumband marawis hadrah osis ps fc padepokan perguruan panti asuhan asrama "
    "singgah sanggar yayasan grup band"
)
_SAYING = frozenset({"saja", "ini", "itu", "lagi"})
"""After a name in small letters that is a word, they say that it is none: "kampung baru saja"."""
_CLASSES_BEFORE = {"sd": 0, "mi": 0, "smp": 6, "mts": 6, "sma": 9, "smk": 9, "ma": 9}
"""How many classes come before the first one of a school."""
_LEVELS = frozenset(_CLASSES_BEFORE)
# Shorter names would often appear by chance where two words meet.
_LEAST_JOINED = 6
# Junior and senior schools have three classes and count them from 1, or on from the school before (7, 10).
_CLASSES_OF_LEVEL = 3
_CLASS_BEFORE = frozenset(["kelas", "siswa", "siswi", "murid", "pelajar", "anak"])


@dataclass(frozen=True, slots=True)
class IdentifierMark:
    """An identifier, understood.

    Attributes:
        kind: what it is.
        head: level of a school (also that of a class), kind of a street or place.
        number: of a school, class, house.
        names: the words that name it.
        tail: letter of a class; RW of an RT (as figures).
        words: all of it, in standard form.
        secret: names of kin.
    """

    kind: MarkKind
    words: tuple[str, ...]
    head: str = ""
    number: int | None = None
    names: tuple[str, ...] = ()
    tail: str = ""
    secret: ProtectedName | None = None


# ------------------------------------------------------------------------------------------------ understanding


@lru_cache(maxsize=512)
def mark_of(text: str) -> IdentifierMark:
    """Understand an identifier as the user wrote it."""
    units = units_of(read_stream(text))
    words = tuple(str(unit.number) if unit.number is not None else unit.word for unit in units)
    if told := next(iter(hamlet_units(units)), None):
        rt, rw = min(told.rts, default=None), min(told.rws, default=None)
        return IdentifierMark("hamlet_unit", words, number=rt, tail=str(rw or ""))
    # The first word that says what it is decides how the rest is understood: "kelas 5B SDN 2" is a class.
    head = next((unit.word for unit in units if unit.word in SCHOOLS | STREETS | PLACES | {"kelas"}), "")
    if head == "kelas":
        found = next(_class_hits(units), None)
        if found is not None:
            return IdentifierMark("class", words, found[2], number=found[0], tail=found[1])
    if head in SCHOOLS:
        return IdentifierMark("school", words, head, _first_number(units), _following_names(units, head))
    if head in STREETS or head in PLACES:
        kind: MarkKind = "street" if head in STREETS else "place"
        return IdentifierMark(kind, words, head, _first_number(units), _following_names(units, head))
    return _person_or_words(text, words)


def _first_number(units: Sequence[StandardUnit]) -> int | None:
    return next((unit.number for unit in units if unit.number is not None), None)


def _following_names(units: Sequence[StandardUnit], head: str) -> tuple[str, ...]:
    return tuple(
        unit.word
        for unit in units
        if unit.number is None and unit.word != head and unit.word not in IGNORED and len(unit.word) > 1
    )


def _person_or_words(text: str, words: tuple[str, ...]) -> IdentifierMark:
    """Kin are names: with a title or kinship before them, or one word, or words with capitals that are no words."""
    spelled = [part for part in re.findall(r"[^\s,:;()]+", text) if any(sign.isalpha() for sign in part)]
    named = [part for part in spelled if part[0].isupper()]
    lower = [part.lower().strip(".") for part in spelled]
    called = any(word in table.TITLES | table.CASE_WORDS | {"ayah", "orang", "tua", "wali"} for word in lower)
    proper = [part for part in named if words_of(part) and words_of(part)[0] not in table.TITLES | table.GENERIC]
    group = any(word in table.INSTITUTIONS | _CLUBS for word in lower)
    if proper and not group and (called or (len(named) == len(spelled) and len(proper) <= 3)):
        return IdentifierMark("person", words, secret=secret_of((" ".join(proper),)))
    name = tuple(word for word in words if word not in table.INSTITUTIONS | _CLUBS)
    head = next((word for word in words if word in _CLUBS), "")
    return IdentifierMark("words", words, head, names=name if group and len(name) > 1 else ())


# ------------------------------------------------------------------------------------------------ finding


def find_mark(stream: TokenStream, mark: IdentifierMark, known: Known) -> Iterator[IdentityHit]:
    """Where an identifier stands; names of kin are left to ``find_names``."""
    units = _rejoined(units_of(stream), mark.names)
    match mark.kind:
        case "hamlet_unit":
            yield from _find_hamlet_unit(units, mark)
        case "class":
            yield from _find_class(units, mark)
        case "school":
            school = ProtectedSchool(mark.head, mark.number, mark.names)
            yield from (IdentityHit(CODE, start, end) for start, end in find_school(units, school))
        case "street":
            yield from _find_street(units, mark)
        case "place":
            yield from _find_place(units, mark, known)
        case "words":
            yield from _find_words(units, mark)
        case _:
            return


def _rejoined(units: Sequence[StandardUnit], names: Sequence[str]) -> Sequence[StandardUnit]:
    """Two words that are one in the name are one: "Suka Maju" of Sukamaju."""
    wanted = {name for name in names if len(name) >= _LEAST_JOINED}
    pairs = [
        n for n, (one, two) in enumerate(pairwise(units)) if two.gap in {" ", "-"} and one.word + two.word in wanted
    ]
    if not pairs:
        return units
    made = [
        replace(unit, word=unit.word + units[n + 1].word, end=units[n + 1].end) if n in pairs else unit
        for n, unit in enumerate(units)
        if n - 1 not in pairs
    ]
    return tuple(made)


def _find_hamlet_unit(units: Sequence[StandardUnit], mark: IdentifierMark) -> Iterator[IdentityHit]:
    for told in hamlet_units(units):
        rw = int(mark.tail) if mark.tail else None
        # Only an RW was written down: a text that tells the RT as well is about somewhere else in it.
        if mark.number is None:
            meant = not told.rts and rw in told.rws
        else:
            # What the text leaves out does not speak against it: "RT 03" alone may be the one meant.
            meant = mark.number in told.rts and (not told.rws or rw is None or rw in told.rws)
        if meant:
            yield IdentityHit(CODE, told.start, told.end)


def _find_class(units: Sequence[StandardUnit], mark: IdentifierMark) -> Iterator[IdentityHit]:
    """Class 1 of a junior school is class 7; where neither says of which school, the figures count."""
    for number, letter, level, start, end in _class_hits(units):
        if letter != mark.tail and mark.tail:
            continue
        # Both countings are compared, as "kelas 1" may be that of an elementary or of a junior school.
        written = {number, _counted_class(number, level)}
        wanted = {mark.number, _counted_class(mark.number or 0, mark.head)}
        same = (
            _counted_class(number, level) == _counted_class(mark.number or 0, mark.head)
            if level and mark.head
            else None
        )
        if same or (same is None and written & wanted):
            yield IdentityHit(CODE, start, end)


def _counted_class(number: int, level: str) -> int:
    """The class counted from the first of the elementary school on."""
    return number + _CLASSES_BEFORE.get(level, 0) if number <= _CLASSES_OF_LEVEL else number


def _class_hits(units: Sequence[StandardUnit]) -> Iterator[tuple[int, str, str, int, int]]:
    """Number, letter, level of the school and place of classes: ``kelas 5B``, ``kelas V-B``, ``kelas 1 SMP``."""
    for at, unit in enumerate(units):
        if unit.behind and unit.word == "kelas" and at and units[at - 1].number is not None:
            yield units[at - 1].number or 0, "", "", units[at - 1].start, unit.end  # "fifth grade"
        if unit.word not in _CLASS_BEFORE or at + 1 >= len(units):
            continue
        after, letter, last = units[at + 1], "", at + 1
        number = after.number
        if number is None and (joined := re.fullmatch(r"([ivx]+)([a-h])", after.word)) and after.capital:
            number, letter = roman_number(joined[1]), joined[2]
        elif (
            at + 2 < len(units)
            and re.fullmatch(r"[a-h]", units[at + 2].word)
            and re.fullmatch(r"[\s\-/.]?", units[at + 2].gap)
        ):
            letter, last = units[at + 2].word, at + 2
        if number is not None and (unit.word == "kelas" or letter):
            level = units[last + 1].word if last + 1 < len(units) and units[last + 1].gap == " " else ""
            level = level if level in _LEVELS else ""
            end = units[last + 1 if level else last].end
            yield number, letter, level, unit.start, end


def _find_street(units: Sequence[StandardUnit], mark: IdentifierMark) -> Iterator[IdentityHit]:
    for first, last in _row_ranges(units, mark.names):
        start, end, headed = _with_head(units, first, last, mark.head)
        number = units[end].number if end < len(units) and not re.search(r"[;:!?\n]|\.\s+$", units[end].gap) else None
        stop = units[end].end if number is not None else units[end - 1].end
        if number is None and end > last and start and units[start].gap == " ":
            number = units[start - 1].number  # "7 Melati Street"
        # Another house of the same street leads to another person.
        if number is not None and mark.number is not None and number != mark.number:
            continue
        if headed or (number is not None and number == mark.number and units[start].capital):
            yield IdentityHit(CODE, units[start].start, stop)
    if not mark.names:
        yield from _find_words(units, mark)


def _with_head(units: Sequence[StandardUnit], start: int, end: int, *heads: str) -> tuple[int, int, bool]:
    """A row with the word that says what it is, before it or, in English, behind it; whether there is one."""
    if start and units[start - 1].word in heads:
        return start - 1, end, True
    if end < len(units) and units[end].behind and units[end].word in heads and units[end].gap == " ":
        return start, end + 1, True
    return start, end, False


def _find_place(units: Sequence[StandardUnit], mark: IdentifierMark, known: Known) -> Iterator[IdentityHit]:
    if not mark.names:
        yield from _find_words(units, mark)
        return
    # Names that are ordinary words ("Maju", "Tengah") need a head or capitals beside them; all others stand for
    # themselves.
    plain = all(name in table.COMMON or known(name) for name in mark.names)
    for start, end in _row_ranges(units, mark.names):
        first, last, headed = _with_head(units, start, end, *PLACES)
        numbered = mark.number is None or (end < len(units) and units[end].number == mark.number)
        named = all(unit.capital for unit in units[start:end])
        saying = plain and not named and end < len(units) and units[end].word in _SAYING
        if plain and not named and headed and mark.head not in {units[first].word, units[last - 1].word}:
            continue  # "dana desa tengah tahun" is no Dusun Tengah
        if numbered and not saying and (headed or not plain or (named and end - start > 1)):
            yield IdentityHit(CODE, units[first].start, units[last - 1].end)


def _row_ranges(units: Sequence[StandardUnit], names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the words are in a row: first and past-the-last unit."""
    size = len(names)
    for at in range(len(units) - size + 1):
        if size and all(units[at + n].word == name for n, name in enumerate(names)):
            yield at, at + size


def _find_row(units: Sequence[StandardUnit], names: Sequence[str]) -> Iterator[IdentityHit]:
    for start, end in _row_ranges(units, names):
        if units[start].capital:
            yield IdentityHit(CODE, units[start].start, units[end - 1].end)


def _find_words(units: Sequence[StandardUnit], mark: IdentifierMark) -> Iterator[IdentityHit]:
    """The identifier word by word in standard form; a single figure or letter alone leads to nobody."""
    if sum(len(word) for word in mark.words) < 2:
        return
    size = len(mark.words)
    for at in range(len(units) - size + 1):
        part = units[at : at + size]
        if all((str(u.number) if u.number is not None else u.word) == w for u, w in zip(part, mark.words, strict=True)):
            yield IdentityHit(CODE, part[0].start, part[-1].end)
    yield from _find_row(units, mark.names)
    if mark.head and mark.names:
        short = {mark.names[-1], *(name for name in mark.names[:1] if name not in table.COMMON)}
        for unit, after in pairwise(units):
            if unit.word == mark.head and after.capital and after.word in short:
                yield IdentityHit(CODE, unit.start, after.end)
