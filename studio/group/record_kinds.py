"""Which record lies where below ``group/``: the one table for reading, the window and the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.group.activities import ACTIVITIES, Activity
from studio.group.assessment import ASSESSMENTS, Assessment
from studio.group.bulletins import BULLETINS, Bulletin
from studio.group.group_region import REGION_PLACE, GroupRegion
from studio.group.lessons import LESSONS, LessonProgress
from studio.group.notes import NOTES, GroupNote
from studio.group.products import FOLDER as PRODUCTS
from studio.group.products import Product
from studio.group.profile import PRIVATE_PLACE, PROFILE_PLACE, GroupProfile, PrivateContacts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.story.record_base import Record

FILE_KINDS: Mapping[str, type[Record]] = {PROFILE_PLACE: GroupProfile, PRIVATE_PLACE: PrivateContacts}
"""Single files, by place."""
FOLDER_KINDS: Mapping[str, type[Record]] = {
    ACTIVITIES: Activity,
    ASSESSMENTS: Assessment,
    BULLETINS: Bulletin,
    LESSONS: LessonProgress,
    NOTES: GroupNote,
    PRODUCTS: Product,
}
"""Folders that hold a file for each thing, by name."""


def kind_at(place: str) -> type[Record] | None:
    """The kind of record at a place (``"profile.json"``, ``"products/<id>.json"``); None where none is known."""
    if place == REGION_PLACE:
        return GroupRegion
    folder, slash, _ = place.partition("/")
    return FOLDER_KINDS.get(folder) if slash else FILE_KINDS.get(place)
