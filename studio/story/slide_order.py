"""Which slides of a carousel are shown and in which order: what a member chose, laid over what is proposed. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.story.explainer_slides import Slide

OFF = "-"
"""Stands before the key of a slide that is left out."""
FIRST = "cover"


@dataclass(frozen=True, slots=True)
class SlideChoice:
    """One slide that there could be.

    Attributes:
        key: what it is known by however the text changes: ``points``, ``points-2``, ``photo:p3``.
        slide: what is on it.
        shown: whether it is part of the carousel.
    """

    key: str
    slide: Slide
    shown: bool = True


def arranged_slides(offered: Sequence[Slide], marks: Sequence[str] | None) -> tuple[SlideChoice, ...]:
    """All slides there could be, in the order of the carousel; the cover is always shown, and first.

    Args:
        offered: as proposed.
        marks: keys in the wanted order, with ``OFF`` before those left out; None takes what is proposed. A slide they
            do not name stands behind the one it was proposed behind; keys of slides that are gone count for nothing.
    """
    keys = _slide_keys(offered)
    known = dict(zip(keys, offered, strict=True))
    told = {mark.removeprefix(OFF): not mark.startswith(OFF) for mark in marks or ()}
    order = [key for key in told if key in known]
    for number, key in enumerate(keys):
        if key not in told:
            order.insert(order.index(keys[number - 1]) + 1 if number else 0, key)
    order.sort(key=lambda key: key != FIRST)
    return tuple(SlideChoice(key, known[key], told.get(key, True) or key == FIRST) for key in order)


def slide_marks(choices: Iterable[tuple[str, bool]]) -> tuple[str, ...]:
    """What a story keeps of keys in their order, each with whether its slide is shown."""
    return tuple(key if shown else OFF + key for key, shown in choices)


def _slide_keys(slides: Sequence[Slide]) -> list[str]:
    met: Counter[str] = Counter()
    keys = []
    for slide in slides:
        key = f"{slide.kind}:{slide.photo}" if slide.kind == "photo" else str(slide.kind)
        met[key] += 1
        keys.append(key if met[key] == 1 else f"{key}-{met[key]}")
    return keys
