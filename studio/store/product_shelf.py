"""The products of a workspace as the machine for stories takes them: their files, their photos, their exports.

``exports/_potensi/<id>/`` is to a product what ``exports/<story>/`` is to a story; the catalogue of all of them has
``exports/_potensi/_katalog/``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.errors import UserError
from studio.base.portable_names import is_device_name
from studio.group.products import CATALOG, FOLDER, CatalogStory, Product, place_of, product_story
from studio.store.file_names import file_slug, plain_name
from studio.store.group_folder import GroupFolder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from pathlib import Path

    from studio.store.logo_place import LogoPlace
    from studio.store.workspace import Workspace
    from studio.store.workspace_presence import WorkspaceSite
    from studio.story.model import Group, Story

EXPORTS = "_potensi"
"""The folder of all exports of products in the workspace's ``exports``."""


class ProductShelf:
    """The products of an open workspace; see ``studio.store.story_shelf.StoryShelf``.

    Args:
        workspace: open; reading is enough.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.files = GroupFolder(workspace)

    @property
    def path(self) -> Path:
        """The folder of the workspace."""
        return self.workspace.path

    @property
    def group(self) -> Group:
        """Who offers them."""
        return self.workspace.group

    def clock(self) -> datetime:
        """The present moment, with time zone."""
        return self.workspace.clock()

    @property
    def logo(self) -> LogoPlace:
        """The group's logo."""
        return self.workspace.logo

    @property
    def site(self) -> WorkspaceSite:
        """Whether the workspace is there."""
        return self.workspace.site

    @property
    def templates_dir(self) -> Path:
        """The group's own outlets."""
        return self.workspace.templates_dir

    def exports_dir(self, folder: str = "") -> Path:
        """Where exports lie: of a product, or of all."""
        return self.workspace.exports_dir(EXPORTS) / folder

    def product_ids(self) -> tuple[str, ...]:
        """The ids of all products, also of those whose file is damaged, in the order of their names."""
        prefix = f"{FOLDER}/"
        found = (place for place in self.files.places() if place.startswith(prefix))
        return tuple(place.removeprefix(prefix).removesuffix(".json") for place in found)

    def story_folders(self) -> tuple[str, ...]:
        """The ids of all products, and the catalogue last, where there are any."""
        found = self.product_ids()
        return (*found, CATALOG) if found else ()

    def product(self, product_id: str) -> Product:
        """One product.

        Raises:
            UserError: ``product.unknown``; its file cannot be read (the file is named).
        """
        found = self.files.read(place_of(plain_name(product_id, "product.unknown")), Product)
        if found is None:
            raise UserError("product.unknown", name=product_id)
        # The file's name counts: a copied file brings the id of the one it was copied from.
        return found if found.id == product_id else replace(found, id=product_id)

    def load(self, folder: str) -> Story:
        """A product as a story; ``CATALOG`` is the empty catalogue, which the gate fills. Errors as ``product``."""
        return CatalogStory(id=CATALOG, status="ready") if folder == CATALOG else product_story(self.product(folder))

    def load_each(self) -> Iterator[tuple[str, Product | UserError]]:
        """All products, one after the other; for one that cannot be read, the error instead."""
        for product_id in self.product_ids():
            try:
                yield product_id, self.product(product_id)
            except UserError as error:
                yield product_id, error

    def media_path(self, folder: str, file: str) -> Path:
        """Where a photo lies (it may be missing): all products share ``group/media``; ``folder`` does not matter.

        Raises:
            UserError: ``file`` is no plain name.
        """
        del folder
        return self.files.media_path(file)


def free_id(name: str, taken: Collection[str]) -> str:
    """An id for a new product: its name in small letters, with ``-2`` ... when taken; never changed afterwards."""
    base = file_slug(name) or "potensi"
    return free_number(f"potensi-{base}" if is_device_name(base) else base, taken)


def free_number(base: str, taken: Collection[str]) -> str:
    """``base``, or with the first of ``-2``, ``-3`` ... that is not taken."""
    number = 1
    found = base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found
