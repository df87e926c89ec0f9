"""Ties the marks on the canvas to the story: focus point, crops of every shape, covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.photo.framing import Variant, frame
from studio.story import edits, geometry, photos
from studio.story.model import Cover
from studio.ui.photo.boxes import largest
from studio.ui.photo.canvas import Hidden

if TYPE_CHECKING:
    from studio.story.model import Box, Photo, Point
    from studio.ui.desk import Bench
    from studio.ui.photo.canvas import Canvas
    from studio.ui.photo.cover_panel import CoverPanel
    from studio.ui.photo.shapes_row import ShapesRow
    from studio.ui.photo.toolbox import Toolbox

_MEAN_SHOWN = "#7d8790"
"""How a cover of mean colour is drawn until the engine has told the colour."""


class Marks:
    """Shows the marks of a photo and writes what is done to them.

    Args:
        bench: the session.
        canvas: where they are drawn.
        toolbox: which mode and shape.
        panel: the list of covers.
        shapes: the row of shapes.
    """

    def __init__(self, bench: Bench, canvas: Canvas, toolbox: Toolbox, panel: CoverPanel, shapes: ShapesRow) -> None:
        self._bench, self._canvas, self._toolbox, self._panel, self._shapes = bench, canvas, toolbox, panel, shapes
        self._photo: Photo | None = None
        self._colors: tuple[str, tuple[str, ...]] = ("", ())
        canvas.focus_moved.connect(self._focus)
        canvas.crop_moved.connect(self._crop)
        canvas.cover_drawn.connect(self._add_cover)
        canvas.cover_moved.connect(lambda number, box: self._cover(number, {"box": self._upright(box)}))
        canvas.cover_removed.connect(self._remove_cover)
        toolbox.mode_chosen.connect(self._mode)
        toolbox.shape_chosen.connect(self._shape)
        toolbox.whole_asked.connect(self._whole)
        toolbox.reset_asked.connect(self._reset)
        shapes.chosen.connect(self.adjust)
        panel.chosen.connect(self._choose_cover)
        panel.removed.connect(self._remove_cover)
        panel.styled.connect(self._cover)
        panel.draw_asked.connect(self._draw)

    # -------------------------------------------------------------------------------------------- showing

    def show_photo(self, photo: Photo) -> None:
        """Show the marks of a photo."""
        if self._photo is None or self._photo.id != photo.id:
            self._canvas.chosen_cover = -1
        self._photo = photo
        self._canvas.locked = self._bench.session.read_only
        self._canvas.ratio = self._toolbox.ratio
        point = geometry.turn_point(geometry.tidy_point(photo.focus), *self._facts(photo))
        hidden = tuple(
            Hidden(
                (0.0, 0.0, 1.0, 1.0) if cover.whole else geometry.turn_box(cover.box, *self._facts(photo)),
                cover.shape == "ellipse",
                self._mean(photo, number) if cover.style == "mean" else cover.color,
            )
            for number, cover in enumerate(photo.covers)
        )
        self._canvas.show_marks(geometry.tidy_point(point), self._box(photo), hidden)
        self._panel.show_covers(photo, self._canvas.chosen_cover, locked=self._canvas.locked)
        self._toolbox.show_shape(photo)
        self._shapes.show_chosen(self._toolbox.key if self._toolbox.mode == "crop" else "")

    def show_colors(self, photo_id: str, colors: tuple[str, ...]) -> None:
        """Show the covers in the colours that the export burns in."""
        self._colors = (photo_id, colors)
        if self._photo is not None and self._photo.id == photo_id:
            self.show_photo(self._photo)

    def _mean(self, photo: Photo, number: int) -> str:
        photo_id, colors = self._colors
        return colors[number] if photo_id == photo.id and number < len(colors) else _MEAN_SHOWN

    @staticmethod
    def _facts(photo: Photo) -> tuple[int, int, float, bool]:
        return max(1, photo.width), max(1, photo.height), photo.rotate, photo.flip

    def _box(self, photo: Photo) -> Box:
        """The crop of the chosen shape on the turned photo: made by hand, or as the engine would cut it."""
        key, size = self._toolbox.key, self._toolbox.shape_size
        by_hand = photo.crops.get(key) if key else photo.crop
        if by_hand is not None:
            return geometry.turn_box(by_hand, *self._facts(photo))
        if not key:
            return geometry.WHOLE
        width, height = max(1, photo.width), max(1, photo.height)
        found = frame(photo, Variant(size), width, height, photo.focus)
        whole = geometry.turned_size(width, height, photo.rotate)
        left, top, right, bottom = found.box
        return left / whole[0], top / whole[1], (right - left) / whole[0], (bottom - top) / whole[1]

    # -------------------------------------------------------------------------------------------- doing

    def _upright(self, box: Box) -> Box:
        return box if self._photo is None else geometry.upright_box(box, *self._facts(self._photo))

    def _focus(self, point: Point) -> None:
        if self._photo is not None:
            at = geometry.tidy_point(geometry.upright_point(point, *self._facts(self._photo)))
            self._bench.session.edit(edits.change_photo(self._photo.id, focus=(round(at[0], 4), round(at[1], 4))))

    def _crop(self, box: Box) -> None:
        if self._photo is not None:
            self._bench.session.edit(photos.set_crop(self._photo.id, self._toolbox.key, self._upright(box)))

    def _reset(self) -> None:
        if self._photo is not None:
            self._bench.session.edit(photos.set_crop(self._photo.id, self._toolbox.key, None))

    def _whole(self, whole: bool) -> None:
        if self._photo is not None and self._toolbox.key:
            self._bench.session.edit(photos.set_fit(self._photo.id, self._toolbox.key, whole=whole))

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
        if not self._toolbox.key and self._toolbox.ratio is not None:  # a general crop of a fixed shape
            place = self._canvas.place
            self._crop(largest(self._toolbox.ratio * place.height() / max(1.0, place.width())))

    def _draw(self) -> None:
        self._toolbox.choose_mode("cover")

    def _add_cover(self, box: Box) -> None:
        if self._photo is not None:
            self._bench.session.edit(photos.add_cover(self._photo.id, Cover(box=self._upright(box))))

    def _choose_cover(self, number: int) -> None:
        self._canvas.chosen_cover = number
        if number >= 0 and self._photo is not None:
            self._toolbox.choose_mode("cover")
            self._panel.show_covers(self._photo, number, locked=self._canvas.locked)
        self._canvas.update()

    def _cover(self, number: int, changes: dict[str, object]) -> None:
        if self._photo is not None:
            self._bench.session.edit(photos.change_cover(self._photo.id, number, **changes))

    def _remove_cover(self, number: int) -> None:
        if self._photo is not None:
            self._canvas.chosen_cover = -1
            self._bench.session.edit(photos.remove_cover(self._photo.id, number))

    def add_suggestions(self, photo_id: str, boxes: object) -> int:
        """Add covers where faces were found, to be looked at one by one; how many."""
        found = [box for box in boxes if isinstance(box, tuple)] if isinstance(boxes, tuple | list) else []
        if found:
            covers = (Cover(box=box, shape="ellipse") for box in found)
            self._bench.session.edit(photos.add_cover(photo_id, *covers))
            self._toolbox.choose_mode("cover")
        return len(found)
