"""What was read off a platform: which readings can be true, and edits of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.base.errors import UserError
from studio.story.audience_readings import MOST_COUNTED, add_reading, ask_reading, remove_reading, set_readings
from studio.story.model import Publication, Story
from studio.story.newsroom_records import AudienceReading

TODAY = date(2026, 11, 30)
# Half past eleven in the evening in London is the next morning in the village.
STORY = Story(
    id="s",
    publications=(
        Publication(outlet="facebook", when="2026-11-20T23:30:00+00:00"),
        Publication(outlet="x", when="2026-11-01"),
    ),
)


@pytest.mark.parametrize(
    ("outlet", "reading", "code"),
    [
        ("facebook", AudienceReading(when="2026-11-21", seen=0), ""),
        ("facebook", AudienceReading(when="2026-11-30", copies=MOST_COUNTED), ""),
        ("tiktok", AudienceReading(when="2026-11-30", seen=5), "reading.no_post"),
        ("facebook", AudienceReading(when="kemarin", seen=5), "reading.date_needed"),
        ("facebook", AudienceReading(when="2026-11-20", seen=5), "reading.before_post"),
        ("facebook", AudienceReading(when="2026-12-01", seen=5), "reading.future"),
        ("facebook", AudienceReading(when="2026-11-30", by="Siti"), "reading.empty"),
        ("facebook", AudienceReading(when="2026-11-30", likes=-1), "reading.number"),
        ("facebook", AudienceReading(when="2026-11-30", seen=4, shares=MOST_COUNTED + 1), "reading.number"),
    ],
)
def test_a_reading_must_be_able_to_be_true(outlet, reading, code):
    if not code:
        ask_reading(STORY, outlet, reading, TODAY, "WIB")
        return
    with pytest.raises(UserError) as caught:
        ask_reading(STORY, outlet, reading, TODAY, "WIB")
    assert caught.value.code == code


@given(st.lists(st.tuples(st.dates(date(2026, 11, 21), TODAY), st.integers(0, 500)), max_size=6))
def test_readings_stand_by_day_one_a_day_the_newest_typed(typed):
    story = STORY
    for day, seen in typed:
        story = add_reading("facebook", AudienceReading(when=day.isoformat(), seen=seen)).apply(story)
    kept = {day.isoformat(): seen for day, seen in typed}
    assert [(each.when, each.seen) for each in story.publications[0].readings] == sorted(kept.items())
    assert story.publications[1] is STORY.publications[1]
    # One taken back, or all put back as they were.
    for day in kept:
        left = remove_reading("facebook", day).apply(story).publications[0].readings
        assert day not in {each.when for each in left}
        assert len(left) == len(kept) - 1
    assert set_readings("facebook", ()).apply(story) == STORY


def test_what_changes_nothing_is_the_very_same_story():
    one = AudienceReading(when="2026-11-25", seen=3)
    story = add_reading("facebook", one).apply(STORY)
    for edit in (
        add_reading("facebook", one),
        add_reading("tiktok", one),
        remove_reading("facebook", "2026-11-26"),
        set_readings("facebook", (one,)),
    ):
        assert edit.apply(story) is story
