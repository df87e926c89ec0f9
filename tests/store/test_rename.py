"""The folder of a story follows its headline: one rename, whole or not at all, and a former name is nobody else's."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date, datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.services.story_address import change_address, settle_address, story_address
from studio.store import story_rename
from studio.store.index import SearchIndex
from studio.store.workspace import create_workspace, open_workspace
from studio.story.edits import restore_version
from studio.story.model import Group, Person, Publication, Story
from studio.story.newsroom_records import RightOfReply
from studio.story.publication_records import PublishedSnapshot

TODAY = date(2026, 11, 30)


@pytest.fixture
def workspace(tmp_path):
    with create_workspace(tmp_path / "KIM", Group(id="g", name="KIM Desa")) as made:
        yield made


@pytest.fixture
def stack():
    with ExitStack() as made:
        yield made


def begun(workspace, headline="Panen raya padi", **fields):
    """A story whose body was written first."""
    folder = workspace.add(Story(id="", body="Warga memanen padi.", date="2026-11-30"))
    workspace.save(folder, replace(workspace.load(folder), headline=headline, **fields))
    return folder


def test_a_story_drafted_without_a_headline_is_named_by_it_once_with_all_that_belongs_to_it(workspace, tmp_path):
    old = begun(workspace)
    assert old == "2026-11-30-berita"
    picture = tmp_path / "a.txt"
    picture.write_text("izin")
    index = SearchIndex(workspace)
    index.refresh()
    workspace.save(old, replace(workspace.load(old), body="Warga memanen padi."), reason="restore")
    workspace.save(old, replace(workspace.load(old), body="x" * 300), reason="restore")
    versions = [version.name for version in workspace.versions(old)]
    new = settle_address(workspace, old)
    assert new == "2026-11-30-panen-raya-padi"
    assert workspace.story_folders() == (new,)
    assert [version.name for version in workspace.versions(new)] == versions
    assert workspace.load(new).former_folders == ()  # nobody knew the old one
    for folder in (old, new):
        index.update(folder)
    assert [row.folder for row in index.find("padi").rows] == [new]
    # Work that still knows the old name ends where the story is now, so no other story gets it while that may be.
    assert workspace.story_dir(old).name == new
    assert not workspace.changed_outside(new)
    assert begun(workspace, "Lain") == f"{old}-2"
    assert workspace.load(new).headline == "Panen raya padi"
    assert settle_address(workspace, new) == new
    assert workspace.bin.names() == ()
    name = workspace.delete(new)
    assert workspace.restore(name) == new


def test_once_something_is_out_the_address_changes_only_when_asked_and_the_old_one_is_kept(workspace, stack):
    folder = begun(workspace)
    workspace.exports_dir(folder).mkdir(parents=True)
    assert settle_address(workspace, folder) == folder
    address = change_address(workspace, folder)
    assert (address.out, address.points_on) == (True, True)
    assert workspace.load(address.wanted).former_folders == (folder,)
    # A name that leads on is given to no other story of that day, exported or not.
    workspace.exports_dir(folder).rmdir()
    workspace.close()
    with open_workspace(workspace.path) as later:
        assert begun(later, "Panen raya padi") == f"{folder}-2"
    workspace = stack.enter_context(open_workspace(workspace.path))
    published = begun(workspace, "Posyandu", publications=(Publication(outlet="x", when="2026-11-30"),))
    assert settle_address(workspace, published) == published
    with pytest.raises(UserError) as same:
        change_address(workspace, address.wanted)
    assert same.value.code == "address.same"


def test_an_old_address_that_names_somebody_protected_is_known_but_leads_nowhere(workspace):
    folder = begun(workspace, "Rina Wulandari hilang")
    folder = settle_address(workspace, folder)
    workspace.exports_dir(folder).mkdir(parents=True)
    child = Person(id="r", name="Rina Wulandari", age_group="child", role="victim", protected=True)
    workspace.save(folder, replace(workspace.load(folder), headline="Seorang anak hilang", people=(child,)))
    address = change_address(workspace, folder)
    assert not address.points_on
    # Without it the post and the export at that address would not be found, and stay.
    assert workspace.load(address.wanted).former_folders == (folder,)


def test_a_story_may_have_its_own_former_name_again_and_nobody_else(workspace):
    folder = begun(workspace)
    workspace.exports_dir(folder).mkdir(parents=True)
    new = change_address(workspace, folder).wanted
    workspace.exports_dir(folder).rmdir()  # by the next export
    workspace.save(new, replace(workspace.load(new), headline="Panen raya jagung"))
    newest = change_address(workspace, new).wanted
    assert settle_address(workspace, begun(workspace, "Panen raya padi")) == f"{new}-2"
    workspace.save(newest, replace(workspace.load(newest), headline="Panen raya padi"))
    assert change_address(workspace, newest).wanted == new
    assert workspace.load(new).former_folders == (folder, new, newest)
    assert workspace.story_dir(newest).name == workspace.story_dir(folder).name == new


def test_an_earlier_version_takes_nothing_back_of_what_readers_have(workspace):
    folder = begun(workspace, "Posyandu")
    line = Publication(outlet="facebook", when="2026-11-30T08:00:00+07:00")
    told = PublishedSnapshot(headline="Posyandu", when="2026-11-30")
    reply = RightOfReply(text="Itu tidak benar.", by="Pak Lurah")
    change = {"status": "published", "publications": (line,), "told": told, "right_of_reply": (reply,)}
    out = replace(workspace.load(folder), former_folders=("2026-11-30-berita",), **change)
    back = restore_version(Story(id="x", headline="Judul pertama")).apply(out)
    assert (back.headline, back.status, back.publications, back.told) == ("Judul pertama", "published", (line,), told)
    assert (back.right_of_reply, back.former_folders) == ((reply,), out.former_folders)
    # Nobody has read this one: it is a draft again, as the version was.
    assert restore_version(Story(id="x")).apply(Story(id="a", status="ready")).status == "draft"


@pytest.mark.parametrize("step", ["before the folder moves", "after it moved"])
def test_a_program_killed_on_the_way_leaves_one_whole_story(workspace, monkeypatch, step):
    folder = begun(workspace)
    workspace.exports_dir(folder).mkdir(parents=True)
    real = story_rename.rename_path

    def killed(source, target):
        if step == "after it moved":
            real(source, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(story_rename, "rename_path", killed)
    with pytest.raises(KeyboardInterrupt):
        change_address(workspace, folder)
    monkeypatch.undo()
    workspace.close()
    with open_workspace(workspace.path) as again:
        (name,) = again.story_folders()
        story = again.load(name)
        assert story.body == "Warga memanen padi."
        assert story.former_folders == (folder,)
        address = story_address(again, name, story)
        if address.wanted:
            change_address(again, name)
        assert again.story_folders() == ("2026-11-30-panen-raya-padi",)


def test_a_file_in_use_is_told_and_the_automatic_rename_waits(workspace, monkeypatch):
    folder = begun(workspace)

    def busy(source, target):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(story_rename, "rename_path", busy)
    assert settle_address(workspace, folder) == folder
    with pytest.raises(UserError) as told:
        change_address(workspace, folder)
    assert told.value.code == "store.rename_busy"
    assert workspace.story_folders() == (folder,)


def test_names_that_fit_already_and_headlines_that_say_nothing_change_nothing(workspace):
    first, second = begun(workspace), begun(workspace)
    first, second = settle_address(workspace, first), settle_address(workspace, second)
    assert (first, second) == ("2026-11-30-panen-raya-padi", "2026-11-30-panen-raya-padi-2")
    assert settle_address(workspace, second) == second
    year = settle_address(workspace, begun(workspace, "Lomba desa 2026"))
    workspace.save(year, replace(workspace.load(year), headline="Lomba desa"))
    assert settle_address(workspace, year) == "2026-11-30-lomba-desa"
    for headline in ("", "  ", "🎉", "Berita"):
        story = replace(workspace.load(first), headline=headline)
        assert story_rename.wanted_folder(workspace, first, story, TODAY) == ""


def test_a_story_without_a_day_has_the_day_it_is_for_the_group(tmp_path):
    late = datetime(2026, 11, 30, 23, 30, tzinfo=timezone(timedelta(hours=7)))  # a laptop set to Jakarta's time
    with create_workspace(tmp_path / "K", Group(name="KIM Mambo", time_zone="WIT"), lambda: late) as there:
        folder = there.add(Story(id="s", headline="Panen ikan", body="Isi."))
        assert folder == "2026-12-01-panen-ikan"
        assert settle_address(there, folder) == folder
