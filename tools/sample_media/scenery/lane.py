"""A lane of the morning market: awnings glowing in the sun, heaps of produce, a wet floor."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tools.sample_media.scenery import fruit, grid, plants, sky
from tools.sample_media.scenery.backdrop import Backdrop
from tools.sample_media.scenery.layer import Layer, stamp
from tools.sample_media.scenery.sky import Light
from tools.sample_media.scenery.solids import Heap, Lamp, Skin, mound
from tools.sample_media.scenery.view import View

if TYPE_CHECKING:
    from tools.sample_media.scenery.grid import Array, Color, Random
    from tools.sample_media.scenery.solids import Skin as Kind

LIGHT = Light(
    sun=(0.16, 0.42, 1.0),
    sun_color=(3.6, 3.0, 2.1),
    zenith=(0.10, 0.27, 0.62),
    horizon=(0.78, 0.72, 0.60),
    glow=(0.9, 0.65, 0.35),
    haze=55,
    clouds=0.35,
)
AIR = (0.78, 0.66, 0.48)
CLOTHS: tuple[Color, ...] = (
    (0.04, 0.17, 0.52),
    (0.92, 0.34, 0.05),
    (0.06, 0.38, 0.24),
    (0.70, 0.05, 0.05),
    (0.95, 0.72, 0.10),
    (0.10, 0.42, 0.55),
)
CABBAGE = Skin((0.30, 0.42, 0.14), (0.52, 0.60, 0.30), gloss=0.15, tight=12, bump=0.16, grain=0.4)
EGGPLANT = Skin(
    (0.050, 0.014, 0.065), (0.09, 0.02, 0.10), gloss=1.0, tight=60, bump=0.01, grain=0.3, squash=(1.5, 0.72)
)
CARROT = Skin((0.80, 0.22, 0.015), (0.90, 0.33, 0.03), gloss=0.3, tight=25, bump=0.06, grain=0.7, squash=(1.7, 0.55))
SHALLOT = Skin((0.30, 0.035, 0.060), (0.42, 0.08, 0.10), gloss=0.4, tight=30, bump=0.05, grain=0.5)
EDGE, TABLE = 1.28, 0.78
"""Half the width of the lane and the height of the tables, in metres."""


def draw(width: int, height: int, rng: Random) -> Array:
    """The scene in linear light (made for an upright picture)."""
    view = View(width, height, lens=0.66, horizon=0.46, eye=1.62)
    picture = _end(view, rng)
    picture = _floor(picture, view, rng)
    far = Layer(width, height, 2)
    stalls = [(1.7 + 2.6 * i, side, (i * 2 + (side > 0) * 3) % 6) for i in range(9) for side in (-1, 1)]
    for z, side, cloth in sorted(stalls, reverse=True):
        _stall(far, view, (z, side), cloth, rng)
    _bunting(far, view, rng)
    for x, z in ((-1.0, 5.2), (1.0, 3.9), (-0.98, 3.3)):
        _basket(far, view, (x, z), rng)
    picture = far.over(picture)
    heap = Heap(picture, Lamp(towards=(0.15, 0.85, 0.10), sun=(1.5, 1.3, 1.0), above=(0.50, 0.48, 0.42)), rng)
    _goods(heap, view, rng)
    picture = heap.finish(width * 0.016, 9.0)
    picture = _poles(view, rng).over(picture)
    return _sunshine(picture, view, rng)


def _end(view: View, rng: Random) -> Array:
    scene = Backdrop(view, LIGHT, rng)
    air = grid.color(AIR)
    line = sky.ridge(view.width, scene.level - 0.04 * view.height, view.height * 0.03, 0.55, rng)
    sky.paint_ridge(scene.picture, np.minimum(line, scene.level - 2), air * 0.62, air, view.height * 0.06)
    picture = scene.behind(plain=air * 0.5, air=air)
    palms = [plants.palm(420, rng, warm=0.7) for _ in range(2)]
    trees = [plants.tree(300, rng, hue=0.03, wide=1.2, trunk=False) for _ in range(2)]
    for z, x, kind in (
        (46, -7, 0),
        (42, 6.5, 2),
        (38, 3.4, 0),
        (36, -4.5, 2),
        (33, -2.2, 1),
        (31, 5.2, 3),
        (30, -6.2, 3),
    ):
        column, foot = view.spot(x, 0, z)
        tall = (11.0 if kind < 2 else 5.5) * view.focal / z
        stamp(picture, (palms + trees)[kind], column, foot, tall, (air, 0.45))
    return picture


def _floor(picture: Array, view: View, rng: Random) -> Array:
    """Worn concrete, wet in places, brightest where the sun reaches between the awnings."""
    across, up = view.slopes()
    z = (view.eye / np.maximum(-up, 0.03) + 0 * across).astype(np.float32)
    x = z * across
    tile = grid.fractal(512, 5, 7, rng, gain=0.62)
    fine, broad = grid.sample(tile, x / 0.9, z / 0.9), grid.sample(tile, x / 6, z / 6)
    paint = grid.color((0.24, 0.205, 0.165)) * (1 + 0.24 * fine + 0.22 * broad)[..., None]
    joint = grid.ramp(0.012, 0.03, np.abs((z / 1.6) % 1 - 0.5) * -1 + 0.5)
    paint = paint * (0.55 + 0.45 * joint)[..., None]
    lit = grid.ramp(0.85, 0.30, np.abs(x + 0.16 * np.sin(z * 1.2) + 0.16 * broad)) * (
        0.65 + 0.35 * np.clip(2.5 * np.sin(z * 2.4 + broad), -1, 1)
    )
    paint = paint * (0.55 + 2.0 * np.clip(lit, 0, 1))[..., None]
    wet = grid.ramp(0.0, 1.1, broad + 0.35 * fine + 0.25) * grid.ramp(1.5, 0.6, np.abs(x))
    rows = np.clip(
        2 * view.level - np.arange(view.height)[:, None] + fine * 16 * np.minimum(6 / z, 3), 0, view.height - 1
    )
    mirror = picture[
        rows.astype(np.int32), np.clip(np.arange(view.width)[None, :] + fine * 5, 0, view.width - 1).astype(np.int32)
    ]
    paint = grid.mix(paint, mirror * 0.75 + 0.02, wet * 0.42)
    paint = sky.hazed(paint, z, LIGHT, grid.color(AIR))
    return np.where((up < -0.03)[..., None], paint, picture).astype(np.float32)


def _stall(sheet: Layer, view: View, place: tuple[float, int], cloth: int, rng: Random) -> None:
    """A table with a cloth front, a dark back, and an awning that lets the light through."""
    z0, side = place
    z1 = z0 + 2.3
    share = 1 - math.exp(-max(z0 - 3, 0) / LIGHT.haze)
    air = grid.color(AIR)

    def quad(corners: list[Color], paint: Array) -> None:
        sheet.polygon([view.spot(side * x, y, z) for x, y, z in corners], paint + (air - paint) * share)

    quad([(3.4, 0, z0), (3.4, 0, z1), (3.4, 3.0, z1), (3.4, 3.0, z0)], grid.color((0.09, 0.065, 0.05)))
    quad([(EDGE, 0, z1), (3.4, 0, z1), (3.4, 2.8, z1), (EDGE, 2.4, z1)], grid.color((0.12, 0.085, 0.06)))
    for _ in range(26):
        x, y, z = rng.uniform(2.0, 3.3), rng.uniform(0.9, 2.1), rng.uniform(z0, z1)
        column, row = view.spot(side * x, y, z)
        size = rng.uniform(0.07, 0.16) * view.focal / z
        paint = grid.color(CLOTHS[int(rng.integers(6))]) * rng.uniform(0.12, 0.45)
        sheet.polygon(
            [
                (column - size, row - size * 0.8),
                (column + size, row - size * 0.8),
                (column + size, row + size),
                (column - size, row + size),
            ],
            paint + (air - paint) * share,
        )
    front = grid.color(CLOTHS[(cloth + 2) % 6])
    folds = 16
    for i in range(folds):
        a, b = z0 + (z1 - z0) * i / folds, z0 + (z1 - z0) * (i + 1.05) / folds
        quad(
            [(EDGE, 0.06, a), (EDGE, 0.06, b), (EDGE, TABLE, b), (EDGE, TABLE, a)],
            front * (0.20 + 0.10 * math.sin(i * 1.9) + 0.05 * (i % 2)),
        )
    quad(
        [(EDGE - 0.03, TABLE, z0), (EDGE - 0.03, TABLE, z1), (2.5, TABLE + 0.18, z1), (2.5, TABLE + 0.18, z0)],
        grid.color((0.17, 0.115, 0.07)),
    )
    paint = grid.color(CLOTHS[cloth]) * 1.15
    stripes = 14 if cloth % 2 else 1
    for i in range(stripes):
        a, b = z0 - 0.12 + (z1 - z0 + 0.2) * i / stripes, z0 - 0.12 + (z1 - z0 + 0.2) * (i + 1) / stripes
        tone = grid.color((1.05, 0.95, 0.78)) if i % 2 else paint
        quad([(EDGE - 0.42, 2.16, a), (EDGE - 0.42, 2.16, b), (3.5, 3.0, b), (3.5, 3.0, a)], tone * 0.92)
        quad([(EDGE - 0.42, 2.16, a), (EDGE - 0.42, 2.16, b), (2.2, 2.52, b), (2.2, 2.52, a)], tone * 1.08)
        quad(
            [(EDGE - 0.42, 2.16, a), (EDGE - 0.42, 2.16, b), (EDGE - 0.42, 1.98, b), (EDGE - 0.42, 1.98 - 0.03, a)],
            tone * 0.70,
        )


def _basket(sheet: Layer, view: View, place: tuple[float, float], rng: Random) -> None:
    """A woven basket (bakul) on the floor: bands of light and dark strips."""
    x, z = place
    tall, wide = 0.30, 0.27
    foot = view.spot(x, 0.0, z)
    size = view.focal / z
    sheet.dot(foot[0] + 0.05 * size, foot[1], wide * 1.2 * size, wide * 0.30 * size, (0.03, 0.025, 0.02))
    rows, columns = 9, 26
    for j in range(rows):
        for i in range(columns):
            a0, a1 = math.pi * i / columns, math.pi * (i + 1) / columns
            y0, y1 = tall * j / rows, tall * (j + 1) / rows
            r0, r1 = wide * (0.78 + 0.24 * j / rows), wide * (0.78 + 0.24 * (j + 1) / rows)
            light = 0.35 + 0.65 * max(0.0, math.cos((a0 + a1) / 2 - 1.3))
            tone = light * rng.uniform(0.85, 1.1) * (1.0 if (i + j) % 2 else 0.68)
            dots = [
                view.spot(x - r * math.cos(a), y, z - r * math.sin(a))
                for r, y, a in ((r0, y0, a0), (r0, y0, a1), (r1, y1, a1), (r1, y1, a0))
            ]
            sheet.polygon(dots, (0.34 * tone, 0.22 * tone, 0.10 * tone))
    rim = [
        view.spot(x + wide * 1.03 * math.cos(a), tall, z + wide * 1.03 * math.sin(a))
        for a in np.linspace(0, 2 * math.pi, 40)
    ]
    sheet.polygon(rim, (0.05, 0.035, 0.02))
    sheet.line(rim, (0.26, 0.165, 0.075), 0.035 * size)


def _bunting(sheet: Layer, view: View, rng: Random) -> None:
    """Strings of small paper flags across the lane, lit from behind."""
    for z in (15.0, 11.5, 8.6, 6.3, 4.5, 3.2):
        share = 1 - math.exp(-max(z - 3, 0) / LIGHT.haze)
        side, high = rng.uniform(-0.2, 0.2), 3.05 + rng.uniform(0, 0.25)
        dots = [
            view.spot(-1.9 + 3.8 * t, high + side * (t - 0.5) - 0.42 * 4 * t * (1 - t), z)
            for t in np.linspace(0, 1, 23)
        ]
        sheet.line(dots, (0.10, 0.08, 0.06), max(0.7, 0.008 * view.focal / z))
        size = 0.145 * view.focal / z
        for i in range(22):
            a, b = dots[i], dots[i + 1]
            paint = grid.color(CLOTHS[(i * 2 + i // 3) % 6]) * rng.uniform(1.0, 1.5) + 0.05
            paint = paint + (grid.color(AIR) - paint) * share
            sway = rng.normal(0, 0.14) * size
            sheet.polygon(
                [
                    a,
                    (a[0] + (b[0] - a[0]) * 0.86, a[1] + (b[1] - a[1]) * 0.86),
                    ((a[0] + b[0]) / 2 + sway, (a[1] + b[1]) / 2 + size * 1.25),
                ],
                paint,
            )


def _goods(heap: Heap, view: View, rng: Random) -> None:
    """Heaps on the tables, crisp near the eye, simpler further away."""
    kinds: tuple[tuple[Kind, float], ...] = (
        (fruit.TOMATO, 0.040), (CABBAGE, 0.085), (fruit.ORANGE, 0.045), (EGGPLANT, 0.048), (fruit.MANGO, 0.055),
        (CARROT, 0.050), (fruit.LIME, 0.034), (SHALLOT, 0.030), (fruit.GUAVA, 0.042), (fruit.SALAK, 0.038),
    )  # fmt: skip
    spots = [
        (2.05 + 0.78 * i, side, (i * 3 + (4 if side > 0 else 0)) % len(kinds)) for i in range(18) for side in (-1, 1)
    ]
    for z, side, which in sorted(spots, reverse=True):
        skin, radius = kinds[which]
        coarse = 1.0 if z < 6 else 1.7
        for x in (EDGE + 0.34, EDGE + 0.96):
            middle = (side * x, TABLE + 0.03 + 0.16 * (x - EDGE), z)
            for r, place in sorted(mound(rng, middle, 0.30, 0.20, radius * coarse), key=lambda one: -one[1][2]):
                heap.ball(view, place, r, skin, float(rng.uniform(-0.6, 0.6)))
    for x, z, skin, radius in (
        (-0.98, 3.3, SHALLOT, 0.034),
        (1.0, 3.9, CABBAGE, 0.085),
        (-1.0, 5.2, fruit.ORANGE, 0.045),
    ):
        for r, place in sorted(mound(rng, (x, 0.27, z), 0.22, 0.15, radius), key=lambda one: -one[1][2]):
            heap.ball(view, place, r, skin, float(rng.uniform(-0.6, 0.6)))


def _poles(view: View, rng: Random) -> Layer:
    """Bamboo poles in front of the tables and hanging lamps under the awnings."""
    sheet = Layer(view.width, view.height, 2)
    for i in range(7, -1, -1):
        z = 4.2 + 2.6 * i
        share = 1 - math.exp(-max(z - 3, 0) / LIGHT.haze)
        for side in (-1, 1):
            foot, top = view.spot(side * (EDGE - 0.02), 0, z), view.spot(side * (EDGE - 0.02), 2.22, z)
            thick = 0.055 * view.focal / z
            for shift, tone in ((0.0, 0.8), (-0.28 * side, 1.9), (0.34 * side, 0.4)):
                paint = grid.color((0.20 * tone, 0.135 * tone, 0.065 * tone))
                paint = paint + (grid.color(AIR) - paint) * share
                wide = thick if shift == 0 else thick * 0.3
                sheet.line([(foot[0] + shift * thick, foot[1]), (top[0] + shift * thick, top[1])], paint, wide)
            x, y = view.spot(side * (EDGE + 0.25), 1.86 + rng.uniform(-0.04, 0.04), z + 1.0)
            size = 0.045 * view.focal / (z + 1)
            sheet.line([(x, y - size * 4), (x, y)], (0.03, 0.025, 0.02), max(0.6, size * 0.12))
            sheet.dot(x, y, size, size * 1.25, (2.4, 1.9, 1.0))
    return sheet


def _sunshine(picture: Array, view: View, rng: Random) -> Array:
    """Slanting light in the dusty air and the glow at the end of the lane."""
    h, w = picture.shape[:2]
    x = np.linspace(-1, 1, w, dtype=np.float32)[None, :] * (w / h)
    y = (np.arange(h, dtype=np.float32)[:, None] - (view.level - 0.34 * view.focal)) / h
    angle = np.arctan2(y, x - 0.12)
    away = np.hypot(y, x - 0.12)
    rays = np.interp(angle, np.linspace(-math.pi, math.pi, 120), rng.uniform(0, 1, 120) ** 2).astype(np.float32)
    light = 0.22 * np.exp(-away / 0.16) + 0.16 * rays * np.exp(-away / 0.30)
    shown: Array = picture + light[..., None] * grid.color((1.0, 0.80, 0.50))
    return shown
