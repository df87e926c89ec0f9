"""The first run: one way on where nothing is yet, and the sample as an exercise with three pointers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from studio.store.workspace import create_workspace
from studio.story.model import Group
from studio.ui.core.background_jobs import InlineJobs
from studio.ui.publish.preview_head import TABS
from studio.ui.shell.first_exercise import _RESULTS, STEPS, FirstExercise


def click(part):
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)


class TurnJobs(InlineJobs):
    """Puts off what may be put off, as in the real window: the desk of a story is made after the story is opened."""

    def soon(self, owner, call):
        QTimer.singleShot(0, owner, call)


@pytest.fixture
def practising(make_studio, qtbot):
    """The exercise, begun at the first page."""
    studio = make_studio(jobs=TurnJobs())
    studio.start(None)
    click(studio.welcome.tiles["sample"])
    qtbot.waitUntil(lambda: studio.stories is not None and studio.stories.session is not None)
    qtbot.waitUntil(exercise_of(studio).pointer.ring.isVisible)
    return studio


def exercise_of(studio) -> FirstExercise:
    QApplication.processEvents()
    return studio.window.shell.findChild(FirstExercise)


def test_three_pointers_lead_from_the_first_page_to_the_export(practising, settings):
    shown = []
    for step in STEPS:
        exercise = exercise_of(practising)
        pointer = exercise.pointer
        shown.append((practising.window.desk, pointer.isVisible()))
        assert pointer.title.text() == practising.tools.t(f"exercise.{step.code}_title")
        assert practising.window.shell.centralWidget().rect().contains(pointer.geometry())
        click(pointer.on)
    assert shown == [(step.desk, True) for step in STEPS]
    assert exercise.pointer is None
    assert settings.number("exercise") == 0
    few = [outlet for outlet, box in practising.window.page.boxes.items() if box.isChecked()]
    assert few == ["whatsapp", "instagram"]
    assert practising.window.shell._toast.isVisible()


def test_whoever_goes_on_alone_takes_the_pointer_along_and_the_export_ends_it(practising, qtbot):
    exercise = exercise_of(practising)
    click_tab = practising.window.shell.tabs
    QTest.mouseClick(click_tab, Qt.MouseButton.LeftButton, pos=click_tab.tab_middle("photo"))
    qtbot.waitUntil(lambda: exercise.step == 1)
    QTest.mouseClick(click_tab, Qt.MouseButton.LeftButton, pos=click_tab.tab_middle("write"))
    qtbot.waitUntil(lambda: not exercise.pointer.isVisible())  # it waits on its desk
    QTest.mouseClick(click_tab, Qt.MouseButton.LeftButton, pos=click_tab.tab_middle("publish"))
    qtbot.waitUntil(lambda: exercise.step == 2)
    practising.window.page.show_tab(TABS[_RESULTS])
    assert TABS[_RESULTS] == "results"
    qtbot.waitUntil(lambda: exercise.pointer is None)


def test_it_can_be_skipped_and_another_text_size_finds_it_again(practising, settings):
    click(exercise_of(practising).pointer.on)
    practising.rebuild()
    exercise = exercise_of(practising)
    assert exercise.step == 1
    assert exercise.pointer.isVisible()
    click(exercise.pointer.skip)
    assert exercise.pointer is None
    practising.rebuild()
    assert exercise_of(practising) is None
    assert settings.number("exercise") == 0


def test_where_nothing_is_yet_there_is_one_button_one_sentence_and_the_exercise_as_a_link(make_studio, tmp_path):
    create_workspace(tmp_path / "KIM", Group(name="KIM Baru")).close()
    studio = make_studio()
    studio.open_workspace(tmp_path / "KIM")
    studio.window.shell.resize(1366, 768)
    assert ways_on(studio.window.page) == ["primary", "link"]
    studio.window.story_actions.new()
    for desk, others in (("photo", 1), ("video", 1)):
        studio.window.go(desk)
        QApplication.processEvents()
        assert ways_on(studio.window.page) == ["primary", *["link"] * others]


def ways_on(page) -> list[str]:
    """The looks of what can be pressed; of what is said there is one sentence."""
    hints = [each for each in page.findChildren(QLabel) if each.property("look") == "hint" and each.isVisibleTo(page)]
    assert all(". " not in hint.text() for hint in hints)
    return [each.property("look") for each in page.findChildren(QPushButton) if each.isVisibleTo(page)]
