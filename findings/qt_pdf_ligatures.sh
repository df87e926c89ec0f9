#!/usr/bin/env bash
# Copying text out of a PDF that Qt wrote (PySide6-Essentials 6.11.3, QPdfWriter) in a font with fi and ffi ligatures (Be Vietnam Pro).
# Guess:   a reader gives back the letters that were drawn: the PDF carries a table from glyphs to characters (ToUnicode).
# Happens: a ligature's glyph has no entry there: "grafis" is copied as "gra s", "efisiensi" as "e siensi"; a printed web address
#          with "fi" in it cannot be copied, read aloud or searched. Without ligatures (font feature liga off) all letters come back.
# Source:  QPdfEngine/QFontSubset of Qt 6.11 (its table is made from a font's character map; a ligature is in no character map);
#          ISO 32000-2, 9.10.3 allows several characters for one glyph. Read here with pdfium; poppler gives the same.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q PySide6-Essentials==6.11.3 fontpkg-be-vietnam-pro==1.2 pypdfium2==5.0.0
cd "$dir"
QT_QPA_PLATFORM=offscreen venv/bin/python - <<'PY'
import pathlib
import sys

import fontpkg_be_vietnam_pro
import pypdfium2
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPainter, QPdfWriter

WORDS = "grafis efisiensi sertifikat filosofi"
app = QGuiApplication([])
for file in pathlib.Path(fontpkg_be_vietnam_pro.__file__).parent.rglob("BeVietnamPro-Regular.ttf"):
    QFontDatabase.addApplicationFont(str(file))


def copied(*, ligatures):
    font = QFont("Be Vietnam Pro", 20)
    if not ligatures:
        font.setFeature(QFont.Tag("liga"), 0)
    writer = QPdfWriter("words.pdf")
    painter = QPainter(writer)
    painter.setFont(font)
    painter.drawText(500, 900, WORDS)
    painter.end()
    return pypdfium2.PdfDocument("words.pdf")[0].get_textpage().get_text_range().strip()


plain, without = copied(ligatures=True), copied(ligatures=False)
print(f"drawn:             {WORDS}\ncopied:            {plain!r}\nwithout ligatures: {without!r}")
sys.exit(0 if plain != WORDS and "grafis" not in plain and without == WORDS else "the behaviour changed")
PY
