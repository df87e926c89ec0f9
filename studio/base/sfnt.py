"""What a TrueType file has letters for, and how it gets another name (OpenType 1.9, ISO 14496-22)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Range = tuple[int, int]
"""First and last code point."""

_UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))
"""Platform and encoding of the character maps that are understood, the fullest first."""
_NAMES = frozenset({1, 3, 4, 16, 18, 20, 21})
"""Names with spaces: family, unique identifier, full name, and their typographic variants (OpenType, "name")."""
# PostScript's names, which hold no spaces.
_POSTSCRIPT = frozenset({6, 25})


def font_tables(data: bytes) -> dict[bytes, tuple[int, int, int]]:
    """The directory: tag -> place of its entry, offset and length of the table.

    Raises:
        ValueError: no TrueType or OpenType font.
    """
    if data[:4] not in (b"\x00\x01\x00\x00", b"OTTO", b"true") or len(data) < 12:
        raise ValueError("not a font")
    count = int.from_bytes(data[4:6], "big")
    found = {}
    for number in range(count):
        at = 12 + 16 * number
        tag, _, offset, length = struct.unpack_from(">4sIII", data, at)
        found[tag] = (at, offset, length)
    return found


def code_points(data: bytes) -> tuple[Range, ...]:
    """The characters of a font as ranges in order, from its fullest Unicode map (format 4 or 12).

    Raises:
        ValueError: no font, or one without such a map.
    """
    _, base, _ = font_tables(data)[b"cmap"]
    count = int.from_bytes(data[base + 2 : base + 4], "big")
    maps = {}
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", data, base + 4 + 8 * number)
        maps[platform, encoding] = base + offset
    for key in _UNICODE:
        if key in maps:
            at = maps[key]
            kind = int.from_bytes(data[at : at + 2], "big")
            if kind in (4, 12):
                return _join_ranges(_character_groups(data, at) if kind == 12 else _character_segments(data, at))
    raise ValueError("no Unicode map")


def _character_groups(data: bytes, at: int) -> Iterator[Range]:
    count = int.from_bytes(data[at + 12 : at + 16], "big")
    for number in range(count):
        first, last, _ = struct.unpack_from(">III", data, at + 16 + 12 * number)
        yield first, last


def _character_segments(data: bytes, at: int) -> Iterator[Range]:
    """Format 4. A segment may hold characters that point to glyph 0, which is none."""
    count = int.from_bytes(data[at + 6 : at + 8], "big") // 2
    shape = f">{count}H"
    ends = struct.unpack_from(shape, data, at + 14)
    starts = struct.unpack_from(shape, data, at + 16 + 2 * count)
    deltas = struct.unpack_from(shape, data, at + 16 + 4 * count)
    table = at + 16 + 6 * count
    offsets = struct.unpack_from(shape, data, table)
    for number, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        # The last segment is always 0xFFFF to 0xFFFF, an end mark and no character.
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                # The offset counts from its own place in the offset table (OpenType, "cmap" format 4), not from the
                # glyph array.
                place = table + 2 * number + offset + 2 * (code - first)
                glyph = int.from_bytes(data[place : place + 2], "big")
            # With an offset the delta is added to what the glyph array says, unless that is 0: then the character is
            # missing.
            if (glyph + delta if glyph or not offset else 0) & 0xFFFF:
                yield code, code


def _join_ranges(ranges: Iterator[Range]) -> tuple[Range, ...]:
    found: list[list[int]] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1][1] = max(found[-1][1], last)
        else:
            found.append([first, last])
    return tuple((first, last) for first, last in found)


def rename_font(data: bytes, prefix: str) -> bytes:
    """The font under names that begin with ``prefix``; outlines, tables and licence stay as they are.

    Raises:
        ValueError: no font.
    """
    entry, base, length = font_tables(data)[b"name"]
    table = _renamed_names(data[base : base + length], prefix)
    padded = table + b"\0" * (-len(table) % 4)
    checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
    # The new table goes to the end and the directory points to it: all other offsets stay valid. Tables begin at
    # multiples of four.
    whole = data + b"\0" * (-len(data) % 4)
    directory = struct.pack(">4sIII", b"name", checksum, len(whole), len(table))
    return whole[:entry] + directory + whole[entry + 16 :] + padded


def _renamed_names(table: bytes, prefix: str) -> bytes:
    """The table written again in format 0."""
    _, count, strings = struct.unpack_from(">HHH", table)
    records, texts = b"", b""
    for number in range(count):
        platform, encoding, language, name, length, offset = struct.unpack_from(">6H", table, 6 + 12 * number)
        text = table[strings + offset : strings + offset + length]
        before = {**dict.fromkeys(_NAMES, f"{prefix} "), **dict.fromkeys(_POSTSCRIPT, prefix)}.get(name, "")
        text = before.encode("latin-1" if platform == 1 else "utf-16-be") + text
        records += struct.pack(">6H", platform, encoding, language, name, len(text), len(texts))
        texts += text
    return struct.pack(">HHH", 0, count, 6 + len(records)) + records + texts
