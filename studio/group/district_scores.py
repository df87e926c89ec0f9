"""Scores of rounds that came from other groups, by the same weights and classes as the self-map.

A round of another version of the questions is scored over the indicators that both versions have: a code keeps its
meaning for as long as it exists (domain.md 1.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.group.answer_line import LINE_INSTRUMENT, LINE_ORDER

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from studio.group.handover_file import ReadRound

TRANSFORMED = 50.0
"""From which KP or US a group "has transformed" (domain.md 1.5)."""


@dataclass(frozen=True, slots=True)
class DistrictInstrument:
    """Questions, weights and classes.

    Attributes:
        name: with its version.
        codes: the indicators in order; the first two letters are the dimension.
        weights: of the dimensions, in percent.
        classes: (lowest index, code), lowest first.
        needed: indicators that must be at least 2 for "transformed: communication".
    """

    name: str = LINE_INSTRUMENT
    codes: tuple[str, ...] = LINE_ORDER
    weights: tuple[tuple[str, float], ...] = (("KL", 15), ("KP", 40), ("US", 20), ("KD", 25))
    classes: tuple[tuple[float, str], ...] = (
        (0, "conventional"),
        (25, "pioneering"),
        (50, "growing"),
        (75, "independent"),
    )
    needed: tuple[str, ...] = ("KP1", "KP2", "KP5")

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
    asked = instrument.codes if only is None else [code for code in instrument.codes if code in only]
    kept = {code: answer for code in asked if (answer := found.answers.get(code)) is not None}
    if found.no_business:
        kept = {code: answer for code, answer in kept.items() if code[:2] != "US"}
    scores = {code: answer.score for code, answer in kept.items()}
    values: dict[str, list[int]] = {dimension: [] for dimension in instrument.dimension_codes}
    for code, score in scores.items():
        values[code[:2]].append(score)
    dimensions = {code: sum(given) * 25 / len(given) for code, given in values.items() if given}
    weights = {code: weight for code, weight in instrument.weights if code in dimensions}
    index = (
        sum(dimensions[code] * weight for code, weight in weights.items()) / sum(weights.values()) if weights else None
    )
    return RoundScores(
        date=found.date,
        instrument=found.instrument,
        scores=scores,
        dimensions=dimensions,
        index=index,
        class_code="" if index is None else instrument.class_of(index),
        communication=dimensions.get("KP", 0) >= TRANSFORMED
        and all(scores.get(code, 0) >= 2 for code in instrument.needed),
        business=dimensions.get("US", 0) >= TRANSFORMED,
        no_business=found.no_business,
        answered=len(kept),
        claimed=sum(answer.level == "claimed" for answer in kept.values()),
    )


def score_shared(
    before: ReadRound, after: ReadRound, instrument: DistrictInstrument
) -> tuple[RoundScores, RoundScores]:
    """Two rounds of a group over what both answer, so that a change is one of the group and not of the questions."""
    common = before.answers.keys() & after.answers.keys()
    if before.no_business or after.no_business:
        common = {code for code in common if not code.startswith("US")}
    return score_round(before, instrument, common), score_round(after, instrument, common)
