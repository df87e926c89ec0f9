"""From linear light to a finished photo: lens blur, bloom, film curve, vignette, enlargement, grain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from tools.sample_media.scenery import grid

if TYPE_CHECKING:
    from tools.sample_media.scenery.grid import Array, Random

TO_P3 = ((0.8224620, 0.1775380, 0.0), (0.0331942, 0.9668058, 0.0), (0.0170826, 0.0723974, 0.9105200))
"""Linear sRGB to linear Display P3, both D65 (from the primaries of IEC 61966-2-1 and SMPTE EG 432-1)."""


def lens_blur(picture: Array, amount: Array, radius: float) -> Array:
    """Blur by ``amount`` (0..1 per pixel) of ``radius`` pixels; what is sharp does not bleed into what is not.

    Three levels of blur, each of which weighs pixels by how far they are out of focus, are blended.
    """
    weight = np.clip(amount, 0.004, 1)
    weighted = picture * weight[..., None]
    result = picture
    for i, part in enumerate((0.3, 0.6, 1.0)):
        level = grid.blur(weighted, radius * part) / grid.blur(weight, radius * part)[..., None]
        result = grid.mix(result, level, np.clip(amount * 3 - i, 0, 1))
    return result


def develop(
    picture: Array, *, exposure: float = 1.0, bloom: float = 0.12, vignette: float = 0.28, wide: bool = False
) -> Image.Image:
    """Linear light to 8-bit: bloom and vignette, then ``tone``.

    Args:
        picture: (height, width, 3), linear sRGB.
        exposure: factor.
        bloom: share of light that spreads around highlights.
        vignette: darkening of the corners, 0..1.
        wide: encode as Display P3 instead of sRGB.
    """
    height, width = picture.shape[:2]
    glow = grid.blur(np.clip(picture - 0.8, 0, 4), width / 60)
    light = (picture + glow * np.float32(bloom)) * np.float32(exposure)
    return tone(light * corners(width, height, vignette)[..., None], wide=wide)


def corners(width: int, height: int, vignette: float = 0.28) -> Array:
    """How much light of each pixel is left by the lens: 1 in the middle, less in the corners."""
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    result: Array = 1 - np.float32(vignette) * np.square((x * x + y * y) / 2)
    return result


def tone(light: Array, *, contrast: float = 1.16, wide: bool = False) -> Image.Image:
    """Saturation, contrast, a filmic curve (Narkowicz' fit of ACES) and the transfer curve, to 8-bit."""
    light = light * np.float32(0.92)
    gray = light @ np.array((0.2126, 0.7152, 0.0722), np.float32)
    light = np.maximum(gray[..., None] + (light - gray[..., None]) * np.float32(1.10), 0)
    light = np.float32(0.45) * np.power(light / np.float32(0.45), np.float32(contrast))
    shown = light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14)
    if wide:
        shown = shown @ np.array(TO_P3, np.float32).T
    shown = np.clip(shown, 0, 1)
    # A table of 4096 steps instead of a power for each value of each pixel.
    table = np.round(255 * encode(np.linspace(0, 1, 4096, dtype=np.float32))).astype(np.uint8)
    return Image.fromarray(table[(shown * 4095 + 0.5).astype(np.int16)])


def encode(linear: Array) -> Array:
    """The transfer curve of sRGB and Display P3 (IEC 61966-2-1)."""
    value: Array = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * np.power(linear, 1 / 2.4) - 0.055)
    return value.astype(np.float32)


def enlarge(picture: Image.Image, width: int, height: int, rng: Random, *, grain: float) -> Image.Image:
    """The full-size photo: enlarged, then grained at its own pixels as a small sensor does."""
    big = picture
    if picture.size != (width, height):
        crisp = picture.filter(ImageFilter.UnsharpMask(1.1, 60, 2))
        big = crisp.resize((width, height), Image.Resampling.BICUBIC)
    noise = rng.normal(0, grain, (768, 768)).astype(np.float32)
    noise = 0.7 * noise + 0.9 * grid.blur(rng.normal(0, grain * 2, (768, 768)).astype(np.float32), 1.2)
    tile = np.clip(128 + noise, 0, 255).astype(np.uint8)
    rows = -(-height // 768)
    columns = -(-width // 768)
    layer = np.block(
        [[np.roll(tile, tuple(rng.integers(0, 768, 2)), (0, 1)) for _ in range(columns)] for _ in range(rows)]
    )
    gray = Image.fromarray(np.ascontiguousarray(layer[:height, :width]))
    return ImageChops.add(big, Image.merge("RGB", (gray, gray, gray)), 1, -128)
