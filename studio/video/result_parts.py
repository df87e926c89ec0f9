"""Where a result is cut: parts for the encoder, a shorter version, pieces for several posts. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from studio.story.model import Cut
from studio.video.job import ImageOverlay, KeptPiece, VideoJob

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.story.model import Cue
    from studio.video.clip import ClipFacts
    from studio.video.job import Layer

PART = 60.0
"""Seconds of result in one part: what a power cut costs at most."""
_WHOLE = 90.0
"""Seconds up to which a result is made in one piece."""
_INPUTS = 8
"""Kept pieces in one process: each is an open decoder."""

Quiet: TypeAlias = "Callable[[float, float], float]"
"""Finds a quiet moment between two times of the original."""


def encoder_parts(job: VideoJob, layers: Sequence[Layer]) -> tuple[tuple[int, int], ...]:
    """The stretches (first frame, frame after the last) in which a result is encoded; one for a short result.

    A border never lies inside a fade or a still that comes and goes, which could not be continued.
    """
    if job.seconds <= _WHOLE and len(job.pieces) <= _INPUTS:
        return ((0, job.frames),)
    fades = [(0, job.lead + job.fade), (job.frames - job.tail - job.fade, job.frames)]
    # No border inside a fade or a timed picture: its second half would begin again at the start.
    taboo = [
        (still.first, still.first + still.frames)
        for still in layers
        if isinstance(still, ImageOverlay) and still.frames
    ]
    borders = [0]
    for wanted in _wanted_borders(job):
        border = wanted
        for first, last in sorted([*fades, *taboo]):
            if first < border < last:
                border = last
        if borders[-1] < border < job.frames:
            borders.append(border)
    return tuple(zip(borders, [*borders[1:], job.frames], strict=True))


def _wanted_borders(job: VideoJob) -> list[int]:
    """Borders every PART seconds and after every _INPUTS pieces."""
    ends = [job.lead]
    for piece in job.pieces:
        ends.append(ends[-1] + piece.frames)
    long = int(PART * job.fps)
    borders: list[int] = []
    last = inputs = 0
    for end in ends[1:]:
        inputs += 1
        # Up to a quarter more stays with the part before: a short rest is not worth an encoder of its own.
        while end - last > long * 1.25:
            last += long
            borders.append(last)
            inputs = 1
        if inputs >= _INPUTS:
            last, inputs = end, 0
            borders.append(end)
    return borders


def shorten_pieces(
    pieces: Sequence[KeptPiece], fps: int, most: int, cues: Sequence[Cue], quiet: Quiet
) -> tuple[KeptPiece, ...]:
    """End the joined pieces after at most ``most`` frames, at the end of a sentence or in a quiet place.

    Looked for in the last quarter: first the end of the last subtitle that ends a sentence, then of any subtitle, then
    the quietest moment.

    Args:
        pieces: what is kept now.
        fps: frames a second of the result.
        most: frames, at least 1.
        cues: subtitles on the original.
        quiet: finds a quiet moment of the original.
    """
    kept: list[KeptPiece] = []
    left = most
    for piece in pieces:
        if piece.frames <= left:
            kept.append(piece)
            left -= piece.frames
            continue
        if left > 0:
            frames = left
            if left > most // 8:
                end = _good_end(piece, left, fps, most, cues, quiet)
                frames = max(1, min(left, round((end - piece.start) * fps)))
            kept.append(replace(piece, frames=frames))
        break
    return tuple(kept)


def _good_end(piece: KeptPiece, left: int, fps: int, most: int, cues: Sequence[Cue], quiet: Quiet) -> float:
    latest = piece.start + left / fps
    earliest = max(piece.start + 0.5, latest - most / 4 / fps)
    ends = [cue for cue in cues if earliest <= cue.end + 0.1 <= latest]
    sentences = [cue for cue in ends if cue.text.rstrip("\"'”’) ").endswith((".", "!", "?", "…"))]
    if chosen := sentences or ends:
        return max(cue.end for cue in chosen) + 0.1
    return quiet(earliest, latest)


def split_cuts(clip: ClipFacts, cuts: Sequence[Cut], seconds: float, quiet: Quiet) -> tuple[tuple[Cut, ...], ...]:
    """Divide what is kept into parts of at most ``seconds``, each ending in a quiet place; nothing is lost.

    Args:
        clip: the original.
        cuts: what is kept; empty keeps everything.
        seconds: longest part, at least 2.
        quiet: finds a quiet moment of the original.

    Returns:
        The cuts of each part, in order; laid end to end they are ``cuts``.
    """
    parts: list[tuple[Cut, ...]] = []
    now: list[Cut] = []
    room = seconds
    waiting = list(cuts) or [Cut(start=0.0, end=clip.seconds)]
    while waiting:
        cut = waiting.pop(0)
        if cut.end - cut.start <= room + 1e-6:
            now.append(cut)
            room -= cut.end - cut.start
            continue
        if room > seconds / 4:
            at = min(cut.start + room, max(cut.start + 0.2, quiet(cut.start + room - seconds / 4, cut.start + room)))
            now.append(Cut(start=cut.start, end=at, focus=cut.focus))
            cut = Cut(start=at, end=cut.end, focus=cut.focus)
        parts.append(tuple(now))
        waiting.insert(0, cut)
        now, room = [], seconds
    return (*parts, tuple(now)) if now else tuple(parts)
