"""The words of a photo: fields that show all of what is written, credits, and children."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.story import edits
from studio.story.model import Person
from studio.story.places import TextPlace
from tests.ui.photo.conftest import photo, settle

LONG = "Warga Dusun Krajan membersihkan saluran irigasi sepanjang dua kilometer bersama kelompok tani. "


def with_child(desk) -> None:
    child = Person(id="anak", name="Rani", age_group="child")
    desk._bench.session.edit(edits.StoryEdit("x", lambda story: replace(story, people=(child,))))


def test_the_caption_shows_whole_lines_and_grows_with_what_is_written(desk):
    for times, least, most in ((9, 9, 9), (2, 5, 9), (1, 4, 4), (0, 4, 4), (2, 5, 9)):
        assert_caption_shows_whole_lines(desk, times, least, most)


def assert_caption_shows_whole_lines(desk, times, least, most) -> None:
    desk.words.caption.setPlainText(LONG * times)
    settle(desk)
    text = desk.words.caption.document()
    room = desk.words.caption.viewport().height() - 2 * text.documentMargin()
    lines = room / text.firstBlock().layout().lineAt(0).height()
    assert lines == pytest.approx(round(lines), abs=0.12)
    assert least <= round(lines) <= most
    everything = desk.words.caption.document().size().height() <= 9
    assert desk.words.caption.verticalScrollBar().isVisible() != everything


def test_the_alternative_text_is_one_line_of_words_however_it_is_typed_or_pasted(desk):
    alt = desk.words.form.inputs["alt"]
    alt.setFocus()
    QTest.keyClicks(alt, "Parit")
    QTest.keyClick(alt, Qt.Key.Key_Return)
    assert not alt.hasFocus()
    assert photo(desk).alt == "Parit"
    alt.setPlainText("Parit\ndi sawah")
    assert photo(desk).alt == "Parit di sawah"
    desk._bench.session.undo()
    assert alt.text() in {"", "Parit"}


def test_a_missing_credit_is_asked_for_and_the_likely_one_is_a_click_away(desk, settings):
    words = desk.words
    assert words.credit_missing.isVisible()
    assert "Siti Aminah/KIM Bina Warga" in words.credit_use.toolTip()  # the author of the story: settings name none
    settings.set("author", "Joko")
    desk.strip.choose("p2")
    height = words.sizeHint().height()
    QTest.mouseClick(words.credit_use, Qt.MouseButton.LeftButton)
    assert words.sizeHint().height() == height  # what lies below does not move under the pointer
    assert photo(desk).credit == "Joko/KIM Bina Warga"
    assert words.credit.text() == "Joko/KIM Bina Warga"
    assert not words.credit_missing.isVisible()
    assert not words.credit_use.isVisible()
    words.credit.clear()
    QTest.keyClicks(words.credit, "x")
    QTest.keyClick(words.credit, Qt.Key.Key_Backspace)
    assert words.credit_missing.isVisible()


def test_with_a_child_in_the_picture_neither_name_nor_place_is_asked_for(desk):
    desk._bench.session.edit(edits.set_field("place", "Dusun Krajan"))
    with_child(desk)
    desk.strip.choose("p2")
    words = desk.words
    words.assist.click()
    settle(desk)
    assert words.parts["where"].isVisible()
    words.parts["seen"].setText("menggambar")
    assert "Krajan" in words.composed.text()
    words.people["anak"].click()
    settle(desk)
    assert not words.parts["where"].isVisible()
    assert "Krajan" not in words.composed.text()
    asked = [words.caption.placeholderText(), words.caption.toolTip()]
    for name, part in words.parts.items():
        label = words._form.labelForField(part)
        if part.isVisible():
            assert label.isVisible()
            asked += [part.placeholderText(), part.toolTip(), part.accessibleName(), label.text()]
        else:
            assert name == "where"
            assert not label.isVisible()
    for asking in ("nama", "sekolah", "umur", "alamat", "di mana", "siapa", "dusun"):
        assert not [text for text in asked if asking in text.casefold() and "saluran" not in text.casefold()], asking
    words.people["anak"].click()
    settle(desk)
    assert words.parts["where"].isVisible()
    assert "Krajan" in words.composed.text()


def test_an_empty_credit_is_not_given_to_others(desk):
    desk._bench.session.edit(edits.change_photo("p2", credit="Ani"))
    desk.strip.choose("p1")
    desk.strip.selectAll()
    assert not desk.batch.buttons["credit"].isEnabled()
    assert desk.batch.buttons["adjust"].isEnabled()


def test_an_automatic_focus_does_not_take_theirs_from_others(desk):
    desk._bench.session.edit(edits.change_photo("p2", focus=(0.1, 0.1)))
    desk.strip.choose("p1")
    desk.strip.selectAll()
    assert not desk.batch.buttons["focus"].isEnabled()
    desk._bench.session.edit(edits.change_photo("p1", focus=(0.9, 0.9)))
    assert desk.batch.buttons["focus"].isEnabled()


def test_a_photo_of_somebody_else_asks_for_the_permission(desk):
    words = desk.words
    assert not words.rights_missing.isVisible()
    desk._bench.session.edit(edits.change_photo("p1", credit="Siti Aminah/KIM Bina Warga"))
    assert not words.rights_missing.isVisible()
    desk._bench.session.edit(edits.change_photo("p1", credit="Dok. Polsek"))
    assert words.rights_missing.isVisible()
    rights = words.form.inputs["rights"]
    rights.setFocus()
    QTest.keyClicks(rights, "izin lewat WA")
    assert photo(desk).rights == "izin lewat WA"
    assert not words.rights_missing.isVisible()


def test_a_mark_of_ai_is_asked_about_and_answered_by_key(desk):
    """The finding leads to the choice; the answer is one step of undo, and what the file says is never hidden."""
    session = desk._bench.session
    session.edit(edits.change_photo("p1", origin_mark="trainedAlgorithmicMedia"))
    origin = desk.words.form.origin
    assert origin.told.isVisible()
    assert origin.box.currentData() == ""
    desk.reveal(TextPlace("photos/p1/source_type"))
    assert origin.box.hasFocus()
    for _ in range(3):
        QTest.keyClick(origin.box, Qt.Key.Key_Down)
    assert photo(desk).source_type == "trainedAlgorithmicMedia"
    assert not origin.told.isVisible()
    QTest.keyClick(origin.box, Qt.Key.Key_Up)
    QTest.keyClick(origin.box, Qt.Key.Key_Up)
    assert photo(desk).source_type == "digitalCapture"
    assert origin.told.isVisible(), "the mark stays, whatever is answered"
    session.undo()
    assert photo(desk).source_type != "digitalCapture"


def test_a_photo_without_a_mark_is_not_asked_about(desk):
    assert not desk.words.form.origin.told.isVisible()
    assert desk.words.form.origin.box.isEnabled()


def test_who_was_named_after_being_added_is_shown_by_name(desk):
    session = desk._bench.session
    session.edit(edits.StoryEdit("x", lambda story: replace(story, people=(Person(id="a", name=""),))))
    assert desk.words.people["a"].text() == "Orang tanpa nama"
    session.edit(edits.StoryEdit("x", lambda story: replace(story, people=(Person(id="a", name="Rani"),))))
    assert desk.words.people["a"].text() == "Rani"
