"""The page "Profil" by real keys and clicks: fields, lists, decree, region, contacts that stay at home."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.group.profile import PRIVATE_PLACE, PROFILE_PLACE, GroupProfile, PrivateContacts
from studio.store.workspace import open_workspace

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(studio):
    studio.window.group_place.show("profile")
    return studio.window.group_place.desk.page


def type_into(widget, text):
    field = getattr(widget, "field", widget)
    field.setFocus()
    QTest.keyClicks(field, text)


def stored(studio, place):
    studio.stories.group.flush()
    return json.loads((studio.stories.workspace.path / "group" / place).read_text())


def profile(studio):
    return studio.stories.group.records.record(PROFILE_PLACE, GroupProfile)


def test_what_is_typed_is_kept_and_one_undo_takes_a_run_back(studio, page):
    type_into(page.form.fields["decree/number"], "188.45/12")
    type_into(page.form.fields["counted/women"], "12")
    assert stored(studio, PROFILE_PLACE)["decree"]["number"] == "188.45/12"
    assert profile(studio).counted.women == 12
    page.form.fields["counted/women"].field.setFocus()
    QTest.keyClicks(page.form.fields["counted/women"].field, "x")
    assert profile(studio).counted.women == 12
    assert page.form.fields["counted/women"].field.property("wrong")
    studio.window.story_actions.undo()
    assert profile(studio).counted.women is None
    assert profile(studio).decree.number == "188.45/12"


def test_officers_are_added_moved_and_removed(studio, page):
    editor = page.form._rows["officers"]
    for name in ("Budi", "Sri"):
        QTest.mouseClick(editor.add, LEFT)
        QTest.keyClicks(studio.window.shell.focusWidget(), name)
    role = page.form.fields["officers/1/role"]
    role.box.setFocus()
    QTest.keyClicks(role.box, "Ketua")
    assert [(each.name, each.role) for each in profile(studio).officers] == [("Budi", ""), ("Sri", "ketua")]
    page.form._rows["officers"]._move(1, -1)
    assert page.form.fields["officers/0/name"].text() == "Sri"
    page.form._rows["officers"]._drop(0)
    assert [each.name for each in profile(studio).officers] == ["Budi"]
    studio.window.story_actions.undo()
    assert page.form.fields["officers/1/name"].text() == "Budi"


@pytest.mark.parametrize(("days", "tone"), [(-1, "bad"), (60, ""), (400, None)])
def test_the_banner_speaks_from_six_months_before_the_end(stopped_clock, studio, page, days, tone):
    end = stopped_clock.date() + timedelta(days=days)
    type_into(page.form.fields["decree/valid_until"], f"{end.day}/{end.month}/{end.year}")
    assert profile(studio).decree.valid_until == end.isoformat()
    assert page.banner.isVisible() == (tone is not None)
    if tone is not None:
        assert page.banner.property("tone") == tone
        QTest.mouseClick(page.banner.buttons[0], LEFT)
        assert page.form.sections["decree"].isAncestorOf(studio.window.shell.focusWidget())


def test_a_scan_dropped_on_the_page_is_the_decrees(studio, page, tmp_path):
    scan = tmp_path / "sk.pdf"
    scan.write_bytes(b"%PDF-1.7\n")
    studio.window.shell.dropped.emit([str(scan)])
    assert (studio.stories.workspace.path / "group" / "media" / profile(studio).decree.file).is_file()
    (tmp_path / "sk.exe").write_bytes(b"MZ")
    studio.window.shell.dropped.emit([str(tmp_path / "sk.exe")])
    assert profile(studio).decree.file.endswith(".pdf")


def test_a_village_is_found_by_typing_and_brings_its_code(studio, page):
    line = page.region.lines["village"]
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "Ngumbul, Pacitan")
    page.region._ask()
    assert page.region.villages.list.isVisible()
    QTest.keyClick(page.region.villages.list, Qt.Key.Key_Down)
    QTest.keyClick(page.region.villages.list, Qt.Key.Key_Return)
    group = studio.stories.workspace.group
    assert group.village == "Desa Ngumbul"
    assert group.region_code.startswith("35.01.")
    assert group.region_code in page.region.code.text()
    assert "Ngumbul" in studio.window.library.group_head._place.text()
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "Desa Sukamaju")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert studio.stories.workspace.group.region_code == ""


def test_what_cannot_be_right_or_is_not_kept_is_said_below_its_field(studio, page):
    fields = page.form.fields
    for name, text in (("counted/women", "5"), ("counted/men", "4"), ("counted/under_30", "30")):
        type_into(fields[name], text)
    assert "semua anggota" in fields["counted/under_30"].trouble.text()
    assert fields["counted/under_30"].trouble.isVisible()
    type_into(fields["counted/men"], "-5")
    assert "belum disimpan" in fields["counted/men"].trouble.text()
    type_into(fields["decree/number"], "188")
    assert (fields["counted/men"].text(), profile(studio).counted.men) == ("4-5", 4)
    type_into(fields["founded"], "1/1/2099")
    assert "belum tiba" in fields["founded"].trouble.text()
    type_into(fields["decree/date"], "kemarin")
    assert "20/11/2026" in fields["decree/date"].trouble.text()
    fields["counted/men"].field.selectAll()
    type_into(fields["counted/men"], "40")
    assert not any(fields[name].trouble.isVisible() for name in ("counted/men", "counted/under_30"))
    assert profile(studio).counted.men == 40


def test_undo_brings_the_region_back_everywhere(studio, page):
    line, where = page.region.lines["regency"], studio.window.library.group_head._place
    before, shown = studio.stories.workspace.group, where.text()
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "Kabupaten Salah")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    page.region.lines["village"].setText("Desa Lain")
    page.region.lines["village"].editingFinished.emit()
    assert "Desa Lain" in where.text()
    for _ in range(2):
        QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == before.regency
    assert studio.stories.workspace.group == before
    assert where.text() == shown
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert studio.stories.workspace.group.regency == "Kabupaten Salah"
    with open_workspace(studio.stories.workspace.path, write=False) as other:
        assert other.group.regency == "Kabupaten Salah"


def test_personal_contacts_lie_apart(studio, page):
    editor = page.private._rows["contacts"]
    QTest.mouseClick(editor.add, LEFT)
    QTest.keyClicks(studio.window.shell.focusWidget(), "Sri")
    type_into(page.private.fields["contacts/0/phone"], "0812000111")
    kept = stored(studio, PRIVATE_PLACE)
    assert (kept["contacts"][0]["phone"], kept["contacts"][0]["share"]) == ("0812000111", False)
    assert not (studio.stories.workspace.path / "group" / PROFILE_PLACE).exists()
    share = page.private.fields["contacts/0/share"]
    share.setFocus()
    QTest.keyClick(share, Qt.Key.Key_Space)
    assert studio.stories.group.records.record(PRIVATE_PLACE, PrivateContacts).contacts[0].share
