"""A picture to look at closely: it can be enlarged, moved, and read under a magnifier, by mouse and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy

from studio.ui.widgets.drawn_part import DrawnPart

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent

    from studio.ui.core.window_theme import WindowTheme

_ZOOM_STEP = 1.25
_MOST_ZOOM = 16.0
_LOUPE = 110
_LOUPE_ZOOM = 3.0
"""How much larger than 1:1 the magnifier shows."""


class PictureCloseup(DrawnPart):
    """Shows one picture.

    Args:
        theme: colours and sizes.
    """

    def __init__(self, theme: WindowTheme) -> None:
        super().__init__()
        self._theme = theme
        self._picture = QPixmap()
        self._zoom = 0.0
        self._center = QPointF(0.5, 0.5)
        self._loupe: QPointF | None = None
        self._dragged: QPoint | None = None
        self.magnifier = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(theme.px(320), theme.px(220))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_picture(self, picture: QPixmap) -> None:
        """Show another picture; place and enlargement stay, so that views can be compared."""
        self._picture = picture
        self.update()

    @property
    def shown(self) -> QPixmap:
        """What is shown; null while there is nothing."""
        return self._picture

    def set_magnifier(self, on: bool) -> None:
        """Show a round magnifier at the pointer, or in the middle until the pointer comes."""
        self.magnifier = on
        self._loupe = QPointF(self.rect().center()) if on else None
        self.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.OpenHandCursor)
        self.update()

    # ------------------------------------------------------------------------------------------- where things are

    def _scale(self) -> float:
        """Pixels of the screen for a pixel of the picture."""
        if self._picture.isNull():
            return 1.0
        fit = min(self.width() / self._picture.width(), self.height() / self._picture.height())
        return max(fit, self._zoom)

    def _target_rectangle(self) -> QRectF:
        scale = self._scale()
        width, height = self._picture.width() * scale, self._picture.height() * scale
        left = self.width() / 2 - self._center.x() * width if width > self.width() else (self.width() - width) / 2
        top = self.height() / 2 - self._center.y() * height if height > self.height() else (self.height() - height) / 2
        left = min(0.0, max(self.width() - width, left)) if width > self.width() else left
        top = min(0.0, max(self.height() - height, top)) if height > self.height() else top
        return QRectF(left, top, width, height)

    def zoom_by(self, factor: float) -> None:
        """Enlarge or shrink, never below the whole picture."""
        self._zoom = min(_MOST_ZOOM, max(0.01, self._scale() * factor))
        self.update()

    def show_whole(self) -> None:
        """Show the whole picture."""
        self._zoom, self._center = 0.0, QPointF(0.5, 0.5)
        self.update()

    def _move(self, across: float, down: float) -> None:
        target = self._target_rectangle()
        x = self._center.x() + across / max(target.width(), 1)
        y = self._center.y() + down / max(target.height(), 1)
        self._center = QPointF(min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))
        self.update()

    # ------------------------------------------------------------------------------------------- Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture and the magnifier."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("idle_bg"))
        if not self._picture.isNull():
            smooth = self._scale() < 3
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawPixmap(self._target_rectangle(), self._picture, QRectF(self._picture.rect()))
            if self.magnifier and self._loupe is not None:
                self._paint_loupe(painter, self._loupe)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()

    def _paint_loupe(self, painter: QPainter, at: QPointF) -> None:
        target, radius = self._target_rectangle(), float(self._theme.px(_LOUPE))
        zoom = max(_LOUPE_ZOOM, self._scale() * 2)
        x = (at.x() - target.left()) / target.width() * self._picture.width()
        y = (at.y() - target.top()) / target.height() * self._picture.height()
        side = 2 * radius / zoom
        circle = QPainterPath()
        circle.addEllipse(at, radius, radius)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(circle)
        painter.fillPath(circle, self._theme.color("idle_bg"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        source = QRectF(x - side / 2, y - side / 2, side, side)
        painter.drawPixmap(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius), self._picture, source)
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("#ffffff"), 4))
        painter.drawEllipse(at, radius, radius)
        painter.setPen(QPen(self._theme.color("accent"), 2))
        painter.drawEllipse(at, radius, radius)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Enlarge under the pointer."""
        self.zoom_by(_ZOOM_STEP if event.angleDelta().y() > 0 else 1 / _ZOOM_STEP)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        self._dragged = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the magnifier, or the picture."""
        if self.magnifier:
            self._loupe = event.position()
            self.update()
        elif self._dragged is not None and event.buttons():
            now = event.position().toPoint()
            self._move(self._dragged.x() - now.x(), self._dragged.y() - now.y())
            self._dragged = now

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._dragged = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus, minus and 0 for the size, arrows to move picture or magnifier."""
        step = self._theme.px(30)
        ways = {
            Qt.Key.Key_Left: (-step, 0),
            Qt.Key.Key_Right: (step, 0),
            Qt.Key.Key_Up: (0, -step),
            Qt.Key.Key_Down: (0, step),
        }
        if event.key() in ways:
            across, down = ways[Qt.Key(event.key())]
            if self.magnifier and self._loupe is not None:
                self._loupe += QPointF(across, down)
                self.update()
            else:
                self._move(across, down)
        elif event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_by(_ZOOM_STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_by(1 / _ZOOM_STEP)
        elif event.key() == Qt.Key.Key_0:
            self.show_whole()
        else:
            super().keyPressEvent(event)
