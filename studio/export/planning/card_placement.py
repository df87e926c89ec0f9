"""Where the photo of a card goes, and where its words: the place in which they hide least of what the photo is about.

Nothing is decoded: the size of the photo, its marks (focus, faces, covers, crops) and the filled SVG say it all. Words
may lie on a photo only where it is known what it shows; otherwise they stand beside it. A crop that nobody chose and
that would take more than ``1 - geometry.LEAST_SHOWN`` of the photo, or a part of a face, is not made: the photo is
shown whole, on a blurred ground.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace as changed

from studio.photo.framing import PhotoVariant, cuts_face, frame_variant
from studio.posts.card_layouts import CardPlace, area_pixels
from studio.story import geometry
from studio.story.model import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from studio.photo.framing import PhotoFrame
    from studio.story.geometry import Turn
    from studio.story.model import Photo, Point

MOST_HIDDEN = 0.05
"""The share of a mark that words may lie on; the target of bench/card_subjects.py is twice that."""
# How far what a photo is about reaches around a focus point, as a share of the photo: a guess for want of a mark. Below
# it everything counts, for a person stands below the face that was clicked.
_AROUND, _ABOVE = 0.3, 0.3
# The same where faces are marked and the focus is one more thing.
_NEAR = 0.1
# A person around a face, in widths and heights of it: shoulders to both sides, hair above, the figure below (a standing
# person is seven to eight heads high, Loomis 1943; what matters of it is over at the hips).
_SHOULDERS, _HAIR, _FIGURE = 0.8, 0.4, 3.5
_STEPS = 9
"""Points asked along each side of a mark."""


class CardFraming(NamedTuple):
    """The photo as one place of a card would show it."""

    place: CardPlace
    photo: Photo
    variant: PhotoVariant
    frame: PhotoFrame | None

    @property
    def whole(self) -> bool:
        """Whether all of the photo is shown, on a blurred ground."""
        return self.variant.fit == "pad"

    @property
    def shown(self) -> float:
        """How many pixels of the card show the photo."""
        width, height = self.frame.inner if self.frame else self.variant.size
        return width * height


@dataclass(frozen=True, slots=True)
class CardMaker:
    """What a card is like before its photo is placed.

    Attributes:
        places: those the design has, the one it likes best first.
        size: of the card in pixels.
        fill: its SVG with the photo in a place.
        quality: of the photo, which is encoded once more with the card.
    """

    places: Sequence[CardPlace]
    size: tuple[int, int]
    fill: Callable[[CardPlace], str]
    quality: int


def place_photo(photo: Photo, maker: CardMaker) -> CardFraming:
    """The place for a photo on a card, and how it is cut to it.

    Raises:
        UserError: the card's template cannot be filled.
    """
    framings = [_frame_place(photo, place, maker) for place in maker.places]
    beside = [framing for framing in framings if not framing.place.fills]
    if len(framings) == 1:
        return framings[0]
    marks = subject_marks(photo)
    hidden: list[tuple[float, int]] = []
    for number, framing in enumerate(framings):
        # On a whole photo the words would lie half on its blurred ground: they stand beside it.
        if not framing.place.fills or (beside and (framing.whole or not marks)):
            continue
        share = hidden_share(framing, marks, covered_areas(maker.fill(framing.place)))
        if share <= MOST_HIDDEN:
            return framing
        hidden.append((share, number))
    if beside:
        return max(beside, key=lambda each: (not each.whole, each.shown))
    return framings[min(hidden)[1]]


def _frame_place(photo: Photo, place: CardPlace, maker: CardMaker) -> CardFraming:
    """The photo in a place; of several sizes that the place may have the one nearest to the photo's own shape."""
    card_key = geometry.ratio_key(*maker.size)
    own = photo.crops.get(card_key)
    if own is not None and not place.fills:  # what was framed for this card is what it shows, wherever its words are
        photo = changed(photo, crop=own)
    area = _used_area(photo, card_key if place.fills else "")
    fitted = replace(place, box=place.fitted(maker.size, area[0] / area[1] if area else 0.0))
    size = area_pixels(fitted.box, maker.size)
    # Beside the words all of the photo's area is seen, so that the focus need not be in its middle.
    composed = not place.fills
    variant = PhotoVariant(size, quality=maker.quality, progressive=False, careful=area is None, composed=composed)
    if area is None:
        return CardFraming(fitted, photo, variant, None)
    # A pack that draws its card itself counts on a photo that fills it, as it always did.
    alone = place.fills and len(maker.places) == 1
    if not alone and _cuts_silently(photo, variant, area):
        variant = replace(variant, fit="pad")
    return CardFraming(fitted, photo, variant, _frame(photo, variant))


def careful_variant(photo: Photo, size: tuple[int, int], quality: int) -> PhotoVariant:
    """The photo cut to ``size`` pixels, or whole on a blurred ground where nobody chose a crop that takes much."""
    area = _used_area(photo, geometry.ratio_key(*size))
    variant = PhotoVariant(size, quality=quality, progressive=False, careful=area is None)
    return replace(variant, fit="pad") if area is not None and _cuts_silently(photo, variant, area) else variant


def _used_area(photo: Photo, key: str) -> tuple[float, float] | None:
    """Width and height of the part of the photo that may be used, in pixels; None where its size is not known."""
    if photo.width < 1 or photo.height < 1:
        return None
    width, height = geometry.turned_size(_turn_of(photo))
    crop = (photo.crops.get(key) if key else None) or photo.crop
    box = geometry.turn_box(crop, _turn_of(photo)) if crop else geometry.WHOLE
    return max(1.0, box.width * width), max(1.0, box.height * height)


def _turn_of(photo: Photo) -> Turn:
    return geometry.Turn(photo.width, photo.height, photo.rotate, photo.flip)


def _frame(photo: Photo, variant: PhotoVariant) -> PhotoFrame:
    return frame_variant(photo, variant, photo.width, photo.height, photo.focus)


def _cuts_silently(photo: Photo, variant: PhotoVariant, area: tuple[float, float]) -> bool:
    """Whether cropping would take much of the photo, or a part of a face, without anybody having said so."""
    key = geometry.ratio_key(*variant.size)
    if key in photo.fits or key in photo.crops:
        return False
    if geometry.shown_share(*area, variant.size[0] / variant.size[1]) < geometry.LEAST_SHOWN:
        return True
    return cuts_face(photo, _frame(photo, variant).box, _turn_of(photo))


def subject_marks(photo: Photo) -> tuple[Box, ...]:
    """What words must not lie on, as fractions of the turned photo; nothing where nobody marked anything."""
    if photo.width < 1 or photo.height < 1:
        return ()
    turn = _turn_of(photo)
    marks = [_figure(geometry.turn_box(face, turn)) for face in photo.faces]
    if photo.focus is not None:
        at = geometry.turn_point(photo.focus, turn)
        marks.append(
            _box_around(at, _NEAR, _NEAR, at.y + _NEAR) if photo.faces else _box_around(at, _AROUND, _ABOVE, 1.0)
        )
    if marks:
        marks += [geometry.turn_box(cover.box, turn) for cover in photo.covers]
    return tuple(marks)


def _box_around(at: Point, aside: float, above: float, bottom: float) -> Box:
    left, top = max(0.0, at.x - aside), max(0.0, at.y - above)
    return Box(left, top, min(1.0, at.x + aside) - left, min(1.0, bottom) - top)


def _figure(face: Box) -> Box:
    left, top = max(0.0, face.x - _SHOULDERS * face.width), max(0.0, face.y - _HAIR * face.height)
    right = min(1.0, face.right + _SHOULDERS * face.width)
    return Box(left, top, right - left, min(1.0, face.bottom + _FIGURE * face.height) - top)


def covered_areas(svg: str) -> tuple[Box, ...]:
    """Where a filled card has words or their shade, as fractions of it.

    Words are its boxes for text (``kim-text``), shade what a design says of its own grounds (``kim-shade``).
    """
    root = ET.fromstring(svg)
    _, _, across, down = (float(part) for part in root.get("viewBox", "").split())
    boxes = {element.get("id", ""): element for element in root.iter() if element.get("class") == "kim-text"}
    return tuple(
        Box(x / across, y / down, width / across, height / down)
        for element in root.iter()
        for x, y, width, height in _text_boxes(element, boxes)
    )


def _text_boxes(element: ET.Element, boxes: dict[str, ET.Element]) -> Iterator[tuple[float, float, float, float]]:
    kind = element.get("class")
    if kind not in {"kim-text", "kim-shade"} or (kind == "kim-text" and not element.get("data-text")):
        return
    with suppress(ValueError):  # what a brightness decides that is not known yet
        x, y, width, height = (float(element.get(name, "0")) for name in ("x", "y", "width", "height"))
        holder = boxes.get(element.get("data-above", ""))
        if holder is not None:  # on top of the box it holds on to, as high as its plate
            high = 2.0 * float(element.get("data-max", "0"))
            y, height = float(holder.get("y", "0")) - float(element.get("data-gap", "0")) - high, high
        yield x, y, width, height


def hidden_share(framing: CardFraming, marks: Sequence[Box], areas: Sequence[Box]) -> float:
    """The largest share of a mark that words lie on; what the crop leaves out does not count."""
    if framing.frame is None:
        return 1.0
    frame, place = framing.frame, framing.place.box
    width, height = geometry.turned_size(_turn_of(framing.photo))
    canvas = framing.variant.size
    worst = 0.0
    for mark in marks:
        under = seen = 0
        for row in range(_STEPS):
            for column in range(_STEPS):
                x = (mark.x + mark.width * (column + 0.5) / _STEPS) * width - frame.box.left
                y = (mark.y + mark.height * (row + 0.5) / _STEPS) * height - frame.box.top
                if not (0 <= x < frame.box.width and 0 <= y < frame.box.height):
                    continue
                at_x = ((canvas[0] - frame.inner[0]) / 2 + x / frame.scale) / canvas[0] * place.width + place.x
                at_y = ((canvas[1] - frame.inner[1]) / 2 + y / frame.scale) / canvas[1] * place.height + place.y
                seen += 1
                under += any(a.x <= at_x < a.right and a.y <= at_y < a.bottom for a in areas)
        worst = max(worst, under / seen if seen else 0.0)
    return worst
