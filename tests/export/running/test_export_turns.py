"""Two exports at once: real processes on one workspace, one story or one folder, spoil nothing of each other."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time

import pytest

from studio.base.errors import UserError, WorkCancelled
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.running.export_folders import TURN, taking_turns
from studio.export.running.story_exporter import StoryExporter
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group, Story

TEXTS = MessageTexts(assets_dir() / "messages", "id")
OTHER = """
import sys
from pathlib import Path
from tests.export.running.test_export_turns import export

class Held:
    first = True
    def report(self, done, total, what):
        if self.first and done:
            self.first = False
            print("made", flush=True)
            sys.stdin.readline()

export(Path(sys.argv[1]), sys.argv[2], Held(), Path(sys.argv[3]) if sys.argv[3:] else None)
print("ended", flush=True)
"""


class Heard:
    """A Progress that remembers."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def report(self, done: float, total: float, what: str) -> None:
        self.told.append(what)


def export(folder, outlet, progress=None, out=None):
    with open_workspace(folder, write=False) as workspace, StoryExporter(workspace, templates_dir(), TEXTS) as exporter:
        return next(iter(exporter.export((), (outlet,), out, progress or SilentProgress())))


@pytest.fixture
def place(tmp_path):
    with create_workspace(tmp_path / "w", Group(name="KIM Bina Warga", village="Sukamaju")) as made:
        made.add(Story(id="a", headline="Warga perbaiki saluran", date="2026-11-22", body="Warga bekerja bakti."))
    return tmp_path / "w"


@pytest.fixture
def other(repository):
    """Exports in a process of its own, and stands still with its first file made."""
    started = []

    def start(folder, outlet, *out):
        process = subprocess.Popen(
            [sys.executable, "-c", OTHER, str(folder), outlet, *map(str, out)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=repository,
        )
        started.append(process)
        assert process.stdout.readline() == "made\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def waiting(folder, outlet, out=None):
    """An export in a thread; given back once it waits for the other one."""
    heard, done = Heard(), []
    thread = threading.Thread(target=lambda: done.append(export(folder, outlet, heard, out)))
    thread.start()
    end = time.monotonic() + 30
    while TEXTS.text("export.waiting") not in heard.told and thread.is_alive() and time.monotonic() < end:
        time.sleep(0.01)
    assert heard.told == [TEXTS.text("export.waiting")] * len(heard.told) != []
    return thread, done


def let_go(process):
    assert process.communicate("\n") == ("ended\n", None)


def test_two_exports_of_one_story_wait_for_each_other_and_keep_both_their_files(place, other):
    first = other(place, "x")
    thread, done = waiting(place, "telegram")
    let_go(first)
    thread.join()
    assert done[0].error is None
    assert not done[0].problems
    (folder,) = (place / "exports").iterdir()
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert {entry["outlet"] for entry in manifest["files"]} == {"x", "telegram"}
    on_disk = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert on_disk == {entry["path"] for entry in manifest["files"]} | {"manifest.json"}
    assert not (place / ".studio" / "video").exists() or not list((place / ".studio" / "video").iterdir())


def test_a_killed_export_gives_its_turn_back_and_what_it_made_stays(place, other):
    first = other(place, "telegram")
    thread, done = waiting(place, "telegram")
    first.kill()
    thread.join()
    assert done[0].error is None
    assert done[0].kept >= 1
    (folder,) = (place / "exports").iterdir()
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_two_copies_of_a_workspace_write_to_one_stick_in_turn(place, other, tmp_path):
    shutil.copytree(place, tmp_path / "copy")
    first = other(place, "x", tmp_path / "stick")
    thread, done = waiting(tmp_path / "copy", "telegram", tmp_path / "stick")
    let_go(first)
    thread.join()
    assert {entry.outlet for entry in done[0].manifest.files} == {"x", "telegram"}


def test_waiting_can_be_called_off_and_does_not_go_on_for_ever(tmp_path):
    class Stop:
        def report(self, done, total, what):
            raise WorkCancelled

    with taking_turns(tmp_path / "a", TEXTS, SilentProgress()) as waited:
        assert not waited
        with pytest.raises(WorkCancelled), taking_turns(tmp_path / "a", TEXTS, Stop()):
            pass
        with pytest.raises(UserError, match="busy"), taking_turns(tmp_path / "a", TEXTS, SilentProgress(), patience=0):
            pass
        assert (tmp_path / "a" / TURN).exists()
    assert not (tmp_path / "a").exists()
