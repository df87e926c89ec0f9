"""Who a story relies on: those named as sources, and people of the story whose role says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.locale_forms import WEEKDAYS
from studio.story import people
from studio.story.edits import StoryEdit
from studio.story.model import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.story.model import Person, Story

_SAID = (
    "kata|ujar|ucap|tutur|ungkap|jelas|terang|papar|imbuh|tambah|tegas|lanjut|sebut|pungkas|menurut|mengatakan"
    "|menjelaskan|menuturkan|menyampaikan|menambahkan|mengungkapkan|menyebutkan|menegaskan"
)
_CAPITALS = r"(?:[A-Z][\w'’]{0,3}\.|[A-Z][\w'’-]*|\d+)(?: (?:[A-Z][\w'’-]*|\d+|bin|binti))*"
_SPEAKER = re.compile(rf"\b(?i:{_SAID})(?:nya)?,? ((?:[a-z][\w-]* ){{0,4}})({_CAPITALS})")
"""After a word of saying: what the speaker is, in small letters, then a row of capitals. Only what is as short as a
title may end in a dot: "Rp4.600.000. Dari" is no name."""
_NO_SPEAKER = frozenset({"bahwa", "jika", "bila", "agar", "supaya", "sebanyak", "sebesar"})
"""Between the word of saying and the capitals: what follows is said, not who says it."""
_OFFICES = frozenset(
    {
        *("kepala", "ketua", "wakil", "sekretaris", "bendahara", "koordinator", "camat", "lurah", "bupati", "gubernur"),
        *("kades", "kadus", "kapolsek", "danramil", "bidan", "kader", "penyuluh", "babinsa", "bhabinkamtibmas"),
        *("dokter", "guru", "pengurus", "anggota", "warga", "petani", "perangkat", "panitia", "relawan"),
        *("rt", "rw", "kelompok", "tani", "ternak", "karang", "taruna", "puskesmas", "posyandu", "bpd", "lpm", "kim"),
        *("pkk", "bumdes", "koperasi", "dinas", "seksi", "urusan", "sd", "sdn", "smp", "smpn", "sma", "sman", "paud"),
    }
)
_WITH_NAME = frozenset(
    {"desa", "dusun", "kelurahan", "kecamatan", "kabupaten", "kampung", "nagari", "gampong", "banjar"}
)
"""What is said with the name of a place, which is not that of the speaker."""
# Two words left behind "Kepala Dusun" are a first and a last name; of three the first is the name of the hamlet.
_FIRST_AND_LAST = 2
_NOT_NAMES = frozenset({*(day.lower() for day in WEEKDAYS), "beliau", "dia", "ia"})


def sources_of(story: Story) -> tuple[Source, ...]:
    """Everyone the story relies on: its sources, then people with the role of one who are not among them."""
    named = {_name_key(source.name) for source in story.sources}
    spoke = [person for person in story.people if person.role == "source" and _name_key(person.name) not in named]
    return (*story.sources, *(Source(name=person.name) for person in spoke))


def source_candidates(story: Story) -> tuple[Source, ...]:
    """Who could be added as a source: whoever is quoted in the text, and grown-up people of the story.

    Nobody who is protected is proposed: the name of a source is printed.
    """
    hidden = [person for person in story.people if people.is_shielded(person)]
    taken = [{_name_key(word) for word in name.split()} for name in (story.place, *(s.name for s in sources_of(story)))]
    found: dict[str, Source] = {}
    for source in (*_quoted_people(story), *_known_people(story)):
        key = _name_key(source.name)
        told = {_name_key(word) for word in source.name.split()}
        if (
            key
            and not any(told <= known for known in taken)
            and not any(_is_same(source.name, person) for person in hidden)
        ):
            found.setdefault(key, source)
    return tuple(found.values())


def _quoted_people(story: Story) -> Iterator[Source]:
    for said in _SPEAKER.finditer(story.body):
        role, name = _office_and_name(said[2].rstrip(".").split(), story.place)
        if _NO_SPEAKER.intersection(said[1].split()) or any(letter.isdigit() for letter in name):
            continue
        if name and _name_key(name.split()[0]) not in _NOT_NAMES:
            yield Source(name=name, role=" ".join((*said[1].split(), *role)))


def _office_and_name(words: list[str], place: str) -> tuple[list[str], str]:
    """``Kepala Dusun Cibeureum Asep Hidayat``: what the speaker is, and the name; two words left are a name."""
    at = 0
    while at < len(words) and (_name_key(words[at]) in _OFFICES | _WITH_NAME or (at and words[at].isdigit())):
        at += 1
    if at and _name_key(words[at - 1]) in _WITH_NAME:
        left = words[at:]
        at += len(left) != _FIRST_AND_LAST or _name_key(left[0]) == _name_key(place)
    return words[:at], " ".join(words[at:])


def _known_people(story: Story) -> Iterator[Source]:
    for person in story.people:
        if person.name.strip() and person.role in {"witness", "official"} and person.age_group != "child":
            yield Source(name=" ".join(person.name.split()))


def _is_same(name: str, person: Person) -> bool:
    """Whether a name shares a word with the names of a person."""
    words = {_name_key(word) for each in (person.name, *person.aliases) for word in each.split()}
    return any(_name_key(word) in words for word in name.split())


def _name_key(name: str) -> str:
    return " ".join(name.split()).casefold()


# ------------------------------------------------------------------------------------------------ edits


def add_source(source: Source) -> StoryEdit:
    """Append a source; a name that is there already is not added again."""

    def apply(story: Story) -> Story:
        there = source.name.strip() and _name_key(source.name) in {_name_key(known.name) for known in story.sources}
        return story if there else replace(story, sources=(*story.sources, source))

    return StoryEdit("edit.source_add", apply)


def change_source(number: int, **changes: str) -> StoryEdit:
    """Change fields of the source at a place (from 0); runs on the same fields are joined (typing).

    Raises (when applied):
        TypeError: there is no such field.
    """

    def apply(story: Story) -> Story:
        after = tuple(replace(each, **changes) if at == number else each for at, each in enumerate(story.sources))
        return story if after == story.sources else replace(story, sources=after)

    return StoryEdit("edit.sources", apply, merge=f"source:{number}:{','.join(sorted(changes))}")


def remove_source(number: int) -> StoryEdit:
    """Take the source at a place out."""

    def apply(story: Story) -> Story:
        kept = tuple(each for at, each in enumerate(story.sources) if at != number)
        return story if len(kept) == len(story.sources) else replace(story, sources=kept)

    return StoryEdit("edit.source_remove", apply)
