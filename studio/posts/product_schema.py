"""A product for search engines: Product, Service or TouristAttraction of schema.org, with its Offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TYPES = {"service": "Service", "skill": "Service", "place": "TouristAttraction"}


def product_schema(
    values: Mapping[str, Any], images: Sequence[str], seller: Mapping[str, Any], place: tuple[float, float] | None
) -> dict[str, Any]:
    """The JSON-LD of a product's page.

    Args:
        values: what the page is filled with; ``product`` is one of them.
        images: addresses of its pictures.
        seller: the group, as ``schema_publisher`` tells it.
        place: latitude and longitude, where they may be shown.
    """
    product = values["product"]
    kind = _TYPES.get(product["kind"], "Product")
    made = {
        "@type": kind,
        "@id": values["url"],
        "url": values["url"],
        "name": product["name"],
        "description": product["summary"],
        "image": list(images),
        "category": product["kind_label"],
        "brand": {"@type": "Brand", "name": product["maker"] or seller.get("name", "")} if kind == "Product" else None,
        "provider": dict(seller) if kind == "Service" else None,
        "geo": _geo(place) if kind == "TouristAttraction" else None,
        "offers": _offer(product, values["url"], seller),
    }
    return {key: value for key, value in made.items() if value not in (None, "", [])}


def _geo(place: tuple[float, float] | None) -> dict[str, Any] | None:
    return {"@type": "GeoCoordinates", "latitude": place[0], "longitude": place[1]} if place else None


def _offer(product: Mapping[str, Any], url: str, seller: Mapping[str, Any]) -> dict[str, Any] | None:
    """One price, or a range; nothing where no price is given (Offer needs one)."""
    low, high = product["price_low"], product["price_high"]
    if low is None:
        return None
    ranged = high is not None and high != low
    prices = {"lowPrice": low, "highPrice": high} if ranged else {"price": low}
    made = {
        "@type": "AggregateOffer" if ranged else "Offer",
        **prices,
        "priceCurrency": "IDR",
        "availability": "https://schema.org/InStock",
        "url": product["order"]["link"] or product["order"]["web"] or url,
        "seller": dict(seller),
    }
    return {key: value for key, value in made.items() if value != ""}
