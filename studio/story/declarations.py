"""What only a person can vouch for (checklist P16 to P18, P23, P25, P26, P32): said once, with name and time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from studio.story.edits import StoryEdit
from studio.story.publication_records import Declaration

if TYPE_CHECKING:
    from studio.story.model import Story

DeclarationId = Literal[
    "child_interview",
    "child_social",
    "sensitive_case",
    "decent",
    "altered_media",
    "citizen_material",
    "unpaid",
    "right_of_reply",
    "past_notice",
]


def add_declaration(declaration: str, when: str, by: str) -> StoryEdit:
    """Vouch for something.

    Args:
        declaration: for what: a ``DeclarationId``, or the name of a question of a data pack's checklist.
        when: ISO 8601 with offset.
        by: who does; "" where nobody wants to be named.
    """

    def apply(story: Story) -> Story:
        said = Declaration(when=when, by=by)
        return replace(story, declarations={**story.declarations, declaration: said})

    return StoryEdit("edit.declare", apply)


def take_back(declaration: str) -> StoryEdit:
    """No longer vouch for it."""

    def apply(story: Story) -> Story:
        if declaration not in story.declarations:
            return story
        kept = {name: said for name, said in story.declarations.items() if name != declaration}
        return replace(story, declarations=kept)

    return StoryEdit("edit.declare_not", apply)
