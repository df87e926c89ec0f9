"""Paints filled templates as the pages of a PDF with vector art and text that can be selected and searched."""

from __future__ import annotations

import hashlib
import re
import uuid
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from studio.base.errors import UserError
from studio.paint.sheet import Sheet, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.paint.sheet import Overflow

A4 = (210.0, 297.0)
_DPI = 300
_MOST_PAGES = 12
# What makes two prints of the same story differ: the time of day, in three notations, and a random document number.
_TIMES = (
    (re.compile(rb"(?<=Date \(D:)\d{14}"), b"20000101000000"),
    (re.compile(rb'(?<=Date=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d'), b"2000-01-01T00:00:00"),
)
_NUMBERS = re.compile(rb"(?<=uuid:)[0-9a-f-]{36}|(?<=[\[>] <)[0-9a-f]{72}(?=>)")


class PageMaker(Protocol):
    """Fills the template of one page."""

    def __call__(self, number: int, rest: str, *, more: bool) -> str:
        """The SVG of a page.

        Args:
            number: 1 for the first page, which shows the text from its beginning.
            rest: on later pages the text that is left, to be put into the page's flow; empty on page 1.
            more: another page follows ("Bersambung").
        """


def paint_pdf(
    pages: Sequence[str], path: Path, *, page_mm: tuple[float, float] = A4, title: str, author: str
) -> tuple[Overflow, ...]:
    """Write a PDF, one page per SVG.

    Args:
        pages: filled templates in the proportions of the page.
        path: the file to write; the caller gives a temporary name and renames.
        page_mm: width and height of a page in millimetres.
        title: of the document, for readers and screen readers.
        author: the group.

    Returns:
        What did not fit, on all pages.

    Raises:
        UserError: the template is wrong (as ``paint_rgb``), or ``paint.save``.
    """
    sheets = [typeset(svg, color_emoji=False) for svg in pages]
    _write(sheets, path, page_mm, title, author)
    return tuple(overflow for sheet in sheets for overflow in sheet.overflow)


def paint_flow(
    page: PageMaker, path: Path, *, page_mm: tuple[float, float] = A4, title: str, author: str
) -> tuple[Overflow, ...]:
    """Write a PDF whose flow goes on over as many pages as it needs.

    Args:
        page: fills the template of a page; it may be called twice for one, as only setting a page shows whether another
            one follows.
        path: as in ``paint_pdf``.
        page_mm: as in ``paint_pdf``.
        title: as in ``paint_pdf``.
        author: as in ``paint_pdf``.

    Returns:
        What did not fit: other boxes than the flow, or a flow with more than 12 pages of text.

    Raises:
        UserError: as ``paint_pdf``.
    """
    sheets: list[Sheet] = []
    rest = ""
    while len(sheets) < _MOST_PAGES:
        number = len(sheets) + 1
        sheet = typeset(page(number, rest, more=False), color_emoji=False, continued=True)
        if sheet.rest:
            last = number == _MOST_PAGES
            sheet = typeset(page(number, rest, more=not last), color_emoji=False, continued=not last)
        sheets.append(sheet)
        stuck = sheet.rest == rest
        rest = sheet.rest
        if not rest or stuck:
            break
    _write(sheets, path, page_mm, title, author)
    flows = {setting.box.flow for sheet in sheets[:-1] for setting in sheet.settings if setting.box.flow}
    kept = [o for sheet in sheets[:-1] for o in sheet.overflow if o.box not in flows]
    return (*kept, *sheets[-1].overflow)


def _write(sheets: Sequence[Sheet], path: Path, page_mm: tuple[float, float], title: str, author: str) -> None:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setAuthor(author)
    writer.setCreator("KIM Studio")
    writer.setResolution(_DPI)
    size = QPageSize(QSizeF(*page_mm), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    painter = QPainter(writer)
    try:
        for number, sheet in enumerate(sheets):
            if number:
                writer.newPage()
            sheet.paint(painter, QRectF(0, 0, writer.width(), writer.height()))
    finally:
        painter.end()
    try:
        path.write_bytes(_without_time(bytes(data.data())))
    except OSError as error:
        raise UserError("paint.save", file=path.name) from error


def _without_time(pdf: bytes) -> bytes:
    """Fix the time and derive the document's number from what it says; every byte keeps its place."""
    for pattern, constant in _TIMES:
        pdf = pattern.sub(constant, pdf)
    number = str(uuid.UUID(bytes=hashlib.sha256(_NUMBERS.sub(b"", pdf)).digest()[:16])).encode()
    return _NUMBERS.sub(lambda match: number if len(match[0]) == 36 else number.hex().encode(), pdf)
