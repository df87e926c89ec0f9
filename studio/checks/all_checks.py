"""All rules at once: what the checking desk, ``kim-studio check`` and the export ask."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.checks.answers5w import check_answers
from studio.checks.checklist_rules import check_checklist
from studio.checks.comment_rules import check_comments
from studio.checks.completeness import check_form, check_media
from studio.checks.fact_rules import check_facts
from studio.checks.identity_leaks import no_words
from studio.checks.language import check_dates
from studio.checks.occasion_rules import check_occasion
from studio.checks.people_rules import check_people
from studio.checks.series_rules import check_series
from studio.checks.service_rules import check_service
from studio.checks.statement_rules import check_declared
from studio.checks.text_passages import sentence_at
from studio.checks.translation_rules import check_translations
from studio.checks.undrawable_letters import check_drawing
from studio.story.reader_fields import reader_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studio.checks.checklist_rules import ChecklistQuestion
    from studio.checks.finding import Finding
    from studio.checks.language import LanguageChecker
    from studio.checks.people_rules import Detect
    from studio.checks.protected_names import Known
    from studio.story.drawn import Drawable
    from studio.story.model import Group, Story
    from studio.story.service_kinds import ServiceKind


def check_story(
    story: Story,
    group: Group,
    *,
    detect: Detect | None = None,
    known: Known = no_words,
    language: LanguageChecker | None = None,
    drawable: Drawable | None = None,
    today: str = "",
    now: str = "",
    service: ServiceKind | None = None,
    questions: Sequence[ChecklistQuestion] = (),
    folder: str = "",
) -> tuple[Finding, ...]:
    """Every finding about a story.

    Args:
        story: any story.
        group: who publishes it.
        detect: finds personal data (``studio.lexicon.pii``); None leaves that rule out.
        known: whether the language has a word (``studio.lexicon.word_list``): the first name of a child may be one.
        language: checks spelling and style, and remembers what it saw; None leaves them out, but not the weekdays.
        drawable: whether the bundled fonts have a letter (``studio.base.font_table``); None leaves that rule out.
        folder: name of the story's folder; "" when it has none yet.
        today: ISO date, for what may not lie in the future; "" leaves it to the rules.
        now: ISO moment, for how old an official source may be; "" goes by ``today``.
        service: the kind of a notice; None for none.
        questions: of the checklists of data packs.

    Returns:
        People first, as they weigh most, then facts, media, form and language.
    """
    found = (
        *check_people(story, group, detect, folder, known),
        *check_facts(story, today),
        *check_occasion(story, group, today),
        *check_series(story),
        *check_service(story, group, service, now or today),
        *check_media(story, group),
        *check_form(story, group),
        *check_declared(story, group, today),
        *check_checklist(story, questions),
        *check_comments(story, group, known),
        *check_answers(story),
        *check_translations(story),
        *(check_drawing(story, group, drawable) if drawable is not None else ()),
        *(language.check(story, group) if language is not None else check_dates(story)),
    )
    return tuple(_with_sentence(found, story, group))


def _with_sentence(found: Iterable[Finding], story: Story, group: Group) -> Iterator[Finding]:
    """Blocks learn the sentence they stand in: a reason that lets them stand holds for that sentence alone."""
    read: dict[str, str] = {}
    for finding in found:
        place = finding.place
        if finding.level != "block" or finding.said or place is None or not place.end:
            yield finding
            continue
        read = read or {field: text for field, text, _ in reader_texts(story, group)}
        yield replace(finding, said=sentence_at(read.get(place.field, ""), place.start))
