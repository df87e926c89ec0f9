"""The dialog "Olah folder foto..." by mouse and keys: the form, the work, photos with faces, stopping."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from studio.ui.core.background_jobs import ThreadedJobs

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "Panen raya"
    folder.mkdir()
    exif = Image.Exif()
    exif[0x8769] = {0x9003: "2026:11:20 08:30:00"}
    Image.new("RGB", (300, 200), (20, 160, 60)).save(folder / "IMG_1.jpg", exif=exif)
    Image.new("RGB", (300, 200), (250, 200, 180)).save(folder / "IMG_2.jpg", exif=exif)
    return folder


@pytest.fixture
def finder(monkeypatch):
    """Stands in for the optional extra: a face wherever a photo is pale."""
    face = SimpleNamespace(left=lambda: 90, top=lambda: 60, width=lambda: 60, height=lambda: 60)
    found = SimpleNamespace(get_frontal_face_detector=lambda: lambda pixels, _: [face] * int(pixels[0, 0, 0] > 100))
    monkeypatch.setitem(sys.modules, "dlib", found)


def drop(dialog, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    actions = Qt.DropAction.CopyAction
    dialog.dropEvent(QDropEvent(QPointF(5, 5), actions, data, LEFT, Qt.KeyboardModifier.NoModifier))


def look(dialog, name):
    """A picture of the dialog, for eyes, where somebody asked for it."""
    if folder := os.environ.get("KIM_LOOK"):
        QTest.qWait(50)
        dialog.grab().save(f"{folder}/{name}.png")


def shown(studio, answers, use):
    def by_hand(dialog):
        dialog.show()
        use(dialog)
        dialog.hide()
        return False

    answers.on_show = by_hand
    studio.window.actions.all["photo_folder"].trigger()


def names(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_a_folder_is_dropped_looked_at_and_made(opened, answers, photos, finder):
    out = photos.parent / "Panen raya-siap"

    def use(dialog):
        look(dialog, "kosong")
        assert not dialog.start.isEnabled()
        drop(dialog, photos)
        dialog.form.credit.setFocus()
        QTest.keyClick(dialog.form.credit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(dialog.form.credit, "Budi")
        edit = dialog.form.pattern.lineEdit()
        edit.selectAll()
        QTest.keyClicks(edit, "{tangal}")
        assert "{tanggal}?" in dialog.form.trouble.text()
        assert not dialog.start.isEnabled()
        edit.selectAll()
        QTest.keyClicks(edit, "{judul}-{nomor}")
        assert "Panen raya-001.jpg" in dialog.form.example.text()
        dialog.form.mark.setFocus()
        QTest.keyClick(dialog.form.mark, Qt.Key.Key_End)
        look(dialog, "isi")
        QTest.mouseClick(dialog.start, LEFT)
        assert names(out) == ["Panen raya-001.jpg"]
        assert "1 foto dibuat" in dialog.outcome.text()
        assert dialog.faces.count() == 1
        look(dialog, "wajah")
        dialog.faces.setFocus()
        dialog.faces.setCurrentRow(0)
        QTest.keyClick(dialog.faces, Qt.Key.Key_Space)
        QTest.mouseClick(dialog.make_faces, LEFT)
        assert names(out) == ["Panen raya-001.jpg", "Panen raya-002.jpg"]
        assert not dialog.faces.isVisible()
        look(dialog, "selesai")

    shown(opened, answers, use)
    with Image.open(out / "Panen raya-001.jpg") as made:
        assert made.getexif()[0x013B] == "Budi"
        assert made.convert("L").crop((150, 100, 300, 200)).getextrema()[1] > 200  # the mark's letters


def test_where_faces_cannot_be_found_somebody_vouches(opened, answers, photos, monkeypatch):
    monkeypatch.setitem(sys.modules, "dlib", None)

    def use(dialog):
        drop(dialog, photos / "IMG_1.jpg")  # a photo stands for its folder
        assert not dialog.start.isEnabled()
        look(dialog, "tanpa-pencari")
        QTest.mouseClick(dialog.looked, LEFT, pos=QPoint(8, dialog.looked.height() // 2))
        QTest.mouseClick(dialog.start, LEFT)

    shown(opened, answers, use)
    assert len(names(photos.parent / "Panen raya-siap")) == 2


def test_who_looked_at_one_folder_has_not_looked_at_another(opened, answers, photos, finder, monkeypatch):
    other = photos.parent / "Posyandu"
    other.mkdir()
    Image.new("RGB", (300, 200), (240, 200, 170)).save(other / "IMG_2.jpg")

    def use(dialog):
        drop(dialog, photos)
        QTest.mouseClick(dialog.start, LEFT)
        dialog.faces.setFocus()
        dialog.faces.setCurrentRow(0)
        QTest.keyClick(dialog.faces, Qt.Key.Key_Space)
        drop(dialog, other)
        assert not dialog.make_faces.isVisible()
        assert not dialog.open_button.isVisible()
        QTest.mouseClick(dialog.start, LEFT)
        assert dialog.faces.count() == 1
        assert not names(photos.parent / "Posyandu-siap")

    def vouch(dialog):
        drop(dialog, photos)
        QTest.mouseClick(dialog.looked, LEFT, pos=QPoint(8, dialog.looked.height() // 2))
        drop(dialog, other)
        assert not dialog.start.isEnabled()

    shown(opened, answers, use)
    monkeypatch.setitem(sys.modules, "dlib", None)
    shown(opened, answers, vouch)


def test_work_is_stopped_and_goes_on(make_studio, workspace_path, answers, photos, finder, qtbot):
    for number in range(3, 17):
        Image.new("RGB", (2000, 1500), (20, 160, number)).save(photos / f"IMG_{number}.jpg")
    studio = make_studio(jobs=ThreadedJobs())
    studio.open_workspace(workspace_path)
    out = photos.parent / "Panen raya-siap"

    def use(dialog):
        drop(dialog, photos)
        QTest.mouseClick(dialog.start, LEFT)
        qtbot.waitUntil(lambda: out.exists() and len(names(out)) > 1, timeout=20_000)
        look(dialog, "bekerja")
        QTest.mouseClick(dialog.close_button, LEFT)
        qtbot.waitUntil(lambda: not dialog.bar.isVisible(), timeout=20_000)
        assert "Dihentikan" in dialog.outcome.text()
        some = len(names(out))
        assert some < 15
        QTest.mouseClick(dialog.start, LEFT)
        qtbot.waitUntil(lambda: not dialog.bar.isVisible(), timeout=60_000)
        assert len(names(out)) == 15
        assert f"{some} sudah ada" in dialog.outcome.text()

    shown(studio, answers, use)
