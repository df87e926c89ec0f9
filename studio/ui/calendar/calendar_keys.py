"""What a key means on the calendar, from the one table of shortcuts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from studio.ui.core.shortcut_table import TABLE, keys_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    rows = {QKeySequence(key).toString(): row.code for row in TABLE if row.group == "planning" for key in row.keys}
    return rows | {QKeySequence(key).toString(): "box_let_go" for key in keys_of("box_let_go")}


def calendar_key(event: QKeyEvent) -> str:
    """The code of a row of the calendar; "" for any other key."""
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _codes().get(QKeySequence(QKeyCombination(plain, Qt.Key(event.key()))).toString(), "")
