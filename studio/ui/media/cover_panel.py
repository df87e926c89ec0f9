"""Covers over faces and number plates, of a photo and of a clip: the list, shape and colour, draw and remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QListWidget, QWidget

from studio.story.model import Cover
from studio.ui.core.shortcut_table import KEYS
from studio.ui.media.media_keys import bind_keys
from studio.ui.media.picture_list import ROOMY
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, restyle, row
from studio.ui.widgets.calm_inputs import combo_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.window_theme import WindowTheme

_MOST_SHOWN = 4
"""Covers that are seen at once; more are scrolled to."""
_STYLES = (("solid", "#1f2933", "dark"), ("solid", "#f3f5f4", "light"), ("mean", "#1f2933", "mean"))
"""Style, colour and code of what is offered: solid or one mean colour, the two that cannot be undone."""


class CoverList(QListWidget):
    """The covers by name, one of them chosen.

    Args:
        theme: for sizes.
        name: what the list is called.
    """

    chosen = Signal(int)
    """Number of a cover, -1 for none; only by the user."""
    removal_asked = Signal()
    """The keys that take the chosen one out."""

    def __init__(self, theme: WindowTheme, name: str) -> None:
        super().__init__()
        self._theme = theme
        restyle(self, "look", "framed")
        describe(self, name)
        self.currentRowChanged.connect(self.chosen)
        bind_keys(self, "remove", self.removal_asked.emit)

    def show_covers(self, names: Sequence[str], chosen: int) -> None:
        """Show these; a list of the same names is left as it is: this may be in the middle of a click."""
        # ``chosen`` tells what the user does; filling the list would send it, too.
        self.blockSignals(True)
        if list(names) != [self.item(row).text() for row in range(self.count())]:
            self.clear()
            self.addItems(names)
        self.setCurrentRow(chosen if chosen < len(names) else -1)
        self.setFixedHeight(self._theme.px(12 + 30 * min(_MOST_SHOWN, max(1, len(names)))))
        self.blockSignals(False)


class CoverPanel(QWidget):
    """The covers of a photo or clip, and how the chosen one, or the next, looks.

    Args:
        tools: what every part is given.
        hint: what is said above.
        beside: stands beside the title.
        below: further ways to cover, below the button that draws.
    """

    chosen = Signal(int)
    """Number of a cover, -1 for none."""
    removed = Signal(int)
    styled = Signal(int, object)
    """Number of the cover, and the fields to change."""
    draw_asked = Signal()
    next_changed = Signal()
    """Shape or colour of the cover that is drawn next was chosen."""

    def __init__(
        self, tools: WindowTools, hint: str, *, beside: QWidget | None = None, below: QWidget | None = None
    ) -> None:
        super().__init__()
        theme, t = tools.theme, tools.t
        self._locked = False
        self.list = CoverList(theme, t("media.covers"))
        self.list.chosen.connect(self.chosen)
        self.list.removal_asked.connect(self._remove)
        self.shape, self.style_box = combo_box(), combo_box()
        for shape in ("box", "ellipse"):
            self.shape.addItem(t(f"media.cover_{shape}"), shape)
        describe(self.shape, t("media.cover_shape"))
        for style, color, code in _STYLES:
            self.style_box.addItem(t(f"media.cover_{code}"), (style, color))
        describe(self.style_box, t("media.cover_style"), t("media.cover_safe"))
        for box in (self.shape, self.style_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(4)
        self.shape.activated.connect(lambda _: self._style_changed("shape"))
        self.style_box.activated.connect(lambda _: self._style_changed("style", "color"))
        key = KEYS["draw_cover"]
        self.draw = button(theme, t("media.cover_draw"), self.draw_asked.emit, icon="square-plus", key=key)
        self.remove = button(theme, t("media.cover_remove"), self._remove, icon="trash-2", look="danger")
        self.hint = label(hint, "hint", wrap=True)
        title = label(t("media.covers"), "title")
        # Large letters have a line each, as the panel is no wider for them.
        across = row if theme.scale <= ROOMY else column
        head = across(title, row(1, beside)) if beside is not None else row(title, 1)
        more = [] if below is None else [below]
        looks = across(self.shape, self.style_box, gap=theme.px(6))
        self.setLayout(
            column(
                head,
                self.hint,
                self.draw,
                *more,
                self.list,
                looks,
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

    def _style_changed(self, *fields: str) -> None:
        if self.row >= 0:
            self.styled.emit(self.row, {name: getattr(self.next_cover, name) for name in fields})
        self.next_changed.emit()

    def _remove(self) -> None:
        if self.row >= 0 and not self._locked:
            self.removed.emit(self.row)

    def show_covers(self, covers: Sequence[Cover], names: Sequence[str], chosen: int, *, locked: bool) -> None:
        """Show what covers a photo or clip.

        Args:
            covers: all of them.
            names: what each is called.
            chosen: the one that is worked on, -1 for none.
            locked: only for looking.
        """
        self._locked = locked
        self.list.show_covers(names, chosen)
        one = covers[self.row] if 0 <= self.row < len(covers) else None
        self.remove.setEnabled(one is not None and not locked)
        for part in (self.draw, self.style_box):
            part.setEnabled(not locked)
        self.shape.setEnabled(not locked and not (one is not None and one.whole))
        if one is not None:
            self.shape.setCurrentIndex(self.shape.findData(one.shape))
            self.style_box.setCurrentIndex(_style_of(one))
            self.next_changed.emit()


def _style_of(cover: Cover) -> int:
    """Which of the offered styles a cover has; the first when it is another one."""
    if cover.style == "mean":
        return len(_STYLES) - 1
    return next((n for n, (style, color, _) in enumerate(_STYLES) if (style, color) == (cover.style, cover.color)), 0)
