"""A QR code on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_QUIET = 4
"""Modules of white around a QR code (ISO/IEC 18004)."""


class QrCode(QWidget):
    """A QR code, dark on white in both themes: phones read it best so."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self._modules: tuple[tuple[int, ...], ...] = ()
        self.setFixedSize(QSize(side, side))

    def show_text(self, text: str) -> None:
        """Show this text; "" shows nothing."""
        import segno

        self._modules = tuple(tuple(line) for line in segno.make(text, error="m", micro=False).matrix) if text else ()
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Whole pixels for each module."""
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#ffffff"))
        painter.drawRoundedRect(self.rect(), 8, 8)
        if not self._modules:
            return
        step = min(self.width(), self.height()) // (len(self._modules) + 2 * _QUIET)
        start = (self.width() - step * len(self._modules)) / 2
        painter.setBrush(QColor("#111111"))
        for down, line in enumerate(self._modules):
            for across, dark in enumerate(line):
                if dark:
                    painter.drawRect(QRectF(start + across * step, start + down * step, step, step))
