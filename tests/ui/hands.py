"""Real hands: a whole studio under an X server, and keys, clicks and wheel turns that come from there.

A scenario is a generator. It yields words for ``xdotool``, and is resumed once the window has dealt with them, or a
condition, and is resumed once that holds; what it returns is printed as one line of JSON. There is no window manager:
the window is made active by hand.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QProcess, QTimer
from PySide6.QtWidgets import QApplication, QWidget

Condition = Callable[[], bool]
Scenario = Generator[tuple[str, ...] | Condition, None, Any]
SIZE = (1366, 768)
_SETTLE_MS = 60
_LOOK_MS = 15
_LONGEST_MS = 250_000
_LONGEST_LOOKS = 1000

needs_screen = pytest.mark.skipif(
    not (shutil.which("xvfb-run") and shutil.which("xdotool")), reason="no X server (apt: xvfb xauth xdotool)"
)


def at(widget: QWidget, place: QPoint | None = None) -> tuple[str, str]:
    """Where a widget (its middle) is on the screen, for ``xdotool mousemove``."""
    point = widget.mapToGlobal(place if place is not None else widget.rect().center())
    return str(point.x()), str(point.y())


def click(widget: QWidget, place: QPoint | None = None) -> tuple[str, ...]:
    """Move there and click."""
    return ("mousemove", *at(widget, place), "click", "1")


def wheel(widget: QWidget, turns: int = 1, *, up: bool = False) -> tuple[str, ...]:
    """Move over a widget and turn the wheel."""
    return ("mousemove", *at(widget), *(("click", "4" if up else "5") * turns))


def keys(*names: str) -> tuple[str, ...]:
    """Press keys, such as ``Tab`` or ``ctrl+n``, one after the other."""
    return ("key", "--delay", "25", *names)


def typed(text: str) -> tuple[str, ...]:
    """Type a text."""
    return ("type", "--delay", "8", text)


def run_script(script: str, *more: str, under: tuple[str, ...] = (), **surroundings: str) -> Any:
    """Run a script of scenarios under an X server of its own; what it printed last.

    Args:
        script: its path.
        more: its arguments.
        under: a command that starts it.
        surroundings: more variables.
    """
    # From a number of its own on: two that begin at once would find the same one free.
    first = str(100 + secrets.randbelow(900))
    screen = ["xvfb-run", "-a", "-n", first, "-s", f"-screen 0 {SIZE[0]}x{SIZE[1]}x24", *under]
    command = [*screen, sys.executable, script, *more]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "xcb", **surroundings}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings, timeout=270)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def make_studio(home: Path, theme: str = "light", scale: float = 1.0, *, full: bool = False) -> Any:
    """A studio of the real program with a workspace of its own, the window open at 1366 x 768.

    Args:
        home: an empty folder.
        theme: light or dark.
        scale: text size.
        full: with a story that has one of everything, open.
    """
    from studio.app import make_application
    from studio.base import paths
    from studio.base.lucide_icons import LucideIcons
    from studio.base.settings import UserSettings
    from studio.store.workspace import create_workspace
    from studio.story.model import Group
    from studio.ui.core.background_jobs import ThreadedJobs
    from studio.ui.dialogs.qt_dialogs import QtDialogs
    from studio.ui.shell.application import ProgramPlaces, StudioApplication

    app = make_application()
    settings = UserSettings(home / "settings.json")
    settings.set("writer_asked", True)
    settings.set("theme", theme)
    settings.set("text_scale", scale)
    settings.set("language", "id")
    workspace = home / "KIM"
    folder = ""
    with create_workspace(workspace, Group(name="KIM Bina Warga", village="Desa Sukamaju")) as made:
        if full:
            from tests.ui.full_story import add_full_story

            folder = add_full_story(made, home)
    places = ProgramPlaces(paths.assets_dir(), home / "Dokumen")
    studio = StudioApplication(
        app, settings, ThreadedJobs(), lambda texts: QtDialogs(texts, home), LucideIcons(), places, lambda *_: None
    )
    studio.open_workspace(workspace)
    if folder:
        studio.stories.open(folder)
    shell = studio.window.shell
    shell.move(0, 0)
    shell.resize(*SIZE)
    shell.activateWindow()
    return studio


class Player:
    """Plays one scenario in the running application."""

    def __init__(self, scenario: Scenario, done: Callable[[Any], None]) -> None:
        self._scenario = scenario
        self._done = done
        self._looks = 0
        self._hand = QProcess()
        self._hand.finished.connect(lambda *_: QTimer.singleShot(_SETTLE_MS, self.go_on))

    def go_on(self) -> None:
        """The next step."""
        try:
            words = next(self._scenario)
        except StopIteration as end:
            self._done(end.value)
            return
        if callable(words):
            self._looks = 0
            self._look(words)
        else:
            self._hand.start("xdotool", list(words))

    def _look(self, holds: Condition) -> None:
        """Go on when it holds."""
        self._looks += 1
        assert self._looks < _LONGEST_LOOKS, holds
        if holds():
            QTimer.singleShot(_SETTLE_MS, self.go_on)
        else:
            QTimer.singleShot(_LOOK_MS, lambda: self._look(holds))


def play(build: Callable[[Path], tuple[Any, Scenario]]) -> None:
    """Build a studio and play a scenario with it; prints what it returned. Ends the process."""
    home = Path(tempfile.mkdtemp(prefix="kim-hands-"))
    try:
        studio, scenario = build(home)
        app = QApplication.instance()

        def done(told: Any) -> None:
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()
            studio.close()
            app.exit(0)

        player = Player(scenario, done)
        sys.excepthook = lambda *trouble: (sys.__excepthook__(*trouble), app.exit(1))
        QTimer.singleShot(400, player.go_on)
        QTimer.singleShot(_LONGEST_MS, lambda: app.exit(2))
        code = app.exec()
    finally:
        shutil.rmtree(home, ignore_errors=True)
    sys.stdout.flush()
    os._exit(code)


def who(studio: Any) -> str:
    """The accessible name of what has the keyboard now; "" for nothing."""
    focus = QApplication.focusWidget()
    return focus.accessibleName() if focus is not None else ""
