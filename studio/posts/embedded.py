"""Pictures that a pack carries inside its own files: taken only when they are what they say."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from studio.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Collection

_STARTS = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF87a", "gif"), (b"GIF89a", "gif"))
_NAMES = {"jpg": "jpeg", "pjpeg": "jpeg", "x-png": "png"}
_EMBEDDED = re.compile(r"data:(?!,)[^\"'\s)>]{0,9000000}", re.IGNORECASE)
_DATA_URI = re.compile(r"data:image/([\w.+-]+);base64,(.*)", re.IGNORECASE | re.DOTALL)


def picture_kind(data: bytes) -> str:
    """``png``, ``jpeg``, ``gif`` or ``webp`` by the first bytes; "" for anything else, such as a page or a drawing."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((kind for start, kind in _STARTS if data.startswith(start)), "")


def is_honest(address: str) -> bool:
    """Whether a data URI holds a picture of the kind it names."""
    found = _DATA_URI.fullmatch(address.strip())
    if found is None:
        return False
    try:
        data = base64.b64decode("".join(found[2].split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    named = found[1].lower()
    return picture_kind(data) == _NAMES.get(named, named)


def check_embedded(text: str, pack: str, file: str, allowed: Collection[str] = ()) -> None:
    """Look at every data URI of a page or template.

    Args:
        text: what the file holds.
        pack: whose it is.
        file: its name, for the error.
        allowed: what the studio itself put there.

    Raises:
        UserError: ``posts.picture_lies``, for the first that is no picture of its kind.
    """
    for found in _EMBEDDED.finditer(text):
        if found[0] not in allowed and not is_honest(found[0]):
            line = text.count("\n", 0, found.start()) + 1
            raise UserError("posts.picture_lies", pack=pack, file=file, line=line, address=found[0][:40])
