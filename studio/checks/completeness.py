"""Rules about the form of a story and its media: headline, dateline, captions, credits, labels, corrections.

Numbers P01 to P34 are those of the checklist of the design (``data/daftar_periksa.csv``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.base.origin import C2PA, made_up
from studio.checks.finding import Finding, TextFix
from studio.checks.ways_out import add_sources
from studio.story.body import plain_text
from studio.story.credits import is_ours, source_type
from studio.story.date_formats import long_date, parse_date
from studio.story.media_fields import ACCESS, DETAILS
from studio.story.model import Photo, cover_photo
from studio.story.places import TextPlace
from studio.story.sources import sources_of
from studio.story.subtitle_cues import overfull_cues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studio.checks.finding import Level, Topic
    from studio.story.model import Group, Story, Video

MOST_HEADLINE_WORDS, MOST_HEADLINE_SIGNS = 12, 80
"""P01; longer ones are cut off in the previews of links."""
LEAST_WORDS = 60
_SAME_EVENT = 1
"""Days between event and photo that are no question: feasts go past midnight, cameras are set to other zones."""
_SAYS_OLD = re.compile(
    r"\b(?:arsip|dokumentasi|dok\.|foto lama|ilustrasi|sebelum|sesudah|setelah|tahun lalu|bulan lalu|pekan lalu|"
    r"minggu lalu|hari kemudian|kemarin|sebelumnya|(?:diambil|difoto|foto(?:nya)?) (?:pada )?(?:tanggal )?\d)",
    re.IGNORECASE,
)
_AI_LABEL = "Ilustrasi dibuat dengan AI"
PRACTICE = "praktik redaksi"
# What stands below pictures of which nobody asked whose they are; such a credit names no one who could have agreed.
_UNKNOWN_OWNERS = frozenset({"istimewa", "ist", "ist.", "internet", "google", "dok", "dok.", "whatsapp", "medsos"})


def check_form(story: Story, group: Group) -> tuple[Finding, ...]:
    """Headline, place and date, byline, length, status: topics ``complete`` and ``form``."""
    return (*_headline_findings(story), *_part_findings(story), *_editing_findings(story, group))


def check_media(story: Story, group: Group) -> tuple[Finding, ...]:
    """Captions, credits, rights, labels and alt texts: topic ``media``."""
    found: list[Finding] = []
    if not story.photos and not story.videos:
        found.append(_form_finding("media_none", "advice", "complete", TextPlace("photos"), "KEJ pasal 2"))
    lead = cover_photo(story)
    for number, photo in enumerate(story.photos, 1):
        found += _media_findings(story, group, "photos", number, photo, lead=photo is lead)
    for number, video in enumerate(story.videos, 1):
        found += _media_findings(story, group, "videos", number, video, lead=not story.photos and number == 1)
    return (*found, *_crowded_cues(story))


def _form_finding(
    code: str, level: Level, topic: Topic, place: TextPlace | None, source: str, **facts: object
) -> Finding:
    return Finding(code, level, topic, place, facts, source)


def _headline_findings(story: Story) -> Iterator[Finding]:
    place, text = TextPlace("headline"), story.headline.strip()
    if not text:
        yield _form_finding("form_no_headline", "block", "complete", place, PRACTICE)
        return
    words = len(text.split())
    if words > MOST_HEADLINE_WORDS or len(text) > MOST_HEADLINE_SIGNS:
        yield _form_finding("form_headline_long", "warning", "form", place, PRACTICE, count=words, signs=len(text))
    if text.isupper() and words > 1:
        yield _form_finding("form_headline_capitals", "warning", "form", place, "EYD V")
    if text.endswith(".") and not text.endswith("..."):
        yield _form_finding("form_headline_stop", "warning", "form", place, "EYD V")


def _part_findings(story: Story) -> Iterator[Finding]:
    length = len(plain_text(story.body).split())
    if not length:
        yield _form_finding("form_no_body", "block", "complete", TextPlace("body"), PRACTICE)
    elif length < LEAST_WORDS and story.kind != "notice":
        yield _form_finding("form_body_short", "advice", "complete", TextPlace("body"), PRACTICE, count=length)
    if not story.place.strip():
        yield _form_finding("form_no_place", "warning", "complete", TextPlace("place"), PRACTICE)
    if not story.date.strip():
        yield _form_finding("form_no_date", "warning", "complete", TextPlace("date"), "KEJ pasal 3")
    if not any(name.strip() for name in story.byline):
        yield _form_finding("form_no_byline", "block", "complete", TextPlace("byline/0"), "KEJ pasal 2")
    if story.kind == "notice" and not story.valid_until.strip():
        yield _form_finding("form_no_end", "warning", "complete", TextPlace("valid_until"), PRACTICE)
    if story.kind in {"news", "event", "profile"} and not sources_of(story):
        place = TextPlace("sources")
        yield Finding("form_no_sources", "warning", "complete", place, {}, "KEJ pasal 3", add_sources(story))


def _editing_findings(story: Story, group: Group) -> Iterator[Finding]:
    writers = {name.strip().casefold() for name in story.byline}
    if len(group.members) > 1 and story.editor.strip().casefold() in {"", *writers}:
        yield _form_finding("form_editor", "advice", "form", TextPlace("editor"), PRACTICE)
    if story.status == "corrected" and not story.corrections:
        yield _form_finding(
            "form_no_correction", "block", "form", TextPlace("corrections"), "KEJ pasal 10; PPMS butir 4"
        )


def _media_findings(
    story: Story, group: Group, root: str, number: int, item: Photo | Video, *, lead: bool
) -> Iterator[Finding]:
    kind = root.removesuffix("s")

    def at(field: str) -> TextPlace:
        return TextPlace(f"{root}/{item.id}/{field}")

    for field in DETAILS:
        if field.missing and not getattr(item, field.name).strip():
            level: Level = "advice" if field.missing == ACCESS else "block" if lead else "warning"
            code = f"media_{kind}_{field.name}"
            yield _form_finding(code, level, "media", at(field.name), field.missing, number=number)
    credit = item.credit.strip()
    if credit.casefold() in _UNKNOWN_OWNERS:
        yield _form_finding("media_owner", "block", "media", at("credit"), "PPMS butir 7", number=number, credit=credit)
    elif credit and not item.rights.strip() and not is_ours(story, group, item):
        source = "PPMS butir 7; UU 28/2014"
        # Without a list of members nobody can tell whether it is one of them.
        level = "block" if group.members else "warning"
        yield _form_finding(f"media_{kind}_rights", level, "media", at("rights"), source, number=number, credit=credit)
    yield from _origin_findings(kind, number, item, at)
    if isinstance(item, Photo):
        yield from _other_day(story, number, item, at("caption"))


def _crowded_cues(story: Story) -> Iterator[Finding]:
    """Subtitles that do not fit on the picture, so that their end would be lost."""
    for number, video in enumerate(story.videos, 1):
        for at in overfull_cues(video.subtitles):
            place = TextPlace(f"videos/{video.id}/subtitles/{at}")
            yield _form_finding(
                "media_subtitle_long", "warning", "media", place, "aksesibilitas", number=number, cue=at + 1
            )


def _origin_findings(kind: str, number: int, item: Photo | Video, at: Callable[[str], TextPlace]) -> Iterator[Finding]:
    """Ask about a mark that a file brings, and have readers hear of what no camera recorded."""
    source = "KEJ pasal 2e; Peraturan Dewan Pers 1/2025"
    if item.origin_mark and not item.source_type:
        if made_up(item.origin_mark):
            yield _form_finding(f"media_{kind}_made_up", "block", "media", at("source_type"), source, number=number)
        elif item.origin_mark == C2PA:
            yield _form_finding(f"media_{kind}_c2pa", "warning", "media", at("source_type"), source, number=number)
    if made_up(source_type(item)) and not item.edited_label.strip():
        yield Finding(
            f"media_{kind}_unlabelled",
            "block",
            "media",
            at("edited_label"),
            {"number": number},
            source,
            (TextFix(at("edited_label"), _AI_LABEL),),
        )


def _other_day(story: Story, number: int, photo: Photo, place: TextPlace) -> Iterator[Finding]:
    """A photo of another day than the event: the commonest false claim is an old photo. One that says so is accepted.

    Only of what has happened: an invitation may well show last year's feast.
    """
    taken, event = parse_date(photo.taken[:10]), parse_date(story.date[:10])
    if story.kind not in {"news", "factcheck"} or taken is None or event is None:
        return
    days = (taken - event).days
    told = f"{photo.caption}\n{photo.edited_label}"
    named = str(taken.year) in told and taken.year != event.year
    if abs(days) <= _SAME_EVENT or named or _SAYS_OLD.search(told) or photo.id in _claimed_photos(story):
        return
    code = "media_photo_earlier" if days < 0 else "media_photo_later"
    facts = {"number": number, "taken": long_date(photo.taken[:10]), "days": abs(days)}
    yield Finding(code, "warning", "media", place, facts, "KEJ pasal 2e; PPMS butir 2")


def _claimed_photos(story: Story) -> frozenset[str]:
    """Photos that went round with a claim: they are shown under its verdict."""
    return frozenset(claim.picture for claim in story.claims if claim.picture)
