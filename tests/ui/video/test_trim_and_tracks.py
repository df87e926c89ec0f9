"""Potong saja by a real mouse, never where covers would be lost; which sound track is heard, by the keyboard."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.story.model import Cover, Cut
from studio.video.probe import probe_clip


def test_the_button_writes_the_kept_pieces_exactly(desk, window, answers, tmp_path):
    room = tmp_path / "keluar"
    room.mkdir()
    answers.target = room / "potong"
    desk.editing.set_pieces([Cut(start=0.5, end=3.5)])
    QTest.mouseClick(desk.send.trim.trim, Qt.MouseButton.LeftButton)
    (file,) = room.glob("*")
    assert file.name == "potong.mp4"
    assert probe_clip(file).seconds == 3.0
    assert not answers.asked
    QTest.mouseClick(desk.send.trim.trim, Qt.MouseButton.LeftButton)  # never over what is there
    assert [path.name for path in room.iterdir()] == ["potong.mp4"]


def test_a_clip_with_covers_is_not_trimmed_only(desk, answers, tmp_path):
    room = tmp_path / "keluar"
    room.mkdir()
    answers.target = room / "potong.mp4"
    desk.editing.add_cover(Cover(box=(0.1, 0.1, 0.2, 0.2)))
    assert not desk.send.trim.trim.isEnabled()
    assert "tutupan" in desk.send.trim.hint.text()
    QTest.mouseClick(desk.send.trim.trim, Qt.MouseButton.LeftButton)
    assert list(room.iterdir()) == []


def test_the_sound_track_is_chosen_where_there_are_several(desk, video):
    page = desk.side_panel
    page.show_page("sound")
    assert page.sound.track.isHidden()
    clip = desk.state.clip
    desk.state.know(replace(clip, tracks=(clip.sound, replace(clip.sound, stream=2))))
    page.show_state()
    assert page.sound.track.count() == 3
    page.sound.track.setFocus()
    QTest.keyClick(page.sound.track, Qt.Key.Key_Down)
    QTest.keyClick(page.sound.track, Qt.Key.Key_Down)
    assert video().sound_track == 2
