"""Round things with depth: fruit and river stones that cover one another and darken the gaps between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.sample_media.scenery import grid

if TYPE_CHECKING:
    from tools.sample_media.scenery.grid import Array, Color, Random
    from tools.sample_media.scenery.view import View


@dataclass(frozen=True)
class Skin:
    """How a solid looks.

    Args:
        paint: linear colour.
        blush: second colour, mixed in by broad noise and towards the top.
        gloss: strength of the highlight.
        tight: how small the highlight is (exponent).
        bump: depth of the fine relief, 0..1.
        grain: periods of the relief noise across the solid.
        squash: width and height of the solid as multiples of its radius.
    """

    paint: Color
    blush: Color
    gloss: float = 0.5
    tight: float = 40.0
    bump: float = 0.1
    grain: float = 0.5
    squash: tuple[float, float] = (1.0, 1.0)


@dataclass(frozen=True)
class Lamp:
    """Light on solids: direction to the light (x right, y up, z to the eye), its colour, and light from all around."""

    towards: Color = (-0.5, 0.75, 0.45)
    sun: Color = (1.9, 1.65, 1.25)
    above: Color = (0.42, 0.47, 0.55)
    below: Color = (0.20, 0.15, 0.10)


class Heap:
    """Solids in front of a picture, nearest wins.

    Args:
        picture: what lies behind; it is painted on by ``finish``.
        lamp: the light.
        rng: for the relief noise.
    """

    def __init__(self, picture: Array, lamp: Lamp, rng: Random) -> None:
        self._picture, self._lamp, self._rng = picture, lamp, rng
        self._near = np.full(picture.shape[:2], -np.inf, np.float32)
        self._paint = np.zeros_like(picture)
        self._relief = grid.fractal(256, 8, 5, rng, gain=0.75)
        self._broad = grid.smooth_tile(256, 4, rng)
        towards = grid.color(lamp.towards)
        self._towards = towards / np.linalg.norm(towards)

    def ball(self, view: View, place: Color, radius: float, skin: Skin, turn: float = 0.0) -> None:
        """Add one solid at ``place`` (metres) with ``radius`` (metres), turned in the picture by ``turn`` radians."""
        column, row = view.spot(*place)
        size = radius * view.focal / place[2]
        reach = size * max(skin.squash) + 2
        x0, x1 = max(int(column - reach), 0), min(int(column + reach) + 1, view.width)
        y0, y1 = max(int(row - reach), 0), min(int(row + reach) + 1, view.height)
        if x0 >= x1 or y0 >= y1:
            return
        dx = (np.arange(x0, x1, dtype=np.float32) + 0.5 - column)[None, :]
        dy = (np.arange(y0, y1, dtype=np.float32) + 0.5 - row)[:, None]
        c, s = np.float32(np.cos(turn)), np.float32(np.sin(turn))
        u, v = (dx * c + dy * s) / (size * skin.squash[0]), (dy * c - dx * s) / (size * skin.squash[1])
        square = u * u + v * v
        front = np.sqrt(np.maximum(1 - square, 0))
        near = np.where(square < 1, np.float32(radius) * front - np.float32(place[2]), -np.inf)
        here = self._near[y0:y1, x0:x1]
        wins = near > here
        if not wins.any():
            return
        paint = self._shade(u, v, front, (c, s), skin) * np.float32(self._rng.uniform(0.86, 1.1))
        here[wins] = near[wins]
        self._paint[y0:y1, x0:x1][wins] = paint[wins]

    def _shade(self, u: Array, v: Array, front: Array, turned: tuple[np.float32, np.float32], skin: Skin) -> Array:
        a, b = self._rng.uniform(0, 1, 2).astype(np.float32)
        g = np.float32(skin.grain)
        relief = grid.sample(self._relief, u * g + a, v * g + b)
        across = grid.sample(self._relief, u * g + a + np.float32(0.012), v * g + b) - relief
        down = grid.sample(self._relief, u * g + a, v * g + b + np.float32(0.012)) - relief
        bump = np.float32(skin.bump * 3)
        c, s = turned
        nu, nv = u / skin.squash[0] - bump * across, v / skin.squash[1] - bump * down
        nx, ny, nz = nu * c - nv * s, -(nu * s + nv * c), front
        length = np.sqrt(nx * nx + ny * ny + nz * nz) + 1e-4
        nx, ny, nz = nx / length, ny / length, nz / length
        lx, ly, lz = self._towards
        lit = np.maximum(nx * lx + ny * ly + nz * lz, 0)
        half = np.array((lx, ly, lz + 1), np.float32)
        half /= np.linalg.norm(half)
        shine = np.power(np.maximum(nx * half[0] + ny * half[1] + nz * half[2], 0), np.float32(skin.tight))
        blush = np.clip(0.5 + 0.55 * grid.sample(self._broad, u * 0.16 + b, v * 0.16 + a) - 0.25 * v, 0, 1)
        skin_paint = grid.mix(grid.color(skin.paint), grid.color(skin.blush), blush) * (1 + 0.16 * relief)[..., None]
        lamp = self._lamp
        around = grid.mix(grid.color(lamp.below), grid.color(lamp.above), 0.5 + 0.5 * ny)
        rim = np.power(1 - nz, np.float32(3)) * 0.10
        result: Array = skin_paint * (lit[..., None] * grid.color(lamp.sun) + around)
        shown: Array = (
            result + (shine * np.float32(skin.gloss))[..., None] * grid.color(lamp.sun) * 0.5 + rim[..., None] * around
        )
        return shown

    def finish(self, gap: float, deep: float = 14.0) -> Array:
        """The picture with all solids; gaps are darkened within about ``gap`` pixels, ``deep`` per metre of depth."""
        there = np.isfinite(self._near)
        floor = np.float32(np.min(self._near[there])) if there.any() else np.float32(0)
        near = np.where(there, self._near, floor)
        dark = np.maximum(grid.blur(near, gap) - near, 0) + 0.6 * np.maximum(grid.blur(near, gap / 3) - near, 0)
        shade = np.exp(-np.float32(deep) * dark)
        inside = grid.blur(there.astype(np.float32), 0.6)
        ground_shade = 1 - 0.55 * grid.blur(there.astype(np.float32), gap * 1.4)
        behind = self._picture * ground_shade[..., None]
        return np.where(there[..., None], grid.mix(behind, self._paint * shade[..., None], inside), behind)

    def depth(self, otherwise: Array) -> Array:
        """Distance of every pixel in metres; ``otherwise`` where no solid is."""
        result: Array = np.where(np.isfinite(self._near), -self._near, otherwise)
        return result


def mound(rng: Random, middle: Color, wide: float, tall: float, radius: float) -> list[tuple[float, Color]]:
    """Places of equal balls in a mound: (radius, (x, y, z)) in metres, ``wide`` its radius on the table."""
    found = []
    layers = max(1, round(tall / (radius * 1.45)))
    for layer in range(layers + 1):
        reach = wide * (1 - layer / (layers + 0.5)) ** 0.62
        count = max(1, int(1.0 * (reach / radius) ** 2))
        for i in range(count):
            distance = reach * ((i + 0.5) / count) ** 0.5
            angle = i * 2.399963 + layer
            jitter = rng.normal(0, 0.12 * radius, 3)
            x = middle[0] + distance * np.cos(angle) + jitter[0]
            z = middle[2] + distance * np.sin(angle) + jitter[2]
            y = middle[1] + radius * (0.9 + 1.45 * layer) + jitter[1]
            found.append((radius * rng.uniform(0.90, 1.08), (float(x), float(y), float(z))))
    return found
