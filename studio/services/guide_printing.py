"""The guide as a PDF: a title with the list of pages, then every page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.services.guide_pages import page_html

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.services.guide_pages import GuidePage


def write_guide(path: Path, pages: Sequence[GuidePage], texts: MessageTexts, progress: Progress) -> int:
    """Write the guide to print and hand on. Needs a Qt application with fonts (``ready_fonts``); any thread.

    Args:
        path: the file; it appears complete or not at all.
        pages: in their order.
        texts: language of its title.
        progress: told page by page.

    Returns:
        How many sheets of A4 it has.

    Raises:
        UserError: ``guide.pdf_kind`` for another ending than ``.pdf``, or the disk refuses.
        WorkCancelled: nothing is left.
    """
    from studio.base.finished_files import finished_file
    from studio.paint.document_pdf import picture_width, write_document

    if path.suffix.lower() != ".pdf":
        raise UserError("guide.pdf_kind", file=path.name)
    folder = pages[0].folder
    bodies = [page_html(page, lambda name: picture_width(folder / name), prefix=f"{page.code}-") for page in pages]
    title = texts.text("guide.pdf_title")

    def html(known: Mapping[str, int]) -> str:
        return _title_page(title, texts.text("guide.pdf_intro"), pages, known) + "".join(bodies)

    with finished_file(path) as part:
        return write_document(
            html,
            {f"gambar/{file.name}": file for file in (folder / "gambar").glob("*")},
            part,
            title=title,
            turn=lambda page, count: progress.report(page, count, title),
        )


def _title_page(title: str, intro: str, pages: Sequence[GuidePage], known: Mapping[str, int]) -> str:
    lines = []
    for number, page in enumerate(pages, 1):
        at = known.get(f"{page.code}-bagian-0", 99)
        lines.append(f"<tr><td>{number}.</td><td>{escape(page.title)}</td><td align=right>{at}</td></tr>")
    return f'<h1>{escape(title)}</h1><p class="soft">{escape(intro)}</p><table>{"".join(lines)}</table>'
