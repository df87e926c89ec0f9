"""Numbers as they are read aloud in Indonesian: cardinals, digits one by one, ordinals, fractions, Roman numerals.

The words of integers are made here and not by ``lokal-id``, whose ``terbilang`` says the same (tests compare the two):
importing that package compiles its patterns for 0.17 s, before the first text of every export. Figures are taken in
Indonesian notation: a full stop between thousands, a comma before decimals (EYD V).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_SCALES = (
    *((10**15, "kuadriliun"), (10**12, "triliun"), (10**9, "miliar"), (10**6, "juta")),
    *((1000, "ribu"), (100, "ratus")),
)
_LARGEST = 10**18
"""From here on nobody follows a number by ear: it is read digit by digit."""
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
# Strict form only: "IIII" or "IM" in a text are no numerals.
_ROMAN_FORM = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")

FIGURE = r"(?<!\d)(?:\d{1,3}(?:\.\d{3})++(?!\d)(?:,\d++)?|\d++(?:,\d++)?)"
"""A number in Indonesian notation, as a pattern without groups: ``2.399``, ``12,5``, ``1.250.000,75``, ``7``.

It begins at no digit's side and gives back nothing it took, so that a text of many digits takes no longer than another.
"""


def cardinal_words(number: int) -> str:
    """``number`` in words: 2399 -> "dua ribu tiga ratus sembilan puluh sembilan"; from 10**18 on its digits."""
    if abs(number) >= _LARGEST:
        return digit_words(str(number))
    if number < 0:
        return f"minus {cardinal_words(-number)}"
    return " ".join(_number_parts(number)) or _DIGITS[0]


def _number_parts(number: int) -> Iterator[str]:
    """The words of a positive number, from its largest part on; none for 0."""
    for size, name in _SCALES:
        count, number = divmod(number, size)
        if count == 1 and size <= 1000:  # seratus, seribu; but satu juta
            yield f"se{name}"
        elif count:
            yield from (*_number_parts(count), name)
    if 11 <= number < 20:
        yield "sebelas" if number == 11 else f"{_DIGITS[number - 10]} belas"
        return
    tens, ones = divmod(number, 10)
    if tens:
        yield "sepuluh" if tens == 1 else f"{_DIGITS[tens]} puluh"
    if ones:
        yield _DIGITS[ones]


def digit_words(text: str) -> str:
    """The digits of ``text`` one by one; everything else in it is left out. "0812" -> "nol delapan satu dua"."""
    return " ".join(_DIGITS[int(sign)] for sign in text if sign in "0123456789")


def figure_words(figure: str) -> str:
    """A figure as ``FIGURE`` finds it, in words.

    Decimals are read one by one ("12,75" -> "dua belas koma tujuh lima"), and so are figures that begin with a zero
    or have more than six digits without full stops: those are numbers of accounts or papers and not amounts.
    """
    whole, _, decimals = figure.partition(",")
    digits = whole.replace(".", "")
    # Seven figures without stops are an account or a number to call, and no count.
    by_digit = (len(digits) > 1 and digits[0] == "0") or (len(digits) > 6 and "." not in whole)
    said = grouped_digits(digits) if by_digit else cardinal_words(int(digits))
    return f"{said} koma {digit_words(decimals)}" if decimals.strip("0") else said


def grouped_digits(digits: str, size: int = 4) -> str:
    """Digits one by one with a comma after every ``size`` of them, where the reader takes breath."""
    parts = [digits[at : at + size] for at in range(0, len(digits), size)]
    if len(parts) > 1 and len(parts[-1]) == 1:  # one digit left by itself is heard as an afterthought
        parts[-2:] = [parts[-2] + parts[-1]]
    return ", ".join(digit_words(part) for part in parts)


def ordinal_words(number: int) -> str:
    """The place in a row: 1 -> "pertama", 3 -> "ketiga", 21 -> "kedua puluh satu"."""
    return "pertama" if number == 1 else f"ke{cardinal_words(number)}"


def fraction_words(above: int, below: int) -> str:
    """A fraction: 1/2 -> "setengah", 1/4 -> "seperempat", 3/4 -> "tiga perempat"."""
    if (above, below) == (1, 2):
        return "setengah"
    part = f"per{cardinal_words(below)}"
    return f"se{part}" if above == 1 else f"{cardinal_words(above)} {part}"


def roman_number(text: str) -> int:
    """What a Roman numeral in capitals stands for; 0 for what is none."""
    if not text or not _ROMAN_FORM.fullmatch(text):
        return 0
    values = [_ROMAN[letter] for letter in text]
    # A smaller sign before a larger one is taken off: IV, XL, CM.
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))
