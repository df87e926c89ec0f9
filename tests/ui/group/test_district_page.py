"""The page "Kabupaten" by real clicks, keys and drops: many files in, filter by click, answers, ways out."""

from __future__ import annotations

import json
from datetime import date

import pytest
from PySide6.QtCore import QDate, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea

from studio.base.paths import assets_dir
from studio.group.district_areas import EVERYWHERE
from studio.services.handover_making import notes_of
from studio.story.date_formats import parse_moment
from tests.group.handovers import sealed

LEFT = Qt.MouseButton.LeftButton
SAMPLE = assets_dir() / "sample" / "kabupaten-wanagiri.zip"


@pytest.fixture
def page(make_studio):
    """The page without a workspace, opened from the first page by a click."""
    studio = make_studio()
    studio.show_welcome()
    QTest.mouseClick(studio.welcome.tiles["district"], LEFT)
    return studio.welcome.district


def drop(page, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at, none = QPoint(300, 300), Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, LEFT, none)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, LEFT, none))


def writes(text):
    """Types a text of several lines into the question and takes it by its button."""

    def show(dialog):
        for number, line in enumerate(text.split("\n")):
            if number:
                QTest.keyClick(dialog.text, Qt.Key.Key_Return)
            QTest.keyClicks(dialog.text, line)
        QTest.mouseClick(dialog.take, LEFT)
        return dialog.result()

    return show


def words_of(widget):
    QApplication.processEvents()
    return "\n".join(found.text() for found in widget.findChildren(QLabel) if found.isVisibleTo(widget))


def click_button(widget, text):
    found = next(button for button in widget.findChildren(QPushButton) if button.text().strip() == text)
    QTest.mouseClick(found, LEFT)


def pick_area(page, name):
    (item,) = page.areas.findItems(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    page.areas.scrollToItem(item)
    QTest.mouseClick(page.areas.viewport(), LEFT, pos=page.areas.visualItemRect(item).center())


def test_the_sample_is_shown_and_a_click_on_a_district_filters_all_of_it(page):
    click_button(page, "Lihat contoh: 40 KIM di kabupaten rekaan")
    view = page.view
    assert "39 dari 46 KIM" in words_of(view)
    assert "Berkas rusak atau terpotong" in words_of(view)
    assert view._groups.rowCount() == 39
    pick_area(page, "Kecamatan Tirtasari")
    assert "6 dari 7 KIM" in words_of(view)
    assert "Berkas rusak" not in words_of(view)
    assert view._groups.rowCount() == 6
    assert len(view.scatter._dots) <= 6
    click_button(view, "Semua wilayah")
    assert view._groups.rowCount() == 39


def test_a_click_on_a_dot_finds_the_group_and_arrows_go_on(page):
    page.take_sample()
    plane, table = page.view.scatter, page.view.groups_view
    QTest.mouseClick(plane, LEFT, pos=plane.place_of(3).toPoint())
    chosen = page.view._groups.id_at(table.currentIndex().row())
    assert chosen in {dot[0].merged.id for dot in plane._dots}
    plane.setFocus()
    QTest.keyClick(plane, Qt.Key.Key_Right)
    assert page.view._groups.id_at(table.currentIndex().row()) != chosen


def test_rows_are_sorted_with_their_groups(page):
    page.take_sample()
    model = page.view._groups
    model.sort(2, Qt.SortOrder.DescendingOrder)
    best = max(page.figures.groups, key=lambda group: group.current.index if group.current else -1)
    assert page.view.groups_view.model().index(0, 2).data() == page.view._words.number(best.current.index)
    assert model.row_of(best) >= 0


def test_dropped_files_are_merged_and_a_question_is_answered_and_remembered(page, tmp_path, own_home):
    (tmp_path / "a.json").write_bytes(sealed(1, name="KIM Bina Warga"))
    (tmp_path / "b.json").write_bytes(sealed(2, name="KIM Bina Wargo", region_code="99.01.01.2001"))
    drop(page, tmp_path / "a.json", tmp_path / "b.json")
    assert page.view._groups.rowCount() == 2
    click_button(page.view, "Satu kelompok")
    assert page.view._groups.rowCount() == 1
    assert list(json.loads((own_home / "config" / "kabupaten.json").read_text()).values()) == [True]
    QTest.mouseClick(page.reset, LEFT)
    assert page.view is None
    drop(page, tmp_path / "b.json", tmp_path / "a.json")
    assert page.view._groups.rowCount() == 1


def test_a_pasted_line_is_taken_and_a_slip_is_told(page, answers):
    from studio.group.answer_line import write_line

    line = write_line("99.01.01.2001", "2026-11-25", {"KP1": (4, "proven")}, "0b1f6c5e")
    for text, rows in ((line.lower(), 1), (line[:-1] + ("0" if line[-1] != "0" else "1"), 1)):
        answers.on_show = writes(text)
        QTest.mouseClick(page.paste, LEFT)
        assert page.view._groups.rowCount() == rows
    assert "Ada yang salah ketik" in words_of(page.view)


def test_only_damaged_files_are_told_too(page, tmp_path):
    (tmp_path / "x.json").write_bytes(b"")
    drop(page, tmp_path / "x.json")
    assert "Berkas kosong" in words_of(page.view)


def test_the_report_is_saved(page, tmp_path, answers, monkeypatch):
    page.take_sample()
    monkeypatch.setattr(answers, "choose_folder", lambda *_, **__: tmp_path)
    monkeypatch.setattr(answers, "ask", lambda *_, **__: "close")
    QTest.mouseClick(page.save, LEFT)
    (out,) = tmp_path.glob("rekap-kim-*")
    assert {"index.html", "rekap.xlsx", "rekap.pdf"} <= {path.name for path in out.iterdir()}


def test_a_note_goes_out_and_comes_into_the_groups_studio(page, studio, tmp_path, answers, monkeypatch):
    own = studio.stories.workspace.group.id
    (tmp_path / "a.json").write_bytes(sealed(1, id=own))
    drop(page, tmp_path / "a.json")
    page.view.groups_view.selectRow(0)
    answers.on_show = writes("Lengkapi KP5.\nTerima kasih.")
    monkeypatch.setattr(answers, "choose_folder", lambda *_, **__: tmp_path)
    QTest.mouseClick(page.view.note, LEFT)
    (file,) = tmp_path.glob("kim-catatan-*.json")
    studio.window.group_place.show("district")
    group_page = studio.window.group_place.desk.page
    group_page.take_files([str(file)])
    assert group_page.view is None
    assert "Lengkapi KP5.\nTerima kasih." in words_of(group_page.handover)
    click_button(group_page.handover, "Sudah dibaca")
    (note,) = notes_of(studio.window.group_place.desk._context.session.records)
    assert parse_moment(note.read) is not None
    assert not [b for b in group_page.handover.findChildren(QPushButton) if b.text().strip() == "Sudah dibaca"]
    studio.window.story_actions.undo()
    studio.window.story_actions.undo()
    assert "Lengkapi KP5." not in words_of(group_page.handover)


def test_kirim_ke_dinas_shows_what_it_writes(studio, tmp_path, answers, monkeypatch):
    studio.window.group_place.show("district")
    card = studio.window.group_place.desk.page.handover
    QTest.mouseClick(card.send, LEFT)
    shown = card.dialog.text.toPlainText()
    monkeypatch.setattr(answers, "choose_folder", lambda *_, **__: tmp_path)
    QTest.mouseClick(card.dialog.save, LEFT)
    (file,) = tmp_path.glob("kim-kelompok-*.json")
    assert file.read_text(encoding="utf-8") == shown


def test_the_qr_code_is_dark_on_light_with_a_quiet_zone():
    from studio.ui.group.handover_card import qr_picture

    image = qr_picture("KIM1;x", 3).toImage()
    assert image.pixelColor(2, 2).lightness() == 255
    assert image.pixelColor(13, 13).lightness() == 0


def test_the_day_is_chosen_and_all_rounds_come_back(page, answers):
    page.take_sample()

    def choose(dialog):
        dialog.day.setDate(QDate(2026, 11, 18))
        QTest.mouseClick(dialog.take, LEFT)
        return dialog.result()

    answers.on_show = choose
    QTest.mouseClick(page.since, LEFT)
    assert page.request.since == date(2026, 11, 18)
    fewer = page.figures.areas[EVERYWHERE].respondents

    def choose_all(dialog):
        QTest.mouseClick(dialog.all, LEFT, pos=QPoint(8, dialog.all.height() // 2))
        QTest.mouseClick(dialog.take, LEFT)
        return dialog.result()

    answers.on_show = choose_all
    QTest.mouseClick(page.since, LEFT)
    assert page.request.since is None
    assert fewer < page.figures.areas[EVERYWHERE].respondents


def test_another_theme_keeps_what_was_merged(make_studio, tmp_path):
    studio = make_studio()
    studio.show_welcome()
    QTest.mouseClick(studio.welcome.tiles["district"], LEFT)
    studio.welcome.district.take_sample()
    pick_area(studio.welcome.district, "Kecamatan Tirtasari")
    before = studio.welcome.district
    studio._switch("language", "en")
    page = studio.welcome.district
    assert page is not before
    assert "6 of 7" in words_of(page.view)
    assert page.areas.currentItem().text(0) == "Kecamatan Tirtasari"


def test_another_theme_over_an_open_workspace_keeps_it_too_and_stays_on_the_page(studio, tmp_path):
    files = [tmp_path / f"{number}.json" for number in (1, 2, 3)]
    for number, file in enumerate(files, 1):
        file.write_bytes(sealed(number, region_code=f"99.01.0{number}.2001"))
    place = studio.window.group_place
    place.show("district")
    drop(place.desk.page, *files)
    place.desk.page.choose_area("99.01.02")
    QTest.mouseClick(place.desk.page.contacts, LEFT, pos=QPoint(8, place.desk.page.contacts.height() // 2))
    studio._switch("theme", "dark")
    studio.window.group_place.show("profile")
    studio._switch("language", "en")
    place = studio.window.group_place
    assert place.shown
    place.show("district")
    assert len(place.desk.page.figures.groups) == 3
    assert place.desk.page.view.key == "99.01.02"
    assert place.desk.page.contacts.isChecked()


def test_a_click_on_a_province_narrows_all_figures(page, tmp_path):
    for number, province in enumerate(("11", "35", "35"), 1):
        (tmp_path / f"{number}.json").write_bytes(sealed(number, region_code=f"{province}.01.0{number}.2001"))
    drop(page, tmp_path)
    squares = page.view.provinces.squares
    assert set(squares) == {"11", "35"}
    assert squares["35"].text().endswith("· 2")
    QTest.mouseClick(squares["35"], LEFT)
    assert page.view.key == "35"
    assert not page.view.provinces.isVisible()
    page.choose_area(EVERYWHERE)
    assert page.view.provinces.isVisibleTo(page.view)


def test_large_letters_squeeze_nothing_out_of_sight(page, make_studio, settings):
    settings.set("text_scale", 2.0)
    studio = make_studio()
    studio.show_welcome()
    QTest.mouseClick(studio.welcome.tiles["district"], LEFT)
    studio.welcome.resize(1366, 768)
    large = studio.welcome.district
    large.take_sample()
    QApplication.processEvents()
    for button in (large.since, large.form, large.reset):
        assert button.height() >= button.sizeHint().height()
    inside = large.view.findChild(QScrollArea).widget()
    assert inside.width() <= large.view.width()
    pick_area(large, "Kecamatan Batuampar")  # with the way to it above the figures
    QApplication.processEvents()
    assert inside.width() <= large.view.width()


def test_means_of_few_groups_stand_in_italics(page, tmp_path):
    (tmp_path / "a.json").write_bytes(sealed(1))
    drop(page, tmp_path / "a.json")
    few = page.view._heat.index(0, 2).data(Qt.ItemDataRole.FontRole)
    assert few.italic()
    page.take_sample()
    assert page.view._heat.index(0, 2).data(Qt.ItemDataRole.FontRole) is None
