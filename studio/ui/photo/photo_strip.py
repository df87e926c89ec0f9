"""The photos of the story in the order of the carousel: choose one or several, drag to order, star the cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListWidgetItem

from studio.ui.media.media_keys import code_of
from studio.ui.photo.picture_list import ROOMY, PictureList, picture_icon
from studio.ui.widgets.basic_parts import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.model import Photo
    from studio.ui.core.desk_context import WindowTools

_ID = Qt.ItemDataRole.UserRole
_SHOWN = Qt.ItemDataRole.UserRole + 1
_SIDE, _LOW = 64, 52
"""Pixels of a photo, and beside large text, like those of the shapes above: the canvas needs the room."""


class PhotoStrip(PictureList):
    """The photos in a row.

    Args:
        tools: what every part is given.
    """

    chosen = Signal(str)
    """Id of the photo to work on."""
    moved = Signal(list, int)
    """Photos, and how many photos lie before the place between two others where they were dropped."""
    removal_asked = Signal(list)
    """Ids."""

    def __init__(self, tools: WindowTools) -> None:
        px = tools.theme.px
        side = _SIDE if tools.theme.scale <= ROOMY else _LOW
        super().__init__(QSize(side, side), QSize(side + px(20), side + px(28)), rows=False)
        self._tools = tools
        self._gap = -1
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFixedHeight(side + px(44))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        describe(self, tools.t("photodesk.strip"), tools.t("photodesk.strip_tip"))
        self.currentItemChanged.connect(self._on_current)

    def show_photos(self, photos: Sequence[Photo], cover: str, locked: bool) -> None:
        """Show these; the choice stays where it was, and goes to the neighbour of a photo that is gone."""
        current, at = self.current, self.currentRow()
        selected = set(self.selected)
        self.blockSignals(True)
        anew = [photo.id for photo in photos] != self.ids
        if anew:
            self.clear()
            for photo in photos:
                self.add_picture(photo.id)
        for number, photo in enumerate(photos):
            item = self.item(number)
            star = "★ " if photo.id == cover else ""
            item.setText(f"{star}{number + 1}")
            told = self._tools.t("photodesk.card", number=number + 1, name=photo.name or photo.file)
            item.setToolTip(told)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
        if anew and current and photos:  # else Qt is left alone: this may be in the middle of a click
            self._choose_again(current, at, selected)
        self.setDragEnabled(not locked)
        self.blockSignals(False)

    def _choose_again(self, current: str, at: int, selected: set[str]) -> None:
        ids = self.ids
        row = ids.index(current) if current in ids else min(at, len(ids) - 1)
        for number, photo in enumerate(ids):
            self.item(number).setSelected(number == row or photo in selected)
        self.setCurrentRow(row, QItemSelectionModel.SelectionFlag.NoUpdate)

    def show_thumb(self, photo_id: str, pixmap: QPixmap | None) -> None:
        """Give a photo its picture."""
        for number in range(self.count()):
            item = self.item(number)
            key = pixmap.cacheKey() if pixmap is not None else 0
            if item.data(_ID) == photo_id and item.data(_SHOWN) != key:  # drawing 30 at every keystroke is felt
                item.setData(_SHOWN, key)
                blank = self._tools.theme.icon("image", "muted", 32)
                item.setIcon(blank if pixmap is None else picture_icon(pixmap))

    @property
    def ids(self) -> list[str]:
        """The photos in the order shown."""
        return [str(self.item(number).data(_ID)) for number in range(self.count())]

    @property
    def current(self) -> str:
        """The photo that is worked on; "" for none."""
        item = self.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    @property
    def selected(self) -> list[str]:
        """The selected photos, in order."""
        chosen = {str(item.data(_ID)) for item in self.selectedItems()}
        return [photo for photo in self.ids if photo in chosen]

    def choose(self, photo_id: str) -> None:
        """Work on this one."""
        if photo_id in self.ids:
            self.setCurrentRow(self.ids.index(photo_id))

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(_ID)))

    # -------------------------------------------------------------------------------------------- dragging

    def gap_at(self, at: QPoint) -> int:
        """How many photos lie before the place between two others that is nearest to a point of the strip."""
        return sum(self.visualItemRect(self.item(number)).center().x() < at.x() for number in range(self.count()))

    def _show_gap(self, gap: int) -> None:
        if gap != self._gap:
            self._gap = gap
            self.viewport().update()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the photos would go; files from outside are the window's."""
        super().dragMoveEvent(event)
        if event.source() is self:
            self._show_gap(self.gap_at(event.position().toPoint()))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They would go nowhere."""
        self._show_gap(-1)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Photos were dragged to another place of the row; the story says what is shown then."""
        self._show_gap(-1)
        moving = self.selected or [self.current]
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if moving[0]:
            self.moved.emit(moving, self.gap_at(event.position().toPoint()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The photos, and a line where those that are dragged would go."""
        super().paintEvent(event)
        if self._gap < 0 or not self.count():
            return
        behind = self._gap == self.count()
        area = self.visualItemRect(self.item(self.count() - 1 if behind else self._gap))
        wide, px = self._tools.theme.px(3), self._tools.theme.px
        x = area.right() + px(3) if behind else max(0, area.left() - px(5))
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tools.theme.color("accent"))
        painter.drawRoundedRect(QRectF(x, area.top(), wide, area.height()), wide / 2, wide / 2)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that take out and order, as on the row of clips."""
        code = code_of(event, "media")
        chosen = self.selected or [self.current]
        if code == "remove" and chosen[0]:
            self.removal_asked.emit(chosen)
        elif code == "move_up" and chosen[0]:
            self.moved.emit(chosen, max(0, self.ids.index(chosen[0]) - 1))
        elif code == "move_down" and chosen[0]:
            self.moved.emit(chosen, self.ids.index(chosen[-1]) + 2)
        else:
            super().keyPressEvent(event)
