"""Tables of the page "Kabupaten": groups by the thousand, and indicators by area as a field of colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from studio.documents.district_tiles import HEAT, heat_step, ink_on
from studio.group.district_figures import FEWEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.documents.district_words import DistrictWords
    from studio.group.district_figures import AreaFigures, DistrictFigures, GroupFigures
    from studio.ui.core.window_theme import WindowTheme

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class PlainTable(QAbstractTableModel):
    """Rows of texts with what they are sorted by."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self._heads = list(heads)
        self.rows: list[list[tuple[str, object]]] = []

    def fill(self, rows: list[list[tuple[str, object]]]) -> None:
        """Show these rows: (text, sort key) for each cell."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The head of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell; numbers stand right."""
        if not index.isValid():
            return None
        text, key = self.rows[index.row()][index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return text
        if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(key, float):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; equal rows keep their order."""
        if not 0 <= column < len(self._heads):
            return
        self.layoutAboutToBeChanged.emit()
        self.rows.sort(key=lambda row: _sortable(row[column][1]), reverse=order == Qt.SortOrder.DescendingOrder)
        self.layoutChanged.emit()


def _sortable(key: object) -> tuple[int, float, str]:
    # Numbers and words in one column: they cannot be compared, so numbers come first.
    return (0, key, "") if isinstance(key, float) else (1, 0.0, str(key).casefold())


class GroupTable(PlainTable):
    """The groups of an area."""

    def __init__(self, words: DistrictWords, codes: Sequence[str]) -> None:
        say = words.say
        heads = [say("group"), say("village"), say("index"), say("class"), *codes, say("delta")]
        super().__init__([*heads, say("date"), say("decree_until"), say("level")])
        self._words = words
        self._codes = codes

    def show_groups(self, groups: Sequence[GroupFigures]) -> None:
        """Fill the table."""
        self.fill([self._row(group) for group in groups])

    def id_at(self, number: int) -> str:
        """The id of the group in a row."""
        return str(self.rows[number][len(self._heads)][0])

    def row_of(self, group: GroupFigures) -> int:
        """The row of a group; -1 when it is not shown."""
        return next((n for n in range(len(self.rows)) if self.id_at(n) == group.merged.id), -1)

    def _row(self, group: GroupFigures) -> list[tuple[str, object]]:
        words, current, who = self._words, group.current, group.merged.group
        place = ", ".join(part for part in (who.village, who.district) if part) or who.region_code
        index = current.index if current else None
        scores = [current.dimensions.get(code) if current else None for code in self._codes]
        name = words.class_name(current.class_code if current else "")
        date = current.date if current else ""
        return [
            (group.name, group.name),
            (place, place),
            (words.number(index), _number(index)),
            (name, name),
            *((words.number(score), _number(score)) for score in scores),
            (words.signed(group.change), _number(group.change)),
            (words.short_day(date), date),
            (words.decree(group), who.decree.valid_until),
            (words.proof(group), words.proof(group)),
            (group.merged.id, ""),  # beyond the last column: it moves with its row when the table is sorted
        ]


def _number(value: float | None) -> float:
    # Below any index and any change of one, so that groups without a number stand together.
    return -1000.0 if value is None else float(value)


class HeatTable(PlainTable):
    """Means of indicators by area."""

    def __init__(self, words: DistrictWords, codes: Sequence[str]) -> None:
        super().__init__([words.say("areas"), "n", *codes])
        self._words = words
        self._codes = codes
        self.keys: list[str] = []

    def show_areas(self, areas: Sequence[AreaFigures]) -> None:
        """Fill the table."""
        self.keys = [area.area.key for area in areas]
        self._means = [[spread.mean for spread in area.indicators.values()] for area in areas]
        self._few = [area.respondents < FEWEST for area in areas]
        self.fill([self._row(area) for area in areas])

    def _row(self, area: AreaFigures) -> list[tuple[str, object]]:
        number = self._words.number
        cells = [(number(spread.mean, 1), _number(spread.mean)) for spread in area.indicators.values()]
        return [(self._words.area(area.area), area.area.name), (str(area.respondents), float(area.respondents)), *cells]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The head of a column, with the indicator's name as its tip."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole and section > 1:
            return self._words.indicator(self._codes[section - 2])
        return super().headerData(section, orientation, role)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell with its colour; a mean of fewer than five groups in italics."""
        if index.isValid() and index.column() > 1:
            mean = self._means[index.row()][index.column() - 2]
            step = None if mean is None else heat_step(mean)
            if role == Qt.ItemDataRole.BackgroundRole and step is not None:
                return QColor(HEAT[step])
            if role == Qt.ItemDataRole.ForegroundRole and step is not None:
                return QColor(ink_on(step))
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
            if role == Qt.ItemDataRole.FontRole and self._few[index.row()]:
                font = QFont()
                font.setItalic(True)
                return font
        return super().data(index, role)


def table_view(theme: WindowTheme, model: PlainTable, name: str, *, first: int = 200, other: int = 78) -> QTableView:
    """A view of a table: rows are chosen whole, heads sort, it scrolls by itself.

    Args:
        theme: sizes.
        model: the table.
        name: for screen readers.
        first: width of the first column in design pixels.
        other: width of the others.
    """
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setProperty("look", "framed")
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    # Tab leads on to the next part of the page, not from cell to cell.
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(theme.px(30))
    head = view.horizontalHeader()
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    for at in range(model.columnCount()):
        view.setColumnWidth(at, theme.px(first if at == 0 else other))
    return view


def heat_of(figures: DistrictFigures, key: str, below: Sequence[AreaFigures]) -> list[AreaFigures]:
    """The rows of the heat table: the area itself, then what lies in it."""
    own = figures.areas[key]
    return [own, *below] if own.respondents else list(below)
