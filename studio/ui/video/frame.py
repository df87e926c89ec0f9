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
    import numpy

    from studio.video.reading import open_clip

    with open_clip(source) as (container, stream):
        frame = next(iter(container.decode(stream)))
        scale = min(1.0, longest / max(frame.width, frame.height))
        small = frame.reformat(max(2, round(frame.width * scale)), max(2, round(frame.height * scale)), "rgb24")
        pixels = small.to_ndarray()
        # PyAV counts counter-clockwise, as numpy does (see studio.video.probe).
        turned = numpy.ascontiguousarray(numpy.rot90(pixels, round(frame.rotation / 90) % 4))
    return turned.shape[1], turned.shape[0], turned.tobytes()
