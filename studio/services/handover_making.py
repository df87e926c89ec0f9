"""The file that a group hands over to the Dinas, made from its workspace; and notes of the Dinas taken in.

What is in the file is shown before it is written: ``HandoverDraft.document`` is exactly what ``data`` holds. Names of
people (who runs a channel, who filled in a round) and files of proofs stay at home, contacts that nobody ticked too.
Words beside an answer go along only where they name nobody who is protected anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from studio import __version__
from studio.base.errors import UserError
from studio.group.activities import ACTIVITIES, HELD, Activity
from studio.group.answer_line import LINE_INSTRUMENT, write_line
from studio.group.assessment import ASSESSMENTS, Assessment, AssessmentAnswer
from studio.group.handover_file import HANDOVER_FORMAT, handover_name, seal_handover, shared_contacts
from studio.group.notes import NOTES, GroupNote, note_place, read_note
from studio.group.products import FOLDER as PRODUCTS
from studio.group.products import Product, product_story
from studio.group.profile import PRIVATE_PLACE, PROFILE_PLACE, GroupChannel, GroupProfile, PrivateContacts
from studio.group.story_counts import PERIOD_DAYS
from studio.release.shielded_words import ShieldedNames, link_words, may_tell, shielded_names
from studio.services.self_map_rounds import offered_products
from studio.story.date_formats import local_day
from studio.story.expiry import today_there
from studio.story.publishing import outlets_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.group.group_records import GroupRecords
    from studio.store.group_folder import GroupFolder
    from studio.store.workspace import Workspace
    from studio.story.model import Group, Story

PROFILE_CODE = "profile"
"""Stands in ``HandoverDraft.left_out`` for the channels and the decree."""


@dataclass(frozen=True, slots=True)
class HandoverDraft:
    """What would be handed over.

    Attributes:
        name: of the file.
        document: what it says.
        data: its bytes.
        line: the bare answers of the newest round; "" while there is none.
        left_out: codes of the questions (and ``PROFILE_CODE``) whose words stay at home: they name a person who is
            protected in a story or product, or hold personal data.
    """

    name: str
    document: dict[str, Any]
    data: bytes
    line: str
    left_out: tuple[str, ...] = ()


def left_out_words(draft: HandoverDraft, texts: MessageTexts) -> str:
    """What stays at home, and what to do about it; "" for nothing."""
    names = [texts.text("group.page.profile") if code == PROFILE_CODE else code for code in draft.left_out]
    return texts.text("handover.left_out", codes=", ".join(names)) if names else ""


def draft_handover(workspace: Workspace, records: GroupRecords, now: datetime) -> HandoverDraft:
    """Make the file of a workspace's group, without writing it.

    Args:
        workspace: open; its stories are counted (a hundredth of a second each).
        records: the group's own records, with what is not saved yet.
        now: with time zone; the file is of this moment.

    Raises:
        UserError: ``handover.no_group_id``.
    """
    group = workspace.group
    if not group.id:
        raise UserError("handover.no_group_id")
    stories = [story for _, story in workspace.load_each() if not isinstance(story, UserError)]
    profile = records.record(PROFILE_PLACE, GroupProfile) or GroupProfile()
    private = records.record(PRIVATE_PLACE, PrivateContacts) or PrivateContacts()
    rounds = sorted(records.records(ASSESSMENTS, Assessment).values(), key=lambda found: found.date)
    contacts = [
        {name: getattr(one, name) for name in ("name", "phone", "email", "note", "share")} for one in private.contacts
    ]
    # Of all stories, not of the one a proof belongs to: a note may name a child who is protected in quite another
    # story.
    shield = _shielded_by(stories, records)
    left_out: set[str] = set()

    def tells(code: str, words: str) -> bool:
        known = may_tell(shield, group, words=words)
        left_out.update(() if known else (code,))
        return known

    document: dict[str, Any] = {
        "format": HANDOVER_FORMAT,
        "group": _group_fields(group, profile, partial(tells, PROFILE_CODE)),
        "contacts": shared_contacts(contacts),
        "rounds": [_round_fields(found, tells) for found in rounds],
        "counts": _counts(stories, records, group, now),
        "made": now.isoformat(timespec="seconds"),
        "app": f"KIM Studio {__version__}",
    }
    data = seal_handover(document)
    name, line = (
        handover_name(group.region_code, document["made"]),
        _assessment_line(group, rounds[-1] if rounds else None),
    )
    return HandoverDraft(name, document, data, line, tuple(sorted(left_out)))


def _shielded_by(stories: list[Story], records: GroupRecords) -> ShieldedNames:
    """Everybody who is shielded in a story or as the maker of a product."""
    return shielded_names((*stories, *map(product_story, records.records(PRODUCTS, Product).values())))


def _assessment_line(group: Group, found: Assessment | None) -> str:
    if found is None or found.instrument != LINE_INSTRUMENT or not found.answers:
        return ""
    answers = {
        code: (answer.score, answer.level)
        for code, answer in found.answers.items()
        if not (found.no_business and code.startswith("US"))
    }
    return write_line(group.region_code, found.date, answers, group.id)


def _group_fields(group: Group, profile: GroupProfile, tells: Callable[[str], bool]) -> dict[str, Any]:
    """Who the group is; names and addresses of its channels, and who issued the decree, where ``tells`` allows them."""
    decree, counted = profile.decree, profile.counted

    def shown(channel: GroupChannel) -> dict[str, Any]:
        told = {name: getattr(channel, name) for name in ("kind", "name", "address", "followers", "counted", "since")}
        # Letters only: the number of the group's own WhatsApp is no personal contact.
        if tells(link_words(f"{channel.name} {channel.address}")):
            return told
        return told | {"name": "", "address": ""}

    return {
        **{name: getattr(group, name) for name in ("id", "name", "village", "district", "regency", "province")},
        "region_code": group.region_code,
        **{name: getattr(profile, name) for name in ("kind", "founded", "kim_id")},
        "decree": {name: getattr(decree, name) for name in ("number", "date", "issuer", "valid_until")}
        | ({} if tells(decree.issuer) else {"issuer": ""}),
        "counted": {name: getattr(counted, name) for name in ("women", "men", "under_30", "when")},
        "channels": [shown(channel) for channel in profile.channels],
        "languages": list(profile.languages),
    }


def _round_fields(found: Assessment, tells: Callable[[str, str], bool]) -> dict[str, Any]:
    """A round without files, without the name of who filled it in, and without words that ``tells`` refuses."""
    return {
        "instrument": found.instrument,
        "date": found.date,
        "answers": {code: _answer_fields(answer, partial(tells, code)) for code, answer in found.answers.items()},
        "no_business": found.no_business,
    }


def _answer_fields(answer: AssessmentAnswer, tells: Callable[[str], bool]) -> dict[str, Any]:
    counted = answer.counted

    def told_words(words: str) -> str:
        return words if tells(words) else ""

    return {
        "score": answer.score,
        "level": answer.level,
        "proof": [
            {
                "sha256": proof.sha256,
                "address": proof.address if tells(link_words(proof.address)) else "",
                "count": proof.count,
                "note": told_words(proof.note),
            }
            for proof in answer.proof
        ],
        "counted": counted
        and {
            "score": counted.score,
            "stories": counted.stories,
            "from": counted.begins,
            "to": counted.ends,
            "source": counted.source,
        },
        "reason": told_words(answer.reason),
        "note": told_words(answer.note),
    }


def _counts(stories: list[Story], records: GroupRecords, group: Group, now: datetime) -> dict[str, int]:
    """What the studio counts; a story on five outlets is one, and only days of the last 90 are active ones."""
    today = date.fromisoformat(today_there(now, group.time_zone))
    first = today - timedelta(days=PERIOD_DAYS - 1)
    days = {local_day(line.when, group.time_zone) for story in stories for line in story.publications}
    return {
        "stories": len(stories),
        "published": sum(bool(story.publications) for story in stories),
        "active_days": sum(day is not None and first <= day <= today for day in days),
        "outlets": len({outlet for story in stories for outlet in outlets_of(story)}),
        "claims": sum(bool(claim.verdict) for story in stories for claim in story.claims),
        "products": offered_products(records),
        "activities": sum(each.kind not in HELD for each in records.records(ACTIVITIES, Activity).values()),
    }


def workspace_handover(path: Path, _today: date) -> bytes:
    """The file of a workspace that the user named beside files of other groups; nothing is written there.

    Raises:
        UserError: it is no workspace, or its group has no id.
    """
    from studio.store.group_folder import GroupFolder
    from studio.store.workspace import now_here, open_workspace

    with open_workspace(path, write=False) as workspace:
        return draft_handover(workspace, GroupFolder(workspace).read_all().records, now_here()).data


# ------------------------------------------------------------------------------------------------ notes


def take_note(folder: GroupFolder, workspace: Workspace, source: Path, today: date) -> GroupNote:
    """Take a note of the Dinas into the workspace; one that is there already stays as it is.

    Args:
        folder: the group's own files, writable.
        workspace: whose group the note has to be for.
        source: the file that came.
        today: notes of later days are refused.

    Raises:
        UserError: the file is no note for this group, or cannot be read or written.
    """
    note = read_note_file(source, workspace.group.id, today)
    there = folder.read(note_place(note.id), GroupNote)
    if there is not None:
        return there
    folder.write(note_place(note.id), note)
    return note


def read_note_file(source: Path, group_id: str, today: date) -> GroupNote:
    """The note in a file, for a group; see ``take_note`` for the errors."""
    try:
        with source.open("rb") as handle:
            # Notes are short: of a larger file its beginning is enough to refuse it.
            data = handle.read(100_000)
    except OSError as error:
        raise UserError("store.cannot_read", file=source.name, place=str(source.parent)) from error
    return read_note(data, source.name, group_id, today)


def notes_of(records: GroupRecords) -> tuple[GroupNote, ...]:
    """The notes of a group, newest first."""
    found = records.records(NOTES, GroupNote).values()
    return tuple(sorted(found, key=lambda note: (note.date, note.id), reverse=True))
