"""Personal data in a text, recognised by ``lokal-id``."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lokal import PiiType

_KINDS: tuple[PiiType, ...] = (
    "NIK",
    "KK",
    "NPWP",
    "PASSPORT",
    "SIM",
    "BPJS",
    "NISN",
    "PHONE",
    "EMAIL",
    "BANK_ACCOUNT",
    "CARD",
)
"""What has no place in a story. Names, dates and addresses are its very matter: the rules about people see to them."""


@lru_cache(maxsize=4096)
def find_private(text: str) -> tuple[tuple[str, int, int], ...]:
    """Personal data in one paragraph; remembered, as a story is checked again with every key.

    Returns:
        Kind in lower case (``nik``, ``phone``, ``email`` ...), start and end in code points.
    """
    if not _worth_a_look(text):
        return ()
    from lokal import detect_pii

    return tuple((match.type.lower(), match.start, match.end) for match in detect_pii(text, types=_KINDS))


def _worth_a_look(text: str) -> bool:
    """Spares most texts the import and the search: all of these hold six digits or an at sign."""
    return "@" in text or sum(sign.isdigit() for sign in text) >= 6
