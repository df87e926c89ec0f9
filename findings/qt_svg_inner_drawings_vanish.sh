#!/usr/bin/env bash
# A poster with the QR code that segno 1.6.6 hands out for it (svg_inline) laid into its SVG, a style sheet behind what it colours, and an ellipse of
# one radius, rendered by QSvgRenderer of PySide6-Essentials 6.11.3 beside resvg (resvg_py 0.5.0).
# Guess:   a <svg> inside a <svg> is a part of the drawing with a viewport of its own (SVG 1.1 already); a style sheet counts wherever it stands; an
#          ellipse without ry is a circle (SVG 2). What a renderer does not know makes the drawing invalid, or is logged.
# Happens: Qt draws nothing of the inner drawing (a line in its log, no error), so the poster has a white hole where the code should be; the style
#          sheet colours only what comes after it and the ellipse is gone, both without a word. isValid() is True. Inner drawings must become
#          <g transform>, style sheets go first, both radii be written.
# Source:  Qt SVG 6.11 (qsvghandler.cpp: an element svg is a document's root only; rules are resolved as elements are read); SVG 2, sections 5.1,
#          6.2 and 7.4.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q PySide6-Essentials==6.11.3 resvg_py==0.5.0 segno==1.6.6 pillow==13.0.0
cd "$dir"
QT_QPA_PLATFORM=offscreen venv/bin/python - <<'PY'
import io
import sys

import resvg_py
import segno
from PIL import Image
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

application = QGuiApplication(sys.argv)
code = segno.make("https://desa.example/berita/1", micro=False).svg_inline(scale=4)
SHAPES = {
    "inner drawing": code,
    "late style sheet": '<rect class="a" width="80" height="80" fill="#fff"/><style>.a{fill:#000}</style>',
    "one radius": '<ellipse cx="60" cy="60" rx="50"/>',
}
dark = {}
for name, shape in SHAPES.items():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 160" width="160" height="160">'
    svg += f'<rect width="160" height="160" fill="#fff"/>{shape}</svg>'
    page = QImage(160, 160, QImage.Format.Format_RGB32)
    painter = QPainter(page)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    renderer.render(painter, QRectF(0, 0, 160, 160))
    painter.end()
    page.save("qt.png")
    for program, source in (("Qt", "qt.png"), ("resvg", io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, dpi=96))))):
        with Image.open(source) as image:
            dark[name, program] = sum(value < 128 for value in image.convert("L").tobytes())
    print(f"{name:17} valid {renderer.isValid()}, dark pixels: Qt {dark[name, 'Qt']}, resvg {dark[name, 'resvg']}")
as_seen = all(dark[name, "Qt"] == 0 and dark[name, "resvg"] > 5000 for name in SHAPES)
sys.exit(0 if as_seen else "the behaviour changed")
PY
