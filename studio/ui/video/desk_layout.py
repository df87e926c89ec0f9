"""How the middle of the desk is laid out: clips, formats, picture, buttons, timeline, result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from studio.preview.safe_zones import ZONES
from studio.ui.core.shortcut_table import KEYS
from studio.ui.media.picture_list import ROOMY
from studio.ui.video.clip_canvas import ClipStage
from studio.ui.video.clip_timeline import ClipTimeline
from studio.ui.video.result_preview import SIZES
from studio.ui.video.result_track import ResultTrack
from studio.ui.video.transport_bar import TransportBar
from studio.ui.widgets.basic_parts import ChoiceGroup, button, column, describe, label, restyle, row
from studio.ui.widgets.calm_inputs import combo_box

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QResizeEvent

    from studio.ui.core.desk_context import WindowTools

SHORT, NARROW = 440, 500
"""Design pixels of height and width under which the formats stand beside the picture, and the timeline is low."""
_FLAT = 1.5
"""Width by height of a place in which the formats stand beside the picture: there its height is what is scarce."""


class EditorView(QWidget):
    """The player with everything under it.

    Args:
        tools: what every part is given.
        calls: what the buttons under the picture do.
    """

    shape_chosen = Signal(str)
    result_toggled = Signal(bool)
    zone_chosen = Signal(str)

    def __init__(self, tools: WindowTools, calls: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self._tools = tools
        theme, t = tools.theme, tools.t
        self.stage = ClipStage(theme)
        describe(self.stage, t("clip.stage"), t("clip.stage_tip"))
        self.bar = TransportBar(tools, calls)
        self.timeline = ClipTimeline(theme, tools.texts.language)
        describe(self.timeline, t("clip.timeline"), t("clip.timeline_tip"))
        self.track = ResultTrack(theme, tools.texts.language)
        describe(self.track, t("clip.track"), t("clip.track_tip"))
        self.shapes: dict[str, QPushButton] = {}
        self.result = button(theme, t("clip.result"), look="chip", tip=t("clip.result_tip"), key=KEYS["video_result"])
        self.result.setCheckable(True)
        self.result.toggled.connect(self.result_toggled)
        self.zone = self._make_zone()
        self.note = label("", "muted")
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        px = theme.px
        self._beside = False
        self._chips = self._make_chips()
        self._head = column(self._chips, self.stage, gap=px(7))
        self._head.setStretch(1, 1)
        self._result_row = QWidget()
        self._result_row.setLayout(self._make_result_row())
        # Beside large letters the picture needs its room: it comes with "Lihat hasil".
        tight = theme.scale > ROOMY
        if tight:
            self._result_row.hide()
            self.result.toggled.connect(self._show_result_row)
        whole = column(self._head, self.bar, self.timeline, self._result_row, gap=7 if tight else px(7))
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _make_chips(self) -> QGridLayout:
        theme, t = self._tools.theme, self._tools.t
        group = ChoiceGroup(self)
        for shape in ("", *SIZES):
            made = button(theme, shape or t("clip.shape_own"), look="chip", tip=t("clip.shape_tip"))
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, shape=shape: self.shape_chosen.emit(shape))
            group.addButton(made)
            self.shapes[shape] = made
        self.shapes[""].setChecked(True)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(6))
        self._place_chips(grid, low=False)
        return grid

    def _show_result_row(self, shown: bool) -> None:
        self._result_row.setVisible(shown)
        self._place_chips(self._chips, low=self._beside)

    def _place_chips(self, grid: QGridLayout, *, low: bool) -> None:
        """In one row above the picture, or (``low``) two by two beside it; by threes where its row takes the height."""
        across = 3 if self._tools.theme.scale > ROOMY and self.result.isChecked() else 2
        chips = list(self.shapes.values())
        for made in (*chips, self.zone, self.result):
            grid.removeWidget(made)
        for at, made in enumerate(chips):
            grid.addWidget(made, *(divmod(at, across) if low else (0, at)))
        count = len(chips)
        down = (count + 1) // 2  # the row that is left to grow, below those of chips
        grid.addWidget(self.zone, *((down + 1, 0, 1, across) if low else (0, count + 1)))
        grid.addWidget(self.result, *((down + 2, 0, 1, across) if low else (0, count + 2)))
        grid.setColumnStretch(count, 0 if low else 1)
        grid.setRowStretch(down, 1 if low else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the picture as much room as there is."""
        super().resizeEvent(event)
        px = self._tools.theme.px
        low = self.height() < px(SHORT) or self.width() < px(NARROW)
        self.timeline.set_low(low)
        beside = low or self.width() > _FLAT * self.height()
        if beside == self._beside:
            return
        self._beside = beside
        self._place_chips(self._chips, low=beside)
        ways = QBoxLayout.Direction
        self._head.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    def _make_zone(self) -> QComboBox:
        made = combo_box()
        restyle(made, "look", "small")
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(12)
        describe(made, self._tools.t("clip.zone"), self._tools.t("clip.zone_tip"))
        made.addItem(self._tools.t("clip.zone_none"), "")
        for outlet in ZONES:
            made.addItem(self._tools.t(f"clip.outlet.{outlet}"), outlet)
        made.activated.connect(lambda at: self.zone_chosen.emit(made.itemData(at)))
        made.hide()
        return made

    def _make_result_row(self) -> QHBoxLayout:
        name: QLabel = label(self._tools.t("clip.track_name"), "muted")
        made = row(name, self.track, gap=self._tools.theme.px(8))
        made.setStretch(1, 1)
        return made

    def show_shape(self, shape: str) -> None:
        """Mark a format; safe zones are known for tall ones."""
        self.shapes[shape].setChecked(True)
        self.zone.setVisible(shape == "9:16" and self.result.isChecked())
