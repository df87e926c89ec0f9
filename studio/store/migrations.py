"""Bringing documents of older formats up to today's, as pure functions from dict to dict.

``format`` is ``[major, minor]``. A change that older versions may ignore (a new field) raises the minor; anything
else (a field that changes its meaning, moves, or gets a new allowed value) raises the major. To change the format:
raise ``studio.story.model.FORMAT``, add a ``MigrationStep`` here, a fixture under ``tests/workspaces/`` and a line in
docs/format.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.story.model import FORMAT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Version = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MigrationStep:
    """Turns a document of format ``start`` into one of format ``end``; must not change its argument."""

    start: Version
    end: Version
    apply: Callable[[dict[str, Any]], dict[str, Any]]


def _ask_about_covers(document: dict[str, Any]) -> dict[str, Any]:
    """Clips with covers are to be looked at again: a mirrored or cropped one was shown, and covered, elsewhere."""
    videos = document.get("videos")
    if not isinstance(videos, list):
        return document

    def ask_again(video: object) -> object:
        if isinstance(video, dict) and isinstance(video.get("covers"), list) and video["covers"]:
            return {**video, "old_covers": True, "people_checked": False}
        return video

    return {**document, "videos": [ask_again(video) for video in videos]}


STORY_STEPS: tuple[MigrationStep, ...] = (MigrationStep((1, 0), (1, 1), _ask_about_covers),)
"""Steps for story.json, oldest first. 1.0 is the first format."""
WORKSPACE_STEPS: tuple[MigrationStep, ...] = ()
"""Steps for workspace.json, oldest first. 1.0 is the first format."""


def version_of(document: dict[str, Any]) -> Version | None:
    """The format a document says it has; the first one when it says nothing, None when it says nonsense."""
    value = document.get("format", [1, 0])
    if isinstance(value, list) and len(value) == 2 and all(type(part) is int and part >= 0 for part in value):
        return value[0], value[1]
    return None


def is_newer_major(version: Version, current: Version = FORMAT) -> bool:
    """Whether a document of ``version`` may be shown but not written by this version of the studio."""
    return version[0] > current[0]


def migrate_document(document: dict[str, Any], version: Version, steps: Sequence[MigrationStep]) -> dict[str, Any]:
    """Apply every step that starts at the document's version, one after the other."""
    for step in steps:
        if step.start == version:
            document, version = step.apply(document), step.end
    return document
