"""The rows of the list for Qt, in pages, never sorted or filtered here (docs/decisions/list-without-proxy.md)."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from studio.base.errors import UserError
from studio.base.relative_dates import local_moment, relative_date
from studio.services.listed_verdicts import claims_ready
from studio.services.story_list import Order, StoryRow, StorySource, status_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from studio.base.i18n import MessageTexts
    from studio.services.saved_searches import SavedFilter
    from studio.story.model import Status

PAGE = 100
MOST = 1000
"""Rows that are fetched at once: 10 ms."""
ROW = int(Qt.ItemDataRole.UserRole) + 1
WHEN = int(Qt.ItemDataRole.UserRole) + 2
_HEADLINE = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole))
Index = QModelIndex | QPersistentModelIndex


class LibraryModel(QAbstractListModel):
    """The stories that match what is asked for.

    Args:
        source: where they come from.
        texts: for statuses and times.
    """

    def __init__(self, source: StorySource, texts: MessageTexts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._texts = texts
        self._rows: list[StoryRow] = []
        self._query = ""
        self._statuses: tuple[Status, ...] = ()
        self._order: Order = "modified"
        self._saved: SavedFilter = ""
        self._complete = False
        self._gathered: list[StoryRow] = []
        self._shown_by: Callable[[Callable[[], None]], object] = lambda change: change()
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._gather)

    def ask(self, query: str, statuses: Sequence[Status], order: Order, saved: SavedFilter = "") -> None:
        """Show what matches: from the beginning, unless it is asked for already."""
        before = (self._query, self._statuses, self._order, self._saved)
        self._query, self._statuses, self._order, self._saved = query, tuple(statuses), order, saved
        # A list that was scrolled to its end would otherwise fetch thousands of rows with every key.
        same = before == (self._query, self._statuses, self._order, self._saved)
        self._show_rows(max(PAGE, len(self._rows)) if same else PAGE)

    def reload(self, show: Callable[[Callable[[], None]], object]) -> None:
        """Ask again, for as many rows as are shown: thousands in several turns of the event loop, and then shown.

        Args:
            show: is given the call that shows them.
        """
        self._gathered, self._shown_by = [], show
        self._gather()

    def _gather(self) -> None:
        had, wanted = len(self._gathered), max(PAGE, len(self._rows))
        asked = min(MOST, wanted - had)
        try:
            more = self._source.find(self._query, self._statuses, self._order, asked, had, self._saved)
        except UserError:  # its drive is gone or full: the list stays as it was
            self._shown_by(lambda: None)
            return
        self._gathered.extend(more)
        if len(more) == asked and len(self._gathered) < wanted:
            self._next.start()
            return
        fresh, self._gathered = self._gathered, []
        self._shown_by(partial(self._show_fresh, fresh, wanted))

    def _show_rows(self, wanted: int) -> None:
        self._next.stop()  # what is asked for now is fresher
        with suppress(UserError):  # its drive is gone or full: the list stays as it was
            found = self._source.find(self._query, self._statuses, self._order, wanted, 0, self._saved)
            self._show_fresh(list(found), wanted)

    def _show_fresh(self, fresh: list[StoryRow], wanted: int) -> None:
        if [row.folder for row in fresh] == [row.folder for row in self._rows]:
            self._rows = fresh
            self._complete = len(fresh) < wanted
            if fresh:
                self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self._complete = len(fresh) < wanted
        self.endResetModel()

    def show_held(self, held: Mapping[str, bool]) -> None:
        """Show of some stories whether the gate holds them back: their rows alone, as thousands may be shown."""
        for at, row in enumerate(self._rows):
            if row.folder in held and row.held != held[row.folder] and claims_ready(row):
                self._rows[at] = replace(row, held=held[row.folder])
                self.dataChanged.emit(self.index(at), self.index(at), [ROW, int(Qt.ItemDataRole.AccessibleTextRole)])

    def position(self, folder: str) -> QModelIndex:
        """Where a story stands among the rows fetched so far; invalid when it does not."""
        at = next((number for number, row in enumerate(self._rows) if row.folder == folder), None)
        return QModelIndex() if at is None else self.index(at)

    def positions(self, folders: Collection[str]) -> Iterator[QModelIndex]:
        """Where those of some stories stand that were fetched so far, from the top, in one look at the list."""
        wanted = frozenset(folders)
        return (self.index(number) for number, row in enumerate(self._rows) if row.folder in wanted)

    def row_at(self, index: Index) -> StoryRow | None:
        """The row at an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        """How many rows were fetched."""
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there may be more."""
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        """Fetch as many again as there are: each time the index goes past all that it has told before."""
        more: Sequence[StoryRow] = ()
        wanted = min(MOST, max(PAGE, len(self._rows)))
        with suppress(UserError):
            more = self._source.find(self._query, self._statuses, self._order, wanted, len(self._rows), self._saved)
        self._complete = len(more) < wanted
        if more:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(more) - 1)
            self._rows.extend(more)
            self.endInsertRows()

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """What Qt and the painter ask of a row."""
        row = self.row_at(index)
        if row is None:
            return None
        if role == ROW:
            return row
        if role == WHEN:
            return self._changed_date(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            over = (self._texts.text("library.past"),) if row.past else ()
            return ", ".join((self._headline(row), self._status_text(row), *over, self._changed_date(row)))
        return self._headline(row) if role in _HEADLINE else None

    def _headline(self, row: StoryRow) -> str:
        return row.headline or self._texts.text("library.no_headline")

    def _status_text(self, row: StoryRow) -> str:
        return (
            self._texts.text("library.broken")
            if row.broken
            else status_text(self._texts, row.status, held=bool(row.held))
        )

    def _changed_date(self, row: StoryRow) -> str:
        moment = local_moment(row.modified)
        return relative_date(moment, datetime.now().astimezone(), self._texts) if moment else ""
