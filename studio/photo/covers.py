"""Faces and number plates hidden for good: flat colour, burned in before anything else is made of the photo."""

from __future__ import annotations

import re
from math import ceil, floor
from typing import TYPE_CHECKING

from studio.story.geometry import tidy_box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL import Image

    from studio.story.model import Box, Cover

PADDING = 0.05
"""A cover grows by this share of its size on every side: hand-drawn boxes are drawn too tight (photo.md 7: ~10 %)."""

BLOCK = 16
"""Pixels of the original a cover grows at least: JPEG stores 16 x 16 blocks, so what is hidden leaves traces in all of
the blocks it touches (Rec. ITU-T T.81, A.2; 4:2:0)."""

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_DARK = "#1f2933"


def block_margin(width: int, height: int) -> float:
    """Pixels of the original a cover grows at least: a block, but at most 1.5 % of a small photo."""
    return min(float(BLOCK), 0.015 * max(width, height))


def growth(box: Box, width: int, height: int) -> tuple[float, float]:
    """By which share of its own width and height a cover grows on every side when it is burned into a photo.

    Args:
        box: fractions of the upright picture.
        width: of the upright picture in pixels.
        height: of the upright picture in pixels.
    """
    margin = block_margin(width, height)
    _, _, box_width, box_height = tidy_box(box)
    return max(PADDING, margin / (box_width * width)), max(PADDING, margin / (box_height * height))


def _pixels(cover: Cover, width: int, height: int, margin: float) -> tuple[int, int, int, int]:
    """The covered pixels, rounded outwards: a pixel that holds a bit of the face is covered. It may leave the picture.

    A box that is empty, not a number or outside the picture covers everything: better too much than a face.
    """
    if cover.whole:
        return 0, 0, width, height
    x, y, box_width, box_height = tidy_box(cover.box)
    more_x, more_y = max(margin, PADDING * box_width * width), max(margin, PADDING * box_height * height)
    left, top = floor(x * width - more_x), floor(y * height - more_y)
    right = ceil((x + box_width) * width + more_x - 1e-6)
    bottom = ceil((y + box_height) * height + more_y - 1e-6)
    return left, top, max(left + 1, right), max(top + 1, bottom)


def _fill(image: Image.Image, cover: Cover, area: tuple[int, int, int, int]) -> tuple[int, int, int]:
    """The colour of the cover: its own, or the one mean of all it hides (a mosaic of many means can be undone)."""
    from PIL import ImageStat

    if cover.style == "mean":
        left, top, right, bottom = area
        inside = max(0, left), max(0, top), min(image.width, right), min(image.height, bottom)
        red, green, blue = (round(value) for value in ImageStat.Stat(image.crop(inside)).mean)
        return red, green, blue
    return solid_color(cover)


def solid_color(cover: Cover) -> tuple[int, int, int]:
    """The colour a solid cover is burned in with: its own, dark where that is none."""
    from PIL import ImageColor

    wanted = cover.color if _COLOR.fullmatch(cover.color) else _DARK
    red, green, blue = ImageColor.getrgb(wanted)[:3]
    return red, green, blue


def burn(image: Image.Image, covers: Iterable[Cover], margin: float = 0.0) -> Image.Image:
    """The picture with its covers painted over.

    Args:
        image: RGB, upright, any size; it is changed in place.
        covers: boxes in fractions of the upright picture; ``start`` and ``end`` are for videos and ignored here.
        margin: pixels of ``image`` a cover grows at least on every side (``block_margin``, scaled).

    Returns:
        The same image.
    """
    from PIL import ImageDraw

    for cover in covers:
        area = _pixels(cover, *image.size, margin)
        fill = _fill(image, cover, area)
        draw = ImageDraw.Draw(image)
        left, top, right, bottom = area  # an ellipse cut off at the edge is not squeezed into the picture
        if cover.shape == "ellipse" and not cover.whole:
            draw.ellipse((left, top, right - 1, bottom - 1), fill=fill)
        else:
            draw.rectangle((left, top, right - 1, bottom - 1), fill=fill)
    return image
