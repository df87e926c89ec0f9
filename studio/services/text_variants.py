"""What is known about the adjusted texts of a story: which are behind it, and which old facts they still tell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from studio.story.variants import passages, stale_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.base.i18n import Texts
    from studio.preview.preview_results import OutletTexts, PostText
    from studio.story.model import Override, Story
    from studio.story.variants import Passage


@dataclass(frozen=True, slots=True)
class Variant:
    """An adjusted text.

    Attributes:
        key: of the override.
        text: as the user left it.
        stale: the templates make something else now than when it was adjusted.
        changes: what became different; empty when that is not known.
        old_facts: what the story no longer says but the text still does.
    """

    key: str
    text: str
    stale: bool
    changes: tuple[Passage, ...] = ()
    old_facts: tuple[str, ...] = ()


def variant_of(story: Story, text: PostText, override: Override) -> Variant:
    """What is known about one adjusted text."""
    if not override.base or override.base == text.post.base:
        return Variant(text.key, override.text, stale=False)
    if not override.made:
        return Variant(text.key, override.text, stale=True)
    # What a template leaves out today is no old fact as long as the story itself still tells it.
    said = f"{text.post.made} \n{story.headline} \n{story.place} \n{story.body}"
    old = stale_facts(override.made, said, override.text)
    return Variant(text.key, override.text, True, passages(override.made, text.post.made), old)


def variants_of(story: Story, outlets: Iterable[OutletTexts]) -> dict[str, Variant]:
    """All adjusted texts among these outlets, by key."""
    return {
        text.key: variant_of(story, text, story.overrides[text.key])
        for outlet in outlets
        for text in outlet.texts
        if text.key in story.overrides
    }


def name_of(texts: Texts, key: str) -> str:
    """What a text or card is called: ``"instagram/takarir.txt"`` is the caption; unknown files go by their name."""
    file = key.partition("/")[2] or key
    stem = "utas" if "{n" in file and file.endswith(".txt") else PurePosixPath(file).stem
    code = f"publishdesk.file.{stem}"
    return texts.text(code) if code in texts.codes() else file
