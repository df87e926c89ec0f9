"""A voice over music: the music steps back while somebody speaks. MoviePy mixes, ffmpeg reads and cleans.

What comes out is levelled to ``TARGET_LUFS`` by whoever encodes it (``slideshow.sound_input``).
"""

from __future__ import annotations

import re
import wave
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.video.cleaned_sound import CLEANING
from studio.video.run import QUIET, run_ffmpeg
from studio.video.sound import TARGET_LUFS

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from moviepy import AudioClip
    from numpy.typing import NDArray

    Samples = NDArray[np.int16]

RATE = 48000
DUCKED = -20.0
"""Decibels by which music is quieter while somebody speaks: every word stays clear, and the music is still there."""
ALONE = -18.0
"""LUFS of the music where nobody speaks: just below the voice."""
_WINDOW = 0.02
_ATTACK, _HOLD, _RELEASE = 0.12, 0.45, 0.5
"""Seconds in which the music goes down, waits after a word, and comes back."""
_SPOKEN = -26.0
"""Decibels under the loudest words from which on it is a voice and no breath or room."""


def loudness_of(path: Path, filters: str = "anull", seconds: float | None = None) -> float:
    """Loudness of a sound file in LUFS (EBU R 128), behind ``filters`` of ffmpeg; minus infinity for silence.

    Args:
        path: any file with sound.
        filters: of ffmpeg.
        seconds: from its start that are measured; None for all of it.

    Raises:
        UserError: ``video.narration``: there is no sound in it.
    """
    measure = ["-hide_banner", "-nostats", "-loglevel", "info", "-vn", "-protocol_whitelist", "file"]
    args = [
        *measure,
        *_stretch(seconds),
        "-i",
        f"file:{path}",
        "-af",
        f"{filters},ebur128=framelog=quiet",
        "-f",
        "null",
        "-",
    ]
    try:
        said = run_ffmpeg(args, lambda _: None, path.parent)
    except UserError as error:
        raise UserError("video.narration", file=path.name) from error
    found = re.findall(r"\bI:\s+(-?\d+(?:\.\d+)?) LUFS", said)
    return float(found[-1]) if found and float(found[-1]) > -69 else float("-inf")


def _stretch(seconds: float | None) -> list[str]:
    return [] if seconds is None else ["-t", f"{seconds:.3f}"]


def rumble_of(path: Path, filters: str = "anull", top: int = 120) -> float:
    """Level below ``top`` Hz in dB of full scale (hum and wind are below 120); behind ``filters``.

    Raises:
        UserError: ``video.narration``: there is no sound in it.
    """
    low = f"{filters},lowpass=f={top},lowpass=f={top},astats=metadata=0:measure_perchannel=none"
    args = ["-hide_banner", "-nostats", "-loglevel", "info", "-vn", "-protocol_whitelist", "file"]
    try:
        said = run_ffmpeg([*args, "-i", f"file:{path}", "-af", low, "-f", "null", "-"], lambda _: None, path.parent)
    except UserError as error:
        raise UserError("video.narration", file=path.name) from error
    found = re.findall(r"RMS level dB: (-?\d+(?:\.\d+)?)", said)
    return float(found[-1]) if found else float("-inf")


def read_samples(
    path: Path, folder: Path, seconds: float, filters: str = "anull", target: float = TARGET_LUFS
) -> Samples:
    """A sound file as samples.

    Args:
        path: any file with sound.
        folder: where ffmpeg may write.
        seconds: from its start that are needed: a tape of an hour may lie under a card of 15 seconds.
        filters: of ffmpeg, before the level is set.
        target: LUFS it is brought to, by at most 20 dB up.

    Returns:
        Two columns at 48 kHz.

    Raises:
        UserError: ``video.narration``: there is no sound in it.
    """
    import numpy as np

    loudness = loudness_of(path, filters, seconds)
    gain = max(-30.0, min(20.0, target - loudness)) if loudness > -60 else 0.0
    raw = folder / f"{path.stem}.raw"
    chain = f"{filters},aresample={RATE},volume={gain:.2f}dB,alimiter=limit=0.9:level=disabled"
    args = [*QUIET, "-vn", "-protocol_whitelist", "file", *_stretch(seconds), "-i", f"file:{path}", "-af", chain]
    run_ffmpeg([*args, "-f", "s16le", "-ac", "2", "-ar", str(RATE), str(raw)], lambda _: None, folder)
    try:
        return np.fromfile(raw, np.int16).reshape(-1, 2)
    finally:
        raw.unlink(missing_ok=True)


def duck_gains(voice: Samples, seconds: float) -> NDArray[np.float64]:
    """How loud the music is (1: fully) for each ``_WINDOW`` of a voice, down by ``DUCKED`` while somebody speaks."""
    import numpy as np

    count = max(1, round(seconds / _WINDOW))
    size = round(_WINDOW * RATE)
    level = np.zeros(count)
    # A window after the other: a voice of ten minutes as numbers of 8 bytes would be half a gigabyte.
    for at in range(min(count, -(-len(voice) // size))):
        heard = voice[at * size : (at + 1) * size].mean(1) / 32768
        level[at] = np.sqrt((heard**2).sum() / size)
    spoken = level > max(1e-4, float(level.max()) * 10 ** (_SPOKEN / 20))
    # It goes down before a word begins and stays down until a pause is more than that between two words.
    before, after = round(_ATTACK / _WINDOW), round(_HOLD / _WINDOW)
    low = np.convolve(spoken, np.ones(before + after + 1), "full")[before : before + count] > 0
    gains, now = np.ones(count), 0.0
    down, up = DUCKED / (_ATTACK / _WINDOW), -DUCKED / (_RELEASE / _WINDOW)
    for at in range(count):
        now = max(DUCKED, now + down) if low[at] else min(0.0, now + up)
        gains[at] = 10 ** (now / 20)
    return gains


def mix_sound(
    voice: Path | None, music: Path | None, tune: str, seconds: float, out: Path, *, clean: bool = False
) -> Path:
    """Lay a voice over music and write it as WAV.

    Args:
        voice: what is spoken; None for music alone.
        music: a file; None plays ``tune``, and without that there is none.
        tune: of ``tunes.TUNES``, "" for none.
        seconds: how long; music begins again as often as needed and fades at the end.
        out: the file; what is needed on the way lies beside it.
        clean: whether hum and wind are taken out of the voice.

    Returns:
        ``out``.

    Raises:
        UserError: ``video.narration``, ``motion.no_tune``.
    """
    import numpy as np
    from moviepy import CompositeAudioClip

    from studio.video.tunes import play_tune

    clips, gains = [], np.ones(2)
    if voice is not None:
        spoken = read_samples(voice, out.parent, seconds, CLEANING if clean else "anull")
        clips.append(_samples_clip(spoken, seconds))
        gains = duck_gains(spoken, seconds)
    if music is not None:
        clips.append(_samples_clip(read_samples(music, out.parent, seconds, target=ALONE), seconds, gains))
    elif tune:
        clips.append(_samples_clip(play_tune(tune), seconds, gains))
    mixed = CompositeAudioClip(clips)
    with wave.open(str(out), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        for chunk in mixed.iter_chunks(chunksize=RATE, fps=RATE):
            file.writeframes((np.clip(chunk, -1, 1) * 32767).astype("<i2").tobytes())
    return out


def _samples_clip(samples: Samples, seconds: float, gains: NDArray[np.float64] | None = None) -> AudioClip:
    """Samples as MoviePy's clip: once without ``gains`` (a voice), else again and again, as loud as these say."""
    import numpy as np
    from moviepy import AudioClip

    def frames(times: float | NDArray[np.float64]) -> NDArray[np.float64]:
        at = np.asarray(times, np.float64)
        places = np.round(at * RATE).astype(np.int64)
        if gains is None:
            found = samples[np.minimum(places, len(samples) - 1)] / 32768.0
            return np.asarray(found * (places < len(samples))[..., None])
        where = np.linspace(0, seconds, len(gains))
        fade = np.clip((seconds - at) / 1.5, 0, 1)
        return np.asarray(samples[places % len(samples)] / 32768.0 * (np.interp(at, where, gains) * fade)[..., None])

    return AudioClip(frames, duration=seconds, fps=RATE)
