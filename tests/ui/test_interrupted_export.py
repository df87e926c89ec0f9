"""An export that is cut off: quitting asks, the next start offers to go on, and progress is told in words."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.base.errors import WorkCancelled
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.services.export_words import work_words


def export_to(studio, *outlets):
    studio.window.go("publish")
    desk = studio.window.page
    for outlet, box in desk.boxes.items():
        box.setChecked(outlet in outlets)
    QTest.mouseClick(desk.export, Qt.MouseButton.LeftButton)
    return desk


def test_quitting_during_an_export_asks_and_the_next_start_goes_on(opened, make_studio, workspace_path, monkeypatch):
    from studio.export.running import plan_runner

    real = plan_runner.append_journal

    def stop_after_the_first(out, entries):
        real(out, entries)
        raise WorkCancelled  # the program ends: nobody hears how the job ended

    monkeypatch.setattr(plan_runner, "append_journal", stop_after_the_first)
    monkeypatch.setattr("studio.ui.publish.export_start._forget", lambda *_: None)
    export_to(opened, "telegram", "x")
    monkeypatch.undo()
    opened.close()
    again = make_studio()
    again.open_workspace(workspace_path)
    again.safety.exports.find_out()
    banner = again.window.shell.banner
    assert banner.isVisible()
    done, total = again.safety.exports.found.done, again.safety.exports.found.total
    assert 0 < done < total
    assert f"{done} dari {total}" in banner.text.text()
    QTest.mouseClick(banner.buttons[0], Qt.MouseButton.LeftButton)
    desk = again.window.page
    assert again.window.desk == "publish"
    assert set(desk.chosen()) == {"telegram", "x"}
    assert f"{done} sudah ada" in desk.head.note.text()
    assert not banner.isVisible()
    again.close()
    third = make_studio()
    third.open_workspace(workspace_path)
    third.safety.exports.find_out()
    assert third.safety.exports.found is None


def test_an_export_that_ends_leaves_nothing_to_go_on_with(opened, settings):
    export_to(opened, "telegram")
    assert set(settings.notes("exporting").values()) == {""}


def test_what_is_left_alone_is_not_offered_again(opened, settings):
    folder = opened.stories.session.folder
    settings.remember("exporting", str(opened.stories.workspace.path), f"{folder}\ntelegram")
    exports = opened.safety.exports
    exports._noted = f"{folder}\ntelegram"
    exports.find_out()
    assert exports.found.done == 0
    QTest.mouseClick(opened.window.shell.banner.buttons[1], Qt.MouseButton.LeftButton)
    assert not settings.note("exporting", str(opened.stories.workspace.path))
    assert not opened.window.shell.banner.isVisible()


def test_a_queue_that_was_cut_off_is_offered_too(opened):
    from studio.services.story_export import open_queue

    folder = opened.stories.session.folder
    open_queue(opened.stories.workspace).add([(folder, "Judul")], ["telegram"])
    opened.safety.exports.find_out()
    assert "Antrean" in opened.window.shell.banner.text.text()


@pytest.mark.parametrize(("answer", "quiet", "ends"), [("", False, False), ("stop", False, True), ("", True, True)])
def test_quitting_asks_while_something_is_made(opened, answers, monkeypatch, answer, quiet, ends):
    job = SimpleNamespace(quiet=quiet, cancel_asked=False, title="Mengekspor Judul", cancel=lambda: None)
    monkeypatch.setattr(opened.tools.jobs, "running", lambda: (job,))
    answers.answer = answer
    opened.window.shell.close()
    assert (opened.window is None) == ends
    assert [text for text in answers.asked if "Mengekspor Judul" in text] or quiet


def test_the_work_is_named_in_words():
    texts, names = MessageTexts(assets_dir() / "messages"), {"instagram": "Instagram"}
    for file, words in (
        ("instagram/01.jpg", "Instagram: gambar"),
        ("instagram/reel.mp4", "Instagram: video"),
        ("paket-baru/a/teks.txt", "paket-baru: teks"),
        ("efae4f10a4275ec1.mp4", "Video"),
        ("mading/mading.pdf", "mading: lembar cetak"),
        ("x/data.bin", "x: berkas"),
    ):
        assert work_words(file, names, texts) == words
