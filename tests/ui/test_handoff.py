"""A story sent to the editor and back in two real windows: menu, dialog, drop, the page of conflicts."""

from __future__ import annotations

import zipfile

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio.app import start_with
from studio.base.progress import SilentProgress
from studio.services.story_handoff import pack_for_editor
from studio.store.packages import PackageChoice
from studio.store.workspace import create_workspace, open_workspace
from studio.story.edits import restore_version, set_field
from studio.story.model import Consent, Declaration, Group, Person, Source
from studio.ui.shell.window_actions import MORE_MENU
from tests.package_taker import unpack
from tests.ui.conftest import make_story
from tests.ui.test_intake import drop


def click(button):
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(12, button.height() // 2))


@pytest.fixture
def editor(opened, tmp_path):
    """The editor's workspace, closed, with the story that is open here; its path and the folder there."""
    folder, path = opened.stories.session.folder, tmp_path / "editor"
    opened.stories.session.edit(set_field("body", "Satu.\n\nDua.\n\nTiga."))
    opened.stories.session.flush()
    pack_for_editor(opened.stories.workspace, folder, tmp_path / "out.kim", PackageChoice(), SilentProgress())
    with create_workspace(path, Group(name="KIM Penyunting")) as made:
        there = unpack(made, tmp_path / "out.kim").folder
    return path, there


def sent_back(editor, target, **changes):
    """The package with which the editor answers."""
    path, folder = editor
    with open_workspace(path) as opened:
        opened.save(folder, replace(opened.load(folder), **changes))
        pack_for_editor(opened, folder, target, PackageChoice(), SilentProgress())
    return target


def test_from_the_menu_with_what_was_just_typed_and_only_what_is_ticked(opened, answers, tmp_path):
    assert "to_editor" in MORE_MENU
    session = opened.stories.session
    people = (Person(id="n1", name="Ani", consent=Consent(given=True, by="IBU-ANI")),)
    changed = replace(session.story, people=people, sources=(Source(name="Asep", contact="0811-KONTAK"),))
    session.edit(restore_version(changed))
    session.edit(set_field("headline", "Baru diketik"))
    answers.target = tmp_path / "kirim.kim"
    seen = {}

    def tick(dialog):
        dialog.show()
        seen.update({name: (box.isEnabled(), box.isChecked()) for name, box in dialog.ticks.items()})
        click(dialog.ticks["contacts"])
        click(dialog.send)
        return dialog.result()

    answers.on_show = tick
    opened.window.actions.all["to_editor"].trigger()
    assert seen == {"consents": (True, False), "contacts": (True, False), "originals": (False, False)}
    with zipfile.ZipFile(answers.target) as archive:
        text = archive.read("story.json")
    assert b"Baru diketik" in text
    assert b"0811-KONTAK" in text
    assert b"IBU-ANI" not in text
    assert str(answers.target) in answers.said[-1][1]


def test_cancelled_nothing_is_written(opened, answers, tmp_path):
    answers.target = tmp_path / "kirim.kim"
    answers.on_show = lambda dialog: False
    opened.window.actions.all["to_editor"].trigger()
    assert not answers.target.exists()


def test_a_dropped_package_opens_as_somebody_elses_story(studio, answers, tmp_path):
    with create_workspace(tmp_path / "lain", Group(name="KIM Sebelah")) as other:
        said = {"decent": Declaration(when="2026-11-22")}
        folder = other.add(replace(make_story(2), id="lain", status="ready", declarations=said))
        pack_for_editor(other, folder, tmp_path / "a.kim", PackageChoice(), SilentProgress())
    drop(studio, tmp_path / "a.kim")
    story = studio.stories.session.story
    assert (story.id, story.status, story.declarations) == ("lain", "review", {})
    assert studio.window.desk == "write"
    assert "KIM Sebelah" in answers.said[-1][0]
    studio.window.go("check")
    shown = [made.text() for made in studio.window.page.side_panel.findChildren(type(studio.window.status.saved))]
    assert any("KIM Sebelah" in text for text in shown)
    count = len(studio.stories.workspace.story_folders())
    drop(studio, tmp_path / "a.kim")
    assert len(studio.stories.workspace.story_folders()) == count


def test_changes_of_both_sides_come_together_in_one_step_of_undo(opened, editor, answers, tmp_path):
    session = opened.stories.session
    session.edit(set_field("headline", "Judul penulis"))
    before = session.story
    back = sent_back(editor, tmp_path / "back.kim", body="Satu.\n\nDua, kata penyunting.\n\nTiga.", kicker="Tani")
    drop(opened, back)
    assert opened.stories.session is session
    story = session.story
    assert (story.headline, story.kicker, story.body.split("\n\n")[1]) == (
        *("Judul penulis", "Tani", "Dua, kata penyunting."),
    )
    assert "MergeDialog" not in answers.asked
    QTest.keyClick(opened.window.shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.story == before
    drop(opened, back)  # undone, it may come in again
    assert session.story == story
    assert session.undo() == "edit.merge"
    session.redo()
    drop(opened, back)  # done, it is known
    assert session.story == story
    assert session.undo_label == "edit.merge"
    assert len(opened.stories.workspace.story_folders()) == 5


def test_true_conflicts_are_decided_by_keys_and_mouse(opened, editor, answers, tmp_path):
    session = opened.stories.session
    session.edit(set_field("headline", "Judul penulis"))
    session.edit(set_field("body", "Satu.\n\nDua penulis.\n\nTiga."))
    session.edit(set_field("hours", "08:00"))
    changes = {"headline": "Judul penyunting", "body": "Satu.\n\nDua penyunting.\n\nTiga.", "hours": "09:00"}
    back = sent_back(editor, tmp_path / "back.kim", **changes)
    before = session.story

    def leave(dialog):
        dialog.show()
        assert not dialog.merge.isEnabled()
        QTest.keyClick(dialog.list, Qt.Key.Key_Right)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        return False

    answers.on_show = leave
    drop(opened, back)
    assert session.story == before

    def decide(dialog):
        dialog.show()
        rows = [dialog.list.item(number).text() for number in range(dialog.list.count())]
        assert len(rows) == 3
        assert "▶" in rows[0]  # what was chosen the last time
        assert dialog.list.currentRow() == 1
        assert "Judul penulis" not in dialog.columns["left"].toPlainText()
        QTest.keyClick(dialog.list, Qt.Key.Key_Left)
        assert dialog.list.currentRow() == 2
        assert "penyunting" in dialog.columns["right"].toPlainText()
        click(dialog.sides["both"])
        click(dialog.merge)
        return True

    answers.on_show = decide
    drop(opened, back)
    story = session.story
    assert (story.headline, story.hours) == ("Judul penyunting", "08:00")
    assert set(story.body.split("\n\n")) == {"Satu.", "Dua penulis.", "Dua penyunting.", "Tiga."}
    assert session.undo() == "edit.merge"
    assert session.story == before


def test_the_page_compares_letter_by_letter_and_in_words_of_the_window(opened, editor, answers, tmp_path):
    session, shown = opened.stories.session, {}
    session.edit(set_field("kind", "event"))
    session.edit(set_field("body", "Satu.\n\nDua, lagi.\n\nTiga."))
    back = sent_back(editor, tmp_path / "back.kim", kind="profile", body="Satu.\n\nDua (ya).\n\nTiga.")

    def look(dialog):
        for number in range(dialog.list.count()):
            dialog.list.setCurrentRow(number)
            shown[number] = [dialog.columns[side].toPlainText() for side in ("left", "right")]
        return False

    answers.on_show = look
    drop(opened, back)
    # What went stands before what came: the kind as it was is said in words too, and a comma moves no word.
    news, event, profile = (opened.tools.t(f"write.kind.{kind}") for kind in ("news", "event", "profile"))
    assert shown == {0: [f"{news}{event}", f"{news}{profile}"], 1: ["Dua, lagi.", "Dua (ya)."]}


def test_a_conflict_may_come_in_as_a_copy(opened, editor, answers, tmp_path):
    session = opened.stories.session
    session.edit(set_field("headline", "Judul penulis"))
    before, count = session.story, len(opened.stories.workspace.story_folders())
    back = sent_back(editor, tmp_path / "back.kim", headline="Judul penyunting", former_folders=("2026-11-20-lama",))

    def copy(dialog):
        dialog.show()
        click(dialog.copy)
        return True

    answers.on_show = copy
    drop(opened, back)
    assert len(opened.stories.workspace.story_folders()) == count + 1
    assert opened.stories.session.story.headline == "Judul penyunting"
    assert opened.stories.session.story.former_folders == ()  # its old links lead to the one that was here
    opened.stories.open(session.folder)
    assert opened.stories.session.story.headline == before.headline


def test_a_bad_package_is_explained(opened, answers, tmp_path):
    (tmp_path / "rusak.kim").write_bytes(b"PK\x03\x04 putus")
    drop(opened, tmp_path / "rusak.kim")
    assert "rusak.kim" in answers.said[-1][1]


def test_a_package_that_is_double_clicked_goes_into_the_workspace_of_last_time(
    make_studio, workspace_path, settings, answers, tmp_path
):
    with create_workspace(tmp_path / "lain", Group(name="KIM Sebelah")) as other:
        folder = other.add(replace(make_story(2), id="lain"))
        pack_for_editor(other, folder, tmp_path / "a.kim", PackageChoice(), SilentProgress())
    first = make_studio()
    start_with(first, tmp_path / "a.kim")
    assert first.window is None
    assert answers.said[-1][0] == "Buka ruang kerja dahulu"
    settings.add_recent(str(workspace_path))
    second = make_studio()
    start_with(second, tmp_path / "a.kim")
    assert second.stories.session.story.id == "lain"
