"""Pictures that stand inside a text as data URIs: taken only when they are what they say.

Qt and browsers look at the bytes, not at the name: a "PNG" that holds a drawing would be drawn as one, and a drawing
reads files.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from studio.base.media_types import media_name

if TYPE_CHECKING:
    from pathlib import Path

_STARTS = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF87a", "gif"), (b"GIF89a", "gif"))
_NAMES = {"jpg": "jpeg", "pjpeg": "jpeg", "x-png": "png"}
_DATA_URI = re.compile(r"data:image/([\w.+-]+);base64,(.*)", re.IGNORECASE | re.DOTALL)


def data_uri(file: Path) -> str:
    """A picture as it is in a page, card or sheet.

    Raises:
        OSError: it cannot be read.
    """
    return f"data:{media_name(file)};base64," + base64.b64encode(file.read_bytes()).decode("ascii")


def picture_kind(data: bytes) -> str:
    """``png``, ``jpeg``, ``gif`` or ``webp`` by the first bytes; "" for anything else, such as a page or a drawing."""
    # Bytes 4 to 7 are the size of the file.
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((kind for start, kind in _STARTS if data.startswith(start)), "")


def is_honest(address: str) -> bool:
    """Whether a data URI holds a picture of the kind it names."""
    found = _DATA_URI.fullmatch(address.strip())
    if found is None:
        return False
    try:
        # Strict: lenient decoding would skip signs, and a browser might then see other bytes than were checked here.
        data = base64.b64decode("".join(found[2].split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    named = found[1].lower()
    return picture_kind(data) == _NAMES.get(named, named)
