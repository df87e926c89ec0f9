"""QR codes as paths of an SVG."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=64)
def qr_path(text: str) -> dict[str, Any] | None:
    """A QR code as one SVG path: ``size`` modules wide, without quiet zone (leave four modules around it); None for "".

    Error correction M (15 %), ISO/IEC 18004: a notice board gets dirty.
    """
    if not text:
        return None
    import segno

    # Level M still reads with a seventh of it lost: notices get wet and folded. No Micro QR, which cameras of phones do
    # not know.
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    runs = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            # A run of dark modules is one rectangle: single squares would show hairlines between them when printed.
            if end > x:
                runs.append(f"M{x} {y}h{end - x}v1h-{end - x}z")
            x = end + 1
    return {"size": len(rows), "path": "".join(runs)}
