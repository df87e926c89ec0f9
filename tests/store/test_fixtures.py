"""Workspaces of every released format, kept for ever: they open, nothing of them is lost, and saving keeps it all."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import msgspec
import pytest

from studio.store.index import SearchIndex
from studio.store.media_files import verify_media
from studio.store.workspace import open_workspace
from studio.story.model import Cue, Point, Story

WORKSPACES = Path(__file__).resolve().parents[1] / "workspaces"
IRRIGATION = "2026-11-22-warga-sukamaju-gotong-royong-perbaiki-saluran-irigasi"


@pytest.fixture
def v1(tmp_path):
    shutil.copytree(WORKSPACES / "v1", tmp_path / "v1")
    with open_workspace(tmp_path / "v1") as workspace:
        yield workspace


@pytest.mark.parametrize("name", sorted(path.name for path in WORKSPACES.iterdir()))
def test_every_workspace_opens_whole(tmp_path, name):
    shutil.copytree(WORKSPACES / name, tmp_path / name)
    with open_workspace(tmp_path / name) as workspace:
        assert workspace.problems == ()
        assert not workspace.read_only
        assert workspace.group.name
        stories = dict(workspace.load_each())
        assert stories
        assert all(isinstance(story, Story) for story in stories.values())


def test_format_1_0_means_what_it_meant(v1):
    assert v1.story_folders() == (IRRIGATION, "2026-12-05-jadwal-posyandu-desember")
    assert (v1.group.name, v1.group.accounts) == ("KIM Bina Warga", {"instagram": "@kim.sukamaju"})
    assert v1.group.extra == {"moto": "Dari warga, oleh warga"}
    story = v1.load(IRRIGATION)
    assert (story.id, story.status, story.kicker) == ("3f0c5a1e9b7d4c26", "published", "Pertanian")
    assert story.extra == {"suasana": {"cuaca": "cerah", "suhu": [24, 31.5]}}
    photo, video = story.photos[0], story.videos[0]
    assert photo.focus == msgspec.convert([0.4, 0.3], Point)
    assert (photo.crops, photo.fits, photo.rotate) == ({"1:1": (0.1, 0.1, 0.6, 0.8)}, {"9:16": "pad"}, -1.5)
    assert (photo.covers[0].box, photo.extra) == ((0.2, 0.1, 0.1, 0.15), {"bintang": 4})
    assert video.subtitles == (Cue(start=2.0, end=4.5, text="Air kembali mengalir"),)
    assert [(cut.start, cut.end) for cut in video.cuts] == [(2.0, 9.5), (14.0, 20.0)]
    assert (story.claims[0].verdict, story.people[0].consent.given) == ("false", True)
    assert story.overrides["whatsapp/pesan.txt"].text == "Teks khusus"
    assert verify_media(v1.media_path(IRRIGATION, photo.file).parent, [photo.file]) == ()
    (version,) = v1.versions(IRRIGATION)
    assert v1.read_version(IRRIGATION, version.name).headline == "Gotong royong di Sukamaju"


def test_saving_an_old_story_changes_only_what_was_changed(v1):
    path = v1.path / "stories" / IRRIGATION / "story.json"
    before = json.loads(path.read_bytes())
    v1.save(IRRIGATION, msgspec.structs.replace(v1.load(IRRIGATION), headline="Baru"))
    after = json.loads(path.read_bytes())
    changed = {name for name in before if not _kept(before[name], after[name])}
    assert changed <= {"headline", "modified", "format"}


def _kept(before, after):
    """Whether everything of ``before`` is in ``after``, which may know more fields."""
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() <= after.keys() and all(_kept(before[name], after[name]) for name in before)
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(_kept, before, after))
    return before == after


def test_it_can_be_searched(v1):
    index = SearchIndex(v1)
    assert len(index.refresh().added) == 2
    assert [row.folder for row in index.find("asep cangkul").rows] == []
    assert [row.folder for row in index.find("asep mencangkul").rows] == [IRRIGATION]


def test_format_1_1_means_what_it_meant(tmp_path):
    shutil.copytree(WORKSPACES / "v1.1", tmp_path / "v1.1")
    with open_workspace(tmp_path / "v1.1") as workspace:
        story, notice = (workspace.load(folder) for folder in workspace.story_folders())
    asked, suggested, heard = story.comments
    assert (asked.required, asked.replies[0].by, asked.extra) == (True, "Siti Aminah", {"warna": "kuning"})
    assert (suggested.suggestion, suggested.answer, asked.suggestion) == ("Warga Dusun Krajan", "accepted", None)
    assert (heard.begins, heard.ends) == (2.0, 4.5)
    assert story.texts["jv"].subtitles == {"v1": ("Banyu mili maneh",)}
    assert [reading.seen for reading in story.publications[0].readings] == [412, 530]
    assert (notice.service, notice.series.rule) == ("posyandu", "FREQ=MONTHLY;BYDAY=1SA")
    assert story.former_folders == ("2026-11-22-berita",)


def test_the_files_of_the_group_hold_what_the_page_says(repository):
    """They are described before they are built: every field of the fixture is on the page, and the other way round."""
    page = (repository / "docs" / "format.md").read_text(encoding="utf-8")
    section = page.partition("## The group's own files\n")[2].partition("\n## ")[0]
    paths = list((WORKSPACES / "v1.1" / "group").rglob("*.json"))
    assert len(paths) == 8
    used = set().union(*(_names(json.loads(path.read_bytes())) for path in paths)) - {"semboyan", "KL1", "KP2", "teras"}
    of_records = {"person", "photo", "id", "consent", "given", "how", "caption", "credit"}
    assert {name for name in used if f"`{name}`" not in section} <= of_records
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    described = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert described <= used


def _names(value):
    if isinstance(value, dict):
        return set(value).union(*map(_names, value.values()))
    return set().union(*map(_names, value)) if isinstance(value, list) else set()
