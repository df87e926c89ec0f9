"""What an outlet wants of a video, and what was made of it: plain data that plans, keys and workers share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.errors import Notice


@dataclass(frozen=True, slots=True)
class VideoTarget:
    """What an outlet wants.

    Attributes:
        size: width and height in pixels, even.
        max_seconds: longest video, None for any.
        max_bytes: largest file, None for any.
        min_seconds: shortest video the outlet takes.
        fps: frames a second.
        subtitles: burned in, or a file beside the video.
        draft: whether the mark of a draft lies over it.
    """

    size: tuple[int, int]
    max_seconds: float | None = None
    max_bytes: int | None = None
    min_seconds: float = 0.0
    fps: int = 30
    subtitles: Literal["burn", "srt", "vtt"] = "burn"
    draft: bool = False


@dataclass(frozen=True, slots=True)
class MadeVideo:
    """A finished video, and the subtitle files beside it."""

    path: Path
    width: int
    height: int
    seconds: float
    bytes: int
    notices: tuple[Notice, ...] = ()
    sidecars: tuple[Path, ...] = ()
    tries: int = 1
