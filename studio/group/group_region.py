"""Where the group is, as one of its records: undo and autosave are those of all others, the file is workspace.json."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.story.record_base import Record

if TYPE_CHECKING:
    from studio.story.model import Group

REGION_PLACE = "region"
"""No file of its own: posts show the region, so it stays in workspace.json, where older versions look for it."""
_FIELDS = ("village", "district", "regency", "province", "region_code", "time_zone")


class GroupRegion(Record, frozen=True, kw_only=True):
    """The fields of ``Group`` that say where it is; the time zone is that of the province."""

    village: str = ""
    district: str = ""
    regency: str = ""
    province: str = ""
    region_code: str = ""
    time_zone: str = "WIB"


def region_of(group: Group) -> GroupRegion:
    """The region of a profile."""
    return GroupRegion(**{name: getattr(group, name) for name in _FIELDS})


def place_line(group: Group) -> str:
    """Village, district and regency in one line, as far as they are known."""
    return ", ".join(part for part in (group.village, group.district, group.regency) if part)


def group_in_region(group: Group, region: GroupRegion) -> Group:
    """The profile in another region; the very same when it is there already."""
    if region_of(group) == region:
        return group
    return replace(group, **{name: getattr(region, name) for name in _FIELDS})
