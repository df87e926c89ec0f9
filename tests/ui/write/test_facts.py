"""A notice in the window: what is typed as an answer is in the fact box, and its chips change it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from studio.story.model import Group

WHEN = "Selasa, 1 Desember 2026, pukul 08.00 sampai 11.00 WIB"
LEFT = Qt.MouseButton.LeftButton
GROUP = Group(name="KIM", village="Desa Sukamaju", time_zone="WITA")


def open_notice(open_desk, kind="notice"):
    today = date.today().isoformat()
    place = open_desk(options={"group": lambda: GROUP}, date=today, place="Sukamaju")
    place.qtbot.mouseClick(place.desk.starters.tiles[kind], LEFT)
    return place


def test_a_notice_knows_no_day_and_no_place_until_they_are_said(open_desk):
    place = open_notice(open_desk)
    facts = place.desk.starters.facts
    assert (place.story.kind, place.story.date, place.story.place) == ("notice", "", "")
    assert facts.isVisible()
    assert all(chip.property("empty") for chip in facts.chips())
    assert place.desk.header.hours.isVisible()


def test_answers_by_keyboard_stand_in_the_chips_and_the_line_above(open_desk):
    place = open_notice(open_desk, "event")
    questions, facts = place.desk.starters.questions, place.desk.starters.facts
    questions["when"].field.setFocus()
    place.type(WHEN, questions["when"].field)
    place.type("di Balai Dusun Cibeureum", questions["where"].field)
    assert questions["when"].field.text() == WHEN
    story = place.story
    assert (story.date, story.hours, story.place) == (
        "2026-12-01",
        "09:00/12:00",
        "Balai Dusun Cibeureum",
    )
    assert [chip.text() for chip in facts.chips()] == [
        "Selasa, 1 Desember 2026",
        "09.00–12.00 WITA",
        "Balai Dusun Cibeureum",
    ]
    header = place.desk.header
    assert (header.date.text(), header.hours.text()) == ("Selasa, 1 Desember 2026", "09.00–12.00 WITA")
    assert header.lines["place"].text() == "Balai Dusun Cibeureum"


def test_chips_are_changed_by_mouse_and_keyboard_and_undone(open_desk):
    place = open_notice(open_desk)
    facts = place.desk.starters.facts
    place.type("besok", place.desk.starters.questions["when"].field)
    place.pause()
    place.qtbot.mouseClick(facts.hours, LEFT)
    assert facts.hours.opened
    place.type("jam 8 pagi sampai selesai", facts.hours.line)
    place.key(Qt.Key.Key_Return, widget=facts.hours.line)
    assert (place.story.hours, facts.hours.text(), facts.hours.opened) == ("08:00/..", "08.00 WITA–selesai", False)
    place.pause()
    place.key(Qt.Key.Key_Space, widget=facts.date)
    place.type("1-3 Des 2026", facts.date.popup.line)
    place.key(Qt.Key.Key_Return, widget=facts.date.popup.line)
    assert (place.story.date, place.story.date_end) == ("2026-12-01", "2026-12-03")
    assert facts.date.text() == "Selasa–Kamis, 1–3 Desember 2026"
    place.pause()
    place.qtbot.mouseClick(facts.place, LEFT)
    place.type("Aula & Balai", facts.place.line)
    place.key(Qt.Key.Key_Escape, widget=facts.place.line)
    assert (place.story.place, facts.place.text()) == ("Aula & Balai", "Aula && Balai")
    place.do("undo")
    place.do("undo")
    assert (place.story.place, place.story.date_end, place.story.hours) == ("", "", "08:00/..")
    assert facts.place.property("empty")


def test_the_draft_of_a_notice_names_the_day_not_tomorrow(open_desk):
    place = open_notice(open_desk)
    questions = place.desk.starters.questions
    place.type("Kerja bakti", questions["what"].field)
    place.type("besok jam 8 pagi", questions["when"].field)
    place.qtbot.mouseClick(place.desk.starters.compose, LEFT)
    assert "besok" not in place.story.body.casefold()
    day = date.fromisoformat(place.story.date)
    assert f"({day.day}/{day.month}/{day.year})" in place.story.body
    assert "jam 8 pagi" in place.story.body
