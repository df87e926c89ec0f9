"""Writing pictures: always to a file, with nothing but our own metadata, within a limit of bytes."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from studio.base.errors import UserError, WorkNotice
from studio.photo.colour import srgb_profile
from studio.photo.metadata import PictureMetadata, exif_bytes, iptc_segment, xmp_packet

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

Format = Literal["jpeg", "png", "webp"]

LOWEST_QUALITY = 45
"""Below this a smaller picture looks better than a poorer one."""
QUALITY_STEP = 5
SIZE_STEP = 0.85
_JPEG_END = b"\xff\xd9"
SMALLEST = 160
"""Longest side in pixels below which a byte limit is declared impossible."""


@dataclass(frozen=True, slots=True)
class RenderedPicture:
    """A finished picture: where it is, its size in pixels and bytes, and what is worth telling about it."""

    path: Path
    width: int
    height: int
    bytes: int
    notices: tuple[WorkNotice, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureEncoding:
    """How a picture is written.

    ``quality`` is 1..95 (JPEG, WebP). ``fine`` keeps full colour resolution (4:4:4), for text and flat colours; photos
    do not need it (4:2:0, 18 % smaller). ``max_bytes`` is met by lowering the quality, then the size.
    ``name`` is what messages call the file ("" is its own name, which may be a temporary one).
    """

    format: Format = "jpeg"
    quality: int = 85
    max_bytes: int | None = None
    progressive: bool = True
    fine: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class MetadataPackets:
    """Metadata in its written forms, made once for all variants of a photo."""

    exif: bytes
    xmp: bytes
    iptc: bytes
    profile: bytes


def metadata_packets(metadata: PictureMetadata | None) -> MetadataPackets:
    """The bytes to embed; without metadata only the fields a valid file needs and the sRGB profile."""
    profile = srgb_profile()
    if metadata is None:
        return MetadataPackets(exif_bytes(PictureMetadata(software="")), b"", b"", profile)
    return MetadataPackets(exif_bytes(metadata), xmp_packet(metadata), iptc_segment(metadata), profile)


def _save_options(encoding: PictureEncoding, quality: int, embed: MetadataPackets) -> dict[str, Any]:
    """Arguments of ``Image.save``. Each that Pillow would else take from the source image is given explicitly."""
    if encoding.format == "jpeg":
        return {
            "format": "JPEG",
            "quality": quality,
            "subsampling": "4:4:4" if encoding.fine else "4:2:0",
            "progressive": encoding.progressive,
            "exif": embed.exif,
            "xmp": embed.xmp,
            "extra": embed.iptc,  # segments as they are: where Pillow itself collects XMP and ICC
            "icc_profile": embed.profile,
            "comment": b"",
        }
    if encoding.format == "webp":
        common = {"exif": embed.exif, "xmp": embed.xmp, "icc_profile": embed.profile}
        return {"format": "WEBP", "quality": quality, "method": 4, **common}
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    if embed.xmp:
        info.add_itxt("XML:com.adobe.xmp", embed.xmp.decode())
    return {"format": "PNG", "pnginfo": info, "exif": embed.exif, "icc_profile": embed.profile}


def _write_picture(
    image: Image.Image, out: Path, encoding: PictureEncoding, quality: int, embed: MetadataPackets
) -> int:
    """Write the picture; its size in bytes."""
    image.save(out, **_save_options(encoding, quality, embed))
    if encoding.format == "jpeg":
        _require_end(out)
    return out.stat().st_size


def _require_end(jpeg: Path) -> None:
    """See that a JPEG was written to its end: Pillow takes a write that a full disk cut short for a whole one.

    It writes by the file's number and looks only for errors (Pillow 11.3, findings/pillow_short_write_is_success.sh).
    Only the disk can have cut it, as the encoder itself reports what it cannot do.

    Raises:
        OSError: ``ENOSPC``.
    """
    with jpeg.open("rb") as file:
        file.seek(-len(_JPEG_END), os.SEEK_END)
        if file.read() != _JPEG_END:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(jpeg))


def _quality_steps(encoding: PictureEncoding) -> list[int]:
    """The qualities to try, the best first. PNG has none."""
    best = max(1, min(95, encoding.quality))
    if encoding.format == "png":
        return [best]
    return [best, *range(best - QUALITY_STEP, LOWEST_QUALITY - 1, -QUALITY_STEP)]


def _best_quality(
    image: Image.Image, out: Path, encoding: PictureEncoding, limit: int, embed: MetadataPackets
) -> int | None:
    """The highest quality that fits into ``limit``, left written; None when the lowest does not fit.

    Files grow with quality, so halving the list finds the step in 3-4 encodings instead of up to 9.
    """
    steps = _quality_steps(encoding)
    if _write_picture(image, out, encoding, steps[0], embed) <= limit:
        return steps[0]
    low, high = 1, len(steps)  # the answer is the first index in low..high that fits
    written = steps[0]
    while low < high:
        middle = (low + high) // 2
        written = steps[middle]
        if _write_picture(image, out, encoding, written, embed) <= limit:
            high = middle
        else:
            low = middle + 1
    if high == len(steps):
        return None
    # The search ends at a quality that need not be the one tried last, and the file on disk is of the last try.
    if written != steps[high]:
        _write_picture(image, out, encoding, steps[high], embed)
    return steps[high]


def _fit_bytes(
    image: Image.Image, out: Path, encoding: PictureEncoding, limit: int, embed: MetadataPackets
) -> tuple[int, int, int]:
    """Write within the limit; width, height and quality that were needed."""
    from PIL.Image import Resampling

    attempt, scale = image, 1.0
    while max(attempt.size) >= min(SMALLEST, max(image.size)):
        quality = _best_quality(attempt, out, encoding, limit, embed)
        if quality is not None:
            return attempt.width, attempt.height, quality
        # Always from the full picture: made smaller step by step it would be blurred once for each step.
        scale *= SIZE_STEP
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        attempt = image.resize(size, Resampling.LANCZOS, reducing_gap=2.0)
    raise UserError("photo.limit_impossible", file=encoding.name or out.name, limit=_whole_kilobytes(limit))


def _whole_kilobytes(count: int) -> int:
    return max(1, round(count / 1000))


def _limit_notices(
    out: Path, encoding: PictureEncoding, quality: int, size: tuple[int, int], wanted: tuple[int, int]
) -> list[WorkNotice]:
    limit, name = _whole_kilobytes(encoding.max_bytes or 0), encoding.name or out.name
    if size != wanted:
        return [WorkNotice("photo.shrunk", {"file": name, "limit": limit, "width": size[0], "height": size[1]})]
    if quality < min(encoding.quality, 60):
        return [WorkNotice("photo.poorer", {"file": name, "limit": limit, "quality": quality})]
    return []


def write_picture(
    image: Image.Image,
    out: Path,
    encoding: PictureEncoding,
    embed: MetadataPackets,
    notices: tuple[WorkNotice, ...] = (),
) -> RenderedPicture:
    """Write a picture exactly to ``out`` (the caller gives a temporary name and renames).

    Args:
        image: RGB or YCbCr, sRGB, without ``info`` of its source.
        out: the file; its folder exists. Its ending is not looked at.
        encoding: format, quality, limit of bytes.
        embed: metadata in its written forms.
        notices: passed on in the result.

    Raises:
        UserError: ``photo.limit_impossible`` or ``photo.write_failed``; nothing is left at ``out``.
    """
    if encoding.format != "jpeg":
        image = image.convert("RGB")
    try:
        if encoding.max_bytes is None:
            _write_picture(image, out, encoding, _quality_steps(encoding)[0], embed)
            return RenderedPicture(out, image.width, image.height, out.stat().st_size, notices)
        width, height, quality = _fit_bytes(image, out, encoding, encoding.max_bytes, embed)
    except UserError:
        out.unlink(missing_ok=True)
        raise
    except (OSError, ValueError) as error:
        _remove_half(out)
        detail = getattr(error, "strerror", "") or str(error)
        raise UserError("photo.write_failed", file=encoding.name or out.name, detail=detail) from error
    told = _limit_notices(out, encoding, quality, (width, height), image.size)
    return RenderedPicture(out, width, height, out.stat().st_size, (*notices, *told))


def _remove_half(out: Path) -> None:
    """Remove a half-written file where that is possible (the folder may be what is missing)."""
    try:
        out.unlink(missing_ok=True)
    except OSError:
        return


def save_pixels(
    width: int,
    height: int,
    rgb: bytes,
    out: Path,
    *,
    quality: int = 88,
    max_bytes: int | None = None,
    format: Format = "jpeg",  # noqa: A002 - the name Pillow and our packs use
    metadata: PictureMetadata | None = None,
    name: str = "",
) -> RenderedPicture:
    """Write painted pixels (cards) the way photos are written; text keeps full colour resolution.

    Args:
        width: in pixels.
        height: in pixels.
        rgb: width * height * 3 bytes, rows from the top, sRGB, no padding.
        out: exactly this file is written.
        quality: 1..95.
        max_bytes: met by lowering quality, then size.
        format: ``jpeg``, ``png`` or ``webp``.
        metadata: what the picture says about itself.
        name: what messages call the file; "" is its own name.

    Raises:
        UserError: ``photo.limit_impossible`` or ``photo.write_failed``; nothing is left at ``out``.
        ValueError: ``rgb`` has the wrong length.
    """
    from PIL import Image

    if len(rgb) != width * height * 3:
        raise ValueError(f"{len(rgb)} bytes are not {width}x{height} RGB")
    image = Image.frombuffer("RGB", (width, height), rgb, "raw", "RGB", 0, 1)
    encoding = PictureEncoding(format=format, quality=quality, max_bytes=max_bytes, fine=True, name=name)
    return write_picture(image, out, encoding, metadata_packets(metadata))
