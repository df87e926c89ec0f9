"""Which sound track of a clip is heard, and on which side: looked at in a few places, sure where that is asked for.

A microphone that was plugged in but off leaves a silent track or a dead side; people then hear nothing, or in one ear.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from math import sqrt
from operator import mul
from typing import TYPE_CHECKING

from studio.base.errors import WorkNotice
from studio.video.clip import SoundTrack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

_PLACES, _LISTENED = 5, 0.6
"""Places of a clip that are listened to, and seconds in each."""
_LOOSE = ("mpegts", "mpeg", "flv", "avi", "asf", "ogg", "matroska")
"""Containers in which a stream may change its format."""
_SILENT = 0.0006
"""Root mean square under which nothing is to be heard (-64 dBFS)."""
_HEARD = 0.004
"""Root mean square (-48 dBFS) from which the other side is alive."""


def choose_sound_track(
    container: InputContainer, path: Path, seconds: float
) -> tuple[SoundTrack | None, tuple[SoundTrack, ...], tuple[WorkNotice, ...]]:
    """The track that is used: the default one, or the loudest where that is silent everywhere it was listened to.

    Args:
        container: the opened clip; where it stands afterwards is not reported.
        path: its file.
        seconds: length of the clip.

    Returns:
        The track, None without any; all tracks; and what the user should know: ``video.other_track``,
        ``video.dead_side``.
    """
    from av.stream import Disposition

    told = {stream.index: _track_facts(stream) for stream in container.streams.audio if _usable(stream)}
    tracks = [stream for stream in container.streams.audio if _usable(stream)]
    if not tracks:
        return None, (), ()
    chosen = next((stream for stream in tracks if stream.disposition & Disposition.default), tracks[0])
    notices: list[WorkNotice] = []
    sides = _levels(container, chosen, seconds)
    # Listening to every track takes time: only where the chosen one says nothing.
    if len(tracks) > 1 and max(sides) < _SILENT:
        levels = {stream.index: _levels(container, stream, seconds) for stream in tracks}
        best = max(tracks, key=lambda stream: max(levels[stream.index]))
        if max(levels[best.index]) >= _SILENT:
            facts = {"file": path.name, "number": tracks.index(best) + 1, "count": len(tracks)}
            notices.append(WorkNotice("video.other_track", dict(facts)))
            chosen, sides = best, levels[best.index]
    sound = replace(told[chosen.index], uneven=_changes(container, chosen, seconds))
    dead = _dead_side(sides)
    # A few places may all lie in pauses of one speaker: before a side is left out, all of it is listened to.
    if dead is not None and _dead_side(_levels(container, chosen, None)) == dead:
        notices.append(WorkNotice("video.dead_side", {"file": path.name}))
        sound = replace(sound, dead=dead)
    every = tuple(sound if stream == sound.stream else each for stream, each in told.items())
    return sound, every, tuple(notices)


def _track_facts(stream: AudioStream) -> SoundTrack:
    """What the file says; decoding changes what the context says."""
    context = stream.codec_context
    return SoundTrack(stream.index, context.name, context.sample_rate, context.channels)


def _changes(container: InputContainer, stream: AudioStream, seconds: float) -> bool:
    """Whether rate or channels change on the way, where a container allows that."""
    import av

    if not any(name in container.format.name for name in _LOOSE):
        return False
    forms = set()
    for at in range(_PLACES + 1):
        with suppress(av.FFmpegError, ValueError):
            for frame in _frames(container, stream, at * max(0.0, seconds - _LISTENED) / _PLACES, 0.1):
                forms.add((frame.sample_rate, frame.layout.name))
    return len(forms) > 1


def _usable(stream: AudioStream) -> bool:
    return bool(getattr(stream.codec_context, "sample_rate", 0) and stream.codec_context.channels)


def _dead_side(sides: Sequence[float]) -> int | None:
    """Of two sides the one on which nothing is to be heard while the other is alive: 0 left, 1 right."""
    if len(sides) != 2 or min(sides) >= _SILENT or max(sides) < _HEARD:
        return None
    return 0 if sides[0] < sides[1] else 1


def _levels(container: InputContainer, stream: AudioStream, seconds: float | None) -> tuple[float, ...]:
    """The loudest level of each side (root mean square of a block); in a few places, or of everything (None)."""
    import av

    most: tuple[float, ...] = (0.0,)
    shares = [0.0] if seconds is None else [at / _PLACES for at in range(_PLACES)]
    for share in shares:
        # 8 kHz is enough to tell sound from silence, and a sixth of the work in plain Python.
        # More than two channels are judged as they are heard: mixed to two, where a low-frequency channel is left out.
        resampler = av.AudioResampler("fltp", "stereo" if stream.codec_context.channels > 2 else None, 8000)
        with suppress(av.FFmpegError, ValueError):
            for frame in _frames(container, stream, share * (seconds or 0.0), None if seconds is None else _LISTENED):
                for part in resampler.resample(frame):
                    levels = _block_levels(part)
                    most = tuple(map(max, most, levels)) if len(most) == len(levels) else levels
    return most


def _block_levels(block: AudioFrame) -> tuple[float, ...]:
    """Root mean square of each side of a block of floats. Without numpy, which takes 12 MB beside each export."""
    sides = (memoryview(plane)[: block.samples * 4].cast("f") for plane in block.planes)
    return tuple(sqrt(sum(map(mul, side, side)) / max(1, len(side))) for side in sides)


def _frames(container: InputContainer, stream: AudioStream, begin: float, length: float | None) -> Iterator[AudioFrame]:
    container.seek(int(begin * 1_000_000 + (container.start_time or 0)), backward=True)
    first: float | None = None
    for frame in container.decode(stream):
        if frame.time is None:
            continue
        first = frame.time if first is None else first
        if length is not None and frame.time > first + length:
            return
        yield frame
