"""Earlier versions of the group's own files: which there are, how they differ from now, and back to one of them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QListWidget, QTextBrowser

from studio.base.errors import UserError
from studio.group.record_kinds import kind_at
from studio.group.record_words import record_title, record_words
from studio.services.self_map_rounds import load_instrument
from studio.ui.dialogs.history_dialog import change_html, resize_to_screen, version_title
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from studio.group.group_records import GroupRecords
    from studio.store.group_folder import GroupFolder
    from studio.store.history import EarlierVersion
    from studio.story.record_base import Record
    from studio.ui.core.desk_context import WindowTools


_MOST_SCALE = 1.4
"""Wider than for letters of this size the two lists would leave no room for what differs."""


@dataclass(frozen=True, slots=True)
class ChosenRecord:
    """The record to bring back, and where it belongs."""

    place: str
    record: Record


@dataclass(frozen=True, slots=True)
class _KeptFile:
    place: str
    title: str
    versions: tuple[EarlierVersion, ...]


class RecordHistoryDialog(StyledDialog):
    """Shows files and their versions; accepted with ``chosen`` set when the user wants one back.

    Args:
        tools: what every part is given.
        folder: where the files lie.
        now: the records as they are.
    """

    def __init__(self, tools: WindowTools, folder: GroupFolder, now: GroupRecords) -> None:
        super().__init__(tools.theme)
        self._tools = tools
        self._folder = folder
        self._now = now
        self._instrument = load_instrument()
        self._shown: Record | None = None
        self.chosen: ChosenRecord | None = None
        self._files = self._kept_files()
        theme = tools.theme
        self.setWindowTitle(tools.t("group.history.title"))
        self.files = self._list("group.history.files", 230)
        self.list = self._list("history.list", 190)
        self.view = QTextBrowser()
        describe(self.view, tools.t("history.view"))
        self.back = button(theme, tools.t("history.restore"), self._restore, look="primary", icon="rotate-ccw")
        self.back.setEnabled(False)
        close = button(theme, tools.t("dialog.close"), self.reject)
        hint = label(tools.t("history.hint" if self._files else "history.none"), "hint", wrap=True)
        middle = row(self.files, self.list, self.view, gap=theme.px(12))
        middle.setStretch(2, 1)
        buttons = row(1, close, self.back, gap=theme.px(8))
        title = label(tools.t("group.history.title"), "page")
        whole = column(title, hint, middle, buttons, gap=theme.px(12), edges=edges(theme, 20, 18))
        whole.setStretch(2, 1)
        self.setLayout(whole)
        resize_to_screen(self, theme.px(960), theme.px(560))
        self.files.addItems([file.title for file in self._files])
        self.files.currentRowChanged.connect(self._show_file)
        self.list.currentRowChanged.connect(self._show_version)
        if self._files:
            self.files.setCurrentRow(0)

    def _list(self, name: str, width: int) -> QListWidget:
        made = QListWidget()
        made.setProperty("look", "framed")
        made.setWordWrap(True)
        theme = self._tools.theme
        made.setFixedWidth(round(width * min(theme.scale, _MOST_SCALE)))
        describe(made, self._tools.t(name))
        return made

    def _kept_files(self) -> list[_KeptFile]:
        """Those that changed last first."""
        found = []
        for place in self._folder.kept_places():
            versions = self._folder.earlier_versions(place)
            if versions:
                found.append(_KeptFile(place, self._file_title(place, versions[0]), versions))
        return sorted(found, key=lambda file: file.versions[0].written, reverse=True)

    def _file_title(self, place: str, newest: EarlierVersion) -> str:
        texts, record = self._tools.texts, self._now.by_place.get(place)
        if record is not None:
            return record_title(record, texts)
        try:
            name = record_title(self._read(place, newest), texts)
        except UserError:
            # A version that cannot be read is listed all the same, so that nothing seems lost.
            name = place
        return texts.text("group.history.gone", name=name)

    def _read(self, place: str, version: EarlierVersion) -> Record:
        kind = kind_at(place)
        if kind is None:
            raise UserError("group.place", name=place)
        return self._folder.read_version(place, version.name, kind)

    def _show_file(self, at: int) -> None:
        self.list.clear()
        self.list.addItems([version_title(self._tools, version) for version in self._files[at].versions])
        self.list.setCurrentRow(0)

    def _show_version(self, at: int) -> None:
        self._shown = None
        self.back.setEnabled(False)
        file = self._files[self.files.currentRow()]
        # A list that is cleared says that row -1 is the current one.
        if not 0 <= at < len(file.versions):
            return
        try:
            self._shown = self._read(file.place, file.versions[at])
        except UserError as error:
            self.view.setPlainText(self._tools.texts.explain(error))
            return
        self.view.setHtml(self._html(self._shown, self._now.by_place.get(file.place)))
        self.back.setEnabled(not self._folder.read_only and self._shown != self._now.by_place.get(file.place))

    def _html(self, then: Record, now: Record | None) -> str:
        if then == now:
            return f"<p>{escape(self._tools.t('history.same'))}</p>"
        before = record_words(then, self._instrument, self._tools.texts)
        if now is None:
            return "".join(change_html(self._tools, name, text, text) for name, text in before.items())
        after = record_words(now, self._instrument, self._tools.texts)
        differing = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        if not differing:  # where a photo is cropped, say: no field of a form
            return f"<p>{escape(self._tools.t('group.history.elsewhere'))}</p>"
        return "".join(change_html(self._tools, each, before.get(each, ""), after.get(each, "")) for each in differing)

    def _restore(self) -> None:
        if self._shown is not None:
            self.chosen = ChosenRecord(self._files[self.files.currentRow()].place, self._shown)
            self.accept()
