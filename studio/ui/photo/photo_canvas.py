"""The photo being worked on: focus point, crop with handles and thirds, covers, and a line along the horizon.

It shows a picture that is already turned; all its positions are fractions of that picture. While something is dragged,
only lines are painted over a finished pixmap: the engine works when the button is released.
"""

from __future__ import annotations

from math import atan2, degrees
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy

from studio.story.geometry import CENTRE, WHOLE
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
from studio.ui.media.mark_painting import (
    PaintedCover,
    fitted,
    paint_chosen,
    paint_cover,
    paint_covers,
    paint_crop,
    paint_faces,
    paint_focus,
    paint_handles,
    paint_horizon,
    paint_words,
)
from studio.ui.media.media_keys import box_step, code_of
from studio.ui.widgets.drawn_part import DrawnPart

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from studio.ui.core.window_theme import WindowTheme

Mode = Literal["focus", "crop", "cover", "horizon"]
# Pixels around a handle within which a press takes it.
_GRAB = 12.0
_LEAST_CROP = 0.05
"""A new crop that is smaller than this was a click with a trembling hand."""
_EDGE = 7
"""Design pixels left free around the picture: room for the handles of a crop that ends at its edge."""


class PhotoCanvas(DrawnPart):
    """Shows a photo and lets marks on it be moved by mouse and keys.

    Args:
        theme: for sizes and colours.
    """

    pressed = Signal()
    """Something is taken hold of: what comes of it is a step of its own."""
    focus_moved = Signal(object)
    """A ``Point``; sent when the mouse or key is done."""
    crop_moved = Signal(object)
    """A ``Box``."""
    cover_drawn = Signal(object)
    """A ``Box``: a new cover."""
    cover_picked = Signal(int)
    """A cover is worked on; -1 for none."""
    cover_moved = Signal(int, object)
    cover_removed = Signal(int)
    horizon_drawn = Signal(float)
    """Degrees by which the line leans, clockwise, -45 to 45."""

    def __init__(self, theme: WindowTheme) -> None:
        super().__init__()
        self._theme = theme
        self._pixmap: QPixmap | None = None
        self._fitted: QPixmap | None = None
        self.words = ""
        self.mode: Mode = "focus"
        self.locked = False
        self.bare = False
        """The original is being looked at, or still the photo before: no marks, and nothing can be moved."""
        self.tilt = 0.0
        """Degrees clockwise by which the photo leans, and its covers with it."""
        self.automatic = False
        """The focus point is the engine's guess."""
        self.focus_point = CENTRE
        self.crop = WHOLE
        self.ratio: float | None = None
        """Width by height of the crop, None for any."""
        self.covers: tuple[PaintedCover, ...] = ()
        self.faces: tuple[Box, ...] = ()
        self.chosen_cover = -1
        self.next_cover: tuple[bool, str] = (False, "#1f2933")
        """Whether a cover that is drawn is an ellipse, and its colour."""
        self._drag: tuple[Handle, QPointF, Box] | None = None
        self._line: tuple[QPointF, QPointF] | None = None
        self._new_cover: Box | None = None
        self._before: tuple[Point, Box, tuple[PaintedCover, ...]] = (self.focus_point, self.crop, self.covers)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 100)

    # -------------------------------------------------------------------------------------------- showing

    def show_picture(self, pixmap: QPixmap | None) -> None:
        """Show this one."""
        self._pixmap, self._fitted, self.words = pixmap, None, ""
        self.update()

    def show_words(self, words: str) -> None:
        """Say why there is no picture."""
        self.words = words
        self.setAccessibleDescription(words)
        self.update()

    def show_marks(self, focus: Point, crop: Box, covers: tuple[PaintedCover, ...]) -> None:
        """Show these marks; not while one of them is being dragged."""
        if self._drag is None and self._line is None:
            self.focus_point, self.crop, self.covers = focus, crop, covers
            self.update()

    def set_mode(self, mode: Mode) -> None:
        """What the mouse and the keys do; what is being drawn is let go of."""
        self._drag = self._line = self._new_cover = None
        self.mode = mode
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.update()

    @property
    def has_picture(self) -> bool:
        """Whether a photo is shown."""
        return self._pixmap is not None

    @property
    def picture_area(self) -> QRectF:
        """Where the picture is in the widget."""
        if self._pixmap is None:
            return QRectF(self.rect())
        edge = 2 * self._theme.px(_EDGE)
        size = self._pixmap.size().scaled(self.size() - QSize(edge, edge), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )

    def sizeHint(self) -> QSize:
        """As much as there is."""
        return QSize(self._theme.px(640), self._theme.px(420))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture is fitted again."""
        self._fitted = None
        super().resizeEvent(event)

    def to_widget(self, point: Point) -> QPointF:
        """Fractions of the picture as a place in the widget."""
        return point_on(self.picture_area, point)

    # -------------------------------------------------------------------------------------------- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of what lies there."""
        if event.button() != Qt.MouseButton.LeftButton or self.locked or self.bare or self._pixmap is None:
            return
        self.setFocus()
        self.pressed.emit()
        at = event.position()
        self._before = (self.focus_point, self.crop, self.covers)
        match self.mode:
            case "focus":
                self._drag = ("move", at, Box(0.0, 0.0, 0.0, 0.0))
                self.focus_point = fraction_of(self.picture_area, at)
            case "crop":
                self._drag = (handle_at(rect_on(self.picture_area, self.crop), at, _GRAB) or "new", at, self.crop)
            case "cover":
                self._take_cover(at)
            case "horizon":
                self._line = (at, at)
        self.update()

    def _take_cover(self, at: QPointF) -> None:
        for number in reversed(range(len(self.covers))):
            handle = handle_at(rect_on(self.picture_area, self.covers[number].box), at, _GRAB)
            if handle is not None:
                self._choose(number)
                self._drag = (handle, at, self.covers[number].box)
                return
        x, y = fraction_of(self.picture_area, at)
        self._choose(-1)
        self._drag = ("new", at, Box(x, y, 0.0, 0.0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        at = event.position()
        if self._line is not None:
            self._line = (self._line[0], at)
        elif self._drag is not None:
            self._follow(at)
        else:
            self._point(at)
            return
        self.update()

    def _point(self, at: QPointF) -> None:
        """Say by the pointer what can be taken hold of here."""
        boxes = [self.crop] if self.mode == "crop" else [cover.box for cover in reversed(self.covers)]
        held = (handle_at(rect_on(self.picture_area, box), at, _GRAB) for box in boxes)
        self.setCursor(CURSORS[next(filter(None, held), "new") if self.mode in {"crop", "cover"} else "new"])

    def _follow(self, at: QPointF) -> None:
        handle, start, before = self._drag or ("move", at, self.crop)
        place = self.picture_area
        by = ((at.x() - start.x()) / max(1.0, place.width()), (at.y() - start.y()) / max(1.0, place.height()))
        if self.mode == "focus":
            self.focus_point = fraction_of(self.picture_area, at)
        elif self.mode == "crop":
            box = Box(*fraction_of(self.picture_area, start), 0.0, 0.0) if handle == "new" else before
            shape = None if self.ratio is None else self.ratio * place.height() / max(1.0, place.width())
            self.crop = dragged(box, "se" if handle == "new" else handle, by, shape)
        elif self.mode == "cover":
            box = dragged(before, "se" if handle == "new" else handle, by, None)
            if handle == "new":
                self._new_cover = box
            else:
                self._move_cover(box)

    def _move_cover(self, box: Box) -> None:
        chosen = self.chosen_cover
        self.covers = tuple(cover.moved_to(box) if n == chosen else cover for n, cover in enumerate(self.covers))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell what was done."""
        if self.bare:  # another photo came under the mouse
            self._drag = self._line = self._new_cover = None
        elif self._line is not None:
            (first, last), self._line = self._line, None
            if (last - first).manhattanLength() > 2 * _GRAB:
                self.horizon_drawn.emit(_lean(first, last))
        elif self._drag is not None:
            handle, _, before = self._drag
            self._drag = None
            self._drag_finished(handle, before)
        self.update()

    def _drag_finished(self, handle: Handle, before: Box) -> None:
        if self.mode == "focus":
            self.focus_moved.emit(self.focus_point)
        elif self.mode == "crop" and handle == "new" and min(self.crop.width, self.crop.height) < _LEAST_CROP:
            self.crop = before
        elif self.mode == "crop" and self.crop != before:
            self.crop_moved.emit(self.crop)
        elif self.mode == "cover" and handle == "new":
            box, self._new_cover = self._new_cover, None
            if box is not None and min(box.width, box.height) >= LEAST_DRAWN:
                self.chosen_cover = len(self.covers)
                self.cover_drawn.emit(box)
        elif self.mode == "cover" and self.covers[self.chosen_cover].box != before:
            self.cover_moved.emit(self.chosen_cover, self.covers[self.chosen_cover].box)

    # -------------------------------------------------------------------------------------------- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move and resize, keys cover and uncover: the rows of the table that the video desk has too."""
        code, step = code_of(event, "canvas", "media"), box_step(event)
        if code == "box_let_go" and (self._drag is not None or self._line is not None):
            self.focus_point, self.crop, self.covers = self._before
            self._drag = self._line = self._new_cover = None
        elif self.locked or self.bare:
            super().keyPressEvent(event)
        elif step is not None:
            self._nudge(step.by, resize=step.resize)
        elif not self._cover_key(code):
            super().keyPressEvent(event)
        self.update()

    def _cover_key(self, code: str) -> bool:
        """Whether a key did something to a cover."""
        covering = self.mode == "cover"
        chosen = covering and 0 <= self.chosen_cover < len(self.covers)
        if code == "box_add" or (code == "box_confirm" and covering and not chosen):
            self.chosen_cover = len(self.covers)
            self.cover_drawn.emit(MIDDLE)
        elif code == "remove" and chosen:
            self.cover_removed.emit(self.chosen_cover)
        elif code == "box_let_go" and chosen:
            self._choose(-1)
        else:
            return False
        return True

    def _choose(self, number: int) -> None:
        self.chosen_cover = number
        self.cover_picked.emit(number)

    def _nudge(self, by: tuple[float, float], *, resize: bool) -> None:
        if self.mode == "focus":
            moved = dragged(Box(*self.focus_point, 0.0, 0.0), "move", by, None)
            self.focus_point = Point(moved.x, moved.y)
            self.focus_moved.emit(self.focus_point)
        elif self.mode == "crop":
            place = self.picture_area
            shape = None if self.ratio is None else self.ratio * place.height() / max(1.0, place.width())
            self.crop = nudged(self.crop, by, resize=resize, shape=shape)
            self.crop_moved.emit(self.crop)
        elif self.mode == "cover" and 0 <= self.chosen_cover < len(self.covers):
            self._move_cover(nudged(self.covers[self.chosen_cover].box, by, resize=resize, shape=None))
            self.cover_moved.emit(self.chosen_cover, self.covers[self.chosen_cover].box)

    # -------------------------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, then the marks."""
        painter = QPainter(self)
        if self._pixmap is None:
            paint_words(painter, self.rect(), self.words, self._theme)
            painter.end()
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = self.picture_area
        if self._fitted is None:
            self._fitted = fitted(self._pixmap, place.size(), self.devicePixelRatioF())
        painter.drawPixmap(place.topLeft(), self._fitted)
        if not self.bare:
            self._paint_marks(painter, place)
        painter.end()

    def _paint_marks(self, painter: QPainter, place: QRectF) -> None:
        painter.setClipRect(place)
        paint_covers(painter, place, self.covers, self.tilt)
        paint_faces(painter, place, self.faces, self._theme)
        painter.setClipping(False)
        self._paint_chosen_cover(painter)
        if self.mode == "crop":
            paint_crop(painter, rect_on(self.picture_area, self.crop), place)
            paint_handles(painter, rect_on(self.picture_area, self.crop), self._theme)
        if self.mode == "focus":
            paint_focus(painter, self.to_widget(self.focus_point), self._theme, automatic=self.automatic)
        if self._line is not None:
            paint_horizon(painter, self._line, self._theme)

    def _paint_chosen_cover(self, painter: QPainter) -> None:
        """The cover being drawn, or the one that can be moved."""
        if self._new_cover is not None:
            drawn = PaintedCover(self._new_cover, *self.next_cover)
            paint_cover(painter, rect_on(self.picture_area, drawn.box), drawn, 0.0)
        elif self.mode == "cover" and 0 <= self.chosen_cover < len(self.covers):
            cover = self.covers[self.chosen_cover]
            burned = rect_on(self.picture_area, cover.burned or cover.box)
            paint_chosen(painter, rect_on(self.picture_area, cover.box), burned, cover, self.tilt, self._theme)


def _lean(first: QPointF, last: QPointF) -> float:
    """Degrees by which a line leans, whichever end was drawn first."""
    return (degrees(atan2(last.y() - first.y(), last.x() - first.x())) + 90.0) % 180.0 - 90.0
