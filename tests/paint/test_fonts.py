"""The table of fonts: what it says is what the files hold, under names that no computer has."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase, QRawFont

from studio.base.font_table import FAMILIES, PREFIX, family_covers, family_of
from studio.base.sfnt import code_points, font_tables, rename_font
from studio.paint.qt_application import ensure_gui

FILES = [(family, path) for family in FAMILIES for path in family.files]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.name)
def test_all_weights_have_the_same_letters(family):
    ensure_gui()
    maps = [code_points(path.read_bytes()) for path in family.files if "Italic" not in path.name]
    assert all(found == maps[0] for found in maps)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.name)
def test_qt_agrees_on_the_letters(family):
    ensure_gui()
    path = family.files[0]
    raw = QRawFont(str(path), 20.0)
    assert raw.familyName() == family.name
    ours = {code for first, last in code_points(path.read_bytes()) for code in range(first, last + 1)}
    # Not asked: U+00A0, for which Qt takes the space where a font has none.
    asked = [
        *range(0x20, 0x7F),
        *range(0xA1, 0x3100),
        *range(0xA900, 0xAA00),
        *range(0xFB00, 0xFB10),
        *range(0x11EE0, 0x11F60),
        0x1F600,
    ]
    assert [hex(c) for c in asked if raw.supportsCharacter(c) != (c in ours)] == []


@pytest.mark.parametrize(("family", "path"), FILES, ids=[path.name for _, path in FILES])
def test_a_renamed_font_is_the_same_under_its_own_name(family, path):
    ensure_gui()
    before = path.read_bytes()
    after = rename_font(before, PREFIX)
    raw, named = QRawFont(QByteArray(before), 50.0), QRawFont(QByteArray(after), 50.0)
    assert named.familyName() == family.own_name
    glyph = raw.glyphIndexesForString("Aa")
    assert [named.boundingRect(g) for g in glyph] == [raw.boundingRect(g) for g in glyph]
    for tag, (_, offset, length) in font_tables(before).items():
        if tag != b"name":
            _, at, size = font_tables(after)[tag]
            assert after[at : at + size] == before[offset : offset + length]


def test_every_family_and_weight_is_loaded():
    ensure_gui()
    for family in FAMILIES:
        assert family.own_name in QFontDatabase.families()
        assert {QFontDatabase.weight(family.own_name, s) for s in QFontDatabase.styles(family.own_name)} == set(
            family.weights
        )


def test_an_unknown_family_is_the_sans():
    assert family_of("Comic Sans MS").name == "Be Vietnam Pro"
    assert family_covers(family_of("IBM Plex Serif"), "Désa")


@pytest.mark.parametrize("data", [b"", b"ini bukan huruf", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_what_is_no_font_is_refused(data):
    with pytest.raises(ValueError, match="font"):
        font_tables(data)
