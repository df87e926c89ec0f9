"""What the village offers: the record of one product, and how it becomes a story that all of the studio understands.

Photo desk, gate, templates and export work on stories. A product is handed to them as a ``ProductStory``: its name is
the headline, its description the body, its maker the only person, its photos are photos; what a story has no place for
is its ``offer``. ``CatalogStory`` is the catalogue of all products, for price list, leaflet and carousel.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from msgspec.structs import fields, replace

from studio.story.model import Person, Photo, Story
from studio.story.people import has_consented, is_shielded
from studio.story.reader_fields import READER_FIELDS, Reach, reach_row
from studio.story.record_base import Record

ProductKind = Literal["product", "service", "place", "skill", "event"]
PRODUCT_KINDS: tuple[ProductKind, ...] = ("product", "service", "place", "skill", "event")
"""The kinds that are known; the file may have any other word, which is shown as it stands."""
FOLDER = "products"
CATALOG = "_katalog"
"""What the catalogue of all products is called among them: no id begins so."""
MAKER = "maker"
"""The id of the maker among the people of a product's story."""


class Permit(Record, frozen=True, kw_only=True):
    """A permit or certificate: PIRT, halal, NIB ...; ``valid_until`` is a date, "" for no end."""

    kind: str = ""
    number: str = ""
    valid_until: str = ""

    reach: ClassVar[Mapping[str, Reach]] = reach_row(prose="kind number valid_until")


class OrderWay(Record, frozen=True, kw_only=True):
    """How it is ordered: ``whatsapp`` (digits with country code), an address, a link; ``sentence`` opens the chat."""

    whatsapp: str = ""
    address: str = ""
    link: str = ""
    sentence: str = ""

    reach: ClassVar[Mapping[str, Reach]] = reach_row(prose="address sentence", label="link", value="whatsapp")


class Offer(Record, frozen=True, kw_only=True):
    """What a product has beyond a story.

    ``price`` and ``price_to`` are full rupiah, a range when both are given; ``price_note`` ("mulai") stands before,
    ``unit`` ("per kg") behind it; ``priced`` is the date the price was asked for. ``season`` are months from 1 to 12,
    none for all year. ``maker_name`` is filled in only where the maker may be named.
    """

    kind: str = "product"
    price: int | None = None
    price_to: int | None = None
    price_note: str = ""
    unit: str = ""
    priced: str = ""
    season: tuple[int, ...] = ()
    permits: tuple[Permit, ...] = ()
    order: OrderWay = OrderWay()
    sold_through: tuple[str, ...] = ()
    coordinates: tuple[float, float] | None = None
    hidden: bool = False
    maker_name: str = ""

    reach: ClassVar[Mapping[str, Reach]] = reach_row(
        prose="kind price_note unit priced sold_through maker_name",
        value="price price_to season coordinates hidden",
        part="permits order",
    )


class Product(Record, frozen=True, kw_only=True):
    """One thing the village offers, as its file has it (docs/format.md, "group/products/")."""

    id: str
    name: str
    kind: str = "product"
    description: str = ""
    price: int | None = None
    price_to: int | None = None
    price_note: str = ""
    unit: str = ""
    priced: str = ""
    season: tuple[int, ...] = ()
    maker: Person | None = None
    permits: tuple[Permit, ...] = ()
    order: OrderWay = OrderWay()
    sold_through: tuple[str, ...] = ()
    photos: tuple[Photo, ...] = ()
    cover: str = ""
    coordinates: tuple[float, float] | None = None
    hidden: bool = False
    created: str = ""
    modified: str = ""

    reach: ClassVar[Mapping[str, Reach]] = {}
    """None of its own: readers get its ``ProductStory``."""


class ProductStory(Story, frozen=True, kw_only=True):
    """A product as the machine for stories takes it."""

    offer: Offer = Offer()

    reach: ClassVar[Mapping[str, Reach]] = {**READER_FIELDS[Story], "offer": "part"}


class CatalogStory(Story, frozen=True, kw_only=True):
    """All products that may be shown, in their order; ``month`` (1 to 12) is the season of the carousel."""

    products: tuple[ProductStory, ...] = ()
    month: int = 1

    reach: ClassVar[Mapping[str, Reach]] = {**READER_FIELDS[Story], "products": "part", "month": "value"}


_SHARED = tuple(field.name for field in fields(Offer) if field.name not in {"maker_name", "extra"})
"""Fields that a product's file and its offer have both."""


def place_of(product_id: str) -> str:
    """Where the file of a product lies below ``group/``."""
    return f"{FOLDER}/{product_id}.json"


def may_be_named(maker: Person | None) -> bool:
    """Whether the maker's name may stand on cards and pages: with a consent, and nobody who must be protected."""
    return maker is not None and bool(maker.name.strip()) and has_consented(maker) and not is_shielded(maker)


def product_story(product: Product) -> ProductStory:
    """A product as a story.

    It counts as finished, as a product has no stages; one that is no longer offered is a draft. Whoever sells is an
    advertiser: what is made of it is labelled so. How to order from someone who is protected, or is known by name and
    gave no consent, is left out: a number leads to a person as a name does.
    """
    shown, maker = {name: getattr(product, name) for name in _SHARED}, product.maker
    if maker is not None and not may_be_named(maker) and (maker.name.strip() or is_shielded(maker)):
        shown["order"] = OrderWay(extra=product.order.extra)
    offer = Offer(**shown, maker_name=maker.name if maker is not None and may_be_named(maker) else "")
    return ProductStory(
        id=product.id,
        status="draft" if product.hidden else "ready",
        headline=product.name,
        body=product.description,
        people=(product.maker,) if product.maker is not None else (),
        photos=product.photos,
        cover=product.cover,
        offer=offer,
        advertorial=True,
        created=product.created,
        modified=product.modified,
    )


def with_photos(product: Product, story: Story) -> Product:
    """A product with the photos of its story, after the photo desk worked on them; the very same when nothing differs.

    Args:
        product: as it is.
        story: its story after the edit.
    """
    after = replace(product, photos=story.photos, cover=story.cover)
    return product if after == product else after


def is_in_season(offer: Offer, month: int) -> bool:
    """Whether it is offered in a month (1 to 12); what has no season is offered all year."""
    return not offer.season or month in offer.season
