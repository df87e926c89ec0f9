"""Finds words in letters that are not Latin, in which the rules cannot look for a name: Javanese, Balinese, Arabic."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from studio.checks.name_words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"\S+")
_LEAST = 2
"""Fewer letters are a sign for something (Ω, µ), no name."""
_BLESSINGS = word_set(
    "السلام عليكم وعليكم ورحمة الله وبركاته بسم الرحمن الرحيم الحمد لله رب العالمين إن شاء ما سبحان أكبر إنا وإنا إليه "
    "راجعون صلى عليه وسلم أستغفر والحمد والصلاة والسلام على"
)
"""Words of greetings and blessings that many posts begin with; a name beside them is still found."""


@lru_cache(maxsize=4096)
def other_letter_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Where words in other letters stand in a text, those side by side as one: start and end in code points.

    Greetings and blessings alone are left out.
    """
    return () if text.isascii() else tuple(_ranges(text))


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    words = [(found, *_letters_of(found[0])) for found in _WORD.finditer(text)]
    # A dash or quotation mark between two words does not part them.
    for other, run in groupby((word for word in words if word[1]), key=lambda word: word[2]):
        found = list(run)
        said = [letters for _, letters, _ in found]
        if other and sum(map(len, said)) >= _LEAST and not _BLESSINGS.issuperset(said):
            yield found[0][0].start(), found[-1][0].end()


def _letters_of(word: str) -> tuple[str, bool]:
    """The letters of a word without its vowel signs and accents, and whether most of them are not Latin."""
    letters = "".join(sign for sign in unicodedata.normalize("NFKC", word) if sign.isalpha())
    strange = 0 if letters.isascii() else sum("LATIN" not in unicodedata.name(sign, "") for sign in letters)
    return letters, strange * 2 > len(letters)
