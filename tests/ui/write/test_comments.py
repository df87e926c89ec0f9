"""Comments and suggestions on the writing desk: real keys, a real selection, what the margin and the panel show."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.story import comments, edits
from studio.story.claims import LedgerStamp
from studio.story.comment_anchors import anchored_text

BODY = "Puluhan **warga** 🌾 datang.\n\n## Air mengalir\n\n- padi\n- [jagung](https://contoh.id)\n"
ALT_M = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def desk(studio):
    workspace = studio.stories.workspace
    folder = next(name for name in workspace.story_folders() if "irigasi" in name)
    workspace.save(folder, replace(workspace.load(folder), body=BODY))
    studio.stories.open(folder)
    studio.window.shell.resize(1366, 768)
    studio.window.shell.activateWindow()
    assert QTest.qWaitForWindowActive(studio.window.shell)
    studio.window.go("write")
    QApplication.processEvents()
    return studio.window.page


def select(desk, words):
    assert desk.body.select_words(words, 0)
    desk.body.setFocus()
    QApplication.processEvents()


def answer_with(answers, text="", words=None, required=False):
    def fill(dialog):
        dialog.show()
        if words is not None:
            dialog.suggest.setChecked(True)
            dialog.words.selectAll()
            QTest.keyClicks(dialog.words, words)
        QTest.keyClicks(dialog.text, text)
        dialog.required.setChecked(required)
        dialog.hide()
        return dialog.ok.isEnabled()

    answers.on_show = fill


def marked(desk):
    """Words of the document under a mark of comments."""
    return [mark.cursor.selectedText() for mark in desk.body._marks["comments"]]


def test_selected_words_get_a_comment_by_key_and_its_mark_stays_at_them(studio, desk, answers):
    session = studio.stories.session
    answer_with(answers, "Dari kebun siapa?", required=True)
    select(desk, "jagung")
    QTest.keyClick(desk.body, Qt.Key.Key_M, ALT_M)
    made = session.story.comments[0]
    text = anchored_text(session.story, "body")
    assert (made.place, made.quote, made.start, made.required) == ("body", "jagung", text.index("jagung"), True)
    assert marked(desk) == ["jagung"]
    assert [sign.isVisible() for sign in desk.comments.signs] == [True]
    cursor = desk.body.textCursor()
    cursor.setPosition(0)
    desk.body.setTextCursor(cursor)
    QTest.keyClicks(desk.body, "Kemarin jagung ")
    desk.comments.show_marks()
    assert marked(desk) == ["jagung"]
    assert session.story.comments[0].start == text.index("jagung") + len("Kemarin jagung ")
    studio.window.shell.activateWindow()  # the dialog had the keyboard
    assert QTest.qWaitForWindowActive(studio.window.shell)
    QTest.mouseClick(desk.comments.signs[0], Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert QApplication.focusWidget() is desk.comments.cards[0]
    QTest.keyClick(desk.comments.cards[0], Qt.Key.Key_Return)
    assert desk.body.textCursor().selectedText() == "jagung"
    assert desk.body.textCursor().position() > 30
    desk.header.headline.setFocus()
    desk.header.headline.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClick(desk.header.headline, Qt.Key.Key_M, ALT_M)
    assert session.story.comments[1].place == "headline"
    studio.window.shell.activateWindow()
    assert QTest.qWaitForWindowActive(studio.window.shell)
    desk.header.headline.setFocus()
    cursor = desk.header.headline.textCursor()
    cursor.setPosition(6)
    cursor.setPosition(14, QTextCursor.MoveMode.KeepAnchor)
    desk.header.headline.setTextCursor(cursor)
    QTest.mouseClick(desk.bar.buttons["comment"], Qt.MouseButton.LeftButton)
    assert (session.story.comments[2].place, session.story.comments[2].quote) == ("headline", "Sukamaju")


def test_other_words_are_offered_shown_struck_through_and_taken_by_the_writer(studio, desk, answers):
    session = studio.stories.session
    answer_with(answers, words="palawija")
    select(desk, "jagung")
    desk.actions_by_code["reword"].trigger()
    assert session.story.body == BODY
    assert marked(desk) == ["jagung", "jagung"]
    assert desk.body._marks["comments"][1].format.fontStrikeOut()
    made = desk.comments.cards[0].buttons["accept"]
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_Space)
    assert "[palawija](https://contoh.id)" in session.story.body
    assert session.undo() == "edit.suggestion_accept"
    assert session.story.body == BODY


def test_typing_in_the_mode_of_suggestions_leaves_the_text_and_undo_takes_it_back(studio, desk):
    session = studio.stories.session
    desk.body.setFocus()
    QTest.keyClick(desk.body, Qt.Key.Key_U, ALT_M)
    assert desk.rewriting.bar.isVisible()
    select(desk, "datang")
    QTest.keyClicks(desk.body, "berkumpul")
    desk.body.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(desk.body, " manis")
    desk.header.headline.setFocus()
    desk.header.headline.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(desk.header.headline, " desa")
    assert session.story.body == BODY
    assert [(c.place, c.quote, c.suggestion) for c in session.story.comments] == [
        ("body", "datang", "berkumpul"),
        ("body", "jagung", "jagung manis"),
        ("headline", "irigasi", "irigasi desa"),
    ]
    assert "berkumpul" in desk.body.toPlainText()
    assert not desk.header.lines["place"].isEnabled() or desk.header.lines["place"].isReadOnly()
    desk.comments.show_marks()
    assert marked(desk) == ["berkumpul", " manis"]
    session.undo()
    assert desk.header.headline.text() == session.story.headline
    QTest.mouseClick(desk.rewriting.done, Qt.MouseButton.LeftButton)
    assert desk.body.markdown == BODY
    assert desk.header.headline.text() == session.story.headline
    QTest.keyClicks(desk.body, "x")
    assert session.story.body != BODY


def test_comments_of_words_that_were_deleted_stay_adrift(studio, desk):
    session, stamp = studio.stories.session, LedgerStamp("2026-11-30T09:00:00+07:00", "Budi")
    at = anchored_text(session.story, "body").index("padi")
    session.edit(comments.add_comments([comments.new_comment(session.story, "body", at, at + 4, "Berapa ton?", stamp)]))
    session.edit(edits.set_field("body", "Lain sama sekali.\n"))
    desk.comments.show_marks()
    assert marked(desk) == []
    assert [card.adrift for card in desk.comments.cards] == [True]
    assert "padi" in desk.comments.cards[0].accessibleName() or "Berapa ton?" in desk.comments.cards[0].accessibleName()
