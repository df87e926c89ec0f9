"""The window through AT-SPI, as Orca gets it: everything has a name and its role, and what happens is said."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from studio.ui.core.desk_context import DESKS
from tests.ui.hands import needs_screen, run_script

SCRIPT = Path(__file__).with_name("real_screen_reader.py")
ANY = Path("/usr/libexec/at-spi-bus-launcher").exists() or Path("/usr/lib/at-spi2-core/at-spi-bus-launcher").exists()


def has_reader() -> bool:
    found = subprocess.run(["/usr/bin/python3", "-c", "import pyatspi"], capture_output=True, check=False)
    return found.returncode == 0


pytestmark = [
    pytest.mark.long,
    needs_screen,
    pytest.mark.skipif(
        not (ANY and shutil.which("dbus-run-session") and has_reader()), reason="apt: at-spi2-core dbus python3-pyatspi"
    ),
]
NAMED = {"push button", "check box", "radio button", "page tab", "text", "entry", "combo box", "slider", "spin button",
         "list item", "menu item", "table cell", "toggle button", "button menu"}  # fmt: skip
"""Roles of what is worked with: one without a name is nothing to whoever hears it."""
WRONG = {"invalid", "unknown", "client", "filler"}
"""Roles of nothing in particular: what takes the keyboard must be something."""
DRAWN = {"photo": 1, "video": 3, "publish": 1, "calendar": 1}
"""How many canvases there are."""


@pytest.fixture(scope="module")
def told() -> dict:
    return run_script(str(SCRIPT), under=("dbus-run-session", "--"), QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1")


@pytest.mark.parametrize("place", [*(code for code, _ in DESKS), "calendar", "group"])
def test_nothing_is_without_a_name_or_in_a_wrong_role(told, place):
    parts = told[place]
    assert len(parts) > 40
    assert [part for part in parts if not part["name"] and (part["role"] in NAMED or part["focusable"])] == []
    assert [part for part in parts if part["focusable"] and part["role"] in WRONG] == []
    drawn = [part for part in parts if part["focusable"] and part["role"] in {"image", "icon"}]
    assert all(part["told"] for part in drawn)  # what is chosen on it, and where
    assert len(drawn) >= DRAWN.get(place, 0)


def test_desks_are_tabs_and_choices_radio_buttons(told):
    for desk, parts in ((code, told[code]) for code, _ in DESKS):
        tabs = [part for part in parts if part["role"] == "page tab"][: len(DESKS)]
        assert [tab["name"] for tab in tabs] == ["Tulis", "Foto", "Video", "Periksa", "Terbitkan"]
        assert [tab["chosen"] for tab in tabs] == [code == desk for code, _ in DESKS]
    roles = {(part["name"], part["role"]) for code, _ in DESKS for part in told[code]}
    assert roles >= {(name, "radio button") for name in ("Semua", "Draf", "Siap", "Terbit")}
    tools = {"Fokus", "Pangkas", "Tutup", "Cakrawala"}  # Qt calls tool buttons boxes to tick
    assert tools <= {part["name"] for part in told["photo"] if part["role"] == "radio button"}
    assert told["arrow"] == ["photo", True]


def test_what_happens_is_said(told):
    assert any("Titik fokus" in words and "persen dari kiri" in words for words in told["canvas"])
    assert sum("Tersimpan" in words for words in (*told["canvas"], *told["saved"])) == 1  # not after every pause
    assert any("wajib dibereskan" in words for words in told["found"])
    assert told["worked"][0] == "Dimulai: Pekerjaan panjang"
    assert told["worked"][-1] == "Selesai: Pekerjaan panjang"
    assert any("50 persen" in words for words in told["worked"])
