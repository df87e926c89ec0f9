"""Pictures as they go between engines and window, and colours as they are written in files."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


class Pixels(NamedTuple):
    """A picture: rows from the top, three bytes a pixel, sRGB, no padding."""

    width: int
    height: int
    rgb: bytes


def is_hex_color(text: str) -> bool:
    """Whether a text is ``#rrggbb``."""
    return _HEX.fullmatch(text) is not None


def parse_hex_color(color: str) -> tuple[int, int, int]:
    """Red, green and blue (0..255) of ``#rrggbb``."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def hex_color(red: int, green: int, blue: int) -> str:
    """``#rrggbb`` of three numbers from 0 to 255."""
    return f"#{red:02x}{green:02x}{blue:02x}"
