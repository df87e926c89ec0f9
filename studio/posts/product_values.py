"""What templates see of a product, and of the catalogue: plain values (docs/templates.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.base.locale_forms import MONTHS
from studio.group.product_words import (
    order_link,
    order_sentence,
    permit_words,
    phone_words,
    price_words,
    priced_words,
    season_words,
    unit_words,
)
from studio.group.products import is_in_season
from studio.posts.qr_codes import qr_path
from studio.story import date_formats
from studio.story.body import clean_link, parse_markdown
from studio.story.model import cover_photo
from studio.story.text import cleaned, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studio.group.products import CatalogStory, Permit, ProductStory
    from studio.story.body import BodyBlock

SUMMARY_LENGTH = 155
MOST_IN_CAROUSEL = 9
"""Products of a carousel: with its cover they make the ten pictures that an album of every app takes."""


def product_values(story: ProductStory, labels: Mapping[str, Mapping[str, str]], site: str) -> dict[str, Any]:
    """A product as templates see it.

    Args:
        story: what may reach readers of it.
        labels: the words of ``_common/labels.toml``.
        site: address of the group's website without slash at its end, "" for none.
    """
    offer = story.offer
    blocks = parse_markdown(story.body)
    photo = cover_photo(story)
    url = f"{site}/{product_folder(story.id)}/" if site else ""
    order = order_link(story.headline, offer)
    link = clean_link(offer.order.link)
    return {
        "id": story.id,
        "name": _one_line(story.headline),
        "kind": offer.kind,
        "kind_label": labels.get("product", {}).get(offer.kind, _one_line(offer.kind)),
        "body": blocks,
        "summary": shorten(_opening(blocks), SUMMARY_LENGTH),
        "price": price_words(offer),
        "price_low": offer.price,
        "price_high": offer.price_to,
        "unit": unit_words(offer),
        "priced": priced_words(offer),
        "priced_iso": offer.priced[:10] if date_formats.parse_date(offer.priced[:10]) else "",
        "season": season_words(offer.season) if offer.season else "",
        "months": sorted({month for month in offer.season if 1 <= month <= 12}),
        "maker": _one_line(offer.maker_name),
        "permits": [_permit_values(permit) for permit in offer.permits if permit_words(permit)],
        "order": {
            "link": order,
            "qr": qr_path(order),
            "phone": phone_words(offer.order.whatsapp) if order else "",
            "sentence": order_sentence(story.headline, offer),
            "address": _one_line(offer.order.address),
            "web": link,
        },
        "sold_through": [_one_line(place) for place in offer.sold_through if place.strip()],
        "url": url,
        "folder": story.id,
        "photo": "",
        "photo_id": photo.id if photo else "",
        "alt": _one_line(photo.alt or photo.caption) if photo else "",
        "credit": "; ".join(part for part in (_one_line(photo.credit), _one_line(photo.edited_label)) if part)
        if photo
        else "",
        "advertorial": story.advertorial,
    }


def _opening(blocks: Sequence[BodyBlock]) -> str:
    """The paragraphs on one line; of a description that is only a list, its items."""
    said = [" ".join(block.text.split()) for block in blocks if block.kind == "paragraph"]
    return " ".join(said) or ", ".join(" ".join(block.text.split()) for block in blocks)


def _permit_values(permit: Permit) -> dict[str, str]:
    return {
        "kind": _one_line(permit.kind),
        "number": _one_line(permit.number),
        "text": permit_words(permit),
        "until": date_formats.long_date(permit.valid_until[:10]) if permit.valid_until else "",
    }


def product_folder(product_id: str) -> str:
    """Where a product's page lies on the website."""
    return f"potensi/{product_id}"


def catalog_values(story: CatalogStory, labels: Mapping[str, Mapping[str, str]], site: str) -> dict[str, Any]:
    """The catalogue as templates see it: ``products``, the same by ``kinds``, those ``seasonal`` for the carousel."""
    products = [product_values(each, labels, site) for each in ordered_products(story.products)]
    kinds: dict[str, dict[str, Any]] = {}
    for product in products:
        entry = kinds.setdefault(
            product["kind"], {"kind": product["kind"], "label": product["kind_label"], "products": []}
        )
        entry["products"].append(product)
    shown = {each.id for each in seasonal_products(story)}
    dates = sorted({product["priced_iso"] for product in products if product["priced_iso"] and product["price"]})
    return {
        "products": products,
        "kinds": list(kinds.values()),
        "seasonal": [product for product in products if product["id"] in shown],
        "month": story.month,
        "month_name": MONTHS[story.month - 1],
        # The oldest and the newest day on which prices were asked for; one day if they are the same.
        "priced": [date_formats.long_date(day) for day in dict.fromkeys((dates or [""])[:1] + dates[-1:]) if day],
        "catalog_url": f"{site}/potensi/" if site else "",
        "catalog_qr": qr_path(f"{site}/potensi/" if site else ""),
    }


_ORDER = ("product", "service", "skill", "place", "event")


def ordered_products(products: Iterable[ProductStory]) -> tuple[ProductStory, ...]:
    """By kind, then by name."""
    return tuple(sorted(products, key=lambda each: (_kind_order(each), each.headline.casefold(), each.id)))


def _kind_order(story: ProductStory) -> tuple[int, str]:
    kind = story.offer.kind
    return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), kind)


def seasonal_products(story: CatalogStory) -> tuple[ProductStory, ...]:
    """What the carousel of the month shows, with a photo: what has its season now, then what there is all year."""
    now = [each for each in ordered_products(story.products) if is_in_season(each.offer, story.month) and each.photos]
    firm = [each for each in now if each.offer.season]
    always: Sequence[ProductStory] = [each for each in now if not each.offer.season]
    chosen = {each.id for each in (*firm, *always)[:MOST_IN_CAROUSEL]}
    return tuple(each for each in (*firm, *always) if each.id in chosen)


def _one_line(text: str) -> str:
    return " ".join(cleaned(text).split())
