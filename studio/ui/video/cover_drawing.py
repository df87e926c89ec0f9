"""Drawing a cover over the picture: begun by a key or button, ended by a box or Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.story.model import Box
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.video.clip_canvas import ClipStage
    from studio.ui.video.clip_edits import ClipEditing
    from studio.ui.video.side_panel import SidePanel


class CoverDrawing(QObject):
    """Whether the next drag over the picture draws a cover.

    Args:
        tools: for texts.
        editing: the state of the desk.
        side: the pages; that of the covers says what to do.
        stage: the picture.
    """

    changed = Signal()
    begun = Signal()

    def __init__(
        self, tools: WindowTools, editing: ClipEditing, side: SidePanel, stage: ClipStage, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self._editing = editing
        self._side = side
        self._stage = stage
        self._escapes: list[QShortcut] = []
        self.on = False
        side.draw_asked.connect(self.start)
        stage.cover_drawn.connect(self._take)
        stage.cover_picked.connect(self._pick)
        stage.cover_moved.connect(lambda number, box: editing.change_cover(number, "box", box=box))

    def bind_key(self, place: QWidget) -> None:
        """Let Esc end it, wherever in ``place`` the focus is; at other times Esc belongs to whoever has the focus."""
        key = QShortcut(QKeySequence("Esc"), place)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.setEnabled(False)
        key.activated.connect(self.stop)
        self._escapes.append(key)

    def start(self) -> None:
        """The next drag draws."""
        if self._editing.locked or self._editing.clip is None:
            return
        self.begun.emit()
        self._side.show_page("covers")
        self._switch(True)
        self._stage.setFocus()
        self.changed.emit()

    def stop(self) -> None:
        """No cover after all, and none is chosen."""
        if self.on:
            self._switch(False)
        self._editing.choose_cover(-1)
        self.changed.emit()

    def _switch(self, on: bool) -> None:
        self.on = on
        self._side.covers.hint.setText(self._tools.t("clip.cover_drawing" if on else "clip.cover_hint"))
        for key in self._escapes:
            key.setEnabled(on)

    def _take(self, box: Box) -> None:
        self.stop()
        self._side.show_page("covers")
        self._editing.add_cover(box)

    def _pick(self, number: int) -> None:
        self._editing.choose_cover(number)
        if number >= 0:
            self._side.show_page("covers")
