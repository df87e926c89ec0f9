"""``kim-studio photos`` as a user runs it, on folders of real files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from typer.testing import CliRunner

from studio.cli import app
from studio.photo.photo_place import gps_directory
from studio.services.photo_folder_order import NameFacts, fill_pattern, read_size
from studio.services.photo_folder_scan import safe_name
from tests.exiftool_server import run_exiftool

DAY = "2026:11:20 08:30:00"


def draw(path, colour=(200, 40, 30), size=(64, 48), day=DAY, artist="", turn=1, place=None):
    """A small JPEG as a phone writes it."""
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x010F] = "Kamera Rahasia"
    if artist:
        exif[0x013B] = artist
    if day:
        exif[0x8769] = {0x9003: day}
    if place:
        exif[0x8825] = gps_directory(place)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path, exif=exif)
    return path


@pytest.fixture
def folders(tmp_path, monkeypatch):
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    return tmp_path / "foto", tmp_path / "hasil"


def run(*words, faces="ok"):
    return CliRunner().invoke(app, ["photos", *(str(word) for word in words), *(["--faces", faces] if faces else [])])


def names(out):
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*.jpg"))


def size_of(path):
    with Image.open(path) as image:
        return image.format, *image.size


def told(path):
    return json.loads(run_exiftool("-j", "-n", "-a", "-G0", path))[0]


def test_size_credit_and_names(folders):
    source, out = folders
    draw(source / "IMG_10.jpg", size=(640, 480), day="2026:11:21 08:00:00", place=(-6.9, 107.6))
    draw(source / "IMG_2.jpg", size=(640, 480), turn=6)
    draw(source / "sub" / "Désa.jpg", day="", artist="Dewi Lestari")
    os.utime(source / "sub" / "Désa.jpg", (1_700_000_000, 1_700_000_000))
    made = run(
        source, out, "--size", 320, "--credit", "Budi/KIM X", "--title", "Panen", "--rename", "{tanggal}-{nomor}"
    )
    assert made.exit_code == 0, made.stderr
    assert names(out) == ["2026-11-20-002.jpg", "2026-11-21-003.jpg", "sub/2023-11-14-001.jpg"]
    assert size_of(out / "2026-11-20-002.jpg") == ("JPEG", 240, 320)  # upright
    said = told(out / "2026-11-21-003.jpg")
    assert (said["IPTC:By-line"], said["XMP:Credit"], said["IPTC:Headline"]) == ("Budi", "Budi/KIM X", "Panen")
    assert said["EXIF:Artist"] == "Budi"
    assert not [key for key in said if "GPS" in key or key == "EXIF:Make"]
    assert told(out / "sub" / "2023-11-14-001.jpg")["XMP:Creator"] == "Dewi Lestari"
    assert "GPS" in made.stdout
    assert "1 photo names its maker" in made.stdout


def test_the_place_stays_where_it_is_asked_for(folders):
    source, out = folders
    draw(source / "a.jpg", place=(-6.91742, 107.61905))
    assert run(source, out, "--keep-place").exit_code == 0
    said = told(out / "a.jpg")
    assert said["Composite:GPSLatitude"] == pytest.approx(-6.91742, abs=1e-6)
    assert said["Composite:GPSLongitude"] == pytest.approx(107.61905, abs=1e-6)


def test_bad_files_are_named_and_the_rest_made(folders):
    source, out = folders
    draw(source / "baik.jpg")
    (source / "kosong.jpg").touch()
    (source / "catatan.txt").write_text("bukan foto")
    (source / ".tersembunyi.jpg").write_bytes(b"x")
    (source / "palsu.jpg").write_bytes(b"\xff\xd8\xff\xe0 tidak utuh")
    huge = b"\x89PNG\r\n\x1a\n" + bytes.fromhex("0000000d4948445200010000000100000802000000")
    (source / "raksasa.png").write_bytes(huge + bytes(8))
    made = run(source, out)
    assert made.exit_code == 1
    assert names(out) == ["baik.jpg"]
    for bad in ("kosong.jpg", "palsu.jpg", "raksasa.png", "catatan.txt"):
        assert bad in made.stderr
    assert "tersembunyi" not in made.stderr


def test_an_iphone_photo_becomes_a_jpeg(folders):
    source, out = folders
    heic = next((Path(__file__).parents[1] / "photo" / "data").rglob("*.heic"))
    source.mkdir()
    (source / heic.name).write_bytes(heic.read_bytes())
    assert run(source, out).exit_code == 0
    assert size_of(out / f"{heic.stem}.jpg")[0] == "JPEG"


def test_what_is_current_is_not_made_again_and_names_stay(folders):
    source, out = folders
    for number in (1, 2):
        draw(source / f"{number}.jpg", day=f"2026:11:2{number} 08:00:00")
    wish = (source, out, "--rename", "{nomor}", "--json")
    assert json.loads(run(*wish).stdout)["made"] == ["001.jpg", "002.jpg"]
    stamps = {name: (out / name).stat().st_mtime_ns for name in names(out)}
    draw(source / "0.jpg", day="2026:11:01 08:00:00")  # older than all
    second = json.loads(run(*wish).stdout)
    assert (second["made"], second["kept"]) == (["003.jpg"], ["001.jpg", "002.jpg"])
    assert all((out / name).stat().st_mtime_ns == stamp for name, stamp in stamps.items())
    draw(source / "1.jpg", (0, 0, 255), day="2026:11:21 08:00:00")
    third = json.loads(run(*wish).stdout)
    assert third["made"] == ["001.jpg"]
    assert Image.open(out / "001.jpg").getpixel((9, 9))[2] > 200


def test_nothing_is_written_over_that_was_not_made_here(folders):
    source, out = folders
    draw(source / "a.jpg")
    draw(source / "b.jpg")
    out.mkdir()
    (out / "a.jpg").write_bytes(b"milik orang lain")
    made = run(source, out)
    assert made.exit_code == 0
    assert (out / "a.jpg").read_bytes() == b"milik orang lain"
    assert names(out) == ["a-2.jpg", "a.jpg", "b.jpg"]
    assert "a-2.jpg" in made.stderr
    (out / "b.jpg").write_bytes(b"diubah sendiri")
    again = run(source, out, "--credit", "Budi")
    assert (out / "b.jpg").read_bytes() == b"diubah sendiri"
    assert names(out) == ["a-2.jpg", "a.jpg", "b-2.jpg", "b.jpg"]
    assert again.exit_code == 0


def test_names_that_differ_in_capitals_or_ending_only(folders):
    source, out = folders
    for name in ("A.jpg", "a.jpeg", "sub/a.jpg"):
        draw(source / name)
    Image.new("RGBA", (20, 20)).save(source / "a.png")
    assert run(source, out).exit_code == 0
    assert len({name.casefold() for name in names(out)}) == 4
    assert "sub/a.jpg" in names(out)


def test_faces_are_asked_about(folders, monkeypatch):
    source, out = folders
    draw(source / "orang.jpg", (250, 200, 180))
    draw(source / "sawah.jpg", (20, 200, 30))
    looked = []

    def find(pixels, again):
        looked.append(1)
        face = SimpleNamespace(left=lambda: 5, top=lambda: 5, width=lambda: 9, height=lambda: 9)
        return [face] if pixels[0, 0, 0] > 100 else []

    monkeypatch.setitem(sys.modules, "dlib", SimpleNamespace(get_frontal_face_detector=lambda: find))
    made = run(source, out, faces="")
    assert made.exit_code == 1
    assert names(out) == ["sawah.jpg"]
    assert "orang.jpg (1 face)" in made.stderr
    skipped = run(source, out, faces="skip")
    assert skipped.exit_code == 0
    assert names(out) == ["sawah.jpg"]
    assert len(looked) == 2  # what was seen is remembered
    assert run(source, out, faces="ok").exit_code == 0
    assert names(out) == ["orang.jpg", "sawah.jpg"]


def test_without_a_face_finder_somebody_has_to_look(folders, monkeypatch):
    source, out = folders
    draw(source / "a.jpg")
    monkeypatch.setitem(sys.modules, "dlib", None)
    for faces in ("", "skip"):
        made = run(source, out, faces=faces)
        assert made.exit_code == 1
        assert "--faces ok" in made.stderr
    assert not out.exists()


def test_a_killed_run_goes_on_where_it_was(folders):
    source, out = folders
    for number in range(30):
        draw(source / f"{number:02}.jpg", size=(1200, 900))
    words = [sys.executable, "-m", "studio", "photos", source, out, "--faces", "ok", "--size", "1200"]
    with subprocess.Popen([str(word) for word in words], stdout=subprocess.DEVNULL) as child:
        while len(list(out.glob("*.jpg"))) < 3:
            time.sleep(0.01)
            assert child.poll() is None
        child.kill()
    there = {path.name for path in out.glob("[0-9]*.jpg")}
    assert len(there) < 30
    again = json.loads(run(source, out, "--size", 1200, "--json").stdout)
    assert set(again["kept"]) == there
    assert len(again["made"]) + len(there) == 30
    assert not list(out.glob(".tmp-*"))
    assert again["renamed"] == {}


def test_a_contact_sheet_of_all_results(folders):
    source, out = folders
    for number in range(33):
        draw(source / f"foto-{number:02}.jpg", (number * 7, 90, 160))
    wish = (source, out, "--sheet", "--title", "Panen raya", "--json")
    assert json.loads(run(*wish).stdout)["sheet"] == "lembar-kontak.pdf"
    sheet = out / "lembar-kontak.pdf"
    words = subprocess.run(["pdftotext", sheet, "-"], capture_output=True, text=True, check=True).stdout
    assert [words.count(f"foto-{number:02}.jpg") for number in (0, 29, 30, 32)] == [1, 1, 1, 1]
    assert words.count("\f") == 2
    assert "Contact sheet – Panen raya" in words
    stamp = sheet.stat().st_mtime_ns
    run(*wish)
    assert sheet.stat().st_mtime_ns == stamp
    sheet.write_bytes(b"milik orang lain")
    assert json.loads(run(*wish).stdout)["sheet"] == "lembar-kontak-2.pdf"
    assert sheet.read_bytes() == b"milik orang lain"


@pytest.mark.parametrize(
    ("where", "said"),
    [("foto", "may not go"), ("foto/../foto", "may not go"), (".", "lies in the folder"), ("berkas", "is a file")],
)
def test_folders_that_do_not_do(folders, where, said):
    source, _ = folders
    draw(source / "a.jpg")
    (source.parent / "berkas").touch()
    made = run(source, source.parent / where)
    assert made.exit_code == 2
    assert said in made.stderr
    assert names(source) == ["a.jpg"]


def test_results_within_the_folder_are_no_photos_to_take(folders):
    source, _ = folders
    draw(source / "a.jpg")
    for wish in ((source / "hasil",), (source / "hasil",), (source / "web", "--size", "web")):
        assert run(source, *wish).exit_code == 0
    assert names(source) == ["a.jpg", "hasil/a.jpg", "web/a.jpg"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--size", "was"), "Did you mean wa?"),
        (("--size", "9"), "No photo can be made"),
        (("--rename", "{tangal}"), "{tanggal}?"),
        (("--rename", "{nomor"), "cannot be used"),
        (("--rename", "{nomor:x}"), "cannot be used"),
        (("--rename", "a/{nomor}"), "may not be in the name"),
        (("--rename", " "), "cannot be used"),
        (("--corner", "tengah"), "upper-left"),
        (("--mark",), "Whose mark"),
    ],
)
def test_words_that_are_none(folders, words, said):
    source, out = folders
    draw(source / "a.jpg")
    made = run(source, out, *words)
    assert made.exit_code == 2
    assert said in made.stderr
    assert not out.exists()


def test_a_mark_lies_in_the_corner_that_was_asked_for(folders):
    source, out = folders
    draw(source / "a.jpg", (250, 250, 250), size=(600, 400))
    assert run(source, out, "--mark", "--credit", "Budi", "--corner", "upper-left").exit_code == 0
    picture = Image.open(out / "a.jpg").convert("L")
    assert picture.crop((0, 0, 200, 100)).getextrema()[0] < 150
    assert picture.crop((0, 200, 600, 400)).getextrema()[0] > 230
    assert run(source, out, "--credit", "Budi").exit_code == 0  # without the mark it is another picture
    assert Image.open(out / "a.jpg").convert("L").getextrema()[0] > 230


def test_a_full_disk_ends_the_run_and_leaves_no_half_photo(folders):
    source, out = folders
    draw(source / "a.jpg")
    Image.effect_noise((900, 900), 90).save(source / "b.jpg")
    out.mkdir()
    command = f"mount -t tmpfs -o size=64k tmpfs {out} && {sys.executable} -m studio photos {source} {out} --faces ok"
    listed = ["unshare", "-rm", "sh", "-c", f"{command}; echo ended $?; ls {out}"]
    done = subprocess.run(listed, capture_output=True, text=True, check=True)
    assert "ended 1" in done.stdout
    assert "Not enough space" in done.stderr or "full" in done.stderr
    assert "b.jpg" not in done.stdout  # Pillow wrote 50 kB of it, and said nothing
    assert "a.jpg" in done.stdout


@pytest.mark.parametrize("name", ["CON", "nul.jpg", "a" * 300, "..", "é" * 150, 'a:b/c"d', "titik. . ", "\ud800x"])
def test_every_system_takes_the_names(name):
    made = safe_name(name)
    assert made == safe_name(made)
    assert len(made.encode()) <= 181
    assert not set(made) & set('<>:"/\\|?*')
    assert made.upper().split(".")[0] not in {"CON", "NUL", ""} or not made


def test_sizes_turn_with_the_photo():
    assert read_size("cetak-a4").size_for(4000, 3000) == (3508, 2480)
    assert read_size("cetak-a4").size_for(3000, 4000) == (2480, 3508)
    assert (read_size("1080x1350").fit, read_size(" 1600 ").fit) == ("crop", "inside")
    facts = NameFacts("2026-11-20T08:30:00", 7, 3, "IMG", "Panen raya")
    assert fill_pattern("{judul} {nomor} {nama} {tanggal}", facts) == "Panen raya 007 IMG 2026-11-20"
