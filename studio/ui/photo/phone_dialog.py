"""Choosing photos from a phone or USB folder by their thumbnails: quick ones first."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QDialog, QListView, QListWidget, QListWidgetItem
from shiboken6 import isValid

from studio.base.errors import UserError
from studio.ui.importing import PHOTO_SUFFIXES, VIDEO_SUFFIXES
from studio.ui.parts import button, column, describe, edges, label, row

if TYPE_CHECKING:
    from studio.base.progress import Progress
    from studio.ui.tools import Tools

_MOST = 500
"""Files shown: the newest; a phone may hold tens of thousands."""
_SIDE = 160


def newest(folder: Path) -> tuple[Path, ...]:
    """Photos and clips of a folder and its subfolders, the newest first, at most ``_MOST``."""
    kinds = PHOTO_SUFFIXES | VIDEO_SUFFIXES
    found: list[tuple[float, Path]] = []
    for path in folder.rglob("*"):
        if path.suffix.lower() in kinds and not path.name.startswith("."):
            try:
                found.append((path.stat().st_mtime, path))
            except OSError:
                continue
    return tuple(path for _, path in sorted(found, reverse=True)[:_MOST])


class PhoneDialog(QDialog):
    """Shows what is in a folder; ``chosen`` is what was selected.

    Args:
        tools: what every part is given.
        folder: where to look.
    """

    def __init__(self, tools: Tools, folder: Path) -> None:
        super().__init__()
        self._tools = tools
        theme, t = tools.theme, tools.t
        self.setWindowTitle(t("photodesk.from_phone"))
        self.list = QListWidget()
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setIconSize(QSize(theme.px(120), theme.px(90)))
        self.list.setGridSize(QSize(theme.px(140), theme.px(124)))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        describe(self.list, t("photodesk.phone_list"), t("photodesk.phone_list_tip"))
        self.told = label(t("photodesk.phone_looking"), "hint", wrap=True)
        self.take = button(theme, t("photodesk.phone_take", count=0), self.accept, look="primary")
        cancel = button(theme, t("dialog.cancel"), self.reject)
        self.take.setEnabled(False)
        self.list.itemSelectionChanged.connect(self._count)
        buttons = row(self.told, 1, cancel, self.take, gap=theme.px(8))
        buttons.setStretch(0, 1)
        whole = column(label(str(folder), "title"), self.list, buttons, gap=theme.px(10), edges=edges(theme, 18, 16))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.resize(theme.px(820), theme.px(560))
        tools.jobs.start(t("photodesk.phone_looking"), partial(_find, folder), done=self._show, quiet=True)

    @property
    def chosen(self) -> tuple[Path, ...]:
        """The selected files."""
        return tuple(Path(item.data(Qt.ItemDataRole.UserRole)) for item in self.list.selectedItems())

    def _show(self, paths: tuple[Path, ...]) -> None:
        if not isValid(self):
            return
        self.told.setText(self._tools.t("photodesk.phone_found" if paths else "photodesk.phone_none", count=len(paths)))
        for path in paths:
            item = QListWidgetItem(self._tools.theme.icon("image", "muted", 32), path.name)
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            item.setToolTip(str(path))
            self.list.addItem(item)
        self._next(0)

    def _next(self, at: int) -> None:
        """Thumbnails one after the other, so that a cancelled dialog leaves no work behind."""
        if not isValid(self) or at >= self.list.count():
            return
        path = Path(self.list.item(at).data(Qt.ItemDataRole.UserRole))
        self._tools.jobs.start("", partial(_thumb, path), done=partial(self._take_thumb, at), lane="quick", quiet=True)

    def _take_thumb(self, at: int, image: QImage | None) -> None:
        if not isValid(self):
            return
        if image is not None:
            self.list.item(at).setIcon(QIcon(QPixmap.fromImage(image)))
        self._next(at + 1)

    def _count(self) -> None:
        count = len(self.list.selectedItems())
        self.take.setText(self._tools.t("photodesk.phone_take", count=count))
        self.take.setEnabled(count > 0)


def _find(folder: Path, progress: Progress) -> tuple[Path, ...]:
    progress.report(0, 1, folder.name)
    return newest(folder)


def _thumb(path: Path, progress: Progress) -> QImage | None:
    from studio.photo.preview import quick_preview

    progress.report(0, 1, path.name)
    if path.suffix.lower() in VIDEO_SUFFIXES:
        return None
    try:
        width, height, rgb = quick_preview(path, _SIDE)
    except UserError:
        return None
    return QImage(rgb, width, height, width * 3, QImage.Format.Format_RGB888).copy()
