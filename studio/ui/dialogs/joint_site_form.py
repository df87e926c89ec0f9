"""The questions of "Situs bersama": the workspaces of which groups, where to, at which address."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QListWidgetItem, QWidget

from studio.services.joint_site import find_workspaces, look_at_groups
from studio.ui.widgets.basic_parts import button, column, describe, empty, label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.services.joint_site import JointOutlook
    from studio.ui.core.desk_context import WindowTools

_FOLDER = Qt.ItemDataRole.UserRole


class JointSiteForm(QWidget):
    """The form; what is answered is kept in the settings.

    Args:
        tools: what every part is given.
    """

    changed = Signal()

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._tools = tools
        theme = tools.theme
        self.groups = QListWidget()
        self.add = button(theme, self._t("add"), self._ask_folder, icon="folder-plus", tip=self._t("add_tip"))
        self.drop_out = button(
            theme, self._t("remove"), self.remove_chosen, icon="x", tip=self._t("remove_tip"), key="Del"
        )
        self.nothing = empty(theme, "globe", self._t("empty"), self._t("empty_hint"))
        self.out_name = label("", "strong", wrap=True)
        self.choose_out = button(theme, self._t("choose_out"), self._ask_out, icon="folder-output")
        self.address = QLineEdit(tools.settings.text("joint_address"))
        self._lay_out()
        self.groups.itemSelectionChanged.connect(self._show_answers)
        self.address.editingFinished.connect(self.keep_address)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.groups)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove_chosen)
        for name in tools.settings.words("joint_groups"):
            self._add_row(Path(name))
        self._read_names()
        self._show_answers()

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"joint.form.{code}", **facts)

    def _lay_out(self) -> None:
        self.groups.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.groups.setMinimumHeight(self._tools.theme.px(180))
        self.groups.setProperty("look", "framed")
        describe(self.groups, self._t("groups"), self._t("groups_tip"))
        describe(self.address, self._t("address"), self._t("address_tip"))
        self.address.setPlaceholderText(self._t("address_tip"))
        self.setLayout(
            column(
                label(self._t("about"), "hint", wrap=True),
                *(self.nothing, self.groups, row(self.add, self.drop_out, 1)),
                *(label(self._t("out"), "strong"), self.out_name, row(self.choose_out, 1)),
                *(label(self._t("address"), "strong"), self.address),
                gap=self._tools.theme.px(8),
            )
        )

    @property
    def folders(self) -> tuple[Path, ...]:
        """The workspaces of the list."""
        return tuple(Path(self.groups.item(at).data(_FOLDER)) for at in range(self.groups.count()))

    @property
    def out(self) -> Path | None:
        """The folder of the site; None while none is chosen."""
        chosen = self._tools.settings.text("joint_out")
        return Path(chosen) if chosen else None

    def keep_address(self) -> str:
        """Keep the address; gives what was typed."""
        told = self.address.text().strip()
        self._tools.settings.set("joint_address", told)
        return told

    def take_folders(self, given: Sequence[Path]) -> None:
        """Look for workspaces in folders and put them on the list."""
        work = partial(find_workspaces, given)
        told = self._tools.dialogs.explain
        self._tools.jobs.start(self._t("looking"), work, done=self._add_found, failed=told, owner=self)

    def _add_found(self, found: Sequence[Path]) -> None:
        known = {*self.folders}
        for folder in found:
            if folder not in known:
                self._add_row(folder)
        self._keep_groups()

    def _add_row(self, folder: Path) -> None:
        item = QListWidgetItem(self._tools.theme.icon("folder", size=16), folder.name, self.groups)
        item.setData(_FOLDER, str(folder))
        item.setToolTip(str(folder))

    def remove_chosen(self) -> None:
        """Take the chosen groups off the list; no file of theirs is touched."""
        for item in self.groups.selectedItems():
            self.groups.takeItem(self.groups.row(item))
        self._keep_groups()

    def _keep_groups(self) -> None:
        self._tools.settings.set("joint_groups", [str(folder) for folder in self.folders])
        self._read_names()
        self._show_answers()

    def _read_names(self) -> None:
        """Read in a worker what the groups are called."""
        if self.folders:
            work = partial(look_at_groups, self.folders, None)
            self._tools.jobs.start("", work, done=self.show_names, owner=self, lane="quick", quiet=True)

    def show_names(self, seen: JointOutlook) -> None:
        """Show what the groups are called, and which of them cannot be opened."""
        told = {str(each.folder): each for each in seen.groups}
        for at in range(self.groups.count()):
            item = self.groups.item(at)
            if (each := told.get(item.data(_FOLDER))) is None:
                continue
            item.setText(" · ".join(filter(None, (each.name, each.area or each.folder.name))))
            if each.problem is not None:
                item.setText(self._t("gone", name=each.name))
                item.setIcon(self._tools.theme.icon("triangle-alert", "bad", size=16))
                item.setToolTip(self._tools.texts.explain(each.problem))

    def _ask_folder(self) -> None:
        if chosen := self._tools.dialogs.choose_folder(self._t("add")):
            self.take_folders([chosen])

    def _ask_out(self) -> None:
        if chosen := self._tools.dialogs.choose_folder(self._t("choose_out"), self.out):
            self._tools.settings.set("joint_out", str(chosen))
            self._show_answers()

    def _show_answers(self) -> None:
        there, out = self.groups.count() > 0, self.out
        self.nothing.setVisible(not there)
        self.groups.setVisible(there)
        self.drop_out.setVisible(there)
        self.drop_out.setEnabled(bool(self.groups.selectedItems()))
        self.out_name.setText(str(out) if out else self._t("no_out"))
        self.changed.emit()
