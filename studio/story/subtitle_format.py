"""Subtitles as files: SRT and WebVTT, read in all the forms people have them in, and written cleanly.

Read are: any line ending; UTF-8 and UTF-16 with or without byte order mark, Windows-1252; numbers missing or wrong; no
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

from studio.base.errors import WorkNotice
from studio.story.model import Cue
from studio.story.subtitle_times import frame_numbers, read_times, words_behind

if TYPE_CHECKING:
    from collections.abc import Iterable

_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>|<\d[\d:.]*>|\{\\[^{}\n]*\}|\{[biuBIU]\}")
_MOST_NAMED = 8
"""Lines of damaged times that a notice names."""
_RATES = (25.0, 30.0, 50.0, 60.0)
"""Pictures a second of television here (PAL) and of phones."""
_NUMBER = re.compile(r"^\s*\d{1,6}\s*$")
_SKIPPED = ("NOTE", "STYLE", "REGION")
_HEADS = ("WEBVTT", "X-TIMESTAMP-MAP")
"""How a WebVTT begins; those that are sent in segments begin again and again."""


@dataclass(frozen=True, slots=True)
class SubtitleFile:
    """What a subtitle file holds: cues in order of time, and what was odd about the file."""

    cues: tuple[Cue, ...]
    notices: tuple[WorkNotice, ...] = ()


def decode_subtitles(data: bytes) -> tuple[str, bool]:
    """The text of a subtitle file, and whether its encoding had to be guessed (Windows-1252)."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), False
    if (unmarked := _two_bytes(data)) is not None:
        return data.decode(unmarked, "replace"), False
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), True


def _two_bytes(data: bytes) -> str | None:
    """The kind of UTF-16 of a text without a byte order mark: every other byte of ordinary letters is zero."""
    start = data[:400]
    if len(start) < 8 or b"\0" not in start:
        return None
    pairs = len(start) // 2
    first, second = start[0::2].count(0), start[1::2].count(0)
    # In UTF-16 Latin letters have a zero in one half of each pair. Zeros in both halves are binary data, zeros in few
    # are accidents.
    if max(first, second) < 0.6 * pairs or min(first, second) > 0.1 * pairs:
        return None
    return "utf-16-be" if first > second else "utf-16-le"


def read_subtitles(data: bytes, file: str = "", fps: float = 0.0) -> SubtitleFile:
    """Read SRT or WebVTT; which of the two does not matter.

    Args:
        data: the file's content.
        file: its name, for the notices.
        fps: pictures a second of the clip, for times that end in a number of pictures; 0 where it is not known.

    Returns:
        The cues in order of time. Notices: ``subtitles.encoding`` (guessed), ``subtitles.frames`` (times that count
        pictures, and how many were taken for a second), ``subtitles.times`` (cues whose end is not
        after their start: skipped), ``subtitles.damaged`` (cues skipped whose line of times cannot be read),
        ``subtitles.overlap`` (kept as they are), ``subtitles.none`` (no cue found).
    """
    text, guessed = decode_subtitles(data)
    notices = [WorkNotice("subtitles.encoding", {"file": file})] if guessed else []
    lines = _lines(text)
    rate = _picture_rate(lines, fps)
    if rate:
        notices.append(WorkNotice("subtitles.frames", {"file": file, "rate": f"{rate:.4g}"}))
    blocks = _Blocks(rate)
    for number, line in enumerate(lines, 1):
        blocks.take_line(number, line)
    blocks.end_file()
    cues: list[Cue] = []
    wrong: list[int] = []
    for start, end, said, at in blocks.found:
        clean = _clean_line(said)
        if end <= start:
            wrong.append(at)
        elif clean:
            cues.append(Cue(start=start, end=end, text=clean))
    # WebVTT in segments repeats what goes on
    cues = sorted({(cue.start, cue.end, cue.text): cue for cue in cues}.values(), key=lambda cue: (cue.start, cue.end))
    if wrong:
        notices.append(
            WorkNotice("subtitles.times", {"file": file, "count": len(wrong), "lines": _line_numbers(wrong)})
        )
    if blocks.damaged:
        facts = {"file": file, "count": len(blocks.damaged), "lines": _line_numbers(blocks.damaged)}
        notices.append(WorkNotice("subtitles.damaged", facts))
    overlaps = sum(after.start < before.end - 0.001 for before, after in itertools.pairwise(cues))
    if overlaps:
        notices.append(WorkNotice("subtitles.overlap", {"file": file, "count": overlaps}))
    if not cues:
        notices.append(WorkNotice("subtitles.none", {"file": file}))
    return SubtitleFile(tuple(cues), tuple(notices))


def _picture_rate(lines: Iterable[str], fps: float) -> float:
    """How many pictures a second the times of a file count; 0 where they count none.

    It must be more than any number of a picture: that of the clip, else the least that cameras and televisions have. A
    number above all of these is a fraction of a second, whoever wrote it with a colon.
    """
    numbers = [number for line in lines for number in frame_numbers(line)]
    rates = (fps, *_RATES)
    # Pictures are counted from 0, so their rate is above the largest number of a file.
    return next((rate for rate in rates if rate > max(numbers)), 0.0) if numbers else 0.0


def _line_numbers(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:_MOST_NAMED])) + (", …" if len(numbers) > _MOST_NAMED else "")


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")


class _Blocks:
    """Takes the lines one by one. A line of times begins a cue; what stands before it is number or name.

    Attributes:
        found: start, end and lines of each cue, and the number of its line of times.
        damaged: numbers of the lines whose times cannot be read; their words are skipped.
    """

    def __init__(self, rate: float = 0.0) -> None:
        self._rate = rate
        self.found: list[tuple[float, float, list[str], int]] = []
        self.damaged: list[int] = []
        self._times: tuple[float, float] | None = None
        self._at = 0
        self._said: list[str] = []
        self._skipped = ""
        self._open = 0
        self._number: int | None = None
        """The line of a bare number behind a blank one: times must follow."""

    def take_line(self, number: int, line: str) -> None:
        times = read_times(line, self._rate)
        if times is not None:
            self._begin(number, times, words_behind(line))
        elif not line.strip():
            if self._skipped != "STYLE" or self._open <= 0:
                self._skipped = ""
            self._said.append("")
        elif self._is_skipped(line):
            self._open += line.count("{") - line.count("}")
        else:
            self._add_words(number, line.strip())

    def end_file(self) -> None:
        """The text is over."""
        self._finish(last=True)

    def _begin(self, number: int, times: tuple[float, float] | str, said: str) -> None:
        self._finish(last=False)
        self._skipped, self._open, self._number = "", 0, None
        if isinstance(times, str):
            self.damaged.append(number)
        else:
            self._times, self._at = times, number
            self._said = [said] if said else []

    def _finish(self, *, last: bool) -> None:
        if self._times is not None:
            self.found.append((*self._times, _without_number(self._said, last=last), self._at))
        self._times, self._said = None, []

    def _is_skipped(self, line: str) -> bool:
        if self._skipped:
            return True
        word = line.strip().split()[0]
        begins = not self._said or not self._said[-1]
        if line.startswith(_HEADS) or (begins and word in _SKIPPED and (self._said or not self._times)):
            self._skipped = word
        return bool(self._skipped)

    def _add_words(self, number: int, line: str) -> None:
        """A spoken line. One behind a bare number that no times follow has lost its own: it is not glued on."""
        if self._number is not None:
            at, self._number = self._number, None
            while not self._said[-1]:
                self._said.pop()
            self._said.pop()
            self._finish(last=True)
            self.damaged.append(at)
        if self._times is None:
            return
        if self._said[-1:] == [""] and any(self._said) and _NUMBER.match(line):
            self._number = number
        self._said.append(line)


def _without_number(said: list[str], *, last: bool = False) -> list[str]:
    """Take off the next cue's number or name, which stands right before its times.

    Without a blank line in between, only a bare number is taken for it.
    """
    lines = list(said)
    blank_between = bool(lines) and not lines[-1]
    while lines and not lines[-1]:
        lines.pop()
    if last or not lines:
        return lines
    if "" in lines:
        begin = len(lines) - 1 - lines[::-1].index("")
        alone = begin == len(lines) - 2 and _NUMBER.match(lines[-1])
        return lines[:begin] if alone or not blank_between else lines
    return lines[:-1] if not blank_between and len(lines) > 1 and _NUMBER.match(lines[-1]) else lines


def _clean_line(said: list[str]) -> str:
    plain = (html.unescape(_TAG.sub("", line)) for line in said)
    lines = (" ".join(line.replace("\\N", " ").replace("\\h", " ").split()) for line in plain)
    return unicodedata.normalize("NFC", "\n".join(line for line in lines if line))


def _time_stamp(seconds: float, point: str) -> str:
    whole = max(0, round(seconds * 1000))
    hours, rest = divmod(whole, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}{point}{rest % 1000:03}"


def to_srt(cues: Iterable[Cue]) -> str:
    """SubRip: UTF-8, CRLF line ends (the original program's; every player takes them)."""
    blocks = (
        f"{number}\n{_time_stamp(cue.start, ',')} --> {_time_stamp(cue.end, ',')}\n{_close_gaps(cue.text)}\n"
        for number, cue in enumerate(cues, 1)
    )
    return "\n".join(blocks).replace("\n", "\r\n")


def to_vtt(cues: Iterable[Cue]) -> str:
    """WebVTT (W3C): UTF-8, with ``&``, ``<`` and ``>`` escaped."""
    blocks = (
        f"{_time_stamp(cue.start, '.')} --> {_time_stamp(cue.end, '.')}\n"
        f"{html.escape(_close_gaps(cue.text), quote=False)}\n"
        for cue in cues
    )
    return "WEBVTT\n\n" + "\n".join(blocks)


def _close_gaps(text: str) -> str:
    """No blank lines inside: they would end the cue."""
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())
