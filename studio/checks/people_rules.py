"""Rules about the people in a story: nothing may lead to those who are protected, and no personal data gets out.

Words are searched in ``identity_leaks``; here are pictures, personal data and consent.
KEJ is the Kode Etik Jurnalistik (Peraturan Dewan Pers 6/2008), PPRA the Pedoman Pemberitaan Ramah Anak (1/2019).
"""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from studio.base.timecode import ClipTime
from studio.checks import terms
from studio.checks.finding import Finding
from studio.checks.identity_leaks import IDENTITY, check_words, no_words
from studio.checks.named_children import check_named_children
from studio.checks.other_letters import other_letter_ranges
from studio.checks.relatives import check_relatives
from studio.checks.sensitive_cases import check_cases
from studio.checks.text_passages import text_paragraphs
from studio.story import people
from studio.story.clips import shown_doubts
from studio.story.cover_path import path_of
from studio.story.model import Video
from studio.story.places import TextPlace
from studio.story.reader_fields import reader_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from studio.checks.finding import Level, Topic
    from studio.checks.protected_names import Known
    from studio.story.model import Group, Photo, Story

    Detect = Callable[[str], Iterable[tuple[str, int, int]]]
    """Finds personal data: kind (``nik``, ``phone``, ``email`` ...), start and end in code points."""

CONSENT = "PPRA; UU PDP 27/2022"
PRIVATE = "KEJ pasal 9; UU PDP 27/2022"
_OPEN_CONTACT = frozenset({"notice", "event"})
"""Kinds of story in which a number to call, or the way there, is part of the message."""
_SECRET = "login"
_CONTACT = frozenset({"phone", "email", "map", "geo"})


def check_people(
    story: Story, group: Group, detect: Detect | None = None, folder: str = "", known: Known = no_words
) -> tuple[Finding, ...]:
    """Everything about people.

    Args:
        story: any story.
        group: its own phone, mail and members are no secret.
        detect: finds personal data in a text; None leaves that out.
        folder: name of the story's folder, which is in paths and addresses; "" for a story that has none yet.
        known: whether the language has a word, in lower case; without it a word of a name is always taken for one.

    Returns:
        Findings of topic ``people``: words first, in the order of the story, then pictures, data, consent.
    """
    return (
        *_word_findings(story, group, folder, known),
        *check_cases(story),
        *check_named_children(story),
        *_media_findings(story),
        *(_private_findings(story, group, detect) if detect is not None else ()),
        *_consent_findings(story),
    )


def _person_finding(code: str, level: Level, place: TextPlace | None, source: str, **facts: object) -> Finding:
    return Finding(code, level, "people", place, facts, source)


# ------------------------------------------------------------------------------------------------ words


def _word_findings(story: Story, group: Group, folder: str, known: Known) -> Iterator[Finding]:
    """What names someone protected, then who else leads to them."""
    if not any(people.is_shielded(person) for person in story.people):
        return
    told: set[tuple[str, int]] = set()
    for finding in check_words(story, group, folder, known):
        if finding.place is not None and finding.place.end:
            told.update((finding.place.field, at) for at in range(finding.place.start, finding.place.end))
        yield finding
    for finding in check_relatives(story):
        if finding.place is None or (finding.place.field, finding.place.start) not in told:
            yield finding
    yield from _script_findings(story)


def _script_findings(story: Story) -> Iterator[Finding]:
    """Words in letters in which names cannot be searched for: Javanese, Balinese, Sundanese, Arabic."""
    for field, text, reach in reader_texts(story):
        if reach != "prose" or text.isascii():
            continue
        for at, part in text_paragraphs(text):
            for start, end in other_letter_ranges(part):
                facts = {"word": shorten(part[start:end], 60, placeholder="…")}
                place = TextPlace(field, at + start, at + end)
                yield Finding("people_script", "block", "people", place, facts, IDENTITY, said=part)


# ------------------------------------------------------------------------------------------------ pictures


def _media_findings(story: Story) -> Iterator[Finding]:
    careful = any(people.is_shielded(person) for person in story.people)
    for number, photo in enumerate(story.photos, 1):
        yield from _picture_findings(story, "photos", number, photo, careful=careful)
    for number, video in enumerate(story.videos, 1):
        yield from _picture_findings(story, "videos", number, video, careful=careful)
    if careful:
        yield from _narration_findings(story)


def _narration_findings(story: Story) -> Iterator[Finding]:
    """A voice cannot be covered: somebody has to say that they heard nobody who is protected in it."""
    card = story.motion if story.motion is not None and story.motion.wanted else None
    clips = ((TextPlace(f"videos/{video.id}/people_checked"), video) for video in story.videos)
    for place, made in (*clips, (TextPlace("slideshow"), story.slideshow), (TextPlace("motion"), card)):
        if made is not None and made.narration:
            # The name of the file comes from what is heard: another narration asks again.
            yield _person_finding("people_narration", "block", place, IDENTITY, name=made.narration)


def _picture_findings(story: Story, root: str, number: int, item: Photo | Video, *, careful: bool) -> Iterator[Finding]:
    place = TextPlace(f"{root}/{item.id}/people_checked")
    kind = root.removesuffix("s")
    shown = people.shown_in(story, item)
    if isinstance(item, Video) and item.old_covers and item.covers and not item.people_checked:
        yield Finding("people_old_covers", "block", "people", place, {"number": number}, IDENTITY)
    elif isinstance(item, Video):
        yield from _path_findings(number, item, place)
    for person in shown:
        if people.is_shielded(person) and not item.covers:
            yield _person_finding(f"people_{kind}_shows", "block", place, IDENTITY, name=person.name, number=number)
    if any(people.is_shielded(person) for person in shown):
        return
    if not item.people_checked and not item.covers:
        # Beside someone protected it forbids an export; otherwise the story is not ready, and leaves as a draft.
        topic: Topic = "people" if careful else "media"
        yield Finding(f"people_{kind}_unchecked", "block", topic, place, {"number": number}, IDENTITY)
    for person in shown:
        if person.age_group == "child" and not people.has_consented(person):
            yield _person_finding("people_child_consent", "warning", place, CONSENT, name=person.name, number=number)


def _path_findings(number: int, video: Video, place: TextPlace) -> Iterator[Finding]:
    """A cover that moves was led there by a program: someone has to look at what it doubts, and then at the clip."""
    doubts = shown_doubts(video)
    if doubts:
        at = ClipTime(max(0.0, min(doubt.start for doubt in doubts)))
        facts = {"number": number, "count": len(doubts), "at": at}
        yield Finding("people_cover_doubts", "block", "people", place, facts, IDENTITY)
    elif not video.people_checked and any(path_of(cover) for cover in video.covers):
        yield Finding("people_cover_path", "block", "people", place, {"number": number}, IDENTITY)


# ------------------------------------------------------------------------------------------------ personal data


def _private_findings(story: Story, group: Group, detect: Detect) -> Iterator[Finding]:
    own = {terms.squeeze_text(value).text for value in (group.email, *group.accounts.values()) if value}
    number = _dialled_digits(group.phone)
    for field, text, _ in reader_texts(story, group):
        for at, part in text_paragraphs(text):
            for kind, start, end in detect(part):
                found = part[start:end]
                if field.startswith("group/") and kind != _SECRET:
                    continue  # how to reach the group is public on purpose
                if terms.squeeze_text(found).text in own or (
                    number and kind == "phone" and _dialled_digits(found) == number
                ):
                    continue
                open_contact = kind in _CONTACT and story.kind in _OPEN_CONTACT
                level: Level = "warning" if open_contact else "block"
                code = "people_contact" if open_contact else "people_private"
                yield _person_finding(
                    code, level, TextPlace(field, at + start, at + end), PRIVATE, word=found, kind=kind
                )


def _dialled_digits(number: str) -> str:
    """The digits of a phone number as it is dialled here: ``+62 812`` and ``0812`` are one."""
    digits = "".join(sign for sign in number if sign.isdigit())
    # "+62 (0)812" is written too: that zero is the country's own prefix and is not dialled behind +62.
    return f"0{digits[2:].lstrip('0')}" if digits.startswith("62") else digits


# ------------------------------------------------------------------------------------------------ consent


def _consent_findings(story: Story) -> Iterator[Finding]:
    for person in story.people:
        place = TextPlace(f"people/{person.id}/consent")
        if person.missing and person.role not in people.CASE_ROLES:
            yield _person_finding(
                "people_missing", "warning", TextPlace(f"people/{person.id}/missing"), "PPRA", name=person.name
            )
        if person.consent.withdrawn:
            yield _person_finding(
                "people_withdrawn", "block", place, CONSENT, name=person.name, when=person.consent.withdrawn[:10]
            )
        elif person.consent.given and person.consent.limits:
            yield _person_finding(
                "people_limits", "advice", place, CONSENT, name=person.name, limits=person.consent.limits
            )
        elif person.age_group == "unknown" and person.role in people.CASE_ROLES:
            yield _person_finding("people_age_unknown", "warning", place, IDENTITY, name=person.name)
