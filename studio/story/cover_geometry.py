"""What a cover hides: the one place that says which pixels. Pure arithmetic, for photos and clips alike.

That nobody can be recognised is said of a picture as it was covered then, and asked again when a cover hides less.
"""

from __future__ import annotations

from itertools import pairwise
from math import ceil, cos, floor, inf, pi, sqrt
from typing import TYPE_CHECKING

from studio.base.pixel_data import is_hex_color
from studio.story.cover_path import still_covers
from studio.story.geometry import PixelBox, tidy_box
from studio.story.model import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.model import Cover

PADDING = 0.05
"""A cover grows by this share of its size on every side: hand-drawn boxes are drawn too tight (photo.md 7: ~10 %)."""
BLOCK = 16
"""Pixels of the original a cover grows at least: JPEG and H.264 store 16 x 16 blocks, so what is hidden leaves traces
in all of the blocks it touches (Rec. ITU-T T.81, A.2, 4:2:0; H.264, 3.89)."""
_DARK = "#1f2933"
_SMALL = 0.015
"""The same as a share of the longer side, which it is at most: a small picture would else be all cover."""
_SPECK = 1e-6
"""Pixels that adding fractions may leave behind an edge."""

_DUST = 1e-9
"""Fractions of the picture that adding and subtracting may leave."""
_MOST_STRIPS = 64
"""Boxes an ellipse is made of: of a face 300 pixels high the steps are 4 pixels, and 64 boxes cost ffmpeg little."""


def hides_as_much(before: Cover, after: Cover) -> bool:
    """Whether a changed cover hides everything it hid before, at all times; when in doubt, it does not.

    Args:
        before: the cover.
        after: the same cover, moved, sized, timed or repainted.
    """
    stands = still_covers(after)
    return all(_hides_inside(cover, stands) for cover in still_covers(before))


def _hides_inside(before: Cover, after: Sequence[Cover]) -> bool:
    """Whether covers that stand still hide, at all times of one that stands still, all that it hides."""
    begin, end = _stretch(before)
    if begin > end:  # nothing sensible: only the same stretch, or more, is as much
        return any(_as_wide(before, each) and _stretch(each)[0] <= begin and _stretch(each)[1] >= end for each in after)
    times = {begin, end, *(time for cover in after for time in _stretch(cover) if begin < time < end)}
    ordered = sorted(times)
    # Between two of these times nothing changes; a cover that hides both ends of such a stretch hides all of it.
    return all(
        any(_as_wide(before, cover) for cover in after if _stretch(cover)[0] <= since and until <= _stretch(cover)[1])
        for since, until in zip(ordered, ordered[1:] or ordered, strict=False)
    )


def _stretch(cover: Cover) -> tuple[float, float]:
    return (0.0 if cover.start is None else cover.start), (inf if cover.end is None else cover.end)


def _as_wide(before: Cover, after: Cover) -> bool:
    if after.whole or before.whole:
        return after.whole
    if after.shape == "ellipse":  # of a larger one the tips may lie elsewhere
        return before.shape == "ellipse" and after.box == before.box
    return _is_inside(before.box, after.box)


def _is_inside(inner: Box, outer: Box) -> bool:
    return all(
        outer[side] <= inner[side] + _DUST and outer[side] + outer[side + 2] >= inner[side] + inner[side + 2] - _DUST
        for side in (0, 1)
    )


def cover_margin(width: int, height: int) -> float:
    """Pixels of an original of that size by which a cover grows at least: a block, at most 1.5 % of the picture."""
    return min(float(BLOCK), _SMALL * max(width, height))


def covered_box(cover: Cover, width: int, height: int, step: int = 1) -> PixelBox:
    """The pixels of an upright original that a cover hides: the drawn box, its margin, rounded outwards.

    Every renderer asks this and nothing else. A box that is empty, not a number or outside the picture covers
    everything: better too much than a face.

    Args:
        cover: its box is in fractions of the upright original.
        width: of the original in pixels.
        height: of the original in pixels.
        step: edges lie on multiples of it: 2 for clips, which store colours for pairs of pixels.

    Returns:
        left, top, right, bottom. It may reach beyond the picture, so that an ellipse is not squeezed at its edge.
    """
    if cover.whole:
        return PixelBox(0, 0, _round_up(width, step), _round_up(height, step))
    x, y, box_width, box_height = tidy_box(cover.box)
    margin = cover_margin(width, height)
    more_x, more_y = max(margin, PADDING * box_width * width), max(margin, PADDING * box_height * height)
    # Always outwards: a pixel too much is seen by nobody, a pixel too little may be an eye.
    left, top = _round_down(x * width - more_x, step), _round_down(y * height - more_y, step)
    right = _round_up((x + box_width) * width + more_x - _SPECK, step)
    bottom = _round_up((y + box_height) * height + more_y - _SPECK, step)
    return PixelBox(left, top, max(left + step, right), max(top + step, bottom))


def is_ellipse(cover: Cover) -> bool:
    """Whether a cover is burned in as an ellipse, in a photo as in a clip."""
    return cover.shape == "ellipse" and not cover.whole


def ellipse_strips(pixels: PixelBox, step: int = 2) -> tuple[PixelBox, ...]:
    """Boxes from top to bottom that together hide at least the ellipse in a box, and nothing outside the box.

    Clips are covered by them: ffmpeg fills boxes only, and so every renderer hides the very same pixels.

    Args:
        pixels: left, top, right, bottom, as ``covered_box`` gives them; edges on multiples of ``step``.
        step: edges of the strips lie on multiples of it.
    """
    left, top, right, bottom = pixels
    middle, across, down = (left + right) / 2, (right - left) / 2, (bottom - top) / 2
    centre = top + down
    count = min(_MOST_STRIPS, max(1, (bottom - top) // step))
    # By equal angles: at the tips, where the ellipse is flat, the strips are lower.
    rows = sorted({top, bottom, *(_round_down(centre - down * cos(pi * n / count), step) for n in range(1, count))})
    strips: list[PixelBox] = []
    for upper, lower in pairwise(rows):
        near = max(0.0, upper - centre, centre - lower)  # the widest row of the strip is the one nearest the centre
        half = across * sqrt(max(0.0, 1 - (near / down) ** 2))
        first = max(left, _round_down(middle - half + _SPECK, step))
        last = min(right, max(first + step, _round_up(middle + half - _SPECK, step)))
        strips.append(PixelBox(first, upper, last, lower))
    return tuple(strips)


def solid_color(cover: Cover) -> str:
    """The colour (``#rrggbb``) a solid cover is burned in with: its own, dark where that is none."""
    return cover.color if is_hex_color(cover.color) else _DARK


def scaled_box(box: PixelBox, size: tuple[int, int], shown: tuple[int, int]) -> PixelBox:
    """The same box on a smaller or larger copy of the picture, rounded outwards.

    Args:
        box: left, top, right, bottom in pixels of a picture.
        size: width and height of that picture.
        shown: width and height of the copy.
    """
    across, down = shown[0] / size[0], shown[1] / size[1]
    # The speck keeps 12.000000001 from becoming another pixel; it is far below what could uncover anything.
    left, top, right, bottom = box
    first, upper = floor(left * across + _SPECK), floor(top * down + _SPECK)
    return PixelBox(first, upper, ceil(right * across - _SPECK), ceil(bottom * down - _SPECK))


def box_shares(box: PixelBox, width: int, height: int) -> Box:
    """A box in pixels as fractions (x, y, width, height) of a picture of that size; may lie beyond 0..1."""
    left, top, right, bottom = box
    return Box(left / width, top / height, (right - left) / width, (bottom - top) / height)


def _round_down(value: float, step: int) -> int:
    return floor(value / step) * step


def _round_up(value: float, step: int) -> int:
    return ceil(value / step) * step
