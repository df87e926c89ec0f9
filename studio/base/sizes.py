"""How much room something takes, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.locale_forms import number_text

if TYPE_CHECKING:
    from studio.base.locale_forms import Language


class ByteCount(int):
    """A number of bytes as a fact of a message: it becomes a size in words when the message is rendered."""


def size_text(count: int, language: Language = "id") -> str:
    """Bytes as people read them: ``812 kB``, ``1,4 MB``, in English ``1.4 MB`` (decimal, as platforms state limits)."""
    if count < 1000:
        return f"{count} B"
    for unit, factor in (("kB", 1e3), ("MB", 1e6)):
        # 999.5 and more would be rounded to "1000 kB".
        if count < factor * 999.5:
            value = count / factor
            return f"{number_text(value, language, digits=0 if value >= 10 else 1)} {unit}"
    return f"{number_text(count / 1e9, language, digits=1)} GB"
