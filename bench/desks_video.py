"""The video desk, offscreen: how soon a picture follows the playhead, and how long the window ever stands still.

python bench/desks_video.py [SECONDS]     length of the 1080p clip (default 20)

``measure`` is called by bench/desks.py; it returns figures by name. The clip is H.264, 1920 x 1080, 30 frames a second,
a keyframe every two seconds, with moving detail and sound, as phones make them.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QApplication

    from studio.ui.video.video_desk import VideoDesk

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from studio.ui.core.plain_import import import_qt

import_qt()  # as the program does, before anything else imports PySide6
WAIT = 10.0


def make_clip(path: Path, seconds: int) -> Path:
    from studio.video.binary import ffmpeg_path

    pictures = f"testsrc2=s=1920x1080:r=30:d={seconds},noise=alls=6:allf=t"
    sound = f"sine=300:d={seconds}"
    codec = ["-c:v", "libx264", "-preset", "veryfast", "-g", "60", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    inputs = ["-f", "lavfi", "-i", pictures, "-f", "lavfi", "-i", sound]
    subprocess.run(
        [ffmpeg_path(), "-v", "error", "-y", *inputs, *codec, str(path)], check=True, stdin=subprocess.DEVNULL
    )
    return path


class Gaps:
    """Longest time between two turns of the event loop."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self._last = time.perf_counter()
        self.all: list[float] = []
        self._timer = QTimer(interval=2)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.all.append(now - self._last)
        self._last = now

    def reset(self) -> None:
        self.all.clear()
        self._last = time.perf_counter()

    def worst(self) -> float:
        return max(self.all, default=0.0) * 1000

    def p99(self) -> float:
        return quantile(self.all, 0.99) * 1000


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def until(app: QApplication, there: Callable[[], bool]) -> bool:
    end = time.perf_counter() + WAIT
    while not there():
        if time.perf_counter() > end:
            return False
        app.processEvents()
        time.sleep(0.0005)
    return True


def open_desk(app: QApplication, clip: Path, folder: Path) -> SimpleNamespace:
    """A video desk with the clip, work in threads."""
    from PySide6.QtWidgets import QWidget

    from studio.base import paths
    from studio.base.i18n import MessageTexts
    from studio.base.lucide_icons import LucideIcons
    from studio.base.settings import UserSettings
    from studio.store.workspace import create_workspace
    from studio.story.model import Group, Story, Video
    from studio.ui.core.background_jobs import ThreadedJobs
    from studio.ui.core.desk_context import DeskContext, WindowTools
    from studio.ui.core.story_session import StorySession
    from studio.ui.core.window_theme import load_theme
    from studio.ui.dialogs.qt_dialogs import QtDialogs
    from studio.ui.library.thumbnail_store import ThumbnailStore
    from studio.ui.video.video_desk import VideoDesk
    from studio.ui.widgets.basic_parts import row

    workspace = create_workspace(folder / "KIM", Group(name="KIM Bina Warga"))
    place = workspace.add(Story(id="s", headline="Panen raya"))
    video = Video(id="v", file=workspace.import_media(place, clip), name=clip.name, width=1920, height=1080)
    from msgspec.structs import replace

    workspace.save(place, replace(workspace.load(place), videos=(video,)))
    icons = LucideIcons()
    icons.load(["film"])  # opens the package, as the window did (it even keeps the icons in a cache)
    theme = load_theme(paths.assets_dir() / "theme", "light", icons)
    theme.apply(app)
    texts, jobs = MessageTexts(paths.assets_dir() / "messages", "id"), ThreadedJobs()
    texts.text("app")  # the window has read them long before a desk is made
    tools = WindowTools(texts, theme, QtDialogs(texts, folder), jobs, UserSettings(folder / "settings.json"))
    session = StorySession(workspace, place, workspace.load(place))

    def nothing(*_: object) -> None:
        return None

    bench = DeskContext(
        tools, workspace, session, ThumbnailStore(workspace, jobs), nothing, nothing, nothing, nothing, nothing, nothing
    )
    began = time.perf_counter()
    desk = VideoDesk(bench)
    made = time.perf_counter() - began
    shell = QWidget()
    shell.setLayout(row(desk, desk.side_panel))
    theme.style_window(shell)
    shell.resize(1060, 690)
    shell.show()
    return SimpleNamespace(desk=desk, shell=shell, jobs=jobs, workspace=workspace, session=session, made=made * 1000)


def scrub(app: QApplication, desk: VideoDesk, places: Sequence[float]) -> tuple[list[float], list[float]]:
    """Milliseconds from moving the playhead to a painted picture of that place, and to the exact frame."""
    first, exact = [], []
    arrived: list[tuple[float, float, bool]] = []
    reader = desk.player._reader

    def note(_image: object, seconds: float, is_exact: bool) -> None:
        arrived.append((time.perf_counter(), seconds, is_exact))

    reader.shown.connect(note)
    for place in places:
        arrived.clear()
        began = time.perf_counter()
        desk.view.timeline.sought.emit(place)
        if not until(app, lambda: any(entry[2] for entry in arrived)):
            raise SystemExit(f"no picture at {place:.2f} s within {WAIT:.0f} s")
        desk.view.stage.repaint()
        app.processEvents()  # painting a second time, to measure it, is no part of the work
        painting = time.perf_counter()
        desk.view.stage.repaint()
        app.processEvents()  # painting a second time, to measure it, is no part of the work
        painting = time.perf_counter() - painting
        first.append((arrived[0][0] - began + painting) * 1000)
        exact.append((arrived[-1][0] - began + painting) * 1000)
    reader.shown.disconnect(note)
    return first, exact


def measure(app: QApplication, seconds: int = 20) -> dict[str, float]:
    """Figures of the video desk in milliseconds, by name.

    Args:
        app: a QApplication.
        seconds: length of the clip.
    """
    from PySide6.QtCore import QCoreApplication, QEvent

    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        gaps = Gaps()
        around = open_desk(app, make_clip(folder / "panen.mp4", seconds), folder)
        desk = around.desk
        found["desk made"] = around.made
        gaps.reset()
        began = time.perf_counter()
        until(app, lambda: desk.view.stage.has_image)
        found["clip opened: first picture"] = (time.perf_counter() - began) * 1000
        until(app, lambda: len(desk.view.timeline.chart.pictures) == 24 and bool(desk.view.timeline.chart.peaks))
        found["clip opened: filmstrip and sound"] = (time.perf_counter() - began) * 1000
        found["window stood still while opening, worst"] = gaps.worst()
        rng = random.Random(5)
        ways = {
            "drag": [2 + step * 0.13 for step in range(60)],
            "drag back": [seconds - 2 - step * 0.13 for step in range(60)],
            "anywhere": [rng.uniform(0, seconds - 0.1) for _ in range(40)],
        }
        gaps.reset()
        every: list[float] = []
        for way, places in ways.items():
            first, exact = scrub(app, desk, places)
            every += first
            found[f"scrub, {way}: picture p50"], found[f"scrub, {way}: picture p95"] = (
                quantile(first, 0.5),
                quantile(first, 0.95),
            )
            found[f"scrub, {way}: exact frame p95"] = quantile(exact, 0.95)
        found["scrub: picture p95"] = quantile(every, 0.95)
        found["window stood still while scrubbing, worst"] = gaps.worst()
        found |= _exporting(app, around, gaps, rng, seconds)
        desk.player.close()
        around.jobs.close()
        around.session.close()
        around.shell.close()
        around.shell.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        around.workspace.close()
    return found


def _exporting(
    app: QApplication, around: SimpleNamespace, gaps: Gaps, rng: random.Random, seconds: int
) -> dict[str, float]:
    """The window while a video is exported, and while it is scrubbed at the same time."""
    desk = around.desk
    desk.send.start()
    until(app, lambda: desk.send.bar.value() > 0)
    gaps.reset()
    turns = 0
    while not desk.send.files and turns < 100:
        scrub(app, desk, [rng.uniform(0, seconds - 0.1)])
        turns += 1
    found = {"window stood still while a video is exported, worst": gaps.worst(), "the same, p99": gaps.p99()}
    desk.send.cancel.click()
    until(app, lambda: not around.jobs.running())
    return found


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
    os.environ.setdefault("KIM_STUDIO_HOME", tempfile.mkdtemp(prefix="kim-bench-"))
    from PySide6.QtWidgets import QApplication

    from studio.ui.core.window_fonts import load_window_fonts

    app = QApplication(["bench", "-style", "Fusion"])
    load_window_fonts()
    found = measure(app, int(sys.argv[1]) if len(sys.argv) > 1 else 20)
    for name, value in found.items():
        print(f"{name:58} {value:8.1f} ms")
    sys.stdout.flush()
    os._exit(0 if found["scrub: picture p95"] <= 100 else 1)


if __name__ == "__main__":
    main()
