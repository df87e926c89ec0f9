"""The photo desk and the video desk, offscreen: how smoothly things follow the hand.

    python bench/desks.py [--no-video] [--no-window]

A photo of 48 megapixels: time of one frame while a crop is dragged; time to a sharp preview beside QImageReader scaled
read of the same file (interleaved, median); the longest time the window stands still while such a photo is worked on
and its story, with a clip of 1080p, is exported. The figures of the video desk come from ``desks_video``, those of the
whole window from ``desks_switch``.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from desks_switch import measure as measure_switches
from desks_video import Gaps, make_clip, quantile, until
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImageReader
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from studio.ui.photo.photo_desk import PhotoDesk

SIZE = (8000, 6000)
ROUNDS = 5
CLIP = 10
"""Seconds."""


def make_photo(path: Path) -> Path:
    import numpy
    from PIL import Image

    rng = numpy.random.default_rng(7)
    small = rng.integers(0, 255, (SIZE[1] // 8, SIZE[0] // 8, 3), numpy.uint8)
    image = Image.fromarray(small).resize(SIZE, Image.Resampling.BICUBIC)
    image.save(path, quality=90, subsampling=2)
    return path


def sharp_preview(source: Path, folder: Path) -> tuple[float, float]:
    """Median seconds of the desk's preview, and of QImageReader reading as many pixels."""
    from studio.base.progress import SilentProgress
    from studio.services.photo_preview import LONGEST, turned_photo
    from studio.story.model import Photo

    ours, qt = [], []
    for number in range(ROUNDS):
        start = time.perf_counter()
        turned_photo(source, folder / f"{number}.jpg", Photo(id="p", file=source.name), SilentProgress())
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        reader = QImageReader(str(source))
        reader.setAutoTransform(True)
        reader.setScaledSize(QSize(LONGEST, LONGEST * SIZE[1] // SIZE[0]))
        image = reader.read()
        qt.append(time.perf_counter() - start)
        assert not image.isNull()
    return statistics.median(ours), statistics.median(qt)


def open_photo_desk(app: QApplication, source: Path, clip: Path, folder: Path) -> SimpleNamespace:
    """A photo desk with the photo, its story with the clip, work in threads."""
    from msgspec.structs import replace

    from studio.base import paths
    from studio.base.i18n import MessageTexts
    from studio.base.lucide_icons import LucideIcons
    from studio.base.settings import UserSettings
    from studio.store.workspace import create_workspace
    from studio.story.model import Group, Photo, Story, Video
    from studio.ui.core.background_jobs import ThreadedJobs
    from studio.ui.core.desk_context import DeskContext, WindowTools
    from studio.ui.core.story_session import StorySession
    from studio.ui.core.window_fonts import load_window_fonts
    from studio.ui.core.window_theme import load_theme
    from studio.ui.dialogs.qt_dialogs import QtDialogs
    from studio.ui.library.thumbnail_store import ThumbnailStore
    from studio.ui.photo.photo_desk import PhotoDesk

    load_window_fonts()
    workspace = create_workspace(folder / "KIM", Group(name="KIM Bina Warga"))
    place = workspace.add(Story(id="s", headline="Panen raya", status="ready", byline=("Siti",), body="Panen."))
    photo = Photo(
        id="p",
        file=workspace.import_media(place, source),
        width=SIZE[0],
        height=SIZE[1],
        caption="Panen",
        credit="Siti",
        people_checked=True,
    )
    video = Video(
        id="v",
        file=workspace.import_media(place, clip),
        width=1920,
        height=1080,
        seconds=CLIP,
        caption="Panen",
        credit="Siti",
        people_checked=True,
    )
    workspace.save(place, replace(workspace.load(place), photos=(photo,), videos=(video,)))
    theme = load_theme(paths.assets_dir() / "theme", "light", LucideIcons())
    theme.apply(app)
    texts, jobs = MessageTexts(paths.assets_dir() / "messages", "id"), ThreadedJobs()
    texts.text("app")  # the window has read them long before a desk is made
    tools = WindowTools(texts, theme, QtDialogs(texts, folder), jobs, UserSettings(folder / "settings.json"))
    session = StorySession(workspace, place, workspace.load(place))
    calls = [lambda *_: None] * 6
    desk = PhotoDesk(DeskContext(tools, workspace, session, ThumbnailStore(workspace, jobs), *calls))
    theme.style_window(desk)
    desk.resize(760, 690)
    desk.show()
    until(app, lambda: desk.canvas._pixmap is not None and desk.looking._shaped is not None)
    return SimpleNamespace(desk=desk, workspace=workspace, session=session, jobs=jobs)


def drag_crop(app: QApplication, desk: PhotoDesk) -> list[float]:
    """Seconds from a move of the mouse to the finished frame, 200 times."""
    desk.toolbox.choose_mode("crop")
    canvas = desk.canvas
    app.processEvents()
    start = canvas.to_widget((0.0, 0.0)).toPoint()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    times = []
    for step in range(200):
        at = start + QPoint(1 + step % 150, 1 + step % 110)
        begun = time.perf_counter()
        QTest.mouseMove(canvas, at)
        app.processEvents()
        canvas.repaint()
        times.append(time.perf_counter() - begun)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    return times


def stalls(app: QApplication, desk: PhotoDesk, place: SimpleNamespace) -> Gaps:
    """The event loop while the photo's light is changed and its story, with the clip, is exported in another thread."""
    from studio.base import paths
    from studio.base.i18n import MessageTexts
    from studio.base.progress import SilentProgress
    from studio.export.running.story_exporter import StoryExporter
    from studio.store.workspace import open_workspace

    kinds: list[str] = []

    def export() -> None:
        texts = MessageTexts(paths.assets_dir() / "messages", "id")
        with (
            open_workspace(place.workspace.path, write=False) as opened,
            StoryExporter(opened, paths.templates_dir(), texts, jobs=2) as exporter,
        ):
            for result in exporter.export((), ("instagram", "whatsapp"), None, SilentProgress()):
                kinds.extend(file.kind for file in result.manifest.files)

    work = threading.Thread(target=export)
    gaps = Gaps()
    work.start()
    turn = 0
    while work.is_alive():
        turn += 1
        if turn % 400 == 0:
            desk.light.sliders["brightness"].setValue(turn // 400 % 50)
        app.processEvents()
        time.sleep(0.001)
    work.join()
    assert {"photo", "video"} <= set(kinds), kinds
    return gaps


def main() -> None:
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory(prefix="kim-bench-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        source = make_photo(folder / "besar.jpg")
        ours, qt = sharp_preview(source, folder)
        print(f"sharp preview of 48 MP: {ours * 1000:.0f} ms, QImageReader {qt * 1000:.0f} ms, ratio {ours / qt:.2f}")
        place = open_photo_desk(app, source, make_clip(folder / "panen.mp4", CLIP), folder)
        times = drag_crop(app, place.desk)
        print(
            f"crop dragged: median {statistics.median(times) * 1000:.1f} ms, p95 {quantile(times, 0.95) * 1000:.1f} ms"
        )
        gaps = stalls(app, place.desk, place)
        print(
            f"window stood still at most {max(gaps.all) * 1000:.0f} ms (p99 {quantile(gaps.all, 0.99) * 1000:.0f} ms)"
        )
    if "--no-window" not in sys.argv:
        for name, value in measure_switches().items():
            print(f"longest pause, {name}: {value:.0f} ms")
    if "--no-video" not in sys.argv:
        from desks_video import measure

        for name, value in measure(app).items():
            print(f"video {name}: {value:.1f}")
    os._exit(0)


if __name__ == "__main__":
    main()
