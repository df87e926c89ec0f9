"""Posts of a period with what was read of them, for the table in which readings are typed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.progress import SilentProgress
from studio.story.date_formats import local_day
from studio.story.publishing import find_publication

if TYPE_CHECKING:
    from datetime import date

    from studio.base.progress import Progress
    from studio.group.report_period import ReportPeriod
    from studio.store.workspace import Workspace
    from studio.story.newsroom_records import AudienceReading


@dataclass(frozen=True, slots=True)
class PostLine:
    """A story at an outlet; ``readings`` in the order of their days. For the window only: titles are as written."""

    folder: str
    title: str
    outlet: str
    day: date
    readings: tuple[AudienceReading, ...]


def posts_to_read(
    workspace: Workspace, period: ReportPeriod, today: date, progress: Progress | None = None
) -> tuple[PostLine, ...]:
    """The posts of a period that have happened, newest first. Of several at one outlet, the last.

    Args:
        workspace: open; reading is enough. A story that cannot be read is passed by.
        period: the stretch of days.
        today: later posts cannot have been read.
        progress: called for every story; may raise ``WorkCancelled``.
    """
    progress = progress or SilentProgress()
    zone = workspace.group.time_zone
    found: list[PostLine] = []
    folders = workspace.story_folders()
    for number, folder in enumerate(folders):
        progress.report(number, len(folders), folder)
        try:
            story = workspace.load(folder)
        except UserError:
            continue
        for line in story.publications:
            day = local_day(line.when, zone)
            if day is None or day > today or not period.holds(day) or find_publication(story, line.outlet) is not line:
                continue
            found.append(PostLine(folder, story.headline, line.outlet, day, line.readings))
    progress.report(1, 1, "")
    return tuple(sorted(found, key=lambda post: (-post.day.toordinal(), post.title, post.outlet)))
