"""Curves between the numbers in a picture and light: high dynamic range, and sRGB. 1 is the white of paper.

Reference white of high dynamic range is 203 cd/m2 (ITU-R BT.2408); clips and photos share these curves, or the same
moment would look different in two posts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# cd/m2 of white paper in HDR pictures (ITU-R BT.2408): it becomes the white of sRGB.
_WHITE = 203
_KNEE = 0.6
"""Up to here light stays as it is; above it rolls off towards 1, and reaches it never."""


def light_of_pq(code: NDArray[np.float32]) -> NDArray[np.float32]:
    """SMPTE ST 2084, inverse: code 0..1 to light."""
    import numpy as np

    root = np.power(code, np.float32(1 / 78.84375))
    ratio = np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)
    return np.asarray(np.power(ratio, 1 / 0.1593017578125) * (10_000 / _WHITE), np.float32)


def light_of_hlg(code: NDArray[np.float32]) -> NDArray[np.float32]:
    """ITU-R BT.2100 hybrid log-gamma, inverse, on a display of 1000 cd/m2. The last axis is R, G, B of BT.2020."""
    import numpy as np

    a, b, c = 0.17883277, 0.28466892, 0.55991073
    # Constants of BT.2100, table 5; 0.2 below is the system gamma minus 1 on a display of 1000 cd/m2.
    scene = np.where(code <= 0.5, code * code / 3, (np.exp((code - c) / a) + b) / 12)
    luma = (scene @ np.array([0.2627, 0.6780, 0.0593], np.float32))[..., None]
    return np.asarray(scene * np.power(np.maximum(luma, 1e-6), 0.2) * (1000 / _WHITE), np.float32)


def light_of_srgb(code: NDArray[np.float32]) -> NDArray[np.float32]:
    """IEC 61966-2-1: code 0..1 to light."""
    import numpy as np

    curved = np.power((code + 0.055) / 1.055, np.float32(2.4))
    return np.asarray(np.where(code <= 0.04045, code / 12.92, curved), np.float32)


def srgb_of_light(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """IEC 61966-2-1, inverse: light to code; not clipped."""
    import numpy as np

    curved = 1.055 * np.power(np.maximum(light, 1e-8), 1 / 2.4) - 0.055
    return np.asarray(np.where(light <= 0.0031308, 12.92 * light, curved), np.float32)


def roll_off(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """Light of high dynamic range brought below 1, hues kept: the strongest of R, G, B (last axis) decides."""
    import numpy as np

    linear = np.clip(light, 0, None)
    peak = linear.max(axis=-1, keepdims=True)
    # tanh meets the straight part with the same slope, so the knee is not seen as an edge in a sky.
    rolled = np.where(peak > _KNEE, _KNEE + (1 - _KNEE) * np.tanh((peak - _KNEE) / (1 - _KNEE)), peak)
    return np.asarray(linear * (rolled / np.maximum(peak, 1e-6)), np.float32)
