"""Pictures from a clip for the window: one frame, a filmstrip, keyframes, a poster; upright and in sRGB.

PyAV decodes in this process: for single frames that is many times faster than starting ffmpeg for each
(docs/decisions/frames-by-pyav.md: 20 thumbnails of ten minutes in 0.8 instead of 5.7 seconds).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.pixel_data import hex_color
from studio.video.clip import SLACK
from studio.video.clip_opening import open_clip, shown_frames

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from av.video.frame import VideoFrame
    from av.video.reformatter import Colorspace
    from numpy.typing import NDArray

    from studio.story.geometry import PixelBox
    from studio.video.clip import ClipFacts


@dataclass(frozen=True, slots=True)
class VideoPicture:
    """One picture: upright, sRGB, three bytes a pixel, rows from the top without padding; ``seconds`` is its time."""

    seconds: float
    width: int
    height: int
    rgb: bytes


def frame_at(clip: ClipFacts, seconds: float, longest: int = 0, *, exact: bool = True) -> VideoPicture:
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

    wanted = clip.start + max(0.0, min(seconds, clip.seconds)) + SLACK
    best: tuple[float, VideoFrame] | None = None
    with open_clip(clip.path) as (container, stream):
        if not exact:
            stream.codec_context.skip_frame = "NONKEY"
        # A seek in a transport stream may land on a later keyframe, even one to its very start: then it is tried from
        # further back.
        for back in () if clip.sequential else (0.0, 3.0, 12.0, wanted - min(0.0, clip.start)):
            with suppress(av.FFmpegError):  # an index without that place
                container.seek(int((wanted - back) * 1_000_000), backward=True)
                best = _last_until(shown_frames(container, stream, loose=clip.loose), wanted, first=not exact) or best
            if best is not None and best[0] <= wanted:
                break
    if best is None or best[0] > wanted:
        with open_clip(clip.path) as (container, stream):  # after a failed seek some readers find nothing more
            best = _last_until(shown_frames(container, stream, loose=clip.loose, begin=True), wanted, first=not exact)
    if best is None:
        raise UserError("video.broken", file=clip.path.name)
    return frame_pixels(best[1], clip, longest, best[0])


def _last_until(
    frames: Iterator[tuple[float, VideoFrame]], time: float, *, first: bool
) -> tuple[float, VideoFrame] | None:
    """The last frame up to a time, or the first one read; a later one when there is none before."""
    best = None
    for now, frame in frames:
        # The first frame beyond the time says that the one before it stands until then.
        if best is not None and now > time:
            break
        best = now, frame
        if first or now > time:
            break
    return best


def first_picture(path: Path, longest: int) -> VideoPicture:
    """The first picture of a file, upright; little more than that is read: for thumbnails.

    Args:
        path: the file.
        longest: longest side in pixels, 0 for the full size.

    Raises:
        UserError: see ``probe_clip``.
    """
    from studio.video.probe import first_look

    clip, frame = first_look(path)
    return frame_pixels(frame, clip, longest, clip.first + clip.start)


def read_filmstrip(clip: ClipFacts, count: int, height: int) -> Iterator[tuple[int, VideoPicture]]:
    """Small pictures spread evenly over the clip, from the middle outwards, as they are ready.

    Keyframes are taken: each costs about 40 ms whatever the length of the clip.

    Args:
        clip: the original.
        count: how many.
        height: of each in pixels.

    Yields:
        Number (0 is the earliest) and picture. A place that cannot be decoded is skipped.
    """
    import av

    longest = height if clip.width <= clip.height else max(1, round(height * clip.width / clip.height))
    with open_clip(clip.path) as (container, stream):
        stream.thread_type = "SLICE"  # frame threads would decode ahead what the next seek throws away
        stream.codec_context.skip_frame = "NONKEY"
        # From the middle outwards: whoever looks at a half-filled strip sees what the clip is about.
        for number in sorted(range(count), key=lambda number: abs(2 * number - count + 1)):
            wanted = clip.start + clip.seconds * (number + 0.5) / count
            try:
                container.seek(int(wanted * 1_000_000), backward=True)
                found = next(shown_frames(container, stream, loose=clip.loose), None)
            except av.FFmpegError:
                continue
            if found is not None:
                yield number, frame_pixels(found[1], clip, longest, found[0])


def read_keyframes(clip: ClipFacts) -> tuple[float, ...]:
    """Times in seconds at which a cut needs no new encoding. From the index; read through where there is none."""
    with open_clip(clip.path) as (container, stream):
        base = float(stream.time_base or 1)
        if "mov" in clip.container and len(stream.index_entries):
            stamps = [entry.timestamp for entry in stream.index_entries if entry.is_keyframe]
        else:
            stamps = [packet.pts for packet in container.demux(stream) if packet.is_keyframe and packet.pts is not None]
    return tuple(sorted(max(0.0, stamp * base - clip.start) for stamp in stamps))


def poster_time(clip: ClipFacts, tries: int = 9) -> float:
    """A time that makes a good cover: not dark, not washed out and not blurred, rather early.

    Judged on small keyframes by contrast and sharpness.
    """
    import numpy as np

    best, chosen = -1.0, 0.0
    for number, frame in read_filmstrip(clip, tries, 90):
        pixels = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3).astype(np.float32)
        grey = pixels.mean(axis=2)
        # Best at 118, a middling grey; 137 is what is left above it up to white.
        exposed = 1 - abs(float(grey.mean()) - 118) / 137
        sharp = float(np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean())
        # Early frames weigh up to a third more: a cover should not give the end away.
        score = exposed * (float(grey.std()) + 4 * sharp) * (1.15 - 0.3 * number / tries)
        if score > best:
            best, chosen = score, clip.seconds * (number + 0.5) / tries
    return chosen


def poster_frame(clip: ClipFacts, seconds: float | None, longest: int = 0) -> VideoPicture:
    """The cover picture: the frame the user chose, else one that looks good."""
    return frame_at(clip, poster_time(clip) if seconds is None else seconds, longest)


def mean_color(clip: ClipFacts, pixels_box: PixelBox, seconds: float) -> str:
    """The average colour (``#rrggbb``) of a box of the upright picture at a time."""
    import numpy as np

    from studio.story.cover_geometry import scaled_box

    frame = frame_at(clip, seconds, 480)
    pixels = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)
    left, top, right, bottom = scaled_box(pixels_box, (clip.width, clip.height), (frame.width, frame.height))
    area = pixels[max(0, top) : max(1, bottom), max(0, left) : max(1, right)]
    red, green, blue = (
        (round(float(value)) for value in area.reshape(-1, 3).mean(axis=0)) if area.size else (31, 41, 51)
    )
    return hex_color(red, green, blue)


def frame_pixels(frame: VideoFrame, clip: ClipFacts, longest: int, time: float) -> VideoPicture:
    """A decoded frame as it is seen.

    Args:
        frame: as the decoder gives it.
        clip: of which it is.
        longest: longest side in pixels, 0 for the full size.
        time: of the frame, by the file's clock.
    """
    import numpy as np

    scale = min(1.0, longest / max(clip.width, clip.height)) if longest else 1.0
    width, height = max(1, round(clip.width * scale)), max(1, round(clip.height * scale))
    across, down = (height, width) if clip.orientation.is_sideways else (width, height)
    plain = clip.transfer == "sdr"
    source = (
        frame
        if clip.orientation.area == (0, 0, *clip.stored)
        else _cut_frame(frame, clip, "rgb24" if plain else "rgb48le")
    )
    pixels = (_plain_pixels if plain else _tone_mapped)(source, clip, across, down)
    upright = np.ascontiguousarray(clip.orientation.turn_pixels(pixels))
    return VideoPicture(max(0.0, time - clip.start), width, height, upright.tobytes())


def _cut_frame(frame: VideoFrame, clip: ClipFacts, layout: str) -> VideoFrame:
    """The part of a frame that is meant to be shown, in RGB."""
    import numpy as np
    from av.video.frame import VideoFrame

    whole = frame.reformat(format=layout, src_colorspace=_guess_matrix(clip))
    return VideoFrame.from_ndarray(np.ascontiguousarray(clip.orientation.cut_pixels(whole.to_ndarray())), layout)


def _guess_matrix(clip: ClipFacts) -> Colorspace | None:
    """The matrix of a clip that does not name one: what players take it for, by its height."""
    from av.video.reformatter import Colorspace

    if clip.assumed:
        return Colorspace.BT2020
    if clip.matrix or clip.transfer != "sdr":
        return None
    return Colorspace.ITU709 if min(clip.stored) >= 720 else Colorspace.ITU601


def _plain_pixels(frame: VideoFrame, clip: ClipFacts, width: int, height: int) -> NDArray[np.uint8]:
    import numpy as np
    from av.video.reformatter import Interpolation

    source = None if frame.format.name == "rgb24" else _guess_matrix(clip)
    # Far enough down, the better filter is not to be seen and costs much more.
    how = Interpolation.FAST_BILINEAR if width < frame.width // 3 else Interpolation.BICUBIC
    scaled = frame.reformat(width, height, "rgb24", src_colorspace=source, interpolation=how)
    return np.asarray(scaled.to_ndarray(), np.uint8)


def _tone_mapped(frame: VideoFrame, clip: ClipFacts, width: int, height: int) -> NDArray[np.uint8]:
    """High dynamic range to sRGB: to linear light with 203 cd/m2 as 1, BT.2020 to BT.709, highlights rolled off."""
    import numpy as np

    source = None if frame.format.name == "rgb48le" else _guess_matrix(clip)
    scaled = frame.reformat(width, height, "rgb48le", src_colorspace=source)
    code = np.asarray(scaled.to_ndarray(), np.uint16).astype(np.float32) / np.float32(65535)
    light = _pq_light(code) if clip.transfer == "pq" else _hlg_light(code)
    to_709 = np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]], np.float32)
    linear = np.clip(light @ to_709.T, 0, None)
    # The brightest channel is rolled off and the others follow in proportion, so that hues stay.
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
