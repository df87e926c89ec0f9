"""The table of subtitles beside the player."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from studio.base.timecode import parse_timecode, short_seconds, timecode_text
from studio.story import subtitle_cues as work
from studio.ui.core.shortcut_table import KEYS
from studio.ui.media.media_keys import code_of
from studio.ui.video.side_pages import sheet
from studio.ui.widgets.basic_parts import button, column, describe, label, restyle, row, tool
from studio.ui.widgets.named_delegate import NamedDelegate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QColor, QKeyEvent, QPainter

    from studio.story.model import Cue
    from studio.story.subtitle_cues import Placed
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.video.clip_edits import ClipEditing

Index = QModelIndex | QPersistentModelIndex
_SHIFT = 0.1
_MOST_HEIGHTS = 5000
"""Heights of words that are remembered."""
_START, _END, _TEXT = range(3)


class CueTable(QAbstractTableModel):
    """Start, end and text of each subtitle; what is typed goes into the story.

    Args:
        tools: texts and colours.
        editing: the state of the desk.
    """

    def __init__(self, tools: WindowTools, editing: ClipEditing, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._editing, self._state = editing, editing.state
        self._cues: tuple[Cue, ...] = ()

    def show_cues(self, cues: tuple[Cue, ...]) -> None:
        """Show these."""
        if cues == self._cues:
            return
        # Not a reset, which would close the field in which a subtitle is being typed.
        if len(cues) == len(self._cues):
            self._cues = cues
            self.dataChanged.emit(self.index(0, 0), self.index(len(cues) - 1, _TEXT))
            return
        self.beginResetModel()
        self._cues = cues
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """One a subtitle."""
        return 0 if parent is not None and parent.isValid() else len(self._cues)

    def columnCount(self, parent: Index | None = None) -> int:
        """Start, end, text."""
        return 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return self._tools.t(("clip.cue_start", "clip.cue_end", "clip.cue_text")[section])

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be typed over."""
        flags = super().flags(index)
        return flags if self._state.locked else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = 0) -> object:
        """See Qt."""
        if not index.isValid() or index.row() >= len(self._cues):
            return None
        cue, column_ = self._cues[index.row()], index.column()
        warning = self.warning(index.row())
        language = self._tools.texts.language
        said = (timecode_text(cue.start, language), timecode_text(cue.end, language), cue.text)[column_]
        in_text = column_ == _TEXT
        roles: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: said,
            Qt.ItemDataRole.EditRole: said,
            Qt.ItemDataRole.ToolTipRole: warning or None,
            Qt.ItemDataRole.ForegroundRole: self._tools.theme.color("warn") if warning and in_text else None,
            Qt.ItemDataRole.AccessibleTextRole: f"{said}. {warning}" if warning and in_text else said,
            Qt.ItemDataRole.TextAlignmentRole: int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft),
        }
        return roles.get(role)

    def setData(self, index: Index, value: object, role: int = 0) -> bool:
        """Take what was typed; a time that is none is refused."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        number = index.row()
        if self._state.locked or str(value) == self.data(index, Qt.ItemDataRole.EditRole):
            return False  # a time that was only looked at must not lose its hundredths
        if index.column() == _TEXT:
            self._editing.set_cues(work.reword_cue(self._cues, number, str(value).strip()), number)
            return True
        seconds = parse_timecode(str(value), self._tools.texts.language)
        if seconds is None:
            return False
        start, end = (seconds, None) if index.column() == _START else (None, seconds)
        self._editing.place_cues(work.retime_cue(self._cues, number, start, end))
        return True

    def warning(self, number: int) -> str:
        """What is wrong with a subtitle, in words; "" for nothing."""
        wrong = work.cue_trouble(self._cues, number)
        speed = short_seconds(work.per_second(self._cues[number]), self._tools.texts.language)
        return self._tools.t(f"clip.cue_{wrong}", n=speed) if wrong else ""


class CueDelegate(NamedDelegate):
    """Makes a row as high as its words need: Qt reckons without the padding of the style sheet. A bar marks trouble.

    Args:
        table: whose column of words it is for.
        room: pixels of padding, both ways.
        color: of the mark at words that are too fast, too short or too long; it is seen on the chosen row too.
    """

    def __init__(self, table: QTableView, room: int, color: QColor) -> None:
        super().__init__(table)
        self._table = table
        self._room = room
        self._color = color
        self._heights: dict[tuple[str, int], int] = {}

    def fit_rows(self) -> None:
        """Give each row its height. Qt's own way measures all columns of all rows: 70 ms for 400 subtitles."""
        model = self._table.model()
        for number in range(model.rowCount()):
            height = self._height(str(model.index(number, _TEXT).data() or " "))
            if self._table.rowHeight(number) != height:
                self._table.setRowHeight(number, height)

    def _height(self, words: str) -> int:
        wide = max(20, self._table.columnWidth(_TEXT) - 2 * self._room)
        if (words, wide) not in self._heights:
            if len(self._heights) > _MOST_HEIGHTS:
                self._heights.clear()
            flags = int(Qt.TextFlag.TextWordWrap)
            area = self._table.fontMetrics().boundingRect(QRect(0, 0, wide, 10_000), flags, words)
            self._heights[words, wide] = area.height() + 2 * self._room
        return self._heights[words, wide]

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Words are typed over the whole row: their own column is a third of it beside large letters."""
        super().updateEditorGeometry(editor, option, index)
        high = max(editor.height(), option.rect.height())
        area = QRect(0, option.rect.top(), self._table.viewport().width(), high)
        editor.setGeometry(area)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See Qt."""
        super().paint(painter, option, index)
        if index.data(Qt.ItemDataRole.ToolTipRole):
            area = option.rect
            wide = max(3, self._room // 2)
            painter.fillRect(area.left(), area.top() + wide, wide, area.height() - 2 * wide, self._color)


class CuesPage(QWidget):
    """Table and buttons.

    Args:
        tools: what every part is given.
        editing: the state of the desk.
    """

    load_asked = Signal()
    save_asked = Signal()
    listening = Signal(bool)
    """The user holds the button (or Space) while a subtitle is spoken, or lets go."""

    def __init__(self, tools: WindowTools, editing: ClipEditing) -> None:
        super().__init__()
        self._tools = tools
        self._editing, self._state = editing, editing.state
        self._timing = -1
        self._added: object = None
        self.model = CueTable(tools, editing, self)
        self.table = self._make_table()
        self.add = button(
            tools.theme, tools.t("clip.cue_add"), self.add_here, look="primary", icon="plus", key=KEYS["video_cue"]
        )
        self.time = button(tools.theme, tools.t("clip.cue_hold"), icon="timer", tip=tools.t("clip.cue_hold_tip"))
        self.time.pressed.connect(self.begin_timing)
        self.time.released.connect(self.end_timing)
        self.warnings = label("", "warn", wrap=True)
        self.hint = label(tools.t("clip.cues_hint"), "hint", wrap=True)
        self._lay_out()

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        describe(table, self._tools.t("clip.cues"))
        table.setWordWrap(True)
        table.setFont(self._tools.theme.font("small"))
        restyle(table, "look", "cues")
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        table.verticalHeader().hide()
        words = CueDelegate(table, self._tools.theme.px(7), self._tools.theme.color("warn"))
        table.setItemDelegate(NamedDelegate(table))
        table.setItemDelegateForColumn(_TEXT, words)
        words.closeEditor.connect(self._on_typed)
        head = table.horizontalHeader()
        head.setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        for column_ in (_START, _END):
            head.setSectionResizeMode(column_, QHeaderView.ResizeMode.Fixed)
            table.setColumnWidth(column_, self._tools.theme.px(70))
        table.selectionModel().currentChanged.connect(self._on_current)
        self._fit = QTimer(table, singleShot=True, interval=0)  # once the columns have their widths
        self._fit.timeout.connect(words.fit_rows)
        for change in (head.sectionResized, self.model.dataChanged, self.model.modelReset):
            change.connect(lambda *_: self._fit.start())
        table.installEventFilter(self)
        return table

    def _lay_out(self) -> None:
        theme, t, state = self._tools.theme, self._tools.t, self._state
        self.tools = {
            code: tool(theme, icon, t(f"clip.cue_{code}"), call)
            for code, icon, call in (
                ("split", "split", self.split),
                ("merge", "merge", lambda: self._edit_cues(work.merge_cues)),
                ("earlier", "chevrons-left", lambda: self._shift(-_SHIFT)),
                ("later", "chevrons-right", lambda: self._shift(_SHIFT)),
                ("remove", "trash-2", self.remove),
                ("load", "file-up", self.load_asked.emit),
                ("save", "file-down", self.save_asked.emit),
            )
        }
        head = row(label(t("clip.cues"), "title"), 1, self.tools["load"], self.tools["save"], gap=0)
        strip = row(*list(self.tools.values())[:5], 1, gap=0)
        inside = sheet(self._tools, head, self.hint, self.table, self.warnings, strip, self.add, self.time)
        layout = inside.layout()
        if layout is not None:
            self.table.setMinimumHeight(theme.px(150))
        self.setLayout(column(inside, gap=0))
        state.changed.connect(self.show_state)

    # ------------------------------------------------------------------------------------------- showing

    def show_state(self) -> None:
        """Show the subtitles, and the one that is worked on."""
        state = self._state
        self.model.show_cues(state.cues)
        there = bool(state.cues)
        self.hint.setVisible(not there)
        self.table.setVisible(there)
        wrong = sum(1 for number in range(len(state.cues)) if work.cue_trouble(state.cues, number))
        self.warnings.setVisible(wrong > 0)
        chosen = 0 <= state.cue < len(state.cues)
        text = self.model.warning(state.cue) if chosen else ""
        self.warnings.setText(text or self._tools.t("clip.cues_wrong", n=wrong))
        for code, made in self.tools.items():
            fits = chosen or code in {"load", "earlier", "later"} or (code == "save" and there)
            if code in {"earlier", "later"}:
                fits = there
            made.setEnabled(fits and (code == "save" or not state.locked))
        for each in (self.add, self.time):
            each.setEnabled(state.video is not None and not state.locked)
        if chosen and self.table.currentIndex().row() != state.cue:
            self.table.selectRow(state.cue)

    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        if not now.isValid() or now.row() == self._state.cue:
            return
        self._state.choose_cue(now.row())
        if self._timing < 0 and now.row() < len(self._state.cues):
            self._state.seek_asked.emit(self._state.cues[now.row()].start)

    def show_position(self, seconds: float) -> None:
        """Choose the subtitle that is heard now."""
        there = work.cue_at(self._state.cues, seconds)
        if there is not None and self._timing < 0 and self.table.state() != QAbstractItemView.State.EditingState:
            self._state.choose_cue(there)

    # ------------------------------------------------------------------------------------------- doing

    def add_here(self) -> None:
        """A new subtitle at the playhead, ready to be typed."""
        if self._state.video is None or self._state.locked:
            return
        self._editing.place_cues(work.add_cue(self._state.cues, self._state.position, self._state.seconds))
        self._added = self._state.session.story
        self.edit_text(self._state.cue)

    def _on_typed(self) -> None:
        """A new subtitle into which nothing was typed (Esc, a slip of the finger) goes again, without a trace."""
        added, self._added = self._added, None
        if added is not None and added is self._state.session.story:
            self._state.session.undo()

    def edit_text(self, number: int) -> None:
        """Put the cursor into a subtitle's text."""
        index = self.model.index(number, _TEXT)
        if index.isValid():
            self._state.choose_cue(number)
            self.table.setVisible(True)
            self.table.setFocus()
            self.table.setCurrentIndex(index)
            self.table.edit(index)

    def split(self) -> None:
        """Divide the chosen one, at the playhead if that is inside it."""
        editing, state = self._editing, self._state
        if state.locked or not 0 <= state.cue < len(state.cues):
            return
        cue = state.cues[state.cue]
        at = state.position if cue.start < state.position < cue.end else None
        editing.place_cues(work.split_cue(state.cues, state.cue, at))

    def remove(self) -> None:
        """Take the chosen one out."""
        if self._state.locked or not 0 <= self._state.cue < len(self._state.cues):
            return
        self._editing.set_cues(work.remove_cue(self._state.cues, self._state.cue), self._state.cue)

    def _edit_cues(self, change: Callable[[Sequence[Cue], int], Placed]) -> None:
        self._editing.place_cues(change(self._state.cues, self._state.cue))

    def _shift(self, by: float) -> None:
        first = max(0, self._state.cue)
        moved = work.shift_cues(self._state.cues, by, first)
        self._editing.set_cues(moved, self._state.cue, "edit.video_cues_shift", "shift")

    def begin_timing(self) -> None:
        """The words are spoken from now on: the chosen subtitle begins here, and the clip plays while that is held."""
        if self._state.locked:
            return
        if not 0 <= self._state.cue < len(self._state.cues):
            self._editing.place_cues(work.add_cue(self._state.cues, self._state.position, self._state.seconds))
        else:
            self._editing.place_cues(work.retime_cue(self._state.cues, self._state.cue, self._state.position))
        self._timing = self._state.cue
        self.listening.emit(True)

    def end_timing(self) -> None:
        """The words are over: it ends here, and the next one is chosen."""
        if self._timing < 0:
            return
        number, self._timing = self._timing, -1
        self.listening.emit(False)
        self._editing.place_cues(work.retime_cue(self._state.cues, number, end=self._state.position))
        if self._state.cue + 1 < len(self._state.cues):
            self._state.choose_cue(self._state.cue + 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the table: Space held times a subtitle, Delete takes it out."""
        if event.type() in {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}:
            key: QKeyEvent = event  # type: ignore[assignment]  # the type says so
            if key.key() == Qt.Key.Key_Space:
                if not key.isAutoRepeat():
                    (self.begin_timing if event.type() == QEvent.Type.KeyPress else self.end_timing)()
                return True
            if event.type() == QEvent.Type.KeyPress and code_of(key, "media") == "remove":
                self.remove()
                return True
        return super().eventFilter(watched, event)
