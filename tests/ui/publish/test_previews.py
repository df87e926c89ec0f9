"""Previews as somebody at the desk sees and uses them."""

from __future__ import annotations

from types import SimpleNamespace

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.posts.catalog import load_catalog
from studio.preview.preview_results import OutletTexts
from studio.story import edits
from studio.story.model import Group, Story
from studio.ui.publish.preview_phone import SCREENS
from studio.ui.publish.preview_plain import plain_top
from studio.ui.publish.preview_shown import PhoneState, ShownOutlet

ALL = ("whatsapp", "instagram", "facebook", "threads", "tiktok", "youtube", "x", "bluesky", "telegram")
ALL += ("whatsapp-saluran", "google-bisnis", "website", "opensid", "blogger", "mading", "korsel", "lembaran", "siaran")


def picture(desk):
    return desk.view.phone.grab().toImage()


def test_every_outlet_shows_something_of_its_own(desk, settled):
    seen = []
    for outlet in ALL:
        desk.look_at(outlet)
        settled(desk)
        assert desk.view.phone.body.height() > 200
        seen.append(bytes(picture(desk).constBits()))
    assert len(set(seen)) == len(ALL)
    # What is pasted as HTML or is a group's own has no app to be drawn.
    assert set(SCREENS) == set(ALL) - {"opensid", "blogger", "korsel", "siaran"}


def test_a_changed_headline_reaches_text_phone_and_counter_and_follows_undo(desk, session, settled):
    before, card = picture(desk), desk.view.cards.cards["instagram/takarir.txt"]
    counted, text = card._counter.text(), card.paper.toPlainText()
    session.edit(edits.set_field("headline", "Jembatan gantung dibuka kembali setelah tiga bulan"))
    settled(desk)
    assert "Jembatan gantung" in card.paper.toPlainText()
    assert card._counter.text() != counted
    assert picture(desk) != before
    assert "Jembatan gantung" in desk.view.phone.body.accessibleDescription()
    session.undo()
    settled(desk)
    assert desk.view.cards.cards["instagram/takarir.txt"].paper.toPlainText() == text


def test_pages_turn_texts_unfold_and_screens_are_chosen_and_kept(desk, session, settled, qtbot):
    phone = desk.view.phone
    spots = {spot.action: spot for spot in phone.body.spots}
    assert {"next", "unfold"} <= set(spots)
    at = spots["next"].box.center()
    scale = phone._scale
    qtbot.mouseClick(phone.body, Qt.MouseButton.LeftButton, pos=QPoint(round(at.x() * scale), round(at.y() * scale)))
    assert phone.view.page == 1
    phone.body.setFocus()
    for key, page in ((Qt.Key.Key_Right, 2), (Qt.Key.Key_Left, 1), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Left, 0)):
        QTest.keyClick(phone.body, key)
        assert phone.view.page == page
    folded = phone.body.height()
    QTest.keyClick(phone.body, Qt.Key.Key_Return)
    assert phone.view.unfolded
    assert phone.body.height() >= folded
    assert phone.body._spot(QPointF(-5, -5)) is None
    chips = {chip.text(): chip for chip in desk.view._group.buttons()}
    assert set(chips) == {"Kiriman", "Story"}
    chips["Story"].click()
    shown = picture(desk)
    session.edit(edits.set_field("headline", "Lain sama sekali"))
    settled(desk)
    assert desk.view._screen == "story"
    assert picture(desk) != shown


def test_limits_are_told_with_date_and_source_and_the_end_is_marked(desk, session, settled):
    session.edit(edits.set_field("body", "\n\n".join(["Warga bergotong royong membangun jembatan. " * 8] * 3)))
    settled(desk)
    card = desk.view.cards.cards["instagram/takarir.txt"]
    assert "2.200" in card._limit.text()
    assert "29 Nov 2026" in card._limit.text()
    assert "socialmediatoday" in card._limit.toolTip()
    card.adjust.click()
    settled(desk)
    card.paper.setPlainText("a" * 2300)
    settled(desk)
    assert "100" in card._limit.text()
    (mark,) = card.paper.extraSelections()
    assert (mark.cursor.selectionStart(), mark.cursor.selectionEnd()) == (2200, 2300)
    assert "2.300 / 2.200" in card._counter.text()


def test_controls_have_names_parts_open_and_what_is_not_ready_leads_to_the_checking_desk(desk, opened):
    desk.show_tab("designs")
    desk.show_tab("preview")
    nameless = [
        widget
        for root in (desk, desk.side_panel)
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []
    assert desk.head.gate.isVisible()
    assert "DRAF" in "\n".join(text.text() for text in desk.head.gate.findChildren(QLabel))
    for code in ("queue", "phone"):
        before = desk.pages.currentWidget()
        desk.show_tab(code)
        assert desk.pages.currentWidget().isVisible()
        assert desk.pages.currentWidget() is not before
    desk.show_tab("preview")
    desk.head.gate.findChildren(QWidget)[-1].click()
    assert opened.window.page is not desk


def test_nothing_is_made_while_nobody_looks(desk, session, opened, settled):
    opened.window.go("write")
    made = desk.previewer.cache.made
    session.edit(edits.set_field("headline", "Tidak dilihat siapa pun"))
    QTest.qWait(150)
    assert desk.previewer.cache.made == made
    opened.window.go("publish")
    settled(desk)
    assert "Tidak dilihat" in desk.view.cards.cards["instagram/takarir.txt"].paper.toPlainText()


def test_a_story_without_anything_has_previews(studio, settled):
    studio.stories.new()
    studio.window.go("publish")
    settled(studio.window.page)
    assert studio.window.page.view.cards.cards


def test_icons_of_the_phones_are_read_at_once(desk, settled, monkeypatch):
    """Reading one from its package costs as much as reading all, and would stall the window."""
    icons = desk.view.phone._theme.icons
    missing = []
    monkeypatch.setattr(icons, "load", missing.extend)
    monkeypatch.setattr(type(icons), "icon_svg", lambda self, name: missing.append(name) or self._known[name])
    known = set(icons._known)
    for outlet in ALL:
        desk.look_at(outlet)
        settled(desk)
        for chip in desk.view._group.buttons():
            chip.click()
    assert set(missing) <= known


def test_outlets_are_named_in_the_language_of_the_window():
    drawn = []
    english = MessageTexts(assets_dir() / "messages", "en")
    canvas = SimpleNamespace(
        y=0.0, box=lambda *_: None, rule=lambda *_: None, down=lambda _: None, icon=lambda *_: None
    )
    canvas.draw_line = lambda text, *_, **__: drawn.append(text)
    outlet = load_catalog(templates_dir(), None).outlet("siaran")
    shown = ShownOutlet(OutletTexts(outlet, (), ()), None, {}, Story(id=""), Group(), QImage(), False, english.text)
    plain_top(canvas, shown, PhoneState())
    assert drawn[0] == "Broadcast script"
