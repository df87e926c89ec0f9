"""Covers over faces and number plates: solid or one mean colour, the two that cannot be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from studio.story.model import Cover
from studio.ui.media.cover_list import CoverList
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row
from studio.ui.widgets.calm_inputs import combo_box

if TYPE_CHECKING:
    from studio.story.model import Photo
    from studio.ui.core.desk_context import WindowTools

_STYLES = (("solid", "#1f2933", "cover_dark"), ("solid", "#f3f5f4", "cover_light"), ("mean", "#1f2933", "cover_mean"))


class CoverPanel(QWidget):
    """The list of covers of a photo.

    Args:
        tools: what every part is given.
    """

    chosen = Signal(int)
    removed = Signal(int)
    styled = Signal(int, object)
    """Number of the cover, and the fields to change."""
    draw_asked = Signal()
    suggestions_asked = Signal()
    next_changed = Signal()
    """Shape or colour of the cover that is drawn next was chosen."""

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._tools = tools
        theme, t = tools.theme, tools.t
        self.list = CoverList(theme, t("photodesk.covers"))
        self.list.chosen.connect(self.chosen)
        self.list.removal_asked.connect(self._remove)
        self.shape = combo_box()
        for shape in ("box", "ellipse"):
            self.shape.addItem(t(f"photodesk.cover_{shape}"), shape)
        describe(self.shape, t("photodesk.cover_shape"))
        self.style_box = combo_box()
        for style, color, code in _STYLES:
            self.style_box.addItem(t(f"photodesk.{code}"), (style, color))
        describe(self.style_box, t("photodesk.cover_style"), t("photodesk.cover_safe"))
        for box in (self.shape, self.style_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
        self.shape.activated.connect(lambda _: self._tell("shape"))
        self.style_box.activated.connect(lambda _: self._tell("style", "color"))
        self.draw = button(theme, t("photodesk.cover_draw"), self.draw_asked.emit, icon="square-plus")
        self.remove = button(theme, t("photodesk.cover_remove"), self._remove, icon="trash-2", look="danger")
        self.suggest = button(
            theme, t("photodesk.faces"), self.suggestions_asked.emit, look="link", tip=t("photodesk.faces_tip")
        )
        self.setLayout(
            column(
                row(label(t("photodesk.covers"), "title"), 1, self.suggest),
                label(t("photodesk.cover_safe"), "hint", wrap=True),
                self.draw,
                self.list,
                row(self.shape, self.style_box, gap=theme.px(6)),
                self.remove,
                gap=theme.px(6),
                edges=edges(theme, 16, 12),
            )
        )

    @property
    def row(self) -> int:
        """The chosen cover, -1 for none."""
        return self.list.currentRow()

    @property
    def next_cover(self) -> Cover:
        """Shape, style and colour of the cover that is drawn next: those shown, so those chosen last."""
        style, color = self.style_box.currentData()
        return Cover(shape=self.shape.currentData(), style=style, color=color)

    def _tell(self, *fields: str) -> None:
        if self.row >= 0:
            self.styled.emit(self.row, {name: getattr(self.next_cover, name) for name in fields})
        self.next_changed.emit()

    def _remove(self) -> None:
        if self.row >= 0 and self.draw.isEnabled():
            self.removed.emit(self.row)

    def show_covers(self, photo: Photo, chosen: int, *, locked: bool) -> None:
        """Show the covers of a photo."""
        names = [self._tools.t("photodesk.cover_number", number=number) for number in range(1, len(photo.covers) + 1)]
        self.list.show_covers(names, chosen)
        one = photo.covers[self.row] if 0 <= self.row < len(photo.covers) else None
        self.remove.setEnabled(one is not None and not locked)
        for part in (self.draw, self.suggest, self.shape, self.style_box):
            part.setEnabled(not locked)
        if one is not None:
            self.shape.setCurrentIndex(self.shape.findData(one.shape))
            self.style_box.setCurrentIndex(_style_of(one))
            self.next_changed.emit()


def _style_of(cover: Cover) -> int:
    """Which of the offered styles a cover has; the first when it is another one."""
    if cover.style == "mean":
        return len(_STYLES) - 1
    return next((n for n, (style, color, _) in enumerate(_STYLES) if (style, color) == (cover.style, cover.color)), 0)
