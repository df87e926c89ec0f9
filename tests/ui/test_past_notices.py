"""A notice that is over, in the window: its mark in the list, the box that asks for posts, and new notices."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.story.edits import StoryEdit
from studio.ui.library.library_model import ROW

LEFT = Qt.MouseButton.LeftButton
NOTICE = {"kind": "notice", "status": "published", "date": "2026-11-28", "date_end": ""}


@pytest.fixture
def over(opened):
    """The studio two days after the notice that is open."""
    opened.stories.workspace.clock = lambda: datetime(2026, 11, 30, 3, tzinfo=UTC)
    session = opened.stories.session
    session.edit(StoryEdit("edit.kind", lambda story: replace(story, **NOTICE)))
    session.flush()
    opened.source.refresh()
    return opened


def row_of(studio, folder):
    model = studio.window.library.model
    return next(model.index(n) for n in range(model.rowCount()) if model.index(n).data(ROW).folder == folder)


def test_the_list_says_so_and_no_longer_when_it_is_put_off(over):
    session = over.stories.session
    assert "Sudah lewat" in row_of(over, session.folder).data(Qt.ItemDataRole.AccessibleTextRole)
    others = [index for index in over.window.library.model._rows if index.past and index.folder != session.folder]
    assert others == []
    session.edit(StoryEdit("edit.date", lambda story: replace(story, date="2026-11-30")))
    session.flush()
    over.source.refresh()
    assert "Sudah lewat" not in row_of(over, session.folder).data(Qt.ItemDataRole.AccessibleTextRole)


def test_posts_are_asked_for_by_a_box_that_every_way_out_reads(over, qtbot):
    window, session = over.window, over.stories.session
    window.shell.resize(1366, 768)
    window.go("publish")
    desk = window.page
    qtbot.waitUntil(lambda: not desk.feed.busy, timeout=20_000)
    box = desk.head.past
    assert box.isVisible()
    assert not box.isChecked()
    for name, outlet in desk.boxes.items():
        outlet.setChecked(name == "bluesky")
    QTest.mouseClick(desk.head.export, LEFT)
    assert "sudah lewat" in desk.head.note.text()
    assert "--expired" in desk.head.note.text()
    QTest.mouseClick(box, LEFT, pos=box.rect().center())
    QApplication.processEvents()
    assert "past_notice" in session.story.declarations
    QTest.mouseClick(desk.head.export, LEFT)
    assert (over.stories.workspace.exports_dir(session.folder) / "bluesky").is_dir()
    session.undo()
    assert not box.isChecked()


def test_at_midnight_an_open_window_says_so(opened, qtbot):
    workspace, session = opened.stories.workspace, opened.stories.session
    workspace.clock = lambda: datetime(2026, 11, 28, 16, 59, tzinfo=UTC)  # a minute before midnight in Jakarta
    opened.source.refresh()
    session.edit(StoryEdit("edit.kind", lambda story: replace(story, **NOTICE)))
    session.flush()
    opened.source.refresh()
    window = opened.window
    window.go("publish")
    desk = window.page
    qtbot.waitUntil(lambda: not desk.feed.busy, timeout=20_000)
    told = desk.previewer.texts(session.folder, session.story, ("whatsapp",))[0].texts
    assert not desk.head.past.isVisibleTo(desk)
    assert "Sudah lewat" not in row_of(opened, session.folder).data(Qt.ItemDataRole.AccessibleTextRole)
    workspace.clock = lambda: datetime(2026, 11, 28, 17, 1, tzinfo=UTC)
    opened.source.refresh()  # as it does each half minute
    assert desk.head.past.isVisibleTo(desk)
    assert "Sudah lewat" in row_of(opened, session.folder).data(Qt.ItemDataRole.AccessibleTextRole)
    assert desk.previewer.texts(session.folder, session.story, ("whatsapp",))[0].texts != told


def test_a_new_notice_begins_with_its_kinds(over):
    window = over.window
    window.actions.all["new_notice"].trigger()
    starters = window.page.starters
    assert (window.desk, starters.notice.isVisible()) == ("write", True)
    QTest.mouseClick(starters.notice.tiles["banjir"], LEFT)
    assert over.stories.session.story.service == "banjir"
    assert QApplication.focusWidget() is starters.notice.form.fields["when"]


def test_a_guided_fact_check_leads_into_its_row_of_the_ledger(opened):
    window = opened.window
    window.story_actions.new("factcheck")
    starters = window.page.starters
    QTest.mouseClick(starters.guided, LEFT)
    QTest.keyClicks(starters.notice.form.fields["what"], "Bantuan cair lewat tautan")
    QTest.keyClicks(starters.notice.form.fields["found"], "alamatnya palsu")
    QTest.mouseClick(starters.notice.compose, LEFT)
    (claim,) = opened.stories.session.story.claims
    assert (window.desk, claim.text) == ("check", "Bantuan cair lewat tautan")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), " x")
    assert opened.stories.session.story.claims[0].text.endswith(" x")
