"""Opens clips with PyAV, safely: only real clip formats, only this one file, broken ones explained."""

from __future__ import annotations

from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING

from studio.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

FORMATS = "mov,matroska,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,h264,hevc"
"""The formats that are read. A playlist that calls itself .mp4 could make a reader fetch other files or addresses."""
_MOST_BOXES = 50_000
"""Boxes that are looked at: a recording in fragments has two for every half second."""


class CopyError(UserError):
    """The pictures of this clip cannot be copied exactly; its text says why. Re-encoding them is what remains."""


@contextmanager
def open_clip(path: Path, part: tuple[int, int] | None = None) -> Iterator[tuple[InputContainer, VideoStream]]:
    """Open a clip for decoding; threads are used, the first picture stream is chosen.

    Args:
        path: the file.
        part: the bytes of it that are a clip, from the one to before the other; None for all.

    Raises:
        UserError: ``video.missing``, ``video.empty``, ``video.no_index``, ``video.not_video``, ``video.no_picture``,
            or ``video.broken`` when decoding fails inside the block.
    """
    import av

    if not path.is_file():
        raise UserError("video.missing", file=path.name)
    if path.stat().st_size == 0:
        raise UserError("video.empty", file=path.name)
    place = str(path) if part is None else f"subfile,,start,{part[0]},end,{part[1]},,:{path}"
    # Only what opens the file itself: what is in it may not open others.
    protocols = "file" if part is None else "file,subfile"
    try:
        container = av.open(place, options={"format_whitelist": FORMATS, "protocol_whitelist": protocols})
    except (av.FFmpegError, ValueError, UnicodeError) as error:
        raise UserError("video.no_index" if _is_unfinished(path) else "video.not_video", file=path.name) from error
    try:
        stream = _picture_stream(container)
        if stream is None:
            unfinished = not len(container.streams) and _is_unfinished(path)
            raise UserError("video.no_index" if unfinished else "video.no_picture", file=path.name)
        stream.thread_type = "AUTO"
        yield container, stream
    except av.FFmpegError as error:
        raise UserError("video.broken", file=path.name) from error
    finally:
        container.close()


def shown_frames(
    container: InputContainer, stream: VideoStream, *, loose: bool, begin: bool = False
) -> Iterator[tuple[float, VideoFrame]]:
    """Frames from where the container stands, in the order they are shown, with their times as ffmpeg counts them.

    Args:
        container: opened, perhaps sought in.
        stream: its picture.
        begin: whether reading begins at the start of the file; behind a seek, frames without any time are left out
            until one has a time.
        loose: see ``ClipFacts``: an AVI stores no times for pictures that are shown in another order than they are
            stored, and what the parser guesses goes back and forth.

    Yields:
        Seconds of the file's clock and the frame. A frame without any time comes one usual step after the one before:
        the last ones of an AVI, and the first ones of a Matroska file that begins before zero.
    """
    base = stream.time_base or Fraction(1)
    step = max(1, round(1 / ((stream.average_rate or 30) * base)))
    start = round(Fraction(container.start_time or 0, 1_000_000) / base) - step
    last = start if begin else None
    for frame in container.decode(stream):
        stamp = frame.dts if loose else frame.pts
        if stamp is None and last is None:
            continue
        last = (last or 0) + step if stamp is None else stamp
        yield float(last * base), frame


def _picture_stream(container: InputContainer) -> VideoStream | None:
    """The first moving picture: the cover picture of a song is a stream of one still."""
    from av.stream import Disposition

    for stream in container.streams.video:
        known = getattr(stream.codec_context, "name", "")  # a codec nobody knows has no context
        if known and not stream.disposition & Disposition.attached_pic:
            return stream
    return None


def _is_unfinished(path: Path) -> bool:
    """Whether an MP4 or MOV lacks its index (moov): the phone's battery died, or the copy stopped too early."""
    kinds = {kind for _, kind in top_boxes(path)}
    return b"ftyp" in kinds and b"moov" not in kinds


def top_boxes(path: Path) -> list[tuple[int, bytes]]:
    """Place and kind of the top-level boxes of an MP4 or MOV, without an index that breaks off.

    (ISO/IEC 14496-12, 4.2): 32-bit size and type, size 1 means a 64-bit size follows.
    """
    size, at = path.stat().st_size, 0
    boxes: list[tuple[int, bytes]] = []
    with path.open("rb") as file:
        while at + 8 <= size and len(boxes) < _MOST_BOXES:
            file.seek(at)
            head = file.read(16)
            length, kind = int.from_bytes(head[:4]), head[4:8]
            if length == 1:
                length = int.from_bytes(head[8:16])
            if length < 8:
                break
            if kind != b"moov" or at + length <= size:
                boxes.append((at, kind))
            at += length
    return boxes
