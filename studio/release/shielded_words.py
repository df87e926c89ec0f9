"""Words outside of any story (a report, the file for the Dinas) that must not spell somebody who is protected in one.

The gate judges a story by its own people. What the group writes elsewhere is searched for the protected people of all
stories and products, and for personal data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec.structs import replace

from studio.release.release_gate import is_harmless
from studio.story.model import Story
from studio.story.people import is_shielded
from studio.story.withdrawal import hidden_people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.model import Group, Person


def shielded_people(story: Story) -> list[Person]:
    """Those nothing may lead to. Marks of theirs say something beside the story only; their names do everywhere."""
    return [replace(person, identifiers=()) for person in hidden_people(story) if is_shielded(person)]


def may_tell(shielded: Sequence[Person], group: Group, *, title: str = "", words: str = "") -> bool:
    """Whether a title and words name none of these people and hold no personal data; the empty text always may."""
    if not title.strip() and not words.strip():
        return True
    return is_harmless(Story(id="words", people=tuple(shielded)), group, headline=title, body=words)


def link_words(link: str) -> str:
    """The words that an address spells, for ``may_tell``."""
    return " ".join("".join(sign if sign.isalpha() else " " for sign in unquote(link)).split())
