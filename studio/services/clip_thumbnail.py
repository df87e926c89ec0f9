"""A still of a clip, for thumbnails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.progress import Silent
from studio.base.read_ahead import read_ahead

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.story.model import Cover


def first_frame(source: Path, longest: int, covers: Sequence[Cover] = ()) -> tuple[int, int, bytes]:
    """The first frame of a clip, upright: width, height, RGB rows. Run it in a worker.

    Args:
        source: the clip.
        longest: longer side in pixels at most.
        covers: all of them are burned in, whenever they hide.

    Raises:
        UserError: it cannot be read.
    """
    for needed in ("numpy", "av"):
        read_ahead(needed, Silent())
    from studio.video.frame_picture import covered_first_frame

    made = covered_first_frame(source, longest, covers)
    return made.width, made.height, made.tobytes()
