"""The camera and what it hits: a height field seen in perspective, with upright verticals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from tools.sample_media.scenery.grid import Array, Mask


@dataclass(frozen=True)
class View:
    """A shifted-lens camera at x = z = 0.

    Args:
        width: pixels.
        height: pixels.
        lens: focal length as a multiple of the picture's longer side (phone main camera: about 0.75).
        horizon: row of the horizon as a fraction of the height (may lie outside 0..1).
        eye: height of the eye in metres.
    """

    width: int
    height: int
    lens: float = 0.75
    horizon: float = 0.4
    eye: float = 1.6

    @property
    def focal(self) -> float:
        """Focal length in pixels."""
        return self.lens * max(self.width, self.height)

    @property
    def level(self) -> float:
        """Row of the horizon in pixels."""
        return self.horizon * self.height

    def spot(self, x: float, y: float, z: float) -> tuple[float, float]:
        """Pixel of a point in space."""
        return self.width / 2 + x * self.focal / z, self.level - (y - self.eye) * self.focal / z

    def slopes(self) -> tuple[Array, Array]:
        """Direction of each column (x per z) and each row (y per z), as a row and a column array."""
        across = (np.arange(self.width, dtype=np.float32) + 0.5 - self.width / 2) / np.float32(self.focal)
        up = (np.float32(self.level) - np.arange(self.height, dtype=np.float32) - 0.5) / np.float32(self.focal)
        return across[None, :], up[:, None]


@dataclass(frozen=True)
class Ground:
    """Where each pixel's ray meets the ground; ``z`` is ``far`` where it meets the sky."""

    x: Array
    y: Array
    z: Array
    sky: Mask


def cast(view: View, height: Callable[[Array, Array], Array], near: float, far: float, steps: int) -> Ground:
    """Meet the height field ``height(x, z)`` with a ray per pixel.

    Each column walks away from the eye once; a running maximum of the projected height makes it monotonic, so the
    distance of every row is found by bisection and then interpolated.
    """
    ratio = np.float32(np.log(far / near) / (steps - 1))
    across, up = view.slopes()
    # Every column starts a little elsewhere: edges then break up by a pixel instead of showing the stride as stairs.
    shift = (np.arange(view.width, dtype=np.float32) * np.float32(0.618034)) % 1
    z = np.geomspace(near, far, steps).astype(np.float32)[:, None] * np.exp((shift - 0.5) * ratio)
    x = z * across
    rise = (height(x, z) - np.float32(view.eye)) / z
    np.maximum.accumulate(rise, axis=0, out=rise)
    wanted = np.ascontiguousarray(up[:, 0][::-1])
    depth = np.empty((view.height, view.width), np.float32)
    indices = np.arange(steps, dtype=np.float32)
    for column in range(view.width):
        profile = rise[:, column]
        depth[::-1, column] = _first_reached(profile, wanted, indices)
    sky = depth >= steps - 1
    distance: Array = np.float32(near) * np.exp((np.minimum(depth, steps - 1) + shift - 0.5) * ratio)
    return Ground(distance * across, np.float32(view.eye) + distance * up, distance, sky)


def _first_reached(profile: Array, wanted: Array, indices: Array) -> Array:
    """Fractional index at which a rising profile first reaches each wanted value (ascending); the end if never."""
    after = np.searchsorted(profile, wanted, side="left")
    last = len(profile) - 1
    hit = np.clip(after, 1, last)
    low, high = profile[hit - 1], profile[hit]
    part = np.clip((wanted - low) / np.maximum(high - low, 1e-9), 0, 1)
    result: Array = np.where(after > last, np.float32(last), indices[hit - 1] + part).astype(np.float32)
    return result
