"""How long the rest takes."""

from __future__ import annotations

import pytest

from studio.base.progress import Pace


def test_too_early_to_say():
    pace = Pace(started=100.0)
    assert pace.left(1, 100, 101.0) is None
    assert pace.left(2, 100, 150.0) is None
    assert pace.left(0, 0, 150.0) is None


def test_the_rest_takes_as_long_as_the_work_so_far():
    pace = Pace(started=100.0)
    assert pace.left(25, 100, 110.0) == pytest.approx(30.0)
    assert pace.left(100, 100, 140.0) == 0.0
