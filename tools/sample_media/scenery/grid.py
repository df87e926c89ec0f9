"""Arrays, wrap-around noise and small helpers that all scenes share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating[Any]]
    Mask = NDArray[np.bool_]
    Random = np.random.Generator

Color = tuple[float, float, float]


def color(value: Color) -> Array:
    """A linear colour as an array of three."""
    return np.array(value, np.float32)


def srgb(code: str) -> Array:
    """``#rrggbb`` as linear light (IEC 61966-2-1)."""
    values = np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255
    linear: Array = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4).astype(np.float32)
    return linear


def ramp(low: float, high: float, value: Array) -> Array:
    """0 up to ``low``, 1 from ``high``, a smooth S between; ``low`` may be above ``high``."""
    t = np.clip((value - np.float32(low)) / np.float32(high - low), 0, 1)
    result: Array = t * t * (3 - 2 * t)
    return result


def mix(a: Array, b: Array, amount: Array) -> Array:
    """``a`` where amount is 0, ``b`` where it is 1; a 2-D amount is spread over the colours."""
    if amount.ndim and amount.ndim != max(a.ndim, b.ndim):
        amount = amount[..., None]
    result: Array = a + (b - a) * amount
    return result


def resize(picture: Array, width: int, height: int, *, smooth: bool = True) -> Array:
    """A float picture (2-D or with colours) in another size."""
    how = Image.Resampling.BICUBIC if smooth else Image.Resampling.BILINEAR
    if picture.ndim == 2:
        return np.asarray(Image.fromarray(picture).resize((width, height), how), np.float32)
    return np.stack([resize(picture[..., i], width, height, smooth=smooth) for i in range(picture.shape[2])], -1)


def blur(picture: Array, radius: float) -> Array:
    """Gaussian-like blur of a float picture: three running means, on a smaller copy when the radius is large."""
    if radius < 0.5:
        return picture
    height, width = picture.shape[:2]
    shrink = max(1, int(radius / 1.5))
    small = picture if shrink == 1 else _shrunk(picture, max(2, width // shrink), max(2, height // shrink))
    size = max(1, round(radius / shrink * 0.98))
    for _ in range(3):
        small = _running_mean(_running_mean(small, size, 0), size, 1)
    return small if shrink == 1 else resize(small, width, height, smooth=False)


def _shrunk(picture: Array, width: int, height: int) -> Array:
    if picture.ndim == 2:
        return np.asarray(Image.fromarray(picture).resize((width, height), Image.Resampling.BOX), np.float32)
    return np.stack([_shrunk(picture[..., i], width, height) for i in range(picture.shape[2])], -1)


def _running_mean(picture: Array, radius: int, axis: int) -> Array:
    pad = [(0, 0)] * picture.ndim
    pad[axis] = (radius + 1, radius)
    # In doubles: a running sum over thousands of floats would drift.
    total = np.cumsum(np.pad(picture, pad, mode="edge"), axis=axis, dtype=np.float64)
    n, wide = picture.shape[axis], 2 * radius + 1
    after, before = (total[wide:], total[:n]) if axis == 0 else (total[:, wide:], total[:, :n])
    return ((after - before) / wide).astype(np.float32)


def smooth_tile(size: int, cells: int, rng: Random) -> Array:
    """Wrap-around value noise, size x size with ``cells`` bumps a side, about -1..1."""
    knots = rng.uniform(-1, 1, (cells, cells)).astype(np.float32)
    padded = np.pad(knots, 3, mode="wrap")
    box = (3.0, 3.0, 3.0 + cells, 3.0 + cells)
    return np.asarray(Image.fromarray(padded).resize((size, size), Image.Resampling.BICUBIC, box=box), np.float32)


def fractal(size: int, cells: int, octaves: int, rng: Random, *, gain: float = 0.5) -> Array:
    """Wrap-around fractal noise (a sum of ``octaves`` layers, each twice as fine), about -1..1."""
    total = np.zeros((size, size), np.float32)
    weight, whole = 1.0, 0.0
    for octave in range(octaves):
        count = cells << octave
        if count > size:
            break
        total += np.float32(weight) * smooth_tile(size, count, rng)
        whole += weight * weight
        weight *= gain
    return total / np.float32(whole**0.5)


def sample(tile: Array, u: Array, v: Array) -> Array:
    """Look up a wrap-around tile (power-of-two side) at u, v in periods, bilinear."""
    size = tile.shape[0]
    x = u * np.float32(size)
    y = v * np.float32(size)
    x0, y0 = np.floor(x), np.floor(y)
    fx, fy = (x - x0).astype(np.float32), (y - y0).astype(np.float32)
    ix, iy = x0.astype(np.int32) & (size - 1), y0.astype(np.int32) & (size - 1)
    ix1, iy1 = (ix + 1) & (size - 1), (iy + 1) & (size - 1)
    flat = tile.ravel()
    top = flat[iy * size + ix]
    top += (flat[iy * size + ix1] - top) * fx
    low = flat[iy1 * size + ix]
    low += (flat[iy1 * size + ix1] - low) * fx
    top += (low - top) * fy
    result: Array = top
    return result


def speckle(tile: Array, u: Array, v: Array) -> Array:
    """Like ``sample`` without interpolation: quick, for textures finer than a pixel."""
    size = tile.shape[0]
    ix = (u * np.float32(size)).astype(np.int32) & (size - 1)
    iy = (v * np.float32(size)).astype(np.int32) & (size - 1)
    found: Array = tile.ravel()[iy * size + ix]
    return found


def cells_tile(size: int, cells: int, rng: Random) -> tuple[Array, Array]:
    """Wrap-around stones: (a random shade per stone 0..1, distance to the joint 0..1) of size x size."""
    points = rng.uniform(0.12, 0.88, (cells, cells, 2)).astype(np.float32)
    shade = rng.uniform(0, 1, (cells, cells)).astype(np.float32)
    axis = (np.arange(size, dtype=np.float32) + 0.5) * cells / size
    x, y = np.meshgrid(axis, axis)
    near = np.full((size, size), 9.0, np.float32)
    second = near.copy()
    owner = np.zeros((size, size), np.float32)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            cx, cy = np.floor(x) + dx, np.floor(y) + dy
            ix, iy = cx.astype(int) % cells, cy.astype(int) % cells
            away = np.hypot(cx + points[iy, ix, 0] - x, cy + points[iy, ix, 1] - y).astype(np.float32)
            closer = away < near
            second = np.where(closer, near, np.minimum(second, away))
            owner = np.where(closer, shade[iy, ix], owner)
            near = np.where(closer, away, near)
    return owner, np.clip(second - near, 0, 1)
