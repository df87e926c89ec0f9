"""Pictures whose colours are described by code points, made sRGB: exactly, a few rows at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.light_curves import light_of_hlg, light_of_pq, light_of_srgb, roll_off, srgb_of_light
from studio.photo.colour_codes import SRGB_CORNERS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

    from studio.photo.colour_codes import ColourMeaning, Corners

_STRIP = 300_000
"""Pixels worked on at a time: 20 MB of intermediate numbers."""
_FINE = 65_535
_BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
"""What the eye makes of a change of white (ICC.1:2022, annex E)."""


def to_plain_light(image: Image.Image, meaning: ColourMeaning) -> Image.Image:
    """An RGB picture of other primaries or of high dynamic range, as sRGB.

    High dynamic range keeps its light up to six tenths of the white of paper; what is lighter rolls off.
    """
    import numpy as np
    from PIL import Image as Pillow

    # The curves are computed once for the 256 codes and looked up for each pixel; powers of every pixel would be slow.
    codes = np.linspace(0, 1, 256, dtype=np.float32)
    curve = _light_of_codes(codes, meaning)
    fine = np.linspace(0, 1, _FINE + 1, dtype=np.float32)
    # The way back needs a finer table: in the dark, sRGB changes faster than 256 steps of light could say.
    table = np.asarray(np.round(np.clip(srgb_of_light(fine), 0, 1) * 255), np.uint8)
    # Transposed, as each pixel is a row.
    turn = _to_srgb_corners(meaning.corners).T
    made = Pillow.new("RGB", image.size)
    rows = max(1, _STRIP // image.width)
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(image.height, top + rows)))
        pixels = np.asarray(strip)
        light = _linear_light(pixels, curve, meaning) @ turn
        light = roll_off(light) if meaning.is_high_range else np.clip(light, 0, 1)
        made.paste(Pillow.fromarray(table[(light * _FINE + 0.5).astype(np.uint16)]), (0, top))
    return made


def _light_of_codes(codes: NDArray[np.float32], meaning: ColourMeaning) -> NDArray[np.float32]:
    """The light of the 256 codes of one channel; for HLG the codes: there the channels depend on one another."""
    if meaning.curve == "pq":
        return light_of_pq(codes)
    if meaning.curve == "hlg":
        return codes
    return light_of_srgb(codes) if meaning.curve == "srgb" else codes**meaning.gamma


def _linear_light(pixels: NDArray[np.uint8], curve: NDArray[np.float32], meaning: ColourMeaning) -> NDArray[np.float32]:
    found = curve[pixels]
    return light_of_hlg(found) if meaning.curve == "hlg" else found


def _to_xyz(corners: Corners) -> NDArray[np.float64]:
    """RGB to XYZ from chromaticities (SMPTE RP 177)."""
    import numpy as np

    columns = np.array([[x / y, 1, (1 - x - y) / y] for x, y in corners]).T
    primaries, white = columns[:, :3], columns[:, 3]
    # Scales the three primaries so that together they give the white.
    return np.asarray(primaries * np.linalg.solve(primaries, white))


def _to_srgb_corners(corners: Corners) -> NDArray[np.float32]:
    import numpy as np

    eye = np.array(_BRADFORD)
    source, wanted = (eye @ np.array([x / y, 1, (1 - x - y) / y]) for x, y in (corners[3], SRGB_CORNERS[3]))
    adapt = np.linalg.inv(eye) @ np.diag(wanted / source) @ eye
    return np.asarray(np.linalg.inv(_to_xyz(SRGB_CORNERS)) @ adapt @ _to_xyz(corners), np.float32)
