"""What a key does in the text besides writing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from studio.story.body import BlockKind, TextSpan
from studio.ui.write.text_formatting import kind_at, set_kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.ui.write.text_style import TextStyle

SIGNS: Mapping[str, BlockKind] = {
    "#": "heading",
    "##": "heading",
    "-": "bullet",
    "*": "bullet",
    "1.": "number",
    "1)": "number",
    ">": "quote",
}
"""What typed at the start of a paragraph, before a space, makes it another kind of block (Markdown's signs)."""


def enter(cursor: QTextCursor, style: TextStyle) -> None:
    """A new block: after a heading a paragraph; on an empty item the list ends; else one of the same kind."""
    kind = kind_at(cursor)
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    block = cursor.block()
    at_start, at_end = cursor.positionInBlock() == 0, cursor.positionInBlock() == block.length() - 1
    if at_start and at_end and kind != "paragraph":
        set_kind(cursor, "paragraph", style)
    elif kind == "heading" and at_start:
        cursor.insertBlock(style.block_format("heading"))
        above = QTextCursor(cursor.block().previous())
        set_kind(above, "paragraph", style)
    else:
        following: BlockKind = "paragraph" if kind == "heading" and at_end else kind
        cursor.insertBlock(style.block_format(following), style.char_format(following, TextSpan("")))
    cursor.endEditBlock()


def at_start_of_other_kind(cursor: QTextCursor) -> bool:
    """Whether the cursor stands at the start of a list item, quote or heading: Backspace makes a paragraph of it."""
    return not cursor.hasSelection() and cursor.positionInBlock() == 0 and kind_at(cursor) != "paragraph"


def sign_before(cursor: QTextCursor) -> str:
    """The sign that makes up the whole paragraph up to the cursor; "" for none."""
    if cursor.hasSelection() or kind_at(cursor) != "paragraph":
        return ""
    text = cursor.block().text()[: cursor.positionInBlock()]
    return text if text in SIGNS and cursor.positionInBlock() == len(text) else ""


def apply_sign(cursor: QTextCursor, sign: str, style: TextStyle) -> None:
    """Take the sign (and the space typed after it) away and make the block what it stands for."""
    cursor.beginEditBlock()
    cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(sign) + 1)
    cursor.removeSelectedText()
    set_kind(cursor, SIGNS[sign], style)
    cursor.endEditBlock()


def write_sign(cursor: QTextCursor, sign: str, style: TextStyle) -> None:
    """Undo ``apply_sign``: the block is a paragraph again and says what was typed."""
    cursor.beginEditBlock()
    set_kind(cursor, "paragraph", style)
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    cursor.insertText(f"{sign} ", style.char_format("paragraph", TextSpan("")))
    cursor.endEditBlock()
