"""When and where something is: of a notice, or of an event to come, the fact box that readers plan by.

It is ``date``, ``date_end``, ``hours`` and ``place`` of the story. The answers to "when" and "where" fill it in as they
are typed; what was changed by hand stays, and the checks tell when the two differ. Nothing is filled in that nobody
said: a notice has no day and no place until they are known. What else a kind of
notice asks (``studio.story.service_kinds``) stands below it, from ``service_lines``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from studio.story.date_formats import full_days, local_day
from studio.story.date_reading import FoundDays, read_days
from studio.story.edits import StoryEdit, set_answer
from studio.story.hour_reading import hours_in_words, in_zone, read_hours, shown_hours
from studio.story.model import ANNOUNCED
from studio.story.regions import bare_village
from studio.story.service_kinds import COMMON

if TYPE_CHECKING:
    from datetime import date

    from studio.story.date_formats import Zone
    from studio.story.hour_reading import FoundHours
    from studio.story.model import Group, Story, StoryKind
    from studio.story.service_kinds import ServiceKind

FactName = Literal["date", "hours", "place"]
_OTHER_ROLE = re.compile(
    r"\b(?:paling\s+lambat|selambat\w*(?:-\w+)?|batas|tenggat|terakhir|pendaftaran|mendaftar\w*|daftar|registrasi|sejak"
    r"|sebelum|setelah|sesudah|menjelang|berlaku|pengambilan|diambil|gladi|rapat\s+persiapan|lahir"
    r"|nomor|tahun\s+lalu|bukan|semula|(?:di)?(?:tunda|undur|majukan|pindah\w*|geser|ubah)\s+dari)\b",
    re.IGNORECASE,
)
"""Before a day or hour that is not the one of the event."""
_OPENED = re.compile(r"\b(?:dibuka|ditutup)\b", re.IGNORECASE)
_ENTRY = re.compile(r"daftar|registrasi|lamaran|penerimaan|pengumpulan|pengajuan|usulan", re.IGNORECASE)
"""What is opened and closed before the event itself; of a health post or a road these words are the event."""
# Such a word and its day stand in one phrase: beyond sixty signs or a stop something else is meant.
_REACH = re.compile(r"[^.;]{0,60}")
_EVERY = re.compile(r"\b(?:setiap|tiap|tiap-tiap|saban)\s+(?:hari\s+)?$", re.IGNORECASE)
_WHERE_WORDS = re.compile(
    r"(?:(?:bertempat|berlokasi|lokasi(?:nya)?|tempat(?:nya)?)\s+di\s|(?:lokasi|tempat|di\s+mana)\s?:|di\s|ke\s)\s*",
    re.IGNORECASE,
)
_LIST_SIGN = re.compile(r"^(?:\d+[.)]|[-*•])\s+")
_UNKNOWN = re.compile(
    r"(?:(?:masih\s+)?belum\b.*|(?:tidak|tak|nggak|gak|enggak)\s+tahu\b.*|entah\b.*|[\W_]*)", re.IGNORECASE
)
"""An answer that names no place."""


@dataclass(frozen=True, slots=True)
class EventOccasion:
    """When and where, as the fields of a story keep it; "" for what is not given."""

    date: str = ""
    date_end: str = ""
    hours: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class FactLine:
    """One line of the fact box: ``name`` says which (its words are in ``labels.toml``), ``text`` what readers see."""

    name: FactName
    text: str


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One answer of a notice: ``label`` is the kind's own word for it, "" where ``labels.toml`` has the common one."""

    name: str
    label: str
    text: str


def fact_box(story: Story, zone: Zone) -> tuple[FactLine, ...]:
    """What readers get to know of when and where; empty for a story that announces nothing to come."""
    if story.kind not in ANNOUNCED:
        return ()
    facts = (
        FactLine("date", full_days(story.date, story.date_end)),
        FactLine("hours", shown_hours(story.hours, zone)),
        FactLine("place", " ".join(story.place.split())),
    )
    return tuple(fact for fact in facts if fact.text)


def service_lines(story: Story, kind: ServiceKind | None) -> tuple[ServiceLine, ...]:
    """What was answered to the fields of a notice's kind, in their order: for whom, what it costs, whom to ask ...

    Args:
        story: any story; a fact check tells its answers in its body.
        kind: of the notice; None (unknown here, or broken) shows the fields that all kinds share.
    """
    if story.kind not in ANNOUNCED:
        return ()
    names = kind.own_fields() if kind is not None else COMMON
    lines = []
    for name in names:
        parts = [
            _LIST_SIGN.sub("", line.strip()).rstrip(";,") for line in story.service_answers.get(name, "").splitlines()
        ]
        text = "; ".join(part for part in parts if part).rstrip(".")
        label = kind.asks[name].label if kind is not None and name in kind.asks else ""
        lines.append(ServiceLine(name, label, text))
    return tuple(line for line in lines if line.text)


def hours_beside(text: str, days: tuple[FoundDays, ...], *, loose: bool = False) -> tuple[FoundHours, ...]:
    """The hours in a text, without figures that are part of its dates."""
    found = read_hours(text, loose=loose)
    return tuple(h for h in found if not any(h.start < d.end and d.start < h.end and d.exact for d in days))


def of_other_role(text: str, at: int, days: tuple[FoundDays, ...], begin: int = 0) -> bool:
    """Whether the day or hours at a place are those of a registration, of a day that was put off, and the like.

    Such words count for the next day only: "daftar sampai 28 November, acara 1 Desember".

    Args:
        text: what was read.
        at: where the day or hours begin.
        days: every day that was read there.
        begin: where the sentence begins.
    """
    words = (_OTHER_ROLE, _OPENED) if _ENTRY.search(text, begin, at) else (_OTHER_ROLE,)
    last = max((found.end() for each in words for found in each.finditer(text, begin, at)), default=-1)
    if last < 0 or not _REACH.fullmatch(text, last, at):
        return False
    # "Pendaftaran" is said of the first day behind it; hours may have that day between them and the word.
    between = sum(last <= day.start and day.end <= at for day in days)
    return between <= (0 if any(day.start == at for day in days) else 1)


def is_recurring(text: str, day: FoundDays) -> bool:
    """Whether a day comes again and again: "setiap Selasa"."""
    return _EVERY.search(text, 0, day.start) is not None


def _event_day(text: str, days: tuple[FoundDays, ...]) -> FoundDays | None:
    """The day of the event itself, if one is given; else the first that is."""
    told = [day for day in days if not is_recurring(text, day)]
    own = [day for day in told if not of_other_role(text, day.start, days)]
    return next((day for part in (own, told) for day in part if day.exact), next(iter(own or told), None))


def read_occasion(
    when: str, where: str, kind: StoryKind, today: date, zone: Zone, *, since: bool = False
) -> EventOccasion:
    """What the answers to "when" and "where" say.

    Args:
        when: such as "Selasa, 1 Desember 2026, pukul 08.00 sampai 11.00 WIB", "besok jam 8".
        where: such as "di Balai Dusun Cibeureum".
        kind: news is past, the rest to come.
        today: for "besok" and for years that are left out.
        zone: of the group.
        since: the question was since when (``ServiceKind.since``): the day is past, also of a notice.
    """
    days = read_days(when, today, "past" if since or kind == "news" else "future", loose=True)
    told = _event_day(when, days)
    found = hours_beside(when, days, loose=True)
    hours = [each for each in found if not of_other_role(when, each.start, days)] or found
    first, last = (told.first, told.last) if told else (None, None)
    return EventOccasion(
        first.isoformat() if first else "",
        last.isoformat() if last and last != first else "",
        in_zone(hours[0], zone) if hours else hours_in_words(when),
        place_of(where),
    )


def place_of(where: str) -> str:
    """The place an answer names: ``di Balai Dusun`` is ``Balai Dusun``."""
    place = " ".join(where.split()).rstrip(".,;").rstrip()
    if _UNKNOWN.fullmatch(place):
        return ""
    if before := _WHERE_WORDS.match(place):
        place = place[before.end() :]
    return place[:1].upper() + place[1:]


def answer_question(
    which: Literal["when", "where"], text: str, group: Group, today: date, *, since: bool = False
) -> StoryEdit:
    """Answer "when" or "where"; day, hours and place follow as long as they say what the answer said before.

    Args:
        which: the question.
        text: the answer.
        group: for the time zone.
        today: the day it is typed on.
        since: as in ``read_occasion``.
    """
    plain = set_answer(which, text)

    def apply(story: Story) -> Story:
        after = plain.apply(story)
        if after is story:
            return story
        zone = group.time_zone
        before_told, told = (
            read_occasion(said.when, said.where, story.kind, today, zone, since=since)
            for said in (story.answers, after.answers)
        )
        return _follow_answer(after, before_told, told, which, today, zone)

    return StoryEdit(plain.label, apply, plain.merge)


def _days_of_begin(story: Story, today: date, zone: Zone) -> frozenset[str]:
    """The days that a story has because it was begun then: nobody chose them."""
    begun = local_day(story.created, zone)
    return frozenset({today.isoformat(), begun.isoformat() if begun is not None else ""})


def _follow_answer(
    story: Story, before: EventOccasion, told: EventOccasion, which: str, today: date, zone: Zone
) -> Story:
    changes: dict[str, str] = {}
    announced = story.kind in ANNOUNCED
    if which == "when" and (announced or (story.kind == "news" and told.date)):
        # A news story is dated today when it is begun: that day was chosen by nobody and may be replaced.
        untouched = {"", before.date} if announced else {"", before.date, *_days_of_begin(story, today, zone)}
        if story.date in untouched:
            changes |= {"date": told.date, "date_end": told.date_end if announced else ""}
        if announced and story.hours in {"", before.hours}:
            changes["hours"] = told.hours
    if which == "where" and announced and story.place in {"", before.place}:
        changes["place"] = told.place
    return replace(story, **changes) if changes else story


def set_days(first: str, last: str = "") -> StoryEdit:
    """Set the day of the event, or its first and last."""
    end = last if last > first else ""

    def apply(story: Story) -> Story:
        same = (story.date, story.date_end) == (first, end)
        return story if same else replace(story, date=first, date_end=end)

    return StoryEdit("edit.date", apply, merge="field:date")


def begin_story(kind: StoryKind, group: Group, today: date, *, since: bool = False) -> StoryEdit:
    """Say what sort of story it is, while it is still empty.

    News begins with today and the village; what is to come begins without a day and a place, unless its answers name
    them already (``since`` as in ``read_occasion``). What was filled in by hand stays.
    """

    def apply(story: Story) -> Story:
        if story.kind == kind:
            return story
        village = bare_village(group.village)
        day = today.isoformat()
        after = replace(story, kind=kind)
        if kind in ANNOUNCED:
            if story.kind not in ANNOUNCED:
                kept_day = "" if story.date in _days_of_begin(story, today, group.time_zone) else story.date
                after = replace(after, date=kept_day, place="" if story.place == village else story.place)
            told = read_occasion(story.answers.when, story.answers.where, kind, today, group.time_zone, since=since)
            return replace(
                after,
                date=after.date or told.date,
                date_end=after.date_end or ("" if after.date else told.date_end),
                hours=after.hours or told.hours,
                place=after.place or told.place,
            )
        return replace(after, date=story.date or day, place=story.place or village, date_end="", hours="")

    return StoryEdit("edit.kind", apply)
