"""Faces and number plates hidden for good: flat colour, burned in before anything else is made of the photo."""

from __future__ import annotations

import re
from math import ceil, floor
from typing import TYPE_CHECKING

from studio.story.geometry import grown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL import Image

    from studio.story.model import Cover

PADDING = 0.05
"""A cover grows by this share of its size on every side: hand-drawn boxes are drawn too tight (photo.md 7: ~10 %)."""

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_DARK = "#1f2933"


def _pixels(cover: Cover, width: int, height: int) -> tuple[int, int, int, int]:
    """The covered pixels, rounded outwards: a pixel that holds a bit of the face is covered.

    A box that is empty, not a number or outside the picture covers everything: better too much than a face.
    """
    if cover.whole:
        return 0, 0, width, height
    x, y, box_width, box_height = grown(cover.box, PADDING)
    left, top = floor(x * width), floor(y * height)
    right, bottom = ceil((x + box_width) * width - 1e-6), ceil((y + box_height) * height - 1e-6)
    return max(0, left), max(0, top), min(width, max(left + 1, right)), min(height, max(top + 1, bottom))


def _fill(image: Image.Image, cover: Cover, area: tuple[int, int, int, int]) -> tuple[int, int, int]:
    """The colour of the cover: its own, or the one mean of all it hides (a mosaic of many means can be undone)."""
    from PIL import ImageColor, ImageStat

    if cover.style == "mean":
        red, green, blue = (round(value) for value in ImageStat.Stat(image.crop(area)).mean)
        return red, green, blue
    wanted = cover.color if _COLOR.fullmatch(cover.color) else _DARK
    red, green, blue = ImageColor.getrgb(wanted)[:3]
    return red, green, blue


def burn(image: Image.Image, covers: Iterable[Cover]) -> Image.Image:
    """The picture with its covers painted over.

    Args:
        image: RGB, upright, any size; it is changed in place.
        covers: boxes in fractions of the upright picture; ``start`` and ``end`` are for videos and ignored here.

    Returns:
        The same image.
    """
    from PIL import ImageDraw

    for cover in covers:
        area = _pixels(cover, *image.size)
        fill = _fill(image, cover, area)
        draw = ImageDraw.Draw(image)
        left, top, right, bottom = area
        if cover.shape == "ellipse" and not cover.whole:
            draw.ellipse((left, top, right - 1, bottom - 1), fill=fill)
        else:
            draw.rectangle((left, top, right - 1, bottom - 1), fill=fill)
    return image
