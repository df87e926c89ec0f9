"""Ways out of a finding that are more than other words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.checks.finding import TextFix
from studio.story.places import TextPlace
from studio.story.sources import source_candidates

if TYPE_CHECKING:
    from studio.story.model import Story


def add_sources(story: Story, near: str = "") -> tuple[TextFix, ...]:
    """One click for each who could be added as a source, those who are quoted first.

    Args:
        story: any story.
        near: only those who are named in this text; "" proposes all.
    """
    found = [source for source in source_candidates(story) if not near or source.name in near]
    return tuple(TextFix(TextPlace("sources"), source.name, act="source", role=source.role) for source in found)
