"""What of a photo each wanted picture shows: arithmetic on sizes, before any pixel is touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.story import geometry
from studio.story.model import Point
from studio.story.photos import marked_focus, shows_whole

if TYPE_CHECKING:
    from studio.photo.save import Format
    from studio.story.geometry import PixelBox
    from studio.story.model import Box, Photo

VariantFit = Literal["crop", "pad", "inside"]

SAME_RATIO = 0.01
"""A photo within 1 % of the wanted ratio is cropped, not given hairline borders."""
_ABOVE = 0.3
"""How much over a focus point belongs to what the photo is about, as a share of its height: a guess."""


@dataclass(frozen=True, slots=True)
class PhotoVariant:
    """One wanted picture.

    ``size`` is width and height in pixels. ``crop`` fills it, ``pad`` shows all of the photo on a blurred border;
    both give exactly that size (a smaller photo is enlarged, with a notice). ``inside`` fits the photo
    into it and never enlarges. ``quality`` is 1..95; ``max_bytes`` is met by lowering quality, then size. ``name`` is
    what messages call the result ("" is the name of the file written, which may be a temporary one). ``careful`` shows
    all of the photo, padded, where a crop that nobody chose would cut off much of it (``photos.shows_whole``).
    ``composed`` leaves the photo's own middle in the middle where a crop takes little of it (``_composed_middle``).
    """

    size: tuple[int, int]
    fit: VariantFit = "crop"
    quality: int = 85
    max_bytes: int | None = None
    format: Format = "jpeg"
    progressive: bool = True
    name: str = ""
    careful: bool = False
    composed: bool = False


@dataclass(frozen=True, slots=True)
class PhotoFrame:
    """Which part of the turned photo a variant shows (``box``), how large (``inner``) and on what (``canvas``)."""

    box: PixelBox
    inner: tuple[int, int]
    canvas: tuple[int, int]

    @property
    def scale(self) -> float:
        """Photo pixels per variant pixel; below 1 the photo is enlarged."""
        return min(self.box.width / self.inner[0], self.box.height / self.inner[1])


def _source_area(photo: Photo, key: str, turn: geometry.Turn) -> Box:
    """The part of the turned photo to take from: the crop made by hand for this ratio, else the general one."""
    box = photo.crops.get(key) or photo.crop
    if box is None:
        return geometry.WHOLE
    return geometry.turn_box(box, turn)


def cuts_face(photo: Photo, shown: PixelBox, turn: geometry.Turn) -> bool:
    """Whether a crop (pixels of the turned photo) leaves out a part of a marked face; a pixel of rounding is none."""
    width, height = geometry.turned_size(turn)
    for face in photo.faces:
        box = geometry.turn_box(face, turn)
        across = shown.left - 1 <= box.x * width and box.right * width <= shown.right + 1
        down = shown.top - 1 <= box.y * height and box.bottom * height <= shown.bottom + 1
        if not (across and down):
            return True
    return False


def _composed_middle(focus: Point, area: Box, turned: tuple[int, int], ratio: float) -> Point:
    """The middle of a crop that takes little of the photo: the focus need not be there, only well inside.

    A crop that runs after a focus at the side takes all it may from the other side, where the subject goes on. So it
    stays in the middle of the photo until the focus comes nearer to an edge than a sixth; and what it takes of the
    height it takes from above, where there is room over the focus, as people stand below a face that was clicked.
    """
    share = geometry.shown_share(area.width * turned[0], area.height * turned[1], ratio)
    if share < geometry.LEAST_SHOWN:
        return focus

    def middle(at: float, low: float, length: float, wanted: tuple[float, float]) -> float:
        shown, (first, last) = length * share, wanted
        start = low + (length - shown) / 2
        start = (first + last - shown) / 2 if last - first > shown else min(max(start, last - shown), first)
        return min(max(start, at - shown * 5 / 6), at - shown / 6) + shown / 2

    above, below = max(area.y, focus.y - _ABOVE * area.height), area.bottom
    return Point(
        middle(focus.x, area.x, area.width, (focus.x, focus.x)),
        middle(focus.y, area.y, area.height, (above, max(above, below))),
    )


def frame_variant(
    photo: Photo, variant: PhotoVariant, width: int, height: int, focus: Point | None = None
) -> PhotoFrame:
    """What of the photo a variant shows, in pixels of the complete turned photo.

    Args:
        photo: its crops, fits and rotation count; ``photo.fits`` wins over ``variant.fit`` (except ``inside``).
        variant: the wanted picture.
        width: of the upright original in pixels.
        height: of the upright original in pixels.
        focus: what must stay in the picture, as fractions of the upright original; None is what is marked
            (``photos.marked_focus``), else the middle.
    """
    focus = marked_focus(photo) if focus is None else focus
    key = geometry.ratio_key(*variant.size)
    turn = geometry.Turn(width, height, photo.rotate, photo.flip)
    turned = geometry.turned_size(turn)
    area = _source_area(photo, "" if variant.fit == "inside" else key, turn)
    whole = geometry.pixel_box(area, *turned)
    size = whole.size
    if variant.fit == "inside":
        inner = geometry.inside_size(*size, variant.size)
        return PhotoFrame(whole, inner, inner)
    ratio = variant.size[0] / variant.size[1]
    pad = photo.fits.get(key, variant.fit) == "pad"
    at = None if focus is None else geometry.turn_point(focus, turn)
    if variant.composed and at is not None:
        at = _composed_middle(at, area, turned, ratio)
    if variant.careful:
        pad = shows_whole(photo, variant.size, size, padded=variant.fit == "pad")
        if not pad and photo.faces and not {key} & (photo.fits.keys() | photo.crops.keys()):
            pad = cuts_face(photo, geometry.crop_box(*turned, ratio, at, area), turn)
    if pad and abs(size[0] / size[1] / ratio - 1) > SAME_RATIO:
        return PhotoFrame(whole, geometry.inside_size(*size, variant.size, enlarge=True), variant.size)
    return PhotoFrame(geometry.crop_box(*turned, ratio, at, area), variant.size, variant.size)
