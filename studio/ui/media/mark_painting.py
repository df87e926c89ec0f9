"""How the marks on the canvas look: covers, handles, the crop with its thirds, the focus point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from studio.story.model import Box
from studio.ui.media.box_dragging import handles, rect_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QRect, QSizeF

    from studio.ui.core.window_theme import WindowTheme


@dataclass(frozen=True, slots=True)
class PaintedCover:
    """A cover on the turned photo or on a clip; both boxes are level, leaning is done when it is painted.

    Attributes:
        box: as it was drawn: what is taken hold of.
        ellipse: its shape.
        color: as the export burns it in.
        burned: what the export covers, margin and all; None while it is being drawn.
        now: whether it hides something in the picture that is shown; on a photo always.
        name: what it is called.
        parts: the boxes of which ``burned`` is the hull, where the cover moves and is on its way.
    """

    box: Box
    ellipse: bool
    color: str
    burned: Box | None = None
    now: bool = True
    name: str = ""
    parts: tuple[Box, ...] = ()

    def moved_to(self, box: Box) -> PaintedCover:
        """The cover dragged to another box: what is burned in goes along until the engine has counted again."""
        if self.burned is None:
            return replace(self, box=box)
        burned = Box(*(side + new - old for side, new, old in zip(self.burned, box, self.box, strict=True)))
        return replace(self, box=box, burned=burned, parts=())


def fitted(pixmap: QPixmap, size: QSizeF, ratio: float) -> QPixmap:
    """The picture at the size it is shown, in pixels of the screen."""
    aspect, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    made = pixmap.scaled((size * ratio).toSize(), aspect, smooth)
    # Else Qt would draw the pixels of the screen enlarged once more.
    made.setDevicePixelRatio(ratio)
    return made


def paint_words(painter: QPainter, area: QRect, words: str, theme: WindowTheme) -> None:
    """Why there is no picture."""
    painter.setPen(theme.color("muted"))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(area.adjusted(40, 20, -40, -20), flags, words)


def paint_cover(
    painter: QPainter, rect: QRectF, cover: PaintedCover, tilt: float, pen: QPen | Qt.PenStyle = Qt.PenStyle.NoPen
) -> None:
    """Fill a cover as the file has it: covers are burned into the upright photo, so they lean with it.

    Args:
        painter: left as it was.
        rect: where the level box of what is burned in lies.
        cover: shape and colour.
        tilt: degrees clockwise by which the photo leans.
        pen: of its edge.
    """
    painter.save()
    painter.setPen(pen)
    painter.setBrush(QColor(cover.color))
    painter.translate(rect.center())
    painter.rotate(tilt)
    about = QRectF(-rect.width() / 2, -rect.height() / 2, rect.width(), rect.height())
    (painter.drawEllipse if cover.ellipse else painter.drawRect)(about)
    painter.restore()


def paint_handles(painter: QPainter, rect: QRectF, theme: WindowTheme) -> None:
    """The eight handles of a box."""
    painter.setPen(QPen(QColor(0, 0, 0, 150), 1))
    painter.setBrush(Qt.GlobalColor.white)
    for spot in handles(rect).values():
        painter.drawEllipse(spot, theme.px(5), theme.px(5))


def paint_chosen(
    painter: QPainter, rect: QRectF, burned: QRectF, cover: PaintedCover, tilt: float, theme: WindowTheme
) -> None:
    """The cover that can be moved: its handles lie around the level box, dashed where the cover leans."""
    paint_cover(painter, burned, cover, tilt, QPen(theme.color("accent"), 2))
    if tilt:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent"), 1, Qt.PenStyle.DashLine))
        painter.drawRect(rect)
    paint_handles(painter, rect, theme)


def paint_covers(painter: QPainter, area: QRectF, covers: Iterable[PaintedCover], tilt: float) -> None:
    """All covers as the file has them, on a picture that lies at ``area``."""
    for cover in covers:
        paint_cover(painter, rect_on(area, cover.burned or cover.box), cover, tilt)


def paint_faces(painter: QPainter, area: QRectF, faces: Iterable[Box], theme: WindowTheme) -> None:
    """Faces that may be seen: thin frames with round corners, light on dark so that they show on every photo."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for face in faces:
        for color, width in ((QColor(0, 0, 0, 150), 4.0), (theme.color("ok"), 2.0)):
            painter.setPen(QPen(color, width))
            painter.drawRoundedRect(rect_on(area, face), theme.px(6), theme.px(6))


def paint_horizon(painter: QPainter, line: tuple[QPointF, QPointF], theme: WindowTheme) -> None:
    """The line that is drawn along the horizon."""
    painter.setPen(QPen(theme.color("accent"), 2))
    painter.drawLine(*line)


def paint_focus(painter: QPainter, at: QPointF, theme: WindowTheme, *, automatic: bool) -> None:
    """The focus point; dashed while it is only what the engine takes for it."""
    radius = theme.px(13)
    style = Qt.PenStyle.DotLine if automatic else Qt.PenStyle.SolidLine
    painter.setBrush(QColor(0, 0, 0, 60))
    # A white ring on a dark one is seen on every photo.
    for color, width in ((QColor(0, 0, 0, 150), 4.0), (QColor(255, 255, 255), 2.0)):
        painter.setPen(QPen(color, width, style))
        painter.drawEllipse(at, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setBrush(theme.color("accent"))
    painter.setPen(QPen(Qt.GlobalColor.white, 1.5))
    painter.drawEllipse(at, theme.px(4), theme.px(4))


def paint_crop(painter: QPainter, rect: QRectF, place: QRectF) -> None:
    """Darken what is cut off, draw thirds and the frame."""
    outside, inside = QPainterPath(), QPainterPath()
    outside.addRect(place)
    inside.addRect(rect)
    painter.fillPath(outside - inside, QColor(0, 0, 0, 130))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(255, 255, 255, 120), 1))
    for third in (1 / 3, 2 / 3):
        x, y = rect.left() + rect.width() * third, rect.top() + rect.height() * third
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
    painter.setPen(QPen(Qt.GlobalColor.white, 2))
    painter.drawRect(rect)
