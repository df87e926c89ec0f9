"""The photos of the story in the order of the carousel: choose one or several, drag to order, star the cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem

from studio.ui.parts import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.model import Photo
    from studio.ui.tools import Tools

_ID = Qt.ItemDataRole.UserRole


class Strip(QListWidget):
    """The photos in a row.

    Args:
        tools: what every part is given.
    """

    chosen = Signal(str)
    """Id of the photo to work on."""
    moved = Signal(str, int)
    """A photo, and the place it was dragged or moved to."""
    removal_asked = Signal(list)
    """Ids."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        px = tools.theme.px
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Snap)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setIconSize(QSize(px(64), px(64)))
        self.setGridSize(QSize(px(84), px(92)))
        self.setFixedHeight(px(108))
        self.setProperty("look", "strip")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        describe(self, tools.t("photodesk.strip"), tools.t("photodesk.strip_tip"))
        self.currentItemChanged.connect(self._on_current)

    def show_photos(self, photos: Sequence[Photo], cover: str, locked: bool) -> None:
        """Show these; the choice stays where it was."""
        current = self.current
        selected = set(self.selected)
        self.blockSignals(True)
        if [photo.id for photo in photos] != self.ids:
            self.clear()
            for photo in photos:
                item = QListWidgetItem()
                item.setData(_ID, photo.id)
                self.addItem(item)
        for number, photo in enumerate(photos):
            item = self.item(number)
            star = "★ " if photo.id == cover else ""
            item.setText(f"{star}{number + 1}")
            told = self._tools.t("photodesk.card", number=number + 1, name=photo.name or photo.file)
            item.setToolTip(told)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
            item.setSelected(photo.id in selected)
            if photo.id == current:
                self.setCurrentItem(item)
        self.setDragEnabled(not locked)
        self.blockSignals(False)

    def show_thumb(self, photo_id: str, pixmap: QPixmap | None) -> None:
        """Give a photo its picture."""
        for number in range(self.count()):
            item = self.item(number)
            if item.data(_ID) == photo_id:
                item.setIcon(QIcon(pixmap) if pixmap is not None else self._tools.theme.icon("image", "muted", 32))

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

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """A photo was dragged to another place of the row; the story says what is shown then."""
        moving = self.current
        target = self.indexAt(event.position().toPoint())
        to = target.row() if target.isValid() else self.count() - 1
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if moving:
            self.moved.emit(moving, to)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete takes out, Alt and arrows order."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Delete and self.selected:
            self.removal_asked.emit(self.selected)
        elif alt and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Up} and self.current:
            self.moved.emit(self.current, max(0, self.ids.index(self.current) - 1))
        elif alt and event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Down} and self.current:
            self.moved.emit(self.current, self.ids.index(self.current) + 1)
        else:
            super().keyPressEvent(event)
