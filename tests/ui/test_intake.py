"""Files that come in by drag and drop: photos, clips, texts, whatever happens to the window meanwhile."""

from __future__ import annotations

import subprocess
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.base.progress import SilentProgress
from studio.services.media_import import ImportedMedia, import_media, sort_out
from studio.store.workspace import create_workspace
from studio.story import edits
from studio.story.model import Group, Story
from studio.ui.core.background_jobs import BackgroundJob, InlineJobs
from studio.ui.library.library_model import ROW
from studio.video.binary import ffmpeg_path

if TYPE_CHECKING:
    from collections.abc import Callable


def drop(studio, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    shell = studio.window.shell
    enter = QDragEnterEvent(
        shell.rect().center(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(shell, enter)
    assert enter.isAccepted()
    assert shell._drop_mark.isVisible()
    event = QDropEvent(
        QPointF(200, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(shell, event)
    assert not shell._drop_mark.isVisible()


def jpeg(path: Path, color: str = "#336699") -> Path:
    from PIL import Image

    Image.new("RGB", (64, 48), color).save(path)
    return path


def test_dropped_photos_come_into_the_open_story_and_bad_ones_are_named(opened, answers, tmp_path):
    good = jpeg(tmp_path / "sawah.jpg")
    bad = tmp_path / "rusak.jpg"
    bad.write_bytes(b"not a photo at all")
    drop(opened, good, bad)
    story = opened.stories.session.story
    assert [(p.name, p.width, p.height) for p in story.photos] == [("sawah.jpg", 64, 48)]
    assert opened.window.desk == "photo"
    assert "rusak.jpg" in answers.said[-1][1]
    assert good.exists()
    media = opened.stories.workspace.media_path(opened.stories.session.folder, story.photos[0].file)
    assert media.read_bytes() == good.read_bytes()


def test_photos_and_clips_get_thumbnails_that_are_kept(opened, tmp_path):
    drop(opened, jpeg(tmp_path / "sawah.jpg", "#cc2200"))
    session = opened.stories.session
    session.flush()
    file = session.story.photos[0].file
    pixmap = opened._thumbs.get(session.folder, file)
    assert pixmap is not None
    red, green, _, _ = pixmap.toImage().pixelColor(10, 10).getRgb()
    assert red > 180
    assert green < 80
    assert (opened.stories.workspace.path / ".studio" / "thumbs" / f"{file}.jpg").exists()
    assert not opened.window.page.strip.item(0).icon().isNull()
    assert opened.window.library.model.index(0).data(ROW).thumb == file


@pytest.mark.parametrize("ending", ["wmv", "m2ts", "ts"])
def test_a_clip_of_every_kind_that_may_come_in_gets_a_thumbnail(opened, tmp_path, ending):
    clip = tmp_path / f"panen.{ending}"
    source = ["-f", "lavfi", "-i", "color=c=0xcc2200:s=64x48:r=10:d=1"]
    subprocess.run([ffmpeg_path(), "-v", "error", *source, str(clip)], check=True)
    drop(opened, clip)
    session = opened.stories.session
    session.flush()
    pixmap = opened._thumbs.get(session.folder, session.story.videos[0].file)
    assert pixmap is not None
    red, green, _, _ = pixmap.toImage().pixelColor(10, 10).getRgb()
    assert (red > 150, green < 100) == (True, True)


@pytest.mark.parametrize("name", ["catatan.ogg", "wawancara.mp3", "rekaman.mp4", "memo.aac"])
def test_sound_comes_in_as_a_recording_whatever_its_ending(opened, tmp_path, name):
    voice = tmp_path / name
    source = ["-f", "lavfi", "-i", "sine=duration=0.4", "-write_id3v2", "0"][: 6 if name.endswith("mp3") else 4]
    subprocess.run([ffmpeg_path(), "-v", "error", *source, str(voice)], check=True)
    drop(opened, voice)
    story = opened.stories.session.story
    assert [each.name for each in story.recordings] == [name]
    assert 0.3 < story.recordings[0].seconds < 0.6
    assert (story.photos, story.videos) == ((), ())


def test_the_same_photo_twice_comes_in_once(opened, answers, tmp_path):
    drop(opened, jpeg(tmp_path / "satu.jpg"))
    drop(opened, jpeg(tmp_path / "salinan.jpg"))
    assert len(opened.stories.session.story.photos) == 1
    assert "salinan.jpg" in answers.said[-1][1]


def test_a_new_photo_has_its_thumbnail_at_once_and_one_that_is_covered_here_gets_none(tmp_path):
    with create_workspace(tmp_path / "kim", Group(name="KIM Uji")) as workspace:
        folder, photo = workspace.add(Story(id="", headline="Panen")), jpeg(tmp_path / "sawah.jpg")
        thumbs = workspace.path / ".studio" / "thumbs"

        def bring(present: frozenset[str]) -> ImportedMedia:
            return import_media(workspace, folder, sort_out([photo]), present, "", SilentProgress())

        file = bring(frozenset()).photos[0].file
        kept = thumbs / f"{file}.jpg"
        assert kept.exists()
        kept.unlink()  # as when something in it was covered
        assert bring(frozenset([file])).count == 0
        assert not kept.exists()


class Waiting(InlineJobs):
    """Work that is held back until it is let go; everything else is done at once."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[Callable[[], object]] = []
        self.holding = False

    def start(self, title, work, **how):
        if not self.holding or how.get("quiet"):
            return super().start(title, work, **how)
        self.held.append(partial(super().start, title, work, **how))
        return BackgroundJob(title, parent=self)

    def let_go(self) -> None:
        self.holding = False
        for call in self.held:
            call()


@pytest.fixture
def slow(make_studio, workspace_path):
    """A studio whose loud work takes until it is let go, with the story about irrigation open."""
    jobs = Waiting()
    made = make_studio(jobs=jobs)
    made.open_workspace(workspace_path)
    made.source.refresh()
    made.stories.open(next(f for f in made.stories.workspace.story_folders() if "irigasi" in f))
    jobs.holding = True
    return made, jobs


def test_photos_whose_story_was_left_while_they_came_in_are_in_that_story(slow, tmp_path):
    studio, jobs = slow
    folder = studio.stories.session.folder
    drop(studio, jpeg(tmp_path / "sawah.jpg"))
    studio.stories.open(next(f for f in studio.stories.workspace.story_folders() if "posyandu" in f))
    jobs.let_go()
    assert studio.stories.session.folder != folder
    assert studio.window.desk == "write"
    assert "saluran irigasi" in studio.window.shell._toast_text.text()
    assert [photo.name for photo in studio.stories.workspace.load(folder).photos] == ["sawah.jpg"]
    assert "sawah.jpg" not in [photo.name for photo in studio.stories.session.story.photos]
    studio.stories.open(folder)
    assert [photo.name for photo in studio.stories.session.story.photos] == ["sawah.jpg"]


def test_photos_come_in_though_the_window_was_built_anew_meanwhile(slow, tmp_path):
    studio, jobs = slow
    drop(studio, jpeg(tmp_path / "sawah.jpg"))
    studio.rebuild()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    jobs.let_go()
    assert [photo.name for photo in studio.stories.session.story.photos] == ["sawah.jpg"]


def test_whoever_types_while_photos_come_in_is_not_led_away(slow, tmp_path):
    studio, jobs = slow
    drop(studio, jpeg(tmp_path / "sawah.jpg"))
    studio.stories.session.edit(edits.set_field("headline", "Warga perbaiki saluran"))
    jobs.let_go()
    assert studio.window.desk == "write"
    assert [photo.name for photo in studio.stories.session.story.photos] == ["sawah.jpg"]


def test_photos_for_a_story_that_lies_in_the_bin_by_now_are_named_as_not_in(slow, answers, tmp_path):
    studio, jobs = slow
    folder = studio.stories.session.folder
    drop(studio, jpeg(tmp_path / "sawah.jpg"))
    studio.stories.remove(folder)
    jobs.let_go()
    assert answers.said
    assert folder not in studio.stories.workspace.story_folders()


def test_a_photo_dropped_with_no_story_open_begins_one(studio, tmp_path):
    drop(studio, jpeg(tmp_path / "a.jpg"))
    assert len(studio.stories.session.story.photos) == 1
    assert len(studio.stories.workspace.story_folders()) == 6


def test_dropped_texts_become_stories(studio, tmp_path):
    note = tmp_path / "catatan.txt"
    note.write_text("Jembatan gantung selesai\n\nJembatan Cikole dibuka lagi.\n", encoding="utf-8")
    drop(studio, note)
    story = studio.stories.session.story
    assert (story.headline, story.body.strip()) == ("Jembatan gantung selesai", "Jembatan Cikole dibuka lagi.")
    assert len(studio.stories.workspace.story_folders()) == 6


def test_a_file_of_no_use_is_explained(studio, answers, tmp_path):
    table = tmp_path / "data.xlsx"
    table.write_bytes(b"x")
    drop(studio, table)
    assert "data.xlsx" in answers.said[-1][1]
    assert len(studio.stories.workspace.story_folders()) == 5


def test_a_dropped_folder_stands_for_its_files(opened, tmp_path):
    folder = tmp_path / "kamera"
    folder.mkdir()
    jpeg(folder / "b.jpg", "#111111")
    jpeg(folder / "a.jpg", "#222222")
    drop(opened, folder)
    assert [p.name for p in opened.stories.session.story.photos] == ["a.jpg", "b.jpg"]


# ------------------------------------------------------------------------------------------------ pasted pictures


@pytest.fixture
def clipboard(qapp):
    yield QGuiApplication.clipboard()
    QGuiApplication.clipboard().clear()


def paste(studio) -> None:
    studio.window.page.body.setFocus()
    QTest.keyClick(studio.window.page.body, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def picture() -> QImage:
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#20a030"))
    return image


def test_a_picture_pasted_while_writing_comes_into_the_story_and_leaves_no_other_copy(opened, clipboard):
    before = opened.stories.session.story.body
    clipboard.setImage(picture())
    paste(opened)
    (photo,) = opened.stories.session.story.photos
    assert (photo.name, photo.width, photo.height) == ("foto-tempelan.png", 320, 200)
    assert opened.stories.session.story.body == before
    assert not list((opened.stories.workspace.path / ".studio" / "pasted").iterdir())


def test_words_with_a_picture_of_them_are_pasted_as_words(opened, clipboard):
    """As spreadsheets and word processors copy them."""
    data = QMimeData()
    data.setText("Panen naik 12 persen")
    data.setImageData(picture())
    clipboard.setMimeData(data)
    paste(opened)
    assert "Panen naik 12 persen" in opened.stories.session.story.body
    assert not opened.stories.session.story.photos


@pytest.mark.parametrize("code", ["photo", "video"])
def test_whoever_comes_to_an_empty_desk_can_paste_at_once(opened, clipboard, tmp_path, code):
    QTest.mouseClick(opened.window.shell.tabs, Qt.MouseButton.LeftButton, pos=opened.window.shell.tabs.tab_middle(code))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(jpeg(tmp_path / "sawah.jpg")))])
    clipboard.setMimeData(data)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [photo.name for photo in opened.stories.session.story.photos] == ["sawah.jpg"]
    assert opened.window.desk == "photo"


def test_a_pasted_picture_that_cannot_be_kept_is_explained(opened, answers, clipboard):
    (opened.stories.workspace.path / ".studio" / "pasted").write_text("in the way", encoding="utf-8")
    clipboard.setImage(picture())
    paste(opened)
    assert "ditempel" in answers.said[-1][1]
    assert not opened.stories.session.story.photos


def test_a_dropped_chat_lets_messages_be_chosen_and_brings_their_photos(studio, answers, tmp_path, qtbot):
    import zipfile

    path = tmp_path / "Chat WhatsApp.zip"
    photo = jpeg(tmp_path / "IMG-20250830-WA0001.jpg").read_bytes()
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "Chat WhatsApp dengan KIM.txt",
            "29/08/25 07.00 - Joko: Selamat pagi\n30/08/25 18.00 - Siti: *Panen raya*\nHasilnya *naik*.\n"
            "30/08/25 18.01 - Budi: IMG-20250830-WA0001.jpg (file terlampir)\nWarga memanen padi\n",
        )
        package.writestr("IMG-20250830-WA0001.jpg", photo)
    seen = []

    def choose(dialog):
        qtbot.addWidget(dialog)
        dialog.show()
        seen.append([dialog.list.item(n).checkState() == Qt.CheckState.Checked for n in range(dialog.list.count())])
        QTest.mouseClick(dialog.none, Qt.MouseButton.LeftButton)
        seen.append(dialog.make.isEnabled())
        dialog.list.setCurrentRow(1)
        QTest.keyClick(dialog.list, Qt.Key.Key_Space)
        dialog.list.setCurrentRow(2)
        QTest.keyClick(dialog.list, Qt.Key.Key_Space)
        seen.append(dialog.make.text())
        QTest.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
        return bool(dialog.result())

    answers.show = choose
    drop(studio, path)
    assert seen == [[False, True, True], False, "Jadikan berita (2)"]
    story = studio.stories.session.story
    assert story.headline == "Panen raya"
    assert story.body == "Hasilnya **naik**.\n\nWarga memanen padi\n"
    assert [one.name for one in story.photos] == ["IMG-20250830-WA0001.jpg"]


def test_pictures_of_a_word_document_become_photos_of_its_story(studio, tmp_path):
    from tests.store.test_importers import drawing, paragraph, run, word

    picture = jpeg(tmp_path / "asal.png").read_bytes()
    path = word(
        tmp_path / "naskah.docx",
        paragraph(run("Panen raya")),
        paragraph(run("Hasilnya naik.")),
        paragraph(drawing("foto", "Warga memanen padi")),
        foto=picture,
    )
    drop(studio, path)
    story = studio.stories.session.story
    assert (story.headline, story.body) == ("Panen raya", "Hasilnya naik.\n")
    assert [(one.alt, one.width) for one in story.photos] == [("Warga memanen padi", 64)]
