"""The catalogue on the website: ``potensi/`` with a page for each product, a list to filter, and one to print."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from studio.base.errors import UserError
from studio.export.planning.content_keys import key_of
from studio.export.running.story_exporter import StoryExporter
from studio.export.website.site_memory import RememberedProducts
from studio.group.products import CATALOG, CatalogStory, ProductStory, place_of
from studio.posts.catalog import outlet_digest
from studio.posts.output_kinds import PageOutput
from studio.posts.pages import render_page
from studio.posts.product_values import catalog_values, product_folder, seasonal_products
from studio.posts.template_context import build_context
from studio.posts.web_addresses import site_address
from studio.release.cross_story_protection import refuse_named
from studio.release.release_gate import release_story
from studio.store.group_folder import MEDIA
from studio.store.product_shelf import ProductShelf

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.export.running.story_exporter import ExportedStory
    from studio.export.website.site_pages import PageMaker
    from studio.posts.catalog import OutletCatalog
    from studio.posts.pages import PagePicture
    from studio.release.cross_story_protection import Neighbours
    from studio.release.release_gate import ReleasedStory
    from studio.store.workspace import Workspace

OUTLET = "potensi"
HEADING = "Potensi dan usaha"
NAMES = ("potensi/index.html", "potensi/cetak.html")
_SETTLED = frozenset({"product.refused", "site.blocked"})
"""Reasons that hold for as long as the products are as they are."""


class ProductPages:
    """The products of a workspace, exported for its website.

    Args:
        workspace: open; reading is enough.
        templates: the built-in packs.
        texts: language of warnings.
        progress: in products.
        jobs: 1 or 2 processes for the pictures.
        beside: whom no product may name, as a story of the site protects them.
    """

    def __init__(
        self,
        workspace: Workspace,
        templates: Path,
        texts: MessageTexts,
        progress: Progress,
        jobs: int,
        beside: Neighbours = (),
    ) -> None:
        self._shelf = ProductShelf(workspace)
        self._beside = beside
        self.shown: list[ExportedStory] = []
        self.left_out: list[tuple[str, UserError]] = []
        self.catalog: CatalogStory | None = None
        ids = self._shelf.product_ids()
        if not ids:
            return
        with StoryExporter(self._shelf, templates, texts, jobs=jobs, subjects=("product",)) as exporter:
            for done in exporter.export(ids, (OUTLET,), None, progress):
                self._sort(done)
        try:
            told = release_story(self._shelf, CATALOG, texts).story
        except UserError:  # nothing may be shown: there is no catalogue
            return
        if isinstance(told, CatalogStory):
            ids = tuple(done.folder for done in self.shown)
            self.catalog = replace(told, products=tuple(each for each in told.products if each.id in ids))

    def _sort(self, done: ExportedStory) -> None:
        name = product_folder(done.folder)
        if done.released is None or done.manifest is None or done.error is not None:
            if done.error is not None and done.error.code != "product.hidden":
                self.left_out.append((name, done.error))
        elif done.draft:
            self.left_out.append((name, UserError("site.blocked", story=name, count=done.blocks)))
        elif (named := self._named_neighbour(done.released)) is not None:
            self.left_out.append((name, named))
        else:
            self.shown.append(done)
            for one in done.problems:
                facts = {"story": name, "file": one.path, "why": one.text}
                self.left_out.append((name, UserError("site.incomplete", **facts)))

    def remembered(self, stamp: str) -> RememberedProducts:
        """What the site's memory is to keep; ``stamp`` as ``product_stamp`` gave it before they were looked at."""
        left = tuple(
            (name, why.code, {key: str(fact) for key, fact in why.facts.items()}) for name, why in self.left_out
        )
        settled = all(code in _SETTLED for _, code, _ in left)
        return RememberedProducts(stamp if settled else "", bool(self.shown), left)

    def _named_neighbour(self, released: ReleasedStory) -> UserError | None:
        try:
            refuse_named(released.story, released.folder, self._shelf.group, self._beside)
        except UserError as error:
            return error
        return None

    def write(self, maker: PageMaker) -> tuple[str, ...]:
        """Write all pages; returns their names, for the map of the site."""
        if self.catalog is None or not self.shown:
            return ()
        pictures = {done.folder: self._write_product(maker, done) for done in self.shown}
        group = maker.placed_group(self._shelf.group)
        values = maker.page_values("potensi/index.html", HEADING, "../")
        told = catalog_values(self.catalog, maker.labels, site_address(group))
        lists = {"products": [_entry(each, pictures) for each in told["products"]]}
        lists["kinds"] = [
            {**kind, "products": [each for each in lists["products"] if each["kind"] == kind["kind"]]}
            for kind in told["kinds"]
        ]
        own = {**told, **lists, "in_season": [each.id for each in seasonal_products(self.catalog)]}
        for name, template in zip(NAMES, ("katalog.html.j2", "cetak.html.j2"), strict=True):
            maker.put_page(OUTLET, name, template, {**values, **own})
        return (*NAMES[:1], *(f"{product_folder(done.folder)}/index.html" for done in self.shown))

    def _write_product(self, maker: PageMaker, done: ExportedStory) -> PagePicture | None:
        """One product's page and its files; the picture that stands for it in the list."""
        if done.released is None or done.manifest is None or not isinstance(done.released.story, ProductStory):
            return None
        outlet = maker.catalog.outlet(OUTLET)
        output = outlet.outputs_of(PageOutput)[0]
        story = done.released.story
        folder = product_folder(done.folder)
        material = build_context(story, maker.placed_group(done.released.group), maker.labels)
        logos = {"logo": maker.logo_at("../../")}
        page = render_page(maker.press, outlet, output, material, pictures=logos, root="../../", site=maker.own_values)
        maker.writer.put_text(f"{folder}/{output.file}", page.files[0].text)
        for entry in done.manifest.files:
            if entry.outlet == OUTLET and entry.kind != "page":
                name = entry.path.partition("/")[2]
                maker.writer.copy(
                    f"{folder}/{name}", self._shelf.exports_dir(done.folder) / entry.path, entry.bytes, entry.sha256
                )
        cover = material.base["cover"]
        made = {entry.path.partition("/")[2] for entry in done.manifest.files}
        fitting = [each for each in page.pictures if cover and each.photo.id == cover["id"] and each.file in made]
        return fitting[0] if fitting else None


def product_stamp(workspace: Workspace, catalog: OutletCatalog) -> str:
    """A hash of all that a catalogue is made of, beside the group, the day and the version.

    Photos by name and size: their names are hashes, and one that is not there leaves its product without it.
    """
    shelf = ProductShelf(workspace)
    ids = shelf.product_ids()
    if not ids:
        return "none"
    packs = {outlet.id: outlet for outlet in catalog.others}
    pack = outlet_digest(packs[OUTLET], catalog.common) if OUTLET in packs else ""
    files = shelf.files.path
    try:
        told = [(each, sha256((files / place_of(each)).read_bytes()).hexdigest()) for each in ids]
        photos = (files / MEDIA).iterdir() if (files / MEDIA).is_dir() else ()
        media = sorted((path.name, path.stat().st_size) for path in photos)
    except OSError:  # gone or unreadable in between: the catalogue itself finds out which
        return ""
    return key_of("products", (pack, told, media))


def _entry(product: Mapping[str, Any], pictures: Mapping[str, PagePicture | None]) -> dict[str, Any]:
    """A product of the list, with the way to its page and the smallest of its pictures."""
    picture = pictures.get(product["id"])
    image = None
    if picture is not None:
        width, height = picture.size
        image = {"file": f"{product['id']}/{picture.file}", "width": width, "height": height}
    return {**product, "link": f"{product['id']}/index.html", "image": image}
