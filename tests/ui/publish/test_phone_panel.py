"""To the phone, as a person does it: copy, tick, undo, correct, switch the page on and off."""

from __future__ import annotations

import http.client
import shutil
import zipfile
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from studio.release.release_gate import judge_story
from studio.services.story_export import export_story
from studio.story import publishing
from studio.story.edits import StoryEdit, set_field
from studio.story.model import Person
from studio.ui.publish import phone_page
from studio.ui.publish.phone_correct import CorrectDialog
from studio.ui.publish.phone_panel import make_phone_panel


@pytest.fixture
def bench(opened, session):
    opened.window.go("publish")
    opened.window.page.feed.wake(False)  # nobody looks at the desk's previews here
    return opened.window.page._bench


@pytest.fixture(scope="module")
def kept_exports(tmp_path_factory):
    """Where the first test's exports are kept for those after it."""
    return tmp_path_factory.mktemp("ekspor") / "exports"


@pytest.fixture
def panel(bench, kept_exports, qtbot):
    """The panel of a story that was exported to two outlets, ready to go out."""
    from studio.base.progress import SilentProgress

    bench.session.edit(set_field("place", "Sukamaju"))
    bench.session.flush()
    exports = bench.workspace.path / "exports"
    if kept_exports.exists():
        shutil.copytree(kept_exports, exports, dirs_exist_ok=True)
    else:
        export_story(bench.workspace, bench.session.folder, ("telegram", "x"), bench.tools.texts, SilentProgress())
        shutil.copytree(exports, kept_exports)
    made = make_phone_panel(bench)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def press(qtbot, button):
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_without_an_export_it_says_what_to_do(bench, qtbot):
    panel = make_phone_panel(bench)
    qtbot.addWidget(panel)
    assert not panel.buttons
    assert not panel.page.switch.isEnabled()


def test_texts_are_copied_and_zipped_and_a_tick_keeps_link_and_time_and_can_be_undone(
    panel, bench, answers, tmp_path, qtbot
):
    code = next(key for key in panel.buttons if key[0] == "telegram" and key[1].startswith("copy:"))
    press(qtbot, panel.buttons[code])
    file = panel.folder / "telegram" / code[1].partition(":")[2]
    assert QGuiApplication.clipboard().text() == file.read_text(encoding="utf-8")
    answers.target = tmp_path / "berita.zip"
    press(qtbot, panel.buttons["", "zip"])
    with zipfile.ZipFile(tmp_path / "berita.zip") as made:
        assert any("/telegram/" in name for name in made.namelist())
    answers.text = None  # called off
    press(qtbot, panel.buttons["x", "tick"])
    assert bench.session.story.publications == ()
    answers.text = "https://t.me/kim/1"
    press(qtbot, panel.buttons["telegram", "tick"])
    line = publishing.find_publication(bench.session.story, "telegram")
    assert line.link == "https://t.me/kim/1"
    assert line.when.startswith("20")
    assert ("telegram", "tick") not in panel.buttons
    bench.session.undo()
    assert bench.session.story.publications == ()
    assert ("telegram", "tick") in panel.buttons
    bench.session.edit(publishing.add_publication("x", "2026-11-24T08:00:00+07:00"))
    assert ("x", "untick") in panel.buttons
    panel.untick("x")
    assert ("x", "tick") in panel.buttons
    assert replace(bench.session.story).publications == ()


def test_a_change_after_publication_asks_for_a_correction(panel, bench, answers, qtbot):
    answers.text = ""
    press(qtbot, panel.buttons["telegram", "tick"])
    assert ("", "correct") not in panel.buttons
    bench.session.edit(set_field("headline", "Warga Sukamaju perbaiki jembatan"))
    assert ("", "correct") in panel.buttons

    def on_show(dialog):
        assert isinstance(dialog, CorrectDialog)
        qtbot.keyClicks(dialog.what, "Yang diperbaiki jembatan.")
        dialog.accept()
        assert dialog.trouble.text()
        qtbot.keyClicks(dialog.reason, "salah dengar")
        dialog.accept()
        return dialog.edit is not None

    answers.on_show = on_show
    press(qtbot, panel.buttons["", "correct"])
    story = bench.session.story
    assert story.status == "corrected"
    assert story.corrections[0].reason == "salah dengar"
    assert ("", "correct") not in panel.buttons


def test_a_slip_is_corrected_without_a_question_and_a_harm_with_one(panel, bench, answers, qtbot):
    def correct(*ticks):
        def on_show(dialog):
            dialog.show()
            qtbot.keyClicks(dialog.what, "Salah.")
            qtbot.keyClicks(dialog.reason, "Kurang teliti")
            assert not dialog.served.isVisible()
            for name in ticks:
                box = getattr(dialog, name)
                qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
            qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
            dialog.hide()
            return dialog.edit is not None

        answers.on_show = on_show
        bench.session.edit(set_field("kicker", f"{bench.session.story.kicker}x"))
        press(qtbot, panel.buttons["", "correct"])
        return {f.code for f in judge_story(bench.session.story, bench.workspace.group).blocks}

    answers.text = ""
    press(qtbot, panel.buttons["telegram", "tick"])
    assert "declare_right_of_reply" not in correct()
    assert "declare_right_of_reply" in correct("harmed")
    bench.session.undo()
    assert "declare_right_of_reply" not in correct("harmed", "served")
    assert [line.harmed for line in bench.session.story.corrections] == [False, True]
    bench.session.undo()  # the correction and the word that was given are one step
    assert not bench.session.story.declarations
    assert len(bench.session.story.corrections) == 1


def test_a_reply_is_recorded_by_hand_and_shown_with_who_said_it(panel, bench, answers, qtbot):
    def on_show(dialog):
        dialog.show()
        qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
        assert dialog.trouble.text()
        qtbot.keyClicks(dialog.by, "Pak Lurah")
        qtbot.keyClicks(dialog.text, "Itu keliru.")
        qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
        dialog.hide()
        return True

    answers.text = ""
    press(qtbot, panel.buttons["telegram", "tick"])
    answers.on_show = on_show
    add = next(made for made in panel.findChildren(QPushButton) if "Catat hak jawab" in made.text())
    press(qtbot, add)
    (reply,) = bench.session.story.right_of_reply
    assert (reply.by, reply.text, bool(reply.received)) == ("Pak Lurah", "Itu keliru.", True)
    assert any("Pak Lurah" in shown.text() for shown in panel.findChildren(QLabel))


def test_the_page_is_off_until_it_is_switched_on_and_ends_by_itself_and_says_why(panel, bench, monkeypatch, qtbot):
    monkeypatch.setattr("studio.publish.lan_server.local_address", lambda: "127.0.0.1")
    assert panel.page.server is None
    assert not panel.page.code.isVisible()
    press(qtbot, panel.page.switch)
    address = urlsplit(panel.page.server.address)
    assert panel.page.code.isVisible()
    connection = http.client.HTTPConnection("127.0.0.1", address.port, timeout=10)
    connection.request("GET", address.path)
    assert b"Telegram" in connection.getresponse().read()
    connection.close()
    press(qtbot, panel.page.switch)
    assert panel.page.server is None
    with pytest.raises(OSError):
        http.client.HTTPConnection("127.0.0.1", address.port, timeout=2).request("GET", "/")
    press(qtbot, panel.page.switch)
    panel.page.server._shared.heard -= 3600
    qtbot.waitUntil(lambda: panel.page.server is None)
    assert "mati sendiri karena 20 menit" in panel.page.told.text()
    # Nor may it go on once the story may not be shown any more.
    press(qtbot, panel.page.switch)
    address = urlsplit(panel.page.server.address)
    change(bench, body="Rani Oktaviani (9) ikut.", people=(CHILD,))
    bench.session.flush()
    connection = http.client.HTTPConnection("127.0.0.1", address.port, timeout=10)
    connection.request("GET", address.path)
    answer = connection.getresponse()
    assert (answer.status, b"Rani" in answer.read()) == (410, False)
    connection.close()
    qtbot.waitUntil(lambda: panel.page.server is None)
    assert "Rani Oktaviani" in panel.page.told.text()


def test_the_code_on_the_screen_can_be_read(qtbot):
    """Its modules are those of the address, dark on white, with the quiet zone around."""
    import segno

    code = phone_page.QrCode(220)
    qtbot.addWidget(code)
    code.show_text("http://192.168.1.7:40000/abc/")
    image = code.grab().toImage()
    modules = [list(line) for line in segno.make("http://192.168.1.7:40000/abc/", error="m", micro=False).matrix]
    step = 220 // (len(modules) + 8)
    start = (220 - step * len(modules)) / 2
    for down, line in enumerate(modules):
        for across, dark in enumerate(line):
            shade = image.pixelColor(int(start + (across + 0.5) * step), int(start + (down + 0.5) * step)).lightness()
            assert (shade < 100) == bool(dark)


# ------------------------------------------------------------------------------------- the story goes on


CHILD = Person(id="anak", name="Rani Oktaviani", age_group="child", role="victim", protected=True)


def change(bench, **fields):
    """As a desk would; not saved yet."""
    bench.session.edit(StoryEdit("edit.body", lambda story: replace(story, **fields)))


def copy_button(panel):
    return panel.buttons[next(key for key in panel.buttons if key[0] == "telegram" and key[1].startswith("copy:"))]


def test_what_the_gate_refuses_by_now_is_neither_copied_nor_packed_and_is_gone(panel, bench, answers, qtbot, tmp_path):
    answers.text, answers.target = "https://t.me/kim/1", tmp_path / "berita.zip"
    press(qtbot, panel.buttons["telegram", "tick"])
    zipped, copied = panel.buttons["", "zip"], copy_button(panel)
    QGuiApplication.clipboard().setText("kosong")
    change(bench, body=f"{bench.session.story.body} Rani Oktaviani ikut.", people=(CHILD,), told=None)
    qtbot.mouseClick(copy_button(panel), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "kosong"
    assert "Rani Oktaviani" in answers.said[-1][1]
    assert "https://t.me/kim/1" in answers.said[-1][1], "where it had appeared"
    assert not panel.folder.exists()
    assert any("https://t.me/kim/1" in made.text() for made in panel.findChildren(QLabel))
    panel.make_zip()
    assert not (tmp_path / "berita.zip").exists()
    assert zipped is not copied


def test_a_text_older_than_the_story_is_not_copied_until_it_is_exported_again(panel, bench, answers, qtbot):
    QGuiApplication.clipboard().setText("kosong")
    change(bench, headline="Warga perbaiki jembatan")
    qtbot.mouseClick(copy_button(panel), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "kosong"
    assert "lebih lama" in answers.said[-1][1]
    from studio.base.progress import SilentProgress

    export_story(bench.workspace, bench.session.folder, ("telegram",), bench.tools.texts, SilentProgress())
    qtbot.mouseClick(copy_button(panel), Qt.MouseButton.LeftButton)
    assert "jembatan" in QGuiApplication.clipboard().text()
