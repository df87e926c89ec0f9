"""Which design a card has, which template draws it, and where its photos are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.posts.card_layouts import WIDE, CardPlace, area_pixels, card_places, is_template
from studio.posts.catalog import PRODUCT_CARDS
from studio.posts.families import FAMILIES, family_card
from studio.posts.output_kinds import usual_name
from studio.story.geometry import ratio_key
from studio.story.model import ANNOUNCED, Box, cover_photo

if TYPE_CHECKING:
    from studio.posts.families import CardLayout, DesignFamily
    from studio.posts.output_kinds import CardOutput
    from studio.posts.packs import Outlet
    from studio.posts.render_context import RenderContext
    from studio.posts.template_context import TemplateContext
    from studio.story.model import Photo

    Collage = tuple[tuple[Photo, Box], ...]

_NEEDS = (
    *(("kutipan", "quote"), ("vonis", "verdict"), ("foto", "photo"), ("angka", "figures"), ("acara", "date")),
    *(("kolase", "photos"), ("sebelum", "photos")),
)
"""Card designs that make no sense without something."""
COLLAGES = {"kolase": 3, "sebelum": 2}
"""Designs that show several photos, and how many at most."""
_UPRIGHT = frozenset({"angka", "acara", *COLLAGES})
"""Designs that have no wide form: there they are the headline's."""


def card_design(press: RenderContext, outlet: Outlet, output: CardOutput, material: TemplateContext) -> str:
    """The design of a card; "" when the pack draws it itself.

    The choice for this very card (``Story.designs``, then ``Group.designs``, by ``"instagram/kartu.jpg"``) goes first;
    then a fact check shows its verdict; then the choice for the outlet (``"instagram"``) or all (``"*"``); then a
    notice or an event to come shows when and where it is, and then the pack decides. A card of a quotation, verdict or
    photo becomes a headline or text card where there is none.
    """
    if output.template:
        return ""
    if outlet.subject != "story":
        return _chosen_template(press, outlet, output, material) or output.design
    chosen = _chosen_template(press, outlet, output, material) or _by_story(output, material) or output.design
    for design, need in _NEEDS:
        if chosen == design and not _has(material, need):
            return "judul" if material.story.photos or design != "foto" else "teks"
    return drawn_design(chosen, output.size)


def drawn_design(design: str, size: tuple[int, int]) -> str:
    """The design that a card of this size is drawn as: one without a wide form is the headline's there."""
    return "judul" if design in _UPRIGHT and size[0] > WIDE * size[1] else design


def _has(material: TemplateContext, need: str) -> bool:
    match need:
        case "quote":
            return material.quote is not None
        case "verdict":
            return bool(material.verdict)
        case "figures":
            return bool(material.figures)
        case "date":
            return bool(material.base["date"])
        case _:
            return len(material.story.photos) > (need == "photos")


def _chosen_template(press: RenderContext, outlet: Outlet, output: CardOutput, material: TemplateContext) -> str:
    # A card made for the quotation stays one, whatever the outlet's other cards look like.
    alone = bool(material.verdict or output.when)
    known = press.catalog.designs if outlet.subject == "story" else press.catalog.product_designs
    own = f"{outlet.id}/{usual_name(output.file, material.story.language)}"
    for designs in (material.story.designs, material.group.designs):
        for key in (own,) if alone else (own, outlet.id, "*"):
            if designs.get(key) in known:
                return designs[key]
    return ""


def _by_story(output: CardOutput, material: TemplateContext) -> str:
    if output.when:
        return ""
    if material.verdict:
        return "vonis"
    return "pengumuman" if material.story.kind in ANNOUNCED else ""


def card_photo(material: TemplateContext, design: str = "") -> Photo | None:
    """The photo that a card of this design shows.

    The stamp of a verdict goes over nothing but the picture that went round: on an own photo it would be a slander.
    """
    if material.slide:
        shown = material.slides[material.slide - 1].photo
        return next((photo for photo in material.story.photos if photo.id == shown), None)
    return material.stamped if design == "vonis" else cover_photo(material.story)


def collage_photos(
    press: RenderContext, outlet: Outlet, design: str, size: tuple[int, int], material: TemplateContext
) -> Collage:
    """The photos of a design that shows several, the story's first ones, each with its cell (fractions of the card).

    A design family has them all where it has the photo of other cards.
    """
    photos = material.story.photos[: COLLAGES.get(design, 0)]
    entry = press.catalog.areas.get(design, {})
    told = entry.get("wide" if size[0] > WIDE * size[1] else ratio_key(*size), entry).get(f"cells{len(photos)}", ())
    cells = [Box(*cell) for cell in told]
    layout = card_layout(press, outlet, design, size, material) if cells else None
    if layout is not None:
        whole, room = _around_all(cells), Box(*layout.photo)
        cells = [_scale_into(cell, whole, room) for cell in cells]
    return tuple(zip(photos, cells, strict=False))


def _around_all(boxes: list[Box]) -> Box:
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top)


def _scale_into(box: Box, whole: Box, room: Box) -> Box:
    """A part of ``whole`` as the same part of ``room``."""
    across, down = room.width / whole.width, room.height / whole.height
    x, y = room.x + (box.x - whole.x) * across, room.y + (box.y - whole.y) * down
    return Box(round(x, 6), round(y, 6), round(box.width * across, 6), round(box.height * down, 6))


def collage_token(photo: Photo) -> str:
    """By what a photo of several is known among the pictures of a card."""
    return f"photo:{photo.id}"


def photo_area(
    press: RenderContext,
    design: str,
    size: tuple[int, int],
    material: TemplateContext | None = None,
    outlet: Outlet | None = None,
) -> tuple[int, int]:
    """Width and height, in pixels, of the largest place a design has for the photo beside its words.

    The whole card for a design that knows no place but that. Which place a photo gets is chosen for each photo
    (``export.planning.card_placement``).

    Args:
        press: knows ``_common/cards/designs.toml``.
        design: a card design, "" for a card the pack draws itself (then the photo fills it).
        size: width and height of the card.
        material: the story, whose design family may place the photo otherwise.
        outlet: for which the card is made.
    """
    places = photo_places(press, design, size, material, outlet)
    beside = [place for place in places if not place.fills]
    return area_pixels((beside or places)[0].box, size)


def photo_places(
    press: RenderContext, design: str, size: tuple[int, int], material: TemplateContext | None, outlet: Outlet | None
) -> tuple[CardPlace, ...]:
    """The places for the photo on a card: that of the story's design family, else those of ``_common/cards``."""
    layout = card_layout(press, outlet, design, size, material) if material and outlet else None
    if layout is None:
        return card_places(press.catalog.areas, design, size, outlet.id if outlet else "")
    return (CardPlace(box=Box(*layout.photo)),)


def card_layout(
    press: RenderContext, outlet: Outlet, design: str, size: tuple[int, int], material: TemplateContext
) -> CardLayout | None:
    """How the story's design family lays this card out; None where it leaves that to ``_common``, or to the pack."""
    family = press.family(material)
    if not card_template(family, outlet, design).startswith(f"{FAMILIES}/"):
        return None
    if is_template(design):  # a slide
        return family.placed("judul" if material.slide == 1 else "foto", size, outlet.id)
    return family.placed(design, size, outlet.id)


def card_template(family: DesignFamily, outlet: Outlet, design: str) -> str:
    """The template that draws a design; a family has its own of designs, and of templates that all packs share."""
    if not is_template(design):
        return family_card(family, "cards" if outlet.subject == "story" else PRODUCT_CARDS, design)
    shared, _, name = design.removeprefix("_common/").rpartition("/")
    # The scenes of moving cards have names of designs too, and dress in the family themselves.
    if not design.startswith("_common/") or "/" in shared or shared == "motion" or not name.endswith(".svg.j2"):
        return design
    return family_card(family, shared, name.removesuffix(".svg.j2"))
