"""The context menu of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.base.i18n import MessageTexts
    from studio.ui.write.body_editor import BodyEdit


def text_menu(
    body: BodyEdit,
    actions: Mapping[str, QAction],
    texts: MessageTexts,
    fill: Callable[[QMenu], None] | None = None,
) -> QMenu:
    """The menu: what can be done about the words at the cursor (``fill``), history, clipboard, formatting."""
    menu = QMenu(body)
    if fill is not None:
        fill(menu)
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
    menu.addSeparator()
    menu.addActions([actions["comment"], actions["reword"], actions["suggest"]])
    return menu


def _add(menu: QMenu, text: str, on: Callable[[], object], *, enabled: bool = True) -> None:
    action = menu.addAction(text)
    action.setEnabled(enabled)
    action.triggered.connect(lambda _=False: on())
