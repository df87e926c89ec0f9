"""National days: those of every year, and the days off of a year as its decree has them. Pure.

Religious days and joint leave move, and nobody knows them before three ministers have decreed them: a year without its
data is unknown, never guessed. The files are ``assets/calendar/*.toml`` (docs/format.md, "National days").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from studio.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DayKind = Literal["holiday", "leave", "observance"]
"""A public holiday, joint leave (cuti bersama), or a day that is kept and worked."""
_KEYS = {"date": str, "name": str, "source": str, "holiday": bool, "leave": bool, "since": int}
_DATE = re.compile(r"(\d\d)-(\d\d)")
_LEAP = 2000
"""A year that has every date."""


@dataclass(frozen=True, slots=True)
class NationalDay:
    """One day: ``source`` is the decree that made it; ``since`` the first year of one that comes every year."""

    name: str
    kind: DayKind
    source: str
    since: int = 0


@dataclass(frozen=True, slots=True)
class DayFile:
    """What one file says.

    Attributes:
        year: whose days off these are; 0 for days of every year.
        source: of the year.
        days: by month and day, in the order of the file.
    """

    year: int
    source: str
    days: tuple[tuple[tuple[int, int], NationalDay], ...]


@dataclass(frozen=True)
class NationalDays:
    """All days that are known; ``every_year`` and ``years`` hold what ``DayFile`` does."""

    every_year: tuple[DayFile, ...] = ()
    years: Mapping[int, DayFile] = field(default_factory=dict)

    def days_on(self, day: date) -> tuple[NationalDay, ...]:
        """The days of a date: days off first, each name once."""
        at = (day.month, day.day)
        told = self.years.get(day.year)
        off = [known for when, known in told.days if when == at] if told is not None else []
        fixed = [
            known
            for file in self.every_year
            for when, known in file.days
            # In a year that is known its decree alone says which days are off.
            if when == at and known.since <= day.year and not (off and known.kind == "holiday")
        ]
        found = {known.name: known for known in (*off, *fixed)}
        return tuple(sorted(found.values(), key=lambda known: known.kind == "observance"))

    def source(self, year: int) -> str:
        """The decree of a year; "" where its movable days are not known."""
        told = self.years.get(year)
        return told.source if told is not None else ""


def join_days(files: Iterable[DayFile]) -> NationalDays:
    """All files together; of two for one year the later one holds, as a decree is changed by another."""
    every_year: list[DayFile] = []
    years: dict[int, DayFile] = {}
    for file in files:
        if file.year:
            years[file.year] = file
        else:
            every_year.append(file)
    return NationalDays(tuple(every_year), years)


def read_day_file(found: Mapping[str, Any], name: str) -> DayFile:
    """A file that was read as TOML.

    Args:
        found: its tables.
        name: of the file, for the error.

    Raises:
        UserError: ``calendar.days_file``: something in it is no day; says what.
    """
    year, source, rows = found.get("year", 0), found.get("source", ""), found.get("day", [])
    unknown = [key for key in found if key not in {"year", "source", "day"}]
    if unknown or not isinstance(year, int) or not isinstance(source, str) or not isinstance(rows, list):
        raise UserError("calendar.days_file", file=name, what=", ".join(unknown) or "year, source, [[day]]")
    if year and not (1945 <= year <= 9999 and source.strip()):
        raise UserError("calendar.days_file", file=name, what="year, source")
    return DayFile(year, source.strip(), tuple(_read_row(row, year, source, name) for row in rows))


def _read_row(row: object, year: int, source: str, name: str) -> tuple[tuple[int, int], NationalDay]:
    if not isinstance(row, dict):
        raise UserError("calendar.days_file", file=name, what="[[day]]")
    for key, value in row.items():
        if key not in _KEYS or type(value) is not _KEYS[key]:
            raise UserError("calendar.days_file", file=name, what=f"{key} = {value}")
    title = " ".join(str(row.get("name", "")).split())
    when = _read_date(str(row.get("date", "")), year)
    if when is None or not title:
        raise UserError("calendar.days_file", file=name, what=f"{row.get('date', '')} {title}".strip() or "date, name")
    off: DayKind = "holiday" if year or row.get("holiday") else "observance"
    kind: DayKind = "leave" if row.get("leave") else off
    return when, NationalDay(title, kind, str(row.get("source", source)).strip(), int(row.get("since", 0)))


def _read_date(text: str, year: int) -> tuple[int, int] | None:
    hit = _DATE.fullmatch(text)
    try:
        day = date(year or _LEAP, int(hit[1]), int(hit[2])) if hit else None
    except ValueError:
        return None
    return (day.month, day.day) if day is not None else None
