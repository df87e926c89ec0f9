"""Covers that move: where one is at a time, and which boxes hide all of its way. Pure.

Between two keyframes a cover hides the box around both, at every moment: whatever way a face took from the one to the
other in a straight line is inside. So a moving cover is a row of covers that stand still (``still_covers``), and
whoever draws or judges covers needs to know of nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, inf, isfinite
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.story.model import Box, CoverKeyframe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.story.model import Cover

FINEST = 0.0001
"""Shares of the picture to which boxes are stored."""
_ALIKE = 3 * FINEST
"""Shares by which the box of a cover may differ from the hull of its keyframes: older versions round it."""
_DUST = 1e-6
"""What is left of an integer number of steps after calculating with fractions."""
SAME_TIME = 0.004
"""Seconds within which two keyframes are one: less than a picture of 240 a second stands."""


@dataclass(frozen=True, slots=True)
class PathDoubt:
    """A stretch of a cover's way that someone has to look at.

    Attributes:
        start: seconds of the original.
        end: until when; ``inf`` to the end of the clip.
        reason: why, a code (docs/format.md, *keyframe*).
    """

    start: float
    end: float
    reason: str


def path_of(cover: Cover) -> tuple[CoverKeyframe, ...]:
    """The keyframes a cover goes by, in the order of their times; none for a cover that stands still.

    Its ``box`` is the hull of them. Where it is not, a version that knows no keyframes has moved the box: what was seen
    and meant there holds, not the keyframes. So it does where a keyframe holds what is no number.
    """
    frames = cover.keyframes
    if cover.whole or not frames:
        return ()
    numbers = [frame.at for frame in frames] + [side for frame in frames for side in frame.box]
    # A hand-edited or damaged file may hold NaN, which compares false with everything: such a path could hide nothing
    # without a word.
    if not all(isfinite(number) for number in numbers):
        return ()
    hull = hull_of(frame.box for frame in frames)
    if any(abs(a - b) > _ALIKE for a, b in zip(_edges(hull), _edges(cover.box), strict=True)):
        return ()
    return tuple(sorted(frames, key=lambda frame: frame.at))


def hull_of(boxes: Iterable[Box]) -> Box:
    """The box around boxes, rounded outwards to what is stored.

    Args:
        boxes: at least one.
    """
    edges = [_edges(box) for box in boxes]
    # Outwards, never to the nearest: a hull that is a hair too small would show the edge of a face. Without the dust
    # 0.3 / 0.0001 = 2999.9999... would grow by a step with each saving.
    left, top = (floor(min(edge[side] for edge in edges) / FINEST + _DUST) * FINEST for side in (0, 1))
    right, bottom = (ceil(max(edge[side] for edge in edges) / FINEST - _DUST) * FINEST for side in (2, 3))
    return Box(round(left, 4), round(top, 4), round(right - left, 4), round(bottom - top, 4))


def _edges(box: Box) -> tuple[float, float, float, float]:
    x, y, width, height = box
    return x, y, x + width, y + height


def still_covers(cover: Cover) -> tuple[Cover, ...]:
    """The covers that stand still and hide together what a cover hides, in the order of their times.

    Before its first keyframe a cover is where it is there, after its last one too. Stretches meet at a keyframe and
    both hide it. An ellipse on its way is a box: the ellipse around two ellipses would have to be larger than theirs.

    Args:
        cover: any cover.

    Returns:
        The cover itself where it does not move.
    """
    path = path_of(cover)
    if not path:
        return (cover,)
    begin = -inf if cover.start is None else cover.start
    end = inf if cover.end is None else cover.end
    # Three lists of the same length: before the first keyframe, between each two, after the last.
    places = [path[0].box, *(hull_of((a.box, b.box)) for a, b in pairwise(path)), path[-1].box]
    times = [-inf, *(frame.at for frame in path), inf]
    stays = [True, *(a.box == b.box for a, b in pairwise(path)), True]
    found: list[Cover] = []
    for box, (since, until), still in zip(places, pairwise(times), stays, strict=True):
        first, last = max(begin, since), min(end, until)
        # A stretch without length is left out, unless it is the only one: a cover of a single moment hides that frame.
        if first > last or (first == last and -inf < first and found):
            continue
        shape = cover.shape if still else "box"
        if found and found[-1].box == box and found[-1].shape == shape:
            found[-1] = replace(found[-1], end=None if last == inf else last)
            continue
        start, stop = None if first == -inf else first, None if last == inf else last
        found.append(replace(cover, keyframes=(), box=box, shape=shape, start=start, end=stop))
    return tuple(found) or (replace(cover, keyframes=()),)


def box_at(cover: Cover, seconds: float) -> Box:
    """Where a cover is at a time: on the straight line between its keyframes. What it hides then is more."""
    path = path_of(cover)
    if not path:
        return cover.box
    at = bisect_right([frame.at for frame in path], seconds)
    if at in {0, len(path)}:
        return path[min(at, len(path) - 1)].box
    before, after = path[at - 1], path[at]
    # Two keyframes may share a time in a file from elsewhere.
    share = (seconds - before.at) / max(after.at - before.at, _DUST)
    return Box(*(a + (b - a) * share for a, b in zip(before.box, after.box, strict=True)))


def keyframe_at(cover: Cover, seconds: float, near: float = SAME_TIME) -> CoverKeyframe | None:
    """The keyframe of a time, at most ``near`` seconds away from it."""
    close = [frame for frame in path_of(cover) if abs(frame.at - seconds) <= near]
    return min(close, key=lambda frame: abs(frame.at - seconds), default=None)


def with_path(cover: Cover, frames: Sequence[CoverKeyframe]) -> Cover:
    """The cover on another way; its box becomes the hull of it. Without keyframes it stands where it is."""
    if not frames:
        return replace(cover, keyframes=())
    ordered = tuple(sorted(frames, key=lambda frame: frame.at))
    return replace(cover, keyframes=ordered, box=hull_of(frame.box for frame in ordered), whole=False)


def put_keyframe(cover: Cover, seconds: float, box: Box, near: float = SAME_TIME) -> Cover:
    """The cover that is somewhere at a time; with its first keyframe it is there all the time.

    What its way is doubted for there, before and after, stays to be looked at.

    Args:
        cover: the cover.
        seconds: of the original.
        box: where it is then.
        near: seconds within which a keyframe counts as this one and is moved.
    """
    path = path_of(cover)
    known = keyframe_at(cover, seconds, near)
    doubt = known.doubt if known is not None else _doubt_at(path, seconds)
    new = CoverKeyframe(at=round(seconds if known is None else known.at, 4), box=box, doubt=doubt)
    rest = [frame for frame in path if frame is not known]
    return with_path(cover, [*rest, new])


def drop_keyframe(cover: Cover, seconds: float, near: float = SAME_TIME) -> Cover:
    """The cover without a keyframe; without the last one it stands still where that was.

    What was doubted there stays to be looked at, by the keyframe before it or else the next. The last one of a way
    stays while it is doubted: a cover that stands still has nothing to remember that by.
    """
    path = path_of(cover)
    gone = keyframe_at(cover, seconds, near)
    rest = [frame for frame in path if frame is not gone]
    if gone is None or (gone.doubt and not rest):
        return cover
    if not rest:
        return replace(cover, keyframes=(), box=hull_of((gone.box,)))
    if gone.doubt:
        # A doubt is never dropped with its keyframe: it goes to the stretch that takes this one's place.
        heir = max(0, path.index(gone) - 1)
        rest[heir] = replace(rest[heir], doubt=rest[heir].doubt or gone.doubt)
    return with_path(cover, rest)


def join_paths(
    cover: Cover, found: Sequence[CoverKeyframe], *, from_start: bool = False, to_end: bool = False
) -> Cover:
    """The cover with a stretch of its way replaced by what was found there.

    What was doubted before and behind that stretch stays to be looked at.

    Args:
        cover: the cover.
        found: the keyframes of the stretch, in the order of time.
        from_start: whether it holds all that comes before the last of them.
        to_end: whether it holds all that comes after the first.
    """
    if not found:
        return cover
    path = path_of(cover)
    first, last = found[0], found[-1]
    before = [] if from_start else [frame for frame in path if frame.at < first.at - SAME_TIME]
    after = [] if to_end else [frame for frame in path if frame.at > last.at + SAME_TIME]
    frames = list(found)
    if not to_end:
        frames[-1] = replace(last, doubt=last.doubt or _doubt_at(path, last.at + SAME_TIME))
    # Without a keyframe before it, the first one of a way also says where the cover was until then.
    if not (from_start or before) and (cover.start or 0.0) < first.at - SAME_TIME:
        frames[0] = replace(frames[0], doubt=frames[0].doubt or _doubt_at(path, first.at - SAME_TIME))
    return with_path(cover, [*before, *frames, *after])


def path_doubts(cover: Cover) -> tuple[PathDoubt, ...]:
    """The stretches of a cover's way that nobody has looked at yet, joined where they meet, within its time.

    Before its first keyframe a cover is where it is there, and so is what is doubted about it.
    """
    path = path_of(cover)
    begin = -inf if cover.start is None else cover.start
    end = inf if cover.end is None else cover.end
    found: list[PathDoubt] = []
    for number, frame in enumerate(path):
        since = frame.at if number else -inf
        until = path[number + 1].at if number + 1 < len(path) else inf
        if not frame.doubt or until <= begin or since >= end:
            continue
        if found and found[-1].end >= since:
            found[-1] = PathDoubt(found[-1].start, min(until, end), found[-1].reason)
        else:
            found.append(PathDoubt(max(begin, since), min(until, end), frame.doubt))
    return tuple(found)


def settle_doubts(cover: Cover, start: float, end: float) -> Cover:
    """The cover whose way someone has looked at from one time to another and found right.

    A stretch that reaches into that time counts as looked at; one that lies beyond it, where the cover hides nothing
    yet, stays doubted for the day its time is made longer.
    """
    path = path_of(cover)
    starts, ends = [-inf, *(frame.at for frame in path[1:])], [*(frame.at for frame in path[1:]), inf]
    kept = tuple(
        replace(frame, doubt="") if since < end and until > start else frame
        for frame, since, until in zip(path, starts, ends, strict=False)
    )
    return cover if kept == path else replace(cover, keyframes=kept)


def without_doubts(cover: Cover) -> Cover:
    """The same way, all of it looked at."""
    return settle_doubts(cover, -inf, inf)


def _doubt_at(path: Sequence[CoverKeyframe], seconds: float) -> str:
    """What the stretch around a time is doubted for."""
    first = path[0].doubt if path else ""
    return next((frame.doubt for frame in reversed(path) if frame.at <= seconds), first)
