"""Every photo becomes 8-bit RGB in sRGB: profiles, CMYK, 16-bit grey, palettes, transparency."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

_MODE_OF_SPACE = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}
"""ICC colour space signatures (ICC.1:2022, table 19) and the Pillow mode that holds them."""


def srgb_profile() -> bytes:
    """The sRGB profile embedded in exports: always the same bytes.

    LittleCMS writes the time of creation into bytes 24..35 of the header (ICC.1:2022, 7.2.8) and derives bytes
    84..99 from it; both are set to fixed values, or no two exports would be alike.
    """
    from PIL import ImageCms

    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = b"\x07\xd0\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00"
    data[84:100] = bytes(16)
    return bytes(data)


def to_rgb(image: Image.Image) -> Image.Image:
    """The picture as RGB or, where only its profile can tell, still as CMYK or L.

    Transparent parts become white. 16-bit grey is scaled: ``convert("RGB")`` would clip it to white.
    """
    from PIL import Image

    if image.mode.startswith("I"):
        wide = image if image.mode == "I" else image.convert("I")
        return wide.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "F":
        return image.convert("L")
    if image.mode in {"RGB", "L", "CMYK"} and "transparency" not in image.info:
        return image
    if image.mode in {"1", "YCbCr", "HSV", "LAB", "RGBX"}:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(paper, clear).convert("RGB")


def _converted(image: Image.Image, icc: bytes) -> Image.Image | None:
    """The picture through its profile, or None where the profile is not for such a picture."""
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(BytesIO(icc))
    if image.mode == "RGB" and ImageCms.getProfileDescription(profile).startswith("sRGB"):
        return image
    mode = _MODE_OF_SPACE.get(profile.profile.xcolor_space.strip(), "")
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


def to_srgb(image: Image.Image, icc: bytes | None) -> tuple[Image.Image, bool]:
    """The picture in sRGB.

    Args:
        image: any mode.
        icc: the profile that came with it, or None.

    Returns:
        An RGB image and whether the profile was usable (True when there was none). With a broken or foreign profile
        the numbers are taken as sRGB.
    """
    from PIL import ImageCms

    plain = to_rgb(image)
    usable = True
    if icc:
        try:
            converted = _converted(plain, icc)
        except (OSError, ImageCms.PyCMSError, ValueError, TypeError):
            converted = None
        usable = converted is not None
        plain = converted or plain
    return (plain if plain.mode == "RGB" else plain.convert("RGB")), usable
