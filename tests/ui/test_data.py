"""Data and updates in the window: a stick is offered, a key compared, a pack taken by a real click and rolled back."""

from __future__ import annotations

import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from studio.app import start_with
from studio.base import paths
from studio.base.data_shelf import program_shelf
from studio.base.paths import templates_dir
from studio.posts.catalog import load_catalog
from studio.services import data_offers
from studio.services.data_offers import find_offers
from studio.store.pack_shelf import PackShelf
from studio.store.pack_signatures import key_text, make_keys, sign_list
from studio.ui.dialogs.data_dialog import DataDialog
from studio.ui.dialogs.trust_dialog import TrustDialog, pick_groups
from studio.ui.shell.application import ProgramPlaces
from studio.ui.shell.data_commands import DataOffers
from tests.data_pack_maker import LIMITS, TODAY, signed_pack, take, trusting_shelf, write_raw
from tools.window_pictures import drawing


@pytest.fixture
def stick(tmp_path):
    made = tmp_path / "stick"
    made.mkdir()
    return made


def click(button) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def limit() -> int:
    return load_catalog(templates_dir()).outlet("instagram").output("takarir.txt").limit


def dialog_of(tools, packs, stick, tmp_path, qtbot) -> DataDialog:
    made = DataDialog(tools, packs, tmp_path / "Unduhan", lambda: (stick,), lambda: TODAY)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_pack_is_offered_taken_and_rolled_back_by_clicks(studio, stick, tmp_path, qtbot):
    packs, built_in = trusting_shelf(), limit()
    signed_pack(stick, "limits", {"limits.toml": LIMITS})
    dialog = dialog_of(studio.tools, packs, stick, tmp_path, qtbot)
    assert (limit(), dialog.changed) == (built_in, False)
    click(dialog.buttons["offer/uji-limits"])
    assert limit() == 1500
    assert "offer/uji-limits" not in dialog.buttons
    click(dialog.buttons["back/uji-limits"])
    assert limit() == built_in
    click(dialog.buttons["use/uji-limits"])
    assert (limit(), dialog.changed) == (1500, True)


def test_data_that_is_old_or_of_a_day_to_come_is_not_shown_as_new(studio, stick, tmp_path, qtbot):
    packs, words = trusting_shelf(), {"kata_tambahan.txt": b"kamwerdh\n"}
    dialog = dialog_of(studio.tools, packs, stick, tmp_path, qtbot)
    for version, day, told in (("1", "2025-01-10", "24 bulan lalu"), ("2", "2999-01-10", "tanggal belum tiba")):
        take(packs, signed_pack(tmp_path, "words", words, version, day=day))
        dialog.fill()
        pills = [mark.text() for mark in dialog.findChildren(QLabel) if mark.property("pill") == "warn"]
        assert told in pills


def test_a_strange_key_is_compared_before_anything_is_taken(studio, stick, tmp_path, qtbot, answers):
    packs, built_in, office = trusting_shelf(), limit(), make_keys("Dinas Baru")
    with zipfile.ZipFile(signed_pack(tmp_path, "limits", {"limits.toml": LIMITS})) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    entries["tanda.toml"] = key_text(sign_list(entries["sha256.txt"], office.secret))
    write_raw(stick / "baru.kimdata", entries, raw=True)
    dialog = dialog_of(studio.tools, packs, stick, tmp_path, qtbot)
    groups = office.public.fingerprint.split("-")

    def from_the_letter(asked: TrustDialog, right: bool) -> bool:
        asked.show()
        shown = "\n".join(each.text() for each in asked.findChildren(QLabel))
        hidden = [number for number, group in enumerate(groups) if group not in shown]
        for number, edit in zip(hidden, asked.groups, strict=True):
            edit.setFocus()
            QTest.keyClicks(edit, groups[number].lower() if right else "0000")
        if right:
            QTest.keyClick(asked.groups[-1], Qt.Key.Key_Return)
        else:
            click(asked.trust)
        assert bool(asked.trouble.text()) != right
        return asked.result() == TrustDialog.DialogCode.Accepted

    answers.on_show = lambda asked: from_the_letter(asked, right=False)
    click(dialog.buttons["offer/uji-limits"])
    assert (limit(), packs.trusted(office.public.key)) == (built_in, None)
    answers.on_show = lambda asked: from_the_letter(asked, right=True)
    click(dialog.buttons["offer/uji-limits"])
    assert (limit(), packs.trusted(office.public.key).name) == (1500, "Dinas Baru")
    answers.answer = "revoke"
    click(dialog.buttons[f"key/{office.public.key}"])
    assert limit() == built_in


def test_a_file_that_is_no_pack_is_explained_and_changes_nothing(studio, stick, tmp_path, qtbot, answers):
    (stick / "rusak.kimdata").write_bytes(b"PK")
    dialog = dialog_of(studio.tools, trusting_shelf(), stick, tmp_path, qtbot)
    answers.files = (stick / "rusak.kimdata",)
    click(dialog.open_file)
    assert "rusak.kimdata" in answers.said[-1][1]
    assert not dialog.changed


def test_a_key_that_the_disk_does_not_keep_is_explained(studio, stick, tmp_path, qtbot, answers):
    packs, built_in = PackShelf(program_shelf()), limit()
    packs.shelf.root.mkdir(parents=True)
    (packs.shelf.root / "keys").write_bytes(b"")
    signed_pack(stick, "limits", {"limits.toml": LIMITS})
    dialog = dialog_of(studio.tools, packs, stick, tmp_path, qtbot)
    answers.on_show = lambda asked: True
    click(dialog.buttons["offer/uji-limits"])
    assert "keys" in answers.said[-1][1]
    assert limit() == built_in


def test_the_window_tells_of_a_stick_once_and_takes_nothing(studio, stick, qtbot):
    packs, built_in = trusting_shelf(), limit()
    take(packs, signed_pack(stick, "words", {"kata_tambahan.txt": b"sawer\n"}))
    signed_pack(stick, "limits", {"limits.toml": LIMITS})
    offers = DataOffers(studio.tools, lambda: None, studio.window, lambda: (stick,))
    with qtbot.waitSignal(offers.changed):
        offers.look_at_sticks()
    told = offers.banner_message()
    assert "Uji limits" in told.text
    assert limit() == built_in
    offers.put_off()
    offers.look_at_sticks()
    assert not offers.banner_message().text
    assert len(find_offers(packs, (stick,))) == 1


def test_no_stick_is_looked_for_while_the_window_is_drawn_for_the_guide(
    qapp, opened, stick, workspace_path, tmp_path, monkeypatch
):
    trusting_shelf()
    signed_pack(stick, "limits", {"limits.toml": LIMITS})
    monkeypatch.setattr(data_offers, "removable_drives", lambda: (stick,))
    opened.window.offers.look_at_sticks()
    assert "Uji limits" in opened.window.offers.banner_message().text
    opened.close()
    drawn = drawing._studio(qapp, "light", tmp_path, ProgramPlaces(paths.assets_dir(), tmp_path), lambda *_: None)
    try:
        drawn.open_workspace(workspace_path)
        drawn.window.offers.look_at_sticks()
        assert not drawn.window.offers.banner_message().text
    finally:
        drawn.close()


def test_the_menu_opens_it(studio, answers):
    studio.window.actions.all["data"].trigger()
    assert answers.asked[-1] == "DataDialog"


def test_a_pack_that_is_double_clicked_is_considered_with_and_without_a_workspace(
    make_studio, workspace_path, settings, answers, tmp_path
):
    (tmp_path / "rusak.KIMDATA").write_bytes(b"PK")
    for known in (False, True):
        if known:
            settings.add_recent(str(workspace_path))
        studio = make_studio()
        start_with(studio, tmp_path / "rusak.KIMDATA")
        assert (studio.window is not None) == known
        assert ("rusak.KIMDATA" in answers.said.pop()[1], answers.asked.pop()) == (True, "DataDialog")


def test_other_groups_are_asked_for_each_time():
    assert len({pick_groups(8) for _ in range(40)}) > 5


def test_a_pack_that_is_dropped_on_the_window_is_considered_as_one(studio, stick, answers):
    trusting_shelf()
    studio.window.shell.dropped.emit([str(signed_pack(stick, "limits", {"limits.toml": LIMITS}))])
    assert answers.asked[-1] == "DataDialog"
    assert limit() == 1500
