"""Reads the line of times over a subtitle, in the forms people, Word and other programs leave it in; pure.

A line that is meant to hold times and cannot be read is known as such: it must never be taken for spoken words.
"""

from __future__ import annotations

import re
from typing import Literal

_SIGN = r"[-−–]?\s?"
_BETWEEN = r"\s*[:：.,;]\s*"
_CLOCK = rf"{_SIGN}\d{{1,9}}(?:{_BETWEEN}\d{{1,9}}){{1,3}}"
_ARROW = r"(?:[-–—−=]\s?){1,3}(?:>|&gt;)|[→⇒➔➜➡⟶\uf0e0]"
"""What stands between the two: Word makes one sign of it, also one of its own font (U+F0E0)."""
_COUNTED = r"\s*(?:#?\d{1,6}[.)]?\s+)?"
_TIMES = re.compile(rf"^{_COUNTED}({_CLOCK})\s*(?:{_ARROW})\s*({_CLOCK})(?=\s|$)")
_FULL = rf"{_SIGN}\d{{1,3}}(?:{_BETWEEN}\d{{1,2}}){{2}}(?:\s*[.,:;]\s*\d{{1,9}})?"
_NO_ARROW = re.compile(rf"^{_COUNTED}({_FULL})(?:\s+[-–—|]*\s*)({_FULL})\s*$")
_SBV = re.compile(r"^\s*(\d{1,3}:\d\d:\d\d\.\d{1,3}),(\d{1,3}:\d\d:\d\d\.\d{1,3})\s*$")
"""YouTube's own form."""
_ONE_TIME = re.compile(rf"^{_COUNTED}{_FULL}\s*[-–—=>]*\s*$")
_FRAMES = re.compile(r"\d{1,3}(?:\s*[:：]\s*\d{1,2}){2}\s*(?P<sign>[:：;])\s*(?P<picture>\d\d)")
_NUMBERS = re.compile(r"\d+|[:：.,;]")
_LETTER = re.compile(r"[^\W\d_]")
# A line with as many letters is spoken, whatever figures are in it.
_FEW_LETTERS = 3

_SETTING = re.compile(r"[A-Za-z][A-Za-z0-9]*:[^\s:]+")
"""A place in the picture, as WebVTT (``align:start``) and SubRip (``X1:100``) write it behind the times."""

Times = tuple[float, float]


def words_behind(line: str) -> str:
    """What is said on the very line of times (``0:01 --> 0:03 Selamat pagi``); settings of the place are none of it."""
    found = _TIMES.match(line)
    words = line[found.end() :].split() if found else []
    while words and _SETTING.fullmatch(words[0]):
        words.pop(0)
    return " ".join(words)


def frame_numbers(line: str) -> tuple[int, ...]:
    """The numbers of pictures in a line of times as cutting programs write them: ``00:00:01:12``, ``00:00:01;12``."""
    found = _TIMES.match(line) or _NO_ARROW.match(line)
    if found is None:
        return ()
    counted = (_FRAMES.fullmatch(time.strip()) for time in found.groups()[:2])
    return tuple(int(each["picture"]) for each in counted if each)


def read_times(line: str, rate: float = 0.0) -> Times | Literal["damaged"] | None:
    """Start and end in seconds; ``"damaged"`` where the line is meant to hold times; None for anything else.

    ``rate`` are the pictures a second that a fourth number behind a colon counts; 0 takes it for a fraction.

    Also read are missing hours, points for colons, one to nine digits of a fraction, a number in front, a lost arrow,
    and negative times (which count as 0, as long as the end is later).
    """
    found = _TIMES.match(line) or _NO_ARROW.match(line) or _SBV.match(line)
    if found is not None:
        start, end = _seconds(found.group(1), rate), _seconds(found.group(2), rate)
        if start is not None and end is not None and end > 0:
            return max(0.0, start), end
        return "damaged"
    if "-->" in line or "--&gt;" in line or "\uf0e0" in line:
        return "damaged"
    if len(_LETTER.findall(line)) >= _FEW_LETTERS:
        return None
    meant = re.search(_ARROW, line) and re.search(r"\d\s*[:：.,;]\s*\d", line)
    return "damaged" if meant or (_ONE_TIME.match(line) and re.search(r"[.,;]\s*\d{2,}", line)) else None


def _seconds(text: str, rate: float = 0.0) -> float | None:
    """A time in seconds; None where there is no telling what its numbers are."""
    counted = _FRAMES.fullmatch(text.strip()) if rate else None
    if counted and int(counted["picture"]) < rate:
        whole = _seconds(text[: text.rindex(counted["sign"])])
        return None if whole is None else whole + int(counted["picture"]) / rate
    parts = _NUMBERS.findall(text)
    numbers, signs = parts[0::2], parts[1::2]
    fraction = ""
    if len(numbers) == 4 or len(numbers[-1]) >= 3 or (len(numbers) == 3 and _ends_in_fraction(signs)):
        fraction = numbers.pop()
        signs.pop()
    if not 2 <= len(numbers) <= 3 or any(len(number) > 2 for number in numbers[1:]):
        return None
    if len(numbers) == 2 and not fraction and signs[0] not in ":：":
        return None
    hours = int(numbers[0]) if len(numbers) == 3 else 0
    seconds = hours * 3600 + int(numbers[-2]) * 60 + int(numbers[-1])
    value = seconds + (int(fraction) / 10 ** len(fraction) if fraction else 0.0)
    return -value if text.lstrip()[:1] in {"-", "−", "–"} else value


def _ends_in_fraction(signs: list[str]) -> bool:
    """Whether the last of three numbers is a fraction: a comma says so, a point behind a colon, too."""
    return signs[-1] == "," or (signs[-1] == "." and signs[0] in ":：")
