"""Finds given words in a text however they are written: case, accents, stops, spaces and leading zeros do not matter.

``RT 03/RW 2`` is found in ``rt03 rw02``, ``A.B.`` in ``AB`` and ``a. b.``, ``Rani`` in ``raninya``; ``RT 3`` is not
found in ``RT 31``, nor ``Rani`` in ``keberanian``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLITICS = frozenset({"nya", "ku", "mu", "lah", "kah", "pun"})
"""What Indonesian writes onto the end of a word (EYD V, II.L; KBBI)."""
_RUN = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class SqueezedText:
    """A text without everything but letters and digits.

    Attributes:
        text: the letters and digits, folded.
        origin: for each of them, its index in the original text.
        starts: where a run of letters or of digits begins.
        ends: index after the last sign of a run -> where the run began.
    """

    text: str
    origin: tuple[int, ...]
    starts: frozenset[int]
    ends: dict[int, int]


@lru_cache(maxsize=4096)
def squeeze_text(text: str) -> SqueezedText:
    """Fold a text for searching; remembered, as a story is checked again with every key."""
    signs: list[str] = []
    origin: list[int] = []
    starts: set[int] = set()
    ends: dict[int, int] = {}
    for run in _RUN.finditer(text):
        word, first = run.group(), run.start()
        kept = word.lstrip("0") or "0" if word.isdigit() else word
        first += len(word) - len(kept)
        begin = len(signs)
        starts.add(begin)
        for offset, sign in enumerate(kept):
            folded = _fold_sign(sign)
            signs.extend(folded)
            origin.extend([first + offset] * len(folded))
        ends[len(signs)] = begin
    return SqueezedText("".join(signs), tuple(origin), frozenset(starts), ends)


@lru_cache(maxsize=1024)
def _fold_sign(sign: str) -> str:
    bare = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    return bare.casefold()


def find_term(term: str, text: SqueezedText) -> Iterator[tuple[int, int]]:
    """Where a term stands, as code points of the original text, first to last; overlaps are given once.

    Args:
        term: what to look for; a term without letters and digits is found nowhere.
        text: the text, squeezed.
    """
    wanted = squeeze_text(term).text
    at = text.text.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if at in text.starts and _may_end(text, at, end):
            yield text.origin[at], text.origin[end - 1] + 1
        at = text.text.find(wanted, at + 1)


def _may_end(text: SqueezedText, start: int, end: int) -> bool:
    """Whether a term may end here: at the end of a run, or before a clitic."""
    if end in text.ends:
        return True
    run_end = next((stop for stop, begin in text.ends.items() if begin < end < stop), None)
    # A clitic hangs on a word, not on a single letter: "A" is not in "aku".
    return run_end is not None and end - max(start, text.ends[run_end]) > 1 and text.text[end:run_end] in _CLITICS


def name_initials(name: str) -> str:
    """The initials of a name of at least two words: ``Siti Nurhaliza`` -> ``SN``; "" for one word."""
    words = [run.group() for run in _RUN.finditer(name) if not run.group().isdigit()]
    return "".join(word[0].upper() for word in words) if len(words) > 1 else ""
