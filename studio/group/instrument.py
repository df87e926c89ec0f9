"""The questions of the self-map as data: indicators with written levels, dimensions with weights, classes, two figures.

``assets/group/instrument.toml`` is the one in use; a data pack may bring another. Reading the file is up to the caller.
"""

from __future__ import annotations

import tomllib
from typing import Annotated, Literal

import msgspec

from studio.base.errors import UserError

Counting = Literal["yes", "part", "no"]
"""Whether the studio counts an indicator itself, sees a part of it, or only asks."""
Percent = Annotated[float, msgspec.Meta(ge=0, le=100)]
BothLanguages = dict[str, str]
"""A text by language, ``id`` and ``en``."""


class Indicator(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question; ``levels`` are the written answers for 0 to 4 by language. Its first two letters are its dimension.

    ``place`` is where the studio improves it (``GroupContext.open_place``), ``lesson`` the id of a lesson or "".
    """

    id: str
    title: BothLanguages
    levels: dict[str, tuple[str, str, str, str, str]]
    counted: Counting = "no"
    place: str = ""
    lesson: str = ""
    ground: str = ""

    @property
    def dimension(self) -> str:
        """The id of its dimension."""
        return self.id[:2]


class Dimension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A group of indicators with its share of the index; an ``optional`` one may not apply to a group."""

    id: str
    weight: Annotated[float, msgspec.Meta(gt=0)]
    title: BothLanguages
    optional: bool = False


class MapClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"least": "from"}):
    """A class and the least index that belongs to it."""

    least: Percent
    title: BothLanguages


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"share": "from"}):
    """One of the figures "has transformed already": a dimension of at least ``share``, some answers of at least ..."""

    id: str
    dimension: str
    share: Percent
    least: dict[str, int] = {}


class Instrument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it; ``most`` is the highest score of an indicator."""

    name: str
    version: Annotated[int, msgspec.Meta(ge=1)]
    most: Annotated[int, msgspec.Meta(ge=1)]
    dimension: tuple[Dimension, ...]
    indicator: tuple[Indicator, ...]
    classes: tuple[MapClass, ...] = msgspec.field(name="class")
    figure: tuple[Figure, ...] = ()

    @property
    def key(self) -> str:
        """Name and version as an assessment names them: ``kim-20/1``."""
        return f"{self.name}/{self.version}"

    def of_dimension(self, dimension: str) -> tuple[Indicator, ...]:
        """The questions of a dimension, in order."""
        return tuple(each for each in self.indicator if each.dimension == dimension)

    def is_asked(self, indicator: Indicator, *, no_business: bool) -> bool:
        """Whether a question applies to a group; an optional dimension does not to one without a business."""
        optional = {each.id for each in self.dimension if each.optional}
        return not (no_business and indicator.dimension in optional)

    def find(self, indicator: str) -> Indicator | None:
        """The question with an id; None for one of another instrument."""
        return next((each for each in self.indicator if each.id == indicator), None)


def read_instrument(text: str, file: str = "instrument.toml") -> Instrument:
    """The instrument in a TOML text.

    Args:
        text: the content of the file.
        file: how errors call it.

    Raises:
        UserError: it is no TOML, a field is missing or wrong, or its parts do not fit together (``group.instrument``).
    """
    try:
        found = msgspec.convert(tomllib.loads(text), Instrument)
    except (ValueError, RecursionError) as error:  # no TOML, a wrong field, or nested too deeply
        raise UserError("group.instrument", file=file, detail=str(error)) from error
    if wrong := _does_not_fit(found):
        raise UserError("group.instrument", file=file, detail=wrong)
    return found


def _does_not_fit(instrument: Instrument) -> str:
    ids = [each.id for each in instrument.indicator]
    dimensions = {each.id for each in instrument.dimension}
    lost = {each.dimension for each in instrument.indicator} ^ dimensions
    if len(set(ids)) != len(ids):
        return "indicator.id"
    if lost:
        return f"dimension {', '.join(sorted(lost))}"
    floors = [each.least for each in instrument.classes]
    if not floors or floors != sorted(floors) or floors[0] != 0:
        return "class.from"
    wrong = [each.id for each in instrument.figure if each.dimension not in dimensions or set(each.least) - set(ids)]
    return f"figure {wrong[0]}" if wrong else ""
