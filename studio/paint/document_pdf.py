"""Paints a long text with pictures (HTML as Qt's text documents know it) as a PDF with numbered pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QImageReader,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from studio.base.font_table import OWN_SANS
from studio.paint.lines import LIGATURES
from studio.paint.pdf import A4, write_drawn_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from PySide6.QtGui import QTextBlock

_MARGIN_MM = (18.0, 16.0)
_FOOT_MM = 9.0
_SHEET = (
    "h1 { font-size: 22pt; font-weight: 800; } h2 { font-size: 13pt; font-weight: 700; margin-top: 14px; }"
    " .caption { font-size: 8pt; color: #54645f; } .soft { color: #54645f; }"
    " a { color: #14211f; text-decoration: none; }"
    " td { padding: 3px 10px 3px 0; } code { font-family: '%s'; font-weight: 600; }"
)
_MOST = (430, 330)
"""How large a picture gets, in pixels of 96 to an inch: a group feels the price of paper."""


def picture_width(path: Path) -> int:
    """How wide a picture is set: as it is, and no larger than two or three to a page; 0 where it cannot be read."""
    size = QImageReader(str(path)).size()
    if size.isEmpty():
        return 0
    return round(min(size.width(), _MOST[0], _MOST[1] * size.width() / size.height()))


def write_document(
    html: Callable[[Mapping[str, int]], str],
    pictures: Mapping[str, Path],
    path: Path,
    *,
    title: str,
    turn: Callable[[int, int], None] = lambda page, pages: None,
) -> int:
    """Write a document of A4 pages. A ``h1`` begins a page, and a heading stays with what it is about.

    Needs a Qt application with the fonts of ``ensure_gui``; any thread.

    Args:
        html: makes the text; it is given the page on which each named anchor stands, none of them the first time,
            and has to be as long each time.
        pictures: files by the address that the text has for them.
        path: the file to write; the caller gives a temporary name and renames.
        title: of the document, and at the foot of its pages.
        turn: told before each page which of how many it is; what it raises ends the work.

    Returns:
        How many pages there are.

    Raises:
        UserError: ``paint.save``.
    """
    made = 0

    def draw(painter: QPainter, writer: QPdfWriter) -> None:
        nonlocal made
        document = _lay_out(html({}), pictures, writer)
        document = _lay_out(html(_anchor_pages(document)), pictures, writer)
        made = document.pageCount()
        size = document.pageSize()
        for page in range(made):
            turn(page, made)
            if page:
                writer.newPage()
            painter.save()
            painter.translate(_dots(writer, _MARGIN_MM[0]), _dots(writer, _MARGIN_MM[1]) - page * size.height())
            document.drawContents(painter, QRectF(0, page * size.height(), size.width(), size.height()))
            painter.restore()
            _draw_foot(painter, writer, title, page + 1)

    write_drawn_pdf(draw, path, A4, title, "KIM Studio")
    return made


def _dots(writer: QPdfWriter, millimetres: float) -> float:
    return millimetres / 25.4 * writer.logicalDpiX()


def _lay_out(html: str, pictures: Mapping[str, Path], writer: QPdfWriter) -> QTextDocument:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    font = QFont(OWN_SANS)
    font.setPointSizeF(9.6)
    font.setFeature(LIGATURES, 0)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(_SHEET % OWN_SANS)
    for address, file in pictures.items():
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(address), QImage(str(file)))
    document.setHtml(html)
    wide, high = (_dots(writer, side - 2 * margin) for side, margin in zip(A4, _MARGIN_MM, strict=True))
    document.setPageSize(QSizeF(wide, high - _dots(writer, _FOOT_MM)))
    _break_pages(document)
    return document


def _break_pages(document: QTextDocument) -> None:
    """Begin a page before each title but the first, and before a heading whose text would lie on the next one."""
    form = QTextBlockFormat()
    form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    titles = [block for block in _blocks(document) if block.blockFormat().headingLevel() == 1]
    for block in titles[1:]:
        QTextCursor(block).mergeBlockFormat(form)
    _lay_out_again(document)
    for block in _blocks(document):
        following = block.next()
        heading = block.blockFormat().headingLevel() > 1 and following.isValid()
        if heading and _page_of(document, block) != _page_of(document, following):
            QTextCursor(block).mergeBlockFormat(form)
            _lay_out_again(document)


def _lay_out_again(document: QTextDocument) -> None:
    """After a page break was put in, Qt leaves the blocks behind it where they were, over each other."""
    document.markContentsDirty(0, document.characterCount())


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _page_of(document: QTextDocument, block: QTextBlock) -> int:
    """Which page the first line of a block lies on, from 0: where it does not fit, it lies at the top of the next."""
    top = document.documentLayout().blockBoundingRect(block).top()
    if block.layout().lineCount():
        top += block.layout().lineAt(0).y()
    return int((top + 1) // document.pageSize().height())


def _anchor_pages(document: QTextDocument) -> dict[str, int]:
    """The page of every named anchor, from 1."""
    found: dict[str, int] = {}
    for block in _blocks(document):
        for form in block.textFormats():
            for name in form.format.anchorNames():
                found.setdefault(name, _page_of(document, block) + 1)
    return found


def _draw_foot(painter: QPainter, writer: QPdfWriter, title: str, page: int) -> None:
    font = QFont(OWN_SANS)
    font.setPointSizeF(8)
    painter.setFont(font)
    left, wide = _dots(writer, _MARGIN_MM[0]), _dots(writer, A4[0] - 2 * _MARGIN_MM[0])
    room = QRectF(left, _dots(writer, A4[1] - _MARGIN_MM[1] - _FOOT_MM / 2), wide, _dots(writer, _FOOT_MM))
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, title)
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, str(page))
