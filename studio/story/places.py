"""Where words stand in a story: one address for every text a reader could get to see.

An address is a path of names and numbers joined by ``/``: ``"headline"``, ``"body"``, ``"byline/0"``, ``"tags/2"``,
``"answers/who"``, ``"sources/0/name"``, ``"photos/<id>/caption"``, ``"videos/<id>/subtitles/3"``,
``"slideshow/narration"``, ``"claims/<id>/text"``,
``"overrides/<outlet>/<file>"``. Rules report them, the window goes there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.story.model import Photo, Story, Video

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
}
_PLAIN = ("headline", "kicker", "place", "date", "editor", "category", "summary", "body", "valid_until")
_PHOTO = ("caption", "credit", "alt", "name", "edited_label", "rights")
_VIDEO = ("caption", "credit", "alt", "name", "title", "title_detail", "title_card", "edited_label", "rights")


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
    """Every text that may reach a reader, with its address; empty ones are left out.

    File names as they came (``.../name``) are among them: an export may carry them. The ledger (claims) and the
    notes about people are not: they never leave the workspace by themselves.
    """
    for field, text in _all(story):
        if text:
            yield field, text


def _all(story: Story) -> Iterator[tuple[str, str]]:
    yield from ((field, getattr(story, field)) for field in _PLAIN)
    for number, name in enumerate(story.byline):
        yield f"byline/{number}", name
    for number, tag in enumerate(story.tags):
        yield f"tags/{number}", tag
    for number, source in enumerate(story.sources):
        yield f"sources/{number}/name", source.name
        yield f"sources/{number}/role", source.role
    for photo in story.photos:
        yield from _media(f"photos/{photo.id}", photo, _PHOTO)
    for video in story.videos:
        yield from _media(f"videos/{video.id}", video, _VIDEO)
        for number, cue in enumerate(video.subtitles):
            yield f"videos/{video.id}/subtitles/{number}", cue.text
    for key, override in story.overrides.items():
        yield f"overrides/{key}", override.text
    for number, correction in enumerate(story.corrections):
        yield f"corrections/{number}/what", correction.what
        yield f"corrections/{number}/before", correction.before
        yield f"corrections/{number}/after", correction.after


def _media(root: str, item: Photo | Video, fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for field in fields:
        yield f"{root}/{field}", getattr(item, field)
