"""Inputs and the wheel: on its way over one it scrolls the panel; it turns a value only where somebody went by hand."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QColorDialog,
    QComboBox,
    QScrollBar,
    QTabBar,
    QWidget,
)

from studio.story.model import Group
from studio.ui.core.desk_context import DESKS
from studio.ui.core.focus_order import tab_stops
from studio.ui.dialogs.profile_dialog import ProfileDialog
from studio.ui.dialogs.qt_dialogs import QtDialogs
from studio.ui.widgets.calm_inputs import calm_all
from tests.ui.full_story import add_full_story

UI = Path(__file__).parents[2] / "studio" / "ui"
TURNED = {
    *("QSlider", "QDial", "QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit", "QDateTimeEdit"),
    *("QComboBox", "QTabBar", "QCompleter"),
}


@pytest.fixture
def full(studio, tmp_path):
    """A studio with a story that has one of everything, open."""
    folder = add_full_story(studio.stories.workspace, tmp_path)
    studio.source.refresh()
    studio.stories.open(folder)
    studio.window.shell.resize(1366, 768)
    studio.window.shell.activateWindow()
    assert QTest.qWaitForWindowActive(studio.window.shell)
    return studio


def value_of(widget: QWidget) -> object:
    if isinstance(widget, QComboBox | QTabBar):
        return widget.currentIndex()
    return widget.text() if isinstance(widget, QAbstractSpinBox) else widget.value()


def inputs_of(window: QWidget) -> list[QWidget]:
    kinds = (QAbstractSlider, QAbstractSpinBox, QComboBox, QTabBar)
    found = [each for kind in kinds for each in window.findChildren(kind)]
    return [each for each in found if not isinstance(each, QScrollBar)]


def turn(widget: QWidget) -> None:
    """As the wheel does it, both ways, at the middle of the widget."""
    spot = QPointF(widget.rect().center())
    for by in (120, -120, -120):
        event = QWheelEvent(
            spot, widget.mapToGlobal(spot), QPoint(), QPoint(0, by), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)


def made_in(path: Path) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    names = [call.func.id for call in calls if isinstance(call.func, ast.Name)]
    return [f"{path.name}: {name}" for name in names if name in TURNED]


def test_only_one_module_makes_what_the_wheel_turns_and_what_proposes():
    others = [path for path in UI.rglob("*.py") if path.name != "calm_inputs.py"]
    assert [found for path in others for found in made_in(path)] == []


def test_every_dialog_wears_the_sheet_of_the_windows():
    """Windows wear it one by one; a plain dialog would come up in Qt's own looks."""
    plain = re.compile(r"\((?:QDialog|QMainWindow|PressingWindow)\):")
    found = {path.name for path in UI.rglob("*.py") if plain.search(path.read_text(encoding="utf-8"))}
    assert found == {"styled_dialog.py", "pressing_window.py", "window_frame.py", "welcome_window.py"}


def test_the_wheel_changes_nothing_on_any_desk_before_somebody_goes_there(full):
    window, seen = full.window, set()
    before = full.stories.session.story
    for code, _ in DESKS:
        window.go(code)
        pages = [None]
        if code == "check":
            pages = ["findings", "answers", "ledger", "people"]
        if code == "video":
            pages = list(window.page.side_panel.tabs)
        for page in pages:
            if page is not None:
                (window.page if code == "check" else window.page.side_panel).show_page(page)
            for widget in inputs_of(window.shell):
                old = value_of(widget)
                turn(widget)
                assert value_of(widget) == old, f"{code}: {widget.accessibleName()}"
                assert not widget.hasFocus()
                seen.add(type(widget).__name__)
    assert full.stories.session.story == before
    assert {"QSlider", "QComboBox", "QSpinBox", "QTabBar"} <= seen


def test_the_wheel_turns_where_somebody_went_by_key_and_no_longer_once_they_left(full):
    full.window.go("photo")
    slider = full.window.page.light.sliders["contrast"]
    slider.setFocus()  # the program put the focus there, nobody meant it
    turn(slider)
    assert slider.value() == 0
    full.window.page.words.caption.setFocus()
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    turn(slider)
    assert slider.value() != 0
    was = slider.value()
    full.window.page.words.caption.setFocus(Qt.FocusReason.MouseFocusReason)
    turn(slider)
    assert slider.value() == was


def test_the_wheel_leaves_a_dialog_of_qt_alone_too(qapp, qtbot):
    dialog = QColorDialog()
    qtbot.addWidget(dialog)
    calm_all(dialog)
    dialog.show()
    before = dialog.currentColor()
    for widget in inputs_of(dialog):
        turn(widget)
    assert dialog.currentColor() == before


@pytest.mark.parametrize("code", [code for code, _ in DESKS])
def test_tab_comes_to_everything_in_the_window_once_and_back_the_same_way(full, code):
    window = full.window
    window.go(code)
    QApplication.processEvents()
    stops = tab_stops(window.shell)
    assert len(stops) == len(set(stops))
    stops[0].setFocus()
    there = [stops[0]]
    for _ in range(len(stops) - 1):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        there.append(QApplication.focusWidget())
    back = [QApplication.focusWidget()]
    for _ in range(len(stops) - 1):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        back.append(QApplication.focusWidget())
    assert there == stops
    assert back == stops[::-1]


def test_what_comes_late_has_its_place_between_its_neighbours(full):
    """Rows of a list that are made again do not go behind the status bar."""
    window = full.window
    window.go("check")
    QApplication.processEvents()
    window.page.findings.finish()
    stops = tab_stops(window.shell)
    regions = [window.library, window.shell.tab_bar, window.shell.pages, window.shell.panels]
    order = [next((n for n, region in enumerate(regions) if region.isAncestorOf(stop)), 9) for stop in stops]
    assert order == sorted(order)
    assert any(window.page.findings.isAncestorOf(stop) for stop in stops)


def test_a_field_that_tab_comes_to_from_the_buttons_of_a_dialog_is_seen(studio, tmp_path):
    """It lay above what the dialog showed: Qt scrolls only within one area."""
    dialog = ProfileDialog(studio.tools, Group(name="KIM Pena"))
    seen = {}

    def walk() -> None:
        dialog.activateWindow()
        assert QTest.qWaitForWindowActive(dialog)
        dialog.resize(640, 420)
        dialog.begin_at("logo")  # far below
        QApplication.processEvents()
        dialog.save.setFocus()
        for _ in range(2):
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            QApplication.processEvents()
            landed = QApplication.focusWidget()
            seen[landed.accessibleName()] = landed.visibleRegion().boundingRect().height() == landed.height()
        dialog.reject()

    QTimer.singleShot(0, walk)
    assert not QtDialogs(studio.tools.texts, tmp_path).show(dialog)
    assert seen["Nama KIM"]
    assert all(seen.values())
