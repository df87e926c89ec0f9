"""Paints a picture of the result from a picture of the original: cropped or on blur, covered, with its cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from studio.story.geometry import crop_box
from studio.video.plan import PAD_SHADE

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.preview.clip_preview import Look
    from studio.story.model import Point
    from studio.video.job import Job, Patch


def crop_of(job: Job, number: int, ratio: float) -> QRectF:
    """The part of the original that piece ``number`` shows in a ratio, as fractions."""
    clip = job.clip
    focus: Point | None = job.pieces[min(number, len(job.pieces) - 1)].focus or job.focus
    left, top, right, bottom = crop_box(clip.width, clip.height, ratio, focus)
    return QRectF(left / clip.width, top / clip.height, (right - left) / clip.width, (bottom - top) / clip.height)


def compose(
    frame: QImage, look: Look, result: int, number: int, seconds: float, load: Callable[[str], QImage]
) -> QImage:
    """A frame of the result.

    Args:
        frame: what the original shows, upright.
        look: how the result looks.
        result: number of the frame in the result, cards included.
        number: the piece.
        seconds: time of the original.
        load: reads an overlay's file.

    Returns:
        A picture of the look's canvas.
    """
    canvas = QImage(look.width, look.height, QImage.Format.Format_RGB32)
    canvas.fill(Qt.GlobalColor.black)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    _draw_picture(painter, covered(frame, look.job, seconds), look, number)
    if dark := look.darkness(result):
        painter.fillRect(canvas.rect(), QColor(0, 0, 0, round(255 * dark)))
    for shown in look.overlays(result):
        painter.setOpacity(shown.opacity)
        painter.drawImage(QPoint(shown.x, shown.y), load(shown.file))
    painter.end()
    return canvas


def covered(frame: QImage, job: Job, seconds: float) -> QImage:
    """The picture with what is hidden at that time."""
    hiding = [patch for patch in job.patches if patch.hides(seconds, job.fps)]
    if not hiding or frame.isNull():
        return frame
    image = frame.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for patch in hiding:
        painter.fillRect(patch_rect(patch, image.size()), QColor(patch.color))
    painter.end()
    return image


def patch_rect(patch: Patch, size: QSize) -> QRect:
    """The pixels a cover hides in a picture of a size: rounded outwards."""
    x, y, width, height = patch.box
    left, top = int(x * size.width()), int(y * size.height())
    right, bottom = int((x + width) * size.width()) + 1, int((y + height) * size.height()) + 1
    return QRect(left, top, right - left, bottom - top)


def _draw_picture(painter: QPainter, frame: QImage, look: Look, number: int) -> None:
    if frame.isNull():
        return
    job = look.job
    whole = QRectF(0, 0, look.width, look.height)
    ratio = look.width / look.height
    shape = job.clip.width / job.clip.height
    if job.reframe == "pad" and abs(shape / ratio - 1) > 0.01:
        painter.drawImage(whole, _blurred(frame, look))
        share = min(look.width / job.clip.width, look.height / job.clip.height)
        wide, high = job.clip.width * share, job.clip.height * share
        painter.drawImage(
            QRectF((look.width - wide) / 2, (look.height - high) / 2, wide, high), _fit(frame, wide, high)
        )
        return
    area = crop_of(job, number, ratio)
    part = frame.copy(
        round(area.x() * frame.width()),
        round(area.y() * frame.height()),
        max(1, round(area.width() * frame.width())),
        max(1, round(area.height() * frame.height())),
    )
    painter.drawImage(whole, _fit(part, look.width, look.height))


def _fit(image: QImage, width: float, height: float) -> QImage:
    """Scaled well: drawing a picture smaller than half its size shimmers."""
    size = QSize(max(1, round(width)), max(1, round(height)))
    if image.width() < 1.5 * size.width():
        return image
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _blurred(frame: QImage, look: Look) -> QImage:
    """The background: cut to the canvas, made tiny and large again, a little darker. ffmpeg's blur looks the same."""
    ratio = look.width / look.height
    left, top, right, bottom = crop_box(frame.width(), frame.height(), ratio, None)
    smooth = Qt.TransformationMode.SmoothTransformation
    keep = Qt.AspectRatioMode.IgnoreAspectRatio
    tiny = frame.copy(left, top, right - left, bottom - top).scaled(
        max(2, look.width // 44), max(2, look.height // 44), keep, smooth
    )
    middle = tiny.scaled(max(2, look.width // 8), max(2, look.height // 8), keep, smooth)
    shaded = middle.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(shaded)
    painter.fillRect(shaded.rect(), QColor(0, 0, 0, round(255 * PAD_SHADE)))
    painter.end()
    return shaded
