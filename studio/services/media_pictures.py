"""Small pictures of photos and clips, for thumbnails and for choosing from a phone."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from studio.base.atomic_files import write_cache
from studio.base.errors import UserError
from studio.base.media_kinds import media_group
from studio.base.pixel_data import Pixels
from studio.base.progress import SilentProgress
from studio.base.read_ahead import read_ahead
from studio.store.previews import thumb_path

THUMB_SIDE = 256
"""Pixels of a thumbnail's sides, which are shown at up to two pixels each."""

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.story.model import Cover


def first_frame(source: Path, longest: int, covers: Sequence[Cover] = ()) -> Pixels:
    """The first frame of a clip, upright: width, height, RGB rows. Run it in a worker.

    Args:
        source: the clip.
        longest: longer side in pixels at most.
        covers: all of them are burned in, whenever they hide.

    Raises:
        UserError: it cannot be read.
    """
    for needed in ("numpy", "av"):
        read_ahead(needed, SilentProgress())
    from studio.video.frame_picture import covered_first_frame

    made = covered_first_frame(source, longest, covers)
    return Pixels(made.width, made.height, made.tobytes())


def small_photo(source: Path, longest: int, covers: tuple[Cover, ...] = ()) -> Pixels:
    """A photo, upright, with its covers burned in: width, height, RGB rows. Run it in a worker.

    Raises:
        UserError: it cannot be read.
    """
    from studio.photo.small_pictures import preview_pixels

    return preview_pixels(source, longest, covers)


def square_picture(source: Path, side: int, covers: tuple[Cover, ...] = ()) -> tuple[Pixels, bytes]:
    """The middle of a photo or of a clip's first frame as a square, covers burned in; the same as a JPEG file.

    Args:
        source: the photo or clip.
        side: pixels of the square at most.
        covers: all of them are burned in, whenever they hide.

    Raises:
        UserError: it cannot be read.
    """
    from io import BytesIO

    from PIL import Image

    from studio.photo.small_pictures import cut_square, square_preview

    if media_group(source) == "video":
        frame = first_frame(source, side * 2, covers)
        made = cut_square(Image.frombytes("RGB", (frame.width, frame.height), frame.rgb), side)
    else:
        made = square_preview(source, side, covers)
    packed = BytesIO()
    made.save(packed, "JPEG", quality=85)
    return Pixels(made.width, made.height, made.tobytes()), packed.getvalue()


def keep_thumbnail(root: Path, source: Path) -> None:
    """Have the thumbnail of a photo without covers ready before anybody asks for it; nothing where it is broken.

    Args:
        root: folder of the workspace.
        source: the photo as it lies in ``media/``.
    """
    cache = thumb_path(root, source.name)
    if cache.exists():
        return
    with suppress(UserError):
        write_cache(cache, square_picture(source, THUMB_SIDE)[1])


def glance_at(path: Path, longest: int, progress: Progress) -> Pixels | None:
    """A photo's own pixels, or the first picture of a clip; None where the file is broken, as importing says why."""
    from studio.video.clip_pictures import frame_at
    from studio.video.probe import probe_clip

    progress.report(0, 1, path.name)
    try:
        if media_group(path) != "video":
            return small_photo(path, longest)
        frame = frame_at(probe_clip(path), 0.0, longest, exact=False)
    except UserError:
        return None
    return Pixels(frame.width, frame.height, frame.rgb)
