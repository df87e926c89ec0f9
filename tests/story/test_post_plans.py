"""Plans of a story: edits with a way back, hours on the group's clock, and which plans were kept."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.story.model import Publication, Story
from studio.story.newsroom_records import PlannedPost
from studio.story.post_plans import (
    change_plan,
    clock_of,
    drop_plan,
    kept_plans,
    last_event_day,
    moment_of,
    moved_moment,
    plan_posts,
    set_plans,
)

ZONES = st.sampled_from(["WIB", "WITA", "WIT"])
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
WHENS = st.sampled_from(["2026-12-01", "2026-12-02", "2026-12-02T08:00:00+07:00", "2026-12-09"])
PLANS = st.lists(st.builds(PlannedPost, outlet=st.sampled_from("abc"), when=WHENS), max_size=5).map(tuple)
POSTS = st.lists(
    st.builds(
        Publication, outlet=st.sampled_from("abc"), when=st.dates(date(2026, 11, 25), date(2026, 12, 12)).map(str)
    ),
    max_size=5,
)


@given(DAYS, DAYS, st.times().map(lambda clock: f"{clock:%H:%M}"), ZONES)
def test_an_hour_stays_on_the_groups_clock(day, other, clock, zone):
    when = moment_of(day, clock, zone)
    assert (clock_of(when, zone), when[:10]) == (clock, day.isoformat())
    assert moved_moment(when, other, zone) == moment_of(other, clock, zone)
    assert moved_moment(day.isoformat(), other, zone) == other.isoformat()


@pytest.mark.parametrize(
    ("when", "zone", "clock"),
    [
        ("2026-12-01T08:00:00+07:00", "WIT", "10:00"),
        ("2026-12-01T23:30:00+00:00", "WIB", "06:30"),
        ("2026-12-01T08:00", "WITA", "08:00"),
        ("2026-12-01", "WIB", ""),
        ("besok", "WIB", ""),
    ],
)
def test_hours_of_a_plan(when, zone, clock):
    assert clock_of(when, zone) == clock


@given(PLANS, POSTS, st.randoms(use_true_random=False))
def test_a_post_keeps_one_plan_of_its_outlet_whatever_the_order(plans, posts, luck):
    kept = kept_plans(plans, posts)
    for outlet in "abc":
        mine = [good for plan, good in zip(plans, kept, strict=True) if plan.outlet == outlet]
        assert sum(mine) <= sum(post.outlet == outlet for post in posts)
    order = luck.sample(range(len(plans)), len(plans))
    again = kept_plans([plans[at] for at in order], luck.sample(posts, len(posts)))
    # Which of two equal plans is called kept does not matter.
    assert sorted((plans[at].outlet, plans[at].when, good) for at, good in zip(order, again, strict=True)) == sorted(
        (plan.outlet, plan.when, good) for plan, good in zip(plans, kept, strict=True)
    )
    # One more post never makes a plan open again.
    more = kept_plans(plans, [*posts, Publication(outlet="a", when="2026-12-30")])
    assert sum(more) >= sum(kept)


@pytest.mark.parametrize(
    ("posted", "kept"),
    [("2026-12-01", True), ("2027-03-01", True), ("2026-11-28", True), ("2026-11-27", False), ("", False)],
)
def test_three_days_early_is_that_plan(posted, kept):
    plans = (PlannedPost(outlet="facebook", when="2026-12-01"),)
    assert kept_plans(plans, [Publication(outlet="facebook", when=posted)]) == (kept,)
    assert kept_plans(plans, [Publication(outlet="x", when=posted)]) == (False,)


@given(PLANS, st.lists(st.sampled_from("abcd"), max_size=4), WHENS)
def test_planning_has_a_way_back_and_twice_is_once(plans, outlets, when):
    before = Story(id="s", planned=plans)
    after = plan_posts(outlets, when, by="Siti").apply(before)
    assert plan_posts(outlets, when).apply(after) is after
    new = after.planned[len(plans) :]
    assert {plan.outlet for plan in new} == set(outlets) - {p.outlet for p in plans if p.when == when}
    assert set_plans(new, ()).apply(after).planned == plans


def test_one_plan_is_changed_or_taken_back_and_what_is_not_there_changes_nothing():
    plan, other = PlannedPost(outlet="x", when="2026-12-01", note="pagi"), PlannedPost(outlet="y", when="2026-12-01")
    story = Story(id="s", planned=(plan, other))
    moved = change_plan("x", "2026-12-01", when="2026-12-05", by="Budi").apply(story)
    assert moved.planned == (replace(plan, when="2026-12-05", by="Budi"), other)
    assert drop_plan("x", "2026-12-01").apply(story).planned == (other,)
    for edit in (change_plan("x", "2026-12-02", by="B"), drop_plan("z", "2026-12-01"), set_plans((), ())):
        assert edit.apply(story) is story
    # What somebody else planned in between stays, and the new one takes the place of the old.
    assert set_plans((plan,), (replace(plan, by="A"),)).apply(story).planned == (replace(plan, by="A"), other)


@pytest.mark.parametrize(
    ("first", "last", "day"),
    [
        ("2026-12-01", "2026-12-03", date(2026, 12, 3)),
        ("2026-12-01", "2026-11-03", date(2026, 12, 1)),
        ("2026-12-01", "", date(2026, 12, 1)),
        ("", "", None),
        ("besok", "", None),
    ],
)
def test_the_last_day_of_what_is_told(first, last, day):
    assert last_event_day(Story(id="s", date=first, date_end=last)) == day


def test_a_clock_without_seconds_is_a_time_of_day():
    assert time.fromisoformat(clock_of(moment_of(date(2026, 12, 1), "07:05", "WIT"), "WIT")) == time(7, 5)
