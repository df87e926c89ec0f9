"""Fields of a product as the form of the page shows them. Pure."""

from __future__ import annotations

from studio.group.products import PRODUCT_KINDS, Permit
from studio.group.record_fields import FormField, FormRows, FormSection

PRODUCT_FORM = (
    FormSection(
        "what",
        (
            FormField(("name",)),
            FormField(("kind",), "choice", PRODUCT_KINDS),
            FormField(("description",), "tall"),
        ),
    ),
    FormSection(
        "price",
        (
            FormField(("price",), "price"),
            FormField(("price_to",), "price"),
            FormField(("price_note",)),
            FormField(("unit",)),
            FormField(("priced",), "date"),
        ),
    ),
    FormSection(
        "order",
        (
            FormField(("order", "whatsapp")),
            FormField(("order", "link")),
            FormField(("order", "address"), "tall"),
            FormField(("order", "sentence"), "tall"),
            FormField(("sold_through",), "words"),
        ),
    ),
    FormSection(
        "permits",
        (
            FormRows(
                ("permits",),
                Permit(),
                (FormField(("kind",)), FormField(("number",)), FormField(("valid_until",), "date")),
            ),
        ),
    ),
    FormSection("more", (FormField(("coordinates",), "place"), FormField(("hidden",), "tick"))),
)
"""In the order of the page; season and maker have cards of their own."""
