"""Words that give a protected person away, wherever readers could meet them: story, folder, the group's own words.

Every text of ``studio.story.reader_fields`` is searched as it is written and, where Markdown could hide something (a
link inside a name, an entity), as it is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from studio.checks import name_words, terms
from studio.checks.finding import Finding
from studio.checks.protected_marks import CODE, IdentifierMark, find_mark, mark_of
from studio.checks.protected_names import find_names
from studio.checks.protected_person import IdentityHit, OpenNames, secret_of, words_of
from studio.checks.text_passages import TextPassage, text_paragraphs
from studio.checks.token_stream import read_stream
from studio.story import people
from studio.story.body import plain_text
from studio.story.model import Story
from studio.story.places import TextPlace
from studio.story.reader_fields import reader_texts
from studio.story.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studio.checks.protected_names import Known
    from studio.checks.token_stream import Style
    from studio.story.model import Group, Person

    _Sought = Sequence[tuple[str, "SoughtPerson"]]
    """The name of each protected person, and what is searched of them."""

# Longer than any headline, so that ``slugify`` cuts nothing off before the two are compared.
_WHOLE = 1000
IDENTITY = "KEJ pasal 5; PPRA butir 1; UU 11/2012 pasal 19"
_MARKUP = re.compile(r"[*_`\[\]\\&<~]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_PARTS = re.compile(r"[,;]\s+|\s/\s|\n")
_QUOTED_ROLES = frozenset({"source", "official"})


def no_words(word: str) -> bool:
    """Without a dictionary no word is known to be one: what could be a name is taken for it."""
    return not word


def check_words(story: Story, group: Group, folder: str, known: Known) -> Iterator[Finding]:
    """Findings about words: the folder, then the story's texts in their order, then the group's."""
    hidden = [person for person in story.people if people.is_shielded(person)]
    # Most stories protect nobody, and everything below costs time at every key.
    if not hidden:
        return
    openly = openly_of(story, group, hidden)
    sought = [(person.name, _sought_person(person)) for person in hidden]
    yield from _folder_findings(folder, sought, openly, known)
    for field, text, reach in reader_texts(story, group):
        style: Style = "label" if reach == "label" else "prose"
        if folder and style == "label":  # an address made from the folder, which is judged for itself
            text = text.replace(folder, " " * len(folder))  # noqa: PLW2901 - the same text, blanked
        found = _field_findings(field, text, style, sought, openly, known)
        of_group = field.startswith("group/")
        # What leads to someone by the group's own village is one warning (``_own_village``), not a block that no edit
        # takes away.
        yield from (finding for finding in found if not of_group or finding.code != CODE)
    for person in hidden:
        yield from _own_village(person, group, openly, known)


def names_in(texts: Iterable[str], story: Story, group: Group, known: Known) -> dict[str, str]:
    """Words in texts that stay inside, such as a comment, which give someone protected in the story away.

    Returns:
        Each word as it is written, with the names of those it leads to.
    """
    hidden = [person for person in story.people if people.is_shielded(person)]
    if not hidden:
        return {}
    openly = openly_of(story, group, hidden)
    sought = [(person.name, _sought_person(person)) for person in hidden]
    found: dict[str, str] = {}
    for text in texts:
        for _, part in text_paragraphs(text):
            for hit, names in _merged_hits(part, "prose", sought, openly, known):
                found.setdefault(part[hit.start : hit.end], ", ".join(names))
    return found


def openly_of(story: Story, group: Group, hidden: Sequence[Person]) -> OpenNames:
    """Names that may be used beside those of the hidden people."""
    secret = {word for person in hidden for name in (person.name, *person.aliases) for word in words_of(name)}
    secret |= {word for person in hidden for mark in person.identifiers for word in words_of(mark)}
    shown = [person for person in story.people if person not in hidden]
    quoted = [source.name for source in story.sources]
    quoted += [person.name for person in shown if person.role in _QUOTED_ROLES]
    names = (*quoted, *(person.name for person in shown), *story.byline, story.editor, *group.members)
    own = (group.name, group.full_name, group.village, group.district, group.regency, group.province)
    return OpenNames(
        # A source whose name has no word of its own would open the protected name itself.
        others=frozenset(words for name in names if not secret >= set(words := words_of(name))),
        speakers=frozenset(word for name in quoted if not secret >= set(words_of(name)) for word in words_of(name)),
        places=frozenset(words for name in own if (words := words_of(name))),
        headline=story.headline,
    )


def _field_findings(
    field: str, text: str, style: Style, sought: _Sought, openly: OpenNames, known: Known
) -> Iterator[Finding]:
    for at, part in text_paragraphs(text):
        found = _merged_hits(part, style, sought, openly, known)
        for hit, names in found:
            yield _hit_finding(hit, names, TextPlace(field, at + hit.start, at + hit.end), part)
        if style == "prose" and _MARKUP.search(part):
            written = {part[hit.start : hit.end] for hit, _ in found}
            read = as_read(part)
            for hit, names in _merged_hits(read, "prose", sought, openly, known):
                word = read[hit.start : hit.end]
                # Already marked where it is written; only what the markup tore apart is reported in addition.
                if not any(word in other or other in word for other in written):
                    # Markdown takes the name apart: it has no one place in the text.
                    written.add(word)
                    yield _hit_finding(hit, names, TextPlace(field), read)


def _merged_hits(
    text: str, style: Style, sought: _Sought, openly: OpenNames, known: Known
) -> list[tuple[IdentityHit, tuple[str, ...]]]:
    """The hits of all protected people, the longest where they overlap, with whom each leads to."""
    every = [(hit, name) for name, one in sought for hit in hits_of(text, style, one, openly, known)]
    kept: list[tuple[IdentityHit, tuple[str, ...]]] = []
    for hit, name in sorted(every, key=lambda found: (found[0].start, -found[0].end)):
        if kept and hit.end <= kept[-1][0].end:
            kept[-1] = (kept[-1][0], tuple(dict.fromkeys((*kept[-1][1], name))))
        else:
            kept.append((hit, (name,)))
    return kept


@lru_cache(maxsize=1024)
def as_read(markdown: str) -> str:
    """A paragraph as readers see it, without tags, which some readers see through."""
    return plain_text(_TAG.sub("", markdown))


def _hit_finding(hit: IdentityHit, names: Sequence[str], place: TextPlace, text: str) -> Finding:
    facts = {"word": text[hit.start : hit.end], "name": ", ".join(names)}
    said = TextPassage(text).sentence_at(hit.start)
    return Finding(hit.code, "block", "people", place, facts, IDENTITY, said=said)


@dataclass(frozen=True, slots=True)
class SoughtPerson:
    """What is searched of one person: names, what else leads there, whether they are a child."""

    names: tuple[str, ...]
    identifiers: tuple[str, ...] = ()
    child: bool = False


def _sought_person(person: Person) -> SoughtPerson:
    names = tuple(name for name in (person.name, *person.aliases) if name.strip())
    return SoughtPerson(names, person.identifiers, person.age_group == "child")


@lru_cache(maxsize=8192)
def hits_of(text: str, style: Style, sought: SoughtPerson, openly: OpenNames, known: Known) -> tuple[IdentityHit, ...]:
    """What gives someone away in one paragraph, first to last, the longest where they overlap.

    Args:
        text: the paragraph.
        style: how it is written.
        sought: whom to look for.
        openly: names that may be used.
        known: whether the language has a word.
    """
    stream = read_stream(text, style)
    found: list[IdentityHit] = []
    if sought.names:
        found += find_names(stream, secret_of(sought.names, child=sought.child), openly, known)
    found += _joined_names(text, style, sought.names)
    for mark, written in _identifier_marks(sought.identifiers, openly):
        if mark.secret is not None:
            kin = replace(mark.secret, letters=frozenset(), initials=frozenset())
            strict = replace(openly, strict=True)
            found += [replace(hit, code=CODE) for hit in find_names(stream, kin, strict, known)]
        found += find_mark(stream, mark, known)
        if len(mark.words) > 1:
            found += [IdentityHit(CODE, *span) for span in terms.find_term(written, terms.squeeze_text(text))]
    return _longest_hits(found)


def _identifier_marks(identifiers: Iterable[str], openly: OpenNames) -> Iterator[tuple[IdentifierMark, str]]:
    """What was written into the field, each part for itself: "Jalan Melati No. 7, RT 03/RW 05" leads twice."""
    for identifier in identifiers:
        parts = [part.strip() for part in _PARTS.split(identifier) if part.strip()]
        for part in dict.fromkeys((identifier.strip(), *parts)):
            own = len(parts) > 1 and words_of(part) in openly.places
            if part and not own:
                yield mark_of(part), part


def _joined_names(text: str, style: Style, names: Iterable[str]) -> Iterator[IdentityHit]:
    """Full names, whatever stands between and around their words: ``ranioktaviani``."""
    squeezed = terms.squeeze_text(text)
    for name in names:
        words = words_of(name)
        if len(words) > 1:
            plain_words = style == "prose" and all(
                name_words.beside_each_other(one, two) for one, two in pairwise(words)
            )
            for start, end in terms.find_term(name, squeezed):
                # "bunga melati" are flowers; a capital in it makes it a name.
                if not plain_words or any(sign.isupper() for sign in text[start:end]):
                    yield IdentityHit("people_named", start, end)


def _longest_hits(found: Iterable[IdentityHit]) -> tuple[IdentityHit, ...]:
    kept: list[IdentityHit] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.end > kept[-1].end:
            kept.append(hit)
    return tuple(kept)


def _folder_findings(folder: str, sought: _Sought, openly: OpenNames, known: Known) -> Iterator[Finding]:
    """The name of the folder is made from the first headline and never changed: the way out is a new story.

    While it still says what the headline says, the headline is searched in its place: there capitals tell names.
    """
    said = re.sub(r"^\d{4}-\d\d-\d\d-?|-\d+$", "", folder)
    if not said or f"{slugify(openly.headline, _WHOLE)}-".startswith(f"{said}-"):
        return
    for name, one in sought:
        if hits_of(folder, "label", one, openly, known):
            facts = {"word": folder, "name": name}
            yield Finding("people_folder", "block", "people", None, facts, IDENTITY)


def _own_village(person: Person, group: Group, openly: OpenNames, known: Known) -> Iterator[Finding]:
    """The group's own words stand on every post: no edit of the story can take a village out of them."""
    for mark in person.identifiers:
        for field, text, reach in reader_texts(Story(id=""), group):
            style: Style = "label" if reach == "label" else "prose"
            if field.startswith("group/") and hits_of(text, style, SoughtPerson((), (mark,)), openly, known):
                facts = {"word": mark, "name": person.name}
                yield Finding("people_group_village", "warning", "people", None, facts, IDENTITY)
                break
