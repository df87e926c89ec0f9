"""How well a colour can be read on another (WCAG 2.2): one rule for what is drawn and for the window."""

from __future__ import annotations


def relative_luminance(red: float, green: float, blue: float) -> float:
    """Relative luminance of an sRGB colour, 0 (black) to 1 (white); channels run from 0 to 1."""
    return 0.2126 * _linear_light(red) + 0.7152 * _linear_light(green) + 0.0722 * _linear_light(blue)


def luminance_contrast(one: float, other: float) -> float:
    """Contrast ratio of two relative luminances, 1 to 21."""
    light, dark = max(one, other), min(one, other)
    return (light + 0.05) / (dark + 0.05)


def _linear_light(value: float) -> float:
    # 0.04045 as in IEC 61966-2-1. Older WCAG has 0.03928; no value of 8 bits lies between the two.
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
