"""What a round of the self-map comes to: dimensions, index, class, the two figures, and the next steps.

A dimension is the mean of its answers times 25, the index the weighted mean of the dimensions (docs/format.md). What is
not answered counts neither way: weights are scaled up over what is known, and ``MapResult.answered`` says how much is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.group.assessment import Assessment
    from studio.group.instrument import Dimension, Figure, Indicator, Instrument, MapClass

Compared = Literal["same", "version", "other"]
"""How the questions of a round relate to the instrument: the same, another version (what is common counts), another."""
STEPS = 3
"""How many next steps are named."""
_EXACT = 9
"""Decimals kept: beyond, sums of floating numbers differ by the order in which they were added."""


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """A dimension: 0 to 100, None where nothing is answered or it does not apply."""

    dimension: Dimension
    score: float | None
    answered: int
    asked: int
    applies: bool = True


@dataclass(frozen=True, slots=True)
class FigureResult:
    """Whether a group "has transformed already": None where the dimension does not apply or is not answered.

    ``missing`` are ids of indicators below what the figure asks for; ``share`` tells whether the dimension is too low.
    """

    figure: Figure
    reached: bool | None
    missing: tuple[str, ...] = ()
    share: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """One level up for one indicator: from which to which, and how much the index (0 to 100) grows by that."""

    indicator: Indicator
    score: int
    target: int
    gain: float


@dataclass(frozen=True, slots=True)
class MapResult:
    """What a round comes to.

    Attributes:
        compared: how its questions relate to the instrument.
        dimensions: in the order of the instrument.
        index: 0 to 100, None when nothing is answered.
        map_class: the class of that index.
        figures: the two figures the seed of the project asks for.
        answered: questions with an answer, of those that apply.
        asked: questions that apply.
        claimed: answers that only the group itself vouches for.
    """

    compared: Compared
    dimensions: tuple[DimensionScore, ...]
    index: float | None
    map_class: MapClass | None
    figures: tuple[FigureResult, ...]
    answered: int
    asked: int
    claimed: int

    def dimension(self, name: str) -> float | None:
        """The score of a dimension by its id."""
        return next((each.score for each in self.dimensions if each.dimension.id == name), None)

    def figure(self, name: str) -> bool | None:
        """Whether a figure is reached, by its id."""
        return next((each.reached for each in self.figures if each.figure.id == name), None)


def score_round(assessment: Assessment, instrument: Instrument) -> MapResult:
    """Score a round. Answers to questions that the instrument does not have are left out; nothing is raised."""
    compared = compare_instrument(assessment.instrument, instrument)
    # Another version of the same instrument keeps its codes' meaning; in another instrument "KP1" may be any question.
    scores = {} if compared == "other" else known_scores(assessment, instrument)
    dimensions = tuple(_dimension_score(each, scores, assessment, instrument) for each in instrument.dimension)
    index = weighted_index(dimensions)
    answered, asked = sum(each.answered for each in dimensions), sum(each.asked for each in dimensions if each.applies)
    return MapResult(
        compared,
        dimensions,
        index,
        None if index is None else class_of(index, instrument),
        tuple(_judge_figure(each, dimensions, scores) for each in instrument.figure),
        answered,
        asked,
        sum(1 for name in scores if _applies(name, dimensions) and assessment.answers[name].level == "claimed"),
    )


def compare_instrument(key: str, instrument: Instrument) -> Compared:
    """How the questions called ``key`` (``kim-20/1``) relate to the instrument."""
    name, _, version = key.partition("/")
    if name != instrument.name:
        return "other"
    return "same" if version == f"{instrument.version}" else "version"


def known_scores(assessment: Assessment, instrument: Instrument) -> dict[str, int]:
    """The scores of questions the instrument has, held within 0 to its most."""
    known = {each.id for each in instrument.indicator}
    return {
        name: max(0, min(instrument.most, answer.score)) for name, answer in assessment.answers.items() if name in known
    }


def weighted_index(dimensions: Sequence[DimensionScore]) -> float | None:
    """The weighted mean of the dimensions that have a score, 0 to 100: weights are scaled up over them."""
    scored = [(each.dimension.weight, each.score) for each in dimensions if each.score is not None]
    whole = sum(weight for weight, _ in scored)
    if not whole:
        return None
    # Binary fractions give 79.99999999999999 where paper gives 80, and a class begins at 80.
    return round(min(100.0, sum(weight * score for weight, score in scored) / whole), _EXACT)


def class_of(index: float, instrument: Instrument) -> MapClass:
    """The highest class whose least index is reached."""
    return [each for each in instrument.classes if each.least <= index][-1]


def next_class(index: float, instrument: Instrument) -> MapClass | None:
    """The class above; None in the highest."""
    return next((each for each in instrument.classes if each.least > index), None)


def next_steps(assessment: Assessment, instrument: Instrument, most: int = STEPS) -> tuple[NextStep, ...]:
    """The steps that lead on soonest: what a figure still asks for first, then what lifts the index most.

    Among equals the lower score goes first, then the order of the questions. Questions without an answer stand at 0.
    """
    result = score_round(assessment, instrument)
    scores = known_scores(assessment, instrument)
    wanted = {name for each in result.figures if each.reached is False for name in each.missing}
    low = {each.figure.dimension for each in result.figures if each.reached is False and each.share}
    steps = []
    for order, indicator in enumerate(instrument.indicator):
        score = scores.get(indicator.id, 0)
        if score >= instrument.most or not _applies(indicator.id, result.dimensions):
            continue
        step = NextStep(indicator, score, score + 1, _gain(indicator, instrument, result.dimensions))
        # False sorts before True: what a figure is missing comes first.
        rank = (indicator.id not in wanted, indicator.dimension not in low, -step.gain, score, order)
        steps.append((rank, step))
    return tuple(step for _, step in sorted(steps, key=lambda pair: pair[0])[:most])


def _dimension_score(
    dimension: Dimension, scores: Mapping[str, int], assessment: Assessment, instrument: Instrument
) -> DimensionScore:
    asked = instrument.of_dimension(dimension.id)
    if dimension.optional and assessment.no_business:
        return DimensionScore(dimension, None, 0, len(asked), applies=False)
    given = [scores[each.id] for each in asked if each.id in scores]
    score = round(100 * sum(given) / (instrument.most * len(given)), _EXACT) if given else None
    return DimensionScore(dimension, score, len(given), len(asked))


def _judge_figure(figure: Figure, dimensions: Sequence[DimensionScore], scores: Mapping[str, int]) -> FigureResult:
    found = next(each for each in dimensions if each.dimension.id == figure.dimension)
    if found.score is None:
        return FigureResult(figure, None)
    missing = tuple(name for name, least in figure.least.items() if scores.get(name, 0) < least)
    low = found.score < figure.share
    return FigureResult(figure, not (missing or low), missing, low)


def _applies(indicator: str, dimensions: Sequence[DimensionScore]) -> bool:
    return any(each.applies and each.dimension.id == indicator[:2] for each in dimensions)


def _gain(indicator: Indicator, instrument: Instrument, dimensions: Sequence[DimensionScore]) -> float:
    """What one level more adds to the index once all is answered."""
    whole = sum(each.dimension.weight for each in dimensions if each.applies)
    own = next(each.dimension.weight for each in dimensions if each.dimension.id == indicator.dimension)
    # Over all questions of the dimension, as if they were answered: shared among the answered ones only, the first
    # answer in an empty dimension would look like a giant step.
    return 100 * own / whole / (instrument.most * len(instrument.of_dimension(indicator.dimension)))
