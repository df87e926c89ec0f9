"""``kim-studio guide``: read the guide in a terminal, look for words in it, or write it as a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts
    from studio.services.guide_pages import GuidePage

_WRONG = frozenset({"guide.one_wish", "guide.unknown", "guide.pdf_kind"})


def guide(
    page: Annotated[str, typer.Argument()] = "",
    words: Annotated[str, typer.Option("--find")] = "",
    pdf: Annotated[Path | None, typer.Option("--pdf", path_type=Path)] = None,
) -> None:
    """Read the guide, or write it as a PDF."""
    raise typer.Exit(run_guide(page, words, pdf))


def run_guide(page: str, words: str, pdf: Path | None) -> int:
    """Show a page, the places that hold some words, or the list of pages; or write all of them as a PDF.

    Args:
        page: its code, number or file name; "" for none.
        words: what is looked for; "" for nothing.
        pdf: the file to write; None for none.

    Returns:
        0 when it is done, 1 when no page holds the words or the file cannot be written, 2 for wrong usage.
    """
    # Here, not above: the command line reads this module for its arguments at every start.
    from studio.base.errors import UserError
    from studio.commands.common import DONE, PARTLY, WRONG_USE, explain_errors, print_trouble, user_texts
    from studio.services.guide_pages import load_guide

    texts = user_texts()
    with explain_errors(texts):
        try:
            if sum(map(bool, (page, words, pdf))) > 1:
                raise UserError("guide.one_wish")
            pages = load_guide()
            if pdf is not None:
                _write(pdf, pages, texts)
            elif words:
                return DONE if _search(words, pages, texts) else PARTLY
            elif page:
                _show(page, pages)
            else:
                _list(pages, texts)
        except UserError as error:
            print_trouble(texts.explain(error))
            return WRONG_USE if error.code in _WRONG else PARTLY
    return DONE


def _list(pages: tuple[GuidePage, ...], texts: MessageTexts) -> None:
    from studio.commands.common import print_table

    heads = [texts.text(f"guide.head.{name}") for name in ("number", "code", "title")]
    print_table(heads, [(str(number), page.code, page.title) for number, page in enumerate(pages, 1)])


def _show(name: str, pages: tuple[GuidePage, ...]) -> None:
    from studio.base.errors import UserError
    from studio.commands.common import print_result
    from studio.services.guide_pages import find_page, without_pictures

    page = find_page(pages, name)
    if page is None:
        raise UserError("guide.unknown", page=name, known=", ".join(each.code for each in pages))
    print_result(without_pictures(page))


def _search(wanted: str, pages: tuple[GuidePage, ...], texts: MessageTexts) -> int:
    from studio.commands.common import print_result
    from studio.services.guide_pages import search_guide

    found = search_guide(pages, wanted)
    for hit in found:
        print_result(f"{hit.page.code}: {hit.section.heading}\n  {hit.excerpt}")
    print_result(texts.text("guide.found", n=len(found)) if found else texts.text("guide.nothing", words=wanted))
    return len(found)


def _write(target: Path, pages: tuple[GuidePage, ...], texts: MessageTexts) -> None:
    from studio.commands.common import print_result, progress_bar
    from studio.paint.qt_application import ensure_gui
    from studio.services.guide_printing import write_guide

    ensure_gui()
    with progress_bar(texts.text("guide.job")) as progress:
        sheets = write_guide(target, pages, texts, progress)
    print_result(texts.text("guide.written", file=str(target), n=sheets))
