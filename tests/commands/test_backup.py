"""``kim-studio backup`` and ``restore`` as somebody at a terminal uses them: real processes, killed and limited."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio.store.backup_list import workspace_files
from studio.store.workspace import create_workspace
from studio.story.model import Group, Story
from tests.commands.test_commands import ROOT, studio

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
from studio.cli import main
main(sys.argv[1:])
"""


def tree(path: Path) -> dict[str, bytes]:
    return {name: (path / name).read_bytes() for name in workspace_files(path).files}


@pytest.fixture
def places(tmp_path):
    """A workspace with a story and its photo, a stick."""
    with create_workspace(tmp_path / "KIM Sukamaju", Group(name="KIM Sukamaju")) as made:
        folder = made.add(Story(id="", headline="Panen raya", date="2026-11-22"))
        media = made.path / "stories" / folder / "media"
        media.mkdir()
        (media / "0123456789abcdef.jpg").write_bytes(os.urandom(400_000))
    (tmp_path / "stik").mkdir()
    return tmp_path / "KIM Sukamaju", tmp_path / "stik", tmp_path / "pulih"


def test_back_up_and_restore(places):
    workspace, stick, target = places
    done = studio("backup", str(workspace), str(stick))
    assert done.returncode == 0, done.stderr
    root = stick / "cadangan-kim-sukamaju"
    assert f"3 berkas di {root}. 3 disalin" in done.stdout
    assert "diska yang sama" in done.stderr
    assert "Pulihkan dari cadangan" in (root / "BACA-SAYA.txt").read_text(encoding="utf-8")
    assert tree(root / "isi") == tree(workspace)
    assert json.loads((workspace / "backup.json").read_text(encoding="utf-8"))["place"] == str(root)
    assert "0 disalin" in studio("backup", str(workspace), str(stick)).stdout
    back = studio("restore", str(stick), str(target), language="en_GB.UTF-8")
    assert back.returncode == 0, back.stderr
    assert "3 files" in back.stdout
    assert tree(target) == tree(workspace)
    again = studio("restore", str(stick), str(target))
    assert again.returncode == 1
    assert "hanya dipulihkan ke folder kosong" in again.stderr


def test_what_is_wrong_is_said(places, tmp_path):
    workspace, stick, target = places
    nothing = studio("restore", str(stick), str(target))
    assert (nothing.returncode, target.exists()) == (1, False)
    assert "tidak ada cadangan" in nothing.stderr
    missing = studio("backup", str(workspace), str(tmp_path / "tidak-ada"))
    assert missing.returncode == 1
    assert "Pasang stik" in missing.stderr
    assert studio("backup", str(workspace)).returncode == 2


def test_a_file_that_the_stick_cannot_hold_is_named_and_the_others_are_there(places):
    """The system's own refusal of a file that is too big, as FAT32 has it at 4 GB."""
    workspace, stick, target = places
    words = [sys.executable, "-c", LIMITED, "backup", str(workspace), str(stick)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert "0123456789abcdef.jpg tidak ikut tercadang" in done.stderr
    assert "4 GB" in done.stderr
    assert studio("restore", str(stick), str(target)).returncode == 0
    assert {name for name in tree(workspace) if not name.endswith(".jpg")} == set(tree(target))


def test_killed_on_the_way_the_next_goes_on(places):
    workspace, stick, target = places
    for number in range(40):
        (workspace / "stories" / f"{number}.txt").write_bytes(os.urandom(20_000))
    words = [sys.executable, "-m", "studio", "backup", str(workspace), str(stick)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL) as child:
        while child.poll() is None and not list(stick.glob("*/isi/*")):
            time.sleep(0.002)
        time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
    done = studio("backup", str(workspace), str(stick))
    assert done.returncode == 0, done.stderr
    assert not list(stick.rglob(".tmp-*"))
    assert studio("restore", str(stick), str(target)).returncode == 0
    assert tree(target) == tree(workspace)
