from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from studio.base.errors import UserError, WorkCancelled
from studio.store.packages import PackageChoice, pack_story
from studio.store.shared_versions import note_shared, read_shared, shared_versions
from studio.store.workspace import create_workspace
from studio.story.model import Consent, Cover, Group, Person, Photo, Story, Video
from tests.package_taker import unpack


@pytest.fixture
def editor(tmp_path):
    with create_workspace(tmp_path / "editor", Group(name="Editor")) as opened:
        yield opened


@pytest.fixture
def packed(workspace, tmp_path):
    """A story with a plain photo, a covered one, a covered clip and a consent; returns its folder."""
    folder = workspace.add(Story(id="", headline="Anak juara", date="2026-11-22"))
    names = {}
    for name, content in {"a.jpg": b"terang", "wajah.jpg": b"WAJAH", "wajah.mp4": b"KLIP", "izin.jpg": b"IZIN"}.items():
        (tmp_path / name).write_bytes(content)
        names[name] = workspace.import_media(folder, tmp_path / name)
    covers = (Cover(box=(0.1, 0.1, 0.2, 0.2)),)
    story = msgspec.structs.replace(
        workspace.load(folder),
        photos=(Photo(id="p1", file=names["a.jpg"]), Photo(id="p2", file=names["wajah.jpg"], covers=covers)),
        videos=(Video(id="v1", file=names["wajah.mp4"], covers=covers),),
        people=(Person(id="n1", name="Ani", consent=Consent(given=True, by="Ibu Ani", file=names["izin.jpg"])),),
        extra={"masa_depan": 1},
    )
    workspace.save(folder, story)
    return folder, names


def inside(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_story_travels_and_nothing_harmful_with_it(workspace, editor, packed, tmp_path):
    folder, names = packed
    notices = pack_story(workspace, folder, tmp_path / "a.zip")
    contents = inside(tmp_path / "a.zip")
    everything = b"".join(contents.values())
    for secret in (b"WAJAH", b"KLIP", b"IZIN", b"Ibu Ani"):
        assert secret not in everything
    assert {notice.facts["file"] for notice in notices} == {names["wajah.jpg"], names["wajah.mp4"]}
    taken = unpack(editor, tmp_path / "a.zip")
    assert taken.new
    assert taken.folder == folder
    assert {notice.code for notice in taken.notices} == {"store.package_left_out"}
    story = editor.load(taken.folder)
    assert (story.headline, story.extra, story.id) == ("Anak juara", {"masa_depan": 1}, workspace.load(folder).id)
    assert editor.media_path(folder, names["a.jpg"]).read_bytes() == b"terang"
    assert not editor.media_path(folder, names["wajah.jpg"]).exists()


def test_what_is_ticked_goes_along(workspace, editor, packed, tmp_path):
    folder, names = packed
    assert pack_story(workspace, folder, tmp_path / "a.zip", PackageChoice(consents=True, originals=True)) == ()
    unpack(editor, tmp_path / "a.zip")
    for name, content in {"wajah.jpg": b"WAJAH", "wajah.mp4": b"KLIP", "izin.jpg": b"IZIN"}.items():
        assert editor.media_path(folder, names[name]).read_bytes() == content
    assert editor.load(folder).people[0].consent.by == "Ibu Ani"


def test_a_covered_copy_goes_in_the_place_of_the_original(workspace, editor, packed, tmp_path):
    folder, names = packed
    notices = pack_story(
        workspace, folder, tmp_path / "a.zip", covered_copy=lambda photo, source, copy: copy.write_bytes(b"TERTUTUP")
    )
    assert {notice.facts["file"] for notice in notices} == {names["wajah.mp4"]}
    unpack(editor, tmp_path / "a.zip")
    photo = editor.load(folder).photos[1]
    assert photo.covers == ()
    assert editor.media_path(folder, photo.file).read_bytes() == b"TERTUTUP"


def test_a_missing_file_is_told(workspace, packed, tmp_path):
    folder, names = packed
    workspace.media_path(folder, names["a.jpg"]).unlink()
    codes = {(notice.code, notice.facts["file"]) for notice in pack_story(workspace, folder, tmp_path / "a.zip")}
    assert ("store.media_lost", names["a.jpg"]) in codes


def test_taking_in_twice_changes_nothing_and_a_conflict_loses_nothing(workspace, editor, packed, tmp_path):
    folder, _ = packed
    pack_story(workspace, folder, tmp_path / "a.zip")
    first = unpack(editor, tmp_path / "a.zip")
    second = unpack(editor, tmp_path / "a.zip")
    assert (second.new, second.folder) == (False, first.folder)
    editor.save(folder, msgspec.structs.replace(editor.load(folder), body="Suntingan editor."))
    workspace.save(folder, msgspec.structs.replace(workspace.load(folder), body="Suntingan anggota."))
    pack_story(workspace, folder, tmp_path / "b.zip")
    third = unpack(editor, tmp_path / "b.zip")
    assert third.new
    assert third.other == folder
    assert {editor.load(name).body for name in editor.story_folders()} == {"Suntingan editor.", "Suntingan anggota."}
    assert not unpack(editor, tmp_path / "b.zip").new
    assert len(editor.story_folders()) == 2


def rewritten(path, change):
    """The package with its files put through ``change(dict of name -> bytes)``."""
    files = inside(path)
    change(files)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def listed(files, **changes):
    contents = json.loads(files["paket.json"])
    contents.update(changes)
    files["paket.json"] = json.dumps(contents).encode()


def other_path(files, path):
    contents = json.loads(files["paket.json"])
    contents["files"].append({"path": path, "sha256": "0" * 64, "bytes": 1})
    files["paket.json"] = json.dumps(contents).encode()
    files[path] = b"x"


def other_hash(files):
    contents = json.loads(files["paket.json"])
    next(item for item in contents["files"] if item["path"].startswith("media/"))["sha256"] = "0" * 64
    files["paket.json"] = json.dumps(contents).encode()


def damaged(files):
    name = next(name for name in files if name.startswith("media/"))
    files[name] = b"terang!"[: len(files[name]) - 1] + b"X"


def bomb(files):
    name = next(name for name in files if name.startswith("media/"))
    files[name] = b"x" * 5_000_000


def rewrite_story(files, change):
    story = json.loads(files["story.json"])
    change(story)
    files["story.json"] = json.dumps(story).encode()
    contents = json.loads(files["paket.json"])
    item = next(item for item in contents["files"] if item["path"] == "story.json")
    item["sha256"], item["bytes"] = hashlib.sha256(files["story.json"]).hexdigest(), len(files["story.json"])
    files["paket.json"] = json.dumps(contents).encode()


def outside(files):
    rewrite_story(files, lambda story: story["photos"][0].update(file="../../../../etc/passwd"))


def nonsense(files):
    rewrite_story(files, lambda story: story.update(photos="bukan daftar"))


def endless(files):
    contents = json.loads(files["paket.json"])
    contents["files"][-1]["bytes"] = 10**18
    files["paket.json"] = json.dumps(contents).encode()


def lost(files):
    del files[next(name for name in files if name.startswith("media/"))]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (damaged, "package_damaged"),
        (bomb, "package_damaged"),
        (other_hash, "package_damaged"),
        (lost, "package_damaged"),
        (outside, "package_bad"),
        (nonsense, "package_damaged"),
        (endless, "package_damaged"),
        (lambda files: files.pop("paket.json"), "package_bad"),
        (lambda files: files.pop("story.json"), "package_bad"),
        (lambda files: files.update({"paket.json": b"{"}), "package_bad"),
        (lambda files: files.update({"story.json": b"{}"}), "package_damaged"),
        (lambda files: listed(files, format=3), "package_newer"),
        (lambda files: files.update({"paket.json": b'{"format": 1, "files": []}'}), "package_bad"),
        (lambda files: other_path(files, "../../jahat.sh"), "package_bad"),
        (lambda files: other_path(files, "media/../story.json"), "package_bad"),
        (lambda files: other_path(files, "/etc/passwd"), "package_bad"),
        (lambda files: other_path(files, "media/0123456789abcdef.jpg"), "package_damaged"),
    ],
)
def test_a_bad_package_is_refused_whole(workspace, editor, packed, tmp_path, change, code):
    path = tmp_path / "a.zip"
    pack_story(workspace, packed[0], path)
    rewritten(path, change)
    with pytest.raises(UserError) as caught:
        unpack(editor, path)
    assert caught.value.code == f"store.{code}"
    assert list((editor.path / "stories").iterdir()) == []


def test_a_package_cut_short_anywhere_is_refused(workspace, editor, packed, tmp_path):
    path = tmp_path / "a.zip"
    pack_story(workspace, packed[0], path)
    data = path.read_bytes()
    for length in range(0, len(data), 97):
        path.write_bytes(data[:length])
        with pytest.raises(UserError, match=r"store\.package_"):
            unpack(editor, path)
    assert list((editor.path / "stories").iterdir()) == []


def test_a_package_with_flipped_bytes_is_refused_or_the_same(workspace, editor, packed, tmp_path):
    folder, _ = packed
    path = tmp_path / "a.zip"
    pack_story(workspace, folder, path)
    data = path.read_bytes()
    expected = None
    for place in range(0, len(data), 61):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        try:
            taken = unpack(editor, path).folder
        except UserError as error:
            assert error.code.startswith("store.package_")  # noqa: PT017 - both outcomes are right
        else:
            story = msgspec.structs.replace(editor.load(taken), modified="")
            expected = expected or story
            assert story == expected


def test_cancelling_and_wrong_places(workspace, editor, packed, tmp_path):
    class Stop:
        def report(self, done, total, what):
            raise WorkCancelled

    with pytest.raises(WorkCancelled):
        pack_story(workspace, packed[0], tmp_path / "a.zip", progress=Stop())
    assert not list(tmp_path.glob("*.zip"))
    assert not list(tmp_path.glob(".tmp*"))
    pack_story(workspace, packed[0], tmp_path / "a.zip")
    with pytest.raises(WorkCancelled):
        unpack(editor, tmp_path / "a.zip", Stop())
    assert list((editor.path / "stories").iterdir()) == []
    with pytest.raises(UserError, match=r"store\.package_unreadable"):
        unpack(editor, tmp_path / "tidak ada.zip")
    with pytest.raises(UserError, match=r"store\.drive_gone"):
        pack_story(workspace, packed[0], tmp_path / "tidak ada" / "a.zip")


def test_what_goes_out_for_the_first_time_is_read_by_older_versions(workspace, packed, tmp_path):
    pack_story(workspace, packed[0], tmp_path / "a.kim")
    contents = inside(tmp_path / "a.kim")
    assert "base.json" not in contents
    assert json.loads(contents["paket.json"])["format"] == 1


def test_a_story_that_comes_back_brings_the_version_both_had(workspace, editor, packed, tmp_path):
    folder, _ = packed
    pack_story(workspace, folder, tmp_path / "out.kim")
    there = unpack(editor, tmp_path / "out.kim").folder
    common = editor.load(there)
    editor.save(there, msgspec.structs.replace(common, body="Dari penyunting."))
    workspace.save(folder, msgspec.structs.replace(workspace.load(folder), body="Dari penulis.", kicker="Prestasi"))
    pack_story(editor, there, tmp_path / "back.kim")
    contents = inside(tmp_path / "back.kim")
    assert json.loads(contents["paket.json"])["format"] == 2
    assert json.loads(contents["base.json"])["headline"] == "Anak juara"
    back = unpack(workspace, tmp_path / "back.kim")
    assert (back.new, back.other) == (True, folder)
    assert (back.base.body, back.base.kicker) == (common.body, "")
    assert unpack(editor, tmp_path / "back.kim").new is False


def test_the_newest_version_that_both_know_counts_and_the_carried_one_helps_out(workspace, editor, packed, tmp_path):
    folder, _ = packed
    for number in range(3):  # the second one is lost on the way
        workspace.save(folder, msgspec.structs.replace(workspace.load(folder), kicker=f"{number}"))
        pack_story(workspace, folder, tmp_path / f"{number}.kim")
    there = unpack(editor, tmp_path / "0.kim").folder
    editor.save(there, msgspec.structs.replace(editor.load(there), body="Dari penyunting."))
    newer = unpack(editor, tmp_path / "2.kim")
    assert (newer.other, newer.base.kicker) == (there, "0")
    shutil.rmtree(editor.story_dir(there) / "shared")
    shutil.rmtree(editor.story_dir(newer.folder))
    assert unpack(editor, tmp_path / "2.kim").base.kicker == "0"


def test_the_version_carried_along_holds_no_consents_that_stay_at_home(workspace, packed, tmp_path):
    folder, _ = packed
    pack_story(workspace, folder, tmp_path / "all.kim", PackageChoice(consents=True, originals=True))
    pack_story(workspace, folder, tmp_path / "careful.kim")
    contents = inside(tmp_path / "careful.kim")
    assert "base.json" in contents
    assert b"Ibu Ani" not in b"".join(contents.values())


def test_a_damaged_carried_version_is_named_and_nothing_is_taken_in(workspace, editor, packed, tmp_path):
    folder, _ = packed
    pack_story(workspace, folder, tmp_path / "first.kim")
    pack_story(workspace, folder, tmp_path / "second.kim")
    rewritten(tmp_path / "second.kim", lambda files: files.update({"base.json": b"{}"}))
    with pytest.raises(UserError) as caught:
        unpack(editor, tmp_path / "second.kim")
    assert (caught.value.code, caught.value.facts["part"]) == ("store.package_damaged", "base.json")
    assert editor.story_folders() == ()


def test_twenty_shared_versions_are_kept_and_the_first_that_went_out(tmp_path):
    start = datetime(2026, 11, 22, tzinfo=UTC)
    for number in range(25):
        note_shared(tmp_path, f"{number}".encode(), "in" if number % 2 else "out", start + timedelta(hours=number))
    note_shared(tmp_path, b"24", "out", start + timedelta(days=9))
    kept = [read_shared(tmp_path, version) for version in shared_versions(tmp_path)]
    assert kept[0] == b"24"
    assert kept[-1] == b"0"
    assert len(kept) == len(set(kept)) == 21
