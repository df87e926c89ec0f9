"""Who writes: a button in the status bar with the group's members, and the question of the first run."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton

from studio.services.who_writes import choose_writer, is_writer_unknown, writer_names
from studio.ui.shell.message_banner import BannerMessage
from studio.ui.widgets.basic_parts import describe

if TYPE_CHECKING:
    from studio.store.workspace import Workspace
    from studio.ui.core.desk_context import WindowTools

_LONGEST = 160
"""Design pixels of a name; longer ones end in an ellipsis."""


class WriterChoice(QToolButton):
    """Shows who writes; a press offers the names.

    Args:
        tools: what every part is given.
        workspace: whose members are offered, and for which the choice is kept.
    """

    chosen = Signal()
    """Another name, or nobody, writes from now on; or the question was passed over."""

    def __init__(self, tools: WindowTools, workspace: Workspace) -> None:
        super().__init__()
        self._tools = tools
        self._workspace = workspace
        theme = tools.theme
        self.setIcon(theme.icon("user-pen", size=14))
        self.setIconSize(theme.icon_size(14))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.aboutToShow.connect(partial(self._fill, menu))
        self.setMenu(menu)
        self._show()

    def _show(self) -> None:
        name = self._tools.settings.text("author")
        text = name or self._tools.t("writer.nobody")
        width = self._tools.theme.px(_LONGEST)
        self.setText(f" {self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)}")
        describe(self, self._tools.t("writer.now", name=text), self._tools.t("writer.tip", name=text))

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        now = self._tools.settings.text("author")
        for name in writer_names(self._tools.settings, self._workspace.group):
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name == now)
            action.triggered.connect(partial(self._choose, name))
        menu.addSeparator()
        menu.addAction(self._tools.t("writer.other")).triggered.connect(self._ask)
        nobody = menu.addAction(self._tools.t("writer.nobody"))
        nobody.setCheckable(True)
        nobody.setChecked(not now)
        nobody.triggered.connect(partial(self._choose, ""))

    def _choose(self, name: str, _: object = None) -> None:
        choose_writer(self._tools.settings, self._workspace.path, name)
        self._show()
        self.chosen.emit()

    def _ask(self, _: object = None) -> None:
        title, name = self._tools.t("writer.title"), self._tools.t("writer.name")
        now = self._tools.settings.text("author")
        asked = self._tools.dialogs.ask_text(title, name, now, hint=self._tools.t("writer.hint"))
        if asked is not None:
            self._choose(asked)

    # ------------------------------------------------------------------------------------------- the first run

    def question(self) -> BannerMessage:
        """What the first run asks, once; without text when a name is known or the question was passed over."""
        if self._workspace.read_only or not is_writer_unknown(self._tools.settings):
            return BannerMessage("")
        tools = self._tools
        actions = ((tools.t("writer.choose"), self._answer), (tools.t("writer.skip"), self._skip))
        return BannerMessage(tools.t("writer.question"), actions, "quiet")

    def _answer(self) -> None:
        if writer_names(self._tools.settings, self._workspace.group):
            self.showMenu()
        else:
            self._ask()

    def _skip(self) -> None:
        self._tools.settings.set("writer_asked", True)
        self.chosen.emit()
