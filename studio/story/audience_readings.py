"""What was read off the platforms later: how many saw a story at an outlet, on the day someone looked.

Several readings of one post make a line. They are typed in by hand; nothing is fetched from the network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.errors import UserError
from studio.story.date_formats import local_day, parse_date
from studio.story.edits import StoryEdit
from studio.story.publishing import find_publication

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from studio.story.date_formats import Zone
    from studio.story.model import Publication, Story
    from studio.story.newsroom_records import AudienceReading

COUNTED = ("seen", "likes", "comments", "shares", "copies")
"""What a reading may say, in the order it is asked for."""
MOST_COUNTED = 2_000_000_000
"""More than this nobody has read off a platform: a slip of the keyboard."""


def ask_reading(story: Story, outlet: str, reading: AudienceReading, today: date, zone: Zone) -> None:
    """Make sure that a reading can be true.

    Args:
        story: as it is now.
        outlet: id of the outlet it was read at.
        reading: day and numbers.
        today: the day it is typed in.
        zone: the group's.

    Raises:
        UserError: ``reading.no_post``, ``reading.date_needed``, ``reading.before_post``, ``reading.future``,
            ``reading.empty`` or ``reading.number``.
    """
    line, day = find_publication(story, outlet), parse_date(reading.when)
    if line is None:
        raise UserError("reading.no_post", outlet=outlet)
    if day is None:
        raise UserError("reading.date_needed", given=reading.when)
    posted = local_day(line.when, zone)
    if posted is not None and day < posted:
        raise UserError("reading.before_post", given=day, posted=posted)
    if day > today:
        raise UserError("reading.future", given=day, today=today)
    numbers = [number for field in COUNTED if (number := getattr(reading, field)) is not None]
    if not numbers:
        raise UserError("reading.empty")
    for number in numbers:
        if not 0 <= number <= MOST_COUNTED:
            raise UserError("reading.number", given=number)


def add_reading(outlet: str, reading: AudienceReading) -> StoryEdit:
    """Note what was read at an outlet; a reading of the same day is replaced. Readings stand in order of their days."""

    def change(line: Publication) -> Publication:
        # The first ten letters of an ISO moment are its day.
        others = (each for each in line.readings if each.when[:10] != reading.when[:10])
        return replace(line, readings=tuple(sorted((*others, reading), key=lambda each: each.when)))

    return StoryEdit("edit.reading", lambda story: _change_line(story, outlet, change))


def remove_reading(outlet: str, when: str) -> StoryEdit:
    """Take the reading of a day (ISO 8601) back."""

    def change(line: Publication) -> Publication:
        kept = tuple(each for each in line.readings if each.when[:10] != when[:10])
        return line if kept == line.readings else replace(line, readings=kept)

    return StoryEdit("edit.reading_removed", lambda story: _change_line(story, outlet, change))


def set_readings(outlet: str, readings: tuple[AudienceReading, ...]) -> StoryEdit:
    """Put all readings of an outlet back as they were before."""

    def change(line: Publication) -> Publication:
        return line if line.readings == readings else replace(line, readings=readings)

    return StoryEdit("edit.reading", lambda story: _change_line(story, outlet, change))


def _change_line(story: Story, outlet: str, change: Callable[[Publication], Publication]) -> Story:
    now = find_publication(story, outlet)
    if now is None or (after := change(now)) == now:
        return story
    lines = tuple(after if line is now else line for line in story.publications)
    return replace(story, publications=lines)
