"""Paints what is written on a photo: a picture with transparency that is laid on when the photo is cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.photo.render import PhotoOverlay

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.export.planning.export_tasks import PhotoStrip, PhotoTask
    from studio.paint.sheet import TextOverflow


@dataclass(frozen=True, slots=True)
class PaintedStrip:
    """A painted strip; None for a photo without one. ``lost`` is text that did not fit, or has no letters."""

    overlay: PhotoOverlay | None = None
    lost: tuple[TextOverflow, ...] = ()


def paint_strip(strip: PhotoStrip, folder: Path, name: str) -> PaintedStrip:
    """Paint a strip into ``folder``.

    Raises:
        UserError: its template is wrong.
    """
    from studio.paint.image import paint_png
    from studio.paint.qt_application import ensure_gui

    ensure_gui()
    file = folder / f"{name}.png"
    return PaintedStrip(PhotoOverlay(file, strip.at), paint_png(strip.svg, *strip.size, file))


def paint_strips(task: PhotoTask, keys: Sequence[str], folder: Path) -> tuple[PaintedStrip, ...]:
    """The strip of each file of a photo, by the keys of the files, in their order."""
    strips = dict(task.strips)
    return tuple(paint_strip(strips[key], folder, key) if key in strips else PaintedStrip() for key in keys)
