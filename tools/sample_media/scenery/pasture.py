"""Cattle on a misty meadow at sunrise: silhouettes, a bamboo fence, trees in light beams."""

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
    from tools.sample_media.scenery.grid import Array, Random
    from tools.sample_media.scenery.layer import Dot

LIGHT = Light(
    sun=(-0.26, 0.20, 1.0),
    sun_color=(3.4, 2.4, 1.3),
    zenith=(0.13, 0.20, 0.36),
    horizon=(0.66, 0.42, 0.24),
    glow=(1.6, 1.0, 0.45),
    haze=60,
    clouds=0.35,
)
AIR = (0.62, 0.42, 0.24)

GRAZING: tuple[Dot, ...] = (
    (0.02, 0.40), (0.06, 0.335), (0.15, 0.31), (0.24, 0.30), (0.31, 0.255), (0.36, 0.285), (0.50, 0.315),
    (0.62, 0.30), (0.70, 0.29), (0.745, 0.33), (0.79, 0.42), (0.835, 0.55), (0.86, 0.63), (0.905, 0.66),
    (0.965, 0.80), (0.985, 0.875), (0.96, 0.91), (0.925, 0.905), (0.88, 0.83), (0.845, 0.775), (0.82, 0.76),
    (0.775, 0.66), (0.74, 0.63), (0.715, 0.665), (0.705, 0.76), (0.70, 0.86), (0.705, 0.985), (0.665, 0.99),
    (0.662, 0.86), (0.655, 0.74), (0.64, 0.68), (0.63, 0.74), (0.622, 0.86), (0.615, 0.975), (0.58, 0.98),
    (0.583, 0.85), (0.575, 0.70), (0.555, 0.635), (0.42, 0.655), (0.30, 0.625), (0.235, 0.62), (0.225, 0.70),
    (0.20, 0.76), (0.195, 0.86), (0.205, 0.985), (0.165, 0.99), (0.155, 0.87), (0.148, 0.77), (0.14, 0.72),
    (0.128, 0.77), (0.115, 0.86), (0.118, 0.975), (0.08, 0.98), (0.075, 0.86), (0.082, 0.75), (0.075, 0.65),
    (0.055, 0.56), (0.045, 0.48), (0.028, 0.56), (0.022, 0.70), (0.012, 0.78), (0.0, 0.70), (0.008, 0.52),
)  # fmt: skip
"""Outline of a grazing cow, head to the right, in parts of its length (x) and of its length downward (y)."""

STANDING: tuple[Dot, ...] = (
    *GRAZING[:8], (0.70, 0.262), (0.76, 0.215), (0.795, 0.185), (0.80, 0.13), (0.79, 0.085), (0.815, 0.10),
    (0.83, 0.15), (0.85, 0.175), (0.89, 0.215), (0.94, 0.29), (0.978, 0.36), (0.985, 0.405), (0.955, 0.428),
    (0.905, 0.405), (0.87, 0.385), (0.855, 0.44), (0.835, 0.52), (0.80, 0.60), (0.755, 0.655), (0.725, 0.675),
    *GRAZING[24:],
)  # fmt: skip
"""Outline of a standing cow."""


def smooth(dots: tuple[Dot, ...], steps: int = 5) -> list[Dot]:
    """A closed Catmull-Rom curve through the dots."""
    points = np.array(dots, np.float32)
    before, after, beyond = np.roll(points, 1, 0), np.roll(points, -1, 0), np.roll(points, -2, 0)
    found: list[Dot] = []
    for p0, p1, p2, p3 in zip(before, points, after, beyond, strict=True):
        for t in np.arange(steps) / steps:
            q = 0.5 * (
                2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3
            )
            found.append((float(q[0]), float(q[1])))
    return found


def draw(width: int, height: int, rng: Random) -> Array:
    """The scene in linear light."""
    view = View(width, height, lens=1.05, horizon=0.50, eye=1.6)
    picture = _meadow(view, rng)
    _grove(picture, view, rng)
    picture = _mist(picture, view, 0.50, 0.10, 0.55, rng)
    picture = cows(view, ((-4.2, 26.0, 0, -1), (2.2, 24.0, 0, 1), (7.6, 30.0, 1, -1))).over(picture, soft=width / 1100)
    picture = _mist(picture, view, 0.555, 0.05, 0.34, rng)
    picture = cows(view, ((-1.6, 13.5, 1, 1), (3.9, 12.2, 0, -1))).over(picture)
    picture = _fence(view, rng).over(picture)
    picture = _beams(picture, view, rng)
    return _near_grass(picture, view, rng)


def _meadow(view: View, rng: Random) -> Array:
    scene = Backdrop(view, LIGHT, rng)
    w, h, air = view.width, view.height, grid.color(AIR)
    for size, base, tone in ((0.060, 0.065, 0.22), (0.040, 0.03, 0.40)):
        line = sky.ridge(w, scene.level - base * h, h * size, 0.55, rng)
        body = grid.color((0.18, 0.19, 0.24)) * tone + air * (1 - tone) * 0.72
        sky.paint_ridge(scene.picture, np.minimum(line, scene.level - 2), body, air, h * 0.10)
    picture = scene.behind(plain=grid.color((0.15, 0.16, 0.05)), air=air * 1.1, mist=0.05)
    across, up = view.slopes()
    z = view.eye / np.maximum(-up, 0.006) + 0 * across
    tile = grid.fractal(512, 6, 7, rng, gain=0.66)
    tuft = grid.sample(tile, z * across / 3.0, z / 4.6)
    broad = grid.sample(tile, z * across / 21, z / 30)
    paint = grid.mix(
        grid.color((0.035, 0.055, 0.014)), grid.color((0.22, 0.21, 0.05)), grid.ramp(-0.7, 1.1, tuft + 0.35 * broad)
    )
    bright = 0.8 + 1.0 * np.exp(-np.square((across + 0.26) / 0.22)) * np.exp(-z / 60)
    paint = sky.hazed(paint * bright[..., None], z, LIGHT, air * 1.05)
    return np.where((up < -0.006)[..., None], paint, picture).astype(np.float32)


def _grove(picture: Array, view: View, rng: Random) -> None:
    trees = [plants.tree(420, rng, sun=0.2, wide=1.15) for _ in range(3)]
    palms = [plants.palm(420, rng, warm=1.0) for _ in range(2)]
    stands = [(rng.uniform(44, 95), rng.uniform(-0.6, 0.6)) for _ in range(22)]
    stands += [(36.0, 0.40), (33.0, -0.46), (40.0, 0.30)]
    for z, across in sorted(stands, reverse=True):
        column, foot = view.spot(across * z, 0, z)
        palm = rng.uniform() < 0.3
        kind = palms[int(rng.integers(2))] if palm else trees[int(rng.integers(3))]
        tall = rng.uniform(9, 13) if palm else rng.uniform(6, 11)
        share = 1 - 0.62 * math.exp(-z / 70)
        stamp(picture, kind, column, foot + 2, tall * view.focal / z, (grid.color(AIR) * 0.80, share))


def _mist(picture: Array, view: View, row: float, thick: float, strength: float, rng: Random) -> Array:
    """A bank of ground mist around a row (part of the height)."""
    h, w = picture.shape[:2]
    y = np.linspace(0, 1, h, dtype=np.float32)[:, None]
    wisps = grid.resize(grid.fractal(256, 3, 4, rng)[:64], w, h, smooth=False)
    body = np.exp(-np.square((y - row - 0.02 * wisps) / thick)) * (0.8 + 0.35 * wisps)
    return grid.mix(picture, grid.color(AIR) * 1.22, np.clip(body * strength, 0, 0.9))


def cows(view: View, places: tuple[tuple[float, float, int, int], ...]) -> Layer:
    """Cows at (x, z), pose 0 grazing or 1 standing, looking right (1) or left (-1): dark, with a rim of light."""
    sheet = Layer(view.width, view.height, 2)
    for place in places:
        _cow(sheet, view, place)
    return sheet


def _cow(sheet: Layer, view: View, place: tuple[float, float, int, int]) -> None:
    x, z, pose, facing = place
    long = 1.95 * view.focal / z
    column, foot = view.spot(x, 0, z)
    outline = smooth(STANDING if pose else GRAZING)
    dots = [(column + facing * (u - 0.45) * long, foot - (0.985 - v) * long) for u, v in outline]
    share = 1 - math.exp(-z / 46)
    dark = np.array((0.045, 0.028, 0.016)) * (1 - share) + np.array(AIR) * share * 0.62
    rim = np.array((1.25, 0.72, 0.30)) * (1 - 0.4 * share)
    sheet.polygon([(a, b - long * 0.007) for a, b in dots], rim)
    sheet.polygon([(a + facing * 0.001 * long, b + long * 0.004) for a, b in dots], dark)
    if pose:
        ear = [(0.80, 0.19), (0.755, 0.175), (0.735, 0.20), (0.785, 0.225)]
    else:
        ear = [(0.87, 0.64), (0.885, 0.585), (0.915, 0.575), (0.905, 0.64)]
    sheet.polygon([(column + facing * (u - 0.45) * long, foot - (0.985 - v) * long) for u, v in ear], dark * 1.3)


def _fence(view: View, rng: Random) -> Layer:
    """A bamboo fence across the front, in shade."""
    sheet = Layer(view.width, view.height, 2)
    z, posts = 7.2, 7
    for k, y in enumerate((0.38, 0.72)):
        dots = [view.spot(-5 + i * 1.6, y + 0.03 * math.sin(i * 1.7 + k) + rng.normal(0, 0.008), z) for i in range(8)]
        thick = 0.055 * view.focal / z
        for shift, paint in ((0, (0.075, 0.055, 0.025)), (-0.30, (0.55, 0.36, 0.14)), (0.34, (0.028, 0.020, 0.010))):
            sheet.line([(a, b + thick * shift) for a, b in dots], paint, thick if shift == 0 else thick * 0.26)
    for i in range(posts):
        x = -3.9 + i * 1.33 + rng.normal(0, 0.05)
        top, foot = view.spot(x + rng.normal(0, 0.03), 0.98 + rng.normal(0, 0.04), z - 0.1), view.spot(x, -0.1, z - 0.1)
        thick = 0.085 * view.focal / z
        sheet.line([foot, top], (0.060, 0.042, 0.020), thick)
        sheet.line(
            [(foot[0] - thick * 0.34, foot[1]), (top[0] - thick * 0.34, top[1])], (0.50, 0.31, 0.12), thick * 0.20
        )
        for y in (0.28, 0.56, 0.82):
            a, b = view.spot(x, y, z - 0.1)
            sheet.line([(a - thick * 0.5, b), (a + thick * 0.5, b + 1)], (0.030, 0.022, 0.010), thick * 0.14)
    return sheet


def _beams(picture: Array, view: View, rng: Random) -> Array:
    """Rays from the low sun through the trees, and its disc."""
    h, w = picture.shape[:2]
    x = (np.arange(w, dtype=np.float32)[None, :] - (0.5 * w - 0.26 * view.focal)) / w
    y = (np.arange(h, dtype=np.float32)[:, None] - (view.level - 0.20 * view.focal)) / w
    away, angle = np.hypot(x, y), np.arctan2(y, x)
    rays = np.interp(angle, np.linspace(-math.pi, math.pi, 90), rng.uniform(0, 1, 90) ** 2).astype(np.float32)
    light = 0.50 * np.exp(-np.square(away / 0.085)) + (0.16 + 0.26 * rays) * np.exp(-away / 0.22)
    disc = grid.ramp(0.021, 0.015, away) * 1.6
    shown: Array = picture + (light + disc)[..., None] * grid.color((1.0, 0.70, 0.36))
    return shown


def _near_grass(picture: Array, view: View, rng: Random) -> Array:
    w, h = view.width, view.height
    sheet = Layer(w, h, 1)
    count = 620
    x = rng.uniform(-0.02, 1.02, count) * w
    foot = h * np.sort(rng.uniform(0.97, 1.06, count))
    tall = h * rng.uniform(0.05, 0.15, count)
    plants.grass(
        sheet,
        np.stack([x, foot, tall], 1),
        rng,
        light=grid.color((0.26, 0.20, 0.06)),
        dark=grid.color((0.012, 0.016, 0.005)),
    )
    return sheet.over(picture, soft=w / 420)
