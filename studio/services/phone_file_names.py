"""Names that a phone gives its files, as this computer can write them: a name is only a label and never a place."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from studio.base.media_types import is_used_as
from studio.base.portable_names import FORBIDDEN_SIGNS, is_device_name

_NAMELESS = "berkas"
_LONGEST = 120
"""Bytes of a name in UTF-8: a part file and a copy in a deep folder of Windows have room for it."""
_FORBIDDEN = re.compile(f"[{FORBIDDEN_SIGNS}]")


def safe_name(name: str, usual: str = "") -> str:
    """A name without folders, signs nobody sees, and what Windows forbids; never empty, at most 120 bytes.

    Args:
        name: as the phone says it.
        usual: the ending that its content usually has (``base.media_kinds``): one that is none of a photo, clip or
            sound gets it behind it, so that nothing is taken for a program or a package.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    bare = _FORBIDDEN.sub("-", shown).strip(" .")
    if is_device_name(bare):
        bare = f"_{bare}"
    ending = PurePath(bare).suffix
    stem = bare.removesuffix(ending) if ending and len(ending) <= 10 else bare
    ending = bare[len(stem) :]
    if not any(is_used_as(bare, use) for use in ("photo", "video", "sound")):
        ending += usual
    # In bytes, as file systems count; a letter that does not fit as a whole is dropped, not halved.
    room = _LONGEST - len(ending.encode())
    stem = stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .")
    return f"{stem or _NAMELESS}{ending}"
