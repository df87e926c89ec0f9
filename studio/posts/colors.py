"""Colours that can be read: the group's two colours and what goes well on them (WCAG 2.2, contrast ratio)."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from studio.base.color_contrast import luminance_contrast, relative_luminance
from studio.base.pixel_data import hex_color, is_hex_color, parse_hex_color

if TYPE_CHECKING:
    from collections.abc import Mapping

READABLE = 4.5
"""The least contrast of small text (WCAG 2.2, 1.4.3)."""
GRAPHIC = 3.0
"""The least contrast of shapes that carry meaning (WCAG 2.2, 1.4.11)."""
_CALM = 7.0
PAPER = "#ffffff"
INK = "#10181b"
NIGHT = "#14191c"
"""Backgrounds of the website, light and dark."""
SHEET, SHEET_NIGHT = "#f4f6f3", "#1c2326"
"""Those of its footer and boxes: what can be read there can be read on the others, too."""


def parse_color(text: str, otherwise: str = "#0f6b5c") -> tuple[int, int, int]:
    """Red, green and blue (0..255) of ``#rrggbb`` or ``#rgb``; those of ``otherwise`` when it is neither."""
    digits = text.strip().removeprefix("#")
    if re.fullmatch(r"[0-9a-fA-F]{3}", digits):
        digits = "".join(digit * 2 for digit in digits)
    if not is_hex_color(f"#{digits}"):
        return parse_color(otherwise)
    return parse_hex_color(f"#{digits}")


def to_hex(rgb: tuple[int, int, int]) -> str:
    """``#rrggbb``."""
    return hex_color(*rgb)


def luminance(color: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    return relative_luminance(*(channel / 255 for channel in parse_color(color)))


def contrast_ratio(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    return luminance_contrast(luminance(one), luminance(other))


@lru_cache(maxsize=64)  # asked again for every post of a group
def text_on(background: str) -> str:
    """White where it can be read on ``background``, else near-black, else pure black: one of them always reads."""
    for ink in (PAPER, INK):
        if contrast_ratio(ink, background) >= READABLE:
            return ink
    return "#000000"


@lru_cache(maxsize=64)  # asked again for every post of a group
def readable_color(color: str, background: str, least: float = READABLE) -> str:
    """``color``, made darker or lighter as little as needed for a contrast of ``least`` with ``background``."""
    if contrast_ratio(color, background) >= least:
        return to_hex(parse_color(color))
    hue, light, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in parse_color(color)))
    # 0.18 is where black and white have the same contrast with a ground: (1.05 / (L + 0.05)) = ((L + 0.05) / 0.05).
    step = -0.02 if luminance(background) > 0.18 else 0.02
    made = to_hex(parse_color(color))
    while 0 <= light <= 1 and contrast_ratio(made, background) < least:
        light += step
        rgb = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), saturation)
        made = to_hex((round(rgb[0] * 255), round(rgb[1] * 255), round(rgb[2] * 255)))
    return made


@lru_cache(maxsize=64)  # asked again for every post of a group
def dark_enough(color: str) -> str:
    """``color``, dark enough for white text at 16:1: laid thinly over a white photo it still carries text."""
    red, green, blue = parse_color(color)
    share = 1.0
    made = to_hex((red, green, blue))
    while contrast_ratio(PAPER, made) < 16:
        share -= 0.02
        made = to_hex((round(red * share), round(green * share), round(blue * share)))
    return made


def color_palette(main: str, accent: str) -> dict[str, str]:
    """What templates need: ``main``, ``accent``, text on each, ``dark``, and link colours for light and dark pages."""
    main, accent = to_hex(parse_color(main)), to_hex(parse_color(accent, "#f2b705"))
    return {
        "main": main,
        "accent": accent,
        "on_main": text_on(main),
        "on_accent": text_on(accent),
        "dark": dark_enough(main),
        "link": readable_color(main, SHEET),
        "link_night": readable_color(main, SHEET_NIGHT),
    }


def mix_colors(one: str, other: str, share: float) -> str:
    """``one`` with a ``share`` (0 to 1) of ``other`` in it."""
    parts = zip(parse_color(one), parse_color(other), strict=True)
    red, green, blue = (round(first + (second - first) * share) for first, second in parts)
    return to_hex((red, green, blue))


def family_colors(main: str, accent: str, grounds: Mapping[str, str]) -> dict[str, str]:
    """``color_palette`` and, for each ground of a family, what can be read on it.

    Args:
        main: the group's main colour.
        accent: its second colour.
        grounds: by role (``ground``, ``panel``, ``band``), which colour lies there: ``paper``, ``white``, ``tint``,
            ``main``, ``dark`` or ``accent``.

    Returns:
        For each role also ``<role>_ink`` (words), ``<role>_soft`` (quiet words) and ``<role>_pop`` (words in the accent
        or, where that is the ground, in the main colour), all at 4.5 to 1 at least, and ``<role>_mark``: the accent
        as a shape, at 3 to 1 at least. ``tint`` is paper with a breath of the main colour, ``white_main`` the main
        colour as it can be read on white.
    """
    colors = color_palette(main, accent)
    known = {name: colors[name] for name in ("main", "dark", "accent")}
    known |= {"paper": "#fbfaf6", "white": PAPER, "tint": mix_colors(PAPER, colors["main"], 0.09)}
    colors |= {"tint": known["tint"], "white_main": readable_color(colors["main"], PAPER)}
    for role, name in grounds.items():
        ground = known[name]
        # Dark enough for paper (16 to 1), a deep shade of the main colour is calmer than black.
        ink = colors["dark"] if contrast_ratio(colors["dark"], ground) >= _CALM else text_on(ground)
        pop = colors["main"] if name == "accent" else colors["accent"]
        colors |= {
            role: ground,
            f"{role}_ink": ink,
            f"{role}_soft": readable_color(mix_colors(ink, ground, 0.3), ground),
            f"{role}_pop": readable_color(pop, ground),
            f"{role}_mark": readable_color(pop, ground, GRAPHIC),
        }
    return colors
