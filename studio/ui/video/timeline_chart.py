"""Paints the timeline of a clip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from studio.base.timecode import clock_time
from studio.story.cover_geometry import box_shares
from studio.ui.video.timeline_scale import HANDLE, MARKS, RULER, TimelineScale

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.story.model import Cut
    from studio.ui.core.window_theme import WindowTheme

_FPS = 30
"""Frames a second of a result: a cover hides one of them early and late."""
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800)


class TimelineBackdrop:
    """Keeps what lies behind the playhead: painting it takes 20 to 40 ms, too long for every step of a drag."""

    def __init__(self) -> None:
        self._pixmap = QPixmap()
        self._key: object = None

    def painted(self, size: QSizeF, ratio: float, key: object, paint: Callable[[QPainter], None]) -> QPixmap:
        """The picture, painted again where something changed.

        Args:
            size: of the widget.
            ratio: pixels of the screen to one of the widget.
            key: what is shown.
            paint: paints it.
        """
        if (size, ratio, key) != self._key:
            self._pixmap = QPixmap((size * ratio).toSize())
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint(painter)
            painter.end()
            self._key = (size, ratio, key)
        return self._pixmap


class TimelineChart(TimelineScale):
    """What a timeline shows, and how.

    Args:
        theme: colours and lengths.
    """

    def __init__(self, theme: WindowTheme) -> None:
        super().__init__(theme)
        self.pictures: dict[int, QImage] = {}
        self.taken: dict[int, float] = {}
        self.count = 0
        self.peaks: tuple[float, ...] = ()
        self._backdrop = TimelineBackdrop()

    def clear(self) -> None:
        """Another clip comes."""
        self.pictures, self.taken, self.peaks, self.count = {}, {}, (), 0
        self.zoom, self.left, self.at = 1.0, 0.0, 0.0
        self._backdrop = TimelineBackdrop()

    def paint(self, painter: QPainter, ratio: float) -> None:
        """Everything, with the playhead in front.

        Args:
            painter: on the widget.
            ratio: pixels of the screen to one of the widget.
        """
        if self.tracks.seconds > 0:
            key = (self.tracks, self.zoom, self.left, len(self.pictures), self.peaks)
            size = QSizeF(self.width, self.height())
            painter.drawPixmap(0, 0, self._backdrop.painted(size, ratio, key, self._paint_ground))
            self._paint_head(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        """From the back: pictures and sound, what is omitted, pieces, marks."""
        self._paint_ruler(painter)
        self._paint_strip(painter)
        self._paint_wave(painter)
        self._paint_kept(painter)
        self._paint_marks(painter)

    def _paint_ruler(self, painter: QPainter) -> None:
        row = self._row(0, RULER)
        least = self._theme.px(70) / self._wide() * self.span()
        step = next((step for step in _STEPS if step >= least), _STEPS[-1])
        painter.setFont(self._theme.font("tiny"))
        number = int(self.left / step)
        while number * step <= self.left + self.span():
            x = self.x_of(number * step)
            if self._margin() - 1 <= x <= row.right() + 1:
                painter.setPen(QPen(self._theme.color("edge"), 1))
                painter.drawLine(QPointF(x, row.bottom() - self._theme.px(5)), QPointF(x, row.bottom()))
                painter.setPen(self._theme.color("muted"))
                text = QRectF(x + 3, row.top(), self._theme.px(70), row.height() - self._theme.px(2))
                if x + self._theme.px(50) <= row.right():
                    ways = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                    painter.drawText(text, ways, clock_time(number * step))
            number += 1

    def _paint_strip(self, painter: QPainter) -> None:
        row = self._row(RULER, self._strip)
        painter.fillRect(row, self._theme.color("idle_bg"))
        if not self.pictures or not self.count:
            return
        painter.save()
        painter.setClipRect(row)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sample = next(iter(self.pictures.values()))
        wide = row.height() * sample.width() / max(1, sample.height())
        x = row.left()
        while x < row.right():
            number = min(self.count - 1, int(self.time_of(x + wide / 2) / self.tracks.seconds * self.count))
            if (image := self.pictures.get(number)) is not None:
                place = QRectF(x, row.top(), wide, row.height())
                painter.drawImage(place, image)
                self._paint_covers(painter, place, self.taken[number])
            x += wide
        painter.restore()

    def _paint_covers(self, painter: QPainter, place: QRectF, seconds: float) -> None:
        """Cover in the filmstrip, too, what is covered in the result."""
        for cover in self.tracks.hidden:
            if cover.hides(seconds, _FPS):
                x, y, width, height = box_shares(cover.pixels, *self.tracks.size)
                left, top = place.left() + x * place.width(), place.top() + y * place.height()
                box = QRectF(left, top, width * place.width(), height * place.height())
                painter.fillRect(box.adjusted(-1, -1, 1, 1), QColor(cover.color))

    def _paint_wave(self, painter: QPainter) -> None:
        row = self._row(RULER + self._strip, self._wave)
        painter.fillRect(row, self._theme.color("card"))
        middle = row.center().y()
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(QPointF(row.left(), middle), QPointF(row.right(), middle))
        if not self.peaks:
            return
        per_pixel = len(self.peaks) / self.tracks.seconds * self.span() / self._wide()
        first = self.left / self.tracks.seconds * len(self.peaks)
        shape = QPainterPath(QPointF(row.left(), middle))
        below: list[QPointF] = []
        for pixel in range(int(row.width())):
            begin = int(first + pixel * per_pixel)
            level = max(self.peaks[begin : max(begin + 1, int(first + (pixel + 1) * per_pixel))], default=0.0)
            high = max(0.5, level * (row.height() / 2 - 2))
            shape.lineTo(row.left() + pixel, middle - high)
            below.append(QPointF(row.left() + pixel, middle + high))
        for point in reversed(below):
            shape.lineTo(point)
        painter.fillPath(shape, self._theme.color("accent"))

    def _paint_kept(self, painter: QPainter) -> None:
        body = self._body()
        out = QPainterPath()
        out.addRect(body)
        inside = QPainterPath()
        for cut in self.tracks.cuts:
            inside.addRect(
                QRectF(QPointF(self.x_of(cut.start), body.top()), QPointF(self.x_of(cut.end), body.bottom()))
            )
        shade = QColor(self._theme.color("bg"))
        shade.setAlpha(205)
        painter.save()
        painter.setClipRect(body)
        painter.fillPath(out.subtracted(inside), shade)
        painter.restore()
        for number, cut in enumerate(self.tracks.cuts):
            if number != self.tracks.chosen:
                self._paint_piece(painter, number, cut)
        if 0 <= self.tracks.chosen < len(self.tracks.cuts):
            self._paint_piece(painter, self.tracks.chosen, self.tracks.cuts[self.tracks.chosen])

    def _paint_piece(self, painter: QPainter, number: int, cut: Cut) -> None:
        px, chosen = self._theme.px, number == self.tracks.chosen
        body = self._body()
        area = self._area(cut)
        if area.right() < body.left() - 1 or area.left() > body.right() + 1:
            return
        color = self._theme.color("accent" if chosen else "edge")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, px(2.5 if chosen else 1)))
        painter.drawRect(area)
        tag = self.tag_of(number)
        if tag is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawRoundedRect(tag, px(4), px(4))
            painter.setPen(self._theme.color("on_accent" if chosen else "card"))
            painter.setFont(self._theme.font("tiny"))
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        if chosen and not self.tracks.locked:
            for x, side in ((area.left(), -1), (area.right(), 0)):
                self._paint_handle(painter, QRectF(x + side * px(HANDLE), area.top(), px(HANDLE), area.height()))

    def _paint_handle(self, painter: QPainter, grip: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        painter.drawRoundedRect(grip, self._theme.px(3), self._theme.px(3))
        painter.setPen(QPen(self._theme.color("on_accent"), self._theme.px(1.5)))
        middle, half = grip.center(), self._theme.px(8)
        painter.drawLine(QPointF(middle.x(), middle.y() - half), QPointF(middle.x(), middle.y() + half))

    def _paint_marks(self, painter: QPainter) -> None:
        row = self._row(RULER + self._strip + self._wave + 2, MARKS)
        half = row.height() / 2
        lanes = (
            (self.tracks.cues, "info", row.top()),
            (self.tracks.covers, "warn", row.top() + half),
        )
        painter.setPen(Qt.PenStyle.NoPen)
        for stretches, role, top in lanes:
            painter.setBrush(self._theme.color(role))
            for start, end in stretches:
                left, right = max(row.left(), self.x_of(start)), min(row.right(), self.x_of(end))
                if right > left:
                    painter.drawRoundedRect(QRectF(left, top + 1, max(2.0, right - left - 1), half - 1.5), 2, 2)
        if self.tracks.poster is not None:
            x, top, side = self.x_of(self.tracks.poster), self._row(0, RULER).bottom(), self._theme.px(5)
            painter.setBrush(self._theme.color("warn"))
            painter.drawPolygon(
                QPolygonF([QPointF(x, top), QPointF(x - side, top - side), QPointF(x + side, top - side)])
            )

    def _paint_head(self, painter: QPainter) -> None:
        x, px = self.x_of(self.at), self._theme.px
        if not self._margin() - 1 <= x <= self._margin() + self._wide() + 1:
            return
        bottom = self._row(RULER + self._strip + self._wave, MARKS).bottom()
        painter.setPen(QPen(self._theme.color("bad"), px(2)))
        painter.drawLine(QPointF(x, px(6)), QPointF(x, bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("bad"))
        points = [QPointF(x - px(6), px(2)), QPointF(x + px(6), px(2)), QPointF(x, px(11))]
        painter.drawPolygon(QPolygonF(points))
