"""``kim-studio next`` as a user runs it."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from PIL import Image
from typer.testing import CliRunner

from studio.cli import app
from studio.services.story_series import story_on
from studio.store import story_shelf
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group, Photo, Story


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("LANG", "id_ID.UTF-8")
    monkeypatch.setattr(story_shelf, "today_of", lambda _: "2026-11-30")
    picture = tmp_path / "timbang.png"
    Image.new("RGB", (8, 8), "green").save(picture)
    path = tmp_path / "KIM"
    with create_workspace(path, Group(id="g", name="KIM Bina Warga")) as workspace:
        story = Story(
            id="a", kind="notice", headline="Posyandu", date="2026-12-01", body="Daftar sampai 28 November 2026."
        )
        folder = workspace.add(story)
        file = workspace.import_media(folder, picture)
        workspace.save(folder, replace(workspace.load(folder), photos=(Photo(id="p", file=file),)))
    return path


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_series_over_two_years_has_each_story_once_with_its_photo(place):
    name = "2026-12-01-posyandu"
    shown = run("next", place, name, "--rule", "setiap Selasa pertama", "--days")
    assert shown.stdout.splitlines()[0] == "2027-01-05\tSelasa Pahing, 5 Januari 2027"
    first = run("next", place, name, "--rule", "setiap Selasa pertama")
    assert (first.exit_code, first.stdout) == (0, "2027-01-05-posyandu\n")
    assert "28 November 2026" in first.stderr
    again = run("next", place, name)  # the series has that one already
    assert again.exit_code == 1
    assert "2027-01-05-posyandu" in again.stderr
    name = "2027-01-05-posyandu"
    for rule in ["setiap 3 bulan Selasa pertama", *[""] * 7]:  # from January on every third month
        made = run("next", place, name, "--rule", rule)
        assert made.exit_code == 0, made.stderr
        name = made.stdout.strip()
    assert name == "2029-01-02-posyandu"
    with open_workspace(place) as workspace:
        folders = workspace.story_folders()
        assert len(folders) == 10
        assert [folder[:7] for folder in folders[2:6]] == ["2027-04", "2027-07", "2027-10", "2028-01"]
        last = workspace.load(name)
        assert workspace.media_path(name, last.photos[0].file).is_file()
        assert len({workspace.load(folder).series.id for folder in folders}) == 1
        assert story_on(workspace, last, date(2027, 1, 5)) == "2027-01-05-posyandu"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["2026-12-01-posyandu"], 1, "--rule"),
        (["2026-12-01-posyandu", "--rule", "setiap purnama"], 2, "purnama"),
        (["2026-12-01-posyandu", "--rule", "FREQ=WEEKLY;BYHOUR=3"], 2, "BYHOUR"),
        (["2026-12-01-posyandu", "--rule", "setiap Selasa", "--date", "esok"], 2, "esok"),
        (["2026-12-01-posyandu", "--rule", "setiap Selasa", "--date", "2026-12-01"], 2, "2026-12-01"),
        (["2026-12-01-posyandu", "--rule", "setiap Selasa sampai 2 Desember 2026"], 2, "hari"),
        (["2026-12-01-posyand"], 2, "2026-12-01-posyandu"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_made(place, words, code, said):
    done = run("next", place, *words)
    assert done.exit_code == code
    assert said in done.stderr
    with open_workspace(place) as workspace:
        assert workspace.story_folders() == ("2026-12-01-posyandu",)
