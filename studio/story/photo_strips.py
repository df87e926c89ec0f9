"""What is written on the plain photos of a row of pictures: nothing, place and date, or the caption.

The choice stands among the designs (``Story.designs``, ``Group.designs``) under ``"foto"`` for all outlets, or for one
(``"instagram"``, ``"instagram/{n:02}.jpg"``), as cards have theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from msgspec.structs import replace

from studio.story.edits import StoryEdit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.story.model import Story

StripKind = Literal["polos", "tempat", "keterangan"]
STRIP_KINDS: tuple[StripKind, ...] = get_args(StripKind)
STRIP_KEY = "foto"
PLAIN: StripKind = "polos"
"""Where nobody chose: workspaces that are older than the strip keep their pictures as they are."""
NEW: StripKind = "keterangan"
"""What a new group begins with: a picture that is sent on from a row takes its caption along."""


def strip_kind(choices: tuple[Mapping[str, str], ...], outlet: str = "", file: str = "") -> StripKind:
    """What is written on the photos of an outlet.

    Args:
        choices: designs of the story, then of the group; the first that says something counts.
        outlet: its id; "" for what holds for all.
        file: of the photos among its outputs.
    """
    keys = (*((f"{outlet}/{file}", outlet) if outlet else ()), STRIP_KEY)
    for designs in choices:
        for key in keys:
            for kind in STRIP_KINDS:
                if designs.get(key) == kind:
                    return kind
    return PLAIN


def with_strip(designs: Mapping[str, str], kind: str) -> dict[str, str]:
    """A choice of designs with another strip on photos; "" leaves it open."""
    others = {name: kept for name, kept in designs.items() if name != STRIP_KEY}
    return {**others, STRIP_KEY: kind} if kind else others


def set_strip(kind: str) -> StoryEdit:
    """Choose what is written on the photos of this story; "" leaves it to the group."""

    def apply(story: Story) -> Story:
        after = with_strip(story.designs, kind)
        return story if after == story.designs else replace(story, designs=after)

    return StoryEdit("edit.photo_strip", apply)
