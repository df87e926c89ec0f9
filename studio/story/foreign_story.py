"""A story that comes from someone else: what was promised over there has to be promised again here.

Whoever sends a story vouches for it on their own laptop. Here nobody has looked yet: what only a person can say (ready,
fit to be seen, nobody recognisable, this block may stand) does not come along. The words, the media and what happened
(publications, corrections, the ledger) do.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.story.model import Consent, Photo, StatusChange, Video
from studio.story.story_status import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.story.model import Claim, ClaimContact, Cover, Story

_NO_NEWS = ("created", "modified", "log", "comments", "planned", "put_aside", "words_ignored", "publications")
"""Fields that may change without anything that a reader gets to see."""


def has_promises(story: Story) -> bool:
    """Whether someone vouched for something in it that the reader of a package has to vouch for again."""
    if story.status in PUBLIC or story.declarations:
        return True
    return any(line.finding for line in story.log) or any(each.people_checked for each in _media(story))


def arrive_foreign(story: Story, when: str, by: str, reason: str) -> Story:
    """The story as it begins its life here: in review instead of ready, without declarations; its log says why.

    One that was withdrawn stays so, and a draft with no promises comes in as it is.

    Args:
        story: as it stands in the package.
        when: ISO 8601 with offset: now.
        by: who takes it in; "" where nobody wants to be named.
        reason: what the log says.
    """
    if not has_promises(story):
        return story
    bare = _with_promises_of(story, None)
    status = "review" if story.status in PUBLIC else story.status
    line = StatusChange(status=status, when=when, by=by, reason=reason)
    return replace(bare, status=status, log=(*bare.log, line))


def as_changed_there(there: Story, here: Story) -> Story:
    """The story of a package as it is merged here: what was promised, and what stayed at home, is as it is here.

    Not even the version that the package calls common is believed: it may be made up. Consents and contacts that are
    empty were left at home by the sender, as a rule: no change. A withdrawal does come along, since it protects people.

    Args:
        there: as it stands in the package, with the originals of covered photos put back.
        here: the story here.
    """
    bare = _with_promises_of(there, here)
    people = {person.id: person.consent for person in here.people}
    contacts = {source.name: source.contact for source in here.sources}
    asked = {(claim.id, *name): each.how for claim in here.claims for name, each in _told_apart(claim)}

    def answered(claim: Claim) -> Claim:
        told = _told_apart(claim)
        return replace(claim, asked=tuple(_with_way(each, asked.get((claim.id, *name), "")) for name, each in told))

    return replace(
        bare,
        # Only a withdrawal travels: to stop too much does less harm than to publish what was taken back.
        status=there.status if there.status == "withdrawn" else here.status,
        people=tuple(
            replace(each, consent=people.get(each.id, each.consent)) if each.consent == Consent() else each
            for each in bare.people
        ),
        sources=tuple(
            each if each.contact else replace(each, contact=contacts.get(each.name, "")) for each in bare.sources
        ),
        claims=tuple(answered(claim) for claim in bare.claims),
        # As with contacts: none means that they were left at home.
        recordings=bare.recordings or here.recordings,
    )


def cover_same_files(merged: Story, here: Story) -> Story:
    """What came in and shows a file that is covered here is as covered: its covers hide faces, wherever it is shown."""
    hidden = {each.file: each.covers for each in _media(here) if each.covers and each.file}
    known = {each.id for each in _media(here)}

    def covers(each: Photo | Video) -> tuple[Cover, ...]:
        wanted = hidden.get(each.file, ()) if each.id not in known else ()
        return (*each.covers, *(cover for cover in wanted if cover not in each.covers))

    return replace(
        merged,
        photos=tuple(replace(each, covers=covers(each)) for each in merged.photos),
        videos=tuple(replace(each, covers=covers(each)) for each in merged.videos),
    )


def _told_apart(claim: Claim) -> Iterator[tuple[tuple[str, str, int], ClaimContact]]:
    """Whoever was asked by name and time, and by number where these are alike: by place, a new line above moves all."""
    seen: Counter[tuple[str, str]] = Counter()
    for each in claim.asked:
        key = each.name, each.when
        yield (*key, seen[key]), each
        seen[key] += 1


def _with_way(asked: ClaimContact, how: str) -> ClaimContact:
    return asked if asked.how or not how else replace(asked, how=how)


def confirm_anew(here: Story, merged: Story, when: str, by: str, reason: str) -> Story:
    """The merged story, no longer ready where something in it is new: nobody here has said that of what came in."""
    told = replace(merged, **{name: getattr(here, name) for name in _NO_NEWS})
    if merged.status != "ready" or told == here:
        return merged
    line = StatusChange(status="review", when=when, by=by, reason=reason)
    return replace(merged, status="review", log=(*merged.log, line))


def without_consents(story: Story) -> Story:
    """The story without the book of consents."""
    return replace(story, people=tuple(replace(person, consent=Consent()) for person in story.people))


def without_contacts(story: Story) -> Story:
    """The story without the ways to reach people: those of sources, and of whoever was asked about a claim.

    Without its recordings, too: a voice gives away whoever was promised that nobody learns who it was.
    """
    claims = tuple(
        replace(claim, asked=tuple(_without_number(each) for each in claim.asked)) if claim.asked else claim
        for claim in story.claims
    )
    sources = tuple(replace(source, contact="") for source in story.sources)
    return replace(story, sources=sources, claims=claims, recordings=())


def _without_number(asked: ClaimContact) -> ClaimContact:
    """How someone was asked, unless a telephone number or an address stands there."""
    private = any(sign.isdigit() or sign == "@" for sign in asked.how)
    return replace(asked, how="") if private else asked


def _with_promises_of(story: Story, known: Story | None) -> Story:
    """``story`` with the declarations, looked-at marks and overridden blocks of ``known``, and none of its own."""
    looked = {(type(each), each.id): each.people_checked for each in _media(known)}
    lines = {_line_key(line): line for line in (known.log if known else ())}
    return replace(
        story,
        declarations=known.declarations if known else {},
        photos=tuple(replace(each, people_checked=looked.get((Photo, each.id), False)) for each in story.photos),
        videos=tuple(replace(each, people_checked=looked.get((Video, each.id), False)) for each in story.videos),
        log=tuple(lines.get(_line_key(line), replace(line, finding="")) for line in story.log),
    )


def _media(story: Story | None) -> tuple[Photo | Video, ...]:
    return (*story.photos, *story.videos) if story is not None else ()


def _line_key(line: StatusChange) -> tuple[str, str, str, str]:
    """What tells a line of the log from others; the block it lets stand is a promise and does not count."""
    return line.status, line.when, line.by, line.reason
