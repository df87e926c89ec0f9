"""Subtitles while they are written: split, merge, shift, time, and whether they can be read. Pure.

Lists of cues are kept in order of time. Functions that move a cue say where it went.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from studio.story.clips import change_clip
from studio.story.model import Cue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.story.edits import StoryEdit

MOST_PER_SECOND = 17.0
"""Characters a second that adults read without hurry: the figure of Netflix's timed text guide for Indonesian."""
SHORTEST = 0.8
"""Seconds a subtitle must stand to be noticed (the usual 5/6 of a second)."""
LONGEST = 7.0
"""Seconds after which viewers begin to read it again."""
USUAL = 2.5
"""Seconds of a new subtitle."""
GAP = 0.05
"""Seconds between two subtitles that follow each other."""
_STRIP_LINES, _STRIP_LETTERS = 3, 50
# Seconds that a cue keeps at least when another one is put before it or its ends are moved.
_LEAST = 0.2

Trouble = Literal["", "empty", "fast", "short", "long", "overlap"]
Placed = tuple[tuple[Cue, ...], int]
"""The list, and the number of the cue that was worked on."""


def per_second(cue: Cue) -> float:
    """Characters (spaces count, line ends do not) to be read in a second."""
    return len(cue.text.replace("\n", "").strip()) / max(0.001, cue.end - cue.start)


def cue_trouble(cues: Sequence[Cue], number: int) -> Trouble:
    """What is wrong with a subtitle, the worst first; "" for nothing."""
    cue = cues[number]
    if not cue.text.strip():
        return "empty"
    if number + 1 < len(cues) and cues[number + 1].start < cue.end - 0.001:
        return "overlap"
    if per_second(cue) > MOST_PER_SECOND:
        return "fast"
    if cue.end - cue.start < SHORTEST:
        return "short"
    return "long" if cue.end - cue.start > LONGEST else ""


def set_cues(video_id: str, cues: Iterable[Cue], label: str = "edit.video_cues", merge: str = "") -> StoryEdit:
    """Replace the subtitles of a clip."""
    fixed = tuple(cues)
    return change_clip(video_id, label, lambda video: replace(video, subtitles=fixed), merge)


def place_cue(cues: Iterable[Cue], cue: Cue) -> Placed:
    """The list with one more cue, in order of time, and its number."""
    ordered = sorted((*cues, cue), key=lambda each: (each.start, each.end))
    return tuple(ordered), next(number for number, each in enumerate(ordered) if each is cue)


def add_cue(cues: Sequence[Cue], at: float, seconds: float, text: str = "") -> Placed:
    """A new cue at a time, as long as usual or until the next one begins.

    Args:
        cues: what is there.
        at: seconds.
        seconds: length of the clip.
        text: what it says.
    """
    following = min((cue.start for cue in cues if cue.start > at + _LEAST), default=seconds + GAP)
    end = max(at + _LEAST, min(at + USUAL, following - GAP, seconds))
    return place_cue(cues, Cue(start=round(at, 3), end=round(end, 3), text=text))


def retime_cue(cues: Sequence[Cue], number: int, start: float | None = None, end: float | None = None) -> Placed:
    """A cue with another start or end. A start after its end takes the end along."""
    cue = cues[number]
    if start is not None:
        first = max(0.0, start)
        last = cue.end if cue.end >= first + _LEAST else first + max(_LEAST, cue.end - cue.start)
        cue = replace(cue, start=round(first, 3), end=round(last, 3))
    if end is not None:
        cue = replace(cue, end=round(max(end, cue.start + _LEAST), 3))
    return place_cue((*cues[:number], *cues[number + 1 :]), cue)


def reword_cue(cues: Sequence[Cue], number: int, text: str) -> tuple[Cue, ...]:
    """A cue that says something else."""
    return (*cues[:number], replace(cues[number], text=text), *cues[number + 1 :])


def split_cue(cues: Sequence[Cue], number: int, at: float | None = None, letter: int | None = None) -> Placed:
    """Divide a cue in two: its text at a word, its time in proportion, or at a time that lies within.

    Args:
        cues: the list.
        number: which.
        at: seconds; None for the place that matches the text.
        letter: where the text is divided; None for the space nearest to the middle (rather after a comma or stop),
            or to the time.

    Returns:
        The number is that of the first half; the list is the same when there is only one word.
    """
    cue = cues[number]
    text = " ".join(cue.text.split())
    share = 0.5 if at is None or not cue.start < at < cue.end else (at - cue.start) / (cue.end - cue.start)
    wanted = len(text) * share if letter is None else letter
    # A space behind a comma or stop wins unless it is further off by more than 15 % of the text: people pause there.
    bonus = len(text) * 0.15 if letter is None and at is None else 0.0
    spaces = [place for place, sign in enumerate(text) if sign == " "]
    if not spaces or cue.end - cue.start < 2 * _LEAST:
        return tuple(cues), number
    place = min(spaces, key=lambda space: abs(space - wanted) - (bonus if text[space - 1] in ",.;:!?" else 0))
    middle = at if at is not None and cue.start + _LEAST <= at <= cue.end - _LEAST else None
    if middle is None:
        middle = cue.start + (cue.end - cue.start) * place / len(text)
        middle = min(max(middle, cue.start + _LEAST), cue.end - _LEAST)
    halves = (
        replace(cue, end=round(middle, 3), text=text[:place]),
        replace(cue, start=round(middle, 3), text=text[place + 1 :]),
    )
    return (*cues[:number], *halves, *cues[number + 1 :]), number


def merge_cues(cues: Sequence[Cue], number: int) -> Placed:
    """A cue joined with the next one; the last has none."""
    if number + 1 >= len(cues):
        return tuple(cues), number
    first, second = cues[number], cues[number + 1]
    text = " ".join(part for part in (first.text.strip(), second.text.strip()) if part)
    joined = replace(first, end=max(first.end, second.end), text=text)
    return (*cues[:number], joined, *cues[number + 2 :]), number


def shift_cues(cues: Sequence[Cue], by: float, first: int = 0) -> tuple[Cue, ...]:
    """All cues from number ``first`` on moved by seconds; none begins before the clip."""
    if not cues[first:]:
        return tuple(cues)
    # All by the same amount, also where the first would begin before the clip: the distances between them are what was
    # timed.
    step = max(by, -min(cue.start for cue in cues[first:]))
    moved = (replace(cue, start=round(cue.start + step, 3), end=round(cue.end + step, 3)) for cue in cues[first:])
    return tuple(sorted((*cues[:first], *moved), key=lambda cue: (cue.start, cue.end)))


def remove_cue(cues: Sequence[Cue], number: int) -> tuple[Cue, ...]:
    """Without that cue."""
    return tuple(cue for at, cue in enumerate(cues) if at != number)


def cue_at(cues: Sequence[Cue], seconds: float) -> int | None:
    """The cue that is shown at a time; the later one where two are."""
    shown = [number for number, cue in enumerate(cues) if cue.start <= seconds < cue.end]
    return shown[-1] if shown else None


def overfull_cues(cues: Sequence[Cue]) -> tuple[int, ...]:
    """Cues at whose beginning more is to be read than the strip of a clip holds: it would end in an ellipsis.

    The strip holds three lines of some fifty letters in the narrowest format; those that overlap are in it together.
    """
    found = []
    for number, cue in enumerate(cues):
        together = {each.text.strip(): None for each in cues if each.start <= cue.start < each.end}
        if sum(map(_lines_needed, together)) > _STRIP_LINES:
            found.append(number)
    return tuple(found)


def _lines_needed(text: str) -> int:
    """Lines that a cue takes: broken lines are joined, except where each speaker has one."""
    parts = [" ".join(part.split()) for part in text.splitlines() if part.strip()]
    if not (len(parts) > 1 and all(part.startswith(("-", "–", "—")) for part in parts[1:])):
        parts = [" ".join(parts)]
    return sum(-(-len(part) // _STRIP_LETTERS) for part in parts)
