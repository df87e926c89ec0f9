"""Sound for the sample clips: syllables like a speaking voice, and what is heard around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Wave = NDArray[np.float32]

RATE = 24_000
"""Samples per second."""
VOWELS = ((780, 1300, 2500), (420, 2100, 2850), (360, 850, 2400), (480, 1850, 2600), (500, 950, 2450))
"""Formants of a, i, u, e, o in hertz, middle of what adult speakers show."""


def speech(phrases: Sequence[tuple[float, float]], seconds: float, rng: np.random.Generator) -> Wave:
    """Speech-like babble: about five syllables a second within each phrase (start, end), silence between.

    Every syllable is a row of harmonics of a falling pitch, weighted by the formants of its vowel, after a short noise.
    """
    import numpy as np

    sound = np.zeros(round(seconds * RATE), np.float32)
    for start, end in phrases:
        at, tone = start + 0.05, 1.0
        while at < end - 0.15:
            long = float(rng.uniform(0.13, 0.23))
            pitch = (188 - 50 * (at - start) / max(end - start, 0.1)) * tone
            _place(sound, at, _syllable(long, pitch, VOWELS[int(rng.integers(5))], rng))
            tone = float(rng.uniform(0.93, 1.08))
            at += long + (0.02 if rng.uniform() < 0.8 else 0.11)
    return sound * np.float32(0.5 / max(float(np.abs(sound).max()), 1e-3))


def _place(sound: Wave, at: float, piece: Wave) -> None:
    first = round(at * RATE)
    piece = piece[: max(0, len(sound) - first)]
    sound[first : first + len(piece)] += piece


def _syllable(seconds: float, pitch: float, vowel: tuple[int, int, int], rng: np.random.Generator) -> Wave:
    import numpy as np

    t = np.arange(round(seconds * RATE), dtype=np.float32) / RATE
    shape = np.minimum(t / 0.025, 1) * np.minimum((seconds - t) / 0.06, 1)
    phase = 2 * np.pi * pitch * (t - 0.10 * t * t / seconds + 0.0006 * np.sin(2 * np.pi * 5.5 * t))
    total = np.zeros_like(t)
    for k in range(1, int(4200 / pitch)):
        hertz = k * pitch
        weight = sum(
            g / (1 + ((hertz - f) / (70 + f * 0.06)) ** 2) for f, g in zip(vowel, (1.0, 0.5, 0.22), strict=True)
        )
        total += np.float32((weight + 0.02) / k**0.4) * np.sin(k * phase)
    onset = rng.normal(0, 1, len(t)).astype(np.float32) * np.exp(-t / 0.018) * np.float32(rng.uniform(0.2, 1.2))
    result: Wave = (total * shape + onset).astype(np.float32)
    return result


def band(seconds: float, low: float, high: float, rng: np.random.Generator) -> Wave:
    """Noise between two frequencies (hertz), of deviation 1."""
    import numpy as np

    count = round(seconds * RATE)
    spectrum = np.fft.rfft(rng.normal(0, 1, count))
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    spectrum *= np.exp(-np.square(np.log(np.maximum(hertz, 1) / (low * high) ** 0.5) / (0.5 * np.log(high / low))))
    noise = np.fft.irfft(spectrum, count)
    result: Wave = (noise / noise.std()).astype(np.float32)
    return result


def birds(seconds: float, rng: np.random.Generator) -> Wave:
    """Short falling whistles in twos and threes."""
    import numpy as np

    sound = np.zeros(round(seconds * RATE), np.float32)
    at = 0.4
    while at < seconds - 0.4:
        high = float(rng.uniform(2900, 4300))
        for _ in range(int(rng.integers(2, 4))):
            t = np.arange(round(0.09 * RATE), dtype=np.float32) / RATE
            note = np.sin(2 * np.pi * (high * t - 4200 * t * t)) * np.sin(np.pi * t / 0.09)
            _place(sound, at, (0.06 * note).astype(np.float32))
            at += 0.13
        at += float(rng.uniform(0.5, 1.9))
    return sound


def save(sound: Wave, path: Path) -> None:
    """A 16-bit mono WAV file."""
    import wave

    import numpy as np

    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(sound, -0.95, 0.95) * 32767).astype("<i2").tobytes())
