"""Kirim lewat WhatsApp: one press, the size beforehand, cancel, and ways out when the clip is too long."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest
from msgspec import structs
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication

from studio.base.errors import UserError, WorkCancelled
from studio.base.paths import templates_dir
from studio.base.progress import SilentProgress
from studio.export.planning.video_specs import ClipInputs, VideoTarget
from studio.export.rendering.clip_videos import make_video
from studio.posts.catalog import load_catalog
from studio.services import whatsapp_file as sending
from studio.story.edits import StoryEdit
from studio.story.model import Cover, Cue, Cut, Person
from studio.ui.core.background_jobs import BackgroundJob, ThreadedJobs
from studio.video.probe import probe_clip
from tests.ui.video.conftest import SECONDS

SHORT = Cut(start=1.0, end=1.6)
"""Of the clip, where its length is not what is asked about."""


def test_one_press_makes_the_file(desk, window, answers):
    card = desk.send
    desk.editing.set_pieces([Cut(start=1.0, end=2.0)])
    assert card.size_text.text().startswith("0.01, sekitar")
    assert "320 x 180" in card.size_text.text()
    card.send.click()
    (file,) = card.files
    assert not answers.asked
    assert file.parent == window.stories.workspace.path / "exports" / window.stories.session.folder / "kirim-whatsapp"
    assert probe_clip(file).seconds == pytest.approx(1.0, abs=0.05)
    assert file.stat().st_size < sending.WHATSAPP_MAX_BYTES
    assert "panen-raya.mp4" in card.size_text.text()
    assert "DRAF" in card.size_text.text()  # the story is not ready
    assert sorted(each.name for each in file.parent.iterdir()) == ["panen-raya.mp4"]
    card.copy.click()
    assert [url.toLocalFile() for url in QGuiApplication.clipboard().mimeData().urls()] == [str(file)]
    desk.editing.mark_in()  # edited: what was made is not what is there
    desk.editing.set_pieces([Cut(start=1.0, end=3.0)])
    assert card.copy.isHidden()
    assert card.send.isEnabled()


def test_the_format_that_is_looked_at_is_sent(desk):
    desk.view.shapes["9:16"].click()
    assert sending.canvas_size(desk.state.clip, "9:16") == (180, 320)
    assert "180 x 320" in desk.send.size_text.text()


def test_the_size_never_exceeds_the_limit_and_long_clips_say_how_long_they_may_be(desk):
    clip = desk.state.clip
    sizes = [sending.expected_file(clip, seconds, "") for seconds in (1, 60, 600, 3000)]
    assert [found.parts for found in sizes[:2]] == [1, 1]
    assert [found.bytes for found in sizes] == sorted(found.bytes for found in sizes)
    assert sizes[-1].bytes == sending.WHATSAPP_MAX_BYTES
    too_long = sending.expected_file(clip, 30_000, "")
    assert too_long.parts == -int(-30_000 // too_long.longest)
    assert sending.expected_file(clip, too_long.longest * 0.99, "").parts == 1


@pytest.fixture
def at_most_three_seconds(monkeypatch):
    """As if five seconds fell under the floor of quality: an hour-long clip would do the same, but slowly."""
    real = sending.expected_file

    def found(clip, seconds, *rest):
        usual = real(clip, seconds, *rest)
        return usual if seconds <= 3.4 else replace(usual, parts=2, longest=3.4)

    monkeypatch.setattr(sending, "expected_file", found)


def test_a_long_clip_is_shortened_as_a_step_that_can_be_undone(desk, video, window, at_most_three_seconds):
    desk.send.show_state()
    assert "terlalu panjang" in desk.send.size_text.text()
    assert not desk.send.send.isEnabled()
    desk.send.shorten.click()
    assert desk.programme.seconds <= 3.4
    assert len(video().cuts) == 1
    assert desk.send.send.isEnabled()
    window.window.story_actions.undo()
    assert video().cuts == ()


def test_pieces_found_too_late_change_nothing(desk, video, window, at_most_three_seconds, monkeypatch):
    """Somebody cut the clip, or went to another one, while the quiet place was looked for."""
    waiting = []
    desk.send.show_state()
    monkeypatch.setattr(window.tools.jobs, "start", lambda title, work, done, **_: waiting.append(done))
    desk.send.shorten.click()
    desk.editing.set_pieces([Cut(start=1.0, end=5.0)])
    waiting[0]((Cut(start=0.0, end=2.0),))
    assert [(cut.start, cut.end) for cut in video().cuts] == [(1.0, 5.0)]


def test_a_long_clip_is_split_into_files_without_a_change_of_the_story(desk, video, at_most_three_seconds):
    desk.send.show_state()
    desk.send.split.click()
    names = [file.name for file in desk.send.files]
    assert names == ["panen-raya-bagian-1.mp4", "panen-raya-bagian-2.mp4"]
    lengths = [probe_clip(file).seconds for file in desk.send.files]
    assert max(lengths) <= 3.4
    assert sum(lengths) == pytest.approx(SECONDS, abs=0.1)
    assert video().cuts == ()


def test_what_was_made_before_of_the_clip_does_not_stay(desk, monkeypatch):
    """It may show what is covered by now: one file, then two parts, then one again."""
    desk.editing.set_pieces([SHORT])
    desk.send.send.click()
    (whole,) = desk.send.files
    with monkeypatch.context() as patch:
        patch.setattr(sending, "split_parts", lambda *_: ((Cut(start=0, end=0.5),), (Cut(start=2, end=2.6),)))
        desk.send.start(3.0)
    parts = desk.send.files
    assert sorted(whole.parent.iterdir()) == sorted(parts)
    desk.editing.add_cover(Cover(box=(0.1, 0.1, 0.3, 0.3)))
    desk.send.send.click()
    assert list(whole.parent.iterdir()) == [whole]


def test_two_clips_of_one_name_do_not_replace_each_other(desk, window):
    desk.editing.set_pieces([SHORT])
    session = window.stories.session
    first = desk.state.video
    twin = structs.replace(first, id="v2", cuts=(Cut(start=0, end=1),))
    session.edit(StoryEdit("edit.video_add", lambda story: structs.replace(story, videos=(first, twin))))
    desk.open("v2")
    desk.send.send.click()
    (second,) = desk.send.files
    desk.open("v1")
    desk.send.send.click()
    assert desk.send.files != (second,)
    assert probe_clip(second).seconds == pytest.approx(1.0, abs=0.05)
    assert probe_clip(desk.send.files[0]).seconds == pytest.approx(0.6, abs=0.05)


def test_a_file_that_cannot_be_replaced_is_explained(desk, window, answers):
    """On Windows it is enough that somebody is watching it; here a folder stands in its way."""
    folder = window.stories.workspace.path / "exports" / window.session.folder / "kirim-whatsapp"
    (folder / "panen-raya.mp4").mkdir(parents=True)
    desk.editing.set_pieces([SHORT])
    desk.send.send.click()
    assert "panen-raya.mp4" in answers.said[-1][1]
    assert desk.send.files == ()
    assert [each.name for each in folder.iterdir()] == ["panen-raya.mp4"]


def test_a_file_that_is_ready_when_another_clip_is_shown_is_told_of(desk, window, monkeypatch):
    real = sending.make_files

    def meanwhile(order, progress):
        made = real(order, progress)
        desk.editing.set_pieces([Cut(start=1.0, end=2.0)])
        return made

    monkeypatch.setattr(sending, "make_files", meanwhile)
    desk.editing.set_pieces([SHORT])
    desk.send.send.click()
    assert "panen-raya.mp4" in window.said[-1]
    assert "panen-raya.mp4" not in desk.send.size_text.text()
    assert desk.send.copy.isHidden()


def test_nobody_gets_a_picture_of_180_lines(desk):
    """Small originals had their third as least size; 240 lines are the least for all that have them."""
    clip = replace(desk.state.clip, width=640, height=360)
    found = sending.expected_file(clip, 720, "")
    assert found.parts == 2
    fits = sending.expected_file(clip, found.longest * 0.98, "")
    assert fits.parts == 1
    assert min(fits.width, fits.height) >= 240
    assert sending.expected_file(desk.state.clip, 60, "").height == 180  # what the original has


def test_cancelling_leaves_nothing(desk, window):
    folder = window.stories.workspace.path / "exports" / "x"

    class Stop:
        def report(self, done, total, what):
            raise WorkCancelled

    session = window.stories.session
    session.flush()
    place = (window.stories.workspace, session.folder)
    facts = (desk.state.clip, *place, session.story.videos[0], None, "", folder, 0.0)
    with pytest.raises(WorkCancelled):
        sending.make_files(sending.SendOrder(*facts, window.tools.texts), Stop())
    assert not list(folder.iterdir())


def test_the_size_is_measured_on_a_sample(desk, video, qtbot, window, tmp_path):
    """Without it, still bands with numbers would count as ordinary footage."""
    desk.send._pause.setInterval(0)
    desk.editing.set(mute=True)
    qtbot.waitUntil(lambda: bool(desk.send._samples))
    found = desk.send._expected()
    assert found.bytes < sending.expected_file(desk.state.clip, SECONDS, "").bytes / 2
    target = VideoTarget((320, 180), None, sending.WHATSAPP_MAX_BYTES)
    group, story = window.stories.workspace.group, window.session.story
    inputs = ClipInputs(desk.state.clip.path, story, video(), group, tmp_path / "w")
    made = make_video(inputs, target, tmp_path / "a.mp4", SilentProgress())
    assert made.bytes == pytest.approx(found.bytes, rel=0.4)


def test_a_sample_of_what_is_no_longer_there_is_called_off(desk, window, monkeypatch):
    """It would hold up the previews, which wait in the same lane."""
    begun = []

    def start(title, work, **_):
        begun.append(BackgroundJob(title, parent=desk))
        return begun[-1]

    monkeypatch.setattr(window.tools.jobs, "start", start)
    desk.editing.set_pieces([Cut(start=0, end=2)])
    desk.send._sample()
    assert not begun[-1].cancel_asked
    sampling = begun[-1]
    desk.editing.set(title="Asep")  # has nothing to do with the size
    assert not sampling.cancel_asked
    desk.editing.set_pieces([Cut(start=1, end=3)])
    assert sampling.cancel_asked


def test_who_must_be_protected_is_not_sent(desk, window, answers):
    """A child's name in a subtitle: the whole clip stays here, as with every export."""
    child = Person(id="p", name="Dimas Saputra", age_group="child", role="victim", protected=True)
    window.session.edit(StoryEdit("edit.people", lambda story: structs.replace(story, people=(child,))))
    desk.editing.set_cues((Cue(start=0, end=2, text="Dimas Saputra menangis."),), 0)
    desk.send.send.click()
    assert desk.send.files == ()
    assert "demi keselamatan orang" in answers.said[-1][1]
    assert not list((window.stories.workspace.path / "exports").rglob("*.mp4"))


@pytest.fixture
def real_studio(make_studio, workspace_path):
    """A studio whose work runs in threads, as in the program, on the video desk."""
    studio = make_studio(jobs=ThreadedJobs())
    studio.open_workspace(workspace_path)
    studio.stories.open(studio.stories.workspace.story_folders()[0])
    studio.window.go("video")
    return studio


@pytest.fixture
def real_card(real_studio, qtbot):
    """The card of its desk."""
    card = real_studio.window.page.send
    qtbot.waitUntil(card.send.isEnabled, timeout=30_000)
    real_studio.window.page.editing.set_pieces([SHORT])
    return card


@pytest.mark.parametrize("fails", [False, True])
def test_what_became_of_a_file_is_told_though_its_story_was_left(
    real_studio, real_card, answers, qtbot, monkeypatch, fails
):
    real, gate, entered = sending.make_files, threading.Event(), threading.Event()

    def slow(order, progress):
        entered.set()
        assert gate.wait(30)
        if fails:
            raise UserError("video.broken", file="panen raya.mp4")
        return real(order, progress)

    monkeypatch.setattr(sending, "make_files", slow)
    real_card.send.click()
    qtbot.waitUntil(entered.is_set)
    real_studio.stories.new()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gate.set()
    if fails:
        qtbot.waitUntil(lambda: any("panen raya.mp4" in text for _, text in answers.said), timeout=30_000)
    else:
        toast = real_studio.window.shell._toast_text
        qtbot.waitUntil(lambda: "panen-raya.mp4" in toast.text(), timeout=30_000)


def test_what_a_thread_made_is_told_and_can_be_copied(real_card, qtbot):
    real_card.send.click()
    assert real_card.bar.isVisible()
    assert real_card.cancel.isVisible()
    qtbot.waitUntil(real_card.copy.isVisible, timeout=30_000)
    assert "panen-raya.mp4" in real_card.size_text.text()
    assert real_card.files[0].stat().st_size > 0
    assert real_card.open.isVisible()
    assert not real_card.bar.isVisible()


def test_called_off_and_asked_for_again_at_once(real_card, qtbot, monkeypatch):
    """The end of the first job comes while the second one runs."""
    real, gate, entered = sending.make_files, threading.Event(), threading.Event()

    def slow(order, progress):
        entered.set()
        gate.wait(20)
        return real(order, progress)

    monkeypatch.setattr(sending, "make_files", slow)
    real_card.send.click()
    qtbot.waitUntil(entered.is_set)
    real_card.cancel.click()
    assert real_card.send.isEnabled()
    real_card.send.click()
    gate.set()
    qtbot.waitUntil(real_card.copy.isVisible, timeout=30_000)
    assert "panen-raya.mp4" in real_card.size_text.text()


def test_called_off_from_the_foot_of_the_window(real_card, qtbot, monkeypatch):
    entered = threading.Event()

    def slow(order, progress):
        entered.set()
        while True:
            progress.report(0, 1, "x")
            time.sleep(0.01)

    monkeypatch.setattr(sending, "make_files", slow)
    real_card.send.click()
    qtbot.waitUntil(entered.is_set)
    real_card._job.cancel()  # what the cross in the status bar does
    qtbot.waitUntil(real_card.send.isEnabled)
    assert not real_card.bar.isVisible()


def test_a_failure_is_explained(desk, answers, monkeypatch):
    def fail(*_):
        raise UserError("video.missing", file="panen.mp4")

    monkeypatch.setattr(sending, "make_files", fail)
    desk.send.send.click()
    assert "panen.mp4" in answers.said[-1][1]
    assert desk.send.send.isEnabled()


def test_a_file_is_not_taken_along_when_the_gate_refuses_by_now(desk, window, answers):
    desk.editing.set_pieces([SHORT])
    desk.send.send.click()
    assert desk.send.files
    QGuiApplication.clipboard().setText("kosong")
    child = Person(id="anak", name="Rani Oktaviani", age_group="child", role="victim", protected=True)
    body = "Rani Oktaviani ikut panen."
    window.session.edit(StoryEdit("edit.body", lambda story: structs.replace(story, people=(child,), body=body)))
    desk.send.copy.click()
    assert QGuiApplication.clipboard().text() == "kosong"
    assert "Rani Oktaviani" in answers.said[-1][1]
    assert desk.send.files == ()


def test_the_limit_is_that_of_the_outlet():
    outlet = load_catalog(templates_dir()).outlet("whatsapp")
    (video,) = [output for output in outlet.outputs if output.kind == "video"]
    assert video.max_bytes == sending.WHATSAPP_MAX_BYTES
