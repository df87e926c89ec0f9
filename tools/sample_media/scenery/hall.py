"""The village hall: a pendopo with a tiled roof, a lawn, the flag and palms in the morning."""

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
    from tools.sample_media.scenery.grid import Array, Color, Random

LIGHT = Light(
    sun=(-0.70, 0.60, -0.35),
    sun_color=(3.3, 2.9, 2.2),
    zenith=(0.05, 0.19, 0.55),
    horizon=(0.60, 0.76, 0.90),
    glow=(0.2, 0.2, 0.15),
    haze=700,
    clouds=0.62,
)
FRONT, BACK, HALF = 17.0, 25.0, 7.4
"""Distance of the front columns and of the back wall, half the width of the hall, in metres."""
MIDDLE = 0.35
"""Where the hall's axis lies, metres right of the eye."""


def draw(width: int, height: int, rng: Random) -> Array:
    """The scene in linear light."""
    view = View(width, height, lens=0.80, horizon=0.62, eye=1.65)
    picture = _surroundings(view, rng)
    picture = _ground(picture, view, rng)
    picture = _shade(view).over(picture, soft=width / 260, cover=0.60)
    sheet = Layer(width, height, 2)
    _inside(sheet, view, rng)
    _steps(sheet, view)
    _columns(sheet, view)
    _roof(sheet, view, rng)
    _hedge(sheet, view, rng)
    _flag(sheet, view)
    picture = sheet.over(picture)
    return _frame(picture, view, rng)


def _surroundings(view: View, rng: Random) -> Array:
    scene = Backdrop(view, LIGHT, rng)
    w, h = view.width, view.height
    air = grid.color((0.52, 0.64, 0.72))
    ribs = grid.resize(grid.fractal(256, 8, 6, rng, gain=0.7), w, scene.picture.shape[0]) * 0.3
    for size, base, tone in ((0.07, 0.13, 0.5), (0.05, 0.07, 0.9)):
        line = sky.ridge(w, scene.level - base * h, h * size, 0.55, rng)
        body = grid.color((0.09, 0.17, 0.17)) * tone + air * (1 - tone) * 0.8
        sky.paint_ridge(scene.picture, np.minimum(line, scene.level - 2), body, air * 0.9, h * 0.2, ribs)
    picture = scene.behind(plain=grid.color((0.12, 0.19, 0.05)), air=grid.color((0.16, 0.22, 0.10)))
    palms = [plants.palm(520, rng) for _ in range(3)]
    trees = [plants.tree(420, rng, hue=hue, wide=1.2, trunk=False) for hue in (0.0, 0.025)]
    stands = [(rng.uniform(34, 60), rng.uniform(-0.62, 0.62)) for _ in range(26)]
    for z, across in sorted(stands, reverse=True):
        column, foot = view.spot(across * z, -0.3, z)
        palm = rng.uniform() < 0.36
        kind = palms[int(rng.integers(3))] if palm else trees[int(rng.integers(2))]
        tall = rng.uniform(11, 15) if palm else rng.uniform(5, 9)
        stamp(picture, kind, column, foot + 2, tall * view.focal / z, (air, 1 - math.exp(-z / 380)))
    return picture


def _ground(picture: Array, view: View, rng: Random) -> Array:
    """Lawn with a paved way to the steps."""
    across, up = view.slopes()
    z = (view.eye / np.maximum(-up, 0.02) + 0 * across).astype(np.float32)
    x = z * across - MIDDLE * np.minimum(z / FRONT, 1)
    tile = grid.fractal(512, 6, 7, rng, gain=0.7)
    fine, broad = grid.sample(tile, x / 1.3, z / 2.2), grid.sample(tile, x / 9, z / 9)
    lawn = grid.mix(
        grid.color((0.095, 0.150, 0.030)), grid.color((0.165, 0.225, 0.052)), grid.ramp(-0.9, 1.0, fine + 0.5 * broad)
    )
    mown = 1 + 0.10 * np.sign(np.sin(x * 3.0))
    lawn = lawn * (1.15 * mown)[..., None]
    rows = np.floor(z / 0.42)
    bricks = np.abs(((x / 0.42 + 0.5 * (rows % 2)) % 1) - 0.5)
    joint = np.minimum(0.5 - bricks, 0.5 - np.abs((z / 0.42) % 1 - 0.5))
    shade = grid.speckle(tile, np.floor(x / 0.42 + 0.5 * (rows % 2)) * 0.137, rows * 0.211)
    paving = grid.color((0.36, 0.32, 0.28)) * (1 + 0.16 * shade + 0.10 * fine)[..., None]
    paving = grid.mix(grid.color((0.11, 0.12, 0.06)), paving, grid.ramp(0.01, 0.05, joint + 0.012 * fine) * 0.8 + 0.2)
    way = grid.ramp(1.62, 1.52, np.abs(x) + 0.05 * fine)
    border = grid.ramp(1.78, 1.72, np.abs(x)) - way
    land = grid.mix(grid.mix(lawn, paving * 1.2, way), grid.color((0.44, 0.42, 0.38)), np.clip(border, 0, 1) * 0.9)
    return np.where(((up < -0.02) & (z < 33))[..., None], land, picture)


def _quad(sheet: Layer, view: View, corners: tuple[Color, Color, Color, Color], paint: Array | Color) -> None:
    sheet.polygon([view.spot(x + MIDDLE, y, z) for x, y, z in corners], paint)


def _shade(view: View) -> Layer:
    sheet = Layer(view.width, view.height, 1)
    corners = (
        (-HALF - 0.6, 0.0, FRONT - 1.9),
        (HALF + 3.0, 0.0, FRONT - 1.9),
        (HALF + 3.0, 0.0, BACK),
        (-HALF, 0.0, BACK),
    )
    _quad(sheet, view, corners, (0.010, 0.013, 0.010))
    return sheet


def _upright(sheet: Layer, view: View, z: float, box: tuple[float, float, float, float], paint: Array | Color) -> None:
    """A rectangle that faces the eye at depth z; ``box``: left, right, low, high."""
    x0, x1, y0, y1 = box
    _quad(sheet, view, ((x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)), paint)


def _slab(
    sheet: Layer, view: View, box: tuple[float, float, float, float], y: tuple[float, float], paint: Color
) -> None:
    """A sloping or level surface; ``box``: left, right, near, far; ``y``: its height near and far."""
    x0, x1, z0, z1 = box
    _quad(sheet, view, ((x0, y[0], z0), (x1, y[0], z0), (x1, y[1], z1), (x0, y[1], z1)), paint)


def _inside(sheet: Layer, view: View, rng: Random) -> None:
    """The hall under its roof: tiled floor, back wall with doors and shutters, dark rafters."""
    floor, top, front = 0.55, 3.6, FRONT - 0.6
    _slab(sheet, view, (-HALF, HALF, front, BACK), (floor, floor), (0.20, 0.16, 0.125))
    for i in range(9):
        z = front + i * 0.95
        _slab(sheet, view, (-HALF, HALF, z, z + 0.05), (floor, floor), (0.14, 0.11, 0.09))
    _upright(sheet, view, BACK, (-HALF, HALF, floor, top + 1), (0.36, 0.315, 0.22))
    _upright(sheet, view, BACK, (-HALF, HALF, floor, floor + 0.9), (0.055, 0.12, 0.075))
    for x in (-5.6, -3.2, 3.2, 5.6):
        _opening(sheet, view, (x - 0.75, x + 0.75, 1.5, 2.9), rng)
    _opening(sheet, view, (-1.1, 1.1, floor, 3.0), rng)
    _slab(sheet, view, (-HALF - 1, HALF + 1, FRONT, BACK), (top - 0.35, top + 1.2), (0.050, 0.033, 0.020))
    for i in range(27):
        x = -HALF + i * 2 * HALF / 26
        _slab(sheet, view, (x, x + 0.09, FRONT, BACK), (top - 0.36, top + 0.9), (0.095, 0.062, 0.036))


def _opening(sheet: Layer, view: View, box: tuple[float, float, float, float], rng: Random) -> None:
    """A door or window with two green louvred leaves in a wooden frame."""
    x0, x1, low, high = box
    sill = 0.14 if low > 1 else 0.0
    _upright(sheet, view, BACK, (x0 - 0.14, x1 + 0.14, low - sill, high + 0.14), (0.30, 0.20, 0.10))
    _upright(sheet, view, BACK, box, (0.040, 0.030, 0.022))
    middle = (x0 + x1) / 2
    for k in range(10):
        y = low + (high - low) * k / 10
        for a, b in ((x0 + 0.06, middle - 0.06), (middle + 0.06, x1 - 0.06)):
            tone = rng.uniform(0.85, 1.1)
            paint = (0.085 * tone, 0.155 * tone, 0.095 * tone)
            _upright(sheet, view, BACK, (a, b, y + 0.03, y + (high - low) / 13), paint)


def _steps(sheet: Layer, view: View) -> None:
    """The raised base with three steps to the way."""
    for low, high, z, wide, tone in (
        (0.0, 0.55, FRONT - 0.62, HALF, 0.80),
        (0.0, 0.18, FRONT - 1.7, 1.9, 1.0),
        (0.18, 0.37, FRONT - 1.3, 1.9, 1.0),
        (0.37, 0.55, FRONT - 0.9, 1.9, 1.0),
    ):
        _quad(
            sheet,
            view,
            ((-wide, low, z), (wide, low, z), (wide, high, z), (-wide, high, z)),
            (0.31 * tone, 0.29 * tone, 0.255 * tone),
        )
        _quad(
            sheet,
            view,
            ((-wide, high, z), (wide, high, z), (wide, high, z + 0.42), (-wide, high, z + 0.42)),
            (0.74 * tone, 0.70 * tone, 0.61 * tone),
        )
    _quad(
        sheet,
        view,
        (
            (-HALF, 0.0, FRONT - 0.63),
            (HALF, 0.0, FRONT - 0.63),
            (HALF, 0.12, FRONT - 0.63),
            (-HALF, 0.12, FRONT - 0.63),
        ),
        (0.08, 0.15, 0.10),
    )


def _columns(sheet: Layer, view: View) -> None:
    """Two rows of columns on green plinths; the front ones catch the sun from the left."""
    for z, tone in ((BACK - 2.6, 0.42), (FRONT, 1.0)):
        for x in (-7.0, -4.3, -1.85, 1.85, 4.3, 7.0):
            for low, high, half, paint in (
                (0.55, 1.15, 0.24, (0.065, 0.175, 0.105)),
                (1.15, 3.55, 0.17, (0.70, 0.66, 0.56)),
                (3.22, 3.40, 0.25, (0.52, 0.36, 0.10)),
            ):
                for k in range(10):
                    a, b = -half + 2 * half * k / 10, -half + 2 * half * (k + 1) / 10 + 0.008
                    turn = (a + b) / 2 / half
                    light = tone * (0.38 + 0.85 * max(0.0, math.cos(math.asin(max(-1.0, min(1.0, turn))) + 0.85)))
                    corner = ((x + a, low, z), (x + b, low, z), (x + b, high, z), (x + a, high, z))
                    _quad(sheet, view, corner, tuple(c * light for c in paint))  # type: ignore[arg-type]
    _quad(
        sheet,
        view,
        (
            (-HALF - 0.2, 3.38, FRONT - 0.05),
            (HALF + 0.2, 3.38, FRONT - 0.05),
            (HALF + 0.2, 3.72, FRONT - 0.05),
            (-HALF - 0.2, 3.72, FRONT - 0.05),
        ),
        (0.16, 0.095, 0.045),
    )
    for i in range(33):
        x = -HALF + i * 2 * HALF / 32
        column, row = view.spot(x + MIDDLE, 3.55, FRONT - 0.05)
        size = 0.075 * view.focal / FRONT
        sheet.polygon(
            [(column, row - size), (column + size, row), (column, row + size), (column - size, row)], (0.48, 0.30, 0.07)
        )


def _roof(sheet: Layer, view: View, rng: Random) -> None:
    """A broad lower slope and a steep upper one, laid with clay tiles row by row."""
    lower = ((HALF + 1.5, 3.52, FRONT - 1.3), (HALF * 0.66, 5.05, FRONT + 2.2))
    upper = ((HALF * 0.62, 5.22, FRONT + 2.2), (HALF * 0.30, 7.55, FRONT + 4.0))
    for side in (-1, 1):
        _quad(
            sheet,
            view,
            (
                (side * lower[0][0], lower[0][1], lower[0][2]),
                (side * lower[1][0], lower[1][1], lower[1][2]),
                (side * lower[1][0], 5.0, BACK),
                (side * lower[0][0], 3.5, BACK),
            ),
            (0.13, 0.05, 0.028),
        )
    for (w0, y0, z0), (w1, y1, z1) in (lower, upper):
        rows = 30
        for j in range(rows - 1, -1, -1):
            t0, t1 = j / rows, (j + 1.25) / rows
            a, b = w0 + (w1 - w0) * t0, w0 + (w1 - w0) * t1
            ya, yb, za, zb = y0 + (y1 - y0) * t0, y0 + (y1 - y0) * t1, z0 + (z1 - z0) * t0, z0 + (z1 - z0) * t1
            _quad(
                sheet, view, ((-a, ya - 0.03, za), (a, ya - 0.03, za), (b, yb, zb), (-b, yb, zb)), (0.10, 0.036, 0.018)
            )
            count = int(2 * a / 0.24)
            for i in range(count):
                u0, u1 = -1 + 2 * i / count, -1 + 2 * (i + 0.84) / count
                age = rng.uniform(0.72, 1.2) * (1 - 0.25 * (rng.uniform() < 0.12))
                paint = (0.47 * age, 0.165 * age**1.2, 0.075 * age)
                _quad(sheet, view, ((a * u0, ya, za), (a * u1, ya, za), (b * u1, yb, zb), (b * u0, yb, zb)), paint)
    ridge = [view.spot(MIDDLE + x, 7.62, FRONT + 4.0) for x in (-HALF * 0.31, HALF * 0.31)]
    sheet.line(ridge, (0.36, 0.13, 0.06), 0.26 * view.focal / 20)
    for (w0, y0, z0), (w1, y1, z1) in (lower, upper):
        for side in (-1, 1):
            ends = [view.spot(MIDDLE + side * w0, y0 + 0.04, z0), view.spot(MIDDLE + side * w1, y1 + 0.04, z1)]
            sheet.line(ends, (0.40 if side < 0 else 0.22, 0.14 if side < 0 else 0.075, 0.06), 0.20 * view.focal / 18)
    eave = [view.spot(MIDDLE + x, 3.46, FRONT - 1.32) for x in (-HALF - 1.5, HALF + 1.5)]
    sheet.line(eave, (0.50, 0.44, 0.32), 0.13 * view.focal / FRONT)


def _hedge(sheet: Layer, view: View, rng: Random) -> None:
    """Clipped hedges with red flowers on both sides of the steps."""
    for side in (-1, 1):
        for _ in range(2600):
            x = side * rng.uniform(2.5, HALF + 0.3)
            y, z = 0.62 * rng.uniform(0, 1) ** 0.8, FRONT - 1.1 - rng.uniform(0, 0.8)
            column, row = view.spot(x + MIDDLE, y, z)
            tone = (0.25 + 1.0 * y) * rng.uniform(0.6, 1.4)
            size = 0.035 * view.focal / z
            paint = (0.11 * tone, 0.21 * tone, 0.035 * tone)
            if rng.uniform() < 0.045 and y > 0.25:
                paint = (0.75, 0.045, 0.05)
            sheet.dot(column, row, size * rng.uniform(0.7, 1.4), size * rng.uniform(0.5, 0.9), paint)


def _flag(sheet: Layer, view: View) -> None:
    """The red and white flag on its pole, moved by a light wind."""
    x, z = -5.6, 13.2
    foot, top = view.spot(x, 0, z), view.spot(x, 7.4, z)
    sheet.line([foot, top], (0.62, 0.62, 0.60), 0.10 * view.focal / z)
    sheet.line([(foot[0] + 2, foot[1]), (top[0] + 2, top[1])], (0.25, 0.25, 0.25), 0.025 * view.focal / z)
    wide, tall = 1.75 * view.focal / z, 1.15 * view.focal / z
    for i in range(60):
        t0, t1 = i / 60, (i + 1.1) / 60
        drop = [0.06 * wide * math.sin(6.5 * t - 0.6) * t + 0.10 * wide * t * t for t in (t0, t1)]
        light = 0.85 + 0.40 * math.cos(6.5 * t0 - 0.2)
        for part, paint in ((0.0, (0.80, 0.020, 0.025)), (0.5, (1.0, 0.98, 0.94))):
            y = top[1] + 6 + part * tall
            dots = [
                (top[0] + wide * t0, y + drop[0]),
                (top[0] + wide * t1, y + drop[1]),
                (top[0] + wide * t1, y + drop[1] + tall / 2 + 1),
                (top[0] + wide * t0, y + drop[0] + tall / 2 + 1),
            ]
            sheet.polygon(dots, [c * light for c in paint])
    foot = view.spot(x, 0.0, z)
    size = 0.5 * view.focal / z
    sheet.polygon(
        [
            (foot[0] - size, foot[1] + size * 0.12),
            (foot[0] + size, foot[1] + size * 0.12),
            (foot[0] + size * 0.8, foot[1] - size * 0.5),
            (foot[0] - size * 0.8, foot[1] - size * 0.5),
        ],
        (0.50, 0.47, 0.42),
    )


def _frame(picture: Array, view: View, rng: Random) -> Array:
    """A branch of leaves above and soft grass below lead the eye in."""
    w, h = view.width, view.height
    sheet = Layer(w, h, 1)
    for _ in range(520):
        t = rng.uniform(0, 1)
        x, y = w * (1.02 - 0.42 * t), h * (-0.02 + 0.10 * (1 - t)) + abs(rng.normal(0, 0.045)) * h * (1 - 0.6 * t)
        size, turn = w * rng.uniform(0.010, 0.018), rng.uniform(0.6, 2.5)
        tone = rng.uniform(0.25, 1.2)
        path = [(x + size * 2 * k * math.cos(turn), y + size * 2 * k * math.sin(turn)) for k in (0, 0.35, 0.7, 1)]
        sheet.blade(path, (0.085 * tone, 0.15 * tone, 0.025 * tone), size * 0.8)
    return sheet.over(picture, soft=w / 260)
