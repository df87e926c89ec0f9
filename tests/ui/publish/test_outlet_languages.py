"""The languages of an outlet, chosen at its chip with the mouse; previews and files follow."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.services.text_variants import name_of
from studio.story.translations import add_translation, set_translated
from studio.ui.publish.outlet_languages import language_choices


def test_a_chip_chooses_what_an_outlet_gets_and_undo_takes_it_back(opened, qtbot):
    session = opened.stories.session
    opened.window.go("publish")
    desk = opened.window.page
    chip = desk.outlets.languages["whatsapp"]
    assert not chip.isVisible()
    for edit in (
        add_translation("jv"),
        set_translated("jv", "headline", "Wara"),
        set_translated("jv", "body", "Kabar."),
    ):
        session.edit(edit)
    qtbot.waitUntil(chip.isVisible)
    assert chip.text() == "ID"
    assert language_choices(session.story) == [("id",), ("jv",), ("id", "jv")]

    def take_both():
        menu = desk.languages.menu
        last = menu.actions()[-1]
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(last).center())

    QTimer.singleShot(0, take_both)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.story.outlet_languages == {"whatsapp": ("id", "jv")})
    QApplication.processEvents()
    assert chip.text() == "ID + JV"
    texts = desk.previewer.texts(session.folder, session.story, ["whatsapp"])[0].texts
    assert {"whatsapp/pesan.txt", "whatsapp/jv/pesan.txt"} <= {text.key for text in texts}
    assert name_of(opened.tools.texts, "whatsapp/jv/pesan.txt") == "Pesan (Jawa)"
    session.undo()
    assert session.story.outlet_languages == {}
    assert chip.text() == "ID"
