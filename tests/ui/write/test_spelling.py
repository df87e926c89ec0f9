"""Squiggles: what is marked, what can be done about it, and that typing never waits for it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QMenu

from studio.story.edits import set_field
from studio.story.model import Group
from studio.story.places import TextPlace
from studio.ui.write.spelling_marks import SpellingMarks

TEXT = "Warga berkumpul dirumah kepala dusun.\n\nMereka membahas **aktifitas** dan jembattan."


@pytest.fixture
def place(open_desk):
    """A desk with misspelt words, scanned."""
    made = open_desk(body=TEXT)
    made.group = Group(name="KIM Bina Warga")

    def learn(word):
        made.group = replace(made.group, dictionary=(*made.group.dictionary, word))

    desk = made.desk
    desk.spelling = SpellingMarks(desk.body, made.session, lambda: made.group, learn, made.texts, desk._theme)
    look(made)
    return made


def look(place) -> list[str]:
    place.desk.spelling.check_spelling()
    place.qtbot.waitUntil(lambda: not place.desk.spelling._next.isActive())
    return [one.cursor.selectedText() for one in place.desk.spelling.squiggles]


def menu(place, word: str) -> QMenu:
    cursor = place.body.textCursor()
    cursor.setPosition(place.body.toPlainText().index(word) + 2)
    place.body.setTextCursor(cursor)
    made = QMenu(place.body)
    place.desk.spelling.fill(made)
    return made


def choose(place, word: str, text: str) -> None:
    next(action for action in menu(place, word).actions() if action.text() == text).trigger()


def test_what_is_wrong_is_underlined_and_the_story_stays_as_it_was(place):
    assert look(place) == ["dirumah", "aktifitas", "jembattan"]
    assert len(place.body.extraSelections()) == 3
    assert place.story.body == TEXT
    assert place.session.undo_label == ""


def test_the_menu_says_what_is_wrong_and_by_which_rule(place):
    said = [action.text() for action in menu(place, "dirumah").actions()]
    assert said[0] == "“dirumah” ditulis “di rumah”. (EYD V, II.L: di sebagai kata depan dipisah)"
    assert said[1] == "di rumah"


def test_a_fix_is_one_click_keeps_the_look_and_can_be_undone(place):
    choose(place, "aktifitas", "aktivitas")
    assert place.story.body == TEXT.replace("aktifitas", "aktivitas") + "\n"
    assert look(place) == ["dirumah", "jembattan"]
    place.session.undo()
    assert place.story.body == TEXT


def test_a_word_nobody_knows_gets_suggestions_and_can_be_ignored(place):
    offered = [action.text() for action in menu(place, "jembattan").actions()]
    assert place.texts.text("write.spelling.here") in offered
    choose(place, "jembattan", place.texts.text("write.spelling.here"))
    assert place.story.words_ignored == ("jembattan",)
    assert look(place) == ["dirumah", "aktifitas"]
    place.session.undo()
    assert look(place) == ["dirumah", "aktifitas", "jembattan"]


def test_a_word_can_be_learnt_by_the_group(place):
    choose(place, "jembattan", place.texts.text("write.spelling.everywhere"))
    assert place.group.dictionary == ("jembattan",)
    assert "jembattan" not in look(place)


def test_it_follows_typing_after_a_pause_but_leaves_the_word_at_the_cursor_alone(place):
    cursor = place.body.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    place.body.setTextCursor(cursor)
    place.type(" kuwalitass")
    assert "kuwalitass" not in look(place)
    place.type(" baik")
    place.qtbot.waitUntil(
        lambda: "kuwalitass" in [one.cursor.selectedText() for one in place.desk.spelling.squiggles], timeout=5000
    )


def test_a_word_is_marked_once_the_cursor_leaves_it(place):
    cursor = place.body.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    place.body.setTextCursor(cursor)
    place.type(" Kualitass")
    assert "Kualitass" not in look(place)
    place.key(Qt.Key.Key_Up)
    place.qtbot.waitUntil(
        lambda: "Kualitass" in [one.cursor.selectedText() for one in place.desk.spelling.squiggles], timeout=5000
    )


def test_a_weekday_is_held_against_the_year_of_the_story(place):
    place.session.edit(set_field("date", "2026-11-22"))
    place.session.edit(set_field("body", "Rapat diadakan Senin (22/11)."))
    assert look(place) == ["Senin (22/11)"]


def test_f7_goes_round_the_findings_and_opens_their_menu(place):
    shown = []

    def asked(_place):
        menu = QMenu(place.body)
        place.desk.spelling.fill(menu)
        shown.append(menu.actions()[1].text())

    place.body.menu_asked.disconnect()
    place.body.menu_asked.connect(asked)
    cursor = place.body.textCursor()
    cursor.setPosition(0)
    place.body.setTextCursor(cursor)
    for _ in range(4):
        place.key(Qt.Key.Key_F7)
    assert (shown[0], shown[1], shown[3]) == ("di rumah", "aktivitas", "di rumah")


def test_a_story_in_another_language_has_none(place):
    place.session.edit(set_field("language", "jv"))
    assert look(place) == []


def test_marks_of_find_and_of_spelling_live_together(place):
    place.do("find")
    place.desk.find_bar.query.setText("warga")
    assert len(place.body.extraSelections()) == 4
    place.key(Qt.Key.Key_Escape, widget=place.desk.find_bar.query)
    assert len(place.body.extraSelections()) == 3


@pytest.mark.parametrize(
    ("field", "start", "end", "words"),
    [("body", 16, 23, "dirumah"), ("body", 57, 66, "aktifitas"), ("body", 73, 82, "jembattan")],
)
def test_revealing_selects_the_words_although_markdown_is_not_shown(place, field, start, end, words):
    assert TEXT[start:end] == words
    place.desk.reveal(TextPlace(field, start, end))
    assert place.body.textCursor().selectedText() == words


def test_revealing_a_field_puts_the_focus_there(open_desk):
    place = open_desk(headline="Warga gotong royong", place="Sukamaju", body="Isi.")
    place.desk.reveal(TextPlace("headline", 6, 12))
    assert place.desk.header.headline.hasFocus()
    assert place.desk.header.headline.textCursor().selectedText() == "gotong"
    place.desk.reveal(TextPlace("place"))
    assert place.desk.header.lines["place"].hasFocus()
    place.desk.reveal(TextPlace("answers/why"))
    assert place.desk.side_panel.fields["why"].hasFocus()


@pytest.mark.parametrize("name", ["headline", "summary"])
def test_headline_and_lead_have_squiggles_and_ways_out_too(place, name, monkeypatch):
    from studio.ui.write.field_spelling import FieldSpelling

    # So slow a machine that the time of a go is over before it begins.
    monkeypatch.setattr("studio.ui.write.spelling_marks._SLICE_MS", 0)
    field = getattr(place.desk.header, name)
    spelling = FieldSpelling(field, name, place.session, place.desk.spelling)
    place.session.edit(set_field(name, "Rapat dirumah warga tentang jembattan desa"))
    look(place)  # of the body: it says when it has the lexicon
    assert [one.cursor.selectedText() for one in spelling.squiggles] == ["dirumah", "jembattan"]
    assert len(field.extraSelections()) == 2
    menu = spelling.menu(field.text().index("dirumah") + 3)
    next(action for action in menu.actions() if action.text() == "di rumah").trigger()
    assert getattr(place.story, name) == "Rapat di rumah warga tentang jembattan desa"
    assert [one.cursor.selectedText() for one in spelling.squiggles] == ["jembattan"]
    menu = spelling.menu(field.text().index("jemb") + 2)
    here = place.texts.text("write.spelling.here")
    next(action for action in menu.actions() if action.text() == here).trigger()
    assert spelling.squiggles == []
    assert field.text() == getattr(place.story, name)
    place.session.undo()
    place.session.undo()
    assert getattr(place.story, name) == "Rapat dirumah warga tentang jembattan desa"


def test_a_regional_word_is_tinted_with_dots_and_can_be_learned(open_desk):
    place = open_desk(body="Warga badhe mulih bareng.")
    desk = place.desk
    desk.spelling = SpellingMarks(desk.body, place.session, Group, lambda _word: None, place.texts, desk._theme)
    assert "badhe" in look(place)
    one = next(one for one in desk.spelling.squiggles if one.cursor.selectedText() == "badhe")
    assert one.mark.level == "tint"
    assert desk.spelling.underlined(one).format.underlineStyle() == QTextCharFormat.UnderlineStyle.DotLine
    here = place.texts.text("write.spelling.here")
    next(action for action in menu(place, "badhe").actions() if action.text() == here).trigger()
    assert place.story.words_ignored == ("badhe",)
    assert "badhe" not in look(place)


def test_a_paragraph_of_unknown_words_is_scanned_word_by_word_and_marked_as_in_one_go(place):
    strange = "Warga membawa zyqabo, zyqabi, jembattan, kuwalitass lalu zyqaku."
    steps = list(place.desk.spelling._checker.mark_steps(strange, frozenset()))
    assert steps[:-1] == [None] * 5, "one step for each word that nobody knows"
    again = list(place.desk.spelling._checker.mark_steps(strange, frozenset()))
    assert again == [steps[-1]], "what was scanned is remembered"
    place.session.edit(set_field("body", strange))
    assert look(place) == [strange[mark.start : mark.end] for mark in steps[-1] or ()]
