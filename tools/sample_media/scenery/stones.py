"""River stones, mortar buckets and a hoe beside the canal, close up, with the fields out of focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.sample_media.scenery import canal, develop, grid
from tools.sample_media.scenery.layer import Layer
from tools.sample_media.scenery.solids import Heap, Lamp, Skin
from tools.sample_media.scenery.view import View

if TYPE_CHECKING:
    from tools.sample_media.scenery.grid import Array, Color, Random
    from tools.sample_media.scenery.layer import Dot

LAMP = Lamp(towards=(-0.62, 0.72, 0.30), sun=(2.2, 1.95, 1.5), above=(0.40, 0.50, 0.62), below=(0.13, 0.12, 0.08))
STONES = (
    Skin((0.15, 0.145, 0.135), (0.24, 0.23, 0.21), gloss=0.06, tight=10, bump=0.22, grain=0.55, squash=(1.25, 0.86)),
    Skin((0.085, 0.085, 0.088), (0.15, 0.148, 0.145), gloss=0.10, tight=12, bump=0.18, grain=0.50, squash=(1.15, 0.92)),
    Skin((0.22, 0.19, 0.15), (0.30, 0.26, 0.21), gloss=0.04, tight=8, bump=0.26, grain=0.65, squash=(1.30, 0.82)),
    Skin((0.13, 0.105, 0.08), (0.20, 0.16, 0.12), gloss=0.05, tight=9, bump=0.24, grain=0.60, squash=(1.05, 0.95)),
)


def draw(width: int, height: int, rng: Random) -> Array:
    """The scene in linear light (made for an upright picture)."""
    view = View(width, height, lens=0.92, horizon=0.25, eye=1.22)
    far = canal.draw(width // 2, height // 2, np.random.default_rng(4))
    shift = round(0.18 * far.shape[0])
    far = np.concatenate([far[shift:], np.repeat(far[-1:], shift, 0)])
    picture = grid.blur(grid.resize(far, width, height), width / 90)
    across, up = view.slopes()
    distance = (view.eye / np.maximum(-up, 0.02) + 0 * across).astype(np.float32)
    picture = _earth(picture, distance, distance * across, rng)
    stones = _places(rng)
    picture = _shadows(view).over(picture, soft=width / 60, cover=0.55)
    picture = _contacts(view, stones).over(picture, soft=width / 220, cover=0.72)
    heap = Heap(picture, LAMP, rng)
    for radius, place in stones:
        kind = STONES[int(rng.integers(len(STONES)))]
        heap.ball(view, place, radius, kind, float(rng.uniform(-0.7, 0.7)))
    picture = heap.finish(width * 0.020, 7.0)
    picture = _tools(view, rng).over(picture)
    depth = heap.depth(distance)
    soft = np.clip((depth - 3.1) / 5.0, 0, 1) * 0.8 + np.clip((1.55 - depth) / 0.6, 0, 1) * 0.5
    return develop.lens_blur(picture, grid.blur(soft.astype(np.float32), width / 300), width / 90)


def _earth(picture: Array, z: Array, x: Array, rng: Random) -> Array:
    tile = grid.fractal(512, 5, 7, rng, gain=0.68)
    pebbles, joint = grid.cells_tile(512, 40, rng)
    broad = grid.sample(tile, x / 5, z / 5)
    fine = grid.sample(tile, x / 0.8, z / 0.8)
    paint = grid.mix(grid.color((0.21, 0.145, 0.085)), grid.color((0.30, 0.225, 0.15)), grid.ramp(-0.6, 0.8, broad))
    paint = paint * (1 + 0.26 * fine)[..., None]
    loose = grid.ramp(0.84, 0.90, grid.speckle(pebbles, x / 1.1, z / 1.1)) * grid.ramp(
        0.04, 0.3, grid.sample(joint, x / 1.1, z / 1.1)
    )
    paint = grid.mix(paint, grid.color((0.25, 0.22, 0.18)) * (1 + 0.3 * fine)[..., None], loose * 0.45)
    green = grid.ramp(0.1, 0.9, broad + 0.4 * fine + grid.ramp(2.4, 4.2, z) - 0.5)
    paint = grid.mix(paint, grid.color((0.11, 0.165, 0.035)) * (1 + 0.5 * fine)[..., None], green * 0.8)
    return grid.mix(paint * grid.color((1.25, 1.15, 0.98)), picture, grid.ramp(4.6, 7.5, z))


def _places(rng: Random) -> list[tuple[float, Color]]:
    """A heap of stones, larger ones below, and some that rolled away."""
    found: list[tuple[float, Color]] = []
    for layer in range(7):
        reach = 0.82 * (1 - layer / 7.4) ** 0.75
        for _ in range(int(74 * reach * reach) + 3):
            angle, distance = rng.uniform(0, 2 * np.pi), reach * rng.uniform(0, 1) ** 0.5
            radius = float(rng.uniform(0.065, 0.135) * (1 - 0.04 * layer))
            x, z = -0.12 + distance * np.cos(angle), 2.75 + 0.8 * distance * np.sin(angle)
            found.append((radius, (float(x), 0.06 + 0.105 * layer + float(rng.normal(0, 0.02)), float(z))))
    for _ in range(26):
        radius = float(rng.uniform(0.02, 0.075))
        x, z = rng.uniform(-1.1, 1.0), rng.uniform(1.75, 3.2)
        found.append((radius, (float(x), radius * 0.55, float(z))))
    return found


def _shadows(view: View) -> Layer:
    """Shade on the ground to the right of the heap, the buckets and the hoe."""
    sheet = Layer(view.width, view.height, 1)
    for x, z, rx, rz in (
        (0.22, 2.70, 1.05, 0.55),
        (0.66, 2.02, 0.30, 0.15),
        (0.93, 2.38, 0.30, 0.15),
        (-0.44, 1.80, 0.22, 0.07),
    ):
        turns = np.linspace(0, 2 * np.pi, 40)
        dots: list[Dot] = [view.spot(x + rx * float(np.cos(a)), 0, z + rz * float(np.sin(a))) for a in turns]
        sheet.polygon(dots, (0.012, 0.010, 0.008))
    return sheet


def _contacts(view: View, stones: list[tuple[float, Color]]) -> Layer:
    """The small dark shade under every stone that lies on the ground."""
    sheet = Layer(view.width, view.height, 1)
    for radius, (x, y, z) in stones:
        if y < radius:
            column, row = view.spot(x + radius * 0.45, 0.0, z)
            size = radius * view.focal / z
            sheet.dot(column, row + size * 0.05, size * 1.35, size * 0.55, (0.012, 0.010, 0.008))
    return sheet


def _tools(view: View, rng: Random) -> Layer:
    sheet = Layer(view.width, view.height, 2)
    _hoe(sheet, view)
    _bucket(sheet, view, (0.88, 2.42), 0.17, (0.030, 0.032, 0.036), rng)
    _bucket(sheet, view, (0.50, 2.06), 0.17, (0.042, 0.10, 0.26), rng)
    return sheet


def _bucket(sheet: Layer, view: View, place: tuple[float, float], radius: float, paint: Color, rng: Random) -> None:
    """A tapered mortar bucket with a rim, a wire handle and gray mortar in it."""
    x, z = place
    tall = radius * 1.55
    top, foot = view.spot(x, tall, z), view.spot(x, 0.0, z)
    size = radius * view.focal / z
    flat = (view.eye - tall) / z
    flat_foot = view.eye / z
    strips = 44
    for i in range(strips):
        a0, a1 = np.pi * i / strips, np.pi * (i + 1) / strips
        middle = (a0 + a1) / 2
        light = max(0.0, 0.75 * float(np.cos(middle)) + 0.45 * float(np.sin(middle)))
        tone = 0.42 + 1.5 * light + (0.9 * max(0.0, float(np.cos(middle - 0.9))) ** 24)
        dots = [
            (top[0] - size * float(np.cos(a0)), top[1] + size * flat * float(np.sin(a0))),
            (top[0] - size * float(np.cos(a1)) - 0.6, top[1] + size * flat * float(np.sin(a1))),
            (foot[0] - 0.78 * size * float(np.cos(a1)) - 0.6, foot[1] + 0.78 * size * flat_foot * float(np.sin(a1))),
            (foot[0] - 0.78 * size * float(np.cos(a0)), foot[1] + 0.78 * size * flat_foot * float(np.sin(a0))),
        ]
        sheet.polygon(dots, [c * tone for c in paint])
    sheet.dot(*top, size * 1.05, size * flat * 1.05, [c * 2.4 + 0.02 for c in paint])
    sheet.dot(*top, size * 0.96, size * flat * 0.96, [c * 0.5 for c in paint])
    sheet.dot(top[0], top[1] + size * 0.05, size * 0.91, size * flat * 0.88, (0.20, 0.19, 0.175))
    for _ in range(260):
        r, a = rng.uniform(0, 1) ** 0.5, rng.uniform(0, 2 * np.pi)
        tone = rng.uniform(0.7, 1.25)
        sheet.dot(
            top[0] + size * 0.86 * r * np.cos(a),
            top[1] + size * 0.05 + size * flat * 0.82 * r * np.sin(a),
            size * 0.04,
            size * 0.02,
            (0.21 * tone, 0.20 * tone, 0.185 * tone),
        )
    wire = [
        (top[0] + size * 1.02 * float(np.cos(a)), top[1] + size * (0.18 + flat * 0.4) * float(np.sin(a)) + size * 0.03)
        for a in np.linspace(0.15, np.pi - 0.15, 24)
    ]
    sheet.line(wire, (0.34, 0.33, 0.31), size * 0.035)


def _hoe(sheet: Layer, view: View) -> None:
    """A cangkul: ash-brown handle leaning on the heap, its iron blade in front."""
    low, high = view.spot(-0.58, 0.10, 1.98), view.spot(-0.22, 1.06, 2.55)
    dx, dy = high[0] - low[0], high[1] - low[1]
    norm = float(np.hypot(dx, dy))
    nx, ny = -dy / norm, dx / norm
    thick = 0.021 * view.focal / 2.2
    for shift, tone in ((0.9, 0.35), (0.4, 0.62), (0.0, 0.95), (-0.45, 1.35), (-0.75, 0.9)):
        wide = thick * 0.62
        dots = [
            (low[0] + nx * thick * shift - nx * wide, low[1] + ny * thick * shift - ny * wide),
            (high[0] + nx * thick * shift * 0.8 - nx * wide, high[1] + ny * thick * shift * 0.8 - ny * wide),
            (high[0] + nx * thick * shift * 0.8 + nx * wide, high[1] + ny * thick * shift * 0.8 + ny * wide),
            (low[0] + nx * thick * shift + nx * wide, low[1] + ny * thick * shift + ny * wide),
        ]
        sheet.polygon(dots, (0.36 * tone, 0.225 * tone, 0.11 * tone))
    a, b = view.spot(-0.665, 0.17, 1.99), view.spot(-0.50, 0.18, 1.97)
    c, d = view.spot(-0.43, 0.0, 1.80), view.spot(-0.66, -0.005, 1.82)
    bow = [
        ((d[0] + c[0]) / 2 + (c[0] - d[0]) * t, (d[1] + c[1]) / 2 + 9 * (1 - 4 * t * t))
        for t in np.linspace(-0.5, 0.5, 9)
    ]
    sheet.polygon([a, b, *bow[::-1]], (0.105, 0.098, 0.092))
    for i in range(9):
        t0, t1 = i / 9, (i + 1) / 9
        tone = 0.75 + 0.8 * float(np.exp(-(((t0 - 0.3) / 0.22) ** 2)))
        top0, top1 = a[0] + (b[0] - a[0]) * t0, a[0] + (b[0] - a[0]) * t1 + 0.6
        low0, low1 = d[0] + (c[0] - d[0]) * t0, d[0] + (c[0] - d[0]) * t1 + 0.6
        sheet.polygon(
            [(top0, a[1]), (top1, a[1]), (low1, c[1]), (low0, c[1])], (0.125 * tone, 0.118 * tone, 0.112 * tone)
        )
    edge = bow
    sheet.line(edge, (0.62, 0.62, 0.62), thick * 0.22)
    sheet.dot(low[0], low[1], thick * 1.5, thick * 1.5, (0.06, 0.062, 0.068))
