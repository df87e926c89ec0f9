"""Several clips, none, damaged ones, and ones that Qt cannot play."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.story import edits
from studio.story.model import Cut, Video
from studio.ui.core.background_jobs import ThreadedJobs
from studio.ui.video.clip_shelf import SHOW
from tests.ui.video.conftest import click_clip, make_clip, number_of, shown

_PATIENCE = 30_000
"""Milliseconds for threads to end their work where the machine has a lot else to do."""


def test_an_empty_story_says_what_to_do(desk, window, answers, clip_file):
    window.stories.session.edit(edits.remove_video("v1"))
    assert desk.empty.isVisible()
    answers.files = (clip_file,)
    window.stories.session.edit(edits.add_videos([Video(id="v2", file="x.mp4", name="baru.mp4")]))
    assert not desk.empty.isVisible()
    assert desk.state.video_id == "v2"


def test_a_clip_that_comes_in_is_the_one_that_is_worked_on(desk, window, qtbot, tmp_path):
    other = make_clip(tmp_path / "pasar.mp4", "-c:v", "libx264", "-preset", "ultrafast", "-vf", "negate", seconds=1.0)
    desk._bench.bring_in([other])
    assert desk.shelf.strip.currentItem().text().startswith("pasar.mp4")
    qtbot.waitUntil(lambda: not shown(desk).isNull())
    assert number_of(shown(desk)) == 511  # the negative of frame 0
    QTest.keyClick(desk.shelf, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    desk.shelf.earlier.click()
    assert [video.name for video in window.stories.session.story.videos] == ["pasar.mp4", "panen raya.mp4"]
    desk.shelf.remove.click()
    assert desk.state.video_id == "v1"
    window.window.story_actions.undo()
    assert len(window.stories.session.story.videos) == 2


def test_a_copied_clip_is_pasted(whole_window, clip_file, tmp_path):
    """Other bytes than those of the clip that is there: it would be recognised."""
    copy = tmp_path / "tempel.mp4"
    copy.write_bytes(clip_file.read_bytes() + b"\0" * 8)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(copy))])
    QGuiApplication.clipboard().setMimeData(data)
    whole_window.window.page.view.stage.setFocus()
    QTest.keyClick(whole_window.window.page.view.stage, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().clear()
    assert [video.name for video in whole_window.stories.session.story.videos] == ["panen raya.mp4", "tempel.mp4"]


def test_a_damaged_file_is_named_on_the_picture(desk, window):
    path = window.stories.workspace.media_path(window.stories.session.folder, desk.state.video.file)
    path.write_bytes(b"\0" * 500)
    desk.loader.load(path)
    assert "panen raya.mp4" in desk.view.stage.words  # not the number it has in media/
    assert path.stem not in desk.view.stage.words


def test_a_damaged_clip_does_not_show_the_picture_of_the_one_before(desk, window, qtbot, tmp_path):
    """Nothing could be worse than a cover that is drawn over the wrong picture."""
    bad = make_clip(tmp_path / "rusak.mp4", "-c:v", "libx264", "-preset", "ultrafast", "-vf", "negate", seconds=1.0)
    desk._bench.bring_in([bad])
    broken = desk.state.video
    click_clip(desk, "v1")
    window.stories.workspace.media_path(window.stories.session.folder, broken.file).write_bytes(b"\0" * 500)
    desk.player.seek(1.0)  # a picture of the first clip is on its way
    click_clip(desk, broken.id)
    assert "rusak.mp4" in desk.view.stage.words
    desk.view.timeline.sought.emit(2.0)
    QTest.keyClick(desk.view.stage, Qt.Key.Key_Space)
    assert desk.player.rate == 0
    qtbot.wait(200)
    assert shown(desk).isNull()


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("kamera.ts", ("-c:v", "mpeg2video", "-q:v", "2")),
        ("hdr.mkv", ("-c:v", "libx264", "-pix_fmt", "yuv420p10le", "-preset", "ultrafast", "-crf", "12")),
    ],
)
def test_what_qt_cannot_play_is_copied_for_the_preview(desk, qtbot, tmp_path, name, args):
    file = make_clip(tmp_path / name, *args)
    desk._bench.bring_in([file])
    assert desk.player._source is not None
    assert desk.player._source.path != desk.player.clip.path
    assert desk.player._source.codec == "h264"
    assert not desk.player._unplayable
    desk.player.seek(100.5 / 30)
    qtbot.waitUntil(lambda: not shown(desk).isNull() and abs(number_of(shown(desk)) - 100) <= 1)


def test_a_copy_that_comes_while_the_clip_plays_is_taken_when_it_stops(desk, without_sound):
    copy = replace(desk.player.clip, codec="mpeg4")
    desk.player.play()
    desk.player.offer(copy)
    assert desk.player.rate == 1
    assert desk.player._source is not copy
    desk.player.pause()
    assert desk.player._source is copy
    desk.player.play()
    desk.player.offer(desk.player.clip)
    desk.player.close()
    assert desk.player._source is None


def test_the_clip_behind_the_removed_one_comes_up(desk, window, clip_file):
    for name in ("v2", "v3"):
        window.session.edit(edits.add_videos([Video(id=name, file="x.mp4", name=f"{name}.mp4")]))
    click_clip(desk, "v2")
    desk.shelf.remove.click()
    assert desk.state.video_id == "v3"
    desk.shelf.remove.click()
    assert desk.state.video_id == "v1"
    window.window.story_actions.undo()
    assert desk.state.video_id == "v3"


def test_the_chosen_clip_is_in_sight_and_keeps_the_focus_when_it_is_moved(desk, window, qtbot):
    many = [Video(id=f"x{number}", file="x.mp4", name=f"Kunjungan Bupati {number}.mp4") for number in range(9)]
    window.session.edit(edits.add_videos(many))
    strip = desk.shelf.strip
    qtbot.waitUntil(lambda: strip.viewport().rect().contains(strip.visualItemRect(strip.currentItem()).center()))
    strip.setFocus()
    for number in (2, 1):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert (strip.hasFocus(), strip.current) == (True, "x8")
        assert [video.id for video in window.session.story.videos].index("x8") == 9 - 3 + number


def test_clips_are_ordered_in_their_strip_and_the_video_of_photos_stays_behind_them(desk, window):
    """The strip of photos is that of clips: what is dropped behind the last clip is the last."""
    for name in ("v2", "v3"):
        window.session.edit(edits.add_videos([Video(id=name, file="x.mp4", name=f"{name}.mp4")]))
    strip = desk.shelf.strip
    assert strip.ids == ["v1", "v2", "v3", SHOW]
    click_clip(desk, "v1")
    for gap, order in ((4, ["v2", "v3", "v1"]), (0, ["v1", "v2", "v3"]), (2, ["v2", "v1", "v3"])):
        strip.moved.emit(["v1"], gap)
        assert strip.ids == [*order, SHOW]
        assert strip.current == "v1"
    click_clip(desk, SHOW)
    strip.setFocus()
    for key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
        QTest.keyClick(strip, key)
    QTest.keyClick(strip, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert strip.ids == ["v2", "v1", "v3", SHOW]


def test_switching_quickly_ends_at_the_last_clip(make_studio, workspace_path, tmp_path, qtbot):
    """With real threads: what was asked for the clips before never shows."""
    other = make_clip(tmp_path / "pasar.mp4", "-c:v", "libx264", "-preset", "ultrafast", "-vf", "negate", seconds=1.0)
    studio = make_studio(jobs=ThreadedJobs())
    studio.open_workspace(workspace_path)
    studio.stories.open(studio.stories.workspace.story_folders()[0])
    studio.window.go("video")
    desk = studio.window.page
    desk._bench.bring_in([other])
    qtbot.waitUntil(lambda: len(desk.shelf.strip.ids) == 3, timeout=_PATIENCE)
    first, second = (video.id for video in studio.stories.session.story.videos)
    for key in (first, second) * 10:
        click_clip(desk, key)
        qtbot.wait(10)
    qtbot.waitUntil(lambda: not shown(desk).isNull() and bool(desk.view.timeline.chart.peaks), timeout=_PATIENCE)
    assert number_of(shown(desk)) == 511
    assert desk.player.clip.path.name == desk.state.video.file


def test_the_window_closes_while_a_file_is_made(make_studio, workspace_path, qtbot):
    studio = make_studio(jobs=ThreadedJobs())
    studio.open_workspace(workspace_path)
    studio.stories.open(studio.stories.workspace.story_folders()[0])
    studio.window.go("video")
    desk = studio.window.page
    qtbot.waitUntil(desk.send.send.isEnabled, timeout=_PATIENCE)
    desk.send.send.click()
    folder = studio.stories.workspace.path / "exports"
    studio.close()
    assert not [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".mp4"]
    assert not list(folder.rglob(".tmp-*"))


def test_loading_runs_in_the_background_and_ends_with_the_desk(make_studio, workspace_path, qtbot):
    jobs = ThreadedJobs()
    studio = make_studio(jobs=jobs)
    studio.open_workspace(workspace_path)
    studio.stories.open(studio.stories.workspace.story_folders()[0])
    studio.window.go("video")
    desk = studio.window.page
    chart = desk.view.timeline.chart
    qtbot.waitUntil(lambda: len(chart.pictures) == 24 and bool(chart.peaks), timeout=_PATIENCE)
    reader = desk.player._reader
    desk.player.seek(1.0)  # its thread ends by itself when nobody asks for a picture
    assert reader._thread is not None
    loader = desk.loader
    studio.stories.new()
    qtbot.waitUntil(lambda: reader._thread is None, timeout=_PATIENCE)
    assert loader._path is None


def test_the_result_of_another_clip_is_not_shown_by_mistake(desk, window, tmp_path):
    desk.editing.set_pieces([Cut(start=3.0, end=4.0)])
    desk.view.result.click()
    other = make_clip(tmp_path / "pasar.mp4", "-c:v", "libx264", "-preset", "ultrafast")
    desk._bench.bring_in([other])
    assert not desk.programme.active
    assert not desk.view.result.isChecked()
    desk.view.result.click()
    assert desk.programme.seconds == pytest.approx(5.0 + 2.5, abs=0.1)  # with a closing card


def test_before_a_clip_is_read_nothing_can_be_played(make_studio, workspace_path):
    jobs = ThreadedJobs()
    studio = make_studio(jobs=jobs)
    studio.open_workspace(workspace_path)
    studio.stories.open(studio.stories.workspace.story_folders()[0])
    studio.window.go("video")
    desk = studio.window.page
    assert not desk.view.result.isEnabled()
    desk.view.result.setChecked(True)
    desk.editor.transport.toggle()
    assert desk.player.rate == 0
