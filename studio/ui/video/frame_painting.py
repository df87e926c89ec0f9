"""Paints a picture of the result from a picture of the original: cropped or on blur, covered, with its cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from studio.preview.result_facts import PAD_SHADE

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.story.geometry import PixelBox
    from studio.video.composition import FrameComposition


def compose(frame: QImage, shown: FrameComposition, load: Callable[[str], QImage]) -> QImage:
    """A frame of the result.

    Args:
        frame: what the original shows, upright, in any size.
        shown: what is drawn of it and over it.
        load: reads an overlay's file.

    Returns:
        A picture of the composition's canvas.
    """
    canvas = QImage(shown.width, shown.height, QImage.Format.Format_RGB32)
    canvas.fill(Qt.GlobalColor.black)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if not frame.isNull():
        _draw_picture(painter, covered(frame, shown), shown)
    if shown.darkness:
        painter.fillRect(canvas.rect(), QColor(0, 0, 0, round(255 * shown.darkness)))
    for overlay in shown.overlays:
        painter.setOpacity(overlay.opacity)
        painter.drawImage(QPoint(overlay.x, overlay.y), load(overlay.file))
    painter.end()
    return canvas


def covered(frame: QImage, shown: FrameComposition) -> QImage:
    """The picture of the original with what is hidden in it at that time."""
    hidden = shown.covers_on(frame.width(), frame.height())
    if not hidden or frame.isNull():
        return frame
    image = frame.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for (left, top, right, bottom), color in hidden:
        painter.fillRect(QRect(left, top, right - left, bottom - top), QColor(color))
    painter.end()
    return image


def _draw_picture(painter: QPainter, frame: QImage, shown: FrameComposition) -> None:
    area = shown.area
    if area.ground is not None:
        painter.drawImage(QRectF(0, 0, shown.width, shown.height), _blurred(frame, shown, area.ground))
    left, top, right, bottom = area.place
    part = _crop_frame(frame, shown, area.source)
    painter.drawImage(QRectF(left, top, right - left, bottom - top), _fit(part, right - left, bottom - top))


def _crop_frame(frame: QImage, shown: FrameComposition, box: PixelBox) -> QImage:
    """A part of the original, given in its pixels, out of a picture of it in any size."""
    across, down = frame.width() / shown.clip[0], frame.height() / shown.clip[1]
    left, top = round(box[0] * across), round(box[1] * down)
    return frame.copy(left, top, max(1, round(box[2] * across) - left), max(1, round(box[3] * down) - top))


def _fit(image: QImage, width: float, height: float) -> QImage:
    """Scaled well: drawing a picture smaller than half its size shimmers."""
    size = QSize(max(1, round(width)), max(1, round(height)))
    if image.width() < 1.5 * size.width():
        return image
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _blurred(frame: QImage, shown: FrameComposition, ground: PixelBox) -> QImage:
    """The background: cut to the canvas, made tiny and large again, a little darker. ffmpeg's blur looks the same."""
    smooth = Qt.TransformationMode.SmoothTransformation
    keep = Qt.AspectRatioMode.IgnoreAspectRatio
    tiny = _crop_frame(frame, shown, ground).scaled(max(2, shown.width // 44), max(2, shown.height // 44), keep, smooth)
    middle = tiny.scaled(max(2, shown.width // 8), max(2, shown.height // 8), keep, smooth)
    shaded = middle.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(shaded)
    painter.fillRect(shaded.rect(), QColor(0, 0, 0, round(255 * PAD_SHADE)))
    painter.end()
    return shaded
