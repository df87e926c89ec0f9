"""The questions of "Olah folder foto": which folder, where to, size, words, mark, names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from studio.base.errors import UserError
from studio.services.photo_folder_choice import FolderChoice, result_folder
from studio.services.photo_folder_order import FolderOrder, NameFacts, check_pattern, fill_pattern, photo_sizes
from studio.services.photo_folder_scan import check_folders, safe_name
from studio.ui.widgets.basic_parts import button, card, column, describe, label, row
from studio.ui.widgets.calm_inputs import combo_box

if TYPE_CHECKING:
    from pathlib import Path

    from studio.ui.core.desk_context import WindowTools

_PATTERNS = ("{tanggal}-{nomor}", "{tanggal}-{judul}-{nomor}", "{judul}-{nomor}", "{nama}")
_MARKS = ("", "group", "name")
_CORNERS = ("lower-right", "lower-left", "upper-right", "upper-left")


class PhotoFolderForm(QWidget):
    """The form. Its folder may be dropped on the dialog; ``trouble`` says what still stands in the way.

    Args:
        tools: what every part is given.
        credit: proposed as maker.
    """

    changed = Signal()
    source_taken = Signal()
    """Other photos than before: nobody has looked at these."""

    def __init__(self, tools: WindowTools, credit: str) -> None:
        super().__init__()
        self._tools = tools
        theme = tools.theme
        self.source: Path | None = None
        self.out: Path | None = None
        self.source_name, self.out_name = label("", "strong", wrap=True), label("", "muted", wrap=True)
        self.choose = button(theme, self._t("choose"), self._choose_source, icon="folder-open")
        self.choose_out = button(theme, self._t("choose_out"), self._choose_out, icon="folder-output")
        self.sizes, self.mark, self.corner, self.pattern = (combo_box() for _ in range(4))
        self.pattern.setEditable(True)
        self.credit, self.title = QLineEdit(credit), QLineEdit()
        self.keep_place = QCheckBox(self._t("keep_place"))
        self.sheet = QCheckBox(self._t("sheet"))
        self.example, self.trouble = label("", "muted", wrap=True), label("", "bad", wrap=True)
        self._fill()
        self._lay_out()
        for part in (self.credit, self.title):
            part.textChanged.connect(self._renew)
        self.pattern.editTextChanged.connect(self._renew)
        self.mark.currentIndexChanged.connect(self._renew)
        self._renew()

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"folder.form.{code}", **facts)

    def _fill(self) -> None:
        language = self._tools.texts.language
        for size in photo_sizes():
            self.sizes.addItem(size.names[language], size)
        for choice in _MARKS:
            self.mark.addItem(self._t(f"mark_{choice or 'none'}"), choice)
        for corner in _CORNERS:
            self.corner.addItem(self._t(corner.replace("-", "_")), corner)
        self.pattern.addItems(_PATTERNS)
        for part, code in (
            *((self.sizes, "size"), (self.mark, "mark"), (self.corner, "corner"), (self.pattern, "pattern")),
            *((self.credit, "credit"), (self.title, "title")),
        ):
            describe(part, self._t(code))
        describe(self.keep_place, self._t("keep_place"), self._t("keep_place_tip"))

    def _lay_out(self) -> None:
        px = self._tools.theme.px
        folders = column(
            self.source_name,
            row(self.choose, 1),
            self.out_name,
            row(self.choose_out, 1),
            gap=px(6),
            edges=(px(14), px(12), px(14), px(12)),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(8))
        rows: tuple[tuple[str, QWidget], ...] = (
            ("size", self.sizes),
            ("credit", self.credit),
            ("title", self.title),
            ("pattern", self.pattern),
        )
        for number, (code, part) in enumerate(rows):
            grid.addWidget(label(self._t(code), "strong"), number, 0)
            grid.addWidget(part, number, 1)
        grid.addWidget(self.example, len(rows), 1)
        grid.addWidget(label(self._t("mark"), "strong"), len(rows) + 1, 0)
        grid.addLayout(row(self.mark, self.corner, gap=px(8)), len(rows) + 1, 1)
        grid.setColumnStretch(1, 1)
        place = label(self._t("keep_place_tip"), "hint", wrap=True)
        self.setLayout(column(card(folders), grid, self.keep_place, place, self.sheet, self.trouble, 1, gap=px(10)))

    # ------------------------------------------------------------------------------------------- folders

    def _choose_source(self) -> None:
        chosen = self._tools.dialogs.choose_folder(self._t("choose"), self.source)
        if chosen is not None:
            self.take_source(chosen)

    def take_source(self, folder: Path) -> None:
        """Take a folder of photos; of a file that was dropped, the folder it lies in."""
        self.source = folder if folder.is_dir() else folder.parent
        self.source_taken.emit()
        self.out = result_folder(self.source)
        # A title that was typed stays when another folder is chosen.
        if not self.title.text():
            self.title.setText(self.source.name)
        self._renew()

    def _choose_out(self) -> None:
        chosen = self._tools.dialogs.choose_folder(self._t("choose_out"), self.out)
        if chosen is not None:
            self.out = chosen
            self._renew()

    # ------------------------------------------------------------------------------------------- what was asked

    def _renew(self, *_: object) -> None:
        """Show what follows from the answers, and what stands in the way."""
        found = self.source is not None
        self.source_name.setText(str(self.source) if found else self._t("empty"))
        self.out_name.setText(self._t("goes_to", place=str(self.out)) if found else self._t("untouched"))
        self.choose_out.setVisible(found)
        self.corner.setEnabled(bool(self.mark.currentData()))
        trouble = self.problem()
        self.trouble.setText(self._tools.texts.explain(trouble) if trouble else "")
        self.trouble.setVisible(trouble is not None)
        facts = NameFacts(date.today().isoformat(), 1, 3, "IMG_0001", self.title.text().strip())
        # Filling in a pattern that is wrong would fail.
        name = "" if trouble else safe_name(fill_pattern(self.pattern.currentText(), facts))
        self.example.setText(self._t("example", name=f"{name or 'foto-001'}.jpg"))
        self.changed.emit()

    def problem(self) -> UserError | None:
        """What stands in the way; None for nothing, also while no folder was chosen."""
        try:
            check_pattern(self.pattern.currentText())
            if self.source is not None and self.out is not None:
                check_folders(self.source, self.out)
        except UserError as error:
            return error
        return None

    def choice(self) -> FolderChoice | None:
        """What was answered; None while something is missing."""
        # Checked by the same rule as the button, so that Enter cannot go past it.
        if self.source is None or self.out is None or self.problem() is not None:
            return None
        order = FolderOrder(
            self.source,
            self.out,
            self.sizes.currentData(),
            self.credit.text().strip(),
            "",
            self.title.text().strip(),
            self.pattern.currentText(),
            corner=self.corner.currentData(),
            keep_place=self.keep_place.isChecked(),
            sheet=self.sheet.isChecked(),
        )
        return FolderChoice(order, self.mark.currentData())
