"""Paints filled templates as the pages of a PDF with vector art and text that can be selected and searched."""

from __future__ import annotations

import hashlib
import re
import uuid
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from studio.base.errors import UserError
from studio.paint.image import PaintedPicture, sheet_rgb
from studio.paint.sheet import PaintSheet, typeset_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from studio.paint.image import ArtKeeper
    from studio.paint.imposition import PaperSide
    from studio.paint.sheet import TextOverflow

A4 = (210.0, 297.0)
_DPI = 300
_MOST_PAGES = 12
# What makes two prints of the same story differ: the time of day, in three notations, and a random document number.
_TIMES = (
    (re.compile(rb"(?<=Date \(D:)\d{14}"), b"20000101000000"),
    (re.compile(rb'(?<=Date=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d'), b"2000-01-01T00:00:00"),
)
_NUMBERS = re.compile(rb"(?<=uuid:)[0-9a-f-]{36}|(?<=[\[>] <)[0-9a-f]{72}(?=>)")


def paint_pdf(
    pages: Iterable[str], path: Path, *, page_mm: tuple[float, float] = A4, title: str, author: str
) -> tuple[TextOverflow, ...]:
    """Write a PDF, one page per SVG.

    The same pages give the same bytes in every process that has no window; where one has loaded its own fonts before,
    the fonts in the file come in another order.

    Args:
        pages: filled templates in the proportions of the page; taken one by one, as each is drawn.
        path: the file to write; the caller gives a temporary name and renames.
        page_mm: width and height of a page in millimetres.
        title: of the document, for readers and screen readers.
        author: the group.

    Returns:
        What did not fit, on all pages.

    Raises:
        UserError: the template is wrong (as ``paint_rgb``), or ``paint.save``.
    """
    lost: list[TextOverflow] = []

    def typeset_pages() -> Iterator[PaintSheet]:
        for svg in pages:
            sheet = typeset_sheet(svg)
            lost.extend(sheet.overflow)
            yield sheet

    _write_pages(typeset_pages(), path, page_mm, title, author)
    return tuple(lost)


def paint_flow(
    first: str, following: str, path: Path, *, page_mm: tuple[float, float] = A4, title: str, author: str
) -> tuple[TextOverflow, ...]:
    """Write a PDF whose flow goes on over as many pages as it needs.

    Args:
        first: the filled template of page 1, with a flow (boxes with ``data-flow``).
        following: the filled template of every later page; in it ``@sisa@`` stands for the text that is left and
            ``@halaman@`` for the page's number. Elements with ``data-when="more"`` show where another page follows.
        path: as in ``paint_pdf``.
        page_mm: as in ``paint_pdf``.
        title: as in ``paint_pdf``.
        author: as in ``paint_pdf``.

    Returns:
        What did not fit: other boxes than the flow, or a flow with more than 12 pages of text.

    Raises:
        UserError: as ``paint_pdf``.
    """
    return paint_flows([(first, following)], path, page_mm=page_mm, title=title, author=author)


def paint_flows(
    flows: Iterable[tuple[str, str]], path: Path, *, page_mm: tuple[float, float] = A4, title: str, author: str
) -> tuple[TextOverflow, ...]:
    """Write a PDF of several flows, each on pages of its own.

    Args:
        flows: ``first`` and ``following`` of each, as in ``paint_flow``; taken one by one, as each is drawn.
        path: as in ``paint_pdf``.
        page_mm: as in ``paint_pdf``.
        title: as in ``paint_pdf``.
        author: as in ``paint_pdf``.

    Returns:
        What did not fit, as in ``paint_flow``.

    Raises:
        UserError: as ``paint_pdf``.
    """
    lost: list[TextOverflow] = []

    def typeset_flows() -> Iterator[PaintSheet]:
        for first, following in flows:
            sheets, left = flow_pages(first, following)
            lost.extend(left)
            yield from sheets

    _write_pages(typeset_flows(), path, page_mm, title, author)
    return tuple(lost)


def flow_rgb(
    first: str, following: str, width: int, height: int, keep: ArtKeeper | None = None
) -> tuple[PaintedPicture, int]:
    """The first page of what ``paint_flow`` writes, as pixels of a screen, and how many pages there are.

    Args:
        first: as in ``paint_flow``.
        following: as in ``paint_flow``.
        width: in pixels.
        height: in pixels.
        keep: as in ``paint_rgb``.

    Raises:
        UserError: the template is wrong.
    """
    sheets, lost = flow_pages(first, following)
    return sheet_rgb(sheets[0], width, height, lost, keep), len(sheets)


def flow_pages(first: str, following: str) -> tuple[list[PaintSheet], tuple[TextOverflow, ...]]:
    """The pages of a flow, and what fits on none."""
    sheets: list[PaintSheet] = []
    lost: list[TextOverflow] = []
    svg, rest = first, ""
    while svg:
        sheet = typeset_sheet(svg, continued=True)
        stuck = sheet.rest == rest or len(sheets) + 1 == _MOST_PAGES
        if stuck or not sheet.rest:
            sheet = typeset_sheet(svg)
        sheets.append(sheet)
        goes_on = bool(sheet.rest) and not stuck
        lost += [overflow for overflow in sheet.overflow if not (goes_on and _goes_over(overflow, sheet))]
        rest = sheet.rest
        svg = _fill_page(following, rest, len(sheets) + 1) if goes_on else ""
    return sheets, tuple(lost)


def _goes_over(overflow: TextOverflow, sheet: PaintSheet) -> bool:
    """Whether it is the flow's rest, which the next page takes up."""
    return overflow.box == sheet.flow and overflow.reason == "room"


def _fill_page(template: str, rest: str, number: int) -> str:
    text = escape(rest, {'"': "&quot;", "\n": "&#10;"})
    return template.replace("@halaman@", str(number)).replace("@sisa@", text)


def write_sides(sides: Sequence[PaperSide], path: Path, *, title: str, author: str) -> None:
    """Write sides of paper (``studio.paint.imposition``) as the pages of a PDF.

    Args:
        sides: in the order they are printed; one at least.
        path: as in ``paint_pdf``.
        title: as in ``paint_pdf``.
        author: as in ``paint_pdf``.

    Raises:
        UserError: as ``paint_pdf``.
    """
    from studio.paint.imposition import paint_sides

    def draw(painter: QPainter, writer: QPdfWriter) -> None:
        def begin(side: PaperSide) -> None:
            writer.setPageSize(_page_size(side.size))
            writer.newPage()

        paint_sides(painter, sides, _DPI / 25.4, begin)

    write_drawn_pdf(draw, path, sides[0].size, title, author)


def _write_pages(
    sheets: Iterable[PaintSheet], path: Path, page_mm: tuple[float, float], title: str, author: str
) -> None:
    def draw(painter: QPainter, writer: QPdfWriter) -> None:
        for number, sheet in enumerate(sheets):
            if number:
                writer.newPage()
            sheet.paint(painter, QRectF(0, 0, writer.width(), writer.height()))

    write_drawn_pdf(draw, path, page_mm, title, author)


def _page_size(page_mm: tuple[float, float]) -> QPageSize:
    return QPageSize(QSizeF(*page_mm), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)


def write_drawn_pdf(
    draw: Callable[[QPainter, QPdfWriter], None], path: Path, page_mm: tuple[float, float], title: str, author: str
) -> None:
    """Write what ``draw`` paints, whose first page is begun, as a PDF; arguments and errors as of ``paint_pdf``."""
    # Into memory first: the time of day is taken out of the bytes before any of them are on the disk.
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setAuthor(author)
    writer.setCreator("KIM Studio")
    writer.setResolution(_DPI)
    writer.setPageLayout(QPageLayout(_page_size(page_mm), QPageLayout.Orientation.Portrait, QMarginsF()))
    painter = QPainter(writer)
    try:
        draw(painter, writer)
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
