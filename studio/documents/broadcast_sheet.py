"""A programme to read aloud on paper: large type, double spaced, one sentence a paragraph, with the reader's marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import WorkNotice
from studio.documents.office_paper import PAGE, SOFT, paper_page, text_box

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.story.model import Group

_SIZE = 18
"""Points: read at arm's length beside a microphone (shared research, capabilities (e))."""


def write_broadcast_pdf(
    path: Path, script: str, title: str, clock: str, group: Group, texts: MessageTexts
) -> tuple[WorkNotice, ...]:
    """Write a marked script as an A4 document. Needs a Qt application (``paint.qt_application``).

    Args:
        path: the file; it appears complete or not at all.
        script: with breath marks, a sentence a line.
        title: stands above it.
        clock: how long it takes, in words.
        group: who speaks.
        texts: language of the foot.

    Returns:
        A warning when the script was too long for the 12 pages of one document.

    Raises:
        UserError: it cannot be written there.
    """
    from studio.base.finished_files import finished_file
    from studio.paint.pdf import paint_flow

    flow = "\n".join(line for line in script.splitlines() if line.strip())
    first = paper_page(
        group,
        text_box("grup", 28, 16, group.name or "KIM", 11, weight=600, lines=1, color=SOFT),
        text_box("judul", 46, 40, title, 18, weight=800, lines=2, lead=1.15, width=PAGE[0] - 84 - 130),
        text_box("waktu", 50, 20, clock, 15, left=PAGE[0] - 42 - 124, weight=700, lines=1, align="right"),
        _script_box(104, flow),
        _page_foot(texts, "1"),
    )
    following = paper_page(
        group,
        text_box("judul", 26, 16, title, 10.5, weight=600, lines=1, color=SOFT),
        _script_box(52, "@sisa@"),
        _page_foot(texts, "@halaman@"),
    )
    with finished_file(path) as part:
        lost = paint_flow(first, following, part, title=title, author=group.name)
    return (WorkNotice("siaran.too_long", {"file": path.name}),) if any(box.box == "isi" for box in lost) else ()


def _script_box(top: float, text: str) -> str:
    room = PAGE[1] - 52 - top
    # Never smaller than that (``min``): what does not fit goes on to the next page.
    return text_box("isi", top, room, text, _SIZE, min=_SIZE, font="IBM Plex Serif", weight=400, lead=2, flow="isi")


def _page_foot(texts: MessageTexts, number: str) -> str:
    words = texts.text("siaran.foot", number=number)
    return text_box("kaki", PAGE[1] - 38, 14, words, 9.5, weight=500, lines=1, color=SOFT)
