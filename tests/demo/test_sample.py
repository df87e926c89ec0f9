"""The sample workspace as a whole: it is made, complete, and safe to make again."""

from __future__ import annotations

import shutil

import pytest

from studio.base.errors import UserError, WorkCancelled
from studio.base.progress import SilentProgress
from studio.demo.sample import DRAFTS, GROUP, make_sample
from studio.group.profile import PRIVATE_PLACE, PROFILE_PLACE, GroupProfile, PrivateContacts
from studio.store.group_folder import GroupFolder
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group
from tools.sample_media.pictures import PICTURES


def listing(path):
    """Every file with its time, but for the caches and the lock."""
    files = [file for file in path.rglob("*") if file.is_file() and ".studio" not in file.parts]
    return {str(file.relative_to(path)): file.stat().st_mtime_ns for file in files}


def test_three_stories_with_all_their_media(sample, stories):
    assert tuple(stories) == tuple(folder for _, folder in DRAFTS)
    assert [len(story.photos) for story in stories.values()] == [3, 3, 2]
    assert [len(story.videos) for story in stories.values()] == [2, 1, 0]
    workspace = sample.open()
    for folder, story in stories.items():
        for item in (*story.photos, *story.videos):
            assert workspace.media_path(folder, item.file).stat().st_size > 10_000
            assert item.width > 0
            assert item.height > 0


def test_pictures_and_clips_are_upright_as_the_studio_sees_them(stories):
    upright = {picture.file for picture in PICTURES if picture.upright} | {"padi-bergoyang.mp4"}
    for story in stories.values():
        for item in (*story.photos, *story.videos):
            assert (item.height > item.width) == (item.name in upright)
        for photo in story.photos:
            assert photo.taken.startswith("2026-11-")
            assert photo.taken[:10] <= max(story.date, "2026-11-23")


def test_the_group_has_a_logo_colours_and_accounts(sample):
    from PIL import Image

    group = sample.open().group
    assert group == GROUP
    with Image.open(sample.path / group.logo) as logo:
        assert logo.size == (512, 512)
        assert logo.mode == "RGBA"
        assert logo.getpixel((2, 2))[3] == 0, "the corners are clear"
    assert set(group.accounts) == {"instagram", "facebook", "tiktok", "youtube", "x", "telegram", "whatsapp"}
    assert group.site.endswith(".example"), "a name that nobody can own (RFC 2606)"


def test_the_group_has_the_scan_of_its_decree_and_contacts_of_which_one_stays_at_home(sample):
    folder = GroupFolder(sample.open())
    profile = folder.read(PROFILE_PLACE, GroupProfile)
    assert folder.media_path(profile.decree.file).read_bytes().startswith(b"\xff\xd8")
    contacts = folder.read(PRIVATE_PLACE, PrivateContacts).contacts
    assert sorted(each.share for each in contacts) == [False, True]


def test_progress_rises_to_the_end(sample):
    done = [one[0] for one in sample.said]
    assert done == sorted(done)
    assert done[-1] == 100
    assert {total for _, total, _ in sample.said} == {100}
    assert {name for name, _ in DRAFTS} <= {what for *_, what in sample.said}


def test_made_again_it_is_left_alone(sample):
    before = listing(sample.path)
    make_sample(sample.path, SilentProgress()).close()
    assert listing(sample.path) == before


def test_a_story_in_the_bin_does_not_come_back(sample, tmp_path):
    copy = tmp_path / "salinan"
    shutil.copytree(sample.path, copy)
    with open_workspace(copy) as workspace:
        workspace.delete(DRAFTS[0][1])
    with make_sample(copy, SilentProgress()) as workspace:
        assert workspace.story_folders() == tuple(folder for _, folder in DRAFTS[1:])


def test_what_is_missing_is_added_and_edits_stay(sample, tmp_path):
    copy = tmp_path / "salinan"
    shutil.copytree(sample.path, copy)
    shutil.rmtree(copy / "stories" / DRAFTS[2][1])
    kept = copy / "stories" / DRAFTS[1][1] / "story.json"
    changed = kept.read_bytes().replace(b"gotong royong perbaiki", b"bersama perbaiki")
    kept.write_bytes(changed)
    with make_sample(copy, SilentProgress()) as workspace:
        assert workspace.story_folders() == tuple(folder for _, folder in DRAFTS)
    assert kept.read_bytes() == changed


def test_the_workspace_of_another_group_is_refused(tmp_path):
    create_workspace(tmp_path / "lain", Group(name="KIM Lain")).close()
    before = listing(tmp_path)
    with pytest.raises(UserError) as caught:
        make_sample(tmp_path / "lain", SilentProgress())
    assert caught.value.code == "demo.other_workspace"
    assert caught.value.facts["group"] == "KIM Lain"
    assert listing(tmp_path) == before


def test_cancelled_it_leaves_no_half_story_and_no_lock(tmp_path):
    class Stop:
        def report(self, done, total, what):
            if what == DRAFTS[1][0]:
                raise WorkCancelled

    with pytest.raises(WorkCancelled):
        make_sample(tmp_path / "batal", Stop())
    with open_workspace(tmp_path / "batal") as workspace:
        assert not workspace.read_only
        assert workspace.story_folders() == (DRAFTS[0][1],)
