"""The group's plan as an iCalendar file (RFC 5545) for the calendar of a phone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.finished_files import finished_file
from studio.story.date_formats import zone_offset
from studio.story.hour_reading import OPEN_END, parse_hours
from studio.story.model import ANNOUNCED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from icalendar import Calendar, Event

    from studio.group.calendar_words import CalendarWords
    from studio.release.told_calendar import ToldCalendar, ToldEntry
    from studio.story.date_formats import Zone

ZONE_NAMES: Mapping[Zone, str] = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
"""As the tz database calls them; none of the three has had summer time since 1964."""
_ALARM = timedelta(minutes=-30)
_MORNING_ALARM = timedelta(hours=7)
"""After midnight: of what lasts all day a phone would else remind at night."""
_POST_LASTS = timedelta(minutes=30)


def phone_entries(told: ToldCalendar) -> tuple[ToldEntry, ...]:
    """What a phone is told: what is still to come, without plans that were kept and notices that are over."""
    return tuple(entry for entry in told.entries if entry.last >= told.span.today and _is_ahead(entry))


def _is_ahead(entry: ToldEntry) -> bool:
    # The day of a news story is that of what happened, even where it is today.
    told_of = entry.kind == "event" and entry.sort not in ANNOUNCED
    return entry.kind != "posted" and not entry.done and not entry.over and not told_of


def write_phone_calendar(path: Path, told: ToldCalendar, words: CalendarWords, name: str, now: datetime) -> int:
    """Write the file; a phone that took it before takes moved entries for the same ones.

    Args:
        path: it appears complete or not at all.
        told: what may be told.
        words: language, outlets, zone.
        name: what the phone calls the calendar.
        now: with time zone.

    Returns:
        How many entries it holds.

    Raises:
        UserError: ``calendar.nothing_ahead``, or it cannot be written there.
    """
    shown = phone_entries(told)
    if not shown:
        raise UserError("calendar.nothing_ahead")
    made = _calendar(name, words.zone)
    stamp = now.astimezone(UTC)
    for entry in shown:
        made.add_component(_event(entry, words, stamp))
    with finished_file(path) as part:
        part.write_bytes(made.to_ical())
    return len(shown)


def _calendar(name: str, zone: Zone) -> Calendar:
    from icalendar import Calendar, Timezone, TimezoneStandard

    made = Calendar()
    for key, value in (
        ("prodid", "-//KIM Studio//Kalender//ID"),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", name),
        ("x-wr-timezone", ZONE_NAMES[zone]),
    ):
        made.add(key, value)
    # Written out, so that no table of time zones is needed on the laptop or on the phone.
    hours = zone_offset(zone).utcoffset(None)
    told, standard = Timezone(), TimezoneStandard()
    told.add("tzid", ZONE_NAMES[zone])
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", hours)
    standard.add("tzoffsetto", hours)
    standard.add("tzname", zone)
    told.add_component(standard)
    made.add_component(told)
    return made


def _event(entry: ToldEntry, words: CalendarWords, stamp: datetime) -> Event:
    from icalendar import Alarm, Event

    made, title = Event(), entry_title(entry, words)
    made.add("uid", f"{entry.key}@kim-studio")
    made.add("dtstamp", stamp)
    made.add("sequence", entry.revision)
    made.add("summary", words.entry_line(entry.kind, title, entry.outlets, late=entry.late))
    timed = _add_time(made, entry, words.zone)
    if entry.place:
        made.add("location", entry.place)
    by = words.say("by", name=entry.by) if entry.by else ""
    hours = "" if timed else entry.hours  # "bakda Isya" is no time a phone knows
    told = "\n".join(part for part in (hours, by, entry.note) if part)
    if told:
        made.add("description", told)
    # Nobody is busy because a story is planned.
    made.add("transp", "OPAQUE" if entry.kind == "event" and timed else "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words.entry_line(entry.kind, title, entry.outlets))
    alarm.add("trigger", _ALARM if timed else _MORNING_ALARM)
    made.add_component(alarm)
    return made


def entry_title(entry: ToldEntry, words: CalendarWords) -> str:
    """The headline, or that the story is held back."""
    return words.say("held_back") if entry.hidden else entry.title


def _add_time(made: Event, entry: ToldEntry, zone: Zone) -> bool:
    """Begin and end; whether it has an hour, and does not last all day."""
    ends = parse_hours(entry.hours) if entry.kind == "event" else (entry.clock, "") if entry.clock else None
    if ends is None:
        made.add("dtstart", entry.first)
        made.add("dtend", entry.last + timedelta(1))  # the day after the last: RFC 5545, 3.6.1
        return False
    begin = _moment(entry.first, ends[0])
    made.add("dtstart", begin, parameters={"TZID": ZONE_NAMES[zone]})
    if ends[1] and ends[1] != OPEN_END:
        end = _moment(entry.first, ends[1])
        end += timedelta(1) if end <= begin else timedelta()
        made.add("dtend", end, parameters={"TZID": ZONE_NAMES[zone]})
    elif entry.kind == "plan":
        made.add("duration", _POST_LASTS)
    if entry.last > entry.first:
        # The hours hold for each of its days.
        made.add("rrule", {"freq": "daily", "count": (entry.last - entry.first).days + 1})
    return True


def _moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock))
