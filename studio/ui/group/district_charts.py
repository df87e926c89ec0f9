"""Painted figures of many groups: classes as a bar, communication and business as a plane of dots."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studio.ui.widgets.basic_parts import describe
from studio.ui.widgets.drawn_part import DrawnPart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.group.district_figures import GroupFigures
    from studio.ui.core.window_theme import WindowTheme

CLASS_COLORS = ("#8a9791", "#f2b705", "#3f9c8a", "#0f6b5c")
"""From the lowest class to the highest; counts stand beside them, so nobody needs to tell colours apart."""


class ClassBar(QWidget):
    """Shares of classes side by side."""

    def __init__(self, theme: WindowTheme) -> None:
        super().__init__()
        self._counts: Sequence[int] = ()
        self._theme = theme
        self.setFixedHeight(theme.px(22))

    def show_counts(self, counts: Sequence[int]) -> None:
        """Draw these."""
        self._counts = counts
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar; an empty one in the colour of a line."""
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = sum(self._counts)
        if not whole:
            painter.fillRect(self.rect(), self._theme.color("line"))
            return
        left = 0.0
        for count, color in zip(self._counts, CLASS_COLORS, strict=False):
            width = self.width() * count / whole
            painter.fillRect(QRectF(left, 0, width, self.height()), QColor(color))
            left += width


class ScatterPlane(DrawnPart):
    """A dot for each group: to the right communication (KP), upwards business (US), 0 to 100.

    A click chooses a group; arrow keys go from one to the next, in the order of KP.
    """

    chosen = Signal(str)
    """Id of a group."""

    def __init__(self, theme: WindowTheme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._dots: list[tuple[GroupFigures, float, float]] = []
        self._at = -1
        describe(self, name)
        self.setToolTip("")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(320))

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._theme.px(340), self._theme.px(320))

    def show_groups(self, groups: Sequence[GroupFigures]) -> None:
        """Draw these; groups without a business have no place here."""
        self._dots = sorted(
            (
                (group, group.current.dimensions["KP"], group.current.dimensions["US"])
                for group in groups
                if group.current is not None and {"KP", "US"} <= group.current.dimensions.keys()
            ),
            key=lambda dot: (dot[1], dot[2], dot[0].merged.id),
        )
        self._at = -1
        self.update()

    def mark_dot(self, group_id: str) -> None:
        """Mark the dot of a group, without telling anybody."""
        self._at = next((n for n, dot in enumerate(self._dots) if dot[0].merged.id == group_id), -1)
        self.update()

    def _area(self) -> QRectF:
        px = self._theme.px
        return QRectF(px(38), px(8), self.width() - px(50), self.height() - px(46))

    def place_of(self, number: int) -> QPointF:
        """Where a dot lies; equal ones lie a little beside each other, always in the same way."""
        group, across, up = self._dots[number]
        # By a hash and not by chance: at the next painting a dot lies where it lay.
        area, moved = self._area(), hashlib.sha256(group.merged.id.encode()).digest()
        x = area.left() + area.width() * across / 100 + (moved[0] - 127.5) / 32
        return QPointF(x, area.bottom() - area.height() * up / 100 + (moved[1] - 127.5) / 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw axes and dots."""
        theme, area = self._theme, self._area()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("edge"))
        painter.drawRect(area)
        painter.setPen(QPen(theme.color("muted"), 1, Qt.PenStyle.DashLine))
        middle = area.center()
        painter.drawLine(QPointF(middle.x(), area.top()), QPointF(middle.x(), area.bottom()))
        painter.drawLine(QPointF(area.left(), middle.y()), QPointF(area.right(), middle.y()))
        painter.setPen(theme.color("muted"))
        high, wide = theme.px(20), theme.px(40)
        for value in (0, 50, 100):
            x, y = area.left() + area.width() * value / 100, area.bottom() - area.height() * value / 100
            painter.drawText(
                QRectF(x - wide / 2, area.bottom() + 2, wide, high), Qt.AlignmentFlag.AlignCenter, str(value)
            )
            box = QRectF(area.left() - wide - 3, y - high / 2, wide, high)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(value))
        below = QRectF(area.left(), area.bottom() + theme.px(16), area.width(), high)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, "KP →")
        painter.drawText(QRectF(area.left() + 4, area.top() + 2, wide, high), Qt.AlignmentFlag.AlignLeft, "↑ US")
        self._paint_dots(painter)

    def _paint_dots(self, painter: QPainter) -> None:
        theme = self._theme
        fill = theme.color("accent")
        fill.setAlphaF(0.65)
        painter.setBrush(fill)
        painter.setPen(QPen(theme.color("card"), 1))
        radius = theme.px(5) if len(self._dots) < 300 else theme.px(3)
        for number in range(len(self._dots)):
            if number != self._at:
                painter.drawEllipse(self.place_of(number), radius, radius)
        if 0 <= self._at < len(self._dots):
            painter.setBrush(QColor("#f2b705"))
            painter.setPen(QPen(theme.color("text"), 2))
            painter.drawEllipse(self.place_of(self._at), radius + 2, radius + 2)

    def _nearest(self, at: QPointF) -> int:
        room = self._theme.px(12)
        near = [((self.place_of(n) - at).manhattanLength(), n) for n in range(len(self._dots))]
        distance, number = min(near, default=(room + 1, -1))
        return number if distance <= room else -1

    def _dot_words(self, number: int) -> str:
        group, across, up = self._dots[number]
        return f"{group.name} ({group.merged.group.village}): KP {across:.0f}, US {up:.0f}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Name the group under the pointer."""
        number = self._nearest(event.position())
        if number < 0:
            QToolTip.hideText()
            return
        # Qt takes a tooltip with a tag in it for HTML.
        words = self._dot_words(number).replace("&", "&amp;").replace("<", "&lt;")
        QToolTip.showText(event.globalPosition().toPoint(), words, self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the group under the pointer."""
        number = self._nearest(event.position())
        if number >= 0:
            self._choose(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from dot to dot."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if not step or not self._dots:
            super().keyPressEvent(event)
            return
        self._choose((self._at + step) % len(self._dots) if self._at >= 0 else 0)

    def _choose(self, number: int) -> None:
        self._at = number
        self.setAccessibleDescription(self._dot_words(number))
        self.update()
        self.chosen.emit(self._dots[number][0].merged.id)
