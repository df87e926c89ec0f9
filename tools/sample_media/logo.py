"""The sample group's logo: an ear of rice in a speech bubble, on a round ground."""

from __future__ import annotations

import math
from io import BytesIO


def logo_png(main: str, accent: str, side: int = 512) -> bytes:
    """Draw the logo.

    Args:
        main: colour of the ground, ``#rrggbb``.
        accent: colour of the grains.
        side: pixels.

    Returns:
        A PNG file with transparent corners.
    """
    from PIL import Image, ImageDraw

    big = side * 4
    sheet = Image.new("RGBA", (big, big))
    pen = ImageDraw.Draw(sheet)
    pen.ellipse((0, 0, big - 1, big - 1), fill=main)
    white, rim = "#ffffff", big * 0.02
    pen.ellipse((big * 0.055, big * 0.055, big * 0.945, big * 0.945), outline=white, width=round(rim))
    pen.rounded_rectangle((big * 0.22, big * 0.20, big * 0.78, big * 0.68), radius=big * 0.13, fill=white)
    pen.polygon([(big * 0.34, big * 0.64), (big * 0.34, big * 0.82), (big * 0.52, big * 0.64)], fill=white)
    pen.line([(big * 0.50, big * 0.63), (big * 0.50, big * 0.30)], fill=main, width=round(big * 0.018))
    for i in range(5):
        y = big * (0.35 + 0.062 * i)
        for lean in (-1, 1):
            _grain(pen, (big * 0.50 + lean * big * 0.052, y - big * 0.005), big * 0.046, lean * 0.62, accent)
    _grain(pen, (big * 0.50, big * 0.275), big * 0.048, 0.0, accent)
    with BytesIO() as buffer:
        sheet.resize((side, side), Image.Resampling.LANCZOS).save(buffer, "PNG", optimize=True)
        return buffer.getvalue()


def _grain(pen: object, middle: tuple[float, float], size: float, lean: float, paint: str) -> None:
    """A pointed grain standing at an angle from the upright."""
    dots = []
    for i in range(48):
        a = 2 * math.pi * i / 48
        x, y = 0.52 * size * math.sin(a) * (1 - 0.35 * math.cos(a)), -size * math.cos(a)
        dots.append(
            (middle[0] + x * math.cos(lean) - y * math.sin(lean), middle[1] + x * math.sin(lean) + y * math.cos(lean))
        )
    pen.polygon(dots, fill=paint)  # type: ignore[attr-defined]
