"""Whose music is heard under a video, as it is written on the card at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.story.text import cleaned

if TYPE_CHECKING:
    from studio.story.motion_records import MusicBed

MOST_LETTERS = 200
"""Letters of a credit that can still be read on the closing card of every shape and design family."""


def music_line(bed: MusicBed | None) -> str:
    """Title, author and terms of a piece in one line.

    Returns:
        "" for the studio's own tunes, and for a piece that stays out: without terms, or with a credit that fits on no
        card. What is not heard is not credited either.
    """
    if bed is None or not bed.file:
        return ""
    title, author, terms = (" ".join(cleaned(part).split()) for part in (bed.title, bed.author, bed.license))
    if not terms:
        return ""
    who = ", ".join(part for part in (title, author) if part)
    line = f"{who} ({terms})" if who else terms
    return line if len(line) <= MOST_LETTERS else ""
