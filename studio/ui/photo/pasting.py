"""Ctrl+V on the photo desk: files that were copied in a file manager, or a picture copied in a browser or chat."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QShortcut

from studio.store.workspace import PRIVATE

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from studio.base.progress import Progress
    from studio.ui.desk import Bench


def bind_paste(bench: Bench, *parts: QWidget) -> None:
    """Have Ctrl+V bring photos in while the focus is in one of these; a text field in them pastes text as ever."""
    for part in parts:
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), part)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(partial(paste, bench))


def paste(bench: Bench) -> None:
    """Bring in what is on the clipboard, or say that there is no photo on it."""
    data = QGuiApplication.clipboard().mimeData()
    if any(url.isLocalFile() for url in data.urls()):
        bench.take_mime(data)
    elif data.hasImage() and not bench.session.read_only:
        _bring_picture(bench, data)
    else:
        bench.toast(bench.t("window.read_only" if data.hasImage() else "photodesk.paste_none"))


def _bring_picture(bench: Bench, data: QMimeData) -> None:
    """A picture without a file gets one for the way into the story."""
    image = QImage(data.imageData())
    path = bench.workspace.path / PRIVATE / "pasted" / f"{bench.t('photodesk.pasted_name')}.png"
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    if image.isNull() or not image.save(str(path)):
        bench.toast(bench.t("photodesk.paste_none"))
        return
    bench.bring_in([path])
    # The same lane, so after the copy: no second copy may lie around of what is covered in the story.
    bench.tools.jobs.start("", partial(_forget, path), quiet=True)


def _forget(path: Path, progress: Progress) -> None:
    progress.report(0, 1, path.name)
    with suppress(OSError):
        path.unlink(missing_ok=True)
