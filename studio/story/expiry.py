"""Until when a notice or an event to come is of use, and whether that is over: asked by rules, gate, window and site.

There is no clock here: the day comes from whoever asks, on the calendar of the group's time zone (``today_there``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.story.date_formats import local_day, parse_date
from studio.story.model import ANNOUNCED
from studio.story.withdrawal import is_withdrawn

if TYPE_CHECKING:
    from datetime import date, datetime

    from studio.story.date_formats import Zone
    from studio.story.declarations import DeclarationId
    from studio.story.model import Story

ASKED: DeclarationId = "past_notice"
"""The declaration by which someone asks for posts of what is over."""


def today_there(now: datetime, zone: Zone) -> str:
    """The day it is for the group, as ISO date: shortly before midnight in Jakarta it is tomorrow in Jayapura."""
    day = local_day(now.isoformat(), zone)
    return day.isoformat() if day is not None else ""


def last_day(story: Story) -> date | None:
    """The last day a notice or an event to come is of use: its end, its own last day or its day, the latest of them.

    None for what has no such day, and for other kinds of story: news does not run out.
    """
    if story.kind not in ANNOUNCED:
        return None
    days = (parse_date(text) for text in (story.date, story.date_end, story.valid_until))
    return max((day for day in days if day is not None), default=None)


def is_past(story: Story, today: str) -> bool:
    """Whether it is over: the day after its last one, and later.

    Args:
        story: any story; one that was taken back is withdrawn, and not over.
        today: ISO date in the group's time zone; "" says no to every story.
    """
    last, now = last_day(story), parse_date(today)
    return last is not None and now is not None and last < now and not is_withdrawn(story)


def takes_posts(story: Story, today: str, zone: Zone) -> bool:
    """Whether new posts may be made of it: it is not over, or someone asked for them after it was.

    A new day makes it current again, and what was asked before that day no longer counts.
    """
    if not is_past(story, today):
        return True
    asked, last = story.declarations.get(ASKED), last_day(story)
    day = local_day(asked.when, zone) if asked is not None else None
    return day is not None and last is not None and day > last
