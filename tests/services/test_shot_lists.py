"""Shot lists: which one a story gets, what a phone and a printer get of it, and nothing of the story itself."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.cli import main
from studio.group.shot_lists import shot_list_of
from studio.publish.lan_shots import ShotPage
from studio.services import shot_lists
from studio.services.shot_lists import SAVED_PAGE, load_shot_lists, shot_page, shot_text, write_shot_lists
from studio.story.model import Group, Story

LISTS = load_shot_lists()
OWN = """
title = { id = "Arisan" }
shots = [{ size = "wide", id = "Ruang tamu <b>" }]
questions = { id = ["Siapa dapat?"] }
care = { id = "Jangan sebut uangnya." }
"""


@pytest.fixture(scope="module")
def texts():
    return {language: MessageTexts(assets_dir() / "messages", language) for language in ("id", "en")}


def test_the_lists_are_whole_in_both_languages(texts):
    assert not LISTS.problems
    assert LISTS.lists[0].id == "umum"
    for each in LISTS.lists:
        assert 5 <= len(each.shots) <= 8
        assert all(shot.en for shot in each.shots)
        assert len(each.questions["id"]) == len(each.questions["en"]) >= 3
        told = shot_text(each, texts["en"])
        assert "shots." not in told
        assert each.care["en"] in told


@pytest.mark.parametrize(
    ("story", "wanted"),
    [
        (Story(id="s"), "umum"),
        (Story(id="s", headline="Warga gotong royong perbaiki jembatan"), "kerja-bakti"),
        (Story(id="s", headline="Panen raya padi naik 12 persen"), "panen"),
        (Story(id="s", service="posyandu", headline="Jadwal panen"), "posyandu"),
        (Story(id="s", kind="factcheck", headline="Kabar banjir di Krajan tidak benar"), "cek-fakta"),
        (Story(id="s", kind="profile", headline="Mbah Karto, penjaga mata air"), "profil-warga"),
        (Story(id="s", kind="profile", headline="Pasar Minggu Pagi, lapak hasil kebun"), "usaha-warga"),
        (Story(id="s", category="kesehatan", headline="Kegiatan hari Selasa"), "posyandu"),
        (Story(id="s", headline="Swapasar"), "umum"),
        (Story(id="s", headline="Jalan desa Krajan selesai dirabat"), "pembangunan"),
        (Story(id="s", headline="Murid PAUD Melati belajar menanam"), "sekolah"),
        (Story(id="s", service="orang-hilang", headline="Mohon bantuan mencari Kakek Karso"), "kehilangan"),
    ],
)
def test_a_story_gets_the_list_of_its_kind(story, wanted):
    assert shot_list_of(story, LISTS.lists).id == wanted


def test_every_kind_of_notice_has_a_list_of_its_own_events():
    kinds = [path.stem for path in (assets_dir() / "services").glob("*.toml")]
    assert len(kinds) > 20
    assert not [kind for kind in kinds if shot_list_of(Story(id="s", service=kind), LISTS.lists).id == "umum"]


def test_a_group_adds_its_own_and_a_broken_one_is_named(tmp_path, texts):
    (tmp_path / "shot_lists").mkdir()
    (tmp_path / "shot_lists" / "arisan.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "shot_lists" / "rusak.toml").write_text('title = "x"', encoding="utf-8")
    found = load_shot_lists(tmp_path)
    assert [problem.code for problem in found.problems] == ["shots.broken"]
    own = found.find("arisan")
    assert len(found.lists) == len(LISTS.lists) + 1
    page = shot_page(own, texts["en"])  # without a translation the Indonesian words
    assert "Ruang tamu &lt;b&gt;" in page
    assert "Jangan sebut uangnya." in page


def test_the_page_needs_nothing_from_outside_and_has_large_boxes(texts):
    page = shot_page(LISTS.find("posyandu"), texts["id"], served=True)
    assert not re.search(r"(?:src|href)=\"(?!daftar-bidikan\.html)", page)
    assert page.count('type="checkbox"') == 9
    assert "min-height:48px" in page
    assert SAVED_PAGE not in shot_page(LISTS.find("posyandu"), texts["id"])


def test_paper_is_one_page_with_all_of_it(tmp_path, texts):
    target, two = tmp_path / "daftar.pdf", (LISTS.find("layanan-desa"), LISTS.find("bencana"))
    write_shot_lists(target, two, Group(name="KIM Bina Warga"), texts["id"])
    words = subprocess.run(["pdftotext", target, "-"], check=True, capture_output=True, text=True).stdout
    assert words.count("\f") == 2
    for chosen, page in zip(two, words.split("\f"), strict=False):
        flat = " ".join(page.split())
        assert all(shot.id in flat for shot in chosen.shots)
        assert all(asked in flat for asked in chosen.questions["id"])
    with pytest.raises(UserError, match=r"shots\.out_kind"):
        write_shot_lists(tmp_path / "x.docx", LISTS.lists[:1], Group(), texts["id"])


def fetch(address: str) -> tuple[int, str]:
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=5)
    connection.request("GET", parts.path)
    answer = connection.getresponse()
    told = answer.read().decode()
    connection.close()
    return answer.status, told


def test_a_phone_gets_the_page_with_the_token_only_until_it_ends(texts):
    page = ShotPage(shot_page(LISTS.lists[0], texts["id"], served=True), host="127.0.0.1")
    page.start()
    try:
        address = page.address
        assert fetch(address)[0] == 200
        assert "Simpan di ponsel" in fetch(f"{address}{SAVED_PAGE}")[1]
        assert fetch(f"{address}../../etc/passwd")[0] == 404
        assert fetch(f"{address}lain")[0] == 404
        assert fetch(address.replace(address.split("/")[3], "salah"))[0] == 404
    finally:
        page.stop()
    with pytest.raises(OSError, match="refused"):
        fetch(address)


def test_the_command_names_prints_and_writes(tmp_path, capsys, monkeypatch):
    def run(*words):
        with pytest.raises(SystemExit) as ended:
            main(["shots", *map(str, words)])
        return ended.value.code

    assert run() == 0
    assert len(capsys.readouterr().out.splitlines()) == len(LISTS.lists) + 1
    assert run("panen") == 0
    assert "☐ Dekat: Wajah petani" in capsys.readouterr().out
    assert run("panen", "-o", tmp_path / "d.html") == 0
    assert "Wajah petani" in (tmp_path / "d.html").read_text(encoding="utf-8")
    assert run("bukan") == 2
    assert run("panen", "-o", tmp_path / "d.txt") == 2
    monkeypatch.setattr(shot_lists, "load_shot_lists", lambda _: replace(LISTS, lists=LISTS.lists[:2]))
    assert run("-o", tmp_path / "semua.pdf") == 0  # without a kind: all of them
    words = subprocess.run(["pdftotext", tmp_path / "semua.pdf", "-"], check=True, capture_output=True, text=True)
    assert words.stdout.count("\f") == 2
    assert run("-o", tmp_path / "semua.html") == 2
    assert not (tmp_path / "semua.html").exists()
