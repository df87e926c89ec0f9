"""A list that shows pictures with a word below each, in a row or in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QStyleOptionViewItem

if TYPE_CHECKING:
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
    """

    def __init__(self, picture: QSize, cell: QSize, *, rows: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(rows)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setIconSize(picture)
        self.setGridSize(cell)
        self.setProperty("look", "strip")

    def add_picture(self, key: str, text: str = "") -> QListWidgetItem:
        """Add an item, its picture still to come.

        Args:
            key: kept as its ``UserRole``.
            text: below the picture.
        """
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, key)
        item.setSizeHint(self.gridSize() - QSize(_BETWEEN, 0))
        self.addItem(item)
        return item

    def initViewItemOption(self, option: QStyleOptionViewItem) -> None:
        """The picture above its word."""
        super().initViewItemOption(option)
        option.decorationPosition = QStyleOptionViewItem.Position.Top
        option.decorationAlignment = option.displayAlignment = Qt.AlignmentFlag.AlignCenter


def picture_icon(pixmap: QPixmap) -> QIcon:
    """The picture, which Qt is not to darken when it is selected."""
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon
