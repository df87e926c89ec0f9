"""Rules nobody but a person can answer: asked where they apply, and only there (checklist P16-P18, P23, P25, P26, P32).

Everything else of the checklist is found by the other rules; what is asked here is ticked in the panel "Siap terbit?".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.finding import Finding
from studio.checks.sensitive_cases import case_mentions
from studio.story.credits import is_ours
from studio.story.date_formats import full_date
from studio.story.expiry import ASKED, is_past, last_day, takes_posts
from studio.story.model import Photo
from studio.story.people import CASE_ROLES, is_shielded
from studio.story.places import TextPlace, placed_texts
from studio.story.replies import replies_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.checks.finding import Level
    from studio.story.declarations import DeclarationId
    from studio.story.model import Group, Story, Video
    from studio.story.publication_records import Declaration

RULES: Mapping[DeclarationId, tuple[Level, str]] = {
    "child_interview": ("block", "PPRA"),
    "child_social": ("block", "PPRA butir 11"),
    "sensitive_case": ("warning", "KEJ pasal 5; PPRA"),
    "decent": ("block", "KEJ pasal 4"),
    "altered_media": ("block", "KEJ pasal 2e"),
    "citizen_material": ("warning", "PPMS butir 3"),
    "unpaid": ("block", "PPMS butir 6"),
    "right_of_reply": ("block", "KEJ pasal 11; PPMS butir 4"),
    "past_notice": ("advice", "KEJ pasal 3"),
}
"""Level and source of each, in the order in which they are asked."""

_ASKED_ROLES = frozenset({"source", *CASE_ROLES})
_STRONG = 0.5
"""Light or contrast changed by more than this (of 1) makes another picture of it."""
_MADE_UP = re.compile(
    r"\b(?:AI|(?i:ilustrasi|kecerdasan buatan|gemini|chatgpt|dall-?e|midjourney|montase|kolase|rekayasa|"
    r"hasil olah(?:an)?))\b"
)
_CRUEL = re.compile(
    r"\b(?:pembunuhan|dibunuh|membunuh|mutilasi|pemerkosaan|perkosaan|diperkosa|pencabulan|dicabuli|asusila|cabul|"
    r"pelecehan seksual|bunuh diri|gantung diri|mesum|perselingkuhan|santet|penganiayaan|dianiaya|bersimbah darah)\b",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"\b(?:disponsori|bersponsor|sponsor utama|promo|diskon|harga spesial|kode voucher|pesan sekarang|beli sekarang|"
    r"hubungi penjual|penawaran terbatas|berita berbayar|advertorial|endorse(?:ment)?)\b",
    re.IGNORECASE,
)


def check_declared(story: Story, group: Group, today: str = "") -> tuple[Finding, ...]:
    """What applies to the story and nobody has vouched for yet; ``today`` as in ``applying_declarations``."""
    last = last_day(story)
    facts = {"date": full_date(last.isoformat()) if last else ""}
    return tuple(
        Finding(f"declare_{name}", RULES[name][0], "form", TextPlace(f"declarations/{name}"), facts, RULES[name][1])
        for name in applying_declarations(story, group, today)
        if standing_declaration(story, group, name, today) is None
    )


def standing_declaration(story: Story, group: Group, name: DeclarationId, today: str) -> Declaration | None:
    """What someone vouched for; None also where a new day made it void (``studio.story.expiry``)."""
    said = story.declarations.get(name)
    return None if name == ASKED and not takes_posts(story, today, group.time_zone) else said


def applying_declarations(story: Story, group: Group, today: str = "") -> tuple[DeclarationId, ...]:
    """Which of them the story gives reason to ask, in the order in which they are asked.

    Args:
        story: any story.
        group: who publishes it.
        today: ISO date in the group's time zone; "" skips whether it is over.
    """
    read = "\n".join(text for field, text in placed_texts(story) if not field.endswith("/name"))
    items: tuple[Photo | Video, ...] = (*story.photos, *story.videos)
    harmful = any(claim.harmful and not claim.closed for claim in story.claims)
    named = {source.name.strip().casefold() for source in story.sources}
    children = [person for person in story.people if person.age_group == "child"]
    in_case = any(child.role in CASE_ROLES for child in children)
    spoke = any(child.role in _ASKED_ROLES or child.name.strip().casefold() in named for child in children)
    case, pointing = case_mentions(story)
    listed = any(is_shielded(person) for person in story.people)
    # A campaign against abuse is about nobody: asking whether it is decent would be an insult.
    cruel = bool(_CRUEL.search(read)) and (pointing or not case)
    answers: dict[DeclarationId, bool] = {
        "child_interview": spoke,
        "child_social": in_case,
        "sensitive_case": case and not listed,
        "decent": in_case or harmful or cruel,
        "altered_media": any(_is_altered(item) for item in items),
        "citizen_material": any(item.credit.strip() and not is_ours(story, group, item) for item in items),
        "unpaid": not story.advertorial and bool(_PAID.search(read)),
        "right_of_reply": _may_reply(story, harmful=harmful),
        "past_notice": is_past(story, today),
    }
    return tuple(name for name in RULES if answers[name])


def _may_reply(story: Story, *, harmful: bool) -> bool:
    """Whether someone is harmed and has a right to answer that is not yet part of the story; never for a slip."""
    if replies_of(story):
        return False
    answered = any(
        asked.harmed and asked.answer and not asked.struck for claim in story.claims for asked in claim.asked
    )
    return answered or any(line.harmed for line in story.corrections) or (harmful and bool(story.corrections))


def _is_altered(item: Photo | Video) -> bool:
    """Whether readers may take for a photo what is none, and nothing tells them."""
    if item.edited_label.strip():
        return False
    if _MADE_UP.search(f"{item.credit}\n{item.caption}\n{item.name}"):
        return True
    return isinstance(item, Photo) and (
        item.flip or max(abs(item.adjust.brightness), abs(item.adjust.contrast), abs(item.adjust.warmth)) > _STRONG
    )
