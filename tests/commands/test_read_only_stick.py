"""A stick whose write lock is on: every command says so in a sentence, and what needs no writing there works."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from studio.store.previews import forget_cards, forget_made, forget_previews
from studio.video.binary import ffmpeg_path
from tests.commands.test_commands import DRAFT, ROOT, studio

pytestmark = pytest.mark.long

TRIED = """
import json, os, subprocess, sys
from pathlib import Path
from tests.command_server import run_command
base = Path(sys.argv[1])
stick = base / "stick"
subprocess.run(["mount", "--bind", stick, stick], check=True)
subprocess.run(["mount", "-o", "remount,bind,ro", stick], check=True)
told = {}
for name, words in json.loads(sys.argv[2]).items():
    command = [sys.executable, "-c", *words]
    done = (
        subprocess.run(command, capture_output=True, text=True, cwd=base)
        if name == "window"
        else run_command(*words, env=dict(os.environ), cwd=base)
    )
    told[name] = [done.returncode, done.stdout, done.stderr]
print(json.dumps(told))
"""
WINDOW = """
import json
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from studio import app
from studio.ui.core.desk_context import DESKS
application = app.make_application()
from studio.base import paths
from studio.base.lucide_icons import LucideIcons
from studio.ui.core.background_jobs import InlineJobs
from studio.ui.shell.application import ProgramPlaces, StudioApplication
from studio.base.settings import UserSettings
from studio.ui.video.clip_shelf import SHOW
from tests.ui.conftest import Scripted
raised = []
sys.excepthook = lambda *found: raised.append(found)
answers = Scripted()
def dialogs(texts):
    answers.texts = texts
    return answers
settings = UserSettings(Path("rumah") / "settings.json")
places = ProgramPlaces(paths.assets_dir(), Path("dokumen"), rescued=paths.rescue_dir())
icons = LucideIcons()
studio = StudioApplication(application, settings, InlineJobs(), dialogs, icons, places, lambda *_: None, lambda: None)
studio.open_workspace(Path("stick/KIM"))
studio.source.refresh()
studio.stories.open(studio.stories.workspace.story_folders()[0])
for code, _ in DESKS:
    studio.window.go(code)
    QTest.qWait(50)
    if code == "video":
        desk, left = studio.window.page, Qt.MouseButton.LeftButton
        QTest.mouseClick(desk.send.send, left)
        strip = desk.shelf.strip
        QTest.mouseClick(strip.viewport(), left, pos=strip.visualItemRect(strip.item(strip.count() - 1)).center())
        QTest.mouseClick(desk.show_page.preview.make, left)
        shown = desk.show_page.preview.player.clip
        made = [str(path) for path in (*desk.send.files, *([shown.path] if shown else ()))]
rooms = sorted({path.parent.name for path in Path("rumah/cache/workspaces").rglob("*.*")})
print(json.dumps([made, answers.said, rooms]))
print(len(raised), studio.stories.workspace.read_only, studio.window.shell.banner.text.text())
studio.close()
"""


SMALL = """
format = 1
id = "kecil"
name = "Kecil"
checked = 2026-11-23
source = "uji"
[[output]]
file = "{n:02}.jpg"
kind = "photo"
size = [320, 400]
max = 10
[[output]]
file = "kartu.jpg"
kind = "card"
design = "judul"
size = [320, 400]
[[output]]
file = "video.mp4"
kind = "video"
size = [180, 320]
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict[str, tuple[int, str, str]]:
    """What every command says about a workspace on the stick: exit code, output, complaints."""
    from PIL import Image

    unshare = next(
        (p for p in (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"]) if _may(p)), None
    )
    if unshare is None:
        pytest.skip("needs unshare(1) and the right to mount in a namespace of its own")
    base = tmp_path_factory.mktemp("baca")
    (base / "stick").mkdir()
    source = ["-f", "lavfi", "-i", "testsrc=s=160x120:r=10:d=1"]
    subprocess.run([ffmpeg_path(), "-v", "error", *source, "-c:v", "ffv1", str(base / "c.mkv")], check=True)
    photos = "videos: [{file: c.mkv, title: Panen padi, caption: Warga bekerja.}]\n"
    photos += "slideshow:\n  seconds_each: 2\n  photos: [a.jpg, b.jpg]\nphotos:\n"
    for name in ("a.jpg", "b.jpg"):
        Image.effect_noise((320, 240), 50).convert("RGB").save(base / name)
        photos += f"  - file: {name}\n    caption: Warga bekerja.\n"
    (base / "naskah.md").write_text(DRAFT.replace("date:", f"{photos}date:", 1), encoding="utf-8")
    made = studio("new", str(base / "stick" / "KIM"), str(base / "naskah.md"))
    assert made.returncode == 0, made.stderr
    small = base / "stick" / "KIM" / "templates" / "kecil"  # of each kind of picture one, as small as they may be
    small.mkdir(parents=True)
    (small / "outlet.toml").write_text(SMALL, encoding="utf-8")
    commands = {
        "check": ["check", "stick/KIM"],
        "export": ["export", "stick/KIM", "--outlet", "x"],
        "export elsewhere": ["export", "stick/KIM", "--outlet", "kecil", "--out", "hasil"],
        "new": ["new", "stick/KIM", "naskah.md"],
        "new workspace": ["new", "stick/baru", "naskah.md"],
        "screenshots": ["screenshots", "stick/gambar"],
    }
    words = commands | {"window": [WINDOW]}
    done = subprocess.run(
        [*unshare, sys.executable, "-c", TRIED, str(base), json.dumps(words)],
        capture_output=True,
        text=True,
        env=os.environ
        | {"PYTHONPATH": str(ROOT), "LANG": "id_ID.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
        | {"KIM_STUDIO_HOME": str(base / "rumah")},
        check=True,
    )
    return json.loads(done.stdout) | {"base": str(base)}


def _may(prefix: list[str]) -> bool:
    command = [*prefix, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return bool(shutil.which("unshare")) and not subprocess.run(command, capture_output=True, check=False).returncode


def test_no_command_ends_in_a_traceback(told):
    assert not {name: facts for name, facts in told.items() if "Traceback" in facts[2]}


@pytest.mark.parametrize("name", ["export", "new", "new workspace", "screenshots"])
def test_what_would_write_there_says_that_the_stick_is_read_only(told, name):
    code, _, complaints = told[name]
    assert code == 1
    assert "hanya bisa dibaca" in complaints


def test_reading_and_exporting_elsewhere_work(told):
    assert "Isi berita" in told["check"][1]
    code, _, complaints = told["export elsewhere"]
    assert code == 0, complaints
    made = {path.name for path in (Path(told["base"]) / "hasil").rglob("*.*")}
    assert "manifest.json" in made
    assert [name for name in made if name.endswith(".mp4")]


def test_the_window_opens_reads_and_says_why_nothing_can_be_changed(told):
    code, said, complaints = told["window"]
    assert code == 0, complaints
    assert said.splitlines()[1].startswith("0 True ")
    assert "hanya bisa dibaca" in said.splitlines()[1]


def test_the_video_desk_works_there_and_what_it_made_on_this_computer_is_forgotten(told):
    """A clip that Qt cannot play, with a painted name: its small copy, both videos, and all that goes with a cover."""
    made, explained, rooms = json.loads(told["window"][1].splitlines()[0])
    assert (explained, [Path(path).suffix for path in made]) == ([], [".mp4", ".mp4"])
    assert {"clips", "cards"} <= set(rooms)
    base, root = Path(told["base"]), Path(told["base"]) / "stick" / "KIM"
    clip = next(root.glob("stories/*/media/*.mkv")).name
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("KIM_STUDIO_HOME", str(base / "rumah"))
        forget_previews(root, clip)
        forget_cards(root)
        forget_made(root, next((root / "stories").iterdir()).name)
    left = [path for path in (base / "rumah" / "cache" / "workspaces").rglob("*") if path.is_file()]
    assert not [path for path in left if path.suffix in {".mp4", ".png"} or ".strip" in path.name], left
