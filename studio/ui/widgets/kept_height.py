"""Keeps one part as high as another, whose size the style sheet says only once both stand in a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_DRESSED = frozenset({QEvent.Type.Polish, QEvent.Type.StyleChange})


class _HeightKeeper(QObject):
    def __init__(self, kept: QWidget, model: QWidget, more: int) -> None:
        super().__init__(kept)
        self._kept = kept
        self._model = model
        self._more = more

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _DRESSED:
            self.fix_height()
        return super().eventFilter(watched, event)

    def fix_height(self) -> None:
        self._model.ensurePolished()
        self._kept.setFixedHeight(self._model.sizeHint().height() + self._more)


def keep_height(kept: QWidget, model: QWidget, more: int = 0) -> None:
    """Keep ``kept`` as high as ``model`` would like to be, and ``more`` pixels, whatever it wears."""
    keeper = _HeightKeeper(kept, model, more)
    kept.installEventFilter(keeper)
    keeper.fix_height()
