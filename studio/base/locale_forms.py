"""Dates, numbers and plurals in the two languages of the interface: the one table, derived from CLDR (``id``, ``en``).

A test holds it against the CLDR that Qt carries. Only what the studio writes stands here: what writers may write
instead ("Peb.", "Ahad") is read by ``story.date_reading``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Language = Literal["id", "en"]


@dataclass(frozen=True, slots=True)
class LocaleForms:
    """How one language writes.

    Attributes:
        months, short_months: January first (CLDR: months, format, wide and abbreviated).
        weekdays, short_weekdays: Monday first, as ``date.weekday()`` counts (CLDR: days, format, wide and abbreviated).
        decimal, group: the signs in numbers (CLDR: symbols, latn).
        clock: the sign between hours and minutes (CLDR: timeFormats; EYD V, "Tanda Titik").
        one: whether one thing has a form of its own (CLDR: plurals, cardinal); Indonesian has one form for all.
    """

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    decimal: str
    group: str
    clock: str
    one: bool


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FORMS: Mapping[Language, LocaleForms] = {
    "id": LocaleForms(
        months=_names("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"),
        short_months=_names("Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des"),
        weekdays=_names("Senin Selasa Rabu Kamis Jumat Sabtu Minggu"),
        short_weekdays=_names("Sen Sel Rab Kam Jum Sab Min"),
        decimal=",",
        group=".",
        clock=".",
        one=False,
    ),
    "en": LocaleForms(
        months=_names("January February March April May June July August September October November December"),
        short_months=_names("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
        weekdays=_names("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
        short_weekdays=_names("Mon Tue Wed Thu Fri Sat Sun"),
        decimal=".",
        group=",",
        clock=":",
        one=True,
    ),
}
MONTHS, WEEKDAYS = FORMS["id"].months, FORMS["id"].weekdays


def number_text(value: float, language: Language = "id", digits: int = 0) -> str:
    """``1.250.000`` or ``1.204,5`` in Indonesian, ``1,204.5`` in English.

    Args:
        value: any finite number.
        language: whose signs.
        digits: digits after the decimal sign; rounded, halves to even as Python does.
    """
    forms = FORMS[language]
    return f"{value:,.{digits}f}".translate({ord(","): forms.group, ord("."): forms.decimal})


def number_value(text: str, language: Language = "id") -> float:
    """The number that ``number_text`` wrote.

    Raises:
        ValueError: ``text`` is no number.
    """
    forms = FORMS[language]
    return float(text.replace(forms.group, "").replace(forms.decimal, "."))


def decimal_text(value: str, language: Language = "id") -> str:
    """Digits with a point, as Python writes them, with the decimal sign of a language: ``29.97`` -> ``29,97``."""
    return value.replace(".", FORMS[language].decimal)


def long_day(day: date, language: Language = "id") -> str:
    """``22 November 2026``, in both languages in this order (the interface's English is British)."""
    return f"{day.day} {FORMS[language].months[day.month - 1]} {day.year}"


def short_day(day: date, language: Language = "id", *, year: bool = False) -> str:
    """``22 Nov``, or ``22 Nov 2026``."""
    words = f"{day.day} {FORMS[language].short_months[day.month - 1]}"
    return f"{words} {day.year}" if year else words


def plural_form(count: int, language: Language) -> Literal["one", "other"]:
    """Which form of a noun stands beside an integer."""
    return "one" if FORMS[language].one and count == 1 else "other"
