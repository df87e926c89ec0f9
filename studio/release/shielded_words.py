"""Words outside of any story (a report, the file for the Dinas) that must not spell someone who is protected in one.

The gate judges a story by its own people. What the group writes elsewhere is searched for the protected people of all
stories and products, and for personal data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec.structs import replace

from studio.base.errors import UserError, WorkNotice
from studio.group.products import product_story
from studio.release.release_gate import is_harmless
from studio.story.model import Story
from studio.story.people import is_shielded
from studio.story.withdrawal import hidden_people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from studio.base.progress import Progress
    from studio.group.products import Product
    from studio.store.workspace import Workspace
    from studio.story.model import Group, Person

_SILENT = frozenset({"off_record", "background"})
"""Terms of a source whose name is never given (KEJ 7)."""


@dataclass(frozen=True, slots=True)
class ShieldedNames:
    """Whom nothing outside of a story may name.

    Attributes:
        people: those who are protected in any story or product.
        sources: names of those who spoke off the record or for background, and nowhere openly.
    """

    people: tuple[Person, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadLibrary:
    """What was read of all stories of a group, for a paper that tells of some of them.

    Attributes:
        stories: by folder, those that were asked for.
        shield: whom the paper may not name.
        notices: stories that could not be read.
    """

    stories: Mapping[str, Story]
    shield: ShieldedNames
    notices: tuple[WorkNotice, ...]


def read_library(
    workspace: Workspace, products: Iterable[Product], wants: Callable[[str, Story], bool], progress: Progress
) -> ReadLibrary:
    """Read every story once.

    Args:
        workspace: open; reading is enough.
        products: of the group: their makers may have to be protected too.
        wants: whether a story is kept, by its folder and itself.
        progress: called story by story; may raise ``WorkCancelled``.
    """
    notices: list[WorkNotice] = []
    people: list[Story] = [product_story(product) for product in products]
    stories: dict[str, Story] = {}
    folders = workspace.story_folders()
    for number, folder in enumerate(folders):
        progress.report(number, len(folders) or 1, folder)
        try:
            story = workspace.load(folder)
        except UserError as error:
            notices.append(WorkNotice(error.code, error.facts))
            continue
        # Of every story, also those that are not told of: a title or an activity may name someone who is protected in
        # last year's.
        people.append(Story(id=story.id, people=story.people, sources=story.sources))
        if wants(folder, story):
            stories[folder] = story
    return ReadLibrary(stories, shielded_names(people), tuple(notices))


def shielded_names(stories: Iterable[Story]) -> ShieldedNames:
    """Whom these stories (and products, as stories) protect, together."""
    people: list[Person] = []
    silent: dict[str, str] = {}
    openly: set[str] = set()
    for story in stories:
        # Marks of theirs say something beside the story only; their names do everywhere.
        people += [replace(person, identifiers=()) for person in hidden_people(story) if is_shielded(person)]
        for source in story.sources:
            key = _name_key(source.name)
            if key and source.terms in _SILENT:
                silent[key] = source.name
            elif source.terms in {"", "named"}:
                openly.add(key)
    # A village head who once spoke off the record is still the village head: where a story names someone as its
    # source, the name is no secret, and only that story keeps it back.
    return ShieldedNames(tuple(people), tuple(name for key, name in silent.items() if key not in openly))


def may_tell(
    shield: ShieldedNames, group: Group, *, title: str = "", words: str = "", known: Sequence[Person] = ()
) -> bool:
    """Whether a title and words name nobody who is shielded and hold no personal data; the empty text always may.

    Args:
        shield: from ``shielded_names``.
        group: who tells.
        title: words of a title.
        words: Markdown.
        known: people who may be named, such as a namesake in the story that the words are of.
    """
    if not title.strip() and not words.strip():
        return True
    told = f"{title}\n{words}"
    if any(_is_named(name, told) for name in shield.sources):
        return False
    return is_harmless(Story(id="words", people=(*shield.people, *known)), group, headline=title, body=words)


def _is_named(name: str, text: str) -> bool:
    """Whether a name stands in a text: in any case and spacing, with an ending, or with initials for some of it.

    One word of several is not enough: who spoke off the record has a name that others in the village have too.
    """
    parts = name.split()
    # "Wati Rahasia", "W. Rahasia" and "Wati R.", but not "W. R.", which is anything.
    spelled = r"[\s.\-]+".join(
        f"(?:{re.escape(part)}|{re.escape(part[0])})" if len(parts) > 1 else re.escape(part) for part in parts
    )
    found = re.finditer(rf"(?<!\w){spelled}(?:nya|lah|kah|pun)?(?!\w)", text, re.IGNORECASE)
    whole = [part.casefold() for part in parts]
    return any(part in hit[0].casefold() for hit in found for part in whole if len(part) > 1)


def _name_key(name: str) -> str:
    return " ".join(name.casefold().split())


def link_words(link: str) -> str:
    """The words that an address spells, for ``may_tell``."""
    return " ".join("".join(sign if sign.isalpha() else " " for sign in unquote(link)).split())
