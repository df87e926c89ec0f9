"""Parameter sets of H.264 and HEVC: which there are, under which numbers, and how a file declares several.

What is encoded again at a cut needs sets of its own beside those of the recording, under numbers that are free there.
x264 takes a number; of x265's output the numbers are rewritten here. Sources: ITU-T H.264 and H.265, clause 7.3;
ISO/IEC 14496-15.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

START = b"\0\0\0\1"
H264_SPS, H264_PPS, H264_IDR, H264_AUD = 7, 8, 5, 9
HEVC_VPS, HEVC_SPS, HEVC_PPS, HEVC_AUD = 32, 33, 34, 35
HEVC_IDR = (19, 20)
_USER_DATA = 5
_TO_ESCAPE = re.compile(rb"\0\0(?=[\0-\3])")
_HEVC_PICTURES = 32
"""Kinds of HEVC units below this hold pictures."""
_HEVC_IRAP = (16, 23)
"""The kinds with which reading can begin carry one more flag in their head (7.3.6.1)."""
LONGER_BY_A_BYTE = range(15, 31)
"""Numbers whose exponential Golomb code is eight bits longer than that of 0: a head that holds one of them stays
aligned, so that the picture's data behind it moves by a full byte and is not touched."""


@dataclass(frozen=True, slots=True)
class ParameterSets:
    """The parameter sets of a stream, each a unit without start code; ``vps`` is empty for H.264."""

    codec: str
    sps: tuple[bytes, ...]
    pps: tuple[bytes, ...]
    vps: tuple[bytes, ...] = ()

    def join_sets(self, other: ParameterSets) -> ParameterSets:
        """Both, each unit once."""
        lists = ((*getattr(self, name), *getattr(other, name)) for name in ("sps", "pps", "vps"))
        sps, pps, vps = (tuple(dict.fromkeys(each)) for each in lists)
        return ParameterSets(self.codec, sps, pps, vps)

    def holds_unit(self, unit: bytes) -> bool:
        """Whether a unit is one of them."""
        return unit in self.sps or unit in self.pps or unit in self.vps


def unit_kind(codec: str, unit: bytes | memoryview) -> int:
    """The type of a unit (nal_unit_type)."""
    return unit[0] & 31 if codec == "h264" else unit[0] >> 1 & 63


def is_set(codec: str, kind: int) -> bool:
    """Whether units of that kind are parameter sets."""
    return kind in {H264_SPS, H264_PPS} if codec == "h264" else kind in {HEVC_VPS, HEVC_SPS, HEVC_PPS}


def is_picture(codec: str, kind: int) -> bool:
    """Whether units of that kind hold a part of a picture."""
    return 1 <= kind <= H264_IDR if codec == "h264" else kind < _HEVC_PICTURES


def carries_user_data(codec: str, unit: bytes) -> bool:
    """Whether a unit is supplemental information that holds data of whoever recorded it: an encoder's name, a place.

    Messages of type 5 (H.264 and H.265, annex D); nothing a picture is decoded with.
    """
    if unit_kind(codec, unit) not in ({6} if codec == "h264" else {39, 40}):
        return False
    data, at = unescape_unit(unit[1 if codec == "h264" else 2 :]), 0
    # Messages follow each other: type, size, content; what is left at the end are the stop bit and zeros.
    while at + 2 < len(data):
        kind, at = _message_number(data, at)
        size, at = _message_number(data, at)
        if kind == _USER_DATA:
            return True
        at += size
    return False


def _message_number(data: bytes, at: int) -> tuple[int, int]:
    """A number written as so many times 255 and a rest, and the place behind it."""
    number = 0
    # 255 stands for "255 and more follows", so that small numbers take one byte.
    while at < len(data) and data[at] == 255:
        number, at = number + 255, at + 1
    return number + (data[at] if at < len(data) else 0), at + 1


def begins_anew(codec: str, kind: int) -> bool:
    """Whether a picture of that kind forgets all before it (IDR)."""
    return kind == H264_IDR if codec == "h264" else kind in HEVC_IDR


def units_of(data: bytes | memoryview, length_bytes: int) -> Iterator[bytes]:
    """The units of one packet.

    Args:
        data: the packet.
        length_bytes: how many bytes the length in front of each takes; 0 for start codes (Annex B).

    Raises:
        ValueError: a length leads out of the packet.
    """
    if not length_bytes:
        yield from _by_start_codes(bytes(data))
        return
    at, view = 0, memoryview(data)
    while at + length_bytes <= len(view):
        size = int.from_bytes(view[at : at + length_bytes])
        at += length_bytes
        if size > len(view) - at:
            raise ValueError
        if size:
            yield bytes(view[at : at + size])
        at += size


def _by_start_codes(data: bytes) -> Iterator[bytes]:
    at = data.find(START[1:])
    while at >= 0:
        following = data.find(START[1:], at + 3)
        # Zeros in front of a start code belong to no unit: they pad, or make its long form of four bytes.
        unit = data[at + 3 : following if following >= 0 else len(data)].rstrip(b"\0")
        if unit:
            yield unit
        at = following


def sized_units(units: Sequence[bytes]) -> bytes:
    """Units as a packet of an MP4: each behind its length in four bytes."""
    return b"".join(len(unit).to_bytes(4) + unit for unit in units)


# ------------------------------------------------------------------------------------------------ declared by a file


def read_sets(codec: str, extradata: bytes) -> tuple[ParameterSets, int]:
    """The parameter sets a file declares, and how many bytes a length takes in its packets (0: start codes).

    Args:
        codec: ``h264`` or ``hevc``.
        extradata: ``avcC``, ``hvcC`` or units with start codes.

    Raises:
        ValueError: nothing of the kind.
    """
    # Transport streams and some AVI declare their sets as a plain byte stream, everything else in a box of ISO
    # 14496-15.
    if extradata[:3] in {START[1:], START[:3]}:
        return sets_among(codec, _by_start_codes(extradata)), 0
    try:
        return _from_avcc(extradata) if codec == "h264" else _from_hvcc(extradata)
    except IndexError as error:
        raise ValueError from error


def sets_among(codec: str, units: Iterator[bytes] | Sequence[bytes]) -> ParameterSets:
    """The parameter sets among units."""
    found: dict[int, list[bytes]] = {}
    for unit in units:
        found.setdefault(unit_kind(codec, unit), []).append(unit)
    kinds = (H264_SPS, H264_PPS, -1) if codec == "h264" else (HEVC_SPS, HEVC_PPS, HEVC_VPS)
    sps, pps, vps = (tuple(dict.fromkeys(found.get(kind, ()))) for kind in kinds)
    return ParameterSets(codec, sps, pps, vps)


def _from_avcc(data: bytes) -> tuple[ParameterSets, int]:
    if len(data) < 7 or data[0] != 1:
        raise ValueError
    # Byte 5 holds the number of sequence sets in its low five bits; that of the picture sets takes a full byte.
    at, lists = 5, []
    for mask in (31, 255):
        count, at, units = data[at] & mask, at + 1, []
        for _ in range(count):
            size = int.from_bytes(data[at : at + 2])
            units.append(data[at + 2 : at + 2 + size])
            at += 2 + size
        lists.append(tuple(units))
    # The length of a length is stored less one, in two bits.
    return ParameterSets("h264", lists[0], lists[1]), (data[4] & 3) + 1


def _from_hvcc(data: bytes) -> tuple[ParameterSets, int]:
    if len(data) < 23 or data[0] != 1:
        raise ValueError
    # Behind 22 fixed bytes and the number of arrays: each array has its kind, a count, and the units with their
    # lengths.
    at, units = 23, []
    for _ in range(data[22]):
        count = int.from_bytes(data[at + 1 : at + 3])
        at += 3
        for _ in range(count):
            size = int.from_bytes(data[at : at + 2])
            units.append(data[at + 2 : at + 2 + size])
            at += 2 + size
    return sets_among("hevc", units), (data[21] & 3) + 1


def declare_sets(sets: ParameterSets) -> bytes:
    """``avcC`` or ``hvcC`` that declares all of them; the first sequence set gives profile and level.

    Packets go with lengths of four bytes.
    """
    return _avcc_box(sets) if sets.codec == "h264" else _hvcc_box(sets)


def _listed_units(units: Sequence[bytes]) -> bytes:
    return b"".join(len(unit).to_bytes(2) + unit for unit in units)


def _avcc_box(sets: ParameterSets) -> bytes:
    first = sets.sps[0]
    # Version, profile, compatibility and level as in the sequence set; the reserved bits are ones; lengths of 4 bytes
    # (3).
    head = bytes((1, first[1], first[2], first[3], 0xFF, 0xE0 | len(sets.sps)))
    data = head + _listed_units(sets.sps) + bytes((len(sets.pps),)) + _listed_units(sets.pps)
    # 4:2:0, eight bits, no extension of the sequence set: what High and above are asked to say
    return data + (b"\xfd\xf8\xf8\x00" if first[1] in {100, 110, 122, 144} else b"")


def _hvcc_box(sets: ParameterSets) -> bytes:
    rbsp = unescape_unit(sets.sps[0][2:])
    # Bits 4 to 6 hold the number of temporal layers less one, bit 7 whether they are nested (H.265, 7.3.2.2).
    layers, nested = (rbsp[0] >> 1 & 7) + 1, rbsp[0] & 1
    depth = 2 if rbsp[1] & 31 == 2 else 0  # Main 10
    # No minimal segmentation, parallelism unknown, 4:2:0, both bit depths, frame rate unknown; lengths of four bytes
    # (3).
    fixed = bytes((0xF0, 0, 0xFC, 0xFD, 0xF8 | depth, 0xF8 | depth, 0, 0, layers << 3 | nested << 2 | 3))
    arrays = [(HEVC_VPS, sets.vps), (HEVC_SPS, sets.sps), (HEVC_PPS, sets.pps)]
    # 0x80: the array is complete, no set of this kind comes within the pictures.
    lists = b"".join(bytes((0x80 | kind,)) + len(units).to_bytes(2) + _listed_units(units) for kind, units in arrays)
    return b"\x01" + rbsp[1:13] + fixed + bytes((len(arrays),)) + lists


# ------------------------------------------------------------------------------------------------ numbers


def unescape_unit(data: bytes) -> bytes:
    """A unit's content without the bytes that keep start codes out of it."""
    parts = data.split(b"\0\0\3")
    return b"\0\0".join(parts)


def escape_unit(data: bytes) -> bytes:
    """The content with those bytes (7.4.2: 00 00 followed by 00 to 03)."""
    return _TO_ESCAPE.sub(b"\0\0\3", data)


def _bit_text(data: bytes) -> str:
    return "".join(f"{byte:08b}" for byte in data)


def _bits_bytes(bits: str) -> bytes:
    return int(bits, 2).to_bytes(len(bits) // 8) if bits else b""


def _read_golomb(bits: str, at: int) -> tuple[int, int]:
    """The exponential Golomb number at a place, and the place behind it."""
    zeros = bits.index("1", at) - at
    end = at + 2 * zeros + 1
    # As many zeros as there are bits behind the leading one; the value is stored plus one (H.264, 9.1).
    return int(bits[at + zeros : end], 2) - 1, end


def _code_golomb(number: int) -> str:
    plain = f"{number + 1:b}"
    return "0" * (len(plain) - 1) + plain


def _set_number(codec: str, unit: bytes) -> int:
    """The number of a sequence or picture parameter set."""
    kind = unit_kind(codec, unit)
    # Only the beginning: the number stands within the first bytes, and bits as text are slow.
    bits = _bit_text(unescape_unit(unit[1:60] if codec == "h264" else unit[2:140]))
    if kind in {H264_PPS, HEVC_PPS}:
        return _read_golomb(bits, 0)[0]
    # In H.264 three bytes of profile, flags and level come first; in HEVC a part whose length depends on the layers.
    return _read_golomb(bits, 24 if codec == "h264" else _behind_levels(bits))[0]


def _behind_levels(bits: str) -> int:
    """Where profile, tier and level of an HEVC sequence set end (7.3.3)."""
    # Four bits for the video set, three for the layers less one, one for nesting; then 96 bits of general profile and
    # level.
    layers = int(bits[4:7], 2)
    at = 8 + 96
    if layers:
        flags = [(bits[at + 2 * layer] == "1", bits[at + 2 * layer + 1] == "1") for layer in range(layers)]
        # Two flags for each layer, padded to eight pairs, then 88 bits of profile and 8 of level for those that have
        # them.
        at += 16 + sum(88 * profile + 8 * level for profile, level in flags)
    return at


def free_number(sets: ParameterSets) -> int:
    """A number under which sets of our own go: free for sequences and pictures.

    For HEVC it is one of ``LONGER_BY_A_BYTE``, which is free for pictures; see ``renumber_unit`` for the others.

    Raises:
        ValueError: all are taken.
    """
    taken = {_set_number(sets.codec, unit) for unit in sets.pps}
    if sets.codec == "h264":
        taken |= {_set_number(sets.codec, unit) for unit in sets.sps}
    for number in LONGER_BY_A_BYTE:
        if number not in taken:
            return number
    raise ValueError


def free_sequence(sets: ParameterSets) -> int:
    """A number from 1 to 15 that is free for a sequence set and a video set of HEVC.

    Raises:
        ValueError: all are taken.
    """
    taken = {_set_number("hevc", unit) for unit in sets.sps} | {unit[2] >> 4 for unit in sets.vps}
    for number in range(1, 16):
        if number not in taken:
            return number
    raise ValueError


def renumber_unit(unit: bytes, picture: int, sequence: int) -> bytes:
    """An HEVC unit whose sets are all number 0, as x265 writes them, under other numbers.

    Args:
        unit: a parameter set or a part of a picture; others stay as they are.
        picture: of the picture set, one of ``LONGER_BY_A_BYTE``.
        sequence: of sequence and video set, 1 to 15.

    Raises:
        ValueError: it is not as x265 writes it.
    """
    kind = unit_kind("hevc", unit)
    if kind < _HEVC_PICTURES:
        return _moved_picture(unit, kind, picture)
    if kind not in {HEVC_VPS, HEVC_SPS, HEVC_PPS}:
        return unit
    bits = _bit_text(unescape_unit(unit[2:])).rstrip("0")[:-1]  # without the one that ends it
    if kind == HEVC_PPS:
        # Numbers of the picture set and of its sequence set: 0 each, which a Golomb code writes as a single 1.
        if bits[:2] != "11":
            raise ValueError
        bits = _code_golomb(picture) + _code_golomb(sequence) + bits[2:]
    else:
        # Both begin with the number of the video set in four bits.
        bits = f"{sequence:04b}" + bits[4:]
        if kind == HEVC_SPS:
            at = _behind_levels(bits)
            if bits[at] != "1":
                raise ValueError
            bits = bits[:at] + _code_golomb(sequence) + bits[at + 1 :]
    bits += "1"
    return unit[:2] + escape_unit(_bits_bytes(bits + "0" * (-len(bits) % 8)))


def _moved_picture(unit: bytes, kind: int, picture: int) -> bytes:
    """Its head with the longer number; what follows moves by a full byte."""
    # The number of the picture set is the first Golomb code of the head, behind one flag, or two at a random access
    # point.
    place = 2 if _HEVC_IRAP[0] <= kind <= _HEVC_IRAP[1] else 1
    content = unescape_unit(unit[2:])
    head = _bit_text(content[:1])
    if head[place] != "1":
        raise ValueError
    return unit[:2] + escape_unit(_bits_bytes(head[:place] + _code_golomb(picture) + head[place + 1 :]) + content[1:])
