"""Ctrl+F1: every shortcut, by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from studio.ui.core.shortcut_table import GROUPS, TABLE, keys_text
from studio.ui.widgets.basic_parts import button, card, column, edges, label, row, scrolled
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFrame

    from studio.ui.core.desk_context import WindowTools


class ShortcutsDialog(StyledDialog):
    """The shortcuts of the window."""

    def __init__(self, tools: WindowTools) -> None:
        super().__init__(tools.theme)
        self._tools = tools
        theme = tools.theme
        self.setWindowTitle(tools.t("help.title"))
        left = column(*(self._group(group) for group in (*GROUPS[:2], *GROUPS[4:])), 1, gap=theme.px(12))
        right = column(*(self._group(group) for group in GROUPS[2:4]), 1, gap=theme.px(12))
        inside = QWidget()
        inside.setLayout(row(left, right, gap=theme.px(12)))
        close = button(theme, tools.t("dialog.close"), self.accept, look="primary")
        area = scrolled(inside)
        whole = column(
            label(tools.t("help.title"), "page"), area, row(1, close), gap=theme.px(12), edges=edges(theme, 20, 18)
        )
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.resize(theme.px(820), theme.px(640))
        close.setFocus()

    def _group(self, group: str) -> QFrame:
        theme = self._tools.theme
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(5))
        grid.setColumnStretch(0, 1)
        for at, shortcut in enumerate(entry for entry in TABLE if entry.group == group):
            grid.addWidget(label(self._tools.t(shortcut.title), wrap=True), at, 0)
            grid.addWidget(label(keys_text(shortcut), "key"), at, 1, Qt.AlignmentFlag.AlignRight)
        title = label(self._tools.t(f"help.{group}"), "title")
        return card(column(title, grid, gap=theme.px(8), edges=edges(theme, 16, 12)))
