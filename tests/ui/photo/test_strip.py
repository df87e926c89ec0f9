"""The strip of photos: what is selected, ordered and taken out, and what the desk shows then."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from studio.story import edits
from studio.story.model import Photo
from tests.ui.hands import needs_screen, run_script
from tests.ui.photo.conftest import back_to, photo, settle


@pytest.fixture
def five(desk):
    """The desk with five photos."""
    file = desk._bench.session.story.photos[0].file
    more = [Photo(id=f"p{n}", file=file, name=f"{n}.jpg", width=600, height=400) for n in (3, 4, 5)]
    desk._bench.session.edit(edits.add_photos(more))
    settle(desk)
    return desk


def click(desk, photo_id: str, keys=Qt.KeyboardModifier.NoModifier) -> None:
    area = desk.strip.visualItemRect(desk.strip.item(desk.strip.ids.index(photo_id)))
    QTest.mouseClick(desk.strip.viewport(), Qt.MouseButton.LeftButton, keys, area.center())


def order(desk) -> str:
    return "".join(each.id[1:] for each in desk._bench.session.story.photos)


def test_what_is_selected_stays_selected_when_the_story_changes(five):
    click(five, "p1")
    click(five, "p3", Qt.KeyboardModifier.ControlModifier)
    click(five, "p4", Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(five.words.credit, "Budi")
    five.batch.buttons["credit"].click()
    assert five.strip.selected == ["p1", "p3", "p4"]
    assert five.strip.current == "p4"
    assert [each.credit for each in five._bench.session.story.photos] == ["Budi", "", "Budi", "Budi", ""]


CREDITS = {
    "keep": ["Budi", "", "Antara Foto", "Budi", ""],
    "all": ["Budi", "", "Budi", "Budi", ""],
    "": ["Budi", "", "Antara Foto", "", ""],
}


def test_a_credit_for_several_asks_before_it_takes_the_place_of_a_stranger(five, answers):
    before = five._bench.session.story
    for answer, expected in CREDITS.items():
        back_to(five, before)
        answers.asked.clear()
        assert_credit_is_asked_about(five, answers, answer, expected)


def assert_credit_is_asked_about(five, answers, answer, expected) -> None:
    five._bench.session.edit(edits.change_photo("p1", credit="Budi"))
    five._bench.session.edit(edits.change_photo("p3", credit="Antara Foto"))
    for photo_id in ("p3", "p4", "p1"):
        click(
            five, photo_id, Qt.KeyboardModifier.ControlModifier if photo_id != "p3" else Qt.KeyboardModifier.NoModifier
        )
    answers.answer = answer
    QTest.mouseClick(five.batch.buttons["credit"], Qt.MouseButton.LeftButton)
    assert [each.credit for each in five._bench.session.story.photos] == expected
    assert len(answers.asked) == 1
    assert "Antara Foto" in answers.asked[0]
    if answer != "":
        five._bench.session.undo()
        assert [each.credit for each in five._bench.session.story.photos] == ["Budi", "", "Antara Foto", "", ""]


def test_after_a_photo_is_taken_out_the_desk_works_on_its_neighbour(five):
    before = five._bench.session.story
    for gone, next_one in (("p2", "p3"), ("p5", "p4"), ("p1", "p2")):
        back_to(five, before)
        click(five, gone)
        settle(five)
        QTest.keyClick(five.strip, Qt.Key.Key_Delete)
        settle(five)
        assert five.strip.current == next_one
        assert photo(five).id == next_one
        assert five.canvas._pixmap is not None
        QTest.keyClicks(five.words.credit, "Ani")
        assert photo(five).credit == "Ani"


def test_without_photos_nothing_can_be_typed_that_would_be_lost(desk):
    desk.strip.selectAll()
    QTest.keyClick(desk.strip, Qt.Key.Key_Delete)
    settle(desk)
    assert desk._bench.session.story.photos == ()
    assert not desk.words.caption.isVisible()
    assert not desk.light.auto.isVisible()
    desk._bench.session.undo()
    settle(desk)
    assert desk.words.caption.isVisible()
    assert desk.strip.current == "p1"


def drop(desk, at: QPointF) -> None:
    """Only the way of the mouse is omitted: this is the event Qt sends at its end."""
    mime = desk.strip.mimeData(desk.strip.selectedItems())
    kinds = (Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    desk.strip.dropEvent(QDropEvent(at, *kinds))
    settle(desk)


def edge(desk, number: int, share: float) -> QPointF:
    area = desk.strip.visualItemRect(desk.strip.item(number))
    return QPointF(area.left() + share * area.width(), area.center().y())


DROPS = (
    ("3", 0, 0.1, "31245"),
    ("3", 0, -5, "31245"),
    ("3", 4, 0.9, "12453"),
    ("3", 4, 9, "12453"),
    ("3", 1, 0.4, "13245"),
    ("3", 3, 0.6, "12435"),
    ("3", 2, 0.7, "12345"),
    ("24", 0, 0.1, "24135"),
    ("24", 4, 9, "13524"),
    ("24", 2, 0.6, "13245"),
    ("15", 2, 0.4, "21534"),
)
"""Photos selected, over which and how far across they are let go, and the order then."""


def select(five, photos: str) -> None:
    for place, each in enumerate(photos):
        click(five, f"p{each}", Qt.KeyboardModifier.ControlModifier if place else Qt.KeyboardModifier.NoModifier)


def test_selected_photos_are_dropped_where_the_line_shows(five):
    for selected, number, share, ordered in DROPS:
        select(five, selected)
        drop(five, edge(five, number, share))
        assert order(five) == ordered
        assert five.strip.selected == [f"p{each}" for each in ordered if each in selected]
        assert five.strip.current == f"p{selected[-1]}"
        if ordered != "12345":
            five._bench.session.undo()
        assert order(five) == "12345"


def test_selected_photos_are_ordered_by_keys(five):
    for selected, key, ordered in (
        ("2", Qt.Key.Key_Left, "21345"),
        ("24", Qt.Key.Key_Right, "13524"),
        ("12", Qt.Key.Key_Left, "12345"),
    ):
        select(five, selected)
        QTest.keyClick(five.strip, key, Qt.KeyboardModifier.AltModifier)
        assert order(five) == ordered
        if ordered != "12345":
            five._bench.session.undo()


def test_a_line_shows_where_dragged_photos_will_land(five):
    click(five, "p1")
    area = five.strip.visualItemRect(five.strip.item(3))
    x = area.left() - five._bench.tools.theme.px(4)

    def line() -> bool:
        color = five.strip.viewport().grab().toImage().pixelColor(x, area.center().y())
        return color.name() == five._bench.tools.theme.color("accent").name()

    assert not line()
    five.strip._show_gap(five.strip.gap_at(QPoint(area.left() + 2, area.center().y())))
    assert line()
    drop(five, edge(five, 3, 0.1))
    assert not line()
    assert order(five) == "23145"


DRAGS = {("0", 5): ["p0"], ("4", 0): ["p4"], ("1", 4): ["p1"], ("3,0", 5): ["p0", "p3"]}
"""Photos held and the gap they are let go in, and what is moved."""


@needs_screen
def test_photos_are_dragged_with_a_real_pointer():
    ways = [f"{held}:{gap}" for held, gap in DRAGS]
    told = run_script(str(Path(__file__).with_name("real_drag.py")), *ways)
    assert told == [{"moved": moved, "gap": gap, "line": True} for (_, gap), moved in DRAGS.items()]
