"""Where words stand in a story: one address for every text a reader could get to see.

An address is a path of names and numbers joined by ``/``: ``"headline"``, ``"body"``, ``"byline/0"``, ``"tags/2"``,
``"answers/who"``, ``"sources/0/name"``, ``"photos/<id>/caption"``, ``"videos/<id>/subtitles/3"``,
``"slideshow/narration"``, ``"claims/<id>/text"``, ``"publications/0/link"``,
``"overrides/<outlet>/<file>"``, ``"group/hashtags/0"`` (the group's profile). Rules report them, the window goes there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.story.reader_fields import reader_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.story.model import Story

DeskName = Literal["write", "photo", "video", "check", "publish"]
_DESK_OF: dict[str, DeskName] = {
    "photos": "photo",
    "cover": "photo",
    "videos": "video",
    "slideshow": "video",
    "claims": "check",
    "people": "check",
    "declarations": "check",
    "overrides": "publish",
    "corrections": "publish",
    "publications": "publish",
    "group": "publish",
}
_LATER = frozenset({"claims", "publications", "language"})
"""Of what reaches readers, what is no text of our own: words that went round, links, settings."""


@dataclass(frozen=True, slots=True)
class Place:
    """Part of a text: ``field`` is its address, ``start``/``end`` are code points (both 0: the whole)."""

    field: str
    start: int = 0
    end: int = 0

    @property
    def desk(self) -> DeskName:
        """The desk on which it is mended."""
        return _DESK_OF.get(self.field.partition("/")[0], "write")

    @property
    def item(self) -> str:
        """The id of the photo, clip, claim or person it belongs to; "" for a text of the story itself."""
        parts = self.field.split("/")
        return parts[1] if len(parts) > 1 and parts[0] in {"photos", "videos", "claims", "people"} else ""


def texts(story: Story) -> Iterator[tuple[str, str]]:
    """Every text of our own that may reach a reader, with its address; empty ones are left out.

    What the rules of language and facts read. The rules about people also search the rest of
    ``studio.story.reader_fields``, the one table of what gets out.
    """
    for field, text, _ in reader_texts(story):
        parts = field.split("/")
        if parts[0] not in _LATER and parts[-1] != "id":
            yield field, text
