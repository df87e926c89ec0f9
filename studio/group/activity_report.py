"""The activity report of a period as plain data: what was published, read, corrected, checked, heard and done.

It is made of ``ReportedStory`` and ``ReportedActivity`` only, from which the gate has taken out what must not be shown
(``studio.release.reported_stories``). Every table and every figure of the XLSX, the PDF and the CSV files comes from
here, so that they cannot differ.

How things are counted: a *post* is a story at an outlet, on the day it appeared there; it belongs to the period when
that day does. A *story* belongs to it with its first such post and is counted once, however many outlets had it, in the
month of that post. *Reached* is the last number read for each post, added up: someone who met a story at two outlets
is in it twice, and the report says so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from studio.base.errors import WorkNotice
from studio.group.activities import HELD, activity_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from studio.group.activities import Activity
    from studio.group.report_period import ReportPeriod
    from studio.story.model import Photo, Verdict

StoryState = Literal["", "corrected", "withdrawn", "hidden"]
"""``hidden``: it is counted, and nothing of its words is shown, as they would lead to someone protected."""
Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReportedReading:
    """What someone read off a platform on a day; None where nothing was read."""

    day: date
    seen: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    copies: int | None = None

    @property
    def reached(self) -> int | None:
        """People who saw it; of what is printed, the copies."""
        return self.seen if self.seen is not None else self.copies


@dataclass(frozen=True, slots=True)
class ReportedPost:
    """A story at an outlet. ``readings`` in the order of their days, none before ``day``."""

    outlet: str
    day: date
    link: str = ""
    readings: tuple[ReportedReading, ...] = ()

    @property
    def last_reading(self) -> ReportedReading | None:
        """The newest reading that says how many were reached."""
        return next((each for each in reversed(self.readings) if each.reached is not None), None)

    @property
    def reached(self) -> int | None:
        """The last number read; None where nobody has looked."""
        return self.last_reading.reached if self.last_reading is not None else None

    def newest(self, field: str) -> int | None:
        """The last number read of one kind, such as ``likes``."""
        numbers = [getattr(each, field) for each in self.readings]
        return next((number for number in reversed(numbers) if number is not None), None)


@dataclass(frozen=True, slots=True)
class ReportedPhoto:
    """A photo as proof: shown with its covers burned in. ``folder`` is that of its story, "" the group's own media."""

    folder: str
    photo: Photo
    caption: str


@dataclass(frozen=True, slots=True)
class ReportedClaim:
    """A claim that was checked; ``text`` is "" where readers are not to see it."""

    text: str
    verdict: Verdict
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ReportedSource:
    """Someone who was heard and may be named."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class ReportedCorrection:
    """A correction as readers were given it."""

    day: date | None
    what: str


@dataclass(frozen=True, slots=True)
class ReportedStory:
    """What a report may tell of a story. Only ``studio.release.reported_stories`` makes it.

    Attributes:
        id: of the story: it is counted once.
        title: "" for one that is ``hidden``, or withdrawn without a title that may be shown.
        category: rubric.
        state: see ``StoryState``.
        posts: all of its log of publications, also outside the period.
        claims: rows of its ledger that were decided.
        sources: those who may be named.
        unnamed: how many more were heard, whose names are not shown.
        corrections: all of them.
        photos: proofs, the cover first.
    """

    id: str
    title: str
    category: str
    state: StoryState
    posts: tuple[ReportedPost, ...]
    claims: tuple[ReportedClaim, ...] = ()
    sources: tuple[ReportedSource, ...] = ()
    unnamed: int = 0
    corrections: tuple[ReportedCorrection, ...] = ()
    photos: tuple[ReportedPhoto, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportedActivity:
    """What a report may tell of an activity; ``hidden`` ones have no words and no photos."""

    activity: Activity
    hidden: bool
    photos: tuple[ReportedPhoto, ...] = ()


@dataclass(frozen=True, slots=True)
class OutletTotal:
    """An outlet in the period; ``reached`` is None where nothing was read."""

    outlet: str
    posts: int
    reached: int | None


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """A calendar month of the period: stories that first appeared in it, posts by outlet, what the group did."""

    month: Month
    stories: int
    posts: Mapping[str, int]
    reached: int
    activities: int

    @property
    def all_posts(self) -> int:
        """Posts at all outlets."""
        return sum(self.posts.values())


@dataclass(frozen=True, slots=True)
class ReportTotals:
    """The figures of the first page, in the order they are shown."""

    stories: int
    posts: int
    outlets: int
    active_days: int
    reached: int
    read_posts: int
    corrections: int
    withdrawn: int
    claims: int
    sources: int
    activities: int
    people: int
    aspirations: int
    forwarded: int
    answered: int
    obstacles: int
    plans: int


@dataclass(frozen=True)
class ActivityReport:
    """The report. ``stories`` and all lists are in the order of their days.

    Attributes:
        period: what it is about.
        today: the day it was made: nothing later is counted.
        stories: those with a post in the period, by their first post in it.
        corrections: those made in the period, of any story.
        activities: what the group did; ``aspirations``, ``obstacles``, ``plans`` the same.
        notices: what was left out, and why.
    """

    period: ReportPeriod
    today: date
    stories: tuple[ReportedStory, ...]
    corrections: tuple[tuple[ReportedStory, ReportedCorrection], ...]
    activities: tuple[ReportedActivity, ...]
    aspirations: tuple[ReportedActivity, ...]
    obstacles: tuple[ReportedActivity, ...]
    plans: tuple[ReportedActivity, ...]
    notices: tuple[WorkNotice, ...] = ()

    @cached_property
    def posts(self) -> tuple[tuple[ReportedStory, ReportedPost], ...]:
        """Posts of the period, by day."""
        found = [(story, post) for story in self.stories for post in self.posts_of(story)]
        return tuple(sorted(found, key=lambda pair: pair[1].day))

    def posts_of(self, story: ReportedStory) -> tuple[ReportedPost, ...]:
        """Its posts of the period, by day."""
        return _posts_in(story, self.period, self.today)

    def first_day(self, story: ReportedStory) -> date:
        """The day of its first post in the period."""
        return self.posts_of(story)[0].day

    def reached(self, story: ReportedStory) -> int | None:
        """The last numbers read of its posts of the period, added up; None where nothing was read."""
        return _sum_known(post.reached for post in self.posts_of(story))

    @cached_property
    def outlets(self) -> tuple[OutletTotal, ...]:
        """Outlets by posts, then by name."""
        posts: dict[str, list[ReportedPost]] = {}
        for _, post in self.posts:
            posts.setdefault(post.outlet, []).append(post)
        totals = [OutletTotal(key, len(all_), _sum_known(each.reached for each in all_)) for key, all_ in posts.items()]
        return tuple(sorted(totals, key=lambda total: (-total.posts, total.outlet)))

    @cached_property
    def months(self) -> tuple[MonthTotal, ...]:
        """Every month of the period that has begun, also those in which nothing was."""
        begun = [month for month in self.period.months if month <= _month_of(self.today)]
        return tuple(self._month_total(month) for month in begun)

    def _month_total(self, month: Month) -> MonthTotal:
        posts = [post for _, post in self.posts if _month_of(post.day) == month]
        # An activity that began before the period counts in the period's first month, else the months would not add up
        # to the total.
        days = [max(day[0], self.period.first) for each in self.activities if (day := activity_days(each.activity))]
        return MonthTotal(
            month=month,
            stories=sum(_month_of(self.first_day(story)) == month for story in self.stories),
            posts=Counter(post.outlet for post in posts),
            reached=sum(post.reached or 0 for post in posts),
            activities=sum(_month_of(day) == month for day in days),
        )

    @cached_property
    def claims(self) -> tuple[tuple[ReportedStory, ReportedClaim], ...]:
        """Claims checked for the stories of the period."""
        return tuple((story, claim) for story in self.stories for claim in story.claims)

    @cached_property
    def verdicts(self) -> Mapping[Verdict, int]:
        """How many claims were judged how."""
        return Counter(claim.verdict for _, claim in self.claims)

    @cached_property
    def sources(self) -> tuple[tuple[ReportedSource, tuple[ReportedStory, ...]], ...]:
        """Who was heard and may be named, each once (by name), with the stories."""
        heard: dict[str, tuple[ReportedSource, list[ReportedStory]]] = {}
        for story in self.stories:
            for source in story.sources:
                # The same person is typed "Bu Sri" here and "bu  sri" there; nothing else about a source is comparable.
                key = " ".join(source.name.casefold().split())
                heard.setdefault(key, (source, []))[1].append(story)
        return tuple((source, tuple(stories)) for source, stories in heard.values())

    @cached_property
    def readings(self) -> tuple[tuple[ReportedStory, ReportedPost, ReportedReading], ...]:
        """Every reading of the posts of the period, by the day it was read."""
        # Readings of posts of the period, also those of days after it: what a post of December reached is known in
        # March.
        found = [(story, post, each) for story, post in self.posts for each in post.readings]
        return tuple(sorted(found, key=lambda row: row[2].day))

    @cached_property
    def reach_line(self) -> tuple[tuple[date, int], ...]:
        """How many were reached by each day on which something was read: the last numbers so far, added up."""
        known: dict[int, int] = {}
        line: dict[date, int] = {}
        # By identity: two stories that appeared at one outlet on one day may have posts that compare equal.
        place = {id(post): number for number, (_, post) in enumerate(self.posts)}
        for _, post, reading in self.readings:
            if reading.reached is not None:
                known[place[id(post)]] = reading.reached
                # Readings are in the order of their days, so the last one of a day overwrites the sums before it.
                line[reading.day] = sum(known.values())
        return tuple(line.items())

    @cached_property
    def photos(self) -> tuple[tuple[str, date, ReportedPhoto], ...]:
        """Proofs with what they belong to: those of activities first, then one of each story."""
        did: list[tuple[str, date, ReportedPhoto]] = []
        for each in (*self.activities, *self.aspirations, *self.obstacles):
            days = activity_days(each.activity)
            did += [(each.activity.title, days[0], photo) for photo in each.photos if days is not None]
        told = [(story.title, self.first_day(story), story.photos[0]) for story in self.stories if story.photos]
        return (*did, *told)

    @cached_property
    def totals(self) -> ReportTotals:
        """The figures."""
        return ReportTotals(
            stories=len(self.stories),
            posts=len(self.posts),
            outlets=len(self.outlets),
            # Days on which something appeared, each once, however much appeared on it.
            active_days=len({post.day for _, post in self.posts}),
            reached=sum(post.reached or 0 for _, post in self.posts),
            read_posts=sum(post.reached is not None for _, post in self.posts),
            corrections=len(self.corrections),
            withdrawn=sum(story.state == "withdrawn" for story in self.stories),
            claims=len(self.claims),
            # Unnamed sources cannot be recognised across stories, so here one person may be counted twice; naming them
            # to avoid that is not an option.
            sources=len(self.sources) + sum(story.unnamed for story in self.stories),
            activities=len(self.activities),
            people=sum(each.activity.people or 0 for each in self.activities),
            aspirations=len(self.aspirations),
            forwarded=sum(bool(each.activity.forwarded_to.strip()) for each in self.aspirations),
            answered=sum(bool(each.activity.outcome.strip()) for each in self.aspirations),
            obstacles=len(self.obstacles),
            plans=len(self.plans),
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not any((self.posts, self.corrections, self.activities, self.aspirations, self.obstacles, self.plans))


def make_report(
    period: ReportPeriod, today: date, stories: Sequence[ReportedStory], activities: Sequence[ReportedActivity]
) -> ActivityReport:
    """Count what lies in a period.

    Args:
        period: the stretch of days.
        today: what is dated later is left out and named, plans excepted.
        stories: all of the library that appeared somewhere, in any order; one with an ``id`` that came before is left
            out.
        activities: all, in any order.
    """
    # Reversed, because the last entry of a dict wins: the first story of an id is the one that counts.
    once = {story.id: story for story in reversed(stories)}.values()
    inside = [(posts[0].day, story) for story in once if (posts := _posts_in(story, period, today))]
    made = [
        (correction.day, story, correction)
        for story in once
        for correction in story.corrections
        if correction.day is not None and period.holds(correction.day) and correction.day <= today
    ]
    did = _sorted_activities(activities)
    return ActivityReport(
        period=period,
        today=today,
        stories=tuple(story for _, story in sorted(inside, key=lambda pair: (pair[0], pair[1].title, pair[1].id))),
        corrections=tuple((story, line) for _, story, line in sorted(made, key=lambda row: row[0])),
        activities=tuple(each for each in did if each.activity.kind not in HELD and _happened(each, period, today)),
        aspirations=_of_kind(did, "aspiration", period, today),
        obstacles=_of_kind(did, "obstacle", period, today),
        plans=tuple(each for each in did if each.activity.kind == "plan" and _is_planned(each, period)),
        notices=tuple(_left_out(once, did, period, today)),
    )


def usable_readings(post_day: date, readings: Iterable[ReportedReading], today: date) -> tuple[ReportedReading, ...]:
    """Readings that can be true, in the order of their days: none from before the post, none from days to come."""
    return tuple(sorted((each for each in readings if post_day <= each.day <= today), key=lambda each: each.day))


def _posts_in(story: ReportedStory, period: ReportPeriod, today: date) -> tuple[ReportedPost, ...]:
    # A log that was merged from a stick may hold the same publication twice; it is one post.
    inside = (post for post in dict.fromkeys(story.posts) if period.holds(post.day) and post.day <= today)
    return tuple(sorted(inside, key=lambda post: post.day))


def _sorted_activities(activities: Iterable[ReportedActivity]) -> list[ReportedActivity]:
    dated = [(days, each) for each in activities if (days := activity_days(each.activity)) is not None]
    return [each for _, each in sorted(dated, key=lambda pair: (pair[0], pair[1].activity.title, pair[1].activity.id))]


def _happened(each: ReportedActivity, period: ReportPeriod, today: date) -> bool:
    """Whether a day of it lies in the period, and it has begun."""
    days = activity_days(each.activity)
    return days is not None and days[0] <= period.last and days[1] >= period.first and days[0] <= today


def _is_planned(each: ReportedActivity, period: ReportPeriod) -> bool:
    """Whether a plan is for the period or for the next one of its kind."""
    days = activity_days(each.activity)
    return days is not None and days[1] >= period.first and days[0] <= period.plans_until


def _of_kind(
    did: Iterable[ReportedActivity], kind: str, period: ReportPeriod, today: date
) -> tuple[ReportedActivity, ...]:
    return tuple(each for each in did if each.activity.kind == kind and _happened(each, period, today))


def _left_out(
    stories: Iterable[ReportedStory], did: Iterable[ReportedActivity], period: ReportPeriod, today: date
) -> Iterator[WorkNotice]:
    for story in stories:
        for post in dict.fromkeys(story.posts):
            if post.day > today and period.holds(post.day):
                yield WorkNotice("report.post_future", {"title": story.title or "–", "day": post.day})
    for each in did:
        days = activity_days(each.activity)
        if days is not None and each.activity.kind != "plan" and days[0] > today and period.holds(days[0]):
            yield WorkNotice("activity.future", {"title": each.activity.title or "–"})


def _sum_known(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _month_of(day: date) -> Month:
    return day.year, day.month
