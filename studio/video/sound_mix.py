"""A voice over music: the music steps back while somebody speaks. MoviePy mixes, ffmpeg reads and cleans.

What comes out is levelled to ``TARGET_LUFS`` by whoever encodes it (``slideshow.sound_input``).
"""

from __future__ import annotations

import re
import wave
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.video.cleaned_sound import CLEANING
from studio.video.ffmpeg_process import QUIET, run_ffmpeg
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
_APART = 10.0
"""Decibels that voices and place must differ by in a clip; else there is no telling where somebody speaks."""


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
    # The gain is worked out before, so that one value holds for all of the file: a filter that levels as it goes would
    # lift the noise in pauses. The limiter only catches peaks that the gain pushes over full scale.
    chain = f"{filters},aresample={RATE},volume={gain:.2f}dB,alimiter=limit=0.9:level=disabled"
    args = [*QUIET, "-vn", "-protocol_whitelist", "file", *_stretch(seconds), "-i", f"file:{path}", "-af", chain]
    run_ffmpeg([*args, "-f", "s16le", "-ac", "2", "-ar", str(RATE), str(raw)], lambda _: None, folder)
    try:
        return np.fromfile(raw, np.int16).reshape(-1, 2)
    finally:
        raw.unlink(missing_ok=True)


def duck_gains(voice: Samples, seconds: float) -> NDArray[np.float64]:
    """How loud the music is (1: fully) for each ``_WINDOW`` of a voice, down by ``DUCKED`` while somebody speaks."""
    level = _window_levels(voice, seconds)
    return _step_back(level > max(1e-4, float(level.max()) * 10 ** (_SPOKEN / 20)))


def _window_levels(samples: Samples, seconds: float) -> NDArray[np.float64]:
    """Root mean square of each ``_WINDOW``, 0 to 1."""
    import numpy as np

    count = max(1, round(seconds / _WINDOW))
    size = round(_WINDOW * RATE)
    level = np.zeros(count)
    # A window after the other: a voice of ten minutes as numbers of 8 bytes would be half a gigabyte.
    for at in range(min(count, -(-len(samples) // size))):
        heard = samples[at * size : (at + 1) * size].mean(1) / 32768
        level[at] = np.sqrt((heard**2).sum() / size)
    return level


def _speech_in(samples: Samples, seconds: float) -> NDArray[np.bool_]:
    """Where somebody speaks in the sound of a clip; nowhere in one that is as loud all the time: rain, a market.

    As ``voice_files.measure_voice`` does it: the quietest tenth is the place, the loudest twentieth the voices.
    """
    import numpy as np

    level = 20 * np.log10(np.maximum(_window_levels(samples, seconds), 1e-4))
    room, voices = np.percentile(level, 10), np.percentile(level, 95)
    return level > (room + voices) / 2 if voices - room > _APART else np.zeros(len(level), bool)


def _step_back(spoken: NDArray[np.bool_]) -> NDArray[np.float64]:
    import numpy as np

    count = len(spoken)
    # It goes down before a word begins and stays down until a pause is more than that between two words.
    before, after = round(_ATTACK / _WINDOW), round(_HOLD / _WINDOW)
    # Low from ``before`` windows ahead of a spoken one until ``after`` windows behind it: a sum over a sliding stretch,
    # which a convolution with ones is.
    low = np.convolve(spoken, np.ones(before + after + 1), "full")[before : before + count] > 0
    gains, now = np.ones(count), 0.0
    down, up = DUCKED / (_ATTACK / _WINDOW), -DUCKED / (_RELEASE / _WINDOW)
    for at in range(count):
        # In decibels and not as a factor: a slope in them is what the ear takes for even.
        now = max(DUCKED, now + down) if low[at] else min(0.0, now + up)
        gains[at] = 10 ** (now / 20)
    return gains


@dataclass(frozen=True, slots=True)
class OwnSound:
    """The sound of a clip below a voice and music.

    Attributes:
        samples: a file as ``ffmpeg_arguments.sound_plan`` has it made, as long as the result.
        begin: seconds of the result at which the voice begins; below zero where its beginning was heard before.
    """

    samples: Path | None
    begin: float = 0.0


def mix_sound(
    voice: Path | None,
    music: Path | None,
    tune: str,
    seconds: float,
    out: Path,
    *,
    clean: bool = False,
    own: OwnSound | None = None,
) -> Path:
    """Lay a voice over music and write it as WAV.

    Args:
        voice: what is spoken; None for music alone.
        music: a file; None plays ``tune``, and without that there is none.
        tune: of ``tunes.TUNES``, "" for none.
        seconds: how long; music begins again as often as needed and fades at the end.
        out: the file; what is needed on the way lies beside it.
        clean: whether hum and wind are taken out of the voice.
        own: of a clip, under all of that; it steps back for the voice, and the music for who speaks in it.

    Returns:
        ``out``.

    Raises:
        UserError: ``video.narration``, ``motion.no_tune``.
    """
    import numpy as np
    from moviepy import CompositeAudioClip

    from studio.video.tunes import play_tune

    own = own or OwnSound(None)
    clips, gains = [], np.ones(2)
    if voice is not None:
        longest = max(0.1, seconds - own.begin)
        spoken = read_samples(voice, out.parent, longest, CLEANING if clean else "anull")
        spoken = spoken[round(max(0.0, -own.begin) * RATE) :]
        begin = max(0.0, own.begin)
        clips.append(_samples_clip(spoken, seconds, begin=begin))
        gains = np.concatenate([np.ones(round(begin / _WINDOW)), duck_gains(spoken, max(_WINDOW, seconds - begin))])
    if own.samples is not None:
        heard = np.memmap(own.samples, np.int16, "r").reshape(-1, 2)
        clips.append(_samples_clip(heard, seconds, gains))
        low = _step_back(_speech_in(heard, seconds))
        # Of two that want it lower the lower one counts, not both: music under two voices would be gone.
        gains = low if len(gains) < len(low) else np.minimum(gains[: len(low)], low)
    if music is not None:
        clips.append(_samples_clip(read_samples(music, out.parent, seconds, target=ALONE), seconds, gains, again=True))
    elif tune:
        clips.append(_samples_clip(play_tune(tune), seconds, gains, again=True))
    mixed = CompositeAudioClip(clips)
    with wave.open(str(out), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        for chunk in mixed.iter_chunks(chunksize=RATE, fps=RATE):
            file.writeframes((np.clip(chunk, -1, 1) * 32767).astype("<i2").tobytes())
    return out


def _samples_clip(
    samples: Samples,
    seconds: float,
    gains: NDArray[np.float64] | None = None,
    *,
    begin: float = 0.0,
    again: bool = False,
) -> AudioClip:
    """Samples as MoviePy's clip, from ``begin`` on, as loud as ``gains`` say; ``again``: over and over, with a fade."""
    import numpy as np
    from moviepy import AudioClip

    def frames(times: float | NDArray[np.float64]) -> NDArray[np.float64]:
        at = np.asarray(times, np.float64)
        places = np.round((at - begin) * RATE).astype(np.int64)
        there = (places >= 0) & (again | (places < len(samples)))
        found = samples[places % len(samples)] / 32768.0
        loud = there * np.clip((seconds - at) / 1.5, 0, 1) if again else there * 1.0
        if gains is not None:
            loud = loud * np.interp(at, np.linspace(0, seconds, len(gains)), gains)
        return np.asarray(found * loud[..., None])

    return AudioClip(frames, duration=seconds, fps=RATE)
