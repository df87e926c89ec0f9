"""How loud the microphone is, as a bar with a scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from studio.services.sound_levels import TOO_LOUD, TOO_SOFT, LoudestSample

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPaintEvent

    from studio.ui.core.window_theme import WindowTheme

_FALL = 0.04
"""How far the bar sinks at each news: it jumps up at once, as an ear does."""
_ROLES = {"silent": "muted", "soft": "warn", "good": "ok", "loud": "bad"}


class LevelMeter(QWidget):
    """A bar from -60 dB to full scale; the stretch that is right for a voice is marked below it.

    Args:
        theme: colours and sizes.
    """

    def __init__(self, theme: WindowTheme) -> None:
        super().__init__()
        self._theme = theme
        self._share = 0.0
        self._word = "silent"
        self.setMinimumSize(QSize(theme.px(220), theme.px(22)))
        self.setFixedHeight(theme.px(22))

    @property
    def share(self) -> float:
        """How far the bar is, 0..1."""
        return self._share

    def show_level(self, loudest: LoudestSample) -> None:
        """Take news; the bar sinks slowly."""
        self._share = max(loudest.share, self._share - _FALL)
        self._word = LoudestSample(60 * (self._share - 1)).word
        self.update()

    def clear(self) -> None:
        """Nothing is heard any more."""
        self._share, self._word = 0.0, "silent"
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The ground, the bar, the right stretch."""
        painter = QPainter(self)
        bar = QRectF(0, 0, self.width(), self.height() - self._theme.px(8))
        painter.fillRect(bar, self._color("line"))
        painter.fillRect(QRectF(0, 0, bar.width() * self._share, bar.height()), self._color(_ROLES[self._word]))
        left, right = (bar.width() * LoudestSample(at).share for at in (TOO_SOFT, TOO_LOUD))
        mark = QRectF(left, bar.bottom() + self._theme.px(3), right - left, self._theme.px(3))
        painter.fillRect(mark, self._color("ok"))

    def _color(self, role: str) -> QColor:
        return self._theme.color(role)
