"""The group's logo, two colours and font, with their effect to be seen in the samples beside them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton

from studio.base.errors import UserError
from studio.services.group_profile import colors_of_logo, ready_mark, studio_palettes
from studio.story.model import GroupColors
from studio.story.typed_names import initials
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row
from studio.ui.widgets.calm_inputs import combo_box
from studio.ui.widgets.drawn_marks import initials_mark, logo_mark, split_swatch, swatch

if TYPE_CHECKING:
    from pathlib import Path

    from studio.story.model import Group
    from studio.ui.core.desk_context import DeskContext

_PALETTES_ABREAST = 6


class IdentityCard(QFrame):
    """Logo, colours, palettes, font; each is kept at once, for all stories, and can be taken back.

    Args:
        bench: what a desk works with.
    """

    changed = Signal()

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        theme, px = bench.tools.theme, bench.tools.theme.px
        self.setProperty("look", "card")
        self._mark = QLabel()
        self.logo = button(theme, self._t("logo"), self._choose_logo, icon="image-plus")
        self.colors: dict[str, QPushButton] = {}
        for name in ("main", "accent"):
            self.colors[name] = button(theme, self._t(f"color_{name}"), partial(self._choose_color, name))
            self.colors[name].setText(f"  {self._t(f'color_{name}')}")
        self.font_box = combo_box()
        describe(self.font_box, self._t("font"))
        for font in ("sans", "serif"):
            self.font_box.addItem(self._t(f"font.{font}"), font)
        self.font_box.activated.connect(self._choose_font)
        self.from_logo = button(theme, self._t("logo_colors"), self._take_logo_colors, icon="pipette")
        self.undo = button(theme, self._t("undo_face"), self.take_back, icon="undo-2")
        self._before: list[Group] = []
        self.palettes: dict[str, QPushButton] = {}
        font_label = label(self._t("font"), "muted")
        font_label.setBuddy(self.font_box)
        self.setLayout(
            column(
                row(
                    column(label(self._t("identity"), "title"), label(self._t("kept_group"), "hint"), gap=px(2)),
                    1,
                    self.undo,
                    gap=px(8),
                ),
                row(self._mark, self.logo, self.from_logo, 1, gap=px(8)),
                row(*self.colors.values(), 1, gap=px(8)),
                self._palette_grid(),
                row(font_label, self.font_box, 1, gap=px(8)),
                gap=px(10),
                edges=edges(theme, 16, 14),
            )
        )
        self.setEnabled(not bench.workspace.read_only)
        self._show()

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"gallery.{code}", **facts)

    def _palette_grid(self) -> QGridLayout:
        """A button for each pair of colours, which shows both."""
        grid = QGridLayout()
        grid.setSpacing(self._bench.tools.theme.px(4))
        grid.setColumnStretch(_PALETTES_ABREAST, 1)
        theme = self._bench.tools.theme
        side = theme.px(26)
        for palette in studio_palettes():
            name = palette.name_en if self._bench.tools.texts.language == "en" else palette.name
            made = QPushButton()
            made.setProperty("look", "quiet")
            made.setIcon(QIcon(split_swatch(palette.main, palette.accent, side * 2)))
            made.setIconSize(QSize(side, side))
            describe(made, self._t("palette", name=name))
            colors = GroupColors(main=palette.main, accent=palette.accent)
            made.clicked.connect(partial(self._choose_colors, colors))
            grid.addWidget(made, *divmod(len(self.palettes), _PALETTES_ABREAST))
            self.palettes[palette.id] = made
        return grid

    def _show(self) -> None:
        group, theme = self._bench.workspace.group, self._bench.tools.theme
        side = theme.px(40)
        path = ready_mark(self._bench.workspace)
        mark = logo_mark(path, side * 2) if path else None
        mark = mark or initials_mark(initials(group.name), group.colors.main, side * 2)
        mark.setDevicePixelRatio(2)
        self._mark.setPixmap(mark)
        for name, made in self.colors.items():
            color = str(getattr(group.colors, name))
            made.setIcon(QIcon(swatch(color, theme.px(18) * 2)))
            made.setIconSize(QSize(theme.px(18), theme.px(18)))
            made.setToolTip(color)
        self.font_box.setCurrentIndex(max(0, self.font_box.findData(group.font)))
        self.from_logo.setEnabled(path is not None)
        self.undo.setEnabled(bool(self._before))

    def _choose_color(self, name: str) -> None:
        group = self._bench.workspace.group
        before = str(getattr(group.colors, name))
        chosen = self._bench.tools.dialogs.choose_color(self._t(f"color_{name}"), before)
        if chosen and chosen != before:
            self.save_identity(replace(group, colors=replace(group.colors, **{name: chosen})))

    def _choose_colors(self, colors: GroupColors) -> None:
        group = self._bench.workspace.group
        if (colors.main, colors.accent) != (group.colors.main, group.colors.accent):
            self.save_identity(replace(group, colors=replace(group.colors, main=colors.main, accent=colors.accent)))

    def _take_logo_colors(self) -> None:
        try:
            self._choose_colors(colors_of_logo(self._bench.workspace))
        except UserError as error:
            self._bench.tools.dialogs.explain(error)

    def take_back(self) -> None:
        """Undo the last change of the group's face; what else was changed in the profile since then stays."""
        if not self._before:
            return
        before, group = self._before.pop(), self._bench.workspace.group
        looks = {name: getattr(before, name) for name in ("colors", "font", "family")}
        self._save(replace(group, **looks))

    def _choose_font(self) -> None:
        group = self._bench.workspace.group
        if self.font_box.currentData() != group.font:
            self.save_identity(replace(group, font=self.font_box.currentData()))

    def _choose_logo(self) -> None:
        found = self._bench.tools.dialogs.choose_files(self._t("logo"), "picture", many=False)
        if not found:
            return
        self.save_identity(self._bench.workspace.group, found[0])

    def save_identity(self, group: Group, logo: Path | None = None) -> None:
        """Save the group with another face."""
        before = self._bench.workspace.group
        if self._save(group, logo) and logo is None:
            self._before.append(before)
            self.undo.setEnabled(True)

    def _save(self, group: Group, logo: Path | None = None) -> bool:
        from studio.services.group_profile import save_profile

        workspace = self._bench.workspace
        try:
            save_profile(workspace, group, logo)
        except UserError as error:
            self._bench.tools.dialogs.explain(error)
            return False
        self._show()
        self.changed.emit()
        return True
