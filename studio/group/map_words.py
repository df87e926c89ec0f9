"""The self-map in words: card, sheet, window and command say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.locale_forms import number_text
from studio.group.scoring import next_class

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts
    from studio.group.instrument import Indicator, Instrument
    from studio.group.scoring import MapResult


def index_words(result: MapResult, texts: MessageTexts) -> str:
    """The index as people read it, "–" where nothing is answered."""
    return "–" if result.index is None else number_text(result.index, texts.language, 0)


def class_words(result: MapResult, texts: MessageTexts) -> str:
    """The class in the language of the texts, with a word when answers are missing."""
    if result.map_class is None:
        return texts.text("group.map.no_answer")
    title = result.map_class.title[texts.language]
    whole = result.answered == result.asked
    return title if whole else texts.text("group.map.partly", title=title, n=result.answered, asked=result.asked)


def missing_words(result: MapResult, instrument: Instrument, texts: MessageTexts) -> str:
    """How far the next class is."""
    above = next_class(result.index, instrument) if result.index is not None else None
    if result.index is None or above is None:
        return texts.text("group.map.top" if result.index is not None else "group.map.no_answer")
    points = number_text(max(0.1, above.least - result.index), texts.language, 1)
    return texts.text("group.map.to_next", points=points, title=above.title[texts.language])


def figure_words(result: MapResult, name: str, texts: MessageTexts) -> str:
    """One of the two figures as a sentence."""
    reached = result.figure(name)
    state = "none" if reached is None else "yes" if reached else "no"
    return texts.text(f"group.map.figure.{name}.{state}")


def step_words(indicator: Indicator, score: int, target: int, texts: MessageTexts) -> str:
    """A next step as a sentence: from which written level to which."""
    levels = indicator.levels[texts.language]
    title = indicator.title[texts.language]
    return texts.text("group.map.step", title=title, now=levels[score], then=levels[target].removeprefix("+ "))
