"""Until when a notice is of use: its latest day, on the group's own calendar."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.story.declarations import add_declaration
from studio.story.expiry import ASKED, is_past, last_day, takes_posts, today_there
from studio.story.model import Story

NOTICE = Story(id="n", kind="notice", date="2026-11-28")
DAYS = st.dates().map(lambda day: day.isoformat()) | st.just("")


@pytest.mark.parametrize(
    ("changes", "today", "past"),
    [
        ({}, "2026-11-28", False),
        ({}, "2026-11-29", True),
        ({}, "", False),
        ({"date_end": "2026-11-30"}, "2026-11-30", False),
        ({"valid_until": "2026-12-05"}, "2026-12-01", False),
        ({"valid_until": "2026-12-05"}, "2026-12-06", True),
        ({"date": "", "valid_until": "2026-11-28"}, "2026-11-29", True),
        ({"date": ""}, "2030-01-01", False),
        ({"date": "besok"}, "2030-01-01", False),
        ({"kind": "event"}, "2026-11-29", True),
        ({"kind": "news"}, "2026-11-29", False),
        ({"status": "withdrawn"}, "2026-11-29", False),
        ({"status": "published"}, "2026-11-29", True),
    ],
)
def test_a_notice_is_over_the_day_after_its_last_one(changes, today, past):
    assert is_past(replace(NOTICE, **changes), today) is past


@pytest.mark.parametrize(("zone", "today"), [("WIB", "2026-11-28"), ("WITA", "2026-11-29"), ("WIT", "2026-11-29")])
def test_the_day_is_that_of_the_group(zone, today):
    assert today_there(datetime(2026, 11, 28, 16, 30, tzinfo=UTC), zone) == today


@given(date=DAYS, end=DAYS, until=DAYS, today=DAYS)
def test_it_is_over_after_the_latest_of_its_days(date, end, until, today):
    story = replace(NOTICE, date=date, date_end=end, valid_until=until)
    last = last_day(story)
    assert (last.isoformat() if last else "") == max(date, end, until)
    assert is_past(story, today) is bool(last and today and today > max(date, end, until))


def test_asking_counts_from_the_day_after_and_until_the_day_changes():
    def asked(when, **changes):
        return replace(add_declaration(ASKED, when, "Siti").apply(NOTICE), **changes)

    assert not takes_posts(NOTICE, "2026-11-30", "WIB")
    assert takes_posts(NOTICE, "2026-11-28", "WIB")
    assert takes_posts(asked("2026-11-29T08:00:00+07:00"), "2026-11-30", "WIB")
    assert not takes_posts(asked("2026-11-27T08:00:00+07:00"), "2026-11-30", "WIB")
    # Half past eleven in Jakarta is the next day in Jayapura.
    assert takes_posts(asked("2026-11-28T23:30:00+07:00"), "2026-11-30", "WIT")
    again = asked("2026-11-29T08:00:00+07:00", date="2026-12-05")
    assert takes_posts(again, "2026-12-05", "WIB")
    assert not takes_posts(again, "2026-12-06", "WIB")
