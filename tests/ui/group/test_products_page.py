"""The page "Potensi & usaha" by real keys and clicks: add, fill in, photos, desk, undo, make everything."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest

from studio.group.group_records import put_record
from studio.group.products import OrderWay, Product, place_of
from studio.store.product_shelf import ProductShelf
from studio.store.workspace import create_workspace
from studio.story.model import Group

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(studio, tmp_path):
    studio.window.group_place.show("products")
    made = studio.window.group_place.desk.page
    picture = tmp_path / "madu_hutan.jpg"
    Image.linear_gradient("L").resize((400, 300)).convert("RGB").save(picture)
    made.picture_file = picture
    return made


def stored(studio, product_id):
    studio.stories.group.flush()
    return json.loads((studio.stories.workspace.path / "group" / "products" / f"{product_id}.json").read_text())


def product(studio, product_id):
    return studio.stories.group.records.record(place_of(product_id), Product)


def type_into(widget, text):
    widget.field.setFocus()
    QTest.keyClicks(widget.field, text)


def dropped(page):
    page.take_files([str(page.picture_file)])
    return page.editor


def test_a_dropped_photo_begins_a_product_and_keys_fill_it_in(studio, page):
    editor = dropped(page)
    assert page.list.count() == 1
    fields = editor.form.fields
    type_into(fields["price"], "25.000")
    type_into(fields["order/whatsapp"], "081200001234")
    QTest.mouseClick(editor.season.months[10], LEFT)
    type_into(editor.maker.name, "Siti")
    editor.maker.given.setFocus()
    QTest.keyClick(editor.maker.given, Qt.Key.Key_Space)
    kept = stored(studio, "madu-hutan")
    assert kept["name"] == "Madu hutan"
    assert (kept["price"], kept["season"], kept["order"]["whatsapp"]) == (25000, [11], "081200001234")
    assert kept["maker"]["consent"]["given"] is True
    assert [photo["name"] for photo in kept["photos"]] == ["madu_hutan.jpg"]
    studio.window.story_actions.undo()
    assert not product(studio, "madu-hutan").maker.consent.given
    assert "Rp25.000" in page.list.item(0).text()


def test_the_photo_desk_of_stories_works_on_a_product(studio, page):
    editor = dropped(page)
    QTest.mouseClick(editor.edit_photos, LEFT)
    desk = editor.photo_desk
    assert desk.photo.name == "madu_hutan.jpg"
    alt = desk.words.form.inputs["alt"]
    alt.setFocus()
    QTest.keyClicks(alt, "Botol madu")
    assert product(studio, "madu-hutan").photos[0].alt == "Botol madu"
    studio.window.story_actions.undo()
    assert product(studio, "madu-hutan").photos[0].alt == ""
    assert alt.text() == ""


def test_filter_delete_and_undo(studio, page):
    dropped(page)
    page._new("Pijat urut")
    assert page.list.count() == 2
    page.search.setFocus()
    QTest.keyClicks(page.search, "madu")
    assert [page.list.item(0).toolTip(), page.list.count()] == ["Madu hutan", 1]
    page.search.clear()
    assert page.current == "pijat-urut"
    QTest.mouseClick(page.remove, LEFT)
    assert page.list.count() == 1
    studio.window.story_actions.undo()
    assert page.list.count() == 2


def test_the_button_makes_everything(studio, page):
    dropped(page)
    QTest.mouseClick(page.outputs.make, LEFT)
    place = page.shelf.exports_dir("madu-hutan") / "produk"
    assert (place / "pesan.txt").read_text(encoding="utf-8").splitlines()[1] == "*Madu hutan*"
    assert page.outputs.told.text()
    assert not page.outputs.bar.isVisible()


def test_what_is_wrong_is_said_beside_the_form(studio, page):
    editor = dropped(page)
    type_into(editor.form.fields["order/whatsapp"], "tanya")
    assert "bukan nomor telepon" in editor.findings.words.text()


def test_a_field_is_as_high_as_the_list_beside_it(page):
    fields = dropped(page).form.fields
    assert abs(fields["name"].field.height() - fields["kind"].box.height()) <= 2


def keeps_time(studio, page):
    editor = dropped(page)
    place = place_of("madu-hutan")
    old = replace(product(studio, "madu-hutan"), modified="2026-01-01T00:00:00+07:00")
    session = studio.stories.group
    session._document = session.records.with_record(place, old)
    return editor


@pytest.mark.parametrize("part", ["field", "season", "photo"])
def test_every_edit_of_a_product_leaves_its_time_and_undo_takes_it_back(studio, page, part):
    editor = keeps_time(studio, page)
    if part == "field":
        type_into(editor.form.fields["unit"], "botol")
    elif part == "season":
        QTest.mouseClick(editor.season.months[10], LEFT)
    else:
        QTest.mouseClick(editor.edit_photos, LEFT)
        editor.photo_desk.words.form.inputs["alt"].setFocus()
        QTest.keyClicks(editor.photo_desk.words.form.inputs["alt"], "Botol")
    assert stored(studio, "madu-hutan")["modified"] > "2026-11"
    studio.window.story_actions.undo()
    assert stored(studio, "madu-hutan")["modified"] == "2026-01-01T00:00:00+07:00"


def test_shapes_below_the_photo_are_what_the_cards_of_the_chosen_design_show(studio, page, answers):
    editor = dropped(page)
    QTest.mouseClick(editor.edit_photos, LEFT)
    keys = {use.key for use in editor.photo_desk.uses}
    assert {"4:5", "1.40:1", "1.85:1", "1:1"} <= keys
    assert not keys & {"16:9", "9:16"}
    assert all(
        "Kartu produk" in use.everyone or "Katalog" in use.everyone or "potensi" in use.everyone
        for use in editor.photo_desk.uses
    )
    editor.show_form()
    editor.design.setCurrentIndex(editor.design.findData("produk-label"))
    editor.design.activated.emit(editor.design.currentIndex())
    QTest.mouseClick(editor.edit_photos, LEFT)
    assert "9:16" in {use.key for use in editor.photo_desk.uses}
    assert "1.40:1" not in {use.key for use in editor.photo_desk.uses}


def test_a_picture_from_the_clipboard_is_pasted_into_list_form_and_desk(studio, page):
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    for number, color in enumerate(("red", "green", "blue"), 1):
        picture.fill(QColor(color))
        QGuiApplication.clipboard().setImage(picture)
        target = (page.list, page.editor and page.editor.add, page.editor and page.editor.edit_photos)[number - 1]
        if number == 3:
            QTest.mouseClick(page.editor.edit_photos, LEFT)
            target = page.editor.photo_desk.canvas
        target.setFocus()
        QTest.keyClick(target, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        (only,) = studio.stories.group.records.records("products", Product).values()
        assert len(only.photos) == number
    assert not list((studio.stories.workspace.private_dir / "pasted").iterdir())


def two_products(studio, page):
    dropped(page)
    first = product(studio, "madu-hutan")
    studio.stories.group.edit(put_record(place_of("keripik"), replace(first, id="keripik", name="Keripik"), "x"))


def test_single_products_and_outlets_are_chosen(studio, page, answers):
    two_products(studio, page)

    def choose(dialog):
        assert [dialog.list.item(n).text() for n in (0, 1)] == ["Keripik", "Madu hutan"]
        dialog.list.setFocus()
        QTest.keyClick(dialog.list, Qt.Key.Key_Space)
        for outlet in ("potensi", "katalog"):
            QTest.mouseClick(dialog.boxes[outlet], LEFT, pos=QPoint(8, dialog.boxes[outlet].height() // 2))
        QTest.mouseClick(dialog.accepted_button, LEFT)
        return dialog.result() == dialog.DialogCode.Accepted

    answers.on_show = choose
    QTest.mouseClick(page.outputs.choose, LEFT)
    place = page.shelf.exports_dir()
    assert [path.name for path in place.iterdir()] == ["madu-hutan"]
    assert [path.name for path in (place / "madu-hutan").iterdir() if path.is_dir()] == ["produk"]


def test_the_dialog_makes_nothing_of_nothing_and_the_catalogue_without_products(studio, page, answers):
    two_products(studio, page)
    seen = []

    def choose(dialog):
        assert (dialog.chosen_products(), dialog.chosen_outlets()) == ((), ())
        dialog.tick_all(on=False)
        seen.append(dialog.accepted_button.isEnabled())
        dialog.boxes["katalog"].setChecked(False)
        seen.append(dialog.accepted_button.isEnabled())
        dialog.tick_all(on=True)
        assert dialog.chosen_products() == ("keripik", "madu-hutan")
        for outlet, box in dialog.boxes.items():
            box.setChecked(outlet == "katalog")
        assert dialog.chosen_products() == ("_katalog",)
        return False

    answers.on_show = choose
    QTest.mouseClick(page.outputs.choose, LEFT)
    assert seen == [True, False]
    assert not page.shelf.exports_dir().exists()


def test_cancel_stops_the_work_of_real_threads_and_leaves_no_half_file(
    make_studio, threaded_jobs, workspace_path, qtbot
):
    studio = make_studio(jobs=threaded_jobs)
    studio.open_workspace(workspace_path)
    studio.window.group_place.show("products")
    page = studio.window.group_place.desk.page
    for number in range(6):
        made = Product(id=f"p{number}", name=f"Produk {number}", order=OrderWay(whatsapp="081200001234"))
        studio.stories.group.edit(put_record(place_of(made.id), made, "x"))
    QTest.mouseClick(page.outputs.make, LEFT)
    assert page.outputs.stop.isVisible()
    assert not page.outputs.make.isEnabled()
    place = page.shelf.exports_dir()
    qtbot.waitUntil(lambda: any(place.rglob("*.txt")), timeout=20_000)
    QTest.mouseClick(page.outputs.stop, LEFT)
    qtbot.waitUntil(page.outputs.make.isEnabled, timeout=20_000)
    assert not page.outputs.bar.isVisible()
    assert "Dibatalkan" in page.outputs.told.text()
    assert not (place / "_katalog").exists()
    assert not [path for path in place.rglob("*") if path.name.endswith((".part", ".tmp"))]
    QTest.mouseClick(page.outputs.make, LEFT)
    qtbot.waitUntil(
        lambda: (place / "_katalog" / "manifest.json").exists() and page.outputs.make.isEnabled(), timeout=60_000
    )


def test_where_letters_are_large_list_and_form_take_turns_and_nothing_lies_outside(settings, make_studio, tmp_path):
    settings.set("text_scale", 2.0)
    big = make_studio()
    with create_workspace(tmp_path / "Besar", Group(name="KIM Besar")) as made:
        ProductShelf(made).files.write(place_of("telur"), Product(id="telur", name="Telur asin"))
    big.open_workspace(tmp_path / "Besar")
    shell = big.window.shell
    shell.resize(1366, 768)
    big.window.group_place.show("products")
    page = big.window.group_place.desk.page
    QTest.qWait(1)
    assert page.list.isVisible()
    assert not page.to_list.isVisible()
    page.list.setFocus()
    QTest.mouseClick(page.list.viewport(), LEFT, pos=page.list.visualItemRect(page.list.item(0)).center())
    assert page.editor.isVisible()
    assert not page.list.isVisible()
    for part in (page.editor.design, page.editor.form.fields["name"], page.to_list):
        right = part.mapTo(shell, part.rect().topRight()).x()
        assert part.isVisible()
        assert right < shell.width(), part
    QTest.keyClick(page.to_list, Qt.Key.Key_Space)
    assert shell.focusWidget() is page.list
