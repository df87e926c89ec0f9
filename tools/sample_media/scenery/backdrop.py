"""What lies behind the ground: the sky and far ranges, tall enough to be mirrored by water as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.sample_media.scenery import grid, sky
from tools.sample_media.scenery.view import View

if TYPE_CHECKING:
    from tools.sample_media.scenery.grid import Array, Random
    from tools.sample_media.scenery.sky import Light


class Backdrop:
    """The far part of a view. ``picture`` may be painted on; its row ``level`` is the horizon."""

    def __init__(self, view: View, light: Light, rng: Random) -> None:
        self.view = view
        self._above = max(round(view.level), round(view.height - view.level)) + 6
        rows = self._above + 8
        longest = max(view.width, rows)
        tall = View(view.width, rows, view.focal / longest, self._above / rows, view.eye)
        self.picture = sky.draw_sky(tall, light, rng)
        self.level = float(self._above)

    def behind(self, *, plain: Array, air: Array, mist: float = 0.0) -> Array:
        """The part inside the view; below the horizon a plain (``plain``: its colour up close).

        ``mist`` is the height of the mist that hides the line between both, as a part of the view's height.
        """
        view = self.view
        rows = np.arange(view.height) - round(view.level) + self._above
        shown = self.picture[np.clip(rows, 0, self._above - 1)]
        below = (np.arange(view.height, dtype=np.float32) - view.level)[:, None]
        if mist:
            shown = grid.mix(shown, air * np.float32(0.92), grid.ramp(-mist * view.height, 0, below) * 0.95)
        down = np.maximum(below, 0.5)
        patches = grid.fractal(256, 8, 5, np.random.default_rng(5))
        far = 1 / down
        across = np.arange(view.width, dtype=np.float32)[None, :] - view.width / 2
        spots = grid.speckle(patches, across * far * 0.8 + 0.4, far * 90 + 0 * across)
        near = np.minimum(down / (0.16 * view.height), 1) * (1 + 0.35 * spots)
        land = grid.mix(air * np.float32(0.92), plain, np.clip(near, 0, 1) * 0.75)
        return np.where((down > 0.6)[..., None], land, shown)

    def mirror(self, dx: Array, dy: Array, cut: tuple[slice, slice] | None = None) -> tuple[Array, Array]:
        """What level water shows when it is shifted by dx, dy pixels, and the sine of the angle at which it is seen.

        ``cut`` names the rows and columns of the view for which this is wanted; dx and dy are of that shape.
        """
        view = self.view
        rows, columns = cut or (slice(None), slice(None))
        below = np.arange(view.height, dtype=np.float32)[rows, None]
        down = np.maximum(below - view.level, 0)
        across = np.arange(view.width, dtype=np.float32)[None, columns]
        y = np.clip(self._above - 4 - down + dy, 0, self._above - 1).astype(np.int32)
        x = np.clip(across + dx, 0, view.width - 1).astype(np.int32)
        slant = down / np.float32(view.focal)
        return self.picture[y, x], (slant / np.sqrt(1 + slant * slant)).astype(np.float32)
