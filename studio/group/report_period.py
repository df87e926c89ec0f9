"""The stretch of days a report is about: a month, a quarter, a half year, a year, or any days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from typing import TYPE_CHECKING, Literal

from studio.base.errors import UserError
from studio.base.locale_forms import FORMS, long_day
from studio.group.typed_values import read_day

if TYPE_CHECKING:
    from studio.base.locale_forms import Language

PeriodKind = Literal["month", "quarter", "semester", "year", "dates"]
PERIOD_KINDS: tuple[PeriodKind, ...] = ("month", "quarter", "semester", "year", "dates")
_MONTHS: dict[PeriodKind, int] = {"month": 1, "quarter": 3, "semester": 6, "year": 12}
_CODE = re.compile(r"(\d{4})(?:-(?:(\d\d?)|[QqTt]([1-4])|[Ss]([12])))?")


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """Days from ``first`` to ``last``, both included."""

    kind: PeriodKind
    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day <= self.last

    @property
    def code(self) -> str:
        """``2026-11``, ``2026-Q4``, ``2026-S2``, ``2026`` or ``2026-11-01_2026-11-15``; fit for a file's name."""
        year, month = self.first.year, self.first.month
        codes: dict[PeriodKind, str] = {
            "month": f"{year:04}-{month:02}",
            "quarter": f"{year:04}-Q{(month + 2) // 3}",
            "semester": f"{year:04}-S{(month + 5) // 6}",
            "year": f"{year:04}",
        }
        return codes.get(self.kind, f"{self.first}_{self.last}")

    @property
    def months(self) -> tuple[tuple[int, int], ...]:
        """Every calendar month it touches, as year and month, in order."""
        begin, end = _month_number(self.first), _month_number(self.last)
        # Months counted from year 0, so that a stretch over New Year is a plain range.
        return tuple((number // 12, number % 12 + 1) for number in range(begin, end + 1))

    @property
    def plans_until(self) -> date:
        """The last day of the stretch of the same kind that follows: plans up to there belong to the report."""
        if self.kind in _MONTHS:
            return _part(self.kind, *_after(self)).last
        ahead = self.last.toordinal() + (self.last - self.first).days + 1
        return date.fromordinal(min(ahead, date.max.toordinal()))


def read_period(text: str) -> ReportPeriod:
    """The stretch a code names: ``2026-11``, ``2026-Q4`` (or ``T4``), ``2026-S2``, ``2026``.

    Raises:
        UserError: ``report.period_unknown``.
    """
    found = _CODE.fullmatch(text.strip())
    if found is None:
        raise UserError("report.period_unknown", given=text)
    year, month, quarter, half = (int(part) if part else 0 for part in found.groups())
    if not 1900 <= year <= MAXYEAR - 1 or (found[2] and not 1 <= month <= 12):
        raise UserError("report.period_unknown", given=text)
    if month:
        return _part("month", year, month)
    if quarter:
        return _part("quarter", year, quarter * 3 - 2)
    return _part("semester", year, half * 6 - 5) if half else _part("year", year, 1)


def period_around(kind: PeriodKind, day: date) -> ReportPeriod:
    """The month, quarter, half year or year in which a day lies; for ``dates`` its month."""
    size = _MONTHS.get(kind, 1)
    part = _part(kind if kind in _MONTHS else "month", day.year, (day.month - 1) // size * size + 1)
    return part if kind in _MONTHS else ReportPeriod("dates", part.first, part.last)


def period_between(first: str, last: str) -> ReportPeriod:
    """The days between two dates, typed as ``read_day`` takes them.

    Raises:
        UserError: ``report.date_unreadable``, or ``report.period_reversed``.
    """
    days = [read_day(text) for text in (first, last)]
    for day, text in zip(days, (first, last), strict=True):
        if day is None:
            raise UserError("report.date_unreadable", given=text)
    begin, end = (day for day in days if day is not None)
    if end < begin:
        raise UserError("report.period_reversed", first=first, last=last)
    return ReportPeriod("dates", begin, end)


def ask_begun(period: ReportPeriod, today: date) -> None:
    """Make sure there can be something to report.

    Raises:
        UserError: ``report.period_future``: it has not begun.
    """
    if period.first > today:
        raise UserError("report.period_future", first=period.first, today=today)


def next_period(period: ReportPeriod, steps: int) -> ReportPeriod:
    """The stretch of the same kind so many steps later; dates move by their own length."""
    if period.kind in _MONTHS:
        number = _month_number(period.first) + steps * _MONTHS[period.kind]
        number = min(max(number, 1900 * 12), (MAXYEAR - 1) * 12)
        return _part(period.kind, number // 12, number % 12 + 1)
    move = timedelta(days=steps * ((period.last - period.first).days + 1))
    return ReportPeriod("dates", period.first + move, period.last + move)


def period_words(period: ReportPeriod, language: Language, quarter: str, semester: str) -> str:
    """``November 2026``, ``Triwulan IV 2026``, ``Semester II 2026``, ``2026`` or ``1 November 2026 – 15 ...``.

    Args:
        period: the stretch.
        language: of the month.
        quarter: the word for one.
        semester: the word for one.
    """
    year, month = period.first.year, period.first.month
    if period.kind == "month":
        return f"{FORMS[language].months[month - 1]} {year}"
    if period.kind == "quarter":
        return f"{quarter} {('I', 'II', 'III', 'IV')[(month - 1) // 3]} {year}"
    if period.kind == "semester":
        return f"{semester} {('I', 'II')[(month - 1) // 6]} {year}"
    if period.kind == "year":
        return str(year)
    return f"{long_day(period.first, language)} – {long_day(period.last, language)}"


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _after(period: ReportPeriod) -> tuple[int, int]:
    number = min(_month_number(period.first) + _MONTHS[period.kind], (MAXYEAR - 1) * 12)
    return number // 12, number % 12 + 1


def _part(kind: PeriodKind, year: int, month: int) -> ReportPeriod:
    end = month + _MONTHS[kind] - 1
    return ReportPeriod(kind, date(year, month, 1), date(year, end, monthrange(year, end)[1]))
