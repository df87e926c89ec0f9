"""Photos of products: bringing them in, and a card as it will look. No Qt: runs in a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.paths import templates_dir
from studio.services.media_import import ImportedMedia, SortedFiles, bring_files, sort_out

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.pixel_data import Pixels
    from studio.base.progress import Progress
    from studio.group.products import Product
    from studio.store.group_folder import GroupFolder
    from studio.store.product_shelf import ProductShelf

OUTLET = "produk"
CARD = "kartu.jpg"


def bring_photos(
    folder: GroupFolder, paths: Sequence[Path], present: frozenset[str], credit: str, progress: Progress
) -> ImportedMedia:
    """Copy photos into ``group/media`` and read what they are; what is no photo is named, and stops no other.

    Args:
        folder: of the group.
        paths: files, or folders of them.
        present: photos the product has already.
        credit: proposed for each photo whose file names nobody; may be empty.
        progress: called for every file.
    """
    found = sort_out(paths)
    came = bring_files(folder.add_media, SortedFiles(photos=found.photos), present, credit, progress)
    others = (*found.videos, *found.texts, *found.others)
    troubles = (*came.troubles, *(UserError("import.not_known", file=path.name) for path in others))
    return ImportedMedia(came.photos, (), troubles)


def name_from_file(path: Path) -> str:
    """``keripik_singkong-2.jpg`` -> ``Keripik singkong 2``: a first name for what a dropped photo shows."""
    words = " ".join(path.stem.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:]


def paint_card(shelf: ProductShelf, product: Product, design: str, across: int, progress: Progress) -> Pixels:
    """The card of a product in a design, by the code of the export, ``across`` pixels wide.

    Args:
        shelf: for media, logo and the group.
        product: as it is now, saved or not.
        design: of ``OutletCatalog.product_designs``; "" takes that of the group.
        across: pixels.
        progress: called once.

    Raises:
        UserError: its photo cannot be opened, or a template is broken.
    """
    from msgspec.structs import replace

    from studio.base.pixel_data import Pixels
    from studio.export.planning.story_plan import card_task, story_context
    from studio.export.rendering.card_pictures import card_svg, pictures_of
    from studio.group.products import product_story
    from studio.paint.image import paint_rgb
    from studio.posts.catalog import load_catalog
    from studio.posts.render_context import RenderContext

    progress.report(0, 1, product.name)
    press = RenderContext(load_catalog(templates_dir(), shelf.templates_dir))
    outlet = press.catalog.outlet(OUTLET)
    story = product_story(product)
    shown = replace(story, designs={OUTLET: design}) if design else story
    task = card_task(story_context(shelf, product.id, shown, press), outlet, outlet.card(CARD))
    width, height = outlet.card(CARD).size
    painted = paint_rgb(card_svg(task, pictures_of(task)), across, round(across * height / width))
    return Pixels(painted.width, painted.height, painted.rgb)


def product_designs(shelf: ProductShelf) -> tuple[str, ...]:
    """The designs that a product's card may have."""
    from studio.posts.catalog import load_catalog

    return load_catalog(templates_dir(), shelf.templates_dir).product_designs
