"""Choosing from a list whose entries say more than they put into a field: keys, mouse, and what was stored before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio.base.progress import SilentProgress
from studio.lexicon.region_search import find_villages
from studio.store.workspace import open_workspace
from studio.story.model import Group, Publication, Story
from studio.story.publication_records import PublishedSnapshot
from studio.story.publishing import told_changes
from studio.story.regions import bare_village, healed_group, healed_place, split_line
from tests.ui.hands import needs_screen, run_script

LINE = "Kelurahan Oesapa, Kelapa Lima, Kota Kupang, Nusa Tenggara Timur"


def _click_row(dialog, row):
    entries = dialog.villages.list
    at = entries.visualRect(entries.model().index(row, 0)).center()
    QTest.mouseMove(entries.viewport(), at)
    QTest.mouseClick(entries.viewport(), Qt.MouseButton.LeftButton, pos=at)


def _keys(*keys):
    def press(dialog):
        for key in keys:
            QTest.keyClick(dialog.villages.list, key)

    return press


WAYS = {
    "mouse": lambda dialog: _click_row(dialog, 0),
    "enter": _keys(Qt.Key.Key_Down, Qt.Key.Key_Return),
    "tab": _keys(Qt.Key.Key_Down, Qt.Key.Key_Tab),
    "arrows": _keys(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Enter),
}


def _typed(dialog, text):
    """Click into the field and type over what it says; the list is open afterwards."""
    dialog.show()
    assert QTest.qWaitForWindowActive(dialog)
    field = dialog.inputs["village"]
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)
    for _ in range(100):
        if dialog.villages.list.isVisible():
            return
        QTest.qWait(30)
    pytest.fail("no proposals")


def test_a_chosen_village_is_a_name_and_its_region_four(studio, answers):
    before = studio.stories.workspace.group
    for way in WAYS:
        studio.stories.workspace.save_group(before)
        assert_village_is_chosen(studio, answers, way)


def assert_village_is_chosen(studio, answers, way) -> None:
    def fill(dialog):
        _typed(dialog, "oesapa")
        WAYS[way](dialog)
        assert dialog.inputs["village"].text() == "Kelurahan Oesapa"
        QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
        return True

    answers.on_show = fill
    studio.edit_profile()
    group = studio.stories.workspace.group
    assert (group.village, group.district, group.regency) == ("Kelurahan Oesapa", "Kelapa Lima", "Kota Kupang")
    assert (group.province, group.region_code) == ("Nusa Tenggara Timur", "53.71.03.1010")
    studio.stories.new()
    assert studio.stories.session.story.place == "Oesapa"


def test_passing_over_the_list_and_leaving_it_changes_nothing(studio, answers):
    def fill(dialog):
        _typed(dialog, "oesapa")
        _keys(Qt.Key.Key_Down, Qt.Key.Key_Down)(dialog)
        assert dialog.inputs["village"].text() == "oesapa"
        _keys(Qt.Key.Key_Escape)(dialog)
        assert not dialog.villages.list.isVisible()
        QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
        return True

    answers.on_show = fill
    studio.edit_profile()
    assert studio.stories.workspace.group.village == "oesapa"
    assert studio.stories.workspace.group.region_code == ""


def test_a_whole_line_that_was_pasted_is_taken_apart_and_a_code_goes_with_its_village(studio, answers):
    def paste(text):
        def fill(dialog):
            dialog.inputs["village"].setText(text)
            dialog.save.click()
            return True

        answers.on_show = fill
        studio.edit_profile()
        return studio.stories.workspace.group

    studio.stories.workspace.save_group(
        Group(name="KIM", village="Kelurahan Lain", district="Alak", region_code="53.71.01.1001")
    )
    assert paste("Kelurahan Lain").region_code == "53.71.01.1001"
    group = paste(LINE)
    assert (group.village, group.district, group.region_code) == ("Kelurahan Oesapa", "Kelapa Lima", "")


# ------------------------------------------------------------------------------------------------ what was stored


def test_workspaces_that_hold_whole_lines_are_healed_when_they_are_opened(workspace_path):
    with open_workspace(workspace_path) as workspace:
        folder, other, venue = workspace.story_folders()[:3]
        told = PublishedSnapshot(when="2026-11-22T10:00:00+07:00", place=LINE)
        lines = (Publication(outlet="whatsapp", when="2026-11-22T10:00:00+07:00"),)
        story = replace(workspace.load(folder), place=LINE.removeprefix("Kelurahan "), publications=lines)
        story = replace(story, told=replace(told, headline=story.headline, body=story.body, date=story.date))
        workspace.save(folder, story)
        workspace.save(other, replace(workspace.load(other), place="Balai RW, Kelapa Lima, Kota Kupang, NTT"))
        workspace.save(venue, replace(workspace.load(venue), place="Lasiana"))
    file = workspace_path / "workspace.json"
    profile = json.loads(file.read_text("utf-8")) | {"village": LINE, "district": "Kelapa Lima"}
    file.write_text(json.dumps(profile), "utf-8")
    with open_workspace(workspace_path) as workspace:
        assert workspace.group.village == "Kelurahan Oesapa"
        assert workspace.group.province == "Nusa Tenggara Timur"
        assert workspace.load(folder).place == "Oesapa"
        assert not [change for change in told_changes(workspace.load(folder)) if change.field == "place"]
        assert workspace.load(other).place == "Balai RW, Kelapa Lima, Kota Kupang, NTT"  # somebody meant it
        assert workspace.load(venue).place == "Lasiana"


@pytest.mark.parametrize("text", ["", "Sukamaju", "Desa Sukamaju, Tirtasari", "a, b, c, d", "RT 3, RW 5, Dusun, Desa"])
def test_other_texts_are_no_lines(text):
    group = Group(village=text)
    assert split_line(text) is None
    assert healed_group(group) is group
    assert healed_place(text, Group(village="Desa Sukamaju")) == text


def test_a_village_loses_its_kind_and_only_that():
    assert [bare_village(name) for name in ("Desa Baru", "Kelurahan Kota", "Desamulya", "Gampong Blang")] == [
        "Baru",
        "Kota",
        "Desamulya",
        "Blang",
    ]
    typed = ("desa Baru", "DS. Baru", "Kalurahan Baru", "pekon Baru", "Desa Baru, Kec. Lama", "Kel Baru")
    assert {bare_village(name) for name in typed} == {"Baru"}
    assert [bare_village(name) for name in ("Kampung Baru", "Kelapa", "Dsun")] == ["Kampung Baru", "Kelapa", "Dsun"]


@pytest.mark.parametrize(
    "asked", ["sukamaju, kab karo", "ds. Sukamaju, kec. tigapanah", "Desa Sukamaju, Kab. Karo", "sukamaju karo"]
)
def test_a_village_is_found_however_its_regions_are_shortened(asked):
    assert [region.village for region in find_villages(asked, 4, SilentProgress())] == ["Sukamaju"]


# ------------------------------------------------------------------------------------------------ a real X server


@needs_screen
def test_a_village_is_chosen_with_a_real_keyboard_and_pointer():
    ways = ("mouse", "Return", "Tab")
    told = run_script(str(Path(__file__).with_name("real_profile.py")), *ways)
    assert told == [["Kelurahan Oesapa", "Kelapa Lima", "53.71.03.1010"]] * len(ways)


def test_a_story_of_another_place_keeps_its_own():
    assert healed_place(Story(id="", place=LINE).place, Group(village="Desa Sukamaju")) == LINE
