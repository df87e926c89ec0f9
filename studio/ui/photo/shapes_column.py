"""The photo as every outlet will show it, live; a click adjusts that shape by hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolButton, QWidget

from studio.services.photo_marks import is_shown_whole
from studio.ui.media.picture_list import ROOMY
from studio.ui.widgets.basic_parts import ChoiceGroup, choice_tool, column, describe, restyle

if TYPE_CHECKING:
    from studio.base.pixel_data import Pixels
    from studio.services.photo_preview import CropUse
    from studio.story.model import Photo
    from studio.ui.core.desk_context import WindowTools

_HEIGHT, _LOW = 66, 52
"""Pixels of the pictures, and of those beside large text: they are not read, and the canvas needs the room."""


_NAMED = 1.6
"""Size of text up to which the shapes are named."""


class ShapesColumn(QScrollArea):
    """One button a shape, beside the photo: a low screen has no height to spare for them.

    Args:
        tools: what every part is given.
        uses: the shapes.
    """

    chosen = Signal(str)
    """Key of the ratio to adjust."""

    def __init__(self, tools: WindowTools, uses: tuple[CropUse, ...]) -> None:
        super().__init__()
        self._tools = tools
        px = tools.theme.px
        high = _HEIGHT if tools.theme.scale <= ROOMY else _LOW
        self.buttons: dict[str, QToolButton] = {}
        self._names = {use.key: use.name for use in uses}
        self._uses = {use.key: use for use in uses}
        self._group = ChoiceGroup(self)
        for use in uses:
            made = choice_tool()
            self._group.addButton(made)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            made.setIconSize(QSize(round(high * use.size[0] / use.size[1]), high))
            made.setText(self._words(use.key))
            made.setProperty("look", "tile")
            describe(made, use.name, tools.t("photodesk.shape_tip", name=use.name, everyone=use.everyone))
            made.clicked.connect(partial(self._choose, use.key))
            self.buttons[use.key] = made
        inside = QWidget()
        inside.setLayout(column(*self.buttons.values(), 1, gap=px(4)))
        restyle(inside, "look", "clear")
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._inside = inside
        self.viewport().setProperty("look", "clear")

    def sizeHint(self) -> QSize:
        """As wide as the widest name, with the scroll bar that a low screen needs."""
        return QSize(self._wide(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """No less: names are not cut."""
        return QSize(self._wide(), 0)

    def _wide(self) -> int:
        return self._inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()

    def _words(self, key: str) -> str:
        """The name of a shape; beside very large letters its ratio, the name in the tip."""
        return self._names[key] if self._tools.theme.scale <= _NAMED else key

    def _choose(self, key: str, _checked: bool = False) -> None:
        self.show_chosen(key)
        self.chosen.emit(key)

    def show_chosen(self, key: str) -> None:
        """Mark the shape that is adjusted; "" for none: as long as the whole photo is cropped."""
        # An exclusive group keeps one chosen; in one that stays otherwise, Qt 6.11 lets no key reach the others.
        self._group.setExclusive(False)
        for name, made in self.buttons.items():
            made.setChecked(name == key)
        self._group.setExclusive(True)

    def show_shapes(self, shapes: dict[str, Pixels], photo: Photo) -> None:
        """Show the pictures, or none; shapes adjusted by hand and padded ones say so."""
        for key, made in self.buttons.items():
            if key not in shapes:
                made.setIcon(QIcon())
                made.setText(self._words(key))
        for key, (width, height, rgb) in shapes.items():
            image = QImage(rgb, width, height, width * 3, QImage.Format.Format_RGB888)
            self.buttons[key].setIcon(QIcon(QPixmap.fromImage(image)))
            shape = self._uses[key]
            whole = is_shown_whole(photo, shape.size, careful=shape.photos)
            mark = "✎ " if key in photo.crops else "▣ " if whole else ""
            self.buttons[key].setText(f"{mark}{self._words(key)}")
