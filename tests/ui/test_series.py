"""Series of stories in the window: the form by keys and clicks, the next story, and the way back."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio.store import story_shelf
from studio.story.edits import set_field
from studio.story.newsroom_records import StorySeries


@pytest.fixture
def notice(opened, monkeypatch):
    monkeypatch.setattr(story_shelf, "today_of", lambda _: "2026-11-30")
    session = opened.stories.session
    for name, value in (
        ("kind", "notice"),
        ("date", "2026-12-01"),
        ("body", "Selasa, 1 Desember 2026. Daftar 28 November."),
    ):
        session.edit(set_field(name, value))
    return opened


def press(studio, code):
    studio.window.actions.all[code].trigger()


def days(dialog):
    return [dialog.days.item(number).text() for number in range(dialog.days.count())]


def test_typed_words_show_their_days_and_a_left_out_day_makes_the_one_after_it(notice, answers):
    first = notice.stories.session.folder
    seen = {}

    def by_hand(dialog):
        dialog.show()
        QTest.keyClicks(dialog.words, "setiap purnama")
        seen["trouble"] = dialog.trouble.text()
        assert not dialog.make.isEnabled()
        QTest.keyClick(dialog.words, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(dialog.words, "setiap Minggu Pon")
        seen["days"] = days(dialog)
        seen["picked"] = [pick.currentText() for pick in (dialog.often, dialog.weekday, dialog.market)]
        row = dialog.days.visualItemRect(dialog.days.item(0))
        box = QPoint(row.left() + 12, row.center().y())
        QTest.mouseClick(dialog.days.viewport(), Qt.MouseButton.LeftButton, pos=box)
        seen["words"] = dialog.words.text()
        QTest.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
        dialog.hide()
        return dialog.result()

    answers.on_show = by_hand
    press(notice, "series")
    assert "purnama" in seen["trouble"]
    assert seen["days"][:2] == ["Minggu Pon, 27 Desember 2026", "Minggu Pon, 31 Januari 2027"]
    assert seen["words"] == "setiap Minggu Pon kecuali 27 Desember 2026"
    assert seen["picked"] == ["setiap", "Minggu", "Pon"]  # so that another day picked there keeps the market day
    session = notice.stories.session
    assert session.folder.startswith("2027-01-31-")
    assert session.story.body == "Minggu, 31 Januari 2027. Daftar 28 November."
    assert "28 November" in answers.said[-1][1]
    assert notice.stories.workspace.load(first).series.market_day == "Pon"
    # The toast takes the new story back, the old one keeps its series.
    made = session.folder
    QTest.mouseClick(notice.window.shell._toast_button, Qt.MouseButton.LeftButton)
    assert made not in notice.stories.workspace.story_folders()


def test_what_is_picked_is_written_and_the_end_is_a_day(notice, answers):
    seen = []

    def pick(dialog):
        dialog.show()
        dialog.often.setFocus()
        QTest.keyClick(dialog.often, Qt.Key.Key_Down)  # "every first"
        seen.append(dialog.words.text())
        QTest.mouseClick(dialog.ends, Qt.MouseButton.LeftButton, pos=QPoint(8, dialog.ends.height() // 2))
        seen.append(dialog.words.text())
        QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
        dialog.hide()
        return dialog.result()

    answers.on_show = pick
    press(notice, "series")
    assert seen == ["setiap Selasa pertama", "setiap Selasa pertama sampai 1 Desember 2027"]
    session = notice.stories.session
    assert (session.story.series.rule, session.story.series.until) == ("FREQ=MONTHLY;BYDAY=1TU", "2027-12-01")
    press(notice, "undo")
    assert session.story.series is None


def test_the_next_one_is_made_at_once_and_a_second_time_is_asked_about(notice, answers):
    session, first = notice.stories.session, notice.stories.session.folder
    press(notice, "next_story")  # in no series yet: it is asked when it comes again
    assert answers.asked == ["SeriesDialog"]
    session.edit(set_field("series", StorySeries(id="s", rule="FREQ=MONTHLY;BYDAY=1TU")))
    press(notice, "next_story")
    second = notice.stories.session.folder
    assert second.startswith("2027-01-05-")
    notice.stories.open(first)
    answers.answer = "open"
    press(notice, "next_story")
    assert notice.stories.session.folder == second
    assert len([name for name in notice.stories.workspace.story_folders() if name.startswith("2027")]) == 1
    session = notice.stories.session
    session.edit(set_field("series", replace(session.story.series, until="2027-01-10")))
    press(notice, "next_story")
    assert "berakhir" in answers.said[-1][1]
