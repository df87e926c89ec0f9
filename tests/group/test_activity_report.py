"""The activity report: its figures are those of its lists, whatever the order of what it is made of."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.documents.report_tables import TABLES, ReportWords, report_tables
from studio.documents.spreadsheets import table_csv
from studio.group.activities import Activity
from studio.group.activity_report import (
    ReportedActivity,
    ReportedClaim,
    ReportedCorrection,
    ReportedPost,
    ReportedReading,
    ReportedSource,
    ReportedStory,
    make_report,
    usable_readings,
)
from studio.group.report_period import read_period

PERIOD = read_period("2026-Q4")
TODAY = date(2026, 11, 30)


SOURCES = (ReportedSource("Bu Sri"), ReportedSource("bu  SRI"), ReportedSource("Pak Udin", "RT"))


def random_stories(luck):
    """Stories of all states, with posts and readings before, in and after the period."""

    def day():
        return date(2026, 9, 20) + timedelta(luck.randrange(110))

    def number():
        return luck.choice([None, luck.randrange(5000)])

    def post():
        when = day()
        moments = [when + timedelta(luck.randrange(-3, 40)) for _ in range(luck.randrange(3))]
        read = [ReportedReading(moment, number(), number(), copies=number()) for moment in moments]
        return ReportedPost(luck.choice(["whatsapp", "facebook", "x"]), when, "", usable_readings(when, read, TODAY))

    return [
        ReportedStory(
            id=f"s{place}",
            title=luck.choice(["Panen", "Posyandu", ""]),
            category="desa",
            state=luck.choice(["", "corrected", "withdrawn", "hidden"]),
            posts=tuple(post() for _ in range(luck.randrange(5))),
            claims=(ReportedClaim("x", "false"),) * luck.randrange(3),
            sources=tuple(luck.sample(SOURCES, luck.randrange(4))),
            unnamed=luck.randrange(3),
            corrections=tuple(
                ReportedCorrection(luck.choice([None, day()]), "angka") for _ in range(luck.randrange(3))
            ),
        )
        for place in range(luck.randrange(7))
    ]


def random_activities(luck):
    """Activities of all kinds, some over several days, some that are still to come."""
    begins = [date(2026, 9, 20) + timedelta(luck.randrange(110)) for _ in range(luck.randrange(6))]
    return [
        ReportedActivity(
            Activity(
                id=f"a{place}",
                title=f"Acara {place}",
                date=begin.isoformat(),
                date_end=luck.choice(["", (begin + timedelta(luck.randrange(-2, 30))).isoformat()]),
                kind=luck.choice(["meeting", "training", "aspiration", "obstacle", "plan", "arisan", ""]),
                people=luck.choice([None, luck.randrange(200)]),
                forwarded_to=luck.choice(["", " ", "Camat"]),
            ),
            hidden=False,
        )
        for place, begin in enumerate(begins)
    ]


# A number is drawn and all else made of it: drawing every field costs ten times as much.
LUCK = st.integers(0, 2**32).map(Random)


@given(LUCK)
def test_the_order_does_not_matter_and_twice_is_once(luck):
    stories, activities = random_stories(luck), random_activities(luck)
    report = make_report(PERIOD, TODAY, stories, activities)
    again = make_report(PERIOD, TODAY, luck.sample(stories, len(stories)) * 2, luck.sample(activities, len(activities)))
    assert (again.totals, again.months, again.outlets) == (report.totals, report.months, report.outlets)
    assert (again.stories, again.activities, again.plans) == (report.stories, report.activities, report.plans)
    assert len(again.notices) == len(report.notices)


@given(LUCK)
def test_months_and_outlets_add_up_to_the_figures_of_the_first_page(luck):
    report = make_report(PERIOD, TODAY, random_stories(luck), random_activities(luck))
    totals, months = report.totals, report.months
    assert [month.month for month in months] == [(2026, 10), (2026, 11)]  # December has not begun
    assert sum(month.stories for month in months) == totals.stories
    assert sum(month.all_posts for month in months) == totals.posts == sum(each.posts for each in report.outlets)
    assert sum(month.reached for month in months) == totals.reached == sum(each.reached or 0 for each in report.outlets)
    assert sum(month.activities for month in months) == totals.activities
    assert sum(report.reached(story) or 0 for story in report.stories) == totals.reached
    assert sum(report.verdicts.values()) == totals.claims
    assert (totals.read_posts <= totals.posts, totals.withdrawn <= totals.stories) == (True, True)
    # Nothing that is counted lies ahead or outside, and the last point of the line is what the first page says.
    assert all(PERIOD.first <= post.day <= TODAY for _, post in report.posts)
    assert all(PERIOD.first <= line.day <= TODAY for _, line in report.corrections)
    assert [reached for _, reached in report.reach_line][-1:] in ([], [totals.reached])


@pytest.fixture(scope="module", params=["id", "en"])
def words(request):
    return ReportWords(MessageTexts(assets_dir() / "messages", request.param), {"whatsapp": "WhatsApp"})


def numbers_in(table, head):
    at = [column.title for column in table.columns].index(head)
    return sum(row[at] or 0 for row in table.rows), table.totals[at]


@settings(max_examples=15)
@given(luck=LUCK)
def test_the_sums_of_tables_are_those_of_their_rows(luck, words):
    report = make_report(PERIOD, TODAY, random_stories(luck), random_activities(luck))
    tables = dict(zip(TABLES, report_tables(report, words), strict=True))
    for name in ("posts", "outlets", "months", "stories"):
        counted, said = numbers_in(tables[name], words.say("column.reached"))
        assert counted == said
    for code in ("likes", "comments", "shares", "copies"):
        counted, said = numbers_in(tables["posts"], words.say(f"column.{code}"))
        assert counted == said
    figures = dict(tables["summary"].rows)
    for name, code in (("stories", "stories"), ("posts", "posts"), ("corrections", "corrections"), ("plans", "plans")):
        assert len(tables[name].rows) == figures[words.say(f"total.{code}")]
    for table in tables.values():
        assert all(len(row) == len(table.columns) for row in table.rows)
        lines = list(csv.reader(io.StringIO(table_csv(table).decode("utf-8-sig"), newline="")))
        assert len(lines[0]) == len(table.columns)


def test_a_quarter_worked_out_by_hand(words):
    """Two stories, one at two outlets; read on three days; one post lies ahead and one before the quarter."""
    read = (ReportedReading(date(2026, 10, 7), 40), ReportedReading(date(2026, 11, 2), None, likes=9))
    harvest = ReportedStory(
        "s1",
        "Panen",
        "tani",
        "corrected",
        (
            ReportedPost("facebook", date(2026, 10, 5), "https://kim.example/a", read),
            ReportedPost("whatsapp", date(2026, 11, 1), readings=(ReportedReading(date(2026, 11, 1), 25),)),
            ReportedPost("whatsapp", date(2026, 11, 1), readings=(ReportedReading(date(2026, 11, 1), 25),)),
        ),
        corrections=(ReportedCorrection(date(2026, 11, 3), "luas"), ReportedCorrection(date(2027, 1, 1), "nama")),
    )
    paper = (ReportedReading(date(2026, 11, 20), copies=30), ReportedReading(date(2026, 11, 25), seen=31, copies=30))
    wall = ReportedStory(
        "s2",
        "",
        "",
        "hidden",
        (
            ReportedPost("mading", date(2026, 11, 20), readings=paper),
            ReportedPost("mading", date(2026, 9, 30)),
            ReportedPost("x", date(2026, 12, 24)),
        ),
        unnamed=2,
    )
    report = make_report(PERIOD, TODAY, [wall, harvest], [])
    totals = report.totals
    assert (totals.stories, totals.posts, totals.outlets, totals.active_days) == (2, 3, 3, 3)
    assert (totals.reached, totals.read_posts, totals.corrections, totals.sources) == (40 + 25 + 31, 3, 1, 2)
    assert [(each.month, each.stories, each.reached) for each in report.months] == [
        ((2026, 10), 1, 40),
        ((2026, 11), 1, 56),
    ]
    assert [(each.outlet, each.posts, each.reached) for each in report.outlets] == [
        ("facebook", 1, 40),
        ("mading", 1, 31),
        ("whatsapp", 1, 25),
    ]
    assert report.reach_line == (
        (date(2026, 10, 7), 40),
        (date(2026, 11, 1), 65),
        (date(2026, 11, 20), 95),
        (date(2026, 11, 25), 96),
    )
    assert [notice.facts["day"] for notice in report.notices] == [date(2026, 12, 24)]
    assert not report.is_empty
    assert words.title(report.stories[1]) == words.say("title_hidden")


def test_a_post_ahead_that_a_stick_brought_twice_is_told_once():
    ahead = ReportedPost("x", date(2026, 12, 24))
    report = make_report(PERIOD, TODAY, [ReportedStory("s", "Panen", "", "", (ahead, ahead))], [])
    assert len(report.notices) == 1
    assert report.is_empty
