from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import msgspec
import pytest

from studio.base.errors import UserError, WorkCancelled
from studio.store.index import IndexChanges, IndexPage, SearchIndex
from studio.store.workspace import open_workspace
from studio.story.model import Cue, Person, Photo, Source, Story, Video
from studio.story.newsroom_records import Comment, CommentReply

STORIES = (
    Story(
        id="1", headline="Panen raya padi", date="2026-11-20", status="ready", place="Sukamaju", body="Gabah kering."
    ),
    Story(
        id="2",
        headline="Irigasi diperbaiki",
        date="2026-11-22",
        body="Warga bekerja.",
        byline=("Siti Aminah",),
        photos=(Photo(id="p1", file="a.jpg", caption="Mencangkul parit", credit="Budi"), Photo(id="p2", file="b.jpg")),
        cover="p2",
        sources=(Source(name="Asep Hidayat", role="Kepala Dusun"),),
    ),
    Story(
        id="3",
        headline="Awas kabar bohong: Désa",
        date="2026-11-21",
        kind="factcheck",
        status="review",
        videos=(Video(id="v1", file="c.mp4", title="Banjir", subtitles=(Cue(start=0, end=1, text="Airnya surut"),)),),
        people=(Person(id="n1", name="Joko", aliases=("Jaka",)),),
    ),
)


@pytest.fixture
def filled(workspace, clock):
    for story in STORIES:
        workspace.add(story)
        clock.pass_by(minutes=1)
    index = SearchIndex(workspace)
    index.refresh()
    return index


def ids(page):
    return [row.headline.split()[0] for row in page.rows]


def test_the_list_has_what_the_window_shows(filled):
    page = filled.find()
    assert page.total == 3
    assert ids(page) == ["Awas", "Irigasi", "Panen"]
    second = page.rows[1]
    assert (second.folder, second.thumb, second.status, second.problem) == (
        "2026-11-22-irigasi-diperbaiki",
        "b.jpg",
        "draft",
        "",
    )
    assert page.rows[0].thumb == "c.mp4"
    assert page.rows[2].thumb == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gabah", ["Panen"]),
        ("GABAH ker", ["Panen"]),
        ("mencangkul", ["Irigasi"]),
        ("siti", ["Irigasi"]),
        ("budi", ["Irigasi"]),
        ("asep dusun", ["Irigasi"]),
        ("sukamaju", ["Panen"]),
        ("surut", ["Awas"]),
        ("banjir", ["Awas"]),
        ("jaka", ["Awas"]),
        ("desa", ["Awas"]),
        ("dés", ["Awas"]),
        ("p", ["Irigasi", "Panen"]),
        ("panen irigasi", []),
        ("tidakada", []),
        ('"AND* OR (NEAR', []),
        ("?!", []),
        ("   ", ["Awas", "Irigasi", "Panen"]),
        ("a\u19b0b", []),
        ("gabah\0", ["Panen"]),
    ],
)
def test_search(filled, text, found):
    assert ids(filled.find(text)) == found
    assert filled.find(text).total == len(found)


def test_filters_sorts_and_pages(filled):
    assert ids(filled.find(statuses=["ready", "review"])) == ["Awas", "Panen"]
    assert ids(filled.find(kinds=["factcheck"])) == ["Awas"]
    assert ids(filled.find("p", statuses=["ready"])) == ["Panen"]
    assert ids(filled.find(sort="date")) == ["Irigasi", "Awas", "Panen"]
    assert ids(filled.find(sort="headline")) == ["Awas", "Irigasi", "Panen"]
    assert ids(filled.find(sort="folder")) == ["Panen", "Awas", "Irigasi"]
    assert filled.find(limit=1, offset=1) == IndexPage(filled.find().rows[1:2], 3)


def test_only_what_changed_is_read_again(filled, workspace):
    assert filled.refresh() == IndexChanges()
    assert not filled.refresh()
    first, second, third = workspace.story_folders()
    workspace.save(first, msgspec.structs.replace(workspace.load(first), headline="Panen kedua"))
    workspace.delete(second)
    fourth = workspace.add(Story(id="4", headline="Baru"))
    assert filled.refresh() == IndexChanges(added=(fourth,), updated=(first,), removed=(second,))
    assert filled.find("kedua").total == 1
    assert filled.find("awas").total == 0
    assert filled.find().total == 3
    workspace.restore(second)
    filled.update(second)
    assert ids(filled.find("awas")) == ["Awas"]
    workspace.delete(third)
    filled.update(third)
    assert filled.find().total == 3


def test_a_story_is_found_by_its_id_and_those_known_are_not_opened(filled, workspace, monkeypatch):
    opened, read = [], Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: opened.append(path.parent.name) or read(path))
    assert filled.folders_of("2") == ("2026-11-22-irigasi-diperbaiki",)
    assert opened == []
    # What the cache has not seen, and what cannot be read in full, is looked into; all of it where there is no cache.
    fresh = workspace.add(Story(id="4", headline="Baru", date="2026-11-23"))
    spoilt = workspace.story_dir("2026-11-20-panen-raya-padi") / "story.json"
    spoilt.write_bytes(read(spoilt).replace(b'"Sukamaju"', b"7"))
    assert filled.folders_of("4") == (fresh,)
    assert filled.folders_of("1") == ("2026-11-20-panen-raya-padi",)
    filled.refresh()
    assert [row.problem for row in filled.find(sort="folder").rows] == ["store.field", "", "", ""]
    assert filled.folders_of("1") == ("2026-11-20-panen-raya-padi",)
    (workspace.private_dir / "index.sqlite").write_bytes(b"rusak")
    assert filled.folders_of("3") == ("2026-11-21-awas-kabar-bohong-desa",)
    assert filled.folders_of("9") == ()


def test_a_change_from_outside_is_found_and_does_not_hide_itself(filled, workspace):
    folder = workspace.story_folders()[0]
    workspace.load(folder)
    path = workspace.path / "stories" / folder / "story.json"
    path.write_bytes(path.read_bytes().replace(b"Gabah", b"Beras"))
    assert filled.refresh().updated == (folder,)
    assert filled.find("beras").total == 1
    assert workspace.changed_outside(folder)


def test_unreadable_stories_are_in_the_list(filled, workspace):
    first, second, _ = workspace.story_folders()
    stories = workspace.path / "stories"
    (stories / first / "story.json").write_bytes(b"\0" * 10)
    workspace.save(second, Story(id="x", headline="y" * 300))
    workspace.save(second, Story(id="x"))
    (stories / second / "story.json").unlink()
    filled.refresh()
    problems = {row.folder: row.problem for row in filled.find().rows if row.problem}
    assert problems == {first: "store.empty", second: "store.story_lost"}
    assert filled.find("gabah").total == 0
    assert next(row.headline for row in filled.find().rows if row.folder == first) == first


@pytest.mark.parametrize("damage", [b"", b"bukan basis data" * 100, None])
def test_a_broken_cache_is_rebuilt_silently(filled, workspace, damage):
    path = workspace.path / ".studio" / "index.sqlite"
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)
    if damage is None:
        data = bytearray(path.read_bytes())
        data[4096:] = os.urandom(len(data) - 4096)
        path.write_bytes(data)
    else:
        path.write_bytes(damage)
    filled.find("gabah")
    filled.refresh()
    if damage is not None:
        assert filled.find().total == 3
    assert filled.find("gabah").total in (0, 1)
    path.unlink()
    filled.refresh()
    assert filled.find("gabah").total == 1


def test_a_cache_of_another_layout_is_begun_anew(filled, workspace):
    path = workspace.path / ".studio" / "index.sqlite"
    base = sqlite3.connect(path)
    base.execute("DROP TABLE stories")
    base.execute("CREATE TABLE stories (apa)")
    base.execute("PRAGMA user_version = 99")
    base.commit()
    base.close()
    assert filled.find().total == 0
    filled.refresh()
    assert filled.find().total == 3


def test_cancelling_keeps_what_was_read(workspace):
    for number in range(3):
        workspace.add(Story(id=str(number), headline=f"Berita {number}"))
    index = SearchIndex(workspace)

    class Stop:
        def report(self, done, total, what):
            raise WorkCancelled

    with pytest.raises(WorkCancelled):
        index.refresh(Stop())
    assert len(index.refresh().added) == 3


def test_threads_and_a_second_window_share_the_cache(filled, workspace):
    found = []

    def look():
        with open_workspace(workspace.path) as other:
            mine = SearchIndex(other)
            for number in range(20):
                mine.refresh()
                found.append(mine.find("warga").total)
                filled.update(other.story_folders()[number % 3])

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 80


READ_ONLY = """
import subprocess, sys
from pathlib import Path
from studio.store.index import SearchIndex
from studio.store.workspace import open_workspace
place = Path(sys.argv[1])
(place / ".studio" / "index.sqlite").unlink(missing_ok=True)
subprocess.run(["mount", "--bind", place, "/mnt"], check=True)
subprocess.run(["mount", "-o", "remount,bind,ro", "/mnt"], check=True)
with open_workspace(Path("/mnt")) as workspace:
    index = SearchIndex(workspace)
    index.refresh()
    print(index.find("gabah").total, index.find().total)
"""


def test_a_read_only_disk_has_its_cache_elsewhere(filled, workspace, private_mount):
    workspace.close()
    out, err = private_mount(READ_ONLY, workspace.path).communicate(timeout=60)
    assert (out, err) == ("1 3\n", "")


FULL = """
import subprocess, sys
from pathlib import Path
from studio.base.errors import UserError
from studio.store.index import SearchIndex
from studio.store.workspace import open_workspace
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", "/mnt"], check=True)
with open_workspace(Path(sys.argv[1])) as workspace:
    index = SearchIndex(workspace, Path("/mnt/index.sqlite"))
    Path("/mnt/isi").write_bytes(b"x" * 100_000)
    try:
        index.refresh()
    except UserError as error:
        print(error.code)
    Path("/mnt/isi").unlink()
    index.refresh()
    print(index.find().total)
"""


def test_a_full_disk_is_told_and_the_cache_recovers(filled, workspace, private_mount):
    workspace.close()
    out, err = private_mount(FULL, workspace.path).communicate(timeout=60)
    assert (out, err) == ("error.disk_full\n3\n", "")


def test_fancy_letters_are_found_by_plain_ones_and_the_other_way_round(filled, workspace):
    workspace.add(Story(id="4", headline="𝗕𝗮𝗻𝗷𝗶𝗿 bandang", date="2026-11-23", body="🅰🅸🆁 naik."))
    filled.refresh()
    assert filled.find(text="banjir").total == filled.find(text="banj").total == 2
    assert filled.find(text="air naik").total == 1
    assert filled.find(text="𝗴𝗮𝗯𝗮𝗵").total == 1


SAID_OF_SQLITE = {
    "SQLITE_FULL": "error.disk_full",
    "SQLITE_IOERR_WRITE": "store.drive_gone",
    "SQLITE_IOERR_FSYNC": "store.drive_gone",
    "SQLITE_IOERR_READ": "store.drive_gone",
    "SQLITE_CANTOPEN": "store.drive_gone",
    "SQLITE_READONLY": "store.read_only",
    "SQLITE_READONLY_DIRECTORY": "store.read_only",
    "SQLITE_PERM": "store.read_only",
    "SQLITE_AUTH": "store.read_only",
    "SQLITE_BUSY": "store.index_busy",
    "SQLITE_BUSY_SNAPSHOT": "store.index_busy",
    "SQLITE_LOCKED": "store.index_busy",
    "SQLITE_NOMEM": "store.index_failed",
    "SQLITE_PROTOCOL": "store.index_failed",
    "SQLITE_TOOBIG": "store.index_failed",
}


@pytest.mark.parametrize(("name", "code"), SAID_OF_SQLITE.items())
def test_what_sqlite_says_of_a_disk_is_told_like_any_other_trouble_of_a_disk(workspace, name, code, monkeypatch):
    index = SearchIndex(workspace)
    index.refresh()
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = getattr(sqlite3, name)

    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("studio.store.index.sqlite3.connect", refuse)
    path = workspace.path / ".studio" / "index.sqlite"
    for ask in (index.find, lambda: index.update("x")):
        with pytest.raises(UserError) as caught:
            ask()
        assert caught.value.code == code
        assert path.exists()  # a disk that refuses is no reason to throw the list away


def test_what_was_said_in_comments_is_found(workspace):
    told = Comment(id="c", place="body", text="Tanya Pak Lurah", by="Wati", quote="parit", suggestion="selokan")
    told = msgspec.structs.replace(told, replies=(CommentReply(text="Sudah ditelepon", by="Joko"),))
    workspace.add(Story(id="1", headline="Panen", comments=(told,)))
    index = SearchIndex(workspace)
    index.refresh()
    assert [index.find(word).total for word in ("lurah", "selok", "telepon", "ditelepon", "wati", "joko")] == [
        *(1, 1, 0, 1, 1, 1)
    ]
