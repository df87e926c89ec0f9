"""A village and what it is in: the line a list shows, and the name that posts carry.

A list of regions shows ``Desa Sukamaju, Tigapanah, Kabupaten Karo, Sumatera Utara``; a profile keeps the four apart,
and a dateline has ``Sukamaju`` alone. Earlier versions of the window stored the shown line as the village;
``healed_group`` and ``healed_place`` take it apart again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

if TYPE_CHECKING:
    from studio.story.model import Group

_KIND = re.compile(r"(?:desa|ds\b\.?|kelurahan|kel\b\.?|kalurahan|nagari|gampong|pekon)\s+", re.IGNORECASE)
"""What a village is called before its name."""
_REGENCY = re.compile(r"(?:Kabupaten|Kota) \S")


class RegionLine(NamedTuple):
    """The four names of a shown line."""

    village: str
    district: str
    regency: str
    province: str


def split_line(text: str) -> RegionLine | None:
    """The names in a shown line; None for any other text (a regency is called Kabupaten or Kota in the list)."""
    parts = [" ".join(part.split()) for part in text.split(",")]
    return RegionLine(*parts) if len(parts) == 4 and all(parts) and _REGENCY.match(parts[2]) else None


def bare_village(village: str) -> str:
    """The name without its kind and what it is in: "Desa Sukamaju", "ds. Sukamaju, Kec. Ciawi" -> "Sukamaju"."""
    name = village.partition(",")[0].strip()
    return _KIND.sub("", name, count=1) if _KIND.match(name) else name


def healed_group(group: Group) -> Group:
    """The profile with its village as a name alone; what is in the other fields stays."""
    line = split_line(group.village)
    if line is None:
        return group
    return replace(
        group,
        village=line.village,
        district=group.district or line.district,
        regency=group.regency or line.regency,
        province=group.province or line.province,
    )


def healed_place(place: str, group: Group) -> str:
    """The place of a story without the rest of the line, when it is the line of the group's own village.

    Any other text stays: someone may have meant it.
    """
    line = split_line(place)
    if line is None or bare_village(line.village).casefold() != bare_village(group.village).casefold():
        return place
    return bare_village(line.village)


def short_place(place: str) -> str:
    """A place as readers understand it: ``Sukamaju`` and the full line of Sukamaju are the same."""
    line = split_line(place)
    return bare_village(line.village) if line else place
