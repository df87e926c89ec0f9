"""The picture of the desk: the original with what is cropped and covered, or the result as it will be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.video.playing_keys import move_of

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from studio.preview.safe_zones import Zone
    from studio.story.model import Box, Point
    from studio.ui.core.window_theme import WindowTheme

Grip = Literal["", "focus", "move", "nw", "ne", "sw", "se", "draw"]
_GRIP = 11
"""Design pixels of a handle; it can be caught a little beside it."""
_NUDGE = 0.01
_MIDDLE: Box = (0.35, 0.35, 0.3, 0.3)
"""The cover that Enter draws, for hands without a mouse; the arrows move it."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}

_CURSORS = {
    "draw": Qt.CursorShape.CrossCursor,
    "focus": Qt.CursorShape.CrossCursor,
    "move": Qt.CursorShape.SizeAllCursor,
    "nw": Qt.CursorShape.SizeFDiagCursor,
    "se": Qt.CursorShape.SizeFDiagCursor,
    "ne": Qt.CursorShape.SizeBDiagCursor,
    "sw": Qt.CursorShape.SizeBDiagCursor,
}


@dataclass(frozen=True, slots=True)
class StageMask:
    """A cover on the picture.

    Attributes:
        box: as it was drawn: what is taken hold of.
        burned: what the result covers, margin and all.
        color: as it is filled.
        now: whether it hides something now.
        name: what it is called.
    """

    box: Box
    burned: Box
    color: str
    now: bool
    name: str


@dataclass(frozen=True, slots=True)
class StageScene:
    """What is drawn over the original.

    Attributes:
        crop: what a format keeps, as fractions; None shows no format.
        focus: what must stay in the picture; None where nothing is cropped.
        masks: the covers.
        chosen: number of the cover that is worked on, -1 for none.
        safe: what an app hides of the result (shares from left, top, right, bottom), or None.
        drawing: whether the next drag draws a cover.
        locked: nothing can be changed.
    """

    crop: QRectF | None = None
    focus: Point | None = None
    masks: tuple[StageMask, ...] = ()
    chosen: int = -1
    safe: Zone | None = None
    drawing: bool = False
    locked: bool = False


class _FocusFrame(QWidget):
    """Painted again when the focus comes and goes."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show it."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it."""
        super().focusOutEvent(event)
        self.update()


class ClipStage(_FocusFrame):
    """Paints the picture, and is where focus and covers are dragged. Positions are fractions of the original.

    Args:
        theme: colours and lengths.
    """

    focus_dragged = Signal(float, float)
    cover_drawn = Signal(object)
    """A ``Box``."""
    cover_picked = Signal(int)
    cover_moved = Signal(int, object)
    """Number and its new ``Box``."""
    gripped = Signal()
    """A drag begins."""
    released = Signal()
    """A drag is over."""
    asked = Signal(str)
    """See ``keys.move_of``; also "escape" and "remove"."""

    def __init__(self, theme: WindowTheme) -> None:
        super().__init__()
        self._theme = theme
        self._image = QImage()
        self.words = ""
        self._result = False
        self._scene = StageScene()
        self._grip: Grip = ""
        self._from = QPointF()
        self._box: Box = (0.0, 0.0, 0.0, 0.0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 140)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Wide, as most screens are."""
        return QSize(self._theme.px(400), self._theme.px(200))

    def show_image(self, image: QImage, *, result: bool) -> None:
        """Show a picture: of the original, or (``result``) of the result."""
        self._image = image
        self._result = result
        self.update()

    @property
    def has_image(self) -> bool:
        """Whether there is a picture."""
        return not self._image.isNull()

    def say(self, words: str) -> None:
        """Stand in for a picture that is not there (yet)."""
        self.words = words
        self.setAccessibleDescription(words)
        self.update()

    def show_scene(self, scene: StageScene) -> None:
        """Draw this over the picture."""
        if scene != self._scene:
            self._scene = scene
            self._point_out(None)
            self.update()

    @property
    def scene(self) -> StageScene:
        """What is drawn over the picture."""
        return self._scene

    def picture_area(self) -> QRectF:
        """Where the picture is, in the pixels of this widget."""
        room = QRectF(self.rect())
        if self._image.isNull():
            return room
        share = min(room.width() / self._image.width(), room.height() / self._image.height())
        wide, high = self._image.width() * share, self._image.height() * share
        return QRectF((room.width() - wide) / 2, (room.height() - high) / 2, wide, high)

    # ------------------------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Picture, then what lies over it."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(self.rect(), self._theme.px(10), self._theme.px(10))
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), QColor("#101817"))
        if not self._image.isNull():
            painter.drawImage(self.picture_area(), self._image)
            if self._result:
                self._paint_safe(painter)
            else:
                self._paint_crop(painter)
                for number, mask in enumerate(self._scene.masks):
                    self._paint_mask(painter, number, mask)
                self._paint_focus(painter)
                if self._grip == "draw":
                    _outline(painter, self._on_screen(self._box), "#ffffff")
        elif self.words:
            painter.setFont(self._theme.font("ui"))
            painter.setPen(QColor("#e8edeb"))
            room = QRectF(self.rect()).adjusted(24, 16, -24, -16)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), self.words)
        if self.hasFocus():
            painter.setClipping(False)
            painter.setPen(QPen(self._theme.color("accent"), self._theme.px(3)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = self._theme.px(1)
            painter.drawRoundedRect(
                self.rect().adjusted(inset, inset, -inset, -inset), self._theme.px(10), self._theme.px(10)
            )
        painter.end()

    def _paint_crop(self, painter: QPainter) -> None:
        if self._scene.crop is None:
            return
        whole, part = self.picture_area(), self._on_screen(_box(self._scene.crop))
        shade = QPainterPath()
        shade.addRect(whole)
        shade.addRect(part)
        painter.fillPath(shade, QColor(8, 14, 13, 165))
        _outline(painter, part, "#ffffff")

    def _paint_mask(self, painter: QPainter, number: int, mask: StageMask) -> None:
        area = self._on_screen(mask.box)
        chosen = number == self._scene.chosen
        if mask.now:
            painter.fillRect(self._on_screen(mask.burned).intersected(self.picture_area()), QColor(mask.color))
        if not (mask.now or chosen):
            return
        _outline(painter, area, "#ffd54d" if chosen else "#ffffff", dashed=not mask.now)
        painter.setFont(self._theme.font("tiny"))
        painter.setPen(QColor("#ffffff"))
        inner = area.adjusted(6, 3, -4, -3)
        if inner.width() > self._theme.px(40) and inner.height() > self._theme.px(14):
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, mask.name)
        if chosen and not self._scene.locked:
            side = self._theme.px(_GRIP)
            for corner in (area.topLeft(), area.topRight(), area.bottomLeft(), area.bottomRight()):
                painter.fillRect(QRectF(corner.x() - side / 2, corner.y() - side / 2, side, side), QColor("#ffd54d"))

    def _paint_focus(self, painter: QPainter) -> None:
        if self._scene.focus is None:
            return
        place = self.picture_area()
        at = QPointF(
            place.x() + self._scene.focus[0] * place.width(), place.y() + self._scene.focus[1] * place.height()
        )
        for width, color in ((5, QColor(0, 0, 0, 150)), (2, QColor("#ffffff"))):
            painter.setPen(QPen(color, self._theme.px(width)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, self._theme.px(15), self._theme.px(15))
            painter.drawPoint(at)

    def _paint_safe(self, painter: QPainter) -> None:
        if self._scene.safe is None:
            return
        left, top, right, bottom = self._scene.safe
        place = self.picture_area()
        inner = place.adjusted(
            left * place.width(), top * place.height(), -right * place.width(), -bottom * place.height()
        )
        shade = QPainterPath()
        shade.addRect(place)
        shade.addRect(inner)
        painter.fillPath(shade, QColor(179, 38, 30, 90))
        _outline(painter, inner, "#ffffff", dashed=True)

    def _on_screen(self, box: Box) -> QRectF:
        place = self.picture_area()
        return QRectF(
            place.x() + box[0] * place.width(),
            place.y() + box[1] * place.height(),
            box[2] * place.width(),
            box[3] * place.height(),
        )

    # ------------------------------------------------------------------------------------------- mouse

    def _fraction(self, at: QPointF) -> QPointF:
        place = self.picture_area()
        x = (at.x() - place.x()) / max(1.0, place.width())
        y = (at.y() - place.y()) / max(1.0, place.height())
        return QPointF(min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))

    def _grip_at(self, at: QPointF) -> tuple[Grip, int]:
        """What a press would take hold of, and of which cover."""
        scene = self._scene
        if self._result or scene.locked or self._image.isNull():
            return "", -1
        if scene.drawing:
            return "draw", -1
        near = self._theme.px(_GRIP)
        if 0 <= scene.chosen < len(scene.masks):
            area = self._on_screen(scene.masks[scene.chosen].box)
            corners: tuple[tuple[Grip, QPointF], ...] = (
                ("nw", area.topLeft()),
                ("ne", area.topRight()),
                ("sw", area.bottomLeft()),
                ("se", area.bottomRight()),
            )
            for grip, corner in corners:
                if abs(corner.x() - at.x()) <= near and abs(corner.y() - at.y()) <= near:
                    return grip, scene.chosen
        for number in reversed(range(len(scene.masks))):
            if scene.masks[number].now and self._on_screen(scene.masks[number].box).contains(at):
                return "move", number
        return ("focus", -1) if scene.focus is not None else ("", -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._grip, number = self._grip_at(event.position())
        self._from = self._fraction(event.position())
        if self._grip:
            self.gripped.emit()
        if self._grip in {"move", "nw", "ne", "sw", "se"}:
            self._box = self._scene.masks[number].box
            self.cover_picked.emit(number)
        elif self._grip == "draw":
            self._box = (self._from.x(), self._from.y(), 0.0, 0.0)
        elif self._grip == "focus":
            self.focus_dragged.emit(self._from.x(), self._from.y())
        elif not self._result:
            self.cover_picked.emit(-1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held, else show what could be."""
        if not self._grip:
            self._point_out(event.position())
            return
        now = self._fraction(event.position())
        if self._grip == "focus":
            self.focus_dragged.emit(now.x(), now.y())
        elif self._grip == "draw":
            self._box = (self._from.x(), self._from.y(), now.x() - self._from.x(), now.y() - self._from.y())
            self.update()
        else:
            self.cover_moved.emit(self._scene.chosen, self._dragged(now - self._from))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        grip, self._grip = self._grip, ""
        if grip == "draw":
            self.cover_drawn.emit(self._box)
        if grip:
            self.released.emit()
        self.update()

    def _dragged(self, by: QPointF) -> Box:
        x, y, width, height = self._box
        if self._grip == "move":
            return min(max(x + by.x(), 0.0), 1 - width), min(max(y + by.y(), 0.0), 1 - height), width, height
        left, top, right, bottom = x, y, x + width, y + height
        if self._grip in {"nw", "sw"}:
            left += by.x()
        else:
            right += by.x()
        if self._grip in {"nw", "ne"}:
            top += by.y()
        else:
            bottom += by.y()
        return left, top, right - left, bottom - top

    def _point_out(self, at: QPointF | None) -> None:
        grip = "draw" if self._scene.drawing else self._grip_at(at)[0] if at is not None else ""
        self.setCursor(_CURSORS.get(grip, Qt.CursorShape.ArrowCursor))

    # ------------------------------------------------------------------------------------------- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the chosen cover (with Shift its size); without one they move the playhead."""
        key = Qt.Key(event.key())
        if 0 <= self._scene.chosen < len(self._scene.masks) and not self._result and self._cover_key(event, key):
            return
        if self._scene.drawing and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.cover_drawn.emit(_MIDDLE)
        elif key == Qt.Key.Key_Escape:
            self.asked.emit("escape")
        elif move := move_of(event):
            self.asked.emit(move)
        else:
            super().keyPressEvent(event)

    def _cover_key(self, event: QKeyEvent, key: Qt.Key) -> bool:
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.asked.emit("remove")
            return True
        if key not in _ARROWS:
            return False
        across, down = (step * _NUDGE for step in _ARROWS[key])
        x, y, width, height = self._scene.masks[self._scene.chosen].box
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            box = (x, y, width + across, height + down)
        else:
            box = (min(max(x + across, 0.0), 1 - width), min(max(y + down, 0.0), 1 - height), width, height)
        self.cover_moved.emit(self._scene.chosen, box)
        return True


def _box(area: QRectF) -> Box:
    return area.x(), area.y(), area.width(), area.height()


def _outline(painter: QPainter, area: QRectF, color: str, *, dashed: bool = False) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, ink in ((3.5, QColor(0, 0, 0, 120)), (1.5, QColor(color))):
        pen = QPen(ink, width)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRect(area)
