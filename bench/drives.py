"""The window on real drives (root on Linux): a stick that is pulled out and put back, another stick, a full disk.

python bench/drives.py

Mounts are real (a bind mount stands for the stick: what is on it outlives the pulling; tmpfs for a small disk), so is
the window (offscreen), the keys that are pressed, and every thread. Prints what was seen; exit code 1 when something
was lost, written where it must not be, or said that is not true.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

# Before PySide6 is imported anywhere: a screen of this machine must not be needed, and its speed not be measured.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.app import make_application, make_sample
from studio.base import paths
from studio.base.crash_handler import CrashHandler
from studio.base.lucide_icons import LucideIcons
from studio.base.settings import UserSettings
from studio.store.rescue import RescuePlace
from studio.store.workspace import create_workspace
from studio.story.model import Group, Story
from studio.ui.core.background_jobs import ThreadedJobs
from studio.ui.core.desk_context import DESKS
from studio.ui.core.unsaved_work import crash_text
from studio.ui.shell.application import ProgramPlaces, StudioApplication

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.ui.dialogs.dialog_service import DialogChoice

SCRATCH = Path(tempfile.mkdtemp(prefix="kim-drives-"))
WORDS = "Air naik lagi. "
wrong: list[str] = []


class Answers:
    """Answers every question with the same word, and remembers it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.said: list[str] = []
        self.answer = ""

    def ask(self, title: str, text: str, choices: Sequence[DialogChoice], *, tone: str = "") -> str:
        self.asked.append(text)
        return self.answer

    def explain(self, trouble: object, title: str = "") -> None:
        self.said.append(str(trouble))

    def tell(self, title: str, text: str, *, tone: str = "", detail: str = "") -> None:
        self.said.append(text)

    def show(self, dialog: object) -> bool:
        return False

    def choose_target(self, title: str, name: str, kind: str = "") -> Path:
        return SCRATCH / name

    def choose_files(self, *_: object, **__: object) -> tuple[Path, ...]:
        return ()

    def choose_folder(self, *_: object) -> None:
        return None


def check(what: str, true: bool) -> None:
    sys.stdout.write(f"  {'ok  ' if true else 'WRONG'} {what}\n")
    if not true:
        wrong.append(what)


def run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True)


def until(done: Callable[[], bool], seconds: float = 12) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not done():
        QTest.qWait(20)
    return done()


class Desk:
    """A studio with a workspace open and a story in the writing desk."""

    def __init__(self, place: Path) -> None:
        self.app = make_application()
        self.answers = Answers()
        self.bugs: list[str] = []
        places = ProgramPlaces(paths.assets_dir(), SCRATCH / "Dokumen", paths.cache_dir(), paths.rescue_dir())
        settings = UserSettings(paths.config_dir() / "settings.json", late=True)
        self.studio = StudioApplication(
            self.app, settings, ThreadedJobs(), lambda _: self.answers, LucideIcons(), places, make_sample
        )
        self.studio.open_workspace(place)
        self.studio.stories.open(self.studio.stories.workspace.story_folders()[0])
        self.crash = CrashHandler(self.studio.flush, lambda line, _: self.bugs.append(line), self._excuses)
        self.crash.install()

    def _excuses(self, error: BaseException) -> bool:
        return self.studio.safety is not None and self.studio.safety.excuses(error)

    def type(self) -> None:
        self.studio.window.go("write")
        body = self.studio.window.page.body
        body.setFocus()
        QTest.keyClick(body, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(body, WORDS)

    @property
    def state(self) -> str:
        return self.studio.stories.session.save_state.kind

    @property
    def banner(self) -> str:
        shown = self.studio.window.shell.banner
        return shown.text.text() if shown.isVisible() else ""

    def close(self) -> None:
        self.studio.close()
        QTest.qWait(50)


def fill(place: Path, name: str) -> None:
    with create_workspace(place, Group(name=name, village="Desa Sukamaju")) as made:
        for number in range(6):
            made.add(Story(id="", headline=f"Berita {number} {name}", date=f"2026-11-{10 + number}", body="Isi.\n"))


def pulled() -> None:
    """Stick out, words typed, everything touched; another stick in; the right one back."""
    sys.stdout.write("stick pulled out\n")
    stick, other, mount = SCRATCH / "stick", SCRATCH / "other", SCRATCH / "mount"
    for folder in (stick, other, mount):
        folder.mkdir()
    run("mount", "--bind", stick, mount)
    fill(mount / "KIM", "KIM Bina Warga")
    fill(other / "KIM", "KIM Lain")
    desk = Desk(mount / "KIM")
    QTest.qWait(1500)
    run("umount", "-l", mount)
    desk.type()
    check("the window is there and says that the story is not saved", until(lambda: desk.state == "failed"))
    check("the banner names the drive", "tidak dapat dijangkau" in desk.banner)
    for code, _ in DESKS:
        desk.studio.window.go(code)
        QTest.qWait(300)
    desk.studio.source.refresh()
    QTest.keyClicks(desk.studio.window.library.search, "berita")
    QTest.qWait(6000)
    check("nothing is written below the empty mount point", not list(mount.rglob("*")))
    check("a copy lies on the laptop's disk", bool(rescued(desk)))
    run("mount", "--bind", other, mount)
    before = sorted((str(p), p.stat().st_mtime_ns) for p in other.rglob("*"))
    desk.type()
    check("another stick is called another", until(lambda: "diska lain" in desk.banner))
    QTest.qWait(4000)
    check("nothing is written to it", before == sorted((str(p), p.stat().st_mtime_ns) for p in other.rglob("*")))
    run("umount", mount)
    run("mount", "--bind", stick, mount)
    check("saved by itself when the stick is back", until(lambda: desk.state == "saved"))
    text = "".join(p.read_text(encoding="utf-8") for p in (stick / "KIM" / "stories").rglob("story.json"))
    check("every word is on the stick", text.count(WORDS.strip()) == 2)
    check("the copy is gone, the banner too", not rescued(desk) and desk.banner == "")
    check("no bug was met in any thread", not desk.bugs)
    run("umount", "-l", mount)
    desk.close()


def rescued(desk: Desk) -> tuple[object, ...]:
    workspace = desk.studio.stories.workspace
    return RescuePlace(paths.rescue_dir(), workspace.path, workspace.group.id).all()


def full() -> None:
    """A disk of 2 MB filled to the last byte."""
    sys.stdout.write("full disk\n")
    mount = SCRATCH / "small"
    mount.mkdir()
    run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", mount)
    fill(mount / "KIM", "KIM Bina Warga")
    desk = Desk(mount / "KIM")
    QTest.qWait(1500)
    ballast = mount / "penuh"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 4096):
                pass
        except OSError:
            pass
    check("there is not a byte left", os.statvfs(mount).f_bavail == 0)
    desk.type()
    check("it is said that the story is not saved", until(lambda: desk.state == "failed"))
    check("and that there is no room", "tidak cukup" in desk.banner)
    for code, _ in DESKS:
        desk.studio.window.go(code)
        QTest.qWait(300)
    session = desk.studio.stories.session
    desk.studio.source.refresh()
    desk.studio.window.story_actions.open(desk.studio.stories.workspace.story_folders()[1])
    check("who goes to another story is asked", len(desk.answers.asked) == 1 and desk.studio.stories.session is session)
    desk.studio.window.shell.close()
    check("who closes the window is asked", len(desk.answers.asked) == 2 and desk.studio.window.shell.isVisible())
    said = crash_text(desk.studio.tools.texts, desk.studio.safety, "x")
    check("the report of a bug does not say that it is saved", "belum tersimpan" in said.lower())
    ballast.unlink()
    check("saved by itself when there is room", until(lambda: desk.state == "saved"))
    check("no bug was met in any thread", not desk.bugs)
    desk.close()
    opened_full(mount)
    run("umount", "-l", mount)


def opened_full(mount: Path) -> None:
    """A workspace that is opened on a full disk."""
    (mount / "KIM" / ".studio" / "lock").unlink()
    with (mount / "penuh").open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 4096):
                pass
        except OSError:
            pass
    desk = Desk(mount / "KIM")
    check("opened on a full disk: called full, not read-only", "penuh" in desk.banner)
    (mount / "penuh").unlink()
    QTest.mouseClick(desk.studio.window.shell.banner.buttons[0], Qt.MouseButton.LeftButton)
    check("opened again with room: may be written", not desk.studio.stories.workspace.read_only)
    desk.close()


def main() -> int:
    if os.geteuid() != 0:
        sys.stderr.write("root is needed for the mounts\n")
        return 2
    os.environ["KIM_STUDIO_HOME"] = str(SCRATCH / "home")
    try:
        pulled()
        full()
    finally:
        for name in ("mount", "small"):
            subprocess.run(["umount", "-l", str(SCRATCH / name)], check=False, stderr=subprocess.DEVNULL)
    sys.stdout.write(f"{len(wrong)} wrong\n")
    sys.stdout.flush()
    os._exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
