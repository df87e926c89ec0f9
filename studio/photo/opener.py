"""The one way a photo comes in: only known formats, only sane sizes, upright and in sRGB, or a clear refusal."""

from __future__ import annotations

import re
import stat
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from studio.base.errors import UserError, WorkNotice
from studio.base.media_kinds import NO_PHOTOS, kind_of_file
from studio.photo.colour import profile_conversion, to_rgb, to_srgb
from studio.photo.colour_codes import read_meaning
from studio.photo.photo_place import read_position
from studio.photo.photo_rights import read_brought
from studio.story.credits import FileRights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PIL import Image

JPEG_PIXELS = 220_000_000
"""Largest JPEG: 200 MP phones exist, and a JPEG is decoded at a fraction of its size."""
OTHER_PIXELS = 66_000_000
"""Largest picture of a format that must be decoded in full: phones of "50" and "64" megapixels give 8192x6144 and
9280x6944; these are 260 MB of memory."""
GREY_PIXELS = 180_000_000
"""Largest one of a single channel: an A2 sheet scanned at 600 dots an inch."""

_PILLOW_NAMES = {
    "jpeg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
    "gif": "GIF",
    "avif": "AVIF",
    "heif": "HEIF",
    "tiff": "TIFF",
    "bmp": "BMP",
}

_ORIENTATION = 0x0112
_EXIF_IFD = 0x8769
_DATE_ORIGINAL = 0x9003
_OFFSET_ORIGINAL = 0x9011
_DATE = re.compile(r"(\d{4}):(0[1-9]|1[0-2]):(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d)")
_OFFSET = re.compile(r"[+-](0\d|1[0-4]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What a photo file says about itself; ``width`` and ``height`` are those of the upright picture.

    ``format`` is one of ``PHOTO_KINDS``; ``taken`` is ISO 8601 or "". ``brought``
    is what its maker wrote into it, ``position`` the latitude and longitude in degrees that the phone wrote.
    """

    width: int
    height: int
    format: str
    taken: str
    notices: tuple[WorkNotice, ...] = ()
    brought: FileRights = field(default_factory=FileRights)
    position: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class UprightPhoto:
    """A decoded photo: RGB, sRGB, upright, perhaps at a fraction of its size.

    ``width`` and ``height`` are those of the full original; ``image`` may be smaller. ``to_srgb`` is what is still to
    be done to its colours, where the caller asked for them as they are; None for nothing.
    """

    image: Image.Image
    width: int
    height: int
    notices: tuple[WorkNotice, ...]
    to_srgb: Callable[[Image.Image], Image.Image] | None = None


def require_file(path: Path, name: str = "") -> None:
    """Refuse what is no ordinary file: opening a FIFO would wait for ever. ``name`` is what the user calls it.

    Raises:
        UserError: ``photo.missing``, ``photo.not_file`` or ``photo.no_access``.
    """
    name = name or path.name
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise UserError("photo.missing", file=name) from None
    except (OSError, ValueError) as error:
        raise UserError("photo.no_access", file=name, detail=_error_reason(error)) from error
    if not stat.S_ISREG(mode):
        raise UserError("photo.not_file", file=name)


def _error_reason(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _file_kind(path: Path, name: str) -> str:
    require_file(path, name)
    try:
        kind = kind_of_file(path)
    except OSError as error:
        raise UserError("photo.no_access", file=name, detail=_error_reason(error)) from error
    if kind in NO_PHOTOS:
        raise UserError(f"photo.{kind}", file=name)
    return kind


def _prepare_pillow(kind: str) -> None:
    """Let Pillow open what we allow: our own caps decide about sizes, and its remarks are not for the user.

    Pillow's own limit would refuse the 200 MP photo of a phone; the caps above are checked right after the header.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = JPEG_PIXELS
    warnings.filterwarnings("ignore", module=r"PIL\.")
    if kind == "heif":
        import pi_heif

        pi_heif.register_heif_opener()


def _check_size(name: str, kind: str, mode: str, width: int, height: int) -> None:
    limit = JPEG_PIXELS if kind == "jpeg" else GREY_PIXELS if mode in {"1", "L", "P"} else OTHER_PIXELS
    if width * height > limit:
        facts = {"width": width, "height": height, "limit": limit // 1_000_000}
        raise UserError("photo.too_large", file=name, **facts)
    if width < 1 or height < 1:
        raise UserError("photo.broken", file=name)


@contextmanager
def open_photo(path: Path, name: str = "") -> Iterator[tuple[Image.Image, str]]:
    """The photo with its header read and its size checked, not yet decoded; and its kind.

    Args:
        path: an ordinary file.
        name: what the user calls it, for messages (files in ``media/`` have a hash for a name); "" is its own.

    Yields:
        The Pillow image and its kind, one of ``PHOTO_KINDS``.

    Raises:
        UserError: not a file, not a photo, broken or too large; names the file and the remedy.
    """
    from PIL import Image

    name = name or path.name
    kind = _file_kind(path, name)
    _prepare_pillow(kind)
    try:
        image = Image.open(path, formats=[_PILLOW_NAMES[kind]])
    except Image.DecompressionBombError:
        raise UserError("photo.too_huge", file=name, limit=_size_limit(kind)) from None
    except Exception as error:  # a decoder may raise anything on a hostile file
        raise UserError("photo.broken", file=name) from error
    with image:
        _check_size(name, kind, image.mode, *image.size)
        yield image, kind


def _size_limit(kind: str) -> int:
    return (JPEG_PIXELS if kind == "jpeg" else GREY_PIXELS) // 1_000_000


def exif_orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1..8; 1 when it is missing, damaged or nonsense.

    Pillow takes that of XMP where EXIF has none; browsers, phones and Windows do not, and what everyone saw upright
    would be turned. It turns TIFF by itself while decoding.
    """
    from PIL import Image as Pillow

    try:
        data = image.info.get("exif")
        if image.format == "TIFF" or not isinstance(data, bytes):
            return 1
        exif = Pillow.Exif()
        exif.load(data)
        value = exif.get(_ORIENTATION, 1)
        return value if isinstance(value, int) and 1 <= value <= 8 else 1
    except Exception:  # garbage in EXIF never costs the photo
        return 1


def turn_upright(image: Image.Image, value: int) -> Image.Image:
    """The image turned as EXIF orientation ``value`` (1..8) asks; the numbers are in the Exif 2.32 standard, 4.6.4."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[value]) if value in turns else image


def _taken_time(image: Image.Image) -> str:
    try:
        exif = image.getexif().get_ifd(_EXIF_IFD)
        date = _DATE.fullmatch(str(exif.get(_DATE_ORIGINAL, "")).strip("\0 "))
        offset = _OFFSET.fullmatch(str(exif.get(_OFFSET_ORIGINAL, "")).strip("\0 "))
    except Exception:  # garbage in EXIF never costs the photo
        return ""
    if date is None:
        return ""
    year, month, day, hour, minute, second = date.groups()
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}{offset.group() if offset else ''}"


def _animation_notices(image: Image.Image, kind: str, name: str) -> tuple[WorkNotice, ...]:
    """A notice for moving pictures and pages; the second frame of an MPO or HEIC is a depth or gain map."""
    try:
        moving = kind in {"gif", "webp", "png", "avif", "tiff"} and getattr(image, "n_frames", 1) > 1
    except Exception:  # counting the frames of a cut GIF reads beyond its end
        moving = False
    return (WorkNotice("photo.pages" if kind == "tiff" else "photo.animated", {"file": name}),) if moving else ()


def probe_photo(path: Path) -> PhotoFacts:
    """What the file says about itself, from its header alone.

    Raises:
        UserError: not a file, not a photo, broken or too large; names the file and the remedy.
    """
    with open_photo(path) as (image, kind):
        width, height = image.size
        if exif_orientation(image) >= 5:
            width, height = height, width
        brought = read_brought(image, path)
        taken = _taken_time(image) or brought.taken
        moving = _animation_notices(image, kind, path.name)
        return PhotoFacts(width, height, kind, taken, moving, brought, read_position(image))


def _is_empty(image: Image.Image) -> bool:
    """Whether nothing but one colour came out of the decoder."""
    extremes = image.getextrema()
    pairs = extremes if isinstance(extremes[0], tuple) else (extremes,)
    return all(low == high for low, high in pairs)


def _with_end_marker(path: Path, draft: tuple[int, int]) -> Image.Image | None:
    """A cut progressive JPEG with an end marker put behind it: libjpeg then decodes the scans that did arrive."""
    from PIL import Image

    try:
        again = Image.open(BytesIO(path.read_bytes() + b"\xff\xd9"), formats=["JPEG"])
        again.draft(again.mode, draft)
        again.load()
    except Exception:  # a decoder may raise anything on a hostile file
        return None
    return again


def _rescue_pixels(image: Image.Image, kind: str, path: Path, draft: tuple[int, int]) -> Image.Image | None:
    """What is intact of a photo whose decoder gave up; None when that is nothing.

    ``LOAD_TRUNCATED_IMAGES`` would do it for all of the process, and silently. Giving up the rest of the tiles of this
    one image leaves what was decoded so far, black below.
    """
    try:
        image.tile = []  # type: ignore[attr-defined]  # of ImageFile
        image.load()
        if not _is_empty(image):
            return image
    except Exception:  # a decoder may raise anything on a hostile file
        if kind != "jpeg":
            return None
    again = _with_end_marker(path, draft) if kind == "jpeg" else None
    return None if again is None or _is_empty(again) else again


def _decode_pixels(image: Image.Image, kind: str, path: Path, need: float) -> tuple[Image.Image, bool]:
    """The pixels, at a size not below 1/``need`` of the original, and whether all of them are there.

    Raises:
        OSError: nothing could be rescued.
    """
    draft = (max(1, int(image.width / need)), max(1, int(image.height / need)))
    try:
        image.draft(image.mode, draft)  # JPEG only: libjpeg scales by 1/2, 1/4, 1/8 while decoding; others ignore it
        image.load()
    except Exception as error:  # a decoder may raise anything on a hostile file
        rescued = _rescue_pixels(image, kind, path, draft)
        if rescued is None:
            raise OSError("nothing intact") from error
        return rescued, False
    return image, True


def _reduce_picture(image: Image.Image, factor: int) -> Image.Image:
    """The decoded picture at 1/factor, before colours are converted: those formats have no scaled decoding."""
    if factor < 2:
        return image
    if image.mode == "1":
        image = image.convert("L")
    return (image if image.mode in {"RGB", "RGBA", "L", "LA", "CMYK"} else to_rgb(image)).reduce(factor)


def open_upright(
    path: Path, need: Callable[[int, int], float] | float = 1.0, *, name: str = "", as_stored: bool = False
) -> UprightPhoto:
    """Open a photo upright, in sRGB, at a size that is enough.

    Args:
        path: an ordinary file.
        need: by how much the picture may be shrunk, 1 or more (original pixels per pixel wanted); or a function of
            the upright width and height that tells.
        name: what the user calls the file, for messages; "" is its own name.
        as_stored: leave RGB of another profile as it is and give ``to_srgb`` along: the caller converts fewer pixels.

    Returns:
        The photo; ``image`` is at least 1/need of the original in each direction. What could not be read of a
        damaged photo is black, and a notice says so.

    Raises:
        UserError: not a file, not a photo, broken beyond rescue or too large; names the file and the remedy.
    """
    name = name or path.name
    with open_photo(path, name) as (image, kind):
        turn = exif_orientation(image)
        width, height = image.size[::-1] if turn >= 5 else image.size
        factor = max(1.0, need(width, height) if callable(need) else need)
        moving = _animation_notices(image, kind, name)
        icc = image.info.get("icc_profile")
        meaning = read_meaning(image, kind, path)
        try:
            pixels, whole = _decode_pixels(image, kind, path, factor)
        except OSError as error:
            raise UserError("photo.broken", file=name) from error
        small = pixels if kind == "jpeg" else _reduce_picture(pixels, int(factor))
        profile = icc if isinstance(icc, bytes) else None
        later = profile_conversion(small, profile) if as_stored and meaning is None else None
        rgb, told = (small, ()) if later else to_srgb(small, profile, meaning)
        upright = turn_upright(rgb, turn)
    upright.info.clear()  # comment, EXIF, profile of the source: nothing of it may reach an export
    codes = (*(() if whole else ("photo.truncated",)), *told)
    notices = (*moving, *(WorkNotice(code, {"file": name}) for code in codes))
    return UprightPhoto(upright, width, height, notices, later)
