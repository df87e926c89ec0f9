"""The page "Peta diri" by real keys and clicks: begin, answer, overrule with a reason, prove, go to a next step."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta, timezone

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from studio.group.assessment import Assessment, assessment_place
from studio.group.group_records import change_record, put_record
from studio.group.notes import GroupNote, note_place
from studio.group.profile import PROFILE_PLACE, GroupProfile
from studio.services.self_map_rounds import rounds_of
from studio.story.model import Source, Story
from studio.story.publishing import add_publication

LEFT = Qt.MouseButton.LeftButton
NOW = datetime(2026, 12, 31, 23, 59, 30, tzinfo=timezone(timedelta(hours=7)))
TODAY = "2026-12-31"


@pytest.fixture
def page(studio):
    """Begun, with one story that appeared at two outlets."""
    workspace = studio.stories.workspace
    workspace.clock = lambda: NOW
    folder = workspace.add(Story(id="", headline="Panen", byline=("Siti",), sources=(Source(name="Asep"),)))
    story = workspace.load(folder)
    for outlet in ("facebook", "instagram"):
        story = add_publication(outlet, f"{TODAY}T08:00:00+07:00").apply(story)
    workspace.save(folder, story)
    studio.window.group_place.show("map")
    made = studio.window.group_place.desk.page
    assert studio.window.shell.focusWidget() is made.start
    QTest.mouseClick(made.start, LEFT)
    return made


def shown(studio) -> Assessment:
    return studio.stories.group.records.record(assessment_place(TODAY), Assessment)


def choose(page, name, score):
    QTest.mouseClick(page.cards[name].buttons.button(score), LEFT)


def test_what_can_be_counted_is_filled_in_and_says_of_how_many_stories(studio, page):
    answers = shown(studio).answers
    assert (answers["KP1"].score, answers["KP2"].score, answers["KP5"].score) == (2, 1, 0)
    assert answers["KP1"].counted.stories == 1
    assert "KL1" not in answers
    assert "1 berita 3 bulan terakhir" in page.cards["KP1"].counted.text()


def test_its_buttons_go_on_in_a_second_row_where_one_is_too_narrow(studio, page):
    made = (page.rounds, page.again, page.recount, page.card, page.sheet)
    page.resize(sum(each.sizeHint().width() for each in made) - 60, 700)
    page.layout().activate()
    assert [each.accessibleName() for each in made if each.width() < each.sizeHint().width()] == []
    assert page.sheet.y() > page.rounds.y()


def test_answers_by_mouse_and_key_and_one_undo_each(studio, page):
    page.tabs.setCurrentIndex(1)
    choose(page, "KL1", 2)
    button = page.cards["KL1"].buttons.button(2)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Down)
    assert shown(studio).answers["KL1"].score == 3
    studio.window.story_actions.undo()
    assert shown(studio).answers["KL1"].score == 2
    assert page.cards["KL1"].buttons.checkedId() == 2


def test_a_count_is_overruled_with_a_reason(studio, page):
    page.reveal("KP2")
    card = page.cards["KP2"]
    assert not card.reason.isVisible()
    choose(page, "KP2", 3)
    assert card.reason.isVisible()
    QTest.keyClicks(card.reason.field, "Radio")
    QTest.mouseClick(page.recount, LEFT)
    answer = shown(studio).answers["KP2"]
    assert (answer.score, answer.reason, answer.level, answer.counted.score) == (3, "Radio", "claimed", 1)
    choose(page, "KP2", 1)
    assert (shown(studio).answers["KP2"].level, shown(studio).answers["KP2"].reason) == ("proven", "")


def test_proofs_make_an_answer_proven(studio, page, answers, tmp_path):
    page.tabs.setCurrentIndex(1)
    choose(page, "KL1", 2)
    scan = tmp_path / "sk.pdf"
    scan.write_bytes(b"%PDF-1.7\n")
    answers.files, answers.text = (scan,), "dua belas"
    card = page.cards["KL1"]
    file, _, count = card._adders
    QTest.mouseClick(file, LEFT)
    QTest.mouseClick(count, LEFT)
    assert answers.said
    answers.text = "12"
    QTest.mouseClick(count, LEFT)
    answer = shown(studio).answers["KL1"]
    assert (answer.level, [each.count for each in answer.proof]) == ("proven", [None, 12])
    assert answer.proof[0].sha256 == hashlib.sha256(scan.read_bytes()).hexdigest()
    card.unproved.emit(1)
    card.unproved.emit(0)
    assert shown(studio).answers["KL1"].level == "claimed"


def test_a_step_leads_to_where_it_is_done(opened):
    opened.window.group_place.show("map")
    page = opened.window.group_place.desk.page
    QTest.mouseClick(page.start, LEFT)
    page.tabs.setCurrentIndex(0)
    QApplication.processEvents()
    steps = page.result.findChildren(QPushButton)
    go = next(each for each in steps if each.isVisible() and "Ke Terbitkan" in each.text())
    QTest.mouseClick(go, LEFT)
    assert opened.window.desk == "publish"
    assert not opened.window.group_place.shown


def test_a_group_without_a_business_is_not_asked(studio, page):
    page.tabs.setCurrentIndex(3)
    page.no_business.setFocus()
    QTest.keyClick(page.no_business, Qt.Key.Key_Space)
    assert shown(studio).no_business
    assert not page.cards["US1"].buttons.button(0).isEnabled()
    assert page.cards["KP1"].buttons.button(0).isEnabled()


def test_a_note_about_a_question_stands_at_it_and_its_line_leads_there(studio, page):
    note = GroupNote(
        id="0b1f6c5e-0000-4000-8000-000000000001",
        group=studio.stories.workspace.group.id,
        office="Dinas Kominfo",
        date=TODAY,
        text="Catat sumbernya.",
        indicator="KP5",
    )
    studio.stories.group.edit(put_record(note_place(note.id), note, "edit.group.note"))
    assert "Catat sumbernya." in page.cards["KP5"].notes.text()
    assert not page.cards["KP4"].notes.text()
    place = studio.window.group_place
    place.show("district")
    (lead,) = (each for each in place.desk.page.findChildren(QPushButton) if each.text().endswith("KP5"))
    QTest.mouseClick(lead, LEFT)
    assert place.desk.page is page
    assert page.cards["KP5"].isAncestorOf(studio.window.shell.focusWidget())


def test_next_leads_through_all_dimensions_to_the_result(page):
    assert page.tabs.currentIndex() == 1
    for number in (2, 3, 4, 0):
        screen = page._stack.currentWidget()
        on = next(each for each in screen.findChildren(QPushButton) if "Berikutnya" in each.text())
        QTest.mouseClick(on, LEFT)
        assert page.tabs.currentIndex() == number


def test_a_second_round_of_the_day_goes_on_with_the_first_and_card_and_sheet_are_written(
    studio, page, answers, tmp_path
):
    QTest.mouseClick(page.again, LEFT)
    assert len(rounds_of(studio.stories.group.records)) == 1
    for made, name, start in ((page.card, "kartu.png", b"\x89PNG"), (page.sheet, "lembar.pdf", b"%PDF")):
        answers.target = tmp_path / name
        QTest.mouseClick(made, LEFT)
        assert answers.target.read_bytes().startswith(start)
    answers.target = tmp_path / "kartu.png" / "ada.png"
    QTest.mouseClick(page.card, LEFT)
    assert answers.said


def test_a_day_that_turns_with_the_window_open_is_the_day_of_the_next_round(studio, page):
    workspace, place = studio.stories.workspace, studio.window.group_place
    place.show("report")
    period = place.desk.page.period
    assert not period.after.isEnabled()  # the month that has begun is the last one
    place.show("profile")
    profile = place.desk.page
    ends = change_record(PROFILE_PLACE, GroupProfile(), with_decree("2026-12-31"), "edit.group.profile")
    studio.stories.group.edit(ends)
    assert profile.banner.property("tone") != "bad"
    workspace.clock = lambda: NOW + timedelta(minutes=1)
    studio.source.refresh()
    assert period.after.isEnabled()
    assert profile.banner.property("tone") == "bad"
    place.show("map")
    QTest.mouseClick(page.again, LEFT)
    assert [each.date for each in rounds_of(studio.stories.group.records)] == [TODAY, "2027-01-01"]
    assert page.round.answers["KP1"].counted.ends == "2027-01-01"


def with_decree(until):
    return lambda profile: replace(profile, decree=replace(profile.decree, valid_until=until))
