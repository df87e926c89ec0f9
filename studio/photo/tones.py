"""Light and colour: one lookup table per channel, so that any mix of adjustments is one pass over the pixels."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL import Image

    from studio.story.model import LightAdjust

_CLIP = 0.004
"""Share of the darkest and of the lightest pixels that "auto" lets go: a lamp or a black bag is not the scene."""


def _histogram_level(histogram: Sequence[int], share: float) -> int:
    """The grey level below which that share of the pixels lies."""
    wanted = share * sum(histogram)
    passed = 0
    for level, count in enumerate(histogram):
        passed += count
        if passed > wanted:
            return level
    return 255


def _stretch_curve(histogram: Sequence[int]) -> Callable[[float], float]:
    """What "auto" does to a value 0..1: black and white points spread, then the middle brought towards mid-grey.

    All three channels get the same curve, so colours do not turn; its ends are those of the channel that reaches
    farthest, so a blue sky does not burn out. The curve is bounded: fog and night stay what they are.
    """
    channels = [histogram[start : start + 256] for start in (0, 256, 512)]
    low = min(70, *(_histogram_level(each, _CLIP) for each in channels)) / 255
    high = max(150, *(_histogram_level(each, 1 - _CLIP) for each in channels)) / 255
    level = sum(_histogram_level(each, 0.5) for each in channels) / 3
    middle = min(0.95, max(0.05, (level / 255 - low) / (high - low)))
    gamma = min(1.15, max(0.75, log(0.44) / log(middle)))
    return lambda value: min(1.0, max(0.0, (value - low) / (high - low))) ** gamma


def _tone_curve(adjust: LightAdjust) -> Callable[[float], float]:
    """Brightness as a gamma (neither black nor white clips), contrast as an S around the middle."""
    gamma = 2.0 ** -max(-1.0, min(1.0, adjust.brightness))
    slope = max(-1.0, min(1.0, adjust.contrast))

    def curve(value: float) -> float:
        light = float(value**gamma)
        bent = light * light * (3 - 2 * light) if slope >= 0 else 0.5
        share = slope if slope >= 0 else -slope * 0.6
        return light + (bent - light) * share

    return curve


def lookup_tables(adjust: LightAdjust, histogram: Sequence[int]) -> list[int]:
    """The lookup table for red, green and blue.

    Args:
        adjust: brightness, contrast and warmth in -1..1; ``auto`` first.
        histogram: 256 counts each of the red, green and blue levels; used by ``auto`` only.

    Returns:
        768 values of 0..255.
    """
    curve = _tone_curve(adjust)
    auto = _stretch_curve(histogram) if adjust.auto else None
    warmth = max(-1.0, min(1.0, adjust.warmth))
    gains = (1 + 0.16 * warmth, 1 + 0.02 * warmth, 1 - 0.18 * warmth)
    table = []
    for gain in gains:
        for level in range(256):
            value = level / 255
            value = curve(auto(value) if auto else value)
            table.append(max(0, min(255, round(255 * value * gain))))
    return table


def apply_adjust(image: Image.Image, adjust: LightAdjust) -> Image.Image:
    """The RGB picture with its light and colour adjusted; the very same object when nothing is asked for."""
    if not (adjust.auto or adjust.brightness or adjust.contrast or adjust.warmth):
        return image
    histogram = image.histogram() if adjust.auto else []
    return image.point(lookup_tables(adjust, histogram))
