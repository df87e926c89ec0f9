"""Lessons as data: all are read in both languages, each finding leads to one or says why not, groups add their own."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.checks.lesson_tasks import TASKS
from studio.group.lessons import LessonProgress, progress_place, with_learned
from studio.paint.art import read_art
from studio.services.lesson_shelf import LessonShelf, load_lessons
from studio.services.lesson_tasks import CheckedTask, step_words

LESSONS = assets_dir() / "lessons"
OWN = """
task = "lead"
desks = ["write"]
title = { id = "Teras cara kami" }
summary = { id = "Satu kalimat." }
asks = { id = "Tulis teras." }
sources = { id = ["KIM Bina Warga"] }
"""


@pytest.fixture(scope="module")
def shelf() -> LessonShelf:
    return load_lessons()


@pytest.fixture(scope="module")
def codes() -> set[str]:
    texts = MessageTexts(assets_dir() / "messages")
    return {code.removeprefix("check.") for code in texts.codes() if code.startswith("check.")}


def test_there_are_twelve_and_each_has_a_task_of_its_own(shelf):
    assert not shelf.problems
    assert sorted(each.lesson.task for each in shelf.lessons) == sorted(TASKS)
    assert [each.lesson.order for each in shelf.lessons] == list(range(1, 13))
    assert all(len(each.lesson.sources["id"]) == len(each.lesson.sources["en"]) for each in shelf.lessons)


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_is_read_in_three_minutes_and_has_a_picture(language, shelf):
    for each in shelf.lessons:
        parts = each.parts(language)
        words = len(re.findall(r"\w+", " ".join(part.text for part in parts)))
        assert 330 <= words <= 520, (each.lesson.id, words)
        (picture,) = [part for part in parts if part.picture]
        drawn = read_art(each.picture(picture.picture, language))
        assert drawn.boxes
        assert picture.text
        assert each.lesson.title[language]
        assert each.lesson.asks[language]
        assert each.lesson.summary[language]


def test_the_words_of_a_picture_are_those_of_the_language(shelf):
    teras = shelf.find("teras")
    told = {language: teras.picture("gambar.svg", language) for language in ("id", "en")}
    assert 'data-text="Rincian"' in told["id"]
    assert 'data-text="Details"' in told["en"]
    assert "data-text-en" not in told["id"] + told["en"]
    assert "Rincian" not in told["en"]


def test_every_finding_leads_to_one_lesson_or_says_why_to_none(shelf, codes):
    listed = tomllib.loads((LESSONS / "tanpa-pelajaran.toml").read_text(encoding="utf-8"))["without"]
    without = [code for group in listed for code in group["codes"]]
    told = [code for each in shelf.lessons for code in each.lesson.findings]
    assert sorted((*told, *without)) == sorted(codes)
    assert all(group["reason"]["id"] and group["reason"]["en"] for group in listed)


def test_a_desk_shows_what_belongs_to_it_first(shelf):
    assert [each.lesson.id for each in shelf.of_desk("photo")][:2] == ["keterangan-foto", "cahaya-dan-sepertiga"]
    assert all(shelf.of_desk(desk) for desk in ("write", "photo", "video", "check", "publish"))
    assert shelf.of_finding("language_long_lead").lesson.id == "teras"
    assert shelf.of_finding("language_unknown") is None


def test_steps_say_what_is_left_in_both_languages(shelf):
    steps = {step.code for task in TASKS.values() for step in task(_nothing())}
    for language in ("id", "en"):
        texts = MessageTexts(assets_dir() / "messages", language)
        for task in TASKS.values():
            for step in task(_nothing()):
                told = step_words(step, texts)
                assert told
                assert "{" not in told
                assert not told.startswith("lesson.")
    assert len(steps) > 20


def _nothing():
    from studio.checks.lesson_steps import TaskMatter
    from studio.story.model import Story

    return TaskMatter(Story(id="s"))


def own_lesson(workspace: Path, name: str, toml: str = OWN, text: str = "Kami menulis begini.") -> Path:
    folder = workspace / "lessons" / name
    folder.mkdir(parents=True)
    (folder / "pelajaran.toml").write_text(toml, encoding="utf-8")
    (folder / "pelajaran.md").write_text(text, encoding="utf-8")
    return folder


def test_a_group_adds_lessons_and_replaces_one_by_its_name(tmp_path):
    own_lesson(tmp_path, "teras")
    own_lesson(tmp_path, "arisan")
    found = load_lessons(tmp_path)
    assert len(found.lessons) == 13
    assert not found.problems
    assert found.find("teras").lesson.title["id"] == "Teras cara kami"
    assert found.find("arisan").parts("en")[0].text == "Kami menulis begini."


@pytest.mark.parametrize(
    ("name", "toml", "code"),
    [
        ("rusak", "task = ", "lesson.broken"),
        ("asing", OWN.replace('"lead"', '"fly"'), "lesson.broken"),
        ("baru", f"format = 2\n{OWN}", "lesson.newer"),
        ("tanpa-judul", OWN.replace("Teras cara kami", " "), "lesson.broken"),
        ("Nama Besar", OWN, "lesson.broken"),
        ("lebih", f'warna = "merah"\n{OWN}', "lesson.broken"),
    ],
)
def test_a_broken_lesson_is_named_and_the_others_stay(name, toml, code, tmp_path):
    own_lesson(tmp_path, name, toml)
    found = load_lessons(tmp_path)
    assert len(found.lessons) == 12
    assert [problem.code for problem in found.problems] == [code]


@pytest.mark.parametrize(
    "inside", ['<image href="file:///etc/passwd"/>', "<style>a{fill:url(http://x)}</style>", "<!DOCTYPE x>"]
)
def test_a_picture_that_points_elsewhere_is_not_shown(inside, tmp_path):
    folder = own_lesson(tmp_path, "nakal", text="![Gambar](gambar.svg)")
    (folder / "gambar.svg").write_text(f'<svg viewBox="0 0 9 9">{inside}</svg>', encoding="utf-8")
    assert [problem.code for problem in load_lessons(tmp_path).problems] == ["lesson.picture"]


def test_a_text_behind_a_link_is_not_read(tmp_path):
    folder = own_lesson(tmp_path, "tautan")
    (tmp_path / "rahasia.md").write_text("rahasia", encoding="utf-8")
    (folder / "pelajaran.md").unlink()
    (folder / "pelajaran.md").symlink_to(tmp_path / "rahasia.md")
    assert [problem.code for problem in load_lessons(tmp_path).problems] == ["lesson.unreadable"]


def test_the_first_time_counts_and_names_are_one_however_written():
    first = with_learned(LessonProgress(member="Siti"), "teras", "2026-11-30T08:00:00+07:00", "a")
    assert with_learned(first, "teras", "2026-12-01T08:00:00+07:00", "b") is first
    assert progress_place("Siti  Aminah") == progress_place(" siti aminah")
    assert progress_place("Siti") != progress_place("Sita")
    assert not CheckedTask("teras", ()).done


def test_an_error_of_a_lesson_says_what_to_do():
    words = MessageTexts(assets_dir() / "messages").explain(UserError("lesson.newer", lesson="x", format=2))
    assert "Perbarui" in words
