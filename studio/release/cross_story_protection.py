"""Stories that are told side by side (a bulletin, a programme, the website): none names whom another protects.

The gate judges a story by its own people. Beside it stands the other one, whose child has no name there: together they
give one. Searched is for full names only. Half a village shares each first name, and its marks (school, hamlet) mean
someone only in the story that tells of the case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import replace as with_changes
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from studio.base.errors import UserError
from studio.checks.identity_leaks import check_words
from studio.checks.protected_person import words_of
from studio.checks.terms import squeeze_text
from studio.group.products import product_story
from studio.lexicon.word_list import is_word
from studio.release.release_gate import release_story
from studio.store.product_shelf import ProductShelf
from studio.story.model import Story
from studio.story.people import is_shielded
from studio.story.reader_fields import reader_texts
from studio.story.withdrawal import hidden_people

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from studio.base.i18n import MessageTexts
    from studio.checks.finding import Finding
    from studio.release.release_gate import ReleasedStory
    from studio.store.workspace import Workspace
    from studio.story.model import Group, Person
    from studio.story.withdrawal import StoryWithdrawal

    Neighbours: TypeAlias = "Sequence[ProtectedNeighbour] | NeighbourIndex"

_KEY_LETTERS = 5
_NAMED = "people_named"
_NAMING = frozenset({_NAMED, "people_name_part", "people_folder"})
"""Findings that may be of a full name; a tag or a folder is one word that holds it."""


@dataclass(frozen=True, slots=True)
class ProtectedNeighbour:
    """Somebody protected, and the folder of the story that protects them."""

    person: Person
    folder: str


@dataclass(frozen=True, slots=True)
class NeighbourIndex:
    """Whom the stories of many groups protect, found by letters of their names instead of one by one.

    Attributes:
        by_letters: those whose name has a longest word that begins so.
        lengths: of these letters.
        here: those of the stories' own group.
        address: ``folder`` of the own group's neighbours begins so in ``by_letters``; they are passed by there.
    """

    by_letters: Mapping[str, tuple[ProtectedNeighbour, ...]]
    lengths: tuple[int, ...]
    here: tuple[ProtectedNeighbour, ...] = ()
    address: str = ""

    def near(self, written: str) -> tuple[ProtectedNeighbour, ...]:
        """Those who may be named in a squeezed text; never misses one all words of whose name stand in it."""
        found: dict[str, None] = {}
        for length in self.lengths:
            # All pieces of that length at once, met with the index as sets: what a text costs depends on its own
            # length, not on how many people a province protects.
            pieces = {written[at : at + length] for at in range(len(written) - length + 1)}
            found.update(dict.fromkeys(sorted(pieces & self.by_letters.keys())))
        others = (each for piece in found for each in self.by_letters[piece])
        own = f"{self.address}/"
        return (*self.here, *(each for each in others if not self.address or not each.folder.startswith(own)))


def index_neighbours(neighbours: Iterable[ProtectedNeighbour]) -> NeighbourIndex:
    """The index of those; ``near`` then takes about as long for a province as for a village."""
    found: dict[str, list[ProtectedNeighbour]] = {}
    for each in neighbours:
        for words in filter(None, map(words_of, _names(each.person))):
            # By the longest word: it is the rarest, and a text without it cannot hold the name as a whole.
            found.setdefault(max(words, key=len)[:_KEY_LETTERS], []).append(each)
    lengths = tuple(sorted({len(letters) for letters in found}))
    return NeighbourIndex({letters: tuple(told) for letters, told in found.items()}, lengths)


def protected_in(folder: str, story: Story) -> Iterator[ProtectedNeighbour]:
    """Whom a story protects, as other stories are searched for them: by their names.

    Not who took a consent back: that holds for the story they gave it for.
    """
    for person in story.people:
        if is_shielded(person) and any(words_of(name) for name in _names(person)):
            yield ProtectedNeighbour(replace(person, identifiers=()), folder)


def protected_everywhere(workspace: Workspace) -> tuple[ProtectedNeighbour, ...]:
    """Whom stories and products of a workspace protect; one that cannot be read is passed by."""
    stories = ((folder, story) for folder, story in workspace.load_each() if not isinstance(story, UserError))
    found = (each for folder, story in stories for each in protected_in(folder, story))
    return (*found, *protected_makers(workspace))


def protected_makers(workspace: Workspace) -> Iterator[ProtectedNeighbour]:
    """Those behind the products of a workspace who have to be protected."""
    for product_id, product in ProductShelf(workspace).load_each():
        if not isinstance(product, UserError):
            yield from protected_in(product_id, product_story(product))


def release_beside(workspace: Workspace, folder: str, texts: MessageTexts, neighbours: Neighbours) -> ReleasedStory:
    """``release_story`` for what is told beside other stories.

    Raises:
        UserError: as ``release_story``; ``joined.named``: it names whom another story protects.
    """
    released = release_story(workspace, folder, texts)
    if released.withdrawal is None:
        refuse_named(released.story, folder, released.group, neighbours)
    return released


def refuse_named(story: Story, folder: str, group: Group, neighbours: Neighbours) -> None:
    """Hold a story back that names whom another one protects.

    Someone whom the story lists itself was judged with it: a namesake, or a name that was let stand for a reason.

    Raises:
        UserError: ``joined.named``, with the word and the other story.
    """
    likely = find_likely_named(story, folder, neighbours)
    if not likely:
        return
    # Judged by the very rules of a single story, as if it protected these people itself.
    shown = tuple(person for person in hidden_people(story) if not is_shielded(person))
    tried = replace(story, people=(*shown, *(each.person for each in likely)))
    for found in check_words(tried, group, folder, is_word):
        if _names_somebody(found):
            names = str(found.facts["name"]).split(", ")
            other = next((each.folder for each in likely if each.person.name in names), likely[0].folder)
            raise UserError("joined.named", story=folder, word=str(found.facts["word"]), other=other)


def withdrawal_beside(told: StoryWithdrawal, story: Story, group: Group, neighbours: Neighbours) -> StoryWithdrawal:
    """What a story that was taken back says beside others: its title or reason go where they name such a person."""
    words = Story(id=story.id, headline=told.headline, body=told.reason, people=story.people)
    try:
        refuse_named(words, "", group, neighbours)
    except UserError:
        return with_changes(told, headline="", reason="", untold=bool(told.reason))
    return told


def find_likely_named(story: Story, folder: str, neighbours: Neighbours) -> tuple[ProtectedNeighbour, ...]:
    """Those of other stories all words of whose name stand in these texts; the rules take a tenth of a second."""
    texts = (folder, *(text for _, text, _ in reader_texts(story)))
    # Names that the story itself lists were judged with it, whichever way they came out.
    own = {words_of(name) for person in story.people for name in _names(person)}
    written = "\n".join(squeeze_text(text).text for text in texts)
    found: dict[tuple[tuple[str, ...], ...], ProtectedNeighbour] = {}
    for each in neighbours.near(written) if isinstance(neighbours, NeighbourIndex) else neighbours:
        names = tuple(words for name in _names(each.person) if (words := words_of(name)))
        if each.folder != folder and not own & {*names} and any(all(one in written for one in name) for name in names):
            found.setdefault(names, each)
    return tuple(found.values())


def _names(person: Person) -> tuple[str, ...]:
    return (person.name, *person.aliases)


def _names_somebody(found: Finding) -> bool:
    """Whether a full name was found; not "bunga melati", which are flowers, and not "Siti Marlina" for Siti."""
    if found.code not in _NAMING or (found.place is not None and found.place.field.startswith("group/")):
        return False
    word = str(found.facts["word"])
    if found.code == _NAMED and word.islower() and all(is_word(part) for part in word.split()):
        return False
    written = squeeze_text(word).text
    names = (words_of(name) for name in str(found.facts["name"]).split(", "))
    if any(len(name) > 1 and all(one in written for one in name) for name in names):
        return True
    return found.code == _NAMED and (len(words_of(word)) > 1 or not _is_longer_name(word, found.said))


def _is_longer_name(word: str, said: str) -> bool:
    """Whether another name follows it wherever it stands: no word of the language that only begins with a capital."""
    follows = [found[1] for found in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)(?: ([A-Z]\w+))?", said)]
    return bool(follows) and all(name and not is_word(name.lower()) for name in follows)
