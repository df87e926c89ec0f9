"""How a series is worded in Indonesian: "setiap Selasa pertama", "setiap Minggu Pon", read and written.

``read_series`` understands what ``series_text`` writes, and more. What it does not understand it names: a rule that was
half understood would announce a wrong day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.errors import UserError
from studio.base.locale_forms import MONTHS, WEEKDAYS, long_day
from studio.story.date_formats import parse_date
from studio.story.date_reading import DAY_WORDS, MONTH_WORDS, NUMBER_WORDS, month_number, number_of, read_days
from studio.story.newsroom_records import StorySeries
from studio.story.series_days import MARKET_DAYS, market_day, market_day_name, month_end, plain_rule, series_days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""Days of the week in a rule, Monday first."""
SELAPAN = 35
"""Days after which a weekday and a market day meet again."""
_NTH = ("pertama", "kedua", "ketiga", "keempat", "kelima")
_UNITS = {"hari": "DAILY", "minggu": "WEEKLY", "pekan": "WEEKLY", "bulan": "MONTHLY", "tahun": "YEARLY"}
_MARKET = "Legi|Manis|Umanis|Pahing|Paing|Pon|Wage|Kliwon|Kaliwon"
_N = rf"(?:\d{{1,2}}|{NUMBER_WORDS})"
_ORDINAL = r"(?:pertama|kedua|ketiga|keempat|kelima|terakhir|ke-?\s?[1-5])"
_ORDINALS = rf"{_ORDINAL}(?:\s*(?:,|,?\s*dan|&)\s*{_ORDINAL})*"
_EACH = r"(?:(?:(?<!\w)(?:setiap|tiap-tiap|tiap|saban))\s+)"
_DAY = rf"(?:(?:hari\s+)?(?:{DAY_WORDS})(?!\w))"
_DAYS = rf"{_DAY}(?:\s*(?:,\s*dan|,|dan|&)\s*{_DAY})*"
_DAY_RANGE = rf"(?<!\w)(?:hari\s+)?(?P<a>{DAY_WORDS})\s*(?:-|–|sampai|hingga|s\.?d\.?)\s*(?P<b>{DAY_WORDS})(?!\w)"
_NAMED_DAYS = rf"(?<!\w)(?P<eve>malam\s+)?(?P<days>{_DAYS})(?:\s+(?:pasaran\s+)?(?P<market>{_MARKET})(?!\w))?"
_WEEK = re.compile(rf"(?<!hari )(?<!malam )(?<!\w)minggu(?!\w)(?!\s+(?:pasaran\s+)?(?i:{_MARKET})(?!\w))")
_UNTIL = re.compile(r"(?<!\w)(?:sampai(?:\s+dengan)?|hingga|s\s?[./]?\s?d\.?)\s+(?P<end>.+)$", re.IGNORECASE)
_EXCEPT = re.compile(r"(?<!\w)(?:kecuali|selain|libur)(?!\w)(?P<days>.+?)(?=$|\b(?:sampai|hingga)\b)", re.IGNORECASE)
_TIMES = re.compile(rf"(?<!\w)(?:sebanyak\s+)?(?P<n>\d{{1,3}}|{NUMBER_WORDS})\s*(?:kali|x)(?!\w)", re.IGNORECASE)
_UNIT = "hari|pekan|minggu|bulan|tahun"
_OFTEN = re.compile(
    rf"(?<!\w)(?:(?:setiap|tiap-tiap|tiap|saban|per)\s+|se)(?:{_UNIT})\s+(?:sebanyak\s+)?(?:\d{{1,3}}|{NUMBER_WORDS})\s*(?:kali|x)(?!\w)"
    rf"|(?<!\w)(?:\d{{1,3}}|{NUMBER_WORDS})\s*(?:kali|x)\s+(?:(?:dalam|per|setiap|tiap)\s+)?(?:se)?(?:{_UNIT})(?!\w)",
    re.IGNORECASE,
)
"""So many times within a while: "dua kali sebulan" names no days."""
_MONTH_ONLY = re.compile(
    rf"\s*(?:akhir\s+)?(?:bulan\s+)?(?P<month>{MONTH_WORDS})(?:\s+(?P<year>\d{{4}}))?\W*", re.IGNORECASE
)
_YEAR_ONLY = re.compile(r"\s*(?:akhir\s+tahun|(?:akhir\s+)?(?:tahun\s+)?(?P<year>\d{4}))\W*", re.IGNORECASE)
_FILLER = re.compile(
    r"(?<!\w)(?:setiap|tiap-tiap|tiap|saban|hari|pada|di|dan|bulan|bulannya|yang|sekali|pasaran|pekan|mulai|jatuh)(?!\w)|[\s,.;&]+",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _RuleWords:
    """What was read so far; ``rest`` is what nobody has understood yet."""

    rest: str
    start: date
    freq: str = ""
    interval: int = 1
    days: list[int] = field(default_factory=list)
    nth: list[int] = field(default_factory=list)
    month_days: list[int] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    market: str = ""
    eve: bool = False
    times: int = 0
    until: str = ""
    except_days: tuple[str, ...] = ()
    rule: str = ""

    def take_out(self, pattern: str, flags: int = re.IGNORECASE) -> re.Match[str] | None:
        """Find something once and take it out of what is left to be understood."""
        hit = re.search(pattern, self.rest, flags)
        if hit is not None:
            # A comma in its place: the words on both sides must not be read as one phrase.
            self.rest = f"{self.rest[: hit.start()]} , {self.rest[hit.end() :]}"
        return hit


def read_series(text: str, start: date, series_id: str) -> StorySeries:
    """A series as someone typed it.

    Args:
        text: "setiap Selasa pertama", "dua minggu sekali hari Senin sampai Juni 2027, kecuali 28 Desember 2026".
        start: the day of the story; tells what "setiap bulan" means, and the year of days without one.
        series_id: of the row.

    Raises:
        UserError: ``series.unread``: with the words that were not understood; ``series.no_days``: no day follows.
    """
    told = _understood(text, start)
    made = StorySeries(
        id=series_id,
        rule=told.rule or _rule_of(told),
        market_day=told.market,
        except_days=told.except_days,
        until=told.until,
    )
    days = series_days(made, start, max(1, told.times - 1))
    if not days or told.times == 1:
        raise UserError("series.no_days", words=text.strip())
    # "Six times" counts the story there is; a day as the end means the same on every story of the row.
    return replace(made, until=days[-1].isoformat() if told.times > 1 else start.isoformat()) if told.times else made


def _understood(text: str, start: date) -> _RuleWords:
    """What the words of a series say; ``read_series`` without the days."""
    told = _RuleWords(" ".join(text.split()), start)
    # Exceptions and the end first: their dates would otherwise be read as days of the series.
    readers = (_read_exceptions, _read_end, _read_rule, _read_times, _read_days, _read_month_days, _read_unit)
    for read in readers:
        if not told.rule:
            read(told)
    left = _FILLER.sub(" ", told.rest).strip()
    if left or not (told.rule or told.freq or told.days or told.month_days or told.market):
        raise UserError("series.unread", words=left or text.strip() or "–")
    return told


def _read_exceptions(told: _RuleWords) -> None:
    hit = _EXCEPT.search(told.rest)
    if hit is None:
        return
    found = read_days(hit["days"], told.start, "future")
    days = [day for each in found if each.exact for day in _each_day(each.first, each.last)]
    rest = hit["days"]
    for each in reversed(found):
        rest = rest[: each.start] + " " + rest[each.end :]
    if not days or _FILLER.sub("", rest).strip():
        raise UserError("series.unread", words=hit[0].strip())
    told.except_days = tuple(day.isoformat() for day in sorted(set(days)))
    told.rest = told.rest[: hit.start()] + told.rest[hit.end() :]


def _each_day(first: date | None, last: date | None) -> Iterable[date]:
    if first is None or last is None:
        return ()
    # At most a year: an end that was mistyped must not make a list of thousands of days.
    return (first + timedelta(n) for n in range(min(366, (last - first).days + 1)))


def _read_end(told: _RuleWords) -> None:
    hit = _UNTIL.search(told.rest)
    while hit is not None and re.match(rf"(?:{DAY_WORDS})(?!\w)\s*(?![\s,]*\d)", hit["end"], re.IGNORECASE):
        hit = _UNTIL.search(told.rest, hit.start("end"))  # "Senin sampai Jumat" is no end
    if hit is None:
        return
    if month := _MONTH_ONLY.fullmatch(hit["end"]):
        number = month_number(month["month"])
        # Without a year it is the next such month.
        year_of = int(month["year"] or told.start.year + (number < told.start.month))
        last: date | None = month_end(year_of, number)
    elif year := _YEAR_ONLY.fullmatch(hit["end"]):
        last = date(int(year["year"] or told.start.year), 12, 31)
    else:
        found = read_days(hit["end"], told.start, "future")
        rest = hit["end"][: found[0].start] + hit["end"][found[0].end :] if found else "?"
        last = found[0].last if len(found) == 1 and found[0].exact and not _FILLER.sub("", rest) else None
    if last is None:
        raise UserError("series.unread", words=hit[0].strip())
    told.until = last.isoformat()
    told.rest = told.rest[: hit.start()]


def _read_rule(told: _RuleWords) -> None:
    """A rule as it is, which nobody types but a calendar gives: "FREQ=MONTHLY;BYDAY=-2FR"."""
    if hit := told.take_out(rf"(?:RRULE:)?(?P<rule>FREQ=[A-Z0-9=;,+-]+)(?:\s+(?P<market>{_MARKET})(?!\w))?"):
        told.rule, told.market = ";".join(plain_rule(hit["rule"])), market_day_name(hit["market"] or "")


def _read_times(told: _RuleWords) -> None:
    if often := _OFTEN.search(told.rest):
        raise UserError("series.unread", words=often[0])
    if hit := told.take_out(_TIMES.pattern):
        told.times = _counted(hit)


def _counted(hit: re.Match[str]) -> int:
    """The number a pattern has found; none is counted by nothing.

    Raises:
        UserError: ``series.unread``.
    """
    number = number_of(hit["n"])
    if number < 1:
        raise UserError("series.unread", words=hit[0].strip())
    return number


def _read_days(told: _RuleWords) -> None:
    """Days of the week and of the market, "malam" before them, "pertama" behind them."""
    # Without a capital, "minggu" alone is a week: "setiap minggu", "dua minggu sekali", but "setiap hari minggu".
    told.rest = _WEEK.sub("pekan", told.rest)
    if told.take_out(r"(?<!\w)hari\s+kerja(?!\w)"):
        told.days = [0, 1, 2, 3, 4]
    elif hit := told.take_out(_DAY_RANGE):
        first, last = _day_number(hit["a"]), _day_number(hit["b"])
        told.days = [(first + n) % 7 for n in range((last - first) % 7 + 1)]
    elif hit := told.take_out(_NAMED_DAYS):
        told.days = [_day_number(name) for name in re.findall(DAY_WORDS, hit["days"], re.IGNORECASE)]
        told.eve, told.market = bool(hit["eve"]), market_day_name(hit["market"] or "")
    elif hit := told.take_out(rf"(?<!\w)(?P<eve>malam\s+)?(?:pasaran\s+)?(?P<market>{_MARKET})(?!\w)"):
        told.eve, told.market = bool(hit["eve"]), market_day_name(hit["market"])
        told.freq = "DAILY"
    if told.eve:  # the night that leads to a day begins on the evening before
        told.days = [(day - 1) % 7 for day in told.days]
        told.market = MARKET_DAYS[MARKET_DAYS.index(told.market) - 1] if told.market else ""
    # Of a market day there is at most one in a month: which one "pertama" means cannot be told.
    if (
        told.days
        and not told.market
        and (hit := told.take_out(rf"(?<!\w)(?:(?:di\s+)?pekan\s+)?(?P<nth>{_ORDINALS})(?!\w)"))
    ):
        told.nth = [_nth_number(word) for word in re.findall(_ORDINAL, hit["nth"], re.IGNORECASE)]


def _day_number(name: str) -> int:
    word = name.casefold().replace("’", "'")
    spelled = {"jum'at": "jumat", "jumaat": "jumat", "ahad": "minggu"}.get(word, word)
    return [day.casefold() for day in WEEKDAYS].index(spelled)


def _nth_number(word: str) -> int:
    plain = word.casefold().removeprefix("ke").strip("- ")
    if plain.isdigit():
        return int(plain)
    return -1 if word.casefold() == "terakhir" else _NTH.index(word.casefold()) + 1


def _read_month_days(told: _RuleWords) -> None:
    """Days of the month ("tanggal 1 dan 15", "17 Agustus", "akhir bulan"), then months behind them."""
    if told.days or told.market:
        pass
    elif told.take_out(r"(?<!\w)(?:akhir\s+bulan|hari\s+terakhir(?:\s+(?:setiap\s+|tiap\s+)?bulan)?)(?!\w)"):
        told.month_days = [-1]
    elif told.take_out(r"(?<!\w)awal\s+bulan(?!\w)"):
        told.month_days = [1]
    elif hit := told.take_out(
        rf"(?<!\w)(?:tanggal|tgl\.?)\s+(?P<days>{_N}(?:\s*(?:,\s*dan|,|dan|&)\s*{_N})*)(?!\w)(?:\s+(?:bulan\s+)?(?P<month>{MONTH_WORDS})(?!\w))?"
        rf"|(?<!\w)(?P<day>\d{{1,2}})\s+(?P<month2>{MONTH_WORDS})(?!\w)"
    ):
        told.month_days = [number_of(day) for day in re.findall(_N, hit["day"] or hit["days"], re.IGNORECASE)]
        if name := hit["month"] or hit["month2"]:
            told.months = [month_number(name)]
        longest = monthrange(2028, told.months[0])[1] if told.months else 31  # 2028 is a leap year
        if not all(1 <= day <= longest for day in told.month_days):
            raise UserError("series.unread", words=hit[0].strip())
    while hit := told.take_out(rf"(?<!\w)(?:bulan\s+)?(?P<month>{MONTH_WORDS})(?!\w)"):
        told.months.append(month_number(hit["month"]))


def _read_unit(told: _RuleWords) -> None:
    """How often: "setiap bulan", "dua minggu sekali", "selapan sekali"."""
    unit = "hari|pekan|bulan|tahun"
    if told.take_out(
        r"(?<!\w)(?:se)?lapan(?:an)?(?:\s+(?:hari\s+)?sekali)?(?!\w)|(?<!\w)35\s+hari(?:\s+sekali)?(?!\w)"
    ):
        told.freq, told.interval = "DAILY", SELAPAN
    elif hit := told.take_out(rf"(?<!\w)(?:(?P<n>{_N})\s*|(?P<one>se))(?P<unit>{unit}|minggu)(?:\s+sekali)?(?!\w)"):
        told.freq = _UNITS[hit["unit"].lower()]
        told.interval = _counted(hit) if hit["n"] else 1
    elif (
        hit := told.take_out(rf"{_EACH}(?P<unit>{unit})(?!\w)(?!\s*,\s*,)")
        if not (told.days or told.month_days)
        else None
    ):
        told.freq = _UNITS[hit["unit"].lower()]


def _rule_of(told: _RuleWords) -> str:
    parts: list[str]
    if told.days and told.nth:
        parts = ["FREQ=MONTHLY", f"BYDAY={','.join(f'{n}{CODES[day]}' for n in told.nth for day in told.days)}"]
    elif told.days:
        freq = "WEEKLY" if told.freq in {"", "WEEKLY"} else told.freq
        parts = [f"FREQ={freq}", f"BYDAY={','.join(CODES[day] for day in dict.fromkeys(sorted(told.days)))}"]
    elif told.month_days or told.freq in {"MONTHLY", "YEARLY"}:
        parts = _month_rule(told)
    else:
        parts = [f"FREQ={told.freq}"]
    if told.interval > 1:
        parts.insert(1, f"INTERVAL={told.interval}")
    if told.months:
        parts.append(f"BYMONTH={','.join(map(str, sorted(set(told.months))))}")
    return ";".join(parts)


def _month_rule(told: _RuleWords) -> list[str]:
    """A day of the month; the 29th to 31st mean the last day of a shorter month, which nobody means to leave out."""
    days = told.month_days or [told.start.day]
    if told.freq == "YEARLY" and not told.months:
        told.months = [told.start.month]
    freq = "YEARLY" if told.freq == "YEARLY" or (told.months and len(told.month_days) == 1) else "MONTHLY"
    # 2027 is no leap year, so February counts with its 28 days.
    shortest = min((monthrange(2027, month)[1] for month in told.months), default=28)
    if len(days) == 1 and days[0] > shortest:
        return [f"FREQ={freq}", f"BYMONTHDAY={','.join(map(str, range(shortest, days[0] + 1)))}", "BYSETPOS=-1"]
    return [f"FREQ={freq}", f"BYMONTHDAY={','.join(map(str, days))}"]


# ------------------------------------------------------------------------------------------------ written


def series_text(series: StorySeries) -> str:
    """The series in words that ``read_series`` understands; the rule as it is where nobody would say it in words."""
    try:
        parts = dict(part.split("=", 1) for part in plain_rule(series.rule))
    except UserError:
        return series.rule
    said = _said_again(parts, market_day_name(series.market_day))
    said = said or " ".join(filter(None, (";".join(plain_rule(series.rule)), series.market_day)))
    if days := [day for text in series.except_days if (day := parse_date(text))]:
        said += f" kecuali {_listed([long_day(day) for day in days])}"
    if until := parse_date(series.until):
        said += f" sampai {long_day(until)}"
    return said


def _said_again(parts: dict[str, str], market: str) -> str:
    """The words for a rule, where they mean that very rule when they are read; "" for any other.

    The form of a series reads its own words: with another meaning it would be another series, and nobody asked for it.
    """
    said = _said_rule(dict(parts), market)
    try:
        read = _understood(said, date(2027, 1, 1)) if said else None
    except UserError:
        return ""
    return said if read is not None and read.market == market and _alike(_rule_of(read), parts) else ""


def _alike(rule: str, parts: dict[str, str]) -> bool:
    """Whether two rules are written for the same days."""
    return _plain_parts(dict(part.split("=", 1) for part in rule.split(";"))) == _plain_parts(parts)


def _plain_parts(parts: dict[str, str]) -> dict[str, list[str]]:
    plain = {name: sorted(value.replace("+", "").split(",")) for name, value in parts.items()}
    if plain.get("INTERVAL") == ["1"]:
        del plain["INTERVAL"]
    # One day of one month comes once a year, whether months or years are counted.
    once = len(plain.get("BYMONTH", ())) == 1 and "BYMONTHDAY" in plain and "INTERVAL" not in plain
    return plain | {"FREQ": ["YEARLY"]} if once and plain["FREQ"] == ["MONTHLY"] else plain


def _said_rule(parts: dict[str, str], market: str) -> str:
    """The rule without its end and exceptions; "" where it has parts that are not said in words."""
    freq, every = parts.pop("FREQ"), int(parts.pop("INTERVAL", "1"))
    days, month_days = parts.pop("BYDAY", ""), parts.pop("BYMONTHDAY", "")
    numbers = [number for number in parts.pop("BYMONTH", "").split(",") if number]
    months = [MONTHS[int(number) - 1] for number in numbers if number.isdigit() and 0 < int(number) < 13]
    last = parts.pop("BYSETPOS", "") == "-1"
    if parts or (days and month_days) or len(months) < len(numbers):
        return ""
    tell: dict[str, Callable[[], str]] = {
        "DAILY": lambda: _said_daily(every, market, days or month_days),
        "WEEKLY": lambda: _said_weekly(every, market, days) if not month_days else "",
        "MONTHLY": lambda: _said_monthly(every, market, days, month_days, last=last),
        "YEARLY": lambda: _said_yearly(every, market, days, month_days, months, last=last),
    }
    said = tell[freq]()
    return f"{said} bulan {_listed(months)}" if said and months and freq != "YEARLY" else said


def _said_daily(every: int, market: str, more: str) -> str:
    if more or (market and every > 1):
        return ""
    if market:
        return f"setiap {market}"
    return "setiap selapan" if every == SELAPAN else f"setiap {every} hari" if every > 1 else "setiap hari"


def _said_weekly(every: int, market: str, days: str) -> str:
    names = [WEEKDAYS[CODES.index(code)] for code in days.split(",") if code in CODES]
    if (days and len(names) < len(days.split(","))) or (market and (len(names) != 1 or every > 1)):
        return ""
    often = f"setiap {every} pekan" if every > 1 else "setiap"
    if not names:
        return often if every > 1 else "setiap pekan"
    named = _listed(names)
    return " ".join(filter(None, (often, "hari" if every > 1 else "", named, market)))


def _said_monthly(every: int, market: str, days: str, month_days: str, *, last: bool) -> str:
    if market or (last and not month_days):
        return ""
    often = f"setiap {every} bulan" if every > 1 else "setiap"
    if month_days:
        numbers = month_days.split(",")
        if last:
            row = [str(n) for n in range(28, 32)]
            return f"{often} tanggal {numbers[-1]}" if len(numbers) > 1 and numbers == row[: len(numbers)] else ""
        if numbers == ["-1"]:
            return f"{often} akhir bulan"
        return f"{often} tanggal {_listed(numbers)}" if all(n.isdigit() for n in numbers) else ""
    hits = [re.fullmatch(r"\+?(-?\d)([A-Z]{2})", code) for code in days.split(",")]
    found = [(int(hit[1]), CODES.index(hit[2])) for hit in hits if hit and int(hit[1]) in {-1, 1, 2, 3, 4, 5}]
    names = list(dict.fromkeys(day for _, day in found))
    if len(found) < len(hits) or len(names) != 1:
        return ""
    nth = _listed(["terakhir" if n < 0 else _NTH[n - 1] for n, _ in found])
    return f"{often} {'hari ' if every > 1 else ''}{WEEKDAYS[names[0]]} {nth}"


def _said_yearly(every: int, market: str, days: str, month_days: str, months: list[str], *, last: bool) -> str:
    if market or days or every > 1 or len(months) != 1 or not month_days:
        return ""
    numbers = month_days.split(",")
    if last or len(numbers) == 1:
        return f"setiap {numbers[-1]} {months[0]}" if numbers[-1].isdigit() else ""
    return ""


def _listed(words: list[str]) -> str:
    return " dan ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def day_words(day: date) -> str:
    """``Minggu Pon, 6 Desember 2026``: a day with its place in both weeks."""
    return f"{WEEKDAYS[day.weekday()]} {market_day(day)}, {long_day(day)}"
