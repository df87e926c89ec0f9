"""``kim-studio print``: a folded bulletin of several stories, posters from A4 sheets, sheets for the notice board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, get_args

from studio.base.errors import UserError
from studio.commands.common import (
    DONE,
    PARTLY,
    WRONG_USE,
    explain_errors,
    print_result,
    print_trouble,
    progress_bar,
    user_texts,
)

if TYPE_CHECKING:
    from pathlib import Path

    from studio.group.bulletins import PageCount
    from studio.services.paper_printing import PaperKind, PaperWish


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What was asked for on the command line; ``again`` names a kept bulletin, ``keep`` keeps this one."""

    kind: str = "bulletin"
    stories: tuple[str, ...] = ()
    pages: int = 0
    title: str = ""
    issue: str = ""
    services: bool = True
    ink_saving: bool = False
    keep: bool = False
    again: str = ""


def run_print(workspace: Path, order: PrintOrder, out: Path) -> int:
    """Write what is to be printed as a PDF.

    Args:
        workspace: its folder; written only where the bulletin is kept.
        order: what was asked for.
        out: the PDF.

    Returns:
        0 when all of it is on paper, 1 when something was refused or had no room, 2 for a form that does not exist.
    """
    from studio.export.running.story_exporter import chosen_stories
    from studio.group.bulletins import PageCount
    from studio.services.kept_bulletins import keep_bulletin, wish_of
    from studio.services.paper_printing import PAPER_KINDS, gather_paper, set_paper, write_paper
    from studio.store.workspace import open_workspace

    words = user_texts()
    if order.kind not in PAPER_KINDS:
        print_trouble(words.text("cetak.kind", given=order.kind, known=", ".join(PAPER_KINDS)))
        return WRONG_USE
    if order.pages not in get_args(PageCount):
        print_trouble(words.text("cetak.page_count", given=order.pages))
        return WRONG_USE
    with explain_errors(words), open_workspace(workspace, write=order.keep) as opened:
        try:
            wish = (
                wish_of(opened, order.again)
                if order.again
                else _paper_wish(order, chosen_stories(opened, order.stories))
            )
        except UserError as error:
            print_trouble(words.explain(error))
            return WRONG_USE
        from studio.paint.qt_application import ensure_gui

        ensure_gui()
        with progress_bar(words.text("cetak.making")) as progress:
            material = gather_paper(opened, wish, words, progress)
        job = set_paper(material, words)
        write_paper(job, out)
        if order.keep and wish.kind == "bulletin":
            keep_bulletin(opened, wish)
    print_result(words.text("cetak.written", file=str(out)))
    code = "cetak.summary_bulletin" if job.duplex else "cetak.summary_sheets"
    print_result(words.text(code, pages=job.pages, papers=job.papers))
    for trouble in job.troubles:
        print_trouble(words.explain(trouble))
    return PARTLY if job.troubles else DONE


def _paper_wish(order: PrintOrder, stories: tuple[str, ...]) -> PaperWish:
    from studio.services.paper_printing import PaperWish

    return PaperWish(
        kind=cast("PaperKind", order.kind),
        stories=tuple(stories),
        title=order.title,
        issue=order.issue,
        pages=cast("PageCount", order.pages),
        services=order.services,
        ink_saving=order.ink_saving,
    )
