"""What colours a file means that has no ICC profile: code points of HEIC, AVIF and PNG, and cameras' Adobe RGB.

Sources: ITU-T H.273 (code points), ISO/IEC 23008-12 (HEIF: where they lie), PNG 3 (cICP, gAMA, cHRM), ICC.1:2022 with
its cicp tag, Exif 2.32 with DCF 2.0 (optional colour space).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL import Image

Corners = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""Chromaticities x, y of red, green, blue and white."""

_D65 = (0.3127, 0.3290)
SRGB_CORNERS: Corners = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06), _D65)
_CORNERS: dict[int, Corners] = {
    4: ((0.67, 0.33), (0.21, 0.71), (0.14, 0.08), (0.310, 0.316)),
    5: ((0.64, 0.33), (0.29, 0.60), (0.15, 0.06), _D65),
    6: ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), _D65),
    7: ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), _D65),
    8: ((0.681, 0.319), (0.243, 0.692), (0.145, 0.049), (0.310, 0.316)),
    9: ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), _D65),
    11: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), (0.314, 0.351)),
    12: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), _D65),
    22: ((0.630, 0.340), (0.295, 0.605), (0.155, 0.077), _D65),
}
"""H.273, table 2."""
_ADOBE: Corners = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06), _D65)
_GAMMAS = {4: 2.2, 5: 2.8, 8: 1.0, 17: 2.6}
"""H.273, table 3: those that are a power. Programs show the curves of television (1, 6, 14, 15) as sRGB."""
_PQ, _HLG = 16, 18
_UNSPECIFIED = (2, 2)
_META_MOST = 4_000_000


@dataclass(frozen=True, slots=True)
class ColourMeaning:
    """Primaries, and the curve: ``srgb``, ``pq``, ``hlg``, or ``power`` with ``gamma``."""

    corners: Corners
    curve: str = "srgb"
    gamma: float = 0.0

    @property
    def is_high_range(self) -> bool:
        """Whether there is light above the white of paper in it."""
        return self.curve in {"pq", "hlg"}

    @property
    def is_plain(self) -> bool:
        """Whether the numbers are sRGB already, as nearly as anyone sees."""
        near = all(
            abs(one - other) < 0.004
            for pair, wanted in zip(self.corners, SRGB_CORNERS, strict=True)
            for one, other in zip(pair, wanted, strict=True)
        )
        return near and (self.curve == "srgb" or (self.curve == "power" and abs(self.gamma - 2.2) < 0.05))


def meaning_of_codes(primaries: int, transfer: int) -> ColourMeaning | None:
    """The meaning of H.273's code points; None where they say nothing. What one leaves open the other implies."""
    if (primaries, transfer) == _UNSPECIFIED:
        return None
    if transfer in {_PQ, _HLG}:
        return ColourMeaning(_CORNERS.get(primaries, _CORNERS[9]), "pq" if transfer == _PQ else "hlg")
    corners = _CORNERS.get(primaries, SRGB_CORNERS)
    return ColourMeaning(corners, "power", _GAMMAS[transfer]) if transfer in _GAMMAS else ColourMeaning(corners)


def read_meaning(image: Image.Image, kind: str, path: Path) -> ColourMeaning | None:
    """What the numbers of an opened image mean; None is sRGB, or what its profile says.

    Args:
        image: its header is read.
        kind: as ``kind_of`` names it.
        path: its file.
    """
    try:
        icc = image.info.get("icc_profile")
        if isinstance(icc, bytes):
            meaning = _of_profile(icc)
        elif kind in {"heif", "avif"}:
            meaning = _of_heif(path)
        elif kind == "png":
            meaning = _of_png(image, path)
        else:
            meaning = _of_camera(image)
    except Exception:  # garbage in a header never costs the photo
        return None
    return None if meaning is None or meaning.is_plain else meaning


def _of_profile(icc: bytes) -> ColourMeaning | None:
    """Of a profile with a cicp tag of high dynamic range: its tables end at the white of paper, or darken all."""
    count = struct.unpack_from(">I", icc, 128)[0]
    for number in range(min(count, 100)):
        name, at, _ = struct.unpack_from(">4sII", icc, 132 + 12 * number)
        if name == b"cicp":
            meaning = meaning_of_codes(icc[at + 8], icc[at + 9])
            return meaning if meaning and meaning.is_high_range else None
    return None


def _of_camera(image: Image.Image) -> ColourMeaning | None:
    """Adobe RGB as cameras tell it: colour space 2, or "uncalibrated" with the interoperability index R03."""
    exif = image.getexif()
    space = exif.get_ifd(0x8769).get(0xA001)
    index = exif.get_ifd(0xA005).get(1) if space == 0xFFFF else None
    text = index.decode("ascii", "ignore") if isinstance(index, bytes) else str(index or "")
    adobe = space == 2 or (space == 0xFFFF and text.strip("\0 ") == "R03")
    return ColourMeaning(_ADOBE, "power", 2.19921875) if adobe else None


# ---------------------------------------------------------------- PNG


def _of_png(image: Image.Image, path: Path) -> ColourMeaning | None:
    with path.open("rb") as file:
        file.seek(8)
        while len(head := file.read(8)) == 8:
            size, name = struct.unpack(">I4s", head)
            if name == b"IDAT":
                break
            if name == b"cICP" and size == 4:
                primaries, transfer = file.read(4)[:2]
                return meaning_of_codes(primaries, transfer)
            file.seek(size + 4, 1)
    if "srgb" in image.info:
        return None
    gamma, corners = image.info.get("gamma"), image.info.get("chromaticity")
    if not gamma and not corners:
        return None
    if not gamma or not 0.1 < gamma < 10:
        return ColourMeaning(_png_corners(corners))
    return ColourMeaning(_png_corners(corners), "power", 1 / gamma)


def _png_corners(found: tuple[float, ...] | None) -> Corners:
    """PNG names white first, then red, green and blue."""
    if not found or len(found) != 8 or any(not 0 <= value <= 1 for value in found) or found[1] <= 0:
        return SRGB_CORNERS
    white, red, green, blue = ((found[at], found[at + 1]) for at in range(0, 8, 2))
    return red, green, blue, white


# ---------------------------------------------------------------- HEIC and AVIF


def _of_heif(path: Path) -> ColourMeaning | None:
    with path.open("rb") as file:
        codes = _codes_of_heif(file)
    if codes is None or codes == _UNSPECIFIED:
        codes = _codes_of_stream(path)
    return meaning_of_codes(*codes)


def _codes_of_heif(file: BinaryIO) -> tuple[int, int] | None:
    """Primaries and transfer of the ``colr`` box that belongs to the primary item."""
    meta = next((body for name, body in _file_boxes(file) if name == b"meta"), b"")
    inner = dict(_meta_boxes(meta[4:]))
    properties = dict(_meta_boxes(inner.get(b"iprp", b"")))
    colours = [
        struct.unpack_from(">HH", body, 4) if name == b"colr" and body[:4] == b"nclx" else None
        for name, body in _meta_boxes(properties.get(b"ipco", b""))
    ]
    mine = _properties_of(inner.get(b"pitm", b""), properties.get(b"ipma", b""))
    found = [codes for at, codes in enumerate(colours, 1) if codes is not None and (not mine or at in mine)]
    return found[0] if found else None


def _file_boxes(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """The boxes of a file down to ``meta``; others are skipped."""
    end = file.seek(0, 2)
    at = 0
    while at + 8 <= end:
        file.seek(at)
        size, name = struct.unpack(">I4s", file.read(8))
        start = 8
        if size == 1:
            size, start = struct.unpack(">Q", file.read(8))[0], 16
        size = size or end - at
        if size < start:
            return
        if name == b"meta":
            yield name, file.read(min(size - start, _META_MOST))
        at += size


def _meta_boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        size = size or len(data) - at
        if size < 8:
            return
        yield name, data[at + 8 : at + size]
        at += size


def _properties_of(primary: bytes, associations: bytes) -> frozenset[int]:
    """Numbers of the properties of the primary item (ISO/IEC 23008-12, 9.3 and ISO/IEC 14496-12, "pitm")."""
    if len(primary) < 6 or len(associations) < 8:
        return frozenset()
    wide = primary[0] > 0
    item = struct.unpack_from(">I" if wide else ">H", primary, 4)[0]
    version, flags = associations[0], associations[3]
    count, at = struct.unpack_from(">I", associations, 4)[0], 8
    for _ in range(min(count, 10_000)):
        each = struct.unpack_from(">H" if version < 1 else ">I", associations, at)[0]
        at += 2 if version < 1 else 4
        size, at = associations[at], at + 1
        step, mask = (2, 0x7FFF) if flags & 1 else (1, 0x7F)
        if each == item:
            places = range(at, at + size * step, step)
            return frozenset(int.from_bytes(associations[place : place + step], "big") & mask for place in places)
        at += size * step
    return frozenset()


def _codes_of_stream(path: Path) -> tuple[int, int]:
    """The code points inside the coded picture, where the file around it has none."""
    import av

    with av.open(str(path)) as container:
        context = container.streams.video[0].codec_context
        return int(context.color_primaries or 2), int(context.color_trc or 2)
