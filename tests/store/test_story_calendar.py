"""What stands on which day: plans and posts per outlet, ends of notices, series, national days, empty weeks."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.base.errors import UserError
from studio.services.calendar_files import load_national_days
from studio.store.index import SearchIndex
from studio.store.story_calendar import StoryCalendar, month_span, moved_month
from studio.store.workspace import create_workspace
from studio.story.model import Group, Publication, StatusChange, Story
from studio.story.newsroom_records import PlannedPost, StorySeries
from studio.story.post_plans import change_plan, drop_plan, kept_plans, moment_of, moved_moment, plan_posts, set_plans
from studio.story.series_days import market_day

NOW = datetime(2026, 12, 2, 9, tzinfo=timezone(timedelta(hours=7)))
STORIES = (
    Story(
        id="dulu",
        kind="notice",
        headline="Posyandu yang lalu",
        date="2026-11-03",
        series=StorySeries(id="s", rule="FREQ=DAILY"),  # an older rule of the same series
    ),
    Story(
        id="posyandu",
        kind="notice",
        headline="Posyandu Melati",
        date="2026-12-01",
        hours="08:00/11:00",
        series=StorySeries(id="s", rule="FREQ=MONTHLY;BYDAY=1TU", except_days=("2027-02-02",)),
        planned=(PlannedPost(outlet="whatsapp", when="2026-11-29T08:00:00+07:00", by="Siti"),),
    ),
    Story(
        id="pasar",
        kind="event",
        headline="Pasar murah",
        date="2026-12-08",
        date_end="2026-12-10",
        planned=(
            # 23.30 in Jakarta is the next day in Jayapura.
            PlannedPost(outlet="facebook", when="2026-12-06T23:30:00+07:00"),
            PlannedPost(outlet="x", when="2026-12-07"),
        ),
        publications=(Publication(outlet="x", when="2026-12-06T10:00:00+07:00"),),
    ),
    Story(id="pupuk", kind="notice", headline="Pupuk", date="2026-11-25", valid_until="2026-12-04"),
    Story(
        id="irigasi",
        headline="Irigasi",
        date="2026-11-10",
        status="published",
        publications=tuple(Publication(outlet=o, when="2026-11-11T09:00:00+07:00") for o in ("whatsapp", "facebook")),
    ),
    Story(id="ngaji", kind="event", headline="Pengajian", date="2026-11-22",
          series=StorySeries(id="m", rule="FREQ=WEEKLY;BYDAY=SU", market_day="Pon")),
    Story(id="rusak", kind="event", headline="Rusak", date="2026-12-03", series=StorySeries(id="r", rule="FREQ=?")),
    Story(
        id="cabut",
        headline="Dicabut",
        date="2026-12-05",
        status="withdrawn",
        planned=(PlannedPost(outlet="x", when="2026-12-05"),),
        log=(StatusChange(status="withdrawn", when="2026-12-01T08:00:00+07:00", reason="salah"),),
    ),
    Story(id="baru", headline="Belum direncanakan", date="2026-11-30"),
)  # fmt: skip


@pytest.fixture(scope="module")
def calendars(tmp_path_factory):
    """The calendar of the same stories, for a group in each of two zones."""
    made = {}
    for zone in ("WIB", "WIT"):
        path = tmp_path_factory.mktemp("kalender") / zone
        with create_workspace(path, Group(name="KIM", time_zone=zone)) as workspace:
            workspace.clock = lambda: NOW
            for story in STORIES:
                workspace.add(story)
            index = SearchIndex(workspace)
            index.refresh()
            made[zone] = StoryCalendar(index, workspace, load_national_days().days)
    return made


def lines(span, day):
    return [(e.kind, e.story.headline, *e.outlets) for e in span.lines_on(date.fromisoformat(day))]


def test_a_month_has_what_is_planned_happens_ends_and_appeared(calendars):
    span = calendars["WIB"].span(*month_span(2026, 12))
    assert (span.first.isoformat(), span.last.isoformat()) == ("2026-11-30", "2027-01-03")
    assert lines(span, "2026-12-01") == [("event", "Posyandu Melati")]
    assert lines(span, "2026-12-04") == [("ends", "Pupuk")]
    assert [lines(span, f"2026-12-{day:02}") for day in (8, 9, 10)] == [[("event", "Pasar murah")]] * 3
    assert lines(span, "2026-12-05") == []  # it was taken back
    november = calendars["WIB"].span(*month_span(2026, 11))
    assert lines(november, "2026-11-11") == [("posted", "Irigasi", "whatsapp", "facebook")]
    assert [story.headline for story in calendars["WIB"].unplanned()].count("Belum direncanakan") == 1


def test_plans_are_kept_early_or_missed_on_the_calendar_of_the_group(calendars):
    west, east = (calendars[zone].span(*month_span(2026, 12)) for zone in ("WIB", "WIT"))
    assert ("plan", "Pasar murah", "facebook") in lines(west, "2026-12-06")
    assert ("plan", "Pasar murah", "facebook") in lines(east, "2026-12-07")
    (kept,) = [e for e in west.lines_on(date(2026, 12, 7)) if e.outlets == ("x",)]
    assert kept.done
    assert not kept.late
    (missed,) = calendars["WIB"].span(date(2026, 11, 29), date(2026, 11, 29)).lines_on(date(2026, 11, 29))
    assert missed.late
    assert (missed.clock, missed.by) == ("08:00", "Siti")


def test_a_series_goes_on_from_its_latest_story_with_its_market_day(calendars):
    said = {}
    for month in ((2026, 12), (2027, 1), (2027, 2)):
        span = calendars["WIB"].span(*month_span(*month))
        said |= {e.first.isoformat(): e.story.headline for e in span.all_entries() if e.kind == "series"}
    assert said == {"2026-12-27": "Pengajian", "2027-01-05": "Posyandu Melati", "2027-01-31": "Pengajian"} | {
        day: headline for day, headline in said.items() if day > "2027-02-02"
    }
    assert "2027-02-02" not in said
    assert market_day(date(2026, 12, 27)) == "Pon"


def test_weeks_without_post_or_plan_are_empty_but_not_those_before_the_group_began(calendars):
    november = calendars["WIB"].span(*month_span(2026, 11))
    empty = {day.isoformat() for day in november.empty_weeks}
    assert "2026-11-16" in empty
    assert "2026-11-09" not in empty
    assert "2026-11-02" not in empty  # nothing had appeared yet
    assert "2026-10-26" not in empty
    assert date(2026, 12, 14) in calendars["WIB"].span(*month_span(2026, 12)).empty_weeks
    assert calendars["WIB"].regularity().monthly == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2026-03-21", ("Idulfitri 1447 Hijriah",)),
        ("2026-04-21", ("Hari Kartini",)),
        ("2026-08-17", ("Hari Proklamasi Kemerdekaan RI",)),
        ("2027-03-12", ("Cuti bersama Idulfitri",)),
        ("2031-11-10", ("Hari Pahlawan",)),
        ("1944-08-17", ()),
        ("2031-03-21", ()),
    ],
)
def test_national_days_by_rule_and_by_decree(day, names):
    known = load_national_days().days
    assert tuple(each.name for each in known.days_on(date.fromisoformat(day))) == names
    assert bool(known.source(int(day[:4]))) == (day[:4] in {"2026", "2027"})


def test_every_day_off_of_a_known_year_is_told_once_and_has_its_source():
    known = load_national_days().days
    for year, off, leave in ((2026, 17, 8), (2027, 18, 8)):
        days = [date(year, 1, 1) + timedelta(step) for step in range(365)]
        found = [each for day in days for each in known.days_on(day) if each.kind != "observance"]
        assert (sum(e.kind == "holiday" for e in found), sum(e.kind == "leave" for e in found)) == (off, leave)
        assert all(each.source for day in days for each in known.days_on(day))


def test_a_village_adds_its_days_and_a_broken_file_is_named(tmp_path):
    own = tmp_path / "calendar"
    own.mkdir()
    (own / "desa.toml").write_text('[[day]]\ndate = "05-12"\nname = "Hari jadi desa"\n', encoding="utf-8")
    (own / "2028.toml").write_text(
        'year = 2028\nsource = "SKB"\n[[day]]\ndate = "02-29"\nname = "Libur"\n', encoding="utf-8"
    )
    for name, text in (("a", '[[day]]\ndate = "02-30"\nname = "x"'), ("b", "year = 2029"), ("c", "[["), ("d", "x = 1")):
        (own / f"{name}.toml").write_text(text, encoding="utf-8")
    found = load_national_days(tmp_path)
    assert [each.name for each in found.days.days_on(date(2030, 5, 12))] == ["Hari jadi desa"]
    assert [each.kind for each in found.days.days_on(date(2028, 2, 29))] == ["holiday"]
    assert [error.facts["file"] for error in found.problems] == ["a.toml", "b.toml", "c.toml", "d.toml"]
    assert all(isinstance(error, UserError) for error in found.problems)


moments = st.builds(
    moment_of, st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from(("", "00:30", "08:00", "23:45")),
    st.sampled_from(("WIB", "WITA", "WIT")),
)  # fmt: skip
plans = st.lists(st.builds(PlannedPost, outlet=st.sampled_from("ab"), when=moments), max_size=4).map(tuple)


@settings(max_examples=40, deadline=None)
@given(plans, moments, st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_plans_move_at_their_hour_and_every_step_has_a_way_back(planned, when, day):
    story = Story(id="s", planned=planned)
    after = plan_posts(("a", "b", "a"), when).apply(story)
    for plan in after.planned:
        moved = moved_moment(plan.when, day, "WITA")
        assert moved[:10] == day.isoformat()
        assert ("T" in moved) == ("T" in plan.when)
        done = change_plan(plan.outlet, plan.when, when=moved).apply(after)
        back = set_plans(done.planned, after.planned).apply(done)
        assert back.planned == after.planned
    dropped = after
    for plan in after.planned:
        dropped = drop_plan(plan.outlet, plan.when).apply(dropped)
    assert dropped.planned == ()
    posts = [Publication(outlet=plan.outlet, when=plan.when) for plan in after.planned]
    assert all(kept_plans(after.planned, posts))
    assert not any(kept_plans(after.planned, ()))
    assert plan_posts(("a", "b"), when).apply(after) is after


def test_months_stop_at_the_ends_of_the_calendar():
    assert moved_month((2026, 12), 1) == (2027, 1)
    assert moved_month((2026, 1), -1) == (2025, 12)
    assert moved_month((1946, 1), -1) == (1946, 1)
    assert moved_month((2999, 12), 12) == (2999, 12)
