"""Every edit of the desk is a step of undo of its own, however fast one follows the other; and words stay."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyle, QStyleOptionSlider

from studio.story import edits, photos
from studio.story.model import Cover
from tests.ui.photo.conftest import back_to, drag, photo, settle


def slide(slider, *shares: float, pause: int = 0) -> None:
    """Drag the knob of a slider to these shares of its length."""
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    control, knob = QStyle.ComplexControl.CC_Slider, QStyle.SubControl.SC_SliderHandle
    start = slider.style().subControlRect(control, option, knob, slider).center()
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    for share in shares:
        QTest.mouseMove(slider, QPoint(int(share * slider.width()), start.y()))
        QTest.qWait(pause)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(int(shares[-1] * slider.width()), start.y()))


def test_turning_twice_is_two_steps(desk):
    desk.toolbox.turns[1].click()
    desk.toolbox.turns[1].click()
    desk._bench.session.undo()
    assert photo(desk).rotate == 90.0


def test_two_drags_are_two_steps(desk):
    desk._bench.session.edit(photos.add_cover("p1", Cover(box=(0.1, 0.1, 0.2, 0.2))))
    desk.toolbox.choose_mode("cover")
    settle(desk)
    drag(desk, (0.2, 0.2), (0.4, 0.4))
    between = photo(desk).covers
    drag(desk, (0.4, 0.4), (0.7, 0.7))
    assert photo(desk).covers != between
    desk._bench.session.undo()
    assert photo(desk).covers == between


def test_a_crop_that_was_given_up_comes_back(desk):
    desk.toolbox.choose_mode("crop")
    drag(desk, (0.0, 0.0), (0.4, 0.4))
    made = photo(desk).crop
    desk.toolbox.reset.click()
    assert photo(desk).crop is None
    desk._bench.session.undo()
    assert photo(desk).crop == made


def test_each_drag_of_a_slider_is_one_step_and_auto_is_another(desk, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(desk._bench.session, "_now", lambda: clock.__setitem__(0, clock[0] + 3.0) or clock[0])
    slide(desk.light.sliders["brightness"], 0.6, 0.7, 0.8)
    bright = photo(desk).adjust
    assert bright.brightness > 0.3
    monkeypatch.setattr(desk._bench.session, "_now", lambda: clock[0])
    slide(desk.light.sliders["contrast"], 0.7, 0.9)
    both = photo(desk).adjust
    desk.light.auto.click()
    for expected in (both, bright):
        desk._bench.session.undo()
        assert photo(desk).adjust == expected
    desk._bench.session.undo()
    assert photo(desk).adjust.brightness == 0.0


def test_a_caption_that_is_replaced_by_the_composed_one_comes_back_by_undo(desk):
    QTest.keyClicks(desk.words.caption, "Ditulis dengan tangan")
    desk.words.assist.click()
    QTest.keyClicks(desk.words.parts["seen"], "menanam padi")
    desk.words.use.click()
    assert photo(desk).caption.startswith("Menanam padi")
    desk._bench.session.undo()
    assert photo(desk).caption == "Ditulis dengan tangan"


def test_what_was_typed_into_the_assistant_is_there_again_when_one_comes_back_to_the_photo(desk):
    desk.words.assist.click()
    QTest.keyClicks(desk.words.parts["who"], "Ibu Kartini")
    desk.strip.choose("p2")
    assert desk.words.parts["who"].text() == ""
    desk.strip.choose("p1")
    assert desk.words.parts["who"].text() == "Ibu Kartini"


def test_a_story_that_is_only_read_takes_no_composed_caption(desk):
    desk._bench.session.read_only = True
    desk._show(desk._bench.session.story)
    desk.words.assist.click()
    desk.words.parts["seen"].setText("menanam padi")
    assert not desk.words.use.isEnabled()


def test_looking_at_a_photo_changes_none_of_its_words(desk):
    """A text field shows some characters as others; only what is typed may change the story."""
    before = desk._bench.session.story
    for caption in ("Rp\u00a05.000 per kilo", "baris satu\r\nbaris dua", "satu\u2028dua"):
        back_to(desk, before)
        desk.strip.choose("p1")
        assert_looking_changes_nothing(desk, caption)


def assert_looking_changes_nothing(desk, caption) -> None:
    session = desk._bench.session
    session.edit(edits.change_photo("p2", caption=caption, alt=caption))
    label = session.undo_label
    desk.strip.choose("p2")
    settle(desk)
    desk.strip.choose("p1")
    desk.strip.choose("p2")
    shown = photos.find_photo(session.story, "p2")
    assert (shown.caption, shown.alt) == (caption, caption)
    assert session.undo_label == label
    session.undo()
    assert photo(desk).caption == ""
    QTest.keyClicks(desk.words.caption, "Baru")
    assert photo(desk).caption == "Baru"


@pytest.mark.parametrize("locked", [False, True])
def test_a_cover_is_taken_off_by_delete_in_the_list(desk, locked):
    session = desk._bench.session
    session.edit(photos.add_cover("p1", Cover(box=(0.1, 0.1, 0.2, 0.2)), Cover(box=(0.5, 0.5, 0.2, 0.2))))
    session.read_only = locked
    desk._show(session.story)
    desk.covers.list.setCurrentRow(0)
    desk.covers.list.setFocus()
    QTest.keyClick(desk.covers.list, Qt.Key.Key_Delete)
    assert [cover.box[0] for cover in photo(desk).covers] == ([0.1, 0.5] if locked else [0.5])
