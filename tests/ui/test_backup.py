"""Backing up and restoring in the window, by key, button and tile; the reminder."""

from __future__ import annotations

import os
import shutil
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.store.backup_list import workspace_files
from studio.store.backup_record import remember_backup
from studio.ui.shell.window_actions import MORE_MENU, WORKSPACE_MENU

DAY = 86_400


def tree(path):
    return {name: (path / name).read_bytes() for name in workspace_files(path).files}


def press(button):
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def age(workspace_path, days):
    """Nobody wrote the stories for so long."""
    then = time.time() - days * DAY
    for story in workspace_path.glob("stories/*/story.json"):
        os.utime(story, (then, then))


@pytest.fixture
def stick(tmp_path, answers):
    (tmp_path / "stik").mkdir()
    answers.folder = tmp_path / "stik"
    return tmp_path / "stik"


def test_by_key_what_was_just_typed_is_in_it(opened, workspace_path, stick, answers):
    opened.window.go("write")
    body = opened.window.page.body
    body.setFocus()
    QTest.keyClicks(body, "Air naik. ")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(body, Qt.Key.Key_B, both)
    title, text = answers.said[-1]
    assert title == "Cadangkan ke stik"
    assert "sudah diperiksa: 7 berkas" in text  # with the version before
    (root,) = stick.iterdir()
    assert tree(root / "isi") == tree(workspace_path)
    assert any(b"Air naik." in data for data in tree(root / "isi").values())


def test_in_the_menus(studio):
    assert "backup" in MORE_MENU
    assert {"backup", "restore"} <= set(WORKSPACE_MENU)
    menu = studio.window._workspace_menu
    menu.aboutToShow.emit()
    assert {"Cadangkan ke stik…", "Pulihkan dari cadangan…"} <= {action.text() for action in menu.actions()}


def test_the_reminder_has_a_button(make_studio, workspace_path, stick, answers, qtbot):
    age(workspace_path, 31)
    studio = make_studio()
    studio.open_workspace(workspace_path)
    banner = studio.window.shell.banner
    assert not banner.isVisible()  # the window does not wait for a look at every story
    qtbot.waitUntil(banner.isVisible)
    assert "belum pernah dicadangkan" in banner.text.text()
    assert banner.property("tone") == "quiet"
    assert [made.text() for made in banner.buttons] == ["Cadangkan sekarang", "Nanti"]
    press(banner.buttons[0])
    assert "6 berkas" in answers.said[-1][1]
    assert not banner.isVisible()
    shutil.rmtree(workspace_path / ".studio", ignore_errors=True)


def test_the_reminder_comes_back_after_30_days_and_waits_a_week(make_studio, workspace_path, stick, answers):
    then = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() - 45 * DAY))
    remember_backup(workspace_path, then, str(stick))
    studio = make_studio()
    studio.open_workspace(workspace_path)
    banner = studio.window.shell.banner
    studio.safety.backups.find_out()
    assert "45 hari" in banner.text.text()
    press(banner.buttons[1])
    assert not banner.isVisible()
    assert not list(stick.iterdir())
    studio.rebuild()
    studio.safety.backups.find_out()
    assert not studio.window.shell.banner.isVisible()


def test_no_reminder_for_young_work(studio):
    studio.safety.backups.find_out()
    assert not studio.window.shell.banner.isVisible()


def test_a_stick_that_is_not_there_is_said(studio, tmp_path, answers):
    answers.folder = tmp_path / "lepas"
    studio.window.actions.all["backup"].trigger()
    assert "Pasang stik" in answers.said[-1][1]


def test_the_stick_of_last_time_is_offered(studio, stick, answers):
    studio.window.actions.all["backup"].trigger()
    answers.folder, answers.answer = None, "here"
    studio.window.actions.all["backup"].trigger()
    assert str(next(stick.iterdir())) in answers.asked[-1]
    assert "0 disalin" in answers.said[-1][1]


def test_a_new_laptop_gets_all_stories_back_from_its_first_page(
    make_studio, studio, workspace_path, stick, answers, tmp_path
):
    studio.window.actions.all["backup"].trigger()
    was = tree(workspace_path)
    studio.close()
    documents = tmp_path / "Dokumen Baru"
    documents.mkdir()
    (documents / "surat.txt").write_text("punya orang")
    chosen = iter((stick, documents))
    answers.choose_folder = lambda title, start=None: next(chosen)
    fresh = make_studio()
    fresh.show_welcome()
    press(fresh.welcome.tiles["restore"])
    path = fresh.stories.workspace.path
    assert path.parent == documents
    assert tree(path) == was
    assert "6 berkas" in answers.said[-1][1]
    assert len(fresh.stories.workspace.story_folders()) == 5
    assert not fresh.window.shell.banner.isVisible()
    assert (documents / "surat.txt").read_text() == "punya orang"


def test_where_several_groups_share_a_stick_it_is_asked(studio, stick, answers, tmp_path):
    studio.window.actions.all["backup"].trigger()
    (root,) = stick.iterdir()
    other = stick / "cadangan-kim-lain"
    shutil.copytree(root, other)
    listed = (other / "cadangan.json").read_text(encoding="utf-8").replace("KIM Bina Warga", "KIM Lain")
    (other / "cadangan.json").write_text(listed, encoding="utf-8")
    chosen = iter((stick, tmp_path))
    answers.choose_folder = lambda title, start=None: next(chosen)
    answers.answer = "1"
    studio.window.actions.all["restore"].trigger()
    assert studio.stories.workspace.path == tmp_path / "kim-lain"


def test_it_can_be_stopped_and_goes_on(make_studio, workspace_path, stick, answers, threaded_jobs, qtbot):
    for number in range(60):
        (workspace_path / "stories" / f"{number}.bin").write_bytes(os.urandom(60_000))
    studio = make_studio(jobs=threaded_jobs)
    studio.open_workspace(workspace_path)
    studio.window.actions.all["backup"].trigger()
    strip = studio.window.status.jobs
    qtbot.waitUntil(lambda: any(stick.rglob("*.bin")), timeout=20_000)
    qtbot.waitUntil(lambda: "Mencadangkan" in strip.text.toolTip() + strip.text.text(), timeout=20_000)
    press(strip.stop)
    qtbot.waitUntil(lambda: not strip.isVisible(), timeout=20_000)
    assert not answers.said
    studio.window.actions.all["backup"].trigger()
    qtbot.waitUntil(lambda: bool(answers.said), timeout=60_000)
    (root,) = stick.iterdir()
    assert tree(root / "isi") == tree(workspace_path)
