"""The drive pulled out, the disk that is full, the lock taken over: nothing is lost, nothing untrue is said."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from shiboken6 import isValid

from studio.base import atomic_files as atomic
from studio.base import paths
from studio.base.crash_handler import CrashHandler
from studio.base.errors import UserError
from studio.group.group_records import change_record
from studio.group.profile import PROFILE_PLACE, GroupProfile
from studio.store.rescue import RescuePlace
from studio.store.workspace import create_workspace
from studio.story import edits
from studio.story.model import Group, Story
from studio.ui.core.desk_context import DESKS
from studio.ui.core.unsaved_work import crash_text
from studio.ui.shell.application import StudioApplication
from studio.ui.shell.message_banner import BannerMessage
from tests.package_taker import unpack

TYPED = "Air naik lagi sore ini. "


def tree(path: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(p.relative_to(path)): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file()}


def type_words(studio: StudioApplication) -> None:
    """Type at the head of the open story, with real key events."""
    studio.window.go("write")
    body = studio.window.page.body
    body.setFocus()
    QTest.keyClick(body, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(body, TYPED)


@pytest.fixture
def pulled(opened, workspace_path):
    """The drive is pulled out: an empty mount point is left. Gives what puts it back."""
    away = workspace_path.with_name("stik")
    workspace_path.rename(away)
    workspace_path.mkdir()

    def put_back():
        if away.exists():
            shutil.rmtree(workspace_path)
            away.rename(workspace_path)

    yield put_back
    put_back()


@pytest.fixture
def full(monkeypatch):
    """The disk has no room: every write of a document is refused as a full disk refuses it. Gives what makes room."""
    real, here = os.write, {"full": True}

    def write(handle: int, data: object) -> int:
        if here["full"]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(handle, data)

    monkeypatch.setattr(atomic.os, "write", write)
    yield lambda: here.update(full=False)
    here["full"] = False


def banner(studio: StudioApplication) -> str:
    shown = studio.window.shell.banner
    return shown.text.text() if shown.isVisible() else ""


# ------------------------------------------------------------------------------------------------ the drive is gone


def test_a_pulled_stick_keeps_window_and_text_and_saves_when_it_is_back(opened, workspace_path, pulled, qtbot):
    session = opened.stories.session
    type_words(opened)
    qtbot.waitUntil(lambda: session.save_state.kind == "failed", timeout=5000)
    assert opened.window.shell.isVisible()
    assert TYPED.strip() in session.story.body
    assert "tidak dapat dijangkau" in banner(opened)
    assert "salinannya ada di laptop ini" in banner(opened)
    assert opened.window.status.saved.text() == "Belum tersimpan"
    assert not any(workspace_path.iterdir())  # nothing is written below the empty mount point
    kept = RescuePlace(paths.rescue_dir(), workspace_path, opened.stories.workspace.group.id).all()
    assert [TYPED.strip() in one.story.body for one in kept] == [True]
    pulled()
    opened.safety.check_workspace()
    assert session.save_state.kind == "saved"
    assert banner(opened) == ""
    story = json.loads((workspace_path / "stories" / session.folder / "story.json").read_text(encoding="utf-8"))
    assert TYPED.strip() in story["body"]
    assert not list(paths.rescue_dir().rglob("*.json"))


def test_the_words_of_the_banner_take_the_colour_of_what_they_tell(opened):
    shown = opened.window.shell.banner
    seen = []
    for tone in ("", "bad", ""):
        shown.show_message(BannerMessage("Ada yang perlu diketahui.", tone=tone))
        seen.append(shown.text.palette().windowText().color().name())
    assert seen[0] == seen[2] != seen[1]


def test_what_is_there_is_said_also_when_nothing_is_unsaved(opened, pulled):
    opened.safety.check_workspace()
    assert "Semua perubahan sebelumnya sudah tersimpan" in banner(opened)
    assert opened.window.status.saved.text() == "Diska terlepas"
    QTest.keyClick(opened.window.shell, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert opened.window.shell._toast_text.text() != opened.tools.t("window.saved")
    pulled()
    opened.safety.check_workspace()
    assert banner(opened) == ""
    assert opened.window.status.saved.text().startswith("Tersimpan")


def test_nothing_is_written_into_the_workspace_of_another_stick(opened, workspace_path, pulled, qtbot):
    shutil.rmtree(workspace_path)
    with create_workspace(workspace_path, Group(name="KIM Lain")) as other:
        other.add(Story(id="", headline="Berita orang lain", date="2026-11-20"))
    before = tree(workspace_path)
    type_words(opened)
    opened.source.refresh()
    qtbot.waitUntil(lambda: opened.stories.session.save_state.kind == "failed", timeout=5000)
    assert "ruang kerja atau diska lain" in banner(opened)
    assert tree(workspace_path) == before
    pulled()
    opened.safety.check_workspace()
    assert opened.stories.session.save_state.kind == "saved"


def test_everything_in_the_window_survives_the_missing_drive(opened, workspace_path, pulled, answers, qtbot):
    """Desks, list, search, history, bin, queue, settings: no exception (pytest-qt would fail), no file."""
    shell, library, actions = opened.window.shell, opened.window.library, opened.window.story_actions
    for code, _ in DESKS:
        opened.window.go(code)
        qtbot.wait(20)
    opened.safety.check_workspace()
    for code, _ in DESKS:
        opened.window.go(code)
    QTest.keyClicks(library.search, "irigasi")
    library.ask()
    opened.source.refresh()
    opened.window._on_listed()
    opened.source.touch(opened.stories.session.folder)
    for folder in ("2026-11-19-tidak-ada", opened.stories.session.folder):
        actions.open(folder)
    actions.history()
    actions.bin()
    actions.new()
    opened.edit_profile()
    opened.edit_settings()
    opened.window.intake.bring_in([Path(__file__).with_name("conftest.py"), workspace_path / "x.jpg"])
    opened.rebuild()
    opened.open_workspace(workspace_path)  # "try to open again"
    qtbot.wait(50)
    assert opened.window.shell.isVisible()
    assert shell is not opened.window.shell
    assert not list(workspace_path.rglob("*"))
    pulled()
    opened.safety.check_workspace()
    opened.window.library.search.clear()
    opened.window.library.ask()
    assert opened.window.library.model.rowCount() == 5


def test_an_error_of_a_missing_drive_is_no_bug(opened, pulled):
    said = []
    crash = CrashHandler(opened.flush, lambda line, _: said.append(line), opened.safety.excuses)
    for error in (OSError(errno.EIO, "x"), sqlite3.OperationalError("disk I/O error"), UserError("store.no_story")):
        crash.handle(type(error), error, None)
    assert said == []
    assert banner(opened)
    crash.handle(ValueError, ValueError("a bug"), None)
    assert said == ["ValueError: a bug"]


# ------------------------------------------------------------------------------------------------ elsewhere, later


def test_save_elsewhere_makes_a_file_that_comes_back_by_drag_and_drop(
    opened, workspace_path, pulled, answers, tmp_path, qtbot
):
    type_words(opened)
    qtbot.waitUntil(lambda: opened.stories.session.save_state.kind == "failed", timeout=5000)
    answers.target = tmp_path / "berita.kim"
    button = next(b for b in opened.window.shell.banner.buttons if b.text() == "Simpan di tempat lain…")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert answers.target.name in answers.said[-1][1]
    with create_workspace(tmp_path / "baru", Group(name="KIM")) as other:
        folder = unpack(other, answers.target).folder
        assert TYPED.strip() in other.load(folder).body
    opened.stories.session.discard()
    opened.stories.may_leave = lambda: True
    pulled()
    folders = opened.stories.workspace.story_folders()
    assert TYPED.strip() not in opened.stories.session.story.body
    opened.window.shell.dropped.emit([str(answers.target)])
    assert opened.stories.workspace.story_folders() == folders  # what was typed comes back to where it belongs
    assert TYPED.strip() in opened.stories.session.story.body


def test_a_copy_left_by_a_power_cut_is_offered_and_put_where_it_belongs(
    opened, workspace_path, pulled, make_studio, qtbot
):
    type_words(opened)
    folder = opened.stories.session.folder
    qtbot.waitUntil(lambda: opened.stories.session.save_state.kind == "failed", timeout=5000)
    opened.stories.session._saver._rescue = None  # the power goes out: nothing more is done
    pulled()
    opened.stories.session._on_disk = opened.stories.session.story
    opened.close()
    again = make_studio()
    again.open_workspace(workspace_path)
    assert "1 berita punya perubahan" in banner(again)
    QTest.mouseClick(again.window.shell.banner.buttons[0], Qt.MouseButton.LeftButton)
    assert again.stories.session.folder == folder
    assert TYPED.strip() in again.stories.workspace.load(folder).body
    assert any(version.reason == "restore" for version in again.stories.workspace.versions(folder))
    assert banner(again) == ""


# ------------------------------------------------------------------------------------------------ taken over


def test_a_lock_taken_over_keeps_the_unsaved_as_a_copy_and_leaves_the_other_alone(
    opened, workspace_path, make_studio, qtbot
):
    session = opened.stories.session
    path = workspace_path / "stories" / session.folder / "story.json"
    elsewhere = {
        "host": "laptop-desa",
        "pid": 4,
        "user": "Budi",
        "since": "2026-11-29T08:00:00+00:00",
        "token": "f" * 16,
    }
    (workspace_path / ".studio" / "lock").write_text(json.dumps(elsewhere), encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("saluran irigasi", "tanggul sungai"), encoding="utf-8")
    before = tree(workspace_path / "stories")
    type_words(opened)
    qtbot.waitUntil(lambda: session.read_only, timeout=5000)
    assert tree(workspace_path / "stories") == before
    assert "diambil alih" in banner(opened)
    assert "salinannya ada di laptop ini" in banner(opened)
    assert TYPED.strip() in session.story.body
    opened.close()
    assert json.loads((workspace_path / ".studio" / "lock").read_text())["host"] == "laptop-desa"
    (workspace_path / ".studio" / "lock").write_bytes(b"")  # the other has closed it
    again = make_studio()
    again.open_workspace(workspace_path)
    QTest.mouseClick(again.window.shell.banner.buttons[0], Qt.MouseButton.LeftButton)
    bodies = [story.body for _, story in again.stories.workspace.load_each()]
    assert sum(TYPED.strip() in body for body in bodies) == 1
    assert "tanggul sungai" in again.stories.workspace.load(session.folder).headline  # theirs stays; ours is beside it


def test_who_leaves_after_a_take_over_is_told_why_and_may_leave_the_copy(
    opened, workspace_path, answers, make_studio, qtbot
):
    session = opened.stories.session
    holder = {"host": "laptop-desa", "pid": 4, "user": "Budi", "since": "2026-11-29T08:00:00+00:00", "token": "f" * 16}
    (workspace_path / ".studio" / "lock").write_text(json.dumps(holder), encoding="utf-8")
    type_words(opened)
    qtbot.waitUntil(lambda: session.read_only, timeout=5000)
    answers.answer = "copy"
    opened.window.shell.close()
    assert "diambil alih" in answers.asked[-1]
    assert "Salinannya ada di laptop ini" in answers.asked[-1]
    assert opened.stories is None
    (workspace_path / ".studio" / "lock").write_bytes(b"")
    again = make_studio()
    again.open_workspace(workspace_path)
    assert "1 berita punya perubahan" in banner(again)


def test_what_was_left_as_a_copy_is_offered_as_soon_as_the_drive_is_back(opened, pulled, answers, qtbot):
    session, folder = opened.stories.session, opened.stories.session.folder
    type_words(opened)
    qtbot.waitUntil(lambda: session.save_state.kind == "failed", timeout=5000)
    answers.answer = "copy"
    leave_for_new(opened)
    assert opened.stories.session is not session
    assert "sudah tersimpan" not in banner(opened)  # a copy waits
    pulled()
    opened.safety.check_workspace()
    assert "1 berita punya perubahan" in banner(opened)
    QTest.mouseClick(opened.window.shell.banner.buttons[0], Qt.MouseButton.LeftButton)
    assert opened.stories.session.folder == folder
    assert TYPED.strip() in opened.stories.session.story.body
    assert not list(paths.rescue_dir().rglob("*.json"))


def name_group(studio: StudioApplication, kim_id: str) -> None:
    change = change_record(PROFILE_PLACE, GroupProfile(), lambda old: replace(old, kim_id=kim_id), "edit.group.profile")
    studio.stories.group.edit(change)


def saved_kim_id(workspace: Path) -> str:
    return json.loads((workspace / "group" / PROFILE_PLACE).read_text(encoding="utf-8"))["kim_id"]


def test_records_of_the_group_survive_a_pulled_stick(opened, workspace_path, pulled, answers, make_studio, qtbot):
    name_group(opened, "K-7")
    group = opened.stories.group
    qtbot.waitUntil(lambda: group.save_state.kind == "failed", timeout=5000)
    opened.safety.check_workspace()
    assert "salinannya ada di laptop ini" in banner(opened)
    leave_for_new(opened)  # another story: the records are not left, so nobody is asked
    assert not answers.asked
    assert group.dirty
    answers.answer = "copy"
    opened.window.shell.close()
    assert "Salinannya ada di laptop ini" in answers.asked[-1]
    pulled()
    again = make_studio()
    again.open_workspace(workspace_path)
    assert "Data Kelompok punya perubahan" in banner(again)
    QTest.mouseClick(again.window.shell.banner.buttons[0], Qt.MouseButton.LeftButton)
    assert saved_kim_id(workspace_path) == "K-7"
    assert again.stories.group.records.record(PROFILE_PLACE, GroupProfile).kim_id == "K-7"
    assert "Data Kelompok" not in banner(again)
    assert not list(paths.rescue_dir().rglob("*.json"))


def test_records_of_the_group_go_where_they_belong_when_the_stick_is_back(opened, workspace_path, pulled, qtbot):
    QTest.keyClick(opened.window.shell, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    name_group(opened, "K-8")
    qtbot.waitUntil(lambda: opened.stories.group.save_state.copied, timeout=5000)
    pulled()
    opened.safety.check_workspace()
    assert saved_kim_id(workspace_path) == "K-8"
    assert not list(paths.rescue_dir().rglob("*.json"))


def test_a_copy_left_earlier_is_not_written_over_by_the_next(opened, pulled, answers, qtbot):
    type_words(opened)
    folder = opened.stories.session.folder
    qtbot.waitUntil(lambda: opened.stories.session.save_state.kind == "failed", timeout=5000)
    answers.answer = "copy"
    leave_for_new(opened)
    pulled()
    opened.safety.check_workspace()
    opened.stories.open(folder)  # as it was; nobody brings the copy back
    path = opened.stories.workspace.path
    path.rename(path.with_name("dicabut"))
    opened.stories.session.edit(edits.set_field("headline", "Lain sama sekali"))
    opened.flush()
    kept = opened.stories.rescue.all()
    path.with_name("dicabut").rename(path)
    assert len(kept) == 2
    assert [TYPED.strip() in one.story.body for one in kept].count(True) == 1
    assert [one.story.headline for one in kept].count("Lain sama sekali") == 1


def test_a_lock_taken_while_a_question_is_open_waits_with_the_new_window(opened, qtbot):
    """The box goes down with the window it belongs to, and whoever asked gets an error for an answer."""
    before = opened.window
    box = QMessageBox(before.shell)
    box.setModal(True)
    box.open()
    opened.safety.taken.emit()
    qtbot.wait(50)
    assert opened.window is before
    assert isValid(box)
    box.done(0)
    qtbot.waitUntil(lambda: opened.window is not before, timeout=3000)


def test_the_list_marks_the_story_that_is_open_when_another_cannot_be_read(opened, workspace_path, qtbot):
    session, away = opened.stories.session, workspace_path.with_name("stik")
    model, view = opened.window.library.model, opened.window.library.view
    other = next(f for f in opened.stories.workspace.story_folders() if f != session.folder)
    at = view.visualRect(model.position(other)).center()
    workspace_path.rename(away)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    away.rename(workspace_path)
    assert opened.stories.session is session
    qtbot.waitUntil(lambda: opened.window.library.current == session.folder, timeout=2000)


# ------------------------------------------------------------------------------------------------ the disk is full


def leave_for_story(studio: StudioApplication) -> None:
    model = studio.window.library.model
    other = next(f for f in studio.stories.workspace.story_folders() if f != studio.stories.session.folder)
    at = studio.window.library.view.visualRect(model.position(other)).center()
    QTest.mouseClick(studio.window.library.view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def leave_for_new(studio: StudioApplication) -> None:
    studio.window.story_actions.new()


def leave_for_bin(studio: StudioApplication) -> None:
    studio.window.story_actions.remove(studio.stories.session.folder)


def leave_for_workspace(studio: StudioApplication) -> None:
    studio.open_workspace(studio.stories.workspace.path.with_name("Lain"))


def leave_again(studio: StudioApplication) -> None:
    studio.open_workspace(studio.stories.workspace.path)


def leave_by_closing(studio: StudioApplication) -> None:
    studio.window.shell.close()


def leave_by_quitting(studio: StudioApplication) -> None:
    studio.quit()


WAYS = (
    *(leave_for_story, leave_for_new, leave_for_bin, leave_for_workspace, leave_again),
    *(leave_by_closing, leave_by_quitting),
)


@pytest.mark.parametrize("leave", WAYS)
def test_on_a_full_disk_nobody_leaves_unsaved_words_without_being_asked(opened, answers, full, leave, qtbot, request):
    lain = opened.stories.workspace.path.with_name("Lain")
    if leave is leave_for_workspace:
        full()
        create_workspace(lain, Group(name="KIM Lain")).close()
        request.getfixturevalue("monkeypatch").setattr(atomic.os, "write", _refuse)
    session = opened.stories.session
    type_words(opened)
    qtbot.waitUntil(lambda: session.save_state.kind == "failed", timeout=5000)
    assert "tidak cukup" in banner(opened)
    answers.asked.clear()
    leave(opened)
    assert len(answers.asked) == 1
    assert "belum tersimpan" in answers.asked[0]
    assert opened.stories.session is session
    assert opened.window.shell.isVisible()
    assert TYPED.strip() in session.story.body
    qtbot.waitUntil(lambda: opened.window.library.current == session.folder, timeout=2000)
    answers.answer = "discard"
    leave(opened)
    gone = opened.stories is None or opened.stories.session is not session
    assert gone
    assert not list(paths.rescue_dir().rglob("*.json"))


def _refuse(handle: int, data: object) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_leaving_may_put_the_story_elsewhere(opened, answers, full, tmp_path, qtbot, monkeypatch):
    session = opened.stories.session
    type_words(opened)
    qtbot.waitUntil(lambda: session.save_state.kind == "failed", timeout=5000)
    answers.answer, answers.target = "elsewhere", tmp_path / "simpan.kim"
    leave_for_story(opened)
    assert opened.stories.session is not session
    with create_workspace_without_limit(tmp_path / "baru", full) as other:
        assert TYPED.strip() in other.load(unpack(other, answers.target).folder).body


def create_workspace_without_limit(path, full):
    full()
    return create_workspace(path, Group(name="KIM"))


def test_room_made_meanwhile_saves_by_itself(opened, full, qtbot):
    session = opened.stories.session
    type_words(opened)
    qtbot.waitUntil(lambda: session.save_state.kind == "failed", timeout=5000)
    full()
    QTest.mouseClick(opened.window.shell.banner.buttons[0], Qt.MouseButton.LeftButton)
    assert session.save_state.kind == "saved"
    assert banner(opened) == ""


# ------------------------------------------------------------------------------------------------ true words


def test_the_report_of_a_bug_claims_only_what_was_looked_up(opened, workspace_path, full, qtbot):
    def said() -> str:
        return crash_text(opened.tools.texts, opened.safety, "ValueError: x")

    full()
    type_words(opened)
    opened.flush()
    assert "sudah tersimpan seluruhnya" in said()
    path = workspace_path / "stories" / opened.stories.session.folder / "story.json"
    kept = path.read_bytes()
    path.write_bytes(b"{}")
    assert "BELUM tersimpan" in said()
    path.write_bytes(kept)
    away = workspace_path.with_name("stik")
    workspace_path.rename(away)
    opened.stories.session.edit(edits.set_field("headline", "Lain"))
    opened.flush()
    assert "salinannya ada di laptop ini" in said()
    away.rename(workspace_path)
    assert "tersimpan" not in opened.tools.texts.text("error.bug", detail="x")


def test_a_workspace_on_a_full_disk_is_not_called_read_only(workspace_path, monkeypatch, make_studio):
    monkeypatch.setattr("studio.store.workspace.acquire_lock", _no_room)
    studio = make_studio()
    studio.open_workspace(workspace_path)
    assert "penuh" in banner(studio)
    assert studio.window.shell.banner.buttons[0].text() == "Coba buka lagi"


def _no_room(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
