"""``kim-studio templates``: for makers of template packs and design families."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from studio.commands.localized_help import LocalizedCommand, LocalizedGroup

templates_app = typer.Typer(cls=LocalizedGroup, no_args_is_help=True)
_command = partial(templates_app.command, cls=LocalizedCommand)
FolderArgument = Annotated[Path, typer.Argument(show_default=False)]


@_command("new")
def begin(folder: FolderArgument, base: Annotated[str, typer.Option("--from")] = "majalah") -> None:
    """Begin a pack or a family."""
    from studio.base.paths import templates_dir
    from studio.commands.common import explain_errors, print_result, user_texts
    from studio.services.template_making import begin_templates

    words = user_texts()
    with explain_errors(words):
        kind = begin_templates(folder, templates_dir(), base)
    print_result(words.text(f"templates.begun.{kind}", folder=str(folder)))


@_command("check")
def check(folder: FolderArgument) -> None:
    """Look a pack or a family over."""
    from studio.base.paths import templates_dir
    from studio.commands.common import DONE, PARTLY, explain_errors, print_result, print_trouble, progress_bar
    from studio.commands.common import user_texts as texts
    from studio.services.template_making import check_templates

    words = texts()
    with explain_errors(words), progress_bar(words.text("templates.checking")) as progress:
        review = check_templates(folder, templates_dir(), progress)
    for each in review.lost:
        print_trouble(words.text(f"templates.lost.{each.reason}", card=each.card, story=each.story, box=each.box))
    for part in review.undrawn:
        print_trouble(words.text("templates.undrawn", card=part.card, story=part.story, name=part.name, line=part.line))
    wrong = bool(review.lost or review.undrawn)
    if not wrong:
        print_result(words.text("templates.fine", folder=str(folder)))
    raise typer.Exit(PARTLY if wrong else DONE)


@_command("preview")
def preview(folder: FolderArgument, out: Annotated[Path, typer.Argument(show_default=False)]) -> None:
    """Draw a pack or a family with hard stories."""
    from studio.base.paths import templates_dir
    from studio.commands.common import explain_errors, print_result, progress_bar, user_texts
    from studio.services.template_making import preview_templates

    words = user_texts()
    with explain_errors(words), progress_bar(words.text("templates.drawing")) as progress:
        made = preview_templates(folder, templates_dir(), out, progress)
    for path in made:
        print_result(str(path))


@_command("pack")
def pack(folder: FolderArgument, out: Annotated[Path | None, typer.Argument(show_default=False)] = None) -> None:
    """Write a pack or a family as a ZIP."""
    from studio.base.paths import templates_dir
    from studio.commands.common import explain_errors, print_result, user_texts
    from studio.services.template_making import pack_templates

    with explain_errors(user_texts()):
        made = pack_templates(folder, templates_dir(), out)
    print_result(str(made))
