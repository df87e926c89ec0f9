"""``kim-studio report`` as a user runs it: figures counted by hand, and what must not be told."""

from __future__ import annotations

import csv
import json
import subprocess
from datetime import UTC, datetime, timedelta, timezone

import openpyxl
import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from studio.cli import app
from studio.store.workspace import create_workspace
from studio.story.model import Correction, Group, Person, Publication, Source, Story
from studio.story.newsroom_records import AudienceReading
from studio.story.publishing import add_publication

BODY = "Warga membersihkan saluran air di Dusun Krajan pada Minggu pagi."


def post(outlet, day, *seen):
    readings = tuple(AudienceReading(when=when, seen=number) for when, number in seen)
    return Publication(outlet=outlet, when=f"{day}T08:00:00+07:00", readings=readings)


@pytest.fixture
def place(tmp_path, monkeypatch, qapp):  # qapp: the paper is painted in this process
    monkeypatch.setenv("LANG", "id_ID.UTF-8")
    path = tmp_path / "KIM"
    sources = (Source(name="Asep Hidayat", role="Kepala Dusun", terms="named"),)
    silent = (Source(name="Wati Rahasia", terms="off_record"), Source(name="Dewi Lindung", role="Ibu"))
    # Two outlets, one story: counted once. Last readings 120 and 30. The October post is another period's.
    first = (
        post("facebook", "2025-11-03", ("2025-11-04", 80), ("2025-11-10", 120)),
        post("instagram", "2025-11-04", ("2025-11-05", 30)),
        post("mading", "2025-10-30"),
    )
    second = (post("facebook", "2025-11-20", ("2025-11-19", 999)),)  # read before it was there
    with create_workspace(path, Group(name="KIM Bina Warga", village="Desa Sukamaju")) as made:
        made.add(Story(id="", headline="=Saluran bersih", body=BODY, publications=first, sources=(*sources, *silent)))
        made.add(Story(id="", headline="Panen raya", body=BODY, publications=second))
        made.add(
            Story(
                id="",
                headline="Kabar keluarga",
                body=BODY,
                people=(Person(id="dewi", name="Dewi Lindung", role="victim", protected=True),),
            )
        )
    folder = path / "group" / "activities"
    folder.mkdir(parents=True)
    rows = (
        {"id": "a", "date": "2025-11-05", "title": "Rapat redaksi", "kind": "meeting", "people": 12},
        {"id": "b", "date": "2025-11-12", "title": "Menjenguk Dewi Lindung", "kind": "visit", "people": 3},
        {
            "id": "c",
            "date": "2025-11-13",
            "title": "Lampu jalan",
            "kind": "aspiration",
            "forwarded_to": "Dishub",
            "forwarded": "2025-11-14",
        },
        {"id": "d", "date": "2025-10-13", "title": "Pelatihan foto", "kind": "training", "people": 9},
    )
    for row in rows:
        (folder / f"{row['date']}-{row['id']}.json").write_text(json.dumps(row))
    return path


def run(*words):
    return CliRunner().invoke(app, ["report", *map(str, words)])


def test_paper_workbook_and_csv_tell_the_figures_counted_by_hand_and_nobody_protected(place, tmp_path):
    out = tmp_path / "hasil"
    done = run(place, "--period", "2025-11", "--out", out)
    assert done.exit_code == 1, done.output  # the odd reading and the withheld activity are named
    book = openpyxl.load_workbook(out / "laporan-2025-11.xlsx")
    numbers = [row[1].value for row in book.worksheets[0].iter_rows() if isinstance(row[1].value, int)]
    #          stories, posts, outlets, days, reached, read, ralat, withdrawn, claims, sources, did, people, asp ...
    assert numbers[:17] == [2, 3, 2, 3, 150, 2, 0, 0, 0, 3, 2, 15, 1, 1, 0, 0, 0]
    with next((out / "laporan-2025-11-csv").glob("01-*")).open(encoding="utf-8-sig", newline="") as file:
        text = file.read()
    sign = ";" if ";" in text.splitlines()[0] else ","
    told = [row[1] for row in csv.reader(text.splitlines(), delimiter=sign)]
    assert [int(each) for each in told if each.isdigit()] == numbers
    paper = subprocess.run(
        ["pdftotext", "-layout", out / "laporan-2025-11.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "150" in paper
    assert "Saluran bersih" in paper
    assert "Asep Hidayat" in paper
    assert "14 Nov 2025" in " ".join(paper.split()), "the day it was forwarded, in words"
    assert "2025-11-14" not in paper
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert not [c for c in cells if c.data_type == "f"]
    pasted = "".join(f.read_text("utf-8") for f in (out / "laporan-2025-11-kim.id").glob("*.*") if f.suffix != ".jpg")
    tables = "".join(f.read_text("utf-8-sig") for f in (out / "laporan-2025-11-csv").iterdir())
    everything = paper + pasted + tables + " ".join(str(c.value) for c in cells)
    assert "Saluran bersih" in pasted
    for name in ("Wati", "Rahasia", "Dewi", "Lindung"):
        assert name not in everything


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--from", "2025-11-30", "--to", "2025-11-01"), 2),
        (("--period", "2025-13"), 2),
        (("--period", "2025-11", "--only", "docx"), 2),
        ((), 2),
    ],
)
def test_a_period_that_is_none_is_refused_and_nothing_written(place, tmp_path, words, code):
    done = run(place, *words, "--out", tmp_path / "hasil")
    assert done.exit_code == code
    assert done.stderr.strip()
    assert not (tmp_path / "hasil").exists()


def test_nobody_whom_another_story_or_product_keeps_back_is_named(tmp_path, qapp):
    child = Person(id="d", name="Dimas Prakoso", age_group="child", role="victim", protected=True)
    silent = Source(name="Wati Rahasia", terms="off_record")
    head = Source(name="Asep Hidayat", role="Kepala Dusun", terms="background")
    when = (post("facebook", "2025-11-11"),)
    told = Correction(when="2025-11-12T08:00:00+07:00", what="Bukan Wati Rahasia yang mengatakannya.")
    with create_workspace(tmp_path / "KIM", Group(name="KIM Bina Warga")) as made:
        made.add(Story(id="", headline="Sidang ditunda", body=BODY, people=(child,), sources=(silent, head)))
        made.add(Story(id="", headline="Keluarga Dimas Prakoso pindah", body=BODY, publications=when))
        made.add(Story(id="", headline="Wati Rahasia bicara", body=BODY, publications=when))
        open_head = replace(head, terms="named")
        made.add(
            Story(id="", headline="Panen", body=BODY, publications=when, sources=(open_head,), corrections=(told,))
        )
    group = tmp_path / "KIM" / "group"
    maker = {"name": "Rina Kecil", "age_group": "child", "role": "victim", "protected": True}
    records = {
        "activities/2025-11-05-a.json": {
            "id": "a",
            "date": "2025-11-05",
            "title": "Rapat",
            "text": "WATI  RAHASIANYA hadir.",
        },
        "activities/2025-11-06-b.json": {"id": "b", "date": "2025-11-06", "title": "Ke rumah Rina Kecil"},
        "activities/2025-11-07-c.json": {"id": "c", "date": "2025-11-07", "title": "Temu Asep Hidayat"},
        "products/keripik.json": {"id": "keripik", "name": "Keripik", "maker": {"id": "m", **maker}},
    }
    for name, record in records.items():
        (group / name).parent.mkdir(parents=True, exist_ok=True)
        (group / name).write_text(json.dumps(record))
    out = tmp_path / "hasil"
    run(tmp_path / "KIM", "--period", "2025-11", "--out", out, "--only", "csv", "--only", "kim-id")
    everything = "".join(file.read_text("utf-8-sig") for file in out.rglob("*.*") if file.is_file())
    for name in ("Dimas", "Wati", "RAHASIA", "Rahasia", "Rina"):
        assert name not in everything
    assert "Temu Asep Hidayat" in everything  # named as a source elsewhere: no secret
    stories = (out / "laporan-2025-11-csv" / "02-berita.csv").read_text("utf-8-sig")
    assert stories.count("Rincian dilindungi") == 2
    assert "Panen" in stories


def test_what_everybody_reads_does_not_lead_to_what_is_withheld(tmp_path, qapp):
    post_of = {day: (post("facebook", f"2025-11-{day}", (f"2025-11-{day}", 1500)),) for day in (11, 12, 13)}
    child = Person(id="d", name="Dimas Prakoso", age_group="child", role="victim", protected=True)
    with create_workspace(tmp_path / "KIM", Group(name="KIM Bina Warga")) as made:
        made.add(Story(id="", headline="Saluran bersih", body=BODY, publications=post_of[11]))
        made.add(
            Story(id="", headline="Korban", body="Dimas Prakoso dirawat.", people=(child,), publications=post_of[12])
        )
        made.add(Story(id="", headline="Salah sebut", body=BODY, status="withdrawn", publications=post_of[13]))
    out = tmp_path / "hasil"
    run(tmp_path / "KIM", "--period", "2025-11", "--out", out, "--only", "kim-id", "--only", "csv")
    html = (out / "laporan-2025-11-kim.id" / "isi.html").read_text("utf-8")
    assert "Saluran bersih (11 Nov 2025)" in html
    assert ": 4.500<" in html
    assert not [word for word in ("12 Nov", "13 Nov", "Salah sebut", "Korban", "Dimas", "melindungi") if word in html]
    told = (out / "laporan-2025-11-csv" / "02-berita.csv").read_text("utf-8-sig")
    assert "Dicabut" in told  # the office is told of both
    assert "melindungi" in told


def test_days_are_typed_as_people_write_them(place, tmp_path):
    done = run(place, "--from", "1/11/2025", "--to", "2025-11-30", "--out", tmp_path, "--only", "csv")
    assert (tmp_path / "laporan-2025-11-01_2025-11-30-csv").is_dir(), done.output
    assert run(place, "--from", "31/2/2025", "--to", "1/3/2025").exit_code == 2


def test_a_better_link_keeps_what_was_read():
    line = post("facebook", "2025-11-03", ("2025-11-04", 80))
    story = replace(Story(id="", headline="Panen"), publications=(line,))
    after = add_publication("facebook", line.when, "https://contoh.example/1").apply(story)
    assert after.publications[0].readings == line.readings


def test_the_sample_village_has_two_activities_in_each_of_three_months(tmp_path, monkeypatch, qapp):
    from studio.base.paths import assets_dir
    from studio.demo.sample_group import add_group

    monkeypatch.setenv("LANG", "id_ID.UTF-8")
    with create_workspace(tmp_path / "KIM", Group(name="KIM Bina Warga")) as made:
        add_group(made, assets_dir() / "sample")
    done = run(tmp_path / "KIM", "--from", "2026-09-01", "--to", "2026-11-30", "--only", "csv", "--out", tmp_path / "h")
    table = next((tmp_path / "h").glob("*-csv/04-*")).read_text("utf-8-sig")
    assert done.exit_code == 0, done.output
    assert [line.replace('"', "")[-1] for line in table.splitlines()[1:4]] == ["2", "2", "2"]


def test_a_post_of_today_is_counted_on_a_computer_of_another_time_zone(tmp_path, qapp, far_west):
    day = datetime.now(UTC).astimezone(timezone(timedelta(hours=7))).date()
    posted = (Publication(outlet="facebook", when=datetime.now(UTC).isoformat()),)
    with create_workspace(tmp_path / "KIM", Group(name="KIM Bina Warga", time_zone="WIB")) as made:
        made.add(Story(id="", headline="Panen raya", body=BODY, publications=posted))
    done = run(tmp_path / "KIM", "--period", str(day.year), "--out", tmp_path / "hasil", "--only", "csv")
    assert done.exit_code == 0, done.output
    table = next((tmp_path / "hasil").glob("*-csv/*unggahan.csv"))
    assert day.isoformat() in table.read_text("utf-8-sig")
