"""Cutting the wanted pictures out of a prepared photo: shrink, sharpen, blurred borders.

All of it works on lightness and colour differences (YCbCr, what JPEG stores) one by one: each as carefully as the eye
and the format need it, which takes a third of the time of RGB.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.photo.framing import PhotoFrame
from studio.story import geometry
from studio.story.geometry import PixelBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from studio.base.errors import WorkNotice

_BACKDROP = 8
"""The blurred border is made at 1/8 of its size: it looks the same and costs 1/50."""
_BACKDROP_LEAST = 96
"""Pixels of its longer side, where the picture has so many: as soft in a small preview as in the file."""
_BACKDROP_BLUR = 0.03
"""Radius of the blur, as a share of the longer side."""
_BACKDROP_LIGHT = 0.72
_BLACK = (0, 128, 128)
"""Y, Cb, Cr of black: colour differences are around 128."""
_SHARPEN = (-1, -2, -1, -2, 44, -2, -1, -2, -1)
"""A light 3x3 sharpening, divided by the sum: gives back the edge contrast that shrinking averages away."""


@dataclass(frozen=True, slots=True)
class ReadyPhoto:
    """A photo ready to be cut: covered, toned, turned.

    ``planes`` are its lightness and two colour differences (Y, Cb, Cr), one grey image each; the latter at half the
    size when ``halved``. ``whole`` is the size of the turned original, which ``frames`` refer to.
    """

    planes: tuple[Image.Image, ...]
    halved: bool
    whole: tuple[int, int]
    frames: tuple[PhotoFrame, ...]
    notices: tuple[WorkNotice, ...]


def _scaled_box(box: PixelBox, whole: tuple[int, int], image: tuple[int, int]) -> PixelBox:
    """A box of the complete photo in the smaller decoded one: integers, inside, not empty."""
    across, down = image[0] / whole[0], image[1] / whole[1]
    left = min(image[0] - 1, round(box.left * across))
    top = min(image[1] - 1, round(box.top * down))
    right = min(image[0], max(left + 1, round(box.right * across)))
    bottom = min(image[1], max(top + 1, round(box.bottom * down)))
    return PixelBox(left, top, right, bottom)


def _border_boxes(canvas: tuple[int, int], inner: tuple[int, int]) -> list[PixelBox]:
    """The parts of the canvas that the picture in its middle leaves free."""
    left, top = (canvas[0] - inner[0]) // 2, (canvas[1] - inner[1]) // 2
    right, bottom = left + inner[0], top + inner[1]
    around = (
        PixelBox(0, 0, canvas[0], top),
        PixelBox(0, bottom, *canvas),
        PixelBox(0, top, left, bottom),
        PixelBox(right, top, canvas[0], bottom),
    )
    return [box for box in around if box.width > 0 and box.height > 0]


def _blurred_backdrop(
    plane: Image.Image, middle: int, box: PixelBox, wanted: PhotoFrame, *, halved: bool
) -> Image.Image:
    """The border of a padded picture: the photo itself (covers and all), filling it, blurred and darker.

    Args:
        plane: lightness or colour difference.
        middle: its value for black: 0 for lightness, 128 for a colour difference.
        box: the part of the plane that is shown.
        wanted: the variant.
        halved: whether JPEG keeps half of its resolution anyway: then no more is scaled up.
    """
    from PIL import Image, ImageFilter
    from PIL.Image import Resampling

    width, height = wanted.canvas
    # The ground fills all of the canvas, so it is cut to the canvas's shape out of the part that is shown, from nowhere
    # else.
    part = geometry.crop_box(*box.size, width / height, None).moved_by(box.left, box.top)
    longest = max(width, height)
    shrink = longest / max(longest // _BACKDROP, min(longest, _BACKDROP_LEAST))
    small = (max(1, round(width / shrink)), max(1, round(height / shrink)))
    blur = ImageFilter.GaussianBlur(max(small) * _BACKDROP_BLUR)
    # Colour differences are drawn towards 128 as lightness is towards 0: otherwise the darker ground would look gaudy.
    darker = [round((level - middle) * _BACKDROP_LIGHT + middle) for level in range(256)]
    blurred = plane.resize(small, Resampling.BOX, box=part).filter(blur)
    blurred = blurred.point(darker)
    canvas = Image.new("L", wanted.canvas)
    across, down = small[0] / width, small[1] / height
    # Only what the picture leaves free is scaled up: most of the canvas would be painted over at once.
    for edge in _border_boxes(wanted.canvas, wanted.inner):
        origin = (
            edge.left * across,
            edge.top * down,
            min(small[0], edge.right * across),
            min(small[1], edge.bottom * down),
        )
        size = ((edge.width + 1) // 2, (edge.height + 1) // 2) if halved else edge.size
        scaled = blurred.resize(size, Resampling.BILINEAR, box=origin)
        canvas.paste(scaled.resize(edge.size, Resampling.NEAREST), (edge.left, edge.top))
    return canvas


def _cut_lightness(plane: Image.Image, box: PixelBox, wanted: PhotoFrame) -> Image.Image:
    """The lightness at its final size, sharpened where shrinking has averaged edges away.

    Sharpening lightness alone leaves the colour noise of a phone as it is, and takes a third of the time.
    """
    from PIL import ImageFilter
    from PIL.Image import Resampling

    # ``reducing_gap``: Pillow first reduces by an integer, which is fast, and keeps twice the size for the good
    # filter.
    made = plane.resize(wanted.inner, Resampling.BICUBIC, box=box, reducing_gap=2.0)
    return made.filter(ImageFilter.Kernel((3, 3), _SHARPEN)) if wanted.scale > 1.05 else made


def _cut_colour(plane: Image.Image, box: PixelBox, size: tuple[int, int], halved: bool) -> Image.Image:
    """A colour difference at its final size.

    JPEG keeps colour at half the resolution: made at that size and doubled, libjpeg halves it back to just that.
    """
    from PIL.Image import Resampling

    if not halved:
        return plane.resize(size, Resampling.BICUBIC, box=box, reducing_gap=2.0)
    # Rounded up as JPEG does with odd sizes, so that the last column is not lost.
    half = ((size[0] + 1) // 2, (size[1] + 1) // 2)
    made = plane.resize(half, Resampling.HAMMING, box=box, reducing_gap=2.0)
    doubled = made.resize((half[0] * 2, half[1] * 2), Resampling.NEAREST)
    return doubled if doubled.size == size else doubled.crop((0, 0, *size))


def _inner_planes(ready: ReadyPhoto, wanted: PhotoFrame) -> list[Image.Image]:
    """The planes of the part of the photo that is shown, at their final size."""
    made = []
    for plane, middle in zip(ready.planes, _BLACK, strict=True):
        box = _scaled_box(wanted.box, ready.whole, plane.size)
        made.append(
            _cut_colour(plane, box, wanted.inner, ready.halved) if middle else _cut_lightness(plane, box, wanted)
        )
    return made


@dataclass(frozen=True, slots=True)
class CuttingSheet:
    """A part of the photo at the size at which several variants show it: they are cut out of it, pixel for pixel."""

    frame: PhotoFrame
    planes: tuple[Image.Image, ...]


def _scale_alike(one: PhotoFrame, other: PhotoFrame) -> bool:
    """Whether two frames shrink alike: they differ by less than half a pixel over the longer side."""
    return abs(one.scale / other.scale - 1) * max(*one.inner, *other.inner) < 0.5


def _union_frame(frames: Sequence[PhotoFrame]) -> PhotoFrame:
    """The smallest frame that holds those of one scale."""
    boxes = [each.box for each in frames]
    box = PixelBox(
        min(b.left for b in boxes),
        min(b.top for b in boxes),
        max(b.right for b in boxes),
        max(b.bottom for b in boxes),
    )
    width = max(round(box.width / frames[0].scale), *(each.inner[0] for each in frames))
    height = max(round(box.height / frames[0].scale), *(each.inner[1] for each in frames))
    return PhotoFrame(box, (width, height), (width, height))


def cutting_sheets(ready: ReadyPhoto) -> tuple[CuttingSheet | None, ...]:
    """For each frame the sheet it is cut from; None where making it by itself is less work.

    1:1, 4:5 and 3:4 pictures of 1080 pixels of an upright photo differ only in where they end: shrinking and
    sharpening it once instead of three times saves a third of the work.
    """
    groups: list[list[int]] = []
    # Largest first: a group is measured by its first frame, and a small difference of scale shows most in a large
    # picture.
    for number in sorted(range(len(ready.frames)), key=lambda n: -ready.frames[n].inner[0] * ready.frames[n].inner[1]):
        same = next((group for group in groups if _scale_alike(ready.frames[group[0]], ready.frames[number])), None)
        if same is None:
            groups.append([number])
        else:
            same.append(number)
    found: list[CuttingSheet | None] = [None] * len(ready.frames)
    for group in groups:
        frames = [ready.frames[number] for number in group]
        union = _union_frame(frames)
        # A sheet is worth it only where the frames overlap: of two that lie apart it would hold all that is between
        # them.
        if union.inner[0] * union.inner[1] < 0.9 * sum(each.inner[0] * each.inner[1] for each in frames):
            sheet = CuttingSheet(union, tuple(_inner_planes(ready, union)))
            for number in group:
                found[number] = sheet
    return tuple(found)


def _take_planes(sheet: CuttingSheet, wanted: PhotoFrame) -> list[Image.Image]:
    """The planes of a frame cut out of its sheet."""
    scale = sheet.frame.scale
    # Rounding may put a frame one pixel over the sheet's edge: it is moved back in.
    left = min(round((wanted.box.left - sheet.frame.box.left) / scale), sheet.frame.inner[0] - wanted.inner[0])
    top = min(round((wanted.box.top - sheet.frame.box.top) / scale), sheet.frame.inner[1] - wanted.inner[1])
    box = (left, top, left + wanted.inner[0], top + wanted.inner[1])
    return [plane if box == (0, 0, *plane.size) else plane.crop(box) for plane in sheet.planes]


def cut_variant(ready: ReadyPhoto, wanted: PhotoFrame, sheet: CuttingSheet | None = None) -> Image.Image:
    """One variant of the turned picture, as YCbCr."""
    from PIL import Image

    inner = _take_planes(sheet, wanted) if sheet else _inner_planes(ready, wanted)
    if wanted.inner == wanted.canvas:
        return Image.merge("YCbCr", inner)
    corner = ((wanted.canvas[0] - wanted.inner[0]) // 2, (wanted.canvas[1] - wanted.inner[1]) // 2)
    made = []
    for plane, middle, shown in zip(ready.planes, _BLACK, inner, strict=True):
        box = _scaled_box(wanted.box, ready.whole, plane.size)
        canvas = _blurred_backdrop(plane, middle, box, wanted, halved=ready.halved and middle > 0)
        canvas.paste(shown, corner)
        made.append(canvas)
    return Image.merge("YCbCr", made)
