"""What a story puts on the calendar: one table for the search index, which keeps it, and for all that read it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from studio.story.date_formats import parse_date
from studio.story.expiry import last_day
from studio.story.post_plans import kept_plans, last_event_day
from studio.story.withdrawal import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.story.model import Story

MarkKind = Literal["event", "plan", "posted", "ends"]


class CalendarMark(NamedTuple):
    """One mark.

    Attributes:
        kind: ``event`` is what the story tells, ``plan`` a post to come, ``posted`` one that appeared, ``ends`` the
            last day of a notice where that is none of its event.
        day: ISO day; of a moment with an offset the day written in it, which may be another on the group's calendar.
        last: ISO day; later than ``day`` for an event of several days.
        outlet: of a plan or post.
        moment: as it stands in the story; the hours of an event.
        by: who does it.
        note: for the group.
        done: of a plan: it was kept.
    """

    kind: MarkKind
    day: str
    last: str
    outlet: str = ""
    moment: str = ""
    by: str = ""
    note: str = ""
    done: bool = False


def marks_of(story: Story) -> tuple[CalendarMark, ...]:
    """All marks of a story; none of one that was taken back."""
    return () if is_withdrawn(story) else tuple(_marks(story))


def _marks(story: Story) -> Iterator[CalendarMark]:
    first, last = parse_date(story.date), last_event_day(story)
    if first is not None and last is not None:
        yield CalendarMark("event", first.isoformat(), last.isoformat(), moment=story.hours)
    for plan, kept in zip(story.planned, kept_plans(story.planned, story.publications), strict=True):
        if day := parse_date(plan.when):
            at = day.isoformat()
            yield CalendarMark("plan", at, at, plan.outlet, plan.when, plan.by, plan.note, kept)
    for post in story.publications:
        if day := parse_date(post.when):
            yield CalendarMark("posted", day.isoformat(), day.isoformat(), post.outlet, post.when, post.by)
    if (ends := last_day(story)) is not None and ends != last:
        yield CalendarMark("ends", ends.isoformat(), ends.isoformat())
