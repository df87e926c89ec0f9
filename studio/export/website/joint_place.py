"""The place of one group's site within the site of many groups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from msgspec.structs import replace as with_site

from studio.posts.web_addresses import site_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.export.website.site_sorting import FirstLook
    from studio.release.cross_story_protection import NeighbourIndex, ProtectedNeighbour
    from studio.story.model import Group


@dataclass(frozen=True, slots=True)
class JointPlace:
    """Where a group's site lies, and whom the others protect.

    Attributes:
        others: whom stories of the other groups protect; its ``address`` is the folder of this group's site.
        protected: a hash of all of them.
        site: address of the website of all, without ``/`` at its end; "" for none.
        first: what came down before anything was made.
    """

    others: NeighbourIndex
    protected: str
    site: str = ""
    first: FirstLook | None = None

    def placed_group(self, group: Group) -> Group:
        """The group as its pages here name it: one without a website of its own has its address here."""
        here = f"{self.site}/{self.others.address}" if self.site and not site_address(group) else group.site
        return with_site(group, site=here)

    def protected_people(self, own: Sequence[ProtectedNeighbour]) -> NeighbourIndex:
        """Whom no story of the group may name: those its own stories protect, and those of the others."""
        return replace(self.others, here=tuple(own))
