"""Every photo becomes 8-bit RGB in sRGB: profiles, code points, CMYK, 16-bit grey, palettes, transparency."""

from __future__ import annotations

from functools import cache, lru_cache
from io import BytesIO
from threading import get_ident
from typing import TYPE_CHECKING

from studio.base.paths import assets_dir

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from studio.photo.colour_codes import ColourMeaning

_MODE_OF_SPACE = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}
"""ICC colour space signatures (ICC.1:2022, table 19) and the Pillow mode that holds them."""


@cache
def srgb_profile() -> bytes:
    """The sRGB profile embedded in exports: always the same bytes.

    LittleCMS writes the time of creation into bytes 24..35 of the header (ICC.1:2022, 7.2.8) and derives bytes
    84..99 from it; both are set to fixed values, or no two exports would be alike.
    """
    from PIL import ImageCms

    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # 1 January 2000, midnight; the identifier behind it may be zero, which means "not computed".
    data[24:36] = b"\x07\xd0\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00"
    data[84:100] = bytes(16)
    return bytes(data)


def to_rgb(image: Image.Image) -> Image.Image:
    """The picture as RGB or, where only its profile can tell, still as CMYK or L.

    Transparent parts become white. 16-bit grey is scaled: ``convert("RGB")`` would clip it to white.
    """
    from PIL import Image

    if image.mode.startswith("I"):
        # Pillow has no arithmetic on I;16, so the numbers go through 32 bits.
        wide = image if image.mode == "I" else image.convert("I")
        return wide.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "F":
        return image.convert("L")
    # A PNG may name one colour as transparent without an alpha channel: such a picture goes the long way below.
    if image.mode in {"RGB", "L", "CMYK"} and "transparency" not in image.info:
        return image
    if image.mode == "LAB":
        return _of_lab(image)
    if image.mode in {"1", "YCbCr", "HSV", "RGBX"}:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(paper, clear).convert("RGB")


def _convert_profile(image: Image.Image, icc: bytes) -> Image.Image | None:
    """The picture through its profile, or None where the profile is not for such a picture."""
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(BytesIO(icc))
    # Nothing to convert: sRGB through sRGB would only cost time and change last digits.
    if image.mode == "RGB" and ImageCms.getProfileDescription(profile).startswith("sRGB"):
        return image
    mode = _MODE_OF_SPACE.get(profile.profile.xcolor_space.strip(), "")
    # Grey pictures with a camera's RGB profile are common; grey means equal parts of it.
    if mode == "RGB" and image.mode == "L":
        image = image.convert("RGB")
    if image.mode != mode:
        return None
    return ImageCms.profileToProfile(
        image,
        profile,
        ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="RGB",
    )


def profile_conversion(image: Image.Image, icc: bytes | None) -> Callable[[Image.Image], Image.Image] | None:
    """What makes an RGB picture of this profile sRGB, pixel by pixel, for whoever converts a smaller copy of it.

    Args:
        image: as decoded; only its mode is looked at.
        icc: the profile that came with it, or None.

    Returns:
        A function from RGB to RGB pictures of any size; None where ``to_srgb`` has more, or nothing, to do: another
        mode, no profile, a broken or foreign one, or that of sRGB itself.
    """
    if icc is None or image.mode != "RGB" or "transparency" in image.info:
        return None
    return _built_conversion(icc, get_ident())


@lru_cache(maxsize=4)
def _built_conversion(icc: bytes, _thread: int) -> Callable[[Image.Image], Image.Image] | None:
    """What makes RGB of this profile sRGB, or None where it cannot or need not; the same one for the next photo.

    Building it takes a fifth of the time of using it, and all photos of a phone have the same profile. LittleCMS keeps
    the last pixel in it, so each thread has its own.
    """
    from PIL import ImageCms

    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc))
        if ImageCms.getProfileDescription(profile).startswith("sRGB") or profile.profile.xcolor_space.strip() != "RGB":
            return None
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        turn = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), "RGB", "RGB", intent)
    except (OSError, ImageCms.PyCMSError, ValueError, TypeError):
        return None
    return lambda picture: ImageCms.applyTransform(picture, turn) or picture


def _of_lab(image: Image.Image) -> Image.Image:
    from PIL import ImageCms

    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    return ImageCms.profileToProfile(image, lab, srgb, outputMode="RGB") or image.convert("RGB")


def _of_press(image: Image.Image) -> Image.Image:
    """Ink without a profile as a coated sheet shows it (FOGRA39).

    Without a profile cyan would be the light of a lamp: reds and greens that no press prints and nobody saw.
    """
    from PIL import ImageCms

    made = ImageCms.profileToProfile(
        image,
        ImageCms.ImageCmsProfile(BytesIO((assets_dir() / "colour" / "press.icc").read_bytes())),
        ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="RGB",
    )
    return made or image.convert("RGB")


def to_srgb(
    image: Image.Image, icc: bytes | None, meaning: ColourMeaning | None = None
) -> tuple[Image.Image, tuple[str, ...]]:
    """The picture in sRGB.

    Args:
        image: any mode.
        icc: the profile that came with it, or None.
        meaning: what its numbers mean when that is said in another way; it wins over the profile.

    Returns:
        An RGB image and codes of notices: ``photo.profile`` (broken or foreign: the numbers are taken as sRGB),
        ``photo.press`` (ink without a usable profile: that of a press is taken), ``photo.high_range``.
    """
    from PIL import ImageCms

    plain = to_rgb(image)
    if meaning is not None:
        from studio.photo.coded_light import to_plain_light

        codes = ("photo.high_range",) if meaning.is_high_range else ()
        return to_plain_light(plain if plain.mode == "RGB" else plain.convert("RGB"), meaning), codes
    told: tuple[str, ...] = ()
    if icc:
        try:
            converted = _convert_profile(plain, icc)
        except (OSError, ImageCms.PyCMSError, ValueError, TypeError):
            converted = None
        told = ("photo.profile",) if converted is None else ()
        plain = converted or plain
    if plain.mode == "CMYK":
        return _of_press(plain), (*told, "photo.press")
    return (plain if plain.mode == "RGB" else plain.convert("RGB")), told
