"""Charts of the page "Laporan": posts by month and outlet, an outlet's share as a bar, how readers grew.

The series and scales are those of the report on paper (``documents/report_charts``); only the colours are the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.base.locale_forms import number_text, short_day
from studio.documents.report_charts import SERIES, month_series, nice_ceiling, short_month
from studio.ui.widgets.basic_parts import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from studio.documents.report_charts import BarSeries
    from studio.documents.report_tables import ReportWords
    from studio.group.activity_report import ActivityReport
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.window_theme import WindowTheme

_PLOT, _ROW = 150, 22
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_CENTER, _LEFT, _RIGHT = (
    Qt.AlignmentFlag.AlignCenter,
    Qt.AlignmentFlag.AlignLeft | _MIDDLE,
    Qt.AlignmentFlag.AlignRight | _MIDDLE,
)


def series_colors(theme: WindowTheme) -> tuple[str, ...]:
    """Colours of series that stand out from a card, in light and dark."""
    plain = (theme.color("accent").name(), *SERIES[1:])
    if theme.mode == "light":
        return plain
    # The darker half of the palette would drown in a dark card.
    return tuple(QColor(color).lighter(160).name() if QColor(color).lightness() < 120 else color for color in plain)


class _ReportChart(QWidget):
    """A chart with a scale at its left: nothing, the half and all of it."""

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self.tools, self.theme = tools, tools.theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(self.theme.px(260))

    def number(self, value: int) -> str:
        """A whole number in the language of the window."""
        return number_text(value, self.tools.texts.language)

    def plot_area(self, top: int) -> QRectF:
        """Where bars and lines stand: right of the widest number of the scale."""
        px, metrics = self.theme.px, self.fontMetrics()
        left = metrics.horizontalAdvance(self.number(top)) + px(10)
        return QRectF(left, px(18), self.width() - left - px(4), px(_PLOT))

    def paint_scale(self, painter: QPainter, plot: QRectF, top: int) -> None:
        """The lines, with their numbers where these are whole numbers."""
        px = self.theme.px
        for share in (0.0, 0.5, 1.0):
            y = plot.bottom() - plot.height() * share
            painter.setPen(QPen(self.theme.color("edge" if share == 0 else "edge_soft"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            if (top * share).is_integer():
                painter.setPen(self.theme.color("muted"))
                box = QRectF(0, y - px(10), plot.left() - px(6), px(20))
                painter.drawText(box, _RIGHT, self.number(int(top * share)))


class MonthsChart(_ReportChart):
    """Posts by month, outlets stacked, a legend below.

    Args:
        tools: what every part is given.
        report: what is shown; it has a post.
        words: names of months and outlets.
    """

    def __init__(self, tools: WindowTools, report: ActivityReport, words: ReportWords) -> None:
        super().__init__(tools)
        months = report.months
        self.series: Sequence[BarSeries] = month_series(report, words, series_colors(tools.theme))
        self._sums = [each.all_posts for each in months]
        self._labels = [short_month(each.month, words, len(months)) for each in months]
        names = [f"{words.month(each.month)}: {self.number(each.all_posts)}" for each in months]
        describe(self, f"{words.say('chart.months')}. {'; '.join(names)}")
        px = tools.theme.px
        self._across = 2
        rows = (len(self.series) + self._across - 1) // self._across
        self.setFixedHeight(px(18 + _PLOT + 30) + px(_ROW) * rows)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Scale, bars with their sums, months, legend."""
        px = self.theme.px
        painter = QPainter(self)
        top = nice_ceiling(max(self._sums, default=0))
        plot = self.plot_area(top)
        self.paint_scale(painter, plot, top)
        step = plot.width() / max(1, len(self._sums))
        wide = min(px(46), step * 0.62)
        # Of a report over many years not every month has room for its name.
        room = max(self.fontMetrics().horizontalAdvance(label) for label in self._labels) + px(6)
        every = max(1, -int(-room // step)) if self._labels else 1
        for at, label in enumerate(self._labels):
            self._paint_bar(painter, QRectF(plot.left() + step * at + (step - wide) / 2, 0, wide, 0), plot, at, top)
            if at % every == 0:
                painter.setPen(self.theme.color("muted"))
                box = QRectF(plot.left() + step * (at + 0.5) - room / 2, plot.bottom() + px(4), room, px(20))
                painter.drawText(box, _CENTER, label)
        self._paint_legend(painter, plot.bottom() + px(30))
        painter.end()

    def _paint_bar(self, painter: QPainter, place: QRectF, plot: QRectF, at: int, top: int) -> None:
        base = plot.bottom()
        for each in self.series:
            high = plot.height() * each.values[at] / top
            base -= high
            painter.fillRect(QRectF(place.left(), base, place.width(), high), QColor(each.color))
        # A number may be up to twice as wide as its bar; wider ones would run into each other.
        if self._sums[at] and place.width() >= self.fontMetrics().horizontalAdvance(self.number(self._sums[at])) / 2:
            painter.setPen(self.theme.color("text"))
            room = self.theme.px(18)
            box = QRectF(place.left() - room, base - room, place.width() + 2 * room, room)
            painter.drawText(box, _CENTER, self.number(self._sums[at]))

    def _paint_legend(self, painter: QPainter, top: float) -> None:
        px, wide = self.theme.px, self.width() / self._across
        for at, each in enumerate(self.series):
            left, line = wide * (at % self._across), top + px(_ROW) * (at // self._across)
            painter.fillRect(QRectF(left, line + px(5), px(11), px(11)), QColor(each.color))
            painter.setPen(self.theme.color("text"))
            room = wide - px(24)
            name = self.fontMetrics().elidedText(each.name, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(QRectF(left + px(18), line, room, px(_ROW)), _LEFT, name)


class ReachChart(_ReportChart):
    """How many were reached by each day on which something was read.

    Args:
        tools: what every part is given.
        report: what is shown; it has a reading.
        words: the title.
    """

    def __init__(self, tools: WindowTools, report: ActivityReport, words: ReportWords) -> None:
        super().__init__(tools)
        self._points = report.reach_line
        language = tools.texts.language
        self._ends = tuple(short_day(self._points[at][0], language, year=True) for at in (0, -1))
        told = [f"{short_day(day, language, year=True)}: {self.number(value)}" for day, value in self._points]
        describe(self, f"{words.say('chart.reached')}. {'; '.join(told)}")
        self.setFixedHeight(tools.theme.px(18 + _PLOT + 30))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Scale, line with a dot for each day, the first and the last day."""
        px = self.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = nice_ceiling(max(value for _, value in self._points))
        plot = self.plot_area(top)
        self.paint_scale(painter, plot, top)
        first, days = self._points[0][0], max(1, (self._points[-1][0] - self._points[0][0]).days)
        inside = plot.adjusted(px(5), 0, -px(5), 0)
        spots = [
            QPointF(inside.left() + inside.width() * (day - first).days / days, plot.bottom() - plot.height() * n / top)
            for day, n in self._points
        ]
        painter.setPen(QPen(self.theme.color("accent"), px(2)))
        painter.drawPolyline(spots)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("accent"))
        for spot in spots:
            painter.drawEllipse(spot, px(3), px(3))
        painter.setPen(self.theme.color("muted"))
        foot = QRectF(plot.left(), plot.bottom() + px(4), plot.width(), px(20))
        painter.drawText(foot, _LEFT, self._ends[0])
        if len(self._points) > 1:
            painter.drawText(foot, _RIGHT, self._ends[1])
        painter.end()


class ShareBar(QWidget):
    """A number of a table as a bar beside it; the number itself stands in the table.

    Args:
        theme: colours.
        share: of the largest number, 0 to 1.
    """

    def __init__(self, theme: WindowTheme, share: float) -> None:
        super().__init__()
        self._theme, self.share = theme, share
        self.setMinimumWidth(theme.px(40))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = min(self._theme.px(10), self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        # At least two pixels, so that a small number is seen to be more than none.
        bar = QRectF(0, (self.height() - high) / 2, max(self._theme.px(2), self.width() * self.share), high)
        painter.drawRoundedRect(bar, high / 4, high / 4)
        painter.end()
