"""People of a story: who they are, what they agreed to, and whether the story may show them.

A child is under 18, living or dead, married or not (Peraturan Dewan Pers 1/2019); identity is whatever lets others know
who it is: name, picture, relatives, home, school.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from msgspec.structs import replace

from studio.story.edits import StoryEdit, new_id
from studio.story.model import Consent, Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.story.model import Photo, Story, Video

CASE_ROLES = frozenset({"victim", "witness", "suspect"})
"""Roles in which a child's identity is always hidden (UU 11/2012 pasal 19 and 97; PPRA butir 1)."""
MediaList = Literal["photos", "videos"]
M = TypeVar("M", "Photo", "Video")


def find_person(story: Story, person_id: str) -> Person | None:
    """The person with this id."""
    return next((person for person in story.people if person.id == person_id), None)


def has_consented(person: Person) -> bool:
    """Whether there is a consent that was not withdrawn."""
    return person.consent.given and not person.consent.withdrawn


def is_shielded(person: Person) -> bool:
    """Whether nothing may lead to this person: marked so, a child in a case, or a child or victim without consent.

    Someone who is missing may be named and shown while they are looked for (PPRA), unless they are part of a case.
    """
    if person.missing and person.role not in CASE_ROLES:
        return False
    if person.protected or (person.age_group == "child" and person.role in CASE_ROLES):
        return True
    return (person.age_group == "child" or person.role == "victim") and not has_consented(person)


def has_children(story: Story, item: Photo | Video) -> bool:
    """Whether a child is marked in this photo or clip."""
    return any(person.age_group == "child" for person in shown_in(story, item))


def shown_in(story: Story, item: Photo | Video) -> tuple[Person, ...]:
    """The people marked in a photo or clip."""
    marked = set(item.people)
    return tuple(person for person in story.people if person.id in marked)


def appears_in(story: Story, person_id: str) -> tuple[Photo | Video, ...]:
    """The photos and clips a person is marked in."""
    items: tuple[Photo | Video, ...] = (*story.photos, *story.videos)
    return tuple(item for item in items if person_id in item.people)


# ------------------------------------------------------------------------------------------------ edits


def add_person(person: Person | None = None) -> StoryEdit:
    """Add a person; without ``person`` an empty entry with a fresh id."""
    entry = person or Person(id=new_id(), name="")

    def apply(story: Story) -> Story:
        return replace(story, people=(*story.people, entry))

    return StoryEdit("edit.person_add", apply)


def change_person(person_id: str, **changes: object) -> StoryEdit:
    """Change fields of one person; runs on the same fields of the same person are joined (typing).

    Marking someone as a child or victim protects them at once; taking the mark off does not take the protection off.

    Raises (when applied):
        TypeError: there is no such field.
    """
    careful = changes.get("age_group") == "child" or changes.get("role") == "victim"
    fields = {**changes, "protected": True} if careful and "protected" not in changes else changes

    def apply(story: Story) -> Story:
        after = tuple(replace(person, **fields) if person.id == person_id else person for person in story.people)
        return story if after == story.people else replace(story, people=after)

    return StoryEdit("edit.person", apply, merge=f"people:{person_id}:{','.join(sorted(changes))}")


def remove_person(person_id: str) -> StoryEdit:
    """Take someone out of the list, and their mark off the photos and clips."""

    def apply(story: Story) -> Story:
        kept = tuple(person for person in story.people if person.id != person_id)
        if len(kept) == len(story.people):
            return story
        return replace(
            story,
            people=kept,
            photos=tuple(_unmark_person(photo, person_id) for photo in story.photos),
            videos=tuple(_unmark_person(video, person_id) for video in story.videos),
        )

    return StoryEdit("edit.person_remove", apply)


def _unmark_person(item: M, person_id: str) -> M:
    if person_id not in item.people:
        return item
    return replace(item, people=tuple(person for person in item.people if person != person_id))


def mark_people(which: MediaList, media_id: str, people: Iterable[str]) -> StoryEdit:
    """Say who can be seen in a photo or clip, by the ids of the people."""
    marked = tuple(dict.fromkeys(people))

    def apply(story: Story) -> Story:
        before: tuple[Photo | Video, ...] = getattr(story, which)
        after = tuple(replace(item, people=marked) if item.id == media_id else item for item in before)
        return story if after == before else replace(story, **{which: after})

    return StoryEdit("edit.people_marked", apply)


def set_checked(which: MediaList, media_id: str, *, checked: bool) -> StoryEdit:
    """Confirm (or take back) that no child and no victim can be recognised in a photo or clip."""

    def apply(story: Story) -> Story:
        before: tuple[Photo | Video, ...] = getattr(story, which)
        after = tuple(replace(item, people_checked=checked) if item.id == media_id else item for item in before)
        return story if after == before else replace(story, **{which: after})

    return StoryEdit("edit.people_checked", apply)


def give_consent(person_id: str, consent: Consent) -> StoryEdit:
    """Write down what someone agreed to; an earlier consent is replaced, the history of the story keeps it."""
    return _with_label("edit.consent", change_person(person_id, consent=replace(consent, given=True, withdrawn="")))


def withdraw_consent(person_id: str, when: str) -> StoryEdit:
    """Write down that a person took the consent back, from ``when`` (ISO 8601). What was agreed to stays readable."""

    def apply(story: Story) -> Story:
        person = find_person(story, person_id)
        if person is None or person.consent.withdrawn == when:
            return story
        return change_person(person_id, consent=replace(person.consent, withdrawn=when)).apply(story)

    return StoryEdit("edit.consent_withdrawn", apply)


def _with_label(label: str, edit: StoryEdit) -> StoryEdit:
    return StoryEdit(label, edit.apply, edit.merge)
