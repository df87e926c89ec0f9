"""Marks of a file's origin, read from its structure without decoding it.

Content Credentials (C2PA), IPTC's ``DigitalSourceType``, what generators of pictures write, and an XMP packet that lies
in a box of its own. Sources: C2PA 2.1 annex A (where manifests lie), ISO/IEC 19566-5 (JUMBF in APP11), PNG 3, IPTC
Photo Metadata 2023.1 and its NewsCodes (source types), XMP part 3 (boxes of ISO media).
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

C2PA = "c2pa"
"""The mark of a file with Content Credentials that do not say of which kind it is."""
MADE_BY_AI = "trainedAlgorithmicMedia"
_STRONGEST = (
    MADE_BY_AI,
    "compositeWithTrainedAlgorithmicMedia",
    "compositeSynthetic",
    "algorithmicMedia",
    "virtualRecording",
)
"""Source types of what no camera recorded, the one that says most first."""
SOURCE_TYPES = (
    *_STRONGEST,
    *(
        "digitalCapture",
        "computationalCapture",
        "negativeFilm",
        "positiveFilm",
        "print",
        "humanEdits",
        "minorHumanEdits",
    ),
    *("composite", "compositeCapture", "algorithmicallyEnhanced", "dataDrivenMedia", "digitalArt", "digitalCreation"),
    *("screenCapture", "softwareImage"),
)
"""Terms of http://cv.iptc.org/newscodes/digitalsourcetype/ (2025)."""
_TYPE = re.compile(rb"digitalsourcetype/([A-Za-z]{5,60})")
_C2PA_BOX = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_XMP_BOX = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_GENERATORS = frozenset(
    {"parameters", "prompt", "workflow", "dream", "sd-metadata", "invokeai_metadata", "invokeai_graph"}
)
"""Keywords of PNG texts that image generators write (Stable Diffusion web UI, ComfyUI, InvokeAI)."""
_LABEL = re.compile(rb"(?:TC260:)?AIGC[\"'\s>=:]")
"""The label that Chinese services must write (GB 45438-2025)."""
_MOST = 8_000_000
"""Bytes of one part that are looked at."""


@dataclass(slots=True)
class Parts:
    """What was found: ``claims`` the bytes of C2PA manifests, ``xmp`` packets, ``generated`` a generator's own text."""

    claims: list[bytes] = field(default_factory=list)
    xmp: list[bytes] = field(default_factory=list)
    generated: bool = False


def read_parts(path: Path) -> Parts:
    """Walk through a JPEG, PNG, WebP or ISO media file (HEIC, AVIF, MP4, MOV); other and damaged ones have no parts."""
    parts = Parts()
    try:
        with path.open("rb") as file:
            head = file.read(12)
            file.seek(0)
            if head.startswith(b"\xff\xd8"):
                _walk_jpeg(file, parts)
            elif head.startswith(b"\x89PNG\r\n\x1a\n"):
                _walk_png(file, parts)
            elif head[:4] == b"RIFF":
                _walk_riff(file, parts)
            elif head[4:8] in {b"ftyp", b"wide", b"moov", b"mdat", b"free"}:
                _walk_boxes(file, parts)
    except (OSError, struct.error, ValueError):
        return parts
    return parts


def origin_mark(parts: Parts, *source_types: str) -> str:
    """The source type that says most; ``c2pa`` for Content Credentials without one, "" where nothing is marked.

    Args:
        parts: of the file.
        source_types: those that its metadata name, as addresses of IPTC's list or as bare names.
    """
    named = {_name(text) for text in source_types}
    for data in (*parts.claims, *parts.xmp):
        named.update(_name(found.decode()) for found in _TYPE.findall(data))
    labelled = any(_LABEL.search(data) for data in parts.xmp)
    if parts.generated or labelled:
        named.add(MADE_BY_AI)
    named.discard("")
    strongest = next((name for name in _STRONGEST if name in named), "")
    return strongest or next(iter(sorted(named)), C2PA if parts.claims else "")


def _name(text: str) -> str:
    name = text.rstrip("/").rpartition("/")[2]
    return name if name in SOURCE_TYPES else ""


def made_up(mark: str) -> bool:
    """Whether a source type says that no camera recorded it."""
    return mark in _STRONGEST


def _walk_jpeg(file: BinaryIO, parts: Parts) -> None:
    """Segments up to the first scan; a manifest may be cut into several (ISO/IEC 19566-5, annex D)."""
    file.seek(2)
    claim = b""
    while True:
        marker = file.read(2)
        if len(marker) < 2 or marker[0] != 0xFF or marker[1] in {0xD9, 0xDA}:
            break
        (length,) = struct.unpack(">H", file.read(2))
        if marker[1] not in {0xE1, 0xEB}:
            file.seek(length - 2, 1)
            continue
        data = file.read(length - 2)
        if marker[1] == 0xEB and data[:2] == b"JP":
            claim += data
        elif data.startswith(b"http://ns.adobe.com/xap/1.0/\0"):
            parts.xmp.append(data[29:])
    if b"c2pa" in claim or b"jumb" in claim:
        parts.claims.append(claim[:_MOST])


def _walk_png(file: BinaryIO, parts: Parts) -> None:
    file.seek(8)
    while len(head := file.read(8)) == 8:
        length, kind = struct.unpack(">I4s", head)
        if kind in {b"caBX", b"tEXt", b"iTXt", b"zTXt"}:
            data = file.read(min(length, _MOST))
            file.seek(length - len(data) + 4, 1)
            _take_png_text(kind, data, parts)
        else:
            file.seek(length + 4, 1)
        if kind == b"IEND":
            return


def _take_png_text(kind: bytes, data: bytes, parts: Parts) -> None:
    keyword, _, text = data.partition(b"\0")
    if kind == b"caBX":
        parts.claims.append(data)
    elif keyword == b"XML:com.adobe.xmp":
        parts.xmp.append(text[text.find(b"<") :])
    elif keyword.decode("latin-1").lower() in _GENERATORS or keyword == b"AIGC":
        parts.generated = True


def _walk_riff(file: BinaryIO, parts: Parts) -> None:
    file.seek(12)
    while len(head := file.read(8)) == 8:
        kind, length = struct.unpack("<4sI", head)
        if kind in {b"C2PA", b"XMP "}:
            data = file.read(min(length, _MOST))
            file.seek(length - len(data) + length % 2, 1)
            (parts.claims if kind == b"C2PA" else parts.xmp).append(data)
        else:
            file.seek(length + length % 2, 1)


def _walk_boxes(file: BinaryIO, parts: Parts) -> None:
    """Boxes of the top level (ISO/IEC 14496-12, 4.2)."""
    for kind, size in _boxes(file):
        if kind == b"uuid" and size >= 16:
            name = file.read(16)
            data = file.read(min(size - 16, _MOST))
            if name == _C2PA_BOX:
                parts.claims.append(data)
            elif name == _XMP_BOX:
                parts.xmp.append(data)


def _boxes(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Kind and size of the content of each box; the file stands at its content."""
    end = file.seek(0, 2)
    at = 0
    while at + 8 <= end:
        file.seek(at)
        size, kind = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", file.read(8))
            head = 16
        size = size or end - at
        if size < head:
            return
        yield kind, min(size, end - at) - head
        at += size


def xmp_box(packet: bytes) -> bytes:
    """An XMP packet as a box that may stand at the end of an MP4 (XMP part 3, 1.2.7.1)."""
    return struct.pack(">I4s", 24 + len(packet), b"uuid") + _XMP_BOX + packet
