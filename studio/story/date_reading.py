"""Days and hours as Indonesians write them, found in a text: in figures, in words, and relative to now.

``read_days`` knows "Selasa, 1 Desember 2026", "hari Rabu tanggal 22 November 2026", "Rabu 17.6.2021", "Senin (28/12)",
"1-3 Desember", "30 November s.d. 2 Desember", "tanggal satu Desember dua ribu dua puluh enam", "besok", "Minggu depan",
"malam Jumat", "tanggal 1"; ``read_hours`` (``studio.story.hour_reading``) the hours beside them. A date without a year
is in the year nearest to the story. Pure: what "now" is, is passed in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from studio.base.locale_forms import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

Lean = Literal["near", "future", "past"]
"""Where a day without a month ("Selasa", "tanggal 1") lies: nearest to now, on or after it, on or before it."""

_UNITS = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_UNIT = "|".join(_UNITS)
NUMBER_WORDS = rf"(?:(?:dua|tiga)\s+puluh(?:\s+(?:{_UNIT}))?|(?:{_UNIT})\s+belas|sepuluh|sebelas|(?:{_UNIT}))"
"""A number from 1 to 39 in words, as a pattern."""
_YEAR_WORDS = rf"dua\s+ribu(?:\s+{NUMBER_WORDS}\b)?"
_SHORT_MONTHS = (
    *("jan", "feb|peb|pebruari", "mar|mrt", "apr", "mei", "jun"),
    *("jul", "agu|agt|ags|agust", "sep|sept", "okt|oct", "nov|nop|nopember", "des|dec"),
)
_MONTH_NUMBERS = {
    short: number
    for number, (full, others) in enumerate(zip(MONTHS, _SHORT_MONTHS, strict=True), 1)
    for short in (full.lower(), *others.split("|"))
}
MONTH_WORDS = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
"""Names of months and their short forms, as a pattern."""
_OTHER_DAYS = {"jum'at": "Jumat", "jum’at": "Jumat", "jumaat": "Jumat", "ahad": "Minggu"}
DAY_WORDS = "|".join((*WEEKDAYS, *_OTHER_DAYS))
"""Names of the days of the week, as a pattern."""
_MARKET_DAY = r"(?:\s+(?:Legi|Pahing|Paing|Pon|Wage|Kliwon))?"
PART_OF_DAY = r"(?:dini\s+hari|subuh|pagi|siang|sore|petang|malam|malem|mlm)"
"""Parts of a day, as a pattern."""
UNTIL = r"\s*(?:-|–|—|s\s?[./]?\s?d\.?|sampai(?:\s+dengan)?|hingga|dan|&)\s*"
"""What stands between the first and the last, as a pattern."""
_NAMED = rf"(?:hari\s+)?(?P<eve>malam\s+)?(?P<day>{DAY_WORDS})\b{_MARKET_DAY}(?:\s+{PART_OF_DAY}\b)?"
_LAST_NAMED = rf"(?:{UNTIL}(?P<day2>{DAY_WORDS})\b{_MARKET_DAY}(?:\s+{PART_OF_DAY}\b)?)?"
_LISTED = re.compile(rf"\b(?P<day>{DAY_WORDS})(?:\s*,\s*(?:{DAY_WORDS}))*\s*,?\s*(?:dan|&)\s*$", re.IGNORECASE)
"""Days before the last one of a list: "Senin, Rabu, dan Jumat"."""
_RELATIVE = rf"(?:besok|esok|lusa|kemarin|tadi|hari\s+ini|nanti)(?:\s+{PART_OF_DAY}\b)?"
_BEFORE = r"(?:bertanggal|tanggal|tertanggal|tgl\.?)"
_NAMED_TOO = r"(?:\s+(?:lalu|kemarin|besok|ini|depan|mendatang))?"
_INTRO = (
    rf"(?:(?:{_NAMED}{_LAST_NAMED}{_NAMED_TOO}|(?P<relative>{_RELATIVE}))\s*[,:]?\s*(?P<open>\()?\s*)?"
    rf"(?:/?\s*(?P<label>{_BEFORE})\s*:?\s*)?"
)
_NUMBER = rf"(?:\d{{1,2}}|{NUMBER_WORDS})"
_YEAR = rf"(?:\d{{4}}(?!\d)|[’'](?=\d\d\b)\d\d|{_YEAR_WORDS})"
_NO_LETTER = r"(?![^\W\d_])"
_MONTH = (
    rf"(?:(?:bulan\s+)?(?:{MONTH_WORDS}){_NO_LETTER}\.?"
    rf"|bulan\s+(?:ke-?\s?)?\d{{1,2}}\b(?!\s*(?:hari|minggu|pekan|tahun\b(?!\s+\d{{4}})|{MONTH_WORDS})))"
)
_OF_YEAR = rf"(?:\s*(?:tahun\s+)?{_YEAR}|-\d\d(?:\d\d)?\b)"
_ALIKE = "|".join(rf"\d{{1,2}}\s?{sign}\s?\d{{1,2}}(?:\s?{sign}\s?(?:\d{{4}}|\d{{2}}))?" for sign in ("/", r"\.", "-"))
_FIGURES = rf"(?:{_ALIKE})(?![\d]|[/.:-]\d)"
_FIGURES = rf"{_FIGURES}(?!\s*(?:bulan\s+)?(?:{MONTH_WORDS})\b)"
_WORDED = rf"{_NUMBER}(?:\s*-\s*|\s+|(?<=\d)){_MONTH}(?:{_OF_YEAR})?"
_ISO = r"\d{4}-\d{2}-\d{2}(?![\d-])"
_WHOLE = rf"(?:{_ISO}|{_WORDED}|{_FIGURES})"
_FIRST = (
    rf"(?:(?P<first>{_NUMBER})(?:\s*,\s*\d{{1,2}}){{0,8}},?(?P<until>{UNTIL})(?:{_BEFORE}\s*)?"
    rf"(?:(?P<day3>{DAY_WORDS})\b,?\s*)?)??"
)
_AFTER = (
    rf"(?:\s*\(\s*(?:hari\s+)?(?P<day4>{DAY_WORDS})(?:{UNTIL}(?P<day5>{DAY_WORDS}))?\s*\)"
    rf"|\s*,?\s*hari\s+(?P<day6>{DAY_WORDS})\b(?=\s*(?:[.,;:)]|$)))?"
)
"""The weekday behind its date: "1 Desember 2026 (Selasa)"."""
_DATE = re.compile(rf"(?<![\w/.])(?<!\d[:,-]){_INTRO}{_FIRST}(?P<date>{_WHOLE})(?(open)\s*\))?{_AFTER}", re.IGNORECASE)
_AND = re.compile(r"dan|&", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"\s*,?\s*(?:-|–|—|s\s?[./]?\s?d\.?|sampai(?:\s+dengan)?|hingga)\s*(?:{_BEFORE}\s*)?", re.IGNORECASE
)
"""What makes two dates a range."""
_GAP = re.compile(r"\s{5,}")
_NO_DATE = re.compile(r"\b(?:RT|RW|No\.?|Nomor|ayat|pasal|butir)\s*$", re.IGNORECASE)
"""Before figures that are no date: RT 03/05."""
_LONGEST_LIST = 80
_PARTS = re.compile(
    rf"(?P<iso>{_ISO})|(?P<d1>{_NUMBER})(?:\s*-\s*|\s*)(?:(?:bulan\s+)?(?P<month>{MONTH_WORDS}){_NO_LETTER}\.?|bulan\s+(?:ke-?\s?)?(?P<m1>\d{{1,2}}))"
    rf"(?:(?:\s*(?:tahun\s+)?|-)(?P<y1>{_YEAR}|\d\d(?:\d\d)?))?"
    r"|(?P<d2>\d{1,2})\s?(?P<sign>[/.-])\s?(?P<m2>\d{1,2})(?:\s?(?P=sign)\s?(?P<y2>\d{4}|\d{2}))?",
    re.IGNORECASE,
)
_LONE_NUMBER = re.compile(
    rf"(?:(?<!\w){_NAMED}\s*,?\s*\(?)?(?<!\w){_BEFORE}\s*:?\s*(?P<number>{_NUMBER})\b(?:{UNTIL}(?:{_BEFORE}\s*)?(?P<last>\d{{1,2}})\b)?"
    rf"(?!\s*[/.:-]\s?\d|\s+(?:{MONTH_WORDS})\b)(?:\s+bulan\s+(?P<month>ini|depan|lalu))?",
    re.IGNORECASE,
)
_WEEK = r"(?:\s+(?P<which>depan|besok|ini|lalu|kemarin|(?:minggu|pekan)\s+(?:depan|ini|lalu)|mendatang))?"
_WEEK_BEFORE = r"(?:(?P<week>(?:minggu|pekan)\s+(?:depan|ini|lalu))\s*,?\s*(?=hari\s))?"
_WEEKDAY = re.compile(rf"(?<!\w){_WEEK_BEFORE}{_NAMED}{_LAST_NAMED}{_WEEK}\b", re.IGNORECASE)
_NTH = r"(?:minggu|pekan)\s+(?:pertama|kedua|ketiga|keempat|kelima|terakhir|ke-?\s?\d|I{1,3}V?\b|IV\b|[1-5]\b)"
_NTH_AFTER = re.compile(
    rf"\s*,?\s*(?:di\s+|pada\s+)?{_NTH}|(?<=minggu)\s+(?:pertama|kedua|ketiga|keempat|kelima|terakhir|ke-?\s?\d)\b",
    re.IGNORECASE,
)
_NTH_BEFORE = re.compile(rf"{_NTH}(?:\s+bulan)?\s*,?\s*$", re.IGNORECASE)
"""Which week of a month a weekday is in: that names no day before the month is known."""
_RELATIVE_DAY = re.compile(
    rf"(?<!\w)(?:(?P<word>hari\s+ini|besok\s+lusa|besok|esok|lusa|kemarin\s+(?:lusa|dulu)|kemarin)\b"
    rf"|(?P<today>(?:nanti|tadi)\s+{PART_OF_DAY}|{PART_OF_DAY}\s+(?:ini|nanti|tadi))\b"
    rf"|(?P<count>\d{{1,2}}|{NUMBER_WORDS}|se)\s*(?P<unit>hari|minggu|pekan)\s+(?P<way>lagi|lalu|yang\s+lalu|mendatang)\b)",
    re.IGNORECASE,
)
_SHIFTS = {"hari ini": 0, "besok": 1, "esok": 1, "lusa": 2, "besok lusa": 2, "kemarin": -1}
_SHIFTS |= {"kemarin lusa": -2, "kemarin dulu": -2}


@dataclass(frozen=True, slots=True)
class FoundDays:
    """Days that a text names: ``start``, ``end`` are its code points.

    Attributes:
        first, last: the days; the same for one. None for a date that no calendar has ("31 April").
        weekday, last_weekday: names of days as they should be spelled, "" when the text gives none.
        eve: "malam Jumat" names the night that leads to that day.
        exact: day and month are given, not only a weekday, "besok" or "tanggal 1".
        year_told: the text gives the year.
        weekday_at, number_at, year_at: where the weekday, the figures of the (last) day and the year stand; (0, 0) for
            none.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    weekday: str = ""
    last_weekday: str = ""
    eve: bool = False
    exact: bool = True
    year_told: bool = False
    weekday_at: tuple[int, int] = (0, 0)
    number_at: tuple[int, int] = (0, 0)
    year_at: tuple[int, int] = (0, 0)

    @property
    def fits(self) -> bool:
        """Whether the names of the days are those of the dates; also when there is nothing to compare."""
        if self.first is None or self.last is None:
            return False
        if self.eve:
            return self.weekday in {weekday_of(self.first), weekday_of(self.first + timedelta(1))}
        return self.weekday in {"", weekday_of(self.first)} and self.last_weekday in {"", weekday_of(self.last)}


def without_gaps(text: str) -> str:
    """The text with long runs of spaces as something else of the same length: no date lies across one.

    Searching would take time with the square of their length.
    """
    return _GAP.sub(lambda gap: "\0" * len(gap[0]), text)


def weekday_of(day: date) -> str:
    """``Minggu``."""
    return WEEKDAYS[day.weekday()]


def month_number(name: str) -> int:
    """The number of a month by its name or a short form of it; 0 for another word."""
    return _MONTH_NUMBERS.get(name.strip(". ").lower(), 0)


def number_of(said: str) -> int:
    """A number from 1 to 39 in figures or words; 0 for anything else."""
    words = said.lower().split()
    if said.strip().isdigit():
        return int(said)
    units = {word: number for number, word in enumerate(_UNITS, 1)} | {"sepuluh": 10, "sebelas": 11, "se": 1}
    match words:
        case [one] if one in units:
            return units[one]
        case [one, "belas"]:
            return units.get(one, 0) + 10
        case [tens, "puluh", *rest]:
            return units.get(tens, 0) * 10 + (units.get(rest[0], 0) if rest else 0)
        case _:
            return 0


def date_near(day: int, month: int, near: date) -> date | None:
    """The date of this day and month nearest to ``near``; None when no year near has it (29 February)."""
    found = [made for year in (near.year - 1, near.year, near.year + 1) if (made := _valid_date(year, month, day))]
    return min(found, key=lambda made: abs((made - near).days), default=None)


@lru_cache(maxsize=512)  # of a story most paragraphs are as they were at the key before
def read_days(text: str, near: date, lean: Lean = "near", *, loose: bool = False) -> tuple[FoundDays, ...]:
    """Everything in a text that names days, in its order.

    Args:
        text: a sentence, a paragraph, or an answer of a few words.
        near: the day of the story, or now: for years that are left out and for days relative to it.
        lean: where days without a month lie.
        loose: the text is an answer to "when": "1/12" and "1-12-26" are dates, too, without a word that says so.
    """
    text = without_gaps(text)
    found = _join_ranges(text, [made for hit in _DATE.finditer(text) for made in _dated_days(hit, near, loose)])
    # Complete dates first, then ever vaguer forms: a weekday that belongs to a date must not be read again as "next
    # Tuesday". What has been read is marked, one byte for each letter.
    taken = bytearray(len(text))
    for days in found:
        taken[days.start : days.end] = b"x" * (days.end - days.start)
    for pattern, read in ((_LONE_NUMBER, _numbered_day), (_WEEKDAY, _named_day), (_RELATIVE_DAY, _relative_day)):
        for hit in pattern.finditer(text):
            if not any(taken[hit.start() : hit.end()]) and (made := read(hit, near, lean)) is not None:
                found.append(made)
                taken[made.start : made.end] = b"x" * (made.end - made.start)
    return tuple(sorted(found, key=lambda days: days.start))


# ------------------------------------------------------------------------------------------------ dates


@dataclass(frozen=True, slots=True)
class _DateFigures:
    """Day, month and year as figures; 0 for what is not given."""

    day: int
    month: int
    year: int
    number_at: tuple[int, int]
    year_at: tuple[int, int]
    figures: str = ""


def _valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_year(said: str | None) -> int:
    if not said:
        return 0
    digits = said.strip("’'- ")
    if digits.isdigit():
        # News is about now: "'26" and "26" are 2026, never 1926.
        return int(digits) + (2000 if len(digits) == 2 else 0)
    return 2000 + number_of(" ".join(said.split()[2:]))


def _read_figures(text: str, at: int) -> _DateFigures | None:
    """One complete date, which begins at ``at`` of a longer text."""
    hit = _PARTS.match(text)
    if hit is None:
        return None

    def span(name: str) -> tuple[int, int]:
        return (at + hit.start(name), at + hit.end(name)) if hit[name] else (0, 0)

    if hit["iso"]:
        year, month, day = (int(part) for part in hit["iso"].split("-"))
        begin = at + hit.start("iso")
        return _DateFigures(day, month, year, (begin + 8, begin + 10), (begin, begin + 4), "iso")
    if hit["month"]:
        return _DateFigures(
            number_of(hit["d1"]), month_number(hit["month"]), _full_year(hit["y1"]), span("d1"), span("y1")
        )
    if hit["m1"]:
        return _DateFigures(
            number_of(hit["d1"]), int(hit["m1"]), _full_year(hit["y1"]), span("d1"), span("y1"), "bulan"
        )
    return _DateFigures(int(hit["d2"]), int(hit["m2"]), _full_year(hit["y2"]), span("d2"), span("y2"), hit["sign"])


def _dated_days(hit: re.Match[str], near: date, loose: bool) -> Iterator[FoundDays]:
    last = _read_figures(hit["date"], hit.start("date"))
    named = bool(hit["day"] or hit["relative"] or hit["label"])
    if last is None or _NO_DATE.search(hit.string[: hit.start()][-12:]):
        return
    if not _is_date(last, weekday=bool(hit["day"]), named=named, loose=loose):
        return
    end = _valid_date(last.year, last.month, last.day) if last.year else date_near(last.day, last.month, near)
    # "1-3 Desember": the first day borrows month and year from the last.
    begin = _valid_date(end.year, last.month, number_of(hit["first"])) if hit["first"] and end else end
    day = next((name for name in ("day", "day4", "day6") if hit[name]), "")
    made = FoundDays(
        hit.start(),
        hit.end(),
        begin if end else None,
        end if begin else None,
        _weekday_name(hit[day]) if day else "",
        _weekday_name(hit["day2"] or hit["day3"] or (hit["day5"] if day == "day4" else "")),
        eve=bool(hit["eve"]),
        year_told=bool(last.year),
        weekday_at=hit.span(day) if day else (0, 0),
        number_at=last.number_at,
        year_at=last.year_at,
    )
    # "Senin dan Selasa, 1-2 Desember": the weekday matched is the last of the list, its head stands further left.
    if day == "day" and hit["first"] and not made.last_weekday:
        listed = _LISTED.search(hit.string, max(0, hit.start() - _LONGEST_LIST), hit.start())
        weekday = _weekday_name(listed["day"]) if listed else made.weekday
        made = replace(made, weekday=weekday, last_weekday=made.weekday) if listed else made
    if last.figures == "-" and not last.year and not made.fits:
        return  # a score: "Sabtu (25-20)"
    if (
        begin
        and end
        and hit["first"]
        and _AND.search(hit["until"])
        # "5 dan 12 Desember" are two days, "1 dan 2 Desember" may as well be read as one stretch.
        and end - begin != timedelta(1)
        and "," not in hit.string[hit.end("first") : hit.start("until")]
    ):
        cut = hit.end("first")
        yield replace(made, end=cut, last=begin, last_weekday="", number_at=hit.span("first"), year_at=(0, 0))
        day = made.last_weekday
        yield replace(made, start=cut, first=end, weekday=day, last_weekday="", weekday_at=(0, 0))
    else:
        yield made


def _join_ranges(text: str, found: list[FoundDays]) -> list[FoundDays]:
    """``30 November-2 Desember 2026``, ``Selasa (1/12) sampai Kamis (3/12)``: two dates that are a range."""
    made: list[FoundDays] = []
    for days in found:
        before = made[-1] if made else None
        if before is None or not _BETWEEN.fullmatch(text, before.end, days.start) or not (before.first and days.last):
            made.append(days)
            continue
        begin, end = before.first, days.last
        if not before.year_told:
            # "30 Desember sampai 2 Januari 2027": the year stands behind the last date only, and the first may be of
            # the year before.
            begin = _valid_date(end.year, begin.month, begin.day) or begin
            begin = _valid_date(end.year - 1, begin.month, begin.day) or begin if begin > end else begin
        if begin > end:
            made.append(days)
            continue
        last_weekday = days.last_weekday or days.weekday
        made[-1] = replace(
            days,
            start=before.start,
            first=begin,
            weekday=before.weekday,
            last_weekday=last_weekday,
            eve=before.eve,
            weekday_at=before.weekday_at,
        )
    return made


def _is_date(told: _DateFigures, *, weekday: bool, named: bool, loose: bool) -> bool:
    """Whether figures are a date: "1/2" may be a half and "17.6" an hour."""
    if told.figures in {"", "iso"}:
        return told.day > 0
    if told.figures == "bulan":
        return named and 1 <= told.month <= 12  # else "5 bulan 2" is an age
    if told.year:
        return told.year > 1900 and (named or loose or told.figures == "/" or told.year_at[1] - told.year_at[0] == 4)
    if told.figures == "-" and not weekday:
        return False  # "tanggal 1-3" are three days
    return told.figures != "." and (named or (loose and told.day <= 31 and told.month <= 12))


def _weekday_name(said: str | None) -> str:
    if not said:
        return ""
    return _OTHER_DAYS.get(said.lower(), said.capitalize())


# ------------------------------------------------------------------------------------------------ days relative to now


def _numbered_day(hit: re.Match[str], near: date, lean: Lean) -> FoundDays | None:
    """``tanggal 1``, ``tanggal 5 bulan depan``."""
    day = number_of(hit["number"])
    if not 1 <= day <= 31:
        return None
    first = _of_month(day, (hit["month"] or "").lower(), near, lean)
    last = _valid_date(first.year, first.month, int(hit["last"])) if first and hit["last"] else first
    if first is None or last is None or last < first:
        return None
    at = hit.span("day") if hit["day"] else (0, 0)
    return FoundDays(
        hit.start(), hit.end(), first, last, _weekday_name(hit["day"]), eve=bool(hit["eve"]), exact=False, weekday_at=at
    )


def _of_month(day: int, month: str, near: date, lean: Lean) -> date | None:
    def there(shift: int) -> date | None:
        months = near.year * 12 + near.month - 1 + shift
        return _valid_date(months // 12, months % 12 + 1, day)

    if month:
        return there({"ini": 0, "depan": 1, "lalu": -1}[month])
    # Two months to either side: the next one may have no such day (31).
    found = [made for shift in (-2, -1, 0, 1, 2) if (made := there(shift))]
    if lean == "future":
        return next((made for made in found if made >= near), None)
    if lean == "past":
        return next((made for made in reversed(found) if made <= near), None)
    return min(found, key=lambda made: abs((made - near).days), default=None)


def _named_day(hit: re.Match[str], near: date, lean: Lean) -> FoundDays | None:
    """``Selasa``, ``Senin depan``, ``malam Minggu``. Only with a capital is Minggu alone a day: else it is a week."""
    said, which = hit["day"], " ".join((hit["week"] or hit["which"] or "").lower().split())
    if _NTH_AFTER.match(hit.string, hit.end()) or _NTH_BEFORE.search(
        hit.string[max(0, hit.start() - 40) : hit.start()]
    ):
        return None
    marked = re.match(r"(?:hari|malam)\s", hit[0], re.IGNORECASE) or re.search(PART_OF_DAY, hit[0], re.IGNORECASE)
    if said == "minggu" and not marked:
        return None
    wanted = WEEKDAYS.index(_weekday_name(said))
    # 0 to 6 days ahead; 0 is today.
    ahead = (wanted - near.weekday()) % 7
    this_week = near + timedelta(wanted - near.weekday())
    match which.split():
        case [_, "depan"]:
            day = this_week + timedelta(7)
        case [_, "ini"]:
            day = this_week
        case [_, "lalu"]:
            day = this_week - timedelta(7)
        case ["depan" | "besok" | "mendatang"]:
            day = near + timedelta(ahead or 7)
        case ["lalu" | "kemarin"]:
            day = near - timedelta(7 - ahead if ahead else 7)
        case ["ini"]:
            day = this_week if this_week >= near or lean == "past" else this_week + timedelta(7)
        case _:
            day = _leaning_date(near, ahead, lean)
    # "malam Minggu" is the evening before Sunday.
    day -= timedelta(1 if hit["eve"] else 0)
    last = day + timedelta((WEEKDAYS.index(_weekday_name(hit["day2"])) - wanted) % 7) if hit["day2"] else day
    return FoundDays(
        hit.start(),
        hit.end(),
        day,
        last,
        _weekday_name(said),
        _weekday_name(hit["day2"]),
        eve=bool(hit["eve"]),
        exact=False,
        weekday_at=hit.span("day"),
    )


def _leaning_date(near: date, ahead: int, lean: Lean) -> date:
    back = (7 - ahead) % 7
    if lean == "future" or (lean == "near" and ahead <= back):
        return near + timedelta(ahead)
    return near - timedelta(back)


def _relative_day(hit: re.Match[str], near: date, _lean: Lean) -> FoundDays | None:
    """``besok``, ``nanti malam``, ``tiga hari lagi``."""
    if hit["word"]:
        shift = _SHIFTS[" ".join(hit["word"].lower().split())]
    elif hit["today"]:
        shift = 0
    else:
        length = 1 if hit["unit"].lower() == "hari" else 7
        forward = hit["way"].lower() in {"lagi", "mendatang"}
        shift = number_of(hit["count"]) * length * (1 if forward else -1)
    day = near + timedelta(shift)
    return FoundDays(hit.start(), hit.end(), day, day, exact=False)
