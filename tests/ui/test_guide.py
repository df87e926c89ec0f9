"""F1 with real presses: the page for where one stands, beside the window; words found; the PDF; the first window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.services.guide_pages import load_guide
from studio.ui.core.desk_context import DESKS
from studio.ui.dialogs import guide_window
from studio.ui.dialogs.guide_window import GuideWindow

LEFT = Qt.MouseButton.LeftButton


def wait_for(there):
    for _ in range(500):
        if there():
            return
        QTest.qWait(10)
    raise AssertionError("it does not come")


def to_front(window):
    """A window of which a dialog has the keyboard counts as active for ``qWaitForWindowActive``."""
    window.activateWindow()
    wait_for(lambda: QApplication.activeWindow() is window)


def press_f1(window):
    to_front(window)
    QTest.keyClick(window, Qt.Key.Key_F1)
    return window.findChild(GuideWindow)


@pytest.fixture
def guide(opened):
    opened.window.go("write")
    return press_f1(opened.window.shell)


def find(guide, words):
    guide.search.clear()
    QTest.keyClicks(guide.search, words)
    QTest.keyClick(guide.search, Qt.Key.Key_Return)


def rows(guide):
    return [guide.list.item(at).text() for at in range(guide.list.count())]


def marked(guide):
    return {each.cursor.selectedText() for each in guide.view.extraSelections()}


def test_f1_shows_the_page_for_where_one_stands(opened):
    window = opened.window
    seen = {}
    for desk, _ in DESKS:
        window.go(desk)
        guide = press_f1(window.shell)
        seen[desk] = guide.view.page.code
        assert rows(guide)[guide.list.currentRow()].endswith(guide.view.page.title)
    window.group_place.show()
    seen["group"] = press_f1(window.shell).view.page.code
    window.calendar.show()
    seen["calendar"] = press_f1(window.shell).view.page.code
    assert list(seen.values()) == [
        *("menulis", "foto", "video", "periksa", "terbitkan", "kelompok", "layanan-dan-kalender")
    ]
    assert len(window.shell.findChildren(GuideWindow)) == 1


def test_the_window_is_worked_in_beside_it(opened, guide):
    assert not guide.isModal()
    to_front(opened.window.shell)
    QTest.keyClick(opened.window.shell, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert opened.stories.session.story.headline == ""
    assert guide.isVisible()
    to_front(guide)
    QTest.keyClick(guide, Qt.Key.Key_F1)
    assert not guide.isVisible()
    assert press_f1(opened.window.shell) is guide
    QTest.keyClick(guide.search, Qt.Key.Key_Escape)
    assert not guide.isVisible()


def test_words_are_found_marked_and_let_go(guide):
    find(guide, "wajah bergerak")
    assert rows(guide)[0].startswith("Video: Menutup orang yang bergerak\n")
    assert guide.view.page.code == "video"
    assert marked(guide) >= {"wajah", "bergerak"}
    assert guide.told.text() == "1 bagian cocok."
    assert guide.view.verticalScrollBar().value() > 0
    assert guide.view.hasFocus()  # Enter goes on to the page, whose keys scroll it
    find(guide, "xyzzy")
    assert rows(guide) == []
    assert "“xyzzy”" in guide.told.text()
    guide.search.clear()
    wait_for(lambda: len(rows(guide)) == 10)
    assert not marked(guide)
    assert guide.view.page.code == "video"


def test_arrows_of_the_search_go_through_the_list(guide):
    find(guide, "kredit")
    guide.search.setFocus()
    first = guide.view.page.code, guide.list.currentRow()
    QTest.keyClick(guide.search, Qt.Key.Key_Down)
    assert guide.list.currentRow() == first[1] + 1
    QTest.keyClick(guide.search, Qt.Key.Key_Up)
    assert (guide.view.page.code, guide.list.currentRow()) == first


def test_a_link_leads_to_its_page_and_nowhere_else(guide, monkeypatch):
    opened = []
    monkeypatch.setattr("studio.ui.dialogs.guide_window.QDesktopServices.openUrl", opened.append)
    guide.view.anchorClicked.emit(QUrl("03-foto.md"))
    assert guide.view.page.code == "foto"
    guide.view.anchorClicked.emit(QUrl("file:///etc/hostname"))
    assert (guide.view.page.code, opened) == ("foto", [])


def test_pictures_follow_the_width_and_stay_as_sharp_as_they_are(guide):
    def widths():
        fragments, block = [], guide.view.document().begin()
        while block.isValid():
            fragments += [part.fragment().charFormat().toImageFormat().width() for part in block]
            block = block.next()
        return [round(wide) for wide in fragments if wide > 0]

    QApplication.processEvents()
    before = widths()
    guide.resize(guide.width() - 180, guide.height())
    assert before
    wait_for(lambda: max(widths()) < max(before))  # a moment after the last step of the mouse
    room = guide.view.viewport().width()
    assert max(widths()) <= room


def test_the_pdf_is_written_where_it_was_asked_for(opened, answers, tmp_path, monkeypatch):
    monkeypatch.setattr(guide_window, "load_guide", lambda: load_guide()[:1])  # tests of the service write all of it
    guide = press_f1(opened.window.shell)
    answers.target = tmp_path / "panduan"
    QTest.mouseClick(guide.paper.button, LEFT)
    assert (tmp_path / "panduan.pdf").read_bytes().startswith(b"%PDF")
    assert "halaman" in answers.said[0][1]
    assert guide.paper.button.text().strip() == "Simpan sebagai PDF…"


def test_shortcuts_are_one_press_away(guide, answers):
    QTest.mouseClick(guide.keys, LEFT)
    assert answers.asked == ["ShortcutsDialog"]


def test_the_first_window_has_the_guide_too(make_studio):
    studio = make_studio()
    studio.show_welcome()
    guide = press_f1(studio.welcome)
    assert guide.view.page.code == "mulai"
    assert not guide.keys.isVisible()


def test_in_english_it_says_in_which_language_it_is(opened):
    opened.window.actions.all["language"].trigger()
    assert "Indonesian" in press_f1(opened.window.shell).told.text()


def test_it_stays_when_the_window_is_built_anew(opened, guide):
    opened.window.actions.all["theme"].trigger()
    made = opened.window.shell.findChild(GuideWindow)
    assert made is not guide
    assert made.isVisible()
    made.reject()
    opened.window.actions.all["theme"].trigger()
    assert opened.window.shell.findChild(GuideWindow) is None
