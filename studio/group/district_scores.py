"""Scores of rounds that came from other groups, by the same weights and classes as the self-map.

A round of another version of the questions is scored over the indicators that both versions have: a code keeps its
meaning for as long as it exists (domain.md 1.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from studio.group.handover_file import ReadRound
    from studio.group.instrument import Instrument

_EXACT = 9
"""Decimals kept, as ``studio.group.scoring`` does."""


@dataclass(frozen=True, slots=True)
class DistrictInstrument:
    """The questions of the self-map as a merge asks them: thousands of rounds are scored by these tables.

    Attributes:
        key: name and version, ``kim-20/1``.
        codes: the indicators in order; the first two letters are the dimension.
        weights: of the dimensions.
        optional: dimensions that may not apply.
        most: the highest score of an indicator.
        classes: (lowest index, code), lowest first.
        figures: dimension, lowest share and lowest answers of ``communication`` and ``business``.
        titles: of dimensions and classes by code, by language.
    """

    key: str
    codes: tuple[str, ...]
    weights: tuple[tuple[str, float], ...]
    optional: frozenset[str]
    most: int
    classes: tuple[tuple[float, str], ...]
    figures: Mapping[str, tuple[str, float, Mapping[str, int]]]
    titles: Mapping[str, Mapping[str, str]]

    @property
    def dimension_codes(self) -> tuple[str, ...]:
        """The dimensions in order."""
        return tuple(code for code, _ in self.weights)

    @property
    def class_codes(self) -> tuple[str, ...]:
        """The classes, lowest first."""
        return tuple(code for _, code in self.classes)

    def class_of(self, index: float) -> str:
        """The class of an index of 0 to 100."""
        return next(code for lowest, code in reversed(self.classes) if index >= lowest)


def district_instrument(instrument: Instrument) -> DistrictInstrument:
    """The tables of the instrument that the self-map uses: weights, classes and figures stand in one file only."""
    classes = [(found.least, f"class-{number}") for number, found in enumerate(instrument.classes)]
    titles = {found.id: found.title for found in instrument.dimension}
    titles |= {code: found.title for (_, code), found in zip(classes, instrument.classes, strict=True)}
    return DistrictInstrument(
        key=instrument.key,
        codes=tuple(found.id for found in instrument.indicator),
        weights=tuple((found.id, found.weight) for found in instrument.dimension),
        optional=frozenset(found.id for found in instrument.dimension if found.optional),
        most=instrument.most,
        classes=tuple(classes),
        figures={found.id: (found.dimension, found.share, found.least) for found in instrument.figure},
        titles=titles,
    )


@dataclass(frozen=True, slots=True)
class RoundScores:
    """One round, scored.

    Attributes:
        date: ISO 8601.
        instrument: that it was made with.
        scores: 0 to 4 by indicator that this studio knows.
        dimensions: 0 to 100, those with an answer.
        index: 0 to 100, weights scaled up over the dimensions there are; None without any answer.
        class_code: "" without an index.
        communication, business: transformed.
        no_business: the dimension US does not apply.
        answered, claimed: answers, and those that nothing proves yet.
    """

    date: str
    instrument: str
    scores: Mapping[str, int]
    dimensions: Mapping[str, float]
    index: float | None
    class_code: str
    communication: bool
    business: bool
    no_business: bool
    answered: int
    claimed: int


def score_round(found: ReadRound, instrument: DistrictInstrument, only: Set[str] | None = None) -> RoundScores:
    """Score a round over the indicators that the instrument has.

    Args:
        found: as it came.
        instrument: weights and classes.
        only: indicators that count; None for all.
    """
    # "kim-20/1" and "kim-20/2" share their codes; another instrument may use "KP1" for another question.
    alike = found.instrument.partition("/")[0] == instrument.key.partition("/")[0]
    asked = (
        () if not alike else instrument.codes if only is None else [code for code in instrument.codes if code in only]
    )
    kept = {code: answer for code in asked if (answer := found.answers.get(code)) is not None}
    # A group may have answered US1 and later ticked "no business"; what it ticked last wins, as in the self-map.
    if found.no_business:
        kept = {code: answer for code, answer in kept.items() if code[:2] not in instrument.optional}
    scores = {code: answer.score for code, answer in kept.items()}
    values: dict[str, list[int]] = {dimension: [] for dimension in instrument.dimension_codes}
    for code, score in scores.items():
        values[code[:2]].append(score)
    dimensions = {
        code: round(100 * sum(given) / (instrument.most * len(given)), _EXACT)
        for code, given in values.items()
        if given
    }
    weights = {code: weight for code, weight in instrument.weights if code in dimensions}
    index = None
    if weights:
        whole = sum(dimensions[code] * weight for code, weight in weights.items())
        # Weights that add up to 0.999... in binary must not lift a full score above 100, nor push 80 below the class
        # that starts at 80.
        index = round(min(100.0, whole / sum(weights.values())), _EXACT)
    return RoundScores(
        date=found.date,
        instrument=found.instrument,
        scores=scores,
        dimensions=dimensions,
        index=index,
        class_code="" if index is None else instrument.class_of(index),
        communication=_is_reached("communication", dimensions, scores, instrument),
        business=_is_reached("business", dimensions, scores, instrument),
        no_business=found.no_business,
        answered=len(kept),
        claimed=sum(answer.level == "claimed" for answer in kept.values()),
    )


def _is_reached(
    figure: str, dimensions: Mapping[str, float], scores: Mapping[str, int], instrument: DistrictInstrument
) -> bool:
    if figure not in instrument.figures:
        return False
    dimension, share, least = instrument.figures[figure]
    return dimensions.get(dimension, -1) >= share and all(scores.get(code, 0) >= low for code, low in least.items())


def score_shared(
    before: ReadRound, after: ReadRound, instrument: DistrictInstrument
) -> tuple[RoundScores, RoundScores]:
    """Two rounds of a group over what both answer, so that a change is one of the group and not of the questions."""
    common = before.answers.keys() & after.answers.keys()
    if before.no_business or after.no_business:
        # If the business dimension counted in one of the two rounds only, founding a business would show as a loss of
        # index.
        common = {code for code in common if code[:2] not in instrument.optional}
    return score_round(before, instrument, common), score_round(after, instrument, common)
