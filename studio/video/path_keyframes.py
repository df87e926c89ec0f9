"""Turns what was found picture by picture into few keyframes that hide no less. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.story.clips import tidy_box
from studio.story.cover_path import hull_of
from studio.story.model import Box, CoverKeyframe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.video.cover_tracker import TrackedBox

_MORE = 0.05
"""Share of its size by which a found box grows on every side: what wavers less needs no keyframe of its own."""
_LARGEST = 1.7
"""Times the size of a box that the hull of a stretch may have before the stretch is divided."""
_LONGEST = 5.0
"""Seconds of the longest stretch: a person corrects one at a time."""


def thin_path(found: Sequence[TrackedBox]) -> tuple[CoverKeyframe, ...]:
    """Keyframes between which the hull of both ends holds every box that was found there.

    Args:
        found: in the order of their times, at least one.

    Returns:
        A keyframe's ``doubt`` is that of any picture from it up to the next one, that one included: a doubt begins with
        the last sure picture and ends with the first.
    """
    frames: list[CoverKeyframe] = []
    at = 0
    while at < len(found) - 1:
        until = at + 1
        while until + 1 < len(found) and _holds(found[at : until + 2]):
            until += 1
        doubt = next((each.doubt for each in found[at : until + 1] if each.doubt), "")
        frames.append(_keyframe(found[at], doubt))
        at = until
    return (*frames, _keyframe(found[-1], found[-1].doubt))


def _holds(stretch: Sequence[TrackedBox]) -> bool:
    """Whether one stretch can stand for these pictures."""
    first, last = stretch[0], stretch[-1]
    if last.seconds - first.seconds > _LONGEST or len({bool(each.doubt) for each in stretch[1:-1]}) > 1:
        return False
    if bool(first.doubt) != bool(last.doubt) and len(stretch) > 2:
        return False
    ends = hull_of((_grown(first.box), _grown(last.box)))
    if _size(ends) > _LARGEST * min(_size(_grown(first.box)), _size(_grown(last.box))):
        return False
    around = hull_of([ends, *(each.box for each in stretch)])
    return _size(around) <= _size(ends) + 1e-9


def _keyframe(found: TrackedBox, doubt: str) -> CoverKeyframe:
    return CoverKeyframe(at=round(found.seconds, 4), box=_grown(found.box), doubt=doubt)


def _grown(box: Box) -> Box:
    x, y, width, height = box
    more_x, more_y = width * _MORE, height * _MORE
    left, top, right, bottom = max(0.0, x - more_x), max(0.0, y - more_y), x + width + more_x, y + height + more_y
    return tidy_box(Box(left, top, min(1.0, right) - left, min(1.0, bottom) - top))


def _size(box: Box) -> float:
    return box.width * box.height
