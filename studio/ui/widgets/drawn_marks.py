"""Pictures drawn from data: the initials of a group, a swatch of colour, a rounded logo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPixmap

from studio.base.color_contrast import luminance_contrast, relative_luminance
from studio.ui.core.window_theme import UI_FAMILY

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.pixel_data import Pixels


def luminance(color: QColor) -> float:
    """Relative luminance, 0 black to 1 white (WCAG 2.2)."""
    return relative_luminance(color.redF(), color.greenF(), color.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    return luminance_contrast(luminance(one), luminance(other))


def readable_on(ground: QColor) -> QColor:
    """White or near-black, whichever reads better."""
    white, black = QColor("#ffffff"), QColor("#10201d")
    return white if contrast(white, ground) >= contrast(black, ground) else black


def pixels_pixmap(pixels: Pixels) -> QPixmap:
    """RGB bytes as a pixmap."""
    width, height, rgb = pixels
    # This copies: the QImage alone would use memory that Python frees.
    return QPixmap.fromImage(QImage(rgb, width, height, width * 3, QImage.Format.Format_RGB888))


def _canvas(side: int) -> QPixmap:
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    return made


def initials_mark(letters: str, color: str, side: int) -> QPixmap:
    """Letters on a rounded square, ``side`` pixels."""
    made = _canvas(side)
    ground = QColor(color)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(0, 0, side, side, side * 0.27, side * 0.27)
    font = QFont(UI_FAMILY)
    font.setPixelSize(max(1, round(side * (0.42 if len(letters) > 1 else 0.5))))
    font.setWeight(QFont.Weight.Bold)
    painter.setFont(font)
    painter.setPen(readable_on(ground))
    painter.drawText(QRectF(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, letters)
    painter.end()
    return made


def logo_mark(path: Path, side: int) -> QPixmap | None:
    """A logo file within a rounded white square; None when it cannot be read."""
    try:
        image = QImage.fromData(path.read_bytes())
    except OSError:
        return None
    if image.isNull():
        return None
    made = _canvas(side)
    painter = QPainter(made)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(0, 0, side, side), side * 0.2, side * 0.2)
    painter.fillPath(shape, QColor("#ffffff"))
    painter.setClipPath(shape)
    small = image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    painter.drawImage((side - small.width()) // 2, (side - small.height()) // 2, small)
    painter.end()
    return made


def swatch(color: str, side: int) -> QPixmap:
    """A round patch of colour."""
    made = _canvas(side)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(color))
    painter.setPen(QColor(0, 0, 0, 50))
    painter.drawEllipse(QRectF(1, 1, side - 2, side - 2))
    painter.end()
    return made


def split_swatch(main: str, accent: str, side: int) -> QPixmap:
    """A round patch of two colours: most of it ``main``, the lower right ``accent``."""
    made = _canvas(side)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(1, 1, side - 2, side - 2)
    painter.setPen(QColor(0, 0, 0, 50))
    painter.setBrush(QColor(main))
    painter.drawEllipse(box)
    painter.setBrush(QColor(accent))
    # Qt counts sixteenths of a degree, anticlockwise from three o'clock.
    painter.drawPie(box, -100 * 16, 130 * 16)
    painter.end()
    return made
