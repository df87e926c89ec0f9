"""``kim-studio outlets``: every outlet with its limits, their source and the date they were checked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from studio.base import paths
from studio.base.sizes import size_text
from studio.base.workspace_places import WorkspacePlaces
from studio.commands.common import DONE, PARTLY, explain_errors, print_result, print_table, print_trouble, user_texts
from studio.posts.output_kinds import CardOutput, PageOutput, PhotoOutput, PrintOutput, TextOutput, VideoOutput

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.locale_forms import Language
    from studio.posts.output_kinds import Output
    from studio.posts.packs import Outlet

_HALF_YEAR = 183
"""Days after which a limit ought to be looked up again."""


def run_outlets(workspace: Path | None, *, as_json: bool) -> int:
    """Print the outlets of the studio and, when given, of a workspace."""
    from studio.posts.catalog import load_catalog

    words = user_texts()
    with explain_errors(words):
        own = WorkspacePlaces(workspace).templates_dir if workspace else None
        catalog = load_catalog(paths.templates_dir(), own)
        shown = (*catalog.outlets, *catalog.others)
    if as_json:
        print_result(msgspec.json.format(msgspec.json.encode(shown, enc_hook=str), indent=1).decode())
    else:
        head = [words.text(f"cli.head.{name}") for name in ("outlet", "file", "kind", "limits", "checked", "source")]
        print_table(
            head,
            [_outlet_row(outlet, output, words) for outlet in shown for output in outlet.outputs],
        )
    old = [outlet for outlet in shown if is_old(outlet.checked, date.today())]
    for outlet in old:
        print_trouble(words.text("cli.outlet_old", outlet=outlet.name, checked=outlet.checked))
    for problem in catalog.problems:
        print_trouble(words.explain(problem))
    return PARTLY if catalog.problems else DONE


def is_old(checked: str, today: date) -> bool:
    """Whether limits were last checked more than half a year ago; platforms change them that often."""
    try:
        return (today - date.fromisoformat(str(checked))).days > _HALF_YEAR
    except ValueError:
        return True


def _outlet_row(outlet: Outlet, output: Output, words: MessageTexts) -> tuple[str, ...]:
    limits, source = limit_words(output, words.language), outlet.source_in(words.language)
    return (words.outlet_name(outlet.name), output.file, output.kind, limits, str(outlet.checked), source)


def limit_words(output: Output, language: Language = "id") -> str:
    """The limits of an output in a few words: ``1080x1350, ≤ 10, 8,0 MB``."""
    parts = []
    if isinstance(output, PhotoOutput | CardOutput | VideoOutput | PrintOutput):
        parts.append(f"{output.size.width}x{output.size.height}")
    if isinstance(output, TextOutput):
        parts += [f"{output.limit} {output.count}"] if output.limit else []
        parts += [f"{output.hashtags} #"] if output.hashtags is not None else []
    if isinstance(output, TextOutput | PhotoOutput | VideoOutput) and output.max:
        parts.append(f"≤ {output.max}")
    if isinstance(output, VideoOutput) and output.max_seconds:
        parts.append(f"{output.max_seconds:g} s")
    if isinstance(output, PhotoOutput | CardOutput | VideoOutput | PageOutput) and output.max_bytes:
        parts.append(size_text(output.max_bytes, language))
    return ", ".join(parts)
