"""A contact sheet: small pictures of a folder on A4 pages, five beside each other and six rows, names below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.documents.office_paper import INK, MARGIN, PAGE, SOFT, paper_page, text_box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.story.model import Group

COLUMNS, ROWS = 5, 6
SHOWN = 300
"""Pixels of a picture's longer side: 270 dots an inch."""
_GAP = 8.0
_TOP, _FOOT = 74.0, 812.0
_NAME = 22.0
"""Height of the two lines of a name."""


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """A picture of the sheet: ``load`` gives its address (a data URI) with width and height, once its page is drawn.

    None stands for one that cannot be shown.
    """

    name: str
    load: Callable[[], tuple[str, int, int] | None]


def write_contact_sheet(
    path: Path, pictures: Sequence[SheetPicture], title: str, group: Group, texts: MessageTexts
) -> None:
    """Write the sheet as PDF. Pages are drawn one after the other: 500 photos need no more memory than 30.

    Needs a Qt application (``paint.qt_application``).

    Args:
        path: exactly this file is written.
        pictures: in order.
        title: over each page.
        group: its colours and name.
        texts: language.

    Raises:
        UserError: it cannot be written.
    """
    from studio.paint.pdf import paint_pdf

    paint_pdf(_sheet_pages(pictures, title, group, texts), path, title=title, author=group.name or "KIM Studio")


def _sheet_pages(pictures: Sequence[SheetPicture], title: str, group: Group, texts: MessageTexts) -> Iterator[str]:
    per_page = COLUMNS * ROWS
    pages = -(-len(pictures) // per_page)
    for number in range(pages):
        shown = pictures[number * per_page : (number + 1) * per_page]
        last = number * per_page + len(shown)
        count = texts.text("folder.sheet_count", first=number * per_page + 1, last=last, all=len(pictures))
        parts = [
            text_box("judul", 24, 24, title, 15, weight=800, lines=1),
            text_box("jumlah", 50, 14, count, 9, lines=1, color=SOFT),
            text_box(
                "halaman", 820, 12, texts.text("report.page", number=number + 1, count=pages), 8, lines=1, color=SOFT
            ),
        ]
        for place, picture in enumerate(shown):
            parts += _cell(place, picture)
        yield paper_page(group, *parts)


def _cell(place: int, picture: SheetPicture) -> list[str]:
    """A picture in the middle of its cell, and its name below."""
    wide = (PAGE[0] - 2 * MARGIN - (COLUMNS - 1) * _GAP) / COLUMNS
    high = (_FOOT - _TOP) / ROWS
    left = MARGIN + place % COLUMNS * (wide + _GAP)
    top = _TOP + place // COLUMNS * high
    room = high - _NAME - 12
    parts = []
    if shown := picture.load():
        address, width, height = shown
        scale = min(wide / width, room / height)
        x, y = left + (wide - width * scale) / 2, top + (room - height * scale) / 2
        parts.append(
            f'<image x="{x:.2f}" y="{y:.2f}" width="{width * scale:.2f}" height="{height * scale:.2f}"'
            f' preserveAspectRatio="none" href="{address}"/>'
        )
    name = text_box(
        f"nama-{place}",
        round(top + room + 4, 2),
        _NAME,
        picture.name,
        7.5,
        left=round(left, 2),
        width=wide,
        min=5,
        lines=2,
        align="center",
        color=INK,
    )
    return [*parts, name]
