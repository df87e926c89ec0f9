"""The buttons under the picture, and the level of the sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from studio.base.timecode import timecode_text
from studio.ui.core.shortcut_table import KEYS
from studio.ui.widgets.basic_parts import describe, label, tool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QToolButton

    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.window_theme import WindowTheme

_FLOOR = -48.0
"""Decibels at the left end of the meter."""

BUTTONS = (
    ("play", "play"),
    ("frame_back", "chevron-left"),
    ("frame_on", "chevron-right"),
    ("", ""),
    ("mark_in", "arrow-right-from-line"),
    ("mark_out", "arrow-left-to-line"),
    ("split", "scissors"),
    ("drop", "trash-2"),
    ("keep", "plus"),
    ("loop", "repeat"),
)
"""Codes of the actions and their icons; "" leaves a gap."""


class LevelMeter(QWidget):
    """How loud it is at the playhead, in decibels below the loudest a file can hold.

    Args:
        theme: colours and lengths.
    """

    def __init__(self, theme: WindowTheme) -> None:
        super().__init__()
        self._theme = theme
        self.level = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(28))  # large text in a small window takes the rest
        self.setMaximumWidth(theme.px(76))
        self.setFixedHeight(theme.px(12))

    def sizeHint(self) -> QSize:
        """Its usual size."""
        return QSize(self._theme.px(76), self._theme.px(12))

    def show_level(self, level: float) -> None:
        """Show a level, 0..1."""
        if level != self.level:
            self.level = level
            self.update()

    @property
    def share(self) -> float:
        """How far the meter is filled, 0..1."""
        from math import log10

        # Silence has no logarithm.
        return max(0.0, 1 - 20 * log10(self.level) / _FLOOR) if self.level > 0 else 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Green up to -12 dB, amber up to -3 dB, red above."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect()).adjusted(0, 2, 0, -2)
        painter.setBrush(self._theme.color("line"))
        painter.drawRoundedRect(whole, 3, 3)
        before = 0.0
        for limit, role in ((-12.0, "ok"), (-3.0, "warn"), (0.0, "bad")):
            end = min(self.share, 1 - limit / _FLOOR)
            if end > before:
                painter.setBrush(self._theme.color(role))
                left, right = whole.left() + before * whole.width(), whole.left() + end * whole.width()
                painter.drawRoundedRect(QRectF(left, whole.top(), right - left, whole.height()), 2, 2)
            before = max(before, end)
        painter.end()


class TransportBar(QWidget):
    """Buttons, time and level.

    Args:
        tools: what every part is given.
        calls: what the buttons do, by code.
    """

    def __init__(self, tools: WindowTools, calls: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self._tools = tools
        theme = tools.theme
        self.buttons: dict[str, QToolButton] = {}
        inside = QHBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(1))
        for code, icon in BUTTONS:
            if not code:
                inside.addSpacing(theme.px(8))
                continue
            key = KEYS[f"video_{code}"]
            made = tool(theme, icon, tools.t(f"key.video_{code}"), calls.get(code), key=key)
            self.buttons[code] = made
            inside.addWidget(made)
        self.buttons["loop"].setCheckable(True)
        self.time = label("", "strong")
        self.length = label("", "muted")
        self.meter = LevelMeter(theme)
        describe(self.meter, tools.t("clip.meter"))
        inside.addStretch(1)
        inside.addWidget(self.meter)
        inside.addSpacing(theme.px(6))
        inside.addWidget(self.time)
        inside.addWidget(self.length)
        self.setLayout(inside)
        self._play, self._pause = theme.icon("play"), theme.icon("pause")
        self.show_time(0.0, 0.0)

    def set_narrow(self, narrow: bool) -> None:
        """Without level and length, where there is no room for them."""
        self.meter.setVisible(not narrow)
        self.length.setVisible(not narrow)

    def show_time(self, at: float, whole: float) -> None:
        """Where the playhead is, and how long all of it is."""
        language = self._tools.texts.language
        _show_text(self.time, timecode_text(at, language))
        _show_text(self.length, f"/ {timecode_text(whole, language)}")

    def show_running(self, running: bool) -> None:
        """Whether it plays."""
        self.buttons["play"].setIcon(self._pause if running else self._play)
        name = self._tools.t("clip.pause" if running else "key.video_play")
        describe(self.buttons["play"], name, key=KEYS["video_play"])


def _show_text(shown: QLabel, text: str) -> None:
    if shown.text() != text:
        shown.setText(text)
