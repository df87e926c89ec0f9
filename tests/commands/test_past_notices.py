"""``kim-studio export`` of a notice that is over: refused by name, passed over among all, made when asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from studio.cli import app
from studio.store.workspace import create_workspace
from studio.story.model import Group, Publication, Story

LONG_AGO = (date.today() - timedelta(40)).isoformat()


@pytest.fixture
def library(tmp_path):
    """A workspace with a notice that is over, and the folder of that."""
    with create_workspace(tmp_path / "w", Group(name="KIM Uji", village="Sukamaju")) as workspace:
        story = Story(
            id="",
            kind="notice",
            status="published",
            headline="Posyandu Melati buka lagi",
            place="Balai Dusun Cibeureum",
            date=LONG_AGO,
            valid_until=LONG_AGO,
            byline=("Siti Aminah",),
            body="Ibu dan balita diundang.",
            publications=(Publication(outlet="mading", when=f"{LONG_AGO}T08:00:00+07:00"),),
        )
        return workspace.path, workspace.add(story)


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_it_is_refused_by_name_and_passed_over_among_all(library):
    path, folder = library
    named = run("export", path, folder, "--outlet", "telegram")
    assert named.exit_code == 1
    assert "--expired" in named.stderr
    every = run("export", path, "--outlet", "telegram")
    assert every.exit_code == 0
    assert folder in every.stderr
    assert not (path / "exports" / folder / "telegram").exists()


def test_it_is_made_and_marked_when_asked(library):
    path, folder = library
    asked = run("export", path, folder, "--outlet", "telegram", "--expired")
    assert asked.exit_code == 0, asked.output
    assert "PENGUMUMAN (SUDAH LEWAT)" in (path / "exports" / folder / "telegram" / "kiriman.txt").read_text()
    checked = run("check", path, folder)
    assert "sudah lewat" in checked.output
