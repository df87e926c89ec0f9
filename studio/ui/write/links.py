"""Asking for the address of a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import Notice
from studio.ui.write.formatting import full_address, link_around, plain_selection

if TYPE_CHECKING:
    from studio.base.i18n import Texts
    from studio.ui.dialogs import Dialogs
    from studio.ui.write.editor import BlockEdit


def ask_link(body: BlockEdit, texts: Texts, dialogs: Dialogs) -> None:
    """Ask for the address of the selection, or of the link at the cursor; an empty answer takes the link off."""
    cursor = body.textCursor()
    address, start, end = link_around(cursor)
    if cursor.hasSelection():
        start, end = cursor.selectionStart(), cursor.selectionEnd()
    offered = address or full_address(plain_selection(cursor))
    title = texts.text("write.link.title")
    typed = dialogs.ask_text(title, texts.text("write.link.label"), offered, hint=texts.text("write.link.hint"))
    if typed is None or not (typed.strip() or address):
        return
    wanted = full_address(typed)
    if typed.strip() and not wanted:
        dialogs.explain(Notice("write.link.bad", {"address": typed.strip()}), title)
        return
    body.set_link(start, end, wanted, typed.strip())
