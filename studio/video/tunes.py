"""Three tunes that the studio plays itself, for under a voice: struck bars and plucked strings, made of numbers.

They are nobody's recording: code and score are given to the public domain (CC0 1.0).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

RATE = 48000
_SLENDRO = (0, 240, 480, 720, 960)
"""Cents of a five-tone scale of equal steps, as gamelan slendro is about."""
_MAJOR = (0, 200, 400, 700, 900)


@dataclass(frozen=True, slots=True)
class Tune:
    """A score.

    Attributes:
        beat: seconds of one step.
        scale: cents above the root.
        root: frequency in hertz.
        melody: a step each, as numbers of the scale (5 is the octave); -1 rests.
        bass: the same, two octaves lower, every fourth step.
        partials: multiples of the frequency, their strength, and seconds in which each dies away.
    """

    beat: float
    scale: tuple[int, ...]
    root: float
    melody: tuple[int, ...]
    bass: tuple[int, ...]
    partials: tuple[tuple[float, float, float], ...]


_STRING = ((1.0, 1.0, 0.7), (2.0, 0.4, 0.4), (3.0, 0.2, 0.25), (4.0, 0.08, 0.15))
_BAR = ((1.0, 1.0, 1.4), (2.76, 0.35, 0.35), (5.4, 0.12, 0.12))
_WOOD = ((1.0, 1.0, 0.35), (3.93, 0.3, 0.1), (9.2, 0.08, 0.04))
TUNES: Mapping[str, Tune] = {
    "pagi": Tune(
        0.32, _MAJOR, 261.63, (4, 2, 5, -1, 7, 5, 4, -1, 2, 4, 5, 4, 2, -1, 1, -1), (0, 3, 1, 3), _STRING
    ),
    "sawah": Tune(
        0.45, _SLENDRO, 293.66, (5, -1, 7, 6, 5, -1, 3, -1, 4, 5, 3, 2, 1, -1, 2, -1), (0, 2, 3, 1), _BAR
    ),
    "pasar": Tune(
        0.21, _MAJOR, 329.63, (5, 5, 7, 5, 8, 7, 5, -1, 4, 4, 5, 4, 2, 4, 5, -1), (0, 0, 3, 2), _WOOD
    ),
}  # fmt: skip
"""By name; the names stand in story.json."""


def play_tune(name: str) -> NDArray[np.int16]:
    """A tune as samples, once; its end goes over into its beginning.

    Args:
        name: of ``TUNES``.

    Returns:
        Two columns (left, right) at 48 kHz, at about -20 dBFS.

    Raises:
        UserError: ``motion.no_tune``: there is none of this name.
    """
    import numpy as np

    if name not in TUNES:
        raise UserError("motion.no_tune", tune=name, known=", ".join(TUNES))
    tune = TUNES[name]
    step = round(tune.beat * RATE)
    loop = np.zeros((step * len(tune.melody), 2), np.float64)
    for at, note in enumerate(tune.melody):
        if note >= 0:
            _add_tone(loop, at * step, _frequency(tune, note), tune, 0.5 + 0.18 * (-1) ** at)
    for at, note in enumerate(tune.bass):
        _add_tone(loop, at * 4 * step, _frequency(tune, note) / 4, tune, 0.5, 0.7)
    loop *= 0.25 / max(1e-9, float(np.abs(loop).max()))
    return (loop * 32767).astype(np.int16)


def _frequency(tune: Tune, note: int) -> float:
    octave, degree = divmod(note, len(tune.scale))
    return float(tune.root * 2 ** (octave + tune.scale[degree] / 1200))


def _add_tone(
    loop: NDArray[np.float64], start: int, frequency: float, tune: Tune, left: float, strength: float = 1.0
) -> None:
    """Add one tone; what rings on beyond the end comes in again at the beginning, so that the loop has no seam."""
    import numpy as np

    length = min(len(loop), round(3.0 * max(fade for *_, fade in tune.partials) * RATE))
    time = np.arange(length) / RATE
    tone = np.zeros(length)
    for multiple, part, fade in tune.partials:
        tone += part * np.sin(2 * np.pi * frequency * multiple * time) * np.exp(-time / fade)
    tone *= np.minimum(1.0, time / 0.004) * np.minimum(1.0, (length / RATE - time) / 0.05) * strength
    where = (start + np.arange(length)) % len(loop)
    np.add.at(loop, where, np.stack((tone * left, tone * (1 - left)), 1))
