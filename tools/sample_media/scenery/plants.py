"""Palms, trees and grass, drawn leaf by leaf."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tools.sample_media.scenery.layer import Layer

if TYPE_CHECKING:
    from PIL import Image

    from tools.sample_media.scenery.grid import Array, Random
    from tools.sample_media.scenery.layer import Dot


def palm(size: int, rng: Random, *, sun_left: bool = True, warm: float = 0.0) -> Image.Image:
    """A coconut palm as a sprite ``size`` pixels tall; ``warm`` 0..1 turns the light to evening."""
    sheet = Layer(round(size * 0.72), size, 3)
    lean = rng.uniform(-0.10, 0.10)
    top = (sheet.width * (0.5 + lean), size * 0.30)
    foot = (sheet.width * (0.5 - lean * 0.4), size * 0.995)
    _trunk(sheet, foot, top, size * 0.017, rng, sun_left)
    fronds = sorted(rng.uniform(-math.pi, math.pi, 26), key=lambda a: -abs(math.sin(a)))
    for i, angle in enumerate(fronds):
        back = i < 9
        _frond(sheet, top, angle, size * rng.uniform(0.26, 0.33), rng, (back, sun_left, warm))
    for _ in range(7):
        dx, dy = rng.normal(0, 0.011, 2) * size
        shade = rng.uniform(0.5, 1.0)
        sheet.dot(
            top[0] + dx, top[1] + size * 0.016 + dy, size * 0.010, size * 0.012, (0.20 * shade, 0.17 * shade, 0.05)
        )
    return sheet.sprite()


def _trunk(sheet: Layer, foot: Dot, top: Dot, thick: float, rng: Random, sun_left: bool) -> None:
    for side, shade in ((0.0, 0.11), (-0.28, 0.27), (0.30, 0.06)):
        shift = side if sun_left else -side
        dots = []
        for t in np.linspace(0, 1, 14):
            bend = math.sin(t * math.pi * 0.5) ** 1.4
            dots.append((foot[0] + (top[0] - foot[0]) * bend, foot[1] + (top[1] - foot[1]) * t))
        wide = thick * (1.0 if side == 0 else 0.36)
        outline = [(x + shift * thick - wide * (0.62 - 0.24 * i / 13), y) for i, (x, y) in enumerate(dots)]
        outline += [(x + shift * thick + wide * (0.62 - 0.24 * i / 13), y) for i, (x, y) in enumerate(dots)][::-1]
        tone = shade * rng.uniform(0.9, 1.1)
        sheet.polygon(outline, (tone, tone * 0.86, tone * 0.68))


def _frond(sheet: Layer, top: Dot, angle: float, length: float, rng: Random, how: tuple[bool, bool, float]) -> None:
    """One feather leaf: a drooping rib with leaflets hanging on both sides."""
    back, sun_left, warm = how
    reach, lift = math.cos(angle), math.sin(angle)
    side_step = math.copysign(0.24 * (1 - abs(reach)), reach)
    rib: list[Dot] = []
    for t in np.linspace(0, 1, 15):
        x = top[0] + length * (reach * t * (1 - 0.16 * t) + side_step * t * t)
        y = top[1] - length * ((0.62 + 0.55 * lift) * t - (0.52 + 0.30 * abs(reach)) * t * t)
        rib.append((x, y))
    facing = (1.0 if (reach < 0) == sun_left else 0.45) * (0.55 if back else 1.0) * (0.75 + 0.35 * max(lift, 0))
    light = np.array([0.16 + 0.10 * warm, 0.26 + 0.02 * warm, 0.035], np.float32) * facing
    dark = np.array([0.030, 0.062, 0.018], np.float32)
    for i in range(58):
        t = 0.06 + 0.94 * i / 57
        k = min(int(t * 14), 13)
        part = t * 14 - k
        x = rib[k][0] + (rib[k + 1][0] - rib[k][0]) * part
        y = rib[k][1] + (rib[k + 1][1] - rib[k][1]) * part
        size = length * 0.30 * math.sin(math.pi * (0.12 + 0.80 * t)) * rng.uniform(0.8, 1.1)
        along = (rib[k + 1][0] - rib[k][0], rib[k + 1][1] - rib[k][1])
        norm = math.hypot(*along) or 1.0
        ax, ay = along[0] / norm, along[1] / norm
        for side in (-1, 1):
            ex = x + size * (0.62 * ax - side * 0.55 * ay)
            ey = y + size * (0.62 * ay + side * 0.42 * ax + 0.34 + 0.16 * t)
            tone = light if side * (1 if reach > 0 else -1) < 0 else light * 0.62
            shade = tone * rng.uniform(0.7, 1.15) + dark * 0.6
            sheet.polygon([(x - ax * 1.2, y - 0.8), (ex, ey), (x + ax * 1.2, y + 0.8)], shade)
    sheet.line(rib, light * 1.25 + dark, max(0.7, length * 0.010))


def tree(
    size: int, rng: Random, *, sun: float = -0.5, hue: float = 0.0, wide: float = 1.0, trunk: bool = True
) -> Image.Image:
    """A broad-leaved tree or clump: leaves on several balls, lit from ``sun`` (-1 left .. 1 right), from above."""
    sheet = Layer(round(size * wide), size, 2)
    w, h = sheet.width, sheet.height
    for _ in range(4 if trunk else 0):
        x = w * (0.5 + rng.uniform(-0.05, 0.05))
        sheet.line(
            [(w * 0.5, h * 0.995), (x, h * 0.72), (x + w * rng.uniform(-0.2, 0.2), h * 0.42)],
            (0.055, 0.042, 0.03),
            w * 0.022,
        )
    crown = 0.30 if trunk else 0.44
    balls = []
    for _ in range(34):
        a, r = rng.uniform(0, 2 * math.pi), math.sqrt(rng.uniform(0, 1)) * 0.78
        balls.append((r * math.cos(a), r * math.sin(a), rng.uniform(0.18, 0.34)))
    balls.sort(key=lambda ball: -ball[1])
    middle, leaf = (0.40 if trunk else 0.55), max(0.8, size / 210)
    for bx, by, radius in balls:
        tone, crown_light = rng.uniform(0.8, 1.2), 0.5 + 0.42 * (sun * bx - 0.8 * by)
        sheet.dot(
            w * (0.5 + bx * 0.46),
            h * (middle + by * crown),
            w * radius * 0.36,
            h * radius * crown * 0.8,
            (0.020, 0.034, 0.013),
        )
        for _ in range(230):
            a, r = rng.uniform(0, 2 * math.pi), rng.uniform(0, 1) ** 0.6
            nx, ny = r * math.cos(a), r * math.sin(a)
            lit = max(0.0, 0.45 * (sun * nx - 0.8 * ny) + 0.62 * crown_light)
            shade = tone * (0.16 + 1.75 * lit**1.4) * rng.uniform(0.5, 1.4)
            paint = ((0.115 + hue) * shade + 0.006, 0.19 * shade + 0.011, 0.030 * shade + 0.008)
            x, y = w * (0.5 + (bx + nx * radius) * 0.46), h * (middle + (by + ny * radius) * crown)
            size_x = leaf * rng.uniform(0.6, 1.7)
            sheet.dot(x, y, size_x, size_x * rng.uniform(0.5, 0.9), paint)
    return sheet.sprite()


def grass(sheet: Layer, spots: Array, rng: Random, *, light: Array, dark: Array, lean: float = 0.0) -> None:
    """Tufts on a sheet. ``spots``: rows of (x, foot, height) in pixels, drawn in the order given (far first)."""
    for x, foot, tall in spots.tolist():
        chance = rng.uniform(-1, 1, (3, 4)).tolist()
        for side, bent, grown, shade in chance:
            bend = (lean + 0.75 * bent * abs(bent)) * tall
            high = tall * (0.82 + 0.28 * grown)
            x0 = x + side * 0.2 * tall
            half = max(0.35, tall * 0.024)
            mid_x, mid_y = x0 + bend * 0.3, foot - high * 0.52
            bow_x, bow_y = x0 + bend * 0.62, foot - high * 0.78
            tone = dark + (light - dark) * (0.5 + 0.5 * shade) ** 1.3
            sheet.polygon(
                [
                    (x0 - half * 0.7, foot), (mid_x - half, mid_y), (bow_x - half * 0.7, bow_y),
                    (x0 + bend, foot - high * (0.9 - 0.1 * abs(bent))),
                    (bow_x + half * 0.7, bow_y), (mid_x + half, mid_y), (x0 + half * 0.7, foot),
                ],
                tone,
            )  # fmt: skip
