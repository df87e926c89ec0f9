"""Values of the group's records as people type them, and back: integers, lists, coordinates, web addresses."""

from __future__ import annotations

import re
from datetime import date

from studio.base.locale_forms import number_text
from studio.story.date_formats import parse_date

_COUNT = re.compile(r"\d+|\d{1,3}(?:([.,' \u00a0\u202f])\d{3})(?:\1\d{3})*", re.ASCII)
"""Thousands are set apart by one sign throughout: "1.5" and "1,2" are no counts, and must not become 15 and 12."""
_NO_DIGIT = re.compile(r"\D+")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_DEGREES = re.compile(rf"({_NUMBER.pattern})\s*(?:[;,/ ]\s*|\s+)({_NUMBER.pattern})")
_DAY = re.compile(r"(\d\d?)[/. -](\d\d?)[/. -](\d{4}|\d{2})")
MOST_COUNT = 10_000_000_000
"""A larger number is a slip of the finger."""


def read_count(text: str) -> int | None:
    """``1.250``, ``1,250`` or ``1250`` as an integer from 0; None for anything else."""
    if _COUNT.fullmatch(text.strip()) is None:
        return None
    # The pattern has made sure that what is taken out can only be thousands signs.
    count = int(_NO_DIGIT.sub("", text))
    return count if count <= MOST_COUNT else None


def read_price(text: str) -> int | None:
    """Rupiah as people type them, ``25.000``, ``Rp 25.000`` or ``Rp25.000,-``; None for anything else."""
    bare = text.strip().casefold().removeprefix("rp").removeprefix(".").removesuffix(",-").removesuffix(",00")
    return read_count(bare)


def count_text(count: int | None) -> str:
    """An integer as Indonesian writes it, ``1.250``; "" for None."""
    return "" if count is None else number_text(count)


def read_day(text: str) -> date | None:
    """``22/11/2026``, ``22-11-26`` or ``2026-11-22`` as a day; None for anything else."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return parse_date(text)
    day, month, year = map(int, found.groups())
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def read_coordinates(text: str) -> tuple[float, float] | None:
    """``-8,1946; 111,2045`` or ``-8.1946, 111.2045`` as latitude and longitude in degrees; None for anything else."""
    found = _DEGREES.fullmatch(text.strip())
    if found is None:
        return None
    latitude, longitude = (float(part.replace(",", ".")) for part in found.groups())
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def coordinates_text(place: tuple[float, float] | None) -> str:
    """Latitude and longitude with points, as maps write them: ``-8.1946, 111.2045``; to six decimals, a decimetre."""
    return "" if place is None else ", ".join(_degrees_text(part) for part in place)


def _degrees_text(degrees: float) -> str:
    # Decimals and not digits: six digits of 111.2045 leave 50 m open, and a place at the equator becomes "5e-05".
    text = f"{degrees:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def read_year(text: str) -> int | None:
    """``2018`` as a number; None for nothing.

    Raises:
        ValueError: no year from 1900 to 2200.
    """
    if not text.strip():
        return None
    year = int(text.strip())
    if not 1900 <= year <= 2200:
        raise ValueError(text)
    return year


def lines_text(items: tuple[str, ...]) -> str:
    """A list, an entry a line."""
    return "\n".join(items)


def read_lines(text: str) -> tuple[str, ...]:
    """The lines that say something, each once."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def read_words(text: str) -> tuple[str, ...]:
    """Entries between commas, each once."""
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def words_text(items: tuple[str, ...]) -> str:
    """Entries between commas."""
    return ", ".join(items)
