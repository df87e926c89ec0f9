"""The video of photos: which, in which order, with what; seen as the engine makes it."""

from __future__ import annotations

import subprocess

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.release.release_gate import judge_story
from studio.story.edits import StoryEdit
from studio.story.model import Slideshow
from studio.story.motion_records import MusicBed
from studio.ui.video.clip_shelf import SHOW
from studio.video.binary import ffmpeg_path
from tests.ui.video.conftest import click_clip, pixels


@pytest.fixture
def page(desk):
    click_clip(desk, SHOW)
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
    assert page.preview.length.text() == "Panjang 0.08"  # 3 + 3 - 0.5 and the closing card
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
    QTest.keyClick(page.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert show().photos == ("p1", "p0")
    assert page.list.hasFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Space)  # the first photo, now second in the list
    assert show().photos == ("p1",)
    assert [page.list.item(row).checkState() for row in range(2)] == [Qt.CheckState.Checked, Qt.CheckState.Unchecked]
    page.list.item(1).setCheckState(Qt.CheckState.Checked)
    assert show().photos == ("p1", "p0")
    QTest.keyClick(page.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert show().photos == ()  # all of them in the story's order: the plain state


def test_a_photo_that_is_unticked_stays_where_it_is(page, show):
    page.wanted.click()
    page.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert show().photos == ("p1",)
    assert [page.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(2)] == ["p0", "p1"]
    page.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert show().photos == ()


def test_one_photo_stays_ticked(page, show, window):
    """None would mean all of them."""
    page.wanted.click()
    for row in range(2):
        page.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert show().photos == ("p1",)
    assert "satu foto" in window.said[-1]
    page.all.click()
    assert show().photos == ()
    page.list.setCurrentRow(1)
    page.only.click()
    assert show().photos == ("p1",)


def test_each_drag_of_a_slider_is_a_step(page, show, window):
    page.wanted.click()
    for value in (30, 60):
        page.each.setSliderDown(True)
        page.each.setValue(value - 5)
        page.each.setValue(value)
        page.each.setSliderDown(False)
    window.window.story_actions.undo()
    assert show().seconds_each == 3.0
    window.window.story_actions.undo()
    assert show() == Slideshow()


def test_the_preview_is_made_by_the_engine_and_played(page, qtbot, monkeypatch):
    page.player._sink_asked = True  # no sound device is needed
    page.wanted.click()
    page.each.setValue(12)
    page.cross.setValue(3)
    page.shapes["16:9"].click()
    page.preview.make.click()
    assert page.player.clip is not None
    assert (page.player.clip.width, page.player.clip.height) == (640, 360)
    qtbot.waitUntil(lambda: page.player.position > 0.3)
    page.preview.play.click()
    page.player.seek(0.4)
    qtbot.waitUntil(lambda: not page.stage._image.isNull() and pixels(page.stage._image)[180, 320, 0] > 150)
    page.player.seek(1.8)
    qtbot.waitUntil(lambda: pixels(page.stage._image)[180, 320, 2] > 130)


def test_an_old_preview_says_so_and_keys_move_in_it(page, qtbot, window):
    page.player._sink_asked = True
    assert "Buat pratinjau" in page.stage.words
    page.each.setValue(12)
    page.preview.make.click()
    page.player.pause()
    assert page.preview.stale.isHidden()
    page.stage.setFocus()
    QTest.keyClick(page.stage, Qt.Key.Key_Home)
    QTest.keyClick(page.stage, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.player.position == pytest.approx(1.0, abs=0.05)
    before = page.player.clip.path
    page.shapes["1:1"].click()
    assert page.preview.stale.isVisible()
    page.shapes["9:16"].click()
    assert page.preview.stale.isHidden()
    page.zoom.click()
    assert page.preview.stale.isVisible()
    page.preview.make.click()
    page.player.pause()
    assert page.preview.stale.isHidden()
    assert page.player.clip.path != before  # Windows does not replace a file that is being watched
    assert not before.exists()


def _red(page, qtbot) -> float:
    """Share of the picture that has the red of the mark, half a second into the first (here: blue) photo."""
    page.player.pause()
    page.player.seek(0.5)
    qtbot.waitUntil(lambda: not page.stage._image.isNull() and page.player.rate == 0)
    qtbot.wait(150)
    seen = pixels(page.stage._image).astype(int)
    return float((seen[:, :, 0] > seen[:, :, 2] + 40).mean())


def test_the_preview_of_a_draft_is_marked_until_the_story_is_ready(page, qtbot, window):
    page.player._sink_asked = True
    session = window.session
    page.list.setCurrentRow(1)
    page.only.click()
    page.preview.make.click()
    assert _red(page, qtbot) > 0.003  # a tab in a corner, as large as on a card
    ready = {"status": "ready", "byline": ("Siti",), "body": "Warga memanen padi di Sukamaju pada Jumat pagi."}
    photos = tuple(
        replace(photo, caption="Sawah.", credit="Siti/KIM", people_checked=True) for photo in session.story.photos
    )
    clips = tuple(replace(clip, credit="Siti/KIM", people_checked=True) for clip in session.story.videos)
    session.edit(StoryEdit("edit.status", lambda story: replace(story, **ready, photos=photos, videos=clips)))
    assert not judge_story(session.story, window.stories.workspace.group).draft
    page.captions.click()
    page.preview.make.click()
    assert _red(page, qtbot) < 0.001


def test_a_narration_is_copied_and_can_be_taken_out(page, show, answers, tmp_path, window):
    voice = tmp_path / "narasi.m4a"
    tone = ["-f", "lavfi", "-i", "sine=200:d=1", "-c:a", "aac", str(voice)]
    subprocess.run([ffmpeg_path(), "-v", "error", "-y", *tone], check=True, stdin=subprocess.DEVNULL)
    answers.files = (voice,)
    page.narration.click()
    assert answers.kinds[-1] == "sound"
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
    assert SHOW not in desk.shelf.strip.ids


def test_music_is_chosen_for_the_video_of_photos(page, show):
    page.wanted.click()
    assert not page.clean.isVisible()
    page.music.setFocus()
    QTest.keyClick(page.music, Qt.Key.Key_Down)
    assert show().music == MusicBed(tune="pagi")
    QTest.keyClick(page.music, Qt.Key.Key_Up)
    assert show().music is None
