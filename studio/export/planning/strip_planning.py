"""Which strip a plain photo of an outlet gets, and where it lies: never over a marked face."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.export.planning.card_placement import MOST_HIDDEN, CardFraming, hidden_share, subject_marks
from studio.export.planning.export_tasks import PhotoStrip
from studio.photo.framing import frame_variant
from studio.posts.card_layouts import FULL
from studio.posts.photo_strips import strip_boxes, strip_of, strip_words
from studio.posts.svg import render_strip
from studio.story import geometry
from studio.story.model import Box

if TYPE_CHECKING:
    from studio.export.planning.plan_context import PlanContext
    from studio.photo.render import PhotoVariant
    from studio.posts.output_kinds import PhotoOutput
    from studio.posts.packs import Outlet
    from studio.posts.photo_strips import StripBox
    from studio.story.model import Photo


def plan_strip(
    context: PlanContext, outlet: Outlet, output: PhotoOutput, variant: PhotoVariant, place: tuple[int, int]
) -> PhotoStrip | None:
    """The strip of one photo; None where nothing is to be written, or where it would hide a face wherever it lay.

    Args:
        context: the story in the language of the post.
        outlet: which.
        output: its photos.
        variant: how the photo is cut.
        place: number of the photo, from 1, and how many there are.

    Raises:
        UserError: the template cannot be filled.
    """
    material = context.material
    photo = material.story.photos[place[0] - 1]
    words = strip_words(strip_of(outlet, output, material), photo, place, material)
    if words is None:
        return None
    box = _clear_box(photo, variant, strip_boxes(words, output.size))
    if box is None:
        return None
    svg = render_strip(context.press, outlet, output, material, words, box)
    return PhotoStrip(svg, (box.left, box.top), (box.width, box.height), output.size)


def _clear_box(photo: Photo, variant: PhotoVariant, boxes: tuple[StripBox, ...]) -> StripBox | None:
    """The first place that hides next to nothing of what is marked, else the one that hides least and no face."""
    marks = subject_marks(photo)
    if not marks:
        return boxes[0]
    framing = CardFraming(FULL, photo, variant, frame_variant(photo, variant, photo.width, photo.height, photo.focus))
    turn = geometry.Turn(photo.width, photo.height, photo.rotate, photo.flip)
    faces = tuple(geometry.turn_box(face, turn) for face in photo.faces)
    across, down = variant.size
    found: list[tuple[float, int]] = []
    for number, box in enumerate(boxes):
        area = (Box(box.left / across, box.top / down, box.width / across, box.height / down),)
        hidden = hidden_share(framing, marks, area)
        if hidden <= MOST_HIDDEN:
            return box
        if not hidden_share(framing, faces, area):
            found.append((hidden, number))
    return boxes[min(found)[1]] if found else None


def scaled_strip(strip: PhotoStrip | None, size: tuple[int, int]) -> PhotoStrip | None:
    """The strip of a picture at another size of the same shape."""
    if strip is None:
        return None
    share = size[0] / strip.whole[0]
    at = (round(strip.at[0] * share), round(strip.at[1] * share))
    wide, high = max(1, round(strip.size[0] * share)), max(1, round(strip.size[1] * share))
    return replace(strip, at=at, size=(wide, high), whole=size)
