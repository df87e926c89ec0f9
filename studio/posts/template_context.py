"""What templates see of a story: plain values, made once per story.

``build_context`` reads a story and its group into a ``TemplateContext``; every post of every outlet is made from it.
The names below are the ones templates use; docs/templates.md lists them for people who make packs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from studio.base.font_table import FONTS
from studio.group.products import CatalogStory, ProductStory
from studio.posts.card_quote import CardQuote, find_quote
from studio.posts.colors import color_palette
from studio.posts.music_credit import music_line
from studio.posts.output_kinds import TextOutput
from studio.posts.product_values import catalog_values, product_folder, product_values
from studio.posts.service_files import icon_shapes
from studio.posts.translated_dates import translated_date
from studio.posts.web_addresses import site_address, web_address
from studio.story import date_formats
from studio.story.body import BodyBlock, parse_markdown, split_lead
from studio.story.body import plain_text as body_text
from studio.story.claims import claim_picture, open_claims, ruling_claim, without_circulated
from studio.story.explainer_slides import Slide, SlideItem, SlideMatter, propose_slides
from studio.story.key_points import chosen_points
from studio.story.model import ANNOUNCED, cover_photo
from studio.story.occasion import fact_box, service_lines
from studio.story.reader_fields import for_readers
from studio.story.regions import bare_village
from studio.story.replies import replies_of
from studio.story.slide_order import SlideChoice, arranged_slides
from studio.story.text import (
    cleaned,
    hashtags,
    initials,
    join_names,
    reading_minutes,
    shorten,
    slugify,
    word_count,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.posts.draft_mark import MarkPlace
    from studio.posts.output_kinds import Output
    from studio.posts.packs import Outlet
    from studio.story.model import Claim, Group, Photo, Story, Video
    from studio.story.newsroom_records import RightOfReply
    from studio.story.publication_records import Correction
    from studio.story.service_kinds import ServiceKind

SUMMARY_LENGTH = 155
"""Characters of a summary that search engines and link previews show (data/platforms.json, situs)."""
_LEAST_REPLY, _ROOMY = 240, 10_000
"""A reply up to this length is always given in full, and any in an outlet with this much room."""


@dataclass(frozen=True)
class TemplateContext:
    """A story made ready for templates. Pure data; what is costly is worked out when first asked for.

    Attributes:
        story: what may reach readers of it (``studio.story.reader_fields``), and nothing else.
        group: who signs.
        folder: the story's place on the website, the name of its folder.
        labels: the words of ``_common/labels.toml``.
        stamped: the photo that went round with the claim of a fact check; only the verdict card and the printed sheet
            show it, under the stamp. ``story`` is without such photos.
        draft: whether every post carries the mark of a draft, which lies on pictures where ``mark`` says.
        past: whether it is a notice that is over: its posts say so.
        service: kind of the notice, None for none.
        slide: number of the slide of a carousel that is being made, from 1; 0 for everything else.
        turns: how many turns the scene of a moving card has that is being made; 0 for everything else.
        translation: the language ``story`` was translated into (BCP 47), "" where its words are the original's.
        page: where a translation is on the web, "" to go by the story.
    """

    story: Story
    group: Group
    folder: str
    labels: Mapping[str, Mapping[str, str]]
    stamped: Photo | None = None
    draft: bool = False
    past: bool = False
    service: ServiceKind | None = None
    slide: int = 0
    turns: int = 0
    translation: str = ""
    page: str = ""
    mark: MarkPlace = "across"

    @cached_property
    def blocks(self) -> tuple[BodyBlock, ...]:
        """The body."""
        return parse_markdown(self.story.body)

    @cached_property
    def lead(self) -> str:
        """The first paragraph, as plain text."""
        return one_line(self.opening[0]) if self.opening else ""

    @cached_property
    def opening(self) -> tuple[BodyBlock, ...]:
        """The block of the lead, alone; empty for a body without paragraphs."""
        lead, _ = split_lead(self.blocks)
        return () if lead is None else (lead,)

    @cached_property
    def rest(self) -> tuple[BodyBlock, ...]:
        """The body without its lead."""
        return split_lead(self.blocks)[1]

    @cached_property
    def points(self) -> tuple[str, ...]:
        """What matters after the lead: whole sentences, ticked by a member or proposed."""
        return chosen_points(self.blocks, self.story.headline, self.story.points)

    @cached_property
    def quote(self) -> CardQuote | None:
        """The quotation that can stand on a card."""
        return find_quote(self.blocks, self.story.sources)

    @cached_property
    def slides(self) -> tuple[Slide, ...]:
        """The explainer carousel: one to ten slides."""
        return tuple(choice.slide for choice in self.slide_choices if choice.shown)

    @cached_property
    def slide_choices(self) -> tuple[SlideChoice, ...]:
        """The slides there could be, in the order of the carousel."""
        return arranged_slides(self._offered_slides, self.story.slides)

    @cached_property
    def _offered_slides(self) -> tuple[Slide, ...]:
        shown, cover = self.story.photos, cover_photo(self.story)
        quote = self.quote.text if self.quote else ""
        matter = SlideMatter(self.blocks, self.points, quote, self.story.sources, shown, cover.id if cover else "")
        return propose_slides(matter)

    @cached_property
    def figures(self) -> tuple[SlideItem, ...]:
        """What can be told in figures: a small table of the body, else what its sentences count; nothing for none."""
        return next((slide.items for slide in self._offered_slides if slide.kind in {"bars", "figures"}), ())

    @cached_property
    def summary(self) -> str:
        """The summary written by hand, else the lead, short enough for a link preview."""
        return shorten(" ".join(cleaned(self.story.summary).split()) or self.lead, SUMMARY_LENGTH)

    @cached_property
    def verdict(self) -> str:
        """The verdict of a fact-check: that of its first public claim, else of its first; "" for other stories."""
        claim = ruling_claim(self.story)
        return claim.verdict if claim else ""

    @cached_property
    def claim(self) -> str:
        """What went round, in its own words: the claim with that verdict, "" when readers are not to see it."""
        claim = ruling_claim(self.story)
        return _field_line(claim.text) if claim and claim.public else ""

    @cached_property
    def url(self) -> str:
        """Where the story is (or will be) on the web, "" for a group without a website."""
        if self.page:
            return self.page
        for publication in reversed(self.story.publications):
            if publication.outlet == "website" and (link := web_address(publication.link)):
                return link
        return f"{site_address(self.group)}/{self.folder}/" if site_address(self.group) else ""

    @cached_property
    def published(self) -> str:
        """ISO time of the first publication; before that the date of the event, or of writing for one to come."""
        times = [p.when for p in self.story.publications if p.when]
        times += [step.when for step in self.story.log if step.status == "published" and step.when]
        days = (self.story.date, self.story.created[:10])
        # Their date is that of what is to come; a feed that is dated in the future hides its entry.
        first, second = days[::-1] if self.story.kind in {"event", "notice"} else days
        return min(times, default="") or first or second

    @cached_property
    def changed(self) -> str:
        """ISO time of the last correction, else of the publication. Saving alone does not change a published story."""
        return max((c.when for c in self.story.corrections if c.when), default="") or self.published

    @cached_property
    def base(self) -> dict[str, Any]:
        """What all templates of all outlets see."""
        return _base_values(self)


def build_context(
    story: Story,
    group: Group,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    folder: str = "",
    *,
    draft: bool = False,
    past: bool = False,
    service: ServiceKind | None = None,
) -> TemplateContext:
    """Make a story ready for templates.

    Args:
        story: any story, also an empty one.
        group: who signs.
        labels: ``OutletCatalog.labels``.
        folder: the name of the story's folder in the workspace, part of its web address; without it one is made.
        draft: mark every post as a draft.
        past: it is a notice that is over.
        service: the kind of the notice (``studio.posts.service_files``).
    """
    day = date_formats.parse_date(story.date)
    name = folder or "-".join(part for part in (day.isoformat() if day else "", slugify(story.headline)) if part)
    if isinstance(story, ProductStory | CatalogStory):
        name = product_folder(story.id) if isinstance(story, ProductStory) else "potensi"
    # First of all: what templates see is what readers may see, so that no pack, however clumsy or hostile, can print a
    # contact, a note or a hidden source.
    readable = for_readers(story)
    shown, stamped = without_circulated(readable), claim_picture(readable)
    return TemplateContext(shown, group, name, labels or {}, stamped, draft, past, service)


def one_line(block: BodyBlock) -> str:
    """The text of a block on one line."""
    return " ".join(block.text.split())


def _field_line(text: str) -> str:
    """A field that is one line."""
    return " ".join(cleaned(text).split())


def on_slide(material: TemplateContext, number: int) -> TemplateContext:
    """The story made ready for one slide of its carousel (from 1); what was worked out of it so far goes along."""
    made = replace(material, slide=number)
    kept = {name: value for name, value in vars(material).items() if name not in material.__dataclass_fields__}
    vars(made).update(kept)
    return made


# ------------------------------------------------------------------------------------------------ parts


def group_values(group: Group) -> dict[str, Any]:
    """``group``: who signs. ``logo`` is filled in where a picture can be shown."""
    name = _field_line(group.name) or _field_line(group.full_name) or "KIM"
    return {
        "name": name,
        "full_name": _field_line(group.full_name) or name,
        "village": _field_line(group.village),
        "district": _field_line(group.district),
        "regency": _field_line(group.regency),
        "province": _field_line(group.province),
        "initials": initials(name),
        "site": site_address(group),
        "site_name": site_address(group).split("://", 1)[-1],
        "phone": _field_line(group.phone),
        "email": _field_line(group.email),
        "address": _field_line(group.address),
        "license": _field_line(group.license),
        "accounts": {outlet: _field_line(account) for outlet, account in group.accounts.items()},
        "handle": name,
        "logo": "",
    }


def photo_credit(credit: str, story: Story, group: Group) -> str:
    """``Budi Santoso`` -> ``Budi Santoso/KIM Bina Warga`` for someone of the group; other credits stay as they are."""
    credit = _field_line(credit)
    ours = {_field_line(name).casefold() for name in (*story.byline, *group.members, story.editor)}
    return f"{credit}/{_field_line(group.name)}" if group.name and credit.casefold() in ours - {""} else credit


def photo_values(photo: Photo | Video, n: int, material: TemplateContext) -> dict[str, Any]:
    """A photo or video as templates see it; ``n`` counts from 1."""
    caption = _field_line(photo.caption)
    return {
        "id": photo.id,
        "n": n,
        "caption": caption,
        "credit": photo_credit(photo.credit, material.story, material.group),
        "alt": _field_line(photo.alt) or caption or _field_line(material.story.headline),
        "edited_label": _field_line(photo.edited_label),
    }


def claim_values(claim: Claim, labels: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """A claim that may be shown."""
    return {
        "text": _field_line(claim.text),
        "verdict": claim.verdict,
        "label": labels.get("verdict", {}).get(claim.verdict, claim.verdict),
        "disorder": labels.get("disorder", {}).get(claim.disorder, claim.disorder),
        "explanation": cleaned(claim.explanation).strip(),
        "references": [_field_line(reference) for reference in claim.references if reference.strip()],
    }


def correction_values(correction: Correction, group: Group) -> dict[str, Any]:
    """A correction, with its day and time in words."""
    return {
        "date": date_formats.short_date(correction.when),
        "when": date_formats.date_and_clock(correction.when, group.time_zone),
        "iso": date_formats.zoned_iso(correction.when, group.time_zone),
        "what": _field_line(correction.what),
        "reason": _field_line(correction.reason),
        "before": _field_line(correction.before),
        "after": _field_line(correction.after),
        "apology": correction.apology,
    }


def reply_values(reply: RightOfReply, group: Group) -> dict[str, Any]:
    """A right of reply, with its day in words; ``paragraphs`` are the lines of its text."""
    paragraphs = [line for line in (" ".join(line.split()) for line in reply.text.splitlines()) if line]
    return {
        "text": "\n".join(paragraphs),
        "paragraphs": paragraphs,
        "by": _field_line(reply.by),
        "role": _field_line(reply.role),
        "date": date_formats.short_date(reply.when),
        "when": date_formats.date_and_clock(reply.when, group.time_zone),
        "iso": date_formats.zoned_iso(reply.when, group.time_zone),
        "short_from": 0,
    }


def short_reply_from(limit: int) -> int:
    """From how long on a reply is given in part beside the story; 0 where all of it fits.

    A quarter of the outlet's room: the story it answers needs the rest. All of it is in a post of its own.
    """
    return max(_LEAST_REPLY, limit // 4) if 0 < limit < _ROOMY else 0


def _date_values(material: TemplateContext) -> dict[str, str]:
    story, zone = material.story, material.group.time_zone
    said = {
        "date": day.isoformat() if (day := date_formats.parse_date(story.date)) else "",
        "date_long": date_formats.full_days(story.date, story.date_end),
        "date_short": date_formats.short_days(story.date, story.date_end),
        "date_news": date_formats.news_date(story.date),
        "valid_until_long": date_formats.full_date(story.valid_until),
        "published_iso": date_formats.zoned_iso(material.published, zone),
        "published_long": date_formats.date_and_clock(material.published, zone),
        "changed_iso": date_formats.zoned_iso(material.changed, zone),
        "changed_long": date_formats.date_and_clock(material.changed, zone),
    }
    parts = date_formats.day_parts(story.date, story.date_end)
    said |= zip(("date_weekdays", "date_day", "date_month"), parts, strict=True)
    said = {name: translated_date(text, material.labels) for name, text in said.items()}
    return {**said, "published_feed": date_formats.feed_date(material.published, zone)}


def _fact_values(material: TemplateContext) -> list[dict[str, str]]:
    """When and where, of a notice or an event to come: ``name``, its ``label``, the ``text``, and that text ``firm``.

    A firm date breaks after its weekday, firm hours nowhere.
    """
    labels = material.labels.get("fact", {})
    made = []
    for fact in fact_box(material.story, material.group.time_zone):
        text = translated_date(_field_line(fact.text), {} if fact.name == "place" else material.labels)
        firm = text if fact.name == "place" else text.replace(" ", "\u00a0").replace(",\u00a0", ", ")
        made.append({"name": fact.name, "label": labels.get(fact.name, ""), "text": text, "firm": firm})
    return made


def _service_values(material: TemplateContext) -> dict[str, Any]:
    """``details``: what else a notice tells (``name``, ``label``, ``text``); ``icon`` of its kind; ``danger``."""
    labels = material.labels.get("fact", {})
    lines = service_lines(material.story, material.service)
    details = [
        {"name": line.name, "label": line.label or labels.get(line.name, line.name), "text": _field_line(line.text)}
        for line in lines
    ]
    service = material.service
    return {
        "details": details,
        "icon": icon_shapes(service.icon) if service else "",
        "danger": bool(service and service.danger and not material.past),
    }


def _story_dateline(story: Story, group: Group) -> str:
    """What stands before the lead: the village, also of what is announced for a hall or a field in it."""
    if story.kind in ANNOUNCED and group.village.strip():
        return _field_line(bare_village(group.village.strip()))
    return _field_line(story.place)


def _marked_past(words: str, material: TemplateContext) -> str:
    """The kind or kicker of a notice that is over: what every post and every pack shows above the headline."""
    if not (material.past and words):
        return words
    return f"{words} ({material.labels.get('text', {}).get('past', 'sudah lewat')})"


def _base_values(material: TemplateContext) -> dict[str, Any]:
    story, group, labels = material.story, material.group, material.labels
    text, kind = body_text(material.blocks), labels.get("kind", {}).get(story.kind, "")
    dateline = _story_dateline(story, group)
    cover = cover_photo(story)
    photos = [photo_values(photo, n, material) for n, photo in enumerate(story.photos, 1)]
    return {
        "kind": story.kind,
        "kind_label": _marked_past(kind, material),
        "headline": _field_line(story.headline),
        # Without a kicker a card would not say that its day has passed: then the kind stands there.
        "kicker": _marked_past(_field_line(story.kicker) or (kind if material.past else ""), material),
        "past": material.past,
        "place": _field_line(story.place),
        "hours": next((fact["text"] for fact in _fact_values(material) if fact["name"] == "hours"), ""),
        **_date_values(material),
        "facts": _fact_values(material),
        **_service_values(material),
        "authors": [_field_line(name) for name in story.byline if name.strip()],
        "byline": join_names((_field_line(name) for name in story.byline), story.language),
        "editor": _field_line(story.editor),
        "category": _field_line(story.category),
        "tags": [_field_line(tag) for tag in story.tags if tag.strip()],
        "summary": material.summary,
        "lead": material.lead,
        "dateline_place": dateline,
        "needs_dateline": bool(dateline) and not material.lead.startswith(dateline.upper()),
        "body": material.blocks,
        "opening": material.opening,
        "rest": material.rest,
        "points": list(material.points),
        "quote": material.quote.values() if material.quote else None,
        "photos": photos,
        "cover": next((values for values in photos if cover and values["id"] == cover.id), None),
        "videos": [photo_values(video, n, material) for n, video in enumerate(story.videos, 1)],
        "claims": [claim_values(claim, labels) for claim in open_claims(story) if claim.public],
        "corrections": [correction_values(correction, group) for correction in story.corrections],
        "replies": [reply_values(reply, group) for reply in replies_of(story)],
        "verdict": material.verdict,
        "claim": material.claim,
        "verdict_label": labels.get("verdict", {}).get(material.verdict, ""),
        "advertorial": story.advertorial,
        "music": music_line(story.motion.music if story.motion else None),
        "captions": [_field_line(each.text) for each in story.motion.shown_captions] if story.motion else [],
        "language": story.language or "id",
        "url": material.url,
        "url_short": material.url.split("://", 1)[-1].rstrip("/"),
        "words": word_count(text),
        "minutes": reading_minutes(text),
        "group": group_values(group),
        "colors": color_palette(group.colors.main, group.colors.accent),
        "font": FONTS[group.font],
        "labels": labels,
        **_offer_values(material),
    }


def _offer_values(material: TemplateContext) -> dict[str, Any]:
    """What only packs of products and of the catalogue see."""
    story, site = material.story, site_address(material.group)
    if isinstance(story, ProductStory):
        return {"product": product_values(story, material.labels, site)}
    if isinstance(story, CatalogStory):
        return {"product": None, **catalog_values(story, material.labels, site)}
    return {}


def outlet_context(material: TemplateContext, outlet: Outlet, output: Output) -> dict[str, Any]:
    """``material.base`` with what depends on the outlet: account, hashtags, limits."""
    group = {**material.base["group"]}
    group["handle"] = group["accounts"].get(outlet.id) or group["name"]
    text = output if isinstance(output, TextOutput) else None
    short_from = short_reply_from(text.limit if text else 0)
    return {
        **material.base,
        "replies": [{**reply, "short_from": short_from} for reply in material.base["replies"]],
        "group": group,
        "hashtags": list(hashtags(material.story.tags, material.group.hashtags, text.hashtags if text else None)),
        "outlet": {"id": outlet.id, "name": outlet.name},
        "limit": text.limit if text else 0,
        "aim": text.aim if text else 0,
        "visible": text.visible if text else 0,
    }
