"""Two views of the evidence kit: a table of what a file says about itself, and a wall of key frames."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListView,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
)

from studio.base.locale_forms import decimal_text, number_text
from studio.base.sizes import size_text
from studio.base.timecode import timecode_text
from studio.ui.widgets.drawn_marks import pixels_pixmap

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts
    from studio.photo.forensics import FileFact
    from studio.services.evidence_kit import KeyShot
    from studio.ui.core.desk_context import WindowTools

_SHOT = (208, 150)
_EXIF_TIME = re.compile(r"^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)$")


def fact_text(fact: FileFact, texts: MessageTexts) -> str:
    """The value of a fact as it is read in a language."""
    language = texts.language
    if fact.code == "size":
        count = int(fact.value)
        # Only a text with two forms, as English has, writes the separators of a number itself.
        shown = count if language == "en" else number_text(count, language)
        return texts.text("evidence.bytes", size=size_text(count, language), n=shown)
    if fact.code == "length":
        return f"{decimal_text(fact.value, language)} {texts.text('evidence.seconds')}"
    if fact.code in {"rate", "exposure", "aperture", "focal"}:
        return decimal_text(fact.value, language)
    if fact.code == "carries":
        return ", ".join(texts.text(f"evidence.carried.{name}") for name in fact.value.split(", "))
    return _EXIF_TIME.sub(r"\3/\2/\1 \4.\5.\6" if language == "id" else r"\3/\2/\1 \4:\5:\6", fact.value)


class FactTable(QTableWidget):
    """Names and values; what tells who or where is marked.

    Args:
        tools: what every part is given.
    """

    def __init__(self, tools: WindowTools) -> None:
        super().__init__(0, 2)
        self._tools = tools
        self.setProperty("look", "framed")
        self.setAccessibleName(tools.t("evidence.table"))
        self.setHorizontalHeaderLabels([tools.t("evidence.column.name"), tools.t("evidence.column.value")])
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)

    def show_facts(self, facts: tuple[FileFact, ...]) -> None:
        """Show these."""
        theme = self._tools.theme
        self.setRowCount(len(facts))
        for number, fact in enumerate(facts):
            name = QTableWidgetItem(self._tools.t(f"evidence.fact.{fact.code}"))
            name.setForeground(theme.color("muted"))
            value = QTableWidgetItem(fact_text(fact, self._tools.texts))
            if fact.private:
                name.setIcon(theme.icon("lock", "warn", 14))
                value.setForeground(theme.color("warn"))
                value.setToolTip(self._tools.t("evidence.private"))
            self.setItem(number, 0, name)
            self.setItem(number, 1, value)
        self.resizeRowsToContents()

    def as_text(self) -> str:
        """The table as lines to paste elsewhere."""
        lines = []
        for number in range(self.rowCount()):
            cells = (self.item(number, 0), self.item(number, 1))
            lines.append(": ".join(cell.text() for cell in cells if cell is not None))
        return "\n".join(lines)


class ShotWall(QListWidget):
    """Key frames with their times; Enter or a double click shows one large.

    Args:
        tools: what every part is given.
    """

    chosen = Signal(object)
    """A ``KeyShot``."""

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._tools = tools
        self._shots: tuple[KeyShot, ...] = ()
        px = tools.theme.px
        self.setProperty("look", "framed")
        self.setAccessibleName(tools.t("evidence.view.shots"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        # In this mode Qt would let the pictures be dragged about.
        self.setMovement(QListView.Movement.Static)
        self.setIconSize(QSize(px(_SHOT[0]), px(_SHOT[1])))
        self.setGridSize(QSize(px(_SHOT[0] + 16), px(_SHOT[1] + 34)))
        self.setUniformItemSizes(True)
        self.itemActivated.connect(lambda item: self.chosen.emit(self._shots[self.row(item)]))

    def show_shots(self, shots: tuple[KeyShot, ...]) -> None:
        """Show these."""
        self.clear()
        self._shots = shots
        for shot in shots:
            time = timecode_text(shot.seconds, self._tools.texts.language)
            item = QListWidgetItem(QIcon(pixels_pixmap(shot.pixels)), time)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self._tools.t("evidence.shot_at", time=time))
            self.addItem(item)
        if shots:
            self.setCurrentRow(0)
