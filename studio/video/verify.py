"""Looks at a finished video before it gets its name: ffmpeg ends with 0 even where the original broke off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.video.aperture import NONE, read_margins
from studio.video.orientation import is_plain

if TYPE_CHECKING:
    from pathlib import Path

    from av.container import InputContainer
    from av.video.stream import VideoStream

_SOUND_OFF = 0.1
"""Seconds by which the sound may be longer or shorter than the picture."""

_BLOCK = 1024
"""Samples of one block of AAC-LC."""


@dataclass(frozen=True, slots=True)
class CheckedVideo:
    """What a finished file really holds."""

    width: int
    height: int
    frames: int
    seconds: float
    bytes: int
    picture: int
    """Bytes of the picture alone."""
    busiest: float
    """kbit/s of the picture in the busiest two seconds."""


def verify_video(path: Path, frames: int, fps: int, *, sound: bool = True) -> CheckedVideo:
    """Count the frames of a result and decode its end.

    Args:
        path: the file.
        frames: how many it must hold.
        fps: frames a second.
        sound: whether there must be a sound track as long as the picture (to a tenth of a second).

    Returns:
        What the file holds.

    Raises:
        UserError: ``video.incomplete``: frames are missing, or the end or the sound cannot be read.
    """
    import av

    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            sizes, heard = _read_through(container, stream)
            ok = len(sizes) == frames and _end_decodes(container, stream, frames, fps)
            ok = ok and read_margins(path, "mov", stream.id, 0) == (NONE,)
            ok = ok and (not sound or abs(heard - frames / fps) < _SOUND_OFF)
            width, height = stream.codec_context.width, stream.codec_context.height
    except (av.FFmpegError, IndexError, OSError) as error:
        raise UserError("video.incomplete", file=path.name, seconds=round(frames / fps, 1), got=0) from error
    if not ok:
        got = round(len(sizes) / fps, 1)
        raise UserError("video.incomplete", file=path.name, seconds=round(frames / fps, 1), got=got)
    return CheckedVideo(
        width, height, frames, frames / fps, path.stat().st_size, sum(sizes), _busiest_second(sizes, fps)
    )


def _end_decodes(container: InputContainer, stream: VideoStream, frames: int, fps: int) -> bool:
    """Whether the very last frame comes out of the decoder, and is not to be turned by whoever shows it."""
    # Whether it decodes is asked, not how it looks: the loop filter is a third of the work.
    stream.codec_context.options = {"skip_loop_filter": "all"}
    stream.thread_type = "AUTO"
    container.seek(max(0, round((frames - 1) / fps * 1_000_000)), backward=True)
    last, frame = -1.0, None
    for frame in container.decode(stream):
        last = max(last, frame.time or 0.0)
    if frame is None or not is_plain(frame):
        return False
    return abs(last - (frames - 1) / fps) < 1 / fps


def _read_through(container: InputContainer, stream: VideoStream) -> tuple[list[int], float]:
    """Bytes of each picture, and how many seconds of sound really lie in the file: headers tell what was meant."""
    sizes: list[int] = []
    sound = container.streams.audio[0] if container.streams.audio else None
    blocks = 0
    for packet in container.demux(stream, *([sound] if sound is not None else [])):
        if packet.size and packet.stream.type == "video":
            sizes.append(packet.size)
        elif packet.size:
            blocks += 1
    if sound is None:
        return sizes, 0.0
    return sizes, blocks * (sound.codec_context.frame_size or _BLOCK) / sound.codec_context.sample_rate


def _busiest_second(sizes: list[int], fps: int) -> float:
    window = min(len(sizes), 2 * fps)
    total = most = sum(sizes[:window])
    for at in range(window, len(sizes)):
        total += sizes[at] - sizes[at - window]
        most = max(most, total)
    return most * 8 / 1000 / (window / fps)
