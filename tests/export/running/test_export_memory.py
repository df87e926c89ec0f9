"""A story that nobody touched is passed by without asking the gate; whatever was touched is asked about again."""

from __future__ import annotations

import shutil

import pytest
from msgspec.structs import replace

from studio.base import paths
from studio.base.i18n import MessageTexts
from studio.base.progress import SilentProgress
from studio.export.running import story_exporter
from studio.export.running.story_exporter import StoryExporter
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group, Person, Story

TEXTS = MessageTexts(paths.assets_dir() / "messages")
OUTLETS = ("whatsapp-saluran", "x")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A workspace of two stories, and the cache that remembers their export."""
    folder = tmp_path_factory.mktemp("ingatan") / "kim"
    with create_workspace(folder, Group(name="KIM Uji", village="Sukamaju")) as workspace:
        for number in range(2):
            workspace.add(Story(id="", headline=f"Warga perbaiki saluran {number}", date="2026-11-22", body="Selesai."))
    return folder


@pytest.fixture
def place(made, tmp_path):
    place = shutil.copytree(made, tmp_path / "kim")
    export(place)
    return place


def export(place, *stories):
    with (
        open_workspace(place, write=False) as opened,
        StoryExporter(opened, paths.templates_dir(), TEXTS, quick=True) as exporter,
    ):
        return list(exporter.export(stories, OUTLETS, None, SilentProgress()))


@pytest.fixture
def asked(monkeypatch):
    """The stories that the gate was asked about, each once."""
    found = {}
    release = story_exporter.release_story

    def ask(workspace, folder, *facts, **named):
        found[folder] = True
        return release(workspace, folder, *facts, **named)

    monkeypatch.setattr(story_exporter, "release_story", ask)
    return found


def test_an_untouched_story_is_passed_by(place, asked):
    first, _ = export(place)
    assert not asked
    assert (first.made, first.error, first.problems) == (0, None, ())
    assert first.kept == len([entry for entry in first.manifest.files if entry.outlet in OUTLETS]) > 1
    assert first.draft, "what was exported as a draft is still reported as one"
    assert first.blocks > 0


def edit_story(place, folder):
    with open_workspace(place) as workspace:
        workspace.save(folder, replace(workspace.load(folder), body="Selesai sore hari."))


def edit_profile(place, folder):
    with open_workspace(place) as workspace:
        workspace.save_group(replace(workspace.group, phone="0812"))


def lose_file(place, folder):
    next((place / "exports" / folder / "x").iterdir()).unlink()


def change_manifest(place, folder):
    path = place / "exports" / folder / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"sha256": "', '"sha256": "0'), encoding="utf-8")


def add_template(place, folder):
    (place / "templates").mkdir()
    (place / "templates" / "catatan.txt").write_text("x", encoding="utf-8")


def forget(place, folder):
    shutil.rmtree(paths.cache_dir() / "exported")


@pytest.mark.parametrize(
    ("touch", "all_of_them"),
    [
        (edit_story, False),
        (edit_profile, True),
        (lose_file, False),
        (change_manifest, False),
        (add_template, True),
        (forget, True),
    ],
)
def test_what_was_touched_is_asked_about(place, asked, touch, all_of_them):
    first, second = sorted(path.name for path in (place / "stories").iterdir())
    touch(place, first)
    export(place)
    assert set(asked) == ({first, second} if all_of_them else {first})


def test_a_story_that_must_not_appear_comes_down_however_often_it_was_passed_by(place, asked):
    first = min(path.name for path in (place / "stories").iterdir())
    export(place)
    with open_workspace(place) as workspace:
        child = Person(id="p", name="Rina", protected=True)
        told = replace(workspace.load(first), body="Rina diantar ibunya.", people=(child,))
        workspace.save(first, told)
    done = {each.folder: each for each in export(place)}
    assert done[first].error.code == "export.refused"
    assert not (place / "exports" / first).exists()
    assert {each.folder: each for each in export(place)}[first].error.code == "export.refused"
