"""A list that shows pictures with words below or beside each, in a row or in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QStyleOptionViewItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

ROOMY = 1.2
"""Size of text up to which there is room for everything; above, the canvas is given some of the others' room."""
_BETWEEN = 10
"""Pixels between two items."""


class PictureList(QListWidget):
    """Pictures of one size. Laid out as a list: Qt's icon mode loses track of items whose pictures come later.

    Args:
        picture: largest size of a picture.
        cell: size of the place each has.
        rows: whether they go on in a new row where the first is full.
        beside: whether the words stand beside the picture, not below it.
    """

    def __init__(
        self, picture: QSize, cell: QSize, *, rows: bool, beside: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._beside = beside
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(rows)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setIconSize(picture)
        self.setGridSize(cell)
        self.setProperty("look", "strip")

    def set_cell(self, cell: QSize) -> None:
        """Give every item this place."""
        self.setGridSize(cell)
        for row in range(self.count()):
            self.item(row).setSizeHint(cell - QSize(_BETWEEN, 0))

    def add_picture(self, key: str, text: str = "") -> QListWidgetItem:
        """Add an item, its picture still to come.

        Args:
            key: kept as its ``UserRole``.
            text: of the item.
        """
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, key)
        item.setSizeHint(self.gridSize() - QSize(_BETWEEN, 0))
        self.addItem(item)
        return item

    def dataChanged(
        self,
        first: QModelIndex | QPersistentModelIndex,
        last: QModelIndex | QPersistentModelIndex,
        roles: Sequence[int] = (),
    ) -> None:
        """A picture has come: its place is fixed, so Qt need not lay out all of the list anew, nor paint it."""
        if first == last and list(roles) == [Qt.ItemDataRole.DecorationRole]:
            self.update(first)
        else:
            super().dataChanged(first, last, roles)

    def initViewItemOption(self, option: QStyleOptionViewItem) -> None:
        """The picture above its word, or before it."""
        super().initViewItemOption(option)
        positions, ways = QStyleOptionViewItem.Position, Qt.AlignmentFlag
        option.decorationPosition = positions.Left if self._beside else positions.Top
        option.decorationAlignment = ways.AlignCenter
        option.displayAlignment = ways.AlignLeft | ways.AlignVCenter if self._beside else ways.AlignCenter


def picture_icon(pixmap: QPixmap) -> QIcon:
    """The picture, which Qt is not to darken when it is selected."""
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon
