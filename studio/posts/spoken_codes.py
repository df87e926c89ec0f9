"""Dotted figures that count nothing, read aloud: addresses of computers, versions, chapters, codes of a budget.

A full stop groups thousands in Indonesian (EYD V, II.D), so that "192.168.1.1" and "1.2.3" are no numbers; neither is
"192.168.100.200", which only the word before it tells apart from an amount.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.base.locale_forms import WEEKDAYS
from studio.posts.spoken_numbers import cardinal_words, digit_words, grouped_digits

if TYPE_CHECKING:
    from collections.abc import Callable

_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_ADDRESS = rf"{_OCTET}(?:\.{_OCTET}){{3}}"
_END = r"(?![\w]|[.,]\d)"
_COMPUTER = r"IPv?4?|gateway|DNS|router|subnet|netmask|server|peladen|host|ping|modem|DHCP|proksi|proxy"
_RELEASE = r"versi|version|ver\.|build|firmware|Android|iOS|macOS|Windows|Linux|Ubuntu|Debian|Python"
_SECTION = r"bab|subbab|bagian|butir|angka|lampiran|tabel|gambar|pasal"
_NO_AMOUNT = r"(?!\d{1,3}(?:\.\d{3})+(?![.\d]*\d))"
_NUMBER, _AND = r"\d{1,6}(?:\.\d{1,6})+", r"(?:,\s|,?\s(?:dan|atau|ke|sampai|hingga|s\.?/?d\.?)\s|\s?[-–—]\s?)"
_CHAPTER = r"\d{1,3}(?:\.\d{1,2})+"
_NO_COUNT = r"(?!\s?(?:%|(?:persen|ribu|juta|miliar|milyar|triliun|rb|jt|k?m|kg|ha|ton|meter|hektare|liter)\b))"
_NO_SUM = r"(?!\s?(?:rupiah|warga|orang|jiwa|unit)\b)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d"
_NO_DAY = rf"(?!{_DAY}(?!\d|\.\d))"
_DAY_NAMED = rf"(?i)\b(?:tanggal|tgl\.?|{'|'.join(WEEKDAYS)}),?\s\(?$"
_PLACED = r"(?i)\b(?:koordinat|GPS|lintang|bujur)\b[^\d\n]{0,20}?-?\d{1,3}\.\d+(?:[^\d\n]{1,8}?-?\d{1,3}\.\d+)?"
_NO_CLOCK = r"(?<!pukul )(?<!Pukul )(?<!jam )(?<!Jam )(?<!pkl )(?<!pkl\. )(?!\d{1,2}(?:\.\d\d){2}\s?WI(?:B|TA|T)\b)"


def dotted_rules() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    """Rows for ``spoken_text``, before the rules for dates, hours and amounts."""
    one = rf"{_ADDRESS}(?::\d{{2,5}}|/\d{{1,2}})?(?![.,]?\w)"
    addresses = rf"({one}(?:{_AND}{one})*){_NO_SUM}"
    return (
        (r"(?<![\w.,/@-])(?<!Rp )\d+(?:[.-]\w+)*(?:/\w+(?:[.-]\w+)*)+(?!\w)", _say_register),
        (rf"{_PLACED}(?!\d|\.\d)", _say_place),
        (r"(?<![\w.,])(\d{1,3})\.(\d+)(?=°?\s?(?:LS|LU|BT|BB)\b)", lambda m: f"{m[1]},{m[2]}"),
        # No thousands: their groups have three figures, and no amount begins with a zero.
        (r"(?<![\w.,/])(\d{1,3})\.(\d{4,})(?!\d|\.\d)", lambda m: f"{m[1]},{m[2]}"),
        (r"(?<![\w.,/])0\.(\d{3})(?!\d|\.\d)", lambda m: f"0,{m[1]}"),
        (rf"(?i)\b((?:{_COMPUTER})\b(?:[\s:]+(?:[a-z]+[\s:]+){{0,2}})){addresses}", _say_addresses),
        (rf"(?<![\w.,])(){_NO_AMOUNT}{addresses}", _say_addresses),
        (rf"(?<![\w.,])(?=(?:\d+\.){{3}}\d+(?:/\d|:\d\d))(){addresses}", _say_addresses),
        (
            rf"(?i)\b(?:{_RELEASE})\s+(?:v\.?\s?)?{_NUMBER}{_END}(?:{_AND}{_NO_AMOUNT}{_NUMBER}{_END})*",
            _say_codes,
        ),
        (rf"\b([vV]\.?)(\d{{1,6}}(?:\.\d{{1,6}})+){_END}", _say_code),
        (rf"(?i)\b(?:{_SECTION})\s+{_CHAPTER}{_END}{_NO_COUNT}(?:{_AND}{_CHAPTER}{_END}{_NO_COUNT})*", _say_codes),
        (
            r"(?i)\b((?:waktu|durasi|selama|tempuh|finis)\s(?:(?!pukul|jam)[a-z]+\s){0,2}?)"
            rf"(\d{{1,2}})\.([0-5]\d)\.([0-5]\d){_END}(?!\sWI[BT])",
            _say_length,
        ),
        (
            rf"(?<![\w.,])(?<!Rp )(?<!Rp\. ){_NO_CLOCK}{_NO_AMOUNT}{_NO_DAY}()(\d+(?:\.\d+){{2,}}){_END}",
            _say_unnamed,
        ),
    )


def _say_register(found: re.Match[str]) -> str:
    """The number of a decree or a letter, "188.4.45/KEP/12/2024": its parts, and the strokes between them."""
    parts = found[0].split("/")
    has_code = any(re.fullmatch(rf"{_NO_AMOUNT}{_NO_DAY}\d+(?:\.\d+){{2,}}", part) for part in parts)
    is_net = len(parts) == 2 and len(parts[1]) < 3 and re.fullmatch(_ADDRESS, parts[0])
    is_day = all(len(part) < 3 for part in parts[:-1]) and "".join(parts).isdecimal()
    is_numbered = len(parts) > 2 and re.fullmatch(r"(?:19|20)\d\d", parts[-1]) and not is_day
    if is_net or any(re.search(r"\d-\d", part) for part in parts) or not (is_numbered or has_code):
        return found[0]
    return " garis miring ".join(re.sub(rf"^()({_NUMBER})$", _say_code, part) for part in parts)


def _say_place(found: re.Match[str]) -> str:
    """A place on the earth: its stops are those of decimals, however many figures follow."""
    return re.sub(r"(?<![\d.])(\d{1,3})\.(?=\d+(?!\d|\.\d))", r"\1,", found[0])


def _say_length(found: re.Match[str]) -> str:
    """How long something took, "1.23.45"."""
    hours, minutes, seconds = (cardinal_words(int(part)) for part in found.groups()[1:])
    return f"{found[1]}{hours} jam {minutes} menit {seconds} detik"


def _say_unnamed(found: re.Match[str]) -> str:
    """Figures that nothing names; after the name of a day they are one ("Senin, 1.2.26")."""
    return found[0] if re.search(_DAY_NAMED, found.string[: found.start()]) else _say_code(found)


def _say_addresses(found: re.Match[str]) -> str:
    """Addresses of computers, one or a row of them."""
    said = re.sub(rf"()({_ADDRESS})(:\d+|/\d+)?", _say_address, found[2])
    return found[1] + _say_dashes(said)


def _say_dashes(said: str) -> str:
    return re.sub(r"\s?[-–—]\s?", " sampai ", said)


def _say_address(found: re.Match[str]) -> str:
    """The address of a computer: each figure by its digits, as it is typed."""
    said = " titik ".join(digit_words(part) for part in found[2].split("."))
    if not found[3]:
        return found[1] + said
    number = found[3][1:]
    return f"{found[1]}{said} " + (
        f"garis miring {cardinal_words(int(number))}" if found[3][0] == "/" else f"titik dua {digit_words(number)}"
    )


def _say_codes(found: re.Match[str]) -> str:
    """A version, or a row of them."""
    return _say_dashes(re.sub(rf"()({_NUMBER})", _say_code, found[0]))


def _say_code(found: re.Match[str]) -> str:
    """Figures with the stops between them; what is long or begins with a zero by its digits."""
    said = " titik ".join(
        grouped_digits(part) if len(part) > 3 or (len(part) > 1 and part[0] == "0") else cardinal_words(int(part))
        for part in found[2].split(".")
    )
    before = found[1]
    return (before if not before or before[-1].isspace() else f"{before.rstrip('.')} ") + said
