"""A still of a clip, for thumbnails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.progress import Silent
from studio.base.read_ahead import read_ahead

if TYPE_CHECKING:
    from pathlib import Path


def first_frame(source: Path, longest: int) -> tuple[int, int, bytes]:
    """The first frame of a clip, upright: width, height, RGB rows. Run it in a worker.

    Args:
        source: the clip.
        longest: longer side in pixels at most.

    Raises:
        UserError: it cannot be read.
    """
    for needed in ("numpy", "av"):
        read_ahead(needed, Silent())
    from studio.video.frames import first_picture

    frame = first_picture(source, longest)
    return frame.width, frame.height, frame.rgb
