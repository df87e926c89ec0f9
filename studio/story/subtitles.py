"""Subtitles as files: SRT and WebVTT, read in all the forms people have them in, and written cleanly.

Read are: any line ending; UTF-8 with or without byte order mark, UTF-16, Windows-1252; numbers missing or wrong; no
blank line between two subtitles; commas or points, hours left out, arrows with or without spaces; formatting tags,
which are taken out; VTT headers, notes, styles and cue settings. Pure: bytes in, data out.
"""

from __future__ import annotations

import html
import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import Notice
from studio.story.model import Cue

if TYPE_CHECKING:
    from collections.abc import Iterable

_TIME = r"(?:(\d{1,3})\s*:\s*)?(\d{1,2})\s*:\s*(\d{1,2})(?:\s*[.,:]\s*(\d{1,3}))?"
_TIMES = re.compile(rf"^\s*{_TIME}\s*-{{1,3}}\s*>\s*{_TIME}(?:\s|$)")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>|<\d[\d:.]*>|\{\\[^{}\n]*\}|\{[biuBIU]\}")
_NUMBER = re.compile(r"^\s*\d{1,6}\s*$")
_SKIPPED = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class Subtitles:
    """What a subtitle file holds: cues in order of time, and what was odd about the file."""

    cues: tuple[Cue, ...]
    notices: tuple[Notice, ...] = ()


def decode(data: bytes) -> tuple[str, bool]:
    """The text of a subtitle file, and whether its encoding had to be guessed (Windows-1252)."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), False
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), True


def read_subtitles(data: bytes, file: str = "") -> Subtitles:
    """Read SRT or WebVTT; which of the two does not matter.

    Args:
        data: the file's content.
        file: its name, for the notices.

    Returns:
        The cues in order of time. Notices: ``subtitles.encoding`` (guessed), ``subtitles.times`` (cues whose end is not
        after their start: left out), ``subtitles.overlap`` (kept as they are), ``subtitles.none`` (no cue found).
    """
    text, guessed = decode(data)
    notices = [Notice("subtitles.encoding", {"file": file})] if guessed else []
    cues: list[Cue] = []
    wrong = 0
    for start, end, said in _blocks(text):
        clean = _clean(said)
        if end <= start:
            wrong += 1
        elif clean:
            cues.append(Cue(start=start, end=end, text=clean))
    cues.sort(key=lambda cue: (cue.start, cue.end))
    if wrong:
        notices.append(Notice("subtitles.times", {"file": file, "count": wrong}))
    overlaps = sum(after.start < before.end - 0.001 for before, after in itertools.pairwise(cues))
    if overlaps:
        notices.append(Notice("subtitles.overlap", {"file": file, "count": overlaps}))
    if not cues:
        notices.append(Notice("subtitles.none", {"file": file}))
    return Subtitles(tuple(cues), tuple(notices))


def _blocks(text: str) -> Iterable[tuple[float, float, list[str]]]:
    """Start, end and lines of each cue. A line of times begins a cue; what stands before it is number or name."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")
    times: tuple[float, float] | None = None
    said: list[str] = []
    skipping = False
    for line in lines:
        if found := _TIMES.match(line):
            if times:
                yield *times, _without_number(said)
            groups = found.groups()
            times, said, skipping = (_seconds(groups[:4]), _seconds(groups[4:])), [], False
        elif not line.strip():
            skipping = False
            said.append("")
        elif said[-1:] == [""] and line.strip().split()[0] in _SKIPPED:
            skipping = True
        elif not skipping:
            said.append(line.strip())
    if times:
        yield *times, _without_number(said, last=True)


def _without_number(said: list[str], *, last: bool = False) -> list[str]:
    """Take off the next cue's number or name, which stands right before its times.

    Without a blank line in between, only a bare number is taken for it.
    """
    lines = list(said)
    named = bool(lines) and bool(lines[-1]) and not last
    while lines and not lines[-1]:
        lines.pop()
    if not named:
        return lines
    if "" in lines:
        return lines[: len(lines) - 1 - lines[::-1].index("")]
    return lines[:-1] if len(lines) > 1 and _NUMBER.match(lines[-1]) else lines


def _seconds(groups: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = groups
    thousandths = int((fraction or "0").ljust(3, "0"))
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + thousandths / 1000


def _clean(said: list[str]) -> str:
    plain = (html.unescape(_TAG.sub("", line)) for line in said)
    lines = (" ".join(line.replace("\\N", " ").replace("\\h", " ").split()) for line in plain)
    return unicodedata.normalize("NFC", "\n".join(line for line in lines if line))


def _stamp(seconds: float, point: str) -> str:
    whole = max(0, round(seconds * 1000))
    hours, rest = divmod(whole, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}{point}{rest % 1000:03}"


def to_srt(cues: Iterable[Cue]) -> str:
    """SubRip: UTF-8, CRLF line ends (the original program's; every player takes them)."""
    blocks = (
        f"{number}\n{_stamp(cue.start, ',')} --> {_stamp(cue.end, ',')}\n{_solid(cue.text)}\n"
        for number, cue in enumerate(cues, 1)
    )
    return "\n".join(blocks).replace("\n", "\r\n")


def to_vtt(cues: Iterable[Cue]) -> str:
    """WebVTT (W3C): UTF-8, with ``&``, ``<`` and ``>`` escaped."""
    blocks = (
        f"{_stamp(cue.start, '.')} --> {_stamp(cue.end, '.')}\n{html.escape(_solid(cue.text), quote=False)}\n"
        for cue in cues
    )
    return "WEBVTT\n\n" + "\n".join(blocks)


def _solid(text: str) -> str:
    """No blank lines inside: they would end the cue."""
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())
