"""The same name written in two ways (checklist P08, KEJ pasal 1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.finding import Finding, Fix
from studio.story.places import Place, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from studio.story.model import Story

_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][a-z]{3,}(?: [A-Z][a-z]{2,})*")
_VILLAGE = re.compile(
    r"\b(?:[Dd]esa|[Dd]usun|[Kk]elurahan|[Kk]ampung|[Pp]edukuhan|[Nn]agari|[Gg]ampong|[Jj]orong)"
    r"((?: [A-Z][\w’'-]+){1,3})"
)
_FIELDS = frozenset({"body", "summary", "headline", "caption", "alt", "title", "title_detail", "subtitles"})
_CLITICS = ("nya", "lah", "kah")


def village_names(text: str) -> frozenset[str]:
    """Words of the names that follow Desa, Dusun, Kelurahan, Kampung and their like in a text, in lower case.

    No list knows every hamlet: where a text has named it once, it is no matter of spelling any more.
    """
    return frozenset(word.lower() for found in _VILLAGE.finditer(text) for word in found[1].split())


def check_names(story: Story, known: Set[str]) -> Iterator[Finding]:
    """A name that differs by one letter from one that is used more often, or that stands among people and sources."""
    counts: dict[str, int] = {}
    places: dict[str, Place] = {}
    for field, text in texts(story):
        if not _FIELDS & set(field.split("/")):
            continue
        for found in _NAME.finditer(text):
            for word, start in _words(found):
                counts[word] = counts.get(word, 0) + 1
                places.setdefault(word, Place(field, start, start + len(word)))
    for word, place in places.items():
        if word.lower() in known:
            continue
        other = next(
            (name for name in counts if _close(word, name) and _weight(name, counts, known) > counts[word]), ""
        )
        if other:
            facts = {"word": word, "other": other}
            yield Finding("language_name", "warning", "language", place, facts, "KEJ pasal 1", (Fix(place, other),))


def _words(found: re.Match[str]) -> Iterator[tuple[str, int]]:
    for part in re.finditer(r"\w+", found[0]):
        if len(part[0]) > 3:
            yield part[0], found.start() + part.start()


def _weight(name: str, counts: dict[str, int], known: Set[str]) -> int:
    return counts[name] + (1000 if name.lower() in known else 0)


def _close(one: str, two: str) -> bool:
    """Whether they differ by one letter changed, added or left out, or by two that changed places."""
    if one == two or abs(len(one) - len(two)) > 1 or one[0] != two[0] or len(one) < 5:
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
