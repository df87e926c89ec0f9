"""Days of the week that do not fit their date, and dates that no calendar has (KEJ pasal 3).

Which of the two is wrong only the writer knows, unless the story's own date says it: then there is one fix, else a
choice of them, each with a date that is right in itself.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from studio.base.locale_forms import MONTHS
from studio.checks.rule import RuleMark
from studio.story.date_formats import long_date
from studio.story.date_reading import date_near, read_days, weekday_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.story.date_reading import FoundDays

OF_FACTS = frozenset({"language_weekday", "language_no_date"})
"""Marks that are about facts, not about language."""
_RULE = "KEJ pasal 3"
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d|\d)")
_SLIP = 3
"""Days by which a figure is taken to be wrong, not the weekday."""
_OWN_YEAR = 320
"""Days within which a date without a year can be of the story's own year."""
_FAR = 200
"""Days from the story: so far away a year was mistyped, as happens in January."""


def check_days(text: str, near: date | None) -> Iterator[RuleMark]:
    """Marks for one paragraph.

    Args:
        text: its words.
        near: the day of the story: a date without a year is in the year nearest to it; None leaves such dates out.
    """
    # Where the story has no day any will do: dates without a year of their own are skipped then.
    for days in read_days(text, near or date(2000, 1, 1)):
        if not days.exact or not (days.year_told or near):
            continue
        words = text[days.start : days.end]
        if days.first is None or days.last is None:
            if days.weekday or days.year_told or any(month in words for month in MONTHS):
                yield RuleMark(
                    "language_no_date",
                    "block",
                    days.start,
                    days.end,
                    _RULE,
                    _day_fixes(text, days, near),
                    {"word": words},
                )
        elif not days.fits and not _of_other_year(text, days, near):
            wrong_last = days.weekday in {"", weekday_of(days.first)}
            day, told = (days.last, days.last_weekday) if wrong_last else (days.first, days.weekday)
            facts = {"word": words, "date": long_date(day.isoformat()), "day": weekday_of(day), "told": told}
            yield RuleMark(
                "language_weekday", "block", days.start, days.end, _RULE, _day_fixes(text, days, near), facts
            )


def _of_other_year(text: str, days: FoundDays, near: date | None) -> bool:
    """Whether a date without a year is right in another one that can be meant.

    That is a year given beside it ("Pada 1998 ... Kamis, 21 Mei"), or the story's own: in November "Selasa (3/3)" is
    March gone by, though March to come is nearer.
    """
    if days.year_told or days.first is None or days.last is None:
        return False
    years = {int(found[0]) for found in _YEAR.finditer(text)}
    if near is not None and abs((_in_year(days.first, near.year) - near).days) <= _OWN_YEAR:
        years.add(near.year)
    return any(replace(days, first=_in_year(days.first, year), last=_in_year(days.last, year)).fits for year in years)


def _in_year(day: date, year: int) -> date:
    """That day of another year; the 28th for a 29 February it has not."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _day_fixes(text: str, days: FoundDays, near: date | None) -> tuple[str, ...]:
    """What can be meant, likeliest first: another weekday, another day of the month, another year."""
    if days.eve or not days.weekday or days.first != days.last:
        return ()
    found = [(made, _written_day(text, days, made)) for made in _day_candidates(text, days, near)]
    # The story's own day leaves no doubt; other proposals beside it would only raise one.
    if near is not None and (sure := [fix for made, fix in found if made == near]):
        return (sure[0],)
    return tuple(dict.fromkeys(fix for _, fix in found))


def _day_candidates(text: str, days: FoundDays, near: date | None) -> Iterator[date]:
    if days.first is None:  # "Kamis, 31 April 2026" is the last of the month
        end = _end_of_month(text, days, near)
        if end is not None and weekday_of(end) == days.weekday:
            yield end
        return
    far = near is not None and days.year_told and abs((days.first - near).days) > _FAR
    same = date_near(days.first.day, days.first.month, near) if near is not None and far else None
    if same is not None and abs(same.year - days.first.year) == 1 and weekday_of(same) == days.weekday:
        yield same
    yield days.first
    slips = [days.first + timedelta(shift) for step in range(1, _SLIP + 1) for shift in (-step, step)]
    yield from (made for made in slips if weekday_of(made) == days.weekday and made.month == days.first.month)


def _end_of_month(text: str, days: FoundDays, near: date | None) -> date | None:
    """The last day of the month of a date that is one day too late."""
    number = text[slice(*days.number_at)]
    if not number.isdigit():
        return None
    before = f"{text[: days.number_at[0]]}{int(number) - 1}{text[days.number_at[1] :]}"
    read = [made for made in read_days(before, near or date(2000, 1, 1)) if made.start == days.start and made.exact]
    return read[0].first if read else None


def _written_day(text: str, days: FoundDays, made: date) -> str:
    """The words with the weekday, the day of the month and the year of ``made``; all else as it was written."""
    parts = [(days.weekday_at, weekday_of(made)), (days.number_at, _day_number(text[slice(*days.number_at)], made.day))]
    if days.year_at != (0, 0):
        year = text[slice(*days.year_at)]
        parts.append((days.year_at, str(made.year)[-len(year) :] if year.isdigit() else year))
    words = text[days.start : days.end]
    # From the back, so that the places of the parts before stay right.
    for (start, end), new in sorted(parts, reverse=True):
        words = words[: start - days.start] + new + words[end - days.start :]
    return words


def _day_number(written: str, day: int) -> str:
    """The day as the other was written: with a zero before it, or without."""
    return f"{day:02}" if written.startswith("0") else str(day)


def day_of(date_text: str, created: str) -> date | None:
    """The day a story's dates without a year are near to: that of the event, else the one it was begun on."""
    for text in (date_text, created):
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            continue
    return None
