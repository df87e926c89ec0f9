"""Encodes the few pictures at the edges of a cut, so that a decoder takes them for a part of the recording.

Same size, pixel format and colours, parameter sets of their own under free numbers, no picture refers to a later one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from studio.video.clip_opening import CopyError
from studio.video.parameter_sets import (
    ParameterSets,
    free_number,
    free_sequence,
    is_picture,
    is_set,
    renumber_unit,
    sets_among,
    sized_units,
    unit_kind,
    units_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

    from studio.video.clip import ClipFacts

_PROFILES = {66: "baseline", 77: "main"}
"""profile_idc of H.264 by x264's names; all others get High."""
_QUALITY = {"h264": "15", "hevc": "16"}
"""Constant rate factors at which the seam is not to be seen."""


@dataclass(frozen=True, slots=True)
class EdgeNumbers:
    """Under which numbers the edges' parameter sets go, and H.264's profile."""

    picture: int
    sequence: int
    profile: str

    @classmethod
    def free_numbers(cls, sets: ParameterSets) -> EdgeNumbers:
        """Numbers that are free in a recording.

        Raises:
            ValueError: none is.
        """
        picture = free_number(sets)
        if sets.codec == "hevc":
            return cls(picture, free_sequence(sets), "")
        return cls(picture, picture, _PROFILES.get(sets.sps[0][1], "high"))


@dataclass(frozen=True, slots=True)
class EdgePictures:
    """Encoded pictures in the order they are shown and stored, as packets of an MP4; the first begins a new group."""

    packets: tuple[bytes, ...]
    sets: ParameterSets


def encode_edge(clip: ClipFacts, frames: Iterable[VideoFrame], numbers: EdgeNumbers) -> EdgePictures:
    """Encode pictures as they lie in the file (not turned, not scaled).

    Args:
        clip: of which they are.
        frames: at least one.
        numbers: for the parameter sets.

    Raises:
        CopyError: ``video.trim_codec``: PyAV has no encoder for it, or it made something unexpected.
    """
    import av

    try:
        packets = [_coded_units(clip, bytes(packet), numbers) for packet in _encode_frames(clip, frames, numbers)]
    except (av.FFmpegError, ValueError, LookupError) as error:
        raise CopyError("video.trim_codec", file=clip.path.name, codec=clip.codec) from error
    sets = sets_among(clip.codec, [unit for units in packets for unit in units if _is_set(clip, unit)])
    pictures = (
        sized_units([unit for unit in units if is_picture(clip.codec, unit_kind(clip.codec, unit))])
        for units in packets
    )
    return EdgePictures(tuple(pictures), sets)


def _is_set(clip: ClipFacts, unit: bytes) -> bool:
    return is_set(clip.codec, unit_kind(clip.codec, unit))


def _coded_units(clip: ClipFacts, data: bytes, numbers: EdgeNumbers) -> list[bytes]:
    # Encoders write start codes; MP4 wants lengths.
    units = list(units_of(data, 0))
    if clip.codec == "h264":
        return units
    return [renumber_unit(unit, numbers.picture, numbers.sequence) for unit in units]


def _encode_frames(
    clip: ClipFacts, frames: Iterable[VideoFrame], numbers: EdgeNumbers
) -> Iterator[Packet[VideoStream]]:
    from av.video.frame import PictureType

    context: VideoCodecContext | None = None
    rate = Fraction(max(1.0, clip.fps)).limit_denominator(1001)
    for number, frame in enumerate(frames):
        if context is None:
            context = _open_encoder(clip, frame, rate, numbers)
        frame.pict_type = PictureType.NONE  # or every picture is made as the source had it
        frame.time_base = 1 / rate
        frame.pts = number
        yield from context.encode(frame)
    if context is not None:
        yield from context.encode(None)


def _open_encoder(clip: ClipFacts, frame: VideoFrame, rate: Fraction, numbers: EdgeNumbers) -> VideoCodecContext:
    from av.video.codeccontext import VideoCodecContext

    context = VideoCodecContext.create("libx264" if clip.codec == "h264" else "libx265", "w")
    assert isinstance(context, VideoCodecContext)
    context.width, context.height = frame.width, frame.height
    context.pix_fmt = frame.format.name
    context.framerate, context.time_base = rate, 1 / rate
    context.sample_aspect_ratio = clip.aspect
    context.color_range, context.colorspace = frame.color_range, frame.colorspace
    context.color_primaries, context.color_trc = frame.color_primaries, frame.color_trc
    context.thread_count = 2
    quality = _QUALITY[clip.codec]
    if clip.codec == "h264":
        # No B pictures: stored in the order they are shown, so the seam is clean on both sides. One key picture at the
        # head, no look-ahead threads: a stretch is a handful of pictures.
        params = f"sps-id={numbers.picture}:bframes=0:keyint=infinite:scenecut=0:sync-lookahead=0:rc-lookahead=10"
        context.options = {"preset": "ultrafast", "crf": quality, "profile": numbers.profile, "x264-params": params}
    else:
        params = "log-level=none:bframes=0:keyint=-1:scenecut=0:repeat-headers=1:info=0:aud=0:wpp=0:rc-lookahead=5"
        context.options = {"preset": "superfast", "crf": quality, "x265-params": f"{params}:frame-threads=2"}
    return context
