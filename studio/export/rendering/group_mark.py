"""The group's mark as a picture: what is in the corner of its photos, the same as over its videos."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from studio.export.planning.export_tasks import PhotoMark


def paint_mark(mark: PhotoMark, folder: Path) -> Path:
    """Paint the mark into ``folder``; the PNG. Export and desk lay it on with ``photo.render.stamp_mark``."""
    from studio.export.rendering.video_art import VideoArtist, art_layout
    from studio.paint.qt_application import ensure_gui

    ensure_gui()
    return VideoArtist(mark.group, mark.logo, folder).paint_logo(art_layout(1920, 1920))
