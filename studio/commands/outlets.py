"""``kim-studio outlets``: every outlet with its limits, their source and the date they were checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from studio.base import paths
from studio.base.sizes import size_text
from studio.commands.common import DONE, PARTLY, complain, explained, print_table, say, texts

if TYPE_CHECKING:
    from pathlib import Path

    from studio.posts.packs import Outlet, Output


def run(workspace: Path | None, *, as_json: bool) -> int:
    """Print the outlets of the studio and, when given, of a workspace."""
    from studio.posts.catalog import load_catalog

    words = texts()
    with explained(words):
        own = workspace / "templates" if workspace else None
        catalog = load_catalog(paths.templates_dir(), own)
    if as_json:
        say(msgspec.json.format(msgspec.json.encode(catalog.outlets, enc_hook=str), indent=1).decode())
    else:
        head = [words.text(f"cli.head.{name}") for name in ("outlet", "file", "kind", "limits", "checked", "source")]
        print_table(head, [_row(outlet, output) for outlet in catalog.outlets for output in outlet.outputs])
    for problem in catalog.problems:
        complain(words.explain(problem))
    return PARTLY if catalog.problems else DONE


def _row(outlet: Outlet, output: Output) -> tuple[str, ...]:
    return (outlet.name, output.file, output.kind, limits(output), str(outlet.checked), outlet.source)


def limits(output: Output) -> str:
    """The limits of an output in a few words: ``1080x1350, maks 10, 8 MB``."""
    parts = []
    if output.size:
        parts.append(f"{output.size[0]}x{output.size[1]}")
    if output.limit:
        parts.append(f"{output.limit} {output.count}")
    if output.hashtags is not None:
        parts.append(f"{output.hashtags} #")
    if output.max:
        parts.append(f"≤ {output.max}")
    if output.max_seconds:
        parts.append(f"{output.max_seconds:g} s")
    if output.max_bytes:
        parts.append(size_text(output.max_bytes))
    return ", ".join(parts)
