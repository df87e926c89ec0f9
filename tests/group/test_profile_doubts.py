"""Registrations that cannot be right: what is doubted, and what is left alone because too little is known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.group.profile import Decree, GroupChannel, GroupProfile, MemberCount, Officer
from studio.group.profile_doubts import doubtful_fields

TODAY = date(2026, 11, 30)
DAYS = st.dates(date(1990, 1, 1), TODAY)


def known_as(day, rough):
    """A day of which only the year or the month is known."""
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[rough]]


ROUGH = st.sampled_from(["year", "month", "day"])


@given(DAYS, st.integers(0, 4000), ROUGH, ROUGH)
def test_an_end_after_the_start_is_never_doubted_however_little_is_known(day, length, start_known, end_known):
    end = day + timedelta(length)
    start, until = known_as(day, start_known), known_as(end, end_known)
    officer, decree = Officer(name="Sri", since=start, until=until), Decree(date=start, valid_until=until)
    assert doubtful_fields(GroupProfile(officers=(officer,), decree=decree), TODAY) == {}


@given(DAYS, st.integers(1, 4000), ROUGH, ROUGH)
def test_an_end_before_the_start_is_doubted_where_it_can_be_told(end, length, start_known, end_known):
    day = end + timedelta(length)
    start, until = known_as(day, start_known), known_as(end, end_known)
    common = min(len(start), len(until))
    told = {("officers", 0, "until"): "before_start"} if until[:common] != start[:common] else {}
    found = doubtful_fields(GroupProfile(officers=(Officer(name="Sri", since=start, until=until),)), TODAY)
    assert found == told


@pytest.mark.parametrize(
    ("day", "doubted"),
    [
        ("", False),
        ("2026-11-30", False),
        ("2026-12-01", True),
        ("2026-11", False),
        ("2026-12", True),
        ("2026", False),
        ("2027", True),
    ],
)
def test_what_has_happened_lies_not_ahead(day, doubted):
    profile = GroupProfile(
        founded=day,
        decree=Decree(date=day),
        counted=MemberCount(when=day),
        channels=(GroupChannel(kind="radio"), GroupChannel(kind="website", since=day, counted=day)),
        # These may be known in advance.
        officers=(Officer(name="Sri", since=day),),
    )
    places = {
        ("founded",),
        ("decree", "date"),
        ("counted", "when"),
        ("channels", 1, "since"),
        ("channels", 1, "counted"),
    }
    assert doubtful_fields(profile, TODAY) == (dict.fromkeys(places, "future") if doubted else {})


@pytest.mark.parametrize(
    ("women", "men", "young", "doubted"),
    [
        (3, 4, 7, False),
        (3, 4, 8, True),
        (0, 0, 0, False),
        (None, 4, 8, False),
        (3, None, 8, False),
        (3, 4, None, False),
    ],
)
def test_no_more_are_young_than_there_are(women, men, young, doubted):
    counted = MemberCount(women=women, men=men, under_30=young)
    found = doubtful_fields(GroupProfile(counted=counted), TODAY)
    assert found == ({("counted", "under_30"): "too_many_young"} if doubted else {})
