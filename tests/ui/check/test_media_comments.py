"""Comments on captions and on pieces of a clip: made by key, marked on their desks, led to from the list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.full_story import add_full_story
from tests.ui.write.test_comments import ALT_M, answer_with


@pytest.fixture
def full(studio, tmp_path):
    studio.source.refresh()
    folder = add_full_story(studio.stories.workspace, tmp_path)
    studio.stories.open(folder)
    studio.window.shell.resize(1366, 768)
    activate(studio)
    return studio


def activate(studio):
    studio.window.shell.activateWindow()
    assert QTest.qWaitForWindowActive(studio.window.shell)
    for _ in range(3):
        QApplication.processEvents()


def test_selected_words_of_a_caption_are_commented_marked_and_led_to(full, answers):
    session = full.stories.session
    full.window.go("photo")
    desk = full.window.page
    answer_with(answers, "Nama warganya?")
    caption = desk.words.caption
    caption.setFocus()
    cursor = caption.textCursor()
    cursor.setPosition(9)
    cursor.setPosition(16, cursor.MoveMode.KeepAnchor)
    caption.setTextCursor(cursor)
    activate(full)
    QTest.keyClick(caption, Qt.Key.Key_M, ALT_M)
    made = session.story.comments[-1]
    assert (made.place, made.quote) == ("photos/p1/caption", "saluran")
    assert [mark.cursor.selectedText() for mark in caption.extraSelections()] == ["saluran"]
    assert [card.comment.id for card in desk.comments.cards] == [made.id]
    activate(full)
    caption.setFocus()
    caption.setTextCursor(cursor)
    QTest.mouseClick(desk.comments.new, Qt.MouseButton.LeftButton)
    assert (session.story.comments[-1].place, session.story.comments[-1].quote) == ("photos/p1/caption", "saluran")
    full.window.go("check")
    page = full.window.page.show_page("comments")
    activate(full)
    next(card for card in page.cards if card.comment.id == made.id).buttons["go"].click()
    assert full.window.desk == "photo"
    assert caption.textCursor().selectedText() == "saluran"


def test_a_word_picked_with_the_space_behind_it_is_replaced_alone_and_undo_gives_it_back(full, answers):
    session = full.stories.session
    before = session.story.photos[0].caption
    full.window.go("photo")
    desk = full.window.page
    caption = desk.words.caption
    activate(full)
    caption.setFocus()
    cursor = caption.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(6, cursor.MoveMode.KeepAnchor)
    caption.setTextCursor(cursor)
    assert cursor.selectedText() == "Warga "

    def fill(dialog):
        dialog.show()
        dialog.words.selectAll()
        QTest.keyClicks(dialog.words, "Petani")
        dialog.hide()
        return True

    answers.on_show = fill
    QTest.keyClick(caption, Qt.Key.Key_R, ALT_M)
    assert (session.story.comments[-1].quote, session.story.comments[-1].suggestion) == ("Warga", "Petani")
    desk.comments.cards[0].buttons["accept"].click()
    assert session.story.photos[0].caption == "Petani di saluran."
    activate(full)
    caption.setFocus()
    QTest.keyClick(caption, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (session.story.photos[0].caption, caption.text()) == (before, before)
    assert not session.story.comments[-1].resolved


def test_a_piece_of_a_clip_is_commented_flagged_on_the_timeline_and_led_to(full, answers, qtbot):
    session = full.stories.session
    full.window.go("video")
    desk = full.window.page
    qtbot.waitUntil(lambda: desk.state.clip is not None)
    answer_with(answers, "Potong bagian ini", required=True)
    desk.state.seek_asked.emit(0.5)
    desk.editing.mark_in()
    activate(full)
    desk.view.timeline.setFocus()
    QTest.keyClick(desk.view.timeline, Qt.Key.Key_M, ALT_M)
    made = session.story.comments[-1]
    assert (made.place, made.quote, made.required) == ("videos/v1", "", True)
    assert (made.begins, made.ends) == (desk.state.cuts[0].start, desk.state.cuts[0].end)
    scale = desk.view.timeline.chart.scale
    assert [remark.id for remark in scale.tracks.remarks] == [made.id]
    activate(full)
    flag = scale.remark_flag(scale.tracks.remarks[0]).center().toPoint()
    QTest.mouseClick(desk.view.timeline, Qt.MouseButton.LeftButton, pos=QPoint(flag.x(), flag.y()))
    QApplication.processEvents()
    assert desk.side_panel.page == "about"
    assert QApplication.focusWidget() is desk.comments.cards[0]
    desk.state.seek_asked.emit(0.0)
    QTest.keyClick(desk.comments.cards[0], Qt.Key.Key_Return)
    assert abs(desk.state.position - made.begins) < 0.2
