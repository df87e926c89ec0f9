"""In from the phone: a real browser sends, the window takes in, whatever is open meanwhile."""

from __future__ import annotations

import subprocess
import threading
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from studio.story.edits import set_field
from studio.ui.core.phone_intake import PhoneIntake, phone_intake
from studio.ui.video.clip_shelf import SHOW
from studio.video.binary import ffmpeg_path
from tests.lan_phone import Phone, choose
from tests.ui.test_intake import Waiting


@pytest.fixture
def jpeg(tmp_path):
    """A photo that says when it was taken."""
    from PIL import Image

    made = Image.new("RGB", (64, 48), "#336699")
    exif = Image.Exif()
    exif[0x9003] = exif[0x0132] = "2026:11:21 08:30:00"
    exif.get_ifd(0x8769)[0x9003] = "2026:11:21 08:30:00"
    made.save(tmp_path / "sawah.jpg", exif=exif)
    return tmp_path / "sawah.jpg"


@pytest.fixture
def voice(tmp_path):
    """A voice note as WhatsApp keeps it."""
    path = tmp_path / "PTT-20261121.opus"
    source = ["-f", "lavfi", "-i", "sine=duration=0.4", "-c:a", "libopus", "-f", "ogg"]
    subprocess.run([ffmpeg_path(), "-v", "error", *source, str(path)], check=True)
    return path


@pytest.fixture
def intake(opened, monkeypatch):
    monkeypatch.setattr("studio.publish.lan_server.local_address", lambda: "127.0.0.1")
    return phone_intake(opened.window.story_actions._tools, opened.stories)


def rooms(studio) -> list:
    return list(studio.stories.workspace.private_dir.glob("dari-ponsel-*"))


@pytest.mark.tool("chromium")
def test_photos_and_voices_of_a_phone_come_into_the_open_story_as_they_are(
    opened, intake, answers, browser, qtbot, jpeg, voice, tmp_path
):
    wrong = tmp_path / "naskah.jpg"
    wrong.write_text("bukan foto", encoding="utf-8")

    def by_hand(dialog):
        dialog.show()
        browser.size(390)
        browser.open(dialog.address.text())
        choose(browser, jpeg, voice, wrong)
        qtbot.waitUntil(lambda: [one.state for one in intake.files] == ["added", "added", "refused"], timeout=20_000)
        qtbot.waitUntil(lambda: dialog.summary.text().startswith("2 dari 3"))  # it looks twice a second
        QTest.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
        dialog.hide()
        return dialog.result()

    answers.on_show = by_hand
    opened.window.actions.all["from_phone"].trigger()
    session = opened.stories.session
    (photo,) = session.story.photos
    (sound,) = session.story.recordings
    assert (photo.name, photo.taken[:16]) == ("sawah.jpg", "2026-11-21T08:30")
    assert (sound.name, round(sound.seconds, 1)) == ("PTT-20261121.opus", 0.4)
    media = opened.stories.workspace.media_path
    assert media(session.folder, photo.file).read_bytes() == jpeg.read_bytes()
    assert media(session.folder, sound.file).read_bytes() == voice.read_bytes()
    assert (intake.address, rooms(opened)) == ("", []), "closed: the page ends and keeps nothing"


def test_files_come_into_the_story_that_asked_though_another_is_open_by_then(opened, intake, qtbot, jpeg):
    intake.turn_on()
    asked = opened.stories.session.folder
    phone = Phone(intake.address)
    other = next(folder for folder in opened.stories.workspace.story_folders() if folder != asked)
    opened.stories.open(other)
    opened.window.actions.all["theme"].trigger()  # builds the window anew
    assert phone.send(jpeg.read_bytes(), "../sawah.jpg")["state"] == "arrived"
    assert "bukan foto" in phone.send(b"teks", "x.jpg")["error"]
    qtbot.waitUntil(lambda: intake.files[0].state == "added", timeout=10_000)
    assert [photo.name for photo in opened.stories.workspace.load(asked).photos] == ["sawah.jpg"]
    assert opened.stories.session.story.photos == ()
    assert phone.send(jpeg.read_bytes() + b"\0", "sawah.jpg")["state"] == "arrived"
    assert Phone(intake.address, "b").send(jpeg.read_bytes(), "salinan.jpg")["state"] == "arrived"
    qtbot.waitUntil(lambda: intake.files[-1].state == "refused", timeout=10_000)
    assert "sudah ada" in intake.files[-1].told
    opened.stories.remove(asked)
    assert phone.send(jpeg.read_bytes() + b"\1", "telat.jpg")["state"] == "arrived"
    qtbot.waitUntil(lambda: intake.files[-1].state == "refused", timeout=10_000)
    intake.turn_off()
    assert rooms(opened) == []


def test_switched_off_while_files_are_taken_in_they_still_come_into_their_renamed_story(
    make_studio, workspace_path, qtbot, monkeypatch, jpeg
):
    monkeypatch.setattr("studio.publish.lan_server.local_address", lambda: "127.0.0.1")
    jobs = Waiting()
    studio = make_studio(jobs=jobs)
    studio.open_workspace(workspace_path)
    stories = studio.stories
    stories.open(next(f for f in stories.workspace.story_folders() if "irigasi" in f))
    intake = phone_intake(studio.window.story_actions._tools, stories)
    intake.turn_on()
    asked = stories.session.folder
    stories.session.edit(set_field("headline", "Saluran Cibeureum mengalir lagi"))
    stories.open(next(f for f in stories.workspace.story_folders() if "panen" in f))
    assert intake.folder != asked
    asked = intake.folder
    jobs.holding = True
    assert Phone(intake.address).send(jpeg.read_bytes(), "sawah.jpg")["state"] == "arrived"
    qtbot.waitUntil(lambda: bool(jobs.held), timeout=10_000)
    intake.turn_off()
    assert rooms(studio), "its file is still read"
    jobs.let_go()
    assert [photo.name for photo in stories.workspace.load(asked).photos] == ["sawah.jpg"]
    assert (intake.address, rooms(studio)) == ("", [])


def test_what_is_not_whole_when_the_page_ends_leaves_nothing(opened, intake, qtbot):
    intake.turn_on()
    data = b"\xff\xd8\xff" + bytes(3_000_000)
    phone = Phone(intake.address)
    phone.piece(phone.begin(data, "besar.jpg")["id"], data, 0)
    intake.leave()
    assert intake.address, "closing the dialog does not break off what is on its way"
    intake._show_state()
    assert opened.window.status.jobs.isVisibleTo(opened.window.status), "the status bar says so"
    QTest.mouseClick(opened.window.status.jobs.stop, Qt.MouseButton.LeftButton)
    intake._show_state()
    assert (intake.address, rooms(opened)) == ("", [])
    assert opened.stories.session.story.photos == ()
    assert not opened.window.status.jobs.isVisibleTo(opened.window.status)


def test_the_page_ends_with_the_program_and_another_workspace(opened, intake):
    intake.turn_on()
    phone = Phone(intake.address)
    data = b"\xff\xd8\xff" + bytes(2_000_000)
    phone.piece(phone.begin(data, "besar.jpg")["id"], data, 0)
    place = opened.stories.workspace.private_dir
    opened.close()
    assert not list(place.glob("dari-ponsel-*"))
    with pytest.raises(OSError, match="refused"):
        phone.begin(data, "besar.jpg")


def test_without_a_network_it_says_what_to_do(opened, intake, answers, monkeypatch):
    monkeypatch.setattr("studio.publish.lan_server.local_address", lambda: "")
    opened.window.go("photo")
    answers.answer = "wifi"
    opened.window.page.phone.click()
    assert "Wi-Fi" in answers.said[-1][1]
    assert rooms(opened) == []


def test_what_is_wrong_with_files_stands_in_their_lines_and_is_told_once_where_nobody_saw_them(
    opened, intake, answers, qtbot, jpeg
):
    def send(*names):
        for name in names:
            Phone(intake.address, name).send(jpeg.read_bytes(), name)
            qtbot.waitUntil(lambda: intake.files[-1].state in {"added", "refused"}, timeout=10_000)

    def by_hand(dialog):
        send("a.jpg", "b.jpg", "c.jpg")
        dialog._show()
        lines = [line.text() for line in dialog.findChildren(QLabel)]
        assert sum("sudah ada" in line for line in lines) == 2
        return dialog.result()

    answers.on_show = by_hand
    opened.window.actions.all["from_phone"].trigger()
    assert answers.said == []
    intake.turn_on()
    send("d.jpg", "e.jpg")
    assert answers.said == []
    intake.turn_off()
    ((_, told),) = answers.said
    assert told.count("sudah ada") == 2


def test_a_photo_taken_out_of_the_story_again_is_not_called_in_it_and_may_come_once_more(opened, intake, qtbot, jpeg):
    intake.turn_on()
    phone, session = Phone(intake.address), opened.stories.session

    def send():
        told = phone.send(jpeg.read_bytes(), "sawah.jpg")["state"]
        qtbot.waitUntil(lambda: intake.files[-1].state == "added", timeout=10_000)
        return told

    assert send() == "arrived"
    assert send() == "added"
    session.undo()
    qtbot.waitUntil(lambda: "dihapus" in intake.files[0].told)
    session.redo()
    qtbot.waitUntil(lambda: intake.files[0].state == "added")
    session.undo()
    qtbot.waitUntil(lambda: intake.files[0].state == "refused")
    assert send() == "arrived"
    assert len(session.story.photos) == len(intake.files) == 1


def test_the_workspace_is_not_left_unasked_while_a_phone_sends(opened, intake, answers):
    intake.turn_on()
    data = b"\xff\xd8\xff" + bytes(2_000_000)
    phone = Phone(intake.address)
    phone.piece(phone.begin(data, "besar.jpg")["id"], data, 0)
    opened.window.shell.close()
    assert opened.window.shell.stays
    assert "1 berkas" in answers.asked[-1]
    assert phone.begin(data, "besar.jpg")["got"] == 1 << 20
    answers.answer = "end"
    place = opened.stories.workspace.private_dir
    opened.window.shell.close()
    assert opened.stories is None
    assert not list(place.glob("dari-ponsel-*"))


@pytest.mark.qt_log_ignore("PulseAudio", extend=True)
def test_phone_and_recorder_are_at_hand_where_clips_and_a_narration_are_wanted(opened, intake, answers, jpeg):
    shown = []
    answers.on_show = lambda dialog: shown.append(type(dialog).__name__) or 0
    opened.window.intake.bring_in([jpeg])
    opened.window.go("video")
    desk = opened.window.page
    QTest.mouseClick(desk.shelf.phone, Qt.MouseButton.LeftButton)
    desk.open(SHOW)
    QTest.mouseClick(desk.show_page.record, Qt.MouseButton.LeftButton)
    assert shown == ["PhoneIntakeDialog", "RecorderDialog"]


def test_dialogs_keep_their_buttons_on_a_small_screen_with_the_largest_letters(opened, intake, answers):
    opened.tools.settings.set("text_scale", 2.0)
    opened.rebuild()
    least = []
    answers.on_show = lambda dialog: least.append(dialog.minimumSizeHint().height()) or 0
    opened.window.actions.all["from_phone"].trigger()
    opened.window.calendar.show()
    opened.window.calendar.page.plan(opened.window.calendar.page.grid.day)
    assert len(least) == 2
    assert max(least) <= 700


def test_the_next_story_gets_a_page_of_its_own_while_files_of_the_first_are_still_taken_in(
    make_studio, workspace_path, answers, qtbot, monkeypatch, jpeg
):
    monkeypatch.setattr("studio.publish.lan_server.local_address", lambda: "127.0.0.1")
    jobs = Waiting()
    studio = make_studio(jobs=jobs)
    studio.open_workspace(workspace_path)
    stories = studio.stories
    first, second = sorted(stories.workspace.story_folders())[:2]
    photos = {folder: len(stories.workspace.load(folder).photos) for folder in (first, second)}
    stories.open(first)
    intake = phone_intake(studio.window.story_actions._tools, stories)
    intake.turn_on()
    phone = Phone(intake.address)
    jobs.holding = True
    phone.send(jpeg.read_bytes(), "a.jpg")
    qtbot.waitUntil(lambda: bool(jobs.held), timeout=10_000)
    assert phone.send(jpeg.read_bytes() + b"\0", "b.jpg")["state"] == "arrived"
    phone.begin(b"\xff\xd8\xff", "c.jpg")
    stories.open(second)
    answers.answer = ""
    studio.window.actions.all["from_phone"].trigger()
    assert intake.folder == first, "a phone is cut off only when that was agreed to"
    assert "1 berkas" in answers.asked[-1]
    answers.answer = "end"
    answers.on_show = lambda dialog: dialog.result()
    intake.turn_on()
    assert intake.folder == second
    Phone(intake.address).send(jpeg.read_bytes(), "d.jpg")
    qtbot.waitUntil(lambda: intake._now.working, timeout=10_000)
    jobs.let_go()
    came = {folder: len(stories.workspace.load(folder).photos) - photos[folder] for folder in (first, second)}
    came[second] = len(stories.session.story.photos) - photos[second]
    assert came == {first: 2, second: 1}
    intake.turn_off()
    assert rooms(studio) == []


def test_a_page_that_ends_by_itself_says_so_and_is_switched_on_again(opened, intake, answers, qtbot, jpeg):
    def by_hand(dialog):
        dialog.show()
        before = dialog.address.text()
        Phone(before).send(jpeg.read_bytes(), "sawah.jpg")
        qtbot.waitUntil(lambda: intake.files[-1].state == "added", timeout=10_000)
        intake._now.page._shared.heard -= 3600  # nobody asked for an hour
        qtbot.waitUntil(dialog.on.isVisible, timeout=10_000)
        assert (dialog.ended.isVisible(), dialog.code.isVisible(), len(dialog.bars)) == (True, False, 1)
        QTest.mouseClick(dialog.on, Qt.MouseButton.LeftButton)
        assert (dialog.ended.isVisible(), dialog.code.isVisible()) == (False, True)
        assert dialog.address.text() == intake.address != before
        dialog.hide()
        return dialog.result()

    answers.on_show = by_hand
    opened.window.actions.all["from_phone"].trigger()
    assert (intake.address, rooms(opened)) == ("", [])


def test_a_server_that_tells_after_its_window_is_gone_troubles_nobody(opened, intake, qtbot):
    intake.turn_on()
    page, stories = intake._now.page, opened.stories
    told, ended = page._state.arrived, page._ended
    page.stop()
    shiboken6.delete(intake)
    for call in (partial(told, None), ended):
        thread = threading.Thread(target=call)
        thread.start()
        thread.join()
    page.clear_room()
    qtbot.wait(1)
    assert stories.findChild(PhoneIntake) is None


def test_an_error_that_stops_taking_in_is_told_and_not_called_a_stop(opened, intake, answers, qtbot, jpeg):
    intake.turn_on()
    opened.stories.remove(opened.stories.session.folder)
    Phone(intake.address).send(jpeg.read_bytes(), "sawah.jpg")
    qtbot.waitUntil(lambda: intake.files[-1].state == "refused", timeout=10_000)
    qtbot.wait(1)
    intake.turn_off()
    assert "dihentikan" not in answers.said[-1][1]
