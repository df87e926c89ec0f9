"""Days and hours of a text as they are read aloud; the rules stand in one row with those of ``spoken_text``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.base.locale_forms import FORMS, MONTHS, WEEKDAYS
from studio.posts.spoken_numbers import cardinal_words, figure_words
from studio.posts.spoken_words import spoken_words
from studio.story.date_reading import DAY_WORDS, MONTH_WORDS, PART_OF_DAY, month_number

if TYPE_CHECKING:
    from collections.abc import Callable

    Row = tuple[str, Callable[[re.Match[str]], str]]

CLOCK = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
"""An hour with its minutes, as a pattern."""
UNTIL = r"(?:\s?[-–—]\s?|\s+(?:s\.?\s?/?d\.?|sampai(?: dengan)?|hingga)\s+)"
"""What stands between the first and the last, as a pattern."""
_DASH = r"\s?[-–—]\s?"
_AND = r"(?:\s?[-–—]\s?|\s(?:dan|&|sampai|hingga|s\.?/?d\.?)\s)"
_ZONES = r"WIB|WITA|WIT"
_SECONDS = r"(?:[.:][0-5]\d)?"
_FIGURES = r"\d{1,2}/\d{1,2}(?:/(?:\d{4}|\d\d))?"
_CENTURY_TURNS = 40
"""Years of two figures from here on are of the last century ("17/8/45")."""
_SHORT_DAYS = dict(zip(FORMS["id"].short_weekdays, WEEKDAYS, strict=True))


def day_rules() -> tuple[Row, ...]:
    """Dates and clock times."""
    return (*_date_rules(), *_range_rules(), *_hour_rules())


def _date_rules() -> tuple[Row, ...]:
    days, months = rf"(?i:{DAY_WORDS})", rf"(?i:{MONTH_WORDS})"
    market = r"(?:\s(?:Legi|Pahing|Paing|Pon|Wage|Kliwon))?"
    named = rf"{days}{market}(?:\s{PART_OF_DAY})?,?|(?i:tanggal|tgl\.?)"
    # Weeks and months from one to another: the dash would be no sound at all.
    ends = rf"{days}|{months}|{months}\s\d{{4}}|{_FIGURES}"
    begins = rf"{days}\b|{months}\b|\d{{1,2}}\s{months}\b|{_FIGURES}"
    return (
        (r"\b(\d{4})-(\d\d)-(\d\d)\b", lambda m: _date(m, 3, 2, 1)),
        (
            rf"\b((?i:{MONTH_WORDS}))\b\.?{_DASH}((?i:{MONTH_WORDS}))\b",
            lambda m: f"{MONTHS[month_number(m[1]) - 1]} sampai {MONTHS[month_number(m[2]) - 1]}",
        ),
        # "(28/11-2/12)", and without brackets where one of the two can be no fraction.
        (
            r"(\(?)\b(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d\d))?"
            + UNTIL
            + r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d\d))?\b(?!/)(\)?)",
            _months_range,
        ),
        (rf"\b({ends}){_DASH}(?=(?:{begins}))", lambda m: f"{m[1]} sampai "),
        (r"\b(\d{1,2}([./-])\d{1,2}\2\d{4})\s?[-–—]\s?(?=\d{1,2}\2\d{1,2}\2\d{4}\b)", lambda m: f"{m[1]} sampai "),
        (r"\(?\b(\d{1,2})([/.-])(\d{1,2})\2(\d{4})\b\)?", lambda m: _date(m, 1, 3, 4)),
        (rf"\((\d{{1,2}}){_AND}(\d{{1,2}})/(\d{{1,2}})(?:/(\d{{2,4}}))?\)", _day_range),
        (r"\((\d{1,2})/(\d{1,2})(?:/(\d\d))?\)", lambda m: _date(m, 1, 2, 3)),
        (r"\b(\d{1,2})/(\d{1,2})()(?=,?\s(?i:pukul|jam|pkl)\.?\s?\d)", lambda m: _date(m, 1, 2, 3)),
        (rf"\b({named})\s\(?(\d{{1,2}})([./-])(\d{{1,2}})(?:\3(\d\d))?\)?(?![/\d-])", _named_date),
        (
            rf"(?<=\d)\s?((?i:{MONTH_WORDS}))\b(?:\.(?!\s+[A-Z]|\s*$))?",
            lambda m: f" {MONTHS[month_number(m[1]) - 1]}",
        ),
        (
            rf"\b({'|'.join(day for day in _SHORT_DAYS if day != 'Min')})\b\.?(?=,?\s\(?\d)",
            lambda m: _SHORT_DAYS[m[1]],
        ),
    )


def _range_rules() -> tuple[Row, ...]:
    months = "|".join(MONTHS)
    return (
        (
            rf"\b(\d{{1,2}}\s(?:{months})(?:\s\d{{4}})?){_DASH}(?=\d{{1,2}}\s(?:{months})\b)",
            lambda m: f"{m[1]} sampai ",
        ),
        (
            rf"\b(\d{{1,2}}){_DASH}(\d{{1,2}})(?=\s(?:{months})\b)",
            lambda m: f"{figure_words(m[1])} sampai {figure_words(m[2])}",
        ),
        (r"\b(1\d{3})\sH\b", lambda m: f"{m[1]} Hijriah"),
        (r"(?<=\d{4})\sM\b", lambda m: " Masehi"),
    )


def _hour_rules() -> tuple[Row, ...]:
    zone = rf"(?:\s?({_ZONES})\b)?"
    word = r"(?i:\b(pukul|jam|pkl\.?))"
    return (
        (rf"\b({CLOCK}){_DASH}(?=selesai\b)", lambda m: f"{m[1]} sampai "),
        (
            rf"{word}\s*({CLOCK}|\d{{1,2}}){UNTIL}({CLOCK}|\d{{1,2}}){zone}(?![\d/])",
            lambda m: _hours(m[1], m[2], m[3], m[4]),
        ),
        (rf"\b({CLOCK}){UNTIL}({CLOCK}){zone}(?!\d)", lambda m: _hours("pukul", m[1], m[2], m[3])),
        (
            rf"{word}\s*({CLOCK}{_SECONDS}|\d{{1,2}}(?=\s?(?:{_ZONES})\b)){zone}(?!\d)",
            lambda m: _hours(m[1], m[2], "", m[3]),
        ),
        (rf"\b({CLOCK}{_SECONDS})\s?({_ZONES})\b", lambda m: _hours("pukul", m[1], "", m[2])),
    )


def _date(found: re.Match[str], day: int, month: int, year: int) -> str:
    said = _date_words(found[day], found[month], found[year])
    if not said:
        return found[0]
    # The bracket of "Minggu (22/11)" is the mark of a printed page; aloud a short stop does its work.
    return f", {said}," if found[0].startswith("(") else said


def _date_words(day: str, month: str, year: str | None = None) -> str:
    """A date in words; "" for figures that are none."""
    if not 1 <= int(day) <= 31 or not 1 <= int(month) <= 12:
        return ""
    said = f"{cardinal_words(int(day))} {MONTHS[int(month) - 1]}"
    if not year:
        return said
    number = int(year)
    if len(year) == 2:
        number += 1900 if number >= _CENTURY_TURNS else 2000
    return f"{said} {cardinal_words(number)}"


def _named_date(found: re.Match[str]) -> str:
    """``Sabtu malam, 6/12``, ``tanggal 3/4``, ``tgl 17-8-45``."""
    said = _date_words(found[2], found[4], found[5])
    if not said or (found[3] in "-." and not found[5]):  # "tanggal 3-4" is two days, "Senin, 9.30" an hour
        return found[0]
    after = "," if found[1].endswith(",") or not found[1].casefold().startswith(("tanggal", "tgl")) else ""
    return f"{found[1].rstrip(',')}{after} {said}"


def _months_range(found: re.Match[str]) -> str:
    opened, day, month, year, last_day, last_month, last_year, closed = found.groups()
    first, last = _date_words(day, month, year), _date_words(last_day, last_month, last_year)
    is_fraction = not (year or last_year) and max(int(day), int(last_day)) < 10 and int(month) + int(last_month) <= 20
    if not first or not last or (is_fraction and not (opened and closed)):
        return found[0]
    said = f"{first} sampai {last}"
    return f", {said}," if opened and closed else f"{opened}{said}{closed}"


def _day_range(found: re.Match[str]) -> str:
    last = _date_words(found[2], found[3], found[4])
    between = "dan" if re.search(r"\d\s(?:dan|&)\s\d", found[0]) else "sampai"
    return f", {cardinal_words(int(found[1]))} {between} {last}," if last else found[0]


def _hours(word: str, first: str, last: str, zone: str | None) -> str:
    word = {"pkl": "pukul", "Pkl": "Pukul"}.get(word.rstrip("."), word)
    said = f"{word} {clock_words(first)}" + (f" sampai {word.lower()} {clock_words(last)}" if last else "")
    return f"{said} {spoken_words().kepanjangan[zone]}" if zone else said


def clock_words(text: str) -> str:
    """The hour as it stands, of twenty-four: "08.05" -> "delapan lewat lima menit"."""
    hour, minute, second = (*text.replace(":", ".").split("."), "", "")[:3]
    past = f" lewat {cardinal_words(int(minute))} menit" if minute and int(minute) else ""
    past += f" {cardinal_words(int(second))} detik" if second and int(second) else ""
    return cardinal_words(int(hour)) + past
