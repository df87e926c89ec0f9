"""A text as it is read aloud: every figure, date, hour, sum, unit, abbreviation and telephone number in words.

The rules stand in one row and run in that order, the special before the general: a telephone number is taken out of the
text before the rule for plain numbers sees its digits. What a rule writes holds no digit, so that no later rule takes
it up again; the last rules leave nothing that has no sound (tests/posts/test_spoken_text.py holds this for any text).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from studio.base.locale_forms import FORMS, MONTHS, WEEKDAYS
from studio.posts.spoken_numbers import (
    FIGURE,
    cardinal_words,
    digit_words,
    figure_words,
    fraction_words,
    grouped_digits,
    ordinal_words,
    roman_number,
)
from studio.posts.spoken_words import acronym_words, spoken_words

if TYPE_CHECKING:
    from collections.abc import Callable

    SpeakingRule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]

_DASH = r"\s?[-–—]\s?"
_CLOCK = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
_ZONES = r"WIB|WITA|WIT"
_UNTIL = r"(?:\s?[-–—]\s?|\s+(?:s\.?/?d\.?|sampai(?: dengan)?|hingga)\s+)"
_SHORT_MONTHS = dict(zip(FORMS["id"].short_months, MONTHS, strict=True)) | {"Nop": MONTHS[10], "Agt": MONTHS[7]}
_MONTHS = "|".join((*MONTHS, *_SHORT_MONTHS))
_DEGREE = r"(?:S|M|A|D|B|Ph|Sp|Amd)\.[A-Z][A-Za-z]{0,4}(?:\.[A-Za-z]{1,4})*\.?"
_SCORED = r"skor|menang|kalah|imbang|seri|unggul|takluk|tumbang|berakhir"
_NUMBERED = (
    r"kelas|abad|bab|tahap|triwulan|semester|jilid|zona|golongan|gelombang|angkatan|seri|edisi|bagian|periode|pasal"
)
_REIGNS = r"(?:Buwono|Pakualam|Paku Alam|Mangkunegara|Mangkunegoro|Paulus|Benediktus|Fransiskus)"

_MOST_ROUNDS = 6
"""Rounds of the rules over one line; a line of a story needs two, the second to see that nothing changes."""


def spoken_text(text: str) -> str:
    """``text`` as a reader says it.

    Args:
        text: plain text of any length, figures in Indonesian notation.

    Returns:
        The text on as many lines, without digits and without signs that have no sound. What is words already stays as
        it is, so that the function changes nothing when it is used twice.
    """
    return "\n".join(_spoken_line(line) for line in text.splitlines()).strip("\n")


@lru_cache(maxsize=512)
def _spoken_line(line: str) -> str:
    """One line, said; remembered, because the scripts of 30, 60 and 90 seconds read the same sentences."""
    # Compatibility forms first: "m²" and "½" and full-width digits are then written with plain signs.
    line = unicodedata.normalize("NFKC", line).replace("\u2044", "/").replace("\u2212", "-")
    line = "".join(str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else sign for sign in line)
    # What one rule leaves can be a sign without sound to another (a bracket in brackets): again, until all is still.
    for _ in range(_MOST_ROUNDS):
        before, line = line, _ruled_line(line)
        if line == before:
            break
    return line


def _ruled_line(line: str) -> str:
    ends = line.rstrip()[-1:]
    for pattern, say in _rules():
        line = pattern.sub(say, line)
    line = _tidy(line)
    return line if ends not in ".!?" or not line or line[-1:] in '.!?”"' else line + ends


def _tidy(line: str) -> str:
    """Commas and spaces as they belong, after what was taken out has left holes."""
    line = re.sub(r"\s+", " ", line).strip(" ,;-")
    line = re.sub(r"\s+([,.;:!?])", r"\1", line)
    line = re.sub(r"(?:,\s*)+(?=[,.;:!?])", "", line)
    return re.sub(r"([.!?;:,])(?:\s*,)+", r"\1", line)


@cache
def _rules() -> tuple[SpeakingRule, ...]:
    """All rules in their order, compiled once."""
    rows = (*_address_rules(), *_day_rules(), *_place_rules(), *_amount_rules(), *_word_rules(), *_plain_rules())
    return tuple((re.compile(pattern), say) for pattern, say in rows)


# ------------------------------------------------------------------------------------------------ addresses


def _address_rules() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    """Web and mail addresses, accounts, telephone numbers."""
    ending = r"(?:id|com|org|net|info|io|me|co|be|ly|edu|gov)"
    return (
        (r"(?i)(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+", _say_address),
        (r"(?i)\b(?:https?://|www\.)[^\s<>\"”)]+", _say_address),
        (rf"(?i)(?<![\w.-])[a-z0-9][a-z0-9-]*+(?:\.[a-z0-9-]+)*\.{ending}\b(?:/[^\s<>\"”),;]*)?", _say_address),
        (r"(?<!\w)@[\w.]*\w", lambda m: f"akun {_say_address(m)}"),
        (
            r"(?i)\b(hubungi|telepon|telp\.?|call center|darurat|hotline|layanan(?: nomor)?)\s+"
            r"(1\d\d|\d{5,6})\b(?![.,]\d)",
            _short_number,
        ),
        (r"(?<![\w.,])(?:\+62|62(?=[\s-]?8)|0)[\s-]?8(?:[\s.-]?\d){7,11}(?![\d])", _telephone),
        (
            r"(?<![\w.,])\(0\d{2,3}\)\s?\d{3,4}[\s-]?\d{3,5}(?!\d)"
            r"|(?<![\w.,])(?:\+62[\s-]?|0)\d{2,3}[\s-]\d{3,4}[\s-]?\d{3,5}(?![\d])",
            _telephone,
        ),
    )


def _say_address(found: re.Match[str]) -> str:
    """An address as it is dictated: "kim-maju.id/rt" -> "kim strip maju titik id garis miring rt"."""
    signs = {
        ".": "titik",
        "/": "garis miring",
        "-": "strip",
        "_": "garis bawah",
        "@": "et",
        "+": "plus",
        ":": "titik dua",
    }
    text = re.sub(r"(?i)^(https?://)?(www\.)?", "", found[0])
    end = text[len(text.rstrip(".,:;!?")) :]
    text = text.rstrip(".,:;!?/").lstrip("@")
    parts = re.findall(r"[^\W\d_]+|\d|.", text)
    return (
        " ".join(digit_words(part) if part.isdecimal() else signs.get(part, part) for part in parts if part.strip())
        + end
    )


def _short_number(found: re.Match[str]) -> str:
    return f"{found[1]} {digit_words(found[2])}"


def _telephone(found: re.Match[str]) -> str:
    """A telephone number digit by digit, in the groups it is written in or else in fours; +62 becomes a zero."""
    written = re.sub(r"^\+?62[\s-]?", "0", found[0]).strip("()")
    groups = [re.sub(r"\D", "", part) for part in re.split(r"[\s.()-]+", written)]
    groups = [group for group in groups if group]
    if len(groups) > 1 and min(map(len, groups)) > 1:
        return ", ".join(digit_words(group) for group in groups)
    return grouped_digits("".join(groups))


# ------------------------------------------------------------------------------------------------ days and hours


def _day_rules() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    """Dates and clock times."""
    days = "|".join(WEEKDAYS)
    zone = rf"(?:\s?({_ZONES})\b)?"
    return (
        (r"\b(\d{4})-(\d\d)-(\d\d)\b", lambda m: _date(m, 3, 2, 1)),
        (r"\(?\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b\)?", lambda m: _date(m, 1, 2, 3)),
        (rf"\((\d{{1,2}}){_DASH}(\d{{1,2}})/(\d{{1,2}})(?:/(\d{{2,4}}))?\)", _day_range),
        (r"\((\d{1,2})/(\d{1,2})(?:/(\d\d))?\)", lambda m: _date(m, 1, 2, 3)),
        (
            rf"(?<=\b)({days}),?\s\(?(\d{{1,2}})/(\d{{1,2}})\)?(?![/\d])",
            lambda m: f"{m[1]}, {_day_month(m[2], m[3]) or m[0]}",
        ),
        (rf"\b(\d{{1,2}}){_DASH}(\d{{1,2}})(?=\s(?:{_MONTHS})\b)", lambda m: _from_to(m[1], m[2])),
        (
            rf"(?<=\d)\s({'|'.join(_SHORT_MONTHS)})\b\.?(?=\s\d{{4}}\b|[,.;]|$)",
            lambda m: f" {_SHORT_MONTHS[m[1]]}",
        ),
        (
            rf"(?i)\b(pukul|jam)\s+({_CLOCK}|\d{{1,2}}){_UNTIL}({_CLOCK}|\d{{1,2}}){zone}(?![\d/])",
            lambda m: _hours(m[1], m[2], m[3], m[4]),
        ),
        (rf"\b({_CLOCK}){_UNTIL}({_CLOCK}){zone}(?!\d)", lambda m: _hours("pukul", m[1], m[2], m[3])),
        (
            rf"(?i)\b(pukul|jam)\s+({_CLOCK}|\d{{1,2}}(?=\s?(?:{_ZONES})\b)){zone}(?!\d)",
            lambda m: _hours(m[1], m[2], "", m[3]),
        ),
        (rf"\b({_CLOCK})\s?({_ZONES})\b", lambda m: _hours("pukul", m[1], "", m[2])),
    )


def _date(found: re.Match[str], day: int, month: int, year: int) -> str:
    said = _day_month(found[day], found[month])
    if not said:
        return found[0]
    if found[year]:
        said += f" {cardinal_words(int(found[year]) + (2000 if len(found[year]) == 2 else 0))}"
    # The bracket of "Minggu (22/11)" is the mark of a printed page; aloud a short stop does its work.
    return f", {said}," if found[0].startswith("(") else said


def _day_month(day: str, month: str) -> str:
    if not 1 <= int(day) <= 31 or not 1 <= int(month) <= 12:
        return ""
    return f"{cardinal_words(int(day))} {MONTHS[int(month) - 1]}"


def _day_range(found: re.Match[str]) -> str:
    last = _day_month(found[2], found[3])
    return f", {cardinal_words(int(found[1]))} sampai {last}," if last else found[0]


def _hours(word: str, first: str, last: str, zone: str | None) -> str:
    said = f"{word} {_clock(first)}" + (f" sampai {word.lower()} {_clock(last)}" if last else "")
    return f"{said} {spoken_words().kepanjangan[zone]}" if zone else said


def _clock(text: str) -> str:
    """The hour as it stands, of twenty-four: "08.05" -> "delapan lewat lima menit"."""
    hour, _, minute = text.replace(":", ".").partition(".")
    past = f" lewat {cardinal_words(int(minute))} menit" if minute and int(minute) else ""
    return cardinal_words(int(hour)) + past


def _from_to(first: str, last: str) -> str:
    return f"{figure_words(first)} sampai {figure_words(last)}"


# ------------------------------------------------------------------------------------------------ places and ranks


def _place_rules() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    """Neighbourhoods, ordinals, Roman numerals, scores, ages."""
    return (
        # Degrees belong on paper: a reader says the name. They go first, so that an age behind them is seen.
        (rf"(?:,\s?{_DEGREE})+(?![\w])", lambda m: ""),
        (
            r"\bRT\.?\s?(\d{1,3})\s?/\s?(?:RW\.?\s?)?(\d{1,3})\b",
            lambda m: f"er-te {_unit_number(m[1])}, er-we {_unit_number(m[2])}",
        ),
        (
            r"\bRT\.?\s?(\d{1,3}),?\s+RW\.?\s?(\d{1,3})\b",
            lambda m: f"er-te {_unit_number(m[1])}, er-we {_unit_number(m[2])}",
        ),
        (
            r"\bR([TW])\.?\s?((?:\d{1,3})"
            r"(?:(?:\s?,\s?|\s?[-–]\s?|,?\s(?:dan|atau|sampai|hingga|s\.d\.)\s)\d{1,3})*)(?![\d.]\d)",
            _units,
        ),
        (r"\bRT\s?/\s?RW\b", lambda m: "er-te er-we"),
        (r"\b[Kk]e[- ]?(\d{1,6})\b(?![.,]\d)", lambda m: ordinal_words(int(m[1]))),
        (r"\b([Kk])e-([IVXLCDM]+)\b", lambda m: ordinal_words(roman_number(m[2])) if roman_number(m[2]) else m[0]),
        (
            rf"(?i:\b({_NUMBERED}))\s+([IVXLCDM]+)\b",
            lambda m: f"{m[1]} {cardinal_words(roman_number(m[2]))}" if roman_number(m[2]) else m[0],
        ),
        (
            rf"\b({_REIGNS})\s+([IVX]+)\b",
            lambda m: f"{m[1]} {ordinal_words(roman_number(m[2]))}" if roman_number(m[2]) else m[0],
        ),
        (
            rf"(?i)\b((?:{_SCORED})(?:\s+\w+){{0,3}}?)\s+(\d{{1,3}}){_DASH}(\d{{1,3}})\b",
            lambda m: f"{m[1]} {cardinal_words(int(m[2]))} {cardinal_words(int(m[3]))}",
        ),
        (r"(?<=[a-z])\s?\((\d{1,2})\)", lambda m: f", {cardinal_words(int(m[1]))} tahun,"),
        (r"\b(\d{1,4})-?an\b", _decade),
    )


def _unit_number(digits: str) -> str:
    # "RT 03" is RT tiga: the zero is there for the eye, in lists and on stamps.
    return cardinal_words(int(digits))


def _units(found: re.Match[str]) -> str:
    said = re.sub(r"\s?[-–]\s?", " sampai ", found[2])
    return f"er-{'te' if found[1] == 'T' else 'we'} " + re.sub(r"\d+", lambda m: _unit_number(m[0]), said)


def _decade(found: re.Match[str]) -> str:
    """A count or years at large: "17-an" -> "tujuh belasan"."""
    return f"{cardinal_words(int(found[1]))}an"


# ------------------------------------------------------------------------------------------------ amounts


def _amount_rules() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    """Sums of money, percent, measures, ranges."""
    scale = r"(?:\s?(ribu|juta|miliar|milyar|triliun|rb|jt)\b)?"
    units = "|".join(sorted(map(re.escape, spoken_words().satuan), key=len, reverse=True))
    per = "|".join(sorted(map(re.escape, spoken_words().per), key=len, reverse=True))
    rp = r"(?:Rp|IDR)\.?\s?"
    return (
        (rf"(?i){rp}({FIGURE}){scale}{_UNTIL}(?:{rp})?({FIGURE}){scale}(?:,[-–])?", _money_range),
        (rf"(?i){rp}({FIGURE})(?:,[-–]+)?{scale}", lambda m: f"{_scaled(m[1], m[2])} rupiah"),
        (rf"(?:US\$|USD|\$)\s?({FIGURE}){scale}", lambda m: f"{_scaled(m[1], m[2])} dolar Amerika"),
        (rf"({FIGURE})\s?%?{_DASH}({FIGURE})\s?%", lambda m: f"{_from_to(m[1], m[2])} persen"),
        (rf"({FIGURE})\s?%", lambda m: f"{figure_words(m[1])} persen"),
        (rf"(?<![\w-])-({FIGURE})", lambda m: f"minus {m[1]}"),
        (rf"({FIGURE})\s?[x×]\s?(?={FIGURE})", lambda m: f"{figure_words(m[1])} kali "),
        (rf"({FIGURE})\s?[x×](?!\w)", lambda m: f"{figure_words(m[1])} kali"),
        (rf"(?<![\d/])([1-9])/([2-9]|10)(?![\d/])(?:\s?({units})(?![\w²³]))?", _fraction),
        (rf"({FIGURE}){_DASH}({FIGURE})(?=\s?(?:{units})(?![\w²³]))", lambda m: f"{figure_words(m[1])} sampai {m[2]}"),
        (rf"({FIGURE})\s?({units})(?![\w²³])", lambda m: f"{figure_words(m[1])} {spoken_words().satuan[m[2]]}"),
        (rf"(?<=[a-z])\s?/\s?({per})(?!\w)", lambda m: f" per {spoken_words().per[m[1]]}"),
        (rf"(?<![\w.,-])({FIGURE}){_DASH}({FIGURE})(?![\w-])", lambda m: _from_to(m[1], m[2])),
        (rf"\b({_CLOCK})\b(?![.,]\d)", lambda m: _clock(m[1]) if re.fullmatch(r"\d{1,2}[.:]\d\d", m[1]) else m[0]),
        (r"\b(\d+):(\d+)\b", lambda m: f"{cardinal_words(int(m[1]))} banding {cardinal_words(int(m[2]))}"),
    )


def _scaled(figure: str, scale: str | None) -> str:
    word = {"rb": "ribu", "jt": "juta", "milyar": "miliar"}.get((scale or "").lower(), (scale or "").lower())
    said = figure_words(figure)
    return "seribu" if (said, word) == ("satu", "ribu") else f"{said} {word}".strip()


def _fraction(found: re.Match[str]) -> str:
    said = fraction_words(int(found[1]), int(found[2]))
    return f"{said} {spoken_words().satuan[found[3]]}" if found[3] else said


def _money_range(found: re.Match[str]) -> str:
    first, small, last, large = found.groups()
    return f"{_scaled(first, small)} sampai {_scaled(last, large)} rupiah"


# ------------------------------------------------------------------------------------------------ words


def _word_rules() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    """Abbreviations, titles, degrees, and what stands between words."""
    short = "|".join(sorted(map(re.escape, spoken_words().singkatan), key=len, reverse=True))
    return (
        (r"\bDr\.(?=\s)", lambda m: "doktor"),
        (rf"(?i)(?<![\w.])({short})\.(?=[\s\d,;:)/]|$)", _full_word),
        (r"(?<=\w)\s?&\s?(?=\w)", lambda m: " dan "),
        (r"\bdan\s?/\s?atau\b", lambda m: "dan atau"),
        (r"(?<=[^\W\d_])\s?/\s?(?=[^\W\d_])", lambda m: " atau "),
        (r"(?<![\w])([A-Z][A-Za-z]*[A-Z][A-Za-z]*|Wi-Fi|[A-Z][a-z]+|[a-z]{2,4})(?![^\W\d]|_)", _acronym),
        (r"(?<![\w])([A-Z]{1,4})-?(?=\d)", lambda m: f"{acronym_words(m[1]) if len(m[1]) > 1 else m[1]} "),
    )


def _full_word(found: re.Match[str]) -> str:
    said = spoken_words().singkatan[found[1].lower()]
    return said[0].upper() + said[1:] if found[1][0].isupper() else said


def _acronym(found: re.Match[str]) -> str:
    text = found[1]
    if re.fullmatch(r"[IVX]{2,}", text) and (number := roman_number(text)):
        return cardinal_words(number)
    return acronym_words(text)


def _plain_rules() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    """What is left: single figures, and signs that have no sound."""
    return (
        (r"(?<=[^\W\d_])-?(?=\d)", lambda m: " "),
        (r"(?<=\d)-?(?=[^\W\d_])", lambda m: " "),
        (FIGURE, lambda m: figure_words(m[0])),
        (r"(?<=[a-z])\.(?=[a-z])", lambda m: " koma "),
        (r"[(\[{]([^()\[\]{}]*)[)\]}]", lambda m: f", {m[1]},"),
        (r"\s[-–—]+\s|[—]", lambda m: ", "),
        (r"\+", lambda m: " plus "),
        (r"=", lambda m: " sama dengan "),
        (r"%", lambda m: " persen "),
        (r"…|\.{2,}", lambda m: ","),
        (r"[^\w\s.,;:!?'’‘“”\"-]|_", lambda m: " "),
    )
