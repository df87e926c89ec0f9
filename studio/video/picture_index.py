"""The pictures of a clip in the order they are stored and the order they are shown; where copying can begin and end."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.video.clip_opening import CopyError, open_clip
from studio.video.parameter_sets import ParameterSets, begins_anew, is_set, read_sets, sets_among, unit_kind, units_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from av.packet import Packet
    from av.video.stream import VideoStream

    from studio.base.progress import Progress
    from studio.video.clip import ClipFacts

COPIED = ("h264", "hevc")
"""Codecs whose pictures can be copied."""


@dataclass(frozen=True, slots=True)
class PictureIndex:
    """Where each picture stands.

    Attributes:
        base: unit of the file's times in seconds.
        times: when each picture is shown, in units of ``base``, rising.
        shown: by order of storing, which one in order of showing a packet is.
        anew: numbers, in order of storing, of the packets that need nothing stored before them.
        clean: in order of storing, how many packets hold exactly as many of the first pictures.
        sets: parameter sets of the entire clip.
        length_bytes: how long a unit's length is in a packet; 0 for start codes.
        last_stands: units of ``base`` that the last picture stands.
    """

    base: Fraction
    times: tuple[int, ...]
    shown: tuple[int, ...]
    anew: tuple[int, ...]
    clean: frozenset[int]
    sets: ParameterSets
    length_bytes: int
    last_stands: int

    def standing(self, seconds: float) -> int:
        """The picture that stands at a time of the file's clock; the first one before it."""
        return max(0, bisect_right(self.times, seconds / self.base) - 1)

    def begin_for(self, first: int) -> int:
        """The packet from which the decoder needs to read to show picture ``first``."""
        return max((at for at in self.anew if at <= first and at in self.clean), default=0)

    def time_after(self, last: int) -> int:
        """When picture ``last`` gives way to the next one."""
        if last + 1 < len(self.times):
            return self.times[last + 1]
        return self.times[last] + self.last_stands


def read_index(clip: ClipFacts, progress: Progress) -> PictureIndex:
    """Read the packets of a clip; nothing is decoded.

    Raises:
        CopyError: ``video.trim_codec``, ``video.trim_interlaced``, ``video.trim_form`` (what the container says of
            the picture cannot be kept), ``video.trim_edits`` (another program has hidden a part of it),
            ``video.trim_sets`` (it changes its parameters), ``video.trim_times``; see also ``probe``.
        WorkCancelled: asked for through ``progress``.
    """
    _check_form(clip)
    with open_clip(clip.path) as (container, stream):
        try:
            sets, length = read_sets(clip.codec, stream.codec_context.extradata or b"")
        except ValueError:
            raise CopyError("video.trim_sets", file=clip.path.name) from None
        packets: list[tuple[int, bool]] = []
        for packet in container.demux(stream):
            if packet.size:
                sets = _check_sets(clip, packet, sets, length)
                # Keyframes are not enough: those that are no IDR may be followed by pictures that refer to what came
                # before.
                packets.append((packet.pts or 0, _begins_anew(clip, packet, length)))
                if not len(packets) % 300:
                    progress.report(0.0, clip.seconds, clip.path.name)
        if stream.time_base is None or len(packets) < 2:
            raise CopyError("video.trim_times", file=clip.path.name)
        return _build_index(clip, packets, stream, sets, length)


def _check_form(clip: ClipFacts) -> None:
    if clip.codec not in COPIED:
        raise CopyError("video.trim_codec", file=clip.path.name, codec=clip.codec)
    if clip.pixels not in ({"yuv420p", "yuvj420p"} | ({"yuv420p10le"} if clip.codec == "hevc" else set())):
        raise CopyError("video.trim_codec", file=clip.path.name, codec=f"{clip.codec} {clip.pixels}")
    if clip.interlaced:
        raise CopyError("video.trim_interlaced", file=clip.path.name)
    uncut = clip.orientation.area == (0, 0, *clip.stored)
    if not uncut or clip.told_once or (not clip.steady and "mov" in clip.container):
        raise CopyError("video.trim_form", file=clip.path.name)
    if clip.loose or clip.sequential:
        raise CopyError("video.trim_times", file=clip.path.name)


def _check_sets(clip: ClipFacts, packet: Packet[VideoStream], sets: ParameterSets, length: int) -> ParameterSets:
    """The sets of the clip; a packet may only repeat them."""
    if packet.pts is None:
        raise CopyError("video.trim_times", file=clip.path.name)
    if packet.is_discard:
        raise CopyError("video.trim_edits", file=clip.path.name)
    if packet.has_sidedata("new_extradata"):
        raise CopyError("video.trim_sets", file=clip.path.name)
    if not packet.is_keyframe:
        return sets
    try:
        units = list(units_of(memoryview(packet), length))
    except ValueError:
        raise UserError("video.broken", file=clip.path.name) from None
    among = sets_among(clip.codec, [unit for unit in units if is_set(clip.codec, unit_kind(clip.codec, unit))])
    for unit in (*among.sps, *among.pps, *among.vps):
        if not sets.holds_unit(unit):
            raise CopyError("video.trim_sets", file=clip.path.name)
    return sets


def _begins_anew(clip: ClipFacts, packet: Packet[VideoStream], length: int) -> bool:
    if not packet.is_keyframe:
        return False
    return any(begins_anew(clip.codec, unit_kind(clip.codec, unit)) for unit in units_of(memoryview(packet), length))


def _build_index(
    clip: ClipFacts, packets: Sequence[tuple[int, bool]], stream: VideoStream, sets: ParameterSets, length: int
) -> PictureIndex:
    times = sorted(time for time, _ in packets)
    ranks = {time: rank for rank, time in enumerate(times)}
    # Two pictures at one time: which of them is shown, nobody can say.
    if len(ranks) < len(times):
        raise CopyError("video.trim_times", file=clip.path.name)
    shown = tuple(ranks[time] for time, _ in packets)
    highest, clean = -1, {0}
    for at, rank in enumerate(shown):
        # The first ``at + 1`` packets hold exactly the first pictures when none of them is shown later than all of
        # these; nothing before this place then needs anything behind it to be complete.
        highest = max(highest, rank)
        if highest == at:
            clean.add(at + 1)
    anew = tuple(at for at, (_, begins) in enumerate(packets) if begins)
    # How long the last picture stands is not stored: the median of all steps, which single gaps do not move.
    steps = sorted(after - before for before, after in pairwise(times))
    base = stream.time_base
    assert base is not None
    return PictureIndex(base, tuple(times), shown, anew, frozenset(clean), sets, length, steps[len(steps) // 2])
