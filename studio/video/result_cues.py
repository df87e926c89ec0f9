"""Subtitles of the original, moved to where they are heard in the result. Pure."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.story.model import Cue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.video.job import VideoJob

_SHORTEST = 0.2
"""Seconds under which what is left of a subtitle after a cut is not shown."""


@dataclass(frozen=True, slots=True)
class SubtitleLine:
    """Text shown from frame ``first`` of the result up to, not including, frame ``last``."""

    first: int
    last: int
    text: str


def retime_cues(cues: Sequence[Cue], job: VideoJob) -> tuple[Cue, ...]:
    """The subtitles on the clock of the result, in order; a piece kept twice says its text twice.

    Args:
        cues: on the original, in any order.
        job: what is kept, and the still pictures before it.
    """
    moved = []
    at = job.lead / job.fps
    for piece in job.pieces:
        length = piece.frames / job.fps
        for cue in cues:
            begin = max(cue.start - piece.start, 0.0)
            end = min(cue.end - piece.start, length)
            if end - begin >= min(_SHORTEST, cue.end - cue.start) and end > begin and cue.text.strip():
                moved.append(Cue(start=at + begin, end=at + end, text=cue.text))
        at += length
    return tuple(sorted(moved, key=lambda cue: (cue.start, cue.end)))


def subtitle_lines(cues: Sequence[Cue], fps: int) -> tuple[SubtitleLine, ...]:
    """What stands on the picture from frame to frame: overlapping subtitles are shown one under the other.

    Args:
        cues: on the clock of the result.
        fps: frames a second.
    """
    spans = []
    for cue in cues:
        first = round(cue.start * fps)
        spans.append((first, max(first + 1, round(cue.end * fps)), _rewrap_text(cue.text)))
    borders = sorted({time for first, last, _ in spans for time in (first, last)})
    shown: list[SubtitleLine] = []
    for first, last in itertools.pairwise(borders):
        text = "\n".join(dict.fromkeys(text.strip() for begin, end, text in spans if begin <= first < end))
        if not text:
            continue
        if shown and shown[-1].last == first and shown[-1].text == text:
            shown[-1] = SubtitleLine(shown[-1].first, last, text)
        else:
            shown.append(SubtitleLine(first, last, text))
    return tuple(shown)


def _rewrap_text(text: str) -> str:
    """Lines were broken for another width: they are joined, except where each speaker has a line."""
    parts = [part.strip() for part in text.splitlines() if part.strip()]
    speakers = len(parts) > 1 and all(part.startswith(("-", "–", "—")) for part in parts[1:])
    return "\n".join(parts) if speakers else " ".join(parts)
