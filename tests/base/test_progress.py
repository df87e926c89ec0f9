"""How parts of work report as shares of the whole, and how long the rest takes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.base.errors import WorkCancelled
from studio.base.progress import PartProgress, SplitProgress, WorkPace


class Told:
    """Keeps what it is told; cancels at the report of that number."""

    def __init__(self, cancel_at=-1):
        self.news, self.cancel_at = [], cancel_at

    def report(self, done, total, what):
        if len(self.news) == self.cancel_at:
            raise WorkCancelled
        self.news.append((done, total, what))


AMOUNT = st.floats(min_value=-5, max_value=1e6, allow_nan=False)
REPORTS = st.lists(st.tuples(AMOUNT, AMOUNT), max_size=6)
PIECES = st.lists(st.tuples(st.integers(1, 5), REPORTS), min_size=1, max_size=5)


@settings(max_examples=60)
@given(pieces=PIECES, nested=st.booleans())
def test_whatever_the_parts_report_the_whole_never_goes_back_and_ends_at_its_total(pieces, nested):
    told, total = Told(), sum(units for units, _ in pieces)
    whole = PartProgress(told, 2.0, 7.3, 10.0) if nested else told
    split = SplitProgress(whole, total)
    for units, reports in pieces:
        part = split.begin(units)
        for done, of in reports:
            part.report(done, of, "")
        part.report(3, 3, "")
        split.finish(units)
    dones = [done for done, _, _ in told.news]
    assert dones == sorted(dones)
    assert told.news[-1][:2] == ((7.3, 10.0) if nested else (total, total)), "its end exactly, no rounding below it"
    assert dones[0] >= (2.0 if nested else 0.0)


@given(at=st.integers(0, 4))
@settings(max_examples=5)
def test_a_cancel_passes_through_every_level(at):
    part = PartProgress(PartProgress(Told(cancel_at=at), 0, 50, 100), 0.2, 0.4, 1.0)
    for number in range(at):
        part.report(number, 5, "")
    with pytest.raises(WorkCancelled):
        part.report(5, 5, "")


def test_a_part_tells_what_it_is_at_or_the_name_it_was_given():
    told = Told()
    PartProgress(told, 0, 1, 2).report(1, 4, "foto.jpg")
    PartProgress(told, 1, 2, 2, "bagian-2.mp4").report(0, 0, "x")
    assert told.news == [(0.25, 2, "foto.jpg"), (2, 2, "bagian-2.mp4")]


def test_too_early_to_say():
    pace = WorkPace(started=100.0)
    assert pace.left(1, 100, 101.0) is None
    assert pace.left(2, 100, 150.0) is None
    assert pace.left(0, 0, 150.0) is None


def test_the_rest_takes_as_long_as_the_work_so_far():
    pace = WorkPace(started=100.0)
    assert pace.left(25, 100, 110.0) == pytest.approx(30.0)
    assert pace.left(100, 100, 140.0) == 0.0
