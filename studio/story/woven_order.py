"""Three orders of the same things made one: what was added on either side comes in where it stood there.

Everything here is symmetric (left and right may change places) and settles: merged again with either side, the result
stays as it is. ``tests/story/test_three_way_merge.py`` holds both as laws.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set

K = TypeVar("K")
Paragraph = tuple[str, int]
"""A paragraph and how many alike stand before it: so two alike ones are two."""
_ALIKE = 0.5
"""Share of words that two paragraphs have in common when one is taken for a new wording of the other."""


@dataclass(frozen=True, slots=True)
class ParagraphClash:
    """A paragraph that both sides changed, or that one changed and the other left out ("" where it is left out).

    ``left_at`` and ``right_at`` are where each wording stands in the merged text, -1 where it does not: another
    paragraph may read the same.
    """

    base: str
    left: str
    right: str
    left_at: int = -1
    right_at: int = -1


def weave_orders(base: Sequence[K], left: Sequence[K], right: Sequence[K], alive: Set[K]) -> tuple[K, ...]:
    """The things of ``alive``, each once, in an order that follows both sides.

    Args:
        base: the order before, each thing once.
        left: the order on one side.
        right: the order on the other side.
        alive: what is left in the end; what neither side has is ignored.
    """
    first, second = _leader_first(base, left, right, alive)
    # Also what is gone takes its place for now, behind what was put in its stead and before what followed it: what the
    # other side put behind it comes to stand there.
    woven = list(first)[::-1]
    _insert_missing(woven, [each for each in base[::-1] if each not in alive])
    woven.reverse()
    _insert_missing(woven, second)
    return tuple(each for each in woven if each in alive)


def _leader_first(
    base: Sequence[K], left: Sequence[K], right: Sequence[K], alive: Set[K]
) -> tuple[Sequence[K], Sequence[K]]:
    """Whose order holds where both differ: of who moved things, else of who has all, else of the lower in the alphabet.

    Only what is left in the end counts, and the second rule holds for a merged order, which has all that either side
    has: both together make a merge settle.
    """
    before, one, other = ([each for each in side if each in alive] for side in (base, left, right))
    moved_left, moved_right = _has_moved(before, one), _has_moved(before, other)
    if moved_left != moved_right:
        return (left, right) if moved_left else (right, left)
    has_left, has_right = set(one), set(other)
    if has_left > has_right or has_right > has_left:
        return (left, right) if has_left > has_right else (right, left)
    return (left, right) if repr(one) <= repr(other) else (right, left)


def _has_moved(base: Sequence[K], side: Sequence[K]) -> bool:
    before, after = set(base), set(side)
    return [each for each in side if each in before] != [each for each in base if each in after]


def _insert_missing(woven: list[K], source: Iterable[K]) -> None:
    """Put what is missing behind what it stands behind in ``source``, and behind those alike that are counted first."""
    present, at = set(woven), 0
    for each in source:
        if each in present:
            at = woven.index(each) + 1
            continue
        # Alike paragraphs are numbered: the second must never come to stand before the first, wherever its neighbours
        # lie.
        if isinstance(each, tuple) and (alike := (each[0], each[1] - 1)) in present:
            at = max(at, woven.index(alike) + 1)
        woven.insert(at, each)
        present.add(each)
        at += 1


def unique_paragraphs(paragraphs: Iterable[str]) -> tuple[Paragraph, ...]:
    """Paragraphs that can be distinguished."""
    seen: Counter[str] = Counter()
    found = []
    for text in paragraphs:
        found.append((text, seen[text]))
        seen[text] += 1
    return tuple(found)


def merge_paragraphs(
    base: Sequence[str] | None, left: Sequence[str], right: Sequence[str]
) -> tuple[tuple[str, ...], tuple[ParagraphClash, ...]]:
    """Merge paragraphs; of a clash both wordings stay, one behind the other.

    Args:
        base: as both sides had it; None when that is not known, and then all that is unlike is a clash.
        left: one side.
        right: the other.

    Returns:
        All that is left, in order, and the clashes in the order of the text.
    """
    before = unique_paragraphs(base or ())
    here, there = unique_paragraphs(left), unique_paragraphs(right)
    alive = frozenset(_surviving(before, here, there))
    merged = weave_orders(before, here, there, alive)
    if base is None:
        clashes = [(("", 0), one, other) for one, other in _changes(here, there)]
    else:
        clashes = list(_base_clashes(before, here, there))
    # In the order of the text, whichever side they were found from.
    place = {each: at for at, each in enumerate(merged)}
    clashes.sort(key=lambda clash: min(place.get(clash[1], len(place)), place.get(clash[2], len(place))))
    found = tuple(
        ParagraphClash(was[0], one[0], other[0], place.get(one, -1), place.get(other, -1))
        for was, one, other in clashes
    )
    return tuple(text for text, _ in merged), found


_GONE: Paragraph = ("", -1)


def _surviving(base: Sequence[Paragraph], left: Sequence[Paragraph], right: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """By number of alike ones: a side that did not change it follows the other; where both did, the larger number."""
    counts = [Counter(text for text, _ in side) for side in (base, left, right)]
    for text in {text for count in counts for text in count}:
        before, one, other = (count[text] for count in counts)
        if before in (one, other):
            wanted = other if one == before else one
        else:
            wanted = max(one, other) if max(one, other) > before else min(one, other)
        yield from ((text, number) for number in range(wanted))


def _base_clashes(
    base: Sequence[Paragraph], left: Sequence[Paragraph], right: Sequence[Paragraph]
) -> Iterator[tuple[Paragraph, Paragraph, Paragraph]]:
    here, there = dict(_changes(base, left)), dict(_changes(base, right))
    has_left, has_right = set(left), set(right)
    for each in base:
        one, other = here.get(each), there.get(each)
        if one is None or other is None or one == other:
            continue  # one side left it alone, or both made the same of it
        if one in has_right or other in has_left:
            continue  # one side knows the wording of the other: that was decided before
        yield each, one, other


def _changes(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, Paragraph]]:
    """Each paragraph that is not in ``after``, and what stands in its place (``_GONE`` for nothing).

    What only ``after`` has and replaces nothing comes with ``_GONE`` before it.
    """
    kept, known = set(after), set(before)
    for _, start, end, begin, stop in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        old = [each for each in before[start:end] if each not in kept]
        new = [each for each in after[begin:stop] if each not in known]
        yield from _paired(old, new)


def _paired(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, Paragraph]]:
    if len(old) == len(new):
        # As many went as came: each took the place of one, however little it is like it.
        yield from zip(old, new, strict=True)
        return
    at = 0
    for each in old:
        # Pairs never cross: behind what was found for one paragraph the next one is looked for.
        better = [number for number in range(at, len(new)) if _likeness(each[0], new[number][0]) >= _ALIKE]
        chosen = max(better, key=lambda number: _likeness(each[0], new[number][0])) if better else None
        if chosen is None:
            yield each, _GONE
            continue
        yield from ((_GONE, added) for added in new[at:chosen])
        yield each, new[chosen]
        at = chosen + 1
    yield from ((_GONE, added) for added in new[at:])


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(a=one.split(), b=other.split(), autojunk=False).ratio()
