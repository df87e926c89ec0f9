"""Ctrl+V on the desks of photos and clips: files copied in a file manager, or a picture copied in a browser or chat."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.ui.core.desk_context import DeskContext


def bind_paste(bench: DeskContext, *parts: QWidget) -> None:
    """Have Ctrl+V bring files in while the focus is in one of these parts; a text field in them pastes text as ever."""
    for part in parts:
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), part)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(partial(paste, bench))


def paste(bench: DeskContext) -> None:
    """Bring in what is on the clipboard, or say that there is nothing of use on it."""
    data = QGuiApplication.clipboard().mimeData()
    if bench.session.read_only:
        bench.toast(bench.t("window.read_only"))
    elif data.hasImage() or any(url.isLocalFile() for url in data.urls()):
        bench.take_mime(data)
    else:
        bench.toast(bench.t("import.paste_none"))
