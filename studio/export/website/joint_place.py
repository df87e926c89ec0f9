"""The place of one group's site within the site of many groups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.release.joined_stories import NeighbourIndex, ProtectedNeighbour


@dataclass(frozen=True, slots=True)
class JointPlace:
    """Where a group's site lies, and whom the others protect.

    Attributes:
        others: whom stories of the other groups protect.
        protected: a hash of all of them.
    """

    others: NeighbourIndex
    protected: str

    def protected_people(self, own: Sequence[ProtectedNeighbour]) -> NeighbourIndex:
        """Whom no story of the group may name: those its own stories protect, and those of the others."""
        return replace(self.others, here=tuple(own))
