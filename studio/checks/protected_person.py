"""A protected person as the rules search for them, and the names that may be used beside theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from studio.checks import name_words as table
from studio.checks.token_stream import fold_text, sounds_of

ADULT = 18
"""A child is under it, living or dead, married or not (Peraturan Dewan Pers 1/2019)."""
_LEAST_SOUND = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`´][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class ProtectedName:
    """A name that nothing may lead to.

    Attributes:
        phrases: each spelling of the name, as its words.
        words: those that can stand alone.
        letters: with which they begin.
        initials: of full names.
        wholes: names and nicknames of one word.
        child: whether they are under 18: initials with a grown-up's age are someone else's.
    """

    phrases: tuple[tuple[str, ...], ...]
    words: frozenset[str]
    letters: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()
    wholes: frozenset[str] = frozenset()
    child: bool = False

    @property
    def name_sounds(self) -> frozenset[str]:
        """What the words sound like."""
        return _word_sounds(self.words)


@dataclass(frozen=True, slots=True)
class OpenNames:
    """Names that may be used.

    Attributes:
        others: of sources, writers, members and grown-ups of the story, as words.
        speakers: words of the names of those who are quoted.
        places: names of the group and its village, as words.
        headline: the story's headline, which folders and addresses are made of.
        strict: whether a word is searched in names of places and groups too.
    """

    others: frozenset[tuple[str, ...]] = frozenset()
    speakers: frozenset[str] = frozenset()
    places: frozenset[tuple[str, ...]] = frozenset()
    headline: str = ""
    strict: bool = False


@dataclass(frozen=True, slots=True)
class IdentityHit:
    """Part of a text that gives someone away: ``code`` names the finding, ``start`` and ``end`` are code points."""

    code: str
    start: int
    end: int


@lru_cache(maxsize=256)
def _word_sounds(words: frozenset[str]) -> frozenset[str]:
    return frozenset(sound for word in words for sound in sounds_of(word) if len(sound) >= _LEAST_SOUND)


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name as the rules compare them: folded, in lower case; ``(samaran)`` and figures left out."""
    folded = re.sub(r"\(.*?\)", " ", fold_text(name)[0])
    return tuple(re.sub(r"['’ʼ`´]", "", found[0]).lower() for found in _WORD.finditer(folded))


@lru_cache(maxsize=256)
def secret_of(names: tuple[str, ...], *, child: bool = False) -> ProtectedName:
    """What leads to someone who has these names, the first of which is the full one."""
    spelled = [words_of(name) for name in names]
    alone = {word for words in spelled for word in words if len(word) > 1 and word not in table.GENERIC}
    # Two spellings of one word of the language: the child Ramadhan may be written Ramadan.
    heard = _word_sounds(frozenset(alone & table.COMMON))
    alone |= {word for word in table.COMMON if heard & sounds_of(word)} if heard else frozenset()
    phrases = [words for words in spelled if len(words) > 1 and any(word in alone for word in words)]
    proper = [[word for word in words if word not in table.GENERIC or len(word) == 1] for words in spelled]
    initials = {"".join(word[0] for word in words) for words in (*proper, *spelled) if len(words) > 1}
    return ProtectedName(
        tuple(sorted(phrases, key=len, reverse=True)),
        frozenset(alone),
        frozenset(word[0] for words in proper for word in words),
        frozenset(initials),
        frozenset(words[0] for words in proper if len(words) == 1),
        child,
    )
