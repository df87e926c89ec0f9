"""Everything that opens over the window, photographed from the screen: its words can be read in light and in dark."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.hands import needs_screen, run_script

pytestmark = needs_screen
LEAST = 4.5
"""WCAG 2.2, 1.4.3."""
KINDS = {"proposals", "date", "calendar", "choices", "tooltip", "menu-text", "menu-line", "menu-answer", "menu-Menu"}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_popup_can_be_read(theme, tmp_path):
    told = run_script(str(Path(__file__).with_name("real_popups.py")), theme, str(tmp_path))
    assert told.keys() >= KINDS
    assert {name: least for name, least in told.items() if least < LEAST} == {}
