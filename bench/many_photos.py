"""A story with many photos on the photo desk, offscreen: how soon its strip shows them, and what holds the window.

python bench/many_photos.py [PHOTOS] [--cold]     (default 200; --cold: no thumbnail is in the cache yet)

The photos are JPEGs of 1600 x 1200. The window is that of the program, with work in threads. Printed: milliseconds from
the click on the desk until every picture in sight is there, and until all are; the longest time between two turns of
the event loop meanwhile; and what a key in the caption of one of them holds the window for.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.ui.shell.application import StudioApplication

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")

from studio.ui.core.plain_import import import_qt

import_qt()  # as the program does, before anything else imports PySide6
KEYS = 60
_LOOK_EVERY = 0.02
"""Seconds between two looks at the strip, which take the window's time themselves."""


def fill(workspace: Path, photos: int, scratch: Path) -> None:
    """A workspace with one story of so many photos."""
    from msgspec.structs import replace
    from PIL import Image

    from studio.store.workspace import create_workspace
    from studio.story.model import Group, Photo, Story

    with create_workspace(workspace, Group(name="KIM Bina Warga", village="Desa Sukamaju")) as made:
        folder = made.add(Story(id="many", headline="Panen raya", date="2026-11-22", body="Warga memanen padi."))
        found = []
        noise = Image.effect_noise((1600, 1200), 60).convert("RGB")
        for number in range(photos):
            picture = scratch / f"foto-{number}.jpg"
            noise.paste((number % 256, 90, 160), (0, 0, 800, 10 + number))
            noise.save(picture, quality=85)
            file = made.import_media(folder, picture)
            found.append(
                Photo(id=f"p{number}", file=file, name=picture.name, width=1600, height=1200, caption=f"Foto {number}.")
            )
            picture.unlink()
        made.save(folder, replace(made.load(folder), photos=tuple(found)))


def make_thumbnails(workspace: Path) -> None:
    """As if the desk had been looked at to its end before."""
    from studio.base.progress import SilentProgress
    from studio.store.workspace import open_workspace
    from studio.ui.library.thumbnail_store import _make

    with open_workspace(workspace) as opened:
        for folder in opened.story_folders():
            for photo in opened.load(folder).photos:
                assert _make(opened, folder, photo.file, (), SilentProgress()) is not None


def open_studio(workspace: Path, scratch: Path) -> StudioApplication:
    from studio.app import make_application, make_sample
    from studio.base import paths
    from studio.base.lucide_icons import LucideIcons
    from studio.base.settings import UserSettings
    from studio.ui.core.background_jobs import ThreadedJobs
    from studio.ui.dialogs.qt_dialogs import QtDialogs
    from studio.ui.shell.application import ProgramPlaces, StudioApplication

    app = make_application()
    settings = UserSettings(scratch / "settings.json", late=True)
    settings.set("writer_asked", True)
    places = ProgramPlaces(paths.assets_dir(), scratch, scratch)
    studio = StudioApplication(
        app, settings, ThreadedJobs(), lambda texts: QtDialogs(texts, scratch), LucideIcons(), places, make_sample
    )
    studio.start(workspace)
    studio.window.shell.resize(1366, 768)
    wait(3.0)
    studio.stories.open(studio.stories.workspace.story_folders()[0])
    wait(2.0)
    return studio


def wait(seconds: float) -> None:
    """In Qt's own loop, which sleeps while nothing happens, as the program's does."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def measure(workspace: Path, scratch: Path) -> dict[str, float]:
    """Milliseconds by what was done."""
    from desks_video import Gaps
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    studio = open_studio(workspace, scratch)
    gaps = Gaps()
    gaps.reset()
    begun, worked, own = time.perf_counter(), time.process_time(), time.thread_time()
    QTest.mouseClick(
        studio.window.shell.tabs, Qt.MouseButton.LeftButton, pos=studio.window.shell.tabs.tab_middle("photo")
    )
    while studio.window.desk != "photo" and time.perf_counter() - begun < 60:
        wait(0.002)  # its modules are imported first
    strip = studio.window.page.strip
    found = {"in sight": 0.0, "all": 0.0}

    def there(number: int) -> bool:
        return not strip.item(number).icon().isNull() and strip.item(number).icon().availableSizes()[0].width() > 64

    missing = list(range(strip.count()))
    while missing and time.perf_counter() - begun < 60:
        wait(_LOOK_EVERY)
        while missing and there(missing[-1]):
            missing.pop()
        last = strip.indexAt(QPoint(strip.viewport().width() - 4, 30)).row()
        if not found["in sight"] and last >= 0 and all(there(number) for number in range(last + 1)):
            found["in sight"] = (time.perf_counter() - begun) * 1000
    found["all"] = (time.perf_counter() - begun) * 1000
    found["all, processor"] = (time.process_time() - worked) * 1000
    found["all, the window's"] = (time.thread_time() - own) * 1000
    wait(1.0)
    found["longest pause"] = gaps.worst()
    found |= type_caption(studio)
    studio.close()
    return found


def type_caption(studio: StudioApplication) -> dict[str, float]:
    from desks_video import quantile
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    field = studio.window.page.words.caption
    field.setFocus()
    spent, worked = [], []
    for _ in range(KEYS):
        now, busy = time.perf_counter(), time.thread_time()
        QTest.keyClick(field, Qt.Key.Key_A)
        QApplication.processEvents()
        spent.append((time.perf_counter() - now) * 1000)
        worked.append((time.thread_time() - busy) * 1000)
        wait(0.02)
    return {
        "a key, median": quantile(spent, 0.5),
        "a key, p95": quantile(spent, 0.95),
        "a key, processor": quantile(worked, 0.5),
    }


def main() -> None:
    count = int(sys.argv[1]) if sys.argv[1:2] and sys.argv[1].isdigit() else 200
    with tempfile.TemporaryDirectory(prefix="kim-bench-", ignore_cleanup_errors=True) as name:
        scratch = Path(name)
        os.environ["KIM_STUDIO_HOME"] = str(scratch / "home")
        fill(scratch / "KIM", count, scratch)
        if "--cold" not in sys.argv:
            make_thumbnails(scratch / "KIM")
        for what, spent in measure(scratch / "KIM", scratch).items():
            print(f"{what:20} {spent:9.1f} ms")


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
