"""Fills the SVG of cards and printed sheets.

What the functions return, with tokens where pictures go, is all that such a file shows. Pictures are handed in as short
tokens (``pictures={"photo": "kim:p1"}``) to get the key of a file and put in as data URIs later, or as data URIs at
once: the SVG is the same either way.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from studio.base.data_uri import is_honest
from studio.base.errors import UserError
from studio.base.font_table import FONTS
from studio.posts.card_choice import (
    COLLAGES,
    card_design,
    card_layout,
    card_template,
    collage_photos,
    collage_token,
    drawn_design,
    photo_places,
)
from studio.posts.card_layouts import FULL, CardPlace
from studio.posts.draft_mark import on_strip, on_svg
from studio.posts.families import family_values, layout_values
from studio.posts.late_values import MIDDLING, TOKEN, LateNumber, LateSvg
from studio.posts.qr_codes import qr_path
from studio.posts.template_context import on_slide, outlet_context, photo_values
from studio.story.model import Box, cover_photo
from studio.story.text import close_sentence, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Set

    from studio.posts.output_kinds import CardOutput, PhotoOutput, PrintOutput
    from studio.posts.packs import Outlet
    from studio.posts.photo_strips import StripBox, StripWords
    from studio.posts.render_context import RenderContext
    from studio.posts.template_context import TemplateContext
    from studio.story.model import Photo

    Collage = tuple[tuple[Photo, Box], ...]

STRIP_TEMPLATE = "_common/strips/strip.svg.j2"
_NOTICE_LETTERS = 160
"""Of the words in a QR code: at 26 mm its modules stay as large as half a millimetre."""


@dataclass(frozen=True, slots=True)
class PrintSheet:
    """A printed sheet: its first page, and the page that repeats while text is left ("" when there is none).

    ``more`` are further pages that are there in any case, as the catalogue has them.
    """

    first: str
    following: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LateSheet:
    """A printed sheet that lacks its pictures and their brightness: its first page, the following one, and more."""

    pages: tuple[LateSvg, ...]

    @property
    def complete(self) -> bool:
        """Whether what it lacks can be put in; else its templates are to be filled again."""
        return all(page.complete for page in self.pages)

    def finish(self, pictures: Mapping[str, str], luminance: float) -> PrintSheet:
        """The sheet with its pictures (data URIs by name)."""
        first, following, *more = (page.finish(pictures, luminance) for page in self.pages)
        return PrintSheet(first, following, tuple(more))


def drawn_words(svg: str) -> str:
    """The words a filled SVG has painted, in its order, each text a sentence: what people who cannot see it get."""
    if "<!" in svg.replace("<!--", ""):  # a document type with entities; the painter refuses it
        return ""
    try:
        boxes = ET.fromstring(svg).iter()
    except ET.ParseError:  # reported when the card is painted
        return ""
    texts = [" ".join(box.get("data-text", "").split()) for box in boxes if box.get("class") == "kim-text"]
    return " ".join(close_sentence(text, colon=True) for text in dict.fromkeys(texts) if text)


def sheet_photo_area(press: RenderContext, name: str) -> tuple[float, float]:
    """Width and height, in millimetres, of the photo of a printed sheet (``[mading] photo_mm`` in designs.toml)."""
    width, height = press.catalog.areas.get(name, {}).get("photo_mm", (190, 107))
    return float(width), float(height)


def sheet_photo(material: TemplateContext, output: PrintOutput) -> Photo | None:
    """The photo of a printed sheet; the picture that went round only on the studio's own sheets, which stamp it."""
    stamps = material.verdict and output.template.startswith("_common/")
    return (material.stamped if stamps else None) or cover_photo(material.story)


def render_svg(
    press: RenderContext,
    outlet: Outlet,
    output: CardOutput,
    material: TemplateContext,
    *,
    pictures: Mapping[str, str] | None = None,
    luminance: float | LateNumber = MIDDLING,
    design: str | None = None,
    place: CardPlace | None = None,
) -> str:
    """Fill the SVG of a card.

    Args:
        press: templates.
        outlet: for the account and the pack's own template.
        output: of kind ``card``; any size.
        material: the story.
        pictures: ``photo`` (already cropped to ``photo_area``) and ``logo``, as data URI or token; "" for none.
        luminance: mean brightness of the photo, 0 to 1.
        design: another design than ``card_design`` says, for the gallery.
        place: where its photo is; the first of the design when nobody chose.

    Raises:
        UserError: ``posts.template*``, ``posts.svg_broken``, ``posts.svg_outside``.
    """
    asked = card_design(press, outlet, output, material) if design is None else design
    chosen = drawn_design(asked, output.size)
    drawn = chosen or output.template
    name = card_template(press.family(material), outlet, drawn)
    where = place or photo_places(press, drawn, output.size, material, outlet)[0]
    values = _svg_values(press, outlet, output, material, pictures or {}, luminance)
    values |= {"design": chosen} | place_values(where)
    values["layout"] = layout_values(card_layout(press, outlet, drawn, output.size, material))
    values["stamped"] = chosen == "vonis" and material.stamped is not None
    if outlet.subject == "catalog":
        shown = [{**each, "photo": photo_of(each, pictures)} for each in values.get("seasonal", ())]
        values |= {"seasonal": shown, "products": values.get("products", [])}
    elif chosen in COLLAGES:
        values |= _collage_values(
            collage_photos(press, outlet, chosen, output.size, material), material, pictures or {}
        )
    elif chosen == "angka":
        values["figures"] = [item.values() for item in material.figures]
    return _mark_draft(material, output, _fill_svg(press, outlet, name, values, set((pictures or {}).values())))


def _collage_values(shown: Collage, material: TemplateContext, pictures: Mapping[str, str]) -> dict[str, Any]:
    """``collage``: each photo with its ``box``; ``credit`` names everybody who took one."""
    cells = [{"photo": pictures.get(collage_token(photo), ""), "box": list(box)} for photo, box in shown]
    takers = dict.fromkeys(_photo_words(photo_values(photo, 1, material))["credit"] for photo, _ in shown)
    return {"collage": cells, "credit": ", ".join(filter(None, takers))} if shown else {"collage": cells}


def place_values(place: CardPlace) -> dict[str, Any]:
    """What templates are told of the place of the photo: its name, and its area in fractions of the card."""
    return {"placement": place.name, "photo_area": [round(side, 6) for side in place.box]}


def render_print(
    press: RenderContext,
    outlet: Outlet,
    output: PrintOutput,
    material: TemplateContext,
    *,
    pictures: Mapping[str, str] | None = None,
    luminance: float | LateNumber = MIDDLING,
) -> PrintSheet:
    """Fill the pages of a printed sheet; ``width`` and ``height`` are its millimetres.

    Raises:
        UserError: as ``render_svg``.
    """
    if output.slides:
        every = [on_slide(material, number) for number in range(1, len(material.slides) + 1)]
        pages = [
            render_svg(press, outlet, output.slide, each, pictures=pictures, luminance=luminance) for each in every
        ]
        return PrintSheet(pages[0], "", tuple(pages[1:]))
    values = _svg_values(press, outlet, output, material, pictures or {}, luminance)
    values |= {"design": ""} | place_values(FULL)
    if outlet.subject == "catalog":
        return _catalog_sheet(press, outlet, output, values, pictures or {})
    if shown := sheet_photo(material, output):
        values |= _photo_words(photo_values(shown, 1, material))
    values["stamped"] = shown is not None and shown is material.stamped
    values["qr_told"] = values["qr"] or qr_path(_short_notice(values))
    following = _fill_svg(press, outlet, output.following, values) if output.following else ""
    first = _fill_svg(press, outlet, output.template, values)
    return PrintSheet(
        _mark_draft(material, output, first), _mark_draft(material, output, following) if following else ""
    )


def _short_notice(values: Mapping[str, Any]) -> str:
    """What a code says of a story that has no page: a phone shows it without any network."""
    lines = (values["headline"], *(fact["text"] for fact in values["facts"]), values["group"]["name"])
    return shorten("\n".join(line for line in lines if line), _NOTICE_LETTERS)


def plan_svg(
    press: RenderContext,
    outlet: Outlet,
    output: CardOutput,
    material: TemplateContext,
    tokens: Mapping[str, str],
    place: CardPlace | None = None,
) -> LateSvg:
    """Fill the SVG of a card before its pictures are there; ``tokens`` stand for them. Once, if its template lets us.

    Raises:
        UserError: as ``render_svg``.
    """
    fill = partial(render_svg, press, outlet, output, material, pictures=tokens, place=place)
    return _fill_late(material, tokens, lambda luminance: (fill(luminance=luminance),))[0]


def plan_print(
    press: RenderContext,
    outlet: Outlet,
    output: PrintOutput,
    material: TemplateContext,
    tokens: Mapping[str, str],
) -> LateSheet:
    """Fill the pages of a printed sheet before its pictures are there, as ``plan_svg`` does a card.

    Raises:
        UserError: as ``render_svg``.
    """

    def fill(luminance: float | LateNumber) -> tuple[str, ...]:
        sheet = render_print(press, outlet, output, material, pictures=tokens, luminance=luminance)
        return (sheet.first, sheet.following, *sheet.more)

    return LateSheet(_fill_late(material, tokens, fill))


def _fill_late(
    material: TemplateContext, tokens: Mapping[str, str], fill: Callable[[float | LateNumber], tuple[str, ...]]
) -> tuple[LateSvg, ...]:
    """What ``fill`` makes for a brightness that is not known yet; for a middling one where a template asks for it."""
    number = LateNumber()
    kept = tuple((name, token) for name, token in tokens.items() if token)
    # If words of the story contain "kim:", replacing tokens in the finished SVG would change those words.
    if not _says_token(material):
        with suppress(UserError):  # raised again below if the number is not the reason
            pages = fill(number)
            if number.is_kept_in("".join(pages)):
                return tuple(LateSvg(page, kept, complete=True) for page in pages)
    return tuple(LateSvg(page, kept, complete=False) for page in fill(MIDDLING))


def _says_token(material: TemplateContext) -> bool:
    """Whether words of the story or the group could be taken for a token."""
    import msgspec

    return TOKEN.encode() in msgspec.json.encode((material.story, material.group))


def render_strip(
    press: RenderContext,
    outlet: Outlet,
    output: PhotoOutput,
    material: TemplateContext,
    words: StripWords,
    box: StripBox,
) -> str:
    """Fill the strip of a plain photo: an SVG of the size of ``box``, see-through where it draws nothing.

    Raises:
        UserError: as ``render_svg``.
    """
    width, height = output.size
    values = outlet_context(material, outlet, output)
    values |= family_values(press.family(material), material.group, FONTS)
    strip = {
        "text": words.text,
        "detail": words.detail,
        "number": words.number,
        "lines": words.lines,
        "tall": box.width < width,
        "above": box.top < height / 2,
    }
    own = {"width": box.width, "height": box.height, "unit": width / 1080, "strip": strip, "photo": ""}
    values |= {**own, "group": {**values["group"], "logo": ""}}
    svg = _fill_svg(press, outlet, STRIP_TEMPLATE, values)
    return on_strip(svg, box.width, box.height, width, material.mark) if material.draft else svg


def _catalog_sheet(
    press: RenderContext, outlet: Outlet, output: PrintOutput, values: Mapping[str, Any], pictures: Mapping[str, str]
) -> PrintSheet:
    """The pages of a sheet of the catalogue; templates also get ``page``, ``pages`` and ``page_products``."""
    products = [{**each, "photo": photo_of(each, pictures)} for each in values["products"]]
    # -(-a // b) divides upwards.
    pages = max(output.pages, -(-len(products) // output.rows) if output.rows else 1)
    made = []
    for page in range(1, pages + 1):
        shown = products[(page - 1) * output.rows : page * output.rows] if output.rows else products
        own = {"products": products, "page": page, "pages": pages, "page_products": shown}
        allowed = {each["photo"] for each in shown}
        made.append(_fill_svg(press, outlet, output.template, {**values, **own}, allowed))
    return PrintSheet(made[0], "", tuple(made[1:]))


def photo_of(product: Mapping[str, Any], pictures: Mapping[str, str] | None) -> str:
    """The picture of one product of many, as it was handed in; "" for none."""
    return (pictures or {}).get(f"photo:{product['id']}", "")


def _mark_draft(material: TemplateContext, output: CardOutput | PrintOutput, svg: str) -> str:
    return on_svg(svg, *output.size, material.mark) if material.draft else svg


def _svg_values(
    press: RenderContext,
    outlet: Outlet,
    output: CardOutput | PrintOutput,
    material: TemplateContext,
    pictures: Mapping[str, str],
    luminance: float | LateNumber,
) -> dict[str, Any]:
    values = outlet_context(material, outlet, output)
    values |= family_values(press.family(material), material.group, FONTS)
    photo = pictures.get("photo", "")
    return {
        **values,
        **(_slide_values(material) if output.numbered else {}),
        "group": {**values["group"], "logo": pictures.get("logo", "")},
        "width": output.size[0],
        "height": output.size[1],
        "turns": material.turns,
        "photo": photo,
        # A card without a kicker says its topic instead, in a pill.
        "topic": values["kicker"] or values["category"],
        "photo_luminance": luminance if isinstance(luminance, LateNumber) else round(luminance, 3),
        **_photo_words(_told_photo(values, material) or {"caption": "", "credit": "", "edited_label": ""}),
        "qr": qr_path(values["url"]),
    }


def _slide_values(material: TemplateContext) -> dict[str, Any]:
    """``slide``: ``kind``, its number ``n`` of ``of``, its ``rows`` (``text head share detail``) and ``first``."""
    number = material.slide or 1
    slide = material.slides[number - 1]
    items = [item.values() for item in slide.items]
    told = {"kind": slide.kind, "n": number, "of": len(material.slides), "rows": items, "first": slide.first}
    return {"slide": told}


def _told_photo(values: Mapping[str, Any], material: TemplateContext) -> Mapping[str, Any] | None:
    """The photo whose caption and credit a card has: its cover, on a slide the one it shows."""
    if not material.slide:
        cover: Mapping[str, Any] | None = values["cover"]
        return cover
    shown = material.slides[material.slide - 1].photo
    return next((each for each in values["photos"] if each["id"] == shown), None)


def _photo_words(photo: Mapping[str, Any]) -> dict[str, str]:
    """What is said about the photo: its caption, and its credit with what was changed."""
    credit = "; ".join(part for part in (photo["credit"], photo["edited_label"]) if part)
    return {"caption": photo["caption"], "credit": credit}


def _fill_svg(
    press: RenderContext, outlet: Outlet, name: str, values: Mapping[str, Any], pictures: Set[str] = frozenset()
) -> str:
    svg = press.templates.fill(press.shelf(outlet), name, values).text.strip()
    _check_svg(svg, outlet.id, name, {values["photo"], values["group"]["logo"], *pictures})
    return svg


def _check_svg(svg: str, pack: str, file: str, allowed: set[str]) -> None:
    """Well-formed, without document type, and no picture from outside."""
    from xml.parsers import expat

    parser = expat.ParserCreate()

    def start(_: str, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            # "href" and "xlink:href" alike. A template comes from strangers: an address in it would load when the file
            # is opened, and tell them who does.
            if name.rpartition(":")[2] != "href" or value in allowed or value.startswith("#"):
                continue
            facts = {"pack": pack, "file": file, "line": parser.CurrentLineNumber, "address": value[:80]}
            if not value.startswith("data:image/"):
                raise UserError("posts.svg_outside", **facts)
            if not is_honest(value):
                raise UserError("posts.picture_lies", **facts)

    def refuse(*_: object) -> None:
        raise UserError("posts.svg_broken", pack=pack, file=file, line=parser.CurrentLineNumber, detail="DOCTYPE")

    parser.StartElementHandler = start
    # No document type, so no entities either: they can grow to gigabytes ("billion laughs") or name local files.
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(svg, True)
    except expat.ExpatError as error:
        detail = expat.ErrorString(error.code)
        raise UserError("posts.svg_broken", pack=pack, file=file, line=error.lineno, detail=detail) from error
