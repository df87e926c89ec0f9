"""The form of a notice as edits: which kind it is, and what was answered.

Day, hours, place and end are the story's own fields; an answer to one of these names goes there, as it does from the
six questions. Whom it is for and what to bring are kept for readers, and the answers to "who" and "how" follow them
as long as they say the same.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.story.date_formats import local_day, parse_date
from studio.story.edits import StoryEdit, set_answer, set_field
from studio.story.occasion import answer_question, begin_story

if TYPE_CHECKING:
    from datetime import date

    from studio.story.model import Group, Story
    from studio.story.service_kinds import ServiceKind

_FOLLOWING = {"audience": "who", "terms": "how"}
"""Answers of the six questions that repeat a field of the form."""


def service_answer(story: Story, name: str) -> str:
    """What was answered to a field of the form."""
    if name in {"what", "when", "where"}:
        return str(getattr(story.answers, name))
    return story.valid_until if name == "until" else story.service_answers.get(name, "")


def answer_service(kind: ServiceKind, name: str, text: str, group: Group, today: date) -> StoryEdit:
    """Answer a field of the form.

    Args:
        kind: of the notice; its rule says until when it holds.
        name: of the field.
        text: the answer; of ``until`` an ISO date.
        group: for the time zone.
        today: the day it is typed on.
    """
    if name == "when":
        edit = answer_question("when", text, group, today, since=kind.since)
        return StoryEdit(edit.label, lambda story: keep_valid(kind, story, edit.apply(story), group, today), edit.merge)
    if name == "where":
        return answer_question("where", text, group, today)
    if name == "what":
        return set_answer("what", text)
    if name == "until":
        return set_field("valid_until", text)

    def apply(story: Story) -> Story:
        before = story.service_answers.get(name, "")
        if before == text:
            return story
        kept = {**story.service_answers, name: text}
        after = replace(story, service_answers=kept if text else {n: t for n, t in kept.items() if n != name})
        which = _FOLLOWING.get(name, "")
        if which and getattr(story.answers, which) in {"", before}:
            after = replace(after, answers=replace(after.answers, **{which: text}))
        return after

    return StoryEdit("edit.service_answer", apply, merge=f"service:{name}")


def choose_service(kind: ServiceKind, group: Group, today: date, before: ServiceKind | None = None) -> StoryEdit:
    """Say what kind of notice it is: category, tag and kicker follow as long as they are those of the kind before."""

    def apply(story: Story) -> Story:
        begun = begin_story(kind.kind, group, today, since=kind.since).apply(story)
        old = before if before is not None and before.id == story.service else None
        tags = tuple(tag for tag in begun.tags if old is None or tag != old.tag)
        after = replace(
            begun,
            service=kind.id,
            category=kind.category if begun.category in {"", old.category if old else ""} else begun.category,
            tags=(kind.tag, *tags) if kind.tag and kind.tag not in tags else tags,
            kicker=kind.name["id"] if begun.kicker in {"", old.name["id"] if old else ""} else begun.kicker,
        )
        untouched = {"", end_of_use(old, story, group, today) if old else ""}
        if after.valid_until in untouched:
            after = replace(after, valid_until=end_of_use(kind, after, group, today))
        return story if after == story else after

    return StoryEdit("edit.service", apply)


def keep_valid(kind: ServiceKind | None, before: Story, after: Story, group: Group, today: date) -> Story:
    """A story after an edit; when its day was moved, its end of use is the one of the rule, unless someone set another.

    Args:
        kind: of the notice; None has no rule.
        before: the story before the edit.
        after: the story after it.
        group: for the time zone.
        today: for rules that count from today.
    """
    moved = (before.date, before.date_end) != (after.date, after.date_end)
    if kind is None or not moved or after.valid_until != before.valid_until:
        return after
    if before.valid_until not in {"", end_of_use(kind, before, group, today)}:
        return after
    return replace(after, valid_until=end_of_use(kind, after, group, today))


def end_of_use(kind: ServiceKind, story: Story, group: Group, today: date) -> str:
    """Until when a notice of this kind holds, as ISO date; "" while nobody can say.

    Args:
        kind: with the rule.
        story: for its last day.
        group: for the time zone.
        today: for rules that count from today; of a story that was begun before, its first day counts.
    """
    rule, _, days = kind.valid.partition("+")
    begun = local_day(story.created, group.time_zone) or today
    base = (parse_date(story.date_end) or parse_date(story.date)) if rule == "event" else begun
    if rule == "none" or base is None:
        return ""
    # A flood that began last week is no less true today.
    return ((max(base, begun) if kind.since else base) + timedelta(days=int(days or 0))).isoformat()
