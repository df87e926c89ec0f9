from __future__ import annotations

import json

import msgspec
import pytest

from studio.base.errors import UserError
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group, Story


def story_file(workspace, folder):
    return workspace.path / "stories" / folder / "story.json"


def test_a_workspace_is_made_opened_and_named(workspace):
    assert workspace.group.name == "KIM Bina Warga"
    assert workspace.group.id
    assert workspace.problems == ()
    assert not workspace.read_only
    document = json.loads((workspace.path / "workspace.json").read_text(encoding="utf-8"))
    assert document["format"] == [1, 1]
    assert document["village"] == "Sukamaju"
    workspace.close()
    with open_workspace(workspace.path / "workspace.json") as again:
        assert again.group == workspace.group


@pytest.mark.parametrize(
    ("make", "code"),
    [("file", "store.not_empty"), ("full", "store.not_empty"), ("workspace", "store.workspace_exists")],
)
def test_a_new_workspace_needs_room_of_its_own(tmp_path, make, code):
    place = tmp_path / "a"
    if make == "file":
        place.write_text("x")
    elif make == "full":
        place.mkdir()
        (place / "foto.jpg").touch()
    else:
        create_workspace(place, Group()).close()
    with pytest.raises(UserError) as caught:
        create_workspace(place, Group())
    assert caught.value.code == code


def test_what_is_no_workspace(tmp_path):
    with pytest.raises(UserError, match=r"store\.no_workspace"):
        open_workspace(tmp_path / "tidak ada")
    with pytest.raises(UserError, match=r"store\.not_workspace"):
        open_workspace(tmp_path)


@pytest.mark.parametrize("name", ["ruang kerja 😀", "desa.", "a" * 120, "ꦱꦸꦒꦼꦁ"])
def test_workspaces_with_odd_names(tmp_path, story, name):
    with create_workspace(tmp_path / name, Group(name="K")) as workspace:
        folder = workspace.add(story)
        assert workspace.load(folder).headline == story.headline


def test_a_story_is_added_loaded_and_saved(workspace, story, clock):
    folder = workspace.add(msgspec.structs.replace(story, id=""))
    assert folder == "2026-11-22-warga-sukamaju-gotong-royong"
    first = workspace.load(folder)
    assert first.id
    assert first.created == first.modified == "2026-11-22T09:00:00+00:00"
    clock.pass_by(minutes=5)
    saved = workspace.save(folder, msgspec.structs.replace(first, body="Baru."))
    assert saved == workspace.load(folder)
    assert saved.modified == "2026-11-22T09:05:00+00:00"
    assert saved.created == first.created
    assert workspace.story_folders() == (folder,)


def test_a_story_without_a_headline_is_saved_from_the_first_letter(workspace):
    folder = workspace.add(Story(id="", body="P"))
    again = workspace.add(Story(id="", body="P"))
    assert (folder, again) == ("2026-11-22-berita", "2026-11-22-berita-2")
    assert workspace.load(folder).id != workspace.load(again).id


def test_a_session_that_never_learned_the_id_keeps_it(workspace):
    folder = workspace.add(Story(id="", body="P"))
    first = workspace.load(folder)
    workspace.save(folder, Story(id="", body="Pa"))
    assert (workspace.load(folder).id, workspace.load(folder).created) == (first.id, first.created)


def test_saving_the_same_again_writes_nothing(workspace, story, clock):
    folder = workspace.add(story)
    saved = workspace.load(folder)
    before = story_file(workspace, folder).stat()
    clock.pass_by(hours=1)
    assert workspace.save(folder, saved) is saved
    after = story_file(workspace, folder).stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
    assert workspace.versions(folder) == ()


def test_folder_names_are_never_taken_twice(workspace, story):
    names = [workspace.add(story) for _ in range(3)]
    assert [name[-2:] for name in names] == ["ng", "-2", "-3"]
    workspace.delete(names[1])
    assert workspace.add(story).endswith("-4")


@pytest.mark.parametrize("headline", ["CON", "NUL", "a" * 200, "😀", "akhir. ", "a/b\\c:d*e?f", "ꦱꦸꦒꦼꦁ ꦫꦮꦸꦃ", "a\0b", "."])
def test_odd_headlines_come_back(workspace, headline):
    folder = workspace.add(Story(id="", headline=headline))
    assert workspace.load(folder).headline == headline
    assert workspace.story_folders() == (folder,)


@pytest.mark.parametrize("folder", ["", "..", "a/b", "../kerja", ".studio"])
def test_a_folder_name_cannot_lead_elsewhere(workspace, folder):
    for action in (
        workspace.load,
        workspace.delete,
        workspace.versions,
        lambda name: workspace.save(name, Story(id="x")),
    ):
        with pytest.raises(UserError, match=r"store\.no_story"):
            action(folder)
    with pytest.raises(UserError, match=r"store\.media_name"):
        workspace.media_path("a", "../story.json")


def test_one_bad_story_does_not_hide_the_others(workspace, story):
    good = workspace.add(story)
    bad = workspace.add(Story(id="s2", headline="Rusak"))
    story_file(workspace, bad).write_bytes(b'{"format": [1, 0], "id": ')
    found = dict(workspace.load_each())
    assert found[good].headline == story.headline
    assert found[bad].code == "store.unreadable"
    assert workspace.story_folders() == tuple(sorted([good, bad]))


def test_an_unreadable_story_is_set_aside_when_it_is_saved_over(workspace, story):
    folder = workspace.add(story)
    broken = b'{"format": [1, 0], "id": "s1", "headline": 7}'
    story_file(workspace, folder).write_bytes(broken)
    with pytest.raises(UserError, match=r"store\.field"):
        workspace.load(folder)
    workspace.save(folder, story)
    (aside,) = workspace.versions(folder)
    assert aside.reason == "unreadable"
    assert (story_file(workspace, folder).parent / "history" / aside.name).read_bytes() == broken
    with pytest.raises(UserError, match=r"store\.field"):
        workspace.read_version(folder, aside.name)


def test_a_damaged_story_is_set_aside_even_when_nobody_looked_at_it(workspace, story):
    folder = workspace.add(story)
    story_file(workspace, folder).write_bytes(b"\0" * 100)
    workspace.save(folder, story)
    assert [version.reason for version in workspace.versions(folder)] == ["unreadable"]


def test_a_change_from_outside_is_noticed_and_kept(workspace, story):
    folder = workspace.add(story)
    mine = workspace.load(folder)
    assert not workspace.changed_outside(folder)
    path = story_file(workspace, folder)
    path.write_bytes(path.read_bytes().replace(b"Puluhan", b"Ratusan"))
    assert workspace.changed_outside(folder)
    workspace.save(folder, msgspec.structs.replace(mine, body="Punyaku."))
    (kept,) = workspace.versions(folder)
    assert kept.reason == "outside"
    assert workspace.read_version(folder, kept.name).body.startswith("Ratusan")
    assert not workspace.changed_outside(folder)


def test_a_newer_minor_keeps_its_number_and_its_fields(workspace, story):
    folder = workspace.add(story)
    path = story_file(workspace, folder)
    document = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**document, "format": [1, 7], "suara": [{"file": "x.ogg"}]}))
    opened = workspace.open_story(folder)
    assert not opened.read_only
    workspace.save(folder, msgspec.structs.replace(opened.story, headline="Diubah"))
    document = json.loads(path.read_text(encoding="utf-8"))
    assert (document["format"], document["suara"], document["headline"]) == ([1, 7], [{"file": "x.ogg"}], "Diubah")


def test_a_newer_major_is_shown_and_never_written(workspace, story):
    folder = workspace.add(story)
    path = story_file(workspace, folder)
    future = json.dumps({"format": [2, 0], "id": "s1", "headline": "Dari masa depan"}).encode()
    path.write_bytes(future)
    opened = workspace.open_story(folder)
    assert opened.story.headline == "Dari masa depan"
    assert opened.read_only
    assert opened.notices[0].code == "store.newer"
    with pytest.raises(UserError, match=r"store\.newer"):
        workspace.save(folder, story)
    assert path.read_bytes() == future


def test_a_workspace_of_a_newer_major_is_read_only(workspace, story):
    folder = workspace.add(story)
    workspace.close()
    path = workspace.path / "workspace.json"
    path.write_text('{"format": [2, 0], "name": "KIM Masa Depan"}')
    with open_workspace(workspace.path) as again:
        assert again.read_only
        assert [notice.code for notice in again.problems] == ["store.newer"]
        assert again.group.name == "KIM Masa Depan"
        assert again.load(folder).headline == story.headline
        for write in (lambda: again.save(folder, story), lambda: again.add(story), lambda: again.save_group(Group())):
            with pytest.raises(UserError, match=r"store\.workspace_read_only"):
                write()


def test_the_profile_is_saved_with_a_history(workspace):
    workspace.save_group(msgspec.structs.replace(workspace.group, phone="0812"))
    workspace.close()
    with open_workspace(workspace.path) as again:
        assert again.group.phone == "0812"
    assert len(list((workspace.path / "history").iterdir())) == 1


@pytest.mark.parametrize(
    ("content", "code"), [(b"{", "store.unreadable"), (None, "store.group_lost"), (b'{"name": 1}', "store.field")]
)
def test_a_lost_profile_comes_from_its_history(workspace, story, content, code):
    folder = workspace.add(story)
    workspace.save_group(msgspec.structs.replace(workspace.group, phone="0812"))
    workspace.close()
    path = workspace.path / "workspace.json"
    path.unlink() if content is None else path.write_bytes(content)
    with open_workspace(workspace.path) as again:
        assert [notice.code for notice in again.problems] == [code]
        assert again.group.name == "KIM Bina Warga"
        assert again.load(folder).headline == story.headline
        again.save_group(again.group)
    kept = [file.read_bytes() for file in (workspace.path / "history").iterdir()]
    assert content is None or content in kept


def test_a_story_that_lost_its_file_is_listed_and_comes_back(workspace, story, clock):
    folder = workspace.add(story)
    clock.pass_by(minutes=1)
    workspace.save(folder, msgspec.structs.replace(story, body=""))
    story_file(workspace, folder).unlink()
    assert workspace.story_folders() == (folder,)
    with pytest.raises(UserError, match=r"store\.story_lost"):
        workspace.load(folder)
    (version,) = workspace.versions(folder)
    assert workspace.restore_version(folder, version.name).body == story.body
    assert workspace.load(folder).body == story.body


def test_folders_without_a_story_do_not_count(workspace):
    for name in ("kosong", ".tersembunyi", "2026-11-22-media"):
        (workspace.path / "stories" / name / "media").mkdir(parents=True)
    (workspace.path / "stories" / "berkas.txt").touch()
    assert workspace.story_folders() == ()


def test_the_bin_gives_back_everything(workspace, story, tmp_path):
    folder = workspace.add(story)
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"foto")
    file = workspace.import_media(folder, photo)
    workspace.save(folder, msgspec.structs.replace(story, body="x"))
    before = {
        path.relative_to(workspace.path / "stories"): path.read_bytes()
        for path in story_file(workspace, folder).parent.rglob("*")
        if path.is_file()
    }
    assert workspace.delete(folder) == folder
    assert workspace.story_folders() == ()
    assert workspace.bin.names() == (folder,)
    with pytest.raises(UserError, match=r"store\.in_bin"):
        workspace.save(folder, story)
    assert workspace.restore(folder) == folder
    after = {
        path.relative_to(workspace.path / "stories"): path.read_bytes()
        for path in story_file(workspace, folder).parent.rglob("*")
        if path.is_file()
    }
    assert after == before
    assert workspace.media_path(folder, file).read_bytes() == b"foto"
    assert workspace.bin.names() == ()


def test_the_bin_is_emptied_only_on_demand(workspace, story):
    folder = workspace.add(story)
    for action in (workspace.restore, workspace.bin.purge_story):
        with pytest.raises(UserError, match=r"store\.not_in_bin"):
            action(folder)
    with pytest.raises(UserError, match=r"store\.no_story"):
        workspace.delete("2026-01-01-tidak-ada")
    workspace.delete(folder)
    workspace.bin.purge_story(folder)
    assert workspace.bin.names() == ()


def test_a_folder_removed_under_an_open_story_is_made_again(workspace, story):
    folder = workspace.add(story)
    story_file(workspace, folder).unlink()
    story_file(workspace, folder).parent.rmdir()
    workspace.save(folder, story)
    assert workspace.load(folder).headline == story.headline


def test_a_story_that_may_not_be_read_is_named(workspace, story):
    folder = workspace.add(story)
    path = story_file(workspace, folder)
    path.unlink()
    path.mkdir()
    with pytest.raises(UserError, match=r"store\.cannot_read"):
        workspace.load(folder)
    with pytest.raises(UserError, match=r"store\.cannot_read"):
        workspace.save(folder, story)


def test_a_closed_workspace_writes_no_more(workspace, story):
    workspace.close()
    with pytest.raises(UserError, match=r"store\.workspace_read_only"):
        workspace.add(story)
    assert list((workspace.path / "stories").iterdir()) == []
