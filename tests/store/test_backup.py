"""The backup on a stick: complete, incremental, checked; whole again whatever happens to the stick on the way."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.base.atomic_files import temporary_file
from studio.base.errors import UserError, WorkCancelled
from studio.store import workspace_backup as engine
from studio.store.backup_list import CONTENT, EARLIER, LIST, STAGED, read_list, stored_names, workspace_files
from studio.store.backup_record import backup_is_due, last_backup
from studio.store.restore import choose_backup, restore_workspace
from studio.store.workspace import create_workspace, open_workspace
from studio.store.workspace_backup import back_up
from studio.story.model import Group, Story


def tree(path: Path) -> dict[str, bytes]:
    """Every file of a workspace that is worth keeping."""
    return {name: (path / name).read_bytes() for name in workspace_files(path).files}


@pytest.fixture
def stick(tmp_path) -> Path:
    (tmp_path / "stik").mkdir()
    return tmp_path / "stik"


@pytest.fixture
def full(workspace, story) -> Path:
    """A workspace with all that there can be."""
    folder = workspace.add(story)
    media = workspace.path / "stories" / folder / "media"
    media.mkdir(exist_ok=True)
    (media / "0123456789abcdef.jpg").write_bytes(os.urandom(1_500_000))
    workspace.save(folder, msgspec.structs.replace(story, body="x"))
    workspace.delete(workspace.add(Story(id="s2", headline="Dibuang", date="2026-11-01")))
    (workspace.path / "templates" / "papan").mkdir(parents=True)
    (workspace.path / "templates" / "papan" / "papan.svg").write_text("<svg/>")
    for kept_out in ("exports/x/post.txt", ".studio/index.db", "stories/.tmp-00000000-1-00000000"):
        (workspace.path / kept_out).parent.mkdir(parents=True, exist_ok=True)
        (workspace.path / kept_out).write_bytes(b"made again")
    return workspace.path


class At:
    """A Progress that does something at its n-th report."""

    def __init__(self, when, do):
        self.left, self.do, self.reports = when, do, 0

    def report(self, done, total, what):
        assert 0 <= done <= max(total, 1)
        self.reports += 1
        self.left -= 1
        if self.left == 0:
            self.do()


def save(workspace, stick, progress=None, clock=engine.now_utc):
    return back_up(workspace, stick, "baca", progress, clock)


def pull(stick: Path) -> Path:
    """The stick is pulled out: an empty mount point is left."""
    away = stick.with_name("ditangan")
    stick.rename(away)
    stick.mkdir()
    return away


def put_back(stick: Path) -> None:
    assert not list(stick.iterdir()), "written into an empty mount point"
    stick.rmdir()
    stick.with_name("ditangan").rename(stick)


def test_everything_but_what_is_made_again_is_there_and_comes_back(workspace, full, stick, tmp_path):
    done = save(workspace, stick)
    assert tree(done.root / CONTENT) == tree(full)
    assert not done.problems
    assert not (done.root / STAGED).exists()
    made = restore_workspace(choose_backup(stick), tmp_path / "baru" / "KIM")
    assert tree(made.path) == tree(full)
    assert sorted(p.name for p in made.path.iterdir()) == [
        "backup.json",
        "bin",
        "stories",
        "templates",
        "workspace.json",
    ]
    with open_workspace(made.path) as again:
        assert not again.problems
        assert again.story_folders() == workspace.story_folders()


def test_only_what_changed_is_copied_and_what_was_stays(workspace, full, stick):
    first = save(workspace, stick)
    again = save(workspace, stick)
    assert (again.copied, again.set_aside, again.files) == (0, 0, first.files)
    folder = workspace.story_folders()[0]
    before = (full / "stories" / folder / "story.json").read_bytes()
    (full / "stories" / folder / "story.json").write_bytes(before.replace(b"x", b"y"))  # of the same size
    (full / "templates" / "papan" / "papan.svg").unlink()
    third = save(workspace, stick)
    assert (third.copied, third.set_aside) == (1, 2)
    assert tree(third.root / CONTENT) == tree(full)
    (moment,) = (third.root / EARLIER).iterdir()
    assert (moment / "stories" / folder / "story.json").read_bytes() == before
    assert (moment / "templates" / "papan" / "papan.svg").read_text() == "<svg/>"


def test_a_copy_the_stick_lost_is_made_anew(workspace, full, stick):
    root = save(workspace, stick).root
    (copy,) = (root / CONTENT).rglob("0123456789abcdef.jpg")
    spoilt = bytearray(copy.read_bytes())
    spoilt[1_000_000] ^= 1
    times = copy.stat()
    copy.write_bytes(spoilt)
    assert save(workspace, stick).copied == 1  # its time of change tells
    copy.write_bytes(spoilt)
    os.utime(copy, ns=(times.st_atime_ns, read_entry(root, "0123456789abcdef.jpg").kept))
    assert save(workspace, stick).copied == 0  # nothing tells
    later = engine.now_utc() + timedelta(days=91)
    assert save(workspace, stick, clock=lambda: later).copied == 1  # but it is read again after 90 days
    assert tree(root / CONTENT) == tree(full)


def read_entry(root, name):
    return next(entry for entry in read_list(root).files if entry.path.endswith(name))


def test_a_photo_that_rots_on_the_laptop_does_not_replace_its_good_copy(workspace, stick, tmp_path, story):
    folder = workspace.add(story)
    (tmp_path / "foto.jpg").write_bytes(os.urandom(20_000))
    name = workspace.import_media(folder, tmp_path / "foto.jpg")
    root = save(workspace, stick).root
    workspace.media_path(folder, name).write_bytes(b"rusak" * 4000)
    done = save(workspace, stick)
    assert [problem.code for problem in done.problems] == ["backup.media_damaged"]
    assert next((root / CONTENT).rglob(name)).read_bytes() == (tmp_path / "foto.jpg").read_bytes()


@pytest.mark.parametrize("changed", [False, True])
def test_pulled_out_anywhere_the_earlier_backup_is_whole_and_the_next_goes_on(
    workspace, full, stick, tmp_path, changed
):
    was: dict[str, bytes] = {}
    if changed:
        save(workspace, stick)
        was = tree(full)
        folder = workspace.story_folders()[0]
        (full / "templates" / "baru.svg").write_bytes(os.urandom(1_200))
        (full / "stories" / folder / "media" / "0123456789abcdef.jpg").write_bytes(os.urandom(1_200_000))
        (full / "workspace.json").write_bytes((full / "workspace.json").read_bytes() + b"\n")
        shutil.rmtree(full / "bin")
    spare = tmp_path / "semula"
    shutil.copytree(stick, spare)
    watched = At(0, None)
    save(workspace, stick, watched)
    shutil.rmtree(stick)
    for moment in range(1, watched.reports + 1, 3 if changed else 7):
        shutil.copytree(spare, stick)
        with pytest.raises(UserError) as caught:
            save(workspace, stick, At(moment, lambda: pull(stick)))
        assert caught.value.code in {"backup.pulled", "backup.no_stick"}
        put_back(stick)
        if changed:
            back = restore_workspace(choose_backup(stick), tmp_path / "pulih")
            assert tree(back.path) == was
            shutil.rmtree(back.path)
        done = save(workspace, stick)
        assert not done.problems
        assert tree(done.root / CONTENT) == tree(full)
        assert not list(done.root.rglob(".tmp-*"))
        if changed:
            kept = {path.read_bytes() for path in (done.root / EARLIER).rglob("*") if path.is_file()}
            assert set(was.values()) <= kept | set(tree(full).values())
        shutil.rmtree(stick)


def test_what_was_copied_before_the_stick_was_pulled_is_not_copied_again(workspace, full, stick):
    watched = At(0, None)
    save(workspace, stick, watched)
    shutil.rmtree(stick)
    stick.mkdir()
    with pytest.raises(UserError):
        save(workspace, stick, At(watched.reports - 2, lambda: pull(stick)))
    put_back(stick)
    assert save(workspace, stick).copied == 1  # the photo, the biggest


def test_cancelled_it_leaves_the_earlier_backup_and_goes_on(workspace, full, stick):
    save(workspace, stick)
    was = tree(next(stick.iterdir()) / CONTENT)
    (full / "besar.bin").write_bytes(os.urandom(3_000_000))

    def stop():
        raise WorkCancelled

    with pytest.raises(WorkCancelled):
        save(workspace, stick, At(8, stop))
    root = next(stick.iterdir())
    assert {name: data for name, data in tree(root / CONTENT).items() if name in was} == was
    assert not list(root.rglob(".tmp-*"))
    assert tree(save(workspace, stick).root / CONTENT) == tree(full)


def test_backups_of_several_groups_share_a_stick(workspace, stick, tmp_path):
    mine = save(workspace, stick).root
    with create_workspace(tmp_path / "lain", Group(name="KIM Bina Warga")) as other:
        theirs = save(other, stick).root
        assert theirs != mine
        before = tree(mine)
        with pytest.raises(UserError) as caught:
            save(other, mine)
        assert caught.value.code == "backup.other_group"
        assert tree(mine) == before
        assert save(other, theirs).root == theirs
    with pytest.raises(UserError) as caught:
        choose_backup(stick)
    assert caught.value.code == "backup.several"
    assert mine.name in str(caught.value.facts["names"])
    assert restore_workspace(choose_backup(mine), tmp_path / "pulih").files == 1


def test_a_stick_that_gives_back_other_bytes_is_named(workspace, full, stick, monkeypatch):
    save(workspace, stick)
    was = read_list(next(stick.iterdir()))
    (full / "besar.bin").write_bytes(os.urandom(30_000))

    real = os.fsync

    def spoil(handle):
        """The stick loses a byte behind our back, as cheap ones do."""
        real(handle)
        if os.fstat(handle).st_size == 30_000:
            os.pwrite(handle, b"?", 17)

    monkeypatch.setattr(os, "fsync", spoil)
    with pytest.raises(UserError) as caught:
        save(workspace, stick)
    assert caught.value.code == "backup.bad_stick"
    assert read_list(next(stick.iterdir())) == was


def test_restores_into_new_or_empty_folders_only(workspace, full, stick, tmp_path):
    save(workspace, stick)
    busy = tmp_path / "berisi"
    busy.mkdir()
    (busy / "catatan.txt").write_text("punya orang")
    for target in (busy, full):
        before = tree(target)
        with pytest.raises(UserError) as caught:
            restore_workspace(choose_backup(stick), target)
        assert caught.value.code == "backup.target_full"
        assert tree(target) == before
    empty = tmp_path / "kosong"
    empty.mkdir()
    assert tree(restore_workspace(choose_backup(stick), empty).path) == tree(full)


def test_a_restore_that_was_cut_off_anywhere_goes_on(workspace, full, stick, tmp_path):
    save(workspace, stick)
    target = tmp_path / "pulih"
    watched = At(0, None)
    restore_workspace(choose_backup(stick), target, watched)
    shutil.rmtree(target)
    for moment in range(1, watched.reports - 4, 5):
        backup = choose_backup(stick)
        with pytest.raises(UserError) as caught:
            restore_workspace(backup, target, At(moment, lambda: pull(stick)))
        assert caught.value.code == "backup.pulled_restoring"
        with pytest.raises(UserError):
            open_workspace(target)
        put_back(stick)
        assert tree(restore_workspace(choose_backup(stick), target).path) == tree(full)
        shutil.rmtree(target)

    def stop():
        raise WorkCancelled

    with pytest.raises(WorkCancelled):
        restore_workspace(choose_backup(stick), target, At(4, stop))
    assert not target.exists()


def test_a_file_the_stick_lost_is_named_and_the_rest_comes_back(workspace, full, stick, tmp_path):
    root = save(workspace, stick).root
    (copy,) = (root / CONTENT).rglob("0123456789abcdef.jpg")
    copy.write_bytes(b"?" * copy.stat().st_size)
    made = restore_workspace(choose_backup(stick), tmp_path / "pulih")
    assert [problem.code for problem in made.problems] == ["backup.file_lost"]
    assert tree(made.path) == {name: data for name, data in tree(full).items() if not name.endswith(copy.name)}


@pytest.mark.parametrize("path", ["../luar.txt", "/luar.txt", "a/../../luar.txt", "", "a//b"])
def test_a_list_that_points_outside_is_refused(workspace, full, stick, path):
    root = save(workspace, stick).root
    text = (root / LIST).read_text().replace('"workspace.json"', f'"{path}"')
    (root / LIST).write_text(text)
    with pytest.raises(UserError) as caught:
        choose_backup(root)
    assert caught.value.code == "backup.list_damaged"


def test_not_into_the_workspace_itself_and_not_where_no_stick_is(workspace, full, tmp_path):
    for place, code in (
        (full / "templates", "backup.inside"),
        (full, "backup.inside"),
        (tmp_path / "x", "backup.no_stick"),
    ):
        with pytest.raises(UserError) as caught:
            save(workspace, place)
        assert caught.value.code == code
    assert not (tmp_path / "x").exists()


def test_two_backups_at_once(workspace, full, stick):
    save(workspace, stick)
    told = []

    def second():
        with pytest.raises(UserError) as caught:
            save(workspace, stick)
        told.append(caught.value.code)

    save(workspace, stick, At(1, second))
    assert told == ["backup.busy"]


def test_the_reminder(workspace, stick, clock):
    now = clock.now
    assert not backup_is_due(workspace, now)
    story = workspace.story_dir(workspace.add(Story(id="", headline="Baru", date="2026-11-22"))) / "story.json"
    os.utime(story, (now.timestamp(), now.timestamp()))
    assert not backup_is_due(workspace, now)
    assert backup_is_due(workspace, now + timedelta(days=30))
    save(workspace, stick, clock=lambda: now + timedelta(days=40))
    assert not backup_is_due(workspace, now + timedelta(days=69))
    assert backup_is_due(workspace, now + timedelta(days=70))
    shutil.rmtree(workspace.path / ".studio")
    assert last_backup(workspace.path).made.startswith("2027-01-01")
    assert datetime.fromisoformat(last_backup(workspace.path).made).tzinfo == UTC


NAMES = st.text(st.characters(blacklist_characters="/\0", blacklist_categories=("Cs",)), min_size=1, max_size=12)


@given(st.lists(st.lists(NAMES, min_size=1, max_size=3).map("/".join), unique=True, max_size=8))
def test_names_every_stick_can_bear(paths):
    names = stored_names(paths, {})
    assert len({name.casefold() for name in names.values()}) == len(paths)
    for name in names.values():
        assert not set('<>:"\\|?*') & set(name)
        assert not any(part.endswith((".", " ")) for part in name.split("/"))
    again = stored_names([*paths, "zz"], names)
    assert {path: again[path] for path in paths} == names


WORDS = st.sampled_from(["a", "B", "b", "a:1", "aux.txt", "dot.", "é", "x/y", "x/Y"])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(WORDS, st.binary(max_size=3), max_size=5), min_size=1, max_size=4))
def test_what_comes_back_is_what_was_last_there(tmp_path_factory, steps):
    home = tmp_path_factory.mktemp("hukum")
    (home / "stik").mkdir()
    with create_workspace(home / "kerja", Group(name="KIM")) as opened:
        for step in steps:
            shutil.rmtree(opened.path / "templates", ignore_errors=True)
            for name, data in step.items():
                place = opened.path / "templates" / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
            save(opened, home / "stik")
        assert tree(restore_workspace(choose_backup(home / "stik"), home / "pulih").path) == tree(opened.path)


def test_half_made_files_are_told_by_their_name(tmp_path):
    with temporary_file(tmp_path / "x") as temp:
        temp.write_bytes(b"")
        assert not workspace_files(tmp_path).files
