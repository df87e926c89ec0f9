"""``kim-studio group profile`` and ``group map`` as a user runs them, with files of their own."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from studio.cli import app
from studio.store.packages import PackageChoice, pack_story
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group, Story
from studio.story.publishing import add_publication

TODAY = date(2026, 11, 30)
WORKSPACES = Path(__file__).resolve().parents[1] / "workspaces"


@pytest.fixture
def place(tmp_path, monkeypatch, stopped_clock, qapp):  # qapp: cards and sheets are painted in this process
    monkeypatch.setenv("LANG", "id_ID.UTF-8")
    path = tmp_path / "KIM"
    with create_workspace(path, Group(name="KIM Bina Warga", village="Desa Sukamaju")) as made:
        folder = made.add(Story(id="", headline="Panen raya", byline=("Siti",)))
        made.save(folder, add_publication("facebook", f"{TODAY.isoformat()}T08:00:00+07:00").apply(made.load(folder)))
    return path


def run(*words):
    return CliRunner().invoke(app, ["group", *map(str, words)])


def test_a_registration_is_filled_in_field_by_field_and_its_scan_comes_along(place, tmp_path):
    (tmp_path / "sk.pdf").write_bytes(b"%PDF-1.7\n")
    end = TODAY + timedelta(days=40)
    form = tmp_path / "profil.toml"
    form.write_text(
        f'kim_id = "K-7"\nfounded = 2019-08-17\n[decree]\nvalid_until = {end}\nfile = "sk.pdf"\n'
        '[[officers]]\nname = "Sri"\nrole = "head"\n'
    )
    done = run("profile", place, "--from", form)
    assert done.exit_code == 0, done.output
    assert "SK berlaku sampai" in done.stderr
    form.write_text('{"decree": {"number": "12"}}')
    assert run("profile", place, "--from", form).exit_code == 0
    shown = json.loads(run("profile", place, "--json").stdout)
    assert (shown["decree"]["number"], shown["decree"]["valid_until"]) == ("12", end.isoformat())
    assert (place / "group" / "media" / shown["decree"]["file"]).is_file()
    assert (shown["founded"], shown["officers"][0]["name"], shown["name"]) == ("2019-08-17", "Sri", "KIM Bina Warga")


def test_contacts_are_never_printed(place):
    (place / "group").mkdir()
    (place / "group" / "private.json").write_text('{"contacts": [{"name": "Sri", "phone": "0812999"}]}')
    for words in (("profile", place), ("profile", place, "--json")):
        assert "0812999" not in run(*words).output


@pytest.mark.parametrize(
    ("command", "text", "said"),
    [
        ("profile", 'ketua = "Sri"', "ketua"),
        ("profile", "statutes = 3", "statutes"),
        ("profile", "[counted]\nwomen = -4", "counted.women"),
        ("profile", '[decree]\nfile = "tidak-ada.pdf"', "tidak-ada.pdf"),
        ("profile", "kim_id = ", "TOML"),
        ("map", "[answers]\nKP9 = 2", "KP9"),
        ("map", "[answers]\nKP1 = 7", "KP1"),
        ("map", 'date = "2099-01-01"', "2099-01-01"),
        ("map", 'date = "kemarin"', "date"),
        ("profile", "", "kosong"),
        ("profile", f"# {'x' * 2_000_000}", "paling besar"),
        ("profile", '[decree]\nvalid_until = "kapan-kapan"', "decree.valid_until"),
        ("profile", "coordinates = [999, 111]", "coordinates"),
        ("profile", "[counted]\nwomen = 5\nmen = 4\nunder_30 = 10", "counted.under_30"),
        ("profile", 'founded = "2099-01-01"', "founded"),
        ("profile", '[decree]\ndate = "5/1/2026"\nvalid_until = "5/1/2025"', "decree.valid_until"),
        ("profile", '[[officers]]\nnama = "Sri"', "officers[0].nama"),
        ("profile", '[[channels]]\nkind = "x"\nsince = "2099"', "channels[0].since"),
        ("map", "[answers]\nKL2 = 3", "reason"),
        ("map", "[answers.KL1]\nskor = 2\nscore = 2", "answers.KL1.skor"),
        ("map", 'no_business = "false"', "no_business"),
        ("map", "answers = [1, 2]", "answers"),
        ("map", "[answers]\nKP1 = 4", "reason"),
        ("map", "[answers.KL1]\nscore = 2\nproof = [{count = -5}]", "count"),
        ("map", "[answers.KL1]\nscore = 2\nproof = [{file = 'hilang.pdf'}]", "hilang.pdf"),
    ],
)
def test_a_form_that_is_wrong_is_named_and_changes_nothing(place, tmp_path, command, text, said):
    form = tmp_path / "isian.toml"
    form.write_text(text)
    refused = run(command, place, "--from", form)
    assert refused.exit_code == 1
    assert said in refused.stderr
    assert not (place / "group" / "profile.json").exists()
    assert not (place / "group" / "assessments").exists()


def test_a_map_is_counted_answered_and_drawn(place, tmp_path):
    assert run("map", place).exit_code == 1
    assert run("map", place, "--count").exit_code == 0
    (tmp_path / "notula.txt").write_text("Notula")
    form = tmp_path / "jawaban.toml"
    form.write_text(
        'by = "Siti"\n[answers]\nKL2 = {score = 3, reason = "Sri menyunting"}\nKP2 = {score = 3, reason = "Radio"}\n'
        'KL3 = {score = 2, proof = [{file = "notula.txt"}, {count = 4}]}\n'
    )
    card, sheet = tmp_path / "kartu.png", tmp_path / "lembar.pdf"
    done = run("map", place, "--from", form, "--card", card, "--sheet", sheet)
    assert done.exit_code == 0, done.output
    assert card.read_bytes().startswith(b"\x89PNG")
    assert sheet.read_bytes().startswith(b"%PDF")
    stored = json.loads((place / "group" / "assessments" / f"{TODAY.isoformat()}.json").read_text())
    answers = stored["answers"]
    assert (answers["KP2"]["score"], answers["KP2"]["counted"]["score"]) == (3, 1)
    assert (answers["KP1"]["score"], answers["KP1"]["counted"]["stories"]) == (1, 1)
    assert (answers["KL3"]["level"], len(answers["KL3"]["proof"][0]["sha256"])) == ("proven", 64)
    shown = json.loads(run("map", place, "--json").stdout)
    assert (shown["date"], len(shown["steps"]), shown["figures"]["communication"]) == (TODAY.isoformat(), 3, False)
    assert shown["rounds"] == [{"date": TODAY.isoformat(), "index": shown["index"]}]


def test_a_day_as_people_write_it_warns_of_the_end_of_the_decree(place, tmp_path):
    end = TODAY + timedelta(days=30)
    form = tmp_path / "profil.toml"
    form.write_text(f'founded = "17.08.19"\n[decree]\nvalid_until = "{end.day}/{end.month}/{end.year}"')
    done = run("profile", place, "--from", form)
    assert (done.exit_code, "SK berlaku sampai" in done.stderr) == (0, True)
    shown = json.loads(run("profile", place, "--json").stdout)
    assert (shown["founded"], shown["decree"]["valid_until"]) == ("2019-08-17", end.isoformat())


def test_a_form_of_an_older_day_changes_the_round_of_that_day_alone(place, tmp_path):
    form = tmp_path / "jawaban.toml"
    for day, score in (("2026-01-05", 1), ("2026-03-01", 4)):
        form.write_text(f'date = "{day}"\n[answers]\nKL1 = {score}\nKL3 = 2')
        assert run("map", place, "--from", form).exit_code == 0
    form.write_text('date = "2026-01-05"\n[answers]\nKL3 = 3')
    assert run("map", place, "--from", form).exit_code == 0
    stored = {
        day: json.loads((place / "group" / "assessments" / f"{day}.json").read_text())["answers"]
        for day in ("2026-01-05", "2026-03-01")
    }
    assert [(each["KL1"]["score"], each["KL3"]["score"]) for each in stored.values()] == [(1, 3), (4, 2)]
    assert stored["2026-01-05"]["KP1"]["counted"]["to"] == "2026-01-05"


def test_a_backup_that_was_made_is_proposed_for_the_question_of_safety(place, tmp_path):
    run("map", place, "--count")
    (tmp_path / "stik").mkdir()
    assert CliRunner().invoke(app, ["backup", str(place), str(tmp_path / "stik")]).exit_code == 0
    run("map", place, "--count")
    stored = json.loads((place / "group" / "assessments" / f"{TODAY.isoformat()}.json").read_text())
    answer = stored["answers"]["KD3"]
    assert (answer["score"], answer["level"], answer["counted"]["source"]) == (3, "claimed", "backup")
    assert answer["counted"]["to"] == TODAY.isoformat()


def test_a_damaged_round_is_named_and_the_others_count(place):
    run("map", place, "--count")
    (place / "group" / "assessments" / "2026-01-01.json").write_text("{")
    done = run("map", place)
    assert done.exit_code == 1
    assert "2026-01-01.json" in done.stderr
    assert "dari 100" in done.stdout


def test_nothing_that_leaves_holds_a_personal_contact(place, tmp_path):
    (place / "group").mkdir()
    (place / "group" / "private.json").write_text('{"contacts": [{"name": "Sri Rahasia", "phone": "0812999888"}]}')
    out = tmp_path / "keluar"
    words = ["export", str(place), "--outlet", "whatsapp-saluran", "--out", str(out)]
    assert CliRunner().invoke(app, words).exit_code < 2
    with open_workspace(place, write=False) as opened:
        (folder,) = opened.story_folders()
        pack_story(opened, folder, out / "a.kim", PackageChoice(consents=True, originals=True))
        with ZipFile(out / "a.kim") as packed:
            packed.extractall(out / "paket")
    run("map", place, "--count")
    run("map", place, "--card", out / "k.png", "--sheet", out / "l.pdf")
    found = [path for path in out.rglob("*") if path.is_file()]
    assert len(found) > 4
    assert not [path for path in found if b"Rahasia" in path.read_bytes() or b"0812999888" in path.read_bytes()]


@pytest.mark.parametrize("version", sorted(path.name for path in WORKSPACES.iterdir() if path.is_dir()))
def test_workspaces_of_every_older_version_have_a_group_without_being_changed(version, tmp_path):
    old = tmp_path / "lama"
    shutil.copytree(WORKSPACES / version, old)
    before = {path: path.read_bytes() for path in old.rglob("*.json")}
    assert run("profile", old).exit_code == 0
    assert {path: path.read_bytes() for path in old.rglob("*.json")} == before
    assert run("map", old, "--count").exit_code == 0
    assert (old / "group" / "assessments").is_dir()
