"""Sizes of text: the settings offer them, and keys go from one to the next, so that each way leads back."""

from __future__ import annotations

STEPS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
"""Times the usual size."""


def next_step(now: float, way: int) -> float:
    """The size after ``now``: the next larger (``way`` 1) or smaller (-1), the usual one (0)."""
    if way == 0:
        return 1.0
    beyond = [step for step in STEPS if (step - now) * way > 0.001]
    return (min(beyond) if way > 0 else max(beyond)) if beyond else now
