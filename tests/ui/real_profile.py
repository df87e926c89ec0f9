"""Chooses a village in the profile with the pointer and the keyboard of an X server, as a person does.

python tests/ui/real_profile.py mouse|Return|Tab     prints one JSON line: village, district and code of the profile
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from studio.base import paths
from studio.base.i18n import MessageTexts
from studio.base.lucide_icons import LucideIcons
from studio.story.model import Group
from studio.ui.core.background_jobs import InlineJobs
from studio.ui.core.desk_context import WindowTools
from studio.ui.core.window_theme import load_theme
from studio.ui.dialogs.profile_dialog import ProfileDialog


def do(*words: object) -> None:
    """Let xdotool do one thing, while the window goes on."""
    subprocess.Popen(["xdotool", *map(str, words)])


def main(way: str) -> None:
    app = QApplication([])
    theme = load_theme(paths.assets_dir() / "theme", "light", LucideIcons())
    texts = MessageTexts(paths.assets_dir() / "messages", "id")
    tools = WindowTools(texts, theme, cast(Any, None), InlineJobs(), cast(Any, None))
    dialog = ProfileDialog(tools, Group(name="KIM Pena"))
    dialog.show()
    field = dialog.inputs["village"]

    def point(widget: Any, at: Any) -> tuple[int, int]:
        place = widget.mapToGlobal(at)
        return place.x(), place.y()

    def choose() -> None:
        entries = dialog.villages.list
        if not entries.isVisible():
            return
        watch.stop()
        if way == "mouse":
            row = entries.visualRect(entries.model().index(0, 0))
            do("mousemove", *point(entries.viewport(), row.center()), "sleep", "0.2", "click", 1)
        else:
            do("key", "Down", "sleep", "0.1", "key", way)
        QTimer.singleShot(900, save)

    def save() -> None:
        dialog.accepted.connect(tell)
        do("mousemove", *point(dialog.save, dialog.save.rect().center()), "sleep", "0.1", "click", 1)

    def tell() -> None:
        group = dialog.group
        sys.stdout.write(json.dumps([group.village, group.district, group.region_code]) + "\n")
        QTimer.singleShot(0, app.quit)

    watch = QTimer(interval=50)
    watch.timeout.connect(choose)
    watch.start()
    begin = ["click", 1, "sleep", "0.2", "type", "--delay", "30", "oesapa"]
    QTimer.singleShot(400, lambda: do("mousemove", *point(field, field.rect().center()), *begin))
    QTimer.singleShot(15_000, lambda: app.exit(1))
    raise SystemExit(app.exec())


if __name__ == "__main__":
    main(sys.argv[1])
