"""Small grey pictures of a clip, upright, one after the other, forward and backward: what tracking looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.video.clip import SLACK
from studio.video.clip_opening import open_clip, shown_frames

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

    from studio.video.clip import ClipFacts

_CHUNK = 1.5
"""Seconds that are kept in memory at once while a clip is read backward."""
_BACK = (0.0, 3.0, 12.0)
"""Seconds to look further back: a seek may land on a later keyframe."""


@dataclass(frozen=True, slots=True)
class GreyFrame:
    """One picture: ``seconds`` from the start of the original, ``grey`` rows and columns of 0..255, upright."""

    seconds: float
    grey: NDArray[np.uint8]


def grey_frames(
    clip: ClipFacts, start: float, end: float, longest: int, *, backward: bool = False
) -> Iterator[GreyFrame]:
    """The pictures shown from one time to another, in their order or backward.

    Args:
        clip: the original.
        start: seconds; the picture that stands then is the first (or last) one.
        end: seconds; the last picture begins at it or before.
        longest: longest side in pixels; never enlarged.
        backward: from the last to the first.

    Raises:
        UserError: ``video.broken``.
    """
    if not backward:
        yield from _forward(clip, start, end, longest)
        return
    until = end
    while True:
        since = max(start, until - _CHUNK)
        chunk = list(_forward(clip, since, until, longest))
        yield from reversed(chunk)
        if since <= start or not chunk:
            return
        until = chunk[0].seconds - 2 * SLACK  # which pictures up to a time are takes one slack more
        if until < start:
            return


def _forward(clip: ClipFacts, start: float, end: float, longest: int) -> Iterator[GreyFrame]:
    before: tuple[float, VideoFrame] | None = None
    for time, frame in _frames_from(clip, clip.start + start + SLACK):
        seconds = max(0.0, time - clip.start)
        if seconds > end + SLACK:
            break
        if seconds <= start + SLACK:
            before = time, frame  # perhaps the one that stands at the beginning
            continue
        if before is not None:
            yield GreyFrame(max(0.0, before[0] - clip.start), _grey_pixels(before[1], clip, longest))
            before = None
        yield GreyFrame(seconds, _grey_pixels(frame, clip, longest))
    if before is not None:
        yield GreyFrame(max(0.0, before[0] - clip.start), _grey_pixels(before[1], clip, longest))


def _frames_from(clip: ClipFacts, wanted: float) -> Iterator[tuple[float, VideoFrame]]:
    """Frames from one that is shown at a time or before it; from the start where no seek lands there."""
    for back in () if clip.sequential or wanted <= clip.start + clip.first + SLACK else _BACK:
        with open_clip(clip.path) as (container, stream):
            frames = _early_frames(container, stream, clip, wanted, back)
            first = next(frames, None)
            if first is not None:
                yield first
                yield from frames
                return
    with open_clip(clip.path) as (container, stream):
        yield from shown_frames(container, stream, loose=clip.loose, begin=True)


def _early_frames(
    container: InputContainer, stream: VideoStream, clip: ClipFacts, wanted: float, back: float
) -> Iterator[tuple[float, VideoFrame]]:
    """Frames behind a seek; none when the first of them comes too late, or the index does not know the place."""
    import av

    try:
        container.seek(int((wanted - back) * 1_000_000), backward=True)
    except av.FFmpegError:
        return
    frames = shown_frames(container, stream, loose=clip.loose)
    first = next(frames, None)
    if first is None or first[0] > wanted:
        return
    yield first
    yield from frames


def _grey_pixels(frame: VideoFrame, clip: ClipFacts, longest: int) -> NDArray[np.uint8]:
    import numpy as np
    from av.video.frame import VideoFrame
    from av.video.reformatter import Interpolation

    scale = min(1.0, longest / max(clip.width, clip.height))
    width, height = max(8, round(clip.width * scale)), max(8, round(clip.height * scale))
    across, down = (height, width) if clip.orientation.is_sideways else (width, height)
    if clip.orientation.area != (0, 0, *clip.stored):
        whole = frame.reformat(format="gray").to_ndarray()
        frame = VideoFrame.from_ndarray(np.ascontiguousarray(clip.orientation.cut_pixels(whole)), "gray")
    small = frame.reformat(across, down, "gray", interpolation=Interpolation.AREA).to_ndarray()
    return np.ascontiguousarray(clip.orientation.turn_pixels(np.asarray(small, np.uint8)))
