"""What is in an export folder and is not ours stays as it is."""

from __future__ import annotations

import pytest

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.running.export_manifest import MANIFEST
from studio.export.running.story_exporter import StoryExporter
from studio.store.workspace import create_workspace
from studio.story.model import Group, Story

TEXTS = MessageTexts(assets_dir() / "messages", "id")


@pytest.fixture
def workspace(tmp_path):
    with create_workspace(tmp_path / "KIM", Group(name="KIM Bina Warga")) as made:
        made.add(Story(id="", headline="Berita", date="2026-11-22", body="Isi berita."))
        yield made


def export(workspace, out):
    with StoryExporter(workspace, templates_dir(), TEXTS) as exporter:
        (done,) = exporter.export((), ("telegram",), out, SilentProgress())
    return done


@pytest.mark.parametrize(
    "manifest", ['{"name": "Aplikasi desa", "icons": [], "start_url": "/"}', "[]", "{}", '{"files": ["a.txt"]}', "3"]
)
@pytest.mark.parametrize("own", [False, True])
def test_another_programs_manifest_and_files_stay(workspace, tmp_path, manifest, own):
    out = workspace.path / "exports" if own else tmp_path / "stik"
    place = out / workspace.story_folders()[0]
    (place / "telegram").mkdir(parents=True)
    files = {place / MANIFEST: manifest, place / "telegram" / "pesan.txt": "punya saya"}
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    done = export(workspace, out)
    assert done.error is not None
    assert done.error.code == "export.foreign_file"
    assert MANIFEST in TEXTS.explain(done.error)
    assert {path: path.read_text(encoding="utf-8") for path in files} == files
    assert sorted(path for path in place.rglob("*") if path.is_file()) == sorted(files)


def test_a_manifest_damaged_by_a_power_cut_is_made_anew(workspace, tmp_path):
    out = tmp_path / "stik"
    export(workspace, out)
    manifest = out / workspace.story_folders()[0] / MANIFEST
    for damage in (b"", b"\0" * 400, manifest.read_bytes()[:50]):
        manifest.write_bytes(damage)
        assert export(workspace, out).error is None
