"""What the activity report may tell of stories and activities: the gate's redaction for a paper outside the group.

A report lists what appeared, also stories the gate would hold back today. Those are counted and nothing of their words
is given; of one that was taken back stands what its withdrawal says. Who spoke off the record or as background is
counted and never named. An activity was judged by nobody before: its words are searched for everyone who is protected
in any story, and for personal data. Nothing else makes a ``ReportedStory`` or a ``ReportedActivity``
(``tests/test_ways_out.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as with_changes
from typing import TYPE_CHECKING

from studio.base.errors import WorkNotice
from studio.base.progress import SilentProgress
from studio.group.activities import KINDS, Activity, activity_days
from studio.group.activity_report import (
    ReportedActivity,
    ReportedClaim,
    ReportedCorrection,
    ReportedPhoto,
    ReportedPost,
    ReportedReading,
    ReportedSource,
    ReportedStory,
    usable_readings,
)
from studio.release.release_gate import judge_story, withdrawal_of
from studio.release.shielded_words import link_words, may_tell, read_library
from studio.story.claims import is_decided, without_circulated
from studio.story.date_formats import local_day
from studio.story.model import Story, cover_photo
from studio.story.people import is_shielded
from studio.story.reader_fields import for_readers
from studio.story.withdrawal import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from studio.base.progress import Progress
    from studio.group.products import Product
    from studio.group.report_period import ReportPeriod
    from studio.release.shielded_words import ShieldedNames
    from studio.store.workspace import Workspace
    from studio.story.model import Group, Person, Photo, Publication

_NAMED = frozenset({"", "named"})
"""Terms under which a source is named; under all others it is only counted."""


@dataclass(frozen=True, slots=True)
class ReportMatter:
    """What a report is made of, with what was withheld or could not be read, a sentence each."""

    stories: tuple[ReportedStory, ...]
    activities: tuple[ReportedActivity, ...]
    notices: tuple[WorkNotice, ...]


def report_matter(
    workspace: Workspace,
    activities: Iterable[Activity],
    period: ReportPeriod,
    today: date,
    progress: Progress | None = None,
    products: Iterable[Product] = (),
) -> ReportMatter:
    """Read the library and judge all that falls into a period.

    Args:
        workspace: open; reading is enough.
        activities: of the group.
        period: stories without a post or correction in it are passed by.
        today: readings of days to come are left out.
        progress: called story by story; may raise ``WorkCancelled``.
        products: of the group: their makers may have to be protected too.
    """
    progress = progress or SilentProgress()
    group = workspace.group
    read = read_library(workspace, products, lambda _, story: _touches(story, group, period), progress)
    notices, shield = [*read.notices], read.shield
    told: list[ReportedStory] = []
    for folder, story in read.stories.items():
        reported, withheld = _report_story(story, group, folder, today)
        told.append(_without_protected(reported, group, shield, story.people))
        notices += withheld
        if told[-1].state != reported.state:
            notices.append(WorkNotice("report.story_hidden", {"story": folder}))
    did: list[ReportedActivity] = []
    for activity in activities:
        days = activity_days(activity)
        if days is None or days[0] > period.plans_until or days[1] < period.first:
            continue
        did.append(_report_activity(activity, group, shield))
        if did[-1].hidden:
            notices.append(WorkNotice("report.activity_hidden", {"title": activity.title, "day": days[0]}))
    progress.report(1, 1, "")
    return ReportMatter(tuple(told), tuple(did), tuple(notices))


def _touches(story: Story, group: Group, period: ReportPeriod) -> bool:
    moments = [*(line.when for line in story.publications), *(line.when for line in story.corrections)]
    return any(period.holds(local_day(moment, group.time_zone)) for moment in moments)


# ------------------------------------------------------------------------------------------------ stories


def _report_story(story: Story, group: Group, folder: str, today: date) -> tuple[ReportedStory, tuple[WorkNotice, ...]]:
    posts, odd = _posts(story, group, today)
    if is_withdrawn(story):
        told = withdrawal_of(story, group, folder)
        bare = tuple(_without_link(post) for post in posts)
        return ReportedStory(story.id, told.headline if told else "", "", "withdrawn", bare), odd
    if judge_story(story, group, folder, today.isoformat()).refusals:
        bare = tuple(_without_link(post) for post in posts)
        hidden = WorkNotice("report.story_hidden", {"story": folder})
        return ReportedStory(story.id, "", "", "hidden", bare), (*odd, hidden)
    shown = for_readers(story)
    named, silent = _sources(story)
    reported = ReportedStory(
        id=story.id,
        title=" ".join(shown.headline.split()),
        category=shown.category.strip(),
        state="corrected" if story.corrections else "",
        posts=posts,
        claims=_claims(story, group),
        sources=named,
        unnamed=silent,
        corrections=tuple(
            ReportedCorrection(local_day(line.when, group.time_zone), " ".join(line.what.split()))
            for line in shown.corrections
        ),
        photos=_story_photos(story, folder),
    )
    return reported, odd


def _without_protected(
    story: ReportedStory, group: Group, shield: ShieldedNames, own: Sequence[Person]
) -> ReportedStory:
    """A story without words that spell someone shielded in any story: the gate judged it by its own people only.

    A report lists all stories side by side, so that the headline of one tells what another keeps back.
    """
    known = tuple(person for person in own if not is_shielded(person) and not person.consent.withdrawn)

    def tells(words: str) -> bool:
        return may_tell(shield, group, words=words, known=known)

    if not may_tell(shield, group, title=story.title, known=known):
        bare = tuple(_without_link(post) for post in story.posts)
        return ReportedStory(story.id, "", "", "withdrawn" if story.state == "withdrawn" else "hidden", bare)
    named = tuple(each for each in story.sources if tells(f"{each.name}, {each.role}"))
    return with_changes(
        story,
        posts=tuple(post if tells(link_words(post.link)) else _without_link(post) for post in story.posts),
        claims=tuple(each if tells(each.text) else with_changes(each, text="") for each in story.claims),
        sources=named,
        unnamed=story.unnamed + len(story.sources) - len(named),
        corrections=tuple(each if tells(each.what) else with_changes(each, what="") for each in story.corrections),
        photos=tuple(each for each in story.photos if tells(each.caption)),
    )


def _without_link(post: ReportedPost) -> ReportedPost:
    """A post without its link, which may spell a name."""
    return ReportedPost(post.outlet, post.day, "", post.readings)


def _posts(story: Story, group: Group, today: date) -> tuple[tuple[ReportedPost, ...], tuple[WorkNotice, ...]]:
    posts: list[ReportedPost] = []
    notices: list[WorkNotice] = []
    for line in story.publications:
        day = local_day(line.when, group.time_zone)
        if day is None:
            notices.append(WorkNotice("report.post_undated", {"title": story.headline, "outlet": line.outlet}))
            continue
        read = _readings(line, group)
        usable = usable_readings(day, read, today)
        odd = [each for each in read if each not in usable]
        notices += [_odd_reading(story, line.outlet, each, day) for each in odd]
        posts.append(ReportedPost(line.outlet, day, line.link.strip(), usable))
    return tuple(posts), tuple(notices)


def _odd_reading(story: Story, outlet: str, reading: ReportedReading, posted: date) -> WorkNotice:
    facts = {"title": story.headline, "outlet": outlet, "day": reading.day, "posted": posted}
    return WorkNotice("report.reading_odd", {**facts})


def _readings(line: Publication, group: Group) -> list[ReportedReading]:
    dated = [(local_day(each.when, group.time_zone), each) for each in line.readings]
    return [
        ReportedReading(
            day, *(_whole(getattr(each, name)) for name in ("seen", "likes", "comments", "shares", "copies"))
        )
        for day, each in dated
        if day is not None
    ]


def _whole(number: int | None) -> int | None:
    return number if number is not None and number >= 0 else None


def _sources(story: Story) -> tuple[tuple[ReportedSource, ...], int]:
    """Those who may be named, and how many more were heard: each person once."""
    by_name: dict[str, list[str]] = {}
    first: dict[str, ReportedSource] = {}
    for source in story.sources:
        key = " ".join(source.name.casefold().split())
        if key:
            by_name.setdefault(key, []).append(source.terms)
            first.setdefault(key, ReportedSource(" ".join(source.name.split()), " ".join(source.role.split())))
    silent = {key for key, terms in by_name.items() if not set(terms) <= _NAMED}
    return tuple(source for key, source in first.items() if key not in silent), len(silent)


def _claims(story: Story, group: Group) -> tuple[ReportedClaim, ...]:
    """Decided rows. The words of one that readers do not see are not given."""
    shown = {claim.id: claim for claim in for_readers(story).claims}
    return tuple(
        ReportedClaim(
            text=" ".join(claim.text.split()) if claim.public and claim.id in shown else "",
            verdict=claim.verdict,
            day=local_day(claim.date, group.time_zone),
        )
        for claim in story.claims
        if not claim.closed and is_decided(claim)
    )


def _story_photos(story: Story, folder: str) -> tuple[ReportedPhoto, ...]:
    shown = without_circulated(story)
    first = cover_photo(shown)
    photos = sorted(shown.photos, key=lambda photo: photo is not first)
    return tuple(_photo(folder, photo) for photo in photos if not _all_covered(photo))


def _photo(folder: str, photo: Photo) -> ReportedPhoto:
    caption = " ".join(photo.caption.split())
    credit = " ".join(photo.credit.split())
    return ReportedPhoto(folder, photo, f"{caption} ({credit})" if caption and credit else caption or credit)


def _all_covered(photo: Photo) -> bool:
    return any(cover.whole for cover in photo.covers)


# ------------------------------------------------------------------------------------------------ activities


def _report_activity(activity: Activity, group: Group, shield: ShieldedNames) -> ReportedActivity:
    words = (activity.place, activity.text, activity.forwarded_to, activity.outcome)
    captions = [text for photo in activity.photos for text in (photo.caption, photo.credit)]
    body = "\n\n".join(text for text in (*words, *captions) if text.strip())
    if may_tell(shield, group, title=activity.title, words=body):
        photos = tuple(_photo("", photo) for photo in activity.photos if not _all_covered(photo))
        return ReportedActivity(activity, hidden=False, photos=photos)
    bare = Activity(
        id=activity.id,
        date=activity.date,
        date_end=activity.date_end,
        title="",
        kind=activity.kind if activity.kind in KINDS else "",
        people=activity.people,
    )
    return ReportedActivity(bare, hidden=True)
