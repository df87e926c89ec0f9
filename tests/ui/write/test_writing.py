"""Writing as a person does: keys, shortcuts, the clipboard, and one undo for all of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage, QTextCursor
from PySide6.QtWidgets import QApplication

from studio.story.edits import set_field
from studio.ui.write.context_menu import text_menu

ENTER, BACK, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Space
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def select(place, start, end):
    cursor = place.body.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    place.body.setTextCursor(cursor)


def go_to(place, position):
    select(place, position, position)


def paste(place, *, text="", html=""):
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)
    place.key("v", CTRL)


def test_every_key_is_in_the_story_at_once(open_desk):
    place = open_desk()
    place.type("Warga be")
    assert place.story.body == "Warga be\n"
    place.type("kerja")
    assert place.story.body == "Warga bekerja\n"


def test_blocks_by_keys(open_desk):
    place = open_desk()
    place.type("Awal")
    place.key(ENTER)
    place.key("1", CTRL | Qt.KeyboardModifier.AltModifier)
    place.type("Bagian")
    place.key(ENTER)
    place.type("isi")
    place.key(ENTER)
    place.key("3", CTRL | Qt.KeyboardModifier.AltModifier)
    place.type("satu")
    place.key(ENTER)
    place.type("dua")
    place.key(ENTER)
    place.key(ENTER)
    place.type("akhir")
    assert place.story.body == "Awal\n\n## Bagian\n\nisi\n\n- satu\n- dua\n\nakhir\n"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("# Judul", "## Judul\n"),
        ("- butir", "- butir\n"),
        ("* butir", "- butir\n"),
        ("1. nomor", "1. nomor\n"),
        ("> kutip", "> kutip\n"),
        ("a - b", "a - b\n"),
        ("2. bukan", "2\\. bukan\n"),
    ],
)
def test_signs_of_markdown_make_blocks(open_desk, typed, expected):
    place = open_desk()
    place.type(typed)
    assert place.story.body == expected


def test_undo_gives_back_a_sign_that_was_meant(open_desk):
    place = open_desk()
    place.type("- ")
    assert place.body.kind == "bullet"
    place.key("z", CTRL)
    assert place.body.kind == "paragraph"
    assert place.body.toPlainText() == "- "
    place.type("5 derajat")
    assert place.story.body == "\\- 5 derajat\n"


def test_backspace_gives_back_a_sign_too(open_desk):
    place = open_desk()
    place.type("# ")
    place.key(BACK)
    assert (place.body.kind, place.body.toPlainText()) == ("paragraph", "# ")


@pytest.mark.parametrize("body", ["- butir\n", "> kutip\n", "1. nomor\n", "## judul\n"])
def test_backspace_at_the_start_makes_a_paragraph(open_desk, body):
    place = open_desk(body=body)
    go_to(place, 0)
    place.key(BACK)
    assert place.story.body == body.lstrip("->#1. ")


def test_backspace_joins_paragraphs_and_mends_the_look(open_desk):
    place = open_desk(body="## Judul\n\nisi **tebal**\n")
    go_to(place, 6)
    place.key(BACK)
    assert place.story.body == "## Judulisi **tebal**\n"
    looks = {found.format.intProperty(found.format.Property.FontSizeAdjustment.value) for found in place.body.document().begin().textFormats()}  # fmt: skip # noqa: E501 - one expression
    assert looks == {1}


def test_enter_inside_and_before_a_heading(open_desk):
    place = open_desk(body="## Judul besar\n")
    go_to(place, 5)
    place.key(ENTER)
    assert place.story.body == "## Judul\n\n## besar\n"
    go_to(place, 0)
    place.key(ENTER)
    place.key(Qt.Key.Key_Up)
    place.type("Pembuka")
    assert place.story.body == "Pembuka\n\n## Judul\n\n## besar\n"


def test_a_line_break_stays_in_the_block(open_desk):
    place = open_desk()
    place.type("satu")
    place.key(ENTER, SHIFT)
    place.type("dua")
    assert place.story.body == "satu\\\ndua\n"


def test_bold_and_italic_by_keys(open_desk):
    place = open_desk(body="Warga Sukamaju bekerja\n")
    select(place, 6, 14)
    place.key("b", CTRL)
    place.key("i", CTRL)
    assert place.story.body == "Warga **_Sukamaju_** bekerja\n"
    place.key("b", CTRL)
    assert place.story.body == "Warga _Sukamaju_ bekerja\n"
    go_to(place, 22)
    place.key("b", CTRL)
    place.type(" keras")
    place.key("b", CTRL)
    place.type(" sekali")
    assert place.story.body == "Warga _Sukamaju_ bekerja **keras** sekali\n"


def test_the_toolbar_shows_where_the_cursor_is(open_desk):
    place = open_desk(body="**tebal** biasa\n\n- butir\n")
    actions = place.desk.actions_by_code
    go_to(place, 2)
    assert (actions["bold"].isChecked(), actions["bullet"].isChecked()) == (True, False)
    go_to(place, 14)
    assert (actions["bold"].isChecked(), actions["bullet"].isChecked()) == (False, True)


def test_a_link_by_keys(open_desk):
    place = open_desk(body="Baca laman desa\n")
    select(place, 5, 10)
    place.dialogs.address = "sukamaju.desa.id/berita"
    place.key("k", CTRL)
    assert place.story.body == "Baca [laman](https://sukamaju.desa.id/berita) desa\n"
    go_to(place, 10)
    place.type("x")
    assert place.story.body == "Baca [laman](https://sukamaju.desa.id/berita)x desa\n"
    go_to(place, 7)
    place.dialogs.address = ""
    place.key("k", CTRL)
    assert place.dialogs.asked[-1] == "https://sukamaju.desa.id/berita"
    assert place.story.body == "Baca lamanx desa\n"


def test_nonsense_is_no_address(open_desk):
    place = open_desk(body="Baca laman\n")
    select(place, 5, 10)
    place.dialogs.address = "bukan alamat"
    place.do("link")
    assert place.dialogs.explained[0].code == "write.link.bad"
    assert place.story.body == "Baca laman\n"


def test_typing_is_undone_in_pieces_that_end_with_a_word(open_desk):
    place = open_desk()
    place.type("Warga Sukamaju bergotong royong memperbaiki saluran")
    place.key("z", CTRL)
    once = place.body.toPlainText()
    assert once == "Warga Sukamaju bergotong"
    place.key("z", CTRL)
    assert place.body.toPlainText() == ""
    place.key("z", CTRL | SHIFT)
    place.key("y", CTRL)
    assert place.body.toPlainText() == "Warga Sukamaju bergotong royong memperbaiki saluran"


def test_a_pause_or_another_place_begins_a_new_step(open_desk):
    place = open_desk()
    place.type("satu")
    place.pause()
    place.type("dua")
    place.key("z", CTRL)
    assert place.story.body == "satu\n"
    go_to(place, 0)
    place.type("nol")
    place.key(BACK)
    place.key("z", CTRL)
    assert place.story.body == "nolsatu\n"


def test_one_history_over_text_formatting_and_fields(open_desk):
    place = open_desk()
    headline = place.desk.header.headline
    place.type("Isi")
    select(place, 0, 3)
    place.key("b", CTRL)
    headline.setFocus()
    place.type("Judul", headline)
    place.do("quote")
    assert (place.story.headline, place.story.body) == ("Judul", "> **Isi**\n")
    headline.setFocus()
    place.key("z", CTRL, widget=headline)
    assert (place.story.headline, place.story.body) == ("Judul", "**Isi**\n")
    assert place.body.hasFocus()
    place.key("z", CTRL)
    assert (place.story.headline, headline.text(), headline.hasFocus()) == ("", "", True)
    place.key("z", CTRL, widget=headline)
    place.key("z", CTRL)
    assert place.story.body == ""
    for _ in range(4):
        place.session.redo()
    assert (place.story.headline, place.story.body, headline.text()) == ("Judul", "> **Isi**\n", "Judul")


def test_undo_leaves_the_cursor_at_the_change(open_desk):
    place = open_desk(body="satu dua tiga\n\nempat lima\n")
    select(place, 5, 8)
    place.key(BACK)
    go_to(place, 20)
    place.key("z", CTRL)
    assert place.body.textCursor().position() == len("satu dua")
    assert place.body.toPlainText() == "satu dua tiga\nempat lima"


def test_a_change_elsewhere_keeps_the_cursor_out_of_it(open_desk):
    place = open_desk(body="satu\n\ndua\n")
    go_to(place, 6)
    place.session.edit(set_field("headline", "Dari meja lain"))
    assert place.desk.header.headline.text() == "Dari meja lain"
    assert place.body.textCursor().position() == 6


def test_paste_from_whatsapp(open_desk, samples):
    place = open_desk()
    paste(place, text=(samples / "whatsapp.txt").read_text(encoding="utf-8"))
    assert place.story.body.startswith("**PENGUMUMAN POSYANDU** 📢\n\nIbu-ibu **RW 03**")
    assert "1. Buku KIA\n2. KTP\n" in place.story.body
    place.key("z", CTRL)
    assert place.story.body == ""


def test_paste_from_word_into_a_sentence(open_desk, samples):
    place = open_desk(body="Awalakhir\n")
    go_to(place, 4)
    paste(place, text="x", html=(samples / "word.html").read_text(encoding="utf-8"))
    body = place.story.body
    assert body.startswith("Awal\n\n## Gotong royong _warga_\n\n**Sukamaju** – Warga")
    assert body.endswith("60 sak\n\nakhir\n")
    assert "font" not in body


def test_paste_of_some_words_stays_in_the_line(open_desk):
    place = open_desk(body="- satu tiga\n")
    go_to(place, 5)
    paste(place, text="dua *dan* ")
    assert place.story.body == "- satu dua **dan** tiga\n"


def test_copy_and_paste_keep_everything(open_desk):
    place = open_desk(body="## Judul\n\n- **a**\n- [b](https://desa.id)\n")
    place.body.selectAll()
    place.key("c", CTRL)
    assert QGuiApplication.clipboard().text() == "Judul\n- a\n- b"
    go_to(place, place.body.document().characterCount() - 1)
    place.key(ENTER)
    place.key(ENTER)
    place.key("v", CTRL)
    assert (
        place.story.body
        == "## Judul\n\n- **a**\n- [b](https://desa.id)\n\n" + "## Judul\n\n- **a**\n- [b](https://desa.id)\n"
    )


def test_paste_words_only(open_desk):
    place = open_desk()
    QGuiApplication.clipboard().setText("*satu*\n- dua")
    place.key("v", CTRL | SHIFT)
    assert place.story.body == "\\*satu\\*\n\n\\- dua\n"


def test_an_address_pasted_on_words_links_them(open_desk):
    place = open_desk(body="laman desa\n")
    select(place, 0, 5)
    paste(place, text="https://sukamaju.desa.id")
    assert place.story.body == "[laman](https://sukamaju.desa.id) desa\n"


def test_a_picture_is_handed_on(open_desk, qtbot):
    place = open_desk()
    data = QMimeData()
    data.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(place.desk.files_offered):
        place.key("v", CTRL)
    assert place.story.body == ""


def test_reading_only(open_desk):
    place = open_desk(body="- tetap\n", options={"read_only": True})
    go_to(place, 0)
    place.type("x")
    place.key(BACK)
    place.key(ENTER)
    assert place.body.toPlainText() == "tetap"
    assert not place.desk.actions_by_code["bold"].isEnabled()
    assert place.desk.header.headline.isReadOnly()


def test_arrow_keys_lead_from_field_to_field(open_desk):
    place = open_desk(body="isi\n", headline="Judul")
    header = place.desk.header
    go_to(place, 1)
    place.key(Qt.Key.Key_Up)
    assert header.headline.hasFocus()
    place.key(Qt.Key.Key_Up, widget=header.headline)
    assert header.lines["kicker"].hasFocus()
    place.key(Qt.Key.Key_Down, widget=header.lines["kicker"])
    place.key(ENTER, widget=header.headline)
    assert header.summary.hasFocus()
    place.key(ENTER, widget=header.summary)
    assert place.body.hasFocus()


def test_the_menu_offers_what_it_is_filled_with_and_commands(open_desk):
    place = open_desk(body="satu **dua**\n")
    menu = text_menu(place.body, place.desk.actions_by_code, place.texts, lambda menu: menu.addAction("silakan"))
    names = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert names[:3] == ["silakan", "Urungkan", "Ulangi"]
    assert names[-6:] == ["Tebal", "Miring", "Tautan", "Beri komentar", "Usulkan kata lain…", "Usulkan perubahan"]


def test_a_right_click_goes_to_the_word_and_keeps_a_selection(open_desk):
    place = open_desk(body="satu dua tiga\n")
    asked = []
    place.body.menu_asked.disconnect()
    place.body.menu_asked.connect(asked.append)
    select(place, 0, 4)
    cursor = place.body.textCursor()
    cursor.setPosition(11)
    far = place.body.cursorRect(cursor).center()
    cursor.setPosition(2)
    near = place.body.cursorRect(cursor).center()
    for spot, selected in ((near, "satu"), (far, "")):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, place.body.viewport().mapToGlobal(spot))
        QApplication.sendEvent(place.body.viewport(), event)
        assert place.body.textCursor().selectedText() == selected
    assert len(asked) == 2
