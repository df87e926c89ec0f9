"""Small things a hand does on the photo desk: trembling, looking, keys only; and a story that can only be read."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.story import edits, photos
from studio.story.model import Cover
from tests.ui.photo.conftest import at, drag, photo, settle


def test_a_trembling_click_beside_the_crop_does_not_throw_it_away(desk):
    desk._bench.session.edit(photos.set_crop("p1", "", (0.3, 0.3, 0.4, 0.4)))
    desk.toolbox.choose_mode("crop")
    settle(desk)
    drag(desk, (0.1, 0.1), (0.11, 0.115))
    assert photo(desk).crop == (0.3, 0.3, 0.4, 0.4)
    assert desk.canvas.crop == pytest.approx((0.3, 0.3, 0.4, 0.4))
    drag(desk, (0.05, 0.05), (0.25, 0.25))
    assert photo(desk).crop == pytest.approx((0.05, 0.05, 0.2, 0.2), abs=0.02)


POINTERS = {
    (0.3, 0.3): Qt.CursorShape.SizeFDiagCursor,
    (0.7, 0.3): Qt.CursorShape.SizeBDiagCursor,
    (0.5, 0.3): Qt.CursorShape.SizeVerCursor,
    (0.3, 0.5): Qt.CursorShape.SizeHorCursor,
    (0.45, 0.55): Qt.CursorShape.SizeAllCursor,
    (0.1, 0.9): Qt.CursorShape.CrossCursor,
}


def test_the_pointer_says_what_can_be_taken_hold_of(desk):
    desk._bench.session.edit(photos.set_crop("p1", "", (0.3, 0.3, 0.4, 0.4)))
    desk.toolbox.choose_mode("crop")
    settle(desk)
    for spot, pointer in POINTERS.items():
        QTest.mouseMove(desk.canvas, at(desk, *spot))
        QApplication.processEvents()
        assert desk.canvas.cursor().shape() == pointer, spot


def test_a_cover_is_drawn_as_an_ellipse_of_mean_colour_when_that_was_chosen_before(desk):
    desk.covers.shape.setCurrentIndex(1)
    desk.covers.shape.activated.emit(1)
    desk.covers.style_box.setCurrentIndex(2)
    desk.covers.style_box.activated.emit(2)
    desk.covers.draw.click()
    drag(desk, (0.1, 0.1), (0.4, 0.5))
    (cover,) = photo(desk).covers
    assert (cover.shape, cover.style) == ("ellipse", "mean")
    assert cover.box == pytest.approx((0.1, 0.1, 0.3, 0.4), abs=0.02)


def test_looking_for_faces_again_does_not_cover_them_twice(desk, answers, monkeypatch):
    face = SimpleNamespace(left=lambda: 250, top=lambda: 150, width=lambda: 60, height=lambda: 60)
    dlib = SimpleNamespace(get_frontal_face_detector=lambda: lambda pixels, again: [face])
    monkeypatch.setitem(sys.modules, "dlib", dlib)
    desk.suggest.click()
    desk.suggest.click()
    assert len(photo(desk).covers) == 1
    first, second = (text for _, text in answers.said)
    assert first.startswith("1 tempat")
    assert "tidak berarti tidak ada wajah: periksa lagi sendiri" in second


def test_the_original_is_seen_while_the_space_key_is_held(desk):
    desk.light.sliders["brightness"].setValue(80)
    settle(desk)
    brighter = desk.canvas._pixmap.toImage().pixelColor(5, 5).lightness()
    desk.toolbox.compare.setFocus()
    QTest.keyPress(desk.toolbox.compare, Qt.Key.Key_Space)
    settle(desk)
    assert desk.canvas._pixmap.toImage().pixelColor(5, 5).lightness() < brighter
    QTest.keyRelease(desk.toolbox.compare, Qt.Key.Key_Space)
    settle(desk)
    assert desk.canvas._pixmap.toImage().pixelColor(5, 5).lightness() == brighter


def test_a_shape_is_adjusted_by_keys_alone(desk):
    tile = desk.shapes.buttons["4:5"]
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_Space)
    settle(desk)
    assert desk.canvas.hasFocus()
    QTest.keyClick(desk.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert set(photo(desk).crops) == {"4:5"}
    desk.toolbox.whole.setFocus()
    QTest.keyClick(desk.toolbox.whole, Qt.Key.Key_Space)
    assert photo(desk).fits == {"4:5": "pad"}


def test_files_dragged_over_the_desk_are_left_to_the_window(opened, desk):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/foto.jpg")])
    kinds = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    mark = opened.window.shell._drop_mark
    for target in (desk.strip.viewport(), desk.canvas, desk.shapes.viewport()):
        assert not mark.isVisible()
        QApplication.sendEvent(target, QDragEnterEvent(QPoint(20, 20), *kinds))
        assert mark.isVisible()
        mark.hide()


def test_a_story_that_is_only_read_can_be_looked_at_and_not_changed(desk):
    session = desk._bench.session
    session.edit(photos.add_cover("p1", Cover(box=(0.4, 0.4, 0.2, 0.2))))
    before, session.read_only = session.story, True
    refused = []
    session.refused.connect(lambda: refused.append(True))
    desk._show(session.story)
    for mode in ("focus", "crop", "cover", "horizon"):
        desk.toolbox.modes[mode].click()
        drag(desk, (0.3, 0.3), (0.6, 0.6))
        QTest.keyClick(desk.canvas, Qt.Key.Key_Right)
        QTest.keyClick(desk.canvas, Qt.Key.Key_Delete)
        QTest.keyClick(desk.canvas, Qt.Key.Key_Insert)
    desk.toolbox.choose_mode("crop")
    for number in range(desk.toolbox.shape.count()):
        desk.toolbox.shape.setCurrentIndex(number)
        desk.toolbox.shape.activated.emit(number)
    desk.shapes.buttons["4:5"].click()
    assert desk.canvas.crop[2] < 1  # the crop can be looked at
    desk.strip.selectAll()
    QTest.keyClick(desk.strip, Qt.Key.Key_Delete)
    QTest.keyClicks(desk.words.caption, "x")
    QTest.keyClicks(desk.words.form.inputs["alt"], "x")
    for part in (*desk.toolbox.turns, desk.toolbox.star, desk.toolbox.remove, desk.toolbox.whole, desk.toolbox.reset):
        assert not part.isEnabled()
    for part in (desk.light.auto, desk.covers.draw, desk.covers.remove, *desk.batch.buttons.values(), desk.add):
        assert not part.isEnabled()
    assert not desk.words.credit_use.isVisible()
    assert session.story is before
    assert not refused
    session.read_only = False


def test_a_crop_of_a_fixed_shape_begins_around_the_focus(desk):
    desk._bench.session.edit(edits.change_photo("p1", focus=(0.25, 0.25)))
    desk.toolbox.choose_mode("crop")
    settle(desk)
    square = desk.toolbox.shape.findText("Semua kanal 1:1")
    desk.toolbox.shape.setCurrentIndex(square)
    desk.toolbox.shape.activated.emit(square)
    left, top, wide, high = photo(desk).crop
    assert wide * 1200 == pytest.approx(high * 800, rel=0.01)
    assert (left, top, high) == pytest.approx((0.0, 0.0, 1.0), abs=0.01)


def test_who_draws_covers_sees_their_list(desk):
    def seen() -> bool:
        return not desk.covers.list.visibleRegion().isEmpty() and not desk.covers.draw.visibleRegion().isEmpty()

    assert not seen()
    QTest.keyClick(desk.canvas, "3", Qt.KeyboardModifier.AltModifier)
    settle(desk)
    assert seen()


@pytest.mark.parametrize("which", ["brightness", "lean"])
def test_a_knob_that_rests_in_the_middle_of_a_drag_is_one_step_of_undo(desk, which):
    slider = desk.toolbox.lean if which == "lean" else desk.light.sliders["brightness"]
    session, clock = desk._bench.session, [1000.0]
    session._now = lambda: clock[0]
    before = desk.photo
    middle = slider.rect().center()
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=middle)
    for step in (12, 20, 28):
        QTest.mouseMove(slider, middle + QPoint(step, 0))
        clock[0] += 60  # the hand rests for a minute
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=middle + QPoint(28, 0))
    assert desk.photo != before
    once = desk.photo
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert desk.photo != once
    session.undo()
    assert desk.photo == once
    session.undo()
    assert desk.photo == before


def test_escape_in_the_middle_of_a_drag_leaves_all_as_it_was(desk):
    desk._bench.session.edit(photos.add_cover("p1", Cover(box=(0.3, 0.3, 0.2, 0.2))))
    for mode in ("focus", "crop", "cover", "new cover", "horizon"):
        assert_escape_leaves_all_as_it_was(desk, mode)


def assert_escape_leaves_all_as_it_was(desk, mode) -> None:
    session = desk._bench.session
    desk.toolbox.choose_mode(mode.split()[-1])
    settle(desk)
    before, undo = photo(desk), session.undo_label
    shown = (desk.canvas.focus_point, desk.canvas.crop, desk.canvas.covers)
    start = at(desk, *((0.7, 0.7) if mode != "cover" else (0.4, 0.4)))
    QTest.mousePress(desk.canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(desk.canvas, start + QPoint(60, 30))
    QTest.keyClick(desk.canvas, Qt.Key.Key_Escape)
    assert (desk.canvas.focus_point, desk.canvas.crop, desk.canvas.covers) == shown
    QTest.mouseMove(desk.canvas, start + QPoint(90, 50))
    QTest.mouseRelease(desk.canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(90, 50))
    assert photo(desk) == before
    assert session.undo_label == undo
    assert (desk.canvas.focus_point, desk.canvas.crop, desk.canvas.covers) == shown


def test_a_face_that_may_be_seen_is_marked_instead_of_covered(desk, tmp_path):
    """The cover becomes a mark that is drawn, undone in one step, and not proposed again."""
    desk._bench.session.edit(edits.change_photo("p1", people_checked=True))
    desk.covers.draw.click()
    drag(desk, (0.2, 0.2), (0.4, 0.4))
    settle(desk)
    box = photo(desk).covers[0].box
    assert not desk.faces.show_face.isEnabled() or desk.covers.row == 0
    desk.covers.list.setCurrentRow(0)
    before = desk.canvas.grab().toImage()
    desk.side_panel.grab()  # laid out
    QTest.mouseClick(desk.faces.show_face, Qt.MouseButton.LeftButton)
    settle(desk)
    assert (photo(desk).covers, photo(desk).faces, photo(desk).people_checked) == ((), (box,), False)
    assert desk.canvas.faces[0] == pytest.approx(box)
    assert desk.canvas.grab().toImage() != before
    assert "1" in desk.faces.told.text()
    desk.marks.add_suggestions("p1", [tuple(box)])
    assert photo(desk).covers == ()
    QTest.mouseClick(desk.faces.forget, Qt.MouseButton.LeftButton)
    assert photo(desk).faces == ()
    desk._bench.session.undo()
    assert photo(desk).faces == (box,)
