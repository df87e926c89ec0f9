"""Boxes on a photo by keys and handles, as on a clip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.story import photos
from studio.story.model import Cover
from tests.ui.media.same_keys import drag_every_handle, walk_with_keys
from tests.ui.photo.conftest import at, settle


def boxes(desk):
    return [cover.box for cover in desk.photo.covers]


def test_the_keys_of_a_photo_are_those_of_a_clip(desk):
    walk_with_keys(desk.canvas, desk.covers.list, lambda: boxes(desk))


def test_a_cover_of_a_photo_has_eight_handles(desk):
    desk._bench.session.edit(photos.add_cover("p1", Cover(box=(0.4, 0.35, 0.2, 0.3))))
    desk.toolbox.choose_mode("cover")
    settle(desk)
    QTest.mouseClick(desk.canvas, Qt.MouseButton.LeftButton, pos=at(desk, 0.5, 0.5))
    assert desk.covers.list.currentRow() == 0
    drag_every_handle(desk.canvas, desk.canvas.picture_area, lambda: boxes(desk), desk._bench.session.undo)


def test_backspace_takes_a_photo_out_of_the_strip(desk):
    desk.strip.setFocus()
    QTest.keyClick(desk.strip, Qt.Key.Key_Backspace)
    assert desk.strip.ids == ["p2"]
