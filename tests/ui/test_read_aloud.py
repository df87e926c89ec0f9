"""Reading aloud in the window, with real presses: the script moves, the pace is kept, files are written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio.story.edits import set_field

BODY = "Air menggenangi RT 03/RW 05 sejak pukul 04.30 WIB. Kerugian ditaksir Rp2,5 juta. Warga bergotong royong."


@pytest.fixture
def story(opened):
    session = opened.stories.session
    for name, value in (("headline", "Banjir surut"), ("date", "2026-11-27"), ("body", BODY)):
        session.edit(set_field(name, value))
    return opened


def shown(story, answers, by_hand):
    def run(dialog):
        dialog.show()
        by_hand(dialog)
        dialog.hide()
        return dialog.result()

    answers.on_show = run
    story.window.actions.all["read_aloud"].trigger()
    assert answers.asked == ["ReadAloudDialog"]


def words(dialog):
    return dialog.view.toPlainText().replace("\u00a0", " ")


def test_the_open_story_moves_at_the_readers_pace_and_stops(story, answers):
    def by_hand(dialog):
        assert dialog.view.verticalScrollBar().value() == 0  # opened at its beginning
        assert "er-te tiga, / er-we lima" in words(dialog)
        before = dialog.view.seconds
        QTest.keyClick(dialog.view, Qt.Key.Key_Right)
        assert dialog.view.seconds < before
        assert dialog.view.running is False
        QTest.keyClick(dialog.view, Qt.Key.Key_Space)
        at = dialog.view.verticalScrollBar().value()
        QTest.qWait(400)
        assert dialog.view.verticalScrollBar().value() > at
        QTest.mouseClick(dialog.play, Qt.MouseButton.LeftButton)
        assert dialog.view.running is False
        QTest.keyClick(dialog.view, Qt.Key.Key_Home)
        assert dialog.bar.value() == 0

    shown(story, answers, by_hand)
    kept = story.tools.settings.notes("reading_paces")
    assert [round(float(pace), 2) for pace in kept.values()] == [5.57]  # five percent faster than 5.3


def test_a_reader_is_measured_once_and_the_script_is_saved(story, answers, tmp_path, monkeypatch):
    answers.target = tmp_path / "naskah"

    def by_hand(dialog):
        dialog.lengths.setFocus()
        QTest.keyClick(dialog.lengths, Qt.Key.Key_Down)
        assert dialog.lengths.currentData() == 30
        QTest.mouseClick(dialog.measure, Qt.MouseButton.LeftButton)
        QTest.mouseClick(dialog.measure, Qt.MouseButton.LeftButton)  # pressed twice: in no time nobody reads
        assert dialog.view.pace == pytest.approx(5.3)
        assert dialog.notes.text() == dialog._t("measure_odd")
        QTest.mouseClick(dialog.measure, Qt.MouseButton.LeftButton)
        monkeypatch.setattr(dialog._watch, "elapsed", lambda: 1000 * dialog.view.seconds * 5.3 / 4.5)
        QTest.mouseClick(dialog.measure, Qt.MouseButton.LeftButton)
        assert 4 < dialog.view.pace < 5
        QTest.mouseClick(dialog.measure, Qt.MouseButton.LeftButton)
        QTest.keyClick(dialog.lengths, Qt.Key.Key_Down)  # another script: that measuring is over
        assert not dialog._watch.isValid()
        dialog.reader.addItem("Belum Diukur")
        dialog.reader.setFocus()
        QTest.keyClick(dialog.reader, Qt.Key.Key_End)
        assert dialog.view.pace == pytest.approx(5.3)
        QTest.mouseClick(dialog.save_text, Qt.MouseButton.LeftButton)
        box = QPoint(14, dialog.stories.visualItemRect(dialog.stories.item(0)).center().y())
        QTest.mouseClick(dialog.stories.viewport(), Qt.MouseButton.LeftButton, pos=box)
        assert not dialog.play.isEnabled()
        assert words(dialog) == ""

    shown(story, answers, by_hand)
    assert list(story.tools.settings.notes("reading_paces")) != ["Belum Diukur"]
    text = (tmp_path / "naskah.txt").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "pukul empat lewat tiga puluh menit Waktu Indonesia Barat. //" in text


def test_words_part_at_spaces_however_large_the_letters_are(story, answers):
    def by_hand(dialog):
        dialog.resize(880, 600)
        for _ in range(6):
            QTest.keyClick(dialog.view, Qt.Key.Key_Plus)
        document = dialog.view.document()
        for number in range(document.blockCount()):
            block = document.findBlockByNumber(number)
            text, layout = block.text(), block.layout()
            ends = [layout.lineAt(at).textStart() for at in range(1, layout.lineCount())]
            assert all(text[end - 1].isspace() or text[end - 1] == "-" for end in ends), text

    shown(story, answers, by_hand)


def test_a_script_in_another_language_says_whose_numbers_it_has(story, answers):
    seen = []
    for language in ("id", "jv"):
        story.stories.session.edit(set_field("language", language))
        answers.asked.clear()
        shown(story, answers, lambda dialog: seen.append(dialog.notes.text()))
    assert "bahasa Indonesia" not in seen[0]
    assert "dalam Basa Jawa, tetapi angka" in seen[1]
