"""Subtitle files on disk; what is in them is read by ``studio.story.subtitle_format``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.story.subtitle_format import SubtitleFile
from studio.story.subtitle_format import read_subtitles as _read

if TYPE_CHECKING:
    from pathlib import Path

    from studio.story.model import Cue

_MOST = 4_000_000
"""Bytes. A film's subtitles are 100 kB; more is no subtitle file."""


def load_subtitles(path: Path, fps: float = 0.0) -> SubtitleFile:
    """Read an SRT or VTT file, with notices about what is odd in it; ``fps`` as in ``story.subtitle_format``.

    Raises:
        UserError: ``subtitles.unreadable``: missing, not readable, too large, or without a single subtitle.
    """
    try:
        if path.stat().st_size > _MOST:
            raise UserError("subtitles.unreadable", file=path.name)
        found = _read(path.read_bytes(), path.name, fps)
    except OSError as error:
        raise UserError("subtitles.unreadable", file=path.name) from error
    if not found.cues:
        raise UserError("subtitles.unreadable", file=path.name)
    return found


def read_subtitles(path: Path) -> tuple[Cue, ...]:
    """The subtitles of an SRT or VTT file, in order of time; see ``load_subtitles``."""
    return load_subtitles(path).cues
