"""Recordings glued together byte by byte (transport streams, VOB, WebM): each part's clock begins anew.

No seek in such a file is sure of its part, so a cover could lie over another picture than the one it was drawn on. The
packets are copied as they are into one file whose clock runs through; nothing is encoded.
"""

from __future__ import annotations

from fractions import Fraction
from mmap import ACCESS_READ, mmap
from re import DOTALL, finditer
from typing import TYPE_CHECKING

from studio.base.atomic_files import disk_refusal
from studio.base.errors import UserError, WorkNotice
from studio.base.progress import SilentProgress
from studio.video.reading import count_indexes, open_clip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from av.container import InputContainer, OutputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.stream import VideoStream

    from studio.base.progress import Progress

_BACK = Fraction(1, 10)
"""Seconds by which the clock of one stream may go back: what ffmpeg's program still takes for the same clock."""
_AHEAD = 10
"""Seconds by which it may go on at once, where the container knows of clocks that jump (``dts_delta_threshold``)."""
_JUMPING = ("mpegts", "mpeg")
_GLUED = (*_JUMPING, "matroska")
_TOLD = 500
"""Packets from one report to the next."""


def even_recording(path: Path, room: Path, progress: Progress) -> tuple[Path, tuple[WorkNotice, ...]]:
    """The file itself, or a copy of its packets where its clock begins anew on the way.

    Args:
        path: the clip; all of it is read where its format can be glued.
        room: an empty folder for the copy.
        progress: may cancel.

    Returns:
        The file to work with; ``video.joined`` where it is a copy, ``video.only_first`` where more recordings follow
        that no reader takes for the same clip.

    Raises:
        UserError: see ``open_clip``; ``video.clock_restarts``: what is in it cannot be copied; or the disk is full.
        WorkCancelled: asked for through ``progress``.
    """
    with open_clip(path) as (container, picture):
        place = _first_jump(container, picture, path, progress)
        several = len(container.streams.video) > 1
    if place is None:
        return path, _left_behind(path, progress, several=several)
    (folder := room / "joined").mkdir()
    out = folder / path.name
    parts = _write_even(path, out, place, progress)
    if _matroska_heads(path) > parts:  # libavformat ends with the second of several segments
        raise UserError("video.clock_restarts", file=path.name, seconds=round(place, 1))
    return out, (WorkNotice("video.joined", {"file": path.name, "count": parts, "seconds": round(place, 1)}),)


def _left_behind(path: Path, progress: Progress, *, several: bool) -> tuple[WorkNotice, ...]:
    """What is to be said of recordings behind the first one: an MP4 of several, a transport stream of other streams."""
    with open_clip(path) as (container, picture):
        more = False
        if "mov" in container.format.name:
            more = count_indexes(path) > 1
        elif "mpegts" in container.format.name and several:
            more = _streams_follow(container, picture, path, progress)
        seconds = round((container.duration or 0) / 1_000_000, 1)
    return (WorkNotice("video.only_first", {"file": path.name, "seconds": seconds}),) if more else ()


def _streams_follow(container: InputContainer, picture: VideoStream, path: Path, progress: Progress) -> bool:
    """Whether another stream of pictures begins where the first one is over."""
    begun: dict[int, int] = {}
    ended = -1
    # All are asked for: streams that begin later are not known when the file is opened.
    for packet in _packets(container, (), path, progress):
        # By their place in the file: the last packet of each stream is handed out at the end only.
        place = packet.pos or 0
        if packet.stream.type != "video":
            continue
        begun.setdefault(packet.stream.index, place)
        ended = max(ended, place) if packet.stream.index == picture.index else ended
    return any(place > ended for place in begun.values())


def check_clock(opened: InputContainer, path: Path) -> None:
    """Refuse a clip whose clock begins anew on the way; it is opened once more, as a seek may land in any part.

    Args:
        opened: the clip, only asked for its format.
        path: its file; all of it is read where its format can be glued.

    Raises:
        UserError: ``video.clock_restarts``, with the place.
    """
    if can_be_glued(opened.format.name):
        with open_clip(path) as (container, picture):
            place = _first_jump(container, picture, path, SilentProgress())
        if place is not None:
            raise UserError("video.clock_restarts", file=path.name, seconds=round(place, 1))


def jumps(format_: str, before: Fraction, now: Fraction) -> bool:
    """Whether the clock of a stream begins anew between two packets, in the order they are stored.

    Args:
        format_: ffmpeg's name of the container.
        before: seconds at which the first of them is decoded.
        now: the other.
    """
    ahead = any(name in _JUMPING for name in format_.split(",")) and now > before + _AHEAD
    return can_be_glued(format_) and (ahead or now < before - _BACK)


def can_be_glued(format_: str) -> bool:
    """Whether files of this format (ffmpeg's name) still open after they were glued together."""
    return any(name in _GLUED for name in format_.split(","))


def _first_jump(container: InputContainer, picture: VideoStream, path: Path, progress: Progress) -> float | None:
    """Seconds of picture before its clock begins anew; None where it runs through."""
    if not can_be_glued(container.format.name):
        return None
    before, end = None, Fraction(0)
    for packet in _packets(container, (picture,), path, progress):
        now = _decoded_at(packet)
        if before is not None and jumps(container.format.name, before, now):
            return max(0.0, float(end) - (container.start_time or 0) / 1_000_000)
        before = now
        end = now + (packet.duration or 0) * packet.time_base
    return None


def _write_even(path: Path, out: Path, place: float, progress: Progress) -> int:
    """Copy picture and sound into a file with one clock; returns of how many parts it is made."""
    import av

    with open_clip(path) as (container, picture):
        streams = (picture, *(each for each in container.streams.audio if each.codec_context.sample_rate))
        clock = _RunningClock(container.format.name)
        form = "matroska" if "matroska" in container.format.name else "mpegts"
        try:
            # Only Matroska tells of all codecs that come in it; a transport stream keeps times to the tick.
            with av.open(str(out), "w", format=form) as target:
                _copy_packets(target, streams, _packets(container, streams, path, progress), clock.moved)
        except (av.FFmpegError, ValueError, OSError) as error:
            full = disk_refusal(error, out) if isinstance(error, OSError) else None
            raise full or UserError("video.clock_restarts", file=path.name, seconds=round(place, 1)) from error
    return clock.parts


def _matroska_heads(path: Path) -> int:
    """How many Matroska files begin in a file (RFC 8794: EBML head, with its kind of document)."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        return sum(1 for _ in finditer(rb"\x1a\x45\xdf\xa3.{1,64}?\x42\x82.(?:webm|matroska)", data, DOTALL))


def _copy_packets(
    target: OutputContainer,
    streams: tuple[Stream, ...],
    packets: Iterator[Packet[Stream]],
    moved: Callable[[Packet[Stream]], Fraction],
) -> None:
    copies = {stream.index: target.add_stream_from_template(stream) for stream in streams}
    last: dict[int, int] = {}
    for packet in packets:
        at, base = packet.stream.index, packet.time_base
        shift = round(moved(packet) / base)
        assert packet.dts is not None
        # Sound may begin a little before the picture of its part: over the end of the part before there is no room.
        wait = max(0, last.get(at, packet.dts + shift - 1) + 1 - packet.dts - shift)
        if wait and packet.stream.type == "audio":
            continue
        shift += wait
        packet.pts = None if packet.pts is None else packet.pts + shift
        packet.dts = last[at] = packet.dts + shift
        packet.stream = copies[at]
        target.mux(packet)


def _packets(
    container: InputContainer, streams: tuple[Stream, ...], path: Path, progress: Progress
) -> Iterator[Packet[Stream]]:
    """All packets with a time, in the order they are stored."""
    for number, packet in enumerate(container.demux(*streams)):
        if number % _TOLD == 0:
            progress.report(max(0, packet.pos or 0), max(1, container.size), path.name)
        if packet.dts is not None and packet.size:
            yield packet


def _decoded_at(packet: Packet[Stream]) -> Fraction:
    return (packet.dts or 0) * packet.time_base


class _RunningClock:
    """By how much each packet has to be moved so that the clock runs on where a part begins."""

    def __init__(self, container: str) -> None:
        self._container = container
        self._shift = Fraction(0)
        self._end: Fraction | None = None
        self._before: dict[int, tuple[Fraction, Fraction]] = {}  # by stream: the last time in the file, and its shift
        self.parts = 1

    def moved(self, packet: Packet[Stream]) -> Fraction:
        """Seconds to be added to the times of the next packet."""
        now, at = _decoded_at(packet), packet.stream.index
        before, shift = self._before.get(at, (now, self._shift))
        if jumps(self._container, before, now):
            shift = self._next_shift(before + shift, now)
        self._before[at] = now, shift
        ended = now + shift + (packet.duration or 0) * packet.time_base
        self._end = ended if self._end is None else max(self._end, ended)
        return shift

    def _next_shift(self, before: Fraction, now: Fraction) -> Fraction:
        """The shift of the part that another stream has begun, if this packet lies in it; else that of a new part."""
        assert self._end is not None
        if before - 2 * _BACK <= now + self._shift <= before + _AHEAD:
            return self._shift
        self._shift = self._end - now
        self.parts += 1
        return self._shift
