"""The complete window at work for minutes: paints, exports, scrubs, types, edits, turns pages, and never stands still.

python bench/soak.py [--seconds 600] [--eager] [--patience 60] [--json FILE]

A window as the program builds it (offscreen, real threads, real processes) with three small stories: an
export queue that never ends, previews of posts painted in two lanes, the video desk scrubbed, keys typed, photos
turned, stories, desks, theme and language changed. Every minute, and at the end: resident memory, threads, open files,
child processes, and the longest time between two turns of the event loop. A watch outside the interpreter ends the
process, with the stack of every thread, when the window stands still for a minute (``--patience``).

Exit code 0 when it lived to the end; 1 when something failed or grew without end; a stand-still kills it.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

# Before PySide6 is imported anywhere: a screen of this machine must not be needed.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from studio.ui.core.plain_import import import_qt

import_qt()

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from studio.app import make_application, make_sample
from studio.base import paths
from studio.base.lucide_icons import LucideIcons
from studio.base.progress import SilentProgress
from studio.base.settings import UserSettings
from studio.story import edits
from studio.ui.core.background_jobs import ThreadedJobs
from studio.ui.core.garbage_collection import GarbageCollector
from studio.ui.shell.application import ProgramPlaces, StudioApplication

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.base.progress import Progress

BEAT_MS = 10
STEP_MS = 150
OUTLETS = ("instagram", "facebook", "whatsapp")
BODY = "Warga bergotong royong memperbaiki saluran pada Minggu, 22 November 2026.\n\n> Air sudah mengalir lagi.\n" * 6


class Answers:
    """Nobody is there to answer: what is reported is kept as a failure."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def tell(self, title: str, text: str, *, tone: str = "", detail: str = "") -> None:
        self.said.append(f"{title}: {text}")

    def explain(self, trouble: object, title: str = "") -> None:
        self.said.append(str(trouble))

    def ask(self, title: str, text: str, choices: Sequence[object], *, tone: str = "") -> str:
        self.said.append(text)
        return ""

    def show(self, dialog: object) -> bool:
        return False

    def choose_files(self, *_: object, **__: object) -> tuple[Path, ...]:
        return ()


class Meter:
    """What the process uses, and how long the event loop ever waited."""

    def __init__(self, parent: QObject, patience: float) -> None:
        self._patience = patience
        self._last = time.monotonic()
        self.longest = 0.0
        self.rows: list[dict[str, float]] = []
        self._begun = time.monotonic()
        self._timer = QTimer(parent, interval=BEAT_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.monotonic()
        self.longest = max(self.longest, now - self._last)
        self._last = now
        # Armed again at each beat: an event loop that hangs cannot report itself, but this watchdog still can.
        faulthandler.dump_traceback_later(self._patience, exit=True)

    def note(self, steps: int) -> dict[str, float]:
        process = Path("/proc/self")
        pages = int((process / "statm").read_text().split()[1])
        children = (process / "task" / str(os.getpid()) / "children").read_text().split()
        row = {
            "seconds": round(time.monotonic() - self._begun),
            "megabytes": round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6),
            "threads": threading.active_count(),
            "tasks": len(list((process / "task").iterdir())),
            "files": len(list((process / "fd").iterdir())),
            "children": len(children),
            "longest_pause": round(self.longest, 2),
            "steps": steps,
        }
        self.longest = 0.0
        self.rows.append(row)
        return row


class Hands:
    """Does what hands do, one thing every STEP_MS."""

    def __init__(self, studio: StudioApplication, seed: int) -> None:
        self._studio = studio
        self._random = random.Random(seed)
        self.steps = 0
        self.exports = 0
        self.painted = 0
        self.failures: list[str] = []
        self._exporting = self._painting = False
        self._acts: tuple[tuple[Callable[[], None], int], ...] = (
            *((self.type_words, 10), (self.scrub, 10), (self.preview, 4), (self.turn_photo, 4), (self.desk, 6)),
            *((self.undo, 3), (self.story, 2), (self.export, 8), (self.paint, 8), (self.search, 2), (self.look, 1)),
        )

    def step(self) -> None:
        acts, weights = zip(*self._acts, strict=True)
        act = self._random.choices(acts, weights)[0]
        self.steps += 1
        act()

    def type_words(self) -> None:
        self._studio.window.go("write")
        body = self._studio.window.page.body
        body.setFocus()
        QTest.keyClicks(body, "air naik ")

    def scrub(self) -> None:
        self._studio.window.go("video")
        page = self._studio.window.page
        for _ in range(5):
            page.player.seek(self._random.random() * 4)
        QTest.keyClick(page.home, Qt.Key.Key_Space)  # plays, or stops

    def preview(self) -> None:
        self._studio.window.go("publish")

    def turn_photo(self) -> None:
        session = self._studio.stories.session
        if session is not None and session.story.photos:
            self._studio.window.go("photo")
            photo = self._random.choice(session.story.photos)
            session.edit(edits.change_photo(photo.id, rotate=self._random.choice((0.0, 1.5, -2.0))))

    def desk(self) -> None:
        self._studio.window.go(self._random.choice(("write", "photo", "video", "check", "publish")))

    def undo(self) -> None:
        self._studio.window.story_actions.undo()

    def story(self) -> None:
        self._studio.stories.open(self._random.choice(self._studio.stories.workspace.story_folders()))

    def search(self) -> None:
        self._studio.window.library.search.setText(self._random.choice(("", "irigasi", "pasar", "x")))

    def look(self) -> None:
        self._studio.window._toggle_setting(self._random.choice(("theme", "language")))

    def export(self) -> None:
        """All of the workspace, in the lane of the queue; one at a time, without an end."""
        if not self._exporting:
            self._exporting = True
            self._start("queue", self._export, "exports")

    def _export(self, progress: Progress) -> None:
        from studio.export.running.story_exporter import StoryExporter

        texts = self._studio.tools.texts
        workspace = self._studio.stories.workspace
        with (
            tempfile.TemporaryDirectory(prefix="kim-soak-out-") as name,
            StoryExporter(workspace, paths.templates_dir(), texts) as exporter,
        ):
            list(exporter.export(workspace.story_folders()[:1], OUTLETS, Path(name), progress))

    def paint(self) -> None:
        """Cards, in another lane than the export."""
        if not self._painting:
            self._painting = True
            self._start("long", self._paint, "painted")

    def _paint(self, progress: Progress) -> None:
        from studio.paint.image import paint_rgb

        for _ in range(20):
            progress.report(0, 20, "")
            paint_rgb(CARD, 400, 500)

    def _start(self, lane: str, work: Callable[[Progress], None], count: str) -> None:
        def over() -> None:
            setattr(self, "_exporting" if count == "exports" else "_painting", False)

        def done(_: object) -> None:
            over()
            setattr(self, count, getattr(self, count) + 1)

        def failed(error: Exception) -> None:
            over()
            self.failures.append(repr(error))

        self._studio.tools.jobs.start(count, work, done=done, failed=failed, lane=lane)  # type: ignore[arg-type]


def card() -> str:
    import base64
    import io

    from PIL import Image

    picture = io.BytesIO()
    Image.effect_noise((600, 400), 60).convert("RGB").save(picture, "JPEG")
    address = "data:image/jpeg;base64," + base64.b64encode(picture.getvalue()).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 400 500">'
        f'<image width="400" height="300" xlink:href="{address}"/>'
        '<rect class="kim-text" x="10" y="310" width="380" height="180" data-text="Warga gotong royong" '
        'data-max="60" data-min="10"/></svg>'
    )


CARD = card()


def soak(
    seconds: float, seed: int, patience: float, tell: Callable[[dict[str, float]], None]
) -> tuple[Hands, Meter, list[str]]:
    """Work for so long; what was done, what it cost, and what went wrong."""
    scratch = Path(tempfile.mkdtemp(prefix="kim-soak-"))
    os.environ["KIM_STUDIO_HOME"] = str(scratch / "home")
    fill(scratch / "KIM", scratch)
    app = make_application()
    answers, wrong = Answers(), []
    sys.excepthook = lambda kind, error, _: wrong.append(f"{kind.__name__}: {error}")
    threading.excepthook = lambda facts: wrong.append(f"{facts.exc_type.__name__}: {facts.exc_value}")
    places = ProgramPlaces(paths.assets_dir(), scratch, paths.cache_dir(), paths.rescue_dir())
    settings = UserSettings(paths.config_dir() / "settings.json", late=True)
    studio = StudioApplication(app, settings, ThreadedJobs(), lambda _: answers, LucideIcons(), places, make_sample)
    studio.open_workspace(scratch / "KIM")
    studio.stories.open(studio.stories.workspace.story_folders()[0])
    meter, hands = Meter(studio, patience), Hands(studio, seed)
    steps, minutes = QTimer(studio, interval=STEP_MS), QTimer(studio, interval=60_000)
    steps.timeout.connect(hands.step)
    minutes.timeout.connect(lambda: tell(meter.note(hands.steps)))
    for timer in (steps, minutes):
        timer.start()
    # The first figures once all is loaded: growth is counted from there.
    QTimer.singleShot(5000, lambda: tell(meter.note(hands.steps)))
    QTimer.singleShot(round(seconds * 1000), lambda: (tell(meter.note(hands.steps)), app.exit(0)))
    rubbish = GarbageCollector(app)
    app.exec()
    rubbish.close()
    for timer in (steps, minutes):
        timer.stop()
    faulthandler.dump_traceback_later(patience, exit=True)
    studio.close()
    faulthandler.cancel_dump_traceback_later()
    shutil.rmtree(scratch, ignore_errors=True)
    return hands, meter, [*wrong, *answers.said, *hands.failures]


def fill(path: Path, scratch: Path) -> None:
    """A workspace with three stories, each with two photos and a clip: small ones, so that much happens in a minute."""
    from msgspec.structs import replace
    from PIL import Image

    from studio.services.media_import import import_media, sort_out
    from studio.store.workspace import create_workspace
    from studio.story.model import Group, Story

    files = []
    for number in range(2):
        files.append(scratch / f"foto-{number}.jpg")
        Image.effect_noise((1600, 1200), 40 + 20 * number).convert("RGB").save(files[-1])
    files.append(make_clip(scratch / "klip.mp4"))
    with create_workspace(path, Group(name="KIM Bina Warga", village="Desa Sukamaju")) as made:
        for name in ("saluran irigasi", "pasar minggu", "panen raya"):
            story = Story(id="", headline=f"Warga dan {name}", date="2026-11-22", byline=("Siti",), body=BODY)
            folder = made.add(story)
            came = import_media(made, folder, sort_out(files), frozenset(), "Siti/KIM", SilentProgress())
            photos = tuple(replace(photo, caption="Warga bekerja.", people_checked=True) for photo in came.photos)
            clips = tuple(replace(clip, people_checked=True) for clip in came.videos)
            made.save(folder, replace(made.load(folder), photos=photos, videos=clips))


def make_clip(path: Path) -> Path:
    from studio.video.binary import ffmpeg_path

    source = ["-f", "lavfi", "-i", "testsrc2=s=640x360:r=30:d=5", "-f", "lavfi", "-i", "sine=300:d=5"]
    codec = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    subprocess.run(
        [ffmpeg_path(), "-v", "error", "-y", *source, *codec, str(path)], check=True, stdin=subprocess.DEVNULL
    )
    return path


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--eager", action="store_true", help="threads take turns far more often: finds more, sooner")
    parser.add_argument("--patience", type=float, default=60, help="seconds of standing still that end it")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()

    if asked.eager:
        # Python's own is 5 ms: threads now take turns 500 times as often.
        sys.setswitchinterval(1e-5)

    def tell(row: dict[str, float]) -> None:
        sys.stdout.write("  ".join(f"{key} {value:g}" for key, value in row.items()) + "\n")
        sys.stdout.flush()

    hands, meter, wrong = soak(asked.seconds, asked.seed, asked.patience, tell)
    report = {"rows": meter.rows, "steps": hands.steps, "exports": hands.exports, "painted": hands.painted}
    report["wrong"] = sorted(set(wrong))
    if asked.json:
        asked.json.write_text(json.dumps(report, indent=1), encoding="utf-8")
    sys.stdout.write(f"{hands.steps} steps, {hands.exports} exports, {hands.painted} times 20 cards\n")
    for line in report["wrong"]:
        sys.stdout.write(f"WRONG {line}\n")
    sys.stdout.flush()
    # Not sys.exit, which would wait for a thread that hangs.
    os._exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
