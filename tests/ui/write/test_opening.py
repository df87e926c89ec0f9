"""5W+1H beside the text: told after a pause, marked when wanted, and a way to each answer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from studio.story.edits import set_field
from studio.story.model import LeadAnswers
from studio.ui.write.answers_highlighter import AnswersHighlighter, read_start

BODY = (
    "## Saluran baru 😀\n\n"
    "Sebanyak 64 warga **Desa Sukamaju** 😀 memperbaiki saluran di Dusun Krajan, Minggu (22/11/2026).\n\n"
    "Perbaikan dilakukan _karena dinding_ saluran ambrol.\n\n"
    "- Pagi menggali.\n- Sore menembok.\n\n"
    "Warga bekerja secara bergiliran."
)
QUESTIONS = {"what", "who", "when", "where", "why", "how"}


@pytest.fixture
def place(open_desk):
    made = open_desk(body=BODY)
    made.desk.opening = AnswersHighlighter(made.body, made.desk.side_panel, made.session, made.texts, made.desk._theme)
    return made


def found(place) -> set[str]:
    place.desk.opening.read_opening()
    return set(place.desk.opening._places)


def click(place, question: str) -> None:
    place.qtbot.mouseClick(place.desk.opening.chips[question], Qt.MouseButton.LeftButton)


def test_what_is_missing_is_told_in_one_sentence(place):
    assert found(place) == QUESTIONS - {"how"}
    assert place.desk.opening.told.text() == "Tiga paragraf pertama belum menjawab: bagaimana."


@pytest.mark.parametrize(
    ("question", "words"), [("why", "karena dinding saluran ambrol"), ("when", "Minggu (22/11/2026)")]
)
def test_a_click_selects_the_words_although_markdown_and_headings_are_not_shown(place, question, words):
    click(place, question)
    assert place.body.hasFocus()
    assert place.body.textCursor().selectedText() == words


def test_a_click_on_what_is_missing_leads_to_its_field(place):
    click(place, "how")
    assert place.desk.side_panel.fields["how"].hasFocus()


def test_the_reporters_own_answer_counts(place):
    place.session.edit(set_field("answers", LeadAnswers(how="pagi menggali, sore menembok")))
    assert found(place) == QUESTIONS
    click(place, "how")
    assert place.body.textCursor().selectedText() in {"Pagi menggali.", "Sore menembok."}


def test_it_follows_typing_after_a_pause(place):
    cursor = place.body.textCursor()
    cursor.setPosition(place.body.toPlainText().index("saluran ambrol") + len("saluran ambrol"))
    place.body.setTextCursor(cursor)
    place.type(" dengan semen")
    place.qtbot.waitUntil(lambda: "how" in place.desk.opening._places, timeout=5000)
    assert place.desk.opening.told.text() == "Tiga paragraf pertama menjawab keenam pertanyaan."


def test_marks_come_and_go_and_leave_the_story_alone(place):
    before = place.story
    show = place.desk.opening.show_words
    place.qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert len(place.body.extraSelections()) == 5
    place.qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert place.body.extraSelections() == []
    assert place.story is before


def test_an_empty_story_and_another_language_have_none(place):
    assert place.desk.opening.card.isVisible()
    place.body.selectAll()
    place.key(Qt.Key.Key_Delete)
    assert found(place) == set()
    assert not place.desk.opening.card.isVisible()
    place.session.undo()
    place.session.edit(set_field("language", "jv"))
    place.desk.opening.read_opening()
    assert not place.desk.opening.card.isVisible()


def test_the_opening_is_read_as_the_rules_read_it(place):
    start = read_start(place.body.document())
    assert start.text.split("\n\n")[2] == "Pagi menggali.\nSore menembok."
    assert "Warga bekerja" not in start.text
