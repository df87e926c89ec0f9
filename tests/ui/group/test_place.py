"""The place "Kelompok" by real keys and clicks: there and back, its pages, undo and saving of its records."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.group.group_records import change_record
from studio.group.profile import PROFILE_PLACE, GroupProfile
from studio.ui.core.shortcut_table import KEYS
from studio.ui.group.group_context import PAGES


def press(studio, code):
    studio.window.shell.activateWindow()
    QApplication.processEvents()
    QTest.keySequence(studio.window.shell, QKeySequence(KEYS[code]))


def click_name(studio):
    head = studio.window.library.group_head
    QTest.mouseClick(head, Qt.MouseButton.LeftButton, pos=QPoint(head.width() // 2, head.height() // 2))


def name_it(studio, kim_id):
    change = change_record(PROFILE_PLACE, GroupProfile(), lambda old: replace(old, kim_id=kim_id), "edit.group.profile")
    studio.stories.group.edit(change)


def test_there_and_back_by_the_name_at_the_top_left(opened):
    window = opened.window
    desk = window.page
    click_name(opened)
    assert window.group_place.shown
    assert window.library.group_head.isChecked()
    assert window.shell.pages.currentWidget() is window.group_place.desk
    assert not window.shell.tabs.current
    click_name(opened)
    assert window.shell.pages.currentWidget() is desk
    assert window.shell.tabs.current
    assert not window.library.group_head.isChecked()


def test_by_key_also_without_a_story_and_a_desk_leads_away(opened):
    window = opened.window
    press(opened, "group")
    assert window.group_place.desk.isVisible()
    press(opened, "check")
    assert not window.group_place.shown
    assert window.desk == "check"


def test_without_a_story(studio):
    press(studio, "group")
    assert studio.window.group_place.desk.isVisible()
    press(studio, "group")
    assert not studio.window.group_place.desk.isVisible()


def test_every_page_shows_and_is_remembered(studio):
    press(studio, "group")
    desk = studio.window.group_place.desk
    desk.tabs.setFocus()
    for code, _ in PAGES[1:]:
        QTest.keyClick(desk.tabs, Qt.Key.Key_Right)
        assert desk.page.isVisible()
        assert studio.tools.settings.text("group_page") == code


def test_undo_is_the_groups_while_it_is_shown_and_the_storys_after(opened):
    window, stories = opened.window, opened.stories
    press(opened, "group")
    name_it(opened, "K-7")
    press(opened, "undo")
    assert stories.group.records.record(PROFILE_PLACE, GroupProfile) is None
    press(opened, "redo")
    assert stories.group.records.record(PROFILE_PLACE, GroupProfile).kim_id == "K-7"
    press(opened, "write")
    assert not window.actions.all["undo"].isEnabled()


def test_it_saves_by_itself_and_outlives_another_theme(opened, qtbot):
    press(opened, "group")
    name_it(opened, "K-8")
    path = opened.stories.workspace.path / "group" / PROFILE_PLACE
    qtbot.waitUntil(path.is_file)
    assert json.loads(path.read_text())["kim_id"] == "K-8"
    press(opened, "theme")
    assert opened.window.group_place.shown
    press(opened, "undo")
    assert opened.stories.group.records.record(PROFILE_PLACE, GroupProfile) is None


def test_what_cannot_be_saved_is_said_and_nobody_leaves_unasked(opened, answers):
    press(opened, "group")
    path = opened.stories.workspace.path / "group" / PROFILE_PLACE
    path.parent.mkdir()
    path.write_text('{"format": 9}')
    name_it(opened, "K-9")
    opened.stories.group.flush()
    assert opened.window.group_place.desk.banner.isVisible()
    assert not opened.quit()
    answers.answer = "discard"
    assert opened.quit()
    assert json.loads(path.read_text()) == {"format": 9}


@pytest.mark.parametrize("content", ['{"kim_id": 7}', "{"])
def test_a_damaged_file_is_named_above_the_pages(studio, content):
    path = studio.stories.workspace.path / "group" / PROFILE_PLACE
    path.parent.mkdir()
    path.write_text(content)
    press(studio, "group")
    assert "group/profile.json" in studio.window.group_place.desk.banner.text.text()


def test_what_another_program_wrote_is_shown_and_never_taken_back_by_undo(opened):
    press(opened, "group")
    name_it(opened, "K-1")
    press(opened, "group")
    path = opened.stories.workspace.path / "group" / PROFILE_PLACE
    path.write_text(path.read_text().replace("K-1", "K-2"))
    press(opened, "group")
    assert opened.window.group_place.desk.page.form.fields["kim_id"].text() == "K-2"
    press(opened, "undo")
    assert opened.stories.group.records.record(PROFILE_PLACE, GroupProfile).kim_id == "K-2"
    name_it(opened, "K-3")
    opened.stories.group.flush()
    assert json.loads(path.read_text())["kim_id"] == "K-3"


@pytest.mark.parametrize("place", ["profile/decree", "profile/contacts"])
def test_a_part_that_is_asked_for_from_a_desk_has_the_focus(opened, place):
    opened.window.group_place.open_place(f"group/{place}")
    page = opened.window.group_place.desk.page
    section = (page.form.sections | page.private.sections)[place.partition("/")[2]]
    assert section.isAncestorOf(opened.window.shell.focusWidget())
