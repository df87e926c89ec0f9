"""A logo of pixels made small, its clear parts kept."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.photo.colour import to_srgb
from studio.photo.colour_codes import read_meaning
from studio.photo.opener import exif_orientation, open_photo, turn_upright

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image


WEB_SIDE = 96
"""Pixels of the logo on a web page: it is shown at 48, twice as fine on a phone."""


def shrink_logo(source: Path, out: Path, side: int) -> None:
    """Write a picture as PNG with transparency, at most ``side`` pixels long, upright, in sRGB, with no metadata.

    Raises:
        UserError: no picture, broken, too large, or clear all over; names the file.
        OSError: ``out`` cannot be written.
    """
    from PIL import Image

    with open_photo(source) as (image, kind):
        turn, icc, meaning = exif_orientation(image), image.info.get("icc_profile"), read_meaning(image, kind, source)
        try:
            if kind == "jpeg":
                image.draft("RGB", (side, side))
            image.load()
            clear = image.convert("RGBA").getchannel("A") if kind != "jpeg" else None
            profile = icc if isinstance(icc, bytes) else None
            colours, _ = to_srgb(_opaque_colours(image) if clear else image, profile, meaning)
        except OSError as error:
            raise UserError("photo.broken", file=source.name) from error
    if clear is not None and clear.getextrema() == (0, 0):
        raise UserError("photo.clear", file=source.name)
    made = Image.new("RGBA", colours.size)
    made.paste(colours)
    if clear is not None:
        made.putalpha(clear)
    made = turn_upright(made, turn)
    made.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=None)
    made.info.clear()
    made.save(out, "PNG", optimize=True)


def small_logo(mark: Path) -> bytes:
    """A logo made by ``shrink_logo`` as a PNG of at most ``WEB_SIDE`` pixels: what web pages load."""
    facts = mark.stat()
    return _small_logo(mark, facts.st_mtime_ns, facts.st_size)


@lru_cache(maxsize=4)
def _small_logo(mark: Path, _changed: int, _size: int) -> bytes:
    """Kept, as every page of every story has it; another file under the same name is made again."""
    from PIL import Image

    with Image.open(mark, formats=["PNG"]) as image:
        made = image.convert("RGBA")
    made.thumbnail((WEB_SIDE, WEB_SIDE), Image.Resampling.LANCZOS, reducing_gap=None)
    out = BytesIO()
    made.save(out, "PNG", optimize=True)
    return out.getvalue()


def _opaque_colours(image: Image.Image) -> Image.Image:
    """The colours alone: laid on white, half-clear edges would be lightened twice."""
    plain = image.mode in {"RGB", "L", "CMYK"} or image.mode.startswith("I")
    return image if plain else image.convert("RGBA").convert("RGB")
