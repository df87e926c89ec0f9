"""Makes the website pages of a story, and says which pictures they need.

A page is one folder that opens from a USB stick: everything in it is found by a relative name. ``root`` is the way
from the page to the files that many pages share (style sheet, icon): a site of many stories can use the same templates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from studio.base.font_table import FONTS
from studio.group.products import ProductStory
from studio.posts.draft_mark import on_page
from studio.posts.embedded import check_embedded
from studio.posts.families import site_look
from studio.posts.filters import html_body
from studio.posts.output_kinds import CardOutput, PageOutput
from studio.posts.product_schema import product_schema
from studio.posts.template_context import outlet_context
from studio.posts.web_addresses import encode_address, reading_direction, site_address, topic_page
from studio.story.geometry import WHOLE, Turn, turn_box, turned_size
from studio.story.model import cover_photo

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.posts.language_editions import LanguageLink
    from studio.posts.output_kinds import FitKind
    from studio.posts.packs import Outlet
    from studio.posts.render_context import RenderContext
    from studio.posts.template_context import TemplateContext
    from studio.story.model import Photo

_UNKNOWN_RATIO = (3, 2)
_HEAVIEST = {480: 50_000, 960: 120_000}
"""Most bytes of a picture up to a width: a phone loads the first view of a story on a village's network."""
_POSTER_SIZE = (1280, 720)
PICTURES = "gambar"
"""The folder of a page's pictures."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture a page shows: ``photo`` cropped to ``size`` pixels, to be saved as ``file`` beside the page."""

    photo: Photo
    file: str
    size: tuple[int, int]
    fit: FitKind = "crop"
    quality: int = 80
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class PageFile:
    """A text file of a page; its text is all that goes into it, so its hash is the file's key."""

    name: str
    text: str

    @property
    def content(self) -> bytes:
        """What goes to disk: UTF-8."""
        return self.text.encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class WebPage:
    """The files of a page (the page itself first) and the pictures it needs beside it."""

    files: tuple[PageFile, ...]
    pictures: tuple[PagePicture, ...]


def page_pictures(output: PageOutput, material: TemplateContext) -> tuple[PagePicture, ...]:
    """The pictures of a page: each photo in the widths of the output, the cover in all, the others up to 1000 pixels.

    A width beyond the photo's own pixels is left out, except for the smallest.
    """
    cover = cover_photo(material.story)
    made: list[PagePicture] = []
    for n, photo in enumerate(material.story.photos, 1):
        across, down = picture_ratio(photo)
        own = _upright_size(photo)[0]
        for at, width in enumerate(output.widths):
            fits = (photo == cover or width <= 1000) and (not own or width <= own)
            # The smallest width always, even of a tiny photo: the template needs at least one source.
            if at == 0 or fits:
                size = (width, max(1, round(width * down / across)))
                file = f"{PICTURES}/{n:02}-{width}.jpg"
                # A crop that was made by hand for a card of this shape is none for the page.
                fit: FitKind = "inside" if width <= own else "crop"
                made.append(PagePicture(photo, file, size, fit, output.quality, _most_bytes(output, width)))
    return tuple(made)


def _upright_size(photo: Photo) -> tuple[float, float]:
    if photo.width < 1 or photo.height < 1:
        return 0, 0
    turn = Turn(photo.width, photo.height, photo.rotate, photo.flip)
    width, height = turned_size(turn)
    box = turn_box(photo.crop, turn) if photo.crop else WHOLE
    return width * box.width, height * box.height


def _most_bytes(output: PageOutput, width: int) -> int | None:
    least = next((most for wide, most in _HEAVIEST.items() if width <= wide), None)
    return min((most for most in (least, output.max_bytes) if most), default=None)


def picture_ratio(photo: Photo) -> tuple[float, float]:
    """The proportions of the photo on a page: its own, nothing is cut; 3 to 2 when its size is unknown."""
    width, height = _upright_size(photo)
    return _UNKNOWN_RATIO if width <= 0 or height <= 0 else (width, height)


def render_page(
    press: RenderContext,
    outlet: Outlet,
    output: PageOutput,
    material: TemplateContext,
    *,
    pictures: Mapping[str, str] | None = None,
    videos: Sequence[str] = (),
    tracks: Mapping[str, str] | None = None,
    posters: Mapping[str, str] | None = None,
    root: str = "",
    site: Mapping[str, bool] | None = None,
    up: str = "",
    links: Sequence[LanguageLink] = (),
) -> WebPage:
    """Make a page and the files beside it.

    Args:
        press: templates.
        outlet: the website.
        output: of kind ``page``.
        material: the story.
        pictures: ``logo`` as an address beside the page, data URI or token; "" or missing draws initials.
        videos: names of the video files that lie beside the page, in the order of the clips.
        tracks: name of the subtitle file (WebVTT) beside a video, by the video's name.
        posters: name of the cover picture beside a video, by the video's name.
        root: the way from the page to shared files, "" or such as ``"../../"``.
        site: what its menu leads to: ``potensi``, a catalogue; ``joint``, the site of many groups in the folder above.
        up: the way from the page to its pictures and videos, ``"../"`` from a page in a further language.
        links: the same story in other languages.

    Raises:
        UserError: ``posts.template*``.
    """
    needed = page_pictures(output, material)
    values = _page_values(outlet, output, material, needed, up) | site_look(
        press.catalog.families, material.group, FONTS
    )
    values |= {
        "videos_made": [
            {"file": name, "track": (tracks or {}).get(name, ""), "poster": (posters or {}).get(name, "")}
            for name in videos
        ],
        "root": root,
        **{"potensi": False, "joint": False, **(site or {})},
        "languages": _language_values(links, material),
        "tag_pages": [topic_page(tag) for tag in _page_tags(material)],
    }
    values["group"] = {**values["group"], "logo": (pictures or {}).get("logo", "")}
    shelf = press.shelf(outlet)
    names = ((output.file, output.template), *output.files)
    files = tuple(
        PageFile(name, press.templates.fill(shelf, template, values).text.strip() + "\n") for name, template in names
    )
    for file in files:
        check_embedded(file.text, outlet.id, file.name, {values["group"]["logo"]})
    if material.draft:
        files = tuple(replace(file, text=on_page(file.name, file.text, material.mark)) for file in files)
    return WebPage(files, needed)


def _page_tags(material: TemplateContext) -> list[str]:
    """The tags as they stand on the page."""
    return list(material.base["tags"])


def _language_values(links: Sequence[LanguageLink], material: TemplateContext) -> list[dict[str, Any]]:
    """The languages as templates see them; search engines want the whole address (Google, "Localized versions")."""
    base = _story_address(material)
    return [
        {
            "code": link.language,
            "name": link.name,
            "file": link.way,
            "address": f"{base}{link.folder}" if base else link.way,
            "here": link.here,
        }
        for link in links
    ]


def _story_address(material: TemplateContext) -> str:
    """The address of the story's folder on the group's site, "" for none."""
    site = site_address(material.group)
    return encode_address(f"{site}/{material.folder}/") if site else ""


def _page_values(
    outlet: Outlet, output: PageOutput, material: TemplateContext, needed: Sequence[PagePicture], up: str = ""
) -> dict[str, Any]:
    values = outlet_context(material, outlet, output)
    sources: dict[str, list[dict[str, Any]]] = {}
    for picture in needed:
        width, height = picture.size
        entry = {"file": f"{up}{picture.file}", "width": width, "height": height}
        sources.setdefault(picture.photo.id, []).append(entry)
    photos = [{**photo, "sources": sources.get(photo["id"], [])} for photo in values["photos"]]
    cover = values["cover"]
    card = next(iter(outlet.outputs_of(CardOutput)), None)
    folder, base = "".join(output.file.rpartition("/")[:2]), _story_address(material)
    values |= {
        "photos": photos,
        "cover": next((photo for photo in photos if cover and photo["id"] == cover["id"]), None),
        "address": f"{base}{folder}" if base else "",
        "url": encode_address(values["url"]),
        "direction": reading_direction(values["language"], values["headline"] + values["lead"]),
        "content_html": str.__str__(html_body(material.blocks)),
        "poster_size": _POSTER_SIZE,
        "preview": {"file": card.name().removeprefix(folder), "width": card.size[0], "height": card.size[1]}
        if card
        else None,
        "has_summary": bool(material.story.summary.strip()),
    }
    values["json_ld"] = {"@context": "https://schema.org", "@graph": _schema_graph(values, material)}
    return values


# ------------------------------------------------------------------------------------------------ JSON-LD


def _schema_graph(values: Mapping[str, Any], material: TemplateContext) -> list[dict[str, Any]]:
    """The story for search engines: NewsArticle (schema.org), and ClaimReview for what was checked."""
    if isinstance(material.story, ProductStory):
        place, seller = material.story.offer.coordinates, schema_publisher(values["group"])
        return [product_schema(values, _images(values), seller, place)]
    return [_news_article(values, material), *_claim_reviews(values)]


def _address_of(base: str, file: str) -> str:
    """The address of a file below or above the page's; not ``urljoin``, which refuses some addresses people type."""
    while base and file.startswith("../"):
        base, file = f"{base.rstrip('/').rpartition('/')[0]}/", file.removeprefix("../")
    return f"{base}{file}"


def _images(values: Mapping[str, Any]) -> list[str]:
    """Addresses of the largest picture of each photo, else of the card."""
    base = values["address"]
    images = [_address_of(base, photo["sources"][-1]["file"]) for photo in values["photos"] if photo["sources"]]
    return images or ([base + values["preview"]["file"]] if values["preview"] else [])


def _news_article(values: Mapping[str, Any], material: TemplateContext) -> dict[str, Any]:
    group = values["group"]
    authors = [{"@type": "Person", "name": name} for name in values["authors"]]
    article = {
        "@type": "AdvertiserContentArticle" if values["advertorial"] else "NewsArticle",
        "@id": values["url"],
        "headline": values["headline"],
        "description": values["summary"],
        "image": _images(values),
        "datePublished": values["published_iso"],
        "dateModified": values["changed_iso"],
        "author": authors or [schema_publisher(group)],
        "editor": {"@type": "Person", "name": values["editor"]} if values["editor"] else None,
        "publisher": schema_publisher(group),
        "mainEntityOfPage": values["url"],
        "articleSection": values["category"],
        "keywords": values["tags"],
        "dateline": values["dateline_place"],
        "contentLocation": {"@type": "Place", "name": values["place"]} if values["place"] else None,
        "inLanguage": values["language"],
        "isAccessibleForFree": True,
        "wordCount": values["words"],
        "articleBody": "\n\n".join(block.text for block in material.blocks),
        "correction": [
            {"@type": "CorrectionComment", "text": correction["what"], "datePublished": correction["iso"]}
            for correction in values["corrections"]
        ],
        "license": group["license"] if group["license"].startswith("http") else None,
    }
    return _given_values(article)


def schema_publisher(group: Mapping[str, Any], address: str = "") -> dict[str, Any]:
    """The group for search engines.

    Args:
        group: as templates see it.
        address: of the site, with a slash at its end; then its logo and principles are given.
    """
    place = ", ".join(
        part for part in (group["village"], group["district"], group["regency"], group["province"]) if part
    )
    return _given_values(
        {
            "@type": "NewsMediaOrganization",
            "name": group["full_name"],
            "alternateName": group["name"] if group["name"] != group["full_name"] else None,
            "url": encode_address(f"{group['site']}/") if group["site"] else None,
            "areaServed": place,
            "logo": f"{address}logo.png" if address and group["logo"] else None,
            "publishingPrinciples": f"{address}pedoman.html" if address else None,
            "correctionsPolicy": f"{address}hak-jawab.html" if address else None,
            "masthead": f"{address}redaksi.html" if address else None,
        }
    )


_RATINGS = {"false": 1, "misleading": 2, "partly": 3, "true": 5}
"""``reviewRating`` on the scale of Google's ClaimReview page: 1 false, 5 true. The rest has words only."""


def _claim_reviews(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    reviews = []
    for claim in values["claims"]:
        if values["kind"] != "factcheck" or not claim["verdict"]:
            continue
        rating = {"@type": "Rating", "alternateName": claim["label"]}
        if claim["verdict"] in _RATINGS:
            rating |= {"ratingValue": _RATINGS[claim["verdict"]], "bestRating": 5, "worstRating": 1}
        review = {
            "@type": "ClaimReview",
            "url": values["url"],
            "claimReviewed": claim["text"],
            "itemReviewed": {"@type": "Claim", "name": claim["text"], "inLanguage": values["language"]},
            "reviewRating": rating,
            "datePublished": values["published_iso"],
            "author": schema_publisher(values["group"]),
        }
        reviews.append(_given_values(review))
    return reviews


def _given_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {key: value for key, value in values.items() if value not in (None, "", [])}
