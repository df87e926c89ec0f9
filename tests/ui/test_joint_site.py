"""The dialog "Situs bersama" by mouse and keys: groups in and out, the work, who would leave, stopping."""

from __future__ import annotations

import os
import time

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from studio.store.workspace import create_workspace
from studio.story.model import Group, Source, Story
from studio.ui.dialogs import joint_site_dialog
from studio.ui.dialogs.joint_site_dialog import JointSiteDialog
from tests.small_packs import keep_pages

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def groups(tmp_path):
    """A folder with the workspaces of two groups, a public story each."""
    home = tmp_path / "kabupaten"
    for name in ("mawar", "melati"):
        with create_workspace(home / name, Group(name=f"KIM {name.title()}", village="Desa Uji")) as workspace:
            keep_pages(workspace.templates_dir, "website")
            facts = {"place": "Uji", "date": "2026-11-20", "byline": ("Siti",), "body": "Panen padi melimpah."}
            source = Source(name="Asep", role="Warga")
            workspace.add(Story(id="", headline=f"Panen di {name}", status="published", sources=(source,), **facts))
    return home


def look(dialog, name):
    """A picture of the dialog, for eyes, where somebody asked for it."""
    if folder := os.environ.get("KIM_LOOK"):
        QTest.qWait(50)
        dialog.grab().save(f"{folder}/{name}.png")


def drop(dialog, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier))


def shown(dialog):
    dialog.show()
    assert QTest.qWaitForWindowExposed(dialog)
    return dialog


def texts(dialog):
    return [dialog.form.groups.item(at).text() for at in range(dialog.form.groups.count())]


def lines(dialog):
    return [dialog.left.item(at).text() for at in range(dialog.left.count())]


def test_a_district_makes_its_site_and_a_group_leaves(make_studio, answers, groups, settings, qapp):
    studio = make_studio()
    studio.show_welcome()
    opened = []
    answers.on_show = lambda dialog: opened.append(dialog) or use(dialog)

    def use(dialog):
        shown(dialog)
        look(dialog, "kosong")
        assert (dialog.form.nothing.isVisible(), dialog.start.isEnabled()) == (True, False)
        drop(dialog, groups)
        assert texts(dialog) == ["KIM Mawar · Desa Uji", "KIM Melati · Desa Uji"]
        answers.folder = groups / "situs"
        QTest.mouseClick(dialog.form.choose_out, LEFT)
        dialog.form.address.setFocus()
        QTest.keyClicks(dialog.form.address, "kim.contoh.go.id")
        look(dialog, "isi")
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        qapp.processEvents()
        assert "2 berita" in dialog.outcome.text()
        assert "https://kim.contoh.go.id/kim-mawar/" in (groups / "situs" / "umpan.xml").read_text(encoding="utf-8")
        dialog.hide()
        return False

    QTest.mouseClick(studio.welcome.tiles["joint"], LEFT)
    assert len(opened) == 1

    def again(dialog):
        """What was chosen is remembered; whoever is taken off the list leaves only when somebody says so."""
        shown(dialog)
        assert len(texts(dialog)) == 2
        dialog.form.groups.setFocus()
        dialog.form.groups.setCurrentRow(0)
        QTest.keyClick(dialog.form.groups, Qt.Key.Key_Delete)
        answers.answer = "stop"
        QTest.mouseClick(dialog.start, LEFT)
        qapp.processEvents()
        assert "KIM Mawar" in answers.asked[-1]
        assert (groups / "situs" / "kim-mawar" / "kontak.html").is_file()
        answers.answer = "go"
        QTest.mouseClick(dialog.start, LEFT)
        qapp.processEvents()
        look(dialog, "turun")
        assert not (groups / "situs" / "kim-mawar" / "kontak.html").exists()
        assert "kim-mawar" in lines(dialog)[0]
        dialog.hide()
        return False

    answers.on_show = again
    QTest.mouseClick(studio.welcome.tiles["joint"], LEFT)


def test_a_group_that_cannot_be_opened_changes_nothing(opened, answers, groups, settings):
    (groups / "mawar" / "workspace.json").rename(groups / "mawar" / "lain.json")
    settings.set("joint_groups", [str(groups / "mawar"), str(groups / "melati")])
    settings.set("joint_out", str(groups / "situs"))

    def use(dialog):
        shown(dialog)
        QTest.mouseClick(dialog.start, LEFT)
        look(dialog, "hilang")
        assert "1 ruang kerja tidak dapat dibuka" in dialog.outcome.text()
        assert not (groups / "situs").exists()
        drop(dialog, groups / "mawar")
        assert "tidak ada ruang kerja" in answers.said[-1][1]
        dialog.hide()
        return False

    answers.on_show = use
    opened.tools.dialogs.show(JointSiteDialog(opened.tools))


def test_the_work_is_stopped_by_escape(make_studio, groups, settings, monkeypatch, threaded_jobs, answers, qtbot):
    studio = make_studio(jobs=threaded_jobs)
    settings.set("joint_groups", [str(groups / "mawar")])
    settings.set("joint_out", str(groups / "situs"))

    def endless(folders, out, address, texts, progress):
        while True:
            progress.report(1, 2, "KIM Mawar")
            time.sleep(0.01)

    monkeypatch.setattr(joint_site_dialog, "make_joint_site", endless)
    dialog = shown(JointSiteDialog(studio.tools))
    QTest.mouseClick(dialog.start, LEFT)
    qtbot.waitUntil(lambda: dialog.what.text() == "KIM Mawar")
    look(dialog, "kerja")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "Dihentikan" in dialog.outcome.text())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    dialog.deleteLater()
