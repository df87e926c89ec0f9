"""The picture of the desk: the original with what is cropped and covered, or the result as it will be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy

from studio.story.model import Box, Point
from studio.ui.media.box_dragging import (
    CURSORS,
    LEAST_DRAWN,
    MIDDLE,
    Handle,
    dragged,
    fraction_of,
    handle_at,
    nudged,
    point_on,
    rect_on,
)
from studio.ui.media.focus_frame import FocusFrame
from studio.ui.media.mark_painting import PaintedCover, paint_cover, paint_handles
from studio.ui.media.media_keys import box_step, code_of, playing_code

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from studio.preview.safe_zones import Zone
    from studio.ui.core.window_theme import WindowTheme

Grip = Literal["", "focus"] | Handle
"""What is held: the focus, a handle of the chosen cover, "new" for one that is being drawn, or nothing."""
# Pixels around a handle within which a press takes it.
_GRAB = 12.0


@dataclass(frozen=True, slots=True)
class PathPoint:
    """A keyframe on the picture.

    Attributes:
        at: its middle, in fractions.
        doubted: whether what comes after it has to be looked at.
        now: whether it is the keyframe of the picture that is seen.
    """

    at: Point
    doubted: bool = False
    now: bool = False


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
        ellipse: whether that is an ellipse.
        locked: nothing can be changed.
        path: the way of the chosen cover, a point for each keyframe.
    """

    crop: QRectF | None = None
    focus: Point | None = None
    masks: tuple[PaintedCover, ...] = ()
    chosen: int = -1
    safe: Zone | None = None
    drawing: bool = False
    locked: bool = False
    ellipse: bool = False
    path: tuple[PathPoint, ...] = ()


class ClipStage(FocusFrame):
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
    cancelled = Signal()
    """A drag is given up: what it did is to be as it was."""
    asked = Signal(str)
    """See ``media_keys.playing_code``; also "escape" and "remove"."""

    def __init__(self, theme: WindowTheme) -> None:
        super().__init__()
        self._theme = theme
        self._image = QImage()
        self.words = ""
        self._result = False
        self._scene = StageScene()
        self._grip: Grip = ""
        self._from = QPointF()
        self._held = -1
        """Number of the cover that is being dragged."""
        self._box = Box(0.0, 0.0, 0.0, 0.0)
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

    def show_words(self, words: str) -> None:
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
                    held = number == self._held and self._grip
                    self._paint_mask(painter, number, mask.moved_to(self._box) if held else mask)
                self._paint_path(painter)
                self._paint_focus(painter)
                if self._grip == "new":
                    _outline(painter, self._on_screen(self._box), "#ffffff", ellipse=self._scene.ellipse)
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
        # Two rectangles in one path: where they overlap, nothing is filled.
        shade.addRect(whole)
        shade.addRect(part)
        painter.fillPath(shade, QColor(8, 14, 13, 165))
        _outline(painter, part, "#ffffff")

    def _paint_mask(self, painter: QPainter, number: int, mask: PaintedCover) -> None:
        area = self._on_screen(mask.box)
        chosen = number == self._scene.chosen
        if mask.now:
            painter.save()
            painter.setClipRect(self.picture_area(), Qt.ClipOperation.IntersectClip)
            for part in mask.parts or (mask.burned or mask.box,):
                paint_cover(painter, self._on_screen(part), mask, 0.0)
            painter.restore()
        if not (mask.now or chosen):
            return
        _outline(painter, area, "#ffd54d" if chosen else "#ffffff", dashed=not mask.now, ellipse=mask.ellipse)
        painter.setFont(self._theme.font("tiny"))
        painter.setPen(QColor("#ffffff"))
        inner = area.adjusted(6, 3, -4, -3)
        if inner.width() > self._theme.px(40) and inner.height() > self._theme.px(14):
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, mask.name)
        if chosen and not self._scene.locked:
            paint_handles(painter, area, self._theme)

    def _paint_path(self, painter: QPainter) -> None:
        """The way of the chosen cover as a line, its keyframes as dots; yellow where the user has to look."""
        spots = [point_on(self.picture_area(), point.at) for point in self._scene.path]
        if len(spots) < 2:
            return
        for (before, after), point in zip(pairwise(spots), self._scene.path, strict=False):
            color = QColor("#ffb02e" if point.doubted else "#4fd1b5")
            for width, ink in ((4.0, QColor(0, 0, 0, 130)), (2.0, color)):
                painter.setPen(QPen(ink, self._theme.px(width)))
                painter.drawLine(before, after)
        for spot, point in zip(spots, self._scene.path, strict=True):
            painter.setPen(QPen(QColor(0, 0, 0, 170), 1))
            painter.setBrush(QColor("#ffb02e" if point.doubted else "#ffffff" if point.now else "#4fd1b5"))
            size = self._theme.px(5 if point.now else 2.5)
            painter.drawEllipse(spot, size, size)

    def _paint_focus(self, painter: QPainter) -> None:
        if self._scene.focus is None:
            return
        at = point_on(self.picture_area(), self._scene.focus)
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
        return rect_on(self.picture_area(), box)

    # ------------------------------------------------------------------------------------------- mouse

    def _fraction(self, at: QPointF) -> QPointF:
        return QPointF(*fraction_of(self.picture_area(), at))

    def _grip_at(self, at: QPointF) -> tuple[Grip, int]:
        """What a press would take hold of, and of which cover."""
        scene = self._scene
        if self._result or scene.locked or self._image.isNull():
            return "", -1
        if scene.drawing:
            return "new", -1
        if 0 <= scene.chosen < len(scene.masks):  # its handles lie over the covers that overlap it
            handle = handle_at(self._on_screen(scene.masks[scene.chosen].box), at, _GRAB)
            if handle is not None and (handle != "move" or scene.masks[scene.chosen].now):
                return handle, scene.chosen
        for number in reversed(range(len(scene.masks))):
            if scene.masks[number].now and self._on_screen(scene.masks[number].box).contains(at):
                return "move", number
        return ("focus", -1) if scene.focus is not None else ("", -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._grip, self._held = self._grip_at(event.position())
        self._from = self._fraction(event.position())
        if self._grip:
            self.gripped.emit()
        if self._held >= 0:
            self._box = self._scene.masks[self._held].box
            self.cover_picked.emit(self._held)
        elif self._grip == "new":
            self._box = Box(self._from.x(), self._from.y(), 0.0, 0.0)
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
            return
        by = now - self._from
        if self._grip == "new":
            self._box = _spanned(self._from, now)
        elif 0 <= self._held < len(self._scene.masks):
            self._box = dragged(self._scene.masks[self._held].box, self._grip, (by.x(), by.y()), None)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        (grip, held), (self._grip, self._held) = (self._grip, self._held), ("", -1)
        if grip == "new" and min(self._box.width, self._box.height) >= LEAST_DRAWN:
            self.cover_drawn.emit(self._box)
        elif 0 <= held < len(self._scene.masks) and self._scene.masks[held].box != self._box:
            self.cover_moved.emit(held, self._box)
        if grip:
            self.released.emit()
        self.update()

    def _point_out(self, at: QPointF | None) -> None:
        grip: Grip = "new" if self._scene.drawing else self._grip_at(at)[0] if at is not None else ""
        shape = Qt.CursorShape.ArrowCursor if not grip else CURSORS["new" if grip == "focus" else grip]
        self.setCursor(shape)

    # ------------------------------------------------------------------------------------------- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the chosen cover, as on a photo; without one they move the playhead."""
        if not self._result and not self._scene.locked and self._box_key(event):
            return
        if way := playing_code(event):
            self.asked.emit(way)
        else:
            super().keyPressEvent(event)

    def _box_key(self, event: QKeyEvent) -> bool:
        """Whether a key did something to a cover."""
        scene, code = self._scene, code_of(event, "canvas", "media")
        chosen = scene.masks[scene.chosen] if 0 <= scene.chosen < len(scene.masks) else None
        step = box_step(event)
        if code == "box_let_go" and self._grip:
            self._grip, self._held = "", -1
            self.cancelled.emit()
            self.update()
        elif code == "box_let_go":
            self.asked.emit("escape")
        elif code == "box_add" or (code == "box_confirm" and scene.drawing):
            self.cover_drawn.emit(MIDDLE)
        elif code == "remove" and chosen is not None:
            self.asked.emit("remove")
        elif step is not None and chosen is not None:
            self.cover_moved.emit(scene.chosen, nudged(chosen.box, step.by, resize=step.resize, shape=None))
        else:
            return False
        return True


def _spanned(start: QPointF, end: QPointF) -> Box:
    """The box between two points, whichever way it was drawn."""
    x, y = min(start.x(), end.x()), min(start.y(), end.y())
    return Box(x, y, abs(end.x() - start.x()), abs(end.y() - start.y()))


def _box(area: QRectF) -> Box:
    return Box(area.x(), area.y(), area.width(), area.height())


def _outline(painter: QPainter, area: QRectF, color: str, *, dashed: bool = False, ellipse: bool = False) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, ink in ((3.5, QColor(0, 0, 0, 120)), (1.5, QColor(color))):
        pen = QPen(ink, width)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        (painter.drawEllipse if ellipse else painter.drawRect)(area)
