"""The settings, made from the table in ``studio.base.settings``. Every change is stored at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from studio.base.settings import TABLE, SettingRow
from studio.base.text_sizes import STEPS
from studio.services.who_writes import choose_writer
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row
from studio.ui.widgets.calm_inputs import combo_box
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from pathlib import Path

    from studio.ui.core.desk_context import WindowTools


class SettingsDialog(StyledDialog):
    """Shows what can be set. ``look_changed`` tells whether the window must be rebuilt.

    Args:
        tools: what every part is given.
    """

    def __init__(self, tools: WindowTools) -> None:
        super().__init__(tools.theme)
        self._tools = tools
        self._before = self._visible_settings()
        theme = tools.theme
        self.setWindowTitle(tools.t("settings.title"))
        form = QFormLayout()
        form.setSpacing(theme.px(10))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.inputs: dict[str, QWidget] = {}
        for setting in TABLE:
            if setting.title:
                self._add(form, setting)
        close = button(theme, tools.t("dialog.close"), self.accept, look="primary")
        self.setLayout(
            column(
                label(tools.t("settings.title"), "page"),
                form,
                1,
                row(1, close),
                gap=theme.px(14),
                edges=edges(theme, 22, 20),
            )
        )
        self.resize(theme.px(500), theme.px(360))

    @property
    def look_changed(self) -> bool:
        """Whether language, theme, text size or who writes are other ones now."""
        return self._visible_settings() != self._before

    def _visible_settings(self) -> tuple[object, ...]:
        known = self._tools.settings
        return known.text("language"), known.text("theme"), known.number("text_scale"), known.text("author")

    def _add(self, form: QFormLayout, setting: SettingRow) -> None:
        name = self._tools.t(setting.title)
        made = self._input(setting)
        hint = f"{setting.title}_hint"
        tip = self._tools.t(hint) if self._tools.texts.has_text(hint) else ""
        describe(made, name, tip)
        self.inputs[setting.key] = made
        if isinstance(made, QCheckBox):
            made.setText(name)
            form.addRow(made)
        else:
            caption = QLabel(name)
            caption.setBuddy(made)
            form.addRow(caption, made)
        if tip:
            form.addRow(label(tip, "muted", wrap=True))

    def _input(self, setting: SettingRow) -> QWidget:
        settings = self._tools.settings
        if isinstance(setting.default, bool):
            box = QCheckBox()
            box.setChecked(settings.flag(setting.key))
            box.toggled.connect(lambda on: settings.set(setting.key, on))
            return box
        if setting.choices:
            names = {choice: self._tools.t(f"{setting.title}.{choice}") for choice in setting.choices}
            return self._combo(setting, names, settings.text(setting.key))
        if setting.key == "text_scale":
            now = settings.number("text_scale")
            # With the present size: opening the settings must not change it.
            scales = sorted({*STEPS, now})
            return self._combo(setting, {scale: f"{round(scale * 100)} %" for scale in scales}, now)
        if isinstance(setting.default, float):
            numbers = range(int(setting.low), int(setting.high) + 1)
            return self._combo(setting, {float(n): str(n) for n in numbers}, settings.number(setting.key))
        line = QLineEdit(settings.text(setting.key))
        line.textChanged.connect(lambda text: settings.set(setting.key, text.strip()))
        return line

    def _combo(self, setting: SettingRow, names: dict[str, str] | dict[float, str], now: str | float) -> QComboBox:
        made = combo_box()
        for value, name in names.items():
            made.addItem(name, value)
        made.setCurrentIndex(max(0, made.findData(now)))
        # Only now: showing the present value is no change.
        made.currentIndexChanged.connect(lambda _: self._tools.settings.set(setting.key, made.currentData()))
        return made


def edit_settings(tools: WindowTools, place: Path | None) -> bool:
    """Let the user change the settings; whether the window must be rebuilt.

    Args:
        tools: what every part is given.
        place: the open workspace, for which a typed name is kept; None for none.
    """
    before = tools.settings.text("author")
    dialog = SettingsDialog(tools)
    tools.dialogs.show(dialog)
    changed = dialog.look_changed
    dialog.deleteLater()
    if place is not None and tools.settings.text("author") != before:
        choose_writer(tools.settings, place, tools.settings.text("author"))
    return changed
