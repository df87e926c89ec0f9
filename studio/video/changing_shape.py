"""Clips whose picture changes its size or its turn on the way: browser recordings, transport streams, joined clips.

The engine brings every frame to the size of the first. That is right as long as the shape stays; else people would come
out squeezed, and the clip is refused with the place. A turn that changes is refused as well: no cover could be drawn.
"""

from __future__ import annotations

from contextlib import suppress
from math import inf
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.video.clip_opening import open_clip, shown_frames
from studio.video.orientation import is_plain, turn_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from av.video.frame import VideoFrame

    from studio.video.clip import ClipFacts
    from studio.video.job import KeptPiece

_ALIKE = 0.03
"""By how much the ratio of width to height may differ: sizes are rounded to full blocks."""


def check_shape(clip: ClipFacts, pieces: Sequence[KeptPiece], fps: int) -> None:
    """Look at the keyframes of what is kept: a picture takes on another size at one of them only.

    Args:
        clip: the original; nothing is read where its container promises one size.
        pieces: what is kept.
        fps: frames a second of the result.

    Raises:
        UserError: ``video.changes_shape``: the picture becomes wider or taller at a place; ``video.changes_turn``: it
            is turned or mirrored in another way from there on.
    """
    if clip.steady:
        return
    spans = [(piece.start, piece.start + piece.frames / fps) for piece in pieces]
    if clip.seekable:
        for span in spans:
            _check_spans(clip, [span])
    else:
        _check_spans(clip, spans)


def _check_spans(clip: ClipFacts, spans: Sequence[tuple[float, float]]) -> None:
    """Look at the keyframes from the one that stands when the first span begins."""
    import av

    with open_clip(clip.path) as (container, stream):
        stream.codec_context.skip_frame = "NONKEY"
        if clip.seekable and spans[0][0] > 0:
            container.seek(int((clip.start + spans[0][0]) * 1_000_000), backward=True)
        frames = shown_frames(container, stream, loose=clip.loose, begin=not clip.seekable)
        before: tuple[float, str] | None = None  # when the keyframe before came, and what is wrong with it
        with suppress(av.FFmpegError):  # what cannot be decoded is reported by whoever needs it
            for time, frame in frames:
                now = time - clip.start
                _refuse_uneven(clip, before, now, spans)
                if now > max(end for _, end in spans):
                    return
                before = now, _keyframe_fault(clip, frame)
        _refuse_uneven(clip, before, inf, spans)


def _keyframe_fault(clip: ClipFacts, frame: VideoFrame) -> str:
    """The error that a keyframe is; empty where it is seen as the first one. A silent one lies as the one before."""
    shape = frame.width / frame.height / (clip.stored[0] / clip.stored[1])
    if abs(shape - 1) > _ALIKE:
        return "video.changes_shape"
    kept = clip.orientation
    turned = not is_plain(frame) and turn_of(frame, clip.path.name) != (kept.mirrored, kept.quarters)
    return "video.changes_turn" if turned else ""


def _refuse_uneven(
    clip: ClipFacts, before: tuple[float, str] | None, until: float, spans: Sequence[tuple[float, float]]
) -> None:
    if before is None or not before[1]:
        return
    if any(start < until and end > before[0] for start, end in spans):
        raise UserError(before[1], file=clip.path.name, seconds=round(max(0.0, before[0]), 1))
