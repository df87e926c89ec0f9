"""The whole window as a screen reader finds it, desk by desk, and what it hears; see ``hands`` and ``spoken_tree``.

python tests/ui/real_screen_reader.py      prints one JSON line: the tree of each desk, and what was announced

Needs a bus of its own (dbus-run-session) and the bus of screen readers (at-spi2-core), which it starts.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from PySide6.QtCore import QProcess, QTimer

from studio.story import edits
from studio.ui.core.desk_context import DESKS
from tests.ui.hands import Scenario, click, keys, make_studio, play, typed

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
PYTHON = "/usr/bin/python3"


class Listener:
    """The other program, which is asked without waiting: the window has to answer it meanwhile."""

    def __init__(self) -> None:
        self._process = QProcess()
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        self._process.start(PYTHON, [str(Path(__file__).with_name("spoken_tree.py"))])
        self._said = b""
        self._process.readyReadStandardOutput.connect(self._take)

    def _take(self) -> None:
        self._said += self._process.readAllStandardOutput().data()

    def ask(self, word: str) -> None:
        self._said = b""
        self._process.write(f"{word}\n".encode())

    @property
    def answered(self) -> bool:
        return self._said.endswith(b"\n")

    @property
    def answer(self) -> Any:
        return json.loads(self._said)

    def close(self) -> None:
        self._process.closeWriteChannel()
        self._process.kill()
        self._process.waitForFinished(3000)


def asked(listener: Listener, word: str) -> Scenario:
    if word:
        listener.ask(word)
    while not listener.answered:
        yield ("sleep", "0.05")
    return listener.answer if word else None


def walk(studio: Any, listener: Listener) -> Scenario:
    window, told = studio.window, {}
    yield from asked(listener, "")
    for code, _ in DESKS:
        window.go(code)
        yield ("sleep", "0.5")
        told[code] = yield from asked(listener, "tree")
    window.calendar.toggle()
    yield ("sleep", "0.3")
    told["calendar"] = yield from asked(listener, "tree")
    window.calendar.toggle()
    window.group_place.show()
    yield ("sleep", "0.3")
    told["group"] = yield from asked(listener, "tree")
    told["before"] = yield from asked(listener, "heard")
    window.go("photo")
    yield ("sleep", "0.3")
    window.page.canvas.setFocus()
    yield keys("Right", "Right")
    yield ("sleep", "0.3")
    told["canvas"] = yield from asked(listener, "heard")
    window.go("write")
    window.page.header.headline.setFocus()
    yield keys("End")
    yield typed(" lagi")
    yield ("sleep", "2.2")
    told["saved"] = yield from asked(listener, "heard")
    QTimer.singleShot(0, lambda: studio.stories.session.edit(edits.set_field("headline", "")))
    window.go("check")
    yield ("sleep", "1.5")
    told["found"] = yield from asked(listener, "heard")
    studio.tools.jobs.start("Pekerjaan panjang", work)
    yield ("sleep", "0.8")
    told["worked"] = yield from asked(listener, "heard")
    yield keys("ctrl+1")
    yield click(window.shell.tabs, window.shell.tabs.tab_middle("write"))
    window.shell.tabs.setFocus()
    yield keys("Right")
    for _ in range(100):  # the desk's modules are imported first
        if window.desk == "photo":
            break
        yield ("sleep", "0.1")
    told["arrow"] = [window.desk, window.shell.tabs.hasFocus()]
    listener.close()
    return told


def work(progress: Any) -> None:
    import time

    for step in range(5):
        progress.report(step, 4, "")
        time.sleep(0.1)


def build(home: Path) -> tuple[Any, Scenario]:
    launcher = next(path for path in LAUNCHERS if Path(path).exists())
    subprocess.Popen([launcher, "--launch-immediately"])  # ends with the bus of this session
    studio = make_studio(home, full=True)
    return studio, walk(studio, Listener())


if __name__ == "__main__":
    play(build)
