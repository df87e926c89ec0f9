"""Cutting, reframing, covering: by mouse and by keyboard, each a step that can be undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from studio.story.model import Cover, Cut
from studio.ui.video.result_track import length_text
from studio.ui.video.timeline_chart import HANDLE
from tests.ui.video.conftest import SECONDS, shown

LEFT = Qt.MouseButton.LeftButton


def drag(widget, start: QPointF, *stops: QPointF) -> None:
    QTest.mousePress(widget, LEFT, pos=start.toPoint())
    for stop in stops:
        QTest.mouseMove(widget, stop.toPoint())
    QTest.mouseRelease(widget, LEFT, pos=stops[-1].toPoint())


def spans(video):
    return [(round(cut.start, 1), round(cut.end, 1)) for cut in video.cuts]


def on_stage(desk, x, y) -> QPointF:
    place = desk.view.stage.picture_area()
    return QPointF(place.x() + x * place.width(), place.y() + y * place.height())


def test_keys_split_trim_and_drop_and_undo_takes_each_back(desk, video, window, qtbot):
    desk.view.timeline.setFocus()
    desk.player.seek(2.0)
    QTest.keyClicks(desk.view.timeline, "s")
    assert spans(video()) == [(0.0, 2.0), (2.0, 5.0)]
    desk.player.seek(3.0)
    QTest.keyClicks(desk.view.timeline, "i")
    assert spans(video()) == [(0.0, 2.0), (3.0, 5.0)]
    desk.player.seek(3.99)
    QTest.keyClicks(desk.view.timeline, "o")
    assert spans(video()) == [(0.0, 2.0), (3.0, 4.0)]
    desk.player.seek(4.5)
    QTest.keyClicks(desk.view.timeline, "n")
    assert spans(video()) == [(0.0, 2.0), (3.0, 4.0), (4.5, 5.0)]
    QTest.keyClick(desk.view.timeline, Qt.Key.Key_Up)
    QTest.keyClicks(desk.view.timeline, "x")
    assert spans(video()) == [(0.0, 2.0), (4.5, 5.0)]
    for _ in range(5):
        window.window.story_actions.undo()
    assert video().cuts == ()


def test_the_last_piece_cannot_be_dropped(desk, video):
    desk.editing.set_pieces([Cut(start=1, end=2)])
    desk.view.timeline.setFocus()
    QTest.keyClick(desk.view.timeline, Qt.Key.Key_Delete)
    assert spans(video()) == [(1.0, 2.0)]


def test_a_mark_beyond_the_piece_takes_its_other_end_along(desk, video):
    """In and out as in every editor: never a sliver of two tenths."""
    desk.editing.set_pieces([Cut(start=1, end=2)])
    desk.view.timeline.setFocus()
    desk.player.seek(3.0)
    QTest.keyClicks(desk.view.timeline, "i")
    assert spans(video()) == [(3.0, 5.0)]
    desk.player.seek(1.5)
    QTest.keyClicks(desk.view.timeline, "o")
    assert spans(video()) == [(0.0, 1.5)]


def test_out_right_after_a_split_makes_the_shortest_piece_not_another_one(desk, video):
    desk.view.timeline.setFocus()
    desk.player.seek(2.0)
    QTest.keyClicks(desk.view.timeline, "so")
    assert spans(video()) == [(0.0, 2.0), (2.0, 2.2)]
    QTest.keyClick(desk.view.timeline, Qt.Key.Key_Up)
    desk.player.seek(1.95)
    QTest.keyClicks(desk.view.timeline, "i")
    assert spans(video()) == [(1.8, 2.0), (2.0, 2.2)]


def test_each_mark_is_a_step_of_its_own(desk, video, window):
    desk.view.timeline.setFocus()
    for seconds in (1.0, 2.0):
        desk.player.seek(seconds)
        QTest.keyClicks(desk.view.timeline, "i")
    assert spans(video()) == [(2.0, 5.0)]
    window.window.story_actions.undo()
    assert spans(video()) == [(1.0, 5.0)]


def test_the_numbers_of_pieces_stand_clear_of_the_handle(desk):
    desk.editing.set_pieces([Cut(start=0, end=2), Cut(start=2, end=2.05), Cut(start=2.05, end=5)])
    desk.state.choose_piece(0)
    scale = desk.view.timeline.chart.scale
    first, tiny, last = (scale.tag_of(number) for number in range(3))
    assert tiny is None  # no room for a number
    assert first.right() < scale.x_of(2.0)
    assert last.left() > scale.x_of(2.0) + desk._bench.tools.theme.px(HANDLE)
    desk.editing.set_pieces([Cut(start=0, end=5)])
    assert scale.tag_of(0) is None


def test_handles_are_dragged_in_one_step(desk, video, window):
    line = desk.view.timeline
    y = line.height() // 2
    ends = [QPointF(line.chart.scale.x_of(seconds), y) for seconds in (4.5, 4.0, 3.5)]
    drag(line, QPointF(line.chart.scale.x_of(SECONDS) + 3, y), *ends)
    assert spans(video()) == [(0.0, 3.5)]
    drag(line, QPointF(line.chart.scale.x_of(0) - 3, y), QPointF(line.chart.scale.x_of(1.0), y))
    assert spans(video()) == [(1.0, 3.5)]
    assert desk.player.position == pytest.approx(1.0, abs=0.05)
    window.window.story_actions.undo()
    assert spans(video()) == [(0.0, 3.5)]
    window.window.story_actions.undo()
    assert video().cuts == ()


def test_a_drag_is_one_step_however_long_the_hand_rests(desk, video, window):
    """Looking for the right frame takes time: nobody wants to undo the way there bit by bit."""
    line, stage, hours = desk.view.timeline, desk.view.stage, [0.0]
    window.session._now = lambda: hours[0]
    y = line.height() // 2
    QTest.mousePress(line, LEFT, pos=QPointF(line.chart.scale.x_of(SECONDS) + 3, y).toPoint())
    for seconds in (4.0, 3.0, 2.0):
        hours[0] += 3600
        QTest.mouseMove(line, QPointF(line.chart.scale.x_of(seconds), y).toPoint())
    QTest.mouseRelease(line, LEFT, pos=QPointF(line.chart.scale.x_of(2.0), y).toPoint())
    assert spans(video()) == [(0.0, 2.0)]
    desk.view.shapes["1:1"].click()
    QTest.mousePress(stage, LEFT, pos=on_stage(desk, 0.5, 0.5).toPoint())
    for x in (0.4, 0.3):
        hours[0] += 3600
        QTest.mouseMove(stage, on_stage(desk, x, 0.5).toPoint())
    QTest.mouseRelease(stage, LEFT, pos=on_stage(desk, 0.3, 0.5).toPoint())
    slider = desk.side_panel.picture.across
    slider.setSliderDown(True)
    for value in (500, 600):
        hours[0] += 3600
        slider.setValue(value)
    slider.setSliderDown(False)
    window.window.story_actions.undo()
    assert video().focus == pytest.approx((0.3, 0.5), abs=0.02)
    window.window.story_actions.undo()
    assert video().focus is None
    window.window.story_actions.undo()
    assert video().cuts == ()


def test_pieces_are_put_in_another_order_by_mouse_and_keys(desk, video):
    desk.editing.set_pieces([Cut(start=0, end=1), Cut(start=2, end=3), Cut(start=4, end=5)])
    track = desk.view.track
    first, last = track.blocks()[1].center(), track.blocks()[3]
    drag(track, first, QPointF(first.x() + 40, first.y()), QPointF(last.right() - 3, first.y()))
    assert spans(video()) == [(2.0, 3.0), (4.0, 5.0), (0.0, 1.0)]
    assert desk.state.piece == 2
    QTest.keyClick(track, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert spans(video()) == [(2.0, 3.0), (0.0, 1.0), (4.0, 5.0)]
    QTest.mouseClick(track, LEFT, pos=track.blocks()[1].center().toPoint())
    assert desk.state.piece == 0
    assert 2.0 <= desk.player.position <= 3.0


def test_long_pieces_tell_their_length_in_minutes(desk):
    assert [length_text(seconds, "dtk", "id") for seconds in (0.25, 59.9, 60, 725.5)] == [
        "0,2 dtk",
        "59,9 dtk",
        "01.00,0",
        "12.05,5",
    ]
    assert [length_text(seconds, "s", "en") for seconds in (0.25, 725.5)] == ["0.2 s", "12:05.5"]


def test_the_focus_is_set_on_the_picture_and_for_one_piece_alone(desk, video, qtbot):
    desk.view.shapes["1:1"].click()
    drag(desk.view.stage, on_stage(desk, 0.5, 0.5), on_stage(desk, 0.2, 0.4), on_stage(desk, 0.1, 0.5))
    assert video().focus == pytest.approx((0.1, 0.5), abs=0.02)
    crop = desk.view.stage.scene.crop
    assert crop.left() == 0
    assert crop.width() == pytest.approx(180 / 320, abs=0.01)
    desk.editing.set_pieces([Cut(start=0, end=2), Cut(start=3, end=5)])
    desk.state.choose_piece(1)
    page = desk.side_panel.picture
    page.only_piece.click()
    page.across.setValue(900)
    assert video().focus == pytest.approx((0.1, 0.5), abs=0.02)
    assert video().cuts[1].focus == pytest.approx((0.9, 0.5), abs=0.02)
    assert desk.view.stage.scene.crop.right() == pytest.approx(1.0)
    page.pad.click()
    assert video().reframe == "pad"
    assert desk.view.stage.scene.crop is None
    page.crop.click()
    page.middle.click()
    assert video().focus is None
    assert video().cuts[1].focus is None


def test_a_cover_is_drawn_moved_timed_and_removed(desk, video, qtbot):
    stage, page = desk.view.stage, desk.side_panel.covers
    desk.view.timeline.setFocus()
    QTest.keyClicks(desk.view.timeline, "c")
    assert desk.side_panel.page == "covers"
    drag(stage, on_stage(desk, 0.2, 0.2), on_stage(desk, 0.3, 0.3), on_stage(desk, 0.5, 0.6))
    (cover,) = video().covers
    assert cover.box == pytest.approx((0.2, 0.2, 0.3, 0.4), abs=0.02)
    assert (cover.start, cover.end, cover.style) == (None, None, "solid")
    drag(stage, on_stage(desk, 0.3, 0.4), on_stage(desk, 0.4, 0.5))
    assert video().covers[0].box[:2] == pytest.approx((0.3, 0.3), abs=0.02)
    drag(stage, on_stage(desk, 0.6, 0.7), on_stage(desk, 0.8, 0.9))
    assert video().covers[0].box[2:] == pytest.approx((0.5, 0.6), abs=0.03)
    QTest.keyClick(stage, Qt.Key.Key_Left)
    assert video().covers[0].box[0] == pytest.approx(0.295, abs=0.02)
    desk.player.seek(1.0)
    page.from_here.click()
    desk.player.seek(2.0)
    page.to_here.click()
    assert (video().covers[0].start, video().covers[0].end) == (1.0, 2.0)
    assert stage.scene.masks[0].now
    desk.player.seek(3.0)
    assert not stage.scene.masks[0].now
    page.to_here.click()
    page.panel.style_box.setCurrentIndex(2)
    page.panel.style_box.activated.emit(2)
    assert video().covers[0].style == "mean"
    stage.setFocus()
    QTest.keyClick(stage, Qt.Key.Key_Delete)
    assert video().covers == ()


def test_covers_are_chosen_and_removed_in_their_list(desk, video):
    for x in (0.1, 0.5):
        desk.editing.add_cover(Cover(box=(x, 0.1, 0.2, 0.2)))
    desk.side_panel.show_page("covers")
    found = desk.side_panel.covers.panel.list
    found.setFocus()
    QTest.keyClick(found, Qt.Key.Key_Up)
    assert desk.state.cover == 0
    QTest.keyClick(found, Qt.Key.Key_Delete)
    assert [cover.box[0] for cover in video().covers] == [0.5]


def test_an_ellipse_is_drawn_and_the_chosen_cover_becomes_one(desk, video):
    desk.side_panel.show_page("covers")
    panel, stage = desk.side_panel.covers.panel, desk.view.stage
    desk.editing.add_cover(Cover(box=(0.1, 0.1, 0.2, 0.2)))
    choose(panel.shape, "ellipse")
    assert video().covers[0].shape == "ellipse"
    panel.draw.click()
    assert stage.scene.ellipse
    area = stage.picture_area()
    ends = [
        area.topLeft() + QPointF(area.width() * x, area.height() * y) for x, y in ((0.5, 0.4), (0.7, 0.6), (0.8, 0.9))
    ]
    drag(stage, *ends)
    drawn = video().covers[1]
    assert (drawn.shape, drawn.box) == ("ellipse", pytest.approx((0.5, 0.4, 0.3, 0.5), abs=0.01))
    corner = area.topLeft() + QPointF(area.width() * 0.505, area.height() * 0.41)
    middle = area.topLeft() + QPointF(area.width() * 0.65, area.height() * 0.65)
    desk.editing.change_cover(1, color="#ff00ff")
    desk.state.choose_cover(-1)
    seen = stage.grab().toImage()
    assert seen.pixelColor(middle.toPoint()).name() == "#ff00ff"
    assert seen.pixelColor(corner.toPoint()).name() != "#ff00ff", "its corners are seen, as on a photo"


def choose(box, data) -> None:
    """Choose an entry of a combo box by keys."""
    box.setFocus()
    way = Qt.Key.Key_Down if box.findData(data) > box.currentIndex() else Qt.Key.Key_Up
    while box.currentData() != data:
        before = box.currentIndex()
        QTest.keyClick(box, way)
        assert box.currentIndex() != before


def test_a_cover_is_drawn_by_keyboard(desk, video):
    desk.view.timeline.setFocus()
    QTest.keyClicks(desk.view.timeline, "c")
    assert desk.view.stage.hasFocus()
    QTest.keyClick(desk.view.stage, Qt.Key.Key_Return)
    assert video().covers[0].box == pytest.approx((0.4, 0.35, 0.2, 0.3))
    assert not desk.view.stage.scene.drawing
    QTest.keyClick(desk.view.stage, Qt.Key.Key_Up)
    QTest.keyClick(desk.view.stage, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert video().covers[0].box == pytest.approx((0.4, 0.345, 0.205, 0.3))
    QTest.keyClick(desk.view.stage, Qt.Key.Key_Return)  # nothing is drawn any more
    assert len(video().covers) == 1


def test_a_stretch_that_ends_before_it_begins_covers_everything(desk, video):
    desk.editing.add_cover(Cover(box=(0.1, 0.1, 0.2, 0.2)))
    desk.editing.change_cover(0, start=3.0)
    desk.editing.change_cover(0, end=1.0)
    assert (video().covers[0].start, video().covers[0].end) == (None, None)


def test_the_whole_picture_is_covered_for_the_piece(desk, video):
    desk.editing.set_pieces([Cut(start=0, end=2), Cut(start=3, end=5)])
    desk.state.choose_piece(1)
    desk.side_panel.covers.whole.click()
    (cover,) = video().covers
    assert cover.whole
    assert (cover.start, cover.end) == (3.0, 5.0)


def test_escape_stops_drawing(desk, video):
    desk.side_panel.covers.panel.draw.click()
    assert desk.view.stage.scene.drawing
    QTest.keyClick(desk.view.stage, Qt.Key.Key_Escape)
    drag(desk.view.stage, QPointF(10, 10), QPointF(90, 90))
    assert video().covers == ()


def test_escape_stops_drawing_wherever_the_focus_is(desk):
    for place in (desk.side_panel.covers.whole, desk.view.timeline, desk.view.bar.buttons["play"]):
        desk.side_panel.covers.panel.draw.click()
        place.setFocus()
        QTest.keyClick(place, Qt.Key.Key_Escape)
        assert not desk.view.stage.scene.drawing


def test_the_last_of_many_pieces_is_seen_and_reached(desk, video):
    desk.editing.set_pieces([Cut(start=number * 0.1, end=number * 0.1 + 0.2) for number in range(45)])
    track = desk.view.track
    blocks = track.blocks()[1:-1]
    assert max(block.right() for block in blocks) <= track.width()
    assert min(block.width() for block in blocks) > 5
    QTest.mouseClick(track, LEFT, pos=blocks[44].center().toPoint())
    assert desk.state.piece == 44


def test_a_safe_zone_shows_on_tall_results_only(desk):
    desk.view.shapes["9:16"].click()
    assert desk.view.zone.isHidden()
    desk.view.result.click()
    assert desk.view.zone.isVisible()
    desk.view.zone.setCurrentIndex(desk.view.zone.findData("tiktok"))
    desk.view.zone.activated.emit(desk.view.zone.currentIndex())
    assert desk.view.stage.scene.safe is not None
    before = shown(desk).size()
    assert before.height() > before.width()
    desk.view.shapes["16:9"].click()
    assert desk.view.stage.scene.safe is None


def test_a_story_open_for_reading_only_cannot_be_edited(desk, video, window):
    session = window.stories.session
    session.read_only = True
    session.changed.emit(session.story)
    line = desk.view.timeline
    drag(line, QPointF(line.chart.scale.x_of(SECONDS) + 3, line.height() // 2), QPointF(line.chart.scale.x_of(2), 40))
    desk.view.shapes["1:1"].click()
    drag(desk.view.stage, on_stage(desk, 0.5, 0.5), on_stage(desk, 0.1, 0.5))
    QTest.keyClicks(line, "sxn")
    assert video().cuts == ()
    assert video().focus is None
    for code in ("split", "mark_in", "drop"):
        assert not desk.view.bar.buttons[code].isEnabled()
