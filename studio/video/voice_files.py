"""A recording of a voice made ready: quiet ends cut off, as loud as every result; the files that are made of it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.base.atomic_files import disk_error, new_file
from studio.base.errors import UserError
from studio.video.ffmpeg_process import QUIET, REPORT, run_ffmpeg
from studio.video.sound import gain_for
from studio.video.sound_facts import sound_facts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from studio.base.progress import Progress

VoiceFile = Literal["whatsapp", "radio", "narration"]

ENCODERS: Mapping[VoiceFile, tuple[str, tuple[str, ...]]] = {
    # WhatsApp shows as a voice note only Opus in Ogg with one channel.
    "whatsapp": (".ogg", ("-c:a", "libopus", "-b:a", "32k", "-ac", "1", "-ar", "48000", "-application", "voip")),
    "radio": (".mp3", ("-c:a", "libmp3lame", "-b:a", "128k", "-ac", "1", "-ar", "44100", "-id3v2_version", "3")),
    "narration": (".m4a", ("-c:a", "aac", "-b:a", "128k", "-ac", "1", "-ar", "48000")),
}
"""Ending and encoder of each file."""
_STEP = 0.05
"""Seconds of one value of the envelope."""
_APART = 10.0
"""Decibels that voice and room must differ by; else there is no telling where somebody speaks."""
_BETWEEN = 0.3
"""Where between room and voice the line is drawn: breath and the ends of words are nearer to the room."""
_FLOOR = -70.0
"""Decibels below which a room is not listened to: what was made by a program is silent between words."""
_WORDS = 0.12
"""Seconds: a shorter pause lies between two words, a shorter sound is a click."""
_OFF = 0.25
"""Seconds by which a result may miss its length: encoders add up to two of their frames."""
_BEFORE, _AFTER = 0.15, 0.3
"""Seconds that stay before the first word and behind the last: breath and echo belong to a voice."""


@dataclass(frozen=True, slots=True)
class VoiceMeasure:
    """Where the voice begins and ends, in seconds, and the loudness of all of it in LUFS."""

    start: float
    end: float
    loudness: float


def measure_voice(path: Path, progress: Progress) -> VoiceMeasure:
    """Find the quiet ends; the whole recording where voice and room cannot be told apart.

    The quietest tenth of a recording is taken for the room, the loudest twentieth for the voice: so soft voices and
    noisy rooms have a line of their own. A click of the mouse that ended the take is shorter than anything spoken.

    Raises:
        UserError: there is no sound in it, or ffmpeg failed.
        WorkCancelled: asked for through ``progress``.
    """
    import numpy as np

    args = ["-hide_banner", "-nostats", "-loglevel", "info", "-progress", "pipe:1", "-vn", "-i", f"file:{path}"]
    args += ["-af", "ebur128=framelog=quiet", "-f", "null", "-"]
    said = run_ffmpeg(args, lambda _: progress.report(0.0, 1.0, path.name), path.parent)
    found = re.findall(r"\bI:\s+(-?\d+(?:\.\d+)?) LUFS", said)
    loudness, seconds = float(found[-1]) if found else -70.0, sound_facts(path).seconds
    levels = _levels(path)
    room, voice = max(_FLOOR, float(np.percentile(levels, 10))), float(np.percentile(levels, 95))
    above = levels > room + _BETWEEN * (voice - room)
    spoken = np.flatnonzero(above[:-1] & above[1:])
    if voice - room < _APART or not len(spoken):
        return VoiceMeasure(0.0, seconds, loudness)
    start, end = spoken[0] * _STEP - _BEFORE, (spoken[-1] + 2) * _STEP + _AFTER
    return VoiceMeasure(max(0.0, float(start)), min(seconds, float(end)), loudness)


def speech_spans(path: Path) -> tuple[tuple[float, float], ...]:
    """The stretches in which somebody speaks: begin and end in seconds, in order; none where that cannot be told.

    A pause between two words of a phrase is a part of it.

    Raises:
        UserError: there is no sound in it.
    """
    import numpy as np

    sound_facts(path)
    levels = _levels(path)
    room, voice = max(_FLOOR, float(np.percentile(levels, 10))), float(np.percentile(levels, 95))
    if voice - room < _APART:
        return ()
    above = np.concatenate([[False], levels > room + _BETWEEN * (voice - room), [False]])
    edges = np.flatnonzero(above[1:] != above[:-1]) * _STEP
    found: list[tuple[float, float]] = []
    for begin, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if found and begin - found[-1][1] < _WORDS:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return tuple(span for span in found if span[1] - span[0] > _WORDS)


def _levels(path: Path) -> NDArray[np.float64]:
    """Root mean square of each ``_STEP`` in decibels; what is damaged at the end is left out."""
    import av
    import numpy as np

    rate = 8000
    size = int(rate * _STEP)
    rest, made = np.zeros(0, np.float32), [np.zeros(0)]
    with suppress(av.FFmpegError), av.open(str(path), options={"protocol_whitelist": "file"}) as container:
        resampler = av.AudioResampler("fltp", "mono", rate)
        for frame in container.decode(container.streams.audio[0]):
            rest = np.concatenate([rest, *(piece.to_ndarray()[0] for piece in resampler.resample(frame))])
            # Not all at once: an interview of an hour is 100 MB.
            whole = len(rest) // size
            if whole:
                made.append(rest[: whole * size].reshape(whole, size).var(axis=1, dtype=np.float64))
                rest = rest[whole * size :]
    power = np.concatenate(made)
    return 10 * np.log10(np.maximum(power, 1e-12)) if len(power) else np.zeros(1)


def make_voice_file(
    path: Path, kind: VoiceFile, out: Path, progress: Progress, tags: Mapping[str, str] | None = None
) -> float:
    """Write a recording as one of ``ENCODERS``, quiet ends cut off, at ``sound.TARGET_LUFS``, nothing clipped.

    Args:
        path: the recording; only read.
        kind: what it is for.
        out: the file to write, replaced when it is there.
        progress: may cancel.
        tags: ``title``, ``artist`` and the like.

    Returns:
        Seconds of the result.

    Raises:
        UserError: no sound in it, ffmpeg failed, or the disk refuses; ``out`` is as it was.
        WorkCancelled: the same.
    """
    voice = measure_voice(path, progress)
    seconds = voice.end - voice.start
    limit = "alimiter=limit=0.841:level=disabled:attack=5:release=50"
    fades = f"afade=t=in:d=0.03,afade=t=out:st={max(0.0, seconds - 0.1):.3f}:d=0.1"
    chain = f"highpass=f=70,volume={gain_for(voice.loudness):.2f}dB,{limit},{fades}"
    cut = ["-ss", f"{voice.start:.3f}", "-t", f"{seconds:.3f}", "-vn", "-i", f"file:{path}"]
    told = [part for name, text in (tags or {}).items() if text for part in ("-metadata", f"{name}={text}")]
    args = [*QUIET, *REPORT, *cut, "-af", chain, *ENCODERS[kind][1], "-map_metadata", "-1", *told]
    try:
        with new_file(out) as temp:
            run_ffmpeg([*args, str(temp)], lambda at: progress.report(min(at, seconds), seconds, out.name), out.parent)
            made = sound_facts(temp).seconds
            if abs(made - seconds) > _OFF:
                raise UserError("voice.not_made", file=out.name)
    except OSError as error:
        raise disk_error(error, out) from error
    return made
