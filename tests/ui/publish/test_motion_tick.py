"""The moving card in the window: ticked, set up, made small and looked at."""

from __future__ import annotations

import subprocess

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio.services.group_profile import save_profile
from studio.story.model import Group, Story
from studio.story.motion_records import TUNE_NAMES, MotionCard, MusicBed
from studio.ui.dialogs.motion_dialog import MotionDialog
from studio.ui.dialogs.profile_dialog import ProfileDialog
from studio.ui.publish.motion_tick import MotionTick
from studio.ui.publish.preview_phone import screens_of
from studio.ui.video.slideshow_page import ShowPage
from studio.video.binary import ffmpeg_path
from studio.video.tunes import TUNES


@pytest.fixture
def dialog(desk, session, qtbot):
    """The settings of the open story's card, shown."""
    made = MotionDialog(desk.head.motion._bench, sink=lambda _: None)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_tick_asks_for_it_and_undo_takes_it_back(desk, session, qtbot, settled, opened):
    tick: MotionTick = desk.head.motion
    assert tick.hint.text()
    QTest.mouseClick(tick.box, Qt.MouseButton.LeftButton, pos=QPoint(9, tick.box.height() // 2))
    assert session.story.motion == MotionCard()
    assert not tick.hint.text()
    desk.look_at("tiktok")
    settled(desk)
    shown = desk.view._pictures.pictures
    card = next(picture for picture in shown if picture.path.endswith("kartu-gerak.mp4"))
    assert (card.kind, card.size, card.error) == ("video", (1080, 1920), None)
    assert any(screen.code == "video" for screen in screens_of(desk.view._pictures.outlet, session.story))
    opened.window.story_actions.undo()
    assert session.story.motion is None
    assert not tick.box.isChecked()


def test_where_the_group_wants_one_of_every_story_it_is_ticked_and_can_be_unticked(opened, desk, session):
    new = ProfileDialog(opened.tools, Group(moving_cards=True), place=opened.stories.workspace.path)
    assert new.moving_cards.isChecked()
    new.deleteLater()
    asked = ProfileDialog(opened.tools, opened.stories.workspace.group)
    QTest.keyClick(asked.moving_cards, Qt.Key.Key_Space)
    QTest.keyClick(asked.save, Qt.Key.Key_Space)
    save_profile(opened.stories.workspace, asked.group, None)
    asked.deleteLater()
    tick: MotionTick = desk.head.motion
    tick.show_story(session.story)
    assert (tick.box.isChecked(), session.story.motion) == (True, None)
    assert not tick.hint.text()
    QTest.keyClick(tick.box, Qt.Key.Key_Space)
    assert session.story.motion == MotionCard(wanted=False, seconds=15)
    assert not tick.box.isChecked()


def test_settings_go_into_the_story_and_the_box_is_ticked_with_them(dialog, session, desk):
    assert tuple(TUNES) == TUNE_NAMES
    QTest.keyClick(dialog.lengths[15], Qt.Key.Key_Space)
    assert session.story.motion == MotionCard(seconds=15)
    assert desk.head.motion.box.isChecked()
    assert dialog.preview.length.text() == "Panjang 0.15"
    dialog.music.setFocus()
    QTest.keyClick(dialog.music, Qt.Key.Key_Down)
    assert session.story.motion.music == MusicBed(tune="pagi")
    assert not dialog.own_music.isVisible()
    assert not dialog.clean.isEnabled()
    for zoom in (False, True):
        QTest.keyClick(dialog.drift, Qt.Key.Key_Space)
        assert session.story.motion.zoom is zoom
    desk.head.motion.box.click()
    assert session.story.motion == MotionCard(wanted=False, seconds=15, music=MusicBed(tune="pagi"))


def test_a_voice_and_own_music_come_in_and_a_licence_is_asked_for(dialog, session, answers, tmp_path, qtbot):
    sound = tmp_path / "rebana.wav"
    args = ["-v", "error", "-f", "lavfi", "-i", "sine=330:d=7", str(sound)]
    subprocess.run([ffmpeg_path(), *args], check=True, stdin=subprocess.DEVNULL)
    answers.files = [sound]
    dialog.take_voice.click()
    qtbot.waitUntil(lambda: bool(session.story.motion and session.story.motion.narration))
    assert dialog.clean.isEnabled()
    dialog.clean.click()
    answers.files = [sound]
    dialog.take_music.click()
    qtbot.waitUntil(lambda: session.story.motion.music is not None)
    assert (session.story.motion.clean_sound, session.story.motion.music.title) == (True, "rebana")
    assert dialog.missing.isVisible()
    QTest.keyClicks(dialog.fields["license"], "izin Grup Rebana")
    assert session.story.motion.music.license == "izin Grup Rebana"
    assert not dialog.missing.isVisible()
    assert dialog.fields["license"].text() == "izin Grup Rebana"


def test_music_is_kept_for_the_group_and_offered_where_a_video_is_made(
    dialog, desk, session, opened, answers, tmp_path, qtbot
):
    sound = tmp_path / "rebana.wav"
    subprocess.run([ffmpeg_path(), "-v", "error", "-f", "lavfi", "-i", "sine=330:d=1", str(sound)], check=True)
    answers.files = [sound]
    dialog.take_music.click()
    qtbot.waitUntil(lambda: session.story.motion is not None)
    assert not dialog.keep.isVisible()
    QTest.keyClicks(dialog.fields["license"], 'izin "Al-Hikmah"')
    QTest.keyClick(dialog.keep, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not dialog.keep.isVisible())
    kept = session.story.motion.music
    shelf = opened.stories.workspace.path / "music"
    (shelf / "kicir.wav").write_bytes(sound.read_bytes())
    (shelf / "kicir.toml").write_text('title = "Kicir-kicir"\nauthor = "Sanggar"\nlicense = "CC0"\n', encoding="utf-8")
    (shelf / "tanpa-izin.toml").write_text('title = "Pop"\n', encoding="utf-8")
    (shelf / "rusak.toml").write_bytes(b"title = \xff")
    stories = opened.stories
    stories.open(next(folder for folder in stories.workspace.story_folders() if folder != session.folder))
    page = ShowPage(opened.window.page._bench, sink=lambda _: None)
    qtbot.addWidget(page)
    offered = [page.music.itemText(n) for n in range(page.music.count())]
    assert offered[4:] == ["Kicir-kicir, Sanggar", "rebana"]
    page.music.setCurrentIndex(5)
    page.music.activated.emit(5)
    qtbot.waitUntil(lambda: stories.session.story.slideshow is not None)
    assert stories.session.story.slideshow.music == kept
    assert stories.workspace.media_path(stories.session.folder, kept.file).is_file()
    stories.session.undo()
    assert stories.session.story.slideshow is None


def test_the_card_is_made_small_and_played(dialog, session, qtbot):
    session.edit(_headline("Air bersih"))
    dialog.lengths[6].click()
    dialog.preview.make.click()
    qtbot.waitUntil(lambda: dialog.preview.player.clip is not None, timeout=30_000)
    assert dialog.preview.player.clip.seconds == pytest.approx(6.0, abs=0.1)
    assert not dialog.preview.stale.isVisible()
    session.edit(_headline("Judul lain sama sekali"))
    assert dialog.preview.stale.isVisible()
    dialog.accept()
    assert dialog.preview.player.clip is None


def _headline(text: str):
    from studio.story.edits import StoryEdit

    def change(story: Story) -> Story:
        return replace(story, headline=text)

    return StoryEdit("edit.headline", change)
