"""When and where, of notices and events to come: the fact box against the answers and the text (KEJ pasal 3).

Readers plan by the card, the status and the notice board, and these show the fact box. So a block stands where answers,
headline, summary, lead or a line such as "Tempat: ..." name another day, hour or place, and where the day has passed
before the story went out. Other days may be in the text: until when to register, when someone said something, a
timetable. They count only when the day of the box is named nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from studio.base.locale_forms import WEEKDAYS
from studio.checks.days import day_of
from studio.checks.finding import Finding, TextFix
from studio.checks.text_passages import TextPassage, text_paragraphs
from studio.story.date_formats import full_days, parse_date
from studio.story.date_reading import read_days, weekday_of
from studio.story.expiry import is_past
from studio.story.hour_reading import in_zone, parse_hours, shown_hours
from studio.story.model import ANNOUNCED
from studio.story.occasion import hours_beside, is_recurring, of_other_role, place_of
from studio.story.places import TextPlace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.finding import Level
    from studio.story.date_formats import Zone
    from studio.story.date_reading import FoundDays
    from studio.story.hour_reading import FoundHours
    from studio.story.model import Group, Story

_RULE = "KEJ pasal 3"
_STILL_TO_COME = frozenset({"draft", "review", "ready"})
_SAID = re.compile(
    r"\b(?:kata|ujar|ucap|tutur|ungkap|jelas|terang|papar|imbuh|tegas|tambah)(?:nya)?\b|\b(?:ditemui|dihubungi|difoto)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^\W*(?P<label>hari(?:\s*[,/]\s*tanggal)?|tanggal|tgl\.?|waktu|kapan|pukul|jam|tempat|lokasi|di\s*mana)\W*:\W*(?P<said>\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_PLACE_LABEL = re.compile(r"tempat|lokasi|mana", re.IGNORECASE)
_VENUE = (
    "balai|aula|gedung|kantor|lapangan|halaman|masjid|musala|mushola|musholla|gereja|pura|vihara|pasar|sekolah|sd|sdn|smp"
    "|smpn|sma|sman|smk|smkn|mi|mts|ma|tk|paud|pendopo|pendapa|posyandu|puskesmas|pustu|polindes|poskesdes|rumah"
    "|alun-alun|stadion|gor|taman|terminal|dermaga|pelabuhan|sanggar|bale|posko|stasiun|hotel|kampus|pesantren|ponpes"
    "|waduk|embung"
)
_WITHIN = ("desa", "dusun", "kelurahan", "kecamatan", "kampung", "raya", "warga")
_AT = re.compile(
    rf"\b(?i:di|ke)\s+(?P<place>(?i:{_VENUE})\b(?:\s+(?:(?i:{_VENUE}|{'|'.join(_WITHIN)})\b"
    r"|[A-Z0-9][\w./-]*\w|[A-Z0-9]))*)"
)
_GENERIC = frozenset((*_VENUE.split("|"), *_WITHIN))


@dataclass(frozen=True, slots=True)
class _EventText:
    """A text that is about the event itself; ``field`` and ``at`` say where it begins."""

    field: str
    at: int
    text: str
    loose: bool = False

    def text_place(self, start: int, end: int) -> TextPlace:
        return TextPlace(self.field, self.at + start, self.at + end)


def check_occasion(story: Story, group: Group, today: str = "") -> tuple[Finding, ...]:
    """Findings of topic ``facts`` about day, hours and place.

    Args:
        story: any story; only notices and events to come have findings.
        group: for the time zone.
        today: ISO date; "" skips whether the day has passed.
    """
    if story.kind not in ANNOUNCED:
        return ()
    near = day_of(story.date, story.created) or parse_date(today)
    found: list[Finding] = [*_passed_findings(story, today), *_end_findings(story), *_place_findings(story)]
    if near is not None:
        found += [*_day_findings(story, near), *_hour_findings(story, near, group.time_zone)]
    return tuple(found)


def _occasion_finding(code: str, at: TextPlace, *fixes: TextFix, level: Level = "block", **facts: object) -> Finding:
    return Finding(code, level, "facts", at, facts, _RULE, fixes)


def _event_texts(story: Story) -> Iterator[_EventText]:
    """Headline, summary, lead and answers; then lines of the body that begin with "Waktu:" and the like."""
    yield _EventText("answers/when", 0, story.answers.when, loose=True)
    for field, text in (
        *(("headline", story.headline), ("kicker", story.kicker), ("summary", story.summary)),
        ("answers/what", story.answers.what),
    ):
        yield _EventText(field, 0, text)
    parts = text_paragraphs(story.body)
    # The rest of the body is not asked for days: it mentions registrations, rehearsals and last year.
    if lead := next(((at, text) for at, text in parts if not text.startswith("#")), None):
        yield _EventText("body", *lead)
    for hit in _LABELLED.finditer(story.body):
        if not _PLACE_LABEL.search(hit["label"]):
            yield _EventText("body", hit.start("said"), hit["said"], loose=True)


# ------------------------------------------------------------------------------------------------ passed


def _passed_findings(story: Story, today: str) -> Iterator[Finding]:
    """The last day it is about has passed: readers would come too late."""
    if story.status not in _STILL_TO_COME or story.publications or not is_past(story, today):
        return
    place = TextPlace("date" if story.date.strip() else "valid_until")
    told = full_days(story.date, story.date_end) or full_days(story.valid_until, "")
    yield _occasion_finding("facts_day_passed", place, date=told)


def _end_findings(story: Story) -> Iterator[Finding]:
    """Readers are told that it holds until a day before it is over, as where its day was put off by hand."""
    until, last = parse_date(story.valid_until), parse_date(story.date_end) or parse_date(story.date)
    if until is not None and last is not None and until < last:
        place, day = TextPlace("valid_until"), last.isoformat()
        fix = TextFix(place, day, shown=full_days(day, ""))
        facts = {"until": full_days(story.valid_until, ""), "date": full_days(day, "")}
        yield _occasion_finding("facts_end_early", place, fix, level="warning", **facts)


# ------------------------------------------------------------------------------------------------ days


def _day_findings(story: Story, near: date) -> Iterator[Finding]:
    first = parse_date(story.date)
    last = parse_date(story.date_end) or first
    named = False
    for unit in _event_texts(story):
        days = read_days(unit.text, near, loose=unit.loose)
        told = [d for d in days if _of_event(unit.text, d.start, days) and not _is_end(d, story)]
        exact = [d for d in told if d.exact and d.first and d.fits]
        if first is None or last is None:
            if coming := [d for d in exact if d.last and d.last >= near]:
                yield _missing_day(unit, coming[0])
                return
            continue
        fitting = [d for d in exact if _is_day(d, first, last)]
        named = named or bool(fitting)
        # A text that names the right day beside others is right; only where none fits is something wrong.
        if exact and not fitting:
            named = True  # one finding is enough
            yield _other_day(story, unit, exact[0])
        elif not exact and unit.field in {"answers/when", "headline"}:
            yield from _other_weekday(story, unit, told, first, last)
    if first and last and not named:
        yield from _only_other_days(story, near, first, last)


def _of_event(text: str, at: int, days: tuple[FoundDays, ...]) -> bool:
    """Whether what stands at a place is said of the event, not of a registration or an interview."""
    begin, end = next(((b, e) for b, e in TextPassage(text).sentences if b <= at < e), (0, len(text)))
    return not of_other_role(text, at, days, begin) and not _SAID.search(text[begin:end])


def _is_end(told: FoundDays, story: Story) -> bool:
    """Whether a day given is the one until which it holds: "lamaran sampai 20 Desember"."""
    until, last = parse_date(story.valid_until), parse_date(story.date_end) or parse_date(story.date)
    # One before the day is that of a notice which was put off: then the text is what is out of date.
    return until is not None and told.first == told.last == until and (last is None or until > last)


def _is_day(told: FoundDays, first: date, last: date) -> bool:
    """Whether days given are those of the box: its range, or one day out of it."""
    if told.first is None or told.last is None:
        return False
    return (told.first, told.last) == (first, last) or (told.first == told.last and first <= told.first <= last)


def _other_day(story: Story, unit: _EventText, told: FoundDays) -> Finding:
    words = unit.text[told.start : told.end]
    fixes = (
        [TextFix(TextPlace("date"), told.first.isoformat(), shown=words)]
        if told.first and told.first == told.last
        else []
    )
    first = parse_date(story.date)
    if first is not None and told.first == first and told.last is not None:
        fixes = [TextFix(TextPlace("date_end"), told.last.isoformat() if told.last != first else "", shown=words)]
    elif first is not None and not story.date_end and told.first == told.last:
        fixes.append(TextFix(unit.text_place(told.start, told.end), full_days(story.date, "")))
    box = full_days(story.date, story.date_end)
    return _occasion_finding("facts_day_other", unit.text_place(told.start, told.end), *fixes, word=words, date=box)


def _missing_day(unit: _EventText, told: FoundDays) -> Finding:
    words = unit.text[told.start : told.end]
    fix = TextFix(TextPlace("date"), told.first.isoformat() if told.first else "", shown=words)
    return _occasion_finding(
        "facts_day_missing", unit.text_place(told.start, told.end), fix, level="warning", word=words
    )


def _other_weekday(story: Story, unit: _EventText, told: list[FoundDays], first: date, last: date) -> Iterator[Finding]:
    """The answer or headline names a weekday alone, and it is none of those of the box."""
    span = {
        weekday_of(date.fromordinal(day))
        # After a week every weekday is in the range.
        for day in range(first.toordinal(), min(last.toordinal(), first.toordinal() + 6) + 1)
    }
    named = [d for d in told if d.weekday in WEEKDAYS and not d.eve and not is_recurring(unit.text, d)]
    if named and not any(d.weekday in span for d in named):
        words = unit.text[named[0].start : named[0].end]
        box = full_days(story.date, story.date_end)
        yield _occasion_finding("facts_day_other", unit.text_place(named[0].start, named[0].end), word=words, date=box)


def _only_other_days(story: Story, near: date, first: date, last: date) -> Iterator[Finding]:
    """The text names days, and the one of the box is not among them."""
    days = read_days(story.body, near)
    told = [d for d in days if d.exact and d.first and d.fits]
    of_event = [d for d in told if _of_event(story.body, d.start, days) and not _is_end(d, story)]
    if of_event and not any(_is_day(d, first, last) for d in told):
        lead = next((at + len(text) for at, text in text_paragraphs(story.body) if not text.startswith("#")), 0)
        if of_event[0].start >= lead:  # the lead is a unit of its own
            yield _other_day(story, _EventText("body", 0, story.body), of_event[0])


# ------------------------------------------------------------------------------------------------ hours


def _hour_findings(story: Story, near: date, zone: Zone) -> Iterator[Finding]:
    box = parse_hours(story.hours)
    if box is None and story.hours.strip():
        return  # a time in words cannot be compared
    for unit in _event_texts(story):
        days = read_days(unit.text, near, loose=unit.loose)
        told = [h for h in hours_beside(unit.text, days, loose=unit.loose) if _of_event(unit.text, h.start, days)]
        if not told:
            continue
        words = unit.text[told[0].start : told[0].end]
        fix = TextFix(TextPlace("hours"), in_zone(told[0], zone), shown=words)
        place = unit.text_place(told[0].start, told[0].end)
        if box is None:
            yield _occasion_finding("facts_hours_missing", place, fix, level="warning", word=words)
            return
        if not any(_is_hours(h, box, zone) for h in told):
            shown = shown_hours(story.hours, zone)
            yield _occasion_finding(
                "facts_hours_other", place, fix, TextFix(place, f"pukul {shown}"), word=words, hours=shown
            )


def _is_hours(told: FoundHours, box: tuple[str, str], zone: Zone) -> bool:
    begin, _, until = in_zone(told, zone).partition("/")
    # An end that only one of the two tells is no contradiction.
    return begin == box[0] and (not until or not box[1] or until == box[1])


# ------------------------------------------------------------------------------------------------ place


def _place_findings(story: Story) -> Iterator[Finding]:
    where = place_of(story.answers.where)
    box = " ".join(story.place.split())
    if where and not box:
        yield _occasion_finding(
            "facts_place_missing",
            TextPlace("answers/where"),
            TextFix(TextPlace("place"), where),
            level="warning",
            word=where,
        )
    elif where and not _same_place(where, box):
        fixes = (TextFix(TextPlace("place"), where), TextFix(TextPlace("answers/where"), box))
        yield _occasion_finding("facts_place_other", TextPlace("answers/where"), *fixes, word=where, place=box)
    elif where and len(_place_names(where)) > len(_place_names(box)):
        yield _occasion_finding(
            "facts_place_less",
            TextPlace("place"),
            TextFix(TextPlace("place"), where),
            level="warning",
            word=where,
            place=box,
        )
    if box:
        yield from _other_places(story, box)


def _other_places(story: Story, box: str) -> Iterator[Finding]:
    for unit in _event_texts(story):
        # Every word of the box stands in the text: whatever else it names, the place is given.
        if unit.loose or _place_names(box) <= _place_names(unit.text):
            continue
        told = [hit for hit in _AT.finditer(unit.text) if _place_names(hit["place"]) - _GENERIC]
        if told and not any(_same_place(hit["place"], box) for hit in told):
            yield _other_place(unit.text_place(*told[0].span("place")), told[0]["place"], box)
    for hit in _LABELLED.finditer(story.body):
        said = place_of(hit["said"])
        if _PLACE_LABEL.search(hit["label"]) and not _same_place(said, box):
            yield _other_place(TextPlace("body", *hit.span("said")), hit["said"], box)


def _other_place(place: TextPlace, words: str, box: str) -> Finding:
    fixes = (TextFix(TextPlace("place"), place_of(words)), TextFix(place, box))
    return _occasion_finding("facts_place_other", place, *fixes, word=words, place=box)


def _place_names(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold())) - {"di", "dan", "ke", "yang"}


def _same_place(one: str, other: str) -> bool:
    """Whether one names no more than the other: "Balai Dusun" and "Balai Dusun Cibeureum"."""
    first, second = _place_names(one), _place_names(other)
    return first <= second or second <= first
