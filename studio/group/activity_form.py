"""Fields of an activity as the form of the page "Laporan" shows them; an activity as a story for its photos. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.group.activities import ACTIVITIES, KINDS, Activity, activity_days
from studio.group.record_fields import FormField, FormSection
from studio.story.model import Story

if TYPE_CHECKING:
    from studio.group.report_period import ReportPeriod

ACTIVITY_FORM = (
    FormSection(
        "what",
        (
            FormField(("title",)),
            FormField(("kind",), "choice", KINDS),
            FormField(("date",), "date"),
            FormField(("date_end",), "date"),
            FormField(("place",)),
            FormField(("people",), "count"),
            FormField(("text",), "tall"),
        ),
    ),
)
"""What every activity has."""
ASPIRATION_FORM = (
    FormSection(
        "forwarding",
        (FormField(("forwarded_to",)), FormField(("forwarded",), "date"), FormField(("outcome",), "tall")),
    ),
)
"""What an aspiration has beside it."""


def activity_place(key: str) -> str:
    """Where an activity lies below ``group/``; ``key`` is its file's name without the ending."""
    return f"{ACTIVITIES}/{key}.json"


def activity_key(place: str) -> str:
    """The other way round."""
    return place.removeprefix(f"{ACTIVITIES}/").removesuffix(".json")


def belongs_to(activity: Activity, period: ReportPeriod) -> bool:
    """Whether a period's list shows it: a day of it lies there (a plan's also in the next period), or it has no day."""
    days = activity_days(activity)
    if days is None:
        return True
    last = period.plans_until if activity.kind == "plan" else period.last
    return days[0] <= last and days[1] >= period.first


def activity_story(activity: Activity) -> Story:
    """An activity as a story, for the photo desk."""
    return Story(id=activity.id, headline=activity.title, body=activity.text, photos=activity.photos)


def with_story_photos(activity: Activity, story: Story) -> Activity:
    """An activity with the photos of its story; the very same when nothing differs."""
    return activity if activity.photos == story.photos else replace(activity, photos=story.photos)
