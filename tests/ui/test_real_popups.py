"""Everything that opens over the window, photographed from the screen: its words can be read in each theme."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.ui.hands import needs_screen, run_script

pytestmark = [needs_screen, pytest.mark.long]
LEAST = 4.5
"""WCAG 2.2, 1.4.3."""
LEAST_EDGE = 3.0
"""1.4.11: a popup must stand out from what lies under it."""
KINDS = {
    *("proposals", "date", "calendar", "choices", "tooltip", "menu-text", "menu-line", "menu-answer", "menu-Menu"),
    *("toast", "menu-jobs", "tip-calendar", "button-QPushButton Abaikan…"),
    *("button-WriterChoice Yang menulis", "button-HoursField Jam", "button-QPushButton Bahasa untuk"),
}


THEMES = {"light": LEAST, "dark": LEAST, "contrast": 7.0}


@pytest.fixture(scope="module")
def popups(tmp_path_factory):
    """A future for each theme of what the script tells. All run at once: most of their time is waiting."""
    script = str(Path(__file__).with_name("real_popups.py"))
    with ThreadPoolExecutor(len(THEMES)) as pool:
        return {theme: pool.submit(run_script, script, theme, str(tmp_path_factory.mktemp(theme))) for theme in THEMES}


@pytest.mark.parametrize("theme", THEMES)
def test_every_popup_and_hint_can_be_read_and_has_an_edge(theme, popups):
    told, edges = popups[theme].result()
    assert told.keys() >= KINDS
    assert sum(name.startswith("hint") for name in told) >= 8
    assert {name: found for name, found in told.items() if found < THEMES[theme]} == {}
    assert {name: found for name, found in edges.items() if found < LEAST_EDGE} == {}
