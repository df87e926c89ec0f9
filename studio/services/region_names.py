"""Names of a region's code by the official list (Kepmendagri 300.2.2-2138/2025), for areas of a district report."""

from __future__ import annotations

from studio.lexicon.region_list import region_name
from studio.story.regions import RegionLine


def official_names(code: str) -> RegionLine | None:
    """The names of a province, regency or district by its code; None where the list has no such code.

    The first call reads the list of 7,837 names (30 ms).
    """
    if code.count(".") > 2:
        return None
    parts = code.split(".")
    names = [region_name(".".join(parts[: number + 1])) for number in range(len(parts))]
    if any(name is None for name in names):
        return None
    filled = [name or "" for name in names] + [""] * (3 - len(names))
    return RegionLine(village="", district=filled[2], regency=filled[1], province=filled[0])
