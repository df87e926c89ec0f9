"""Faces and number plates hidden for good: flat colour, burned in before anything else is made of the photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.pixel_data import parse_hex_color
from studio.story.cover_geometry import covered_box, is_ellipse, scaled_box, solid_color

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL import Image

    from studio.story.geometry import PixelBox
    from studio.story.model import Cover


def _cover_fill(image: Image.Image, cover: Cover, area: PixelBox) -> tuple[int, int, int]:
    """The colour of the cover: its own, or the one mean of all it hides (a mosaic of many means can be undone)."""
    from PIL import ImageStat

    if cover.style == "mean":
        left, top, right, bottom = area
        inside = max(0, left), max(0, top), min(image.width, right), min(image.height, bottom)
        red, green, blue = (round(value) for value in ImageStat.Stat(image.crop(inside)).mean)
        return red, green, blue
    return parse_hex_color(solid_color(cover))


def burn_covers(image: Image.Image, covers: Iterable[Cover], size: tuple[int, int]) -> Image.Image:
    """The picture with its covers painted over.

    Args:
        image: RGB, upright, any size; it is changed in place.
        covers: boxes in fractions of the upright picture; ``start`` and ``end`` are for videos and ignored here.
        size: width and height of the original in pixels: the margin is counted in its pixels.

    Returns:
        The same image.
    """
    from PIL import ImageDraw

    for cover in covers:
        area = scaled_box(covered_box(cover, *size), size, image.size)
        fill = _cover_fill(image, cover, area)
        draw = ImageDraw.Draw(image)
        left, top, right, bottom = area  # an ellipse cut off at the edge is not squeezed into the picture
        if is_ellipse(cover):
            draw.ellipse((left, top, right - 1, bottom - 1), fill=fill)
        else:
            draw.rectangle((left, top, right - 1, bottom - 1), fill=fill)
    return image
