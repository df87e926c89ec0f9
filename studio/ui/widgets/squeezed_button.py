"""A button whose words are not ours to choose: where there is no room for all of them, they end in dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_LEAST_LETTERS = 10
"""Narrower it would say nothing any more."""


class SqueezedButton(QPushButton):
    """Shows as much of its text as there is room for. A name of sixty letters would otherwise widen its whole panel.

    Say the whole text in its tooltip.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        # As a plain button it would not become narrower than its text.
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters; no more than it would like to have."""
        wanted = self.sizeHint()
        metrics = self.fontMetrics()
        spare = metrics.horizontalAdvance(self.text()) - metrics.averageCharWidth() * _LEAST_LETTERS
        return QSize(wanted.width() - max(0, spare), wanted.height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw it as the style does, with a shorter text."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        lacking = self.sizeHint().width() - self.width()
        if lacking > 0:
            room = self.fontMetrics().horizontalAdvance(option.text) - lacking
            option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, room)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)
