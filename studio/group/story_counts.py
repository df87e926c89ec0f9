"""What the studio counts itself for the self-map, from the stories that appeared in the last three months.

KP1 to KP5 are counted in full. Of KL2, KP6, US1 and KD1 to KD4 the studio sees a part, and proposes what that comes
to: whoever answers may say otherwise, with a reason. The steps are those written in ``assets/group/instrument.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from studio.group.assessment import CountedScore

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

PERIOD_DAYS = 90
"""Three months, as the indicators are worded."""
MONTHS = 3
BACKUP_DAYS = 31
"""A backup that is no older is a monthly one."""
BACKUP_SCORE = 3
"""The level of KD3 that asks for one. Without one nothing is proposed: the levels below are about passwords."""
OWN_SITES = frozenset({"website", "kim-id", "kimid", "opensid", "blogger", "wordpress"})
"""Outlets that are a site of the group's own or kim.id: the highest level of KP1 asks for one."""


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """What is counted of one story; days are those on which it appeared, an entry for each outlet.

    Attributes:
        appeared: outlet and day (on the group's calendar) of each publication.
        offline: those of its outlets that are no digital channel: the notice board, the loudspeaker.
        photos: whether it has photos.
        graphics: whether a card was made of it: it appeared at an outlet that has cards.
        video: whether it has a clip or a video of photos.
        subtitled: whether a clip has subtitles.
        printed: whether it appeared on paper.
        complete: whether 5W+1H are answered and every photo has its caption and credit.
        sourced: whether it names a source.
        proven: whether evidence of it is on record.
        factcheck: whether it is a fact check.
        notice: whether it passes on a message of the government (a notice or service).
        local: whether it is written in a regional language too.
        writers: who wrote, photographed or filmed it.
        editors: who edited it.
        publishers: who sent it out.
        people: how many people are in it, and of how many a consent is on record.
        credits_others: whether it names someone outside of the group whose picture it shows.
        corrected: whether it was corrected in public.
    """

    appeared: tuple[tuple[str, date], ...] = ()
    offline: frozenset[str] = frozenset()
    photos: bool = False
    graphics: bool = False
    video: bool = False
    subtitled: bool = False
    printed: bool = False
    complete: bool = False
    sourced: bool = False
    proven: bool = False
    factcheck: bool = False
    notice: bool = False
    local: bool = False
    writers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    people: tuple[int, int] = (0, 0)
    credits_others: bool = False
    corrected: bool = False


def count_indicators(
    stories: Iterable[StoryFacts], today: date, products: int = 0, backup: date | None = None
) -> dict[str, CountedScore]:
    """A score for each indicator the studio can see, those of stories all from the same ones of the same days.

    Args:
        stories: all of the workspace; those that did not appear in the period are left out.
        today: the last day of the period.
        products: how many products of the showcase are offered.
        backup: day of the last backup that was finished; None when there is none.
    """
    first = today - timedelta(days=PERIOD_DAYS - 1)
    found = [story for story in stories if _days(story, first, today)]
    scores = {
        "KL2": _roles(found),
        "KP1": _channels(found, first, today),
        "KP2": regularity_score(len(found) / MONTHS),
        "KP3": _forms(found),
        "KP4": share_score(sum(story.complete for story in found), len(found)),
        "KP5": share_score(sum(story.sourced and story.proven for story in found), len(found)),
        "KP6": _messages(found, first, today),
        "KD1": few_score(len({name for story in found for name in story.writers}), (1, 2, 3, 5)),
        "KD2": _consents(found),
        "KD4": _culture(found),
    }
    begins, ends = first.isoformat(), today.isoformat()
    counted = {
        name: CountedScore(score=score, stories=len(found), begins=begins, ends=ends)
        for name, score in scores.items()
        if score is not None
    }
    offered = few_score(products, (1, 2, 4, 10))
    counted["US1"] = CountedScore(score=offered, stories=products, ends=ends, source="products")
    if backup is not None and 0 <= (today - backup).days <= BACKUP_DAYS:
        counted["KD3"] = CountedScore(score=BACKUP_SCORE, ends=backup.isoformat(), source="backup")
    return counted


def few_score(count: int, floors: Sequence[int]) -> int:
    """How many of the floors (rising) a count reaches: 0 to 4."""
    return sum(count >= floor for floor in floors)


def regularity_score(monthly: float) -> int:
    """KP2 of a mean number of stories a month: none 0, then up to 2, 4, 8 and more."""
    return 0 if monthly <= 0 else 1 + few_score(int(monthly), (2, 4, 8))


def share_score(part: int, whole: int) -> int:
    """KP4 and KP5 of a share: none 0, under 25 % 1, under 50 % 2, under 80 % 3, else 4."""
    if part <= 0 or whole <= 0:
        return 0
    share = 100 * part / whole
    return 1 + (share >= 25) + (share >= 50) + (share >= 80)


def _days(story: StoryFacts, first: date, last: date) -> list[date]:
    return [day for _, day in story.appeared if first <= day <= last]


def _channels(stories: Sequence[StoryFacts], first: date, last: date) -> int:
    outlets = {
        outlet
        for story in stories
        for outlet, day in story.appeared
        if first <= day <= last and outlet not in story.offline
    }
    level = few_score(len(outlets), (1, 2, 3, 5))
    # The highest level asks for a site of the group's own; five accounts on platforms are not one.
    return level if level < 4 or outlets & OWN_SITES else 3


def _forms(stories: Sequence[StoryFacts]) -> int:
    """The levels of KP3 build on one another: each asks for what stands below it too."""
    steps = (
        any(story.photos for story in stories),
        any(story.graphics for story in stories),
        any(story.video for story in stories),
        any(story.subtitled or story.printed for story in stories),
    )
    return next((level for level, reached in enumerate(steps) if not reached), len(steps))


def _roles(stories: Sequence[StoryFacts]) -> int | None:
    """KL2 by the names on the stories: who wrote, who edited, who sent out. Nothing is seen without names."""
    writers = {name for story in stories for name in story.writers}
    # KL2 asks for people, not for roles: a person who writes and edits counts once, with the first role.
    others = {name for story in stories for name in story.editors} - writers
    senders = {name for story in stories for name in story.publishers} - writers - others
    return 1 + bool(others) + bool(senders) if writers else None


def _messages(stories: Sequence[StoryFacts], first: date, last: date) -> int:
    notices = [story for story in stories if story.notice]
    # Not calendar months: 90 days touch four of them, and the 31st would decide. KP6 asks for a message in each third
    # of the period.
    thirds = {(day - first).days * MONTHS // PERIOD_DAYS for story in notices for day in _days(story, first, last)}
    if len(thirds) < MONTHS:
        return 1 if notices else 0
    return 3 if any(story.local for story in notices) else 2


def _consents(stories: Sequence[StoryFacts]) -> int | None:
    """KD2 by the consents on record; nothing is seen while no people are listed."""
    people, agreed = (sum(story.people[at] for story in stories) for at in (0, 1))
    if not people:
        return None
    return 4 if agreed == people else 2 if agreed else 1


def _culture(stories: Sequence[StoryFacts]) -> int:
    checks = sum(story.factcheck for story in stories)
    steps = (
        bool(stories),
        any(story.credits_others for story in stories),
        any(story.corrected for story in stories),
        checks >= MONTHS,
    )
    return next((level for level, reached in enumerate(steps) if not reached), len(steps))
