"""The tools above the canvas: what the mouse does, which shape is cropped, turning and straightening."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QSlider, QToolButton, QWidget

from studio.services.photo_marks import is_shown_whole
from studio.services.photo_preview import open_shapes
from studio.story.geometry import shown_tilt
from studio.ui.core.shortcut_table import KEYS
from studio.ui.photo.crop_question import CropQuestion
from studio.ui.widgets.basic_parts import ChoiceGroup, button, column, describe, label, row, tool
from studio.ui.widgets.calm_inputs import combo_box, slider
from studio.ui.widgets.kept_height import keep_height

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.services.photo_preview import CropUse
    from studio.story.model import Photo
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.photo.photo_canvas import Mode

MODES: tuple[tuple[Mode, str], ...] = (
    ("focus", "crosshair"),
    ("crop", "crop"),
    ("cover", "eye-off"),
    ("horizon", "ruler"),
)
_FREE = (("free", None), ("3:2", 1.5), ("4:3", 4 / 3), ("1:1", 1.0))
"""Shapes of the general crop."""
_ALL_NAMED = 1.2
"""Size of text up to which all modes are named; above, only the one in use has room for it."""
_ALL_BESIDE = 1.6
"""Size of text up to which the slider has room beside the tools of the crop."""


class CanvasToolbox(QWidget):
    """The tools.

    Args:
        tools: what every part is given.
        uses: the shapes of the outlets.
    """

    mode_chosen = Signal(str)
    shape_chosen = Signal(str)
    whole_asked = Signal(bool)
    shapes_settled = Signal(object, bool, bool)
    """Keys of shapes that show all of the photo; whether they go on to, and whether that holds for all photos."""
    reset_asked = Signal()
    turn_asked = Signal(int)
    flip_asked = Signal()
    straighten = Signal(float)
    held = Signal()
    """The slider is dragged: until ``let_go`` it is one step."""
    let_go = Signal()
    original_held = Signal(bool)
    star_asked = Signal()
    remove_asked = Signal()

    def __init__(self, tools: WindowTools, uses: tuple[CropUse, ...]) -> None:
        super().__init__()
        self._tools = tools
        self._uses = uses
        self._sizes = {use.key: use.size for use in uses}
        self.mode: Mode = "focus"
        self.tilt = 0.0
        self._locked = False
        self._group = ChoiceGroup(self)
        self.modes: dict[Mode, QToolButton] = {}
        self.shape = self._make_shapes(uses)
        self.whole = QCheckBox(tools.t("photodesk.whole"))
        self.reset = button(tools.theme, tools.t("photodesk.crop_reset"), self.reset_asked.emit, look="link")
        self.padded: list[str] = []
        self.question = CropQuestion(tools)
        self.question.settled.connect(self.shapes_settled)
        self.lean = self._make_lean()
        self._lay_out()

    def _make_shapes(self, uses: tuple[CropUse, ...]) -> QComboBox:
        made = combo_box()
        for code, ratio in _FREE:
            made.addItem(self._tools.t(f"photodesk.shape_{code.replace(':', '_')}"), ("", ratio))
        made.insertSeparator(made.count())
        for use in uses:
            made.addItem(use.name, (use.key, use.size[0] / use.size[1]))
            made.setItemData(made.count() - 1, use.everyone, Qt.ItemDataRole.ToolTipRole)
        describe(made, self._tools.t("photodesk.shape"), self._tools.t("photodesk.shape_choose"))
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        made.activated.connect(lambda _: self.shape_chosen.emit(self.key))
        return made

    def _make_lean(self) -> QSlider:
        made = slider()
        made.setRange(-150, 150)
        made.setPageStep(10)
        made.setFixedWidth(self._tools.theme.px(118))
        describe(made, self._tools.t("photodesk.straighten"), self._tools.t("photodesk.straighten_tip"))
        made.valueChanged.connect(lambda value: self.straighten.emit(value / 10))
        made.sliderPressed.connect(self.held)
        made.sliderReleased.connect(self.let_go)
        return made

    def _lay_out(self) -> None:
        tools = self._tools
        theme, t = tools.theme, tools.t
        for mode, icon in MODES:
            made = tool(theme, icon, t(f"photodesk.mode_{mode}"), key=KEYS[_mode_key(mode)], choice=True)
            made.setText(f" {t(f'photodesk.mode_{mode}')}")
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            made.clicked.connect(partial(self._on_mode, mode))
            self._group.addButton(made)
            self.modes[mode] = made
            QShortcut(QKeySequence(KEYS[_mode_key(mode)]), made).activated.connect(partial(self._on_mode, mode))
        self.modes["focus"].setChecked(True)
        self.star = tool(theme, "star", t("media.cover"), self.star_asked.emit)
        self.star.setCheckable(True)
        self.compare = tool(theme, "eye", t("photodesk.compare"))
        self.compare.pressed.connect(partial(self.original_held.emit, True))
        self.compare.released.connect(partial(self.original_held.emit, False))
        self.turns = [
            tool(theme, "rotate-ccw", t("photodesk.turn_left"), partial(self.turn_asked.emit, -90)),
            tool(theme, "rotate-cw", t("photodesk.turn_right"), partial(self.turn_asked.emit, 90)),
            tool(theme, "flip-horizontal-2", t("photodesk.flip"), self.flip_asked.emit),
        ]
        self.remove = tool(theme, "trash-2", t("media.remove"), self.remove_asked.emit)
        self.whole.toggled.connect(self.whole_asked)
        describe(self.whole, t("photodesk.whole"), t("photodesk.whole_tip"))
        self._lean_label = label(t("photodesk.straighten"), "muted")
        px = theme.px
        first = row(*self.modes.values(), 1, *self.turns, self.compare, self.star, self.remove, gap=px(4))
        second = QWidget()
        second.setLayout(
            row(self.shape, self.whole, self.reset, self.question, 1, self._lean_label, self.lean, gap=px(8))
        )
        keep_height(second, self.shape)  # with and without the list of shapes: the photo below stays in its place
        self.setLayout(column(first, second, gap=px(6)))
        self._show_mode()

    # -------------------------------------------------------------------------------------------- choosing

    @property
    def key(self) -> str:
        """Key of the ratio that is cropped, "" for the general crop."""
        data = self.shape.currentData()
        return str(data[0]) if data else ""

    @property
    def ratio(self) -> float | None:
        """Width by height of the crop, None for any."""
        data = self.shape.currentData()
        return data[1] if data else None

    @property
    def shape_size(self) -> tuple[int, int]:
        """A size of the chosen shape."""
        return self._sizes.get(self.key, (1, 1))

    def open_shapes(self, photo: Photo) -> list[str]:
        """Keys of the shapes that show all of a photo, and of which nobody said whether they shall."""
        return list(open_shapes(photo, self._uses))

    def _on_mode(self, mode: Mode, _checked: bool = False) -> None:
        self.choose_mode(mode)

    def choose_mode(self, mode: Mode) -> None:
        """Let the mouse do this."""
        self.mode = mode
        self.modes[mode].setChecked(True)
        self._show_mode()
        self.mode_chosen.emit(mode)

    def choose_shape(self, key: str) -> None:
        """Crop this shape."""
        at = next((n for n in range(self.shape.count()) if (self.shape.itemData(n) or ("-",))[0] == key), 0)
        self.shape.setCurrentIndex(at)

    def _show_mode(self) -> None:
        cropping = self.mode == "crop"
        for part in (self.shape, self.reset):
            part.setVisible(cropping)
        self.whole.setVisible(cropping and bool(self.key))
        scale = self._tools.theme.scale
        roomy, beside = scale <= _ALL_NAMED, scale <= _ALL_BESIDE
        # Where one row cannot hold both, the slider comes with the mode that is about the horizon.
        leaning = self.mode == "horizon"
        asking = not cropping and bool(self.padded) and (roomy or not leaning)
        self.question.setVisible(asking)
        self._lean_label.setVisible(roomy or leaning or not (cropping or asking))
        self.lean.setVisible(roomy or leaning or not (asking or (cropping and not beside)))
        for mode, made in self.modes.items():
            named = roomy or (beside and mode == self.mode)
            styles = Qt.ToolButtonStyle
            made.setToolButtonStyle(styles.ToolButtonTextBesideIcon if named else styles.ToolButtonIconOnly)

    # -------------------------------------------------------------------------------------------- showing

    def show_photo(self, photo: Photo, *, cover: bool, locked: bool) -> None:
        """Show how a photo is turned."""
        self.tilt = shown_tilt(photo.rotate, photo.flip)
        # What is shown is no edit: only the user's hand may send one.
        self.lean.blockSignals(True)
        self.lean.setValue(round(self.tilt * 10))
        self.lean.blockSignals(False)
        self.star.setChecked(cover)
        self._locked = locked
        for part in (*self.turns, self.lean, self.star, self.remove, self.whole):
            part.setEnabled(not locked)

    def show_shape(self, photo: Photo, others: Iterable[Photo] = ()) -> None:
        """Show whether the chosen shape shows all of the photo or was adjusted by hand, and how many show all.

        Args:
            photo: the open one.
            others: the other photos, of which the same may be asked.
        """
        self.padded = [use.key for use in self._uses if is_shown_whole(photo, use.size, careful=use.photos)]
        asked = open_shapes(photo, self._uses)
        more = bool(asked) and any(open_shapes(each, self._uses) for each in others)
        names = [use.name for use in self._uses if use.key in (asked or self.padded)]
        self.question.ask(asked, self.padded, names, more=more)
        self.question.setEnabled(not self._locked)
        self.whole.blockSignals(True)
        self.whole.setChecked(self.key in self.padded)
        self.whole.blockSignals(False)
        adjusted = self.key in photo.crops if self.key else photo.crop is not None
        self.reset.setEnabled(adjusted and not self._locked)
        self._show_mode()


def _mode_key(mode: Mode) -> str:
    """The row of a mode in the table of keys; covers are drawn by the same keys on the video desk."""
    return "draw_cover" if mode == "cover" else f"photo_{mode}"
