"""The same name written in two ways (checklist P08, KEJ pasal 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.checks.finding import Finding, TextFix
from studio.checks.word_lists import NOT_NAMES
from studio.story.places import TextPlace, placed_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from studio.story.model import Story

_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][a-z]{3,}(?: [A-Z][a-z]{2,})*")
_VILLAGE = re.compile(
    r"\b(?:[Dd]esa|[Dd]usun|[Kk]elurahan|[Kk]ampung|[Pp]edukuhan|[Nn]agari|[Gg]ampong|[Jj]orong)"
    r"((?: [A-Z][\w’'-]+){1,3})"
)
_SINGLE = re.compile(r"(?<=[\w,(] )[A-Z][a-z’'-]{2,}")
_PART = re.compile(r"[^\W\d_]{3,}")
_INSIDE = re.compile(r"(?<=[a-z,(] )[A-Z][a-z’'-]+(?:,? (?:bin |binti )?[A-Z][a-z’'.-]+)+")
_FIELDS = frozenset({"body", "summary", "headline", "caption", "alt", "title", "title_detail", "subtitles"})
_LEAST_COMPARED = 5
"""Letters: shorter names are too often alike."""
_CLITICS = ("nya", "lah", "kah")


@dataclass(frozen=True, slots=True)
class NamesInside:
    """Words, in lower case, that a story shows to be names by how it writes them.

    Attributes:
        seen: written with a capital inside a sentence, or after Desa, Dusun and their like.
        joined: part of a name of several words, or of a village's.
    """

    seen: frozenset[str] = frozenset()
    joined: frozenset[str] = frozenset()


def names_inside(text: str) -> NamesInside:
    """The names of a text.

    No list knows every hamlet and every villager: where a text has named one, it is no matter of spelling any more.
    """
    villages = [word.lower() for found in _VILLAGE.finditer(text) for word in found[1].split()]
    people = [word.lower() for found in _INSIDE.finditer(text) for word in _PART.findall(found[0])]
    single = [found[0].lower() for found in _SINGLE.finditer(text)]
    return NamesInside(frozenset((*villages, *people, *single)), frozenset((*villages, *people)) - NOT_NAMES)


def check_names(story: Story, known: Set[str]) -> Iterator[Finding]:
    """A name that differs by one letter from one that is used more often, or that stands among people and sources."""
    counts: dict[str, int] = {}
    places: dict[str, TextPlace] = {}
    for field, text in placed_texts(story):
        # The same name may be spelled otherwise in another language: "Jumat" and "Jemuwah" are no slip.
        if field.startswith("texts/") or not _FIELDS & set(field.split("/")):
            continue
        for found in _NAME.finditer(text):
            for word, start in _name_words(found):
                counts[word] = counts.get(word, 0) + 1
                places.setdefault(word, TextPlace(field, start, start + len(word)))
    beginning: dict[str, list[str]] = {}
    for name in counts:
        beginning.setdefault(name[0], []).append(name)
    for word, place in places.items():
        if word.lower() in known or len(word) < _LEAST_COMPARED:
            continue
        alike = (name for name in beginning[word[0]] if abs(len(name) - len(word)) < 2)
        other = next(
            (name for name in alike if _differ_little(word, name) and _name_weight(name, counts, known) > counts[word]),
            "",
        )
        if other:
            facts = {"word": word, "other": other}
            yield Finding("language_name", "warning", "language", place, facts, "KEJ pasal 1", (TextFix(place, other),))


def _name_words(found: re.Match[str]) -> Iterator[tuple[str, int]]:
    for part in re.finditer(r"\w+", found[0]):
        if len(part[0]) > 3:
            yield part[0], found.start() + part.start()


def _name_weight(name: str, counts: dict[str, int], known: Set[str]) -> int:
    # A name among people and sources is right however often the text has the other one.
    return counts[name] + (1000 if name.lower() in known else 0)


def _differ_little(one: str, two: str) -> bool:
    """Whether they differ by one letter changed, added or left out, or by two that changed places."""
    if one == two or abs(len(one) - len(two)) > 1 or one[0] != two[0] or len(one) < _LEAST_COMPARED:
        return False
    if any(one + clitic == two or two + clitic == one for clitic in _CLITICS):
        return False
    at = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    swapped = one[at + 1 : at + 2] + one[at : at + 1]
    return (
        one[at + 1 :] == two[at + 1 :]
        or one[at:] == two[at + 1 :]
        or one[at + 1 :] == two[at:]
        or (two[at : at + 2] == swapped and one[at + 2 :] == two[at + 2 :])
    )
