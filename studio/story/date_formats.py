"""Dates and times the way Indonesian news writes them.

Everything takes the ISO 8601 strings of the document (``2026-11-22``, or with time and offset) and gives "" for one
that is empty or unreadable: a date that was not given is not printed. Names and order follow CLDR's ``id``; the
clock has a point (``09.05``), as EYD V asks.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal

from studio.base.locale_forms import FORMS, MONTHS, WEEKDAYS, long_day

Zone = Literal["WIB", "WITA", "WIT"]

_RSS = FORMS["en"]


def zone_offset(zone: Zone) -> timezone:
    """The offset of an Indonesian time zone: WIB +7, WITA +8, WIT +9 hours (Keppres 41/1987)."""
    return timezone(timedelta(hours={"WIB": 7, "WITA": 8, "WIT": 9}[zone]))


def _local_time(moment: datetime, zone: Zone) -> datetime:
    """The same moment on the group's clock; a time without an offset is local already."""
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(zone_offset(zone))
    except OverflowError:  # the first or last day of the calendar
        return moment


def parse_moment(text: str) -> datetime | None:
    """The moment of an ISO string that has a time of day; None for a mere date, "" or anything unreadable."""
    try:
        # ``fromisoformat`` takes a mere date as well, and would make midnight of it.
        return datetime.fromisoformat(text.strip()) if len(text.strip()) > 10 else None
    except ValueError:
        return None


def parse_date(text: str) -> date | None:
    """The day of an ISO string, with or without a time; None when it is empty or unreadable."""
    if moment := parse_moment(text):
        return moment.date()
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def local_day(text: str, zone: Zone) -> date | None:
    """The day of an ISO string on the group's calendar: late in the evening elsewhere may be the next day here."""
    moment = parse_moment(text)
    return _local_time(moment, zone).date() if moment is not None else parse_date(text)


def weekday(text: str) -> str:
    """``Minggu``."""
    day = parse_date(text)
    return WEEKDAYS[day.weekday()] if day else ""


def long_date(text: str) -> str:
    """``22 November 2026``."""
    day = parse_date(text)
    return long_day(day) if day else ""


def full_date(text: str) -> str:
    """``Minggu, 22 November 2026``."""
    return f"{weekday(text)}, {long_date(text)}" if parse_date(text) else ""


def full_days(first: str, last: str) -> str:
    """``Selasa–Kamis, 1–3 Desember 2026``; one day as in ``full_date``, also when the last is none or before it."""
    begin, end = parse_date(first), parse_date(last)
    if begin is None or end is None or end <= begin:
        return full_date(first)
    if (begin.year, begin.month) != (end.year, end.month):
        named = f"{weekday(first)}, {begin.day} {MONTHS[begin.month - 1]}"
        return f"{named if begin.year == end.year else full_date(first)}–{full_date(last)}"
    return f"{weekday(first)}–{weekday(last)}, {begin.day}–{long_date(last)}"


def day_parts(first: str, last: str) -> tuple[str, str, str]:
    """``full_days`` for a card that shows the day large: weekdays, day of the month, and what comes after it.

    ``("Selasa–Kamis", "1–3", "Desember 2026")``; over the end of a month ``("Senin–Rabu", "30", "November–2 Desember
    2026")``. Empty strings where there is no date.
    """
    begin, end = parse_date(first), parse_date(last)
    if begin is None:
        return "", "", ""
    name = MONTHS[begin.month - 1]
    month = f"{name} {begin.year}"
    if end is None or end <= begin:
        return weekday(first), str(begin.day), month
    days = f"{weekday(first)}–{weekday(last)}"
    if (begin.year, begin.month) == (end.year, end.month):
        return days, f"{begin.day}–{end.day}", month
    return days, str(begin.day), f"{name if begin.year == end.year else month}–{long_date(last)}"


def short_days(first: str, last: str) -> str:
    """``1–3/12/2026``; one day as in ``short_date``."""
    begin, end = parse_date(first), parse_date(last)
    if begin is None or end is None or end <= begin:
        return short_date(first)
    if (begin.year, begin.month) == (end.year, end.month):
        return f"{begin.day}–{short_date(last)}"
    return (
        f"{begin.day}/{begin.month}–{short_date(last)}"
        if begin.year == end.year
        else f"{short_date(first)}–{short_date(last)}"
    )


def short_date(text: str) -> str:
    """``22/11/2026``."""
    day = parse_date(text)
    return f"{day.day}/{day.month}/{day.year}" if day else ""


def news_date(text: str) -> str:
    """``Minggu (22/11/2026)``, the form inside a news sentence."""
    return f"{weekday(text)} ({short_date(text)})" if parse_date(text) else ""


def news_days(first: str, last: str) -> str:
    """``Selasa–Kamis (1–3/12/2026)``; one day as in ``news_date``."""
    if full_days(first, last) == full_date(first):
        return news_date(first)
    return f"{weekday(first)}–{weekday(last)} ({short_days(first, last)})"


def clock(text: str, zone: Zone) -> str:
    """``09.05 WIB``, in the group's own zone; "" when the string has no time of day.

    A time without an offset is taken as it stands, to be local.
    """
    moment = parse_moment(text)
    if moment is None:
        return ""
    return f"{_local_time(moment, zone):%H.%M} {zone}"


def date_and_clock(text: str, zone: Zone) -> str:
    """``Minggu, 22 November 2026 pukul 09.05 WIB``; without the time when there is none."""
    moment = parse_moment(text)
    if moment is None:
        return full_date(text)
    return f"{full_date(_local_time(moment, zone).isoformat())} pukul {clock(text, zone)}"


def zoned_iso(text: str, zone: Zone) -> str:
    """``2026-11-22T09:05:00+07:00``, with offset as schema.org wants it; a mere date stays one; "" for none."""
    moment = parse_moment(text)
    if moment is None:
        day = parse_date(text)
        return day.isoformat() if day else ""
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone_offset(zone))).isoformat(timespec="seconds")


def feed_date(text: str, zone: Zone) -> str:
    """``Sun, 22 Nov 2026 02:05:00 +0000``: the form of RSS (RFC 822, in English); a mere date is midnight here."""
    iso = zoned_iso(text, zone)
    if not iso:
        return ""
    moment = datetime.fromisoformat(iso)
    local = moment if moment.tzinfo else moment.replace(tzinfo=zone_offset(zone))
    try:
        utc = local.astimezone(UTC)
    except OverflowError:
        return ""
    return (
        f"{_RSS.short_weekdays[utc.weekday()]}, {utc.day:02} {_RSS.short_months[utc.month - 1]} {utc:%Y %H:%M:%S} +0000"
    )
