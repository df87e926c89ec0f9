"""What a key means on the photo desk and on the video desk: read from the one table that F1 shows, the same on both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from studio.ui.core.shortcut_table import TABLE, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from studio.ui.core.shortcut_table import Group

STEP, FAR_STEP = 0.005, 0.05
"""Shares of the picture that an arrow moves or resizes a box by, and with Shift."""
_ARROWS: Mapping[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@dataclass(frozen=True, slots=True)
class BoxStep:
    """What an arrow does to a box on the picture.

    Attributes:
        by: fractions of the picture, to the right and down.
        resize: the lower right corner moves, not the whole box.
    """

    by: tuple[float, float]
    resize: bool


def code_of(event: QKeyEvent, *groups: Group) -> str:
    """The code of what a key does, looked up in some groups of the table; "" for a key that is not among them."""
    pressed = event.keyCombination()
    plain = pressed.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier  # the keypad's arrows are arrows too
    wanted = QKeySequence(QKeyCombination(plain, pressed.key())).toString()
    return next((codes[wanted] for codes in map(_codes_of, groups) if wanted in codes), "")


@cache
def _codes_of(group: Group) -> Mapping[str, str]:
    rows = (row for row in TABLE if row.group == group)
    return {QKeySequence(key).toString(): row.code for row in rows for key in row.keys}


def box_step(event: QKeyEvent) -> BoxStep | None:
    """The step that an arrow asks for; None for every other key."""
    code = code_of(event, "canvas")
    way = _ARROWS.get(event.key())
    if way is None or not code.startswith("box_"):
        return None
    step = FAR_STEP if code.endswith("_far") else STEP
    return BoxStep((way[0] * step, way[1] * step), code.startswith("box_resize"))


def playing_code(event: QKeyEvent) -> str:
    """What a key does to the playhead, without ``play_``; "" for a key that does something else."""
    code = code_of(event, "video")
    return code.removeprefix("play_") if code.startswith("play_") else ""


def bind_key(part: QWidget, key: str, call: Callable[[], object], *, within: bool = False) -> None:
    """Bind a key to a part of the window that has the focus; ``within``: or has in it what has the focus."""
    contexts = Qt.ShortcutContext
    shortcut = QShortcut(QKeySequence(key), part)
    shortcut.setContext(contexts.WidgetWithChildrenShortcut if within else contexts.WidgetShortcut)
    shortcut.activated.connect(call)


def bind_keys(part: QWidget, code: str, call: Callable[[], object], *, within: bool = False) -> None:
    """Bind every key of a row of the table, as ``bind_key`` does."""
    for key in keys_of(code):
        bind_key(part, key, call, within=within)


def bind_order(part: QWidget, move: Callable[[int], object], *, within: bool = False) -> None:
    """Let the keys that order a list do so: ``move`` is called with -1 for earlier, 1 for later."""
    bind_keys(part, "move_up", lambda: move(-1), within=within)
    bind_keys(part, "move_down", lambda: move(1), within=within)
