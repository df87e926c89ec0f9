"""A desk that is taken down lets go of its clip: no thread plays on, no file stays open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent


def open_clips() -> int:
    """How many files of clips this process has open."""
    return sum(_target(link).endswith(".mp4") for link in Path("/proc/self/fd").iterdir())


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""


@pytest.mark.qt_log_ignore("PulseAudio|propagateSizeHints", extend=True)
@pytest.mark.parametrize("end", ["look", "story", "workspace"])
def test_the_clip_is_let_go(studio, end, qtbot):
    before = open_clips()
    studio.stories.open(studio.stories.workspace.story_folders()[0])
    studio.window.go("video")
    player = studio.window.page.player
    qtbot.waitUntil(lambda: player.clip is not None, timeout=5000)
    player.play(1.0)
    qtbot.waitUntil(lambda: open_clips() > before, timeout=5000)
    if end == "look":
        studio.tools.settings.set("desk", "write")
        studio.rebuild()
    elif end == "story":
        studio.window.desk = "write"
        studio.stories.new()
    else:
        studio.show_welcome()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: open_clips() == before, timeout=5000)
