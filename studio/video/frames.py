"""Pictures from a clip for the window: one frame, a filmstrip, keyframes, a poster; upright and in sRGB.

PyAV decodes in this process: for single frames that is many times faster than starting ffmpeg for each (research:
20 thumbnails of ten minutes in 0.8 instead of 5.7 seconds).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.video.reading import open_clip

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

    from studio.story.model import Box
    from studio.video.clip import Clip


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture: upright, sRGB, three bytes a pixel, rows from the top without padding; ``seconds`` is its time."""

    seconds: float
    width: int
    height: int
    rgb: bytes


def frame_at(clip: Clip, seconds: float, longest: int = 0, *, exact: bool = True) -> Frame:
    """The frame shown at a time.

    Args:
        clip: the original.
        seconds: from its start; held inside it.
        longest: longest side in pixels, 0 for the full size; never enlarged.
        exact: the very frame; otherwise the keyframe before it, which comes about four times sooner.

    Raises:
        UserError: ``video.broken`` when nothing can be decoded there.
    """
    import av

    wanted = clip.start + max(0.0, min(seconds, clip.seconds))
    best: VideoFrame | None = None
    with open_clip(clip.path) as (container, stream):
        if not exact:
            stream.codec_context.skip_frame = "NONKEY"
        # A seek in a transport stream may land on a later keyframe, even one to its very start: then it is tried from
        # further back.
        for back in (0.0, 3.0, 12.0, wanted - min(0.0, clip.start)):
            with suppress(av.FFmpegError):  # an index without that place
                container.seek(int((wanted - back) * 1_000_000), backward=True)
                best = _last_until(container, stream, wanted + 0.001, first=not exact) or best
            if best is not None and (best.time or 0.0) <= wanted + 0.001:
                break
    if best is None:
        with open_clip(clip.path) as (container, stream):  # after a failed seek some readers find nothing more
            best = _last_until(container, stream, wanted + 0.001, first=not exact)
    if best is None:
        raise UserError("video.broken", file=clip.path.name)
    return picture(best, clip, longest)


def _last_until(container: InputContainer, stream: VideoStream, time: float, *, first: bool) -> VideoFrame | None:
    """The last frame up to a time, or the first one read; a later one when there is none before."""
    best = None
    for frame in container.decode(stream):
        if best is not None and (frame.time or 0.0) > time:
            break
        best = frame
        if first or (frame.time or 0.0) > time:
            break
    return best


def stands(clip: Clip, seconds: float) -> tuple[float, float]:
    """From when to when the picture that is shown at a time stands; ``inf`` for the last one. Nothing is decoded.

    Args:
        clip: the original.
        seconds: from its start.
    """
    import av

    wanted = clip.start + max(0.0, min(seconds, clip.seconds)) + 0.001
    begin, end = -inf, inf
    for back in (0.0, 3.0, 12.0, wanted - min(0.0, clip.start)):
        with suppress(av.FFmpegError, UserError), open_clip(clip.path) as (container, stream):
            container.seek(int((wanted - back) * 1_000_000), backward=True)
            begin, end = _around(container, stream, wanted)
        if begin > -inf:
            return max(0.0, begin - clip.start), end - clip.start
    longest = max(clip.hold, 1 / max(1.0, clip.fps))  # before the first picture that one is shown; or nothing is known
    return max(0.0, seconds - longest), (end - clip.start if end < inf else seconds) + longest


def _around(container: InputContainer, stream: VideoStream, wanted: float) -> tuple[float, float]:
    """Times of the last picture up to a time and of the first one after it; infinite where there is none."""
    begin, end = -inf, inf
    base = float(stream.time_base or 1)
    for packet in container.demux(stream):
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is None:
            continue
        if stamp * base <= wanted:
            begin = max(begin, stamp * base)
        else:
            end = min(end, stamp * base)
        if packet.dts is not None and packet.dts * base >= end:
            break  # nothing that comes now is shown earlier
    return begin, end


def filmstrip(clip: Clip, count: int, height: int) -> Iterator[tuple[int, Frame]]:
    """Small pictures spread evenly over the clip, from the middle outwards, as they are ready.

    Keyframes are taken: each costs about 40 ms whatever the length of the clip.

    Args:
        clip: the original.
        count: how many.
        height: of each in pixels.

    Yields:
        Number (0 is the earliest) and picture. A place that cannot be decoded is left out.
    """
    import av

    longest = height if clip.width <= clip.height else max(1, round(height * clip.width / clip.height))
    with open_clip(clip.path) as (container, stream):
        stream.thread_type = "SLICE"  # frame threads would decode ahead what the next seek throws away
        stream.codec_context.skip_frame = "NONKEY"
        for number in sorted(range(count), key=lambda number: abs(2 * number - count + 1)):
            wanted = clip.start + clip.seconds * (number + 0.5) / count
            try:
                container.seek(int(wanted * 1_000_000), backward=True)
                frame = next(container.decode(stream), None)
            except av.FFmpegError:
                continue
            if frame is not None:
                yield number, picture(frame, clip, longest)


def keyframes(clip: Clip) -> tuple[float, ...]:
    """Times in seconds at which a cut needs no new encoding. From the index; read through where there is none."""
    with open_clip(clip.path) as (container, stream):
        base = float(stream.time_base or 1)
        if "mov" in clip.container and len(stream.index_entries):
            stamps = [entry.timestamp for entry in stream.index_entries if entry.is_keyframe]
        else:
            stamps = [packet.pts for packet in container.demux(stream) if packet.is_keyframe and packet.pts is not None]
    return tuple(sorted(max(0.0, stamp * base - clip.start) for stamp in stamps))


def poster_time(clip: Clip, tries: int = 9) -> float:
    """A time that makes a good cover: neither dark nor washed out nor blurred, rather early.

    Judged on small keyframes by contrast and sharpness.
    """
    import numpy as np

    best, chosen = -1.0, 0.0
    for number, frame in filmstrip(clip, tries, 90):
        pixels = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3).astype(np.float32)
        grey = pixels.mean(axis=2)
        exposed = 1 - abs(float(grey.mean()) - 118) / 137
        sharp = float(np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean())
        score = exposed * (float(grey.std()) + 4 * sharp) * (1.15 - 0.3 * number / tries)
        if score > best:
            best, chosen = score, clip.seconds * (number + 0.5) / tries
    return chosen


def poster(clip: Clip, seconds: float | None, longest: int = 0) -> Frame:
    """The cover picture: the frame the user chose, else one that looks good."""
    return frame_at(clip, poster_time(clip) if seconds is None else seconds, longest)


def mean_color(clip: Clip, box: Box, seconds: float) -> str:
    """The average colour (``#rrggbb``) of a box of the upright picture at a time."""
    import numpy as np

    frame = frame_at(clip, seconds, 480)
    pixels = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)
    left, top = int(box[0] * frame.width), int(box[1] * frame.height)
    right, bottom = int((box[0] + box[2]) * frame.width) + 1, int((box[1] + box[3]) * frame.height) + 1
    area = pixels[max(0, top) : max(1, bottom), max(0, left) : max(1, right)]
    red, green, blue = (
        (round(float(value)) for value in area.reshape(-1, 3).mean(axis=0)) if area.size else (31, 41, 51)
    )
    return f"#{red:02x}{green:02x}{blue:02x}"


def picture(frame: VideoFrame, clip: Clip, longest: int) -> Frame:
    """A decoded frame as it is seen; ``longest`` side in pixels, 0 for the full size."""
    import numpy as np

    scale = min(1.0, longest / max(clip.width, clip.height)) if longest else 1.0
    width, height = max(1, round(clip.width * scale)), max(1, round(clip.height * scale))
    across, down = (height, width) if clip.rotation % 180 else (width, height)
    pixels = _plain(frame, clip, across, down) if clip.transfer == "sdr" else _tone_mapped(frame, clip, across, down)
    turned = np.ascontiguousarray(np.rot90(pixels, -clip.rotation // 90))
    return Frame(max(0.0, (frame.time or 0.0) - clip.start), width, height, turned.tobytes())


def _plain(frame: VideoFrame, clip: Clip, width: int, height: int) -> NDArray[np.uint8]:
    import numpy as np
    from av.video.reformatter import Colorspace, Interpolation

    # An untagged clip is taken for what players take it for, by its height.
    guessed = Colorspace.ITU709 if min(clip.stored) >= 720 else Colorspace.ITU601
    source = None if clip.matrix else guessed
    how = Interpolation.FAST_BILINEAR if width < frame.width // 3 else Interpolation.BICUBIC
    shown = frame.reformat(width, height, "rgb24", src_colorspace=source, interpolation=how)
    return np.asarray(shown.to_ndarray(), np.uint8)


def _tone_mapped(frame: VideoFrame, clip: Clip, width: int, height: int) -> NDArray[np.uint8]:
    """High dynamic range to sRGB: to linear light with 203 cd/m2 as 1, BT.2020 to BT.709, highlights rolled off."""
    import numpy as np

    shown = frame.reformat(width, height, "rgb48le")
    code = np.asarray(shown.to_ndarray(), np.uint16).astype(np.float32) / np.float32(65535)
    light = _pq_light(code) if clip.transfer == "pq" else _hlg_light(code)
    to_709 = np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]], np.float32)
    linear = np.clip(light @ to_709.T, 0, None)
    peak = linear.max(axis=2, keepdims=True)
    knee = 0.6
    rolled = np.where(peak > knee, knee + (1 - knee) * np.tanh((peak - knee) / (1 - knee)), peak)
    linear *= rolled / np.maximum(peak, 1e-6)
    coded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * np.power(np.maximum(linear, 1e-8), 1 / 2.4) - 0.055)
    return np.asarray(np.clip(coded * 255 + 0.5, 0, 255), np.uint8)


def _pq_light(code: NDArray[np.float32]) -> NDArray[np.float32]:
    """SMPTE ST 2084, inverse; 1 is 203 cd/m2 (ITU-R BT.2408)."""
    import numpy as np

    root = np.power(code, 1 / 78.84375)
    ratio = np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)
    return np.asarray(np.power(ratio, 1 / 0.1593017578125) * (10_000 / 203), np.float32)


def _hlg_light(code: NDArray[np.float32]) -> NDArray[np.float32]:
    """ITU-R BT.2100 hybrid log-gamma, inverse, on a display of 1000 cd/m2; 1 is 203 cd/m2."""
    import numpy as np

    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(code <= 0.5, code * code / 3, (np.exp((code - c) / a) + b) / 12)
    luma = (scene @ np.array([0.2627, 0.6780, 0.0593], np.float32))[..., None]
    return np.asarray(scene * np.power(np.maximum(luma, 1e-6), 0.2) * (1000 / 203), np.float32)
