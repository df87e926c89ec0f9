"""Earlier versions of the group's files: seen and brought back by keys and clicks, also of what was taken away."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.group.products import Product, place_of
from studio.group.profile import PROFILE_PLACE, GroupProfile
from studio.store.group_folder import GroupFolder
from studio.ui.core.shortcut_table import KEYS

EGG = Product(id="telur", name="Telur asin")


def press(studio, code):
    studio.window.shell.activateWindow()
    QApplication.processEvents()
    QTest.keySequence(studio.window.shell, QKeySequence(KEYS[code]))


@pytest.fixture
def written(studio):
    """A profile of two days and a product that was taken away."""
    begun = datetime(2026, 11, 20, 8, 0).astimezone()
    moments = iter(begun + timedelta(minutes=number) for number in range(9))
    folder = GroupFolder(studio.stories.workspace, lambda: next(moments))
    for number in ("KIM-1", "KIM-2"):
        folder.write(PROFILE_PLACE, GroupProfile(kim_id=number))
    folder.write(place_of("telur"), EGG)
    folder.remove(place_of("telur"))
    studio.window.group_place.show("profile")
    return studio


def test_an_earlier_version_is_compared_and_comes_back_and_undo_leads_forth_again(written, answers):
    seen = []

    def look(dialog):
        dialog.files.setCurrentRow(next(at for at in range(2) if "Profil" in dialog.files.item(at).text()))
        seen.append(dialog.view.toPlainText())
        dialog.show()
        QTest.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
        return dialog.result() == dialog.DialogCode.Accepted

    answers.on_show = look
    press(written, "history")
    assert "KIM-1" in seen[0]
    assert "Nomor di kim.id" in seen[0]
    session = written.stories.group
    assert session.records.record(PROFILE_PLACE, GroupProfile).kim_id == "KIM-1"
    press(written, "undo")
    assert session.records.record(PROFILE_PLACE, GroupProfile).kim_id == "KIM-2"


def test_a_product_that_was_taken_away_comes_back(written, answers):
    titles = []

    def look(dialog):
        titles.append(dialog.files.item(0).text())
        dialog.show()
        QTest.keyClick(dialog.back, Qt.Key.Key_Space)
        return dialog.result() == dialog.DialogCode.Accepted

    answers.on_show = look
    press(written, "history")
    assert titles == ["Produk: Telur asin (dihapus)"]
    written.stories.group.flush()
    assert GroupFolder(written.stories.workspace).read(place_of("telur"), Product).name == "Telur asin"


def test_a_version_that_cannot_be_read_is_named_and_read_only_brings_nothing_back(written, answers):
    kept = written.stories.workspace.path / "group" / "history" / "profile"
    next(kept.iterdir()).write_bytes(b"{")
    states = []

    def look(dialog):
        for at in range(2):
            dialog.files.setCurrentRow(at)
            states.append((dialog.view.toPlainText()[:40], dialog.back.isEnabled()))
        return False

    answers.on_show = look
    press(written, "history")
    assert sorted(enabled for _, enabled in states) == [False, True]
    written.stories.workspace.read_only = True
    states.clear()
    press(written, "history")
    assert not any(enabled for _, enabled in states)
