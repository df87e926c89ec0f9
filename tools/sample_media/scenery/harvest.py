"""Ripe rice in the last sun, close up: bowed ears in focus, a golden field and palms behind."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tools.sample_media.scenery import grid, plants, sky
from tools.sample_media.scenery.backdrop import Backdrop
from tools.sample_media.scenery.layer import Layer, stamp
from tools.sample_media.scenery.sky import Light
from tools.sample_media.scenery.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.sample_media.scenery.grid import Array, Random
    from tools.sample_media.scenery.layer import Dot

LIGHT = Light(
    sun=(0.30, 0.17, 1.0),
    sun_color=(4.2, 2.6, 1.1),
    zenith=(0.10, 0.16, 0.34),
    horizon=(0.80, 0.42, 0.20),
    glow=(1.8, 0.95, 0.38),
    haze=260,
    clouds=0.5,
)


def draw(width: int, height: int, rng: Random) -> Array:
    """The scene in linear light."""
    view = View(width, height, lens=0.9, horizon=0.46, eye=1.3)
    picture = field(view, rng)
    for sheet, soft in ears(view, rng):
        picture = sheet.over(picture, soft=soft)
    return flare(picture, view)


def field(view: View, rng: Random) -> Array:
    """Sky, hills, a line of palms and the field far out of focus."""
    scene = Backdrop(view, LIGHT, rng)
    w, h = view.width, view.height
    air = grid.color((0.62, 0.34, 0.17))
    for size, base, tone in ((0.045, 0.035, 0.35), (0.030, 0.012, 0.65)):
        line = sky.ridge(w, scene.level - base * h, h * size, 0.55, rng)
        body = grid.color((0.20, 0.16, 0.20)) * tone + air * (1 - tone) * 0.75
        sky.paint_ridge(scene.picture, np.minimum(line, scene.level - 2), body, air * 0.9, h * 0.10)
    picture = scene.behind(plain=grid.color((0.42, 0.27, 0.07)), air=air, mist=0.02)
    palms = [plants.palm(300, rng, warm=1.0) for _ in range(3)]
    trees = [plants.tree(180, rng, hue=0.05, wide=1.4, trunk=False) for _ in range(2)]
    for _ in range(34):
        z = rng.uniform(50, 130)
        x = rng.uniform(-0.62, 0.62) * z
        column, foot = view.spot(x, 0.6, z)
        is_palm = rng.uniform() < 0.5
        kind = palms[int(rng.integers(3))] if is_palm else trees[int(rng.integers(2))]
        tall = rng.uniform(8, 12) if is_palm else rng.uniform(3.5, 6)
        stamp(picture, kind, column, foot + 2, tall * view.focal / z, (air * 0.55, 0.45 + z / 600))
    picture = grid.blur(picture, w / 170)
    rows = np.arange(h, dtype=np.float32)[:, None] + np.zeros((1, w), np.float32)
    below = grid.ramp(view.level - 2, view.level + 0.10 * h, rows)
    tile = grid.fractal(512, 6, 6, rng, gain=0.62)
    depth = np.maximum(rows - view.level, 2) / h
    across = (np.arange(w, dtype=np.float32)[None, :] - w / 2) / w / depth
    tuft = grid.sample(tile, across * 0.22, 0.20 / depth)
    gold = grid.mix(grid.color((0.13, 0.075, 0.018)), grid.color((0.42, 0.235, 0.055)), grid.ramp(-0.8, 0.9, tuft))
    back = 0.75 + 0.9 * np.exp(-np.square((np.arange(w, dtype=np.float32)[None, :] / w - 0.77) / 0.25))
    return grid.mix(picture, gold * back[..., None], below * 0.88)


def ears(view: View, rng: Random) -> Iterator[tuple[Layer, float]]:
    """Rows of rice from far (soft) through the focus to the very near (soft again)."""
    w, h = view.width, view.height
    for foot, tall, count, soft, fine in (
        (0.82, 0.28, 120, 6.5, 1), (1.00, 0.44, 80, 4.0, 1), (1.16, 0.80, 40, 0.0, 2), (1.62, 1.02, 7, 17.0, 1),
    ):  # fmt: skip
        sheet = Layer(w, h, fine)
        for x in rng.permutation(np.linspace(-0.08, 1.08, count)):
            size = h * tall * rng.uniform(0.82, 1.12)
            stalk(sheet, (w * (x + rng.normal(0, 0.012)), h * foot), size, rng, detail=soft < 1)
        yield sheet, soft * w / 1600


def stalk(sheet: Layer, foot: Dot, size: float, rng: Random, *, detail: bool = True) -> None:
    """One plant: two or three leaves, a stem, and an ear bowed by its grains."""
    side = 1 if rng.uniform() < 0.72 else -1
    bow = side * rng.uniform(0.16, 0.42)
    for _ in range(3):
        lean = rng.normal(0, 0.22)
        high = rng.uniform(0.55, 0.98)
        tone = rng.uniform(0.55, 1.25)
        green = rng.uniform(0, 1)
        paint = np.array((0.26 - 0.15 * green, 0.17 - 0.02 * green, 0.03)) * tone
        leaf = [
            (foot[0] + size * lean * t * t * 1.2, foot[1] - size * high * (t - 0.22 * t**3 * abs(lean) * 3))
            for t in np.linspace(0, 1, 9)
        ]
        sheet.blade(leaf, paint, size * 0.022)
    path = [(foot[0] + size * bow * t**3.2, foot[1] - size * _rise(t, bow)) for t in np.linspace(0, 1, 22)]
    sheet.line(path[:14], (0.36, 0.29, 0.07), max(1.0, size * 0.006))
    _grains(sheet, path, size, side, rng, 64 if detail else 26)


def _rise(t: float, bow: float) -> float:
    """How high the stem is at a part of its length: straight up, then bowed over by the ear."""
    return 0.93 * t - 0.30 * math.pow(max(0.0, t - 0.55), 1.6) * (0.6 + abs(bow)) * 4


def _grains(sheet: Layer, path: list[Dot], size: float, side: int, rng: Random, count: int) -> None:
    big = size * (0.0165 if count > 40 else 0.022)
    for i in range(count):
        t = 0.56 + 0.44 * i / count
        k = min(int(t * 21), 20)
        part = t * 21 - k
        x = path[k][0] + (path[k + 1][0] - path[k][0]) * part
        y = path[k][1] + (path[k + 1][1] - path[k][1]) * part
        dx, dy = path[k + 1][0] - path[k][0], path[k + 1][1] - path[k][1]
        norm = math.hypot(dx, dy) or 1.0
        spread = rng.normal(0, 0.014) * size * (1 - 0.5 * (t - 0.56))
        hang = abs(rng.normal(0, 0.016)) * size
        gx, gy = x - dy / norm * spread, y + dx / norm * spread + hang
        turn = math.atan2(dy, dx) + rng.normal(0, 0.45)
        c, s = math.cos(turn) * big, math.sin(turn) * big
        tone = rng.uniform(0.55, 1.25)
        dark = (0.27 * tone, 0.135 * tone, 0.026 * tone)
        light = (0.88 * tone, 0.50 * tone, 0.125 * tone)
        body = [
            (gx - c, gy - s),
            (gx - s * 0.36 - c * 0.1, gy + c * 0.36 - s * 0.1),
            (gx + c, gy + s),
            (gx + s * 0.36 - c * 0.1, gy - c * 0.36 - s * 0.1),
        ]
        sheet.polygon(body, dark)
        rim = side * 0.36
        sheet.polygon([body[0], (gx + s * rim * 0.9, gy - abs(c) * 0.36), body[2], (gx, gy - big * 0.05)], light)


def flare(picture: Array, view: View) -> Array:
    """The low sun: a warm veil and its glow."""
    w, h = view.width, view.height
    x = np.linspace(0, 1, w, dtype=np.float32)[None, :]
    y = np.linspace(0, h / w, h, dtype=np.float32)[:, None]
    away = np.hypot(x - 0.77, y - 0.225)
    glow = 0.50 * np.exp(-np.square(away / 0.11)) + 0.20 * np.exp(-away / 0.22)
    disc = grid.ramp(0.024, 0.017, away) * 2.2
    veil = grid.color((1.0, 0.52, 0.18))
    shown: Array = (
        picture
        + glow[..., None] * veil
        + disc[..., None] * grid.color((1.0, 0.9, 0.66)) * grid.ramp(0.46 * h / w, 0.30 * h / w, y + 0 * x)[..., None]
    )
    return shown
