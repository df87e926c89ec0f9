"""What a worker reads of a clip reaches the window only through the runner of jobs."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace

import shiboken6

from studio.services import clip_preparation
from studio.ui.core.background_jobs import ThreadedJobs
from studio.ui.video.clip_loader import ClipLoader
from studio.ui.video.clip_player import ClipPlayer
from studio.video.clip_pictures import VideoPicture


def test_a_picture_that_comes_after_the_desk_is_gone_troubles_nobody(qapp, qtbot, monkeypatch, tmp_path):
    """Qt deletes the desk while the film strip of its clip is being read."""
    gate, reading = threading.Event(), threading.Event()
    clip = SimpleNamespace(path=Path("panen.mp4"))

    def read_strip(clip, folder, tell, progress):
        reading.set()
        assert gate.wait(30)
        tell(0, VideoPicture(0.0, 1, 1, b"\0\0\0"))

    monkeypatch.setattr(clip_preparation, "read_clip", lambda path, progress: clip)
    monkeypatch.setattr(clip_preparation, "read_strip", read_strip)
    monkeypatch.setattr(clip_preparation, "read_peaks", lambda *_: ())
    monkeypatch.setattr(clip_preparation, "ready_player", lambda _: None)
    monkeypatch.setattr(clip_preparation, "needs_copy", lambda _: False)
    jobs = ThreadedJobs()
    troubles, pictures = [], []
    jobs.troubled.connect(lambda *trouble: troubles.append(trouble))
    loader = ClipLoader(SimpleNamespace(jobs=jobs), tmp_path)
    loader.picture.connect(lambda *picture: pictures.append(picture))
    try:
        loader.load(clip.path)
        qtbot.waitUntil(reading.is_set)
        loader.stop()
        shiboken6.delete(loader)
        gate.set()
        qtbot.waitUntil(lambda: not jobs.running())
    finally:
        gate.set()
        jobs.close()
    assert (troubles, pictures) == ([], [])


def test_a_reader_whose_desk_is_gone_ends_and_is_destroyed_in_the_windows_thread(qapp, monkeypatch):
    gate = threading.Event()

    class SlowScrubber:
        def frame_at(self, seconds, stop, early):
            assert gate.wait(30)
            return VideoPicture(seconds, 1, 1, b"\0\0\0")

        def close(self):
            pass

    monkeypatch.setattr(clip_preparation, "open_scrubber", lambda *_: SlowScrubber())
    monkeypatch.setattr("studio.ui.video.clip_player.qt_can_play", lambda _: False)
    player, ended = ClipPlayer(lambda _: None), []
    player.load(SimpleNamespace(path=Path("panen.mp4"), seconds=2.0, fps=30.0, sound=None))
    player._reader.destroyed.connect(lambda: ended.append(threading.current_thread()))
    thread = player._reader._thread
    shiboken6.delete(player)
    del player
    gate.set()
    thread.join(10)
    assert not thread.is_alive()
    assert ended == [threading.main_thread()]
