"""A drawn picture saved as a phone would: EXIF with place, device and thumbnail, perhaps in Display P3, or turned.

Nothing of this may survive an export; the sample carries it so that everyone can see that it does not. The place is in
the middle of the Java Sea, the maker does not exist.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

Orientation = Literal[1, 3, 6, 8]
PHONE_QUALITY = 86
"""Of JPEG, as phones save."""
_ASCII, _SHORT, _LONG, _RATIONAL, _UNDEFINED, _BYTE = 2, 3, 4, 5, 7, 1
Field = tuple[int, int, int, bytes]
"""Tag, type, count and value of one entry (TIFF 6.0, section 2)."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What the phone noted.

    Attributes:
        taken: local time, ``2026-11-22T07:41:10``.
        orientation: EXIF orientation the file is stored with.
        wide: pixels are Display P3 rather than sRGB.
        latitude: degrees, south negative.
        longitude: degrees, west negative.
    """

    taken: str
    orientation: Orientation = 1
    wide: bool = False
    latitude: float = -5.512
    longitude: float = 111.034


def save_shot(picture: Image.Image, path: Path, shot: Shot, quality: int = PHONE_QUALITY) -> None:
    """Save an upright picture as a JPEG that has to be turned by ``shot.orientation`` to be seen upright.

    Raises:
        OSError: the disk refuses.
    """
    from PIL import Image

    # Pillow turns counter-clockwise: a file that is to be shown turned clockwise (6) is stored turned the other way.
    back = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    stored = picture.transpose(back[shot.orientation]) if shot.orientation != 1 else picture
    stored.save(
        path,
        "JPEG",
        quality=quality,
        optimize=True,
        exif=exif_block(stored, shot),
        icc_profile=display_p3() if shot.wide else None,
        comment=b"Ponsel Contoh K1, nomor seri KIM-0000-2711",
    )


def exif_block(stored: Image.Image, shot: Shot) -> bytes:
    """The Exif segment (CIPA DC-008): image, camera, place and a thumbnail."""
    moment = shot.taken.replace("-", ":").replace("T", " ")
    camera = [
        _ratio(0x829A, (1, 240)),
        _ratio(0x829D, (18, 10)),
        _short(0x8827, 64),
        (0x9000, _UNDEFINED, 4, b"0232"),
        _text(0x9003, moment),
        _text(0x9004, moment),
        _text(0x9010, "+07:00"),
        _text(0x9011, "+07:00"),
        (0x9101, _UNDEFINED, 4, bytes((1, 2, 3, 0))),
        _ratio(0x920A, (540, 100)),
        (0x927C, _UNDEFINED, 96, b"CONTOH\0\0" + bytes(range(40, 128))),
        (0x9286, _UNDEFINED, 30, b"ASCII\0\0\0" + b"Kartu SIM 0000 / K1 v1".ljust(22)),
        (0xA000, _UNDEFINED, 4, b"0100"),
        _short(0xA001, 0xFFFF if shot.wide else 1),
        _long(0xA002, stored.width),
        _long(0xA003, stored.height),
        _text(0xA431, "KIM-0000-2711"),
        _text(0xA434, "Ponsel Contoh K1 kamera utama 5,4 mm f/1,8"),
    ]
    place = [
        (0x0000, _BYTE, 4, bytes((2, 3, 0, 0))),
        _text(0x0001, "S" if shot.latitude < 0 else "N"),
        _degrees(0x0002, shot.latitude),
        _text(0x0003, "W" if shot.longitude < 0 else "E"),
        _degrees(0x0004, shot.longitude),
        (0x0005, _BYTE, 1, b"\0"),
        _ratio(0x0006, (412, 10)),
        _text(0x001D, moment[:10]),
    ]
    image = [
        _text(0x010F, "Contoh"),
        _text(0x0110, "Ponsel K1"),
        _short(0x0112, shot.orientation),
        _ratio(0x011A, (72, 1)),
        _ratio(0x011B, (72, 1)),
        _short(0x0128, 2),
        _text(0x0131, "Kamera K1 1.4.2"),
        _text(0x0132, moment),
        _short(0x0213, 1),
    ]
    return b"Exif\0\0" + _tiff(image, camera, place, _thumbnail(stored))


def _thumbnail(stored: Image.Image) -> bytes:
    small = stored.copy()
    small.thumbnail((320, 320))
    with BytesIO() as buffer:
        small.save(buffer, "JPEG", quality=70)
        return buffer.getvalue()


def _text(tag: int, text: str) -> Field:
    value = text.encode("ascii") + b"\0"
    return tag, _ASCII, len(value), value


def _short(tag: int, value: int) -> Field:
    return tag, _SHORT, 1, struct.pack("<H", value)


def _long(tag: int, value: int) -> Field:
    return tag, _LONG, 1, struct.pack("<L", value)


def _ratio(tag: int, *values: tuple[int, int]) -> Field:
    return tag, _RATIONAL, len(values), b"".join(struct.pack("<LL", *value) for value in values)


def _degrees(tag: int, angle: float) -> Field:
    seconds = round(abs(angle) * 360000)
    return _ratio(tag, (seconds // 360000, 1), (seconds // 6000 % 60, 1), (seconds % 6000, 100))


def _tiff(image: list[Field], camera: list[Field], place: list[Field], thumbnail: bytes) -> bytes:
    """The four directories one after the other, then the thumbnail."""
    dense = [_ratio(0x011A, (72, 1)), _ratio(0x011B, (72, 1)), _short(0x0128, 2)]
    preview = [_short(0x0103, 6), *dense, _long(0x0201, 0), _long(0x0202, len(thumbnail))]
    image = sorted([*image, _long(0x8769, 0), _long(0x8825, 0)])
    starts = [8]
    for fields in (image, camera, place, preview):
        starts.append(starts[-1] + len(_directory(fields, 0, 0)))
    pointers = {0x8769: starts[1], 0x8825: starts[2], 0x0201: starts[4]}
    parts = [struct.pack("<2sHL", b"II", 42, 8)]
    for fields, start, after in (
        (image, 8, starts[3]),
        (camera, starts[1], 0),
        (place, starts[2], 0),
        (preview, starts[3], 0),
    ):
        filled = [(tag, *rest) if tag not in pointers else _long(tag, pointers[tag]) for tag, *rest in fields]
        parts.append(_directory(filled, start, after))  # type: ignore[arg-type]
    return b"".join(parts) + thumbnail


def _directory(fields: list[Field], start: int, after: int) -> bytes:
    """One image file directory whose own offset is ``start``; values over four bytes follow it."""
    head = struct.pack("<H", len(fields))
    place = start + 2 + 12 * len(fields) + 4
    entries, values = [], b""
    for tag, kind, count, value in fields:
        if len(value) <= 4:
            entries.append(struct.pack("<HHL4s", tag, kind, count, value))
            continue
        entries.append(struct.pack("<HHLL", tag, kind, count, place + len(values)))
        values += value + b"\0" * (len(value) % 2)
    return head + b"".join(entries) + struct.pack("<L", after) + values


def display_p3() -> bytes:
    """A minimal ICC 4.3 profile of Display P3: P3 primaries adapted to D50, the curve of sRGB."""
    curve = struct.pack(">4s4xHH", b"para", 3, 0) + _fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    adapted = (1.047882, 0.022918, -0.050217, 0.029587, 0.990479, -0.017060, -0.009232, 0.015076, 0.751678)
    tags = {
        b"desc": _localized("Display P3"),
        b"cprt": _localized("CC0"),
        b"wtpt": b"XYZ \0\0\0\0" + _fixed(0.9642, 1.0, 0.8249),
        b"rXYZ": b"XYZ \0\0\0\0" + _fixed(0.515121, 0.241196, -0.001053),
        b"gXYZ": b"XYZ \0\0\0\0" + _fixed(0.291977, 0.692245, 0.041885),
        b"bXYZ": b"XYZ \0\0\0\0" + _fixed(0.157104, 0.066574, 0.784073),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
        b"chad": b"sf32\0\0\0\0" + _fixed(*adapted),
    }
    offset = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">L", len(tags)), b""
    for name, value in tags.items():
        table += struct.pack(">4sLL", name, offset + len(body), len(value))
        body += value + b"\0" * (-len(value) % 4)
    head = struct.pack(">L4sL4s4s4s", offset + len(body), b"\0" * 4, 0x04300000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s", 2026, 11, 1, 0, 0, 0, b"acsp") + b"\0" * 28 + _fixed(0.9642, 1.0, 0.8249)
    return head.ljust(128, b"\0") + table + body


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">l", round(value * 65536)) for value in values)


def _localized(text: str) -> bytes:
    letters = text.encode("utf-16-be")
    return struct.pack(">4s4xLL2s2sLL", b"mluc", 1, 12, b"en", b"US", len(letters), 28) + letters
