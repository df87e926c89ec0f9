"""What a cover hides.

That nobody can be recognised is said of a picture as it was covered then, and asked anew when a cover hides less.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.story.model import Box, Cover

_DUST = 1e-9
"""Fractions of the picture that adding and subtracting may leave."""


def hides_as_much(before: Cover, after: Cover) -> bool:
    """Whether a changed cover hides everything it hid before, at all times; when in doubt, it does not.

    Args:
        before: the cover.
        after: the same cover, moved, sized, timed or repainted.
    """
    return _as_long(before, after) and _as_wide(before, after)


def _as_long(before: Cover, after: Cover) -> bool:
    begins, began = (0.0 if cover.start is None else cover.start for cover in (after, before))
    ends, ended = (inf if cover.end is None else cover.end for cover in (after, before))
    return begins <= began and ends >= ended


def _as_wide(before: Cover, after: Cover) -> bool:
    if after.whole or before.whole:
        return after.whole
    if after.shape == "ellipse":  # of a larger one the tips may lie elsewhere
        return before.shape == "ellipse" and after.box == before.box
    return _inside(before.box, after.box)


def _inside(inner: Box, outer: Box) -> bool:
    return all(
        outer[side] <= inner[side] + _DUST and outer[side] + outer[side + 2] >= inner[side] + inner[side + 2] - _DUST
        for side in (0, 1)
    )
