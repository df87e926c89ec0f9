"""The list of comments on the checking desk, by real keys and mouse."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.story.comments import add_comments
from studio.story.edits import StoryEdit
from studio.story.newsroom_records import Comment
from tests.ui.check.test_ways import focus

HEADLINE = "Warga Sukamaju gotong royong perbaiki saluran irigasi"
SAID = (
    Comment(id="k1", place="headline", quote="irigasi", start=46, text="Irigasi mana?", by="Budi", required=True),
    Comment(id="k2", place="headline", quote="perbaiki", start=29, suggestion="membersihkan", by="Budi"),
    Comment(id="k3", place="body", quote="kata yang hilang", start=3, text="Sudah lepas", by="Wati"),
    Comment(id="k4", place="body", text="Beres", by="Wati", resolved="2026-11-30T08:00:00+07:00", resolved_by="Wati"),
)


@pytest.fixture
def page(studio):
    workspace = studio.stories.workspace
    folder = next(name for name in workspace.story_folders() if "irigasi" in name)
    workspace.save(folder, replace(workspace.load(folder), comments=SAID))
    studio.stories.open(folder)
    studio.window.shell.resize(1366, 768)
    studio.window.shell.activateWindow()
    assert QTest.qWaitForWindowActive(studio.window.shell)
    studio.window.go("check")
    desk = studio.window.page
    desk.tabs.setCurrentIndex(4)
    QApplication.processEvents()
    return desk.show_page("comments")


def press(page, number, code):
    made = page.cards[number].buttons[code]
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_Space)
    QApplication.processEvents()


def test_comments_are_filtered_led_to_answered_and_settled(studio, page):
    session = studio.stories.session
    assert [card.comment.id for card in page.cards] == ["k1", "k2", "k3"]
    assert [card.adrift for card in page.cards] == [False, False, True]
    QTest.mouseClick(page.chips["required"], Qt.MouseButton.LeftButton)
    assert [card.comment.id for card in page.cards] == ["k1"]
    press(page, 0, "reply")
    QTest.keyClicks(focus(), "Dusun Tegal")
    QTest.keyClick(focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [reply.text for reply in session.story.comments[0].replies] == ["Dusun Tegal"]
    press(page, 0, "resolve")
    assert session.story.comments[0].resolved
    assert page.cards == []
    QTest.mouseClick(page.chips["resolved"], Qt.MouseButton.LeftButton)
    press(page, 0, "reopen")
    assert not session.story.comments[0].resolved
    QTest.mouseClick(page.chips["open"], Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    page.cards[0].setFocus()
    QTest.keyClick(page.cards[0], Qt.Key.Key_Return)
    assert studio.window.desk == "write"
    assert studio.window.page.header.headline.textCursor().selectedText() == "irigasi"


def test_a_suggestion_is_shown_word_by_word_and_accepted_as_one_step(studio, page):
    session = studio.stories.session
    shown = page.cards[1].accessibleName()
    assert "hapus “perbaiki”" in shown
    assert "tambah “membersihkan”" in shown
    press(page, 1, "accept")
    assert session.story.headline == "Warga Sukamaju gotong royong membersihkan saluran irigasi"
    assert session.undo() == "edit.suggestion_accept"
    assert (session.story.headline, session.story.comments) == (HEADLINE, SAID)
    press(page, 1, "refuse")
    assert session.story.headline == HEADLINE
    assert session.story.comments[1].answer == "refused"


def test_own_comments_can_be_reworded_and_what_lost_its_photo_says_so(studio, page, answers):
    session = studio.stories.session
    assert "edit" not in page.cards[0].buttons
    mine = (Comment(id="k5", place="photos/weg/caption", quote="parit", text="Ganti", by=""),)
    session.edit(add_comments(mine))
    QApplication.processEvents()
    card = page.cards[-1]
    assert card.adrift

    def reword(dialog):
        assert dialog.text.text() == "Ganti"
        QTest.keyClick(dialog.text, Qt.Key.Key_End)
        QTest.keyClicks(dialog.text, " fotonya")
        return True

    answers.on_show = reword
    press(page, len(page.cards) - 1, "edit")
    assert session.story.comments[-1].text == "Ganti fotonya"
    press(page, len(page.cards) - 1, "go")
    assert studio.window.desk == "check"


def test_a_required_comment_on_a_story_that_was_ready_is_told_beside_its_status(studio, page):
    session, desk = studio.stories.session, studio.window.page
    session.edit(StoryEdit("edit.status", lambda story: replace(story, status="ready")))
    found = []
    desk.checker.checked.connect(found.append)
    desk.checker.run()
    assert desk.status.told.text() == f"Masih ada {len(found[-1].readiness.blocks)} penghalang."
