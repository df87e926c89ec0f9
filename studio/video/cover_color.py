"""The colour to ask ffmpeg's ``drawbox`` for, so that a cover has its colour in the picture people see. Pure."""

from __future__ import annotations

from studio.base.pixel_data import hex_color, parse_hex_color

__all__ = ["drawbox_color"]

_WEIGHTS = {
    "bt709": (0.2126, 0.0722),
    "bt601": (0.299, 0.114),
    "bt470bg": (0.299, 0.114),
    "smpte170m": (0.299, 0.114),
    "smpte240m": (0.212, 0.087),
    "fcc": (0.30, 0.11),
    "bt2020nc": (0.2627, 0.0593),
    "bt2020c": (0.2627, 0.0593),
}
"""Shares of red and blue in the brightness, by the names the scale filter knows (ISO/IEC 23091-2, table 4)."""
_PACKED = ("gbr", "rgb", "bgr", "0rgb", "0bgr", "argb", "abgr", "pal")
"""How the names of pixel formats begin that hold red, green and blue: there ``drawbox`` paints what it is given."""


def drawbox_color(color: str, matrix: str, *, full_range: bool, pixels: str) -> str:
    """The colour that ``drawbox`` turns into ``color`` as a player shows it.

    ``drawbox`` computes brightness and colour differences by BT.601 between 16 and 235, whatever matrix and range the
    picture has (seen with ffmpeg 9.0, findings/drawbox_paints_by_bt601.sh): on HD video a red box comes out orange. So
    the values that ``color`` has in the picture's own matrix are converted back by BT.601. What lies outside of what
    ``drawbox`` can be given is taken to the nearest colour it can be.

    Args:
        color: ``#rrggbb``, as people are to see it.
        matrix: the picture's matrix, by ffmpeg's name.
        full_range: whether black is 0 and white 255 there, instead of 16 and 235.
        pixels: ffmpeg's name of the pixel format.

    Returns: ``#rrggbb``.
    """
    if pixels.startswith(_PACKED):
        return color
    red, green, blue = parse_hex_color(color)
    red_share, blue_share = _WEIGHTS[matrix]
    light = red_share * red + (1 - red_share - blue_share) * green + blue_share * blue
    toward_blue, toward_red = (blue - light) / (2 - 2 * blue_share), (red - light) / (2 - 2 * red_share)
    if full_range:  # the box's 16 to 235 will be taken for a part of 0 to 255: undo that spread in advance
        light = (light - 16) * 255 / 219
        toward_blue, toward_red = toward_blue * 255 / 224, toward_red * 255 / 224
    told_red, told_blue = light + 1.402 * toward_red, light + 1.772 * toward_blue
    told_green = (light - 0.299 * told_red - 0.114 * told_blue) / 0.587
    channels = [min(255, max(0, round(value))) for value in (told_red, told_green, told_blue)]
    return hex_color(channels[0], channels[1], channels[2])
