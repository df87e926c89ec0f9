"""What an exported file is, and what is said of one that was refused: plain data that plan and manifest share."""

from __future__ import annotations

from typing import Literal

import msgspec

FileKind = Literal["text", "photo", "card", "video", "page", "print", "poster", "subtitles"]
"""What an exported file is. Whoever tells kinds apart ends in ``assert_never``, so that a new one is missed nowhere."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was refused or failed; the rest was made."""

    path: str
    outlet: str
    code: str
    text: str
