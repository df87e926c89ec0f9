"""Pictures of the self-map in the window: bars of the dimensions with the net of all, and the line of rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.base.locale_forms import number_text
from studio.group.chart_geometry import line_points, net_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from studio.group.scoring import MapResult
    from studio.ui.core.desk_context import WindowTools


class NetChart(QWidget):
    """The four dimensions as a net.

    Args:
        tools: what every part is given.
    """

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._tools = tools
        self._result: MapResult | None = None
        side = tools.theme.px(210)
        self.setMinimumSize(side, side)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_result(self, result: MapResult) -> None:
        """Show a round; its figures are the accessible description."""
        self._result = result
        language = self._tools.texts.language
        told = [
            f"{each.dimension.title[language]} {'–' if each.score is None else round(each.score)}"
            for each in result.dimensions
        ]
        self.setAccessibleName("; ".join(told))
        self.setToolTip("\n".join(told))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Four rings, the shape, the names at the corners."""
        if self._result is None:
            return
        theme, px = self._tools.theme, self._tools.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        center = (self.width() / 2, self.height() / 2)
        radius = min(center) - px(26)
        axes = len(self._result.dimensions)
        painter.setPen(QPen(theme.color("edge_soft"), 1))
        for ring in range(1, 5):
            painter.drawPolygon(_polygon(net_points([ring / 4] * axes, center, radius)))
        # A dimension nobody has filled in lies in the middle; its words say that it is no zero.
        shares = [(each.score or 0) / 100 for each in self._result.dimensions]
        fill = QColor(theme.color("accent"))
        fill.setAlpha(60)
        painter.setBrush(fill)
        painter.setPen(QPen(theme.color("accent"), px(2)))
        painter.drawPolygon(_polygon(net_points(shares, center, radius)))
        painter.setPen(theme.color("text"))
        # The names stand a little outside the net, for which the radius above leaves room.
        for each, (across, down) in zip(
            self._result.dimensions, net_points([1.0] * axes, center, radius + px(14)), strict=True
        ):
            box = QRectF(across - px(20), down - px(10), px(40), px(20))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, each.dimension.id)
        painter.end()


class BarChart(QWidget):
    """A bar for each dimension, with its name and number.

    Args:
        tools: what every part is given.
    """

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._tools = tools
        self._result: MapResult | None = None
        self.setMinimumWidth(tools.theme.px(240))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_result(self, result: MapResult) -> None:
        """Show a round."""
        self._result = result
        self.setFixedHeight(self._step * len(result.dimensions))
        self.setAccessibleName(
            "; ".join(f"{self._title(at)} {self._value(at)}" for at in range(len(result.dimensions)))
        )
        self.update()

    @property
    def _step(self) -> int:
        return self._tools.theme.px(46)

    def _title(self, at: int) -> str:
        dimension = self._result.dimensions[at].dimension if self._result else None
        return f"{dimension.id} · {dimension.title[self._tools.texts.language]}" if dimension else ""

    def _value(self, at: int) -> str:
        score = self._result.dimensions[at].score if self._result else None
        return "–" if score is None else number_text(score, self._tools.texts.language, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name and number above, the bar below."""
        if self._result is None:
            return
        theme, px = self._tools.theme, self._tools.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, each in enumerate(self._result.dimensions):
            top = at * self._step
            line = QRectF(0, top, self.width(), px(24))
            painter.setPen(theme.color("text"))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._title(at))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._value(at))
            painter.setPen(Qt.PenStyle.NoPen)
            bar = QRectF(0, top + px(26), self.width(), px(9))
            painter.setBrush(theme.color("edge_soft"))
            painter.drawRoundedRect(bar, px(4), px(4))
            # Over the whole bar, so that both begin with the same round corner.
            bar.setWidth(self.width() * (each.score or 0) / 100)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(bar, px(4), px(4))
        painter.end()


class RoundsChart(QWidget):
    """The index of all rounds as a line.

    Args:
        tools: what every part is given.
    """

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._tools = tools
        self._rounds: tuple[tuple[str, float], ...] = ()
        self.setFixedHeight(tools.theme.px(120))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rounds(self, rounds: Sequence[tuple[str, float]]) -> None:
        """Show days (as people read them) and indexes, oldest first."""
        self._rounds = tuple(rounds)
        self.setAccessibleName("; ".join(f"{day} {round(index)}" for day, index in rounds))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, a dot and a number for each round, the first and the last day."""
        if not self._rounds:
            return
        theme, px = self._tools.theme, self._tools.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, below = px(24), px(24)
        height = self.height() - below - px(24)
        spots = line_points([index for _, index in self._rounds], edge, px(22), self.width() - 2 * edge, height)
        painter.setPen(QPen(theme.color("edge_soft"), 1))
        painter.drawLine(QPointF(0, self.height() - below), QPointF(self.width(), self.height() - below))
        painter.setPen(QPen(theme.color("accent"), px(2)))
        painter.drawPolyline(_polygon(spots))
        painter.setBrush(theme.color("accent"))
        for (_, index), (across, down) in zip(self._rounds, spots, strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(across, down), px(4), px(4))
            painter.setPen(theme.color("text"))
            painter.drawText(
                QRectF(across - px(24), down - px(24), px(48), px(18)),
                Qt.AlignmentFlag.AlignCenter,
                number_text(index, self._tools.texts.language, 0),
            )
        painter.setPen(theme.color("muted"))
        foot = QRectF(0, self.height() - below, self.width(), below)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._rounds[0][0])
        if len(self._rounds) > 1:
            painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._rounds[-1][0])
        painter.end()


def _polygon(points: Sequence[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(across, down) for across, down in points])
