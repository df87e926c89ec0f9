"""Letters that no bundled font has: on cards, videos and printed pages a box would stand for them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from studio.checks.finding import Finding
from studio.story.drawn import undrawable_letters
from studio.story.media_fields import TEXTS
from studio.story.places import TextPlace, placed_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.story.drawn import Drawable
    from studio.story.model import Group, Story

_TEXT_ONLY = frozenset(field.name for field in TEXTS if not field.drawn)
"""Fields of photos and clips that appear as text alone, if at all."""
_MOST = 6
"""Letters that a finding names; more are counted."""
_GROUP = ("name", "full_name", "village", "district", "regency", "address")


def check_drawing(story: Story, group: Group, drawable: Drawable) -> Iterator[Finding]:
    """Topic ``form``: every field whose words are drawn and hold such letters."""
    for field, text in placed_texts(story):
        parts = field.split("/")
        if parts[0] in {"overrides", "tags"} or (parts[0] in {"photos", "videos"} and parts[-1] in _TEXT_ONLY):
            continue
        if parts[0] == "texts" and parts[2] == "alts":
            continue
        if found := undrawable_letters(text, drawable):
            at, letter = found[0]
            yield _letters_finding([cluster for _, cluster in found], TextPlace(field, at, at + len(letter)))
    told = "\n".join(str(getattr(group, field)) for field in _GROUP)
    if found := undrawable_letters(told, drawable):
        yield _letters_finding([cluster for _, cluster in found], None)


def _letters_finding(letters: list[str], place: TextPlace | None) -> Finding:
    code = "form_not_drawn" if place else "form_group_not_drawn"
    facts = {"characters": letters_named(letters), "count": len(letters)}
    return Finding(code, "warning", "form", place, facts, "huruf bawaan")


def letters_named(letters: list[str]) -> str:
    """Letters with their code points, as a user reads them: ``春 (U+6625), 节 (U+8282)``."""
    shown = [
        f"{letter} ({' '.join(f'U+{ord(character):04X}' for character in unicodedata.normalize('NFC', letter))})"
        for letter in letters[:_MOST]
    ]
    return ", ".join(shown) + (", …" if len(letters) > _MOST else "")
