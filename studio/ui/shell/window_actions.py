"""The actions of the window and its menus, and what they ask of the program around.

Every action that has a shortcut gets it from the table in ``shortcuts``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QAction, QKeySequence

from studio.ui.core.shortcut_table import KEYS, key_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QMenu, QWidget

    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.unsaved_work import UnsavedWork
    from studio.ui.core.window_theme import IconRole

ICONS: Mapping[str, str] = {
    "new": "plus",
    "new_notice": "megaphone",
    "undo": "undo-2",
    "redo": "redo-2",
    "add": "image-plus",
    "from_phone": "smartphone",
    "recorder": "audio-lines",
    "history": "history",
    "to_editor": "package",
    "read_aloud": "mic",
    "print_paper": "printer",
    "photo_folder": "images",
    "lessons": "graduation-cap",
    "shots": "clipboard-list",
    "certificates": "award",
    "series": "calendar-sync",
    "next_story": "copy-plus",
    "address": "link-2",
    "delete": "trash-2",
    "bin": "archive-restore",
    "calendar": "calendar-days",
    "theme": "sun",
    "language": "languages",
    "bigger": "a-arrow-up",
    "smaller": "a-arrow-down",
    "data": "database",
    "settings": "settings",
    "guide": "book-open",
    "help": "keyboard",
    "quit": "log-out",
    "profile": "users",
    "workspaces": "folder-open",
    "new_workspace": "folder-plus",
    "sample": "sparkles",
    "backup": "usb",
    "restore": "folder-down",
}
MORE_MENU = (
    *("new_notice", "|"),
    *("undo", "redo", "|", "add", "from_phone", "recorder", "shots", "|"),
    *("to_editor", "print_paper", "read_aloud", "series", "next_story", "address", "history", "delete", "|"),
    *("calendar", "photo_folder", "certificates", "bin", "backup", "|"),
    *("theme", "language", "bigger", "smaller", "usual_size", "|"),
    *("settings", "data", "guide", "lessons", "help", "quit"),
)
WORKSPACE_MENU = ("profile", "|", "workspaces", "new_workspace", "sample", "|", "backup", "restore", "|")


class WindowHost(Protocol):
    """What the window asks of the program around it."""

    drives: Callable[[], Iterable[Path]] | None

    def rebuild(self) -> None:
        """Rebuild the window: theme, language, text size or profile changed."""

    def choose_workspace(self) -> None:
        """Let the user open another workspace."""

    def make_workspace(self) -> None:
        """Let the user make a workspace."""

    def open_sample(self, *, practise: bool = False) -> None:
        """Open the sample workspace, also as an exercise."""

    def open_workspace(self, path: Path, *, take_over: bool = False) -> None:
        """Open this one."""

    def edit_profile(self, field: str = "") -> None:
        """Let the user change the group's profile; the focus goes to ``field`` (``"members"``, ``"hashtags/0"``)."""

    def edit_settings(self) -> None:
        """Let the user change the settings."""

    def quit(self) -> bool:
        """End the program; False when the user stays, with work that could not be saved."""

    safety: UnsavedWork | None
    """Watches over the open workspace."""


class WindowActions:
    """Actions by their code.

    Args:
        tools: what every part is given.
        window: the widget whose shortcuts they are.
        calls: what each does.
    """

    def __init__(self, tools: WindowTools, window: QWidget, calls: Mapping[str, Callable[[], object]]) -> None:
        self._tools = tools
        self.all: dict[str, QAction] = {}
        for code, call in calls.items():
            self.all[code] = self._make(window, code, call)

    def _make(self, window: QWidget, code: str, call: Callable[[], object]) -> QAction:
        action = QAction(self._tools.t(f"key.{code}"), window)
        if code in KEYS:
            keys = [QKeySequence(KEYS[code])]
            if code == "redo":
                # What Windows taught.
                keys.append(QKeySequence("Ctrl+Y"))
            if code == "bigger":
                # On most keyboards the plus needs Shift: the key itself is the equals sign.
                keys.append(QKeySequence("Ctrl+="))
            action.setShortcuts(keys)
            action.setToolTip(f"{action.text()} ({key_text(KEYS[code])})")
        action.triggered.connect(lambda _=False: call())
        window.addAction(action)
        return action

    def fill(self, menu: QMenu, codes: Iterable[str]) -> None:
        """Put actions into a menu that is about to be shown; "|" draws a line."""
        menu.clear()
        for code in codes:
            if code == "|":
                menu.addSeparator()
                continue
            action = self.all[code]
            if code in ICONS and action.icon().isNull():  # drawn now: a window opens faster without
                role: IconRole = "bad" if code == "delete" else "normal"
                action.setIcon(self._tools.theme.icon(ICONS[code], role, 16))
            menu.addAction(action)

    def enable(self, enabled: bool, *codes: str) -> None:
        """Switch actions on or off."""
        for code in codes:
            self.all[code].setEnabled(enabled)
