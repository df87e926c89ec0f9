"""Memory and pace of the window, offscreen: what it holds, and the processor time of each pause in its own thread.

python bench/window_memory.py [--rounds 3] [--before CHECKOUT] [--sample FOLDER]

Each round is a process of its own, beside a bare PySide6 window and, with ``--before``, another commit (a checkout with
its own .venv), in turn. Printed are medians: resident memory in MB (``/proc/self/statm``) with 2,000 stories and after
the video desk and an export of the sample's market story; and for each thing a user does the longest turn of the event
loop, in milliseconds of processor time of the window's thread (``time.thread_time``, so that other programs matter
little; waiting for Python's lock is not in it, and is seen in the column of the clock). ``--sample`` keeps the sample.
"""

from __future__ import annotations

import argparse
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
    from collections.abc import Callable

    from studio.ui.shell.application import StudioApplication

ROOT = Path(__file__).resolve().parent.parent
_QUIET = 1.5
_HELD = 0.08
_EXPORT_SECONDS = 240
_DESKS = ("photo", "video", "check", "publish", "write")
BARE = """
import json, sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1366, 768)
window.show()
end = time.time() + 0.5
while time.time() < end:
    app.processEvents()
    time.sleep(0.01)
busy = time.process_time() * 1000 - 0
held = int(open("/proc/self/statm").read().split()[1]) * 4 / 1024
print(json.dumps({"MB, 2,000 stories": held, "processor to the first painting": busy}))
"""


def resident() -> float:
    """MB of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024**2


class Turns:
    """Runs the event loop and keeps the longest turn: processor time of this thread, and by the clock, in seconds."""

    def __init__(self, studio: StudioApplication) -> None:
        self._app = studio._app
        self.worst = self.clock = 0.0

    def run(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """Handle what comes, for so long or until something is there."""
        from PySide6.QtCore import QEvent, QEventLoop

        end = time.perf_counter() + seconds
        while time.perf_counter() < end and not until():
            self.hold(lambda: self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 0))
            self.hold(lambda: self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete))
            time.sleep(0.0005)

    def hold(self, call: Callable[[], object]) -> None:
        """Do something the user does; one turn."""
        begun, clock = time.thread_time(), time.perf_counter()
        call()
        self.worst = max(self.worst, time.thread_time() - begun)
        self.clock = max(self.clock, time.perf_counter() - clock)

    def take(self, what: str, found: dict[str, float]) -> None:
        """Note the longest turn since the last note, in milliseconds."""
        found[f"ms, {what}"], found[f"clock, {what}"] = self.worst * 1000, self.clock * 1000
        self.worst = self.clock = 0.0


def open_studio(home: Path) -> tuple[StudioApplication, Turns]:
    """The program around its window, as ``run_window`` builds it, with work in threads."""
    from studio.app import make_application, make_sample
    from studio.base import paths
    from studio.base.lucide_icons import LucideIcons
    from studio.base.settings import UserSettings
    from studio.ui.core.background_jobs import ThreadedJobs
    from studio.ui.dialogs.qt_dialogs import QtDialogs
    from studio.ui.shell.application import ProgramPlaces, StudioApplication

    app = make_application()
    settings = UserSettings(home / "settings.json", late=True)
    settings.set("writer_asked", True)
    settings.set("geometry", "")
    places = ProgramPlaces(paths.assets_dir(), home, home / "cache")
    icons = LucideIcons(home / "cache" / "icons.json")
    studio = StudioApplication(
        app,
        settings,
        ThreadedJobs(),
        lambda texts: QtDialogs(texts, home),
        icons,
        places,
        make_sample,
        settled=gc.freeze,
    )
    return studio, Turns(studio)


def first_painting(home: Path) -> dict[str, float]:
    """Processor time to the first painting and MB five seconds later, in a workspace with 2,000 stories."""
    studio, turns = open_studio(home)
    studio.start(home / "KIM")
    painted: list[bool] = []
    studio.window.shell.first_painted.connect(lambda: painted.append(True))
    studio.window.shell.resize(1366, 768)
    turns.run(5, until=lambda: bool(painted))
    turns.run(0)
    busy = time.process_time() * 1000
    turns.run(5)
    found = {"MB, 2,000 stories": resident(), "processor to the first painting": busy}
    studio.close()
    return found


def walk(home: Path) -> dict[str, float]:
    """Every desk, theme and language of the sample workspace, then an export."""
    studio, turns = open_studio(home)
    studio.start(home / "KIM")
    turns.run(5)
    found: dict[str, float] = {"MB, sample, window": resident()}
    folders = sorted(path.name for path in (home / "KIM" / "stories").iterdir())
    turns.run(0)
    turns.worst = turns.clock = 0.0
    turns.hold(lambda: studio.stories.open(next(name for name in folders if "pasar" in name)))
    turns.run(_QUIET)
    turns.take("a story is opened", found)
    for when in ("first", "again"):
        for desk in _DESKS:
            press_tab(studio, turns, desk)
            turns.run(_QUIET)
            turns.take(f"{desk} desk, {when}", found)
    found["MB, every desk"] = resident()
    for action in ("theme", "language"):
        turns.hold(lambda action=action: studio.window.actions.all[action].trigger())
        turns.run(_QUIET)
        turns.take(f"another {action}", found)
    press_tab(studio, turns, "video")
    turns.run(_QUIET)
    export(studio, turns)
    turns.take("while exporting", found)
    found["MB, after video desk and export"] = resident()
    studio.close()
    return found


def press_tab(studio: StudioApplication, turns: Turns, desk: str) -> None:
    """The mouse comes to the tab, goes down and up, as a hand does it."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    tabs = studio.window.shell.tabs
    spot = (tabs.tab_middle if hasattr(tabs, "tab_middle") else tabs.spot)(desk)  # older commits say spot
    QTest.mouseMove(tabs, spot)
    turns.run(0.1)
    turns.hold(lambda: QTest.mousePress(tabs, Qt.MouseButton.LeftButton, pos=spot))
    turns.run(_HELD)
    turns.hold(lambda: QTest.mouseRelease(tabs, Qt.MouseButton.LeftButton, pos=spot))


def export(studio: StudioApplication, turns: Turns) -> None:
    """Export the open story to every outlet that is ticked, then wait until memory has been given back."""
    studio.window.go("publish")
    turns.run(2)
    studio.window.page.head.export.click()
    turns.run(2)
    turns.run(_EXPORT_SECONDS, until=lambda: not studio.tools.jobs.running())
    turns.run(5)


# ------------------------------------------------------------------------------------------------ rounds


def one_round(what: str, home: Path) -> dict[str, float]:
    sys.setswitchinterval(0.0005)
    from studio.ui.core.plain_import import import_qt

    kept = [home / "cache" / "qt-bytecode"] if import_qt.__code__.co_argcount else []  # older commits keep none
    gc.disable()  # as the program does
    import_qt(*kept)
    return first_painting(home) if what == "many" else walk(home)


def run_child(python: Path | str, tree: Path, arguments: list[str], home: Path) -> dict[str, float]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    around = kept | {
        "KIM_STUDIO_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "*.warning=false;qt.multimedia.*=false",
        "PYTHONPYCACHEPREFIX": str(home.parent / "pycache" / tree.name),  # as after pip install
        "PYTHONPATH": str(tree),
    }
    done = subprocess.run(
        [str(python), *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        cwd=tree,
        env=around,
        check=False,
    )
    if done.returncode or not done.stdout.strip():
        raise SystemExit(done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1])


def measure(rounds: int, before: Path | None, scratch: Path, sample: Path) -> dict[str, list[dict[str, float]]]:
    """Figures of each program by round."""
    sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
    from window import STORIES, fill_workspace

    from studio.app import make_sample
    from studio.base.progress import SilentProgress

    if not sample.exists():
        make_sample(sample, SilentProgress())
    fill_workspace(scratch / "filled", STORIES)
    trees = {"before": before, "now": ROOT} if before else {"now": ROOT}
    found: dict[str, list[dict[str, float]]] = {name: [] for name in ("bare", *trees)}
    for number in range(rounds + 1):  # the first fills the caches
        found["bare"].append(run_child(sys.executable, ROOT, ["-c", BARE], scratch / "bare"))
        for name, tree in trees.items():
            python = tree / ".venv" / "bin" / "python"
            figures: dict[str, float] = {}
            for what, source in (("many", scratch / "filled"), ("walk", sample)):
                home = scratch / name / what
                if what == "many" and not home.exists():
                    shutil.copytree(source, home / "KIM")
                    story = sorted(path.name for path in (home / "KIM" / "stories").iterdir())[0]
                    settings = {"story": {str(home / "KIM"): story}}
                    (home / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
                elif what == "walk":
                    shutil.rmtree(home / "KIM", ignore_errors=True)
                    (home / "settings.json").unlink(missing_ok=True)
                    shutil.copytree(source, home / "KIM")
                figures |= run_child(python, tree, [__file__, "--round", what, str(home)], home)
            found[name].append(figures)
            print(f"round {number}, {name}", file=sys.stderr, flush=True)
    return {name: figures[1:] for name, figures in found.items()}


def table(found: dict[str, list[dict[str, float]]]) -> None:
    names = list(found)
    print("| | " + " | ".join(names) + " |\n| --- |" + " ---: |" * len(names))
    for row in found[names[-1]][0]:
        cells = [
            statistics.median(each[row] for each in found[name]) if row in found[name][0] else None for name in names
        ]
        print(f"| {row} | " + " | ".join("" if cell is None else f"{cell:.0f}" for cell in cells) + " |")


def main() -> None:
    if sys.argv[1:2] == ["--round"]:
        print(json.dumps(one_round(sys.argv[2], Path(sys.argv[3]))), flush=True)
        os._exit(0)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--sample", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kim-bench-", ignore_cleanup_errors=True) as name:
        sample = asked.sample or Path(name) / "sample"
        table(measure(asked.rounds, asked.before and asked.before.absolute(), Path(name), sample))


if __name__ == "__main__":
    main()
