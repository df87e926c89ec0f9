"""Photos for the benchmark, drawn here: a village scene with the busyness, noise and metadata of a phone photo.

The same seed gives the same bytes (per version of Pillow and numpy), so numbers of two machines are about the same
pictures. Needs Pillow and numpy only.

Usage: photo_made.py FILE 12|48 [lying]
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageDraw

SIZES = {"12": (4032, 3024), "48": (8064, 6048)}
"""Pixels of the sensor's picture. The phone is held upright (EXIF orientation 6, a portrait) unless it is ``lying``."""

_P3 = {
    b"rXYZ": (0.51512, 0.24120, -0.00105),
    b"gXYZ": (0.29198, 0.69225, 0.04189),
    b"bXYZ": (0.15710, 0.06657, 0.78407),
}
"""Colorants of Display P3 adapted to D50 (from the primaries in SMPTE EG 432-1 and the Bradford transform)."""


def p3_profile(colorants: dict[bytes, tuple[float, float, float]] = _P3) -> bytes:
    """A Display-P3 profile: LittleCMS' sRGB one (same curve) with other colorants and another name."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    for number in range(struct.unpack_from(">I", data, 128)[0]):
        tag, start, _ = struct.unpack_from(">4sII", data, 132 + 12 * number)
        if tag in colorants:
            struct.pack_into(">3i", data, start + 8, *(round(value * 65536) for value in colorants[tag]))
    return bytes(data).replace("sRGB".encode("utf-16-be"), "wide".encode("utf-16-be"))


def _clouds(rng: np.random.Generator, width: int, height: int, coarsest: int, octaves: int) -> np.ndarray:
    """Noise at several scales, about -1..1: leaves, soil, water."""
    total = np.zeros((height, width), np.float32)
    for octave in range(octaves):
        cells = coarsest * 2**octave
        small = rng.normal(0, 1, (cells * height // width + 2, cells + 2)).astype(np.float32)
        total += np.asarray(Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)) * 0.8**octave
    return total / 2.4


def _people(image: Image.Image, rng: np.random.Generator) -> None:
    """Figures in bright shirts: hard edges and saturated colours."""
    draw = ImageDraw.Draw(image)
    unit = image.width // 60
    for _ in range(14):
        x, y = int(rng.uniform(0.1, 0.9) * image.width), int(rng.uniform(0.45, 0.8) * image.height)
        shirt = tuple(int(value) for value in rng.integers(30, 250, 3))
        draw.rounded_rectangle((x - unit, y, x + unit, y + 3 * unit), unit // 2, fill=shirt)
        draw.ellipse((x - unit * 0.6, y - unit * 1.3, x + unit * 0.6, y), fill=(141, 96, 70))
        for line in range(0, 3 * unit, max(2, unit // 6)):
            draw.line((x - unit, y + line, x + unit, y + line), fill=tuple(value * 3 // 4 for value in shirt), width=2)


def _scene(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    half = (width // 2, height // 2)
    y = np.linspace(0, 1, half[1], dtype=np.float32)[:, None]
    leaves = _clouds(rng, *half, 7, 9)
    ridge = 0.36 + 0.05 * _clouds(rng, half[0], 1, 5, 5)
    land = np.clip((y - ridge) * 90 + 0.5, 0, 1)
    red = (150 + 70 * y + 12 * leaves) * (1 - land) + (70 + 55 * y + 55 * leaves) * land
    green = (185 + 45 * y + 12 * leaves) * (1 - land) + (105 + 20 * y + 60 * leaves) * land
    blue = (225 + 10 * y + 10 * leaves) * (1 - land) + (45 + 25 * y + 38 * leaves) * land
    pixels = np.clip(np.dstack([red, green, blue]), 0, 255).astype(np.uint8)
    image = Image.fromarray(pixels).resize((width, height), Image.Resampling.BICUBIC)
    _people(image, rng)
    return image


def _noisy(image: Image.Image, rng: np.random.Generator, strength: float) -> Image.Image:
    pixels = np.asarray(image).copy()
    for top in range(0, image.height, 256):
        rows = pixels[top : top + 256].astype(np.float32)
        light = rng.normal(0, strength, rows.shape[:2]).astype(np.float32)[..., None]
        rows += light + rng.normal(0, strength / 2, rows.shape).astype(np.float32)
        pixels[top : top + 256] = np.clip(rows, 0, 255)
    return Image.fromarray(pixels)


def _exif(orientation: int = 6) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112], exif[0x0131] = "Xiaomi", "Redmi Note 13", orientation, "MIUI"
    exif[0x8769] = {0x9003: "2026:11:22 07:31:05", 0xA431: "SN-1234567", 0x927C: b"XMI\0" + bytes(range(256)) * 8}
    exif[0x8825] = {1: "S", 2: (7.0, 45.0, 12.34), 3: "E", 4: (110.0, 22.0, 9.87)}
    return exif


def make(path: Path, size: tuple[int, int], seed: int = 1, *, lying: bool = False) -> None:
    """Draw one photo as a phone would have written it: q92, orientation, GPS, serial number, Display P3."""
    rng = np.random.default_rng(seed)
    seen = _scene(rng, *size) if lying else _scene(rng, size[1], size[0]).transpose(Image.Transpose.ROTATE_90)
    exif = _exif(1 if lying else 6)
    _noisy(seen, rng, 3.2).save(path, "JPEG", quality=92, subsampling="4:2:0", exif=exif, icc_profile=p3_profile())


if __name__ == "__main__":
    make(Path(sys.argv[1]), SIZES[sys.argv[2]], int(sys.argv[2]), lying=sys.argv[3:] == ["lying"])
