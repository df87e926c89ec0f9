"""A thumbnail as a widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from studio.ui.core.window_theme import WindowTheme


class ThumbnailPicture(QWidget):
    """A thumbnail with round corners; a blank with an icon while there is none."""

    def __init__(self, theme: WindowTheme, icon: str, side: float) -> None:
        super().__init__()
        self._theme = theme
        self._icon = theme.pixmap(icon, "faint", 28)
        self._pixmap: QPixmap | None = None
        self.setFixedSize(theme.px(side), theme.px(side))

    def show_picture(self, pixmap: QPixmap | None) -> None:
        """Show this one."""
        self._pixmap = pixmap
        self.update()

    def sizeHint(self) -> QSize:
        """Its fixed size."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rounded picture."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(self.rect(), self._theme.px(8), self._theme.px(8))
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), self._theme.color("idle_bg"))
        if self._pixmap is not None:
            painter.drawPixmap(self.rect(), self._pixmap)
        else:
            mark = QRect(0, 0, self._theme.px(28), self._theme.px(28))
            mark.moveCenter(self.rect().center())
            painter.drawPixmap(mark, self._icon)
        painter.end()
