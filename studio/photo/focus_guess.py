"""A first guess at what a photo is about: where the automatic crop should look. One click moves it."""

from __future__ import annotations

from math import exp, fsum, sqrt
from typing import TYPE_CHECKING

from studio.story.geometry import CENTRE
from studio.story.model import Point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    Pixel = tuple[int, int, int]

_LONGEST = 48
"""The guess is made on a copy this long: finer detail misleads it, and so few pixels need no numpy (100 ms, 13 MB)."""
_BLUR = 2


def _smooth_values(values: list[float], size: tuple[int, int]) -> list[float]:
    """The values blurred and scaled to 0..1."""
    from PIL import Image, ImageFilter

    scale = 255 / max(*values, 1e-6)
    grey = Image.frombytes("L", size, bytes([int(value * scale + 0.5) for value in values]))
    blurred = grey.filter(ImageFilter.BoxBlur(_BLUR)).tobytes()
    peak = max(1, *blurred)
    return [value / peak for value in blurred]


def _skin_likeness(pixel: Pixel) -> float:
    """Skin of every shade keeps red over green over blue; only how dark it is differs."""
    red, green, blue = pixel
    return float(red > 45 and 8 < red - green < 90 and green > blue and red - blue > 20)


def _unlike_border(pixels: list[Pixel], width: int, height: int) -> list[float]:
    """How far each pixel's colour is from that of the border: top and sides, for subjects stand at the bottom."""
    tones = [(0.3 * r + 0.59 * g + 0.11 * b, r - g, b - g) for r, g, b in pixels]
    rim = max(1, min(width, height) // 12)
    edge = [tones[n] for n in range(len(tones)) if n // width < rim or min(n % width, width - 1 - n % width) < rim]
    (m1, s1), (m2, s2), (m3, s3) = (_mean_and_spread(channel) for channel in zip(*edge, strict=True))
    return [sqrt(((a - m1) / s1) ** 2 + ((b - m2) / s2) ** 2 + ((c - m3) / s3) ** 2) for a, b, c in tones]


def _mean_and_spread(values: Sequence[float]) -> tuple[float, float]:
    """The spread is in floating point: ``statistics`` counts it in fractions, which takes longer than all the rest."""
    mean = fsum(values) / len(values)
    return mean, sqrt(fsum([(value - mean) ** 2 for value in values]) / len(values)) + 8


def _detail_map(pixels: list[Pixel], width: int, height: int) -> list[float]:
    """How much the lightness changes around each pixel."""
    light = [0.3 * r + 0.59 * g + 0.11 * b for r, g, b in pixels]
    rows = [light[start : start + width] for start in range(0, len(light), width)]
    changes: list[float] = []
    for row, above, below in zip(rows, [rows[0], *rows], [*rows[1:], rows[-1]], strict=False):
        # Beyond the edge lies what lies at the edge.
        beside = zip(row[1:] + row[-1:], row[:1] + row, above, below, strict=False)
        changes += [sqrt((right - left) ** 2 + (under - over) ** 2) for right, left, over, under in beside]
    return changes


def find_focus(image: Image.Image) -> Point:
    """The likely middle of the subject.

    Contrast with the border, detail and skin colour, weighted by where photographers put things: the middle, a
    little above it. A start, not a judgement: measured on photos with a known subject, guesses of this kind keep a few
    per cent more of it than the plain centre does (photo.md 8).

    Args:
        image: RGB, upright, any size.

    Returns:
        Fractions of the picture.
    """
    from PIL.Image import Resampling

    scale = _LONGEST / max(image.size)
    width, height = size = (max(6, round(image.width * scale)), max(6, round(image.height * scale)))
    data = image.resize(size, Resampling.BOX, reducing_gap=1.5).tobytes()
    pixels = [(data[n], data[n + 1], data[n + 2]) for n in range(0, len(data), 3)]
    unlike = _smooth_values(_unlike_border(pixels, width, height), size)
    detail = _smooth_values(_detail_map(pixels, width, height), size)
    skin = _smooth_values([_skin_likeness(pixel) for pixel in pixels], size)
    # Where photographers put things: the two factors of a bell over width and height.
    columns = [(x, exp(-((x - 0.5) ** 2) / 0.25)) for x in ((n + 0.5) / width for n in range(width))]
    lines = [(y, exp(-((y - 0.42) ** 2) / 0.25)) for y in ((n + 0.5) / height for n in range(height))]
    places = [(x, y, wide * high) for y, high in lines for x, wide in columns]
    total = across = down = 0.0
    for one, two, three, (x, y, middle) in zip(unlike, detail, skin, places, strict=True):
        weight = (one + two + 0.35 * three) ** 4 * middle
        total += weight
        across += weight * x
        down += weight * y
    return Point(round(across / total, 4), round(down / total, 4)) if total > 1e-9 else CENTRE
