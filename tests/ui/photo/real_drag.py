"""Drags photos along the strip with the pointer of an X server, as a person does: Qt's own drag and drop runs.

python tests/ui/photo/real_drag.py FROM,FROM...:TO ...     prints one JSON line: for each drag the photos moved, the
                                                           gap, whether the line was seen there before the end

The first FROM is what is held; all are selected first. Numbers count from 0; TO is a gap: 0 is before the first photo.
Every drag has a strip of its own, all one process.
"""

from __future__ import annotations

import json
import subprocess
import sys

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.base import paths
from studio.base.lucide_icons import LucideIcons
from studio.ui.core.window_theme import WindowTheme, load_theme
from studio.ui.media.media_strip import MediaStrip, StripItem, StripLook

COUNT, WAY = 5, 8


def hand(strip: MediaStrip, held: list[int], gap: int) -> list[str]:
    """What xdotool does: click what is to be selected, take hold of the first, go there, wait, let go."""

    def place(number: int, beyond: int = 0) -> tuple[str, str]:
        middle = strip.visualItemRect(strip.item(number)).center() + QPoint(beyond, 0)
        at = strip.viewport().mapToGlobal(middle)
        return str(at.x()), str(at.y())

    steps: list[str] = []
    for number in (*held[1:], held[0]):
        steps += ["mousemove", *place(number), "keydown", "ctrl", "sleep", "0.05", "click", "1", "keyup", "ctrl"]
    end = place(COUNT - 1, 25) if gap == COUNT else place(gap, -25)
    start = place(held[0])
    steps += ["sleep", "0.7", "mousemove", *start, "mousedown", "1", "sleep", "0.1"]  # 0.7 s: no double click
    for step in range(1, WAY + 1):
        x = int(start[0]) + (int(end[0]) - int(start[0])) * step // WAY
        steps += ["mousemove", str(x), end[1], "sleep", "0.03"]
    return [*steps, "sleep", "0.3", "mouseup", "1"]


def drag(app: QApplication, theme: WindowTheme, held: list[int], gap: int) -> dict[str, object]:
    """Show a strip, drag there, and tell what came of it."""
    strip = MediaStrip(theme, StripLook(64, (84, 92), 108))
    strip.show_items([StripItem(f"p{n}", str(n + 1), f"{n}.jpg", "image") for n in range(COUNT)], locked=False)
    for number in range(COUNT):
        strip.show_thumb(f"p{number}", None)
    strip.setGeometry(100, 100, 600, strip.height())
    strip.show()
    strip.activateWindow()
    seen: set[int] = set()
    told: dict[str, object] = {}
    watch = QTimer(strip, interval=20)
    watch.timeout.connect(lambda: seen.add(strip._gap))
    late = QTimer(strip, singleShot=True)
    late.timeout.connect(lambda: app.exit(1))

    def tell(moved: list[str], to: int) -> None:
        told.update(moved=moved, gap=to, line=to in seen)
        QTimer.singleShot(0, app.quit)

    strip.moved.connect(tell)
    watch.start()
    late.start(60_000)
    assert QTest.qWaitForWindowActive(strip)
    hands = subprocess.Popen(["xdotool", *hand(strip, held, gap)])
    if app.exec():
        raise SystemExit(f"nothing was moved: {held} to {gap}")
    hands.wait()
    strip.deleteLater()
    return told


def main(ways: list[str]) -> None:
    app = QApplication([])
    theme = load_theme(paths.assets_dir() / "theme", "light", LucideIcons())
    told = []
    for way in ways:
        held, _, gap = way.partition(":")
        told.append(drag(app, theme, [int(each) for each in held.split(",")], int(gap)))
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
