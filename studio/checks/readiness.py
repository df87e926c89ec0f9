"""Ready to publish? What stops a story, what was let through for a reason, and what is only advice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.story.story_status import PUBLIC, overridden_blocks
from studio.story.withdrawal import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studio.checks.finding import Finding
    from studio.story.model import StatusChange, Story


@dataclass(frozen=True, slots=True)
class StoryReadiness:
    """The findings of a story, sorted.

    Attributes:
        blocks: what has to be fixed, or overridden with a reason.
        warnings: what should be looked at.
        advice: what would make it better.
        overridden: blocks that someone let stand.
        reasons: ``block_key`` of such a block -> the line of the log with the reason.
        public: whether the story's status lets it out without the mark of a draft.
        withdrawn: whether it was taken back: then it is no draft, also while it is being written again.
    """

    blocks: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    advice: tuple[Finding, ...]
    overridden: tuple[Finding, ...]
    reasons: Mapping[str, StatusChange]
    public: bool
    withdrawn: bool = False

    @property
    def ready(self) -> bool:
        """Whether nothing stops it."""
        return not self.blocks

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """Blocks that protect people: with them nothing is exported, not even a draft."""
        return tuple(finding for finding in self.blocks if finding.topic == "people")

    @property
    def draft(self) -> bool:
        """Whether an export carries the mark of a draft."""
        return not self.withdrawn and not (self.public and self.ready)


def judge_readiness(story: Story, findings: Iterable[Finding]) -> StoryReadiness:
    """Sort what the rules found."""
    reasons = overridden_blocks(story)
    aside = frozenset(story.put_aside)
    # A block cannot be put aside: it stands until it is fixed, or is overridden with a reason that is kept.
    every = tuple(finding for finding in findings if finding.level == "block" or finding.key not in aside)
    blocks = tuple(finding for finding in every if finding.level == "block")
    return StoryReadiness(
        blocks=tuple(finding for finding in blocks if finding.block_key not in reasons),
        warnings=tuple(finding for finding in every if finding.level == "warning"),
        advice=tuple(finding for finding in every if finding.level == "advice"),
        overridden=tuple(finding for finding in blocks if finding.block_key in reasons),
        reasons=reasons,
        public=story.status in PUBLIC,
        withdrawn=is_withdrawn(story),
    )
