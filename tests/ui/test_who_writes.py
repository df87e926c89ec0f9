"""Who writes: asked once, chosen by a press in the status bar, named in what follows, kept on this laptop."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.base.settings import UserSettings
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group
from studio.ui.check.status_panel import StatusPanel

MEMBERS = ("Siti Aminah", "Budi & Santoso")


@pytest.fixture
def team(workspace_path):
    """The workspace has members."""
    with open_workspace(workspace_path) as opened:
        opened.save_group(replace(opened.group, members=MEMBERS))
    return workspace_path


def pick(button, number, *, press=True):
    """Press the button with the mouse and choose an action of its menu by keys; the texts of the menu."""
    seen = []

    def choose():
        menu = QApplication.activePopupWidget()
        seen.extend(action.text() for action in menu.actions() if not action.isSeparator())
        for _ in range(number + 1):
            QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)

    QTimer.singleShot(50, choose)
    if press:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    return seen


def step(studio, to):
    QTest.mouseClick(studio.window.page.side_panel.findChild(StatusPanel).steps[to], Qt.MouseButton.LeftButton)


def test_one_press_and_the_name_stands_in_the_log_and_by_line(team, opened):
    writer = opened.window.status.writer
    assert "Tanpa nama" in writer.text()
    seen = pick(writer, 0)
    assert seen[:2] == ["Siti Aminah", "Budi && Santoso"]
    assert "Siti Aminah" in writer.text()
    opened.stories.new()
    assert opened.stories.session.story.byline == ("Siti Aminah",)
    opened.window.go("check")
    step(opened, "review")
    assert opened.stories.session.story.log[-1].by == "Siti Aminah"
    pick(writer, 1)
    step(opened, "draft")
    assert opened.stories.session.story.log[-1].by == "Budi & Santoso"
    opened.stories.session.flush()
    opened.stories.close()
    kept = b"".join(path.read_bytes() for path in team.rglob("*") if path.is_file())
    assert b"writers" not in kept


def test_each_workspace_has_its_own_and_remembers_it(make_studio, team, settings, tmp_path, own_home):
    create_workspace(tmp_path / "lain", Group(name="KIM Lain", members=("Dewi",))).close()
    studio = make_studio()
    studio.open_workspace(team)
    pick(studio.window.status.writer, 1)
    studio.open_workspace(tmp_path / "lain")
    pick(studio.window.status.writer, 0)
    assert settings.text("author") == "Dewi"
    studio.open_workspace(team)
    assert "Budi & Santoso" in studio.window.status.writer.text()
    stored = json.loads((own_home / "config" / "settings.json").read_text())
    assert set(stored["writers"].values()) == {"Budi & Santoso", "Dewi"}


def test_the_first_run_asks_once_and_may_be_passed_over(make_studio, team, own_home):
    settings = UserSettings(own_home / "first.json")
    studio = make_studio(own=settings)
    studio.open_workspace(team)
    banner = studio.window.shell.banner
    assert banner.isVisible()
    assert "Siapa yang menulis" in banner.text.text()
    QTest.mouseClick(banner.buttons[1], Qt.MouseButton.LeftButton)
    assert not banner.isVisible()
    studio.rebuild()
    assert not studio.window.shell.banner.isVisible()
    assert settings.text("author") == ""


def test_the_question_leads_to_the_names_or_to_typing_one(make_studio, team, answers, own_home, tmp_path):
    settings = UserSettings(own_home / "first.json")
    studio = make_studio(own=settings)
    studio.open_workspace(team)
    banner = studio.window.shell.banner
    pick(studio.window.status.writer, 1, press=False)
    QTest.mouseClick(banner.buttons[0], Qt.MouseButton.LeftButton)
    assert settings.text("author") == "Budi & Santoso"
    assert not banner.isVisible()
    other = UserSettings(own_home / "second.json")
    create_workspace(tmp_path / "sendiri", Group(name="KIM Sendiri")).close()
    alone = make_studio(own=other)
    alone.open_workspace(tmp_path / "sendiri")
    answers.text = "  Rini   Wulandari "
    QTest.mouseClick(alone.window.shell.banner.buttons[0], Qt.MouseButton.LeftButton)
    assert other.text("author") == "Rini Wulandari"
    assert "Rini Wulandari" in alone.window.status.writer.text()


def test_a_name_typed_in_the_settings_counts_for_the_workspace(team, opened, settings, answers):

    def type_name(dialog):
        dialog.inputs["author"].setText("Wati")
        return True

    answers.on_show = type_name
    opened.edit_settings()
    assert "Wati" in opened.window.status.writer.text()
    assert settings.note("writers", str(team)) == "Wati"
