"""What stands on which day: stories, plans, posts, ends of notices, series to come, national days, market days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from studio.base.errors import UserError
from studio.group.story_counts import MONTHS, PERIOD_DAYS, regularity_score
from studio.store.calendar_index import (
    CalendarStory,
    count_posted,
    find_marks,
    find_plannable,
    find_unplanned,
    read_rhythm,
)
from studio.store.story_shelf import today_of
from studio.story.date_formats import local_day
from studio.story.hour_reading import parse_hours
from studio.story.post_plans import clock_of
from studio.story.series_days import SeriesDays, without_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from studio.store.calendar_index import SeriesHead
    from studio.store.index import SearchIndex
    from studio.store.workspace import Workspace
    from studio.story.calendar_marks import CalendarMark
    from studio.story.date_formats import Zone
    from studio.story.national_days import NationalDay, NationalDays

EntryKind = Literal["event", "plan", "ends", "series", "posted"]
ENTRY_KINDS: tuple[EntryKind, ...] = ("event", "plan", "ends", "series", "posted")
"""In the order in which they stand on a day."""
MonthCode = tuple[int, int]
"""Year and month."""
LEAST_YEAR, MOST_YEAR = 1946, 2999
SERIES_AHEAD = 731
"""Days to come for which series are shown."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One line of a day.

    Attributes:
        kind: what it is.
        first: its day, on the group's calendar.
        last: later than ``first`` for an event of several days.
        story: whose; of a series its latest story.
        outlets: where a post appears or appeared.
        clock: ``08:00``, for sorting and the phone; "" for all day.
        hours: of an event, as the story keeps them.
        by: who does it.
        note: for the group.
        done: of a plan: it was kept.
        late: of a plan: its day is past and nothing appeared.
        moment: of a plan, as it stands in the story: with its outlet it says which plan it is.
    """

    kind: EntryKind
    first: date
    last: date
    story: CalendarStory
    outlets: tuple[str, ...] = ()
    clock: str = ""
    hours: str = ""
    by: str = ""
    note: str = ""
    done: bool = False
    late: bool = False
    moment: str = ""


@dataclass(frozen=True, slots=True)
class CalendarSpan:
    """A stretch of days.

    Attributes:
        first, last: its days, both included.
        today: on the group's calendar.
        entries: by day, in order; an event of several days stands on each of them.
        national: national days by day.
        empty_weeks: Mondays of weeks in which nothing appeared and nothing is planned.
        unknown_years: years whose movable days off are not known.
        sources: the decrees of the years that are.
    """

    first: date
    last: date
    today: date
    entries: Mapping[date, tuple[CalendarEntry, ...]]
    national: Mapping[date, tuple[NationalDay, ...]]
    empty_weeks: frozenset[date]
    unknown_years: tuple[int, ...]
    sources: tuple[str, ...]

    def lines_on(self, day: date) -> tuple[CalendarEntry, ...]:
        """The lines of a day."""
        return self.entries.get(day, ())

    def all_entries(self) -> tuple[CalendarEntry, ...]:
        """Every entry once, by day."""
        found = dict.fromkeys(entry for day in sorted(self.entries) for entry in self.entries[day])
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Regularity:
    """KP2: stories a month over the last three, and the level that makes."""

    monthly: float
    level: int


class StoryCalendar:
    """The calendar of one workspace.

    Args:
        index: brought up to date by whoever has it.
        workspace: for the group's zone and its day.
        national: the national days that are known.
    """

    def __init__(self, index: SearchIndex, workspace: Workspace, national: NationalDays) -> None:
        self._index, self._workspace, self.national = index, workspace, national
        self._series_days: tuple[tuple[SeriesHead, SeriesDays], ...] | None = None
        self._counted: dict[tuple[str, date], SeriesDays] = {}
        self._first_posted: date | None = None

    def forget(self) -> None:
        """The stories are others now: what was kept of their series is asked for anew."""
        self._series_days = None

    @property
    def today(self) -> date:
        """The day it is for the group."""
        return date.fromisoformat(today_of(self._workspace))

    @property
    def zone(self) -> Zone:
        """The group's time zone."""
        return self._workspace.group.time_zone

    def span(self, first: date, last: date) -> CalendarSpan:
        """Everything from one day to another, both included.

        Raises:
            UserError: the index cannot be read.
        """
        today = self.today
        found = [*self._marked_days(first, last, today), *self._series_without_story(first, last, today)]
        entries: dict[date, list[CalendarEntry]] = {}
        for entry in sorted(found, key=_entry_order):
            for day in _days(max(first, entry.first), min(last, entry.last)):
                entries.setdefault(day, []).append(entry)
        every_day = {day: tuple(each) for day, each in entries.items()}
        years = range(first.year, last.year + 1)
        return CalendarSpan(
            first,
            last,
            today,
            every_day,
            {day: told for day in _days(first, last) if (told := self.national.days_on(day))},
            self._empty_weeks(first, last, today, every_day),
            tuple(year for year in years if not self.national.source(year)),
            tuple(source for year in years if (source := self.national.source(year))),
        )

    def regularity(self) -> Regularity:
        """How regularly the group publishes, as KP2 of the self-map counts it."""
        today = self.today
        monthly = count_posted(self._index, today - timedelta(PERIOD_DAYS - 1), today) / MONTHS
        return Regularity(monthly, regularity_score(monthly))

    def unplanned(self) -> tuple[CalendarStory, ...]:
        """Stories that appeared nowhere and have no plan, the latest change first."""
        return find_unplanned(self._index)

    def plannable(self) -> tuple[CalendarStory, ...]:
        """Stories that can be planned for one more outlet, those without any plan first."""
        return find_plannable(self._index)

    def _marked_days(self, first: date, last: date, today: date) -> Iterator[CalendarEntry]:
        posted: dict[tuple[str, date], CalendarEntry] = {}
        for story, mark in find_marks(self._index, first, last):
            entry = _calendar_entry(story, mark, self.zone, today)
            if entry is None or entry.first > last or entry.last < first:
                continue
            if entry.kind == "posted":
                # A line for the story, not one for each outlet.
                before = posted.get((story.folder, entry.first), entry)
                outlets = tuple(dict.fromkeys((*before.outlets, *entry.outlets)))
                posted[story.folder, entry.first] = _with_outlets(before, outlets)
            else:
                yield entry
        yield from posted.values()

    def _series_without_story(self, first: date, last: date, today: date) -> Iterator[CalendarEntry]:
        """Days to come on which a series has no story yet."""
        # A rule goes on for ever, and nobody looks at its days two years ahead: they would be counted one by one.
        until = min(last, today + timedelta(SERIES_AHEAD))
        for head, days in self._heads() if until >= first else ():
            for day in _days_until(days, until):
                if day >= max(first, today):
                    yield CalendarEntry("series", day, day, head.story)

    def _heads(self) -> tuple[tuple[SeriesHead, SeriesDays], ...]:
        if self._series_days is None:
            self._first_posted, heads = read_rhythm(self._index)
            # Days are counted once for a rule and a day, also when stories changed: this is asked at each autosave.
            before, self._counted = self._counted, {}
            for head in heads:
                key = (repr(head.series), head.day)
                days = before.get(key) or _days_of(head)
                if days is not None:
                    self._counted[key] = days
            known = ((head, self._counted.get((repr(head.series), head.day))) for head in heads)
            self._series_days = tuple((head, days) for head, days in known if days is not None)
        return self._series_days

    def _empty_weeks(
        self, first: date, last: date, today: date, entries: Mapping[date, Sequence[CalendarEntry]]
    ) -> frozenset[date]:
        self._heads()
        began = self._first_posted
        empty: set[date] = set()
        for monday in _mondays(first, last):
            days = [monday + timedelta(step) for step in range(7)]
            if days[0] < first or days[-1] > last:
                continue  # of a week that is not shown whole nothing is known
            kinds = {"posted"} if days[-1] < today else {"posted", "plan"}
            is_empty = not any(entry.kind in kinds for day in days for entry in entries.get(day, ()))
            # Before the first post there was no rhythm that could be missed.
            if is_empty and (days[-1] >= today or (began is not None and days[-1] >= began)):
                empty.add(monday)
        return frozenset(empty)


def month_span(year: int, month: int) -> tuple[date, date]:
    """Monday before the first of a month to the Sunday after its last: the weeks a page of it shows."""
    first = date(year, month, 1)
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    return monday_of(first), monday_of(last) + timedelta(6)


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(day.weekday())


def moved_month(month: MonthCode, by: int) -> MonthCode:
    """So many months later; the calendar begins and ends with the years it knows."""
    number = month[0] * 12 + month[1] - 1 + by
    number = min(max(number, LEAST_YEAR * 12), MOST_YEAR * 12 + 11)
    return number // 12, number % 12 + 1


def _calendar_entry(story: CalendarStory, mark: CalendarMark, zone: Zone, today: date) -> CalendarEntry | None:
    if mark.kind == "event":
        ends = parse_hours(mark.moment)
        first, last = date.fromisoformat(mark.day), date.fromisoformat(mark.last)
        return CalendarEntry("event", first, last, story, clock=ends[0] if ends else "", hours=mark.moment)
    day = local_day(mark.moment or mark.day, zone)
    if day is None:
        return None
    if mark.kind != "plan":
        outlets = (mark.outlet,) if mark.outlet else ()
        return CalendarEntry(mark.kind, day, day, story, outlets, by=mark.by)
    late = not mark.done and day < today
    clock = clock_of(mark.moment, zone)
    return CalendarEntry(
        *("plan", day, day, story, (mark.outlet,), clock),
        by=mark.by,
        note=mark.note,
        done=mark.done,
        late=late,
        moment=mark.moment,
    )


def _with_outlets(entry: CalendarEntry, outlets: tuple[str, ...]) -> CalendarEntry:
    return CalendarEntry("posted", entry.first, entry.last, entry.story, outlets, by=entry.by)


def _entry_order(entry: CalendarEntry) -> tuple[date, int, bool, str, str]:
    return entry.first, ENTRY_KINDS.index(entry.kind), not entry.clock, entry.clock, entry.story.headline.casefold()


def _days_of(head: SeriesHead) -> SeriesDays | None:
    try:
        return SeriesDays(without_count(head.series, head.day), head.day)
    except UserError:  # a rule nobody can count by: the story itself says so
        return None


def _days_until(days: SeriesDays, last: date) -> tuple[date, ...]:
    try:
        return days.until(last)
    except UserError:
        return ()


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(step) for step in range((last - first).days + 1))


def _mondays(first: date, last: date) -> Iterable[date]:
    return (day for day in _days(monday_of(first), last) if day.weekday() == 0)
