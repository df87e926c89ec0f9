"""Where words are in a story: one address for every text a reader could get to see.

An address is a path of names and numbers joined by ``/``: ``"headline"``, ``"body"``, ``"byline/0"``, ``"tags/2"``,
``"answers/who"``, ``"sources/0/name"``, ``"photos/<id>/caption"``, ``"videos/<id>/subtitles/3"``,
``"slideshow/narration"``, ``"claims/<id>/text"``, ``"comments/<id>"``, ``"publications/0/link"``,
``"overrides/<outlet>/<file>"``, ``"texts/<language>/captions/<id>"``, ``"group/hashtags/0"`` (the group's profile).
Rules report them, the window goes there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.story.media_fields import DETAILS, STRIP
from studio.story.reader_fields import reader_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studio.story.model import Story

DeskName = Literal["write", "photo", "video", "check", "publish", "profile"]
"""Where something is fixed: a desk, or the profile of the group."""


def _field_rows(root: str, names: str) -> tuple[str, ...]:
    return tuple(f"{root}{name}" for name in names.split())


_MEDIA = " ".join(field.name for field in DETAILS)
_STRIP = " ".join(field.name for field in STRIP)
_OF_DESK: Mapping[DeskName, tuple[str, ...]] = {
    "write": (
        *_field_rows("", "headline kicker place date date_end hours byline editor category tags summary body kind"),
        *_field_rows("", "valid_until language advertorial byline/* tags/* answers/* service_answers/* sources"),
        *_field_rows("sources/*/", "name role contact when note terms"),
        *("texts/*", *_field_rows("texts/*/", "headline kicker place summary body")),
        *_field_rows("texts/*/", "captions/* alts/* titles/* title_details/* title_cards/* subtitles/*/*"),
        "texts/*/service_answers/*",
    ),
    "photo": ("photos", "cover", *_field_rows("photos/*/", _MEDIA)),
    "video": ("videos", "slideshow", *_field_rows("videos/*/", f"{_MEDIA} {_STRIP} subtitles/*")),
    "check": (
        *("claims", "people", "declarations/*", "comments", "comments/*"),
        *_field_rows(
            "claims/*/", "text kind anchor first_seen received evidence steps/* asked references references/*"
        ),
        *_field_rows(
            "claims/*/", "verdict disorder explanation checker second_reader confidence public harmful urgent picture"
        ),
        *_field_rows("people/*/", "name aliases age_group role protected missing identifiers consent note"),
    ),
    "publish": (
        *("motion", "overrides/*"),
        "corrections",
        *_field_rows("corrections/*/", "what reason before after"),
        "publications/*/link",
        *("right_of_reply", *_field_rows("right_of_reply/*/", "text by role")),
    ),
    "profile": _field_rows(
        "group/",
        "name full_name village district regency province site phone email address license time_zone members"
        " members/* hashtags hashtags/* accounts/* logo",
    ),
}
FIELDS: Mapping[str, DeskName] = {pattern: desk for desk, patterns in _OF_DESK.items() for pattern in patterns}
"""THE table of what can be pointed at: each address, ``*`` for ids, numbers and names of posts, and where it is fixed.

Rules report only such addresses (``tests/checks/test_addresses.py``), and the window puts the focus into the very
field of each (``tests/ui/check/test_ways.py``).
"""
_NAMED = frozenset(
    {"photos", "videos", "claims", "people", "sources", "corrections", "publications", "comments", "right_of_reply"}
)
_LISTS = frozenset({"byline", "tags", "answers", "declarations", "service_answers"})


def pattern_of(field: str) -> str:
    """The row of ``FIELDS`` for an address: ``photos/<id>/caption`` is ``photos/*/caption``.

    What has no row of its own (the id of a photo) leads to what it belongs to: ``photos``.
    """
    root, *rest = field.split("/")
    if root == "overrides":
        return "overrides/*"
    if root == "texts" and rest:
        found = "/".join((root, "*", *rest[1:2], *("*" for _ in rest[2:])))
    elif root in _LISTS:
        found = f"{root}/*" if rest else root
    elif root in _NAMED and rest:
        found = "/".join((root, "*", *_list_parts(rest[1:])))
    else:
        found = "/".join((root, *_list_parts(rest)))
    return found if found in FIELDS else root


def _list_parts(parts: list[str]) -> list[str]:
    """The parts after a record's own name: the item of a list is any of them."""
    return parts if len(parts) < 2 else [parts[0], "*"]


_LATER = frozenset({"claims", "publications", "language", "right_of_reply", "motion", "slideshow"})
"""Of what reaches readers, what is no text of our own: words that went round or of who replies, links, music."""


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Part of a text: ``field`` is its address, ``start``/``end`` are code points (both 0: all of it)."""

    field: str
    start: int = 0
    end: int = 0

    @property
    def desk(self) -> DeskName:
        """The desk on which it is fixed."""
        return FIELDS.get(pattern_of(self.field), "profile" if self.field.startswith("group/") else "write")

    @property
    def pattern(self) -> str:
        """Its row of ``FIELDS``."""
        return pattern_of(self.field)

    @property
    def item(self) -> str:
        """The id of the photo, clip, claim or person it belongs to; "" for a text of the story itself."""
        parts = self.field.split("/")
        return parts[1] if len(parts) > 1 and parts[0] in {"photos", "videos", "claims", "people"} else ""


def placed_texts(story: Story) -> Iterator[tuple[str, str]]:
    """Every text of our own that may reach a reader, with its address; empty ones are left out.

    What the rules of language and facts read. The rules about people also search the rest of
    ``studio.story.reader_fields``, the one table of what gets out.
    """
    for field, text, _ in reader_texts(story):
        parts = field.split("/")
        if parts[0] not in _LATER and parts[-1] != "id":
            yield field, text
