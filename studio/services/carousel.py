"""The slides of a story's carousel for the window: what each is, in words, and whether it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.story.text import shorten

if TYPE_CHECKING:
    from studio.posts.packs import Outlet
    from studio.story.model import Group, Story
    from studio.story.slide_order import SlideChoice

_WORDS = 70
"""Letters of a slide's beginning: enough to know it by."""


@dataclass(frozen=True, slots=True)
class SlideLine:
    """One slide: ``key`` and ``kind`` as in ``story.slide_order``, the beginning of its words, whether it is shown."""

    key: str
    kind: str
    words: str
    shown: bool


def has_carousel(outlet: Outlet) -> bool:
    """Whether an outlet gets a story's slides: a numbered card."""
    from studio.posts.output_kinds import CardOutput

    return outlet.subject == "story" and any(output.numbered for output in outlet.outputs_of(CardOutput))


def slide_lines(story: Story, group: Group) -> tuple[SlideLine, ...]:
    """Every slide there could be, in the order of the carousel."""
    from studio.posts.template_context import build_context

    material = build_context(story, group)
    quote = material.quote.text if material.quote else ""
    return tuple(
        SlideLine(choice.key, choice.slide.kind, shorten(_words_of(choice, story, quote), _WORDS), choice.shown)
        for choice in material.slide_choices
    )


def _words_of(choice: SlideChoice, story: Story, quote: str) -> str:
    slide = choice.slide
    if slide.kind == "cover":
        return story.headline
    if slide.kind == "quote":
        return quote
    if slide.kind == "photo":
        return next((photo.caption or photo.name for photo in story.photos if photo.id == slide.photo), "")
    return "; ".join(" ".join(filter(None, (item.head, item.text))) for item in slide.items)
