"""The bin: deleted stories, to bring back or to delete for good."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from studio.base.errors import UserError
from studio.base.relative_dates import short_date
from studio.ui.dialogs.dialog_service import DialogChoice
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace


class BinDialog(StyledDialog):
    """Shows the bin. ``restored`` is the folder of the story brought back last, "" for none.

    Args:
        tools: what every part is given.
        stories: the open workspace.
    """

    def __init__(self, tools: WindowTools, stories: OpenWorkspace) -> None:
        super().__init__(tools.theme)
        self._tools = tools
        self._stories = stories
        self.restored = ""
        theme = tools.theme
        self.setWindowTitle(tools.t("bin.title"))
        self.list = QListWidget()
        self.list.setProperty("look", "framed")
        self.list.setWordWrap(True)
        describe(self.list, tools.t("bin.list"))
        self.back = button(theme, tools.t("bin.restore"), self._restore, look="primary", icon="archive-restore")
        self.gone = button(theme, tools.t("bin.purge"), self._purge, look="danger", icon="trash-2")
        close = button(theme, tools.t("dialog.close"), self.reject)
        self.hint = label(tools.t("bin.hint"), "hint", wrap=True)
        buttons = row(self.gone, 1, close, self.back, gap=theme.px(8))
        self.setLayout(
            column(
                label(tools.t("bin.title"), "page"),
                self.hint,
                self.list,
                buttons,
                gap=theme.px(12),
                edges=edges(theme, 20, 18),
            )
        )
        self.resize(theme.px(520), theme.px(440))
        self.list.itemSelectionChanged.connect(self._on_choice)
        self.list.itemDoubleClicked.connect(lambda _: self._restore())
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        for name in self._stories.workspace.bin.names():
            item = QListWidgetItem(self._tools.theme.icon("file-text", size=16), self._title(name))
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
        else:
            self.hint.setText(self._tools.t("bin.empty"))
        self._on_choice()

    def _name(self) -> str:
        chosen = self.list.selectedItems()
        return str(chosen[0].data(Qt.ItemDataRole.UserRole)) if chosen else ""

    def _title(self, name: str) -> str:
        """Headline and day, by which people know a story; its folder when it cannot be read."""
        headline = self._stories.workspace.bin.headline(name)
        if not headline:
            return name
        try:
            day = short_date(datetime.fromisoformat(name[:10]), datetime.now(), self._tools.texts)
        except ValueError:
            return headline
        return f"{headline}  ·  {day}"

    def _on_choice(self) -> None:
        can = bool(self._name()) and not self._stories.workspace.read_only
        self.back.setEnabled(can)
        self.gone.setEnabled(can)

    def _restore(self) -> None:
        name = self._name()
        if not name:
            return
        try:
            self.restored = self._stories.give_back(name)
        except UserError as error:
            self._tools.dialogs.explain(error)
            return
        self.accept()

    def _purge(self) -> None:
        name = self._name()
        if not name:
            return
        choice = DialogChoice("purge", self._tools.t("bin.purge"), destructive=True)
        question = self._tools.t("bin.purge_sure", name=f"“{self._title(name)}”")
        if self._tools.dialogs.ask(self._tools.t("bin.title"), question, [choice], tone="warning") != "purge":
            return
        try:
            self._stories.workspace.bin.purge_story(name)
        except UserError as error:
            self._tools.dialogs.explain(error)
        self._fill()
