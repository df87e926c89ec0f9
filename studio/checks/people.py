"""Rules about the people in a story: nothing may lead to those who are protected, and no personal data gets out.

KEJ is the Kode Etik Jurnalistik (Peraturan Dewan Pers 6/2008), PPRA the Pedoman Pemberitaan Ramah Anak (1/2019).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.checks import terms
from studio.checks.finding import Finding
from studio.story import people
from studio.story.places import Place, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from studio.checks.finding import Level, Topic
    from studio.story.model import Group, Person, Photo, Story, Video

    Detect = Callable[[str], Iterable[tuple[str, int, int]]]
    """Finds personal data: kind (``nik``, ``phone``, ``email`` ...), start and end in code points."""

IDENTITY = "KEJ pasal 5; PPRA butir 1; UU 11/2012 pasal 19"
CONSENT = "PPRA; UU PDP 27/2022"
PRIVATE = "KEJ pasal 9; UU PDP 27/2022"
_LEAST_NAME_PART = 4
_OPEN_CONTACT = frozenset({"notice", "event"})
"""Kinds of story in which a number to call is part of the message."""
_CONTACT = frozenset({"phone", "email"})


def check_people(story: Story, group: Group, detect: Detect | None = None, folder: str = "") -> tuple[Finding, ...]:
    """Everything about people.

    Args:
        story: any story.
        group: its own phone, mail and members are no secret.
        detect: finds personal data in a text; None leaves that out.
        folder: name of the story's folder, which stands in paths and addresses; "" for a story that has none yet.

    Returns:
        Findings of topic ``people``: words first, in the order of the story, then pictures, data, consent.
    """
    return (
        *_folder(story, group, folder),
        *_words(story, group),
        *_media(story),
        *(_private(story, group, detect) if detect is not None else ()),
        *_consents(story),
    )


def _finding(code: str, level: Level, place: Place | None, source: str, **facts: object) -> Finding:
    return Finding(code, level, "people", place, facts, source)


# ------------------------------------------------------------------------------------------------ words


def _words(story: Story, group: Group) -> Iterator[Finding]:
    hidden = [person for person in story.people if people.shielded(person)]
    if not hidden:
        return
    public = _public_words(story, group, hidden)
    for field, text in texts(story):
        squeezed = terms.squeeze(text)
        told: set[tuple[int, int]] = set()
        for person in hidden:
            for finding in _hits(person, field, text, squeezed, public):
                place = finding.place
                span = (place.start, place.end) if place else (0, 0)
                if not any(start <= span[0] and span[1] <= end for start, end in told):
                    told.add(span)
                    yield finding
    for person in hidden:
        yield from _own_village(person, group)


def _hits(person: Person, field: str, text: str, squeezed: terms.Squeezed, public: set[str]) -> Iterator[Finding]:
    for code, level, term, written in _terms(person, public):
        for start, end in terms.find(term, squeezed):
            found = text[start:end]
            if written and not found.replace(".", "").replace(" ", "").isupper():
                continue
            yield _finding(code, level, Place(field, start, end), IDENTITY, word=found, name=person.name)


def _terms(person: Person, public: set[str]) -> Iterator[tuple[str, Level, str, bool]]:
    """What gives a person away: code, level, the term, and whether only capitals count. Longest first."""
    names = sorted((person.name, *person.aliases), key=len, reverse=True)
    for name in names:
        yield "people_named", "block", name, len(terms.squeeze(name).text) == 1
    for mark in sorted(person.identifiers, key=len, reverse=True):
        yield "people_identified", "block", mark, len(terms.squeeze(mark).text) == 1
    for name in names:
        if short := terms.initials(name):
            yield "people_initials", "block", short, True
    for part in sorted({word for name in names for word in name.split() if len(name.split()) > 1}):
        if len(part) >= _LEAST_NAME_PART and terms.squeeze(part).text not in public:
            yield "people_name_part", "warning", part, False


def _public_words(story: Story, group: Group, hidden: Sequence[Person]) -> set[str]:
    """Words of names that may be told: of other people, of the village, of the group."""
    others = [person.name for person in story.people if person not in hidden]
    names = (*others, *story.byline, story.editor, *(source.name for source in story.sources), *group.members)
    places = (group.name, group.full_name, group.village, group.district, group.regency, group.province)
    return {terms.squeeze(word).text for name in (*names, *places) for word in name.split()}


def _folder(story: Story, group: Group, folder: str) -> Iterator[Finding]:
    """The name of the folder is made from the first headline and never changed: the way out is a new story."""
    hidden = [person for person in story.people if people.shielded(person)]
    public = _public_words(story, group, hidden)
    squeezed = terms.squeeze(folder)
    for person in hidden:
        for _, level, term, capitals in _terms(person, public):
            if level == "block" and not capitals and any(terms.find(term, squeezed)):
                yield _finding("people_folder", "block", None, IDENTITY, word=folder, name=person.name)
                break


def _own_village(person: Person, group: Group) -> Iterator[Finding]:
    """The group's own village stands on every post: no edit of the story can take it out."""
    squeezed = terms.squeeze(f"{group.name} / {group.full_name} / {group.village}")
    for mark in person.identifiers:
        if any(terms.find(mark, squeezed)):
            yield _finding("people_group_village", "warning", None, IDENTITY, word=mark, name=person.name)


# ------------------------------------------------------------------------------------------------ pictures


def _media(story: Story) -> Iterator[Finding]:
    careful = any(people.shielded(person) for person in story.people)
    for number, photo in enumerate(story.photos, 1):
        yield from _picture(story, "photos", number, photo, careful=careful)
    for number, video in enumerate(story.videos, 1):
        yield from _picture(story, "videos", number, video, careful=careful)


def _picture(story: Story, root: str, number: int, item: Photo | Video, *, careful: bool) -> Iterator[Finding]:
    place = Place(f"{root}/{item.id}/people_checked")
    kind = root.removesuffix("s")
    shown = people.shown_in(story, item)
    for person in shown:
        if people.shielded(person) and not item.covers:
            yield _finding(f"people_{kind}_shows", "block", place, IDENTITY, name=person.name, number=number)
    if any(people.shielded(person) for person in shown):
        return
    if not item.people_checked and not item.covers:
        # Beside somebody protected it forbids an export; otherwise the story is not ready, and leaves as a draft.
        topic: Topic = "people" if careful else "media"
        yield Finding(f"people_{kind}_unchecked", "block", topic, place, {"number": number}, IDENTITY)
    for person in shown:
        if person.age_group == "child" and not people.consented(person):
            yield _finding("people_child_consent", "warning", place, CONSENT, name=person.name, number=number)


# ------------------------------------------------------------------------------------------------ personal data


def _private(story: Story, group: Group, detect: Detect) -> Iterator[Finding]:
    own = {terms.squeeze(value).text for value in (group.phone, group.email, *group.accounts.values()) if value}
    for field, text in texts(story):
        for kind, start, end in detect(text):
            found = text[start:end]
            if terms.squeeze(found).text in own:
                continue
            open_contact = kind in _CONTACT and story.kind in _OPEN_CONTACT
            level: Level = "warning" if open_contact else "block"
            code = "people_contact" if open_contact else "people_private"
            yield _finding(code, level, Place(field, start, end), PRIVATE, word=found, kind=kind)


# ------------------------------------------------------------------------------------------------ consent


def _consents(story: Story) -> Iterator[Finding]:
    for person in story.people:
        place = Place(f"people/{person.id}/consent")
        if person.consent.withdrawn:
            yield _finding(
                "people_withdrawn", "block", place, CONSENT, name=person.name, when=person.consent.withdrawn[:10]
            )
        elif person.consent.given and person.consent.limits:
            yield _finding("people_limits", "advice", place, CONSENT, name=person.name, limits=person.consent.limits)
        elif person.age_group == "unknown" and person.role in people.CASE_ROLES:
            yield _finding("people_age_unknown", "warning", place, IDENTITY, name=person.name)
