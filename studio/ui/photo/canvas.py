"""The photo being worked on: focus point, crop with handles and thirds, covers, and a line along the horizon.

It shows a picture that is already turned; all its positions are fractions of that picture. While something is dragged,
only lines are painted over a finished pixmap: the engine works when the button is released.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, degrees
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.photo.boxes import Handle, dragged, handle_at, handles, nudged

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from studio.story.model import Box, Point
    from studio.ui.theme import Theme

Mode = Literal["focus", "crop", "cover", "horizon"]
_GRAB = 12.0
_STEP, _BIG_STEP = 0.005, 0.05
_LEAST_COVER = 0.01


@dataclass(frozen=True, slots=True)
class Hidden:
    """A cover as it is drawn."""

    box: Box
    ellipse: bool
    color: str


class Canvas(QWidget):
    """Shows a photo and lets marks on it be moved by mouse and keys.

    Args:
        theme: for sizes and colours.
    """

    focus_moved = Signal(object)
    """A ``Point``; sent when the mouse or key is done."""
    crop_moved = Signal(object)
    """A ``Box``."""
    cover_drawn = Signal(object)
    """A ``Box``: a new cover."""
    cover_moved = Signal(int, object)
    cover_removed = Signal(int)
    horizon_drawn = Signal(float)
    """Degrees by which the line leans, clockwise, -45 to 45."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pixmap: QPixmap | None = None
        self._fitted: QPixmap | None = None
        self.words = ""
        self.mode: Mode = "focus"
        self.locked = False
        self.focus_point: Point = (0.5, 0.5)
        self.crop: Box = (0.0, 0.0, 1.0, 1.0)
        self.ratio: float | None = None
        """Width by height of the crop, None for any."""
        self.covers: tuple[Hidden, ...] = ()
        self.chosen_cover = -1
        self._drag: tuple[Handle, QPointF, Box] | None = None
        self._line: tuple[QPointF, QPointF] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 140)

    # -------------------------------------------------------------------------------------------- showing

    def show_picture(self, pixmap: QPixmap | None) -> None:
        """Show this one."""
        self._pixmap = pixmap
        self._fitted = None
        self.words = ""
        self.update()

    def show_words(self, words: str) -> None:
        """Say why there is no picture."""
        self.words = words
        self.setAccessibleDescription(words)
        self.update()

    def show_marks(self, focus: Point, crop: Box, covers: tuple[Hidden, ...]) -> None:
        """Show these marks; not while one of them is being dragged."""
        if self._drag is None and self._line is None:
            self.focus_point, self.crop, self.covers = focus, crop, covers
            self.update()

    def set_mode(self, mode: Mode) -> None:
        """What the mouse and the keys do."""
        self.mode = mode
        self.setCursor(Qt.CursorShape.ArrowCursor if mode == "crop" else Qt.CursorShape.CrossCursor)
        self.update()

    @property
    def place(self) -> QRectF:
        """Where the picture lies in the widget."""
        if self._pixmap is None:
            return QRectF(self.rect())
        size = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As much as there is."""
        return QSize(self._theme.px(640), self._theme.px(420))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The picture is fitted anew."""
        self._fitted = None
        super().resizeEvent(event)

    def to_widget(self, point: Point) -> QPointF:
        """Fractions of the picture as a place in the widget."""
        place = self.place
        return QPointF(place.x() + point[0] * place.width(), place.y() + point[1] * place.height())

    def _to_picture(self, at: QPointF) -> Point:
        place = self.place
        x = (at.x() - place.x()) / max(1.0, place.width())
        y = (at.y() - place.y()) / max(1.0, place.height())
        return min(1.0, max(0.0, x)), min(1.0, max(0.0, y))

    def _rect(self, box: Box) -> QRectF:
        return QRectF(self.to_widget((box[0], box[1])), self.to_widget((box[0] + box[2], box[1] + box[3])))

    # -------------------------------------------------------------------------------------------- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of what lies there."""
        if event.button() != Qt.MouseButton.LeftButton or self.locked or self._pixmap is None:
            return
        self.setFocus()
        at = event.position()
        match self.mode:
            case "focus":
                self._drag = ("move", at, (0.0, 0.0, 0.0, 0.0))
                self.focus_point = self._to_picture(at)
            case "crop":
                self._drag = (handle_at(self._rect(self.crop), at, _GRAB) or "new", at, self.crop)
            case "cover":
                self._take_cover(at)
            case "horizon":
                self._line = (at, at)
        self.update()

    def _take_cover(self, at: QPointF) -> None:
        for number in reversed(range(len(self.covers))):
            handle = handle_at(self._rect(self.covers[number].box), at, _GRAB)
            if handle is not None:
                self.chosen_cover = number
                self._drag = (handle, at, self.covers[number].box)
                return
        x, y = self._to_picture(at)
        self.chosen_cover = -1
        self._drag = ("new", at, (x, y, 0.0, 0.0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the mouse."""
        at = event.position()
        if self._line is not None:
            self._line = (self._line[0], at)
        elif self._drag is not None:
            self._follow(at)
        else:
            return
        self.update()

    def _follow(self, at: QPointF) -> None:
        handle, start, before = self._drag or ("move", at, self.crop)
        place = self.place
        by = ((at.x() - start.x()) / max(1.0, place.width()), (at.y() - start.y()) / max(1.0, place.height()))
        if self.mode == "focus":
            self.focus_point = self._to_picture(at)
        elif self.mode == "crop":
            box = (*self._to_picture(start), 0.0, 0.0) if handle == "new" else before
            shape = None if self.ratio is None else self.ratio * place.height() / max(1.0, place.width())
            self.crop = dragged(box, "se" if handle == "new" else handle, by, shape)
        elif self.mode == "cover":
            box = dragged(before, "se" if handle == "new" else handle, by, None)
            if handle == "new":
                self._new_cover = box
            else:
                self._move_cover(box)

    _new_cover: Box | None = None

    def _move_cover(self, box: Box) -> None:
        covers = list(self.covers)
        old = covers[self.chosen_cover]
        covers[self.chosen_cover] = Hidden(box, old.ellipse, old.color)
        self.covers = tuple(covers)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell what was done."""
        if self._line is not None:
            (first, last), self._line = self._line, None
            if (last - first).manhattanLength() > 2 * _GRAB:
                lean = degrees(atan2(last.y() - first.y(), last.x() - first.x()))
                self.horizon_drawn.emit((lean + 90.0) % 180.0 - 90.0)
        elif self._drag is not None:
            handle, _, before = self._drag
            self._drag = None
            self._tell(handle, before)
        self.update()

    def _tell(self, handle: Handle, before: Box) -> None:
        if self.mode == "focus":
            self.focus_moved.emit(self.focus_point)
        elif self.mode == "crop" and self.crop != before:
            self.crop_moved.emit(self.crop)
        elif self.mode == "cover" and handle == "new":
            box, self._new_cover = self._new_cover, None
            if box is not None and min(box[2], box[3]) >= _LEAST_COVER:
                self.chosen_cover = len(self.covers)
                self.cover_drawn.emit(box)
        elif self.mode == "cover" and self.covers[self.chosen_cover].box != before:
            self.cover_moved.emit(self.chosen_cover, self.covers[self.chosen_cover].box)

    # -------------------------------------------------------------------------------------------- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move (Shift: farther, Ctrl: resize); Delete uncovers, Insert covers the middle."""
        arrows = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        way = arrows.get(Qt.Key(event.key()))
        if self.locked or (way is None and event.key() not in {Qt.Key.Key_Delete, Qt.Key.Key_Insert}):
            super().keyPressEvent(event)
            return
        step = _BIG_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
        resize = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if way is not None:
            self._nudge((way[0] * step, way[1] * step), resize=resize)
        elif self.mode == "cover" and event.key() == Qt.Key.Key_Delete and self.chosen_cover >= 0:
            self.cover_removed.emit(self.chosen_cover)
        elif self.mode == "cover" and event.key() == Qt.Key.Key_Insert:
            self.chosen_cover = len(self.covers)
            self.cover_drawn.emit((0.4, 0.35, 0.2, 0.3))
        self.update()

    def _nudge(self, by: tuple[float, float], *, resize: bool) -> None:
        if self.mode == "focus":
            x, y = self.focus_point
            self.focus_point = min(1.0, max(0.0, x + by[0])), min(1.0, max(0.0, y + by[1]))
            self.focus_moved.emit(self.focus_point)
        elif self.mode == "crop":
            place = self.place
            shape = None if self.ratio is None else self.ratio * place.height() / max(1.0, place.width())
            self.crop = nudged(self.crop, by, resize=resize, shape=shape)
            self.crop_moved.emit(self.crop)
        elif self.mode == "cover" and 0 <= self.chosen_cover < len(self.covers):
            self._move_cover(nudged(self.covers[self.chosen_cover].box, by, resize=resize, shape=None))
            self.cover_moved.emit(self.chosen_cover, self.covers[self.chosen_cover].box)

    # -------------------------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The picture, then the marks."""
        painter = QPainter(self)
        if self._pixmap is None:
            painter.setPen(self._theme.color("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(40, 20, -40, -20), flags, self.words)
            painter.end()
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = self.place
        if self._fitted is None:
            ratio = self.devicePixelRatioF()
            self._fitted = self._pixmap.scaled(
                (place.size() * ratio).toSize(),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._fitted.setDevicePixelRatio(ratio)
        painter.drawPixmap(place.topLeft(), self._fitted)
        self._paint_covers(painter)
        if self.mode == "crop":
            paint_crop(painter, self._rect(self.crop), place)
            self._paint_handles(painter, self._rect(self.crop))
        if self.mode == "focus":
            self._paint_focus(painter)
        if self._line is not None:
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.drawLine(*self._line)
        painter.end()

    def _paint_covers(self, painter: QPainter) -> None:
        new = (Hidden(self._new_cover, False, "#1f2933"),) if self._new_cover else ()
        for number, cover in enumerate((*self.covers, *new)):
            rect = self._rect(cover.box)
            painter.setBrush(QColor(cover.color))
            chosen = self.mode == "cover" and number == self.chosen_cover
            painter.setPen(QPen(self._theme.color("accent"), 2) if chosen else Qt.PenStyle.NoPen)
            (painter.drawEllipse if cover.ellipse else painter.drawRect)(rect)
            if chosen:
                self._paint_handles(painter, rect)

    def _paint_handles(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(QColor(0, 0, 0, 150), 1))
        painter.setBrush(Qt.GlobalColor.white)
        for spot in handles(rect).values():
            painter.drawEllipse(spot, self._theme.px(5), self._theme.px(5))

    def _paint_focus(self, painter: QPainter) -> None:
        at, radius = self.to_widget(self.focus_point), self._theme.px(13)
        painter.setBrush(QColor(0, 0, 0, 60))
        for color, width in ((QColor(0, 0, 0, 150), 4.0), (QColor(255, 255, 255), 2.0)):
            painter.setPen(QPen(color, width))
            painter.drawEllipse(at, radius, radius)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setBrush(self._theme.color("accent"))
        painter.setPen(QPen(Qt.GlobalColor.white, 1.5))
        painter.drawEllipse(at, self._theme.px(4), self._theme.px(4))


def paint_crop(painter: QPainter, rect: QRectF, place: QRectF) -> None:
    """Darken what is cut off, draw thirds and the frame."""
    outside, inside = QPainterPath(), QPainterPath()
    outside.addRect(place)
    inside.addRect(rect)
    painter.fillPath(outside - inside, QColor(0, 0, 0, 130))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(255, 255, 255, 120), 1))
    for third in (1 / 3, 2 / 3):
        x, y = rect.left() + rect.width() * third, rect.top() + rect.height() * third
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
    painter.setPen(QPen(Qt.GlobalColor.white, 2))
    painter.drawRect(rect)
