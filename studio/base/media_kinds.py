"""What a file really is, from its first bytes: file names lie, and every kind of mistake has a remedy of its own."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO

from studio.base.media_types import is_used_as, suffix_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

HEAD = 400
"""How many bytes ``kind_of`` wants to see: two packets of a transport stream."""

PHOTO_KINDS = frozenset({"jpeg", "png", "webp", "gif", "avif", "heif", "tiff", "bmp"})
"""Kinds that are opened as photos."""
NEARLY_PHOTOS = frozenset({"raw", "jpeg_xl", "photoshop", "other"})
"""Pictures that are not opened: whoever brings one gets the remedy."""
NO_PHOTOS = NEARLY_PHOTOS | {"empty", "video", "document", "drawing", "web_page", "unknown", "deep_jpeg"}
"""Each has a message of its own, ``photo.<kind>``."""

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"%PDF", "document"),
    (b"PK\x03\x04", "document"),
    (b"PK\x05\x06", "document"),
    (b"\xd0\xcf\x11\xe0", "document"),
    (b"{\\rtf", "document"),
    (b"8BPS", "photoshop"),
    (b"%!PS", "drawing"),
    (b"\xc5\xd0\xd3\xc6", "drawing"),
    (b"gimp xcf", "drawing"),
    (b"II*\x00\x10\x00\x00\x00CR", "raw"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"IIRO", "raw"),
    (b"IIRS", "raw"),
    (b"MMOR", "raw"),
    (b"IIU\x00", "raw"),
    (b"FUJIFILMCCD-RAW", "raw"),
    (b"FOVb", "raw"),
    (b"\x00MRM", "raw"),
    (b"BM", "bmp"),
    (b"\x00\x00\x00\x0cjP  ", "other"),
    (b"\xff\x4f\xff\x51", "other"),
    (b"\x00\x00\x00\x0cJXL ", "jpeg_xl"),
    (b"\xff\x0a", "jpeg_xl"),
    (b"\x00\x00\x01\x00", "other"),
    (b"II\xbc", "other"),
)
_PHOTO_TYPES: Mapping[str, str] = {
    **{kind: f"image/{kind}" for kind in PHOTO_KINDS},
    "heif": "image/heic",
}
_CONTAINERS: tuple[tuple[bytes, str], ...] = (
    (b"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
    (b"FLV\x01", "video/x-flv"),
    (b"0&\xb2u\x8ef\xcf\x11", "video/x-ms-wmv"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"caff", "audio/x-caf"),
    (b".snd", "audio/basic"),
    *((bytes((0xFF, second)), "audio/mpeg") for second in (0xFB, 0xFA, 0xF3, 0xF2)),  # bare MP3
    *((bytes((0xFF, second)), "audio/aac") for second in (0xF1, 0xF9)),  # ADTS
)
_CHUNKED: Mapping[bytes, str] = {
    b"RIFFWAVE": "audio/wav",
    b"RIFFAVI ": "video/x-msvideo",
    b"FORMAIFF": "audio/aiff",
    b"FORMAIFC": "audio/aiff",
}
"""IFF and RIFF: what the file is begins behind its length."""
_ISO_TYPES: Mapping[bytes, str] = {b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"qt  ": "video/quicktime"}
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})


def _file_brands(head: bytes) -> list[bytes]:
    """Brands of an ISO media file (ISO/IEC 14496-12, "ftyp"): the major one first."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    return [head[8:12], *(head[at : at + 4] for at in range(16, size - 3, 4))]


def _kind_of_iso(head: bytes) -> str:
    brands = _file_brands(head)
    if _AVIF_BRANDS.intersection(brands):
        return "avif"
    if _HEIF_BRANDS.intersection(brands):
        return "heif"
    return "raw" if brands[0] == b"crx " else "video"


def _kind_of_text(head: bytes) -> str:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<svg", b"<?xml")):
        return "drawing"
    return "web_page" if text.startswith((b"<!doctype html", b"<html", b"<head", b"<!--")) else "unknown"


def _is_transport_stream(head: bytes) -> bool:
    """Packets of 188 bytes that begin with 0x47, or of 192 with a time before them (ISO/IEC 13818-1; Blu-ray)."""
    return any(
        head[start : start + 1] == b"\x47" == head[start + step : start + step + 1]
        for start, step in ((0, 188), (4, 192))
    )


def kind_of(head: bytes) -> str:
    """The kind of file that starts with these bytes.

    Args:
        head: the first ``HEAD`` bytes, or all of a shorter file.

    Returns:
        One of ``PHOTO_KINDS`` or ``NEARLY_PHOTOS`` (``raw`` is camera raw), ``empty``, ``video`` (sound too),
        ``document``, ``drawing``, ``web_page``, ``unknown``. Only ``kind_of_file`` tells a raw file that is a TIFF.
    """
    if not head:
        return "empty"
    if head[:4] == b"RIFF":
        return "webp" if head[8:12] == b"WEBP" else "video"
    if head[4:8] == b"ftyp":
        return _kind_of_iso(head)
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    return "video" if _container_type(head) else _kind_of_text(head)


def _container_type(head: bytes) -> str:
    """Media type of a clip or sound; "" for what is none by these bytes."""
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "video/3gpp" if brand.startswith(b"3gp") else _ISO_TYPES.get(brand, "video/mp4")
    if head[:4] + head[8:12] in _CHUNKED:
        return _CHUNKED[head[:4] + head[8:12]]
    for start, name in _CONTAINERS:
        if head.startswith(start):
            return name
    return "video/mp2t" if _is_transport_stream(head) else ""


def usual_ending(head: bytes) -> str:
    """The ending that a photo, clip or sound with these first bytes usually has (``.jpg``); "" for anything else."""
    kind = kind_of(head)
    return suffix_of(_container_type(head) if kind == "video" else _PHOTO_TYPES.get(kind, ""))


def kind_of_file(path: Path) -> str:
    """The kind of a file, as ``kind_of``; of a TIFF by what is in it: cameras write raw pictures as TIFF, too.

    Also ``deep_jpeg``: a JPEG of 12 bits or without loss, which no browser and no phone shows.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        kind = kind_of(file.read(HEAD))
        try:
            if kind == "tiff" and _has_raw_picture(file):
                return "raw"
            if kind == "jpeg" and _is_deep_jpeg(file):
                return "deep_jpeg"
        except (struct.error, ValueError, OverflowError):
            return kind
    return kind


def media_group(path: Path) -> str:
    """What a file is brought in as: ``photo``, ``video`` or "" for neither; by its content, then by its ending.

    A picture that cannot be opened is a photo, too: bringing it in tells why, and what to do.
    """
    try:
        kind = kind_of_file(path) if path.is_file() else "unknown"
    except OSError:
        kind = "unknown"
    if kind in PHOTO_KINDS | NEARLY_PHOTOS or kind == "deep_jpeg":
        return "photo"
    if kind == "video":
        return "" if is_used_as(path, "sound") and not is_used_as(path, "video") else "video"
    return "photo" if is_used_as(path, "photo") else "video" if is_used_as(path, "video") else ""


# ---------------------------------------------------------------- raw pictures in TIFF

_SUB_IFDS, _DNG_VERSION, _PHOTOMETRIC, _COMPRESSION = 330, 50706, 262, 259
_RAW_LIGHT = frozenset({32803, 34892})
"""Colour filter array and linear raw (TIFF/EP; DNG 1.7, PhotometricInterpretation)."""
_RAW_PACKING = frozenset({32767, 32769, 32770, 32867, 34713, 65535})
"""Compressions of Sony, Epson, Samsung, Kodak, Nikon and Pentax raw files (libtiff's tiff.h, exiftool's list)."""
_MOST_IFDS = 24


def _has_raw_picture(file: BinaryIO) -> bool:
    return any(
        _DNG_VERSION in tags
        or _RAW_LIGHT.intersection(tags.get(_PHOTOMETRIC, ()))
        or _RAW_PACKING.intersection(tags.get(_COMPRESSION, ()))
        for tags in _image_directories(file)
    )


def _image_directories(file: BinaryIO) -> Iterator[dict[int, tuple[int, ...]]]:
    """The integers of each image file directory (TIFF 6.0, section 2), sub-directories too."""
    file.seek(0)
    order = "<" if file.read(2) == b"II" else ">"
    file.seek(4)
    waiting, seen = [struct.unpack(order + "I", file.read(4))[0]], set[int]()
    # A damaged file may lead from directory to directory without end, or in a circle.
    while waiting and len(seen) < _MOST_IFDS:
        at = waiting.pop(0)
        if not at or at in seen:
            continue
        seen.add(at)
        tags, after = _read_directory(file, at, order)
        waiting += [*tags.get(_SUB_IFDS, ())[:8], after]
        yield tags


def _read_directory(file: BinaryIO, at: int, order: str) -> tuple[dict[int, tuple[int, ...]], int]:
    file.seek(at)
    count = struct.unpack(order + "H", file.read(2))[0]
    entries = file.read(count * 12 + 4)
    after = struct.unpack_from(order + "I", entries, count * 12)[0] if len(entries) == count * 12 + 4 else 0
    tags: dict[int, tuple[int, ...]] = {}
    for number in range(min(count, len(entries) // 12)):
        tag, kind, values = struct.unpack_from(order + "HHI", entries, number * 12)
        letter = {1: "B", 3: "H", 4: "I", 13: "I"}.get(kind)
        if letter is None:
            tags[tag] = ()
            continue
        size = struct.calcsize(letter) * min(values, 64)
        data = entries[number * 12 + 8 : number * 12 + 12]
        if size > 4:
            file.seek(struct.unpack(order + "I", data)[0])
            data = file.read(size)
        tags[tag] = struct.unpack_from(order + letter * min(values, 64), data)
    return tags, after


# ---------------------------------------------------------------- JPEG

# Markers of frames, without those for Huffman tables, extensions and arithmetic coding that lie between them (table
# B.1).
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_LOSSLESS = frozenset({0xC3, 0xC7, 0xCB, 0xCF})
_SEGMENTS = 400


def _is_deep_jpeg(file: BinaryIO) -> bool:
    """Whether its frame has more than 8 bits a sample, or is one of the lossless processes (ITU-T T.81, B.2.2)."""
    at = 2
    for _ in range(_SEGMENTS):
        file.seek(at)
        marker, code, length = struct.unpack(">BBH", file.read(4))
        if marker != 0xFF:
            return False
        if code == 0xFF:
            at += 1
            continue
        if code in _FRAMES:
            return code in _LOSSLESS or file.read(1)[0] > 8
        if code in {0xD9, 0xDA}:
            return False
        # Restart markers, the start of the picture and TEM have no length behind them.
        at += 2 if 0xD0 <= code <= 0xD8 or code == 1 else 2 + length
    return False
