"""What a timeline shows, where each time and each piece is on it, and how that is painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from studio.base.timecode import timecode_text
from studio.story.cover_geometry import box_shares
from studio.ui.media.box_dragging import rect_on
from studio.ui.media.picture_list import ROOMY

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.locale_forms import Language
    from studio.story.model import Cut
    from studio.ui.core.window_theme import WindowTheme
    from studio.video.job import CoverBox


RULER, MARKS = 20, 10
"""Design pixels of the times above and of the covers and subtitles below."""
_ROWS, _LOW_ROWS = (48, 34), (30, 22)
"""Design pixels of pictures and sound: usually, and where there is little room."""
HANDLE = 9
_MOST_ZOOM = 60.0
_FPS = 30
"""Frames a second of a result: a cover hides one of them early and late."""
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800)


@dataclass(frozen=True, slots=True)
class TimelineRemark:
    """A comment on a stretch of the clip: ``required`` ones hold the story back."""

    id: str
    start: float
    end: float
    required: bool = False


@dataclass(frozen=True, slots=True)
class TimelineTracks:
    """What the timeline shows of a clip.

    Attributes:
        seconds: length of the original.
        cuts: kept pieces, in the order of the result.
        chosen: number of the piece that is worked on.
        covers: stretches that are covered.
        cues: stretches with subtitles.
        poster: time of the cover picture, or None.
        locked: nothing can be changed.
        hidden: what is covered in the pictures, and when.
        size: width and height of the original in pixels.
        remarks: comments on stretches of the clip.
    """

    seconds: float = 0.0
    cuts: tuple[Cut, ...] = ()
    chosen: int = 0
    covers: tuple[tuple[float, float], ...] = ()
    cues: tuple[tuple[float, float], ...] = ()
    poster: float | None = None
    locked: bool = False
    hidden: tuple[CoverBox, ...] = ()
    size: tuple[int, int] = (1, 1)
    remarks: tuple[TimelineRemark, ...] = ()


class TimelineScale:
    """Times and pixels of a timeline.

    Args:
        theme: lengths.
    """

    def __init__(self, theme: WindowTheme) -> None:
        self._theme = theme
        self.tracks = TimelineTracks()
        self.at = 0.0
        self.zoom = 1.0
        self.left = 0.0
        self.width = 1
        self.low = False

    @property
    def strip_height(self) -> int:
        """Design pixels of the pictures."""
        return self._row(0)

    @property
    def wave_height(self) -> int:
        """Design pixels of the sound."""
        return self._row(1)

    def _row(self, which: int) -> int:
        # Nobody reads pictures and curves: beside large letters they keep their size, as the picture needs the room.
        return round((_LOW_ROWS if self.low else _ROWS)[which] * min(1.0, ROOMY / self._theme.scale))

    def height(self) -> int:
        """Pixels of all rows."""
        return self._theme.px(RULER + self.strip_height + self.wave_height + MARKS + 8)

    def zoom_by(self, factor: float) -> None:
        """Show a shorter stretch (above 1) or a longer one, around the playhead."""
        # The playhead stays where it is on the screen.
        before = self.x_of(self.at)
        self.zoom = min(_MOST_ZOOM, max(1.0, self.zoom * factor))
        self.left = self._held(self.at - (before - self.edge_px()) / max(1.0, self.wide_px()) * self.span())

    def scroll(self, by: float) -> None:
        """Show what lies ``by`` seconds later."""
        self.left = self._held(self.left + by)

    def follow(self, seconds: float) -> None:
        """Put the playhead there, and keep it in view."""
        self.at = seconds
        # Turns a page rather than moving with every picture; the playhead lands a tenth from the left.
        if self.zoom > 1 and not self.left <= seconds <= self.left + self.span():
            self.left = self._held(seconds - self.span() * 0.1)

    def edge_px(self) -> int:
        """Pixels left free at either end: half a handle has room there."""
        return self._theme.px(HANDLE)

    def wide_px(self) -> float:
        """Pixels between the ends."""
        return float(max(1, self.width - 2 * self.edge_px()))

    def span(self) -> float:
        """Seconds that are in view."""
        return max(0.01, self.tracks.seconds) / self.zoom

    def _held(self, left: float) -> float:
        return min(max(0.0, left), max(0.0, self.tracks.seconds - self.span()))

    def x_of(self, seconds: float) -> float:
        """Where a time is, in pixels of this widget."""
        return self.edge_px() + (seconds - self.left) / self.span() * self.wide_px()

    def time_of(self, x: float) -> float:
        """Which time is at a pixel; held inside the clip."""
        at = self.left + (x - self.edge_px()) / self.wide_px() * self.span()
        return min(max(0.0, at), self.tracks.seconds)

    def remark_at(self, x: float, y: float) -> str:
        """Id of the comment whose flag is at a pixel; "" for none."""
        for remark in self.tracks.remarks:
            if self.remark_flag(remark).adjusted(-2, -2, 2, 2).contains(x, y):
                return remark.id
        return ""

    def remark_flag(self, remark: TimelineRemark) -> QRectF:
        """Where the flag of a comment stands: on the times above, at the beginning of its stretch."""
        px = self._theme.px
        return QRectF(self.x_of(remark.start) - px(1), px(1), px(13), px(12))

    def row_area(self, top: float, height: float) -> QRectF:
        """A row from end to end; its top and height in design pixels."""
        px = self._theme.px
        return QRectF(self.edge_px(), px(top), self.wide_px(), px(height))

    def piece_area(self, cut: Cut) -> QRectF:
        """Where a piece is, over pictures and sound."""
        body = self.body_area()
        return QRectF(QPointF(self.x_of(cut.start), body.top()), QPointF(self.x_of(cut.end), body.bottom()))

    def body_area(self) -> QRectF:
        """Pictures and sound."""
        return self.row_area(RULER, self.strip_height + self.wave_height)

    def tag_of(self, number: int) -> QRectF | None:
        """Where the number of a piece stands, clear of the chosen piece's handle; None where it has no room."""
        cuts, chosen, px = self.tracks.cuts, self.tracks.chosen, self._theme.px
        if len(cuts) < 2:
            return None
        area = self.piece_area(cuts[number])
        left = area.left()
        if number != chosen and 0 <= chosen < len(cuts) and not self.tracks.locked:
            handle = self.x_of(cuts[chosen].end)
            if handle - px(22) < left < handle + px(HANDLE):
                left = handle + px(HANDLE)
        tag = QRectF(left + px(4), area.top() + px(3), px(18), px(16))
        return tag if number == chosen or tag.right() <= area.right() else None


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
            # In the screen's own pixels: otherwise it is blurred where the screen is scaled.
            self._pixmap = QPixmap((size * ratio).toSize())
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint(painter)
            painter.end()
            self._key = (size, ratio, key)
        return self._pixmap


class TimelineChart:
    """What a timeline shows, and how.

    Args:
        theme: colours and lengths.
        language: how times are written.
    """

    def __init__(self, theme: WindowTheme, language: Language) -> None:
        self._theme, self._language = theme, language
        self.scale = TimelineScale(theme)
        self.pictures: dict[int, QImage] = {}
        self.taken: dict[int, float] = {}
        self.count = 0
        self.peaks: tuple[float, ...] = ()
        self._backdrop = TimelineBackdrop()

    def clear(self) -> None:
        """Another clip comes."""
        self.pictures, self.taken, self.peaks, self.count = {}, {}, (), 0
        self.scale.zoom, self.scale.left, self.scale.at = 1.0, 0.0, 0.0
        self._backdrop = TimelineBackdrop()

    def paint(self, painter: QPainter, ratio: float) -> None:
        """Everything, with the playhead in front.

        Args:
            painter: on the widget.
            ratio: pixels of the screen to one of the widget.
        """
        if self.scale.tracks.seconds > 0:
            key = (self.scale.tracks, self.scale.zoom, self.scale.left, len(self.pictures), self.peaks)
            size = QSizeF(self.scale.width, self.scale.height())
            painter.drawPixmap(0, 0, self._backdrop.painted(size, ratio, key, self._paint_ground))
            self._paint_head(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        """From the back: pictures and sound, what is cut away, pieces, marks."""
        self._paint_ruler(painter)
        self._paint_strip(painter)
        self._paint_wave(painter)
        self._paint_kept(painter)
        self._paint_marks(painter)
        self._paint_remarks(painter)

    def _paint_ruler(self, painter: QPainter) -> None:
        row = self.scale.row_area(0, RULER)
        least = self._theme.px(70) / self.scale.wide_px() * self.scale.span()
        step = next((step for step in _STEPS if step >= least), _STEPS[-1])
        painter.setFont(self._theme.font("tiny"))
        # Counted from the clip's beginning: scrolling moves the times and does not change them.
        number = int(self.scale.left / step)
        while number * step <= self.scale.left + self.scale.span():
            x = self.scale.x_of(number * step)
            if self.scale.edge_px() - 1 <= x <= row.right() + 1:
                painter.setPen(QPen(self._theme.color("edge"), 1))
                painter.drawLine(QPointF(x, row.bottom() - self._theme.px(5)), QPointF(x, row.bottom()))
                painter.setPen(self._theme.color("muted"))
                text = QRectF(x + 3, row.top(), self._theme.px(70), row.height() - self._theme.px(2))
                if x + self._theme.px(50) <= row.right():
                    ways = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                    painter.drawText(text, ways, timecode_text(number * step, self._language))
            number += 1

    def _paint_strip(self, painter: QPainter) -> None:
        row = self.scale.row_area(RULER, self.scale.strip_height)
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
            number = min(self.count - 1, int(self.scale.time_of(x + wide / 2) / self.scale.tracks.seconds * self.count))
            if (image := self.pictures.get(number)) is not None:
                place = QRectF(x, row.top(), wide, row.height())
                painter.drawImage(place, image)
                self._paint_covers(painter, place, self.taken[number])
            x += wide
        painter.restore()

    def _paint_covers(self, painter: QPainter, place: QRectF, seconds: float) -> None:
        """Cover in the filmstrip, too, what is covered in the result."""
        for cover in self.scale.tracks.hidden:
            if cover.hides(seconds, _FPS):
                for part in cover.parts:
                    box = rect_on(place, box_shares(part, *self.scale.tracks.size))
                    painter.fillRect(box.adjusted(-1, -1, 1, 1), QColor(cover.color))

    def _paint_wave(self, painter: QPainter) -> None:
        row = self.scale.row_area(RULER + self.scale.strip_height, self.scale.wave_height)
        painter.fillRect(row, self._theme.color("card"))
        middle = row.center().y()
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(QPointF(row.left(), middle), QPointF(row.right(), middle))
        if not self.peaks:
            return
        per_pixel = len(self.peaks) / self.scale.tracks.seconds * self.scale.span() / self.scale.wide_px()
        first = self.scale.left / self.scale.tracks.seconds * len(self.peaks)
        shape = QPainterPath(QPointF(row.left(), middle))
        below: list[QPointF] = []
        for pixel in range(int(row.width())):
            begin = int(first + pixel * per_pixel)
            # At least one peak: zoomed in, a pixel is less than one.
            level = max(self.peaks[begin : max(begin + 1, int(first + (pixel + 1) * per_pixel))], default=0.0)
            high = max(0.5, level * (row.height() / 2 - 2))
            shape.lineTo(row.left() + pixel, middle - high)
            below.append(QPointF(row.left() + pixel, middle + high))
        for point in reversed(below):
            shape.lineTo(point)
        painter.fillPath(shape, self._theme.color("accent"))

    def _paint_kept(self, painter: QPainter) -> None:
        body = self.scale.body_area()
        out = QPainterPath()
        out.addRect(body)
        inside = QPainterPath()
        for cut in self.scale.tracks.cuts:
            inside.addRect(
                QRectF(
                    QPointF(self.scale.x_of(cut.start), body.top()), QPointF(self.scale.x_of(cut.end), body.bottom())
                )
            )
        shade = QColor(self._theme.color("bg"))
        shade.setAlpha(205)
        painter.save()
        painter.setClipRect(body)
        painter.fillPath(out.subtracted(inside), shade)
        painter.restore()
        for number, cut in enumerate(self.scale.tracks.cuts):
            if number != self.scale.tracks.chosen:
                self._paint_piece(painter, number, cut)
        # The chosen piece comes last, over the edges of its neighbours.
        if 0 <= self.scale.tracks.chosen < len(self.scale.tracks.cuts):
            self._paint_piece(painter, self.scale.tracks.chosen, self.scale.tracks.cuts[self.scale.tracks.chosen])

    def _paint_piece(self, painter: QPainter, number: int, cut: Cut) -> None:
        px, chosen = self._theme.px, number == self.scale.tracks.chosen
        body = self.scale.body_area()
        area = self.scale.piece_area(cut)
        if area.right() < body.left() - 1 or area.left() > body.right() + 1:
            return
        color = self._theme.color("accent" if chosen else "edge")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, px(2.5 if chosen else 1)))
        painter.drawRect(area)
        tag = self.scale.tag_of(number)
        if tag is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawRoundedRect(tag, px(4), px(4))
            painter.setPen(self._theme.color("on_accent" if chosen else "card"))
            painter.setFont(self._theme.font("tiny"))
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        if chosen and not self.scale.tracks.locked:
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
        row = self.scale.row_area(RULER + self.scale.strip_height + self.scale.wave_height + 2, MARKS)
        half = row.height() / 2
        lanes = (
            (self.scale.tracks.cues, "info", row.top()),
            (self.scale.tracks.covers, "warn", row.top() + half),
        )
        painter.setPen(Qt.PenStyle.NoPen)
        for stretches, role, top in lanes:
            painter.setBrush(self._theme.color(role))
            for start, end in stretches:
                left, right = max(row.left(), self.scale.x_of(start)), min(row.right(), self.scale.x_of(end))
                if right > left:
                    # The shortest stretch is still to be seen.
                    painter.drawRoundedRect(QRectF(left, top + 1, max(2.0, right - left - 1), half - 1.5), 2, 2)
        if self.scale.tracks.poster is not None:
            x, top, side = (
                self.scale.x_of(self.scale.tracks.poster),
                self.scale.row_area(0, RULER).bottom(),
                self._theme.px(5),
            )
            painter.setBrush(self._theme.color("warn"))
            painter.drawPolygon(
                QPolygonF([QPointF(x, top), QPointF(x - side, top - side), QPointF(x + side, top - side)])
            )

    def _paint_remarks(self, painter: QPainter) -> None:
        """A flag for each comment, with "!" where it is required, and a line over its stretch."""
        row, px = self.scale.row_area(0, RULER), self._theme.px
        for remark in self.scale.tracks.remarks:
            flag = self.scale.remark_flag(remark)
            color = self._theme.color("bad" if remark.required else "accent")
            left, right = max(row.left(), flag.left()), min(row.right(), self.scale.x_of(remark.end))
            if right <= row.left() or left >= row.right():
                continue
            painter.setPen(QPen(color, px(2)))
            painter.drawLine(QPointF(left, row.bottom() - px(2)), QPointF(max(right, left + 2), row.bottom() - px(2)))
            # Scrolled out at the left: only the line over its stretch is in view.
            if flag.left() < row.left() - px(2):
                continue
            painter.drawLine(QPointF(flag.left(), flag.top()), QPointF(flag.left(), row.bottom() - px(2)))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawRoundedRect(flag, px(3), px(3))
            painter.setPen(self._theme.color("on_accent"))
            painter.setFont(self._theme.font("tiny"))
            painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, "!" if remark.required else "…")

    def _paint_head(self, painter: QPainter) -> None:
        x, px = self.scale.x_of(self.scale.at), self._theme.px
        if not self.scale.edge_px() - 1 <= x <= self.scale.edge_px() + self.scale.wide_px() + 1:
            return
        bottom = self.scale.row_area(RULER + self.scale.strip_height + self.scale.wave_height, MARKS).bottom()
        painter.setPen(QPen(self._theme.color("bad"), px(2)))
        painter.drawLine(QPointF(x, px(6)), QPointF(x, bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("bad"))
        points = [QPointF(x - px(6), px(2)), QPointF(x + px(6), px(2)), QPointF(x, px(11))]
        painter.drawPolygon(QPolygonF(points))
