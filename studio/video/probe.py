"""Reads what a clip is, in one call and without ffprobe.

PyAV opens the file and decodes one frame: matrix, pixel shape, light and interlacing are only sure on a frame. What
a text dump of ffmpeg says changes with its version (ffmpeg 9 renamed the rotation line, which silently squashes
portrait clips in programs that parse it).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from studio.base.errors import UserError, WorkNotice
from studio.video.aperture import read_margins
from studio.video.clip import ClipFacts, Transfer, upright_size
from studio.video.clip_opening import FORMATS, open_clip
from studio.video.even_clock import check_clock
from studio.video.orientation import is_plain, orientation_of
from studio.video.sound_tracks import choose_sound_track

if TYPE_CHECKING:
    from pathlib import Path

    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

    from studio.video.aperture import Margins
    from studio.video.clip import SoundTrack

__all__ = ["FORMATS", "first_look", "probe_clip"]

_MATRICES = {1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020nc", 10: "bt2020nc"}
"""ISO/IEC 23091-2 matrix numbers by the names the scale filter knows; anything else counts as not given."""
_STRANGE_MATRICES = (0, 8, 10, 11, 12, 13, 14, 15, 16, 17)
"""Numbers that ffmpeg 9 names but does not convert (YCgCo, ICtCp, constant luminance); 0 is RGB."""
_STRANGE_LIGHT = (9, 10)
"""Logarithmic transfers, which swscale does not convert."""
# ISO/IEC 23091-2: 16 is SMPTE ST 2084, 18 is ARIB STD-B67. All others are shown as ordinary light.
_TRANSFERS: dict[int, Transfer] = {16: "pq", 18: "hlg"}
_SEEKABLE = ("mov", "matroska", "avi", "mpegts")
_FULL = 2
"""Number of the full range (AVCOL_RANGE_JPEG)."""
_HIGH_DEFINITION = 720
"""Height from which players take a picture that names no matrix for one of HD television."""
_UNSAID = (0, 2, 3)
"""Numbers of primaries that say nothing (ISO/IEC 23091-2)."""
_REORDERED = ("h264", "hevc")
"""Codecs that may show pictures in another order than they are stored, without saying so where an AVI looks."""
_LOOKED_AT = 90
"""Packets looked at in one place for a varying frame rate: three seconds at 30 frames a second."""
_SMALL = 64_000_000
"""Bytes that are read through in a tenth of a second."""
_LONGEST = 10.0
"""Seconds: a picture that stands longer counts as standing this long."""
_UNSEEN = 2.0
"""Seconds that a picture may stand where only places of an uneven clip were looked at."""
_FASTEST = 300.0
"""Frames a second that cameras take; a browser's recording is taken for 1000."""
_LIE = 0.05
"""By how much a rate that is declared may differ from what is seen."""
_LONGER = 1.0
"""Seconds by which sound may run on behind the picture without a word."""
_LEAST = 0.001
"""Seconds. A clip may be a single frame; less than this is no picture at all."""


def probe_clip(path: Path) -> ClipFacts:
    """Find out everything about a clip that planning needs.

    Args:
        path: the file.

    Returns:
        The facts; ``notices`` name a file that is cut short (``video.truncated``), colours that were concluded
        (``video.assumed_light``, ``video.assumed_colours``), another track than the default one
        (``video.other_track``), a dead side (``video.dead_side``) and sound that runs on behind the picture
        (``video.sound_longer``).

    Raises:
        UserError: ``video.missing``, ``video.empty``, ``video.no_index`` (the recording was never finished),
            ``video.not_video``, ``video.no_picture``, ``video.broken`` (no frame can be decoded), ``video.no_times``
            (a bare stream), ``video.clock_restarts`` (glued of several recordings, see ``even_clock``),
            ``video.crooked``, ``video.strange_crop`` (no telling what is to be seen of the picture).
    """
    with open_clip(path) as (container, stream):
        if container.size < _SMALL:  # a larger one was read when it came in
            check_clock(container, path)
        clip, _ = _looked_at(container, stream, path)
        declared = _declared_seconds(container, stream, clip.start)
        usable = min(declared, _reachable_seconds(container, stream, path, clip.start, declared))
        if usable < _LEAST:
            raise UserError("video.broken", file=path.name)
        fps, variable, hold = _frame_rate(container, stream, usable)
        cut_short = usable < declared - max(0.5, 0.02 * declared)
        seekable = _is_seekable(container, clip.start, usable)
        sound, tracks, odd = choose_sound_track(container, path, usable)
        longer = 0.0 if cut_short else _runs_on(container, sound, usable, clip.start)
        facts = {"file": path.name, "seconds": round(usable, 1), "declared": round(declared, 1)}
        return replace(
            clip,
            seconds=usable,
            fps=fps,
            variable=variable,
            hold=hold,
            seekable=seekable,
            sound=sound,
            tracks=tracks,
            notices=(
                *((WorkNotice("video.truncated", dict(facts)),) if cut_short else ()),
                *_colour_notices(clip),
                *odd,
                *(
                    (WorkNotice("video.sound_longer", {**facts, "longer": round(longer, 1)}),)
                    if longer > _LONGER
                    else ()
                ),
            ),
        )


def _colour_notices(clip: ClipFacts) -> tuple[WorkNotice, ...]:
    if clip.assumed or (clip.retag and clip.transfer != "sdr"):
        return (WorkNotice("video.assumed_light", {"file": clip.path.name}),)
    return (WorkNotice("video.assumed_colours", {"file": clip.path.name}),) if clip.retag else ()


def first_look(path: Path) -> tuple[ClipFacts, VideoFrame]:
    """What the first picture of a file tells, and that picture: how it is to be seen, but not its length or rate.

    Args:
        path: the file.

    Raises:
        UserError: see ``probe_clip``.
    """
    with open_clip(path) as (container, stream):
        return _looked_at(container, stream, path)


def _looked_at(container: InputContainer, stream: VideoStream, path: Path) -> tuple[ClipFacts, VideoFrame]:
    stream.thread_type = "SLICE"  # one frame is wanted; frame threads would decode several
    loose = "avi" in container.format.name and stream.codec_context.name in _REORDERED
    time, frame = _first_frame(container, stream, path, loose=loose)
    start = (container.start_time or 0) / 1_000_000
    aspect = _pixel_aspect(stream, frame)
    margins = _read_margins(container, stream, path)
    orientation = orientation_of(frame, margins[0], path.name)
    width, height = upright_size(orientation, aspect)
    transfer = _TRANSFERS.get(int(frame.color_trc), "sdr")
    matrix = _MATRICES.get(int(frame.colorspace), "")
    # ITU-R BT.2100 knows both kinds of light with the primaries and the matrix of BT.2020 only.
    unsaid = not matrix or int(frame.color_primaries) in _UNSAID
    assumed = transfer != "sdr" and unsaid and not frame.format.is_rgb
    clip = ClipFacts(
        path=path,
        stream=stream.index,
        container=container.format.name,
        start=start,
        seconds=0.0,
        width=width,
        height=height,
        stored=(frame.width, frame.height),
        aspect=aspect,
        orientation=orientation,
        tick=stream.time_base or Fraction(1, 1_000_000),
        fps=0.0,
        variable=False,
        codec=stream.codec_context.name,
        pixels=frame.format.name,
        depth=max(part.bits for part in frame.format.components),
        transfer=transfer,
        matrix="bt2020nc" if assumed else matrix,
        assumed=assumed,
        retag=_retagged(frame, transfer),
        interlaced=bool(frame.interlaced_frame),
        seekable=False,
        sound=None,
        first=max(0.0, time - start),
        loose=loose,
        steady="mov" in container.format.name and len(margins) == 1,
        full_range=int(frame.color_range) == _FULL or frame.format.name.startswith("yuvj"),
        told_once=not is_plain(frame) and _next_is_plain(container, stream),
    )
    return clip, frame


def _retagged(frame: VideoFrame, transfer: Transfer) -> str:
    """See ``ClipFacts.retag``."""
    said = []
    if not frame.format.is_rgb and int(frame.colorspace) in _STRANGE_MATRICES:
        high = "bt709" if min(frame.width, frame.height) >= _HIGH_DEFINITION else "smpte170m"
        said.append(f"colorspace={high if transfer == 'sdr' else 'bt2020nc'}")
    if transfer != "sdr" and int(frame.color_primaries) in _UNSAID:
        said.append("color_primaries=bt2020")
    if int(frame.color_trc) in _STRANGE_LIGHT:
        said.append("color_trc=bt709")
    return ":".join(said)


def _next_is_plain(container: InputContainer, stream: VideoStream) -> bool:
    """Whether the next frame says nothing of turning: a stream's own words (H.264 SEI) stand at keyframes only."""
    import av

    with suppress(av.FFmpegError):
        following = next(container.decode(stream), None)
        return following is not None and is_plain(following)
    return False


def _read_margins(container: InputContainer, stream: VideoStream, path: Path) -> tuple[Margins, ...]:
    """What the container cuts away, by each of its descriptions of the picture.

    Raises:
        UserError: ``video.strange_crop``: it says more than one thing.
    """
    number = [each.index for each in container.streams.video].index(stream.index)
    told = read_margins(path, container.format.name, stream.id, number)
    if len(set(told)) > 1:
        raise UserError("video.strange_crop", file=path.name)
    return told


def _first_frame(
    container: InputContainer, stream: VideoStream, path: Path, *, loose: bool
) -> tuple[float, VideoFrame]:
    """The first frame that can be decoded, and its time; a damaged beginning may cost some packets."""
    import av

    failures = 0
    for packet in container.demux(stream):
        try:
            for frame in packet.decode():
                stamp = frame.dts if loose else frame.pts
                if stamp is not None and stream.time_base is not None:
                    return float(stamp * stream.time_base), frame
                if container.start_time is None:
                    raise UserError("video.no_times", file=path.name)
                return container.start_time / 1_000_000, frame
        except av.FFmpegError:
            failures += 1
            if failures > 200:
                break
    raise UserError("video.broken", file=path.name)


def _pixel_aspect(stream: VideoStream, frame: VideoFrame) -> Fraction:
    """Shape of a pixel. Nonsense (0, or more than four to one) counts as square."""
    aspect = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio or Fraction(1)
    shape = Fraction(aspect)
    return shape if Fraction(1, 4) <= shape <= 4 and frame.width * shape >= 2 else Fraction(1)


def _declared_seconds(container: InputContainer, stream: VideoStream, start: float) -> float:
    """Seconds of picture the file says it has; a sound track that runs on longer does not count."""
    whole = (container.duration or 0) / 1_000_000
    if stream.duration and stream.time_base:
        late = float((stream.start_time or 0) * stream.time_base) - start
        own = float(stream.duration * stream.time_base) + late
        return min(whole, own) if whole else own
    return whole or float("inf")


def _reachable_seconds(
    container: InputContainer, stream: VideoStream, path: Path, start: float, declared: float
) -> float:
    """Seconds up to the last picture that is really in the file.

    A truncated file with its index in front still declares its full length. The index says which pictures lie beyond
    the end of the file; without an index, the last packets are looked at.
    """
    indexed = _indexed_seconds(container, stream, path, declared)
    return indexed if indexed is not None else _last_packet(container, stream, start, declared)


def _indexed_seconds(container: InputContainer, stream: VideoStream, path: Path, declared: float) -> float | None:
    entries = stream.index_entries
    if "mov" not in container.format.name or not len(entries) or declared == float("inf"):
        return None
    size = path.stat().st_size
    last = entries[len(entries) - 1]
    if last.pos + last.size <= size:
        return declared
    good = sum(1 for entry in entries if entry.pos + entry.size <= size)
    return declared * good / len(entries)


def _last_packet(container: InputContainer, stream: VideoStream, start: float, declared: float) -> float:
    """Seconds to the end of the last picture; looked for further back where the sound runs on behind it."""
    for back in (2.0, 20.0, 200.0) if declared != float("inf") else ():
        if back < declared and (end := _end_from(container, stream, start, declared - back)) > 0:
            return end
    end = _end_from(container, stream, start, 0.0)
    return end if end > 0 else (declared if declared != float("inf") else 0.0)


def _end_from(container: InputContainer, stream: VideoStream, start: float, seconds: float) -> float:
    import av

    end = 0.0
    base = stream.time_base or Fraction(1)
    usual = round(1 / ((stream.average_rate or 30) * base))  # a transport stream does not say how long pictures stand
    try:
        container.seek(int((start + seconds) * 1_000_000), backward=True)
        for packet in container.demux(stream):
            if packet.pts is not None:
                end = max(end, float((packet.pts + (packet.duration or usual)) * base) - start)
    except av.FFmpegError:
        pass  # what was read until the damage is what there is
    return end


def _frame_rate(container: InputContainer, stream: VideoStream, seconds: float) -> tuple[float, bool, float]:
    """Frames a second that are usual, whether the time between frames varies, and the longest time one picture stands.

    It varies when one picture stands twice as long as usual, or one in a hundred a quarter longer or shorter. Phones
    often begin steadily and drop frames once they are warm, so all of the index is looked at; without one, all of a
    small file and three places of a large one.
    """
    fps = float(stream.average_rate or stream.guessed_rate or stream.base_rate or 30)
    fps = fps if fps <= _FASTEST else 30.0
    if stream.time_base is None:
        return fps, False, 1 / fps
    if "mov" in container.format.name and len(stream.index_entries) > 1:
        runs, most = [[entry.timestamp for entry in stream.index_entries]], _LONGEST
    elif container.size < _SMALL:
        runs, most = [_times_from(container, stream, 0.0, None)], _LONGEST
    else:
        runs = [_times_from(container, stream, seconds * share, _LOOKED_AT) for share in (0.0, 0.5, 0.75)]
        most = _UNSEEN
    steps = sorted(after - before for run in runs for before, after in pairwise(sorted(run)) if after > before)
    if len(steps) < 4:
        return fps, False, 1 / fps
    usual = steps[len(steps) // 2]
    # Matroska rounds to milliseconds; an AVI counts pictures.
    tick = 2 if Fraction(1, 2000) <= stream.time_base <= Fraction(1, 500) else 0
    even = [step for step in steps if abs(step - usual) <= usual / 4 + tick]
    uneven = len(steps) - len(even)
    seen = float(len(even) / (sum(even) * stream.time_base))
    if abs(fps / seen - 1) > _LIE:
        fps = seen  # what the file says, or the reader made of it, is not what comes
    if steps[-1] < 2 * usual - tick and uneven <= len(steps) // 100:
        return fps, False, 1 / fps
    return fps, True, min(_LONGEST, max(most if most < _LONGEST else 0.0, float(steps[-1] * stream.time_base)))


def _times_from(container: InputContainer, stream: VideoStream, seconds: float, count: int | None) -> list[int]:
    """Times of packets from a place on; the last of ``count`` may be out of order (B-frames) and are left out."""
    import av

    try:
        container.seek(int(seconds * 1_000_000 + (container.start_time or 0)), backward=True)
        packets = islice(container.demux(stream), count)
        times = sorted(packet.pts for packet in packets if packet.pts is not None)
    except av.FFmpegError:
        return []
    return times[: max(3, len(times) - 8)] if count else times


def _is_seekable(container: InputContainer, start: float, seconds: float) -> bool:
    """Whether a seek works; where it really lands is looked at by ``frame_spans.settle_job``."""
    import av

    if not any(name in container.format.name for name in _SEEKABLE):
        return False
    if start < -0.1 and "matroska" in container.format.name:
        return False  # its reader forgets where pictures before zero belong
    try:
        for share in (0.0, 0.5):
            container.seek(int((start + seconds * share) * 1_000_000), backward=True)
    except av.FFmpegError:
        return False
    return True


def _runs_on(container: InputContainer, sound: SoundTrack | None, usable: float, start: float) -> float:
    """Seconds by which the sound is longer than the picture, as far as the file says."""
    if sound is None:
        return 0.0
    stream = container.streams[sound.stream]
    if stream.duration is None or stream.time_base is None:
        return 0.0
    return float((stream.duration + (stream.start_time or 0)) * stream.time_base) - start - usable
