"""Rules about a product: what is offered must make sense, and the maker must have agreed to be shown.

Nobody who must be protected sells: children have no business in an advertisement (UU 35/2014 pasal 76I forbids using a
child for economic gain). Words and pictures are judged by the very rules of stories.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from studio.checks.completeness import check_media
from studio.checks.finding import Finding
from studio.checks.identity_leaks import no_words
from studio.checks.people_rules import CONSENT, check_people
from studio.group.product_words import phone_digits
from studio.story.date_formats import parse_date
from studio.story.people import has_consented, is_shielded
from studio.story.places import TextPlace
from studio.story.reader_fields import reader_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.finding import Level, Topic
    from studio.checks.people_rules import Detect
    from studio.checks.protected_names import Known
    from studio.group.products import Offer, ProductStory
    from studio.story.model import Group

MOST_RUPIAH = 1_000_000_000_000
"""A thousand billion: more is a slip of the keyboard, and no card has room for it."""
_CHILD = "UU 35/2014 pasal 76I"
_TRADE = "UU 8/1999 pasal 8-10"
_PRACTICE = "praktik usaha"
_OF_STORIES = "people_withdrawn"
"""Says what to do in a story; a maker is one field of a product (``product_maker_withdrawn``)."""
_NEWS_ONLY = frozenset({"media_photo_caption", "media_none"})
"""What a news photo must have, and the photo of a product need not."""


def check_product(
    story: ProductStory,
    group: Group,
    *,
    detect: Detect | None = None,
    known: Known = no_words,
    today: str = "",
    folder: str = "",
) -> tuple[Finding, ...]:
    """Every finding about a product; args as for ``check_story``.

    Returns:
        People first, then what is wrong with the offer itself (codes ``product_...``; its blocks keep it from being
        made at all), then photos.
    """
    return (
        *_maker_findings(story),
        *(found for found in check_people(story, group, detect, folder, known) if found.code != _OF_STORIES),
        *_offer_findings(story, today),
        *_permit_findings(story.offer, today),
        *(found for found in check_media(story, group) if found.code not in _NEWS_ONLY),
    )


def is_about_offer(finding: Finding) -> bool:
    """Whether a block keeps a product from being made, though nobody has to be protected: a price below zero, say."""
    return finding.level == "block" and finding.code.startswith("product_")


def _finding(code: str, field: str, level: Level = "block", topic: Topic = "facts", **facts: object) -> Finding:
    return Finding(f"product_{code}", level, topic, TextPlace(field), facts, _TRADE)


def _maker_findings(story: ProductStory) -> Iterator[Finding]:
    for maker in story.people:
        place = TextPlace("maker")
        name = maker.name.strip() or "–"
        if maker.age_group == "child":
            yield Finding("product_maker_child", "block", "people", place, {"name": name}, _CHILD)
        elif maker.consent.withdrawn:
            facts = {"name": name, "when": maker.consent.withdrawn[:10]}
            yield Finding("product_maker_withdrawn", "block", "people", place, facts, CONSENT)
        elif is_shielded(maker):
            yield Finding("product_maker_protected", "warning", "people", place, {"name": name}, CONSENT)
        elif maker.name.strip() and not has_consented(maker):
            yield Finding("product_maker_consent", "warning", "people", place, {"name": name}, CONSENT)
            yield from _typed_names(story, name)


def _typed_names(story: ProductStory, name: str) -> Iterator[Finding]:
    """Where a maker who has not agreed is named by hand: leaving the name out of its own field would be for nothing."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    # Only the full name: a shop is often called by one name of its owner, and that is its sign, not a slip.
    sought = re.compile(rf"(?<!\w){words}(?:nya|-nya)?(?!\w)", re.IGNORECASE)
    for address, text, _ in reader_texts(story):
        # A credit names who took the photo, a right of theirs whoever made the product.
        own = address.startswith("people/") or address.endswith("/credit")
        # NFKC: letters in bold or full width are other code points and read the same.
        if not own and sought.search(unicodedata.normalize("NFKC", text)):
            yield Finding("product_maker_named", "block", "people", TextPlace(address), {"name": name}, CONSENT)


def _offer_findings(story: ProductStory, today: str) -> Iterator[Finding]:
    offer = story.offer
    if not story.headline.strip():
        yield _finding("no_name", "headline")
    yield from _price_findings(offer, today)
    odd = [month for month in offer.season if not 1 <= month <= 12]
    if odd:
        yield _finding("season", "offer/season", months=", ".join(map(str, odd)))
    if offer.order.whatsapp.strip() and not phone_digits(offer.order.whatsapp):
        yield _finding("phone", "offer/order/whatsapp", phone=offer.order.whatsapp.strip()[:40])
    if offer.coordinates is not None and not _on_earth(*offer.coordinates):
        yield _finding(
            "coordinates", "offer/coordinates", latitude=offer.coordinates[0], longitude=offer.coordinates[1]
        )


def _price_findings(offer: Offer, today: str) -> Iterator[Finding]:
    for field, price in (("price", offer.price), ("price_to", offer.price_to)):
        if price is not None and price < 0:
            yield _finding("price_negative", f"offer/{field}", price=price)
        elif price is not None and price > MOST_RUPIAH:
            yield _finding("price_huge", f"offer/{field}", price=price, most=MOST_RUPIAH)
    if offer.price_to is not None and offer.price is None:
        yield _finding("price_open", "offer/price", price_to=offer.price_to)
    elif offer.price is not None and offer.price_to is not None and offer.price_to < offer.price:
        yield _finding("price_order", "offer/price_to", price=offer.price, price_to=offer.price_to)
    asked = parse_date(offer.priced[:10])
    if offer.priced and asked is None:
        yield _finding("priced", "offer/priced", priced=offer.priced[:40])
    elif asked is not None and today and asked.isoformat() > today:
        yield _finding("priced_future", "offer/priced", priced=asked)
    elif offer.price is not None and not offer.priced:
        yield Finding("product_undated", "advice", "facts", TextPlace("offer/priced"), {}, _PRACTICE)


def _permit_findings(offer: Offer, today: str) -> Iterator[Finding]:
    for number, permit in enumerate(offer.permits):
        if is_expired(permit.valid_until, today):
            facts = {"permit": permit.kind or "–", "until": permit.valid_until[:10]}
            place = TextPlace(f"offer/permits/{number}/valid_until")
            yield Finding("product_permit_over", "warning", "facts", place, facts, _TRADE)


def is_expired(until: str, today: str) -> bool:
    """Whether a permit's day has passed: it may no longer be shown. Dates as ISO 8601; what is no date has no end."""
    day = parse_date(until[:10])
    return bool(today) and day is not None and day.isoformat() < today


def _on_earth(latitude: float, longitude: float) -> bool:
    return -90 <= latitude <= 90 and -180 <= longitude <= 180
