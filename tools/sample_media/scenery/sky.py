"""Sky, clouds, distant mountains and haze."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.sample_media.scenery import grid

if TYPE_CHECKING:
    from tools.sample_media.scenery.grid import Array, Color, Random
    from tools.sample_media.scenery.view import View


@dataclass(frozen=True)
class Light:
    """Sun and air of one moment.

    Args:
        sun: direction to the sun (x, y, z), of any length.
        sun_color: strength of direct light.
        zenith: colour of the sky overhead.
        horizon: colour of the sky at the horizon.
        glow: colour around the sun.
        haze: metres after which about 63 % of a thing is air.
        clouds: cover, 0 (clear) to 1.
    """

    sun: Color
    sun_color: Color = (3.2, 2.9, 2.4)
    zenith: Color = (0.14, 0.32, 0.75)
    horizon: Color = (0.75, 0.88, 1.0)
    glow: Color = (1.6, 1.2, 0.7)
    haze: float = 900.0
    clouds: float = 0.45

    @property
    def direction(self) -> Array:
        """Unit vector to the sun."""
        vector = grid.color(self.sun)
        unit: Array = vector / np.linalg.norm(vector)
        return unit


def shine(light: Light, dx: Array, dy: Array, dz: Array | float = 1.0) -> Array:
    """Colour of the clear sky in a direction (any length; broadcast together)."""
    length = np.sqrt(dx * dx + dy * dy + np.square(dz))
    up = np.maximum(dy / length, 0)
    tall = np.power(1 - np.minimum(up * 1.15, 1), np.float32(3.2))
    base = grid.mix(grid.color(light.zenith), grid.color(light.horizon), tall)
    sx, sy, sz = light.direction
    toward = np.maximum((dx * sx + dy * sy + dz * sz) / length, 0)
    halo = np.power(toward, np.float32(10)) * 0.35 + np.power(toward, np.float32(90)) * 0.9
    result: Array = base + halo[..., None] * grid.color(light.glow)
    return result.astype(np.float32)


def draw_sky(view: View, light: Light, rng: Random) -> Array:
    """The sky of a view (height, width, 3), with clouds on a plane overhead, drawn to below the horizon."""
    across, up = view.slopes()
    up = np.maximum(up, 0.004)
    across = np.broadcast_to(across, (view.height, view.width))
    base = shine(light, across, up)
    if light.clouds <= 0:
        return base
    return add_clouds(base, light, across, up, rng)


def add_clouds(base: Array, light: Light, across: Array, up: Array, rng: Random, drift: float = 0.0) -> Array:
    """Lay a sheet of broken cloud over a sky; ``drift`` moves it (in periods of the noise)."""
    tile = grid.fractal(512, 4, 7, rng, gain=0.56)
    far = 1 / (up + 0.09)
    u, v = across * far * 0.11 + drift, far * 0.085 + np.zeros_like(across)
    cloud = grid.sample(tile, u, v)
    sx = light.direction[0]
    toward = grid.sample(tile, u + np.float32(0.02 * sx), v - np.float32(0.014))
    edge = 0.75 - 1.5 * light.clouds
    cover = grid.ramp(edge, edge + 0.85, cloud) * grid.ramp(0.0, 0.10, up + np.zeros_like(across))
    lit = np.clip(0.62 + (cloud - toward) * 1.3 - grid.ramp(edge + 0.5, edge + 1.7, cloud) * 0.28, 0.25, 1.15)
    white = lit[..., None] * (0.55 * grid.color(light.sun_color) / 3 + 0.5 * grid.color(light.horizon))
    return grid.mix(base, white * 1.05, cover * 0.92)


def ridge(width: int, level: float, size: float, rough: float, rng: Random) -> Array:
    """Skyline of a mountain range: one row per column; smaller rows are higher."""
    line = np.zeros(width, np.float32)
    weight = 1.0
    for octave in range(8):
        knots = rng.uniform(-1, 1, 4 + 3 * 2**octave)
        line += np.float32(weight) * np.interp(
            np.linspace(0, 1, width) * (len(knots) - 1), np.arange(len(knots)), knots
        ).astype(np.float32)
        weight *= rough
    return np.float32(level) - np.float32(size) * (line + 0.6)


def volcano(width: int, level: float, height: float, centre: float, spread: float, rng: Random) -> Array:
    """Skyline of a single cone with concave flanks and a nicked crater; ``centre``/``spread`` as parts of the width."""
    x = np.linspace(0, 1, width, dtype=np.float32)
    away = np.abs(x - centre) / spread
    cone = np.exp(-2.1 * away) - 0.05
    crater = 0.035 * np.exp(-np.square((x - centre - 0.004) / 0.013))
    gullies = np.interp(x, np.linspace(0, 1, 160), rng.uniform(-1, 1, 160)).astype(np.float32) * 0.007
    cap = np.minimum(cone - crater + gullies, 0.80 + gullies - crater)
    shown: Array = (np.float32(level) - np.float32(height) * np.maximum(cap, -0.1)).astype(np.float32)
    return shown


def paint_ridge(
    picture: Array, skyline: Array, body: Array, foot: Array, fall: float, texture: Array | None = None
) -> None:
    """Fill below a skyline (in place): ``body`` colour at the top fading to ``foot`` over ``fall`` pixels."""
    rows = np.arange(picture.shape[0], dtype=np.float32)[:, None]
    inside = np.clip(rows - skyline[None, :] + 0.5, 0, 1)
    down = np.clip((rows - skyline[None, :]) / np.float32(fall), 0, 1)
    paint = grid.mix(body, foot, down)
    if texture is not None:
        paint = paint * (1 + texture * (1 - down))[..., None]
    picture[:] = grid.mix(picture, paint, inside)


def hazed(paint: Array, distance: Array, light: Light, air: Array) -> Array:
    """Aerial perspective: mix in the colour of the air by distance."""
    return grid.mix(paint, air, 1 - np.exp(-distance / np.float32(light.haze)))
