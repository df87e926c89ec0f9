"""From when to when pictures stand. A picture is shown until the next one comes: in a screen recording, for minutes.

Only packets are read, nothing is decoded.
"""

from __future__ import annotations

from contextlib import nullcontext, suppress
from dataclasses import replace
from itertools import islice
from math import ceil, inf
from typing import TYPE_CHECKING, TypeAlias

from studio.base.errors import UserError
from studio.video.binary import cuts_by_container
from studio.video.clip import SLACK
from studio.video.clip_opening import open_clip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

    from studio.video.clip import ClipFacts
    from studio.video.job import KeptPiece, VideoJob

Opened: TypeAlias = "tuple[InputContainer, VideoStream]"
_FEW = 300
"""Packets behind a seek among which a keyframe is looked for; transport streams begin in the middle of a group."""
_BACK = (0.0, 3.0, 12.0)
"""Seconds to look further back: a seek may land on a later keyframe."""
_STEPS_BACK = (0.0, 0.5, 1.0, 3.0, 12.0)
"""Seconds that a piece is opened earlier until a seek lands early enough."""
_LOOSE = 1.0
"""Seconds earlier that a clip is opened whose packets do not say when their pictures are shown."""
_LONG = 0.9
"""Seconds above which a picture may have to stand in for the end of a piece."""


def picture_stands(clip: ClipFacts, seconds: float) -> tuple[float, float]:
    """From when to when the picture that is shown at a time stands; ``inf`` for the last one.

    The first picture stands from 0, as it is shown from the beginning even where the sound begins earlier.

    Args:
        clip: the original.
        seconds: from its start.
    """
    # A file that cannot be sought in is read again from its start for each look: nothing is kept open for it.
    if not clip.seekable:
        return _standing_stretch(clip, None, seconds)
    with open_clip(clip.path) as opened:
        return _standing_stretch(clip, opened, seconds)


def _standing_stretch(clip: ClipFacts, opened: Opened | None, seconds: float) -> tuple[float, float]:
    """As ``picture_stands``; in the opened file, where that can be sought in."""
    wanted = _wanted_time(clip, seconds)
    found = (-inf, inf)
    if opened is not None:
        found = _times_around(opened[1], _from_keyframe(*opened, wanted, wanted), wanted)
    return _told_stretch(clip, seconds, found if found[0] > -inf else _seek_around(clip, wanted))


def _wanted_time(clip: ClipFacts, seconds: float) -> float:
    # Times of the window count from 0; those of packets from wherever the container begins. The slack keeps a time that
    # was rounded just below a picture's own from landing on the one before.
    return clip.start + max(0.0, min(seconds, clip.seconds)) + SLACK


def _seek_around(clip: ClipFacts, wanted: float) -> tuple[float, float]:
    """Looked for from further and further back, at last from the start.

    Opened again each time, as some readers find nothing after a failed seek.
    """
    # A clip without an index is read from its start at once: each seek in it would read that far anyway.
    for back in () if clip.sequential else _BACK:
        with suppress(UserError), open_clip(clip.path) as (container, stream):
            found = _times_around(stream, _from_keyframe(container, stream, wanted - back, wanted), wanted)
            if found[0] > -inf:
                return found
    with suppress(UserError), open_clip(clip.path) as (container, stream):
        return _times_around(stream, container.demux(stream), wanted)
    return -inf, inf


def _from_keyframe(
    container: InputContainer, stream: VideoStream, place: float, wanted: float
) -> Iterator[Packet[VideoStream]]:
    """Packets from a keyframe on; none where reading would begin behind the one that ``wanted`` needs.

    A seek may land there: in transport streams, in fragments, where pictures before a keyframe are stored after it.
    """
    import av

    with suppress(av.FFmpegError):  # an index without that place
        container.seek(int(place * 1_000_000), backward=True)
        packets = (packet for packet in container.demux(stream) if packet.pts is not None or packet.dts is not None)
        first = next((packet for packet in islice(packets, _FEW) if packet.is_keyframe), None)
        if first is not None and _packet_time(stream, first) <= wanted:
            yield first
            yield from packets


def _packet_time(stream: VideoStream, packet: Packet[VideoStream]) -> float:
    # AVI and raw streams carry only the time of decoding; without reordering it is the time of showing too.
    stamp = packet.pts if packet.pts is not None else packet.dts
    return -inf if stamp is None else float(stamp * (stream.time_base or 1))


def _times_around(stream: VideoStream, packets: Iterable[Packet[VideoStream]], wanted: float) -> tuple[float, float]:
    """Times of the last picture up to a time and of the first one after it; infinite where there is none."""
    begin, end = -inf, inf
    base = float(stream.time_base or 1)
    for packet in packets:
        time = _packet_time(stream, packet)
        # Discarded packets lie before the start that an edit list gives: they are decoded but never shown.
        if time == -inf or packet.is_discard:
            continue
        if time <= wanted:
            begin = max(begin, time)
        else:
            end = min(end, time)
        # Decoding never happens after showing, so no later packet can be shown before this one's time of decoding.
        if packet.dts is not None and packet.dts * base >= end:
            break  # nothing that comes now is shown earlier
    return begin, end


def _told_stretch(clip: ClipFacts, seconds: float, found: tuple[float, float]) -> tuple[float, float]:
    begin, end = found[0] - clip.start, found[1] - clip.start
    if begin == -inf:  # before the first picture that one is shown; or nothing is known
        # No picture was found at or before that time: taken to be as long as the longest known, which errs towards
        # showing more.
        longest = max(clip.hold, 1 / max(1.0, clip.fps))
        return (0.0 if seconds <= clip.first else max(0.0, seconds - longest)), (
            end if end < inf else seconds + longest
        )
    return (0.0 if begin <= clip.first + SLACK else begin), end


# ------------------------------------------------------------------------------------------------ pieces of a result


def settle_job(job: VideoJob) -> VideoJob:
    """The job as ``ffmpeg_arguments`` needs it: each piece opened at the picture that stands at its beginning.

    A frame of the result shows the picture that stands a little after its own time: half way to the next frame, so that
    times which waver lose and double no picture, but never so late that the first frame would show another picture than
    the one that stands when the piece begins. The parts of a long piece keep its measure.

    Args:
        job: whose pieces were cut, and perhaps settled before.
    """
    uncut = job.clip.orientation.area == (0, 0, *job.clip.stored)
    job = replace(job, own_crop=not uncut and cuts_by_container())
    with suppress(UserError):  # the default, reading from the start, is never wrong
        return replace(job, pieces=_settled_pieces(job))
    return job


def _settled_pieces(job: VideoJob) -> tuple[KeptPiece, ...]:
    clip = job.clip
    with open_clip(clip.path) if clip.seekable else nullcontext() as opened:
        pieces = []
        for piece in job.pieces:
            placed = _open_piece(job, piece, *_standing_stretch(clip, opened, piece.start))
            if opened is not None:
                placed = replace(placed, opened=_opening_time(clip, opened, placed.opened))
            if clip.hold > _LONG:
                placed = _hold_last(job, placed, _standing_stretch(clip, opened, _last_look(job, placed))[0])
            pieces.append(placed)
    return tuple(pieces)


def _open_piece(job: VideoJob, piece: KeptPiece, begin: float, end: float) -> KeptPiece:
    late = piece.late
    # Half way between two frames of the result, so that a wavering time falls to one side only; never past the middle
    # of the picture that stands when the piece begins. A piece that was split keeps the value of the undivided one.
    if late is None:
        late = max(SLACK / 2, min(0.5 / job.fps - SLACK / 2, (end - piece.start) / 2))
    opened = max(0.0, begin - (_LOOSE if job.clip.loose else 0.0))
    return replace(piece, opened=opened, late=late)


def _opening_time(clip: ClipFacts, opened: Opened, needed: float) -> float:
    """A time to open at, so early that a seek there lands at or before the picture that is needed."""
    for back in _STEPS_BACK:
        # A quarter of a tick before: containers round a seek to their own unit, and rounding up would miss the picture
        # itself.
        place = needed - back - max(float(clip.tick) / 4, 0.000001)
        if place <= 0:
            break
        wanted = clip.start + needed + 0.000001
        if next(_from_keyframe(*opened, clip.start + place, wanted), None) is not None:
            return needed - back
    return 0.0


def _last_look(job: VideoJob, piece: KeptPiece) -> float:
    """When the picture of the last frame is looked up, in seconds of the original."""
    return piece.start + (piece.frames - 1) / job.fps + (piece.late or 0.0)


def _hold_last(job: VideoJob, piece: KeptPiece, begin: float) -> KeptPiece:
    """How many frames the last picture stands; ffmpeg ends with it when none comes after."""
    # The first frame of the result whose look-up time reaches the last picture; from there on it has to be repeated.
    first = max(0, ceil((begin - piece.start - (piece.late or 0.0)) * job.fps))
    return replace(piece, holds=max(0, piece.frames - first))
