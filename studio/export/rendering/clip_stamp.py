"""Whose a clip is and where it comes from, written into its file as XMP: ffmpeg writes no such thing into an MP4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.origin import xmp_box
from studio.photo.metadata import PictureMetadata, xmp_packet

if TYPE_CHECKING:
    from pathlib import Path


def stamp_clip(path: Path, metadata: PictureMetadata, limit: int | None) -> int:
    """Append the metadata to a finished MP4, in a box that players pass over.

    Args:
        path: the file; not yet under its final name.
        metadata: what it says.
        limit: largest size in bytes; where not all fits, notice and origin go first, and a full file stays bare.

    Returns:
        The size of the file now.
    """
    size = path.stat().st_size
    least = PictureMetadata(software="", copyright=metadata.copyright, source_type=metadata.source_type)
    # All of it if it fits, else only what must not be missing: whose the clip is, and how it came about.
    for told in (metadata, least):
        box = xmp_box(xmp_packet(told))
        if limit is None or size + len(box) <= limit:
            with path.open("ab") as file:
                file.write(box)
            return size + len(box)
    return size
