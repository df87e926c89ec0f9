"""What only the catalogue of products needs of a plan: the pictures of many products, and a row of cards."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.export.planning.card_placement import careful_variant
from studio.export.planning.export_tasks import PictureSlot
from studio.group.products import CatalogStory
from studio.posts.product_values import seasonal_products
from studio.posts.template_context import build_context, on_slide
from studio.story.model import cover_photo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.export.planning.plan_context import PlanContext

PRODUCT_PHOTO = "kim:produk:"
"""What is in an SVG for the photo of a product until it is put in, before the product's id; a semicolon ends it."""
COLLAGE = (540, 420)
"""Pixels of each photo on the cover of a carousel."""
_QUALITY = 88


def product_slots(context: PlanContext, size: tuple[int, int]) -> tuple[PictureSlot, ...]:
    """The cover photo of every product of a catalogue, cut to ``size`` pixels; none for anything else."""
    story = context.material.story
    if not isinstance(story, CatalogStory):
        return ()
    found = ((each.id, cover_photo(each)) for each in story.products)
    return tuple(
        PictureSlot(
            f"{PRODUCT_PHOTO}{one};",
            context.media / photo.file,
            photo,
            careful_variant(photo, size, _QUALITY),
            f"photo:{one}",
        )
        for one, photo in found
        if photo is not None
    )


def carousel_contexts(context: PlanContext) -> Iterator[PlanContext]:
    """What each card of a carousel is about: a story's slides; the catalogue itself and the products of its season."""
    story = context.material.story
    if not isinstance(story, CatalogStory):
        for number in range(1, len(context.material.slides) + 1):
            yield replace(context, material=on_slide(context.material, number))
        return
    yield context
    for each in seasonal_products(story):
        about = context.material
        material = build_context(each, about.group, about.labels, draft=about.draft)
        yield replace(context, material=replace(material, mark=about.mark))
