"""When a story is meant to appear, outlet by outlet: edits of its ``planned``, and which plans were kept. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.story.date_formats import parse_date, parse_moment, zone_offset
from studio.story.edits import StoryEdit
from studio.story.newsroom_records import PlannedPost

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from studio.story.date_formats import Zone
    from studio.story.model import Publication, Story

EARLY_DAYS = 3
"""A post that appeared up to so many days before its day was that plan, done early; one before that was another."""


def plan_posts(outlets: Iterable[str], when: str, by: str = "", note: str = "") -> StoryEdit:
    """Plan a story for outlets; an outlet that has the same moment already keeps it once.

    Args:
        outlets: their ids.
        when: an ISO day, or day and time with offset (``moment_of``).
        by: who does it.
        note: for the group.
    """
    wanted = tuple(outlets)

    def apply(story: Story) -> Story:
        kept = {(plan.outlet, plan.when) for plan in story.planned}
        new = tuple(
            PlannedPost(outlet=outlet, when=when, by=by, note=note)
            for outlet in dict.fromkeys(wanted)
            if (outlet, when) not in kept
        )
        return replace(story, planned=(*story.planned, *new)) if new else story

    return StoryEdit("edit.planned", apply)


def set_plans(before: Sequence[PlannedPost], after: Sequence[PlannedPost]) -> StoryEdit:
    """Put plans in the place of others; those of ``before`` that are gone meanwhile are not looked for.

    The way back is the same edit the other way round: what somebody else planned in between stays.
    """

    def apply(story: Story) -> Story:
        rest = list(story.planned)
        for plan in before:
            if plan in rest:
                rest.remove(plan)
        # In the place of the first that goes, so that the order of the file says nothing new.
        at = next((number for number, plan in enumerate(story.planned) if plan in before), len(rest))
        made = (*rest[:at], *(plan for plan in after if plan not in rest), *rest[at:])
        return story if made == story.planned else replace(story, planned=made)

    return StoryEdit("edit.planned", apply)


def change_plan(outlet: str, when: str, /, **changes: str) -> StoryEdit:
    """Change one plan, named by its outlet and moment: fields of ``PlannedPost`` by name, such as ``when``."""

    def apply(story: Story) -> Story:
        at = _plan_number(story, outlet, when)
        if at is None:
            return story
        changed = replace(story.planned[at], **changes)
        return replace(story, planned=(*story.planned[:at], changed, *story.planned[at + 1 :]))

    return StoryEdit("edit.planned", apply)


def drop_plan(outlet: str, when: str) -> StoryEdit:
    """Take one plan back."""

    def apply(story: Story) -> Story:
        at = _plan_number(story, outlet, when)
        return story if at is None else replace(story, planned=(*story.planned[:at], *story.planned[at + 1 :]))

    return StoryEdit("edit.planned", apply)


def _plan_number(story: Story, outlet: str, when: str) -> int | None:
    return next((at for at, plan in enumerate(story.planned) if (plan.outlet, plan.when) == (outlet, when)), None)


def clock_of(when: str, zone: Zone) -> str:
    """``08:00`` on the group's clock; "" for a plan of a whole day."""
    moment = parse_moment(when)
    if moment is None:
        return ""
    local = moment.astimezone(zone_offset(zone)) if moment.tzinfo is not None else moment
    return f"{local:%H:%M}"


def moment_of(day: date, clock: str, zone: Zone) -> str:
    """A day, with ``08:00`` a moment of it on the group's clock, as ``planned`` keeps it."""
    if not clock:
        return day.isoformat()
    hours = zone_offset(zone).utcoffset(None)
    return f"{day.isoformat()}T{clock}:00+{int(hours.total_seconds()) // 3600:02}:00"


def moved_moment(when: str, day: date, zone: Zone) -> str:
    """A plan's moment on another day, at the same hour."""
    return moment_of(day, clock_of(when, zone), zone)


def kept_plans(plans: Sequence[PlannedPost], posts: Sequence[Publication]) -> tuple[bool, ...]:
    """Whether each plan was kept: the outlet had the story on its day, later, or a little before.

    A post keeps one plan only: what is planned to appear a second time is open until it does.
    """
    left = sorted((day, post.outlet) for post in posts if (day := parse_date(post.when)) is not None)
    kept: set[int] = set()
    # The earliest plan takes the earliest post that can be it: then as many plans are kept as can be at all, since what
    # a later plan could take, an earlier one could as well, but not the other way round.
    for number in sorted(range(len(plans)), key=lambda at: plans[at].when):
        outlet, day = plans[number].outlet, parse_date(plans[number].when)
        found = next((p for p in left if day and p[1] == outlet and p[0] >= day - timedelta(EARLY_DAYS)), None)
        if found is not None:
            kept.add(number)
            left.remove(found)
    return tuple(number in kept for number in range(len(plans)))


def last_event_day(story: Story) -> date | None:
    """The last day of what a story tells; None without a day."""
    days = [day for day in map(parse_date, (story.date, story.date_end)) if day is not None]
    return max(days, default=None)
