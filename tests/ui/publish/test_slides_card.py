"""The slides of the carousel on the publishing desk: ticked and ordered with mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest


def keys_shown(card):
    return [line.key for line in card._shown if line.shown]


def test_slides_are_left_out_and_put_in_order_and_undo_takes_it_back(desk, session):
    card = desk.view.slides
    assert not card.isVisible()  # Instagram has none
    desk.look_at("korsel")
    assert card.isVisible()
    before = keys_shown(card)
    assert before[0] == "cover"
    assert "photo:f1" in before
    at = before.index("photo:f1")
    place = card.list.visualItemRect(card.list.item(at))
    QTest.mouseClick(card.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.left() + 12, place.center().y()))
    assert keys_shown(card) == [key for key in before if key != "photo:f1"]
    assert session.story.slides[at] == "-photo:f1"
    # The last one goes up, by the key that orders lists; nothing goes before the cover.
    card.list.setCurrentRow(card.list.count() - 1)
    card.list.setFocus()
    for _ in range(card.list.count() + 1):
        QTest.keyClick(card.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert keys_shown(card)[:2] == ["cover", "call"]
    while session.story.slides is not None:
        session.undo()
    assert keys_shown(card) == before


def test_what_is_proposed_comes_back_with_one_click(desk, session):
    desk.look_at("korsel")
    card = desk.view.slides
    before = keys_shown(card)
    card.list.item(card.list.count() - 1).setCheckState(Qt.CheckState.Unchecked)
    assert keys_shown(card) == before[:-1]
    QTest.mouseClick(card.proposed, Qt.MouseButton.LeftButton)
    assert session.story.slides is None
    assert keys_shown(card) == before
    assert not card.proposed.isVisible()
