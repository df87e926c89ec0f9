"""Finds what leads to a protected person by its meaning, not by its letters: school, class, RT/RW, street, hamlet, kin.

``SDN 2 Sukamaju`` is ``SD Negeri Sukamaju II``, ``RT 03/RW 05`` is ``RW 05 RT 3``, ``Jl. Melati 7`` the same house as
``Jalan Melati No. 7``. A school with another number, another RW or another house is another place. What names a place
alone ("Krajan" of "Dusun Krajan", a street without its number) leads there too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from studio.checks import name_words as table
from studio.checks.protected_person import Hit, Secret, secret_of, words_of
from studio.checks.token_stream import read_stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studio.checks.protected_names import Known
    from studio.checks.token_stream import Stream

MarkKind = Literal["school", "hamlet_unit", "class", "street", "place", "person", "words"]
CODE = "people_identified"

_SHORT: Mapping[str, str] = {
    short: word
    for word, shorts in (
        ("jalan", "jl jln"),
        ("gang", "gg"),
        ("dusun", "dsn dus dukuh pedukuhan padukuhan"),
        ("kampung", "kp kmp kpg kampong"),
        ("desa", "ds"),
        ("kelurahan", "kel"),
        ("kecamatan", "kec"),
        ("kabupaten", "kab"),
        ("perumahan", "perum komplek kompleks"),
        ("blok", "blk"),
        ("kelas", "kls kelasnya"),
        ("lorong", "lr"),
        ("lingkungan", "link lingk"),
        ("sd", "esde sdit sdn sdk sdi"),
        ("smp", "esempe smpit sltp smpn"),
        ("sma", "esema slta smu sman"),
        ("smk", "stm smkn"),
        ("mi", "madrasah min mis"),
        ("mts", "mtsn"),
        ("ma", "man"),
        ("tk", "tkn"),
        ("tpa", "tpq"),
        ("pesantren", "ponpes"),
        ("no", "nomor nomer nmr num"),
    )
    for short in shorts.split()
}
"""Short forms and other spellings of one kind of place or school."""
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
)
_SCHOOLS = frozenset(
    ["sd", "smp", "sma", "smk", "mi", "mts", "ma", "tk", "paud", "slb", "ra", "tpa", "pesantren", "pkbm"]
)
_STREETS = frozenset(["jalan", "gang", "lorong", "blok", "perumahan"])
_PLACES = frozenset(
    [
        "dusun",
        "desa",
        "kampung",
        "kelurahan",
        "lingkungan",
        "jorong",
        "nagari",
        "gampong",
        "banjar",
        "kecamatan",
        "kabupaten",
        "kota",
        "dukuhan",
        "korong",
        "nagori",
        "pekon",
        "tiyuh",
        "marga",
        "rumah",
        "padepokan",
        "asrama",
        "panti",
    ]
)
_LOCAL = _PLACES - {"kecamatan", "kabupaten", "kota"}
_SKIPPED = frozenset(["negeri", "negri", "neg", "n", "swasta", "no", "di", "dan", "kota", "kab"])
_IGNORED = frozenset(
    ["islam", "terpadu", "negeri", "negri", "swasta", "inpres", "desa", "kelurahan", "dusun", "kampung", "di", "no"]
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
    )
}
_ROMAN = re.compile(r"(?=[ivx])(x{0,2})(ix|iv|v?i{0,3})")
_CLUBS = frozenset(
    ["ssb", "klub", "club", "karate", "silat", "pramuka", "drumband", "marawis", "hadrah", "osis", "ps", "fc"]
)
_CLASS_BEFORE = frozenset(["kelas", "siswa", "siswi", "murid", "pelajar", "anak"])


@dataclass(frozen=True, slots=True)
class Unit:
    """A word of a text in its standard form: ``word``, its number if it is one, where it stands."""

    word: str
    number: int | None
    start: int
    end: int
    gap: str
    capital: bool
    roman: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """An identifier, understood.

    Attributes:
        kind: what it is.
        head: level of a school, kind of a street or place.
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
    secret: Secret | None = None


# ------------------------------------------------------------------------------------------------ standard form


@lru_cache(maxsize=4096)
def units_of(stream: Stream) -> tuple[Unit, ...]:
    """The words of a text in standard form: short forms written out, figures and Roman numbers read, "No." left out."""
    parts = list(_split(stream))
    made: list[Unit] = []
    at = 0
    while at < len(parts):
        unit, at = _standard(parts, at)
        made.append(unit)
    return tuple(
        unit for n, unit in enumerate(made) if not (unit.word == "no" and n + 1 < len(made) and made[n + 1].number)
    )


def _split(stream: Stream) -> Iterator[Unit]:
    """Letters and figures written together come apart: ``SDN2``, ``5B``, ``RT03``."""
    for token in stream.tokens:
        at = token.start
        gap = token.gap
        for part in re.findall(r"\d+|[^\W\d_]+", token.text):
            end = token.end if token.text.endswith(part) and len(part) == len(token.text) else at + len(part)
            word = part.lower()
            number = int(part) if part.isdigit() and len(part) < 5 else None
            yield Unit(word, number, at, min(end, token.end), gap, part[0].isupper() or token.marked)
            at, gap = end, ""


def _standard(parts: Sequence[Unit], at: int) -> tuple[Unit, int]:
    unit = parts[at]
    for words, short in _LONG:
        if tuple(part.word for part in parts[at : at + len(words)]) == words:
            last = parts[at + len(words) - 1]
            return Unit(short, None, unit.start, last.end, unit.gap, unit.capital), at + len(words)
    if unit.number is not None:
        return unit, at + 1
    follows = parts[at + 1].word if at + 1 < len(parts) else ""
    word = _SHORT.get(unit.word, unit.word)
    if unit.word in {"min", "man", "mis", "link", "dus", "num", "kel"} and not unit.capital:
        word = unit.word
    if word in _NUMBERS:
        teen = follows == "belas" and 2 <= _NUMBERS[word] <= 9
        number = _NUMBERS[word] + (10 if teen else 0)
        end = parts[at + 1].end if teen else unit.end
        return Unit(word, number, unit.start, end, unit.gap, unit.capital), at + (2 if teen else 1)
    found = _ROMAN.fullmatch(unit.word)
    if found and unit.word:
        tens = 10 * len(found[1])
        ones = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}[found[2]]
        return Unit(word, tens + ones, unit.start, unit.end, unit.gap, unit.capital, roman=True), at + 1
    return Unit(word, None, unit.start, unit.end, unit.gap, unit.capital), at + 1


# ------------------------------------------------------------------------------------------------ understanding


@lru_cache(maxsize=512)
def mark_of(text: str) -> Mark:
    """Understand an identifier as the user wrote it."""
    units = units_of(read_stream(text))
    words = tuple(str(unit.number) if unit.number is not None else unit.word for unit in units)
    if pairs := tuple(_hamlet_units(units)):
        rt, rw, _, _ = pairs[0]
        return Mark("hamlet_unit", words, number=rt, tail=str(rw or ""))
    head = next((unit.word for unit in units if unit.word in _SCHOOLS | _STREETS | _PLACES | {"kelas"}), "")
    if head == "kelas":
        found = next(_classes(units), None)
        if found is not None:
            return Mark("class", words, number=found[0], tail=found[1])
    if head in _SCHOOLS:
        return Mark("school", words, head, _number(units), _names(units, head))
    if head in _STREETS or head in _PLACES:
        kind: MarkKind = "street" if head in _STREETS else "place"
        return Mark(kind, words, head, _number(units), _names(units, head))
    return _person_or_words(text, words)


def _number(units: Sequence[Unit]) -> int | None:
    return next((unit.number for unit in units if unit.number is not None), None)


def _names(units: Sequence[Unit], head: str) -> tuple[str, ...]:
    return tuple(
        unit.word
        for unit in units
        if unit.number is None and unit.word != head and unit.word not in _IGNORED and len(unit.word) > 1
    )


def _person_or_words(text: str, words: tuple[str, ...]) -> Mark:
    """Kin are names: with a title or kinship before them, or one word, or words with capitals that are no words."""
    spelled = [part for part in re.findall(r"[^\s,:;()]+", text) if any(sign.isalpha() for sign in part)]
    named = [part for part in spelled if part[0].isupper()]
    lower = [part.lower().strip(".") for part in spelled]
    called = any(word in table.TITLES | table.CASE_WORDS | {"ayah", "orang", "tua", "wali"} for word in lower)
    proper = [part for part in named if words_of(part) and words_of(part)[0] not in table.TITLES | table.GENERIC]
    group = any(word in table.INSTITUTIONS | _CLUBS for word in lower)
    if proper and not group and (called or (len(named) == len(spelled) and len(proper) <= 3)):
        return Mark("person", words, secret=secret_of((" ".join(proper),)))
    name = tuple(word for word in words if word not in table.INSTITUTIONS | _CLUBS)
    return Mark("words", words, names=name if group and len(name) > 1 else ())


# ------------------------------------------------------------------------------------------------ finding


def find_mark(stream: Stream, mark: Mark, known: Known) -> Iterator[Hit]:
    """Where an identifier stands; names of kin are left to ``find_names``."""
    units = units_of(stream)
    match mark.kind:
        case "hamlet_unit":
            yield from _find_hamlet_unit(units, mark)
        case "class":
            wanted = (
                (start, end)
                for number, letter, start, end in _classes(units)
                if number == mark.number and (letter == mark.tail or not mark.tail)
            )
            yield from (Hit(CODE, start, end) for start, end in wanted)
        case "school":
            yield from _find_school(units, mark)
        case "street":
            yield from _find_street(units, mark)
        case "place":
            yield from _find_place(units, mark, known)
        case "words":
            yield from _find_words(units, mark)
        case _:
            return


def _find_hamlet_unit(units: Sequence[Unit], mark: Mark) -> Iterator[Hit]:
    for rt, rw, start, end in _hamlet_units(units):
        if mark.number is not None and rt is not None:
            if rt == mark.number and (rw is None or not mark.tail or str(rw) == mark.tail):
                yield Hit(CODE, start, end)
        elif mark.number is None and rw is not None and str(rw) == mark.tail:
            yield Hit(CODE, start, end)


def _hamlet_units(units: Sequence[Unit]) -> Iterator[tuple[int | None, int | None, int, int]]:
    """RT and RW with where they stand: ``RT 03/RW 05``, ``RT 3/5``, ``RT/RW 03/05``, ``RW 05 RT 3``, ``RT III``."""
    at = 0
    while at < len(units):
        if units[at].word not in {"rt", "rw", "rtrw"}:
            at += 1
            continue
        start = at
        heads: list[str] = []
        numbers: list[int] = []
        while at < len(units) and at - start < 8:
            unit = units[at]
            if at > start and re.search(r"[;:!?\n]|\.\s+$|, $", unit.gap) and numbers and unit.word not in {"rt", "rw"}:
                break
            if unit.word in {"rt", "rw", "rtrw"}:
                if len(numbers) == len(heads) and len(heads) > 1:
                    break
                heads += ["rt", "rw"] if unit.word == "rtrw" else [unit.word]
            elif unit.number is not None and len(numbers) < 2:
                numbers.append(unit.number)
                last = at
            elif unit.word not in {"di", "dan"} or len(numbers) == 2:
                break
            at += 1
        if numbers:
            yield _unit_of(heads, numbers, units[start].start, units[last].end)
        at = max(at, start + 1)


def _unit_of(
    heads: Sequence[str], numbers: Sequence[int], start: int, end: int
) -> tuple[int | None, int | None, int, int]:
    order = list(heads) if len(set(heads)) > 1 else [heads[0], "rw" if heads[0] == "rt" else ""]
    found = dict(zip(order, numbers, strict=False))
    return found.get("rt"), found.get("rw"), start, end


def _classes(units: Sequence[Unit]) -> Iterator[tuple[int, str, int, int]]:
    """Number, letter and place of classes: ``kelas 5B``, ``kelas V-B``, ``kelas lima B``, ``siswi 5B``."""
    for at, unit in enumerate(units):
        if unit.word not in _CLASS_BEFORE or at + 1 >= len(units):
            continue
        after, letter, end = units[at + 1], "", units[at + 1].end
        number = after.number
        if number is None and (joined := re.fullmatch(r"([ivx]+)([a-h])", after.word)) and after.capital:
            number, letter = _roman(joined[1]), joined[2]
        elif (
            at + 2 < len(units)
            and re.fullmatch(r"[a-h]", units[at + 2].word)
            and re.fullmatch(r"[\s\-/.]?", units[at + 2].gap)
        ):
            letter, end = units[at + 2].word, units[at + 2].end
        if number is not None and (unit.word == "kelas" or letter):
            yield number, letter, unit.start, end


def _roman(word: str) -> int | None:
    found = _ROMAN.fullmatch(word)
    if not found or not word:
        return None
    ones = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}[found[2]]
    return 10 * len(found[1]) + ones


def _find_school(units: Sequence[Unit], mark: Mark) -> Iterator[Hit]:
    own = {name for name in mark.names if len(name) > 2} or set(mark.names)
    for at, unit in enumerate(units):
        if unit.word == mark.head:
            told = _told_school(units, at, own)
            if _same_school(mark, told):
                yield Hit(CODE, unit.start, units[told.last].end)
    if mark.number is None and own:
        yield from _find_row(units, mark.names)


@dataclass(frozen=True, slots=True)
class _School:
    """What a text says behind the level of a school: its number, whether it is named so, or otherwise, or only near."""

    last: int
    number: int | None = None
    named: bool = False
    foreign: bool = False
    far: bool = False


def _told_school(units: Sequence[Unit], at: int, own: set[str]) -> _School:
    told = _School(at)
    for n in range(at + 1, min(at + 8, len(units))):
        other = units[n]
        ends = re.search(r"[.;!?\n(]\s*$|[,:] $", other.gap)
        if ends and not (other.gap.startswith(".") and n == at + 1):
            break
        if other.word in own:
            told = replace(told, named=True, last=n)
        elif other.number is not None and told.number is None and (not other.roman or other.capital):
            told = replace(told, number=other.number, last=n)
        elif other.word in _SKIPPED | _LOCAL | _IGNORED:
            told = replace(told, far=told.far or other.word == "di")
        else:
            return replace(told, foreign=other.capital)
    return told


def _same_school(mark: Mark, told: _School) -> bool:
    if mark.number is None:
        return told.named
    if told.number is None:
        return told.named and not told.far
    return told.number == mark.number and (told.named or not told.foreign or not mark.names)


def _find_street(units: Sequence[Unit], mark: Mark) -> Iterator[Hit]:
    for start, end in _rows(units, mark.names):
        number = units[end].number if end < len(units) and not re.search(r"[;:!?\n]|\.\s+$", units[end].gap) else None
        stop = units[end].end if number is not None else units[end - 1].end
        headed = start > 0 and units[start - 1].word == mark.head
        if number is not None and mark.number is not None and number != mark.number:
            continue
        if headed:
            yield Hit(CODE, units[start - 1].start, stop)
        elif number is not None and number == mark.number and units[start].capital:
            yield Hit(CODE, units[start].start, stop)
    if not mark.names:
        yield from _find_words(units, mark)


def _find_place(units: Sequence[Unit], mark: Mark, known: Known) -> Iterator[Hit]:
    if not mark.names:
        yield from _find_words(units, mark)
        return
    plain = all(name in table.COMMON or known(name) for name in mark.names)
    for start, end in _rows(units, mark.names):
        headed = start > 0 and units[start - 1].word in _PLACES
        numbered = mark.number is None or (end < len(units) and units[end].number == mark.number)
        if numbered and (headed or not plain):
            yield Hit(CODE, units[start - 1 if headed else start].start, units[end - 1].end)


def _rows(units: Sequence[Unit], names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the words stand in a row: first and past-the-last unit."""
    size = len(names)
    for at in range(len(units) - size + 1):
        if size and all(units[at + n].word == name for n, name in enumerate(names)):
            yield at, at + size


def _find_row(units: Sequence[Unit], names: Sequence[str]) -> Iterator[Hit]:
    for start, end in _rows(units, names):
        if units[start].capital:
            yield Hit(CODE, units[start].start, units[end - 1].end)


def _find_words(units: Sequence[Unit], mark: Mark) -> Iterator[Hit]:
    """The identifier word by word in standard form; a single figure or letter alone leads to nobody."""
    if sum(len(word) for word in mark.words) < 2:
        return
    size = len(mark.words)
    for at in range(len(units) - size + 1):
        part = units[at : at + size]
        if all((str(u.number) if u.number is not None else u.word) == w for u, w in zip(part, mark.words, strict=True)):
            yield Hit(CODE, part[0].start, part[-1].end)
    yield from _find_row(units, mark.names)
