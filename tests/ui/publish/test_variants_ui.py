"""Texts adjusted for one outlet: marked, kept, warned about, updated, left alone, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from studio.store.story_rename import is_address_out
from studio.story import edits
from studio.story.places import TextPlace

KEY = "instagram/takarir.txt"


@pytest.fixture
def card(desk, session, settled):
    """The caption, adjusted: a greeting of one's own before the made text."""
    made = desk.view.cards.cards[KEY]
    made.adjust.click()
    settled(desk)
    QTest.keyClicks(made.paper, "Halo ")
    settled(desk)
    return made


def test_what_is_typed_becomes_a_variant_is_marked_and_taken_back_step_by_step(card, session, desk, settled):
    assert session.story.overrides[KEY].text.startswith("Halo Warga Sukamaju")
    assert session.story.overrides[KEY].made.startswith("Warga Sukamaju")
    assert card._mark.isVisible()
    assert card.automatic.isVisible()
    assert not card.banner.isVisible()
    assert "Halo" in desk.view.phone.body.accessibleDescription()
    card.automatic.click()
    settled(desk)
    assert KEY not in session.story.overrides
    assert card.paper.toPlainText().startswith("Warga Sukamaju")
    session.undo()
    settled(desk)
    assert session.story.overrides[KEY].text.startswith("Halo Warga")
    session.undo()
    settled(desk)
    assert session.story.overrides[KEY].text.startswith("Warga")
    session.undo()
    settled(desk)
    assert KEY not in session.story.overrides
    assert not card._mark.isVisible()
    assert card.paper.isReadOnly()


def test_a_changed_fact_is_told_listed_led_to_and_taken_over(card, session, desk, settled):
    body = session.story.body
    session.edit(edits.set_field("body", body.replace("nomor 0", "nomor 7")))
    settled(desk)
    assert card.banner.isVisible()
    told = "\n".join(label.text() for label in card.banner.findChildren(QLabel))
    assert "“0” menjadi “7”" in told
    assert "Masih memuat yang lama: 0" in told
    assert desk.outlets.old_card.isVisible()
    listed = "\n".join(label.text() for label in desk.outlets.old_card.findChildren(QLabel))
    assert "Instagram, Teks unggahan: 0" in listed
    desk.look_at("x")
    settled(desk)
    desk.outlets.old_card.findChildren(QPushButton)[0].click()
    settled(desk)
    assert desk.feed.outlet == "instagram"
    card = desk.view.cards.cards[KEY]
    assert card.paper.hasFocus()
    card.update_button.click()
    settled(desk)
    text = session.story.overrides[KEY].text
    assert text.startswith("Halo Warga")
    assert "nomor 7" in text
    assert not card.banner.isVisible()
    assert not desk.outlets.old_card.isVisible()
    session.undo()
    settled(desk)
    assert card.banner.isVisible()


def test_a_warning_can_be_left_alone(card, session, desk, settled):
    before = session.story.overrides[KEY].text
    session.edit(edits.set_field("headline", "Judul yang lain"))
    settled(desk)
    assert card.banner.isVisible()
    card.leave_button.click()
    settled(desk)
    assert session.story.overrides[KEY].text == before
    assert not card.banner.isVisible()
    session.edit(edits.set_field("headline", "Judul yang lain lagi"))
    settled(desk)
    assert card.banner.isVisible()


def test_passages_changed_on_both_sides_are_named(card, session, desk, settled, answers):
    text = session.story.overrides[KEY].text
    card.paper.setPlainText(text.replace("nomor 0", "nomor nol"))
    session.edit(edits.set_field("body", session.story.body.replace("nomor 0", "nomor 7")))
    settled(desk)
    card.update_button.click()
    assert "“0” → “7”" in answers.said[-1][1]
    assert "nomor nol" in session.story.overrides[KEY].text


def test_a_place_is_revealed_with_its_words_marked_and_its_text_copied(card, session, desk, settled, opened):
    opened.window.go("write")
    opened.window.go("publish")
    desk.look_at("mading")
    settled(desk)
    desk.reveal(TextPlace(f"overrides/{KEY}", 5, 10))
    settled(desk)
    paper = desk.view.cards.cards[KEY].paper
    assert paper.hasFocus()
    assert paper.textCursor().selectedText() == "Warga"
    # The exported text is copied and the address in it stays.
    card = desk.view.cards.cards[KEY]
    card.copy.click()
    assert "Halo Warga Sukamaju" in QGuiApplication.clipboard().text()
    assert not is_address_out(desk._bench.workspace, session.folder, session.story)
    QTest.keyClicks(card.paper, f"kim.id/{session.folder}/ ")
    settled(desk)
    card.copy.click()
    session.undo()
    assert is_address_out(desk._bench.workspace, session.folder, session.story)


def test_a_thread_is_adjusted_as_posts(desk, session, settled):
    desk.look_at("x")
    settled(desk)
    thread = desk.view.cards.cards["x/{n:02}.txt"]
    thread.adjust.click()
    settled(desk)
    thread.paper.setPlainText("Satu\n---\nDua\n---\n" + "tiga " * 80)
    settled(desk)
    assert len(desk._texts["x"].texts[0].files) == 3
    (mark,) = thread.paper.extraSelections()
    assert mark.cursor.selectionStart() > len("Satu\n---\nDua\n---\n") + 270


def test_a_story_open_for_reading_only_is_not_adjusted(make_studio, workspace_path, qtbot, settled):
    first = make_studio()
    first.open_workspace(workspace_path)
    second = make_studio()
    second.open_workspace(workspace_path)
    assert second.stories.workspace.read_only
    second.stories.open(second.stories.workspace.story_folders()[0])
    second.window.go("publish")
    desk = second.window.page
    settled(desk)
    assert not any(card.adjust.isVisible() for card in desk.view.cards.cards.values())
