"""A recording of a voice made ready: quiet ends cut off, as loud as every result; the files that are made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.base.atomic_files import disk_error, new_file
from studio.base.errors import UserError
from studio.video.run import QUIET, REPORT, run_ffmpeg
from studio.video.sound import gain_for
from studio.video.sound_facts import sound_facts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studio.base.progress import Progress

VoiceFile = Literal["whatsapp", "radio", "narration"]

ENCODERS: Mapping[VoiceFile, tuple[str, tuple[str, ...]]] = {
    # WhatsApp shows as a voice note only Opus in Ogg with one channel.
    "whatsapp": (".ogg", ("-c:a", "libopus", "-b:a", "32k", "-ac", "1", "-ar", "48000", "-application", "voip")),
    "radio": (".mp3", ("-c:a", "libmp3lame", "-b:a", "128k", "-ac", "1", "-ar", "44100", "-id3v2_version", "3")),
    "narration": (".m4a", ("-c:a", "aac", "-b:a", "128k", "-ac", "1", "-ar", "48000")),
}
"""Ending and encoder of each file."""
_QUIETER = 24.0
"""Decibels under its own loudness at which a recording counts as silent: above the noise of a room, below speech."""
_LOUDEST_SILENCE, _QUIETEST_SILENCE = -28.0, -60.0
_SHORTEST = 0.3
"""Seconds of quiet that count; shorter ones are pauses within a sentence."""
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
    """Find the quiet ends; the whole recording where nothing but quiet is in it.

    Raises:
        UserError: there is no sound in it, or ffmpeg failed.
        WorkCancelled: asked for through ``progress``.
    """
    seconds = sound_facts(path).seconds
    said = _hear(path, "ebur128=framelog=quiet", progress)
    found = re.findall(r"\bI:\s+(-?\d+(?:\.\d+)?) LUFS", said)
    loudness = float(found[-1]) if found else -70.0
    silent = max(_QUIETEST_SILENCE, min(_LOUDEST_SILENCE, loudness - _QUIETER))
    said = _hear(path, f"silencedetect=noise={silent:.1f}dB:duration={_SHORTEST}", progress)
    begins = [float(at) for at in re.findall(r"silence_start: (-?[\d.]+)", said)]
    ends = [float(at) for at in re.findall(r"silence_end: (-?[\d.]+)", said)]
    quiet = list(zip(begins, [*ends, seconds][: len(begins)], strict=True))
    start = quiet[0][1] - _BEFORE if quiet and quiet[0][0] < 0.05 else 0.0
    end = quiet[-1][0] + _AFTER if quiet and quiet[-1][1] > seconds - 0.1 else seconds
    start, end = max(0.0, start), min(seconds, end)
    return VoiceMeasure(start, end, loudness) if end - start > _SHORTEST else VoiceMeasure(0.0, seconds, loudness)


def _hear(path: Path, chain: str, progress: Progress) -> str:
    args = ["-hide_banner", "-nostats", "-loglevel", "info", "-progress", "pipe:1", "-vn", "-i", f"file:{path}"]
    return run_ffmpeg(
        [*args, "-af", chain, "-f", "null", "-"], lambda _: progress.report(0.0, 1.0, path.name), path.parent
    )


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
