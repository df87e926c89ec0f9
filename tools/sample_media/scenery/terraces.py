"""Rice terraces in the morning: flooded steps that mirror the sky, palms, a hamlet and a volcano."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.sample_media.scenery import grid, plants, sky
from tools.sample_media.scenery.backdrop import Backdrop
from tools.sample_media.scenery.layer import Layer, stamp
from tools.sample_media.scenery.sky import Light
from tools.sample_media.scenery.view import Ground, View, cast

if TYPE_CHECKING:
    from tools.sample_media.scenery.grid import Array, Random

LIGHT = Light(
    sun=(-0.75, 0.30, 0.58),
    sun_color=(3.9, 2.9, 1.75),
    zenith=(0.06, 0.23, 0.55),
    horizon=(0.86, 0.76, 0.64),
    glow=(2.4, 1.5, 0.7),
    haze=760,
    clouds=0.60,
)
AIR = (0.60, 0.60, 0.58)
"""Colour of the morning haze."""
_SPAN = 1024.0
"""Metres the hill map covers before it repeats."""


class Hills:
    """A valley cut into steps. Heights come from a wrap-around map, so that slopes can be looked up as well."""

    def __init__(self, rng: Random) -> None:
        self.noise = grid.fractal(1024, 4, 3, rng, gain=0.38)
        self._fine = grid.fractal(512, 16, 5, rng, gain=0.6)

    def base(self, x: Array, z: Array) -> Array:
        """The slope before it was cut into steps."""
        bend = grid.sample(self.noise, x / _SPAN + 0.13, z / _SPAN + 0.42)
        away = np.minimum(z / 110, 1.0)
        right = x + 34 - 0.16 * z
        hill = 0.12 * np.sqrt(np.square(right) + 400) + 0.135 * right + 0.07 * np.minimum(right, 0)
        fall = 12 * np.exp(-np.square((z + 6) / 60)) - 0.030 * z
        result: Array = (hill * (0.35 + 0.65 * away) + fall + bend * (2.0 + np.minimum(z * 0.06, 11))).astype(
            np.float32
        )
        return result

    def steps(self, x: Array, z: Array) -> tuple[Array, Array, Array]:
        """(height, number of the terrace, part of the way across it 0..1)."""
        return self.cut(self.base(x, z), z)

    def cut(self, base: Array, z: Array) -> tuple[Array, Array, Array]:
        """The steps of a slope that is already known."""
        tall = 1.15 + np.minimum(z, 400) * np.float32(0.0035)
        level = base / tall
        floor = np.floor(level)
        part = (level - floor).astype(np.float32)
        rim = 0.10 * grid.ramp(0.05, 0.012, part)
        height = tall * (floor + grid.ramp(0.80, 1.0, part) + rim)
        return height.astype(np.float32), floor.astype(np.float32), part

    def height(self, x: Array, z: Array) -> Array:
        """Height of the ground."""
        return self.steps(x, z)[0]

    def fine(self, x: Array, z: Array, metres: float) -> Array:
        """Fine noise with a period of ``metres``."""
        return grid.sample(self._fine, x / np.float32(metres), z / np.float32(metres))


def draw(width: int, height: int, rng: Random) -> Array:
    """The scene in linear light."""
    view = View(width, height, lens=0.92, horizon=0.37, eye=23.0)
    hills = Hills(np.random.default_rng(20))
    ground = cast(view, hills.height, 9.0, 560.0, 1050)
    back = _backdrop(view, rng)
    picture = _ground(hills, ground, back)
    _plants(picture, view, hills, ground, rng)
    return _foreground(picture, view, rng)


def _backdrop(view: View, rng: Random) -> Backdrop:
    """Sky, a volcano and two ranges over a misty plain."""
    scene = Backdrop(view, LIGHT, rng)
    w, h, level, picture = view.width, view.height, scene.level, scene.picture
    air = grid.color(AIR)
    cone = sky.volcano(w, level, h * 0.27, 0.63, 0.30, rng)
    ribs = grid.resize(grid.fractal(256, 8, 6, rng, gain=0.7), w, picture.shape[0]) * 0.20
    sky.paint_ridge(picture, cone, grid.color((0.20, 0.28, 0.42)), air, h * 0.26, ribs)
    for size, tone in ((0.018, 0.5), (0.022, 0.9)):
        line = sky.ridge(w, level - (0.02 - 0.012 * tone) * h, h * size, 0.62, rng)
        body = grid.color((0.20, 0.28, 0.30)) * tone + air * (1 - tone) * 0.5
        sky.paint_ridge(picture, np.minimum(line, level - 3), body, air, h * 0.12, ribs)
    return scene


def _slope(hills: Hills, ground: Ground) -> tuple[Array, Array]:
    """Slope along x and z; smooth, so every fourth pixel is enough."""
    x, z = ground.x[::4, ::4], ground.z[::4, ::4]
    here = hills.base(x, z)
    tall, wide = ground.x.shape
    gx = grid.resize(hills.base(x + 1, z) - here, wide, tall, smooth=False)
    gz = grid.resize(hills.base(x, z + 1) - here, wide, tall, smooth=False)
    return gx, gz


def _ground(hills: Hills, ground: Ground, back: Backdrop) -> Array:
    x, z = ground.x, ground.z
    here = hills.base(x, z)
    _, number, part = hills.cut(here, z)
    gx, gz = _slope(hills, ground)
    sun = LIGHT.direction
    facing = np.clip(0.55 - (gx * sun[0] + gz * sun[2]) / (np.hypot(gx, gz) + 1e-3) * 0.8, 0.05, 1.6)
    crop = (
        grid.sample(hills.noise, x / 190 + number * 0.37, z / 190 + number * 0.61) + 0.34 * np.sin(number * 2.4) + 0.12
    )
    grain = hills.fine(x, z, 11.0)
    tuft = hills.fine(x, z, 3.1) * np.exp(-z / 70)
    bund = grid.color((0.085, 0.135, 0.026)) * (1 + 0.40 * grain + 0.5 * tuft)[..., None]
    bund = bund * (0.30 + facing)[..., None] * grid.color(LIGHT.sun_color) / 2.3
    soil = np.clip(0.5 * grain + 0.1, 0, 0.6) * grid.ramp(0.93, 0.84, part)
    bund = grid.mix(bund, grid.color((0.15, 0.09, 0.05)) * facing[..., None], soil)
    rice = _rice(crop, grain, tuft)
    water = _water(ground, hills, back)
    flooded = grid.ramp(0.20, 0.06, crop + 0.06 * grain)
    rows = np.sin(here * 40 + 2 * grain)
    young = grid.ramp(-0.42, 0.02, crop) * grid.ramp(-0.2, 0.9, tuft * 1.2 + rows * np.exp(-z / 120) + 0.25)
    flat = grid.mix(rice, grid.mix(water, rice * 0.8, young * 0.75), flooded)
    rim = grid.ramp(0.075, 0.03, part)
    flat = grid.mix(flat, grid.color((0.24, 0.27, 0.06)) * (1.1 + 0.5 * grain[..., None]), rim * 0.9)
    under = 1 - 0.62 * grid.ramp(0.58, 0.80, part) * grid.ramp(0.9, 0.3, facing)
    land = grid.mix(flat * under[..., None], bund, grid.ramp(0.775, 0.825, part))
    land = sky.hazed(land, z, LIGHT, grid.color(AIR))
    return np.where(
        ground.sky[..., None], back.behind(plain=grid.color((0.16, 0.21, 0.11)), air=grid.color(AIR), mist=0.06), land
    )


def _rice(crop: Array, grain: Array, tuft: Array) -> Array:
    fresh, ripe, deep = (
        grid.color((0.155, 0.245, 0.042)),
        grid.color((0.36, 0.29, 0.09)),
        grid.color((0.085, 0.165, 0.035)),
    )
    paint = grid.mix(grid.mix(deep, fresh, grid.ramp(0.0, 0.55, crop)), ripe, grid.ramp(0.62, 0.95, crop))
    return paint * (1.15 + 0.20 * grain + 0.55 * tuft)[..., None] * grid.color(LIGHT.sun_color) / 2.5


def _water(ground: Ground, hills: Hills, back: Backdrop) -> Array:
    """Flooded fields: sky and mountains upside down, shaken by small waves; seen from above, the mud shows."""
    wave = hills.fine(ground.x, ground.z, 5.0) * np.minimum(260 / ground.z, 9)
    mirror, slant = back.mirror(wave * 0.5, wave)
    fresnel = 0.34 + 0.62 * np.power(1 - slant, np.float32(2.2))
    return grid.mix(grid.color((0.105, 0.088, 0.060)), mirror, fresnel)


def _plants(picture: Array, view: View, hills: Hills, ground: Ground, rng: Random) -> None:
    """Palms and groves on the rims, far ones first."""
    palms = [plants.palm(420, rng, warm=0.5) for _ in range(4)]
    trees = [plants.tree(220, rng, hue=h, wide=1.35, trunk=False) for h in (0.0, 0.03, -0.02, 0.05)]
    spots = []
    for _ in range(19):
        z = float(np.exp(rng.uniform(np.log(110), np.log(540))))
        cx = rng.uniform(-0.62, 0.62) * z
        spots += [(z + rng.normal(0, 7), cx + rng.normal(0, 10)) for _ in range(int(rng.integers(3, 11)))]
    for z, x in sorted(spots, reverse=True):
        if z < 70:
            continue
        y = float(hills.height(np.array([x], np.float32), np.array([z], np.float32))[0])
        column, foot = view.spot(x, y, z)
        c, r = round(column), round(foot)
        if not (0 <= c < view.width and 2 < r < view.height - 1) or ground.z[r - 2, c] < z * 0.93:
            continue
        tall = rng.uniform(8, 15)
        kind = palms[int(rng.integers(4))] if rng.uniform() < 0.42 else trees[int(rng.integers(4))]
        if rng.uniform() < 0.5 and kind not in palms:
            tall *= 0.6
        share = 1 - float(np.exp(-z / LIGHT.haze))
        stamp(picture, kind, column, foot + 2, tall * view.focal / z, (grid.color(AIR), share))


def _foreground(picture: Array, view: View, rng: Random) -> Array:
    """One tall palm at the edge and soft grass in front, as a frame."""
    w, h = view.width, view.height
    big = plants.palm(round(h * 0.86), rng, warm=0.6)
    stamp(picture, big, w * 0.085, h * 1.02, h * 0.98, (grid.color(AIR), 0.03))
    sheet = Layer(w, h, 1)
    count = 420
    x = np.sort(rng.uniform(-0.02, 1.02, count)) * w
    foot = np.full(count, h * 1.02) + rng.uniform(0, 0.03, count) * h
    tall = (
        h
        * (0.05 + 0.10 * np.exp(-np.square((x / w - 0.02) / 0.16)) + 0.07 * np.exp(-np.square((x / w - 1.0) / 0.14)))
        * rng.uniform(0.6, 1.2, count)
    )
    plants.grass(
        sheet,
        np.stack([x, foot, tall], 1),
        rng,
        light=grid.color((0.30, 0.36, 0.09)),
        dark=grid.color((0.03, 0.07, 0.015)),
    )
    return sheet.over(picture, soft=w / 330)
