"""The 38 provinces as squares on the page "Kabupaten": a click narrows all figures to one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QSizePolicy, QWidget

from studio.documents.district_tiles import HEAT, ink_on
from studio.ui.widgets.basic_parts import describe
from studio.ui.widgets.kept_height import keep_height

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.documents.district_tiles import ProvinceTile
    from studio.ui.core.window_theme import WindowTheme


class ProvinceMap(QWidget):
    """Squares with the median of the index and the number of groups.

    Args:
        theme: sizes and colours.
        tiles: from ``province_tiles``.
    """

    chosen = Signal(str)
    """Key of a province."""

    def __init__(self, theme: WindowTheme, tiles: Sequence[ProvinceTile]) -> None:
        super().__init__()
        self.squares: dict[str, QPushButton] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(2))
        high = theme.px(36)
        for tile in tiles:
            square = QPushButton(f"{tile.short}\n{tile.value} · {tile.count}" if tile.key else tile.short)
            # The map has 17 columns: names must not make it wider than the page.
            square.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            small = 8 if len(tile.short) < 7 else 7 if len(tile.short) < 8 else 6
            # Provinces without data step back in either theme; those with data have the colours of paper and pages.
            ground = theme.color("edge_soft").name() if tile.step is None else HEAT[tile.step]
            ink = theme.color("muted").name() if tile.step is None else ink_on(tile.step)
            square.setStyleSheet(
                f"QPushButton {{ background: {ground}; color: {ink}; border: 1px solid {ground};"
                f" border-radius: {theme.px(4)}px; padding: 0; font-weight: 600;"
                f" min-height: {high}px; max-height: {high}px; font-size: {theme.px(small)}px; }}"
                f"QPushButton:focus {{ border-color: {theme.color('text').name()}; }}"
            )
            if tile.key:
                describe(square, f"{tile.name}: {tile.value} ({tile.count} KIM)")
                square.clicked.connect(partial(self.chosen.emit, tile.key))
                square.setCursor(Qt.CursorShape.PointingHandCursor)
                self.squares[tile.key] = square
            else:
                square.setEnabled(False)
            grid.addWidget(square, tile.row, tile.column)
        for at in range(max((tile.column for tile in tiles), default=0) + 1):
            grid.setColumnStretch(at, 1)
        self.setLayout(grid)
        self.setMinimumWidth(theme.px(41) * 17)


def scrolled_across(theme: WindowTheme, inside: QWidget) -> QScrollArea:
    """Scrolls to the side what large letters make wider than the page."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    area.setProperty("look", "clear")
    inside.setProperty("look", "clear")
    keep_height(area, inside, theme.px(16))
    return area
