"""Children who are named with their age, "Bunga Lestari (9)", before anyone is listed: a flood, an accident, a prize.

Cases of law, abuse and illness are found by ``sensitive_cases``. Here nobody did anything to the child, and yet the
name of one who was harmed is not told (PPRA butir 1 to 4; KEJ pasal 5), and of any other only when a parent agreed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from studio.checks import name_words as table
from studio.checks.finding import Finding
from studio.checks.neighbours import WordNeighbours
from studio.checks.sensitive_cases import case_words
from studio.checks.text_passages import TextPassage, text_paragraphs
from studio.checks.token_stream import read_stream
from studio.story.places import TextPlace
from studio.story.reader_fields import reader_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.story.model import Story

SOURCE = "PPRA butir 1–4; KEJ pasal 5; Peraturan Dewan Pers 1/2019"
GROWN_UP = 18
"""Whoever is younger is a child (UU 35/2014 pasal 1; Peraturan Dewan Pers 1/2019)."""
_HARMED = re.compile(
    r"\b(?:korban|tewas|meninggal|wafat|luka(?:-luka)?|terluka|cedera|patah|dirawat|hanyut|tenggelam|terseret|tertimpa"
    r"|tertabrak|ditabrak|tertimbun|terjebak|terperosok|terjatuh|terbakar|tersengat|keracunan|digigit|kecelakaan|hilang"
    r"|mengungsi|pengungsi|yatim(?: piatu)?|terlantar|penderita|menderita|mengidap|sakit|stunting|gizi buruk|trauma"
    r"|menangis|putus sekolah|pemulung|mengemis"
    # Editions of a story in English.
    r"|victims?|died|dead|killed|injured|wounded|drowned|missing|swept away|in hospital|hit by|burnt|ill|sick)\b",
    re.IGNORECASE,
)
_NAME = r"([A-Z][a-z'’]{2,}(?: [A-Z][a-z'’]+){0,3})"
_YOUNG = r"(?:[Bb]ocah|[Aa]nak|[Bb]alita|[Bb]ayi|[Rr]emaja|[Gg]adis|[Ss]iswa|[Ss]iswi|[Mm]urid|[Pp]elajar|[Ss]antri)"
_PUPIL = r"(?:[Ss]iswa|[Ss]iswi|[Mm]urid|[Pp]elajar|[Ss]antri|[Ss]antriwati)"
_SCHOOL = r"(?:kelas|TK|PAUD|RA|SDN?|MIN?|SLB|SMPN?|MTsN?|SMAN?|SMKN?|MAN?)\b"
_YEARS = r"(\d{1,2}) (?:tahun|thn|th|bulan)\b"
_DESCRIBED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_NAME},? (?:yang |baru |masih |kini )?(?:ber)?(?:usia|umur) {_YEARS}",
        rf"\b{_YOUNG}(?: laki-laki| perempuan)?(?: (?:ber)?(?:usia|umur))? (?P<years>\d{{1,2}}) "
        rf"(?:tahun|thn|th|bulan),? (?:bernama |atas nama )?(?P<name>{_NAME})",
        rf"\b{_NAME}, (?:seorang )?{_PUPIL} {_SCHOOL}",
        rf"\b{_PUPIL} {_SCHOOL}[^.!?;,]{{0,40}}(?:,| bernama| atas nama) (?P<name>{_NAME})",
    )
)
"""A name with an age in words, or with the school: "Bunga, siswi kelas 3". Who goes to school counts as a child."""
_NO_PERSON = (
    table.INSTITUTIONS
    | table.CLASSIFIERS
    | table.OFFICES
    | table.TITLES
    | table.MONTHS
    | table.word_set(
        "rt rw warga kelompok regu juara kader kepala keluarga senin selasa rabu kamis jumat sabtu minggu ahad total "
        "jumlah sebanyak tahap peserta pasangan nomor urut km kk dprd posko pos dapil tps ruas sumur "
        "indonesia jawa sumatra kalimantan sulawesi papua bali skor putra putri kelas ayat surah surat bab qs hr"
    )
)


_BEFORE_NAMES = table.CASE_WORDS | (table.CALLS - table.TITLES)
_MORE_FIGURES = re.compile(r"\s?[/.:–—-]\s?\d")
_CLOSING = re.compile(r"\s*(?:tahun|thn|th|bulan)?\s*[)\]]?")


class NamedChild(NamedTuple):
    """A child's name with the age, where it stands in its paragraph, and whether the sentence tells of harm."""

    start: int
    end: int
    name: str
    harmed: bool


def check_named_children(story: Story) -> Iterator[Finding]:
    """A block for each child that was harmed and is named, a warning for another; nothing for who is listed."""
    listed = [frozenset(person.name.casefold().split()) for person in story.people if person.name.strip()]
    told: list[frozenset[str]] = []
    for field, text, reach in reader_texts(story):
        if reach != "prose" or "/name" in field:
            continue
        for at, part in text_paragraphs(text):
            for child in named_children(part):
                name = frozenset(child.name.casefold().split())
                if any(name <= known or known <= name for known in (*listed, *told)):
                    continue
                told.append(name)
                place = TextPlace(field, at + child.start, at + child.end)
                facts = {"word": part[child.start : child.end]}
                yield Finding(
                    "people_child_named", "block" if child.harmed else "warning", "people", place, facts, SOURCE
                )


@lru_cache(maxsize=4096)
def named_children(paragraph: str) -> tuple[NamedChild, ...]:
    """Names with an age under 18 behind them, but for sentences that ``case_words`` points out already."""
    if not re.search(rf"\d|\b{_PUPIL} {_SCHOOL}", paragraph):
        return ()
    cases = [word for word in case_words(paragraph) if word.points]
    made: list[NamedChild] = []
    for begin, end in TextPassage(paragraph).sentences:
        if any(begin <= case.start < end for case in cases):
            continue
        sentence = paragraph[begin:end]
        harmed = _HARMED.search(sentence) is not None
        places = {first: (until, last) for first, until, last in (*_described_names(sentence), *_aged_names(sentence))}
        made += [
            NamedChild(begin + first, begin + last, sentence[first:until], harmed)
            for first, (until, last) in sorted(places.items())
        ]
    return tuple(made)


def _described_names(sentence: str) -> Iterator[tuple[int, int, int]]:
    """As ``_aged_names``, for children whose age or school is told in words."""
    for pattern in _DESCRIBED:
        for found in pattern.finditer(sentence):
            named = found.groupdict()
            name = "name" if "name" in named else 1
            years = named.get("years") or (found[2] if pattern is _DESCRIBED[0] else "0")
            words = found[name].lower().split()
            if int(years) < GROWN_UP and not any(word in _NO_PERSON for word in words):
                yield found.start(name), found.end(name), found.end(name)


def _aged_names(sentence: str) -> Iterator[tuple[int, int, int]]:
    """Where each name of a child begins and ends, and where its age does."""
    around = WordNeighbours(read_stream(sentence))
    at = 0
    while at < len(around.tokens):
        if not around.tokens[at].has_capital:
            at += 1
            continue
        after = around.run_end(at)
        # "Korban Bunga (9)" at the begin of a sentence: the first is no part of the name.
        while at + 1 < after and around.tokens[at].word in _BEFORE_NAMES:
            at += 1
        if 0 < around.age(after) < GROWN_UP and _is_person(around, at, after):
            number = around.tokens[after]
            # "Tuesday (1/12/2026)", "(2-3)", "(7.30)": days, scores and hours.
            if not _MORE_FIGURES.match(sentence, number.end):
                closing = _CLOSING.match(sentence, number.end)
                yield around.tokens[at].start, around.tokens[after - 1].end, closing.end() if closing else number.end
        at = after


def _is_person(around: WordNeighbours, first: int, after: int) -> bool:
    """Whether a run of capitals can be a person's name: no place, group, office or number of a list."""
    run = [token.word for token in around.tokens[first:after]]
    if any(word in _NO_PERSON or any(letter.isdigit() for letter in word) for word in run):
        return False
    if around.word_before(first) in table.INSTITUTIONS | table.CLASSIFIERS and around.is_joined(first):
        return False
    # "SDN (6)" and "RT (5)": short forms are no names. One letter is an initial, which hides the name.
    return any(len(word) > 2 for word in run) and not all(token.text.isupper() for token in around.tokens[first:after])
