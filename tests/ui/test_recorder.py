"""The recorder, with tones instead of a microphone: takes, the meter, and what becomes of a take."""

from __future__ import annotations

import math
import subprocess
from array import array

import av
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtTest import QTest

from studio.services import voice_takes
from studio.story.model import Person
from studio.ui.dialogs import recorder_dialog
from studio.ui.dialogs.recorder_dialog import show_recorder
from studio.video.binary import ffmpeg_path

SECOND = 48_000
STEP = SECOND // 20


class Tones(QObject):
    """A microphone that hears half a second of silence, a tone, and silence again, as fast as it is let."""

    heard = Signal(QByteArray)
    failed = Signal()

    def __init__(self, _number: int, parent: QObject) -> None:
        from PySide6.QtMultimedia import QAudioFormat

        super().__init__(parent)
        self.format = QAudioFormat()
        self.format.setSampleRate(SECOND)
        self.format.setChannelCount(1)
        self.format.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self.at = 0
        self.clock = QTimer(self, interval=2)
        self.clock.timeout.connect(self.hear)

    def start(self) -> None:
        self.clock.start()

    def stop(self) -> None:
        self.clock.stop()

    def hear(self) -> None:
        loud = 8000 if 10 <= self.at % 40 < 30 else 3
        data = array("h", [int(loud * math.sin(2 * math.pi * 440 * n / SECOND)) for n in range(STEP)])
        self.at += 1
        self.heard.emit(QByteArray(data.tobytes()))


@pytest.fixture
def open_recorder(opened, answers, monkeypatch):
    """Opens the recorder as the menu does, with tones; a count is over at once."""
    monkeypatch.setattr(recorder_dialog, "_BEAT_MS", 5)
    tools = opened.window.story_actions._tools

    def open_it(by_hand, names=("Mikrofon headset",)):
        def on_show(dialog):
            dialog.show()
            by_hand(dialog)
            dialog.hide()
            return True

        answers.on_show = on_show
        show_recorder(tools, opened.stories, names, Tones)

    return open_it


def click(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def take(dialog, qtbot, session, count=1) -> None:
    """Record one take of two seconds of sound."""
    click(dialog.record)
    qtbot.waitUntil(lambda: dialog._recorder.recording and dialog._recorder.seconds > 2, timeout=20_000)
    click(dialog.record)
    qtbot.waitUntil(lambda: len(session.story.recordings) == count, timeout=20_000)


def loudness(path) -> tuple[float, float]:
    """LUFS and seconds of a file, by ffmpeg."""
    args = ["-hide_banner", "-i", str(path), "-af", "ebur128=framelog=quiet", "-f", "null", "-"]
    said = subprocess.run([ffmpeg_path(), *args], capture_output=True, text=True, check=True).stderr
    hours, minutes, seconds = said.rpartition("time=")[2].split()[0].split(":")
    return float(said.rpartition("I:")[2].split()[0]), int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def test_takes_come_into_the_story_and_become_narration_voice_note_and_mp3(
    opened, open_recorder, answers, qtbot, tmp_path
):
    session = opened.stories.session
    seen = {"words": set(), "moved": set()}

    def by_hand(dialog):
        dialog._recorder.level.connect(lambda _: seen["words"].add(dialog.word.text()))
        assert "Paragraf pertama" in dialog.script.view.toPlainText()
        dialog._recorder.level.connect(lambda _: seen["moved"].add(dialog.script.view.running))
        take(dialog, qtbot, session)
        assert seen["moved"] == {True, False}, "the script moves while a take is on"
        assert not dialog.script.view.running
        take(dialog, qtbot, session, 2)
        dialog.list.rows.setCurrentRow(0)
        click(dialog.list.narrate)
        assert "narasi video" in dialog.list.told.text()
        click(dialog.list.motion)
        assert "kartu bergerak" in dialog.list.told.text()
        for button, name in ((dialog.list.whatsapp, "suara.ogg"), (dialog.list.radio, "siaran.mp3")):
            answers.target = tmp_path / name
            click(button)
            assert "draf" in dialog.list.told.text()
        click(dialog.list.remove)
        assert len(session.story.recordings) == 1

    open_recorder(by_hand)
    session.undo()
    first, second = session.story.recordings
    assert (first.name, second.name) == ("Rekaman 1", "Rekaman 2")
    assert first.seconds > 2
    assert first.taken[:4] == "20" + str(opened.stories.workspace.clock().year)[2:]
    assert {"Sunyi", "Pas"} <= seen["words"]
    assert not list((opened.stories.workspace.private_dir / "rekaman").iterdir())
    assert "Paragraf pertama" in first.script
    assert "//" not in first.script
    assert session.story.motion.captions[0].text in " ".join(first.script.split())
    assert session.story.motion.narration == session.story.slideshow.narration
    media = opened.stories.workspace.media_path(session.folder, session.story.slideshow.narration)
    for file, codec in ((tmp_path / "suara.ogg", "opus"), (tmp_path / "siaran.mp3", "mp3"), (media, "aac")):
        heard, seconds = loudness(file)
        assert heard == pytest.approx(-16, abs=1.5)
        assert seconds < first.seconds - 0.2, "the quiet ends are off"
        with av.open(str(file)) as container:
            sound = container.streams.audio[0].codec_context
            assert (sound.name.removesuffix("float"), sound.layout.name) == (codec, "mono")


def test_closed_while_recording_it_keeps_the_take_for_the_story_it_was_for(opened, open_recorder, qtbot):
    session = opened.stories.session

    def by_hand(dialog):
        click(dialog.record)
        qtbot.waitUntil(lambda: dialog._recorder.recording and dialog._recorder.seconds > 0.3, timeout=20_000)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: len(session.story.recordings) == 1, timeout=20_000)

    open_recorder(by_hand)
    assert session.story.recordings[0].seconds > 0.3


def test_what_a_cut_of_the_power_left_comes_in_when_it_is_opened_again(opened, open_recorder, qtbot):
    stories = opened.stories
    asked = stories.session.folder
    left = voice_takes.take_path(stories.workspace, asked)
    source = ["-f", "lavfi", "-i", "anoisesrc=duration=1:sample_rate=48000"]
    subprocess.run([ffmpeg_path(), "-v", "error", *source, str(left)], check=True)
    left.write_bytes(left.read_bytes()[:-3000])
    stories.open(next(folder for folder in stories.workspace.story_folders() if folder != asked))
    open_recorder(lambda dialog: None)
    (came,) = stories.workspace.load(asked).recordings
    assert 0.2 < came.seconds < 1
    assert stories.session.story.recordings == ()
    assert not left.exists()


@pytest.mark.parametrize("told", [True, False])
def test_a_microphone_that_is_pulled_out_ends_the_take_and_keeps_it(opened, open_recorder, qtbot, told):
    session = opened.stories.session

    def by_hand(dialog):
        click(dialog.record)
        qtbot.waitUntil(lambda: dialog._recorder.recording and dialog._recorder.seconds > 0.3, timeout=20_000)
        if told:
            dialog._recorder._source.failed.emit()
        else:
            dialog._recorder._source.stop()
            dialog._recorder._watch.start(1)
        qtbot.waitUntil(lambda: len(session.story.recordings) == 1, timeout=20_000)
        assert "tidak terdengar lagi" in dialog.told.text()

    open_recorder(by_hand)


def test_without_a_microphone_a_sentence_says_what_to_do_and_a_count_is_called_off(opened, open_recorder):
    def none(dialog):
        assert "Tidak ada mikrofon" in dialog.told.text()
        assert not dialog.record.isEnabled()

    def called_off(dialog):
        click(dialog.record)
        click(dialog.record)
        assert not dialog._recorder.recording
        assert dialog.record.text().strip() == "Rekam"

    open_recorder(none, ())
    open_recorder(called_off)
    assert opened.stories.session.story.recordings == ()


def test_a_voice_of_a_story_with_somebody_protected_is_asked_about(opened, open_recorder, answers, qtbot, tmp_path):
    session = opened.stories.session
    child = Person(id="a", name="Rani", age_group="child", protected=True)
    session.edit(voice_takes_edit(people=(child,)))
    answers.target = tmp_path / "suara.ogg"

    def by_hand(dialog):
        take(dialog, qtbot, session)
        click(dialog.list.whatsapp)
        assert "dilindungi" in answers.asked[-1]

    open_recorder(by_hand)
    assert not answers.target.exists()


def voice_takes_edit(**fields):
    from studio.story.edits import StoryEdit

    return StoryEdit("edit.person", lambda story: replace(story, **fields))
