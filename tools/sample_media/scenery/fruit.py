"""A fruit stall in the morning: heaps of fruit in woven trays, the market out of focus behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.sample_media.scenery import develop, grid
from tools.sample_media.scenery.layer import Layer
from tools.sample_media.scenery.solids import Heap, Lamp, Skin, mound
from tools.sample_media.scenery.view import View

if TYPE_CHECKING:
    from tools.sample_media.scenery.grid import Array, Color, Random

TABLE = 0.80
ORANGE = Skin((0.62, 0.165, 0.008), (0.74, 0.26, 0.014), gloss=0.6, tight=30, bump=0.05, grain=1.6)
TOMATO = Skin(
    (0.58, 0.030, 0.012), (0.72, 0.075, 0.015), gloss=1.1, tight=90, bump=0.012, grain=0.2, squash=(1.05, 0.92)
)
MANGO = Skin((0.30, 0.34, 0.03), (0.80, 0.42, 0.04), gloss=0.5, tight=30, bump=0.03, grain=0.5, squash=(1.28, 0.92))
LIME = Skin((0.16, 0.30, 0.02), (0.34, 0.42, 0.04), gloss=0.7, tight=36, bump=0.09, grain=0.9)
MANGOSTEEN = Skin((0.070, 0.014, 0.022), (0.13, 0.028, 0.030), gloss=0.5, tight=24, bump=0.05, grain=0.4)
GUAVA = Skin((0.62, 0.055, 0.07), (0.80, 0.30, 0.22), gloss=0.9, tight=60, bump=0.02, grain=0.3, squash=(0.95, 1.1))
SALAK = Skin((0.115, 0.050, 0.022), (0.20, 0.085, 0.03), gloss=0.3, tight=18, bump=0.16, grain=1.0, squash=(0.92, 1.15))

STALL: tuple[tuple[Skin, float, float, float, float, float], ...] = (
    # skin, x, z, radius of the tray, height of the heap, radius of a fruit
    (SALAK, -1.12, 2.62, 0.30, 0.17, 0.036),
    (GUAVA, -0.40, 2.66, 0.31, 0.20, 0.038),
    (LIME, 0.36, 2.64, 0.31, 0.17, 0.028),
    (MANGO, 1.10, 2.62, 0.32, 0.19, 0.050),
    (MANGO, -0.86, 1.92, 0.32, 0.20, 0.050),
    (MANGOSTEEN, -0.10, 1.95, 0.31, 0.17, 0.034),
    (SALAK, 0.66, 1.93, 0.31, 0.17, 0.036),
    (TOMATO, -0.56, 1.30, 0.31, 0.17, 0.038),
    (ORANGE, 0.16, 1.28, 0.32, 0.20, 0.042),
    (GUAVA, 0.84, 1.32, 0.30, 0.17, 0.038),
)


def draw(width: int, height: int, rng: Random) -> Array:
    """The scene in linear light."""
    view = View(width, height, lens=0.84, horizon=0.06, eye=1.52)
    across, up = view.slopes()
    table_z = np.where(up < -0.05, (TABLE - view.eye) / np.minimum(up, -0.05), 9.0) + 0 * across
    picture = _behind(view, rng)
    picture = _table(picture, view, table_z, rng)
    heap = Heap(picture, Lamp(towards=(-0.55, 0.75, 0.25)), rng)
    picture[:] = _trays(view, rng).over(picture)
    for skin, x, z, wide, tall, radius in STALL:
        _pile(heap, view, skin, (x, TABLE + 0.025, z), (wide, tall, radius), rng)
    picture = heap.finish(width * 0.014, 11.0)
    picture = _stems(view, rng).over(picture)
    depth = heap.depth(table_z.astype(np.float32))
    soft = np.clip((depth - 1.42) / 2.2, 0, 1) + np.clip((1.08 - depth) / 0.5, 0, 0.5)
    return develop.lens_blur(picture, grid.blur(soft.astype(np.float32), width / 400), width / 75)


def _behind(view: View, rng: Random) -> Array:
    """The market beyond the stall: awnings, sunlit trees and points of light, far out of focus."""
    w, h = view.width, view.height
    top = h * 0.30
    rows = np.linspace(0, 1, h, dtype=np.float32)[:, None] * np.ones((1, w), np.float32)
    picture = grid.mix(grid.color((0.75, 0.78, 0.66)), grid.color((0.16, 0.15, 0.10)), np.clip(rows / 0.30, 0, 1))
    sheet = Layer(w, h, 1)
    for _ in range(60):
        x, y, r = rng.uniform(0, w), rng.uniform(-0.02, 0.16) * h, rng.uniform(0.02, 0.06) * w
        shade = rng.uniform(0.3, 1.2)
        sheet.dot(x, y, r, r * 0.8, (0.17 * shade, 0.26 * shade, 0.07 * shade))
    cloths = ((0.05, 0.16, 0.50), (0.85, 0.30, 0.05), (0.90, 0.85, 0.70), (0.62, 0.06, 0.05), (0.10, 0.34, 0.22))
    for i in range(7):
        x = (i - 0.3) * w / 5.6
        paint = grid.color(cloths[i % 5]) * rng.uniform(0.9, 1.3)
        y = h * rng.uniform(0.035, 0.075)
        sheet.polygon(
            [(x, y), (x + w * 0.17, y - h * 0.01), (x + w * 0.195, y + h * 0.07), (x - w * 0.03, y + h * 0.075)], paint
        )
        sheet.line([(x + w * 0.02, y + h * 0.05), (x + w * 0.02, top)], (0.07, 0.05, 0.03), w * 0.006)
        for _ in range(16):
            spot = grid.color(cloths[int(rng.integers(5))]) * rng.uniform(0.35, 0.9)
            sheet.dot(x + rng.uniform(0, w * 0.16), h * rng.uniform(0.16, 0.25), w * 0.016, w * 0.014, spot)
    picture = sheet.over(picture)
    lights = Layer(w, h, 1)
    for _ in range(46):
        r = w * rng.uniform(0.004, 0.013)
        lights.dot(
            rng.uniform(0, w), h * rng.uniform(-0.02, 0.15), r, r, grid.color((2.2, 1.9, 1.2)) * rng.uniform(0.5, 1.1)
        )
    picture = grid.blur(picture, w / 60)
    return lights.over(picture, soft=w / 420, cover=0.55)


def _table(picture: Array, view: View, z: Array, rng: Random) -> Array:
    """A long table of planks under a blue cloth at its far edge."""
    across, _ = view.slopes()
    x = z * across
    wood = grid.fractal(512, 6, 6, rng, gain=0.6)
    plank = np.floor(z / 0.17)
    grain = grid.sample(wood, x / 3.1 + plank * 0.37, z / 0.35)
    seam = grid.ramp(0.0, 0.02, np.abs((z / 0.17) % 1 - 0.5) * -1 + 0.5)
    paint = grid.color((0.21, 0.125, 0.065)) * (1 + 0.42 * grain)[..., None] * (0.45 + 0.55 * seam)[..., None]
    shadow = 0.55 + 0.35 * grid.ramp(-0.6, 0.5, grid.sample(wood, x / 5.0, z / 5.0 + 0.3))
    return np.where((z < 3.15)[..., None], paint * shadow[..., None] * 1.25, picture)


def _ring(view: View, x: float, z: float, radius: float, y: float, count: int = 72) -> list[tuple[float, float]]:
    turns = np.linspace(0, 2 * np.pi, count + 1)
    return [view.spot(x + radius * float(np.cos(a)), y, z + radius * float(np.sin(a))) for a in turns]


def _trays(view: View, rng: Random) -> Layer:
    """Round woven trays (tampah) with a bound rim."""
    sheet = Layer(view.width, view.height, 2)
    for _, x, z, wide, _, _ in STALL:
        sheet.polygon(_ring(view, x, z, wide * 1.17, TABLE + 0.005), (0.05, 0.03, 0.018))
        for k in range(9):
            tone = rng.uniform(0.9, 1.05) * (0.75 if k % 2 else 0.9)
            sheet.polygon(
                _ring(view, x, z, wide * (1.12 - 0.03 * k), TABLE + 0.02), (0.27 * tone, 0.18 * tone, 0.08 * tone)
            )
        rim = _ring(view, x, z, wide * 1.14, TABLE + 0.045)
        thick = 0.021 * view.focal / z
        sheet.line(rim, (0.16, 0.095, 0.04), thick)
        for i in range(72):
            tone = rng.uniform(0.8, 1.2)
            sheet.line(
                [rim[i], ((rim[i][0] + rim[i + 1][0]) / 2, (rim[i][1] + rim[i + 1][1]) / 2)],
                (0.33 * tone, 0.215 * tone, 0.09 * tone),
                thick * 0.8,
            )
    return sheet


def _pile(heap: Heap, view: View, skin: Skin, middle: Color, size: tuple[float, float, float], rng: Random) -> None:
    wide, tall, radius = size
    for r, place in sorted(mound(rng, middle, wide, tall, radius), key=lambda one: -one[1][2]):
        heap.ball(view, place, r, skin, float(rng.uniform(-0.9, 0.9)))


def _stems(view: View, rng: Random) -> Layer:
    """A few leaves laid on the front heaps."""
    sheet = Layer(view.width, view.height, 2)
    for _ in range(16):
        x, z = rng.uniform(-0.06, 0.40), rng.uniform(1.05, 1.30)
        column, row = view.spot(x, TABLE + 0.20 - 0.5 * abs(z - 1.25) - 0.25 * abs(x - 0.16), z)
        angle, length = rng.uniform(0, 2 * np.pi), view.width * rng.uniform(0.022, 0.034)
        path = [
            (column + length * t * np.cos(angle), row + length * t * np.sin(angle) * 0.6 - 8 * np.sin(t * 3))
            for t in np.linspace(0, 1, 9)
        ]
        tone = rng.uniform(0.6, 1.3)
        sheet.blade(path, (0.07 * tone, 0.20 * tone, 0.035 * tone), length * 0.36)
        sheet.line(path[:8], (0.16 * tone, 0.30 * tone, 0.08), 1.2)
    return sheet
