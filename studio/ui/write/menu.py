"""The context menu of the text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QMenu

from studio.ui.write.document import insert_spans
from studio.ui.write.formatting import kind_at
from studio.ui.write.style import span_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.base.i18n import Texts
    from studio.ui.write.writing import BodyEdit

_MOST_SUGGESTIONS = 6


def text_menu(
    body: BodyEdit,
    actions: Mapping[str, QAction],
    texts: Texts,
    suggestions: Callable[[str], list[str]] | None = None,
) -> QMenu:
    """The menu: suggestions for the word at the cursor, history, clipboard, formatting."""
    menu = QMenu(body)
    if suggestions is not None and not body.isReadOnly():
        _add_suggestions(menu, body, suggestions)
    menu.addActions([actions["undo"], actions["redo"]])
    menu.addSeparator()
    selected = body.textCursor().hasSelection()
    can_paste = not body.isReadOnly() and bool(QGuiApplication.clipboard().text())
    _add(menu, texts.text("write.do.cut"), body.cut, enabled=selected and not body.isReadOnly())
    _add(menu, texts.text("write.do.copy"), body.copy, enabled=selected)
    _add(menu, texts.text("write.do.paste"), body.paste, enabled=can_paste)
    menu.addAction(actions["plain"])
    _add(menu, texts.text("write.do.select_all"), body.selectAll)
    menu.addSeparator()
    menu.addActions([actions["bold"], actions["italic"], actions["link"]])
    return menu


def _add(menu: QMenu, text: str, on: Callable[[], object], *, enabled: bool = True) -> None:
    action = menu.addAction(text)
    action.setEnabled(enabled)
    action.triggered.connect(lambda _=False: on())


def _add_suggestions(menu: QMenu, body: BodyEdit, suggestions: Callable[[str], list[str]]) -> None:
    cursor = body.textCursor()
    cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    for suggestion in suggestions(cursor.selectedText())[:_MOST_SUGGESTIONS]:
        _add(menu, suggestion, partial(_write_instead, body, suggestion))
    if menu.actions():
        menu.addSeparator()


def _write_instead(body: BodyEdit, by: str) -> None:
    with body.doing("write.did.replace") as cursor:
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        look = span_of(by, cursor.charFormat())
        cursor.removeSelectedText()
        insert_spans(cursor, kind_at(cursor), [look], body.text_style)
