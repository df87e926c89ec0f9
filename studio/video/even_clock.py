"""Recordings glued together byte by byte (transport streams, VOB, Matroska): each part's clock begins anew.

No seek in such a file is sure of its part, so a cover could lie over another picture than the one it was drawn on. The
packets are copied as they are into one file whose clock runs through; nothing is encoded.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from studio.base.atomic_files import disk_refusal
from studio.base.errors import UserError, WorkNotice
from studio.base.progress import PartProgress, SilentProgress
from studio.video.clip_opening import open_clip
from studio.video.recording_heads import recording_heads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
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
_SELF_TOLD = ("vp8", "vp9", "av1")
"""Codecs whose packets say all that a decoder has to know; what stands beside them may differ from part to part."""
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
    search, copying = PartProgress(progress, 0, 30, 100), PartProgress(progress, 60, 100, 100)
    with open_clip(path) as (container, picture):
        heads = recording_heads(path, container.format.name, search)
        place = _first_jump(container, picture, path, heads, PartProgress(progress, 30, 60, 100))
        several = len(container.streams.video) > 1
    if place is None:
        return path, _left_behind(path, heads, copying, several=several)
    (folder := room / "joined").mkdir()
    out = folder / path.name
    parts = _write_even(path, out, heads, place, copying)
    return out, (WorkNotice("video.joined", {"file": path.name, "count": parts, "seconds": round(place, 1)}),)


def _left_behind(path: Path, heads: Sequence[int], progress: Progress, *, several: bool) -> tuple[WorkNotice, ...]:
    """What is to be said of recordings behind the first one: further heads, or other streams of a transport stream."""
    with open_clip(path) as (container, picture):
        more = len(heads) > 1
        if several and "mpegts" in container.format.name:
            more = _streams_follow(container, picture, path, progress)
        if not more:
            return ()
        seconds = (container.duration or 0) / 1_000_000
        if not seconds:  # its head tells of another size than the file has
            shown = (_shown_until(packet) for packet in _packets(container, (picture,), path, progress))
            seconds = float(max(shown, default=Fraction(0))) - (container.start_time or 0) / 1_000_000
    return (WorkNotice("video.only_first", {"file": path.name, "seconds": round(seconds, 1)}),)


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
    if _is_one_of(opened.format.name, _GLUED):
        heads = recording_heads(path, opened.format.name, SilentProgress())
        with open_clip(path) as (container, picture):
            place = _first_jump(container, picture, path, heads, SilentProgress())
        if place is not None:
            raise UserError("video.clock_restarts", file=path.name, seconds=round(place, 1))


def _is_one_of(format_: str, names: tuple[str, ...]) -> bool:
    return any(name in names for name in format_.split(","))


def _jumps(before: Fraction, now: Fraction) -> bool:
    """Whether the clock begins anew between two times of decoding that are stored one after the other."""
    return now < before - _BACK or now > before + _AHEAD


def _first_jump(
    container: InputContainer, picture: VideoStream, path: Path, heads: Sequence[int], progress: Progress
) -> float | None:
    """Seconds of picture before its clock begins anew; None where it runs through."""
    form = container.format.name
    several = len(heads) > 1 and _is_one_of(form, ("matroska",))
    if not several and not _is_one_of(form, _JUMPING):
        return None
    before, end = None, Fraction(0)
    for packet in _with_a_time(_packets(container, (picture,), path, progress)):
        now = _decoded_at(packet)
        # A Matroska file stores no times of decoding; but where each begins is known.
        if (packet.pos or 0) >= heads[1] if several else before is not None and _jumps(before, now):
            return max(0.0, float(end) - (container.start_time or 0) / 1_000_000)
        before = now
        end = max(end, _shown_until(packet)) if several else now + (packet.duration or 0) * packet.time_base
    return float(end) if several else None


def _write_even(path: Path, out: Path, heads: Sequence[int], place: float, progress: Progress) -> int:
    """Copy picture and sound into a file with one clock; returns of how many parts it is made."""
    import av

    write = _write_matroska if heads else _write_stream
    try:
        # Only Matroska tells of all codecs that come in it; a transport stream keeps times to the tick.
        with av.open(str(out), "w", format="matroska" if heads else "mpegts") as target:
            return write(_EvenWriter(target), path, heads, progress)
    except (av.FFmpegError, ValueError, OSError, UserError) as error:
        full = disk_refusal(error, out) if isinstance(error, OSError) else None
        raise full or UserError("video.clock_restarts", file=path.name, seconds=round(place, 1)) from error


def _write_stream(writer: _EvenWriter, path: Path, _heads: Sequence[int], progress: Progress) -> int:
    """All parts of a stream, in which only the times say where one begins."""
    with open_clip(path) as (container, picture):
        clock = _RunningClock()
        streams = _copied_streams(container, picture)
        writer.take_streams(streams)
        for packet in _with_a_time(_packets(container, streams, path, progress)):
            writer.write(packet, clock.next_offset(packet))
        return clock.parts


def _write_matroska(writer: _EvenWriter, path: Path, heads: Sequence[int], progress: Progress) -> int:
    """Each part opened as the file it was: the reader ends behind the second and knows no times of decoding in it."""
    size = path.stat().st_size
    for part in pairwise((*heads, size)):
        with open_clip(path, part) as (container, picture):
            streams = _copied_streams(container, picture)
            writer.take_streams(streams)
            shift = writer.end - Fraction(container.start_time or 0, 1_000_000)
            stretch = PartProgress(progress, part[0], part[1], size)
            for packet in _with_all_times(_packets(container, streams, path, stretch)):
                writer.write(packet, shift)
    return len(heads)


def _copied_streams(container: InputContainer, picture: VideoStream) -> tuple[Stream, ...]:
    return picture, *(each for each in container.streams.audio if each.codec_context.sample_rate)


def _with_all_times(packets: Iterable[Packet[Stream]]) -> Iterator[Packet[Stream]]:
    """Packets of Matroska, its first pictures with times of decoding too.

    None are stored, and the reader gives those that it concludes only to the pictures that come later.
    """
    waiting: list[Packet[Stream]] = []
    for packet in packets:
        if packet.dts is None:
            waiting.append(packet)
            continue
        if waiting and packet.stream.index == waiting[0].stream.index:
            yield from _dated(waiting, packet.dts)
            waiting = []
        yield packet
    yield from _dated(waiting, None)


def _dated(waiting: Sequence[Packet[Stream]], following: int | None) -> Iterator[Packet[Stream]]:
    """These packets decoded one tick after the other, before the one that follows and before each is shown."""
    times = [each.pts for each in waiting if each.pts is not None]
    latest = min(times if following is None else (*times, following), default=0)
    for left, packet in zip(range(len(waiting), 0, -1), waiting, strict=True):
        packet.dts = latest - left
        yield packet


def _packets(
    container: InputContainer, streams: tuple[Stream, ...], path: Path, progress: Progress
) -> Iterator[Packet[Stream]]:
    """All packets with something in them, in the order they are stored."""
    for number, packet in enumerate(container.demux(*streams)):
        if number % _TOLD == 0:
            progress.report(max(0, packet.pos or 0), max(1, container.size), path.name)
        if packet.size:
            yield packet


def _with_a_time(packets: Iterable[Packet[Stream]]) -> Iterator[Packet[Stream]]:
    """Without those before the first of a stream that says when it is decoded: it was cut in the middle."""
    return (packet for packet in packets if packet.dts is not None)


def _decoded_at(packet: Packet[Stream]) -> Fraction:
    return (packet.dts or 0) * packet.time_base


def _shown_until(packet: Packet[Stream]) -> Fraction:
    at = packet.dts if packet.pts is None else packet.pts
    return ((at or 0) + (packet.duration or 0)) * packet.time_base


class _EvenWriter:
    """Copies packets of several parts behind each other.

    Args:
        target: the file to write.
    """

    def __init__(self, target: OutputContainer) -> None:
        self._target = target
        self._copies: list[Stream] = []
        self._kinds: list[tuple[str, bytes | None]] = []
        self._streams: dict[int, int] = {}  # of the part: place among the copies
        self._last: dict[int, int] = {}  # by place among the copies: the time of decoding that was written last
        self.end = Fraction(0)
        """Seconds at which all that was written is over."""

    def take_streams(self, streams: Sequence[Stream]) -> None:
        """Say which streams the next packets are of: those of the first part, or such as can be laid behind them.

        Raises:
            ValueError: they cannot.
        """
        kinds = [_stream_kind(stream) for stream in streams]
        if not self._copies:
            self._copies, self._kinds = [self._target.add_stream_from_template(each) for each in streams], kinds
        elif kinds != self._kinds[: len(kinds)]:
            raise ValueError("a part of another codec")
        self._streams = {stream.index: place for place, stream in enumerate(streams)}

    def write(self, packet: Packet[Stream], seconds: Fraction) -> None:
        """Write a packet of these streams, moved by seconds."""
        place, shift = self._streams[packet.stream.index], round(seconds / packet.time_base)
        assert packet.dts is not None
        # Sound may begin a little before the picture of its part: over the end of the part before there is no room.
        wait = max(0, self._last.get(place, packet.dts + shift - 1) + 1 - packet.dts - shift)
        if wait and packet.stream.type == "audio":
            return
        shift += wait
        packet.pts = None if packet.pts is None else packet.pts + shift
        packet.dts = self._last[place] = packet.dts + shift
        self.end = max(self.end, _shown_until(packet))
        packet.stream = self._copies[place]
        self._target.mux(packet)


def _stream_kind(stream: Stream) -> tuple[str, bytes | None]:
    """What two streams must have in common so that one decoder can go on from the one to the other."""
    context = stream.codec_context
    name = context.name
    return name, None if name in _SELF_TOLD else context.extradata


class _RunningClock:
    """By how much each packet has to be moved so that the clock runs on where a part begins."""

    def __init__(self) -> None:
        self._shift = Fraction(0)
        self._end: Fraction | None = None
        self._before: dict[int, tuple[Fraction, Fraction]] = {}  # by stream: the last time in the file, and its shift
        self.parts = 1

    def next_offset(self, packet: Packet[Stream]) -> Fraction:
        """Seconds to be added to the times of the next packet."""
        now, at = _decoded_at(packet), packet.stream.index
        before, shift = self._before.get(at, (now, self._shift))
        if _jumps(before, now):
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
