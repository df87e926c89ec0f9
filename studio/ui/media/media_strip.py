"""Photos or clips in the order of the story, side by side: choose one or several, drag or press keys to order them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListWidgetItem

from studio.ui.media.media_keys import code_of
from studio.ui.media.picture_list import PictureList, picture_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.ui.core.window_theme import WindowTheme

_ID = Qt.ItemDataRole.UserRole
_SHARP = 2
"""Pixels kept of a picture for each that is shown: a screen may have two for one."""


@dataclass(frozen=True, slots=True)
class StripItem:
    """A photo or clip of the strip.

    Attributes:
        key: its id.
        text: below or beside its picture.
        name: what it is called, by the tip and by who reads it out.
        icon: stands in for a picture that is not there (yet).
        fixed: stays at the end; it is neither ordered nor taken out.
    """

    key: str
    text: str
    name: str
    icon: str
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class StripLook:
    """Pixels of a strip: side of a picture, width and height of an item, height of the whole."""

    side: int
    cell: tuple[int, int]
    height: int


class MediaStrip(PictureList):
    """Photos or clips in a row.

    Args:
        theme: colours and icons.
        look: its sizes.
        beside: whether words stand beside the pictures, not below.
        several: whether several can be selected.
    """

    chosen = Signal(str)
    """Id of what to work on."""
    moved = Signal(list, int)
    """Ids, and how many items lie before the place between two others where they were dropped."""
    removal_asked = Signal(list)
    """Ids."""

    def __init__(self, theme: WindowTheme, look: StripLook, *, beside: bool = False, several: bool = True) -> None:
        super().__init__(QSize(look.side, look.side), QSize(*look.cell), rows=False, beside=beside)
        self._theme = theme
        self._gap = -1
        self._shown: dict[str, StripItem] = {}
        self._ids: list[str] = []
        self._places: dict[str, QListWidgetItem] = {}
        self._pictures: dict[str, int] = {}
        """Key -> which picture it shows; 0 for the icon that stands in for it."""
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        # Qt marks an item; ``paintEvent`` draws the place between two.
        self.setDropIndicatorShown(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if several else modes.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_look(look)
        self.currentItemChanged.connect(self._on_current)

    def set_look(self, look: StripLook) -> None:
        """Take these sizes."""
        self._pictures.clear()  # they are as sharp as the old size wanted
        self.setIconSize(QSize(look.side, look.side))
        self.set_cell(QSize(*look.cell))
        self.setFixedHeight(look.height)

    def show_items(self, items: Sequence[StripItem], *, locked: bool) -> None:
        """Show these; the choice stays where it was, and goes to the neighbour of one that is gone."""
        current, at = self.current, self.currentRow()
        selected = set(self.selected)
        self.blockSignals(True)
        anew = [item.key for item in items] != self.ids
        if anew:
            self._fill_strip(items)
        for item in items:
            if self._shown.get(item.key) != item:  # of 200, one may have changed with this key
                self._name_item(item)
        self._shown = {item.key: item for item in items}
        if anew and current and items:  # else Qt is left alone: this may be in the middle of a click
            self._choose_again(current, at, selected)
        self.setDragEnabled(not locked)
        self.blockSignals(False)

    def _fill_strip(self, items: Sequence[StripItem]) -> None:
        self.clear()
        self._shown, self._pictures = {}, {}
        self._ids = [item.key for item in items]
        self._places = {item.key: self.add_picture(item.key) for item in items}

    def _name_item(self, item: StripItem) -> None:
        shown = self._places[item.key]
        shown.setText(item.text)
        shown.setToolTip(item.name)
        shown.setData(Qt.ItemDataRole.AccessibleTextRole, item.name)
        if item.fixed:
            shown.setFlags(shown.flags() & ~Qt.ItemFlag.ItemIsDragEnabled)

    def _choose_again(self, current: str, at: int, selected: set[str]) -> None:
        ids = self.ids
        row = ids.index(current) if current in ids else min(at, len(ids) - 1)
        for number, photo in enumerate(ids):
            self.item(number).setSelected(number == row or photo in selected)
        self.setCurrentRow(row, QItemSelectionModel.SelectionFlag.NoUpdate)

    def show_thumb(self, key: str, pixmap: QPixmap | None) -> None:
        """Give an item its picture; None for the icon that stands in for it."""
        place = self._places.get(key)
        seen = pixmap.cacheKey() if pixmap is not None else 0
        if place is None or self._pictures.get(key) == seen:  # drawing 30 at every keystroke is felt
            return
        self._pictures[key] = seen
        if pixmap is None:
            place.setIcon(self._theme.icon(self._shown[key].icon, "muted", 32))
            return
        most = self.iconSize() * _SHARP  # a story may have hundreds, of 256 kB each
        if pixmap.width() > most.width():
            pixmap = pixmap.scaled(most, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        place.setIcon(picture_icon(pixmap))

    def has_picture(self, key: str) -> bool:
        """Whether an item shows its picture, not the icon that stands in for it."""
        return bool(self._pictures.get(key))

    def keys_in_sight(self) -> list[str]:
        """The items that can be seen, and as many again beyond the right edge."""
        wide = max(1, self.gridSize().width())
        first = self.horizontalScrollBar().value() // wide
        return self._ids[first : first + 2 * (self.viewport().width() // wide + 1)]

    @property
    def ids(self) -> list[str]:
        """The items in the order shown."""
        return self._ids

    @property
    def current(self) -> str:
        """What is worked on; "" for none."""
        item = self.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    @property
    def selected(self) -> list[str]:
        """The selected ones, in order."""
        chosen = {str(item.data(_ID)) for item in self.selectedItems()}
        return [photo for photo in self.ids if photo in chosen]

    def choose(self, key: str) -> None:
        """Work on this one."""
        if key in self._places:
            self.setCurrentItem(self._places[key])

    def _movable(self) -> list[str]:
        return [key for key in self.selected or [self.current] if key and not self._shown[key].fixed]

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(_ID)))

    # -------------------------------------------------------------------------------------------- dragging

    def gap_at(self, at: QPoint) -> int:
        """How many lie before the place between two others that is nearest to a point of the strip."""
        return sum(self.visualItemRect(self.item(number)).center().x() < at.x() for number in range(self.count()))

    def _show_gap(self, gap: int) -> None:
        if gap != self._gap:
            self._gap = gap
            self.viewport().update()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where what is dragged would go; files from outside are the window's."""
        super().dragMoveEvent(event)
        if event.source() is self:
            self._show_gap(self.gap_at(event.position().toPoint()))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They would go nowhere."""
        self._show_gap(-1)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Items were dragged to another place of the row; the story says what is shown then."""
        self._show_gap(-1)
        moving = self._movable()
        # Else Qt would move the items itself, and once more when the story shows its new order.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if moving:
            self.moved.emit(moving, self.gap_at(event.position().toPoint()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The items, and a line where those that are dragged would go."""
        super().paintEvent(event)
        if self._gap < 0 or not self.count():
            return
        behind = self._gap == self.count()
        area = self.visualItemRect(self.item(self.count() - 1 if behind else self._gap))
        wide, px = self._theme.px(3), self._theme.px
        x = area.right() + px(3) if behind else max(0, area.left() - px(5))
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        painter.drawRoundedRect(QRectF(x, area.top(), wide, area.height()), wide / 2, wide / 2)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that take out and order."""
        code, chosen = code_of(event, "media"), self._movable()
        if code == "remove" and chosen:
            self.removal_asked.emit(chosen)
        elif code == "move_up" and chosen:
            self.moved.emit(chosen, max(0, self.ids.index(chosen[0]) - 1))
        elif code == "move_down" and chosen:
            self.moved.emit(chosen, self.ids.index(chosen[-1]) + 2)
        else:
            super().keyPressEvent(event)
