"""``kim-studio read-aloud`` as a user runs it."""

from __future__ import annotations

import subprocess

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from studio.cli import app
from studio.store.workspace import create_workspace, open_workspace
from studio.story.declarations import add_declaration
from studio.story.expiry import ASKED
from studio.story.model import Group, Person, Story

BODY = "Air menggenangi RT 03/RW 05 sejak pukul 04.30 WIB. Kerugian ditaksir Rp2,5 juta. Warga bergotong royong."


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("LANG", "id_ID.UTF-8")
    path = tmp_path / "KIM"
    with create_workspace(path, Group(id="g", name="KIM Bina Warga", village="Desa Sukamaju")) as workspace:
        ready = {"byline": ("Siti Aminah",), "place": "Sukamaju"}
        workspace.add(Story(id="a", headline="Banjir surut", date="2026-11-27", body=BODY, status="ready", **ready))
        workspace.add(Story(id="b", headline="Panen raya", date="2026-11-28", body="Panen 12,5 ton.", **ready))
        child = Person(id="p", name="Bunga Lestari", age_group="child", role="victim", protected=True)
        hidden = Story(id="c", headline="Bunga Lestari ditemukan", date="2026-11-29", body="Isi.", people=(child,))
        workspace.add(hidden)
    return path


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_one_story_is_printed_as_it_is_spoken(place):
    made = run("read-aloud", place, "2026-11-27-banjir-surut")
    assert made.exit_code == 0, made.stderr
    said = made.stdout.replace("\u00a0", " ")
    assert "er-te tiga, / er-we lima sejak pukul empat lewat tiga puluh menit Waktu Indonesia Barat. //" in said
    assert "dua koma lima juta rupiah" in said
    assert "Demikian dari KIM Bina Warga. //" in said
    assert "DRAF" not in said


def test_several_become_a_programme_without_the_one_that_must_not_leave(place, tmp_path):
    pdf = tmp_path / "siaran.pdf"
    names = ("2026-11-28-panen-raya", "2026-11-29-bunga-lestari-ditemukan", "2026-11-27-banjir-surut")
    made = run("read-aloud", place, *names, "--seconds", 30, "-o", pdf)
    assert made.exit_code == 1
    assert "bunga" in made.stderr.lower()  # which story was held back is told to the group, on the terminal
    words = " ".join(subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout.split())
    assert "Bunga" not in words
    assert words.index("dua belas koma lima ton") < words.index("dua koma lima juta rupiah")
    assert words.count("DRAF") == 1  # nobody marked the other one as ready
    assert "Terima kasih sudah mendengarkan. //" in words
    assert "30" not in words


def test_a_notice_that_is_over_says_so_alone_and_among_others(place):
    over = Story(id="d", kind="notice", headline="Posyandu buka", date="2020-11-28", body="Datanglah.", status="ready")
    over = replace(over, place="Sukamaju", byline=("Siti Aminah",))
    with open_workspace(place) as workspace:
        name = workspace.add(add_declaration(ASKED, "2020-12-01T08:00:00+07:00", "Siti").apply(over))
    alone = run("read-aloud", place, name)
    assert "hal yang sudah lewat, / dari KIM Bina Warga. //" in alone.stdout.replace("\u00a0", " "), alone.stderr
    among = run("read-aloud", place, name, "2026-11-27-banjir-surut")
    assert "hal yang sudah lewat. //" in among.stdout.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["2026-11-27-banjir-surut", "--seconds", "45"], 2, "30, 60, 90"),
        (["2026-11-27-banjir-surut", "-o", "naskah.docx"], 2, ".pdf"),
        (["2026-11-27-banjir"], 2, "2026-11-27-banjir-surut"),
        (["2026-11-29-bunga-lestari-ditemukan"], 1, "2026-11-29"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(place, words, code, said):
    made = run("read-aloud", place, *words)
    assert made.exit_code == code, made.output
    assert said in made.stderr
    assert "Traceback" not in made.output
