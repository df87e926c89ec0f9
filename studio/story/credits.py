"""Whose a picture is: the group's, or someone's who must be named and whose terms hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from studio.base.origin import SOURCE_TYPES, made_up

if TYPE_CHECKING:
    from studio.story.model import Group, Photo, Story, Video

M = TypeVar("M", bound="Photo | Video")
_NOTICE = re.compile(
    r"©|\(c\)|\bcopyright\b|\bhak cipta\b|\ball rights reserved\b|\b(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FileRights:
    """What a file says about itself, as its maker wrote it. Nothing of it is more than a proposal.

    ``creators`` are the names in order; ``credit`` is the line to print; ``usage`` are the terms; ``place`` the town or
    village; ``taken`` ISO 8601; ``origin`` the mark of where it comes from (``base.origin``).
    """

    caption: str = ""
    creators: tuple[str, ...] = field(default=())
    credit: str = ""
    copyright: str = ""
    usage: str = ""
    alt: str = ""
    place: str = ""
    taken: str = ""
    origin: str = ""

    @property
    def credit_line(self) -> str:
        """Person and agency as a photo's credit; who holds the copyright where neither is named."""
        # Three names at most, so that a credit stays a line.
        parts = [*self.creators[:3], self.credit]
        told: list[str] = []
        for part in (part for part in parts if part):
            # "Rina" beside "Rina/Antara" would be said twice.
            if not any(_text_says(other, part) for other in told):
                told = [other for other in told if not _text_says(part, other)] + [part]
        return "/".join(told) or notice_holder(self.copyright)


def _text_says(whole: str, part: str) -> bool:
    return part.casefold() in whole.casefold()


def notice_holder(notice: str) -> str:
    """Who a copyright notice names: ``© 2024 Antara. All rights reserved.`` -> ``Antara``."""
    return " ".join(_NOTICE.sub(" ", notice).split()).strip(" .,;:-–|/")


def with_brought(item: M, brought: FileRights, own: str = "") -> M:
    """A photo or clip with what its file says, where the user said nothing.

    Args:
        item: as made; what is filled in stays.
        brought: what the file says.
        own: the credit that is proposed when the file names nobody: the user's name never replaces a maker's.
    """
    return replace(
        item,
        caption=item.caption or brought.caption,
        credit=item.credit or brought.credit_line or own,
        copyright=item.copyright or brought.copyright,
        rights=item.rights or brought.usage,
        alt=item.alt or brought.alt,
        place=item.place or brought.place,
        origin_mark=item.origin_mark or brought.origin,
    )


def is_own(story: Story, group: Group, credit: str) -> bool:
    """Whether a credit names someone of the story or the group: as a full name, not as part of another one."""
    names = (*story.byline, story.editor, *group.members, group.name, group.full_name)
    told = credit.casefold()
    return any(
        re.search(rf"(?<!\w){re.escape(name.strip().casefold())}(?!\w)", told) is not None
        for name in names
        if name.strip()
    )


def is_ours(story: Story, group: Group, item: Photo | Video) -> bool:
    """Whether the group may sign a picture as its own: one of its people made it, and no notice names someone else."""
    mine = bool(item.credit.strip()) and is_own(story, group, item.credit)
    return mine and (not notice_holder(item.copyright) or is_own(story, group, item.copyright))


def source_type(item: Photo | Video) -> str:
    """The ``DigitalSourceType`` a picture leaves with: what someone said, but never less than its file says."""
    if made_up(item.origin_mark) and not made_up(item.source_type):
        return item.origin_mark
    return next((term for term in (item.source_type, item.origin_mark) if term in SOURCE_TYPES), "")
