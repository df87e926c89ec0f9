"""Exporting what the village offers: every product and the catalogue, and taking back what is no longer there."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.export.running.export_folders import refuse_other_owner
from studio.export.running.plan_runner import withdraw_export
from studio.export.running.story_exporter import StoryExporter
from studio.release.release_gate import hit_lines
from studio.store.product_shelf import ProductShelf

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.export.running.story_exporter import ExportedStory
    from studio.posts.output_kinds import Subject
    from studio.store.workspace import Workspace

SUBJECTS: tuple[Subject, ...] = ("product", "catalog")


def export_products(
    workspace: Workspace,
    templates: Path,
    texts: MessageTexts,
    products: Sequence[str],
    outlets: Sequence[str],
    out: Path | None,
    progress: Progress,
    *,
    jobs: int = 1,
) -> tuple[list[ExportedStory], tuple[UserError, ...]]:
    """Make what is missing or changed; an export of a product that was deleted since is taken back.

    Args:
        workspace: open; reading is enough.
        templates: the built-in packs.
        texts: language of warnings.
        products: ids; all and the catalogue when empty.
        outlets: ids of packs for products; all when empty.
        out: where to; None is ``exports/_potensi`` of the workspace.
        progress: in products; may cancel.
        jobs: 1 or 2 processes.

    Returns:
        What became of each, and the packs that cannot be used.

    Raises:
        UserError: an unknown product or outlet (before anything is made).
        WorkCancelled: from ``progress``; what was finished stays.
    """
    shelf = ProductShelf(workspace)
    with StoryExporter(shelf, templates, texts, jobs=jobs, subjects=SUBJECTS) as exporter:
        done = list(exporter.export(products, outlets, out, progress))
    # Only after a run over everything in the usual place; elsewhere the files are a copy that someone took.
    if not products and out is None:
        take_back_deleted(shelf)
    return done, exporter.pack_problems


def draft_troubles(done: Sequence[ExportedStory], texts: MessageTexts) -> list[str]:
    """For each product that was made as a draft only: what is in its way."""
    found = [(each, each.released) for each in done if each.draft]
    return [
        texts.text("product.draft", name=one.story.headline or each.folder, hits=hit_lines(one.verdict.blocks, texts))
        for each, one in found
        if one is not None
    ]


def take_back_deleted(shelf: ProductShelf) -> tuple[str, ...]:
    """Delete the exports of products that are no longer there; returns their ids."""
    place = shelf.exports_dir()
    known = set(shelf.story_folders())
    gone = (
        [path for path in sorted(place.iterdir()) if path.is_dir() and path.name not in known] if place.is_dir() else []
    )
    for path in gone:
        # A folder that is another workspace's, or that cannot be deleted now, is left: the next run tries again.
        with suppress(UserError):
            refuse_other_owner(path, shelf.group)
            withdraw_export(path)
    return tuple(path.name for path in gone)
