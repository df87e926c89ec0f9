"""Faces that may be seen: a cover that was drawn or proposed over one becomes a mark which words and crops spare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.ui.widgets.basic_parts import button, column, label, row

if TYPE_CHECKING:
    from studio.story.model import Photo
    from studio.ui.core.desk_context import WindowTools


class FacePanel(QWidget):
    """The button below the covers, and how many faces are marked.

    Args:
        tools: what every part is given.
    """

    shown = Signal()
    """The face under the chosen cover may be seen."""
    forgotten = Signal()
    """The marks of all faces go."""

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._tools = tools
        theme, t = tools.theme, tools.t
        self.show_face = button(
            theme, t("photodesk.face_show"), self.shown.emit, icon="eye", tip=t("photodesk.face_show_tip")
        )
        self.told = label("", "muted", wrap=True)
        self.forget = button(theme, t("photodesk.face_forget"), self.forgotten.emit, look="link")
        self.setLayout(column(self.show_face, row(self.told, 1, self.forget, gap=theme.px(6)), gap=theme.px(4)))
        self.show_photo(None, -1, locked=True)

    def show_photo(self, photo: Photo | None, chosen: int, *, locked: bool) -> None:
        """Show the marks of a photo; ``chosen`` is the cover that is worked on, -1 for none."""
        count = len(photo.faces) if photo is not None else 0
        covers = len(photo.covers) if photo is not None else 0
        self.show_face.setEnabled(0 <= chosen < covers and not locked)
        self.told.setText(self._tools.t("photodesk.face_count", count=count) if count else "")
        self.told.setVisible(bool(count))
        self.forget.setVisible(bool(count) and not locked)
