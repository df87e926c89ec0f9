"""The two colours of a logo that a group's posts can be made in."""

from __future__ import annotations

import colorsys
from typing import TYPE_CHECKING

from studio.base.pixel_data import hex_color

if TYPE_CHECKING:
    from pathlib import Path

_SIDE = 64
_SHADES = 24
# A colour is one when it is not nearly grey, nearly white or nearly black; shares of 1 in HSV.
_LEAST_SATURATION, _LEAST_VALUE = 0.22, 0.16
_APART = 0.09
"""How far hues lie apart, as a share of the wheel, to be two colours."""
Rgb = tuple[int, int, int]


def logo_colors(mark: Path) -> tuple[str, str] | None:
    """The main colour of a logo and a second one of another hue (else a lighter shade); None for a grey one.

    Args:
        mark: a PNG made by ``shrink_logo``.

    Raises:
        OSError: it cannot be read.
    """
    from PIL import Image

    with Image.open(mark, formats=["PNG"]) as opened:
        image = opened.convert("RGBA")
    image.thumbnail((_SIDE, _SIDE))
    seen = Image.new("RGB", image.size, "#ffffff")
    seen.paste(image, mask=image.getchannel("A"))
    shades = seen.quantize(_SHADES, Image.Quantize.MEDIANCUT).convert("RGB")
    counted = shades.getcolors(_SIDE * _SIDE) or []
    weighed = sorted(
        ((_color_weight(count, rgb), rgb) for count, rgb in counted if isinstance(rgb, tuple)), reverse=True
    )
    colored = [(rgb[0], rgb[1], rgb[2]) for weight, rgb in weighed if weight > 0]
    if not colored:
        return None
    first = colored[0]
    other = next((rgb for rgb in colored[1:] if _hue_distance(first, rgb) >= _APART), None)
    # The darker one carries white words, the lighter one stands out from it.
    pair = sorted((first, other or _lighter(first)), key=sum)
    return hex_color(*pair[0]), hex_color(*pair[1])


def _color_weight(count: int, rgb: tuple[int, ...]) -> float:
    """How much of the logo is in a colour, more for a strong one; 0 for greys."""
    _, saturation, value = colorsys.rgb_to_hsv(*(part / 255 for part in rgb[:3]))
    if saturation < _LEAST_SATURATION or value < _LEAST_VALUE:
        return 0.0
    return count * saturation


def _hue_distance(one: Rgb, other: Rgb) -> float:
    first, second = (colorsys.rgb_to_hsv(*(part / 255 for part in rgb))[0] for rgb in (one, other))
    return min(abs(first - second), 1 - abs(first - second))


def _lighter(rgb: Rgb) -> Rgb:
    red, green, blue = (round(part + (255 - part) * 0.62) for part in rgb)
    return red, green, blue
