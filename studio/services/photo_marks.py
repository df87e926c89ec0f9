"""Marks on a photo as it is seen, and as they are kept: positions of the turned photo and of the upright original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.export.planning.card_placement import careful_variant
from studio.photo.framing import PhotoVariant, frame_variant
from studio.story import geometry, photos
from studio.story.cover_geometry import box_shares, covered_box
from studio.story.geometry import Turn
from studio.story.model import Box, Cover, LightAdjust, Point

if TYPE_CHECKING:
    from studio.story.edits import StoryEdit
    from studio.story.model import Photo

_CARD_QUALITY = 90
MEAN_SHOWN = "#7d8790"
"""How a cover of mean colour is drawn until the engine knows the colour."""


def without_words(photo: Photo) -> Photo:
    """What a photo's picture and marks depend on: all but what is said about it."""
    texts = dict.fromkeys(("caption", "credit", "alt", "rights", "copyright", "place", "source_type"), "")
    words = {**texts, "people": (), "people_checked": False}
    return replace(photo, **words)


def turn_of(photo: Photo) -> Turn:
    """How a photo is turned; one whose size is not known is a pixel."""
    return Turn(max(1, photo.width), max(1, photo.height), photo.rotate, photo.flip)


def upright_box(photo: Photo, box: Box) -> Box:
    """A box drawn on the turned photo, on the upright original."""
    return geometry.upright_box(box, turn_of(photo))


def upright_focus(photo: Photo, point: Point) -> Point:
    """A point of the turned photo as it is kept: on the upright original, to four decimals."""
    x, y = geometry.tidy_point(geometry.upright_point(point, turn_of(photo)))
    return Point(round(x, 4), round(y, 4))


def shown_focus(photo: Photo, focus: Point | None) -> Point:
    """A focus point on the turned photo."""
    return geometry.tidy_point(geometry.turn_point(geometry.tidy_point(focus), turn_of(photo)))


def drawn_cover(photo: Photo, cover: Cover) -> Box:
    """Where a cover was drawn, on the turned photo."""
    if cover.whole:
        return geometry.WHOLE
    return geometry.turn_cover(geometry.tidy_box(cover.box), turn_of(photo))


def burned_cover(photo: Photo, cover: Cover) -> Box:
    """Where the export burns a cover in, on the turned photo."""
    if cover.whole:
        return geometry.WHOLE
    turn = turn_of(photo)
    size = turn.width, turn.height
    return geometry.turn_cover(box_shares(covered_box(cover, *size), *size), turn)


def cover_color(photo: Photo, cover: Cover, burned: str) -> str:
    """How a cover is drawn, in the light of the photo, as its covers are burned in first.

    Args:
        photo: it lies on.
        cover: one of its covers.
        burned: the colour the engine burns in; "" while that is not known.
    """
    if cover.style != "mean" and photo.adjust == LightAdjust():
        return cover.color
    return burned or (MEAN_SHOWN if cover.style == "mean" else cover.color)


def crop_on_photo(photo: Photo, key: str, size: tuple[int, int], focus: Point | None) -> Box:
    """The crop of a shape on the turned photo, as the engine cuts it; the general one ("") as it was drawn.

    Where the shape shows all of the photo only because a crop would cut off much, it is that crop: what dragging
    begins with.
    """
    if not key:
        return geometry.WHOLE if photo.crop is None else geometry.turn_box(photo.crop, turn_of(photo))
    turn = turn_of(photo)
    found = frame_variant(photo, PhotoVariant(size), turn.width, turn.height, focus)
    whole = geometry.turned_size(turn)
    return box_shares(found.box, *whole)


def is_shown_whole(photo: Photo, size: tuple[int, int], *, careful: bool) -> bool:
    """Whether a shape shows all of a photo on a ground: chosen so, or as a crop would cut off much.

    ``careful``: photos are sent in it, and a focus point is leave to crop; to cards, else, only a crop by hand is.
    """
    turn = turn_of(photo)
    variant = PhotoVariant(size, careful=True) if careful else careful_variant(photo, size, _CARD_QUALITY)
    found = frame_variant(photo, variant, turn.width, turn.height)
    return found.inner != found.canvas


def cover_edit(photo: Photo, kind: Cover, box: Box) -> StoryEdit:
    """Cover what was drawn on the turned photo; ``kind`` says shape and colour."""
    around = geometry.upright_around(box, turn_of(photo), ellipse=kind.shape == "ellipse")
    if geometry.split_turn(photo.rotate)[1] and _at_edge(around):
        kind = replace(kind, shape="box")  # cut off at the edge, an ellipse would hide less than was drawn
    return photos.add_cover(photo.id, replace(kind, box=around))


def uncovered_boxes(photo: Photo, boxes: object) -> list[Box]:
    """Those of some boxes whose middle no cover of the photo hides yet, and that are no marked faces."""
    offered = boxes if isinstance(boxes, tuple | list) else ()
    found = [Box(*box) for box in offered if isinstance(box, tuple)]
    known = (*photo.covers, *(Cover(box=face) for face in photo.faces))
    return [box for box in found if not any(_holds_middle(each, box) for each in known)]


def _at_edge(box: Box) -> bool:
    return min(box.x, box.y) <= 0.0 or max(box.right, box.bottom) >= 1.0


def _holds_middle(cover: Cover, box: Box) -> bool:
    """Whether the middle of a box is hidden already."""
    x, y, width, height = cover.box
    at = box.middle
    return cover.whole or (x <= at.x <= x + width and y <= at.y <= y + height)
