"""Large letters on a small screen: the last button of a dialog can be pressed, and no way on is cut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QScrollArea

from studio.base.paths import assets_dir
from studio.ui.core.window_theme import load_theme
from studio.ui.widgets.basic_parts import button, column, empty
from studio.ui.widgets.styled_dialog import StyledDialog


@pytest.mark.parametrize("least", [0, 3000], ids=["can-be-smaller", "cannot"])
def test_its_last_button_is_on_the_screen(qtbot, icons, least):
    dialog = StyledDialog(load_theme(assets_dir() / "theme", "light", icons, 2.0))
    qtbot.addWidget(dialog)
    part, close, pressed = QListWidget(), QPushButton("Tutup"), []
    part.setMinimumHeight(least)
    close.clicked.connect(lambda: pressed.append(True))
    dialog.setLayout(column(part, close))
    dialog.resize(3000, 3000)
    dialog.show()
    room = dialog.screen().availableGeometry()
    assert dialog.size() == dialog.size().boundedTo(room.size() - QSize(0, 40))  # the title bar stands above
    QApplication.processEvents()
    for area in dialog.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    spot = close.mapTo(dialog, close.rect().center())
    assert dialog.rect().contains(spot)
    assert dialog.childAt(spot) is close
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert pressed == [True]


def test_ways_on_from_an_empty_page_are_not_cut_beside_the_list(qtbot, icons):
    theme = load_theme(assets_dir() / "theme", "light", icons, 1.6)
    ways = [button(theme, text, icon="plus") for text in ("Berita baru", "Lanjutkan yang terakhir", "Komentar terbuka")]
    page = empty(theme, "newspaper", "Belum ada berita yang dibuka", "Pilih berita di daftar.", *ways)
    theme.style_window(page)
    qtbot.addWidget(page)
    page.setFixedWidth(816)  # what the list leaves of 1366
    page.show()
    assert [way.text() for way in ways if way.width() < way.sizeHint().width()] == []
