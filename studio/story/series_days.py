"""On which days a series of stories goes on: rules of RFC 5545, and the Javanese market day. Pure.

The five-day week (Legi, Pahing, Pon, Wage, Kliwon) runs beside the one of seven days and never stops, so a day's place
in it is a remainder of the days counted; 17 August 1945 was a Jumat Legi.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.errors import UserError
from studio.story.date_formats import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.story.newsroom_records import StorySeries

MARKET_DAYS = ("Legi", "Pahing", "Pon", "Wage", "Kliwon")
SHOWN_DAYS = 5
"""Days of a series that are shown before anyone relies on it."""
_OTHER_MARKET_DAYS = {"manis": "Legi", "umanis": "Legi", "paing": "Pahing", "kaliwon": "Kliwon"}
_LEGI = date(1945, 8, 17).toordinal()
_PARTS = re.compile(
    r"(?:RRULE:)?(?:FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)|INTERVAL=[1-9]\d{0,2}|COUNT=[1-9]\d{0,3}|WKST=(?:MO|TU|WE|TH|FR|SA|SU)"
    r"|BYDAY=(?:[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU),?)+|UNTIL=\d{8}(?:T\d{6}Z?)?"
    r"|(?:BYMONTHDAY|BYMONTH|BYSETPOS|BYYEARDAY|BYWEEKNO)=(?:[+-]?\d{1,3},?)+)",
)
"""A part of a rule that names days; hours and shorter steps are refused."""
_RANGES = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
_CYCLE = 400
"""Years after which the Gregorian calendar is the same again, weekdays and all."""
# At least sixty years are left before dateutil's calendar ends: enough for a rule's next day, and soon searched.
_FAR = 9939
_MOST_STEPS = 15_000
"""Days of a rule that are tried for the market day: forty years of a daily one."""


def market_day(day: date) -> str:
    """``Legi`` for 17 August 1945: the day of the Javanese five-day week."""
    return MARKET_DAYS[(day.toordinal() - _LEGI) % 5]


def market_day_name(said: str) -> str:
    """A market day as it should be spelled (``Manis`` is ``Legi``); "" for another word."""
    word = said.strip().casefold()
    names = {name.casefold(): name for name in MARKET_DAYS} | _OTHER_MARKET_DAYS
    return names.get(word, "")


def series_days(series: StorySeries, start: date, count: int = SHOWN_DAYS) -> tuple[date, ...]:
    """The next days of a series after ``start``, without those left out and not past its end.

    Args:
        series: the rule is counted from ``start``.
        start: the day of the story it begins with; not one of the days.
        count: how many at most.

    Raises:
        UserError: ``series.rule``: nobody can count by this rule.
    """
    return tuple(islice(_days_after(series, start), count))


class SeriesDays:
    """The days of a series after ``start``, counted as far as anybody asked and kept: a calendar asks month by month.

    Args:
        series: as in ``series_days``.
        start: likewise.

    Raises:
        UserError: as ``series_days``; later, from ``until``.
    """

    def __init__(self, series: StorySeries, start: date) -> None:
        self._known: list[date] = []
        self._rest: Iterator[date] | None = _days_after(series, start)

    def until(self, last: date) -> tuple[date, ...]:
        """Those up to a day, in order."""
        # One day further than asked: only a day behind ``last`` shows that none is missing before it.
        while self._rest is not None and (not self._known or self._known[-1] <= last):
            day = next(self._rest, None)
            if day is None:
                self._rest = None
            else:
                self._known.append(day)
        return tuple(takewhile(lambda day: day <= last, self._known))


def next_day(series: StorySeries, start: date, today: date) -> date:
    """The first day of a series after the story's own that is not past yet.

    Raises:
        UserError: ``series.rule``, or ``series.over``: no day is left.
    """
    for day in _days_after(series, start):
        if day >= today:
            return day
    raise UserError("series.over")


def _days_after(series: StorySeries, start: date) -> Iterator[date]:
    wanted = market_day_name(series.market_day)
    if series.market_day and not wanted:
        raise UserError("series.rule", rule=series.market_day)
    left_out = {parse_date(text) for text in series.except_days}
    until = parse_date(series.until)
    # Steps are counted, and not only days that fit: "every Monday that is Pahing and the 31st" fits none for ages.
    for step, day in enumerate(_rule_days(series.rule, start)):
        if step > _MOST_STEPS or (until is not None and day > until):
            return
        if day > start and day not in left_out and wanted in {"", market_day(day)}:
            yield day


def _rule_days(rule: str, start: date) -> Iterator[date]:
    """Every day of a rule from ``start`` on.

    A rule that no day follows ("30 February") makes dateutil search up to the year 9999, which takes seconds: so the
    search begins in the last years of its calendar, a multiple of 400 years later, and ends at once.
    """
    from dateutil.rrule import rrulestr

    years = _CYCLE * ((_FAR - start.year) // _CYCLE)
    parts = plain_rule(rule)
    text = ";".join(_moved_end(part, years) for part in parts)
    try:
        moved = datetime(start.year + years, start.month, start.day)
        for moment in rrulestr(text, dtstart=moved):
            yield date(moment.year - years, moment.month, moment.day)
    except ValueError as error:
        raise UserError("series.rule", rule=rule) from error


def _moved_end(part: str, years: int) -> str:
    name, _, value = part.partition("=")
    return f"UNTIL={int(value[:4]) + years:04}{value[4:8]}" if name == "UNTIL" else part


def plain_rule(rule: str) -> tuple[str, ...]:
    """The parts of a rule; what nobody could count by, or what would count in hours, is refused.

    Raises:
        UserError: ``series.rule``.
    """
    parts = tuple(part for part in "".join(rule.upper().split()).removeprefix("RRULE:").split(";") if part)
    names = [part.partition("=")[0] for part in parts]
    known = "FREQ" in names and len(set(names)) == len(names) and all(_PARTS.fullmatch(part) for part in parts)
    if not known or not all(map(_is_in_range, parts)):
        raise UserError("series.rule", rule=rule)
    return parts


def _is_in_range(part: str) -> bool:
    """Whether the numbers of a part name days of some calendar."""
    name, _, value = part.partition("=")
    numbers = [abs(int(number)) for number in value.split(",") if number] if name in _RANGES else []
    return all(1 <= number <= _RANGES[name] for number in numbers)


def without_count(series: StorySeries, start: date) -> StorySeries:
    """A series with the day it ends in place of "so many times".

    COUNT is counted from a story's own day, and every story of the series has another: it would never end.
    """
    parts = plain_rule(series.rule)
    if not any(part.startswith("COUNT=") for part in parts):
        return series
    days = [day for day in _rule_days(series.rule, start) if day >= start]
    last = min(filter(None, (days[-1] if days else start, parse_date(series.until))))
    rule = ";".join(part for part in parts if not part.startswith("COUNT="))
    return replace(series, rule=rule, until=last.isoformat())


def shifted(text: str, old: date, new: date) -> str:
    """A day or moment of a story, as far from the new day as it was from the old; other words stay."""
    day = parse_date(text)
    if day is None:
        return text
    try:
        return f"{(day + (new - old)).isoformat()}{text.strip()[10:]}"
    except OverflowError:
        return text


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    # The day before the first of the next month; of December that is in the next year.
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
