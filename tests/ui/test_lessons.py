"""Lessons in the window, with real presses: opened from a desk and a finding, a task checked, noted and gone to."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from studio.group.lessons import LessonProgress, progress_place
from studio.services import lesson_shelf
from studio.services.lesson_shelf import load_lessons
from studio.services.self_map_rounds import load_instrument
from studio.store.group_folder import GroupFolder
from studio.story.edits import set_field
from studio.ui.widgets.lesson_page import LessonPicture

LEFT = Qt.MouseButton.LeftButton
LEAD = "Sebanyak 64 warga Desa Sukamaju memperbaiki saluran irigasi di Dusun Krajan, Minggu (22/11/2026)."


@pytest.fixture
def learner(opened):
    opened.tools.settings.set("author", "Siti Aminah")
    return opened


def shown(studio, answers, by_hand):
    """What a person does with the lessons when they open."""

    def run(dialog):
        dialog.show()
        by_hand(dialog)
        result = dialog.result()
        dialog.hide()
        return result

    answers.on_show = run


def titles(dialog):
    return [dialog.list.item(at).text() for at in range(dialog.list.count())]


def steps(dialog):
    return [dialog.steps.itemAt(at) for at in range(dialog.steps.count())]


def go_buttons(dialog):
    QApplication.processEvents()
    return [each for each in dialog.findChildren(QPushButton) if each.text() == "Ke tempatnya" and each.isVisible()]


def test_a_task_is_checked_noted_and_on_the_certificate(learner, answers, tmp_path):
    learner.stories.session.edit(set_field("body", LEAD))
    answers.target = tmp_path / "sertifikat"

    def by_hand(dialog):
        assert titles(dialog)[0] == "Teras yang menjawab"
        assert not dialog.certificate.isEnabled()
        QTest.mouseClick(dialog.check, LEFT)
        assert len(steps(dialog)) == 4
        assert "Dicatat untuk Siti Aminah" in dialog.outcome.text()
        assert dialog.learned.text() == "1 dari 12 selesai"
        QTest.mouseClick(dialog.certificate, LEFT)

    shown(learner, answers, by_hand)
    QTest.mouseClick(learner.window.shell.lessons, LEFT)
    assert answers.asked == ["LessonsDialog"]
    assert (tmp_path / "sertifikat.pdf").read_bytes().startswith(b"%PDF")
    kept = GroupFolder(learner.stories.workspace).read(progress_place("Siti Aminah"), LessonProgress)
    assert kept.done["teras"].story == learner.stories.session.folder


def test_a_check_does_not_wait_for_an_export(make_studio, threaded_jobs, workspace_path, answers, qtbot):
    export = threading.Event()
    studio = make_studio(jobs=threaded_jobs)
    studio.open_workspace(workspace_path)
    studio.stories.new()
    threaded_jobs.start("ekspor", lambda _: export.wait(30))

    def by_hand(dialog):
        dialog.show()
        QTest.mouseClick(dialog.check, LEFT)
        qtbot.waitUntil(lambda: "Masih" in dialog.outcome.text(), timeout=30_000)
        assert "ekspor" in [job.title for job in threaded_jobs.running()]

    shown(studio, answers, by_hand)
    try:
        studio.window.story_actions.show_lesson("suara-wawancara")
    finally:
        export.set()


def test_what_is_left_leads_to_its_place(learner, answers):
    def by_hand(dialog):
        QTest.keyClick(dialog.list, Qt.Key.Key_Down)
        assert dialog.head.text() == "Keterangan foto"
        QTest.mouseClick(dialog.check, LEFT)
        assert "Masih 1 hal" in dialog.outcome.text()
        for _ in range(5):  # layouts follow one another by posted events
            QApplication.processEvents()
        # What the check said is in sight, though the steps above it have grown.
        assert not dialog.outcome.visibleRegion().isEmpty()
        assert dialog.check.visibleRegion().boundingRect().size() == dialog.check.size()
        QTest.mouseClick(go_buttons(dialog)[0], LEFT)

    shown(learner, answers, by_hand)
    learner.window.go("publish")
    QTest.keyClick(learner.window.shell, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert learner.window.desk == "photo"
    assert not (learner.stories.workspace.path / "group" / "lessons").exists()


def test_the_desk_that_is_open_has_its_lessons_first(learner, answers):
    learner.window.go("video")
    seen = []
    shown(learner, answers, lambda dialog: seen.extend(titles(dialog)))
    learner.window.actions.all["lessons"].trigger()
    assert seen[:3] == ["Suara wawancara", "Lima bidikan", "Memotong video"]
    assert len(set(seen)) == 12


def test_every_lesson_is_shown_with_its_picture(learner, answers):
    def by_hand(dialog):
        for at in range(dialog.list.count()):
            dialog.list.setCurrentRow(at)
            assert dialog.page.findChildren(LessonPicture)[-1].accessibleName()
            assert dialog.area.accessibleDescription()
        assert not answers.said
        for _ in range(3):  # a column in a row in a column: each is told of the sizes in the next one
            QApplication.processEvents()
        lying = [dialog.page.layout().itemAt(at).geometry() for at in range(dialog.page.layout().count())]
        assert all(above.bottom() < below.top() for above, below in pairwise(lying))
        drawn = dialog.page.findChildren(LessonPicture)[-1]
        assert drawn.height() == pytest.approx(drawn.width() * 300 / 720, abs=1)

    shown(learner, answers, by_hand)
    learner.window.story_actions.show_lesson("")


def test_a_member_is_chosen_or_typed_and_learns_alone(opened, answers):
    answers.text = "Rahmat Hidayat"
    opened.stories.session.edit(set_field("body", LEAD))

    def by_hand(dialog):
        QTest.mouseClick(dialog.check, LEFT)
        assert "Pilih siapa yang belajar" in dialog.outcome.text()
        dialog.member.setFocus()
        QTest.keyClick(dialog.member, Qt.Key.Key_End)  # "Nama lain…"
        assert dialog.member.currentText() == "Rahmat Hidayat"
        QTest.mouseClick(dialog.check, LEFT)

    shown(opened, answers, by_hand)
    opened.window.story_actions.show_lesson("teras")
    assert list(opened.stories.group.records.records("lessons", LessonProgress)) == [progress_place("Rahmat Hidayat")]
    assert opened.tools.settings.text("author") == "Rahmat Hidayat"


def test_without_a_story_lessons_are_read_and_printed(studio, answers, tmp_path, monkeypatch):
    known = load_lessons()
    monkeypatch.setattr(lesson_shelf, "load_lessons", lambda _: replace(known, lessons=known.lessons[:2]))
    answers.target = tmp_path / "lembar.pdf"

    def by_hand(dialog):
        assert not dialog.check.isEnabled()
        assert "Buka atau buat satu berita" in dialog.outcome.text()
        QTest.mouseClick(dialog.handout, LEFT)
        answers.target = tmp_path / "semua"
        QTest.mouseClick(dialog.handouts.button, LEFT)
        assert dialog.handouts.button.text().strip() == "Semua lembar…"

    shown(studio, answers, by_hand)
    QTest.mouseClick(studio.window.shell.lessons, LEFT)
    assert (tmp_path / "lembar.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "semua.pdf").read_bytes().count(b"/Type /Page\n") == 2


def test_steps_of_the_self_map_lead_to_lessons_that_are_there(learner, answers):
    shelf = load_lessons()
    linked = [each.lesson for each in load_instrument().indicator if each.lesson]
    assert len(linked) == 8
    assert all(shelf.find(lesson) for lesson in linked)
    opened_at = []
    shown(learner, answers, lambda dialog: opened_at.append(dialog.head.text()))
    learner.window.group_place.show("map")
    page = learner.window.group_place.desk.page
    page.begin()
    for each in load_instrument().indicator:  # what is left then are steps with a lesson
        if not each.lesson:
            page.cards[each.id].buttons.button(4).click()
    page.tabs.setCurrentIndex(0)
    QApplication.processEvents()
    way = next(each for each in page.result.findChildren(QPushButton) if each.text().strip() == "Pelajaran")
    assert way.isVisible()
    QTest.mouseClick(way, LEFT)
    assert opened_at[0] in {shelf.find(lesson).lesson.title["id"] for lesson in linked}


def test_the_shot_list_of_the_story_goes_onto_phone_and_paper(learner, answers, tmp_path, monkeypatch, qtbot):
    from studio.publish import lan_server

    monkeypatch.setattr(lan_server, "local_address", lambda: "127.0.0.1")
    answers.target = tmp_path / "daftar"

    def by_hand(dialog):
        assert dialog.chosen.id == "kerja-bakti"
        assert "dapur umum" in dialog.text.text().casefold()
        assert learner.stories.session.story.headline not in dialog.text.text()
        QTest.mouseClick(dialog.phone, LEFT)
        assert dialog.address.text().startswith("http://127.0.0.1:")
        dialog.kinds.setFocus()
        QTest.keyClick(dialog.kinds, Qt.Key.Key_Down)  # another list ends the page of this one
        assert dialog.address.text() == ""
        QTest.mouseClick(dialog.phone, LEFT)
        dialog._page._shared.heard -= 3600  # nobody asked for an hour: the code leads nowhere any more
        qtbot.waitUntil(lambda: "mati sendiri" in dialog.told.text())
        assert dialog.address.text() == ""
        QTest.mouseClick(dialog.paper, LEFT)
        QTest.mouseClick(dialog.copy, LEFT)
        dialog.reject()

    shown(learner, answers, by_hand)
    learner.window.actions.all["shots"].trigger()
    assert (tmp_path / "daftar.pdf").read_bytes().startswith(b"%PDF")
    assert "*Panen, sawah, dan ternak*" in QApplication.clipboard().text()
