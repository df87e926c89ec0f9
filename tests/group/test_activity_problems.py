"""What is wrong with an activity, a sentence each, and which days and periods it belongs to."""

from __future__ import annotations

from datetime import date

import pytest

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.group.activities import MOST_PEOPLE, Activity, activity_days, activity_problems
from studio.group.activity_form import activity_key, activity_place, activity_story, belongs_to, with_story_photos
from studio.group.report_period import read_period
from studio.story.model import Photo

TODAY = date(2026, 11, 30)
GOOD = {"id": "a", "title": "Rapat", "date": "2026-11-20", "kind": "meeting"}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"date_end": "2026-11-22", "people": 0, "files": ("notulen.pdf",)}, []),
        ({"people": MOST_PEOPLE}, []),
        ({"title": " "}, ["no_title"]),
        ({"date": "kemarin"}, ["no_date"]),
        ({"date": "", "date_end": "2026-11-01", "forwarded": "2026-01-01"}, ["no_date"]),
        ({"date_end": "2026-11-19"}, ["reversed"]),
        ({"date": "2026-12-01"}, ["future"]),
        ({"date": "2026-12-01", "kind": "plan"}, []),
        ({"forwarded": "2026-11-19"}, ["sent_before"]),
        ({"people": -1}, ["people"]),
        ({"people": MOST_PEOPLE + 1}, ["people"]),
        ({"files": ("hilang.pdf",), "photos": (Photo(id="f", file="tiada.jpg"),)}, ["file_lost", "file_lost"]),
        ({"title": "", "date": "2026-12-02", "date_end": "2026-12-01"}, ["no_title", "reversed", "future"]),
    ],
)
def test_every_problem_is_a_sentence(changes, codes):
    found = activity_problems(Activity(**GOOD | changes), TODAY, {"notulen.pdf"}.__contains__)
    assert [notice.code for notice in found] == [f"activity.{code}" for code in codes]
    for language in ("id", "en"):
        texts = MessageTexts(assets_dir() / "messages", language)
        assert all(texts.has_text(notice.code) for notice in found)


@pytest.mark.parametrize(
    ("first", "last", "kind", "held"),
    [
        ("2026-11-20", "", "meeting", {"2026-11"}),
        ("2026-10-30", "2026-12-02", "training", {"2026-10", "2026-11", "2026-12"}),
        ("2026-11-20", "2026-11-01", "meeting", {"2026-11"}),
        # A plan is shown in the month before it, too.
        ("2026-12-24", "", "plan", {"2026-11", "2026-12"}),
        ("", "", "meeting", {"2026-09", "2026-10", "2026-11", "2026-12"}),
    ],
)
def test_the_months_in_which_it_is_listed(first, last, kind, held):
    activity = Activity(**GOOD | {"date": first, "date_end": last, "kind": kind})
    months = ("2026-09", "2026-10", "2026-11", "2026-12")
    assert {month for month in months if belongs_to(activity, read_period(month))} == held
    assert (activity_days(activity) is None) == (not first)


def test_the_photo_desk_takes_an_activity_for_a_story_and_gives_it_back():
    activity = Activity(**GOOD, text="Dihadiri warga.", photos=(Photo(id="f", file="a.jpg"),))
    story = activity_story(activity)
    assert (story.headline, story.body, story.photos) == ("Rapat", "Dihadiri warga.", activity.photos)
    assert with_story_photos(activity, story) is activity
    assert with_story_photos(activity, activity_story(Activity(**GOOD))).photos == ()
    assert activity_key(activity_place("2026-11-20-rapat")) == "2026-11-20-rapat"
