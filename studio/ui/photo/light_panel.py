"""Light and colour: three sliders, "auto", and back to the original."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSlider, QWidget

from studio.story.model import LightAdjust
from studio.ui.widgets import calm_inputs
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row

if TYPE_CHECKING:
    from studio.ui.core.desk_context import WindowTools

Name = Literal["brightness", "contrast", "warmth"]
NAMES: tuple[Name, ...] = ("brightness", "contrast", "warmth")
_STEPS = 100


class LightPanel(QWidget):
    """Shows an ``Adjust`` and tells changes.

    Args:
        tools: what every part is given.
    """

    changed = Signal(object)
    """The new ``Adjust``."""
    held = Signal()
    """What follows, until ``let_go``, is one step."""
    let_go = Signal()

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._adjust = LightAdjust()
        theme, t = tools.theme, tools.t
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(6))
        self.sliders: dict[Name, QSlider] = {}
        for at, name in enumerate(NAMES):
            slider = calm_inputs.slider()
            slider.setRange(-_STEPS, _STEPS)
            slider.setPageStep(10)
            describe(slider, t(f"photodesk.{name}"), t("photodesk.slider_tip"))
            slider.valueChanged.connect(partial(self._on_slider, name))
            slider.sliderPressed.connect(self.held)
            slider.sliderReleased.connect(self.let_go)
            caption = label(t(f"photodesk.{name}"), "muted")
            caption.setBuddy(slider)
            grid.addWidget(caption, at, 0)
            grid.addWidget(slider, at, 1)
            self.sliders[name] = slider
        self.auto = QCheckBox(t("photodesk.auto"))
        describe(self.auto, t("photodesk.auto"), t("photodesk.auto_tip"))
        self.auto.toggled.connect(lambda on: self._tell_one(replace(self._adjust, auto=on)))
        self.reset = button(theme, t("photodesk.light_reset"), lambda: self._tell_one(LightAdjust()), look="link")
        head = row(label(t("photodesk.light"), "title"), 1, self.reset)
        self.setLayout(column(head, self.auto, grid, gap=theme.px(8), edges=edges(theme, 16, 12)))

    def _on_slider(self, name: Name, value: int) -> None:
        self._light_changed(replace(self._adjust, **{name: value / _STEPS}))

    def _tell_one(self, adjust: LightAdjust) -> None:
        self.held.emit()
        self._light_changed(adjust)
        self.let_go.emit()

    def _light_changed(self, adjust: LightAdjust) -> None:
        if adjust != self._adjust:
            self._adjust = adjust
            self.changed.emit(adjust)

    def show_adjust(self, adjust: LightAdjust, *, locked: bool) -> None:
        """Show these values."""
        self._adjust = adjust
        for name, slider in self.sliders.items():
            slider.blockSignals(True)
            slider.setValue(round(getattr(adjust, name) * _STEPS))
            slider.blockSignals(False)
            slider.setEnabled(not locked)
        self.auto.blockSignals(True)
        self.auto.setChecked(adjust.auto)
        self.auto.blockSignals(False)
        self.auto.setEnabled(not locked)
        self.reset.setEnabled(adjust != LightAdjust() and not locked)
