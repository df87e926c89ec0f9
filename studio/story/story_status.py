"""The way of a story: draft, in review, ready, published, corrected or withdrawn. Nobody needs a role to take a step.

Every step stays in ``Story.log`` with time, name and reason; so does a block that someone overrode.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.errors import UserError
from studio.story.edits import StoryEdit, set_status
from studio.story.model import StatusChange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.story.model import Status, Story

STEPS: Mapping[Status, tuple[Status, ...]] = {
    "draft": ("review", "ready"),
    "review": ("ready", "draft"),
    "ready": ("published", "review", "draft"),
    "published": ("corrected", "withdrawn"),
    "corrected": ("corrected", "withdrawn"),
    "withdrawn": ("draft",),
}
"""Where a story may go. What was published is corrected or withdrawn, never silently a draft again."""
PUBLIC: frozenset[Status] = frozenset({"ready", "published", "corrected"})
"""A story of this status is exported without the mark of a draft."""


def step_status(story: Story, to: Status, when: str, by: str = "", reason: str = "", *, blocks: int = 0) -> StoryEdit:
    """One step along the way.

    Args:
        story: as it is now.
        to: where to.
        when: ISO 8601 with offset.
        by: who takes it; "" where nobody wants to be named.
        reason: why; a withdrawal needs one (Pedoman Pemberitaan Media Siber 4).
        blocks: how many open blocks there are.

    Raises:
        UserError: ``status.not_allowed``, ``status.blocked`` or ``status.reason_needed``.
    """
    if to not in STEPS[story.status]:
        raise UserError("status.not_allowed", now=story.status, to=to)
    if to in PUBLIC and to != "corrected" and blocks:
        raise UserError("status.blocked", count=blocks)
    if to == "withdrawn" and not reason.strip():
        raise UserError("status.reason_needed")
    return set_status(to, when, by, reason.strip())


def override_block(key: str, when: str, by: str, reason: str) -> StoryEdit:
    """Let a block stand, for a reason that stays in the story's log.

    Args:
        key: ``Finding.block_key`` of the block.
        when: ISO 8601 with offset.
        by: who takes the responsibility.
        reason: typed by them.

    Raises:
        UserError: ``status.override_reason``: without a reason no block is overridden.
    """
    if not reason.strip():
        raise UserError("status.override_reason")

    def apply(story: Story) -> Story:
        line = StatusChange(status=story.status, when=when, by=by, reason=reason.strip(), finding=key)
        return replace(story, log=(*story.log, line))

    return StoryEdit("edit.override", apply)


def overridden_blocks(story: Story) -> Mapping[str, StatusChange]:
    """The blocks that were overridden, by key; the latest line counts."""
    return {line.finding: line for line in story.log if line.finding}
