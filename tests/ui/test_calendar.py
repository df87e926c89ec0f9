"""The calendar in the window: shown by key and strip, plans made, dragged, moved by keys, taken back and written."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.story.model import Story
from studio.story.newsroom_records import PlannedPost
from studio.ui.calendar.calendar_keys import calendar_key
from studio.ui.calendar.grid_painting import wrapped_lines
from studio.ui.core.shortcut_table import TABLE

NOW = datetime(2026, 12, 2, 9, tzinfo=timezone(timedelta(hours=7)))
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def planned(opened):
    """A studio on 2 December with two plans of a closed story, on the calendar."""
    workspace = opened.stories.workspace
    workspace.clock = lambda: NOW
    workspace.add(
        Story(
            id="pasar",
            kind="event",
            headline="Pasar murah",
            date="2026-12-08",
            date_end="2026-12-09",
            planned=(
                PlannedPost(outlet="whatsapp", when="2026-12-07T18:00:00+07:00", by="Siti"),
                PlannedPost(outlet="facebook", when="2026-12-01"),
            ),
        )
    )
    opened.source.refresh()
    opened.window.shell.resize(1366, 768)
    QTest.keyClick(opened.window.shell, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert opened.window.calendar.shown
    return opened


def page_of(studio):
    return studio.window.calendar.page


def line_of(studio, word, day=""):
    """The middle of the line of a plan or event on the grid."""
    cells = page_of(studio).grid.geometry_now.cells
    found = [
        line.rect.center()
        for cell in cells
        for line in cell.lines
        if line.entry is not None and word in (line.entry.kind, *line.entry.outlets) and day in ("", str(cell.day))
    ]
    return found[0] if found else None


def cell_of(studio, day):
    return page_of(studio).grid.geometry_now.cell_of(date.fromisoformat(day)).rect.bottomRight() - QPoint(6, 6)


def drag(grid, start, end, *, let_go=True):
    QTest.mousePress(grid, LEFT, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(grid, start + (end - start) * step / 4)
    if let_go:
        QTest.mouseRelease(grid, LEFT, pos=end)


def plans(studio, word="pasar"):
    workspace = studio.stories.workspace
    folder = next(name for name in workspace.story_folders() if word in name)
    return {plan.outlet: plan.when for plan in workspace.load(folder).planned}


def undo(studio):
    QTest.keyClick(studio.window.shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_a_plan_is_dragged_to_another_day_and_back_by_undo(planned):
    grid = page_of(planned).grid
    drag(grid, line_of(planned, "whatsapp"), cell_of(planned, "2026-12-18"))
    assert plans(planned)["whatsapp"] == "2026-12-18T18:00:00+07:00"
    assert line_of(planned, "whatsapp", "2026-12-18") is not None
    undo(planned)
    assert plans(planned)["whatsapp"] == "2026-12-07T18:00:00+07:00"
    QTest.keyClick(planned.window.shell, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert plans(planned)["whatsapp"][:10] == "2026-12-18"
    # Esc, and a place beside the days, leave nothing behind; nor does what is no plan.
    before = plans(planned)
    drag(grid, line_of(planned, "whatsapp"), cell_of(planned, "2026-12-21"), let_go=False)
    assert grid.target == date(2026, 12, 21)
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    QTest.mouseRelease(grid, LEFT, pos=cell_of(planned, "2026-12-21"))
    drag(grid, line_of(planned, "whatsapp"), QPoint(3, 3))
    drag(grid, line_of(planned, "event"), cell_of(planned, "2026-12-22"))
    assert plans(planned) == before
    assert line_of(planned, "event", "2026-12-08") is not None


def test_keys_choose_move_and_remove_a_plan(planned):
    grid = page_of(planned).grid
    keys = Qt.Key
    assert QApplication.focusWidget() is grid
    for key in (keys.Key_Right, keys.Key_Down, keys.Key_Left, keys.Key_Left, keys.Key_Left, keys.Key_Space):
        QTest.keyClick(grid, key)
    assert (grid.day, grid.entry.outlets) == (date(2026, 12, 7), ("whatsapp",))
    assert "Pasar murah" in grid.accessibleName()
    for key in (keys.Key_Right, keys.Key_Down):  # the moved plan stays chosen
        QTest.keyClick(grid, key, Qt.KeyboardModifier.AltModifier)
    assert plans(planned)["whatsapp"][:10] == "2026-12-15"
    QTest.keyClick(grid, keys.Key_Delete)
    assert "whatsapp" not in plans(planned)
    undo(planned)
    assert plans(planned)["whatsapp"][:10] == "2026-12-15"
    QTest.keyClick(grid, keys.Key_PageDown)
    assert page_of(planned).title.text() == "Januari 2027"
    QTest.keyClick(grid, keys.Key_T)
    assert grid.day == date(2026, 12, 2)


def test_every_key_of_the_table_does_something(planned):
    from PySide6.QtGui import QKeyEvent, QKeySequence

    for row in TABLE:
        for key in row.keys if row.group == "planning" else ():
            pressed = QKeySequence(key)[0]
            event = QKeyEvent(QKeyEvent.Type.KeyPress, pressed.key(), pressed.keyboardModifiers())
            assert calendar_key(event) == row.code
            page_of(planned).grid.keyPressEvent(event)
            assert event.isAccepted(), key


def test_a_waiting_story_is_dragged_to_a_day_and_planned_for_two_outlets(planned, answers):
    page, seen = page_of(planned), {}
    waiting, grid = page.side_panel.waiting, page.grid
    row = next(at for at in range(waiting.count()) if "Jadwal vaksinasi" in waiting.item(at).text() or at == 0)
    name = waiting.item(row).text()
    start = waiting.visualItemRect(waiting.item(row)).center()
    target = grid.mapToGlobal(cell_of(planned, "2026-12-11"))

    def by_hand(dialog):
        dialog.show()
        seen["story"] = dialog.story.currentText()
        QTest.keyClicks(dialog.clock, "sore-sore")
        seen["trouble"] = dialog.trouble.text()
        assert not dialog.done_button.isEnabled()
        dialog.clock.clear()
        QTest.keyClicks(dialog.clock, "jam 7 malam")
        for code in ("whatsapp", "facebook"):
            if not dialog.boxes[code].isChecked():
                dialog.boxes[code].setFocus()
                QTest.keyClick(dialog.boxes[code], Qt.Key.Key_Space)
        QTest.keyClick(dialog.clock, Qt.Key.Key_Return)
        dialog.hide()
        return dialog.result()

    answers.on_show = by_hand
    QTest.mousePress(waiting.viewport(), LEFT, pos=start)
    for place in (start + QPoint(0, 40), waiting.viewport().mapFromGlobal(target)):
        QTest.mouseMove(waiting.viewport(), place)
    assert grid.target == date(2026, 12, 11)
    assert not page._ghost.isHidden()
    QTest.mouseRelease(waiting.viewport(), LEFT, pos=waiting.viewport().mapFromGlobal(target))
    assert (seen["story"], page._ghost.isHidden()) == (name, True)
    assert "08.00" in seen["trouble"]
    assert line_of(planned, "facebook", "2026-12-11") is not None
    folder = next(e.story.folder for e in grid.span.lines_on(date(2026, 12, 11)))
    assert plans(planned, folder) == dict.fromkeys(("whatsapp", "facebook"), "2026-12-11T19:00:00+07:00")
    assert name not in [waiting.item(at).text() for at in range(waiting.count())]
    undo(planned)
    assert plans(planned, folder) == {}


def test_a_story_that_has_a_plan_is_planned_for_another_outlet_on_another_day(planned, answers):
    page = page_of(planned)

    def by_hand(dialog):
        dialog.show()
        names = [dialog.story.itemText(at) for at in range(dialog.story.count())]
        dialog.story.setCurrentIndex(names.index("Pasar murah"))
        for code, box in dialog.boxes.items():
            if box.isChecked() != (code == "instagram"):
                QTest.keyClick(box, Qt.Key.Key_Space)
        QTest.keyClick(dialog.clock, Qt.Key.Key_Return)
        dialog.hide()
        return dialog.result()

    answers.on_show = by_hand
    page.grid.choose(date(2026, 12, 4))
    QTest.mouseClick(page.side_panel.plan, LEFT)
    assert plans(planned).keys() == {"whatsapp", "facebook", "instagram"}
    assert line_of(planned, "instagram", "2026-12-04") is not None


def test_the_open_story_is_planned_too_and_its_desk_is_where_it_was(planned, answers):
    session = planned.stories.session
    from studio.story.post_plans import plan_posts

    assert planned.window.calendar.history.edit(session.folder, plan_posts(("x",), "2026-12-03"))
    assert session.story.planned[0].outlet == "x"
    assert line_of(planned, "x", "2026-12-03") is not None
    grid = page_of(planned).grid
    QTest.mouseDClick(grid, LEFT, pos=line_of(planned, "x", "2026-12-03"))
    assert not planned.window.calendar.shown
    assert planned.window.page.isVisible()


def test_the_strip_says_what_is_on_today_and_leads_there_and_back(planned, answers, qtbot):
    window = planned.window
    strip = window.calendar.strip
    assert "Rabu Pon, 2 Des" in strip.text()
    assert "1 rencana terlewat" in strip.text()
    QTest.mouseClick(strip, LEFT)
    assert not window.calendar.shown
    planned.stories.workspace.clock = lambda: NOW + timedelta(6)
    planned.source.refresh()  # a new day
    assert "1 acara" in strip.text()
    QTest.mouseClick(strip, LEFT)
    assert window.calendar.shown
    drag(page_of(planned).grid, line_of(planned, "whatsapp"), cell_of(planned, "2026-12-18"))
    planned.rebuild()
    assert planned.window.calendar.shown
    qtbot.waitUntil(lambda: "1 acara" in planned.window.calendar.strip.text())
    planned.window.shell.activateWindow()
    assert QTest.qWaitForWindowActive(planned.window.shell)
    undo(planned)  # goes on after the window was built anew
    assert plans(planned)["whatsapp"][:10] == "2026-12-07"
    planned.window.actions.all["group"].trigger()
    assert planned.window.group_place.shown
    assert not planned.window.calendar.shown


def test_a_week_a_month_that_is_not_known_and_files(planned, answers, tmp_path):
    page = page_of(planned)
    QTest.mouseClick(page.spans.button(1), LEFT)
    assert len(page.grid.geometry_now.cells) == 7
    assert page.title.text() == "30 Nov – 6 Des 2026"
    QTest.mouseClick(page.on, LEFT)
    assert page.grid.day == date(2026, 12, 9)
    QTest.mouseClick(page.spans.button(0), LEFT)
    answers.target = tmp_path / "rencana.ics"
    QTest.mouseClick(page.phone, LEFT)
    assert b"Pasar murah" in answers.target.read_bytes()
    answers.target, answers.answer = tmp_path / "dinding.pdf", "a4"
    QTest.mouseClick(page.wall, LEFT)
    assert answers.target.read_bytes()[:5] == b"%PDF-"
    page.grid.choose(date(2028, 2, 29))
    assert "2028" in page.unknown.text()
    assert page.unknown.isVisible()


def test_a_workspace_that_is_only_read_says_so(planned, answers):
    before, grid = plans(planned), page_of(planned).grid
    planned.stories.workspace.read_only = True
    drag(grid, line_of(planned, "whatsapp"), cell_of(planned, "2026-12-18"))
    QTest.keyClick(grid, Qt.Key.Key_Insert)
    planned.stories.workspace.read_only = False
    assert plans(planned) == before
    assert len(answers.said) == 2


def test_words_are_broken_into_as_many_lines_as_there_are(qapp):
    from PySide6.QtGui import QFont, QFontMetrics

    metrics = QFontMetrics(QFont())
    text = "Posyandu Melati untuk balita dan ibu hamil di Balai Dusun Cibeureum"
    width = metrics.horizontalAdvance("Posyandu Melati untuk")
    lines = wrapped_lines(text, metrics, width, 9)
    assert " ".join(lines) == text
    assert all(metrics.horizontalAdvance(line) <= width for line in wrapped_lines(text, metrics, width, 2))
    assert len(wrapped_lines(text, metrics, width, 2)) == 2
