"""``kim-studio lessons``: list, read, print, check on a story, note, certificate."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from studio.cli import main
from studio.group.lessons import LessonProgress, progress_place
from studio.store.group_folder import GroupFolder
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group, LeadAnswers, Story
from studio.video.binary import ffmpeg_path

BODY = (
    "Sebanyak 64 warga Desa Sukamaju memperbaiki saluran irigasi di Dusun Krajan, Minggu (22/11/2026).\n\n"
    "Dinding ambrol karena hujan. Warga bekerja dengan cara dibagi menjadi empat regu.\n"
)


@pytest.fixture
def workspace(tmp_path) -> Path:
    path = tmp_path / "kim"
    with create_workspace(path, Group(name="KIM Bina Warga", village="Desa Sukamaju")) as made:
        made.add(Story(id="s1", headline="Warga perbaiki saluran", place="Sukamaju", date="2026-11-22", body=BODY))
    return path


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in ("lessons", *words)])
    return int(ended.value.code or 0)


def only_story(workspace: Path) -> str:
    with open_workspace(workspace, write=False) as opened:
        return opened.story_folders()[0]


def pdf_words(path: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout


def test_list_and_text(capsys, monkeypatch):
    assert run() == 0
    assert len(capsys.readouterr().out.splitlines()) == 13
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert run("horizon") == 0
    told = capsys.readouterr().out
    assert "Water is never tilted" in told
    assert "## Sources" in told


def test_a_task_that_is_left_and_one_that_is_noted(workspace, capsys):
    story = only_story(workspace)
    assert run("enam-pertanyaan", "--check", workspace, story, "--member", "Siti Aminah") == 1
    assert "masih kosong pada: apa, siapa" in capsys.readouterr().out
    assert run("teras", "--check", workspace, story, "--member", "Siti Aminah") == 0
    assert "Dicatat untuk Siti Aminah" in capsys.readouterr().out
    with open_workspace(workspace, write=False) as opened:
        known = GroupFolder(opened).read(progress_place("siti aminah"), LessonProgress)
    assert list(known.done) == ["teras"]
    assert known.done["teras"].story == story


def test_all_tasks_of_a_story_without_noting_anything(workspace, capsys):
    assert run("--check", workspace, only_story(workspace)) == 1
    told = capsys.readouterr().out
    assert told.count("selesai\t") == 2
    assert told.count("belum\t") == 10
    assert not (workspace / "group" / "lessons").exists()


@pytest.mark.parametrize(("sound", "heard"), [("sine=duration=0.6", "x"), ("anullsrc=d=0.6", " ")])
def test_a_clip_with_a_silent_track_is_not_heard(sound, heard, workspace, tmp_path, capsys):
    made = tmp_path / "klip.mp4"
    words = ["-f", "lavfi", "-i", "color=size=64x64:rate=10:duration=0.6", "-f", "lavfi", "-i", sound, "-shortest"]
    subprocess.run([ffmpeg_path(), "-v", "error", *words, made], check=True)
    draft = tmp_path / "draf.md"
    draft.write_text(
        f"---\nheadline: Wawancara\nbyline: [Siti]\nvideos: [{{file: {made.name}}}]\n---\nIsi.\n", encoding="utf-8"
    )
    with pytest.raises(SystemExit):
        main(["new", str(workspace), str(draft)])
    story = capsys.readouterr().out.split()[-1]
    assert run("suara-wawancara", "--check", workspace, story) == 1
    assert f"[{heard}] Suara klip terdengar" in capsys.readouterr().out


def test_a_filled_card_is_seen(workspace):
    story = only_story(workspace)
    filled = LeadAnswers(
        **dict.fromkeys(
            ("what", "who", "where", "when", "why", "how"), "saluran irigasi warga regu hujan Minggu Krajan"
        )
    )
    with open_workspace(workspace) as opened:
        opened.save(story, replace(opened.load(story), answers=filled))
    assert run("enam-pertanyaan", "--check", workspace, story) == 0


def test_all_handouts_are_one_pdf_and_the_list_says_what_a_member_did(workspace, tmp_path, capsys):
    target = tmp_path / "semua.pdf"
    assert run("--handout", target, "--workspace", workspace) == 0
    words = pdf_words(target)
    assert words.count("\f") == 12
    assert words.index("Teras yang menjawab") < words.index("Anak dan izin")
    run("--check", workspace, only_story(workspace), "--member", "Siti Aminah")
    capsys.readouterr()
    assert run("--workspace", workspace, "--member", "siti aminah") == 0
    told = capsys.readouterr().out
    assert told.count("\tselesai\t") == 2
    assert told.count("\tbelum\t") == 10


def test_handout_is_one_page_with_task_and_sources(workspace, tmp_path):
    target = tmp_path / "teras.pdf"
    assert run("teras", "--handout", target, "--workspace", workspace) == 0
    words = pdf_words(target)
    assert words.count("\f") == 1
    assert all(part in words for part in ("KIM Bina Warga", "Teras yang menjawab", "Tugas", "Luwi Ishwara", "Tanggal"))


def test_a_certificate_tells_only_what_was_done(workspace, tmp_path, capsys):
    target = tmp_path / "sertifikat.pdf"
    wanted = ("--certificate", target, "--workspace", workspace, "--member", "Siti Aminah")
    assert run(*wanted) == 1
    assert "belum menyelesaikan" in capsys.readouterr().err
    assert not target.exists()
    run("--check", workspace, only_story(workspace), "--member", "Siti Aminah")
    assert run(*wanted) == 0
    words = pdf_words(target)
    assert "Siti Aminah" in words
    assert "Teras yang menjawab" in words
    assert "Enam pertanyaan" not in words
    assert run("--certificate", target.with_suffix(".png"), *wanted[2:]) == 0
    assert target.with_suffix(".png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("tidak-ada",), 2),
        (("teras", "--handout", "x.docx"), 2),
        (("--member", "Siti Aminah"), 2),
        (("--certificate", "x.png"), 2),
        (("--certificate", "x.png", "--handout", "x.pdf"), 2),
        (("--workspace", "/tidak/ada"), 1),
        (("teras", "--check", "/tidak/ada", "x"), 1),
    ],
)
def test_wrong_use_is_explained(words, code, capsys):
    assert run(*words) == code
    assert capsys.readouterr().err.strip()


def test_an_unknown_story_is_named(workspace, capsys):
    assert run("teras", "--check", workspace, "tidak-ada") == 2
    assert "tidak-ada" in capsys.readouterr().err
