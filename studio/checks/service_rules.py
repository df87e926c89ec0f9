"""What a kind of notice needs: its required answers, and of a disaster an official source of the last 24 hours.

A warning that is a day old is worse than none: people stay at home, or leave it, by what was true yesterday.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from studio.checks.finding import Finding, TextFix
from studio.story.date_formats import date_and_clock, long_date, parse_date, parse_moment, zone_offset
from studio.story.date_reading import read_days
from studio.story.hour_reading import in_zone
from studio.story.model import ANNOUNCED
from studio.story.occasion import hours_beside
from studio.story.places import TextPlace
from studio.story.service_answers import service_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.finding import Level
    from studio.story.date_formats import Zone
    from studio.story.model import Group, Story
    from studio.story.service_kinds import ServiceKind

MOST_AGE = timedelta(hours=24)
"""How old the official source of a disaster may be."""
_RULE = "KEJ pasal 3"
_UPDATED = re.compile(r"\b(?:diperbarui|diperbaharui|dimutakhirkan|pembaruan|pemutakhiran|update)\b", re.IGNORECASE)
_TO_COME = frozenset({"draft", "review", "ready"})
_ADDRESSES = {"what": "answers/what", "when": "date", "where": "place", "until": "valid_until"}


def check_service(story: Story, group: Group, kind: ServiceKind | None, now: str = "") -> tuple[Finding, ...]:
    """Findings of topic ``facts`` about the form of a notice.

    Args:
        story: any story; only one with a kind has findings.
        group: for the time zone.
        kind: of the notice; None for none, or for one that is not known here.
        now: ISO moment, or only the day: then a source of that day and of the day before counts; "" skips its age.
    """
    if kind is None or story.service != kind.id:
        return ()
    missing = [name for name in kind.required if not _is_answered(story, name)]
    found = [
        Finding("service_missing", "warning", "facts", _answer_place(name), {"question": _question(kind, name)}, _RULE)
        for name in missing
        if not (kind.official and name == "source")
    ]
    if kind.official and story.kind in ANNOUNCED:
        found += _source_findings(story, group, now)
    return tuple(found)


def _is_answered(story: Story, name: str) -> bool:
    field = {"when": story.date, "where": story.place}
    return bool(field.get(name, service_answer(story, name)).strip())


def _question(kind: ServiceKind, name: str) -> object:
    return (kind.asks[name].ask if name in kind.asks else None) or name


def _answer_place(name: str) -> TextPlace:
    return TextPlace(_ADDRESSES.get(name, f"service_answers/{name}"))


def _source_findings(story: Story, group: Group, now: str) -> Iterator[Finding]:
    # What was right when it appeared stays so: only what is still to go out needs a fresh source.
    level: Level = "block" if story.status in _TO_COME and not story.publications else "advice"
    text = story.service_answers.get("source", "")
    place = TextPlace("service_answers/source")
    if not text.strip():
        yield Finding("service_no_source", level, "facts", place, {}, _RULE)
        return
    present = _present(now, group.time_zone)
    told = source_moment(text, present.date() if present else parse_date(story.modified), group.time_zone)
    if told is None:
        yield Finding("service_source_undated", level, "facts", place, {}, _RULE, _day_fixes(text, present))
    # An hour ahead is accepted: a clock that is slow must not turn down the freshest source.
    elif present is not None and not -MOST_AGE / 24 <= present - told <= MOST_AGE:
        when = date_and_clock(told.isoformat(), group.time_zone)
        code = "service_source_old" if told < present else "service_source_ahead"
        yield Finding(code, level, "facts", place, {"when": when}, _RULE)


def source_moment(text: str, near: date | None, zone: Zone) -> datetime | None:
    """Day and hour that a source names, on the group's clock; None when one of them is missing.

    Args:
        text: such as "BMKG, 30 November 2026 pukul 14.00 WIB". "Hari ini" is no day: tomorrow it is another one.
        near: for years that are left out.
        zone: of the group.
    """
    if near is None:
        return None
    # A warning that was brought up to date is as fresh as its latest version.
    updates = [text[found.end() :] for found in _UPDATED.finditer(text)]
    moments = (_first_moment(part, near, zone) for part in (*reversed(updates), text))
    return next((moment for moment in moments if moment is not None), None)


def _first_moment(text: str, near: date, zone: Zone) -> datetime | None:
    days = read_days(text, near, "past", loose=True)
    day = next((day.first for day in days if day.first and day.exact), None)
    hours = next((in_zone(found, zone) for found in hours_beside(text, days, loose=True)), "")
    if day is None or not hours:
        return None
    hour, minute = (int(part) for part in hours.partition("/")[0].split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone_offset(zone))


def _day_fixes(text: str, present: datetime | None) -> tuple[TextFix, ...]:
    """The date in place of "hari ini"."""
    days = read_days(text, present.date(), "past", loose=True) if present is not None else ()
    return tuple(
        TextFix(TextPlace("service_answers/source", day.start, day.end), long_date(day.first.isoformat()))
        for day in days[:1]
        if day.first and not day.exact
    )


def _present(now: str, zone: Zone) -> datetime | None:
    moment = parse_moment(now)
    if moment is not None:
        return moment.astimezone(zone_offset(zone))
    day = parse_date(now)
    return datetime(day.year, day.month, day.day, tzinfo=zone_offset(zone)) if day is not None else None
