"""The verification ledger of a story: rows are added and closed, never deleted, and what they said before is kept.

Every change of a row is an ``StoryEdit``; who made it and when is written beside it. Evidence and people who were asked
can be struck, with a reason, but they stay. ``todo`` lists what has to wait for the network.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from studio.story.edits import StoryEdit, new_id
from studio.story.model import Claim, ClaimChange, ClaimContact, ClaimEvidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studio.story.model import Photo, Story, Verdict

STEPS = ("stop", "investigate", "find", "trace")
"""SIFT (Mike Caulfield, 2019): stop; investigate the source; find better coverage; trace to the original."""
KINDS = ("fact", "number", "quote", "photo", "video", "screenshot")
VERDICTS: tuple[Verdict, ...] = ("true", "partly", "misleading", "false", "unproven")
"""The conclusions; "" and ``checking`` are none."""
DISORDERS = ("satire", "misleading", "imposter", "fabricated", "false_connection", "false_context", "manipulated")
"""First Draft's seven types."""
TextField = Literal["text", "kind", "anchor", "first_seen", "received", "disorder", "explanation", "confidence"]
NameField = Literal["checker", "second_reader", "picture"]
FlagField = Literal["public", "harmful", "urgent"]
_RUN = timedelta(minutes=10)
"""Changes of one field by one person within this time are one line of the log (typing)."""
_HOST = re.compile(r"https?://(?:www\.|m\.)?([^/\s:?#]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LedgerStamp:
    """Who changes the ledger, and when (ISO 8601 with offset)."""

    when: str
    by: str = ""


# ------------------------------------------------------------------------------------------------ reading


def find_claim(story: Story, claim_id: str) -> Claim | None:
    """The row with this id."""
    return next((claim for claim in story.claims if claim.id == claim_id), None)


def open_claims(story: Story) -> tuple[Claim, ...]:
    """The rows that count: not closed, and saying something."""
    return tuple(claim for claim in story.claims if not claim.closed and claim.text.strip())


def is_decided(claim: Claim) -> bool:
    """Whether there is a conclusion ("not proven" is one)."""
    return claim.verdict in VERDICTS


def ruling_claim(story: Story) -> Claim | None:
    """The row that a fact check is about: its first public one with a verdict, else its first with a verdict."""
    if story.kind != "factcheck":
        return None
    # ``sorted`` is stable: public rows come first, and both kinds keep their order.
    rows = sorted(open_claims(story), key=lambda claim: not claim.public)
    return next((claim for claim in rows if claim.verdict), None)


def circulated_photos(story: Story) -> frozenset[str]:
    """Ids of the photos that went round with a claim that is not true: shown only under the stamp of its verdict."""
    return frozenset(
        claim.picture for claim in story.claims if claim.picture and not claim.closed and claim.verdict != "true"
    )


def claim_picture(story: Story) -> Photo | None:
    """The photo that the verdict card of a fact check stamps; None when none went round."""
    claim = ruling_claim(story)
    wanted = claim.picture if claim else ""
    return next((photo for photo in story.photos if wanted and photo.id == wanted), None)


def without_circulated(story: Story) -> Story:
    """The story as its posts show it: without the photos that must not be seen unstamped."""
    hidden = circulated_photos(story)
    if not hidden:
        return story
    photos = tuple(photo for photo in story.photos if photo.id not in hidden)
    show = story.slideshow if photos else None
    if show is not None:
        show = replace(show, photos=tuple(name for name in show.photos if name not in hidden))
    cover = "" if story.cover in hidden else story.cover
    return replace(story, photos=photos, cover=cover, slideshow=show)


def sources_of(claim: Claim) -> tuple[str, ...]:
    """Those who stand for a conclusion, independent of each other: people who answered, and places that were read.

    Two addresses of one website are one source, and the website the claim came from is none. An answer counts once per
    name. Evidence files alone are none: they show that the claim went round, not that it is right or wrong.
    """
    where = _HOST.search(claim.first_seen)
    origin = where[1].casefold() if where else ""
    found: dict[str, str] = {}
    for contact in claim.asked:
        if contact.answer.strip() and not contact.struck:
            found.setdefault(" ".join(contact.name.casefold().split()), contact.name.strip())
    for reference in claim.references:
        host = _HOST.search(reference)
        key = host[1].casefold() if host else " ".join(reference.casefold().split())
        # Where the claim came from is no source for it, however often it is cited.
        if key and key != origin and not _speaks_of(key, found):
            found.setdefault(key, host[1] if host else reference.strip())
    return tuple(found.values())


def _speaks_of(reference: str, names: dict[str, str]) -> bool:
    """Whether a reference in words is the interview with someone who is counted already."""
    return any(name and name in reference for name in names)


def evidence_of(claim: Claim) -> tuple[ClaimEvidence, ...]:
    """The evidence that counts."""
    return tuple(item for item in claim.evidence if not item.struck)


def harmed_asked(claim: Claim) -> bool:
    """Whether the party the claim speaks ill of was asked, or someone tried to."""
    return any(contact.harmed and not contact.struck and contact.name.strip() for contact in claim.asked)


# ------------------------------------------------------------------------------------------- what needs the network


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Something to do when there is a network: ``code`` names its text (``ledger.todo.<code>``)."""

    claim: str
    code: str
    about: str


def open_tasks(story: Story) -> tuple[OpenTask, ...]:
    """What the open rows still need from the network or the phone, row by row."""
    return tuple(task for claim in open_claims(story) if not is_decided(claim) for task in _claim_tasks(claim))


def _claim_tasks(claim: Claim) -> Iterator[OpenTask]:
    about = " ".join(claim.text.split())
    if not claim.steps.get("investigate", "").strip():
        yield OpenTask(claim.id, "account" if claim.first_seen.strip() else "origin", claim.first_seen.strip() or about)
    if not claim.steps.get("find", "").strip():
        yield OpenTask(claim.id, "coverage", about)
        yield OpenTask(claim.id, "cekfakta", about)
    if not claim.steps.get("trace", "").strip():
        seen = claim.picture or claim.kind in {"photo", "video", "screenshot"}
        yield OpenTask(claim.id, "reverse" if seen else "original", about)
    for contact in claim.asked:
        if not contact.answer.strip() and not contact.struck:
            yield OpenTask(claim.id, "answer", contact.name)
    if claim.harmful and not harmed_asked(claim):
        yield OpenTask(claim.id, "harmed", about)


# ------------------------------------------------------------------------------------------------ edits


def add_claim(story: Story, text: str, stamp: LedgerStamp) -> tuple[StoryEdit, str]:
    """A new row, under examination; in a fact check it is shown to readers.

    Returns:
        The edit, and the id of the row.
    """
    claim = Claim(
        id=new_id(),
        text=text,
        verdict="checking",
        received=stamp.when[:10],
        checker=stamp.by,
        public=story.kind == "factcheck",
        changes=(_log_line("claim", stamp, after=text),),
    )
    return StoryEdit("edit.claim_add", lambda now: replace(now, claims=(*now.claims, claim))), claim.id


def set_text(claim_id: str, field: TextField | NameField, value: str, stamp: LedgerStamp) -> StoryEdit:
    """Write one field of a row; what it said before goes into the row's log."""
    return _change_claim("edit.claim", claim_id, lambda claim: _write_field(claim, field, value, stamp), field)


def set_flag(claim_id: str, field: FlagField, value: bool, stamp: LedgerStamp) -> StoryEdit:
    """Tick or untick one field of a row."""

    def change(claim: Claim) -> Claim:
        if getattr(claim, field) == value:
            return claim
        return _log_change(replace(claim, **{field: value}), field, "" if value else "1", "1" if value else "", stamp)

    return _change_claim("edit.claim", claim_id, change)


def set_step(claim_id: str, step: str, found: str, stamp: LedgerStamp) -> StoryEdit:
    """Write what a step of SIFT found.

    Raises:
        ValueError: there is no such step.
    """
    if step not in STEPS:
        raise ValueError(step)

    def change(claim: Claim) -> Claim:
        before = claim.steps.get(step, "")
        if before == found:
            return claim
        changed = replace(claim, steps={**claim.steps, step: found})
        return _log_change(changed, f"steps/{step}", before, found, stamp)

    return _change_claim("edit.claim_step", claim_id, change, f"steps/{step}")


def set_verdict(claim_id: str, verdict: Verdict, stamp: LedgerStamp) -> StoryEdit:
    """Come to a conclusion, or take it back; every earlier one stays in the row's log."""

    def change(claim: Claim) -> Claim:
        if claim.verdict == verdict:
            return claim
        date = stamp.when[:10] if verdict in VERDICTS else ""
        changed = replace(claim, verdict=verdict, date=date, checker=claim.checker or stamp.by)
        return _append_line(changed, _log_line("verdict", stamp, before=claim.verdict, after=verdict))

    return _change_claim("edit.claim_verdict", claim_id, change)


def add_evidence(claim_id: str, evidence: ClaimEvidence, stamp: LedgerStamp) -> StoryEdit:
    """Add evidence; the same file or address comes in once."""

    def change(claim: Claim) -> Claim:
        same = any(
            (item.file, item.url) == (evidence.file, evidence.url) and not item.struck for item in claim.evidence
        )
        if same:
            return claim
        dated = evidence if evidence.when else replace(evidence, when=stamp.when)
        after = evidence.name or evidence.url or evidence.file
        changed = replace(claim, evidence=(*claim.evidence, dated))
        return _append_line(changed, _log_line("evidence", stamp, after=after))

    return _change_claim("edit.claim_evidence", claim_id, change)


def strike_evidence(claim_id: str, number: int, reason: str, stamp: LedgerStamp) -> StoryEdit:
    """Say why a piece of evidence no longer counts; it stays in the ledger."""

    def change(claim: Claim) -> Claim:
        if not 0 <= number < len(claim.evidence) or claim.evidence[number].struck or not reason.strip():
            return claim
        items = list(claim.evidence)
        items[number] = replace(items[number], struck=reason.strip())
        name = items[number].name or items[number].url or items[number].file
        changed = replace(claim, evidence=tuple(items))
        return _append_line(changed, _log_line("struck", stamp, before=name, after=reason.strip()))

    return _change_claim("edit.claim_evidence", claim_id, change)


def add_contact(claim_id: str, contact: ClaimContact, stamp: LedgerStamp) -> StoryEdit:
    """Write down someone who was asked."""

    def change(claim: Claim) -> Claim:
        dated = contact if contact.when else replace(contact, when=stamp.when)
        changed = replace(claim, asked=(*claim.asked, dated))
        return _append_line(changed, _log_line("asked", stamp, after=contact.name))

    return _change_claim("edit.claim_asked", claim_id, change)


def set_answer(claim_id: str, number: int, answer: str, stamp: LedgerStamp) -> StoryEdit:
    """Write what someone answered; an earlier answer stays in the row's log."""

    def change(claim: Claim) -> Claim:
        if not 0 <= number < len(claim.asked) or claim.asked[number].answer == answer:
            return claim
        before = claim.asked[number]
        asked = list(claim.asked)
        asked[number] = replace(before, answer=answer)
        return _log_change(replace(claim, asked=tuple(asked)), f"asked/{number}", before.answer, answer, stamp)

    return _change_claim("edit.claim_asked", claim_id, change, f"asked/{number}")


def strike_contact(claim_id: str, number: int, reason: str, stamp: LedgerStamp) -> StoryEdit:
    """Say why a line about someone who was asked no longer counts; it stays in the ledger."""

    def change(claim: Claim) -> Claim:
        if not 0 <= number < len(claim.asked) or claim.asked[number].struck or not reason.strip():
            return claim
        asked = list(claim.asked)
        asked[number] = replace(asked[number], struck=reason.strip())
        line = _log_line("struck", stamp, before=asked[number].name, after=reason.strip())
        return _append_line(replace(claim, asked=tuple(asked)), line)

    return _change_claim("edit.claim_asked", claim_id, change)


def set_references(claim_id: str, references: tuple[str, ...], stamp: LedgerStamp) -> StoryEdit:
    """Write the list of references; one that goes stays in the row's log."""
    kept = tuple(line.strip() for line in references if line.strip())

    def change(claim: Claim) -> Claim:
        if claim.references == kept:
            return claim
        before, after = "\n".join(claim.references), "\n".join(kept)
        return _log_change(replace(claim, references=kept), "references", before, after, stamp)

    return _change_claim("edit.claim", claim_id, change, "references")


def close_claim(claim_id: str, reason: str, stamp: LedgerStamp) -> StoryEdit:
    """Put a row away, with a reason: it no longer counts, and stays in the ledger."""

    def change(claim: Claim) -> Claim:
        if claim.closed or not reason.strip():
            return claim
        changed = replace(claim, closed=stamp.when, closed_reason=reason.strip())
        return _append_line(changed, _log_line("closed", stamp, after=reason.strip()))

    return _change_claim("edit.claim_close", claim_id, change)


def reopen_claim(claim_id: str, stamp: LedgerStamp) -> StoryEdit:
    """Take a closed row up again."""

    def change(claim: Claim) -> Claim:
        if not claim.closed:
            return claim
        changed = replace(claim, closed="", closed_reason="")
        return _append_line(changed, _log_line("closed", stamp, before=claim.closed_reason))

    return _change_claim("edit.claim_reopen", claim_id, change)


# ------------------------------------------------------------------------------------------------ how they are made


def _change_claim(label: str, claim_id: str, change: Callable[[Claim], Claim], field: str = "") -> StoryEdit:
    def apply(story: Story) -> Story:
        after = tuple(change(claim) if claim.id == claim_id else claim for claim in story.claims)
        same = all(new is old for new, old in zip(after, story.claims, strict=True))
        return story if same else replace(story, claims=after)

    return StoryEdit(label, apply, merge=f"claims:{claim_id}:{field}" if field else "")


def _write_field(claim: Claim, field: str, value: str, stamp: LedgerStamp) -> Claim:
    before = getattr(claim, field)
    if before == value:
        return claim
    return _log_change(replace(claim, **{field: value}), field, before, value, stamp)


def _log_line(field: str, stamp: LedgerStamp, before: str = "", after: str = "") -> ClaimChange:
    return ClaimChange(field=field, before=before, after=after, when=stamp.when, by=stamp.by)


def _append_line(claim: Claim, line: ClaimChange) -> Claim:
    return replace(claim, changes=(*claim.changes, line))


def _log_change(claim: Claim, field: str, before: str, after: str, stamp: LedgerStamp) -> Claim:
    """Put a change into the log; the last line goes on when it is of the same run of typing."""
    line = _log_line(field, stamp, before, after)
    last = claim.changes[-1] if claim.changes else None
    if last is None or (last.field, last.by) != (field, stamp.by) or not _within_run(last.when, stamp.when):
        return _append_line(claim, line)
    # Typed and taken back within the run: nothing was changed, and the log says nothing.
    if last.before == after:
        return replace(claim, changes=claim.changes[:-1])
    return replace(claim, changes=(*claim.changes[:-1], replace(last, after=after)))


def _within_run(earlier: str, later: str) -> bool:
    try:
        return timedelta() <= datetime.fromisoformat(later) - datetime.fromisoformat(earlier) <= _RUN
    except (ValueError, TypeError):
        return False
