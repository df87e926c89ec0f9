"""Chooses a village in the profile with the pointer and the keyboard of an X server, as a person does.

python tests/ui/real_profile.py WAY ...     prints one JSON line: for each way village, district and code of the profile

A way is mouse, Return or Tab. Each has a dialog of its own, all one process.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, cast

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.base import paths
from studio.base.i18n import MessageTexts
from studio.base.lucide_icons import LucideIcons
from studio.story.model import Group
from studio.ui.core.background_jobs import InlineJobs
from studio.ui.core.desk_context import WindowTools
from studio.ui.core.window_theme import load_theme
from studio.ui.dialogs.profile_dialog import ProfileDialog

TYPED = "oesapa"


def do(*words: object) -> None:
    """Let xdotool do one thing, while the window goes on."""
    subprocess.Popen(["xdotool", *map(str, words)])


def choose(app: QApplication, tools: WindowTools, way: str) -> list[str]:
    """Type, choose and save in a new dialog, and tell what the group is then."""
    dialog = ProfileDialog(tools, Group(name="KIM Pena"))
    dialog.show()
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    field = dialog.inputs["village"]

    def point(widget: Any, at: Any) -> tuple[int, int]:
        place = widget.mapToGlobal(at)
        return place.x(), place.y()

    def pick() -> None:
        entries = dialog.villages.list
        if not entries.isVisible():
            return
        watch.timeout.disconnect()
        if way == "mouse":
            row = entries.visualRect(entries.model().index(0, 0))
            do("mousemove", *point(entries.viewport(), row.center()), "sleep", "0.2", "click", 1)
        else:
            do("key", "Down", "sleep", "0.1", "key", way)
        watch.timeout.connect(save)

    def save() -> None:
        if dialog.villages.list.isVisible() or field.text() == TYPED:
            return
        watch.stop()
        dialog.accepted.connect(app.quit)
        do("mousemove", *point(dialog.save, dialog.save.rect().center()), "sleep", "0.1", "click", 1)

    watch = QTimer(dialog, interval=50)
    watch.timeout.connect(pick)
    watch.start()
    late = QTimer(dialog, singleShot=True)
    late.timeout.connect(lambda: app.exit(1))
    late.start(60_000)
    do("mousemove", *point(field, field.rect().center()), "click", 1, "sleep", "0.2", "type", "--delay", "30", TYPED)
    if app.exec():
        raise SystemExit(f"nothing was chosen: {way}")
    group = dialog.group
    dialog.deleteLater()
    return [group.village, group.district, group.region_code]


def main(ways: list[str]) -> None:
    app = QApplication([])
    theme = load_theme(paths.assets_dir() / "theme", "light", LucideIcons())
    texts = MessageTexts(paths.assets_dir() / "messages", "id")
    tools = WindowTools(texts, theme, cast(Any, None), InlineJobs(), cast(Any, None))
    sys.stdout.write(json.dumps([choose(app, tools, way) for way in ways]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
