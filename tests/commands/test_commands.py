"""The commands as somebody at a terminal uses them: real processes, real files, both languages, exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from studio.video.binary import ffmpeg_path
from tests.command_server import run_command

ROOT = Path(__file__).resolve().parents[2]
DRAFT = """---
headline: Warga Sukamaju gotong royong
byline: [Siti Aminah]
place: Sukamaju
date: 2026-11-22
---
Sekitar 80 warga Desa Sukamaju bergotong royong, Minggu (22/11/2026).
"""


def _environment(language: str) -> dict[str, str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "DISPLAY", "WAYLAND"))}
    return environment | {"LANG": language, "PYTHONPATH": str(ROOT)}


def studio(*words: str, language: str = "id_ID.UTF-8") -> subprocess.CompletedProcess[str]:
    return run_command(*words, env=_environment(language))


def studio_from_nothing(*words: str) -> subprocess.CompletedProcess[str]:
    """A start as from the terminal, with all imports."""
    command = [sys.executable, "-m", "studio", *words]
    return subprocess.run(command, capture_output=True, text=True, env=_environment("id_ID.UTF-8"), check=False)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Path:
    """Made by ``new`` itself, with one story."""
    folder = tmp_path_factory.mktemp("commands")
    (folder / "naskah.md").write_text(DRAFT, encoding="utf-8")
    done = studio_from_nothing("new", str(folder / "KIM Sukamaju"), str(folder / "naskah.md"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "2026-11-22-warga-sukamaju-gotong-royong"
    assert "Ruang kerja baru dibuat" in done.stderr
    return folder / "KIM Sukamaju"


def test_new_makes_the_workspace_once_and_then_adds_to_it(workspace):
    draft = workspace.parent / "kedua.md"
    draft.write_text(DRAFT.replace("gotong royong\n", "panen raya\n", 1), encoding="utf-8")
    done = studio("new", str(workspace), str(draft))
    assert (done.returncode, done.stderr) == (0, "")
    assert (workspace / "stories" / done.stdout.strip() / "story.json").is_file()
    assert json.loads((workspace / "workspace.json").read_text(encoding="utf-8"))["name"] == "KIM Sukamaju"


@pytest.mark.parametrize(
    ("language", "told"), [("id_ID.UTF-8", "bukan ruang kerja"), ("en_GB.UTF-8", "is not a KIM Studio workspace")]
)
def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path, workspace, language, told):
    (tmp_path / "foto.txt").write_text("punya orang", encoding="utf-8")
    done = studio("new", str(tmp_path), str(workspace.parent / "naskah.md"), language=language)
    assert done.returncode == 1
    assert told in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["foto.txt"]


def test_a_mistyped_draft_makes_no_workspace(tmp_path):
    done = studio("new", str(tmp_path / "baru"), str(tmp_path / "tidakada.md"))
    assert done.returncode == 1
    assert not (tmp_path / "baru").exists()


def test_a_wrong_key_names_the_line_and_the_nearest_known_key(tmp_path, workspace):
    draft = tmp_path / "salah.md"
    draft.write_text(DRAFT.replace("byline:", "bylin:"), encoding="utf-8")
    done = studio("new", str(workspace), str(draft))
    assert done.returncode == 1
    assert "bylin" in done.stderr
    assert "byline" in done.stderr
    assert "3" in done.stderr


def test_damaged_photos_are_left_out_by_name_and_the_story_comes_in(tmp_path, workspace):
    from PIL import Image

    Image.new("RGB", (64, 48), "#336699").save(tmp_path / "baik.jpg")
    (tmp_path / "kosong.jpg").write_bytes(b"")
    (tmp_path / "palsu.mp4").write_text("bukan video", encoding="utf-8")
    media = "photos: [{file: kosong.jpg}, {file: baik.jpg}]\ncover: kosong.jpg\nvideos: [{file: palsu.mp4}]\n"
    draft = tmp_path / "tiga.md"
    draft.write_text(DRAFT.replace("place:", media + "place:").replace("royong", "bakti"), encoding="utf-8")
    done = studio("new", str(workspace), str(draft))
    assert done.returncode == 1
    assert "kosong.jpg" in done.stderr
    assert "palsu.mp4" in done.stderr
    story = json.loads((workspace / "stories" / done.stdout.strip() / "story.json").read_text(encoding="utf-8"))
    assert [photo["name"] for photo in story["photos"]] == ["baik.jpg"]
    assert (story["cover"], story["videos"]) == ("", [])


def test_export_prints_a_table_and_the_second_run_makes_nothing(workspace):
    first = studio_from_nothing("export", str(workspace), "--outlet", "telegram")
    assert first.returncode == 0, first.stderr
    assert "telegram" in first.stdout
    again = studio("export", str(workspace), "--outlet", "telegram")
    assert "0 berkas dibuat" in again.stdout
    # As the window does: the version that readers got has a name, once.
    kept = sorted(path.name for path in workspace.glob("stories/*gotong-royong/history/*.json"))
    assert [name.endswith("-export.json") for name in kept].count(True) == 1, kept


def test_export_as_json_is_the_manifests_with_what_was_there_before(workspace):
    story = "2026-11-22-warga-sukamaju-gotong-royong"
    studio("export", str(workspace), story, "--outlet", "telegram")
    done = studio("export", str(workspace), story, "--outlet", "x", "--json")
    manifests = json.loads(done.stdout)
    assert {file["outlet"] for manifest in manifests for file in manifest["files"]} == {"telegram", "x"}


def test_the_site_of_the_library_holds_what_is_ready_and_stands_alone(workspace, tmp_path):
    done = studio("export", str(workspace), "--site", "--out", str(tmp_path / "situs"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == str(tmp_path / "situs" / "index.html")
    assert "gotong-royong" not in (tmp_path / "situs" / "index.html").read_text(encoding="utf-8")  # a draft
    assert "gotong-royong: Masih ditulis" in done.stderr
    for language, told in (("id_ID.UTF-8", "seluruh pustaka"), ("en_GB.UTF-8", "whole library")):
        wrong = studio("export", str(workspace), "--site", "--outlet", "x", language=language)
        assert (wrong.returncode, wrong.stdout) == (2, "")
        assert told in wrong.stderr


def test_what_the_site_leaves_out_or_takes_down_is_named_and_ends_with_one(tmp_path):
    (tmp_path / "naskah.md").write_text(DRAFT, encoding="utf-8")
    place, out = tmp_path / "KIM", tmp_path / "situs"
    folder = studio("new", str(place), str(tmp_path / "naskah.md")).stdout.strip()
    assert studio("check", str(place), folder, "--ready", "--by", "Siti").returncode == 0
    first = studio("export", str(place), "--site", "--out", str(out), "--json")
    assert (first.returncode, first.stderr) == (0, "")
    assert (json.loads(first.stdout)["stories"], json.loads(first.stdout)["left_out"]) == (1, [])
    file = place / "stories" / folder / "story.json"
    story = json.loads(file.read_text(encoding="utf-8"))
    story["people"] = [{"id": "a", "name": "Rani Oktaviani", "age_group": "child", "role": "victim"}]
    story["body"] += " Rani Oktaviani (9) ikut."
    file.write_text(json.dumps(story), encoding="utf-8")
    gone = studio("export", str(place), "--site", "--out", str(out), "--json")
    assert gone.returncode == 1
    told = json.loads(gone.stdout)
    assert told["stories"] == 0
    assert [(left["story"], left["code"], left["taken_down"]) for left in told["left_out"]] == [
        (folder, "export.refused", True)
    ]
    assert f"{folder}: diturunkan dari situs." in gone.stderr
    assert not (out / folder).exists()
    story |= {"status": "withdrawn", "people": []}
    story["log"] += [{"status": "withdrawn", "when": "2026-11-23T08:00:00+07:00", "reason": "Datanya keliru"}]
    file.write_text(json.dumps(story), encoding="utf-8")
    withdrawn = studio("export", str(place), "--site", "--out", str(out))
    assert withdrawn.returncode == 1
    assert "Dicabut 23/11/2026" in withdrawn.stderr
    assert "Datanya keliru" in (out / folder / "index.html").read_text(encoding="utf-8")


def test_an_export_to_a_stick_spares_what_others_put_there(workspace, tmp_path):
    folder, stick = "2026-11-22-warga-sukamaju-gotong-royong", tmp_path / "stik"
    (stick / folder / "x").mkdir(parents=True)
    named = studio("export", str(workspace), folder, "--outlet", "x", "--out", str(tmp_path / "lain"))
    assert named.returncode == 0
    name = next(path.name for path in (tmp_path / "lain" / folder / "x").iterdir() if path.suffix == ".txt")
    mine = stick / folder / "x" / name
    mine.write_text("punya orang", encoding="utf-8")
    done = studio("export", str(workspace), folder, "--outlet", "x", "--out", str(stick))
    assert done.returncode == 1
    assert f"x/{name}" in done.stderr
    assert "tidak ditimpa" in done.stderr
    assert mine.read_text(encoding="utf-8") == "punya orang"
    (tmp_path / "naskah.md").write_text(DRAFT, encoding="utf-8")
    assert studio("new", str(tmp_path / "KIM Dua"), str(tmp_path / "naskah.md")).stdout.strip() == folder
    before = (tmp_path / "lain" / folder / "x" / name).read_bytes()
    other = studio("export", str(tmp_path / "KIM Dua"), "--outlet", "x", "--out", str(tmp_path / "lain"))
    assert other.returncode == 1
    assert "kelompok lain" in other.stderr
    assert (tmp_path / "lain" / folder / "x" / name).read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [("export",), ("tidakada",), ("export", "{ws}", "--outlet", "myspace"), ("export", "{ws}", "--jobs", "-1")],
    ids=["nothing named", "no such command", "no such outlet", "no such number"],
)
def test_wrong_use_ends_with_two(workspace, words):
    done = studio(*(word.format(ws=workspace) for word in words))
    assert done.returncode == 2
    assert done.stderr


def test_a_mistyped_story_is_wrong_use_and_the_nearest_is_named(workspace):
    done = studio("export", str(workspace), "2026-11-22-warga-sukamaju-gotong-royog", "--outlet", "facebook")
    assert done.returncode == 2
    assert "2026-11-22-warga-sukamaju-gotong-royong" in done.stderr
    assert not list((workspace / "exports").glob("*/facebook"))


def test_outlets_tells_limits_with_source_and_date():
    told = json.loads(studio("outlets", "--json").stdout)
    assert all("size" not in output for outlet in told for output in outlet["outputs"] if output["kind"] == "text")
    assert "0x0" not in studio("outlets").stdout
    english = studio("outlets", language="en_GB.UTF-8").stdout
    for outlet in told:
        assert outlet["source_en"] in english, outlet["id"]
        assert outlet["source"] not in english, outlet["id"]
    assert {outlet["id"] for outlet in told} >= {"whatsapp", "instagram", "website", "mading"}
    assert all(outlet["checked"] and outlet["source"] for outlet in told)


def test_doctor_names_versions_and_ends_well_or_says_what_is_missing():
    done = studio("doctor")
    assert "ffmpeg" in done.stdout.lower()
    assert done.returncode in {0, 1}


def test_check_prints_findings_and_marks_a_story_ready_so_that_its_posts_lose_the_mark(workspace):
    folder = "2026-11-22-warga-sukamaju-gotong-royong"
    told = studio("check", str(workspace), folder)
    assert told.returncode == 0
    assert "narasumber" in told.stdout
    text = workspace / "exports" / folder / "telegram" / "kiriman.txt"
    studio("export", str(workspace), folder, "--outlet", "telegram")
    assert text.read_text(encoding="utf-8").startswith("[DRAF] ")
    assert studio("check", str(workspace), folder, "--ready", "--by", "Siti").returncode == 0
    studio("export", str(workspace), folder, "--outlet", "telegram")
    assert "DRAF" not in text.read_text(encoding="utf-8")


def test_check_as_json_ends_with_one_where_something_stops_a_story(tmp_path, workspace):
    draft = tmp_path / "hari.md"
    draft.write_text(DRAFT.replace("Minggu (22/11/2026)", "Senin (22/11/2026), NIK 3201014107900003"), encoding="utf-8")
    folder = studio("new", str(workspace), str(draft)).stdout.strip()
    done = studio("check", str(workspace), folder, "--json", "--ready", language="en_GB.UTF-8")
    assert done.returncode == 1
    (story,) = json.loads(done.stdout)
    assert not story["ready"]
    assert {f["code"] for f in story["findings"] if f["level"] == "block"} == {"language_weekday", "people_private"}
    assert "cannot be marked as ready" in done.stderr
    refused = studio("export", str(workspace), folder, "--outlet", "x")
    assert refused.returncode == 1
    assert "3201014107900003" in refused.stderr
    assert not (workspace / "exports" / folder).exists()


def test_a_lock_of_a_dead_laptop_is_named_and_taken_over_when_asked(tmp_path):
    draft, folder = tmp_path / "naskah.md", tmp_path / "KIM"
    draft.write_text(DRAFT, encoding="utf-8")
    story = studio("new", str(folder), str(draft)).stdout.strip()
    lock = folder / ".studio" / "lock"
    holder = {"host": "laptop-balai", "pid": 4, "user": "siti", "since": "2026-11-22T02:00:00+00:00", "token": "t"}
    lock.write_text(json.dumps(holder), encoding="utf-8")
    os.utime(lock, (1_763_777_700, 1_763_777_700))
    for command in (["new", str(folder), str(draft)], ["check", str(folder), story, "--ready"]):
        done = studio(*command)
        assert done.returncode == 1
        assert "laptop-balai" in done.stderr
        assert "--take-over" in done.stderr
        assert "Traceback" not in done.stderr
    assert lock.stat().st_mtime == 1_763_777_700
    done = studio("new", str(folder), str(draft), "--take-over")
    assert (done.returncode, done.stderr) == (0, "")
    assert lock.read_bytes() == b""
    assert len(list((folder / "stories").iterdir())) == 2


CARDS = """
format = 1
id = "kecil"
name = "Kecil"
checked = 2026-11-30
source = "uji"
[[output]]
file = "kartu.jpg"
kind = "card"
design = "judul"
size = [180, 320]
[[output]]
file = "kartu.mp4"
kind = "motion"
size = [180, 320]
fps = 10
"""
"""A file that is made at once, and one that takes long enough to be interrupted."""


def workers_of(pid: int) -> list[int]:
    """The processes in which an export works, as the system lists them."""
    found = []
    for place in Path("/proc").iterdir():
        with suppress(OSError, IndexError):
            if place.name.isdigit() and int((place / "stat").read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found += [int(place.name)] * (b"spawn_main" in (place / "cmdline").read_bytes())
    return found


def test_a_killed_worker_costs_its_files_a_second_try_and_not_the_run(workspace, tmp_path):
    story = "2026-11-22-warga-sukamaju-gotong-royong"  # the others here are refused, or not, by what came before
    (pack := workspace / "templates" / "kecil").mkdir(parents=True)
    (pack / "outlet.toml").write_text(CARDS, encoding="utf-8")
    words = ["export", str(workspace), story, "--outlet", "kecil", "--out"]
    shared = [sys.executable, "-m", "studio", *words, str(tmp_path / "a"), "--jobs", "2"]
    with subprocess.Popen(shared, env=_environment("id_ID.UTF-8"), stderr=subprocess.PIPE, text=True) as run:
        while run.poll() is None and not list((tmp_path / "a").rglob(".manifest.journal")):  # it is well under way
            time.sleep(0.01)
        os.kill(workers_of(run.pid)[0], signal.SIGKILL)
        _, told = run.communicate()
    assert (run.returncode, "Traceback" in told) == (0, False), told
    assert studio(*words, str(tmp_path / "b"), "--jobs", "1").returncode == 0
    made, expected = (
        {p.relative_to(d): p.read_bytes() for p in d.rglob("*.*") if p.name != "manifest.json"}
        for d in (tmp_path / "a", tmp_path / "b")
    )
    assert made == expected


def test_new_tells_what_is_odd_about_subtitles(tmp_path):
    clip = ["-f", "lavfi", "-i", "color=gray:s=64x64:r=10:d=1", "-c:v", "libx264", "-preset", "ultrafast"]
    subprocess.run([ffmpeg_path(), "-v", "error", *clip, str(tmp_path / "a.mp4")], stdin=subprocess.DEVNULL, check=True)
    cues = "1\n00:00:00,100 --> 00:00:00,400\nsatu\n\n2 00:00:00,500 -->\nhilang\n"
    (tmp_path / "a.srt").write_text(cues, encoding="utf-8")
    draft = tmp_path / "naskah.md"
    head = "---\nheadline: Panen\nbyline: [Siti]\nvideos:\n  - file: a.mp4\n    subtitles: a.srt\n---\nIsi.\n"
    draft.write_text(head, encoding="utf-8")
    done = studio("new", str(tmp_path / "ruang"), str(draft))
    assert done.returncode == 0, done.stderr
    assert "a.srt" in done.stderr
    assert "baris 5" in done.stderr
