"""Clips whose picture changes its size on the way: browser recordings, transport streams, joined clips.

The engine brings every frame to the size of the first. That is right as long as the shape stays; else people would come
out squeezed, and the clip is refused with the place.
"""

from __future__ import annotations

from contextlib import suppress
from math import inf
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.video.reading import open_clip, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.video.clip import Clip
    from studio.video.job import Piece

_ALIKE = 0.03
"""By how much the ratio of width to height may differ: sizes are rounded to whole blocks."""


def check_shape(clip: Clip, pieces: Sequence[Piece], fps: int) -> None:
    """Look at the keyframes of what is kept: a picture takes on another size at one of them only.

    Args:
        clip: the original; nothing is read where its container promises one size.
        pieces: what is kept.
        fps: frames a second of the result.

    Raises:
        UserError: ``video.changes_shape``: the picture becomes wider or taller at a place.
    """
    if clip.steady:
        return
    spans = [(piece.start, piece.start + piece.frames / fps) for piece in pieces]
    if clip.seekable:
        for span in spans:
            _check(clip, [span])
    else:
        _check(clip, spans)


def _check(clip: Clip, spans: Sequence[tuple[float, float]]) -> None:
    """Look at the keyframes from the one that stands when the first span begins."""
    import av

    with open_clip(clip.path) as (container, stream):
        stream.codec_context.skip_frame = "NONKEY"
        if clip.seekable and spans[0][0] > 0:
            container.seek(int((clip.start + spans[0][0]) * 1_000_000), backward=True)
        frames = shown(container, stream, loose=clip.loose, begin=not clip.seekable)
        before: tuple[float, bool] | None = None  # when the keyframe before came, and whether it is squeezed
        with suppress(av.FFmpegError):  # what cannot be decoded is told of by whoever needs it
            for time, frame in frames:
                now = time - clip.start
                _refuse(clip, before, now, spans)
                if now > max(end for _, end in spans):
                    return
                shape = frame.width / frame.height / (clip.stored[0] / clip.stored[1])
                before = now, abs(shape - 1) > _ALIKE
        _refuse(clip, before, inf, spans)


def _refuse(clip: Clip, before: tuple[float, bool] | None, until: float, spans: Sequence[tuple[float, float]]) -> None:
    if before is None or not before[1]:
        return
    if any(start < until and end > before[0] for start, end in spans):
        raise UserError("video.changes_shape", file=clip.path.name, seconds=round(max(0.0, before[0]), 1))
