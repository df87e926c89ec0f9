"""Where a window stands on the screen: where it was, and never larger than title bar and task bar leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QSize, Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.base.settings import UserSettings

WISHED = QSize(1366, 768)
"""Pixels of a window that was never moved, where the screen has them to spare."""
_FRAME = QSize(16, 48)
"""Pixels that the system's edges and title bar may take; they are known only when a window is shown."""


def place_window(window: QWidget, stored: str = "", before: QWidget | None = None) -> None:
    """Put a window that is shown next where it was; without that, in the middle or all over a small screen.

    Args:
        window: not shown yet.
        stored: what ``keep_place`` has noted; "" for nothing.
        before: in whose very place it comes; still there.
    """
    if before is not None:
        window.setGeometry(before.normalGeometry() if before.isMaximized() else before.geometry())
        window.setWindowState(before.windowState() & ~Qt.WindowState.WindowMinimized)
        return
    if stored and window.restoreGeometry(QByteArray.fromHex(stored.encode("ascii"))):
        return
    room = window.screen().availableGeometry()
    most = room.size() - _FRAME
    size = WISHED.boundedTo(most)
    place = QRect(room.topLeft(), size)
    place.moveCenter(room.center())
    window.setGeometry(place)
    if size != WISHED:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def keep_place(window: QWidget, settings: UserSettings) -> None:
    """Note where a window stands, for the next start."""
    settings.set("geometry", bytes(window.saveGeometry().toHex().data()).decode("ascii"))
