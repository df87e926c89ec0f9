"""Numbers, money, hours and days without a date (EYD V, II.D and III)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.base.locale_forms import number_text
from studio.checks.rule import EYD, RuleMark
from studio.story.date_reading import MONTH_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.text_passages import TextPassage

_MONEY = re.compile(r"\bRp(\.\s*|\s+)(?=\d)")
_DASH_TAIL = re.compile(r",-+|\.-")
_DASHED_MONEY = re.compile(r"\bRp(\d[\d.]*)(?:,-+|\.-)")
_PLAIN_MONEY = re.compile(r"\bRp\.?\s*(\d{4,})(?![\d.,])")
_HOUR = re.compile(r"\b((?:pukul|jam)\s+)(\d{1,2}):(\d{2})\b", re.IGNORECASE)
_ENGLISH_NUMBER = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3}){2,})(?![\d.,])")
_LONG_NUMBER = re.compile(r"(?<![\w.,/:-])(?<!\) )(?<!Fax. )(?<!Telp. )(?<!Telp )(?<!HP )(?<!, )(\d{5,})(?![\w.,/:-])")
_COUNT = re.compile(
    r"(?<![\w.,/:-])([1-9]\d{3})(?= (?:orang|warga|jiwa|kasus|ekor|unit|paket|meter|kilogram|kg|ton|liter|buah"
    r"|lembar|eksemplar"
    r"|keluarga|rumah|peserta|pengunjung|siswa|penerima|batang|pohon|bibit|hektare|botol|karung|dosis|pemilih|pelari)\b)"
)
"""Four digits before what is counted: no year, so they take a stop (EYD V, II.D)."""
# "jam" is a length of time, "pukul" the time of day; the first is heard so often for the second that it is only advice.
_CLOCK = re.compile(r"\bjam (?=\d{1,2}[.:]\d{2}\b)", re.IGNORECASE)
_LONGEST_COUNT = 9
"""More digits are an account or a number to call."""
_VAGUE = re.compile(
    r"\b(kemarin|kemaren|besok|lusa|tadi pagi|tadi malam|minggu lalu|pekan lalu"
    r"|(?<!siang )(?<!sore )(?<!malam )(?<!pagi )hari ini)\b",
    re.IGNORECASE,
)
_ANY_DATE = re.compile(rf"\d{{1,2}}[/-]\d{{1,2}}|\d{{1,2}}\s+(?:{MONTH_WORDS})\b", re.IGNORECASE)


def check_notation(passage: TextPassage) -> Iterator[RuleMark]:
    """Marks of these rules for one paragraph."""
    yield from _money_marks(passage.clean_text)
    yield from _number_marks(passage.clean_text)
    yield from _vague_marks(passage)


def _mark_notation(code: str, start: int, end: int, told: str, source: str, *fixes: str) -> RuleMark:
    return RuleMark(code, "warning", start, end, source, fixes, {"word": told, "fix": fixes[0] if fixes else ""})


def _money_marks(text: str) -> Iterator[RuleMark]:
    for found in _PLAIN_MONEY.finditer(text):
        yield _mark_notation("language_money", *found.span(), found[0], f"{EYD}, II.D", f"Rp{dotted_digits(found[1])}")
    for found in _MONEY.finditer(text):
        number = re.compile(r"[\d.,]*\d").match(text, found.end())
        if number and not re.fullmatch(r"\d{4,}", number[0]):
            tail = _DASH_TAIL.match(text, number.end())
            end = tail.end() if tail else number.end()
            told = text[found.start() : end]
            yield _mark_notation("language_money", found.start(), end, told, f"{EYD}, II.D", f"Rp{number[0]}")
    for found in _DASHED_MONEY.finditer(text):
        yield _mark_notation("language_money", *found.span(), found[0], f"{EYD}, II.D", f"Rp{found[1]}")


def _number_marks(text: str) -> Iterator[RuleMark]:
    for found in _HOUR.finditer(text):
        yield _mark_notation(
            "language_hour", *found.span(), found[0], f"{EYD}, III.A", f"{found[1]}{found[2]}.{found[3]}"
        )
    for found in _CLOCK.finditer(text):
        fixed = "Pukul " if found[0][0].isupper() else "pukul "
        yield RuleMark(
            "language_clock",
            "advice",
            *found.span(),
            f"{EYD}, III.A",
            (fixed,),
            {"word": found[0].strip(), "fix": fixed},
        )
    for found in _ENGLISH_NUMBER.finditer(text):
        yield _mark_notation("language_thousands", *found.span(), found[0], f"{EYD}, III.A", found[1].replace(",", "."))
    for found in _COUNT.finditer(text):
        yield _mark_notation("language_thousands", *found.span(), found[0], f"{EYD}, III.A", dotted_digits(found[1]))
    for found in _LONG_NUMBER.finditer(text):
        if len(found[1]) <= _LONGEST_COUNT and found[1][0] != "0":
            yield _mark_notation(
                "language_thousands", *found.span(), found[0], f"{EYD}, III.A", dotted_digits(found[1])
            )


def dotted_digits(digits: str) -> str:
    """Digits with a stop after every third from the right: ``1250000`` -> ``1.250.000``."""
    return number_text(int(digits))


def _vague_marks(passage: TextPassage) -> Iterator[RuleMark]:
    for begin, end in passage.sentences:
        if _ANY_DATE.search(passage.clean_text, begin, end):
            continue
        for found in _VAGUE.finditer(passage.clean_text, begin, end):
            if not passage.is_quoted(found.start()):
                yield _mark_notation("language_vague_day", *found.span(), found[0], "KEJ pasal 3")
