"""The page "Potensi & usaha" by real keys and clicks: add, fill in, photos, desk, undo, make everything."""

from __future__ import annotations

import json

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.group.products import Product, place_of

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
    QTest.mouseClick(page.make, LEFT)
    place = page.shelf.exports_dir("madu-hutan") / "produk"
    assert (place / "pesan.txt").read_text(encoding="utf-8").splitlines()[1] == "*Madu hutan*"
    assert page.told.text()
    assert not page.bar.isVisible()


def test_what_is_wrong_is_said_beside_the_form(studio, page):
    editor = dropped(page)
    type_into(editor.form.fields["order/whatsapp"], "tanya")
    assert "bukan nomor telepon" in editor.findings.words.text()


def test_a_field_is_as_high_as_the_list_beside_it(page):
    fields = dropped(page).form.fields
    assert abs(fields["name"].field.height() - fields["kind"].box.height()) <= 2
