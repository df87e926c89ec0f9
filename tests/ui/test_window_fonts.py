"""The window shows what is written in it, whatever fonts the computer has."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys

import pytest

from studio.base.font_table import family_of
from studio.base.sfnt import font_tables
from studio.ui.core.window_fonts import load_window_fonts

SCRIPTS = ("ᬯᬭᬕ", "ᮝᮁᮌ", "ᯘᯮᯒᯖ᯲", "ᨓᨑᨁ", "ꦮꦫꦒ", "ꤰꤳꤴ", "سلام", "Ⓦⓐⓡⓖⓐ")
LOOK = """
import json, sys
from PySide6.QtGui import QFont, QTextLayout
from studio.app import make_application
app = make_application()
found = {}
for family in ("KIM Be Vietnam Pro", "KIM IBM Plex Serif"):
    for text in json.loads(sys.argv[1]):
        layout = QTextLayout(text, QFont(family, 12))
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        runs = [(run.rawFont().familyName(), list(run.glyphIndexes())) for run in layout.glyphRuns()]
        fine = all(name.startswith("KIM Noto") and 0 not in ids for name, ids in runs)
        found[f"{family} {text}"] = bool(runs) and fine
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


DECOYS = ("Be Vietnam Pro", "IBM Plex Serif", "Noto Sans Javanese", "Noto Naskh Arabic")
WITH_DECOYS = """
import json
from PySide6.QtGui import QFont, QFontDatabase, QRawFont
from studio.app import make_application
from studio.base.paths import assets_dir
app = make_application()
sheets = "".join(path.read_text(encoding="utf-8") for path in (assets_dir() / "theme").glob("*.qss"))
named = [part.split('"')[1] for part in sheets.split("font-family: ")[1:]]
shown = {QRawFont.fromFont(QFont(name)).familyName() for name in named}
print(json.dumps([QFontDatabase.families(), sorted(shown)]))
"""


def test_fonts_of_the_same_name_on_the_computer_change_nothing(tmp_path):
    """Quite other letters under the names of bundled families; of cards: ``tests/paint/test_scripts.py``."""
    other = family_of("IBM Plex Serif").files[3].read_bytes()
    for number, name in enumerate(DECOYS):
        (tmp_path / f"{number}.ttf").write_bytes(named(other, name))
    config = f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    (tmp_path / "fonts.conf").write_text(config, encoding="utf-8")
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    done = subprocess.run([sys.executable, "-c", WITH_DECOYS], capture_output=True, text=True, check=True, env=env)
    there, shown = json.loads(done.stdout)
    assert set(DECOYS) < set(there)  # they are seen, or this would prove nothing
    assert shown == ["KIM Be Vietnam Pro", "KIM IBM Plex Serif"]


def named(font: bytes, name: str) -> bytes:
    """The font as another family: a name table with nothing but that."""
    text = name.encode("utf-16-be")
    records = b"".join(struct.pack(">6H", 3, 1, 0x409, known, len(text), 0) for known in (1, 4, 6))
    table = struct.pack(">3H", 0, 3, 6 + len(records)) + records + text
    entry = font_tables(font)[b"name"][0]
    whole = font + bytes(-len(font) % 4)
    return whole[:entry] + struct.pack(">4sIII", b"name", 0, len(whole), len(table)) + whole[entry + 16 :] + table


def test_fonts_under_our_names_are_kept_and_made_anew_when_damaged(qapp, tmp_path):
    load_window_fonts(tmp_path)
    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(kept) >= 10
    empty, garbage, older = sorted(kept)[:3]
    (tmp_path / empty).write_bytes(b"")
    (tmp_path / garbage).write_bytes(b"x" * (len(kept[garbage]) + 1))
    (tmp_path / older).rename(tmp_path / older.replace(".ttf", "0.ttf"))
    load_window_fonts(tmp_path)  # the unreadable one is loaded from its source
    assert {path.name for path in tmp_path.iterdir()} == set(kept)
    assert (tmp_path / empty).read_bytes() == kept[empty]
    assert (tmp_path / older).read_bytes() == kept[older]
