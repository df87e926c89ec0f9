"""``kim-studio catalog``: cards, price list, leaflet and carousel of what the village offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from studio.base import paths
from studio.base.errors import UserError
from studio.base.log import start_log
from studio.commands.common import (
    DONE,
    PARTLY,
    WRONG_USE,
    explain_errors,
    print_result,
    print_table,
    print_trouble,
    progress_bar,
    user_texts,
)
from studio.commands.export import report_rows, report_troubles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.export.running.story_exporter import ExportedStory
    from studio.store.workspace import Workspace

_WRONG = frozenset({"export.unknown_outlet", "export.unknown_story", "export.renamed_story"})


def run_catalog(
    workspace: Path, products: Sequence[str], outlets: Sequence[str], out: Path | None, *, jobs: int, as_json: bool
) -> int:
    """Make what is missing or changed of some products (of all and the catalogue when none is named), and report.

    Returns:
        0 when all of it is there, 1 when something failed or was refused, 2 for an unknown outlet or product.
    """
    from studio.store.workspace import open_workspace

    words = user_texts()
    with explain_errors(words), open_workspace(workspace, write=False) as opened:
        try:
            done = make_catalog(opened, products, outlets, out, jobs, words)
        except UserError as error:
            if error.code not in _WRONG:
                raise
            print_trouble(words.explain(error))
            return WRONG_USE
        return print_catalog(done, out, opened, words, as_json=as_json)


def run_list(workspace: Path, *, as_json: bool) -> int:
    """Print the products: id, name, kind and price; damaged files on stderr.

    Returns:
        0, or 1 when a file cannot be read.
    """
    from studio.group.product_words import price_words
    from studio.group.products import product_story
    from studio.store.product_shelf import ProductShelf
    from studio.store.workspace import open_workspace

    words = user_texts()
    with explain_errors(words), open_workspace(workspace, write=False) as opened:
        rows, troubles = [], []
        for product_id, found in ProductShelf(opened).load_each():
            if isinstance(found, UserError):
                troubles.append(words.explain(found))
            else:
                rows.append((product_id, found.name, found.kind, price_words(product_story(found).offer)))
        if as_json:
            names = ("id", "name", "kind", "price")
            print_result(
                msgspec.json.format(
                    msgspec.json.encode([dict(zip(names, r, strict=True)) for r in rows]), indent=1
                ).decode()
            )
        else:
            print_table([words.text(f"cli.head.{name}") for name in ("id", "product", "kind", "price")], rows)
    for line in troubles:
        print_trouble(line)
    return PARTLY if troubles else DONE


def make_catalog(
    opened: Workspace,
    products: Sequence[str],
    outlets: Sequence[str],
    out: Path | None,
    jobs: int,
    words: MessageTexts,
) -> list[ExportedStory]:
    """Export products with a progress bar on a terminal; template packs that cannot be used are named on stderr.

    Raises:
        UserError: an outlet or product is unknown, or nothing can be written.
    """
    from studio.services.product_export import export_products

    start_log(paths.log_dir())
    with progress_bar(words.text("cli.making_catalog")) as progress:
        done, problems = export_products(
            opened, paths.templates_dir(), words, products, outlets, out, progress, jobs=jobs
        )
    for problem in problems:
        print_trouble(words.explain(problem))
    return done


def print_catalog(
    done: Sequence[ExportedStory], out: Path | None, opened: Workspace, words: MessageTexts, *, as_json: bool
) -> int:
    """Print what was made and where, and every trouble on stderr; a product that is no longer offered is no trouble."""
    from studio.services.product_export import draft_troubles
    from studio.store.product_shelf import ProductShelf

    place = out or ProductShelf(opened).exports_dir()
    if as_json:
        manifests = [exported.manifest for exported in done if exported.manifest]
        print_result(msgspec.json.format(msgspec.json.encode(manifests), indent=1).decode())
    else:
        head = [words.text(f"cli.head.{name}") for name in ("product", "outlet", "files", "size", "folder")]
        print_table(head, [row for exported in done for row in report_rows(exported, words)], numbers=(2, 3))
        made, kept = sum(e.made for e in done), sum(e.kept for e in done)
        print_result(words.text("cli.exported", made=made, kept=kept, place=str(place)))
    troubles = draft_troubles(done, words)
    troubles += [line for exported in done for line in report_troubles(exported, words)]
    reports = [problem.bug_report for exported in done for problem in exported.problems]
    # One fault of a template hits every product: it is told once.
    for line in dict.fromkeys((*troubles, *filter(None, reports))):
        print_trouble(line)
    return PARTLY if any(_went_wrong(exported) for exported in done) else DONE


def _went_wrong(exported: ExportedStory) -> bool:
    # A user chose to offer it no longer; a script must not fail for that.
    expected = {"product.hidden"}
    return bool(exported.problems) or (exported.error is not None and exported.error.code not in expected)
