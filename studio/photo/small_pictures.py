"""Small pictures of originals for the window: made from the photo; and the embedded one, for who compares them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from studio.base.pixel_data import Pixels
from studio.photo.burned_covers import burn_covers
from studio.photo.opener import exif_orientation, open_photo, open_upright, turn_upright
from studio.story.geometry import inside_size

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PIL import Image

    from studio.story.model import Cover


_IFD1 = 0x0201, 0x0202
_SAME_SHAPE = 0.02
"""A thumbnail that differs by more than 2 % in its ratio has black bars, or is of another picture."""


def _shrink_pixels(image: Image.Image, longest: int) -> Pixels:
    from PIL.Image import Resampling

    size = inside_size(*image.size, (longest, longest))
    small = image if size == image.size else image.resize(size, Resampling.LANCZOS, reducing_gap=2.0)
    return Pixels(small.width, small.height, small.tobytes())


def _embedded_thumbnail(path: Path) -> Image.Image | None:
    """The EXIF thumbnail, upright; None when there is none that can be trusted."""
    from PIL import ExifTags, Image

    with open_photo(path) as (image, _):
        try:
            place = image.getexif().get_ifd(ExifTags.IFD.IFD1)
            start, length = (int(place[tag]) for tag in _IFD1)
            data = bytes(image.info["exif"])[6 + start : 6 + start + length]
            small = Image.open(BytesIO(data), formats=["JPEG"])
            if max(small.size) > 1024 or abs(small.width / small.height * image.height / image.width - 1) > _SAME_SHAPE:
                return None
            return turn_upright(small.convert("RGB"), exif_orientation(image))
        except Exception:  # garbage in EXIF never costs the photo
            return None


def preview_pixels(source: Path, longest: int, covers: Sequence[Cover] = ()) -> Pixels:
    """The upright original, in sRGB, at most ``longest`` pixels on its longer side; not cropped.

    Args:
        source: the original.
        longest: longest side in pixels.
        covers: what is hidden in it; none while it is edited, where the canvas draws them.

    Raises:
        UserError: the photo cannot be opened; names the file and the remedy.
    """
    upright = open_upright(source, lambda width, height: max(width, height) / longest)
    burn_covers(upright.image, covers, (upright.width, upright.height))
    return _shrink_pixels(upright.image, longest)


def cut_square(image: Image.Image, side: int) -> Image.Image:
    """The middle of a picture (for tall ones a little above it) as a square of ``side`` pixels at most."""
    from PIL.Image import Resampling

    short = min(image.size)
    left, top = (image.width - short) // 2, (image.height - short) // 3
    box = (left, top, left + short, top + short)
    if short <= side:
        return image.crop(box)
    # Of filters that leave no jagged lines the one that takes half the time of Lanczos.
    return image.resize((side, side), Resampling.HAMMING, box=box, reducing_gap=2.0)


def square_preview(source: Path, side: int, covers: Sequence[Cover] = ()) -> Image.Image:
    """The middle of the upright original as a square of ``side`` pixels at most, in sRGB, shrunk once.

    Raises:
        UserError: the photo cannot be opened; names the file and the remedy.
    """
    upright = open_upright(source, lambda width, height: min(width, height) / side)
    burn_covers(upright.image, covers, (upright.width, upright.height))
    return cut_square(upright.image, side)


def draft_preview(source: Path, longest: int) -> Pixels | None:
    """Like ``preview``, soft and at once: a JPEG decoded at an eighth. None for other kinds, which decode only in full.

    Raises:
        UserError: the photo cannot be opened; names the file and the remedy.
    """
    with open_photo(source) as (_, kind):
        if kind != "jpeg":
            return None
    return _shrink_pixels(open_upright(source, 8.0).image, longest)


def embedded_preview(source: Path) -> Pixels | None:
    """The embedded EXIF thumbnail, upright, in its own size; None where there is none, or of another shape.

    Programs that crop or cover a photo may leave its old thumbnail in it: it never stands for the photo.

    Raises:
        UserError: the photo cannot be opened; names the file and the remedy.
    """
    small = _embedded_thumbnail(source)
    return None if small is None else Pixels(small.width, small.height, small.tobytes())


def mean_luminance(picture: Path) -> float:
    """How bright a picture made by ``render`` is, 0 (black) to 1 (white): the mean of its luma (ITU-R BT.601)."""
    from PIL import Image
    from PIL.Image import Resampling

    with Image.open(picture, formats=["JPEG"]) as image:
        image.draft("L", (64, 64))
        mean = image.convert("L").resize((1, 1), Resampling.BOX).getpixel((0, 0))
    return float(mean) / 255 if isinstance(mean, int | float) else 0.5
