"""Where the points of a map's pictures lie: the net of four dimensions, the line of rounds. Pure numbers."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ChartPoint = tuple[float, float]


def net_points(shares: Sequence[float], center: ChartPoint, radius: float) -> tuple[ChartPoint, ...]:
    """The corners of a net, the first at the top, on clockwise.

    Args:
        shares: of each axis, 0 (in the middle) to 1 (at the edge).
        center: the middle.
        radius: from the middle to the edge.
    """
    turns = [2 * pi * at / max(1, len(shares)) for at in range(len(shares))]
    return tuple(
        (center[0] + radius * share * sin(turn), center[1] - radius * share * cos(turn))
        for share, turn in zip(shares, turns, strict=True)
    )


def line_points(
    values: Sequence[float], left: float, top: float, width: float, height: float
) -> tuple[ChartPoint, ...]:
    """Points of values from 0 (below) to 100 (above), spread evenly; a single one stands at the left."""
    step = width / max(1, len(values) - 1)
    return tuple((left + at * step, top + height * (1 - value / 100)) for at, value in enumerate(values))
