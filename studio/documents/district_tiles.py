"""The 38 provinces as squares, and the colours of fields: the same in pages, paper and window."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.data_shelf import program_shelf
from studio.base.paths import assets_dir
from studio.group.district_areas import EVERYWHERE

if TYPE_CHECKING:
    from studio.documents.district_words import DistrictWords
    from studio.group.district_figures import DistrictFigures

HEAT = ("#fbe9c0", "#f3e3a6", "#dfe6b4", "#bfdcc0", "#97cbb5", "#6bb5a2", "#2f8f7d", "#1a7766", "#0d5c4e")
"""From the lowest to the highest of nine steps, as ``h0`` to ``h8`` in assets/district/gaya.css; numbers stand in the
fields too."""
NO_DATA = "#d5ddd9"
PROVINCES_FILE = "provinces.csv"


@dataclass(frozen=True, slots=True)
class ProvinceTile:
    """A province as a square.

    Attributes:
        short: its name on the square.
        column, row: where it lies, from 0.
        key: of its area; "" where no group handed in.
        name: in full.
        value: median of the index in words; "" without data.
        count: groups.
        step: of ``HEAT``; None without data.
    """

    short: str
    column: int
    row: int
    key: str = ""
    name: str = ""
    value: str = ""
    count: int = 0
    step: int | None = None


def province_tiles(figures: DistrictFigures, words: DistrictWords) -> tuple[ProvinceTile, ...]:
    """All provinces; nothing when all groups are of one, as a map of one among 37 grey squares says nothing."""
    there = {area.code: area for area in figures.table.children(EVERYWHERE) if area.code}
    if len(there) < 2:
        return ()
    tiles: list[ProvinceTile] = []
    for code, short, column, row in _squares():
        if code not in there:
            tiles.append(ProvinceTile(short, column, row))
            continue
        area = figures.areas[there[code].key]
        middle = area.spreads["index"].median
        # The index goes to 100: eight steps of 12.5 between nine colours.
        step = None if middle is None else min(len(HEAT) - 1, round(middle / 12.5))
        name, value = words.area(there[code]), words.number(middle)
        tiles.append(ProvinceTile(short, column, row, there[code].key, name, value, area.respondents, step))
    return tuple(tiles)


def heat_step(mean: float) -> int:
    """The step of ``HEAT`` for a mean of answers, 0 to 4."""
    return min(len(HEAT) - 1, max(0, round(mean * 2)))


def ink_on(step: int | None) -> str:
    """What is read well on a step."""
    return "#ffffff" if step is not None and step > 5 else "#14211d"


def _squares() -> list[tuple[str, str, int, int]]:
    squares: dict[str, tuple[str, str, int, int]] = {}
    for path in (assets_dir() / "district" / PROVINCES_FILE, *program_shelf().files("places", PROVINCES_FILE)):
        squares |= {square[0]: square for square in read_squares(path.read_text(encoding="utf-8-sig"))}
    return list(squares.values())


def read_squares(text: str) -> list[tuple[str, str, int, int]]:
    """Code, name on the square, column and row of each province in a CSV.

    Raises:
        ValueError, KeyError: it has other columns, or no numbers in them.
    """
    rows = csv.DictReader(text.splitlines())
    return [(row["code"], row["short"], int(row["column"]), int(row["row"])) for row in rows]
