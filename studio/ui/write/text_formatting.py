"""Changing how text looks and what its blocks are: functions over a cursor, each one edit of the document."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from studio.story.body import BlockKind, TextSpan, clean_link
from studio.ui.write.document_mirror import LINE_BREAK, blocks_from
from studio.ui.write.text_style import kind_of, span_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.ui.write.text_style import TextStyle

Change = Callable[[TextSpan], TextSpan]


def kind_at(cursor: QTextCursor) -> BlockKind:
    """Kind of the block the cursor is in."""
    return kind_of(cursor.blockFormat())


def set_kind(cursor: QTextCursor, kind: BlockKind, style: TextStyle) -> None:
    """Make the block of the cursor, or every block the selection touches, one of this kind."""
    document = cursor.document()
    cursor.beginEditBlock()
    for block in selected_blocks(cursor):
        at = QTextCursor(block)
        at.setBlockFormat(style.block_format(kind))
        if block.length() == 1:
            at.setBlockCharFormat(style.char_format(kind, TextSpan("")))
        else:
            _change_block(document, block, 0, block.length() - 1, lambda span: span, style)
    cursor.endEditBlock()


def toggle_kind(cursor: QTextCursor, kind: BlockKind, style: TextStyle) -> None:
    """Like ``set_kind``; blocks that all are of this kind already become paragraphs."""
    already = all(kind_of(block.blockFormat()) == kind for block in selected_blocks(cursor))
    set_kind(cursor, "paragraph" if already else kind, style)


def selected_blocks(cursor: QTextCursor) -> Iterator[QTextBlock]:
    """The blocks the selection touches; the cursor's own without one."""
    document = cursor.document()
    first = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    yield from blocks_from(first, last.blockNumber() - first.blockNumber() + 1)


def change_selection(cursor: QTextCursor, change: Change, style: TextStyle) -> None:
    """Change the look of the selected text."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    cursor.beginEditBlock()
    for block in selected_blocks(cursor):
        inside = max(0, start - block.position()), min(block.length() - 1, end - block.position())
        _change_block(cursor.document(), block, *inside, change, style)
    cursor.endEditBlock()


def _change_block(
    document: QTextDocument, block: QTextBlock, start: int, end: int, change: Change, style: TextStyle
) -> None:
    kind = kind_of(block.blockFormat())
    at = QTextCursor(document)
    # Read to the end first: a changed format splits and joins the fragments that are walked through.
    for first, last, span in list(_runs(block, start, end)):
        at.setPosition(first)
        at.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        at.setCharFormat(style.char_format(kind, change(span)))


def _runs(block: QTextBlock, start: int, end: int) -> Iterator[tuple[int, int, TextSpan]]:
    """Runs of one look between two places of the block: document positions and the look."""
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        first = max(fragment.position(), block.position() + start)
        last = min(fragment.position() + fragment.length(), block.position() + end)
        if first < last:
            yield first, last, span_of(fragment.text(), fragment.charFormat())
        place += 1


def selection_looks(cursor: QTextCursor) -> list[TextSpan]:
    """The looks of the selected text that is not white space."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    looks: list[TextSpan] = []
    for block in selected_blocks(cursor):
        inside = max(0, start - block.position()), min(block.length() - 1, end - block.position())
        looks += [span for _, _, span in _runs(block, *inside) if span.text.strip()]
    return looks


def toggled(cursor: QTextCursor, name: Literal["bold", "italic"]) -> Change:
    """A change that gives the selection ``bold`` or ``italic``, or takes it off when all of it has it."""
    looks = selection_looks(cursor)
    on = not (looks and all(getattr(span, name) for span in looks))
    if name == "bold":
        return lambda span: replace(span, bold=on)
    return lambda span: replace(span, italic=on)


def link_around(cursor: QTextCursor) -> tuple[str, int, int]:
    """The link the cursor is in (or that begins in the selection) and its range; "" and an empty range for none."""
    block = cursor.block()
    inside = cursor.selectionStart() - block.position()
    runs = list(_runs(block, 0, block.length() - 1))
    for at, (first, last, span) in enumerate(runs):
        if not span.link or not first - block.position() <= inside <= last - block.position():
            continue
        start = end = at
        while start and runs[start - 1][2].link == span.link:
            start -= 1
        while end + 1 < len(runs) and runs[end + 1][2].link == span.link:
            end += 1
        return span.link, runs[start][0], runs[end][1]
    return "", cursor.position(), cursor.position()


def full_address(typed: str) -> str:
    """The address a person meant: ``desa.id`` is ``https://desa.id``, a mail address ``mailto:``; "" for nonsense."""
    typed = typed.strip()
    if found := clean_link(typed):
        return found
    if re.fullmatch(r"[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+", typed):
        return clean_link(f"mailto:{typed}")
    # Mobile numbers of Indonesia: 08..., or +62 8... from abroad.
    if re.fullmatch(r"(?:\+62|62|0)8[\d -]{7,14}", typed):
        return "tel:+62" + re.sub(r"^(?:\+?62|0)|[ -]", "", typed)
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:[/?#:]\S*)?", typed):
        return clean_link(f"https://{typed}")
    return ""


def plain_selection(cursor: QTextCursor) -> str:
    """The selected text on one line."""
    return cursor.selectedText().replace(LINE_BREAK, " ").replace("\u2029", " ").strip()


def runs_in(block: QTextBlock, start: int, end: int) -> Iterator[tuple[str, TextSpan]]:
    """The pieces of text between two places of the block (kept within it), each with its look."""
    document = block.document()
    at = QTextCursor(document)
    for first, last, span in _runs(block, max(0, start), min(block.length() - 1, end)):
        at.setPosition(first)
        at.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        yield at.selectedText(), span
