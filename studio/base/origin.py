"""Marks of a file's origin, read from its structure without decoding it.

Content Credentials (C2PA), IPTC's ``DigitalSourceType``, what generators of pictures write, and an XMP packet that lies
in a box of its own. Sources: C2PA 2.1 annex A (where manifests lie), ISO/IEC 19566-5 (JUMBF in APP11), PNG 3, IPTC
Photo Metadata 2023.1 and its NewsCodes (source types), XMP part 3 (boxes of ISO media).
"""

from __future__ import annotations

import re
import struct
import zlib
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
_TYPE = re.compile(
    b"digitalsourcetype/(" + "|".join(sorted(SOURCE_TYPES, key=len, reverse=True)).encode() + b")", re.IGNORECASE
)
"""In a manifest (CBOR) the next thing begins right behind it, often with a byte that is a letter."""
_C2PA_BOX = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_XMP_BOX = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_KEYWORDS = frozenset(
    {"parameters", "prompt", "workflow", "dream", "sd-metadata", "generation_data", "sui_image_params", "aigc"}
    | {"invokeai_metadata", "invokeai_graph", "fooocus_scheme"}
)
"""Keywords of PNG texts and names of tags that only image generators write."""
_SETTINGS = re.compile(
    r"\bSteps: \d+, .*\bSampler: |\bJob ID: [0-9a-f]{8}-[0-9a-f]{4}-"
    r"|\"(?:class_type|negative_prompt|uncond_per_vibe|sampler|sui_image_params)\"",
    re.DOTALL,
)
"""What generators write of their settings: Stable Diffusion web UI, Midjourney, ComfyUI, NovelAI, SwarmUI."""
_PROGRAM = re.compile(
    r"(?:novelai|midjourney|stable[ -]?diffusion|dall[·. -]?e\b|comfyui|invokeai|fooocus|swarmui|draw things"
    r"|leonardo\.?ai|adobe firefly|bing image creator|ideogram|ai[ -]generated|made with google ai"
    r"|black forest labs|openai\b|sora\b)",
    re.IGNORECASE,
)
"""How the program, title or credit of a generated picture begins; within a sentence such a name says nothing."""
_LABEL = re.compile(r"(?:TC260:)?AIGC[\"'\s>=:]")
"""The label that Chinese services must write (GB 45438-2025)."""
_MOST = 8_000_000
"""Bytes of one part that are looked at."""
_LONGEST = 20_000
"""Characters kept of one text."""


@dataclass(slots=True)
class OriginParts:
    """What was found.

    Attributes:
        claims: the bytes of C2PA manifests.
        xmp: packets.
        texts: what else a person or a program wrote into the file.
        programs: what is said of the program, and complete titles and credits.
        named: keyword or name of a tag -> its text.
    """

    claims: list[bytes] = field(default_factory=list)
    xmp: list[bytes] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)


def read_parts(path: Path) -> OriginParts:
    """Walk through a JPEG, PNG, WebP, GIF, HEIC, AVIF, MP4 or MOV file; others and damaged ones have no parts."""
    parts = OriginParts()
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
            elif head[:4] == b"GIF8":
                _look_into_gif(file, parts)
            elif head[4:8] in {b"ftyp", b"wide", b"moov", b"mdat", b"free"}:
                _walk_boxes(file, parts, 0, file.seek(0, 2))
    except (OSError, struct.error, ValueError):
        return parts
    return parts


def is_prompt(text: str) -> bool:
    """Whether a text is what a generator wrote of its settings, and so nobody's words."""
    return bool(_SETTINGS.search(text) or _LABEL.search(text))


def origin_mark(parts: OriginParts, *source_types: str) -> str:
    """The source type that says most; ``c2pa`` for Content Credentials without one, "" where nothing is marked.

    Args:
        parts: of the file.
        source_types: those that its metadata name, as addresses of IPTC's list or as bare names.
    """
    named = {_cleaned_name(text) for text in source_types}
    for data in (*parts.claims, *parts.xmp):
        named.update(_cleaned_name(found.decode()) for found in _TYPE.findall(data))
    if _generator_name(parts):
        named.add(MADE_BY_AI)
    named.discard("")
    strongest = next((name for name in _STRONGEST if name in named), "")
    return strongest or next(iter(sorted(named)), C2PA if parts.claims else "")


def _generator_name(parts: OriginParts) -> bool:
    texts = (*parts.texts, *parts.named.values())
    keywords = {name.lower().rpartition(".")[2] for name in parts.named}
    programs = (*parts.programs, *(parts.named.get(name, "") for name in ("Software", "Title", "Author", "Source")))
    return (
        not _KEYWORDS.isdisjoint(keywords)
        or any(map(is_prompt, texts))
        or any(_LABEL.search(data.decode("utf-8", "replace")) for data in parts.xmp)
        or any(_PROGRAM.match(text.strip()) for text in programs)
    )


def _cleaned_name(text: str) -> str:
    name = text.rstrip("/").rpartition("/")[2].casefold()
    return next((term for term in SOURCE_TYPES if term.casefold() == name), "")


def made_up(mark: str) -> bool:
    """Whether a source type says that no camera recorded it."""
    return mark in _STRONGEST


def _walk_jpeg(file: BinaryIO, parts: OriginParts) -> None:
    """Segments up to the first scan."""
    file.seek(2)
    boxes: dict[int, dict[int, bytes]] = {}
    while True:
        marker = file.read(2)
        if len(marker) < 2 or marker[0] != 0xFF or marker[1] in {0xD9, 0xDA}:
            break
        if marker[1] == 0xFF:  # a fill byte
            file.seek(-1, 1)
            continue
        (length,) = struct.unpack(">H", file.read(2))
        # APP1 holds XMP, APP11 the boxes of Content Credentials.
        if marker[1] not in {0xE1, 0xEB}:
            file.seek(length - 2, 1)
            continue
        data = file.read(length - 2)
        if marker[1] == 0xEB and data[:2] == b"JP" and len(data) >= 16:
            number, packet = struct.unpack(">HI", data[2:8])
            # By number: packets of one box need not lie in order.
            boxes.setdefault(number, {})[packet] = data[8:]
        elif data.startswith(b"http://ns.adobe.com/xap/1.0/\0"):
            parts.xmp.append(data[29:])
    claims = (_join_packets(packets) for packets in boxes.values())
    parts.claims += [claim[:_MOST] for claim in claims if b"c2pa" in claim or b"jumb" in claim]


def _join_packets(packets: dict[int, bytes]) -> bytes:
    """A JUMBF box that was cut into several segments; each repeats the head of the box (ISO/IEC 19566-5, annex D)."""
    first, *later = (packets[number] for number in sorted(packets))
    head = 16 if first[:4] == b"\0\0\0\1" else 8
    return first + b"".join(data[head:] for data in later)


def _walk_png(file: BinaryIO, parts: OriginParts) -> None:
    file.seek(8)
    while len(head := file.read(8)) == 8:
        length, kind = struct.unpack(">I4s", head)
        if kind in {b"caBX", b"tEXt", b"iTXt", b"zTXt"}:
            data = file.read(min(length, _MOST))
            file.seek(length - len(data) + 4, 1)
            if kind == b"caBX":
                parts.claims.append(data)
            else:
                _take_png_text(kind, data, parts)
        else:
            file.seek(length + 4, 1)
        if kind == b"IEND":
            return


def _take_png_text(kind: bytes, data: bytes, parts: OriginParts) -> None:
    """A keyword and its text, packed or not (PNG 3, 11.3.3)."""
    keyword, _, text = data.partition(b"\0")
    packed = kind == b"zTXt"
    if packed:
        text = text[1:]
    elif kind == b"iTXt":
        packed = text[:1] == b"\1"
        text = text[2:].partition(b"\0")[2].partition(b"\0")[2]
    if packed:
        try:
            # Bounded: a few kilobytes of zeros unpack to gigabytes.
            text = zlib.decompressobj().decompress(text, _MOST)
        except zlib.error:
            return
    if keyword == b"XML:com.adobe.xmp":
        parts.xmp.append(text)
    else:
        told = text.decode("utf-8" if kind == b"iTXt" else "latin-1", "replace")
        parts.named.setdefault(keyword.decode("latin-1"), told[:_LONGEST])


def _look_into_gif(file: BinaryIO, parts: OriginParts) -> None:
    """The packet of an application extension; it ends at a trailer that counts down (XMP part 3, 1.1.2)."""
    _, mark, rest = file.read(_MOST).partition(b"\x21\xff\x0bXMP DataXMP")
    if mark:
        parts.xmp.append(rest.partition(b"\x01\xff\xfe\xfd")[0])


def _walk_riff(file: BinaryIO, parts: OriginParts) -> None:
    file.seek(12)
    while len(head := file.read(8)) == 8:
        kind, length = struct.unpack("<4sI", head)
        if kind in {b"C2PA", b"XMP "}:
            data = file.read(min(length, _MOST))
            file.seek(length - len(data) + length % 2, 1)
            (parts.claims if kind == b"C2PA" else parts.xmp).append(data)
        else:
            file.seek(length + length % 2, 1)


def _walk_boxes(file: BinaryIO, parts: OriginParts, start: int, end: int) -> None:
    """Boxes of the top level (ISO/IEC 14496-12, 4.2), and where QuickTime keeps XMP: ``moov/udta/XMP_``."""
    for kind, at, size in _file_boxes(file, start, end):
        file.seek(at)
        if kind in {b"moov", b"udta"}:
            _walk_boxes(file, parts, at, at + size)
        elif kind == b"XMP_":
            parts.xmp.append(file.read(min(size, _MOST)))
        elif kind == b"uuid" and size >= 16:
            name = file.read(16)
            data = file.read(min(size - 16, _MOST))
            if name == _C2PA_BOX:
                parts.claims.append(data)
            elif name == _XMP_BOX:
                parts.xmp.append(data)


def _file_boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind of each box, where its content begins, and the size of that."""
    at = start
    while at + 8 <= end:
        file.seek(at)
        size, kind = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", file.read(8))
            head = 16
        # 0 means up to the end of the file, 1 that the true size follows in eight bytes (ISO/IEC 14496-12, 4.2).
        size = size or end - at
        # A size smaller than its own head would walk on the spot for ever.
        if size < head:
            return
        yield kind, at + head, min(size, end - at) - head
        at += size


def xmp_box(packet: bytes) -> bytes:
    """An XMP packet as a box that may stand at the end of an MP4 (XMP part 3, 1.2.7.1)."""
    return struct.pack(">I4s", 24 + len(packet), b"uuid") + _XMP_BOX + packet
