"""Several clips, none, damaged ones, and ones that Qt cannot play."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.story import edits
from studio.story.model import Cut, Video
from studio.ui.jobs import Jobs
from tests.ui.video.conftest import make_clip, number_of, shown

_PATIENCE = 30_000
"""Milliseconds for threads to end their work where the machine has a lot else to do."""


def test_an_empty_story_says_what_to_do(desk, window, answers, clip_file):
    window.stories.session.edit(edits.remove_video("v1"))
    assert desk.empty.isVisible()
    answers.files = (clip_file,)
    window.stories.session.edit(edits.add_videos([Video(id="v2", file="x.mp4", name="baru.mp4")]))
    assert not desk.empty.isVisible()
    assert desk.editing.video_id == "v2"


def test_a_clip_that_comes_in_is_the_one_that_is_worked_on(desk, window, qtbot, tmp_path):
    other = make_clip(tmp_path / "pasar.mp4", "-c:v", "libx264", "-preset", "ultrafast", "-vf", "negate")
    desk._bench.bring_in([other])
    assert desk.shelf.buttons[desk.editing.video_id].text().startswith("pasar.mp4")
    qtbot.waitUntil(lambda: not shown(desk).isNull())
    assert number_of(shown(desk)) == 511  # the negative of frame 0
    QTest.keyClick(desk.shelf, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    desk.shelf.earlier.click()
    assert [video.name for video in window.stories.session.story.videos] == ["pasar.mp4", "panen raya.mp4"]
    desk.shelf.remove.click()
    assert desk.editing.video_id == "v1"
    window.window.story_actions.undo()
    assert len(window.stories.session.story.videos) == 2


def test_a_damaged_file_is_named_on_the_picture(desk, window):
    path = window.stories.workspace.media_path(window.stories.session.folder, desk.editing.video.file)
    path.write_bytes(b"\0" * 500)
    desk.loader.load(path)
    assert path.name in desk.view.stage.words


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


def test_loading_runs_in_the_background_and_ends_with_the_desk(make_studio, workspace_path, qtbot):
    jobs = Jobs()
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
    jobs = Jobs()
    studio = make_studio(jobs=jobs)
    studio.open_workspace(workspace_path)
    studio.stories.open(studio.stories.workspace.story_folders()[0])
    studio.window.go("video")
    desk = studio.window.page
    assert not desk.view.result.isEnabled()
    desk.view.result.setChecked(True)
    desk.editor.transport.toggle()
    assert desk.player.rate == 0
