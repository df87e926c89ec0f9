"""Boxes on a clip by keys and handles, as on a photo."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio.story.model import Cover, Cut
from tests.ui.media.same_keys import drag_every_handle, walk_with_keys


def test_the_keys_of_a_clip_are_those_of_a_photo(desk, video):
    walk_with_keys(desk.view.stage, desk.side_panel.covers.panel.list, lambda: [cover.box for cover in video().covers])


def test_a_cover_of_a_clip_has_eight_handles(desk, video, window):
    desk.editing.add_cover(Cover(box=(0.4, 0.35, 0.2, 0.3)))
    stage = desk.view.stage
    drag_every_handle(stage, stage.picture_area(), lambda: [cover.box for cover in video().covers], window.session.undo)


def test_escape_gives_up_a_drag_and_leaves_no_step_behind(desk, video, window):
    desk.editing.set_pieces([Cut(start=1, end=4)])
    desk.editing.add_cover(Cover(box=(0.4, 0.35, 0.2, 0.3)))
    desk.view.shapes["9:16"].click()
    stage, timeline, before = desk.view.stage, desk.view.timeline, (video(), window.session.undo_label)
    handle = QPoint(round(timeline.chart.scale.x_of(4.0)), 40)
    for canvas, start in ((stage, stage.rect().center()), (stage, QPoint(stage.width() // 3, 30)), (timeline, handle)):
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
        for way in (15, 30):
            QTest.mouseMove(canvas, start - QPoint(way, -way // 3))
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start - QPoint(30, -10))
        assert (video(), window.session.undo_label, window.session.redo_label) == (*before, "")


def test_a_clip_is_taken_out_and_ordered_by_the_keys_of_the_strip(desk, window, clip_file, tmp_path):
    second = tmp_path / "dua.mp4"
    second.write_bytes(clip_file.read_bytes() + b"\0")
    desk._bench.bring_in([second])
    ids = [video.id for video in window.session.story.videos]
    strip = desk.shelf.strip
    strip.setFocus()
    move = Qt.Key.Key_Up if desk.state.video_id == ids[1] else Qt.Key.Key_Down
    QTest.keyClick(strip, move, Qt.KeyboardModifier.AltModifier)
    assert [video.id for video in window.session.story.videos] == ids[::-1]
    assert strip.hasFocus()
    gone = desk.state.video_id
    QTest.keyClick(strip, Qt.Key.Key_Backspace)
    assert [video.id for video in window.session.story.videos] == [each for each in ids if each != gone]
