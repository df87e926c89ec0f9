"""The left side of the window: whose workspace it is, a new story, search, filters, the list."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QFocusEvent, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QMenu,
    QSizePolicy,
    QToolButton,
)

from studio.base.errors import UserError
from studio.services.saved_searches import SavedFilter, StorySearch, next_steps
from studio.services.story_list import FILTERS, ORDERS, Order, StoryRow
from studio.ui.core.shortcut_table import KEYS
from studio.ui.library.card_delegate import CardDelegate
from studio.ui.library.group_head import GroupHead
from studio.ui.library.library_model import ROW, LibraryModel
from studio.ui.library.search_shelf import NothingFound, SearchShelf
from studio.ui.widgets.basic_parts import ChoiceGroup, button, column, describe, label, picture, row, tool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QPushButton

    from studio.services.story_list import StorySource
    from studio.story.model import Group
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.library.thumbnail_store import ThumbnailStore

SEARCH_PAUSE_MS = 150
WIDTH = 304
_PICKING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class StoryList(QListView):
    """The list; Enter and Delete ask for what they say, and taking the focus chooses nothing."""

    removal_asked = Signal()
    activated_by_key = Signal()
    picking = False
    """Whether the key or click under way picks stories, with Ctrl or Shift, instead of opening one."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open a story, or pick several as in any list of files."""
        self.picking = bool(event.modifiers() & _PICKING)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The click is over: what becomes current from now on is opened again."""
        super().mouseReleaseEvent(event)
        self.picking = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the focus. Qt would choose the first row where none is chosen, and so open that story."""
        chosen = self.currentIndex().isValid()
        self.selectionModel().blockSignals(not chosen)
        super().focusInEvent(event)
        if not chosen:
            self.selectionModel().clear()
            self.selectionModel().blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the story's text, Delete asks to remove it."""
        if event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.activated_by_key.emit()
        else:
            self.picking = bool(event.modifiers() & _PICKING)
            super().keyPressEvent(event)
            self.picking = False


class LibraryPanel(QFrame):
    """The stories of the workspace.

    Args:
        tools: what every part is given.
        source: finds stories.
        thumbs: their pictures.
        group: whose workspace it is.
        logo: the group's logo, None draws its initials.
    """

    picked = Signal(str)
    """Folder of the story the user chose."""
    opened = Signal()
    """Enter was pressed: on to writing."""
    step_asked = Signal(str)
    """Code of an action of the window: a way on from an empty list."""
    removal_asked = Signal(str)
    queue_asked = Signal(tuple)
    """Folders of several stories that are to be exported."""

    def __init__(
        self,
        tools: WindowTools,
        source: StorySource,
        thumbs: ThumbnailStore,
        group: Group,
        logo: QPixmap | None,
        menu: QMenu,
    ) -> None:
        super().__init__()
        self.setObjectName("library")
        self._tools = tools
        self.model = LibraryModel(source, tools.texts, self)
        self._saved: SavedFilter = ""
        self.total = -1
        """Stories of the workspace; below 0 while that is not known."""
        self.looked = False
        """Whether the folders were looked through: before, an empty list says nothing."""
        self._current = ""
        self._restoring = False
        self._order: Order = cast("Order", tools.settings.text("sort"))
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        self.search = self._make_search()
        self.chips = ChoiceGroup(self)
        self.view = self._make_view(thumbs)
        self.shelf = SearchShelf(tools, self.current_search, partial(_count_saved, source), self)
        self.nothing = NothingFound(tools)
        self.count = label("", "muted")
        self.queue = button(tools.theme, "", self._ask_queue, look="link", tip=tools.t("library.queue_tip"))
        self.queue.hide()
        self.group_head = GroupHead(tools, group, logo)
        self.setFixedWidth(tools.theme.px(WIDTH))
        self._lay_out(menu)

    # ------------------------------------------------------------------------------------------- parts

    def _make_search(self) -> QLineEdit:
        theme = self._tools.theme
        field = QLineEdit()
        field.setPlaceholderText(self._tools.t("library.search_hint"))
        # Not an action of the field: its icon would keep one size whatever the size of the text.
        mark = picture(theme, "search", "muted", 16)
        mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        field.setLayout(row(mark, 1, edges=(theme.px(10), 0, 0, 0)))
        field.setTextMargins(theme.px(22), 0, 0, 0)
        describe(field, self._tools.t("library.search"), self._tools.t("library.search_tip"), KEYS["search"])
        field.textChanged.connect(self._on_search)
        field.returnPressed.connect(self._into_list)
        return field

    def _make_view(self, thumbs: ThumbnailStore) -> StoryList:
        view = StoryList()
        view.setModel(self.model)
        # Cards are equally high: Qt measures one and not two thousand.
        view.setUniformItemSizes(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setMouseTracking(True)
        view.setItemDelegate(
            CardDelegate(
                self._tools.theme, self._tools.texts, lambda shown: thumbs.get(shown.folder, shown.thumb), view
            )
        )
        thumbs.ready.connect(self._on_thumb)
        describe(view, self._tools.t("library.list"), self._tools.t("library.list_tip"), KEYS["list"])
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.selectionModel().currentChanged.connect(lambda current, _before: self._on_current(current))
        view.selectionModel().selectionChanged.connect(lambda *_: self._show_picked())
        view.clicked.connect(self._on_current)
        view.removal_asked.connect(lambda: self.removal_asked.emit(self._current))
        view.activated_by_key.connect(self.opened)
        view.doubleClicked.connect(lambda _: self.opened.emit())
        return view

    def _lay_out(self, menu: QMenu) -> None:
        tools, px = self._tools, self._tools.theme.px
        head = row(self.group_head, self._menu_button(menu), gap=px(4))
        head.setStretch(0, 1)
        begin = partial(self.step_asked.emit, "new")
        new = button(tools.theme, tools.t("library.new"), begin, look="primary", icon="plus", key=KEYS["new"])
        new.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        chips = row(*self._make_chips(), 1, self._order_button(), gap=px(5))
        asked = row(self.search, self.shelf.button, gap=px(4))
        top = column(head, new, asked, chips, row(self.shelf.now, 1), gap=px(10), edges=(px(16), px(14), px(14), px(8)))
        self.shelf.chosen.connect(self.choose_search)
        self.nothing.asked.connect(partial(_take_step, self))
        self.nothing.hide()
        foot = row(self.count, 1, self.queue, edges=(px(18), px(4), px(14), px(6)))
        self.setLayout(column(top, self.view, self.nothing, foot, gap=0))

    def _menu_button(self, menu: QMenu) -> QToolButton:
        made = tool(self._tools.theme, "chevrons-up-down", self._tools.t("library.menu"), key=KEYS["workspaces"])
        made.setMenu(menu)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made

    def _make_chips(self) -> list[QPushButton]:
        self.chips.setExclusive(True)
        made = []
        for number, (code, _) in enumerate(FILTERS):
            text = self._tools.t(f"library.filter.{code}")
            chip = button(self._tools.theme, text, look="chip", tip=self._tools.t(f"library.filter.{code}_tip"))
            chip.setCheckable(True)
            chip.setChecked(number == 0)
            self.chips.addButton(chip, number)
            made.append(chip)
        self.chips.idClicked.connect(lambda _: self.ask())
        return made

    def _order_button(self) -> QToolButton:
        made = tool(self._tools.theme, "arrow-up-down", self._tools.t("library.sort"), size=16)
        menu, only_one = QMenu(made), QActionGroup(made)
        for order in ORDERS:
            action = QAction(self._tools.t(f"library.sort.{order}"), menu, checkable=True, checked=order == self._order)
            action.triggered.connect(self._order_setter(order))
            only_one.addAction(action)
            menu.addAction(action)
        made.setMenu(menu)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made

    def _order_setter(self, order: Order) -> Callable[[], None]:
        def choose() -> None:
            self._order = order
            self._tools.settings.set("sort", order)
            self.ask()

        return choose

    # ------------------------------------------------------------------------------------------- behaviour

    def ask(self) -> None:
        """Show what matches the search box, the filter and the order."""
        self._pause.stop()
        _, statuses = FILTERS[max(0, self.chips.checkedId())]
        self._quietly(lambda: self.model.ask(self.search.text().strip(), statuses, self._order, self._saved))
        _show_nothing(self)

    def current_search(self) -> StorySearch:
        """What the list is asked for now."""
        return StorySearch(self.search.text().strip(), FILTERS[max(0, self.chips.checkedId())][0], self._saved)

    def choose_search(self, search: StorySearch) -> None:
        """Ask for what a kept search asks for."""
        self._saved = search.saved
        self.shelf.show_search(search)
        codes = [code for code, _ in FILTERS]
        self.chips.button(codes.index(search.chip) if search.chip in codes else 0).setChecked(True)
        self.search.setText(search.text)
        self.ask()

    def reload(self) -> None:
        """The stories changed, or were looked through for the first time: show them as they are now."""
        self.looked = True
        self.model.reload(partial(_show_reloaded, self))

    def show_verdicts(self, held: Mapping[str, bool]) -> None:
        """More is known of what the gate says: see ``LibraryModel.show_held``."""
        self.model.show_held(held)

    def show_count(self, total: int) -> None:
        """What stands below the list; where there is none, what to do."""
        self.total = total
        self.count.setText(self._tools.t("library.count", n=total))
        _show_nothing(self)

    def select(self, folder: str) -> None:
        """Mark the open story, without opening it again; "" marks none."""
        self._current = folder
        self._quietly(lambda: None)

    @property
    def current(self) -> str:
        """Folder of the marked story."""
        return self._current

    @property
    def picked_folders(self) -> tuple[str, ...]:
        """Folders of what is marked, in the order of the list."""
        marked = sorted(self.view.selectedIndexes(), key=QModelIndex.row)
        return tuple(shown.folder for index in marked if (shown := index.data(ROW)) is not None)

    def _show_picked(self) -> None:
        picked = len(self.view.selectedIndexes())
        self.queue.setVisible(picked > 1)
        self.queue.setText(self._tools.t("library.queue", stories=picked))

    def _ask_queue(self) -> None:
        self.queue_asked.emit(self.picked_folders)

    def move_selection(self, by: int) -> None:
        """Go to the next (1) or previous (-1) story of the list."""
        at = self.view.currentIndex().row() + by
        if 0 <= at < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(at))

    def _quietly(self, change: Callable[[], None]) -> None:
        self._restoring = True
        picked = self.picked_folders
        try:
            change()
            found = self.model.position(self._current) if self._current else QModelIndex()
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            if found.isValid():
                self.view.selectionModel().setCurrentIndex(found, flags)
            else:
                self.view.selectionModel().clear()
            if len(picked) > 1 and self._current in picked:
                marked = QItemSelection()
                for at in self.model.positions(picked):
                    marked.select(at, at)
                self.view.selectionModel().select(marked, QItemSelectionModel.SelectionFlag.Select)
        finally:
            self._restoring = False

    def _on_current(self, current: QModelIndex) -> None:
        shown: StoryRow | None = current.data(ROW)
        if self._restoring or self.view.picking or shown is None or shown.folder == self._current:
            return
        self._current = shown.folder
        self.picked.emit(shown.folder)

    def _on_thumb(self, _folder: str, _file: str) -> None:
        self.view.viewport().update()

    def _on_search(self, text: str) -> None:
        self.search.setClearButtonEnabled(bool(text))  # its icon costs time that the first window does not have
        self._pause.start()

    def _into_list(self) -> None:
        self.ask()
        self.view.setFocus()
        if self.model.rowCount() and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0))


def _count_saved(source: StorySource, saved: SavedFilter) -> int:
    with suppress(UserError):  # the drive is gone or full
        return source.count("", (), saved)
    return 0


def _show_reloaded(panel: LibraryPanel, change: Callable[[], None]) -> None:
    panel._quietly(change)
    _show_nothing(panel)


def _take_step(panel: LibraryPanel, step: str) -> None:
    """Go on from an empty list."""
    now = panel.current_search()
    if step == "clear":
        panel.choose_search(StorySearch("", now.chip, now.saved))
        panel.search.setFocus()
    elif step == "show_all":
        panel.choose_search(StorySearch(now.text))
        panel.view.setFocus()
    else:
        panel.step_asked.emit(step)


def _show_nothing(panel: LibraryPanel) -> None:
    """Ways on in the place of the list where it is empty; not before the workspace was looked through."""
    none = panel.looked and panel.total >= 0 and not panel.model.rowCount()
    focused = panel.view.hasFocus()
    if none:
        panel.nothing.show_steps(next_steps(panel.current_search(), panel.total), searched=bool(panel.total))
    panel.nothing.setVisible(none)
    panel.view.setVisible(not none)
    if none and focused:  # the list had the keyboard, and is gone
        next(iter(panel.nothing.buttons.values())).setFocus()
