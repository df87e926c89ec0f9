"""The story beside its translation, written with mouse and keys in the whole window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.story.edits import set_field
from studio.story.places import TextPlace

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def place(opened):
    """The window with the story about irrigation on the writing desk."""
    opened.window.go("write")
    opened.window.shell.resize(1366, 768)
    QApplication.processEvents()
    return opened


def choose(menu, name: str) -> None:
    """Go down an open menu to an entry, and take it."""
    for _ in range([action.text() for action in menu.actions()].index(name) + 1):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def begin(studio, language: str):
    """Choose a language from the menu at the side, with the keys."""
    card = studio.window.page.languages.card
    QTimer.singleShot(0, lambda: choose(card.menu, studio.tools.t(f"write.language.{language}")))
    QTest.keyClick(card.add, Qt.Key.Key_Space)
    QApplication.processEvents()
    studio.window.shell.activateWindow()
    assert QTest.qWaitForWindowActive(studio.window.shell)
    return studio.window.page.languages.page


def test_a_language_is_written_beside_the_original_and_each_step_undone(place, qtbot):
    desk, session = place.window.page, place.stories.session
    page = begin(place, "jv")
    assert page.isVisible()
    assert not desk.sheet.isVisible()
    headline = page.rows["headline"].field
    qtbot.waitUntil(lambda: QApplication.focusWidget() is headline)
    QTest.keyClicks(headline, "Warga rewang ndandani kalen")
    QTest.keyClick(headline, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.rows[list(page.rows)[1]].field
    body = page.rows["body"].field
    body.setFocus()
    QTest.keyClicks(body, "Wong akeh")
    QTest.keyClick(body, Qt.Key.Key_Return)
    QTest.keyClick(body, Qt.Key.Key_Return)
    QTest.keyClicks(body, "Ratusan wong.")
    assert session.story.texts["jv"].headline == "Warga rewang ndandani kalen"
    assert session.story.texts["jv"].body == "Wong akeh\n\nRatusan wong."
    assert "jv" in desk.languages.card.buttons
    QTest.keyClick(body, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.story.texts["jv"].body == ""
    assert body.text() == ""
    QTest.keyClick(body, Qt.Key.Key_Escape)
    assert desk.sheet.isVisible()
    assert not page.isVisible()
    while session.undo_label:
        session.undo()
    assert session.story.texts == {}
    assert desk.languages.card.buttons == {}


def test_a_changed_original_says_what_changed_until_the_button_is_pressed(place):
    session = place.stories.session
    page = begin(place, "su")
    QTest.keyClicks(page.rows["headline"].field, "Warga ngomean solokan")
    session.edit(set_field("headline", session.story.headline.replace("Warga", "Pemuda")))
    row = page.rows["headline"]
    told = [label.text() for label in row.findChildren(type(page.title)) if label.isVisible()]
    assert any("Warga → Pemuda" in text for text in told)
    QTest.mouseClick(row.settle, LEFT)
    assert not row.settle.isVisible()
    assert session.story.texts["su"].sources["headline"].startswith("Pemuda")


def test_a_finding_leads_into_the_translation_and_the_next_one_out_again(place):
    session = place.stories.session
    page = begin(place, "jv")
    QTest.keyClicks(page.rows["headline"].field, "Ana 99 wong")
    place.window.go("check")
    check = place.window.page
    check.checker.run()
    check.findings.finish()
    found = next(row.finding for row in check.findings.rows if row.finding.code == "translation_numbers")
    place.window.show_place(found.place)
    QApplication.processEvents()
    assert QApplication.focusWidget() is page.rows["headline"].field
    place.window.show_place(TextPlace("headline"))
    assert place.window.page.sheet.isVisible()
    place.window.show_place(TextPlace("texts/jv/checked_by"))
    QTest.keyClicks(page.checked_by, "Mbah Karto")
    assert session.story.texts["jv"].checked_by == "Mbah Karto"
    QTest.mouseClick(page.drop, LEFT)
    assert session.story.texts == {}
    assert place.window.page.sheet.isVisible()


def test_a_story_open_for_reading_shows_its_languages_and_takes_no_word(place):
    page = begin(place, "jv")
    QTest.keyClicks(page.rows["headline"].field, "Siji")
    session = place.stories.session
    page.set_read_only(True)
    QTest.keyClicks(page.rows["headline"].field, " loro")
    assert session.story.texts["jv"].headline == "Siji"


def test_commands_of_the_desk_change_nothing_that_is_not_seen(place, qtbot):
    desk, session = place.window.page, place.stories.session
    before = session.story.body
    page = begin(place, "jv")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.rows["headline"].field)
    body = page.rows["body"].field
    body.setFocus()
    ctrl = Qt.KeyboardModifier.ControlModifier
    QApplication.clipboard().setText("Banyu mili")
    QTest.keyClick(body, Qt.Key.Key_V, ctrl | Qt.KeyboardModifier.ShiftModifier)
    body.selectAll()
    QTest.keyClick(body, Qt.Key.Key_B, ctrl)
    QTest.keyClick(body, Qt.Key.Key_1, ctrl | Qt.KeyboardModifier.AltModifier)
    assert session.story.texts["jv"].body == "**Banyu mili**"
    assert session.story.body == before
    QTest.keyClick(body, Qt.Key.Key_F, ctrl)
    assert desk.sheet.isVisible()
    assert desk.find_bar.query.hasFocus()
    assert not page.isVisible()
