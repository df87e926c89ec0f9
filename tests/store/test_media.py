from __future__ import annotations

import hashlib
import os

import pytest

from studio.base.errors import UserError, WorkCancelled
from studio.base.progress import SilentProgress
from studio.store.media_files import copy_in, map_files, media_files, verify_media
from studio.story.model import Claim, ClaimEvidence, Consent, Person, Photo, Slideshow, Story, Video
from studio.story.motion_records import MusicBed


class Watcher:
    def __init__(self, stop_at=None):
        self.said = []
        self.stop_at = stop_at

    def report(self, done, total, what):
        self.said.append((done, total, what))
        if self.stop_at is not None and done >= self.stop_at:
            raise WorkCancelled


def test_media_comes_in_once_under_its_hash(workspace, story, tmp_path):
    folder = workspace.add(story)
    content = os.urandom(3_000_000)
    (tmp_path / "IMG 1 😀.JPG").write_bytes(content)
    (tmp_path / "salinan.jpg").write_bytes(content)
    watcher = Watcher()
    name = workspace.import_media(folder, tmp_path / "IMG 1 😀.JPG", watcher)
    assert name == hashlib.sha256(content).hexdigest()[:16] + ".jpg"
    assert watcher.said[-1] == (3_000_000, 3_000_000, "IMG 1 😀.JPG")
    assert [done for done, _, _ in watcher.said] == sorted(done for done, _, _ in watcher.said)
    before = workspace.media_path(folder, name).stat()
    assert workspace.import_media(folder, tmp_path / "salinan.jpg") == name
    assert workspace.media_path(folder, name).stat().st_ino == before.st_ino
    assert [path.name for path in workspace.media_path(folder, name).parent.iterdir()] == [name]
    assert (tmp_path / "IMG 1 😀.JPG").read_bytes() == content


def test_a_damaged_copy_is_healed_by_importing_again(tmp_path):
    source = tmp_path / "a.jpg"
    source.write_bytes(b"foto asli")
    name = copy_in(source, tmp_path / "media", SilentProgress())
    (tmp_path / "media" / name).write_bytes(b"foto rusa")
    assert [notice.code for notice in verify_media(tmp_path / "media", [name])] == ["store.media_damaged"]
    assert copy_in(source, tmp_path / "media", SilentProgress()) == name
    assert verify_media(tmp_path / "media", [name]) == ()
    assert [notice.code for notice in verify_media(tmp_path / "media", ["0" * 16 + ".jpg"])] == ["store.media_lost"]
    (tmp_path / "media" / "folder.jpg").mkdir()
    assert [notice.code for notice in verify_media(tmp_path / "media", ["folder.jpg"])] == ["store.media_unreadable"]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: None, "store.media_missing"),
        (lambda path: path.mkdir(), "store.media_folder"),
        (os.mkfifo, "store.media_special"),
        (lambda path: path.touch(), "store.media_empty"),
        (lambda path: path.symlink_to("tidak-ada"), "store.media_missing"),
        (lambda path: path.symlink_to(path), "store.media_unreadable"),
        (lambda path: path.symlink_to("/dev/zero"), "store.media_special"),
    ],
    ids=["missing", "folder", "pipe", "empty", "dangling", "loop", "device"],
)
def test_what_cannot_come_in_is_named(tmp_path, make, code):
    source = tmp_path / "a.jpg"
    make(source)
    with pytest.raises(UserError) as caught:
        copy_in(source, tmp_path / "media", SilentProgress())
    assert caught.value.code == code
    assert caught.value.facts["file"] == str(source)
    assert not (tmp_path / "media").exists() or not list((tmp_path / "media").iterdir())


def test_a_name_with_a_nul_is_no_crash(tmp_path):
    with pytest.raises(UserError, match=r"store\.media_unreadable"):
        copy_in(tmp_path / "a\0b.jpg", tmp_path, SilentProgress())


def test_cancelling_leaves_nothing(tmp_path):
    source = tmp_path / "a.mp4"
    source.write_bytes(b"x" * 3_000_000)
    with pytest.raises(WorkCancelled):
        copy_in(source, tmp_path / "media", Watcher(stop_at=2_000_000))
    assert list((tmp_path / "media").iterdir()) == []


def test_a_file_that_grows_while_it_is_copied_is_refused(tmp_path):
    source = tmp_path / "a.mp4"
    source.write_bytes(b"x" * 1_500_000)

    class Camera:
        def report(self, done, total, what):
            with source.open("ab") as file:
                file.write(b"y" * 10)

    with pytest.raises(UserError, match=r"store\.media_changed"):
        copy_in(source, tmp_path / "media", Camera())
    assert list((tmp_path / "media").iterdir()) == []


def test_every_file_of_a_story_is_known():
    story = Story(
        id="s",
        photos=(Photo(id="p1", file="a"), Photo(id="p2", file="b")),
        videos=(Video(id="v1", file="c", narration="d", music=MusicBed(file="g")),),
        slideshow=Slideshow(narration="d"),
        claims=(Claim(id="c1", text="x", evidence=(ClaimEvidence(file="e"), ClaimEvidence(file="a"))),),
        people=(Person(id="n1", name="N", consent=Consent(file="f")),),
    )
    assert media_files(story) == ("a", "b", "c", "g", "d", "e", "f")
    assert media_files(map_files(story, str.upper)) == ("A", "B", "C", "G", "D", "E", "F")
    assert media_files(map_files(story, lambda _: "")) == ()
    assert map_files(story, lambda name: name) == story
