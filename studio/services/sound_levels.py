"""How loud samples of a microphone are, and whether that is right for a voice. No Qt."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

_CODES: Mapping[str, tuple[str, float]] = {
    "Int16": ("h", 32768.0),
    "Int32": ("i", 2147483648.0),
    "Float": ("f", 1.0),
    "UInt8": ("B", 128.0),
}
"""Qt's names of sample formats: code of ``array``, and the value of full scale."""
SILENCE = -80.0
"""Decibels that stand for nothing at all."""
TOO_SOFT, TOO_LOUD = -26.0, -2.0
"""Decibels below full scale between which the loudest sample of speech should be: louder is cut off, of what is softer
the noise would be raised along with the voice."""

LevelWord = Literal["silent", "soft", "good", "loud"]


@dataclass(frozen=True, slots=True)
class LoudestSample:
    """The loudest sample, in decibels below full scale (0 and less)."""

    decibels: float

    @property
    def share(self) -> float:
        """0..1 of a meter that begins at -60 dB."""
        return max(0.0, min(1.0, 1 + self.decibels / 60))

    @property
    def word(self) -> LevelWord:
        """How that is for a voice."""
        if self.decibels < -50:
            return "silent"
        return "soft" if self.decibels < TOO_SOFT else "loud" if self.decibels > TOO_LOUD else "good"


def loudest_sample(data: bytes, sample_format: str) -> LoudestSample:
    """The loudest of some samples.

    Args:
        data: as they come from the microphone; half a sample at the end is left out.
        sample_format: as Qt calls it (``Int16``).
    """
    code, full = _CODES.get(sample_format, ("h", 32768.0))
    samples = array(code)
    samples.frombytes(data[: len(data) // samples.itemsize * samples.itemsize])
    if not samples:
        return LoudestSample(SILENCE)
    middle = 128 if code == "B" else 0
    most = max(max(samples) - middle, middle - min(samples)) / full
    return LoudestSample(max(SILENCE, min(0.0, 20 * log10(most)))) if most > 0 else LoudestSample(SILENCE)
