"""From a changed headline to the updated preview, as the user waits for it: all of the publishing desk, with its pause.

    python bench/export.py --part preview [--changes N]

The sample workspace, the story with the most pictures, the real worker thread, offscreen. A change is an edit of the
session; its text is there when the text card shows it, its cards when the phone has the pictures of that very story.
The longest time that the window did nothing else in between is measured by a timer of 5 ms.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

# Before PySide6 is imported anywhere: drawing on a real screen would be part of what is measured.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

OUTLETS = ("instagram", "whatsapp", "x", "website")


class Stalls:
    """The longest pause of the window's loop, in milliseconds."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000 - 5)
        self._last = now


def wait(app: object, until: object, seconds: float = 30.0) -> None:
    end = time.perf_counter() + seconds
    while not until():
        app.processEvents()
        time.sleep(0.001)
        if time.perf_counter() > end:
            raise SystemExit("the preview did not come")


def open_desk(app: object, place: Path) -> tuple[object, object]:
    from studio.base.lucide_icons import LucideIcons
    from studio.base.paths import assets_dir
    from studio.base.progress import SilentProgress
    from studio.base.settings import UserSettings
    from studio.demo.sample import make_sample
    from studio.ui.core.background_jobs import ThreadedJobs
    from studio.ui.core.window_fonts import load_window_fonts
    from studio.ui.dialogs.qt_dialogs import QtDialogs
    from studio.ui.shell.application import ProgramPlaces, StudioApplication
    from tools.sample_media.__main__ import render_phone_sample

    load_window_fonts()
    render_phone_sample(place / "asal")
    make_sample(place / "ruang", SilentProgress(), source=place / "asal").close()
    home = ProgramPlaces(assets_dir(), place)
    studio = StudioApplication(
        app, UserSettings(), ThreadedJobs(), lambda texts: QtDialogs(texts, place), LucideIcons(), home, lambda *_: None
    )
    studio.open_workspace(place / "ruang")
    workspace = studio.stories.workspace
    studio.stories.open(max(workspace.story_folders(), key=lambda name: len(workspace.load(name).photos)))
    studio.window.shell.resize(1366, 768)
    studio.window.shell.show()
    studio.window.go("publish")
    return studio, studio.window.page


def measure(
    app: object, studio: object, desk: object, outlet: str, changes: int
) -> tuple[list[float], list[float], float]:
    """Milliseconds until text and until cards, per change, and the longest stall of the window."""
    from studio.story import edits

    desk.look_at(outlet)
    wait(app, lambda: not desk.feed.busy)
    seen: dict[str, float] = {}
    desk.feed.texts_ready.connect(lambda news: seen.setdefault(f"text {news.story.headline}", time.perf_counter()))
    desk.feed.pictures_ready.connect(lambda news: seen.setdefault(f"card {news.story.headline}", time.perf_counter()))
    texts, cards = [], []
    stalls = Stalls()
    for number in range(changes):
        headline = f"Warga Sukamaju gotong royong, perubahan ke-{number} {outlet}"
        begun = time.perf_counter()
        studio.stories.session.edit(edits.set_field("headline", headline))
        wait(app, lambda: f"card {headline}" in seen)  # noqa: B023 - waited for within the round
        texts.append((seen[f"text {headline}"] - begun) * 1000)
        cards.append((seen[f"card {headline}"] - begun) * 1000)
        wait(app, lambda: not desk.feed.busy)
    return texts, cards, stalls.longest


def p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, round(0.95 * len(values)))]


def run(changes: int) -> None:
    from PySide6.QtWidgets import QApplication

    app = QApplication(["bench", "-style", "Fusion"])
    with tempfile.TemporaryDirectory(prefix="kim-bench-") as folder:
        studio, desk = open_desk(app, Path(folder))
        processor, begun = time.process_time(), time.perf_counter()
        for outlet in OUTLETS:
            texts, cards, stall = measure(app, studio, desk, outlet, changes)
            print(
                f"{outlet:10} text median {statistics.median(texts):4.0f} p95 {p95(texts):4.0f} ms   "
                f"cards median {statistics.median(cards):4.0f} p95 {p95(cards):4.0f} ms   longest stall {stall:3.0f} ms"
            )
        share = (time.process_time() - processor) / (time.perf_counter() - begun)
        print(
            f"processor time per change {share * (time.perf_counter() - begun) / changes / len(OUTLETS) * 1000:.0f} ms"
        )
        studio.close()
