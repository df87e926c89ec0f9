"""The window shows what is written in it, whatever fonts the computer has."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

SCRIPTS = ("ᬯᬭᬕ", "ᮝᮁᮌ", "ᯘᯮᯒᯖ᯲", "ᨓᨑᨁ", "ꦮꦫꦒ", "ꤰꤳꤴ", "سلام", "Ⓦⓐⓡⓖⓐ")
LOOK = """
import json, sys
from PySide6.QtGui import QFont, QTextLayout
from studio.app import make_application
app = make_application()
found = {}
for family in ("Be Vietnam Pro", "IBM Plex Serif"):
    for text in json.loads(sys.argv[1]):
        layout = QTextLayout(text, QFont(family, 12))
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        runs = [(run.rawFont().familyName(), list(run.glyphIndexes())) for run in layout.glyphRuns()]
        found[f"{family} {text}"] = bool(runs) and all(name.startswith("Noto") and 0 not in ids for name, ids in runs)
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def shown() -> dict[str, bool]:
    """Which texts a fresh window has glyphs for, before anything is painted; in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", LOOK, json.dumps(SCRIPTS)],
        capture_output=True, text=True, check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.parametrize("text", SCRIPTS)
def test_scripts_and_circled_letters_are_shown_from_the_first_moment(shown, text):
    """A Balinese caption was a hole and the kicker was not there until something had been painted."""
    assert [family for family, fine in shown.items() if family.endswith(text) and not fine] == []
