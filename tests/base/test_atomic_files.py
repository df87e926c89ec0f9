from __future__ import annotations

import os
import time

import pytest

from studio.base.atomic_files import (
    append_durably,
    clean_leftovers,
    process_alive,
    retry_patiently,
    temporary_file,
    write_atomic,
)
from studio.base.errors import UserError


def test_replaces_a_file_and_leaves_nothing_else(tmp_path):
    path = tmp_path / "a.json"
    write_atomic(path, b"satu")
    write_atomic(path, b"dua" * 100_000)
    assert path.read_bytes() == b"dua" * 100_000
    assert [item.name for item in tmp_path.iterdir()] == ["a.json"]


def test_the_old_content_stays_linked_elsewhere(tmp_path):
    """The file is replaced, never written into: an earlier version may share its content."""
    path, version = tmp_path / "a.json", tmp_path / "old.json"
    write_atomic(path, b"satu")
    os.link(path, version)
    write_atomic(path, b"dua")
    assert version.read_bytes() == b"satu"


def test_a_note_that_the_disk_took_in_pieces_is_whole(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(data)[:7]))
    path = tmp_path / "jurnal"
    append_durably(path, b"catatan pertama\n")
    append_durably(path, b"catatan kedua\n")
    assert path.read_bytes() == b"catatan pertama\ncatatan kedua\n"


def test_a_note_that_the_disk_took_only_half_of_is_refused(tmp_path, monkeypatch):
    write, room = os.write, [5]
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(data)[: room.pop() if room else 0]))
    with pytest.raises(OSError, match="space"):
        append_durably(tmp_path / "jurnal", b"catatan pertama\n")


@pytest.mark.parametrize(
    ("name", "code"),
    [("tidak/ada/a.json", "store.drive_gone"), ("x" * 300, "store.name_too_long")],
)
def test_a_refusal_is_explained(tmp_path, name, code):
    with pytest.raises(UserError) as caught:
        write_atomic(tmp_path / name, b"isi")
    # A temporary file has a short name: a name that is too long shows only when it is renamed.
    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_way_is_no_crash(tmp_path):
    (tmp_path / "a.json").mkdir()
    with pytest.raises(UserError, match=r"store\.write_failed"):
        write_atomic(tmp_path / "a.json", b"isi")
    assert [item.name for item in tmp_path.iterdir()] == ["a.json"]


LIMITED = """
import resource, signal, sys
from pathlib import Path
from studio.base.errors import UserError
from studio.base.atomic_files import write_atomic
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
try:
    write_atomic(Path(sys.argv[1]), b"baru" * 5000)
except UserError as error:
    print(error.code)
"""


def test_a_file_that_stops_growing_leaves_the_original(tmp_path, child):
    path = tmp_path / "a.json"
    write_atomic(path, b"lama")
    out, err = child(LIMITED, path).communicate(timeout=60)
    assert (out.strip(), err) == ("store.too_big", "")
    assert path.read_bytes() == b"lama"
    assert len(list(tmp_path.iterdir())) == 1


FULL = """
import os, sys
from pathlib import Path
from studio.base.errors import UserError
from studio.base.atomic_files import write_atomic
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group, Story
import subprocess
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", "/mnt"], check=True)
place = Path("/mnt/kerja")
workspace = create_workspace(place, Group(name="KIM"))
folder = workspace.add(Story(id="s", headline="Judul", body="kata " * 1000))
before = (place / "stories" / folder / "story.json").read_bytes()
refused = []
for size in (150_000, 300_000, 600_000, 2_000_000):
    try:
        workspace.save(folder, Story(id="s", headline="Judul", body="x" * size))
    except UserError as error:
        refused.append((error.code, error.facts["free"]))
        assert (place / "stories" / folder / "story.json").read_bytes() == before
    else:
        before = (place / "stories" / folder / "story.json").read_bytes()
source = Path("/tmp") / f"big-{os.getpid()}.jpg"
source.write_bytes(os.urandom(900_000))
try:
    workspace.import_media(folder, source)
except UserError as error:
    refused.append((error.code, error.facts["free"]))
finally:
    source.unlink()
left = [path.name for path in place.rglob(".tmp-*")]
print(len(refused) >= 3, {code for code, _ in refused}, left)
workspace.save(folder, Story(id="s", headline="Judul", body="pendek"))
print(workspace.load(folder).body)
workspace.close()
subprocess.run(["mount", "-o", "remount,ro", "/mnt"], check=True)
with open_workspace(place) as again:
    print(again.read_only, [notice.code for notice in again.problems], again.load(folder).body)
    try:
        again.save(folder, Story(id="s"))
    except UserError as error:
        print(error.code)
try:
    write_atomic(place / "workspace.json", b"")
except UserError as error:
    print(error.code)
try:
    create_workspace(Path("/mnt/lain"), Group())
except UserError as error:
    print(error.code)
"""


def test_a_full_and_a_read_only_disk(private_mount):
    """A real file system of 600 kB: every refused save leaves the story as it was; then the disk turns read-only."""
    out, err = private_mount(FULL).communicate(timeout=60)
    assert err == ""
    assert out.splitlines() == [
        "True {'error.disk_full'} []",
        "pendek",
        "True ['store.place_read_only'] pendek",
        "store.workspace_read_only",
        "store.read_only",
        "store.read_only",
    ]


def test_leftovers_of_dead_processes_go_and_others_stay(tmp_path, child):
    done = child("import os; print(os.getpid())")
    dead = int(done.communicate(timeout=60)[0])
    with temporary_file(tmp_path / "a.json") as temp:
        mine = temp.name
    host = mine.split("-")[1]
    alive = f".tmp-{host}-{os.getppid()}-00000000"
    gone = f".tmp-{host}-{dead}-00000000"
    far, far_old = ".tmp-00000000-1-00000000", ".tmp-00000000-1-00000001"
    for name in (mine, alive, gone, far, far_old, ".tmp-bukan", "story.json"):
        (tmp_path / name).touch()
    day_before = time.time() - 2 * 86_400
    os.utime(tmp_path / far_old, (day_before, day_before))
    assert clean_leftovers(tmp_path) == 2
    assert {item.name for item in tmp_path.iterdir()} == {mine, alive, far, ".tmp-bukan", "story.json"}
    assert clean_leftovers(tmp_path / "tidak ada") == 0


def test_process_alive(child):
    process = child("pass")
    process.wait(timeout=60)
    assert process_alive(os.getpid())
    assert not process_alive(process.pid)


def test_patience_ends():
    tries = []

    def busy():
        tries.append(1)
        if len(tries) < 4:
            raise PermissionError

    retry_patiently(busy, waits=(0, 0, 0))
    assert len(tries) == 4
    tries.clear()
    with pytest.raises(PermissionError):
        retry_patiently(busy, waits=(0,))
    assert len(tries) == 2
