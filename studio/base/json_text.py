"""JSON from outside, read with a bound on how deeply it is nested.

A file from a stick may be made to harm: brackets in brackets by the ten thousand end in Python's ``RecursionError``,
which nobody expects of a reader, and fewer of them can be read but not written again. Both are refused here as any
other damage is.
"""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec

T = TypeVar("T")

MOST_LEVELS = 100
"""Brackets in brackets; documents of the studio have about ten. Python gives up at about a thousand."""
_TEXTS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
# For ``bytes.translate``, which takes these out: only brackets are left to be counted.
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def decode_json(data: bytes, kind: type[T]) -> T:
    """The value in ``data``.

    Args:
        data: UTF-8.
        kind: what it has to be, as ``msgspec.json.decode`` takes it; ``object`` for anything.

    Raises:
        msgspec.DecodeError: no JSON, nested deeper than ``MOST_LEVELS``, or (``msgspec.ValidationError``) no ``kind``.
        UnicodeDecodeError: no UTF-8.
    """
    if _nesting_levels(data) > MOST_LEVELS:
        raise msgspec.DecodeError(f"nested deeper than {MOST_LEVELS} levels")
    return msgspec.json.decode(data, type=kind)


def _nesting_levels(data: bytes) -> int:
    """How many brackets are open at once, at most. Counted without the texts, which may hold any number of them."""
    # Nearly every file ends here: so few brackets cannot be nested too deeply, wherever they stand.
    if data.count(b"[") + data.count(b"{") <= MOST_LEVELS:
        return 0
    level = deepest = 0
    for bracket in _TEXTS.sub(b"", data).translate(None, _NO_BRACKETS):
        level += 1 if bracket in b"[{" else -1
        deepest = max(deepest, level)
    return deepest
