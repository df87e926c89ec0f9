"""What the group did that is no story: meetings, trainings, visits, aspirations of citizens, obstacles, plans.

Each is a file ``group/activities/<YYYY-MM-DD-slug>.json`` (docs/format.md). The kind is a plain text: a word this
version does not know is shown as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import WorkNotice
from studio.story.date_formats import parse_date
from studio.story.model import Photo
from studio.story.record_base import Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

ACTIVITIES = "activities"
"""Their folder below ``group/``."""
KINDS = ("meeting", "training", "visit", "aspiration", "obstacle", "plan")
"""The kinds with a name of their own, in the order they are offered."""
HELD = frozenset({"aspiration", "obstacle", "plan"})
"""Kinds with a table of their own in the report; all others are things the group did."""
MOST_PEOPLE = 100_000
"""More people than this came to nothing a village group did: a slip of the keyboard."""


class Activity(Record, frozen=True, kw_only=True):
    """One thing the group did, heard, met with or means to do.

    ``date`` and ``date_end`` are days (ISO 8601). ``text`` is Markdown. ``people`` is how many came, None where nobody
    counted. ``forwarded_to``, ``forwarded`` (day) and ``outcome`` belong to an aspiration. ``files`` are minutes and
    lists in ``group/media/``: they are kept and counted, and stay at home.
    """

    id: str
    date: str
    title: str
    kind: str = ""
    date_end: str = ""
    place: str = ""
    text: str = ""
    people: int | None = None
    forwarded_to: str = ""
    forwarded: str = ""
    outcome: str = ""
    photos: tuple[Photo, ...] = ()
    files: tuple[str, ...] = ()


def activity_days(activity: Activity) -> tuple[date, date] | None:
    """First and last day; None without a day that can be read. A last day before the first counts as none."""
    first, last = parse_date(activity.date), parse_date(activity.date_end)
    if first is None:
        return None
    return first, last if last is not None and last > first else first


def activity_problems(activity: Activity, today: date, is_there: Callable[[str], bool]) -> tuple[WorkNotice, ...]:
    """What is wrong with an activity, a sentence each; it is kept as it stands.

    Args:
        activity: any.
        today: what has not been yet cannot have happened, unless it is a plan.
        is_there: whether a file of this name lies in ``group/media/``.
    """
    name = activity.title.strip() or activity.date or activity.id
    found: list[str] = []
    facts: dict[str, object] = {"title": name}
    first, last, sent = (parse_date(text) for text in (activity.date, activity.date_end, activity.forwarded))
    if not activity.title.strip():
        found.append("no_title")
    if first is None:
        found.append("no_date")
    elif last is not None and last < first:
        found.append("reversed")
    if first is not None and first > today and activity.kind != "plan":
        found.append("future")
    if sent is not None and first is not None and sent < first:
        found.append("sent_before")
    if activity.people is not None and not 0 <= activity.people <= MOST_PEOPLE:
        found.append("people")
    wanted = [*activity.files, *(photo.file for photo in activity.photos)]
    lost = [WorkNotice("activity.file_lost", facts | {"file": file}) for file in wanted if not is_there(file)]
    return (*(WorkNotice(f"activity.{code}", facts) for code in found), *lost)
