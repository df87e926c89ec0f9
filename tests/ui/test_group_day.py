"""Days that forms begin with are those of the group: on a laptop in another zone it may still be yesterday."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest

from studio.group.products import Product
from studio.ui.core.desk_context import DeskContext
from studio.ui.group.district_page import DistrictPage
from studio.ui.group.group_context import GroupContext
from studio.ui.group.product_parts import MakerCard
from studio.ui.publish.phone_correct import CorrectDialog
from studio.ui.publish.queue_dialog import QueueDialog
from studio.ui.publish.reply_card import ReplyDialog

LATE = datetime(2026, 12, 6, 23, 30, tzinfo=timezone(timedelta(hours=7)))
"""Sunday evening in Jakarta, Monday in Jayapura."""
MONDAY = QDate(2026, 12, 7)


@pytest.fixture
def eastern(opened):
    workspace = opened.stories.workspace
    workspace.clock = lambda: LATE
    workspace.save_group(replace(workspace.group, time_zone="WIT"))
    return opened


def bench_of(studio):
    stories, window = studio.stories, studio.window
    nothing = dict.fromkeys(("thumbs", "go", "show_place", "bring_in", "take_mime", "toast", "focus_mode"))
    return DeskContext(tools=window.tools, workspace=stories.workspace, session=stories.session, **nothing)


def test_a_date_button_offers_the_days_of_the_group(eastern):
    field = eastern.window.page.header.date
    popup = field.popup
    popup.open_at(QPoint(0, 0), "")
    assert popup.calendar.selectedDate() == MONDAY
    QTest.keyClicks(popup.line, "besok")
    QTest.keyClick(popup.line, Qt.Key.Key_Return)
    assert eastern.stories.session.story.date == "2026-12-08"


def test_forms_of_the_publishing_desk_and_the_group_begin_with_that_day(eastern):
    bench = bench_of(eastern)
    dialogs = [ReplyDialog(bench), CorrectDialog(bench, ()), QueueDialog(bench, ())]
    assert [dialog.day.date() for dialog in dialogs[:2]] == [MONDAY, MONDAY]
    assert dialogs[2].week.date() == MONDAY  # of the week that has begun there
    context = GroupContext(
        tools=bench.tools, workspace=bench.workspace, session=eastern.stories.group, open_place=None, toast=None,
        stories=eastern.stories, group_changed=None,
    )  # fmt: skip
    page = DistrictPage(bench.tools, context)
    assert page.today == date(2026, 12, 7)
    made = []
    card = MakerCard(bench.tools, lambda change, *_: made.append(change), lambda: context.today)
    card._give(on=True)
    product = made[0](Product(id="p", name="Keripik"))
    assert product.maker.consent.when == "2026-12-07"
    for each in (*dialogs, page, card):
        each.deleteLater()
