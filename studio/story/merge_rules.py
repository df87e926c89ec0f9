"""How each field of a story is merged where two people changed it: tables, one line a field.

Three kinds of field are not merged by what changed alone. What protects people only ever grows (covers, protected
people, words that give them away), what was promised or agreed to only ever shrinks, and what happened is never
forgotten (log, ledger, publications).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.story.model import (
    Claim,
    ClaimChange,
    ClaimContact,
    ClaimEvidence,
    Consent,
    Cover,
    Cue,
    Cut,
    Person,
    Photo,
    Publication,
    Source,
    StatusChange,
    Story,
    TextOverride,
    Video,
)
from studio.story.newsroom_records import (
    AudienceReading,
    Comment,
    CommentReply,
    PlannedPost,
    RightOfReply,
    StorySeries,
    Translation,
    VoiceRecording,
)
from studio.story.publication_records import Correction, Declaration, PublishedSnapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

KEYS: Mapping[type, Callable[[Any], object]] = {
    Photo: lambda photo: photo.id,
    Video: lambda video: video.id,
    Claim: lambda claim: claim.id,
    Person: lambda person: person.id,
    Comment: lambda comment: comment.id,
    VoiceRecording: lambda sound: sound.id,
    Source: lambda source: source.name.casefold(),
    Cue: lambda cue: (cue.start, cue.end),
    Publication: lambda line: line.outlet,
    PlannedPost: lambda plan: (plan.outlet, plan.when),
    RightOfReply: lambda reply: (reply.by, reply.received),
    ClaimEvidence: lambda proof: (proof.file, proof.url, proof.name),
    ClaimContact: lambda asked: (asked.name, asked.when),
    ClaimChange: repr,
    Correction: lambda line: (line.when, line.what),
    StatusChange: repr,
    CommentReply: repr,
    AudienceReading: lambda line: (line.when, line.by),
}
"""What tells records of a list apart; of alike ones each is its own."""

LASTING = frozenset(
    {Claim, ClaimChange, ClaimContact, ClaimEvidence, Comment, CommentReply, Correction, StatusChange, AudienceReading}
)
"""Records that no merge takes away: they tell what happened."""

BY_TIME: Mapping[type, str] = {StatusChange: "when", ClaimChange: "when", CommentReply: "when", Correction: "when"}
"""Lists that are in the order of a field, whoever added what."""

WHOLE = (Cover, Cut, TextOverride, StorySeries, Declaration, PublishedSnapshot, Consent)
"""Records that make sense only together: taken from one side, never mixed."""

JOINED: Mapping[str, str] = {
    **dict.fromkeys(("headline", "kicker", "title", "title_detail", "title_card", "name", "role", "contact"), " / "),
    **dict.fromkeys(("credit", "alt", "edited_label", "how"), " / "),
    **dict.fromkeys(("caption", "summary", "note", "text", "explanation", "reason", "why", "what", "who"), "\n"),
    **dict.fromkeys(("anchor", "answer", "closed_reason"), "\n"),
}
"""Texts of which both may be kept, and what stands between them. Of others one has to be chosen."""

CHOSEN = frozenset({(Person, "role"), (Comment, "answer")})
"""Codes under a name that is a text elsewhere: two of them joined would be none."""

GROWING = frozenset({(Person, "aliases"), (Person, "identifiers")})
"""Lists of words that protect: nothing is taken out by a merge."""

CAREFUL: Mapping[tuple[type, str], Callable[[Any], int]] = {
    (Person, "protected"): int,
    (Person, "missing"): lambda value: int(not value),
    (Person, "age_group"): ("adult", "unknown", "child").index,
    (Person, "consent"): lambda consent: 2 if consent.withdrawn else int(not consent.given),
    (Source, "terms"): ("", "named", "background", "embargo", "off_record").index,
    (Story, "status"): lambda value: int(value == "withdrawn"),
    (Story, "advertorial"): int,
    (Claim, "harmful"): int,
}
"""How careful a value is. What would be less careful than either side is a conflict, and the careful value stands."""

QUIETLY_CAREFUL: Mapping[tuple[type, str], Callable[[Any], int]] = {
    (Photo, "people_checked"): lambda value: int(not value),
    (Video, "people_checked"): lambda value: int(not value),
    (Video, "old_covers"): int,
}
"""The same without a conflict: the desk asks for these again anyway."""

STEPS = ("ready", "review", "draft", "published", "corrected", "withdrawn")
"""Where both moved a story on, the later of these holds: what has appeared is never a draft again."""


def _shared_sources(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """What translated texts were made from; where two laptops say otherwise, somebody has to look: "" never fits."""
    pairs = {
        name: (one.get(name, other.get(name, "")), other.get(name, one.get(name, ""))) for name in {**one, **other}
    }
    return {name: here if here == there else "" for name, (here, there) in sorted(pairs.items())}


LATEST: Mapping[tuple[type, str], Callable[[Any, Any], Any]] = {
    (Story, "modified"): max,
    (Story, "created"): lambda one, other: min(one, other) if one and other else one or other,
    (Story, "status"): lambda one, other: max(one, other, key=STEPS.index),
    (Story, "told"): lambda one, other: max((one, other), key=lambda told: (told.when if told else "", repr(told))),
    # Ticks are of one text: half of these and half of those would be more points than anybody chose.
    (Story, "points"): lambda one, other: max((one, other), key=lambda marks: (marks is not None, marks or ())),
    (Story, "slides"): lambda one, other: max((one, other), key=lambda marks: (marks is not None, marks or ())),
    (Publication, "when"): max,
    (Translation, "when"): max,
    (Translation, "made_from"): max,
    (Translation, "sources"): _shared_sources,
    (Comment, "resolved"): lambda one, other: min(one, other) if one and other else one or other,
    (Comment, "resolved_by"): lambda one, other: min(one, other) if one and other else one or other,
    (Comment, "required"): max,
    # Where a comment stands is looked up by its words; what each side noted of it moved with its own text.
    **{(Comment, name): max for name in ("start", "before", "after")},
}
"""Where both changed it, this decides, without a conflict."""
