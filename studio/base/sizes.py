"""How much room something takes, in words."""

from __future__ import annotations

from studio.base.locale_forms import number_text


def size_text(count: int) -> str:
    """Bytes as people read them, in the Indonesian way: ``812 kB``, ``1,4 MB`` (decimal, as platforms state limits)."""
    if count < 1000:
        return f"{count} B"
    for unit, factor in (("kB", 1e3), ("MB", 1e6)):
        if count < factor * 999.5:
            value = count / factor
            return f"{number_text(value, digits=0 if value >= 10 else 1)} {unit}"
    return f"{number_text(count / 1e9, digits=1)} GB"
