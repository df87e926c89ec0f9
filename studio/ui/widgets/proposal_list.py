"""A list of proposals under a line, whose entries say more than what they put into it.

``QLineEdit.setCompleter`` writes the shown text of an entry into the line, already while the arrow keys pass over it.
Here the list only tells which entry was chosen; who asked writes what it means. What was typed stays until then, and
Esc leaves it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter

from studio.ui.widgets.calm_inputs import dress_proposals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QAbstractItemView, QLineEdit

T = TypeVar("T")


class _RowCompleter(QCompleter):
    """Tells the row of an entry instead of its text, which two entries may share."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.row())


class ProposalList(QObject, Generic[T]):
    """Proposals for a line; a click, Enter or Tab on a highlighted entry chooses it.

    Args:
        line: what is typed into; it owns the proposals.
    """

    chosen = Signal(object)
    """The value of the entry."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._values: list[T] = []
        self._titles = QStringListModel(self)
        self.completer = dress_proposals(_RowCompleter(self._titles, self))
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setWidget(line)
        self.completer.activated.connect(self._choose)
        self.list.installEventFilter(self)

    def show_items(self, items: Sequence[tuple[str, T]]) -> None:
        """Show entries, each as its text and its value; none hides the list, which opens only under the focus."""
        self._values = [value for _, value in items]
        self._titles.setStringList([title for title, _ in items])
        if items and self._line.hasFocus():
            self.completer.complete()
        else:
            self.list.hide()

    @property
    def list(self) -> QAbstractItemView:
        """The list that opens under the line."""
        return cast("QAbstractItemView", self.completer.popup())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab on a highlighted entry chooses it, too: the completer would hand it to the line, which is left then."""
        if event.type() == QEvent.Type.KeyPress and cast("QKeyEvent", event).key() == Qt.Key.Key_Tab:
            entry = self.list.currentIndex()
            self.list.hide()
            if entry.isValid():
                self._choose(str(entry.row()))
                return True
        return super().eventFilter(watched, event)

    def _choose(self, row: str) -> None:
        self.chosen.emit(self._values[int(row)])
