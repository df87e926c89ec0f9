"""All rules at once: what the checking desk, ``kim-studio check`` and the export ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.checks.answers5w import check_answers
from studio.checks.declared import check_declared
from studio.checks.drawing import check_drawing
from studio.checks.facts import check_facts
from studio.checks.form import check_form, check_media
from studio.checks.language import check_dates
from studio.checks.people import check_people

if TYPE_CHECKING:
    from studio.checks.finding import Finding
    from studio.checks.language import LanguageChecker
    from studio.checks.people import Detect
    from studio.story.drawn import Drawable
    from studio.story.model import Group, Story


def check(
    story: Story,
    group: Group,
    *,
    detect: Detect | None = None,
    language: LanguageChecker | None = None,
    drawable: Drawable | None = None,
    today: str = "",
    folder: str = "",
) -> tuple[Finding, ...]:
    """Every finding about a story.

    Args:
        story: any story.
        group: who publishes it.
        detect: finds personal data (``studio.lexicon.pii``); None leaves that rule out.
        language: checks spelling and style, and remembers what it saw; None leaves them out, but not the weekdays.
        drawable: whether the bundled fonts have a letter (``studio.base.fonts``); None leaves that rule out.
        folder: name of the story's folder; "" when it has none yet.
        today: ISO date, for what may not lie in the future; "" leaves it to the rules.

    Returns:
        People first, as they weigh most, then facts, media, form and language.
    """
    return (
        *check_people(story, group, detect, folder),
        *check_facts(story, today),
        *check_media(story, group),
        *check_form(story, group),
        *check_declared(story, group),
        *check_answers(story),
        *(check_drawing(story, group, drawable) if drawable is not None else ()),
        *(language.check(story, group) if language is not None else check_dates(story)),
    )
