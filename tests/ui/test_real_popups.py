"""Everything that opens over the window, photographed from the screen: its words can be read in each theme."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.hands import needs_screen, run_script

pytestmark = needs_screen
LEAST = 4.5
"""WCAG 2.2, 1.4.3."""
LEAST_EDGE = 3.0
"""1.4.11: a popup must stand out from what lies under it."""
KINDS = {
    *("proposals", "date", "calendar", "choices", "tooltip", "menu-text", "menu-line", "menu-answer", "menu-Menu"),
    *("toast", "menu-jobs", "tip-calendar", "button-QPushButton Abaikan…"),
    *("button-WriterChoice Yang menulis", "button-HoursField Jam", "button-QPushButton Bahasa untuk"),
}


@pytest.mark.parametrize(("theme", "least"), [("light", LEAST), ("dark", LEAST), ("contrast", 7.0)])
def test_every_popup_and_hint_can_be_read_and_has_an_edge(theme, least, tmp_path):
    told, edges = run_script(str(Path(__file__).with_name("real_popups.py")), theme, str(tmp_path))
    assert told.keys() >= KINDS
    assert sum(name.startswith("hint") for name in told) >= 8
    assert {name: found for name, found in told.items() if found < least} == {}
    assert {name: found for name, found in edges.items() if found < LEAST_EDGE} == {}
