"""Room for the picture at every size of text, and controls that look like those of the rest of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from studio.story.model import Cover, Cue
from studio.ui.video.clip_shelf import SHOW
from tests.ui.video.conftest import click_clip


def _window(make_studio, settings, workspace_path, scale, size=(1366, 768)):
    settings.set("text_scale", scale)
    studio = make_studio()
    studio.open_workspace(workspace_path)
    studio.stories.open(studio.stories.workspace.story_folders()[0])
    studio.window.shell.resize(*size)
    studio.window.go("video")
    return studio.window.page


@pytest.mark.parametrize(("scale", "least"), [(1.0, 360), (1.25, 280), (1.5, 260), (2.0, 200)])
def test_the_picture_has_room(make_studio, settings, workspace_path, qtbot, scale, least):
    desk = _window(make_studio, settings, workspace_path, scale)
    qtbot.waitUntil(lambda: desk.view.stage.width() * desk.view.stage.height() * 3 >= 1366 * 768)
    desk.view.shapes["9:16"].click()
    desk.view.result.click()
    qtbot.wait(50)
    assert desk.view.stage.height() >= least
    assert desk.view.zone.isVisible()
    for made in (*desk.view.shapes.values(), desk.view.zone, desk.view.result, desk.view.track):
        place = made.mapTo(desk, QPoint(0, 0))
        assert desk.rect().contains(place)
        assert desk.rect().contains(place + QPoint(made.width() - 1, made.height() - 1))
    shown = [*desk.view.shapes.values(), desk.view.result, desk.view.stage]
    areas = [made.rect().translated(made.mapTo(desk, QPoint(0, 0))) for made in shown]
    assert not any(one.intersects(other) for at, one in enumerate(areas) for other in areas[at + 1 :])


@pytest.mark.parametrize(("scale", "size"), [(1.0, (1024, 600)), (1.25, (1366, 768)), (1.5, (1366, 768))])
def test_nothing_is_cut_off_at_the_side(make_studio, settings, workspace_path, qtbot, scale, size):
    """The desk scrolls up and down only: what is wider than its place could not be reached by mouse."""
    desk = _window(make_studio, settings, workspace_path, scale, size)
    desk.view.shapes["9:16"].click()
    desk.view.result.click()
    qtbot.waitUntil(lambda: desk.view.width() <= desk.view.parentWidget().width())
    click_clip(desk, SHOW)
    page = desk.show_page
    qtbot.waitUntil(lambda: page.width() <= page.parentWidget().width())
    if desk.width() < 590 * scale:
        assert page.preview.y() > page.list.height()  # below the photos


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_subtitles_are_typed_where_there_is_room(make_studio, settings, workspace_path, qtbot, scale):
    desk = _window(make_studio, settings, workspace_path, scale)
    if not desk.side_panel.isVisible():
        QTest.mouseClick(desk.window().panel_toggle, Qt.MouseButton.LeftButton)
    assert desk.side_panel.isVisible()
    page = desk.side_panel
    foot = [page._send, page._foot]
    page.show_page("cues")
    assert [part.isVisible() for part in foot] == [scale == 1.0] * 2
    desk.editing.set_cues((Cue(start=0.5, end=2.0, text="Padi."),), 0)
    table = page._pages["cues"].table
    table.setCurrentIndex(table.model().index(0, 2))
    table.edit(table.currentIndex())
    field = table.viewport().findChild(QLineEdit)
    assert field.width() >= table.viewport().width() - 2
    assert field.accessibleName() == "Teks"
    page.show_page("words")
    assert all(part.isVisible() for part in foot)


def test_the_desk_takes_its_room_back(make_studio, settings, workspace_path, qtbot):
    desk = _window(make_studio, settings, workspace_path, 1.5)
    low = desk.view.timeline.height()
    desk.window().resize(1600, 1400)
    qtbot.waitUntil(lambda: desk.view.timeline.height() > low)
    qtbot.waitUntil(lambda: desk.view.shapes["16:9"].y() == desk.view.shapes[""].y())
    assert "\n" in desk.shelf.strip.item(0).text()


PAGES = ("picture", "covers", "words", "cues", "sound", "about")


def _controls(*places):
    found = [each for place in places for each in place.findChildren(QWidget)]
    return [
        each
        for each in found
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not isinstance(each, QScrollArea) and each.focusProxy() is None
        if not isinstance(each.parent(), QAbstractSpinBox)
    ]


def test_every_control_has_a_name_and_shows_the_focus(desk, window):
    desk.editing.set_cues((Cue(start=0.5, end=2.0, text="Padi."),), 0)
    desk.editing.add_cover(Cover(box=(0.1, 0.1, 0.2, 0.2)))
    for page in PAGES:
        desk.side_panel.show_page(page)
        assert_controls_have_names_and_show_the_focus(desk, window)
    click_clip(desk, SHOW)
    assert_controls_have_names_and_show_the_focus(desk, window)


def assert_controls_have_names_and_show_the_focus(desk, window) -> None:
    QApplication.processEvents()
    controls = _controls(desk, desk.side_panel)
    assert len(controls) > 15
    for control in controls:
        named = QAccessible.queryAccessibleInterface(control)
        assert named.text(QAccessible.Text.Name), control
        desk.setFocus()
        window.shell.setFocus()
        before = control.grab().toImage()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        assert control.hasFocus(), control
        if isinstance(control, QLineEdit | QPlainTextEdit):
            continue  # has a cursor, which blinks
        assert control.grab().toImage() != before, named.text(QAccessible.Text.Name)


def test_photos_are_ticked_in_boxes_like_all_others(desk):
    """By the style sheet: as large, and filled with the accent."""
    click_clip(desk, SHOW)
    page = desk.show_page
    option = QStyleOptionViewItem()
    page.list.initViewItemOption(option)
    box = page.list.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, page.list)
    index = page.list.model().index(0, 0)
    page.list.itemDelegate().initStyleOption(option, index)
    option.rect = page.list.visualRect(index)
    box = page.list.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, page.list)
    picture = page.list.viewport().grab(box).toImage()
    accent = desk._bench.tools.theme.color("accent")
    filled = sum(picture.pixelColor(x, y) == accent for x in range(picture.width()) for y in range(picture.height()))
    assert filled > picture.width() * picture.height() / 3
