"""The complete window, offscreen: how long it stands still when a desk is shown for the first time, and then again.

    python bench/desks_switch.py [ROUNDS]     (default 5)

The window of the sample workspace (three photos, two clips) as the program builds it, with work in threads. A tab is
pressed and released with 80 ms between, as a hand does; then the window is left alone until nothing more comes. Every
round is a process of its own. ``measure`` is called by bench/desks.py.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")

from studio.ui.core.plain_import import import_qt

import_qt()  # as the program does, before anything else imports PySide6
DESKS = ("photo", "video", "check", "publish", "write")
_HELD = 0.08
_QUIET = 2.0


def one_round(home: Path, sample: Path) -> dict[str, float]:
    """Longest pause in milliseconds by what was done, in this process."""
    os.environ["KIM_STUDIO_HOME"] = str(home)
    from desks_video import Gaps
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from studio.app import make_application, make_sample
    from studio.base import paths
    from studio.base.lucide_icons import LucideIcons
    from studio.base.settings import UserSettings
    from studio.ui.core.background_jobs import ThreadedJobs
    from studio.ui.dialogs.qt_dialogs import QtDialogs
    from studio.ui.shell.application import ProgramPlaces, StudioApplication

    app = make_application()
    workspace = home / "KIM"
    shutil.copytree(sample, workspace)
    settings = UserSettings(home / "settings.json", late=True)
    places = ProgramPlaces(paths.assets_dir(), home, sample.parent)
    icons = LucideIcons(sample.parent / "icons.json")

    def make_boxes(texts: MessageTexts) -> QtDialogs:
        return QtDialogs(texts, home)

    studio = StudioApplication(app, settings, ThreadedJobs(), make_boxes, icons, places, make_sample, settled=gc.freeze)

    def wait(seconds: float) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            app.processEvents()
            time.sleep(0.0005)

    studio.start(workspace)
    studio.window.shell.resize(1366, 768)
    wait(3.0)
    gaps = Gaps()
    found: dict[str, float] = {}
    folder = next(path.name for path in sorted((workspace / "stories").iterdir()) if "pasar" in path.name)
    gaps.reset()
    studio.stories.open(folder)
    wait(_QUIET)
    found["a story is opened"] = gaps.worst()
    for time_ in ("first", "again"):
        for desk in DESKS:
            tabs = studio.window.shell.tabs
            gaps.reset()
            QTest.mousePress(tabs, Qt.MouseButton.LeftButton, pos=tabs.tab_middle(desk))
            wait(_HELD)
            QTest.mouseRelease(tabs, Qt.MouseButton.LeftButton, pos=tabs.tab_middle(desk))
            wait(_QUIET)
            found[f"{desk}, {time_}"] = gaps.worst()
    studio.close()  # keeps the icons for the next round
    return found


def measure(rounds: int = 5) -> dict[str, float]:
    """Median over the rounds of the longest pause in milliseconds, by what was done."""
    from studio.app import make_sample
    from studio.base.progress import SilentProgress

    with tempfile.TemporaryDirectory(prefix="kim-bench-", ignore_cleanup_errors=True) as name:
        sample = Path(name) / "sample"
        make_sample(sample, SilentProgress())
        every: list[dict[str, float]] = []
        for number in range(rounds + 1):
            home = Path(name) / str(number)
            home.mkdir()
            command = [sys.executable, __file__, "--round", str(home), str(sample)]
            done = subprocess.run(command, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL)
            every.append(json.loads(done.stdout.splitlines()[-1]))
    counted = every[1:]  # the first fills the caches
    return {key: statistics.median(each[key] for each in counted) for key in counted[0]}


def main() -> None:
    if sys.argv[1:2] == ["--round"]:
        print(json.dumps(one_round(Path(sys.argv[2]), Path(sys.argv[3]))), flush=True)
        os._exit(0)
    for name, value in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 5).items():
        print(f"{name:40} {value:8.1f} ms")


if __name__ == "__main__":
    main()
