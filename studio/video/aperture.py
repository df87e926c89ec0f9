"""What a container says of the edges of its picture: clean aperture (MP4, MOV) and pixel crop (Matroska, WebM).

Neither is passed on by PyAV, and ffmpeg cuts by them since version 7.1 only; so the boxes are read here.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Margins: TypeAlias = "tuple[int, int, int, int]"
"""Pixels cut away at the left, top, right and bottom of the stored picture."""
NONE: Margins = (0, 0, 0, 0)
_MOST_BOXES = 20_000
_LARGEST = 32_000_000
"""Bytes of the part of a file that is scanned; the tables of a film of ten hours take less."""

_SEGMENT, _TRACKS, _ENTRY, _VIDEO = 0x18538067, 0x1654AE6B, 0xAE, 0xE0
_LONGEST_HEAD = 16
"""Bytes of the code and the length of an element, at most."""
_CROPS = {0x54CC: 0, 0x54BB: 1, 0x54DD: 2, 0x54AA: 3}
"""Matroska (RFC 9559): PixelCropLeft, -Top, -Right, -Bottom, by their place among the margins."""


def read_margins(path: Path, container: str, track: int, number: int) -> tuple[Margins, ...]:
    """What the container cuts away of a clip's picture.

    Args:
        path: the file.
        container: ffmpeg's name of the format.
        track: id of the picture's track as the reader numbers it (MP4, MOV).
        number: which of the file's video tracks it is, from 0 (Matroska).

    Returns:
        The margins for each description that the track has of its picture; one as a rule, several in joined clips.
        A file that cannot be followed has none: whoever decodes it will say so.
    """
    try:
        with path.open("rb") as file:
            if "mov" in container:
                found = list(_track_apertures(file, track))
            elif "matroska" in container:
                tracks = _matroska_margins(file)
                found = tracks[number : number + 1] if len(set(tracks)) > 1 else tracks[:1]
            else:
                found = []
    except (OSError, ValueError, IndexError, ZeroDivisionError):
        found = []
    return tuple(found) or (NONE,)


# ------------------------------------------------------------------------------------------------ MP4 and MOV


def _track_apertures(file: BinaryIO, track: int) -> Iterator[Margins]:
    """The margins of each description of the track's picture (ISO/IEC 14496-12, 8.5.2 and 12.1.4)."""
    moov = _top_box(file, b"moov")
    for kind, trak in _child_boxes(moov, 0):
        if kind != b"trak" or _track_id(trak) != track:
            continue
        stsd = _box_inside(trak, b"mdia", b"minf", b"stbl", b"stsd")
        for _, entry in _child_boxes(stsd, 8):  # version, flags and count
            width, height = int.from_bytes(entry[24:26]), int.from_bytes(entry[26:28])
            # A VisualSampleEntry has 78 bytes of its own before the boxes in it (12.1.3).
            clap = next((data for name, data in _child_boxes(entry, 78) if name == b"clap"), b"")
            yield _of_clap(clap, width, height) if len(clap) >= 32 else NONE


def _top_box(file: BinaryIO, wanted: bytes) -> bytes:
    file.seek(0, 2)
    size, at = file.tell(), 0
    for _ in range(_MOST_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            break
        length, skip = int.from_bytes(head[:4]), 8
        if length == 1:
            length, skip = int.from_bytes(head[8:16]), 16
        # A length of 1 says that it follows in 64 bits, one of 0 that the box reaches to the end of the file.
        length = length or size - at
        if length < skip:
            break
        if head[4:8] == wanted:
            file.seek(at + skip)
            return file.read(min(length - skip, _LARGEST))
        at += length
    return b""


def _child_boxes(data: bytes, at: int) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of the boxes in ``data`` from ``at`` on."""
    while at + 8 <= len(data):
        length, skip = int.from_bytes(data[at : at + 4]), 8
        if length == 1:
            length, skip = int.from_bytes(data[at + 8 : at + 16]), 16
        if length < skip:
            return
        yield data[at + 4 : at + 8], data[at + skip : at + length]
        at += length


def _box_inside(data: bytes, *path: bytes) -> bytes:
    for wanted in path:
        data = next((inner for kind, inner in _child_boxes(data, 0) if kind == wanted), b"")
    return data


def _track_id(trak: bytes) -> int:
    tkhd = _box_inside(trak, b"tkhd")
    # Version 1 has its two times in 64 bits before the number of the track.
    at = 20 if tkhd[:1] == b"\x01" else 12
    return int.from_bytes(tkhd[at : at + 4])


def _of_clap(clap: bytes, width: int, height: int) -> Margins:
    """Width, height and the centre's shift to the right and down, each as a fraction."""
    # Of the eight numbers only the numerators of the two shifts can be negative.
    values = [int.from_bytes(clap[at : at + 4], signed=at in {16, 24}) for at in range(0, 32, 4)]
    across, down, shifted, lowered = (Fraction(values[at], values[at + 1]) for at in range(0, 8, 2))
    left, top = (width - across) / 2 + shifted, (height - down) / 2 + lowered
    sides = (left, top, width - across - left, height - down - top)
    margins = [max(0, ceil(side)) for side in sides]
    return margins[0], margins[1], margins[2], margins[3]


# ------------------------------------------------------------------------------------------------ Matroska and WebM


def _matroska_margins(file: BinaryIO) -> list[Margins]:
    """The margins of each video track."""
    found = []
    for entry in _track_entries(file):
        video = next((data for code, data in _child_elements(entry) if code == _VIDEO), None)
        if video is None:
            continue
        margins = [0, 0, 0, 0]
        for code, data in _child_elements(video):
            if code in _CROPS:
                margins[_CROPS[code]] = int.from_bytes(data)
        found.append((margins[0], margins[1], margins[2], margins[3]))
    return found


def _track_entries(file: BinaryIO) -> list[bytes]:
    """The track entries; some writers put them behind the clusters. A live stream does not say where those end."""
    at = 0
    for _ in range(_MOST_BOXES):
        file.seek(at)
        start = file.read(_LONGEST_HEAD)
        code, length, skip = _element_head(start, 0)
        at += skip
        if code == _TRACKS:
            file.seek(at)
            return [data for inner, data in _child_elements(file.read(min(length, _LARGEST))) if inner == _ENTRY]
        if not code or (code != _SEGMENT and length == (1 << 7 * (skip - _code_bytes(start))) - 1):
            break
        at += 0 if code == _SEGMENT else length
    return []


def _code_bytes(head: bytes) -> int:
    """How many bytes the code of an element takes."""
    return 9 - head[0].bit_length()


def _element_head(data: bytes, at: int) -> tuple[int, int, int]:
    """Code and length of the element at ``at``, and where its content begins; zeros at the end."""
    if at >= len(data) or not data[at]:
        return 0, 0, at
    wide = 9 - data[at].bit_length()
    code = int.from_bytes(data[at : at + wide])
    at += wide
    if at >= len(data) or not data[at]:
        return 0, 0, at
    wide = 9 - data[at].bit_length()
    length = int.from_bytes(data[at : at + wide]) & ((1 << 7 * wide) - 1)
    return code, length, at + wide


def _child_elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        code, length, at = _element_head(data, at)
        if not code:
            return
        yield code, data[at : at + length]
        at += length
