"""An irrigation canal between rice fields: repaired stone walls, running water, palms and hills."""

from __future__ import annotations

from dataclasses import dataclass
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
    sun=(-0.55, 0.62, 0.35),
    sun_color=(3.6, 3.2, 2.5),
    zenith=(0.05, 0.20, 0.58),
    horizon=(0.66, 0.80, 0.92),
    glow=(0.9, 0.75, 0.5),
    haze=900,
    clouds=0.62,
)
AIR = (0.58, 0.68, 0.76)
WATER = -0.62
"""Level of the water below the banks, metres."""
HALF = 0.95
"""Half the width of the canal, metres."""
RUN = 3.6
"""Metres of flow after which the waves repeat."""


class Canal:
    """The shape of the land around the canal and its textures."""

    def __init__(self, rng: Random) -> None:
        self.noise = grid.fractal(512, 6, 6, rng, gain=0.6)
        self.stone, self.joint = grid.cells_tile(512, 14, rng)

    @staticmethod
    def middle(z: Array) -> Array:
        """Centre line of the canal: straight at first, then bending away to the right."""
        result: Array = np.float32(-0.30) - 0.012 * z + 0.0016 * np.square(np.maximum(z - 8, 0)) / (1 + z * 0.012)
        return result

    def away(self, x: Array, z: Array) -> Array:
        """Distance from the centre line, negative on the left."""
        return x - self.middle(z)

    def height(self, x: Array, z: Array) -> Array:
        """Height of the ground (the bed of the canal is its water)."""
        away = self.away(x, z)
        side = np.abs(away)
        edge = HALF + 0.035 * self.look(x, z, 1.9)
        bank = WATER + (0.04 - WATER) * grid.ramp(0, 0.07, side - edge)
        crop = grid.ramp(0.0, 0.25, side - self.verge(away)) * (0.34 + 0.045 * self.look(x, z, 1.5))
        lumps = 0.05 * self.look(x, z, 3.3) * grid.ramp(HALF + 0.35, HALF + 0.6, side)
        result: Array = (bank + crop + lumps).astype(np.float32)
        return result

    @staticmethod
    def verge(away: Array) -> Array:
        """Where the rice begins: close on the left, beyond a path on the right."""
        result: Array = np.where(away < 0, np.float32(HALF + 0.75), np.float32(HALF + 2.05))
        return result

    def look(self, x: Array, z: Array, metres: float) -> Array:
        """Noise with a period of ``metres``."""
        return grid.sample(self.noise, x / np.float32(metres), z / np.float32(metres))


@dataclass(frozen=True)
class Scene:
    """The canal in its parts, so that a clip can let the water run.

    Attributes:
        land: the picture with black where only water is.
        cover: how much of each pixel is water, 0..1.
    """

    view: View
    canal: Canal
    ground: Ground
    back: Backdrop
    land: Array
    cover: Array

    def water(self, flow: float, rows: slice, columns: slice, every: int = 1) -> Array:
        """The water after it has run ``flow`` metres, for a part of the picture, of every n-th pixel."""
        cut = (slice(rows.start, rows.stop, every), slice(columns.start, columns.stop, every))
        whole = self.ground
        part = Ground(whole.x[cut], whole.y[cut], whole.z[cut], whole.sky[cut])
        shown = _water(self.canal, part, self.back, flow, cut)
        return sky.hazed(shown, part.z, LIGHT, grid.color(AIR))


def draw(width: int, height: int, rng: Random) -> Array:
    """The scene in linear light."""
    scene = build(width, height, rng)
    water = scene.water(0.0, slice(0, height), slice(0, width))
    return scene.land + water * scene.cover[..., None]


def build(width: int, height: int, rng: Random) -> Scene:
    """Draw everything but the water."""
    view = View(width, height, lens=0.78, horizon=0.40, eye=1.75)
    canal = Canal(np.random.default_rng(11))
    ground = cast(view, canal.height, 1.6, 260.0, 900)
    back = backdrop(view, rng)
    land, cover = paint(canal, ground, back)
    plant(land, view, rng)
    for sheet, soft in verge_grass(view, canal, rng):
        land = sheet.over(land, soft=soft)
        cover = sheet.hide(cover, soft=soft)
    return Scene(view, canal, ground, back, land, cover)


def backdrop(view: View, rng: Random) -> Backdrop:
    """Sky with summer clouds, blue ranges and a dark line of trees at the end of the fields."""
    scene = Backdrop(view, LIGHT, rng)
    w, h, level, picture = view.width, view.height, scene.level, scene.picture
    air = grid.color(AIR)
    ribs = grid.resize(grid.fractal(256, 8, 6, rng, gain=0.7), w, picture.shape[0]) * 0.30
    for size, base, tone in ((0.050, 0.05, 0.55), (0.034, 0.022, 0.85)):
        line = sky.ridge(w, level - base * h, h * size, 0.55, rng)
        body = grid.color((0.10, 0.19, 0.25)) * tone + air * (1 - tone) * 0.8
        sky.paint_ridge(picture, np.minimum(line, level - 2), body, air * 0.9, h * 0.15, ribs)
    for depth, tall in ((0.55, 0.020), (0.35, 0.015)):
        knots = rng.uniform(0.2, 1, w // 5) ** 1.5
        crowns = np.interp(np.arange(w), np.arange(len(knots)) * 5, knots).astype(np.float32)
        line = np.float32(level) - h * np.float32(tall) * (0.35 + crowns * 0.8)
        body = grid.color((0.05, 0.095, 0.035)) * (1 - depth) + air * depth * 0.6
        sky.paint_ridge(picture, line, body * 1.25, body * 0.6, h * tall, ribs * 2)
    return scene


def paint(canal: Canal, ground: Ground, back: Backdrop) -> tuple[Array, Array]:
    """(colours of the land, black under water; share of water in each pixel)."""
    x, y, z = ground.x, ground.y, ground.z
    away = canal.away(x, z)
    side = np.abs(away)
    fine = grid.speckle(canal.noise, x / 0.9, z / 0.9) * np.exp(-z / 9)
    broad = canal.look(x, z, 6.1)
    land = _banks(canal, ground, away, fine, broad)
    wall = _wall(canal, ground, away, fine)
    bank = np.maximum(grid.ramp(-0.02, 0.03, y + 0.012 * fine), grid.ramp(0.10, 0.14, side - HALF))
    land = grid.mix(wall, land, bank)
    land = land * (1 - 0.45 * grid.ramp(0.22, 0.02, y - WATER + 0.05 * broad))[..., None]
    land = sky.hazed(land, z, LIGHT, grid.color(AIR))
    cover = np.where(side < HALF + 0.12, grid.ramp(0.035, 0.0, y - WATER), 0) * ~ground.sky
    far = back.behind(plain=grid.color((0.14, 0.2, 0.07)), air=grid.color((0.20, 0.28, 0.18)))
    shown = np.where(ground.sky[..., None], far, land) * (1 - cover)[..., None]
    return shown.astype(np.float32), cover.astype(np.float32)


def _banks(canal: Canal, ground: Ground, away: Array, fine: Array, broad: Array) -> Array:
    x, z = ground.x, ground.z
    side, sun = np.abs(away), grid.color(LIGHT.sun_color) / 2.6
    stones = grid.sample(canal.stone, away / 3.0, z / 3.0)
    joint = grid.ramp(0.02, 0.14, grid.sample(canal.joint, away / 3.0, z / 3.0))
    gray = 0.17 + 0.16 * stones + 0.07 * fine
    lip = (gray * (0.55 + 0.45 * joint))[..., None] * grid.color((1.0, 0.95, 0.86)) * 1.35
    earth = grid.color((0.24, 0.165, 0.10)) * (1.0 + 0.35 * fine + 0.22 * broad)[..., None]
    green = grid.color((0.135, 0.20, 0.035)) * (1.0 + 0.65 * fine + 0.3 * broad)[..., None]
    trodden = grid.ramp(0.62, 0.30, np.abs(away - (HALF + 1.15)) + 0.25 * broad)
    soil = grid.mix(green, earth, trodden)
    lush = canal.look(x, z, 2.7)
    rows = np.sin(away * 26 + 0.8 * broad) * np.exp(-z / 14)
    rice = grid.mix(
        grid.color((0.060, 0.115, 0.022)),
        grid.color((0.165, 0.235, 0.050)),
        grid.ramp(-0.7, 0.9, lush + 0.5 * rows + 0.6 * fine + 0.3),
    )
    rice = rice * (1.05 + 0.10 * canal.look(x, z, 23.0))[..., None]
    grown = grid.ramp(0.0, 0.2, side - canal.verge(away) + 0.08 * lush)
    field = grid.mix(soil, rice, grown)
    covered = grid.ramp(0.26, 0.42, side - HALF + 0.10 * broad + 0.06 * fine)
    result: Array = grid.mix(lip, field, covered) * sun
    return result


def _wall(canal: Canal, ground: Ground, away: Array, fine: Array) -> Array:
    """River stones set in mortar; the wall that faces the sun is bright."""
    u, v = ground.z / 2.6, ground.y / 2.6
    stones = grid.sample(canal.stone, u, v)
    round_ = grid.ramp(0.0, 0.35, grid.sample(canal.joint, u, v))
    moss = grid.ramp(0.1, 0.8, canal.look(ground.z, ground.y * 2, 2.3)) * 0.55
    tone = (0.13 + 0.17 * stones + 0.05 * fine) * (0.62 + 0.5 * round_)
    stone = tone[..., None] * grid.color((1.0, 0.94, 0.84))
    stone = grid.mix(stone, grid.color((0.075, 0.10, 0.03)), moss)
    sunny = np.where(away > 0, np.float32(1.45), np.float32(0.55))
    return stone * sunny[..., None] * grid.color(LIGHT.sun_color) / 2.8


def _water(canal: Canal, ground: Ground, back: Backdrop, flow: float, cut: tuple[slice, slice]) -> Array:
    """Running water: mirrors walls and sky, brown where one looks into it, foam along the walls.

    All its noise repeats after ``RUN`` metres of flow.
    """
    x, z = ground.x, ground.z
    away = canal.away(x, z)
    here = z + np.float32(flow)
    wave = canal.look(away * 1.9, here * 0.5, RUN / 2) + 0.6 * grid.sample(canal.noise, away / 0.55, here / (RUN / 3))
    push = np.minimum(np.float32(0.022 * back.view.height) / np.power(z, np.float32(0.7)), 40)
    mirror, slant = back.mirror(wave * push * 0.6, np.abs(wave) * push * 1.6, cut)
    drift = (x / z) + 0.012 - 0.02 * wave
    wall = np.where(drift < 0, -np.float32(HALF) - away, np.float32(HALF) - away)
    rise = slant * wall / np.where(np.abs(drift) < 0.012, np.copysign(np.float32(0.012), drift), drift)
    shaded = grid.ramp(0.74, 0.50, rise + 0.10 * wave)
    sunny = np.where(drift > 0, np.float32(0.24), np.float32(0.075))
    stone = sunny[..., None] * (1 + 0.25 * wave)[..., None] * grid.color((1.0, 0.92, 0.76))
    mirror = grid.mix(mirror, stone, shaded)
    murk = grid.color((0.115, 0.100, 0.058)) * (1 + 0.16 * wave)[..., None]
    fresnel = np.clip(0.08 + 0.86 * np.power(1 - slant, np.float32(3.0)) + 0.14 * wave, 0, 1)
    water = grid.mix(murk, mirror, fresnel)
    foam = grid.ramp(0.62, 1.35, grid.sample(canal.noise, away / 0.8, here / RUN) + 1.5 * np.square(away / HALF) - 0.95)
    glint = grid.ramp(1.15, 1.7, wave) * 0.5
    return grid.mix(water, grid.color((0.92, 0.94, 0.92)), np.clip(foam * 0.38 + glint, 0, 0.8))


def plant(picture: Array, view: View, rng: Random) -> None:
    """Palms and trees at the edges of the fields, far ones first."""
    palms = [plants.palm(520, rng) for _ in range(3)]
    trees = [plants.tree(300, rng, hue=hue, wide=1.3, trunk=False) for hue in (0.0, 0.02)]
    stands = [(rng.uniform(70, 150), side * rng.uniform(0.16, 0.95)) for side in (-1, 1) for _ in range(16)]
    stands += [(46.0, -0.60), (42.0, -0.52), (37.0, 0.66), (52.0, 0.57)]
    for z, across in sorted(stands, reverse=True):
        x = across * z * 0.66
        column, foot = view.spot(x, 0.1, z)
        is_palm = z < 60 or rng.uniform() < 0.45
        kind = palms[int(rng.integers(3))] if is_palm else trees[int(rng.integers(2))]
        tall = rng.uniform(9, 13) if is_palm else rng.uniform(4, 7.5)
        share = 1 - float(np.exp(-z / LIGHT.haze * 1.6))
        stamp(picture, kind, column, foot + 3, tall * view.focal / z, (grid.color(AIR), share))


def verge_grass(view: View, canal: Canal, rng: Random) -> list[tuple[Layer, float]]:
    """Tufts along both lips and blades of rice; the nearest sheet is out of focus (sheet, blur in pixels)."""
    far, near = Layer(view.width, view.height, 2), Layer(view.width, view.height, 1)
    for sheet, first, last, count in ((far, 4.2, 40.0, 2600), (near, 1.9, 4.2, 420)):
        z = np.sort(first * np.power(last / first, rng.uniform(0, 1, count)))[::-1].astype(np.float32)
        which = rng.uniform(0, 1, count)
        left = -(HALF + 0.42 + np.abs(rng.normal(0, 0.14, count)))
        path = HALF + 0.42 + np.abs(rng.normal(0, 0.16, count))
        rice_left, rice_right = -(HALF + 0.75 + rng.uniform(0, 2.2, count)), HALF + 2.05 + rng.uniform(0, 2.2, count)
        away = np.select([which < 0.25, which < 0.45, which < 0.75], [left, path, rice_left], rice_right)
        tall = np.where(which < 0.45, rng.uniform(0.08, 0.30, count), rng.uniform(0.35, 0.62, count))
        column = view.width / 2 + (canal.middle(z) + away) * view.focal / z
        spots = np.stack([column, view.level + view.eye * view.focal / z, tall * view.focal / z], 1)
        seen = (column > -90) & (column < view.width + 90)
        light, dark = grid.color((0.276, 0.357, 0.080)), grid.color((0.035, 0.065, 0.014))
        plants.grass(sheet, spots[seen].astype(np.float32), rng, light=light, dark=dark)
    return [(far, 0.0), (near, view.width / 520)]
