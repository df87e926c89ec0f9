"""What waits in a story, as the list of stories filters by it: one table for the index and the saved filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from studio.story.comments import open_comments
from studio.story.expiry import last_day
from studio.story.publishing import correction_due
from studio.story.withdrawal import is_withdrawn

if TYPE_CHECKING:
    from studio.story.model import Story

StoryState = Literal["comments", "correction"]


def states_of(story: Story) -> tuple[StoryState, ...]:
    """What waits in a story.

    ``comments``: a comment or suggestion that is open; ``correction``: readers were given something else and no
    correction says so, or an outlet that had the story has not had the correction yet.
    """
    found: dict[StoryState, bool] = {"comments": bool(open_comments(story)), "correction": _is_unannounced(story)}
    return tuple(state for state, is_so in found.items() if is_so)


def last_day_of(story: Story) -> str:
    """The last day a notice or an event to come is of use, as ISO date; "" where there is none, and for other kinds."""
    last = last_day(story) if not is_withdrawn(story) else None
    return last.isoformat() if last is not None else ""


def _is_unannounced(story: Story) -> bool:
    if story.status == "withdrawn":
        return False
    if correction_due(story):
        return True
    last = max((correction.when for correction in story.corrections), default="")
    latest: dict[str, str] = {}
    for line in story.publications:
        latest[line.outlet] = max(latest.get(line.outlet, ""), line.when)
    # A correction may have its day only: an outlet that was corrected on that day counts as corrected.
    return any(when[: len(last)] < last[: len(when)] for when in latest.values()) if last else False
