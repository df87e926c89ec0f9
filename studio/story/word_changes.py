"""What changed between two wordings, word by word: for suggestions, and for showing them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")

PieceKind = Literal["same", "deleted", "inserted"]


@dataclass(frozen=True, slots=True)
class WordChange:
    """The words from ``start`` to ``end`` (code points of the old wording) become ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class WordPiece:
    """A run of words of a word-level view."""

    kind: PieceKind
    text: str


def word_changes(old: str, new: str) -> tuple[WordChange, ...]:
    """What has to be done to ``old`` to read ``new``, from start to end, each change by itself.

    Changes with nothing but white space between them are one (a phrase that was rewritten is not taken apart word by
    word). What is only put in takes a neighbouring word along, so that the place is known by words: no change is
    without old words unless ``old`` is empty. Applied from the last to the first they make ``new``.
    """
    if old == new:
        return ()
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    starts, targets = _offsets(one), _offsets(other)
    # Each as (first and last token of the old wording, first and last of the new one), the last not included.
    spans: list[tuple[int, int, int, int]] = []
    for tag, begin, end, start, stop in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if spans and not "".join(one[spans[-1][1] : begin]).strip():
            spans[-1] = (spans[-1][0], end, spans[-1][2], stop)
        else:
            spans.append((begin, end, start, stop))
    wide: list[tuple[int, int, int, int]] = []
    for span in (_with_neighbour(span, one) for span in spans):
        if wide and span[0] < wide[-1][1]:  # both took the word between them
            wide[-1] = (wide[-1][0], max(span[1], wide[-1][1]), wide[-1][2], max(span[3], wide[-1][3]))
        else:
            wide.append(span)
    return tuple(
        _trimmed(old, WordChange(starts[begin], starts[end], new[targets[start] : targets[stop]]))
        for begin, end, start, stop in wide
    )


def _trimmed(old: str, change: WordChange) -> WordChange:
    """Without white space at the end that both wordings have."""
    words = old[change.start : change.end]
    same = min(len(words) - len(words.rstrip()), len(change.text) - len(change.text.rstrip()))
    if not same or not words.strip() or words[-same:] != change.text[-same:]:
        return change
    return WordChange(change.start, change.end - same, change.text[:-same])


def _offsets(tokens: Sequence[str]) -> list[int]:
    found = [0]
    for token in tokens:
        found.append(found[-1] + len(token))
    return found


def _with_neighbour(span: tuple[int, int, int, int], old: Sequence[str]) -> tuple[int, int, int, int]:
    """A span with old words in it: those before, else those behind; both wordings agree there."""
    begin, end, start, stop = span
    while begin > 0 and not "".join(old[begin:end]).strip():
        begin, start = begin - 1, start - 1
    while end < len(old) and not "".join(old[begin:end]).strip():
        end, stop = end + 1, stop + 1
    return begin, end, start, stop


def apply_changes(old: str, changes: Sequence[WordChange]) -> str:
    """The new wording."""
    for change in sorted(changes, key=lambda change: change.start, reverse=True):
        old = old[: change.start] + change.text + old[change.end :]
    return old


def word_pieces(old: str, new: str) -> tuple[WordPiece, ...]:
    """Both wordings as one row of words: what stays, what goes, what comes. What goes stands before what comes."""
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[WordPiece] = []
    for tag, begin, end, start, stop in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(WordPiece("same", "".join(one[begin:end])))
            continue
        if begin < end:
            pieces.append(WordPiece("deleted", "".join(one[begin:end])))
        if start < stop:
            pieces.append(WordPiece("inserted", "".join(other[start:stop])))
    return tuple(pieces)
