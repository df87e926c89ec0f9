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


DRAFT = """---
headline: Banjir di Krajan
kind: notice
service: {service}
date: {day}
place: Dusun Krajan
byline: [Siti Aminah]
service_answers: {{contact: BPBD 112}}
---
Banjir terjadi di Dusun Krajan.
"""


def test_a_slip_in_the_kind_of_a_draft_does_not_take_its_rules_away(library, tmp_path):
    path, _ = library
    draft = tmp_path / "banjir.md"
    draft.write_text(DRAFT.format(service="banjr", day=date.today().isoformat()))
    slip = run("new", path, draft)
    assert slip.exit_code == 1
    assert "banjr" in slip.stderr
    assert "“banjir”" in slip.stderr
    (path / "services").mkdir()
    (path / "services" / "banjr.toml").write_text("name = ")
    assert "banjr.toml" in run("new", path, draft).stderr
    draft.write_text(DRAFT.format(service="banjir", day=date.today().isoformat()))
    taken = run("new", path, draft)
    assert taken.exit_code == 0, taken.output
    assert "isian pengumuman" in run("check", path, taken.stdout.strip()).stdout
