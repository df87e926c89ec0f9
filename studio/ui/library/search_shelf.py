"""Kept searches in a menu beside the search box, what is chosen of them, and what to do where nothing is found."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from studio.services.saved_searches import (
    SAVED_FILTERS,
    NextStep,
    SavedFilter,
    StorySearch,
    drop_search,
    keep_search,
    read_search,
)
from studio.ui.widgets.basic_parts import button, clear, column, describe, edges, label, scrolled, tool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QAction

    from studio.ui.core.desk_context import WindowTools

ICONS: Mapping[SavedFilter, str] = {
    "comments": "message-square",
    "expiring": "calendar-clock",
    "correction": "megaphone",
}
_STEP_ICONS: Mapping[NextStep, str] = {
    "clear": "eraser",
    "show_all": "list",
    "new": "plus",
    "sample": "sparkles",
    "bin": "archive-restore",
}


class SearchShelf(QObject):
    """The kept searches.

    Args:
        tools: what every part is given.
        search: what the list is asked for now.
        count: how many stories a filter lets through.
    """

    chosen = Signal(object)
    """A ``StorySearch`` is wanted."""

    def __init__(
        self,
        tools: WindowTools,
        search: Callable[[], StorySearch],
        count: Callable[[SavedFilter], int],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._tools, self._search, self._count = tools, search, count
        self.menu = QMenu(parent)
        self.menu.aboutToShow.connect(self._fill)
        self.button: QToolButton = tool(tools.theme, "bookmark", tools.t("library.saved"), size=16)
        describe(self.button, tools.t("library.saved"), tools.t("library.saved_tip"))
        self.button.setMenu(self.menu)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.now: QPushButton = button(tools.theme, "", self._leave, look="chip", icon="x")
        self.now.setCheckable(True)
        self.now.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross behind the words
        self.now.hide()

    def _own(self) -> dict[str, str]:
        return self._tools.settings.notes("searches")

    def _fill(self) -> None:
        """How many each filter finds is counted when the menu opens: 10,000 stories take a few milliseconds."""
        t, now = self._tools.t, self._search()
        self.menu.clear()
        for code in SAVED_FILTERS:
            text = t("library.saved_count", name=t(f"library.saved_{code}"), count=self._count(code))
            self._add(text, partial(self._choose, StorySearch(saved=code)), ICONS[code], checked=now.saved == code)
        own = {name: found for name, kept in self._own().items() if (found := read_search(kept)) is not None}
        if own:
            self.menu.addSeparator()
        for name, kept in own.items():
            # A menu takes a single & for the sign before a shortcut.
            self._add(name.replace("&", "&&"), partial(self._choose, kept), "search", checked=kept == now)
        self.menu.addSeparator()
        keep = self._add(t("library.keep_search"), self._keep_search, "bookmark-plus")
        keep.setEnabled(now.narrow)
        if own:
            gone = self.menu.addMenu(self._tools.theme.icon("trash-2", size=16), t("library.drop_search"))
            for name in own:
                gone.addAction(name.replace("&", "&&")).triggered.connect(partial(self._drop, name))

    def _add(self, text: str, on: Callable[[], object], icon: str, *, checked: bool = False) -> QAction:
        action = self.menu.addAction(self._tools.theme.icon(icon, size=16), text)
        if checked:
            action.setCheckable(True)
            action.setChecked(True)
        action.triggered.connect(lambda _=False: on())
        return action

    def _choose(self, search: StorySearch) -> None:
        self.chosen.emit(search)

    def _leave(self) -> None:
        """Without the filter; the words in the search box stay."""
        now = self._search()
        # Made anew, not replaced: only words and chip are kept.
        self.chosen.emit(StorySearch(now.text, now.chip))

    def _keep_search(self) -> None:
        t, now = self._tools.t, self._search()
        offered = now.text.strip() or (t(f"library.saved_{now.saved}") if now.saved else "")
        name = self._tools.dialogs.ask_text(t("library.keep_title"), t("library.keep_name"), offered)
        if name is not None and name.strip():
            self._tools.settings.set("searches", keep_search(self._own(), " ".join(name.split()), now))

    def _drop(self, name: str, _checked: bool = False) -> None:
        self._tools.settings.set("searches", drop_search(self._own(), name))

    def show_search(self, search: StorySearch) -> None:
        """Show which filter is chosen, with a cross that leaves it."""
        self.now.setVisible(bool(search.saved))
        if search.saved:
            name = self._tools.t(f"library.saved_{search.saved}")
            self.now.setText(f"{name}  ")
            # A click has unchecked it, though the filter is in force whenever it is shown.
            self.now.setChecked(True)
            describe(self.now, self._tools.t("library.leave_filter", name=name))


class NothingFound(QWidget):
    """What stands in the place of an empty list: why, and at most three ways on, each a button that goes there.

    Args:
        tools: what every part is given.
    """

    asked = Signal(str)
    """A ``NextStep``."""

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._tools = tools
        self._shown: object = None
        self.told = label("", "title", wrap=True)
        self.told.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.buttons: dict[NextStep, QPushButton] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(tools.theme.px(8))
        ways = QWidget()
        ways.setLayout(column(1, self.told, self._list, 2, gap=tools.theme.px(14), edges=edges(tools.theme, 24, 24)))
        # Of large letters there is more than room: then this scrolls, and what stands above keeps its height.
        self.setLayout(column(scrolled(ways), gap=0))

    def show_steps(self, steps: Sequence[NextStep], *, searched: bool) -> None:
        """Show ways on.

        Args:
            steps: which.
            searched: there are stories, but none that is like what was asked for.
        """
        # Buttons that are right already stay, and keep the focus.
        if (tuple(steps), searched) == self._shown:
            return
        self._shown = (tuple(steps), searched)
        theme, t = self._tools.theme, self._tools.t
        self.told.setText(t("library.nothing_found" if searched else "library.nothing_yet"))
        clear(self._list)
        self.buttons = {}
        for number, step in enumerate(steps):
            look = "" if number else "primary"
            on = partial(self.asked.emit, step)
            made = button(theme, t(f"library.step_{step}"), on, look=look, icon=_STEP_ICONS[step])
            self.buttons[step] = made
            self._list.addWidget(made)
