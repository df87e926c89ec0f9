"""What is known about the adjusted texts of a story: which are behind it, and which old facts they still tell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from studio.checks.finding_location import language_word
from studio.story.adjusted_posts import changed_passages, stale_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.base.i18n import MessageTexts
    from studio.preview.preview_results import OutletTexts, PostText
    from studio.story.adjusted_posts import ChangedPassage
    from studio.story.model import Story, TextOverride


@dataclass(frozen=True, slots=True)
class AdjustedText:
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
    changes: tuple[ChangedPassage, ...] = ()
    old_facts: tuple[str, ...] = ()


def variant_of(story: Story, text: PostText, override: TextOverride) -> AdjustedText:
    """What is known about one adjusted text."""
    if not override.base or override.base == text.post.base:
        return AdjustedText(text.key, override.text, stale=False)
    if not override.made:
        return AdjustedText(text.key, override.text, stale=True)
    # What a template leaves out today is no old fact as long as the story itself still tells it.
    said = f"{text.post.made} \n{story.headline} \n{story.place} \n{story.body}"
    old = stale_facts(override.made, said, override.text)
    return AdjustedText(text.key, override.text, True, changed_passages(override.made, text.post.made), old)


def variants_of(story: Story, outlets: Iterable[OutletTexts]) -> dict[str, AdjustedText]:
    """All adjusted texts among these outlets, by key."""
    return {
        text.key: variant_of(story, text, story.overrides[text.key])
        for outlet in outlets
        for text in outlet.texts
        if text.key in story.overrides
    }


def name_of(texts: MessageTexts, key: str) -> str:
    """What a text or card is called: ``"instagram/takarir.txt"`` is the caption; unknown files go by their name.

    Of one in another language, ``"instagram/jv/takarir.txt"``, that is said too.
    """
    file = key.partition("/")[2] or key
    language, _, inside = file.partition("/")
    if inside:
        return f"{name_of(texts, inside)} ({language_word(language, texts)})"
    stem = "utas" if "{n" in file and file.endswith(".txt") else PurePosixPath(file).stem
    code = f"publishdesk.file.{stem}"
    return texts.text(code) if texts.has_text(code) else file
