"""The photo desk in both languages and with larger text: nothing is cut, nothing jumps."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton

from studio.base.settings import UserSettings
from tests.ui.photo.conftest import settle


@pytest.fixture(params=[("id", 1.0), ("en", 1.0), ("id", 2.0), ("en", 1.5)], ids=lambda each: f"{each[0]}-{each[1]}")
def settings(own_home, request) -> UserSettings:
    made = UserSettings(own_home / "config" / "settings.json")
    made.set("writer_asked", True)  # the banner of the first run is shown once and has tests of its own
    made.set("language", request.param[0])
    made.set("text_scale", request.param[1])
    return made


def test_nothing_is_cut_and_nothing_jumps(desk):
    assert_knob_is_whole(desk)
    assert_texts_are_whole(desk)
    assert_parts_keep_their_places(desk)
    assert_photo_has_room(desk)


def assert_texts_are_whole(desk) -> None:
    desk.marks.adjust("9:16")
    settle(desk)
    for part in desk.toolbox.findChildren(QComboBox):
        widest = max(part.fontMetrics().horizontalAdvance(part.itemText(n)) for n in range(part.count()))
        assert part.width() >= widest + desk._bench.tools.theme.px(34)
    for tile in desk.shapes.buttons.values():
        assert tile.width() >= tile.fontMetrics().horizontalAdvance(tile.text())
        assert tile.mapTo(desk, tile.rect().topRight()).x() < desk.width()
    for kind in (QPushButton, QCheckBox, QLabel):
        for part in desk.findChildren(kind):
            if part.isVisible() and part.text() and not (isinstance(part, QLabel) and part.wordWrap()):
                assert part.width() >= part.minimumSizeHint().width(), part.text()
                assert part.height() >= part.minimumSizeHint().height(), part.text()


def assert_parts_keep_their_places(desk) -> None:
    seen = set()
    for mode in ("focus", "crop", "cover", "horizon"):
        desk.toolbox.choose_mode(mode)
        settle(desk)
        seen.add((desk.canvas.y(), desk.canvas.height()))
        assert desk.canvas.geometry().right() < desk.shapes.geometry().left()
        parts = (desk.toolbox, desk.canvas, desk.strip)
        for above, below in itertools.pairwise(parts):
            assert above.geometry().bottom() < below.geometry().top()
        assert desk.strip.geometry().bottom() < desk.height()
        assert desk.canvas.picture_area.height() > 120
    assert len(seen) == 1


def assert_photo_has_room(desk) -> None:
    """A third of the window, also beside letters of twice the size, where the panel waits until it is asked for."""
    shell = desk.window()
    shell.showNormal()
    shell.resize(1366, 698)
    settle(desk)
    scale = desk._bench.tools.theme.scale
    if scale == 2.0:
        shell.resize(1366, 768)
        settle(desk)
    assert desk.canvas.width() * desk.canvas.height() * 3 >= shell.width() * shell.height()
    assert desk.side_panel.isVisible() == (scale <= 1.2)
    QTest.keyClick(shell, Qt.Key.Key_F10)
    settle(desk)
    assert desk.side_panel.isVisible() == (scale > 1.2)


def assert_knob_is_whole(desk) -> None:
    """As wide as it is high: seen in the pixels of the accent colour around its middle."""
    desk.looking.finish()
    slider = desk.toolbox.lean
    picture = slider.grab().toImage()
    accent = desk._bench.tools.theme.color("accent").name()
    spots = [
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).name() == accent
    ]
    wide = max(x for x, _ in spots) - min(x for x, _ in spots)
    high = max(y for _, y in spots) - min(y for _, y in spots)
    assert abs(wide - high) <= 1
