"""What changed between two wordings, word by word: for suggestions, and for showing them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Sized

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")

_Span = tuple[int, int, int, int]
"""First and last token of the old wording, first and last of the new one; the last are not included."""
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
    spans: list[_Span] = []
    for begin, end, start, stop in _differing(one, other):
        # With nothing but spaces between them two changes are one: a phrase is judged at once, not word by word.
        if spans and not "".join(one[spans[-1][1] : begin]).strip():
            spans[-1] = (spans[-1][0], end, spans[-1][2], stop)
        else:
            spans.append((begin, end, start, stop))
    return tuple(
        _trimmed(old, WordChange(starts[begin], starts[end], new[targets[start] : targets[stop]]))
        for begin, end, start, stop in _grounded(spans, one)
    )


def _trimmed(old: str, change: WordChange) -> WordChange:
    """Without white space at the end that both wordings have."""
    words = old[change.start : change.end]
    same = min(len(words) - len(words.rstrip()), len(change.text) - len(change.text.rstrip()))
    if not same or not words.strip() or words[-same:] != change.text[-same:]:
        return change
    return WordChange(change.start, change.end - same, change.text[:-same])


def _offsets(parts: Sequence[Sized]) -> list[int]:
    """Where each part begins, and where the last ends."""
    return [0, *accumulate(map(len, parts))]


def _grounded(spans: list[_Span], old: Sequence[str]) -> list[_Span]:
    """The spans, each with an old word in it: a lone comma or full stop is no place that could be found again.

    A word before is taken along, else one behind, else the span is joined to its neighbour. Only words that both
    wordings have are taken, so what a span becomes grows by the same.
    """
    waiting, done = list(spans), list[_Span]()
    for number, (begin, end, start, stop) in enumerate(waiting):
        if _has_word(old[begin:end]):
            done.append((begin, end, start, stop))
            continue
        floor = done[-1][1] if done else 0
        ceiling = waiting[number + 1][0] if number + 1 < len(waiting) else len(old)
        before = next((at for at in range(begin - 1, floor - 1, -1) if _has_word(old[at : at + 1])), None)
        behind = next((at for at in range(end, ceiling) if _has_word(old[at : at + 1])), None)
        if before is not None:
            done.append((before, end, start - (begin - before), stop))
        elif behind is not None:
            done.append((begin, behind + 1, start, stop + behind + 1 - end))
        elif done:
            last = done.pop()
            done.append((last[0], end, last[2], stop))
        elif number + 1 < len(waiting):
            following = waiting[number + 1]
            waiting[number + 1] = (begin, following[1], start, following[3])
        else:  # the old wording has no word at all: it is replaced all at once
            done.append((0, len(old), start - begin, stop + len(old) - end))
    return done


def _has_word(tokens: Sequence[str]) -> bool:
    return any(token[0].isalnum() for token in tokens)


def word_pieces(old: str, new: str) -> tuple[WordPiece, ...]:
    """Both wordings as one row of words: what stays, what goes, what comes. What goes stands before what comes."""
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces, kept = list[WordPiece](), 0
    for begin, end, start, stop in (*_differing(one, other), (len(one), len(one), len(other), len(other))):
        runs: tuple[tuple[PieceKind, Sequence[str]], ...] = (
            ("same", one[kept:begin]),
            ("deleted", one[begin:end]),
            ("inserted", other[start:stop]),
        )
        pieces += [WordPiece(kind, "".join(tokens)) for kind, tokens in runs if tokens]
        kept = end
    return tuple(pieces)


def _differing(one: Sequence[str], other: Sequence[str]) -> Iterator[_Span]:
    """Where two rows of tokens differ, from start to end.

    Paragraph by paragraph first: of a text at large every space would be held against every other, at each key.
    """
    old, new = _paragraphs(one), _paragraphs(other)
    starts, targets = _offsets(old), _offsets(new)
    for tag, begin, end, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        # As many as before: each was rewritten where it stood. Else words may have gone from one to another.
        alike = end - begin == stop - start
        pairs = zip(range(begin, end), range(start, stop), strict=True) if alike else ()
        rows = [(at, at + 1, to, to + 1) for at, to in pairs] or [(begin, end, start, stop)]
        for first, last, into, until in rows:
            yield from _differing_words(one, other, (starts[first], starts[last], targets[into], targets[until]))


def _differing_words(one: Sequence[str], other: Sequence[str], inside: _Span) -> Iterator[_Span]:
    """The same inside a stretch, word by word. What both begin and end with is left out before they are compared."""
    begin, end, start, stop = inside
    while begin < end and start < stop and one[begin] == other[start]:
        begin, start = begin + 1, start + 1
    while begin < end and start < stop and one[end - 1] == other[stop - 1]:
        end, stop = end - 1, stop - 1
    found = SequenceMatcher(None, one[begin:end], other[start:stop], autojunk=False).get_opcodes()
    for tag, *(from_, to, into, until) in found:
        if tag != "equal":
            yield begin + from_, begin + to, start + into, start + until


def _paragraphs(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    """The tokens by paragraph; the empty line belongs to the one above."""
    ends = [at + 1 for at, token in enumerate(tokens) if "\n\n" in token and at + 1 < len(tokens)]
    return [tuple(tokens[start:end]) for start, end in zip((0, *ends), (*ends, len(tokens)), strict=True)]
