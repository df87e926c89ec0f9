"""What a cover hides stays hidden: in the file, in stills and photos, whatever is done around it."""

from __future__ import annotations

import threading

import av
import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from studio.base.progress import SilentProgress
from studio.export.planning.video_specs import ClipInputs, VideoTarget
from studio.export.rendering.clip_videos import make_video
from studio.export.rendering.video_stills import video_still
from studio.services import clip_preparation as work
from studio.story.model import Cover, Cut
from studio.ui.core.background_jobs import ThreadedJobs
from studio.ui.video.frame_reader import to_image
from studio.video.clip_pictures import frame_at
from studio.video.probe import probe_clip
from tests.ui.video.conftest import make_clip, number_in, number_of, pixels

H264 = ("-c:v", "libx264", "-crf", "12", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
RATES = {
    "gelap": ("-r", "10"),
    "lima belas": ("-r", "15"),
    "film": ("-r", "24"),
    "eropa": ("-r", "25"),
    "tak tentu": ("-vf", "select='not(mod(n,3))+gt(t,2)'", "-fps_mode", "vfr"),
}
"""Rates of phones and cameras; in the dark a phone takes ten pictures a second."""


def blue(picture: np.ndarray) -> bool:
    """Whether the whole picture is covered with blue."""
    return picture[:, :, 2].mean() > 200 and picture[:, :, 0].mean() < 60


@pytest.mark.parametrize("kind", RATES)
def test_the_pictures_a_cover_was_put_on_are_hidden_to_their_last_moment(desk, window, tmp_path, kind):
    desk._bench.bring_in([make_clip(tmp_path / f"{kind}.mp4", *H264, *RATES[kind], seconds=2.2)])
    desk.editing.set(closing_card=False, logo=False, cuts=(Cut(start=0.1, end=1.6),))
    clip, fps = desk.state.clip, 10 if kind == "tak tentu" else int(RATES[kind][1])
    workspace, session = window.stories.workspace, window.stories.session
    for first, last in ((7.5, 9.5), (8.97, 11.03), (10.02, 12.97)):
        desk.editing.set(covers=(Cover(whole=True, color="#0000ff"),))
        desk.state.choose_cover(0)
        hidden = []
        for at, press in ((first, desk.side_panel.covers.from_here), (last, desk.side_panel.covers.to_here)):
            desk.player.seek(at / fps)
            press.click()
            hidden.append(number_of(to_image(frame_at(clip, desk.state.position))))
        inputs = ClipInputs(clip.path, session.story, desk.state.video, workspace.group, tmp_path / "kerja")
        made = make_video(inputs, VideoTarget((320, 180)), tmp_path / "hasil.mp4", SilentProgress())
        with av.open(str(made.path)) as exported:
            seen = [frame.to_ndarray(format="rgb24") for frame in exported.decode(video=0)]
        assert len(seen) == round(made.seconds * 30)
        bare = [number_in(picture) for picture in seen if not blue(picture)]
        assert not [number for number in bare if hidden[0] <= number <= hidden[1]]
        assert min(bare) < hidden[0] < hidden[1] < max(bare)


def test_stills_and_photos_are_covered_as_the_file_is(desk, window, video, tmp_path):
    """The poster at the border of a cover, whose picture the file hides."""
    source = make_clip(tmp_path / "gelap.mp4", *H264, "-r", "10", seconds=2.2)
    desk._bench.bring_in([source])
    cover = Cover(whole=True, color="#0000ff", start=1.05, end=1.55)
    desk.editing.set(closing_card=False, logo=False, title="", covers=(cover,))
    workspace, session, clip = window.stories.workspace, window.stories.session, desk.state.clip
    for at, hidden in ((0.9, False), (1.02, True), (1.58, True), (1.69, False)):
        desk.editing.set(poster=at)
        inputs = ClipInputs(clip.path, session.story, desk.state.video, workspace.group, tmp_path / "kerja")
        wide, high, rgb = video_still(inputs, VideoTarget((320, 180)), (320, 180))
        assert blue(np.frombuffer(rgb, np.uint8).reshape(high, wide, 3)) == hidden, at
        desk.player.seek(at)
        desk.side_panel.picture.as_photo.click()
        photo = workspace.media_path(session.folder, session.story.photos[-1].file)
        from PIL import Image

        with Image.open(photo) as image:
            grey = Image.new("RGB", image.size, cover.color)
            same = np.abs(np.asarray(image.convert("RGB"), float) - np.asarray(grey, float)).mean() < 12
        assert same == hidden, at


def test_over_the_result_no_key_takes_away_a_cover_that_is_not_seen(desk, video):
    desk.editing.set_pieces([Cut(start=0, end=2), Cut(start=3, end=5)])
    desk.editing.add_cover(Cover(box=(0.2, 0.2, 0.3, 0.3)))
    desk.view.result.click()
    stage = desk.view.stage
    stage.setFocus()
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_X):
        QTest.keyClick(stage, key)
    assert len(video().covers) == 1
    assert len(video().cuts) == 1


def test_a_number_changes_one_side_of_a_cover_and_shrinks_no_other(desk, video):
    desk.editing.add_cover(Cover(box=(0.3049, 0.2049, 0.0649, 0.1049)))
    desk.side_panel.show_page("covers")
    desk.side_panel.covers.boxes["y"].setValue(19)
    assert video().covers[0].box == pytest.approx((0.3049, 0.19, 0.0649, 0.1049), abs=1e-6)


def test_everything_of_a_clip_in_one_piece_is_covered_for_good(desk, video):
    desk.side_panel.covers.whole.click()
    assert (video().covers[0].start, video().covers[0].end) == (None, None)
    desk.editing.set_pieces([Cut(start=1, end=2)])
    desk.editing.trim(0, "end", 4.0)
    assert (video().covers[0].start, video().covers[0].end) == (None, None)


def test_a_still_on_a_blurred_ground_looks_like_the_file(desk, window, tmp_path):
    desk.editing.set(reframe="pad", closing_card=False, logo=False, title="", poster=1.0, level_sound=False)
    workspace, session, clip = window.stories.workspace, window.stories.session, desk.state.clip
    wish = VideoTarget((360, 640))
    inputs = ClipInputs(clip.path, session.story, desk.state.video, workspace.group, tmp_path / "kerja")
    wide, high, rgb = video_still(inputs, wish, wish.size)
    made = make_video(inputs, wish, tmp_path / "hasil.mp4", SilentProgress())
    truth = pixels(to_image(frame_at(probe_clip(made.path), 1.0 + 0.5 / 30))).astype(float)
    seen = np.frombuffer(rgb, np.uint8).reshape(high, wide, 3).astype(float)
    fields = zip(np.array_split(seen, 8), np.array_split(truth, 8), strict=True)
    assert max(np.abs(one - other).mean() for one, other in fields) < 9  # two blurs, two scalers, H.264


def test_a_frame_taken_as_photo_does_not_join_the_story_opened_since(make_studio, workspace_path, qtbot, monkeypatch):
    real, begun, go = work.save_still, threading.Event(), threading.Event()

    def slow(*args, **named):
        begun.set()
        assert go.wait(30)
        return real(*args, **named)

    monkeypatch.setattr(work, "save_still", slow)
    studio = make_studio(jobs=ThreadedJobs())
    studio.open_workspace(workspace_path)
    studio.stories.open(studio.stories.workspace.story_folders()[0])
    studio.window.go("video")
    desk = studio.window.page
    qtbot.waitUntil(lambda: desk.state.clip is not None, timeout=30_000)
    desk.side_panel.picture.as_photo.click()
    qtbot.waitUntil(begun.is_set)
    studio.stories.new()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    go.set()
    qtbot.waitUntil(lambda: not [job for job in studio.tools.jobs.running() if not job.quiet], timeout=30_000)
    assert studio.stories.session.story.photos == ()
