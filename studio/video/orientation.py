"""How the stored pixels of a clip become the picture people see: cut to what is meant to be shown, mirrored, turned.

Read once, from the display matrix and the crop of the container. Everything that shows, covers or measures a clip asks
this value: engine, preview, filmstrip, poster and stills cannot disagree on which side a face is.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import unpack
from typing import TYPE_CHECKING, cast

from studio.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from av.sidedata.sidedata import SideDataContainer
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

    from studio.video.aperture import Margins

_QUARTERS = {(0, 1): 0, (-1, 0): 1, (0, -1): 2, (1, 0): 3}
"""Where "down" of the stored picture points to on the screen (right, down), by quarter turns clockwise."""
_TURNS: dict[tuple[bool, int], tuple[str, ...]] = {
    (False, 0): (),
    (False, 1): ("transpose=clock",),
    (False, 2): ("hflip", "vflip"),
    (False, 3): ("transpose=cclock",),
    (True, 0): ("hflip",),
    (True, 1): ("transpose=clock_flip",),
    (True, 2): ("vflip",),
    (True, 3): ("transpose=cclock_flip",),
}
"""ffmpeg's filters for (mirrored, quarters)."""
_ASKEW = 0.02
"""Sine of the angle up to which a picture counts as upright: one degree."""


@dataclass(frozen=True, slots=True)
class ClipOrientation:
    """From stored pixels to the picture that is seen: first cut, then mirrored, then turned.

    Attributes:
        area: x, y, width, height of what is shown, in stored pixels.
        mirrored: whether left and right are exchanged, before the turn.
        quarters: quarter turns clockwise, 0..3.
    """

    area: tuple[int, int, int, int]
    mirrored: bool = False
    quarters: int = 0

    @property
    def is_sideways(self) -> bool:
        """Whether width and height are exchanged."""
        return self.quarters % 2 == 1

    def upright_filters(self, stored: tuple[int, int]) -> tuple[str, ...]:
        """Filters of ffmpeg that make the picture upright; ``stored`` is the decoder's width and height."""
        x, y, width, height = self.area
        cut = () if self.area == (0, 0, *stored) else (f"crop={width}:{height}:{x}:{y}",)
        return (*cut, *_TURNS[self.mirrored, self.quarters])

    def cut_pixels(self, pixels: NDArray[np.generic]) -> NDArray[np.generic]:
        """What is shown of stored pixels: rows, columns, colours."""
        x, y, width, height = self.area
        return pixels[y : y + height, x : x + width]

    def turn_pixels(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Pixels that are cut already, mirrored and turned; a view."""
        import numpy as np

        return np.rot90(pixels[:, ::-1] if self.mirrored else pixels, -self.quarters)


def orientation_of(frame: VideoFrame, margins: Margins, name: str) -> ClipOrientation:
    """How a clip is to be seen.

    Args:
        frame: its first picture; it carries the matrix, whether that is from the container or from the stream.
        margins: what the container cuts away, in stored pixels: left, top, right, bottom.
        name: of the file, for the error.

    Raises:
        UserError: ``video.crooked``: the matrix leans, or ``video.strange_crop``: hardly anything is left.
    """
    mirrored, quarters = turn_of(frame, name)
    return ClipOrientation(_shown_area(frame.width, frame.height, margins, name), mirrored, quarters)


def turn_of(frame: VideoFrame, name: str) -> tuple[bool, int]:
    """Whether a frame is mirrored, and then its quarter turns clockwise; errors as for ``orientation_of``."""
    return _of_matrix(_display_matrix(frame), name)


def is_plain(frame: VideoFrame) -> bool:
    """Whether a frame says nothing of turning: so every frame of a result must be."""
    return _display_matrix(frame) is None


def _display_matrix(frame: VideoFrame) -> Sequence[int] | None:
    """The nine numbers of the display matrix, by rows; None where there is none."""
    from av.sidedata.sidedata import Type

    try:
        data = bytes(cast("SideDataContainer", frame.side_data)[Type.DISPLAYMATRIX])  # its stub knows no kinds
    except KeyError:
        return None
    return unpack("=9i", data[:36]) if len(data) >= 36 else None


def _of_matrix(matrix: Sequence[int] | None, name: str) -> tuple[bool, int]:
    """Whether it mirrors, and its quarter turns (ISO/IEC 14496-12, 8.3.2: rows are where "right" and "down" go).

    All zeros are in some files and mean nothing. Enlarging is no business of this value: the reader makes the shape
    of the pixels of it.
    """
    if matrix is None:
        return False, 0
    right, down = (_unit_vector(matrix[row], matrix[row + 1]) for row in (0, 3))
    if right is None and down is None:
        return False, 0
    # The third number of a row is perspective, which no turn has.
    leans = right is None or down is None or any(matrix[at] for at in (2, 5))
    if leans or abs(right[0] * down[0] + right[1] * down[1]) > _ASKEW:  # type: ignore[index]  # none of them is None
        raise UserError("video.crooked", file=name)
    to_right, to_down = _axis_way(right, name), _axis_way(down, name)
    return to_right[0] * to_down[1] - to_right[1] * to_down[0] < 0, _QUARTERS[to_down]


def _unit_vector(x: float, y: float) -> tuple[float, float] | None:
    length = (x * x + y * y) ** 0.5
    return (x / length, y / length) if length else None


def _axis_way(way: tuple[float, float] | None, name: str) -> tuple[int, int]:
    """The way along an axis; a clip that leans has no corners that could be given."""
    if way is None or min(abs(way[0]), abs(way[1])) > _ASKEW:
        raise UserError("video.crooked", file=name)
    return round(way[0]), round(way[1])


def _shown_area(width: int, height: int, margins: Margins, name: str) -> tuple[int, int, int, int]:
    """What is shown, on even pixels (chroma is stored for pairs) and never more than the container allows."""
    left, top, right, bottom = margins
    if not any(margins):
        return 0, 0, width, height
    x, y = -(-left // 2) * 2, -(-top // 2) * 2
    across, down = (width - right - x) // 2 * 2, (height - bottom - y) // 2 * 2
    if min(margins) < 0 or across < 16 or down < 16:
        raise UserError("video.strange_crop", file=name)
    return x, y, across, down
