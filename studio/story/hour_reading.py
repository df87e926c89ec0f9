"""Hours as Indonesians write them, found in a text, and as a story keeps and shows them.

``Story.hours`` is ``08:00``, ``08:00/11:00`` or ``19:30/..`` (an open end, as ISO 8601-2 writes it), on the clock of
the group's time zone; anything else is a time in words, such as "bakda Isya", and is shown as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.story.date_reading import DAY_WORDS, MONTH_WORDS, NUMBER_WORDS, PART_OF_DAY, number_of, without_gaps

if TYPE_CHECKING:
    from studio.story.date_formats import Zone

OPEN_END = ".."
"""The end of hours that last until all is done."""
_ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}
_MARK = r"(?:pukul|jam|pkl\.?|pk\.|jm\.?)"
_MINUTES = r"(?:\s*(?:lewat|lebih|kurang)\s+(?:seperempat|\d{1,2})(?:\s+menit)?)?"
_CLOCK = rf"(?:\d{{1,2}}[.:]\d{{2}}(?!\d)|(?:setengah\s+)?(?:\d{{1,2}}(?![\d/])|{NUMBER_WORDS}\b){_MINUTES})"
_AFTER = rf"(?:\s*(?P<part{{n}}>{PART_OF_DAY})\b)?(?:\s*(?P<zone{{n}}>WIB|WITA|WIT)\b)?"
_UNTIL = r"\s*(?:-|–|—|s\s?[./]?\s?d\.?|sampai(?:\s+dengan)?|hingga)\s*"
_DONE = r"(?:selesai|habis|tuntas|rampung|usai)"
_HOURS = re.compile(
    rf"(?<![\w.,:/])(?<!Rp)(?P<mark>{_MARK}\s*)?(?P<begin>{_CLOCK}){_AFTER.format(n=1)}"
    rf"(?:{_UNTIL}(?:(?P<done>{_DONE})\b|(?:(?P<before2>{PART_OF_DAY})\s+)?(?P<mark2>{_MARK}\s*)?(?P<end>{_CLOCK}){_AFTER.format(n=2)}))?"
    r"(?:\s*/\s*\d{1,2}[.:]\d{2}\s*(?:WIB|WITA|WIT)\b)*(?![.:,]?\d)",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(
    rf"\b(?P<part>{PART_OF_DAY})\b(?:{DAY_WORDS}|{MONTH_WORDS}|Legi|Pahing|Paing|Pon|Wage|Kliwon|hari|tanggal|tgl|bulan"
    rf"|tahun|ini|nanti|mulai|sekitar|kira-kira|{NUMBER_WORDS}|[\d\s,()/.:–-])*$",
    re.IGNORECASE,
)
"""The part of the day before hours, with nothing but a date between them: "Sabtu malam, 28 November, jam 7"."""
_PART_AFTER = re.compile(rf"\s*,\s*(?:hari\s+)?(?:{DAY_WORDS}|nanti|besok)?\s*(?P<part>{PART_OF_DAY})\b", re.IGNORECASE)
_SPELLED = {"malem": "malam", "mlm": "malam"}
_LONGEST_DATE = 60
_TIMES = re.compile(r"(\d{2}):(\d{2})(?:/(?:(\d{2}):(\d{2})|\.\.))?")
_PRAYER = re.compile(
    r"\b(?:ba'?da|ba’da|bakda|usai|setelah|sesudah|habis|menjelang|sebelum)\s+(?:salat\s+|sholat\s+|shalat\s+|waktu\s+)?"
    r"(?:subuh|zuhur|dzuhur|duhur|lohor|asar|ashar|magrib|maghrib|isya'?|isya’|jumat|jum'at|tarawih)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundHours:
    """Hours that a text names: ``start``, ``end`` are its code points; ``value`` as in ``Story.hours``.

    ``zone`` is the time zone given beside them, "" for none.
    """

    start: int
    end: int
    value: str
    zone: str = ""

    @property
    def begin(self) -> str:
        """``08:00``."""
        return self.value.partition("/")[0]

    @property
    def until(self) -> str:
        """``11:00``, ``..`` for an open end, "" for none given."""
        return self.value.partition("/")[2]


def read_hours(text: str, *, loose: bool = False) -> tuple[FoundHours, ...]:
    """Everything in a text that names hours, in its order.

    Args:
        text: a sentence, a paragraph, or an answer of a few words.
        loose: the text is an answer to "when": "8.30" are hours, too, without a word that says so.
    """
    return tuple(made for hit in _HOURS.finditer(without_gaps(text)) if (made := _read_hours(hit, loose)))


def hours_in_words(text: str) -> str:
    """A time given by a prayer ("bakda Isya"), "" for none."""
    found = _PRAYER.search(text)
    return found[0] if found else ""


def parse_hours(value: str) -> tuple[str, str] | None:
    """``08:00/11:00`` as its two ends; the second is "" when none is given. None for a time in words."""
    found = _TIMES.fullmatch(value.strip())
    if found is None or not all(_is_clock(h, m) for h, m in ((found[1], found[2]), (found[3], found[4])) if h):
        return None
    begin, _, end = value.strip().partition("/")
    return begin, end


def shown_hours(value: str, zone: Zone) -> str:
    """``08.00–11.00 WIB``, ``19.30 WIB–selesai``; a time in words as it stands; "" for none."""
    ends = parse_hours(value)
    if ends is None:
        return " ".join(value.split())
    begin, end = (end.replace(":", ".") for end in ends)
    if end == OPEN_END:
        return f"{begin} {zone}–selesai"
    return f"{begin}–{end} {zone}" if end else f"{begin} {zone}"


def typed_hours(text: str, zone: Zone) -> str:
    """What someone typed as hours, as ``Story.hours`` keeps it: read if it can be, else in its own words."""
    if parse_hours(text) is not None:
        return text.strip()
    found = read_hours(text, loose=True)
    return in_zone(found[0], zone) if found else " ".join(text.split())


def in_zone(hours: FoundHours, zone: Zone) -> str:
    """Hours on the clock of ``zone``; without a zone of their own they are on it already."""
    shift = _ZONES[zone] - _ZONES.get(hours.zone, _ZONES[zone])
    ends = [_shift_end(end, shift) for end in hours.value.split("/")]
    return "/".join(ends)


def _shift_end(end: str, hours: int) -> str:
    if end == OPEN_END or not hours:
        return end
    return f"{(int(end[:2]) + hours) % 24:02}:{end[3:]}"


def _is_clock(hour: str, minute: str) -> bool:
    return (int(hour) < 24 and int(minute) < 60) or (hour, minute) == ("24", "00")


# ------------------------------------------------------------------------------------------------ reading


def _read_hours(hit: re.Match[str], loose: bool) -> FoundHours | None:
    parts, zones = (hit["part1"], hit["part2"] or hit["before2"]), (hit["zone1"], hit["zone2"])
    marked = bool(hit["mark"] or any(zones) or any(parts))
    pointed = [bool(re.search(r"\d[.:]\d\d", said)) for said in (hit["begin"], hit["end"] or "")]
    if not marked and not (
        pointed[0] and (loose or (pointed[1] and _is_round(hit["begin"]) and _is_round(hit["end"])))
    ):
        return None
    if not (hit["mark"] or any(zones) or hit["begin"][:1].isdigit()):
        return None  # "dua malam" are nights
    parts = (parts[0] or ("" if hit["part2"] else _part_around(hit, loose)), parts[1])
    begin = _read_time(hit["begin"], (parts[0] or parts[1] or ""), alone=not parts[0])
    end = _read_time(hit["end"], parts[1] or "", alone=False) if hit["end"] else ""
    if begin is None or end is None:
        return None
    # "10-2 sore" begins in the morning: with the part of its end it would begin at 22.00.
    if end and not parts[0] and parts[1] and begin > end:
        begin = _read_time(hit["begin"], "", alone=False) or begin
    # "7 malam-9" ends in the evening as well.
    if end and parts[0] and not parts[1] and end < begin:
        end = _read_time(hit["end"], parts[0], alone=False) or end
    value = begin + (f"/{OPEN_END}" if hit["done"] else f"/{end}" if end else "")
    return FoundHours(hit.start(), hit.end(), value, (zones[0] or zones[1] or "").upper())


def _part_around(hit: re.Match[str], loose: bool) -> str:
    """The part of the day given separately from the hours: before them, in an answer also behind them."""
    found = _PART_BEFORE.search(hit.string[max(0, hit.start() - _LONGEST_DATE) : hit.start()])
    if found is None and loose:
        found = _PART_AFTER.match(hit.string, hit.end())
    return found["part"] if found else ""


def _is_round(said: str) -> bool:
    """Minutes as in a programme: a price range has others."""
    return int(said.strip()[-2:]) % 5 == 0


def _read_time(said: str, part: str, *, alone: bool) -> str | None:
    """``19:30`` of "setengah delapan" + "malam"; None when no clock shows it."""
    words = said.lower()
    half = words.startswith("setengah")
    words = words.removeprefix("setengah").strip()
    shift = re.search(r"(lewat|lebih|kurang)\s+(seperempat|\d+)", words)
    words = words[: shift.start()].strip() if shift else words
    hour_said, _, minute_said = words.replace(":", ".").partition(".")
    hour, minute = number_of(hour_said.strip()), int(minute_said or 0)
    if hour == 0 and hour_said.strip() not in {"0", "00"}:
        return None
    minutes = hour * 60 + minute - (30 if half else 0)
    if shift:
        count = 15 if shift[2] == "seperempat" else int(shift[2])
        minutes += -count if shift[1] == "kurang" else count
    if hour > 24 or minute > 59 or minutes < 0 or minutes > 24 * 60:
        return None
    part = " ".join(part.lower().split())
    minutes = _of_day(minutes, _SPELLED.get(part, part), alone=alone)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _of_day(minutes: int, part: str, *, alone: bool) -> int:
    """A time on the 24-hour clock; ``alone``: the part of the day stands only behind the end of the range."""
    hour = minutes / 60
    if hour >= 13:
        return minutes % (24 * 60)
    noon = 12 * 60
    match part:
        case "siang" if hour < 7:
            return minutes + noon
        case "sore" | "petang" if hour < 12:
            return minutes + noon
        case "malam" if 5 <= hour < 12:
            return minutes + noon
        case "malam" | "dini hari" if 12 <= hour < 13 and not alone:
            return minutes - noon
        case _:
            return minutes
