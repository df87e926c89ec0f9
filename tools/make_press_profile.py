"""Make ``assets/colour/press.icc`` out of a full press profile: only what turns ink into colour is kept.

    apt install argyll icc-profiles-free
    cp /usr/share/color/icc/FOGRA39L.ti3 . && colprof -D "FOGRA39L" -qm -bn -O full.icc FOGRA39L
    python tools/make_press_profile.py full.icc assets/colour/press.icc

The measurements are FOGRA39L (coated paper, ISO 12647-2), as Debian's icc-profiles-free has them, zlib licence.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

_KEPT = (b"wtpt", b"A2B1")
_NOTICE = "KIM Studio, from FOGRA39L characterisation data (zlib licence); altered: A2B1 only"


def _text(kind: bytes, words: str) -> bytes:
    """A tag of type ``text`` or ``desc`` (ICC.1:2001-04, 6.5.17 and 6.5.18)."""
    raw = words.encode("ascii") + b"\0"
    if kind == b"text":
        return b"text" + bytes(4) + raw
    return b"desc" + bytes(4) + struct.pack(">I", len(raw)) + raw + bytes(4 + 4 + 2 + 1 + 67)


def slim_profile(full: bytes) -> bytes:
    """The profile with its relative colorimetric table alone, under every intent's name."""
    count = struct.unpack_from(">I", full, 128)[0]
    entries = (struct.unpack_from(">4sII", full, 132 + 12 * number) for number in range(count))
    parts = {name: full[at : at + size] for name, at, size in entries if name in _KEPT}
    parts |= {b"desc": _text(b"desc", "Press, coated (FOGRA39L)"), b"cprt": _text(b"text", _NOTICE)}
    at, body = 128 + 4 + 12 * (len(parts) + 1), b""
    places = {}
    for name, data in parts.items():
        places[name] = struct.pack(">II", at + len(body), len(data))
        # Tags begin at multiples of four bytes.
        body += data + bytes(-len(data) % 4)
    places[b"A2B0"] = places[b"A2B1"]
    index = struct.pack(">I", len(places)) + b"".join(name + place for name, place in places.items())
    head = bytearray(full[:128])
    # A fixed day, so that each run gives the same bytes; no checksum (84 to 99), since that was of the full profile.
    head[24:36] = struct.pack(">6H", 2026, 11, 30, 0, 0, 0)
    head[84:100] = bytes(16)
    head[:4] = struct.pack(">I", at + len(body))
    return bytes(head) + index + body


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(slim_profile(Path(sys.argv[1]).read_bytes()))
