"""Ties the marks on the canvas to the story: focus point, crops of every shape, covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.services.photo_marks import (
    MEAN_SHOWN,
    burned_cover,
    cover_color,
    cover_edit,
    crop_on_photo,
    drawn_cover,
    shown_focus,
    turn_of,
    uncovered_boxes,
    upright_box,
    upright_focus,
    without_words,
)
from studio.services.spoken_marks import CoverBoxes, photo_marks_text
from studio.story import edits, geometry, photos
from studio.story.cover_geometry import is_ellipse
from studio.story.model import Cover
from studio.ui.core.spoken_news import describe_marks
from studio.ui.media.box_dragging import centre_box, largest
from studio.ui.media.mark_painting import PaintedCover

if TYPE_CHECKING:
    from studio.story.model import Box, Photo, Point, Story
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.media.cover_panel import CoverPanel
    from studio.ui.photo.canvas_toolbox import CanvasToolbox
    from studio.ui.photo.face_panel import FacePanel
    from studio.ui.photo.photo_canvas import PhotoCanvas
    from studio.ui.photo.shapes_column import ShapesColumn


class CanvasMarks(QObject):
    """Shows the marks of a photo and writes what is done to them.

    Args:
        bench: the session.
        canvas: where they are drawn.
        toolbox: which mode and shape.
        panel: the list of covers.
        shapes: the row of shapes.
        faces: what is marked as a face that may be seen.
    """

    def __init__(
        self,
        bench: DeskContext,
        canvas: PhotoCanvas,
        toolbox: CanvasToolbox,
        panel: CoverPanel,
        shapes: ShapesColumn,
        faces: FacePanel,
    ) -> None:
        super().__init__(canvas)
        self._bench, self._canvas, self._toolbox, self._panel, self._shapes = bench, canvas, toolbox, panel, shapes
        self._faces = faces
        self._photo: Photo | None = None
        self._colors: tuple[str, tuple[str, ...]] = ("", ())
        self._guess: tuple[str, Point] = ("", geometry.CENTRE)
        self._state: tuple[object, ...] = ()
        canvas.pressed.connect(bench.session.break_merge)
        canvas.focus_moved.connect(self._focus)
        canvas.crop_moved.connect(self._crop)
        canvas.cover_drawn.connect(self._add_cover)
        canvas.cover_moved.connect(lambda number, box: self._cover(number, {"box": self._upright(box)}))
        panel.next_changed.connect(self._next_cover)
        canvas.cover_removed.connect(self._remove_cover)
        canvas.cover_picked.connect(self._show_chosen)
        toolbox.mode_chosen.connect(self._mode)
        toolbox.shape_chosen.connect(self._shape)
        toolbox.whole_asked.connect(self._show_whole)
        toolbox.shapes_settled.connect(self._settle_shapes)
        toolbox.reset_asked.connect(self._reset)
        shapes.chosen.connect(self.adjust)
        panel.chosen.connect(self._choose_cover)
        panel.removed.connect(self._remove_cover)
        panel.styled.connect(self._cover)
        panel.draw_asked.connect(self._draw)
        faces.shown.connect(lambda: self._mark_face(forget=False))
        faces.forgotten.connect(lambda: self._mark_face(forget=True))

    # -------------------------------------------------------------------------------------------- showing

    def show_photo(self, photo: Photo) -> None:
        """Show the marks of a photo."""
        if self._photo is None or self._photo.id != photo.id:
            self._canvas.chosen_cover = -1
        self._photo = photo
        tool, locked = (self._toolbox.key, self._toolbox.ratio, self._toolbox.mode), self._bench.session.read_only
        count = len(self._bench.session.story.photos)
        state = (without_words(photo), tool, locked, self._canvas.chosen_cover, self._colors, self._guess, count)
        if state == self._state:  # a key in its caption paints nothing anew
            return
        self._state = state
        self._canvas.locked = self._bench.session.read_only
        self._canvas.ratio = self._toolbox.ratio
        self._canvas.tilt = geometry.shown_tilt(photo.rotate, photo.flip)
        self._canvas.automatic = photo.focus is None
        point = shown_focus(photo, self._focus_of(photo))
        hidden = tuple(
            PaintedCover(
                drawn_cover(photo, cover),
                is_ellipse(cover),
                cover_color(photo, cover, self._burned(photo, number)),
                burned_cover(photo, cover),
            )
            for number, cover in enumerate(photo.covers)
        )
        crop = crop_on_photo(photo, self._toolbox.key, self._toolbox.shape_size, self._focus_of(photo))
        self._canvas.faces = tuple(geometry.turn_box(face, turn_of(photo)) for face in photo.faces)
        self._canvas.show_marks(point, crop, hidden)
        self._show_list(photo, self._canvas.chosen_cover)
        self._toolbox.show_shape(photo, _others(self._bench.session.story, photo))
        self._shapes.show_chosen(self._toolbox.key if self._toolbox.mode == "crop" else "")

    def show_colors(self, photo_id: str, colors: tuple[str, ...]) -> None:
        """Show the covers in the colours that the export burns in."""
        self._colors = (photo_id, colors)
        if self._photo is not None and self._photo.id == photo_id:
            self.show_photo(self._photo)

    def show_guess(self, photo_id: str, point: Point) -> None:
        """Show what the engine takes for the focus of a photo that has none of its own."""
        if self._guess != (photo_id, point):
            self._guess = (photo_id, point)
            if self._photo is not None and self._photo.id == photo_id:
                self.show_photo(self._photo)

    def _focus_of(self, photo: Photo) -> Point | None:
        return self._guess[1] if photo.focus is None and self._guess[0] == photo.id else photo.focus

    def _burned(self, photo: Photo, number: int) -> str:
        """The colour the engine burns in for a cover; "" while that is not known."""
        photo_id, colors = self._colors
        known = photo_id == photo.id and len(colors) == len(photo.covers)
        return colors[number] if known else ""

    # -------------------------------------------------------------------------------------------- doing

    def _upright(self, box: Box) -> Box:
        return box if self._photo is None else upright_box(self._photo, box)

    def _focus(self, point: Point) -> None:
        if self._photo is not None:
            self._bench.session.edit(edits.change_photo(self._photo.id, focus=upright_focus(self._photo, point)))

    def _crop(self, box: Box) -> None:
        if self._photo is not None:
            self._bench.session.edit(photos.set_crop(self._photo.id, self._toolbox.key, self._upright(box)))

    def _reset(self) -> None:
        if self._photo is not None:
            self._bench.session.break_merge()
            self._bench.session.edit(photos.set_crop(self._photo.id, self._toolbox.key, None))

    def _show_whole(self, whole: bool) -> None:
        if self._photo is not None and self._toolbox.key:
            self._bench.session.edit(photos.set_fit(self._photo.id, self._toolbox.key, whole=whole))

    def _settle_shapes(self, keys: list[str], whole: bool, everywhere: bool) -> None:
        if self._photo is None:
            return
        shapes, story = {self._photo.id: keys}, self._bench.session.story
        if everywhere:
            shapes = {each.id: self._toolbox.open_shapes(each) for each in _others(story, self._photo)} | shapes
        self._bench.session.break_merge()
        self._bench.session.edit(photos.settle_shapes(shapes, whole=whole))

    def adjust(self, key: str) -> None:
        """Adjust one shape by hand."""
        self._toolbox.choose_shape(key)
        self._toolbox.choose_mode("crop")

    def _mode(self, mode: str) -> None:
        self._canvas.set_mode(mode)  # type: ignore[arg-type] # one of the four
        self._canvas.setFocus()
        if self._photo is not None:
            self.show_photo(self._photo)

    def _shape(self, _key: str) -> None:
        if self._photo is None:
            return
        self.show_photo(self._photo)
        if self._canvas.locked or not self._canvas.has_picture:
            return
        if not self._toolbox.key and self._toolbox.ratio is not None:  # a general crop of a fixed shape
            place = self._canvas.picture_area
            shape = self._toolbox.ratio * place.height() / max(1.0, place.width())
            self._bench.session.break_merge()
            self._crop(centre_box(largest(shape), self._canvas.focus_point))

    def _draw(self) -> None:
        self._toolbox.choose_mode("cover")

    def _add_cover(self, box: Box) -> None:
        if self._photo is not None:
            self._bench.session.edit(cover_edit(self._photo, self._panel.next_cover, box))
            if self._toolbox.mode != "cover":  # a key covers in every mode; what it drew is seen and moved in this one
                self._toolbox.choose_mode("cover")

    def _next_cover(self) -> None:
        kind = self._panel.next_cover
        color = MEAN_SHOWN if kind.style == "mean" else kind.color
        self._canvas.next_cover = (kind.shape == "ellipse", color)

    def _choose_cover(self, number: int) -> None:
        self._canvas.chosen_cover = number
        if number >= 0 and self._photo is not None:
            if self._toolbox.mode != "cover":
                self._toolbox.choose_mode("cover")
                self._panel.list.setFocus()  # the next arrow chooses the next cover, it does not move this one
            self._show_chosen(number)
        self._canvas.update()

    def _show_chosen(self, number: int) -> None:
        if self._photo is not None:
            self._show_list(self._photo, number)

    def _show_list(self, photo: Photo, chosen: int) -> None:
        canvas = self._canvas
        boxes = [cover.box for cover in canvas.covers]
        seen = canvas.focus_point, canvas.automatic
        told = photo_marks_text(self._bench.t, canvas.mode, seen, canvas.crop, canvas.tilt, CoverBoxes(boxes, chosen))
        describe_marks(canvas, canvas.words or told)
        names = [self._bench.t("media.cover_number", number=number) for number in range(1, len(photo.covers) + 1)]
        self._panel.show_covers(photo.covers, names, chosen, locked=self._canvas.locked)
        self._faces.show_photo(photo, self._panel.row, locked=self._canvas.locked)

    def _cover(self, number: int, changes: dict[str, object]) -> None:
        if self._photo is not None:
            self._bench.session.edit(photos.change_cover(self._photo.id, number, **changes))

    def _mark_face(self, *, forget: bool) -> None:
        if self._photo is not None:
            number, self._canvas.chosen_cover = self._panel.row, -1
            one = self._photo.id
            self._bench.session.edit(photos.forget_faces(one) if forget else photos.show_face(one, number))

    def _remove_cover(self, number: int) -> None:
        if self._photo is not None:
            self._canvas.chosen_cover = -1
            self._bench.session.edit(photos.remove_cover(self._photo.id, number))

    def add_suggestions(self, photo_id: str, boxes: object) -> int:
        """Add covers where faces were found, to be looked at one by one; how many. What is covered already is left."""
        photo = photos.find_photo(self._bench.session.story, photo_id)
        found = uncovered_boxes(photo, boxes) if photo is not None else []
        if found:
            covers = (Cover(box=box, shape="ellipse") for box in found)
            self._bench.session.edit(photos.add_cover(photo_id, *covers))
            self._toolbox.choose_mode("cover")
        return len(found)


def _others(story: Story, photo: Photo) -> list[Photo]:
    return [each for each in story.photos if each.id != photo.id]
