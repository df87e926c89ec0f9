"""Dotted figures that count nothing, read aloud: addresses of computers, versions, chapters, codes of a budget.

A full stop groups thousands in Indonesian (EYD V, II.D), so that "192.168.1.1" and "1.2.3" are no numbers; neither is
"192.168.100.200", which only the word before it tells apart from an amount.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.posts.spoken_numbers import cardinal_words, digit_words, grouped_digits

if TYPE_CHECKING:
    from collections.abc import Callable

_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_ADDRESS = rf"{_OCTET}(?:\.{_OCTET}){{3}}"
_END = r"(?![\w]|[.,]\d)"
_COMPUTER = r"IPv?4?|gateway|DNS|router|subnet|netmask|server|peladen|host|ping|modem|DHCP|proksi|proxy"
_RELEASE = r"versi|version|ver\.|rilis|revisi|build|firmware|Android|iOS|macOS|Windows|Linux|Ubuntu|Debian|Python"
_SECTION = r"bab|subbab|bagian|butir|angka|lampiran|tabel|gambar|pasal"
_NUMBER, _AND = r"\d{1,6}(?:\.\d{1,6})+", r"(?:,\s|,?\s(?:dan|atau|ke|sampai|hingga)\s)"
_NO_AMOUNT = r"(?!\d{1,3}(?:\.\d{3})+(?![.\d]*\d))"
_NO_DAY = r"(?!\d{1,2}\.\d{1,2}\.(?:19|20)\d\d(?![.\d]))"
_NO_CLOCK = r"(?<!pukul )(?<!Pukul )(?<!jam )(?<!Jam )(?<!pkl )(?<!pkl\. )(?!\d{1,2}(?:\.\d\d){2}\s?WI(?:B|TA|T)\b)"


def dotted_rules() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    """Rows for ``spoken_text``, before the rules for dates, hours and amounts."""
    address = rf"({_ADDRESS})(:\d{{2,5}}|/\d{{1,2}})?{_END}"
    return (
        (rf"(?i)\b((?:{_COMPUTER})\b(?:[\s:]+(?:[a-z]+[\s:]+){{0,2}})){address}", _say_address),
        (rf"(?<![\w.,]){_NO_AMOUNT}(){address}", _say_address),
        (rf"(?<![\w.,])(?=(?:\d+\.){{3}}\d+(?:/\d|:\d\d))(){address}", _say_address),
        (rf"(?i)\b(?:{_RELEASE})\s+(?:v\.?\s?)?{_NUMBER}(?:{_AND}{_NUMBER})*{_END}", _say_codes),
        (rf"\b([vV]\.?)(\d{{1,6}}(?:\.\d{{1,6}})+){_END}", _say_code),
        (rf"(?i)\b((?:{_SECTION})\s+)(\d{{1,3}}(?:\.\d{{1,2}})+){_END}(?!\s?(?:%|persen))", _say_code),
        (rf"(?<![\w.,])(?<!Rp )(?<!Rp\. ){_NO_CLOCK}{_NO_AMOUNT}{_NO_DAY}()(\d+(?:\.\d+){{2,}}){_END}", _say_code),
    )


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
    return re.sub(rf"()({_NUMBER})", _say_code, found[0])


def _say_code(found: re.Match[str]) -> str:
    """Figures with the stops between them; what is long or begins with a zero by its digits."""
    said = " titik ".join(
        grouped_digits(part) if len(part) > 3 or (len(part) > 1 and part[0] == "0") else cardinal_words(int(part))
        for part in found[2].split(".")
    )
    before = found[1]
    return (before if not before or before[-1].isspace() else f"{before.rstrip('.')} ") + said
