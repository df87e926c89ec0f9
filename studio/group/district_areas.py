"""Where groups lie: provinces, regencies and districts, out of codes and of names that people spelled differently."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from studio.group.district_merge import plain_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from studio.group.handover_file import ReadGroup
    from studio.story.regions import RegionLine

AreaLevel = Literal["all", "province", "regency", "district"]
LEVELS: tuple[AreaLevel, ...] = ("province", "regency", "district")
_CODE_LENGTH = {"province": 2, "regency": 5, "district": 8}
EVERYWHERE = "semua"
"""Key of the area that holds all others."""


@dataclass(frozen=True, slots=True)
class DistrictArea:
    """A region, or all of them.

    Attributes:
        key: unique; the code where one is known.
        level: what it is.
        name: "" where nobody said.
        parent: key of the area it is in; "" for all.
        code: "" where nobody gave one.
    """

    key: str
    level: AreaLevel
    name: str
    parent: str
    code: str = ""


class AreaPath(NamedTuple):
    """Keys of the areas that one group lies in."""

    province: str
    regency: str
    district: str


class AreaTable:
    """All areas of some groups.

    Args:
        places: the groups' regions, or those of known groups.
        official: names of a code of the official list; None where there is none.
    """

    def __init__(self, places: Iterable[ReadGroup], official: Callable[[str], RegionLine | None]) -> None:
        kept = list(places)
        self._official = official
        self._codes = _codes_by_names(kept)
        names: dict[str, Counter[str]] = defaultdict(Counter)
        parents: dict[str, tuple[AreaLevel, str]] = {}
        for place in kept:
            parent = EVERYWHERE
            for level, key in zip(LEVELS, self.path(place), strict=True):
                names[key][" ".join(getattr(place, level).split())] += 1
                parents.setdefault(key, (level, parent))
                parent = key
        self.areas: dict[str, DistrictArea] = {EVERYWHERE: DistrictArea(EVERYWHERE, "all", "", "")}
        for key in sorted(parents, key=lambda key: (LEVELS.index(parents[key][0]), key)):
            level, parent = parents[key]
            # A key made of names has a "~", also behind a code: "35~pacitan" lies in Jawa Timur and is no code. As one
            # it would become the name of a file, and a typed name such as "x/../../y" must not.
            code = "" if "~" in key else key
            self.areas[key] = DistrictArea(key, level, self._name(code, level, names[key]), parent, code)

    def path(self, place: ReadGroup) -> AreaPath:
        """The keys of a place. By its code; without one by its names, which lead to a code that others gave."""
        keys = []
        above = ""
        for level in LEVELS:
            length = _CODE_LENGTH[level]
            code = place.region_code[:length] if len(place.region_code) >= length else ""
            # A code given here, else the code others gave for the same names, else a key made of the names. The key
            # carries the one above it, as there are districts of one name in many regencies.
            above = (
                code
                or self._codes.get((level, *_names_to(place, level)), "")
                or _name_key(above, getattr(place, level))
            )
            keys.append(above)
        return AreaPath(*keys)

    def _name(self, code: str, level: AreaLevel, spellings: Counter[str]) -> str:
        line = self._official(code) if code else None
        if line is not None and getattr(line, level):
            return str(getattr(line, level))
        # The most frequent spelling; of equally frequent ones the first by alphabet, so that the order of the files
        # does not matter.
        said = [(-count, name) for name, count in spellings.items() if name]
        return min(said)[1] if said else ""

    def children(self, key: str) -> tuple[DistrictArea, ...]:
        """The areas directly in one, by name."""
        inside = [area for area in self.areas.values() if area.parent == key]
        return tuple(sorted(inside, key=lambda area: (plain_name(area.name), area.key)))


def _name_key(above: str, name: str) -> str:
    return f"{above}~{plain_name(name)}" if above else f"~{plain_name(name)}"


def _names_to(place: ReadGroup, level: AreaLevel) -> tuple[str, ...]:
    """Names from the given level up to the regency or province: districts of one name are many."""
    return tuple(
        plain_name(getattr(place, name))
        for name in LEVELS[: LEVELS.index(level) + 1]
        if name != "province" or level == "province"
    )


def _codes_by_names(places: Iterable[ReadGroup]) -> Mapping[tuple[str, ...], str]:
    """Which code goes with which names, by what most files say."""
    said: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for place in places:
        for level in LEVELS:
            length = _CODE_LENGTH[level]
            if len(place.region_code) >= length and getattr(place, level):
                said[level, *_names_to(place, level)][place.region_code[:length]] += 1
    return {names: min((-count, code) for code, count in codes.items())[1] for names, codes in said.items()}
