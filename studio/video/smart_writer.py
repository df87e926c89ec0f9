"""Writes copied and encoded pictures and a finished sound into one MP4."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.video.clip_opening import CopyError, open_clip
from studio.video.parameter_sets import H264_AUD, HEVC_AUD, carries_user_data, is_set, sized_units, unit_kind, units_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

    from studio.base.progress import Progress
    from studio.video.clip import ClipFacts
    from studio.video.picture_index import PictureIndex


@dataclass(frozen=True, slots=True)
class StoredPacket:
    """One packet of the result.

    Attributes:
        time: when its picture is shown, in seconds of the result.
        place: of a copied one in the original, in the order of storing.
        data: of an encoded one; None to copy.
        anew: whether it needs nothing before it.
    """

    time: Fraction
    place: int
    data: bytes | None
    anew: bool


def packets_from(
    clip: ClipFacts, index: PictureIndex, container: InputContainer, stream: VideoStream, begin: int
) -> Iterator[tuple[int, Packet[VideoStream]]]:
    """Packets of the picture with their numbers in the order of storing, from number ``begin`` on.

    A seek may land anywhere: what comes before is passed by, and a reader that lands behind begins at the start.
    """
    # Packets are known by their times, which are unique in an index; counting would go wrong after a seek.
    places = {index.times[rank]: place for place, rank in enumerate(index.shown)}
    wanted = index.times[index.shown[begin]]
    if begin and clip.seekable:
        container.seek(wanted, stream=stream, backward=True)
    first = True
    for packet in container.demux(stream):
        place = places.get(packet.pts) if packet.size and packet.pts is not None else None
        if place is None:
            continue
        # The seek landed behind what is needed: no second guess, the file is read from its start.
        if first and place > begin:
            container.seek(0)
            yield from _from_start(places, container, stream, begin)
            return
        first = False
        if place >= begin:
            yield place, packet


def _from_start(
    places: dict[int, int], container: InputContainer, stream: VideoStream, begin: int
) -> Iterator[tuple[int, Packet[VideoStream]]]:
    for packet in container.demux(stream):
        place = places.get(packet.pts) if packet.size and packet.pts is not None else None
        if place is not None and place >= begin:
            yield place, packet


def write_pictures(
    clip: ClipFacts,
    index: PictureIndex,
    stored: Sequence[StoredPacket],
    declared: bytes,
    base: Fraction,
    sound: Path | None,
    out: Path,
    progress: Progress,
) -> None:
    """Write the MP4, its index in front, without any metadata of the original but how it is turned.

    Args:
        clip: the original.
        index: its pictures.
        stored: what is written, in this order.
        declared: the parameter sets, as the file declares them.
        base: unit of the result's times.
        sound: a file whose one sound track is copied; None for none.
        out: the file to write.
        progress: called with the pictures written.

    Raises:
        CopyError: ``video.trim_sets``, ``error.disk_full``.
        WorkCancelled: asked for through ``progress``.
    """
    import av

    try:
        with ExitStack() as stack:
            file = stack.enter_context(av.open(str(out), "w", format="mp4", options={"movflags": "+faststart"}))
            heard = None
            with open_clip(clip.path) as (_, stream):
                picture = file.add_stream_from_template(stream)
            picture.codec_context.extradata = declared
            # Tags under which all sets are declared in front: Apple's players refuse HEVC under "hev1".
            picture.codec_context.codec_tag = "avc1" if clip.codec == "h264" else "hvc1"
            picture.time_base = base
            picture.metadata.clear()
            if sound is not None:
                source = stack.enter_context(av.open(str(sound)))
                heard = _SoundWriter(file, source)
            _write_packets(clip, index, stored, base, file, picture, heard, progress)
            if heard is not None:
                heard.up_to(float("inf"))
    except av.error.OSError as error:
        if error.errno == 28:
            raise UserError("error.disk_full", place=str(out.parent), need="?", free="0 MB") from error
        raise


class _SoundWriter:
    """The finished sound, written as far as the picture has come."""

    def __init__(self, file: OutputContainer, source: InputContainer) -> None:
        stream = source.streams.audio[0]
        self._file, self._stream = file, file.add_stream_from_template(stream)
        self._stream.metadata.clear()
        self._packets = source.demux(stream)
        self._next: Packet[AudioStream] | None = next(self._packets, None)

    def up_to(self, seconds: float) -> None:
        while self._next is not None and self._next.size:
            packet = self._next
            if float((packet.pts or 0) * (packet.time_base or 1)) > seconds:
                return
            packet.stream = self._stream
            self._file.mux(packet)
            self._next = next(self._packets, None)


def _write_packets(
    clip: ClipFacts,
    index: PictureIndex,
    stored: Sequence[StoredPacket],
    base: Fraction,
    file: OutputContainer,
    picture: VideoStream,
    heard: _SoundWriter | None,
    progress: Progress,
) -> None:
    from av.packet import Packet

    shown = [round(each.time / base) for each in stored]
    decoded = decode_times(shown)
    copies = _copied_packets(clip, index, stored)
    for number, (each, pts, dts) in enumerate(zip(stored, shown, decoded, strict=True)):
        packet = Packet(each.data if each.data is not None else next(copies))
        packet.time_base, packet.pts, packet.dts = base, pts, dts
        # MP4 stores differences of decoding times; of the last packet the one before is repeated.
        packet.duration = max(1, decoded[number + 1] - dts) if number + 1 < len(decoded) else decoded[-1] - decoded[-2]
        packet.is_keyframe = each.anew
        packet.stream = picture
        if heard is not None:
            heard.up_to(float(dts * base))
        file.mux(packet)
        if not number % 30:
            progress.report(number, len(stored), clip.path.name)


def decode_times(shown: Sequence[int]) -> list[int]:
    """When each packet is to be decoded: rising, never after it is shown, as late as possible.

    Args:
        shown: when each is shown, in the order of storing; no two alike.
    """
    times = sorted(shown)
    ranks = {time: rank for rank, time in enumerate(times)}
    # How far a picture is ever stored behind its turn of being shown: by so many pictures decoding has to run ahead.
    delay = max(place - ranks[time] for place, time in enumerate(shown))
    step = max(1, (times[-1] - times[0]) // max(1, len(times) - 1))
    # The times of showing themselves, moved by the delay; in front of the first one they go on backwards in even steps.
    return [times[at - delay] if at >= delay else times[0] - (delay - at) * step for at in range(len(times))]


def _copied_packets(clip: ClipFacts, index: PictureIndex, stored: Sequence[StoredPacket]) -> Iterator[bytes]:
    """The copied packets in the order of the result."""
    runs: list[tuple[int, int]] = []
    for number, each in enumerate(stored):
        if each.data is not None:
            continue
        # Packets that follow each other in the original are one run: one seek instead of one for each.
        follows = number and stored[number - 1].data is None and stored[number - 1].place == each.place - 1
        if runs and follows:
            runs[-1] = (runs[-1][0], each.place + 1)
        else:
            runs.append((each.place, each.place + 1))
    for begin, end in runs:
        with open_clip(clip.path) as (container, stream):
            for place, packet in packets_from(clip, index, container, stream, begin):
                if place >= end:
                    break
                yield _plain_packet(clip, index, packet)


def _plain_packet(clip: ClipFacts, index: PictureIndex, packet: Packet[VideoStream]) -> bytes:
    """A packet without what the file declares already, and without what the recorder says of itself.

    Raises:
        CopyError: ``video.trim_sets``: it brings parameter sets that the file does not declare.
    """
    units = []
    for unit in units_of(memoryview(packet), index.length_bytes):
        kind = unit_kind(clip.codec, unit)
        if is_set(clip.codec, kind):
            if not index.sets.holds_unit(unit):
                raise CopyError("video.trim_sets", file=clip.path.name)
        elif kind != (H264_AUD if clip.codec == "h264" else HEVC_AUD) and not carries_user_data(clip.codec, unit):
            units.append(unit)
    return sized_units(units)
