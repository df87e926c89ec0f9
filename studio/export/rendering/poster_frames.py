"""Which frame of a clip its cover picture shows, and that frame as the ground of its title card."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from studio.video.composition import FrameComposer

if TYPE_CHECKING:
    from pathlib import Path

    from studio.story.model import Video
    from studio.video.clip import ClipFacts
    from studio.video.job import VideoJob

_BLUR = 0.03
"""Of the short side: people are still guessed, letters no longer read."""


class ShownFrame(NamedTuple):
    """A frame of the result: its number, cards included; the time of the original it shows; the kept piece it is in."""

    number: int
    seconds: float
    piece: int


def poster_frame(job: VideoJob, video: Video, clip: ClipFacts) -> ShownFrame:
    """The frame of the cover picture.

    The frame is that of the video, fade and all, where the user chose it; one that was cut away, or that looks good of
    itself but has faded, gives way to one that is seen in full.
    """
    seconds = _own_poster(clip) if video.poster is None else video.poster
    first, last = job.lead + job.fade, max(job.lead + job.fade, job.frames - job.tail - job.fade)
    found = _frame_showing(job, seconds)
    if found is None:
        return _shown_at(job, min(first + job.fps, (first + last) // 2))
    if video.poster is None and not first <= found.number <= last:
        return _shown_at(job, min(max(found.number, first), last))
    return found


def _frame_showing(job: VideoJob, seconds: float) -> ShownFrame | None:
    """What shows a time of the original; None where that was cut away."""
    before = job.lead
    for number, piece in enumerate(job.pieces):
        if piece.start <= seconds < piece.start + piece.frames / job.fps:
            at = before + min(round((seconds - piece.start) * job.fps), piece.frames - 1)
            return ShownFrame(at, seconds, number)
        before += piece.frames
    return None


def _shown_at(job: VideoJob, frame: int) -> ShownFrame:
    """The nearest frame between the cards."""
    frame = min(max(frame, job.lead), job.lead + job.inner - 1)
    before = job.lead
    for number, piece in enumerate(job.pieces):
        if frame < before + piece.frames:
            return ShownFrame(frame, piece.start + (frame - before) / job.fps, number)
        before += piece.frames
    return ShownFrame(job.lead, job.pieces[0].start, 0)


@lru_cache(maxsize=8)  # each size of a video asks, and each change in the preview
def _own_poster(clip: ClipFacts) -> float:
    from studio.video.clip_pictures import poster_time

    return poster_time(clip)


def title_ground(job: VideoJob, video: Video, size: tuple[int, int], folder: Path, *, blurred: bool) -> Path:
    """The cover frame as large as the video, with its covers, for the time of the title card.

    It is made once for what it shows and kept in ``folder``.

    Args:
        job: what is shown of the clip.
        video: whose ``poster`` is the frame.
        size: of the canvas in pixels.
        folder: where the picture is written.
        blurred: whether words are to lie on it.

    Raises:
        UserError: ``video.broken`` when the frame cannot be read.
    """
    from PIL import ImageFilter

    from studio.base.atomic_files import cache_file
    from studio.video.clip_pictures import frame_at
    from studio.video.frame_picture import draw_frame

    written = job.clip.path.stat()
    told = (job, video.poster, size, blurred, written.st_mtime_ns, written.st_size)
    path = folder / f"ground-{hashlib.sha256(repr(told).encode()).hexdigest()[:24]}.png"
    if path.exists():
        return path
    chosen = poster_frame(job, video, job.clip)
    shown = frame_at(job.clip, chosen.seconds, max(size) * (1 if blurred else 2))
    # Covers are laid before anything is made of the frame: a blur alone hides nobody.
    drawn = FrameComposer(job, *size).frame(chosen.number, chosen.piece, chosen.seconds)
    picture = draw_frame(shown, replace(drawn, darkness=0.0))
    if blurred:
        picture = picture.filter(ImageFilter.GaussianBlur(min(size) * _BLUR))
    with cache_file(path) as part:
        picture.convert("RGBA").save(part, "PNG", compress_level=1)
    return path
