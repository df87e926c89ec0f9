"""Pictures of plain photos at the size of a screen, and the sizes themselves."""

from __future__ import annotations

from dataclasses import replace
from math import gcd
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from studio.base.pixel_data import Pixels
from studio.export.planning.content_keys import key_of
from studio.export.planning.export_tasks import PhotoTask
from studio.export.planning.strip_planning import scaled_strip
from studio.posts.output_kinds import PhotoOutput
from studio.preview.preview_results import PostPicture

if TYPE_CHECKING:
    from studio.export.planning.export_tasks import FileTarget, Task
    from studio.photo.render import PhotoVariant
    from studio.posts.packs import Outlet


def _small_variant(variant: PhotoVariant, across: int) -> PhotoVariant:
    size = (across, across * 2) if variant.fit == "inside" else scaled_size(variant.size, across)
    return replace(variant, size=size, quality=85, max_bytes=None, name="")


def preview_key(task: Task, target: FileTarget, across: int) -> str:
    """What a picture goes by: its key in the export; for a photo without what it says about itself (the headline)."""
    from studio.export.planning.plan_context import photo_key
    from studio.photo.metadata import PictureMetadata

    if not isinstance(task, PhotoTask):
        return target.key
    key = photo_key(task.photo, _small_variant(task.jobs[0][1], across), PictureMetadata())
    strip = task.strip(target)
    return key_of("strip", (key, strip)) if strip else key


def photo_picture(task: PhotoTask, target: FileTarget, across: int) -> PostPicture:
    """A photo as its file will be, with what is written on it.

    Raises:
        UserError: it cannot be opened.
    """
    from studio.photo.render import compose_variant

    variant = task.jobs[0][1]
    small = _small_variant(variant, across)
    strip = scaled_strip(task.strip(target), small.size)
    if strip is None:
        pixels = compose_variant(task.source, task.photo, small)
    else:
        from studio.export.rendering.strip_art import paint_strip

        with TemporaryDirectory(prefix="kim-") as folder:
            overlay = paint_strip(strip, Path(folder), "strip").overlay
            pixels = compose_variant(task.source, task.photo, small, overlay=overlay)
    return shown_picture(target, variant.size, Pixels(*pixels), photo=task.photo.id)


def carries_strip(outlet: Outlet) -> bool:
    """Whether words may be written on the photos of an outlet."""
    return any(output.strip for output in outlet.outputs_of(PhotoOutput))


def shown_picture(
    target: FileTarget, size: tuple[int, int], pixels: Pixels, photo: str = "", seconds: float = 0.0
) -> PostPicture:
    """A picture for a screen; ``size`` is that of its file."""
    return PostPicture(target.path, target.kind, target.key, size, pixels, photo, seconds)


def scaled_size(size: tuple[int, int], across: int, whole: int = 0) -> tuple[int, int]:
    """``size`` (of something on a picture ``whole`` wide, or alone) for a screen ``across`` pixels wide.

    Keeps the exact proportions where that is possible: crops made by hand are kept by them.
    """
    share = min(1.0, across / (whole or size[0]))
    # Steps of the reduced ratio, so that a small 1080x1350 is exactly 4:5 too.
    common = gcd(*size)
    steps = max(1, round(common * share))
    if size[0] / common <= across / 2.5:
        return size[0] // common * steps, size[1] // common * steps
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))
