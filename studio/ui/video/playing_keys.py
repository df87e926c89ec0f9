"""Keys that play and move, the same on the picture, the timeline and the track of the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

_PLAIN: Mapping[int, str] = {
    Qt.Key.Key_Space: "toggle",
    Qt.Key.Key_Left: "back",
    Qt.Key.Key_Right: "on",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
}
_SHIFTED: Mapping[int, str] = {Qt.Key.Key_Left: "second_back", Qt.Key.Key_Right: "second_on"}


def move_of(event: QKeyEvent) -> str:
    """What a key does to the playhead; "" for a key that does something else."""
    pressed = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if pressed == Qt.KeyboardModifier.NoModifier:
        return _PLAIN.get(event.key(), "")
    return _SHIFTED.get(event.key(), "") if pressed == Qt.KeyboardModifier.ShiftModifier else ""
