"""The video of photos: which, in which order, with what; seen as the engine makes it."""

from __future__ import annotations

import subprocess

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.story.model import Slideshow
from studio.ui.video.shelf import SHOW
from studio.video.binary import ffmpeg
from tests.ui.video.conftest import pixels


@pytest.fixture
def page(desk):
    desk.shelf.buttons[SHOW].click()
    return desk.show_page


@pytest.fixture
def show(window):
    return lambda: window.stories.session.story.slideshow


def test_settings_go_into_the_story_and_back(page, show, window):
    page.wanted.click()
    assert show() == Slideshow()
    page.each.setValue(30)
    page.cross.setValue(5)
    page.zoom.click()
    assert show() == Slideshow(seconds_each=3.0, crossfade=0.5, zoom=False)
    assert page.length.text() == "Panjang 0.08"  # 3 + 3 - 0.5 and the closing card
    for _ in range(3):
        window.window.story_actions.undo()
    assert show() == Slideshow()
    assert page.zoom.isChecked()
    page.wanted.click()
    assert show() is None


def test_photos_are_chosen_and_ordered(page, show):
    page.wanted.click()
    page.list.setFocus()
    page.list.setCurrentRow(0)
    page._move(1)
    assert show().photos == ("p1", "p0")
    QTest.keyClick(page.list, Qt.Key.Key_Space)  # the first photo, now second in the list
    assert show().photos == ("p1",)
    assert [page.list.item(row).checkState() for row in range(2)] == [Qt.CheckState.Checked, Qt.CheckState.Unchecked]
    page.list.item(1).setCheckState(Qt.CheckState.Checked)
    assert show().photos == ("p1", "p0")
    page._move(-1)
    assert show().photos == ()  # all of them in the story's order: the plain state


def test_the_preview_is_made_by_the_engine_and_played(page, qtbot, monkeypatch):
    page.player._sink_asked = True  # no sound device is needed
    page.wanted.click()
    page.each.setValue(12)
    page.cross.setValue(3)
    page.shapes["16:9"].click()
    page.make.click()
    assert page.player.clip is not None
    assert (page.player.clip.width, page.player.clip.height) == (640, 360)
    qtbot.waitUntil(lambda: page.player.position > 0.3)
    page.play.click()
    page.player.seek(0.4)
    qtbot.waitUntil(lambda: not page.stage._image.isNull() and pixels(page.stage._image)[180, 320, 0] > 150)
    page.player.seek(1.8)
    qtbot.waitUntil(lambda: pixels(page.stage._image)[180, 320, 2] > 130)


def test_a_narration_is_copied_and_can_be_taken_out(page, show, answers, tmp_path, window):
    voice = tmp_path / "narasi.m4a"
    tone = ["-f", "lavfi", "-i", "sine=200:d=1", "-c:a", "aac", str(voice)]
    subprocess.run([ffmpeg(), "-v", "error", "-y", *tone], check=True, stdin=subprocess.DEVNULL)
    answers.files = (voice,)
    page.narration.click()
    kept = window.stories.workspace.media_path(window.stories.session.folder, show().narration)
    assert kept.read_bytes() == voice.read_bytes()
    page.no_narration.click()
    assert show().narration == ""
    wrong = tmp_path / "bukan suara.mp3"
    wrong.write_bytes(b"text")
    answers.files = (wrong,)
    page.narration.click()
    assert "bukan suara.mp3" in answers.said[-1][1]
    assert show().narration == ""


def test_without_photos_there_is_none(desk, window):
    from studio.story import edits

    for photo in window.stories.session.story.photos:
        window.stories.session.edit(edits.remove_photo(photo.id))
    assert SHOW not in desk.shelf.buttons
