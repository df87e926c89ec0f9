"""The day of an event where it stands in a text: rewritten for another day, in the form it had.

Only days that are those of the fields are rewritten, and only when what was made reads as the new day; every other
date is left as it is and reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.locale_forms import MONTHS, WEEKDAYS
from studio.story import date_formats
from studio.story.date_reading import DAY_WORDS, MONTH_WORDS, month_number, read_days
from studio.story.occasion import is_recurring
from studio.story.series_days import MARKET_DAYS, market_day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from studio.story.date_reading import FoundDays

_MARKET = re.compile(rf"\b(?:{'|'.join(MARKET_DAYS)}|Paing)\b", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b(?:{DAY_WORDS})\b", re.IGNORECASE)
_WORDED = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?P<gap>\s+)(?P<month>{MONTH_WORDS})(?P<dot>\.?)(?P<year>\s+\d{{4}})?", re.IGNORECASE
)
_FIGURES = re.compile(r"\b(?P<day>\d{1,2})(?P<sign>[/.-])(?P<month>\d{1,2})(?:(?P=sign)(?P<year>\d{4}))?\b")
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_MONTH_YEAR = re.compile(
    rf"(?<![\d\w])(?:bulan\s+(?P<m1>{MONTH_WORDS})(?:\s+(?P<y1>\d{{4}}))?|(?P<m2>{MONTH_WORDS})\s+(?P<y2>\d{{4}}))\b",
    re.IGNORECASE,
)
"""A month without a day: "Desember 2026", "bulan Desember"."""
_SHORT_YEAR = re.compile(r"\s*['’]?\d{2}(?![\d.,:])")
"""Behind "1 Des": a year of two figures."""
_OTHER_FIGURES = re.compile(
    r"(?<![\d/.-])(?:(?P<day>\d{1,2})(?P<sign>[/.-])(?P<month>\d{1,2})(?:(?P=sign)(?P<year>\d{2}))?"
    r"|(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2}))(?![\d/-]|\.\d)"
)
"""Figures that may be a date, and may be something else: "1/12", "01-12-26", "2026/12/01"."""
_RANGES: tuple[Callable[[str, str], str], ...] = (
    date_formats.full_days,
    date_formats.news_days,
    date_formats.short_days,
)


@dataclass(frozen=True, slots=True)
class EventSpan:
    """The days of an event; ``last`` is ``first`` for one."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class RedatedText:
    """A text with new days, and the dates in it that were not rewritten, as they stand."""

    text: str
    changed: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()


def redate_text(text: str, pairs: Sequence[tuple[EventSpan, EventSpan]]) -> RedatedText:
    """Rewrite the days of an event.

    Args:
        text: prose, an answer, Markdown.
        pairs: days as they were and as they will be; the first is the event's own.
    """
    if not text.strip() or not pairs:
        return RedatedText(text)
    near = pairs[0][0].first
    found = read_days(text, near, loose=False)
    spots: list[tuple[int, int, str | None]] = [_new_words(text, each, pairs) for each in found]
    dated = [(each.start, each.end) for each in found]
    spots += [
        (hit.start(), hit.end(), _new_month(hit, pairs[0]))
        for hit in _MONTH_YEAR.finditer(text)
        if not any(hit.start() < end and start < hit.end() for start, end in dated)
    ]
    taken = [(start, end) for start, end, _ in spots]
    spots += [
        (start, end, None)
        for start, end in _maybe_dates(text, *pairs[0])
        if not any(start < last and first < end for first, last in taken)
    ]
    made, changed, left = text, [], []
    # From the back, so that places further to the front stay right.
    for start, end, words in sorted(spots, reverse=True):
        if words is None:
            left.append(text[start:end])
        elif words != text[start:end]:
            made = made[:start] + words + made[end:]
            changed.append((text[start:end], words))
    return RedatedText(made, tuple(reversed(changed)), tuple(dict.fromkeys(reversed(left))))


def _maybe_dates(text: str, old: EventSpan, new: EventSpan) -> list[tuple[int, int]]:
    """Places where the old day, its month or its year may be meant: whoever makes the story is to look at them."""
    day, words = old.first, []
    found = [hit.span() for hit in _OTHER_FIGURES.finditer(text) if _may_be(hit, day)]
    if day.month != new.first.month:
        words.append(MONTHS[day.month - 1])
    if day.year != new.first.year:
        words.append(f"{day.year:04}")
    for word in words:
        found += [hit.span() for hit in re.finditer(rf"(?<!\w){word}(?!\w)", text)]
    return found


def _may_be(hit: re.Match[str], day: date) -> bool:
    if hit["y"]:
        return (int(hit["y"]), int(hit["m"]), int(hit["d"])) == (day.year, day.month, day.day)
    if hit["sign"] == "." and not hit["year"]:  # a number or an hour
        return False
    same_year = not hit["year"] or int(hit["year"]) == day.year % 100
    return (int(hit["day"]), int(hit["month"])) == (day.day, day.month) and same_year


def _new_words(
    text: str, found: FoundDays, pairs: Sequence[tuple[EventSpan, EventSpan]]
) -> tuple[int, int, str | None]:
    """Where the date stands and what is to stand there: the same words where they hold on, None for "look at it"."""
    said = text[found.start : found.end]
    if is_recurring(text, found):
        return found.start, found.end, said
    if not found.exact:
        # "Selasa" alone goes on being right while the weekday is the same; "besok" never does.
        same = bool(found.weekday) and found.weekday == WEEKDAYS[pairs[0][1].first.weekday()] and said[-5:] != "depan"
        return found.start, found.end, said if same and not found.last_weekday else None
    for old, new in pairs:
        # A year of two figures is not read with the date, and would stay the old one behind it.
        cut = _SHORT_YEAR.match(text, found.end) and not re.search(r"\d{4}", said)
        if (found.first, found.last) == (old.first, old.last) and found.fits and not cut:
            return found.start, found.end, _rewritten(said, old, new)
    return found.start, found.end, None


def _rewritten(said: str, old: EventSpan, new: EventSpan) -> str | None:
    """A date in the form it had; None when that cannot be done for certain."""
    if old.first != old.last or new.first != new.last:
        spans = ((old.first.isoformat(), old.last.isoformat()), (new.first.isoformat(), new.last.isoformat()))
        made = next((form(*spans[1]) for form in _RANGES if form(*spans[0]).casefold() == said.casefold()), None)
    else:
        made = _rewritten_day(said, old.first, new.first)
    if made is None:
        return None
    # Read back before it is used: a date that we would not understand ourselves is left to a person.
    again = read_days(made, new.first)
    right = len(again) == 1 and again[0].fits and (again[0].first, again[0].last) == (new.first, new.last)
    return made if right else None


def _rewritten_day(said: str, old: date, new: date) -> str | None:
    if len(_WEEKDAY.findall(said)) > 1 or (_MARKET.search(said) and not _market_fits(said, old)):
        return None
    made = _WEEKDAY.sub(lambda hit: _cased(WEEKDAYS[new.weekday()], hit[0]), said)
    made = _MARKET.sub(lambda hit: _cased(market_day(new), hit[0]), made)
    for pattern, write in ((_ISO, _iso), (_WORDED, _worded), (_FIGURES, _day_figures)):
        made, count = pattern.subn(lambda hit, write=write: write(hit, new), made)  # type: ignore[misc] # mypy infers no default
        if count:
            return made if count == 1 else None
    return None


def _market_fits(said: str, old: date) -> bool:
    name = market_day(old).casefold()
    return all(hit.casefold().replace("paing", "pahing") == name for hit in _MARKET.findall(said))


def _iso(_: re.Match[str], new: date) -> str:
    return new.isoformat()


def _worded(hit: re.Match[str], new: date) -> str:
    name = MONTHS[new.month - 1]
    if hit["month"].casefold() not in {month.casefold() for month in MONTHS}:
        name = name[:3]
    year = f"{hit['year'][:-4]}{new.year:04}" if hit["year"] else ""
    return f"{_digits(new.day, hit['day'])}{hit['gap']}{_cased(name, hit['month'])}{hit['dot']}{year}"


def _day_figures(hit: re.Match[str], new: date) -> str:
    like = "0" if "0" in {hit["day"][0], hit["month"][0]} else ""
    year = f"{hit['sign']}{new.year:04}" if hit["year"] else ""
    return f"{_digits(new.day, like)}{hit['sign']}{_digits(new.month, like)}{year}"


def _digits(number: int, like: str) -> str:
    return f"{number:02}" if like.startswith("0") else f"{number}"


def _cased(name: str, like: str) -> str:
    return name.upper() if like.isupper() else name.lower() if like.islower() else name


def _new_month(hit: re.Match[str], pair: tuple[EventSpan, EventSpan]) -> str | None:
    """A month like "Desember 2026": the new one in place of the event's own; None for another month."""
    old, new = pair
    name, year = hit["m1"] or hit["m2"], hit["y1"] or hit["y2"]
    told = (month_number(name), int(year) if year else old.first.year)
    alike = old.first.month == old.last.month and new.first.month == new.last.month
    if not alike or told != (old.first.month, old.first.year):
        return None
    words = hit[0].replace(name, _cased(MONTHS[new.first.month - 1], name), 1)
    return words.replace(year, f"{new.first.year:04}") if year else words
