"""Choosing photos from a phone or USB folder by their pictures."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QProgressBar

from studio.base.media_kinds import media_group
from studio.base.media_types import is_used_as
from studio.services.media_pictures import glance_at
from studio.ui.media.picture_list import PictureList, picture_icon
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from studio.base.errors import UserError
    from studio.base.pixel_data import Pixels
    from studio.base.progress import Progress
    from studio.ui.core.desk_context import WindowTools

_MOST = 500
"""Files shown: the newest; a phone may hold tens of thousands."""
_SIDE = 240
_AROUND = 60
"""Pixels of the screen the dialog leaves free for its frame."""


def newest(folder: Path, progress: Progress) -> tuple[Path, ...]:
    """Photos and clips of a folder and its subfolders, the newest first, at most ``_MOST``.

    Args:
        folder: where to look.
        progress: called after each folder with how many were found (the total is not known: 0), and the folder's name.

    Raises:
        WorkCancelled: the user asked to stop.
    """
    found: list[tuple[float, Path]] = []
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place) / name
            if not name.startswith(".") and _is_media(path):
                # The phone may be unplugged while it is searched.
                with suppress(OSError):
                    found.append((path.stat().st_mtime, path))
        progress.report(len(found), 0, Path(place).name)
    return tuple(path for _, path in sorted(found, reverse=True)[:_MOST])


def _is_media(path: Path) -> bool:
    """By its ending, where that is known: a phone on a cable takes long to open each of ten thousand files."""
    return is_used_as(path, "photo") or is_used_as(path, "video") or bool(media_group(path))


class PhoneDialog(StyledDialog):
    """Shows what is in a folder; ``chosen`` is what was selected.

    Args:
        tools: what every part is given.
        folder: where to look.
    """

    def __init__(self, tools: WindowTools, folder: Path) -> None:
        super().__init__(tools.theme)
        self._tools = tools
        theme, t = tools.theme, tools.t
        self.setWindowTitle(t("photodesk.from_phone"))
        self._looks: list[bool] = []
        self._closed = False
        self.list = PictureList(
            QSize(theme.px(120), theme.px(90)), QSize(theme.px(146), theme.px(132)), rows=True, parent=self
        )
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        describe(self.list, t("photodesk.phone_list"), t("photodesk.phone_list_tip"))
        self.told = label(t("photodesk.phone_looking"), "hint", wrap=True)
        self.bar = QProgressBar()
        # To Qt this means that nobody knows how much there is.
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        describe(self.bar, t("photodesk.phone_looking"))
        self.take = button(theme, t("photodesk.phone_take", count=0), self.accept, look="primary")
        cancel = button(theme, t("dialog.cancel"), self.reject)
        self.take.setEnabled(False)
        self.take.setDefault(True)
        self.list.itemSelectionChanged.connect(self._count)
        buttons = row(self.told, 1, cancel, self.take, gap=theme.px(8))
        buttons.setStretch(0, 1)
        whole = column(
            label(str(folder), "title"), self.list, self.bar, buttons, gap=theme.px(10), edges=edges(theme, 18, 16)
        )
        whole.setStretch(1, 1)
        self.setLayout(whole)
        room = self.screen().availableSize()
        self.resize(min(theme.px(820), room.width() - _AROUND), min(theme.px(560), room.height() - _AROUND))
        self._search = tools.jobs.start(
            t("photodesk.phone_looking"), partial(newest, folder), done=self._show, failed=self._failed, quiet=True
        )
        self._search.progressed.connect(self._on_progress)

    @property
    def chosen(self) -> tuple[Path, ...]:
        """The selected files."""
        return tuple(Path(item.data(Qt.ItemDataRole.UserRole)) for item in self.list.selectedItems())

    def _on_progress(self, found: float, _total: float, where: str) -> None:
        if self.list.count() == 0:
            self.told.setText(self._tools.t("photodesk.phone_progress", count=round(found), folder=where))

    def done(self, result: int) -> None:
        """Closed: what still looks for files or pictures stops."""
        self._search.cancel()
        self._closed = True
        super().done(result)

    def _show(self, paths: tuple[Path, ...]) -> None:
        if self._closed:
            return
        self.bar.hide()
        self.told.setText(self._tools.t("photodesk.phone_found" if paths else "photodesk.phone_none", count=len(paths)))
        for path in paths:
            icon = "film" if is_used_as(path, "video") else "image"
            item = self.list.add_picture(str(path), path.name)
            item.setIcon(self._tools.theme.icon(icon, "muted", 32))
            item.setToolTip(str(path))
        self._looks = [True] * len(paths)
        self._start_next()

    def _failed(self, error: UserError) -> None:
        if not self._closed:
            self.bar.hide()
            self.told.setText(self._tools.texts.explain(error))

    def _start_next(self) -> None:
        """One picture after the other, so that a cancelled dialog leaves no work behind: first what is in view."""
        if self._closed or not any(self._looks):
            return
        seen = self.list.viewport().rect()
        views = [seen.intersects(self.list.visualItemRect(self.list.item(at))) for at in range(self.list.count())]
        at = max(range(len(views)), key=lambda number: (self._looks[number], views[number]))
        path = Path(self.list.item(at).data(Qt.ItemDataRole.UserRole))
        self._looks[at] = False
        done = partial(self._take_picture, at)
        self._tools.jobs.start("", partial(glance_at, path, _SIDE), done=done, lane="quick", quiet=True)

    def _take_picture(self, at: int, pixels: Pixels | None) -> None:
        if pixels is not None:
            width, height, rgb = pixels
            image = QImage(rgb, width, height, width * 3, QImage.Format.Format_RGB888)
            self.list.item(at).setIcon(picture_icon(QPixmap.fromImage(image)))
        # Not called from here: where jobs are done at once, each file would go one call deeper.
        QTimer.singleShot(0, self, self._start_next)

    def _count(self) -> None:
        count = len(self.list.selectedItems())
        self.take.setText(self._tools.t("photodesk.phone_take", count=count))
        self.take.setEnabled(count > 0)
