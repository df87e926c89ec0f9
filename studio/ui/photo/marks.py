"""Ties the marks on the canvas to the story: focus point, crops of every shape, covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.photo.framing import Variant, frame
from studio.story import edits, geometry, photos
from studio.story.covers import box_shares, covered_box
from studio.story.model import Adjust, Cover
from studio.ui.photo.boxes import around, largest
from studio.ui.photo.painting import Hidden

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
        self._guess: tuple[str, Point] = ("", geometry.CENTRE)
        canvas.pressed.connect(bench.session.break_merge)
        canvas.focus_moved.connect(self._focus)
        canvas.crop_moved.connect(self._crop)
        canvas.cover_drawn.connect(self._add_cover)
        canvas.cover_moved.connect(lambda number, box: self._cover(number, {"box": self._upright(box)}))
        panel.next_changed.connect(self._next_cover)
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
        self._canvas.tilt = geometry.shown_tilt(photo.rotate, photo.flip)
        self._canvas.automatic = photo.focus is None
        point = geometry.turn_point(geometry.tidy_point(self._focus_of(photo)), *self._facts(photo))
        hidden = tuple(
            self._hidden(photo, cover, self._color(photo, number)) for number, cover in enumerate(photo.covers)
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

    def show_guess(self, photo_id: str, point: Point) -> None:
        """Show what the engine takes for the focus of a photo that has none of its own."""
        if self._guess != (photo_id, point):
            self._guess = (photo_id, point)
            if self._photo is not None and self._photo.id == photo_id:
                self.show_photo(self._photo)

    def _focus_of(self, photo: Photo) -> Point | None:
        return self._guess[1] if photo.focus is None and self._guess[0] == photo.id else photo.focus

    def _color(self, photo: Photo, number: int) -> str:
        """In the light of the photo, as its covers are burned in first."""
        photo_id, colors = self._colors
        cover = photo.covers[number]
        if cover.style != "mean" and photo.adjust == Adjust():
            return cover.color
        if photo_id == photo.id and len(colors) == len(photo.covers):
            return colors[number]
        return _MEAN_SHOWN if cover.style == "mean" else cover.color

    @staticmethod
    def _facts(photo: Photo) -> tuple[int, int, float, bool]:
        return max(1, photo.width), max(1, photo.height), photo.rotate, photo.flip

    def _hidden(self, photo: Photo, cover: Cover, color: str) -> Hidden:
        """A cover on the turned photo: where it was drawn, and where the export burns it in."""
        if cover.whole:
            return Hidden(geometry.WHOLE, False, color, geometry.WHOLE)
        facts = self._facts(photo)
        drawn = geometry.turn_cover(geometry.tidy_box(cover.box), *facts)
        burned = geometry.turn_cover(box_shares(covered_box(cover, *facts[:2]), *facts[:2]), *facts)
        return Hidden(drawn, cover.shape == "ellipse", color, burned)

    def _box(self, photo: Photo) -> Box:
        """The crop of the chosen shape on the turned photo, as the engine cuts it; the general one as it was drawn."""
        key, size = self._toolbox.key, self._toolbox.shape_size
        if not key:
            return geometry.WHOLE if photo.crop is None else geometry.turn_box(photo.crop, *self._facts(photo))
        width, height = max(1, photo.width), max(1, photo.height)
        found = frame(photo, Variant(size), width, height, self._focus_of(photo))
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
            self._bench.session.break_merge()
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
        if self._canvas.locked or not self._canvas.has_picture:
            return
        if not self._toolbox.key and self._toolbox.ratio is not None:  # a general crop of a fixed shape
            place = self._canvas.place
            shape = self._toolbox.ratio * place.height() / max(1.0, place.width())
            self._bench.session.break_merge()
            self._crop(around(largest(shape), self._canvas.focus_point))

    def _draw(self) -> None:
        self._toolbox.choose_mode("cover")

    def _add_cover(self, box: Box) -> None:
        if self._photo is not None:
            kind = self._panel.next_cover
            around = geometry.upright_around(box, *self._facts(self._photo), ellipse=kind.shape == "ellipse")
            if geometry.split_turn(self._photo.rotate)[1] and _at_edge(around):
                kind = replace(kind, shape="box")  # cut off at the edge, an ellipse would hide less than was drawn
            self._bench.session.edit(photos.add_cover(self._photo.id, replace(kind, box=around)))

    def _next_cover(self) -> None:
        kind = self._panel.next_cover
        color = _MEAN_SHOWN if kind.style == "mean" else kind.color
        self._canvas.next_cover = (kind.shape == "ellipse", color)

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
        """Add covers where faces were found, to be looked at one by one; how many. What is covered already is left."""
        photo = photos.find(self._bench.session.story, photo_id)
        offered = boxes if photo is not None and isinstance(boxes, tuple | list) else ()
        hidden = photo.covers if photo is not None else ()
        found = [box for box in offered if isinstance(box, tuple) and not any(_holds(each, box) for each in hidden)]
        if found:
            covers = (Cover(box=box, shape="ellipse") for box in found)
            self._bench.session.edit(photos.add_cover(photo_id, *covers))
            self._toolbox.choose_mode("cover")
        return len(found)


def _at_edge(box: Box) -> bool:
    return min(box[:2]) <= 0.0 or max(box[0] + box[2], box[1] + box[3]) >= 1.0


def _holds(cover: Cover, box: Box) -> bool:
    """Whether the middle of a box is hidden already."""
    x, y, width, height = cover.box
    at = box[0] + box[2] / 2, box[1] + box[3] / 2
    return cover.whole or (x <= at[0] <= x + width and y <= at[1] <= y + height)
