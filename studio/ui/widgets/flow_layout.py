"""A layout whose items go on in the next row where there is no more room, as words do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayoutItem

    from studio.ui.core.window_theme import WindowTheme


class FlowLayout(QLayout):
    """Items in a row that wraps.

    Args:
        gap: pixels between items of a row.
        line_gap: pixels between rows.
        last_right: the last item lies at the right edge, in whichever row it comes; items of a row share their middle.
    """

    def __init__(self, gap: int, line_gap: int, parent: QWidget | None = None, *, last_right: bool = False) -> None:
        super().__init__(parent)
        self._last_right = last_right
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._line_gap = line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Append an item."""
        self._items.append(item)

    def add_all(self, *items: QWidget | QLayout) -> None:
        """Append widgets and layouts."""
        for item in items:
            if isinstance(item, QWidget):
                self.addWidget(item)
            else:
                self.addChildLayout(item)
                self.addItem(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place; None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the item at a place out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It does not ask for more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Yes: narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at a width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one row."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return self._with_edges(QSize(width, max((size.height() for size in sizes), default=0)))

    def minimumSize(self) -> QSize:
        """As wide as the widest item can be squeezed to."""
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        width = max((size.width() for size in sizes), default=0)
        return self._with_edges(QSize(width, max((size.height() for size in sizes), default=0)))

    def _with_edges(self, size: QSize) -> QSize:
        edges = self.contentsMargins()
        return size + QSize(edges.left() + edges.right(), edges.top() + edges.bottom())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        edges = self.contentsMargins()
        rect = rect.marginsRemoved(edges)
        y = rect.y() - self._line_gap
        for line in self._lines(rect.width()):
            y += self._line_gap
            tall = max(size.height() for _, _, size in line)
            for item, x, size in line if move else ():
                down = (tall - size.height()) // 2 if self._last_right else 0
                item.setGeometry(QRect(QPoint(rect.x() + x, y + down), size))
            y += tall
        return max(0, y - rect.y()) + edges.top() + edges.bottom()

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, int, QSize]]]:
        """The rows: of each item its place from the left and its size."""
        lines: list[list[tuple[QLayoutItem, int, QSize]]] = []
        x = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wanted = item.sizeHint()
            size = QSize(min(wanted.width(), width), wanted.height())
            if size.width() < wanted.width() and item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            if not lines or x + size.width() > width:
                lines.append([])
                x = 0
            if self._last_right and item is self._items[-1]:
                x = width - size.width()
            lines[-1].append((item, x, size))
            x += size.width() + self._gap
        return lines


def wrapped_row(theme: WindowTheme, *items: QWidget | QLayout, last_right: bool = True) -> FlowLayout:
    """Items in a row that wraps, usual gaps between them, the last one at the right edge."""
    made = FlowLayout(theme.px(6), theme.px(4), last_right=last_right)
    made.add_all(*items)
    return made
