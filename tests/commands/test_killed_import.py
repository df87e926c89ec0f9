"""An import killed in the middle of its big photos leaves nothing that no list shows; what others left is found."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands.test_commands import DRAFT, ROOT, studio

KILLS = 4
BIG = 60_000_000
"""Bytes of a photo: long enough in the copying to be killed there."""
DROP = """
import sys
from pathlib import Path
from studio.base.progress import SilentProgress
from studio.store.workspace import open_workspace
from studio.services.media_import import import_media, sort_out
with open_workspace(Path(sys.argv[1])) as workspace:
    folder, = workspace.story_folders()
    import_media(workspace, folder, sort_out([Path(sys.argv[2])]), frozenset(), "", SilentProgress())
    print("in", flush=True)
    sys.stdin.read()
"""
WORD = """
import sys
from pathlib import Path
from studio.base.progress import SilentProgress
from studio.store.workspace import open_workspace
from studio.services.media_import import add_text
with open_workspace(Path(sys.argv[1])) as workspace:
    add_text(workspace, Path(sys.argv[2]), SilentProgress())
"""
NEW = "from studio.cli import main; import sys; main(['new', *sys.argv[1:]])"


@pytest.fixture(scope="module")
def draft(tmp_path_factory) -> Path:
    """A draft with three photos of 60 MB."""
    from PIL import Image

    folder = tmp_path_factory.mktemp("besar")
    names = ("satu", "dua", "tiga")
    for number, name in enumerate(names):
        Image.new("RGB", (640, 480), (40 * number, 90, 60)).save(folder / f"{name}.jpg")
        os.truncate(folder / f"{name}.jpg", BIG + number)
    photos = "photos:\n" + "".join(f"  - file: {name}.jpg\n    caption: Warga bekerja.\n" for name in names)
    (folder / "naskah.md").write_text(DRAFT.replace("date:", f"{photos}date:", 1), encoding="utf-8")
    return folder / "naskah.md"


def kill_halfway(script: str, workspace: Path, draft: Path, copied: int) -> None:
    """SIGKILL as soon as so many photos are there, whole or in part."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", script, str(workspace), str(draft)], env=environment) as importing:
        while len(list(workspace.glob("stories/*/media/*"))) < copied:
            assert importing.poll() is None
            time.sleep(0.001)
        importing.send_signal(signal.SIGKILL)
    assert importing.returncode == -signal.SIGKILL


def listed(workspace: Path) -> list[str]:
    return sorted(path.name for path in (workspace / "stories").iterdir() if not path.name.startswith("."))


@pytest.mark.parametrize("script", [NEW, WORD], ids=["command", "window"])
def test_a_killed_import_leaves_no_originals_that_nobody_sees(draft, tmp_path, script):
    workspace = tmp_path / "KIM"
    small = tmp_path / "kecil.md"
    small.write_text(DRAFT, encoding="utf-8")
    first = studio("new", str(workspace), str(small)).stdout.strip()
    for kill in range(KILLS // 2):
        kill_halfway(script, workspace, draft, copied=1 + kill)
        assert listed(workspace) == [first]
        assert len(list((workspace / "stories").iterdir())) == 2  # what the killed one had, and never what was before
    done = studio("new", str(workspace), str(draft))
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (workspace / "stories").iterdir()) == sorted([first, done.stdout.strip()])
    story = json.loads((workspace / "stories" / done.stdout.strip() / "story.json").read_bytes())
    media = {path.name for path in (workspace / "stories" / done.stdout.strip() / "media").iterdir()}
    assert {photo["file"] for photo in story["photos"]} == media
    assert len(media) == 3


def test_the_doctor_finds_originals_without_a_story_and_makes_one(tmp_path):
    from PIL import Image

    workspace = tmp_path / "KIM"
    (tmp_path / "kecil.md").write_text(DRAFT, encoding="utf-8")
    kept = studio("new", str(workspace), str(tmp_path / "kecil.md")).stdout.strip()
    media = workspace / "stories" / "2026-11-20-panen" / "media"
    media.mkdir(parents=True)
    Image.new("RGB", (640, 480), "green").save(media / "0123456789abcdef.jpg")
    (media / "fedcba9876543210.bin").write_bytes(b"?")
    done = studio("doctor", str(workspace))
    assert "2026-11-20-panen berisi 2 berkas asli" in done.stdout
    assert "--recover" in done.stdout
    assert listed(workspace) == ["2026-11-20-panen", kept]
    done = studio("doctor", str(workspace), "--recover")
    assert "2026-11-20-panen kini berita dengan 1 foto" in done.stdout
    assert "fedcba9876543210.bin" in done.stdout
    story = json.loads((media.parent / "story.json").read_bytes())
    assert (story["headline"], story["date"]) == ("Impor yang terputus", "2026-11-20")
    assert [photo["file"] for photo in story["photos"]] == ["0123456789abcdef.jpg"]
    assert (media / "fedcba9876543210.bin").exists()
    assert "2026-11-20-panen berisi 1 berkas asli" in studio("doctor", str(workspace)).stdout


def test_the_doctor_finds_what_was_dropped_into_an_open_story_just_before_the_kill(tmp_path):
    from PIL import Image

    workspace = tmp_path / "KIM"
    (tmp_path / "kecil.md").write_text(
        DRAFT.replace("date:", "photos: [{file: ada.jpg, caption: Warga.}]\ndate:", 1), encoding="utf-8"
    )
    Image.new("RGB", (640, 480), "green").save(tmp_path / "ada.jpg")
    Image.new("RGB", (640, 480), "red").save(tmp_path / "jatuh.jpg")
    kept = studio("new", str(workspace), str(tmp_path / "kecil.md")).stdout.strip()
    media, story = workspace / "stories" / kept / "media", workspace / "stories" / kept / "story.json"
    before = story.read_bytes()
    command = [sys.executable, "-c", DROP, str(workspace), str(tmp_path / "jatuh.jpg")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, **pipes) as dropping:
        assert dropping.stdout.readline() == b"in\n"
        dropping.kill()
    assert len(list(media.iterdir())) == 2
    assert f"{kept} berisi 1 berkas asli" in studio("doctor", str(workspace)).stdout
    assert "1 foto dan video" in studio("doctor", str(workspace), "--recover").stdout
    assert story.read_bytes() == before
    (made,) = [path for path in (workspace / "stories").iterdir() if path.name != kept]
    found = json.loads((made / "story.json").read_bytes())
    assert (found["headline"], len(found["photos"])) == ("Impor yang terputus", 1)
    assert (made / "media" / found["photos"][0]["file"]).read_bytes() == (tmp_path / "jatuh.jpg").read_bytes()
    assert len(list(media.iterdir())) == 1
    assert "tidak ada berkas asli tanpa berita" in studio("doctor", str(workspace)).stdout
