"""Hand-drawn parts: shapes on a transparent sheet, drawn larger and laid over a picture in linear light."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tools.sample_media.scenery import grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.sample_media.scenery.grid import Array

Dot = tuple[float, float]
_TOP = 2.5
"""Brightest linear value a sheet can hold; values are kept as square roots in 8 bits."""


def _ink(paint: Sequence[float] | Array) -> tuple[int, int, int, int]:
    r, g, b = (int(255 * min(max(float(c), 0.0) / _TOP, 1.0) ** 0.5 + 0.5) for c in paint)
    return r, g, b, 255


class Layer:
    """A transparent sheet of width x height pixels, drawn ``finer`` times larger.

    Coordinates of all drawing are pixels of the final picture.
    """

    def __init__(self, width: int, height: int, finer: int = 2) -> None:
        self.width, self.height, self.finer = width, height, finer
        self._sheet = Image.new("RGBA", (width * finer, height * finer))
        self._draw = ImageDraw.Draw(self._sheet)

    def _scaled(self, dots: Sequence[Dot]) -> list[Dot]:
        k = self.finer
        return [(x * k, y * k) for x, y in dots]

    def polygon(self, dots: Sequence[Dot], paint: Sequence[float] | Array) -> None:
        """Fill a polygon with a linear colour."""
        self._draw.polygon(self._scaled(dots), fill=_ink(paint))

    def line(self, dots: Sequence[Dot], paint: Sequence[float] | Array, width: float) -> None:
        """A line of a width in pixels."""
        self._draw.line(self._scaled(dots), fill=_ink(paint), width=max(1, round(width * self.finer)), joint="curve")

    def dot(self, x: float, y: float, rx: float, ry: float, paint: Sequence[float] | Array) -> None:
        """A filled ellipse around x, y."""
        k = self.finer
        self._draw.ellipse((k * (x - rx), k * (y - ry), k * (x + rx), k * (y + ry)), fill=_ink(paint))

    def blade(self, dots: Sequence[Dot], paint: Sequence[float] | Array, width: float) -> None:
        """A leaf along a path: widest near a third, pointed at the end."""
        path = np.array(dots, np.float32)
        along = np.gradient(path, axis=0)
        across = np.stack([-along[:, 1], along[:, 0]], 1)
        across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-6)
        t = np.linspace(0, 1, len(path), dtype=np.float32)
        half = (width / 2 * np.minimum(1, 0.45 + 2 * t) * np.power(1 - t, 0.7))[:, None]
        outline = np.concatenate([path + across * half, (path - across * half)[::-1]])
        self.polygon([(float(x), float(y)) for x, y in outline], paint)

    def pixels(self, soft: float = 0.0) -> tuple[Array, Array]:
        """(linear colours (h, w, 3), cover (h, w) 0..1) at the final size, blurred by ``soft`` pixels."""
        small = self._sheet.resize((self.width, self.height), Image.Resampling.BOX)
        if soft > 0.4:
            small = small.convert("RGBa").filter(ImageFilter.GaussianBlur(soft)).convert("RGBA")
        values = np.asarray(small, np.float32) / 255
        return np.square(values[..., :3]) * np.float32(_TOP), np.ascontiguousarray(values[..., 3])

    def over(self, picture: Array, *, soft: float = 0.0, cover: float = 1.0) -> Array:
        """The picture with this sheet laid over it, blurred by ``soft`` pixels."""
        paint, alpha = self.pixels(soft)
        return grid.mix(picture, paint, alpha * np.float32(cover))

    def hide(self, cover: Array, *, soft: float = 0.0) -> Array:
        """What is left of a 2-D cover that lies under this sheet."""
        left: Array = cover * (1 - self.pixels(soft)[1])
        return left

    def sprite(self) -> Image.Image:
        """The sheet at its final size as an RGBA picture, for ``stamp``."""
        return self._sheet.resize((self.width, self.height), Image.Resampling.BOX)


def stamp(picture: Array, sprite: Image.Image, x: float, foot: float, height: float, tint: tuple[Array, float]) -> None:
    """Put a sprite into a picture (in place), standing at (x, foot) and ``height`` pixels tall.

    ``tint`` is the colour of the air and its share (0..1), for haze.
    """
    tall = max(2, round(height))
    wide = max(2, round(height * sprite.width / sprite.height))
    left, top = round(x - wide / 2), round(foot - tall)
    rows, columns = picture.shape[:2]
    x0, x1, y0, y1 = max(left, 0), min(left + wide, columns), max(top, 0), min(top + tall, rows)
    if x0 >= x1 or y0 >= y1:
        return
    values = np.asarray(sprite.resize((wide, tall), Image.Resampling.BILINEAR, reducing_gap=2.0), np.float32) / 255
    values = values[y0 - top : y1 - top, x0 - left : x1 - left]
    air, share = tint
    paint = np.square(values[..., :3]) * np.float32(_TOP)
    paint += (air - paint) * np.float32(share)
    picture[y0:y1, x0:x1] = grid.mix(picture[y0:y1, x0:x1], paint, values[..., 3])
