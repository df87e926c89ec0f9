"""The gallery: designs of this very story, the group's identity, packs."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QScrollArea

from studio.base.paths import templates_dir
from studio.posts.catalog import load_catalog
from studio.posts.pack_zip import export_pack
from studio.services.template_making import begin_templates
from studio.story import edits
from studio.ui.publish.preview_outlets import OutletPanel


@pytest.fixture
def gallery(desk, settled):
    desk.show_tab("designs")
    settled(desk)
    return desk.gallery


def icon(tile):
    return tile.icon().pixmap(tile.iconSize()).toImage()


def test_designs_show_this_story_and_are_chosen_for_it_or_for_all_of_the_group(
    gallery, desk, session, opened, settled, qtbot
):
    assert {"", "foto", "judul", "pengumuman", "teks"} <= set(gallery.tiles)
    assert "vonis" not in gallery.tiles
    assert "Cek fakta" in gallery._missing.text()
    pictures = [bytes(icon(tile).constBits()) for name, tile in gallery.tiles.items() if name]
    assert len(set(pictures)) == len(pictures)
    assert gallery.tiles[""].isChecked()
    before = desk.view.phone.grab().toImage()
    gallery.tiles["teks"].click()
    assert session.story.designs == {"instagram/kartu.jpg": "teks"}
    assert gallery.tiles["teks"].isChecked()
    settled(desk)
    desk.show_tab("preview")
    settled(desk)
    assert desk.view.phone.grab().toImage() != before
    session.undo()
    assert session.story.designs == {}
    desk.show_tab("designs")
    settled(desk)
    # A wider choice takes the place of narrow ones.
    gallery.tiles["teks"].click()
    gallery.scope.setCurrentIndex(gallery.scope.findData("all"))
    gallery.tiles["foto"].click()
    assert session.story.designs == {"*": "foto"}
    gallery.tiles[""].click()
    assert session.story.designs == {}
    # The group can have one for all its stories.
    gallery.level.setCurrentIndex(gallery.level.findData("group"))
    gallery.scope.setCurrentIndex(gallery.scope.findData("outlet"))
    gallery.tiles["foto"].click()
    assert opened.stories.workspace.group.designs == {"instagram": "foto"}
    assert session.story.designs == {}
    # Samples follow the story; an outlet without cards says so.
    before = icon(gallery.tiles["teks"])
    session.edit(edits.set_field("headline", "Sama sekali lain"))
    qtbot.waitUntil(lambda: icon(gallery.tiles["teks"]) != before, timeout=5000)
    desk.look_at("mading")
    assert not gallery._cards.isVisible()
    assert gallery._none.isVisible()


def test_colours_font_and_logo_are_kept_and_shown_and_taken_from_the_logo(gallery, opened, answers, photos, tmp_path):
    from PIL import Image, ImageDraw

    def choose(color: str, ground: str) -> None:
        picture = Image.new("RGB", (120, 120), ground)
        ImageDraw.Draw(picture).rectangle((0, 0, 119, 70), fill=color)
        picture.save(tmp_path / "logo.png")
        answers.files = (tmp_path / "logo.png",)
        gallery.identity.logo.click()
        gallery.identity.from_logo.click()

    workspace = opened.stories.workspace
    bad = tmp_path / "rusak.png"
    bad.write_bytes(b"bukan gambar")
    answers.files = (bad,)
    gallery.identity.logo.click()
    assert workspace.group.logo == ""
    assert "rusak.png" in answers.said[-1][1]
    assert not gallery.identity.from_logo.isEnabled()
    before = icon(gallery.tiles["pengumuman"])
    answers.color = "#7b1fa2"
    gallery.identity.colors["main"].click()
    assert workspace.group.colors.main == "#7b1fa2"
    head = opened.window.library.group_head.mark.pixmap().toImage()
    assert head.pixelColor(head.width() // 2, 4).name() == "#7b1fa2"  # the window's own mark follows
    assert icon(gallery.tiles["pengumuman"]) != before
    gallery.identity.font_box.setCurrentIndex(1)
    gallery.identity.font_box.activated.emit(1)
    assert workspace.group.font == "serif"
    answers.files = (photos[0],)
    gallery.identity.logo.click()
    with Image.open(workspace.path / workspace.group.logo) as kept:
        assert (workspace.group.logo, kept.format, max(kept.size)) == ("logo.png", "PNG", 512)
    choose("#1a3f8c", "#f2a10a")
    colors, said = workspace.group.colors, len(answers.said)
    assert (colors.main, colors.accent) == ("#1a3f8c", "#f2a10a")
    choose("#666666", "#dddddd")
    assert workspace.group.colors == colors
    assert len(answers.said) > said


def test_a_broken_pack_is_refused_with_file_and_line_and_another_comes_in_as_a_new_outlet_and_goes(
    gallery, desk, opened, answers, tmp_path, settled, qtbot
):
    source = export_pack(desk.previewer.catalog.outlet("x").folder, tmp_path / "x.zip")
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(tmp_path / "rusak.zip", "w") as other:
        for name in archive.namelist():
            other.writestr(name, archive.read(name).decode().replace("limit = 280", "limt = 280"))
    answers.files = (tmp_path / "rusak.zip",)
    gallery.packs.take.click()
    qtbot.waitUntil(gallery.packs.take.isEnabled)
    told = gallery.packs._note.text()
    assert "outlet.toml" in told
    assert "12" in told
    assert "limit" in told
    answers.target = tmp_path / "telegram"
    desk.look_at("telegram")
    gallery.packs.give.click()
    source = tmp_path / "telegram.zip"
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(tmp_path / "radio.zip", "w") as other:
        for name in archive.namelist():
            text = archive.read(name).decode().replace('id = "telegram"', 'id = "radio"')
            other.writestr(name, text.replace('name = "Telegram"', 'name = "Radio desa"'))
    answers.files = (tmp_path / "radio.zip",)
    gallery.packs.take.click()
    qtbot.waitUntil(lambda: "radio" in desk.boxes)
    desk.look_at("radio")
    settled(desk)
    assert desk.view._name.text() == "Radio desa"
    answers.answer = "remove"
    gallery.packs.drop.click()
    settled(desk)
    assert "radio" not in desk.boxes
    assert not (opened.stories.workspace.path / "templates" / "radio").exists()


def test_a_family_of_another_group_comes_in_is_replaced_goes_on_to_others_and_goes(
    gallery, desk, opened, answers, tmp_path, settled, monkeypatch, qtbot
):
    workspace, families = opened.stories.workspace, gallery.families
    begin_templates(tmp_path / "pesisir", templates_dir(), "ramah")
    answers.files = (export_pack(tmp_path / "pesisir", tmp_path / "pesisir.zip"),)
    gallery.packs.take.click()
    settled(desk)
    qtbot.waitUntil(lambda: "pesisir" in gallery.families.tiles)
    assert "Pesisir" in gallery.packs._note.text()
    assert gallery.packs.take.isEnabled()
    # One that is there is asked about, and taken in by the runner of jobs.
    jobs, asked = gallery._bench.tools.jobs, []
    start = jobs.start

    def told(title, *given, **named):
        asked.append(title)
        return start(title, *given, **named)

    monkeypatch.setattr(jobs, "start", told)
    begin_templates(tmp_path / "lain" / "pesisir", templates_dir(), "tegas")
    answers.files = (export_pack(tmp_path / "lain" / "pesisir", tmp_path / "lain" / "pesisir.zip"),)
    answers.answer = "replace"
    gallery.packs.take.click()
    assert sum("pesisir.zip" in title for title in asked) == 2
    qtbot.waitUntil(gallery.packs.take.isEnabled)
    kept = workspace.templates_dir / "_families" / "pesisir" / "family.toml"
    assert "Barlow Condensed" in kept.read_text()
    settled(desk)
    qtbot.waitUntil(lambda: "pesisir" in families.tiles)
    answers.answer = ""
    assert not families.give.isVisible()  # Warta came with the studio
    families.tiles["pesisir"].click()
    assert workspace.group.family == "pesisir"
    answers.target = tmp_path / "kirim"
    families.give.click()
    with zipfile.ZipFile(tmp_path / "kirim.zip") as archive:
        assert "pesisir/family.toml" in archive.namelist()
    families.drop.click()  # asked, and answered with the first choice: it stays
    assert (workspace.templates_dir / "_families" / "pesisir").exists()
    answers.answer = "remove"
    families.drop.click()
    qtbot.waitUntil(lambda: "pesisir" not in families.tiles)
    assert not (workspace.templates_dir / "_families" / "pesisir").exists()
    assert families.tiles["warta"].isChecked()
    assert not families.drop.isVisible()


def test_the_list_of_outlets_has_room_for_a_pack_of_any_name(opened, desk):
    opened.window.shell.resize(1366, 768)
    panel = opened.window.shell.findChild(OutletPanel)
    outlet = load_catalog(templates_dir(), None).outlet("mading")
    panel.fill([replace(outlet, name="Kabar & cerita warga dari semua dusun di kecamatan ini")], (), ())
    QTest.qWait(30)
    shown = next(look for look in panel.findChildren(QPushButton) if look.text().startswith("  Kabar"))
    assert shown.text().startswith("  Kabar && c")
    assert shown.text().endswith("…")
    area = panel.findChild(QScrollArea)
    assert area.widget().width() <= area.viewport().width()


def test_my_story_stands_in_every_family_and_one_click_takes_one_for_the_group(gallery, opened, session, desk):
    families, workspace = gallery.families, opened.stories.workspace
    assert list(families.tiles) == ["warta", "batik", "majalah", "ramah", "tegas"]
    assert families.tiles["warta"].isChecked()
    assert len({bytes(icon(tile).constBits()) for tile in families.tiles.values()}) == 5
    scroll = gallery.findChild(QScrollArea)
    scroll.ensureWidgetVisible(families.tiles["majalah"])
    QTest.mouseClick(families.tiles["majalah"], Qt.MouseButton.LeftButton)
    assert (workspace.group.family, session.story.family) == ("majalah", "")
    QTest.mouseClick(gallery.identity.palettes["laut"], Qt.MouseButton.LeftButton)
    assert workspace.group.colors.main == "#0b4f8a"
    QTest.mouseClick(gallery.identity.undo, Qt.MouseButton.LeftButton)
    QTest.mouseClick(gallery.identity.undo, Qt.MouseButton.LeftButton)
    assert (workspace.group.family, workspace.group.colors.main) == ("", "#0f6b5c")
    assert not gallery.identity.undo.isEnabled()
    families.level.setCurrentIndex(1)
    families.tiles["tegas"].click()
    assert (workspace.group.family, session.story.family) == ("", "tegas")
    session.undo()
    assert session.story.family == ""
    assert families.tiles["warta"].isChecked()
